/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sample_condition.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "colorlib/date_time.h"
#include "colorlib/decimal.h"
#include "colorlib/text.h"

/* No aperture, number of readings or spread comes near these. */
enum { APERTURE_MAX_MM = 1000, COUNT_MAX = 100000, SPREAD_MAX = 1000 };

#define MEMBER(member)                                                                   \
    offsetof(struct sample_conditions, member),                                          \
        sizeof(((struct sample_conditions *)NULL)->member)
#define OURS     SAMPLE_CONDITION_OURS
#define STANDARD SAMPLE_CONDITION_STANDARD
#define TEXT     SAMPLE_CONDITION_TEXT
#define TIME     SAMPLE_CONDITION_TIME
#define NUMBER   SAMPLE_CONDITION_NUMBER
#define COUNT    SAMPLE_CONDITION_COUNT

const struct sample_condition sample_condition_list[SAMPLE_CONDITIONS] = {
    {"geometry", "MEASUREMENT_GEOMETRY", STANDARD, TEXT, MEMBER(geometry), 0},
    {"aperture_mm", "SMP_APERTURE_MM", OURS, NUMBER, MEMBER(aperture_mm),
     APERTURE_MAX_MM},
    {"instrument", "INSTRUMENTATION", STANDARD, TEXT, MEMBER(instrument), 0},
    {"serial", "SMP_SERIAL", OURS, TEXT, MEMBER(serial), 0},
    {"firmware", "SMP_FIRMWARE", OURS, TEXT, MEMBER(firmware), 0},
    {"plate", "SMP_PLATE", OURS, TEXT, MEMBER(plate), 0},
    {"calibrated", "SMP_CALIBRATED", OURS, TIME, MEMBER(calibrated), 0},
    {"device_warnings", "SMP_DEVICE_WARNINGS", OURS, TEXT, MEMBER(device_warnings), 0},
    {"site", "SMP_SITE", OURS, TEXT, MEMBER(site), 0},
    {"state", "SMP_STATE", OURS, TEXT, MEMBER(state), 0},
    {"placements", "SMP_PLACEMENTS", OURS, COUNT, MEMBER(placements), COUNT_MAX},
    {"triggers", "SMP_TRIGGERS", OURS, COUNT, MEMBER(triggers), COUNT_MAX},
    {"spread_de00", "SMP_SPREAD_DE00", OURS, NUMBER, MEMBER(spread_de00), SPREAD_MAX},
};

static bool is_text(const struct sample_condition *condition)
{
    return condition->type == TEXT || condition->type == TIME;
}

static const char *text_of(const struct sample_condition *condition,
                           const struct sample_conditions *conditions)
{
    return (const char *)conditions + condition->offset;
}

double sample_condition_number(const struct sample_condition *condition,
                               const struct sample_conditions *conditions)
{
    assert(!is_text(condition));
    const char *member = text_of(condition, conditions);
    double number;
    unsigned count;
    if (condition->type == NUMBER) {
        memcpy(&number, member, sizeof number);
        return number;
    }
    memcpy(&count, member, sizeof count);
    return count;
}

bool sample_condition_known(const struct sample_condition *condition,
                            const struct sample_conditions *conditions)
{
    return is_text(condition) ? text_of(condition, conditions)[0] != '\0'
                              : sample_condition_number(condition, conditions) > 0;
}

void sample_condition_text(const struct sample_condition *condition,
                           const struct sample_conditions *conditions,
                           char text[static SAMPLE_CONDITION_TEXT_MAX])
{
    _Static_assert((int)SAMPLE_CONDITION_TEXT_MAX >= (int)DECIMAL_MAX,
                   "room for a number");
    text[0] = '\0';
    if (is_text(condition))
        memcpy(text, text_of(condition, conditions), condition->size);
    else if (sample_condition_known(condition, conditions))
        decimal_general(sample_condition_number(condition, conditions), 6, text);
}

static enum status set_time(const struct sample_condition *condition, const char *text,
                            char *member)
{
    assert(condition->size >= DATE_TIME_MAX);
    int64_t seconds;
    if (date_time_parse(text, &seconds) != STATUS_OK)
        return STATUS_BAD_DATA;
    date_time_text(seconds, member);
    return STATUS_OK;
}

enum status sample_condition_set_text(const struct sample_condition *condition,
                                      const char *text,
                                      struct sample_conditions *conditions)
{
    assert(is_text(condition));
    char *member = (char *)conditions + condition->offset;
    size_t length = strlen(text);
    if (condition->type == TIME)
        return set_time(condition, text, member);
    if (length >= condition->size)
        return STATUS_OUT_OF_RANGE;
    if (!text_is_printable(text))
        return STATUS_BAD_DATA;
    memcpy(member, text, length + 1);
    return STATUS_OK;
}

enum status sample_condition_set_number(const struct sample_condition *condition,
                                        double number,
                                        struct sample_conditions *conditions)
{
    assert(!is_text(condition));
    char *member = (char *)conditions + condition->offset;
    if (!(number >= 0 && number <= condition->most))
        return STATUS_OUT_OF_RANGE;
    if (condition->type == NUMBER) {
        memcpy(member, &number, sizeof number);
        return STATUS_OK;
    }
    if (number != floor(number))
        return STATUS_OUT_OF_RANGE;
    memcpy(member, &(unsigned){(unsigned)number}, sizeof(unsigned));
    return STATUS_OK;
}

void sample_condition_expected(const struct sample_condition *condition,
                               char text[static SAMPLE_CONDITION_TEXT_MAX])
{
    switch (condition->type) {
    case TEXT:
        snprintf(text, SAMPLE_CONDITION_TEXT_MAX, "a text of at most %zu bytes",
                 condition->size - 1);
        break;
    case TIME:
        snprintf(text, SAMPLE_CONDITION_TEXT_MAX, "a time such as 2026-11-20T18:42:19Z");
        break;
    case NUMBER:
        snprintf(text, SAMPLE_CONDITION_TEXT_MAX, "a number from 0 to %.0f",
                 condition->most);
        break;
    case COUNT:
        snprintf(text, SAMPLE_CONDITION_TEXT_MAX, "a whole number from 0 to %.0f",
                 condition->most);
        break;
    }
}
