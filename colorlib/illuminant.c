/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/illuminant.h"

#include <math.h>
#include <stdio.h>
#include <strings.h>

enum { DAYLIGHT_FIRST_NM = 300, LAMPS_FIRST_NM = 380, STEP_NM = 5 };

/* wavelength (nm), A, C, D50, D55, D65, D75 */
static const double daylights[][7] = {
#include "colorlib/data/illuminants.inc" /* made from the .csv */
};

/* wavelength (nm), FL1 to FL12, LED-B1 to LED-B5 */
static const double lamps[][18] = {
#include "colorlib/data/lamps.inc" /* made from the .csv */
};

enum table { DAYLIGHTS, LAMPS };

static const struct entry {
    const char *name;
    enum table table;
    size_t column;
} entries[] = {
    {"A", DAYLIGHTS, 1},   {"C", DAYLIGHTS, 2},   {"D50", DAYLIGHTS, 3},
    {"D55", DAYLIGHTS, 4}, {"D65", DAYLIGHTS, 5}, {"D75", DAYLIGHTS, 6},
    {"FL1", LAMPS, 1},     {"FL2", LAMPS, 2},     {"FL3", LAMPS, 3},
    {"FL4", LAMPS, 4},     {"FL5", LAMPS, 5},     {"FL6", LAMPS, 6},
    {"FL7", LAMPS, 7},     {"FL8", LAMPS, 8},     {"FL9", LAMPS, 9},
    {"FL10", LAMPS, 10},   {"FL11", LAMPS, 11},   {"FL12", LAMPS, 12},
    {"LED-B1", LAMPS, 13}, {"LED-B2", LAMPS, 14}, {"LED-B3", LAMPS, 15},
    {"LED-B4", LAMPS, 16}, {"LED-B5", LAMPS, 17},
};

enum { ENTRY_COUNT = sizeof entries / sizeof entries[0] };

static struct spectrum power_of(const struct entry *entry)
{
    struct spectrum power = {.grid = {.step_nm = STEP_NM}};
    switch (entry->table) {
    case DAYLIGHTS:
        power.grid.start_nm = DAYLIGHT_FIRST_NM;
        power.grid.count = sizeof daylights / sizeof daylights[0];
        for (size_t i = 0; i < power.grid.count; i++)
            power.value[i] = daylights[i][entry->column];
        break;
    case LAMPS:
        power.grid.start_nm = LAMPS_FIRST_NM;
        power.grid.count = sizeof lamps / sizeof lamps[0];
        for (size_t i = 0; i < power.grid.count; i++)
            power.value[i] = lamps[i][entry->column];
        break;
    }
    return power;
}

/* The older names of the fluorescent lamps lack the L. */
static int names(const struct entry *entry, const char *name)
{
    if (strcasecmp(entry->name, name) == 0)
        return 1;
    int fluorescent = entry->name[0] == 'F';
    return fluorescent && (name[0] == 'F' || name[0] == 'f') &&
           strcasecmp(entry->name + 2, name + 1) == 0;
}

enum status illuminant_find(const char *name, struct illuminant *out)
{
    for (size_t i = 0; i < ENTRY_COUNT; i++) {
        if (!names(&entries[i], name))
            continue;
        *out = (struct illuminant){.power = power_of(&entries[i])};
        snprintf(out->name, sizeof out->name, "%s", entries[i].name);
        return STATUS_OK;
    }
    return STATUS_NOT_FOUND;
}

const char *illuminant_name(size_t index)
{
    return index < ENTRY_COUNT ? entries[index].name : NULL;
}

double illuminant_power(const struct illuminant *illuminant, double wavelength_nm)
{
    const struct spectrum *power = &illuminant->power;
    double last = (double)(power->grid.count - 1);
    double position = (wavelength_nm - power->grid.start_nm) / power->grid.step_nm;
    if (!(position >= 0 && position <= last))
        return 0;
    size_t below = (size_t)position;
    size_t above = below + 1 < power->grid.count ? below + 1 : below;
    double share = position - floor(position);
    return power->value[below] * (1 - share) + power->value[above] * share;
}
