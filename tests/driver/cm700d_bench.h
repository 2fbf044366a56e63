/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model before a conversation written out by hand, and a caller who takes notes. */
#ifndef TESTS_DRIVER_CM700D_BENCH_H
#define TESTS_DRIVER_CM700D_BENCH_H

#include <stdio.h>
#include <string.h>

#include "driver/calibration_block.h"
#include "driver/model.h"
#include "tests/driver/dialog.h"
#include "tests/driver/vectors.h"

/* clang-format takes an exchange in a macro for a block of code */
/* clang-format off */
#define IDENTITY "OK00,0100,1000004,10203040,0,400,700,010"
#define STATE(calibrated) "OK00,1,0," #calibrated ",04000,00012,0003,0,0"
#define BOTH "OK00,2,3,00,01,01" /* MAV, SCI and SCE: nothing to probe, nothing to set */

#define SYNC {"", "ER00"}, {"IDR", IDENTITY}
#define CONNECT SYNC, {"SWS,0", "OK00"}, {"STR", STATE(3)}
#define PLATE {"USR", "OK00,0"}, {"CIR", "OK00,12345678"}
#define OPEN CONNECT, {"CPR", BOTH}, PLATE
#define CHECKED {"CPR", BOTH}, {"STR", STATE(3)}
#define READY CHECKED, {"MDR,1", "ER10"} /* TV-12: nothing measured yet */
#define AGAIN {"STR", STATE(3)}, {"CPR", BOTH}
#define MEASURED {"MES,1", "OK00"}, {"STR", STATE(3)}
#define RESULTS {"MDR,1", "OK00," S1}, {"MDR,2", "OK00," S2}
#define OVER {0}
/* clang-format on */

/* ---- what the operator and the caller do ---- */

struct caller {
    int64_t now;
    uint8_t block[INSTRUMENT_CALIBRATION_MAX];
    size_t block_size;
    char asked[256]; /* the prompts and voidings, in order */
    enum instrument_answer answer;
    char said[1024]; /* remarks of the driver */
    char progress[64];
    double progress_seconds;
    int progress_count;
};

static inline void note(struct caller *caller, const char *what, const char *detail)
{
    size_t used = strlen(caller->asked);
    snprintf(caller->asked + used, sizeof caller->asked - used, "%s(%s) ", what, detail);
}

static inline enum instrument_answer prompt(void *user, enum instrument_prompt asked,
                                            const char *detail)
{
    static const char *const names[] = {"zero", "white", "user", "sample", "aperture"};
    struct caller *caller = user;
    note(caller, names[asked], detail);
    return caller->answer;
}

static inline void calibration_void(void *user, const char *serial)
{
    note(user, "void", serial);
}

static inline size_t calibration_load(void *user, const char *serial, uint8_t *block)
{
    struct caller *caller = user;
    ck_assert_str_eq(serial, "10203040");
    memcpy(block, caller->block, sizeof caller->block);
    return caller->block_size;
}

static inline int64_t now(void *user)
{
    return ((struct caller *)user)->now;
}

static inline void trace(void *user, enum instrument_direction direction,
                         const uint8_t *bytes, size_t size)
{
    struct caller *caller = user;
    size_t used = strlen(caller->said);
    if (direction == INSTRUMENT_REMARK)
        snprintf(caller->said + used, sizeof caller->said - used, "%.*s. ", (int)size,
                 (const char *)bytes);
}

static inline void progress(void *user, const char *what, double seconds)
{
    struct caller *caller = user;
    snprintf(caller->progress, sizeof caller->progress, "%s", what);
    ck_assert(seconds > 0);
    caller->progress_seconds = seconds;
    caller->progress_count++;
}

static inline struct instrument_options options_of(struct caller *caller)
{
    return (struct instrument_options){.user = caller,
                                       .prompt = prompt,
                                       .progress = progress,
                                       .trace = trace,
                                       .now = now,
                                       .calibration_load = calibration_load,
                                       .calibration_void = calibration_void};
}

enum { NOON = 1000000 };

/* Calibrated a minute ago, medium aperture confirmed. */
static const struct calibration fresh = {.serial = "10203040",
                                         .plate = "12345678",
                                         .area = 2,
                                         .specular = INSTRUMENT_SCI_AND_SCE,
                                         .medium_area = 2,
                                         .made = NOON - 60};

static inline struct caller caller_with(const struct calibration *calibration)
{
    struct caller caller = {.now = NOON};
    if (calibration)
        caller.block_size = calibration_pack(calibration, caller.block);
    return caller;
}

struct bench {
    struct caller caller;
    struct dialog dialog;
    struct model_session *session;
};

/* Sits down with the instrument; the session keeps pointers into the bench. */
static inline enum instrument_status sit_down(struct bench *bench,
                                              const struct exchange *exchanges,
                                              const struct calibration *calibration)
{
    bench->caller = caller_with(calibration);
    bench->dialog = dialog_start(exchanges);
    bench->session = NULL;
    struct instrument_options options = options_of(&bench->caller);
    return model_cm700d.open(&bench->dialog.base, &options, &bench->session);
}

static inline void opened(struct bench *bench, const struct exchange *exchanges,
                          const struct calibration *calibration)
{
    enum instrument_status status = sit_down(bench, exchanges, calibration);
    ck_assert_msg(status == INSTRUMENT_OK, "%s", instrument_status_text(status));
}

static inline void get_up(struct bench *bench)
{
    dialog_is_over(&bench->dialog);
    if (bench->session)
        model_cm700d.close(bench->session);
    ck_assert_int_eq(bench->dialog.closed, bench->session ? 1 : 0);
}

/* How many exchanges a table has. */
static inline size_t exchanges_of(const struct exchange *exchanges)
{
    size_t count = 0;
    while (exchanges[count].command || exchanges[count].reply)
        count++;
    return count;
}

/* Adds the second table to the first, which has the room and is zero behind its end. */
static inline void then(struct exchange *exchanges, const struct exchange *more)
{
    memcpy(exchanges + exchanges_of(exchanges), more,
           exchanges_of(more) * sizeof more[0]);
}

#define ROWS(array) (int)(sizeof(array) / sizeof(array)[0])

#endif
