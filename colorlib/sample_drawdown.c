/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sample_drawdown.h"

#include <assert.h>
#include <string.h>

const struct sample_drawdown_column sample_drawdown_columns[SAMPLE_DRAWDOWN_COLUMNS] = {
    {"concentration", "SMP_CONC"},
    {"backing", "SMP_BACKING"},
    {"thickness_um", "SMP_THICK_UM"},
};

static const double thickness_most_um = 10000;

const char *sample_backing_name(enum sample_backing backing)
{
    switch (backing) {
    case SAMPLE_BACKING_UNKNOWN: return "";
    case SAMPLE_BACKING_WHITE: return "white";
    case SAMPLE_BACKING_BLACK: return "black";
    case SAMPLE_BACKING_OPAQUE: return "opaque";
    }
    return "";
}

enum status sample_drawdown_set_backing(const char *name, struct sample_drawdown *out)
{
    for (int backing = SAMPLE_BACKING_WHITE; backing <= SAMPLE_BACKING_OPAQUE; backing++)
        if (strcmp(sample_backing_name((enum sample_backing)backing), name) == 0) {
            out->backing = (enum sample_backing)backing;
            return STATUS_OK;
        }
    return STATUS_NOT_FOUND;
}

enum status sample_drawdown_set_number(size_t column, double number,
                                       struct sample_drawdown *out)
{
    assert(column < SAMPLE_DRAWDOWN_COLUMNS && column != SAMPLE_DRAWDOWN_BACKING);
    bool is_share = column < SAMPLE_DRAWDOWN_BACKING;
    if (!(number >= 0 && number <= (is_share ? 1 : thickness_most_um)))
        return STATUS_OUT_OF_RANGE;
    *(is_share ? &out->concentration : &out->thickness_um) = number;
    return STATUS_OK;
}

double sample_drawdown_number(size_t column, const struct sample_drawdown *drawdown)
{
    return column < SAMPLE_DRAWDOWN_BACKING ? drawdown->concentration
                                            : drawdown->thickness_um;
}

const char *sample_drawdown_expected(size_t column)
{
    static const char *const expected[SAMPLE_DRAWDOWN_COLUMNS] = {
        "0 to 1, the share of the pigment", "white, black or opaque",
        "0 to 10000 micrometres, wet"};
    return expected[column];
}

bool sample_drawdown_any(const struct sample_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->info[i].drawdown.backing != SAMPLE_BACKING_UNKNOWN)
            return true;
    return false;
}
