/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stored samples (6.9) and the clock (6.10). */
#include "driver/emulator_parts.h"

#include <stdio.h>
#include <time.h>

/* A sample as stored in the instrument, its spectrum one of the optics's kinds. */
struct stored {
    const char *kind;
    char client;
    long specular; /* EMULATOR_SCI to EMULATOR_BOTH */
    long target;
    const char *date; /* year to second */
    long custom;
    const char *name;
};

/* The first is that of TV-21 (11); the others are invented. */
static const struct stored samples[EMULATOR_SAMPLES] = {
    {"example-light", 'a', EMULATOR_BOTH, 1, "2025,03,14,10,42,07", 0, "CROWN-L"},
    {"example-dark", 'a', EMULATOR_SCI, 1, "2025,03,14,10,44,30", 0, "CROWN-D"},
    {"scalp", 'a', EMULATOR_BOTH, 1, "2025,03,14,11,02,15", 0, "A-SCALP"},
    {"donor", 'a', EMULATOR_BOTH, 1, "2025,03,14,11,03,41", 0, "A-DONOR"},
    {"scar", 'a', EMULATOR_BOTH, 1, "2025,03,14,11,05,09", 0, "A-SCAR, NAPE"},
    {"healed", 'a', EMULATOR_BOTH, 1, "2025,03,14,11,06,58", 0, "A-HEALED"},
    {"scalp", 'b', EMULATOR_BOTH, 2, "2025,03,15,09,12,00", 0, "B-SCALP"},
    {"donor", 'b', EMULATOR_BOTH, 2, "2025,03,15,09,13,22", 0, "B-DONOR"},
    {"scalp", 'c', EMULATOR_SCE, 3, "2025,03,15,14,30,03", 0, "C-SCALP"},
    {"donor", 'c', EMULATOR_SCE, 3, "2025,03,15,14,31,44", 0, "C-DONOR"},
    {"pigment", 'a', EMULATOR_BOTH, 1, "2025,03,16,08,00,00", 1, ""},
    {"card", 'a', EMULATOR_BOTH, 1, "2025,03,16,08,05,12", 1, "GREY CARD"},
};

/* The sample of a number from 1 on, NULL after ER10. */
static const struct stored *find(const struct emulator *emulator,
                                 struct emulator_call *call)
{
    long number = call->number[0];
    if (number >= 1 && number <= EMULATOR_SAMPLES &&
        !emulator->sample_deleted[number - 1])
        return &samples[number - 1];
    emulator_reply_code(&call->reply, "ER10");
    return NULL;
}

long emulator_samples_stored(const struct emulator *emulator)
{
    long count = 0;
    for (size_t i = 0; i < EMULATOR_SAMPLES; i++)
        count += !emulator->sample_deleted[i];
    return count;
}

void emulator_do_spr(struct emulator *emulator, struct emulator_call *call)
{
    const struct stored *stored = find(emulator, call);
    if (!stored)
        return;
    struct emulator_reply *reply = &call->reply;
    int specular = (int)stored->specular - EMULATOR_SCI;
    emulator_reply_number(reply, emulator_area_code(emulator, 1), 1);
    emulator_reply_number(reply, emulator_specular_code(emulator, specular), 1);
    emulator_reply_number(reply, stored->target, 1);
    emulator_reply_text(reply, stored->date);
    emulator_reply_number(reply, stored->custom, 1);
    emulator_reply_text(reply, stored->name);
}

void emulator_do_sdr(struct emulator *emulator, struct emulator_call *call)
{
    long slot = call->number[1];
    const struct stored *stored = find(emulator, call);
    if (!stored)
        return;
    if (slot < 1 || slot > 2 || (slot == 2 && stored->specular != EMULATOR_BOTH)) {
        emulator_reply_code(&call->reply, slot == 2 ? "ER10" : "ER03");
        return;
    }
    double factors[2][EMULATOR_BANDS];
    emulator_optics_sample(stored->kind, stored->client, factors[0], factors[1]);
    int is_sce = slot == 2 || stored->specular == EMULATOR_SCE;
    emulator_reply_factors(emulator, &call->reply, factors[is_sce]);
}

void emulator_do_sdd(struct emulator *emulator, struct emulator_call *call)
{
    if (find(emulator, call))
        emulator->sample_deleted[call->number[0] - 1] = 1;
}

void emulator_do_sad(struct emulator *emulator, struct emulator_call *call)
{
    (void)call;
    for (size_t i = 0; i < EMULATOR_SAMPLES; i++)
        emulator->sample_deleted[i] = 1;
}

/* -- clock ---------------------------------------------------------------- */

void emulator_clock_make(struct emulator *emulator)
{
    /* 2025-03-14 10:40, the morning of the worked examples */
    emulator->clock =
        (struct emulator_clock){.seconds = 1741948800, .set_ms = emulator->now_ms};
}

static int is_leap(long year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days of the year before a month, 1 to 12; before the 13th are all. */
static long days_before(long year, long month)
{
    static const long days[] = {0,   31,  59,  90,  120, 151, 181,
                                212, 243, 273, 304, 334, 365};
    return days[month - 1] + (month > 2 && is_leap(year));
}

static int is_date(const long date[6])
{
    return date[0] >= 2000 && date[0] <= 2099 && date[1] >= 1 && date[1] <= 12 &&
           date[2] >= 1 &&
           date[2] <= days_before(date[0], date[1] + 1) - days_before(date[0], date[1]) &&
           date[3] <= 23 && date[4] <= 59 && date[5] <= 59;
}

/* "Seconds since the epoch", POSIX.1-2008, 4.15, for 2000 to 2099. */
static int64_t seconds(const long date[6])
{
    int64_t years = date[0] - 1900;
    int64_t day = days_before(date[0], date[1]) + date[2] - 1;
    return date[5] + date[4] * 60 + date[3] * 3600 + day * 86400 +
           (years - 70) * 31536000 + (years - 69) / 4 * 86400;
}

void emulator_do_dfs(struct emulator *emulator, struct emulator_call *call)
{
    if (call->number[0] > 2)
        emulator_reply_code(&call->reply, "ER03");
    else
        emulator->clock.format = call->number[0];
}

void emulator_do_dts(struct emulator *emulator, struct emulator_call *call)
{
    if (!is_date(call->number)) {
        emulator_reply_code(&call->reply, "ER03");
        return;
    }
    emulator->clock.seconds = seconds(call->number);
    emulator->clock.set_ms = emulator->now_ms;
}

void emulator_do_dtr(struct emulator *emulator, struct emulator_call *call)
{
    const struct emulator_clock *clock = &emulator->clock;
    time_t now =
        (time_t)(clock->seconds + (int64_t)(emulator->now_ms - clock->set_ms) / 1000);
    struct tm tm;
    gmtime_r(&now, &tm);
    int year = tm.tm_year + 1900, month = tm.tm_mon + 1, day = tm.tm_mday;
    struct emulator_reply *reply = &call->reply;
    char date[48];
    switch (clock->format) {
    case 1: snprintf(date, sizeof date, "%02d,%02d,%04d", month, day, year); break;
    case 2: snprintf(date, sizeof date, "%02d,%02d,%04d", day, month, year); break;
    default: snprintf(date, sizeof date, "%04d,%02d,%02d", year, month, day); break;
    }
    emulator_reply_text(reply, date);
    emulator_reply_number(reply, tm.tm_hour, 2);
    emulator_reply_number(reply, tm.tm_min, 2);
    emulator_reply_number(reply, tm.tm_sec, 2);
}
