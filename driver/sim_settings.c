/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/sim_settings.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 64 };

static const struct {
    const char *name;
    enum emulator_quirk quirk;
} quirks[] = {
    {"q1", EMULATOR_CODES_FROM_ZERO},
    {"q1b", EMULATOR_MEDIUM_FIRST},
    {"q2", EMULATOR_UNPADDED},
    {"q3", EMULATOR_SPACE_PADDED},
    {"q4", EMULATOR_SIGNED},
    {"q5", EMULATOR_LF_ONLY},
    {"q6", EMULATOR_STRAY_NUL},
    {"q7", EMULATOR_BUTTON_SENDS_DATA},
    {"q8", EMULATOR_BUTTON_ANNOUNCES},
    {"q9", EMULATOR_CALIBRATES_LATER},
    {"q10", EMULATOR_SIX_FIELDS},
    {"q11", EMULATOR_FLASH_INVERTED},
    {"keeps-calibration", EMULATOR_KEEPS_CALIBRATION},
};

static const struct {
    const char *name;
    enum emulator_fault fault;
} faults[] = {
    {"late", EMULATOR_REPLY_LATE},
    {"lost", EMULATOR_REPLY_LOST},
    {"cut", EMULATOR_REPLY_CUT},
    {"too-few", EMULATOR_TOO_FEW_VALUES},
    {"too-many", EMULATOR_TOO_MANY_VALUES},
    {"not-a-number", EMULATOR_NOT_A_NUMBER},
    {"endless", EMULATOR_ENDLESS_LINE},
    {"split", EMULATOR_SPLIT_EVERY_BYTE},
    {"unsolicited", EMULATOR_UNSOLICITED_LINE},
    {"empty-packets", EMULATOR_EMPTY_PACKETS},
    {"silent", EMULATOR_SILENT_AFTER_MES},
    {"foreign", EMULATOR_FOREIGN},
    {"sibling", EMULATOR_SIBLING},
    {"junk", EMULATOR_JUNK_IN_BUFFER},
};

/* Each setter: 1 when the value is one that there is. */

static int set_quirks(struct sim_settings *settings, const char *value)
{
    for (;;) {
        size_t size = strcspn(value, "+"), i = 0,
               count = sizeof quirks / sizeof quirks[0];
        while (i < count && (strlen(quirks[i].name) != size ||
                             memcmp(quirks[i].name, value, size) != 0))
            i++;
        if (i == count)
            return 0;
        settings->emulator.quirks |= (unsigned)quirks[i].quirk;
        if (!value[size])
            return 1;
        value += size + 1;
    }
}

/* OKnn or ERnn, and what ends it. */
static int is_status(const char *text, char end)
{
    return (strncmp(text, "OK", 2) == 0 || strncmp(text, "ER", 2) == 0) &&
           strspn(text + 2, "0123456789") == 2 && text[4] == end;
}

/* ER05, MES/ER05 or MES/OK00/ER05. */
static int is_script(const char *text)
{
    if (strlen(text) < 4 || text[3] != '/')
        return is_status(text, '\0');
    const char *status = text + 4;
    return is_status(status, '\0') || (status[0] == 'O' && is_status(status, '/') &&
                                       status[5] == 'E' && is_status(status + 5, '\0'));
}

static int set_fault(struct sim_settings *settings, const char *value)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        if (strcmp(faults[i].name, value) == 0) {
            settings->fault = faults[i].fault;
            return 1;
        }
    if (!is_script(value))
        return 0;
    settings->fault = EMULATOR_SCRIPTED_STATUS;
    memcpy(settings->status_text, value, strlen(value) + 1);
    return 1;
}

/* One digit from least to most. */
static int set_digit(int *out, const char *value, int least, int most)
{
    int digit = value[0] - '0';
    if (digit < least || digit > most || value[1])
        return 0;
    *out = digit;
    return 1;
}

static int set_seed(uint64_t *out, const char *value)
{
    size_t size = strspn(value, "0123456789");
    if (size < 1 || size > 18 || value[size])
        return 0;
    *out = strtoull(value, NULL, 10);
    return 1;
}

/* A decimal number such as 0, 1.5 or .25, whatever the locale's decimal point. */
static int set_scale(double *out, const char *value)
{
    double number = 0, unit = 1;
    int digits = 0, behind = 0;
    for (; *value; value++) {
        if (*value == '.' && !behind) {
            behind = 1;
            continue;
        }
        if (*value < '0' || *value > '9' || ++digits > 9)
            return 0;
        number = 10 * number + (*value - '0');
        unit *= behind ? 10 : 1;
    }
    *out = number / unit;
    return digits > 0;
}

static int set_share(double *out, const char *value)
{
    return set_scale(out, value) && *out <= 1;
}

static int set_client(char *out, const char *value)
{
    if (*value < 'a' || *value > 'c' || value[1])
        return 0;
    *out = *value;
    return 1;
}

static int set_bottle(int *out, const char *value)
{
    *out = emulator_liquid_find(value);
    return *out >= 0;
}

static int set_strength(double *out, const char *value)
{
    return set_scale(out, value) && *out > 0 && *out <= 100;
}

static int set_swatch(char out[EMULATOR_SWATCH_MAX], const char *value)
{
    if (strlen(value) >= EMULATOR_SWATCH_MAX || !emulator_is_drawdown(value))
        return 0;
    memcpy(out, value, strlen(value) + 1);
    return 1;
}

static int set(struct sim_settings *settings, const char *name, const char *value)
{
    struct emulator_settings *emulator = &settings->emulator;
    if (strcmp(name, "client") == 0)
        return set_client(&emulator->client, value);
    if (strcmp(name, "bottle") == 0)
        return set_bottle(&emulator->bottle, value);
    if (strcmp(name, "swatch") == 0)
        return set_swatch(emulator->swatch, value);
    if (strcmp(name, "strength") == 0)
        return set_strength(&emulator->strength, value);
    if (strcmp(name, "seed") == 0)
        return set_seed(&emulator->seed, value);
    if (strcmp(name, "noise") == 0)
        return set_scale(&emulator->noise, value);
    if (strcmp(name, "placement") == 0)
        return set_scale(&emulator->placement, value);
    if (strcmp(name, "pressure") == 0)
        return set_share(&emulator->pressure, value);
    if (strcmp(name, "recalibrate") == 0)
        return set_scale(&emulator->recalibrate, value);
    if (strcmp(name, "battery") == 0)
        return set_digit(&emulator->battery, value, 0, 2);
    if (strcmp(name, "slider") == 0)
        return set_digit(&emulator->slider, value, 1, 2);
    if (strcmp(name, "user") == 0)
        return set_digit(&emulator->user_calibration, value, 0, 1);
    if (strcmp(name, "quirk") == 0)
        return set_quirks(settings, value);
    return strcmp(name, "fault") == 0 && set_fault(settings, value);
}

enum instrument_status sim_settings_parse(const char *text, struct sim_settings *out)
{
    *out = (struct sim_settings){.emulator = emulator_settings_default};
    text += *text == ':';
    while (*text) {
        char word[WORD_MAX];
        size_t size = strcspn(text, ",");
        if (size >= sizeof word)
            return INSTRUMENT_OUT_OF_RANGE;
        memcpy(word, text, size);
        word[size] = '\0';
        char *value = strchr(word, '=');
        if (!value)
            return INSTRUMENT_OUT_OF_RANGE;
        *value++ = '\0';
        if (!set(out, word, value))
            return INSTRUMENT_OUT_OF_RANGE;
        text += size + (text[size] == ',');
    }
    return INSTRUMENT_OK;
}
