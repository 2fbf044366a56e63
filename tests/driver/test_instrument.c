/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The public face, on the virtual instrument. */
#include "driver/instrument.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "driver/emulator.h"
#include "driver/model.h"
#include "tests/runner.h"

/* ---- words ---- */

START_TEST(every_status_has_words_and_advice)
{
    for (unsigned i = 0; i <= INSTRUMENT_IMPLAUSIBLE; i++) {
        enum instrument_status status = (enum instrument_status)i;
        const char *text = instrument_status_text(status);
        const char *advice = instrument_status_advice(status);
        ck_assert_str_ne(text, "unknown status");
        ck_assert_int_ne(text[strlen(text) - 1], '.');
        if (status == INSTRUMENT_OK || status == INSTRUMENT_CANCELLED)
            ck_assert_str_eq(advice, "");
        else
            ck_assert_int_eq(advice[strlen(advice) - 1], '.');
        for (unsigned j = 0; j < i; j++)
            ck_assert_str_ne(text, instrument_status_text((enum instrument_status)j));
    }
}
END_TEST

START_TEST(every_warning_has_words)
{
    for (unsigned bit = 1; bit <= INSTRUMENT_WARN_NOT_SKIN_LIKE; bit <<= 1)
        ck_assert_str_ne(instrument_warning_text((enum instrument_warning)bit),
                         "unknown warning");
    ck_assert_str_eq(instrument_warning_text(
                         (enum instrument_warning)(INSTRUMENT_WARN_NOT_SKIN_LIKE << 1)),
                     "unknown warning");
}
END_TEST

/* ---- a caller ---- */

struct caller {
    int asked_to_stop; /* how often cancelled is to say GO_ON before it says STOP */
    int asked;
    char prompts[128];
    int lines;
    int remarks;
    int progress;
    uint8_t block[INSTRUMENT_CALIBRATION_MAX];
    size_t block_size;
    int voided;
    int disabled; /* SWS,0 was sent */
};

static enum instrument_answer cancelled(void *user)
{
    struct caller *caller = user;
    return ++caller->asked > caller->asked_to_stop ? INSTRUMENT_STOP : INSTRUMENT_GO_ON;
}

static enum instrument_answer prompt(void *user, enum instrument_prompt asked,
                                     const char *detail)
{
    struct caller *caller = user;
    size_t used = strlen(caller->prompts);
    snprintf(caller->prompts + used, sizeof caller->prompts - used, "%d(%s) ", (int)asked,
             detail);
    return INSTRUMENT_GO_ON;
}

static void progress(void *user, const char *what, double seconds)
{
    ck_assert_uint_gt(strlen(what), 0);
    ck_assert(seconds > 0);
    ((struct caller *)user)->progress++;
}

static void trace(void *user, enum instrument_direction direction, const uint8_t *bytes,
                  size_t size)
{
    struct caller *caller = user;
    caller->lines += direction != INSTRUMENT_REMARK;
    caller->remarks += direction == INSTRUMENT_REMARK;
    if (direction == INSTRUMENT_SENT && size == 5 && memcmp(bytes, "SWS,0", 5) == 0)
        caller->disabled++;
}

static int64_t noon(void *user)
{
    (void)user;
    return 43200;
}

static size_t load(void *user, const char *serial, uint8_t *block)
{
    const struct caller *caller = user;
    ck_assert_str_eq(serial, "10203040");
    memcpy(block, caller->block, caller->block_size);
    return caller->block_size;
}

static void forget(void *user, const char *serial)
{
    ck_assert_str_eq(serial, "10203040");
    ((struct caller *)user)->voided++;
}

static struct instrument_options options_of(struct caller *caller)
{
    return (struct instrument_options){.user = caller,
                                       .prompt = prompt,
                                       .progress = progress,
                                       .trace = trace,
                                       .now = noon,
                                       .calibration_load = load,
                                       .calibration_void = forget};
}

static struct instrument *opened(const char *id, const struct instrument_options *options)
{
    struct instrument *instrument = NULL;
    enum instrument_status status = instrument_open(id, options, &instrument);
    ck_assert_msg(status == INSTRUMENT_OK, "%s: %s", id, instrument_status_text(status));
    return instrument;
}

/* ---- opening ---- */

struct id {
    const char *id;
    enum instrument_status status;
};

static const struct id ids[] = {
    {"sim:cm700d", INSTRUMENT_OK},
    {"sim:CM-700d", INSTRUMENT_OK},
    {"sim:cm700d:client=b,seed=7,noise=0,placement=0", INSTRUMENT_OK},
    {"sim:cm700d:client=z", INSTRUMENT_OUT_OF_RANGE},
    {"sim:cm700d:fault=foreign", INSTRUMENT_UNSUPPORTED},
    {"sim:cm700d:fault=sibling", INSTRUMENT_UNSUPPORTED},
    {"sim:cm700", INSTRUMENT_ABSENT},
    {"sim:cm700dx", INSTRUMENT_ABSENT},
    {"sim:", INSTRUMENT_ABSENT},
    {"spectrolino:1234", INSTRUMENT_ABSENT},
    {"no-such-serial-number", INSTRUMENT_ABSENT},
    {"CM-700d:no-such-serial-number", INSTRUMENT_ABSENT},
    {"tty:/dev/there-is-no-such-node", INSTRUMENT_ABSENT},
};

START_TEST(an_id_opens_what_it_means)
{
    const struct id *row = &ids[_i];
    char holder[INSTRUMENT_TEXT_MAX] = "before";
    const struct instrument_options options = {.holder = holder};
    struct instrument *instrument = NULL;
    enum instrument_status status = instrument_open(row->id, &options, &instrument);
    ck_assert_msg(status == row->status, "%s: %s", row->id,
                  instrument_status_text(status));
    ck_assert_int_eq(instrument != NULL, status == INSTRUMENT_OK);
    ck_assert_str_eq(holder, "");
    instrument_close(instrument);
}
END_TEST

START_TEST(closing_nothing_is_fine)
{
    instrument_close(NULL);
}
END_TEST

START_TEST(the_virtual_instrument_is_listed_with_all)
{
    struct instrument_listed listed[8];
    size_t count = 0;
    ck_assert_uint_eq(instrument_list(INSTRUMENT_REAL_AND_VIRTUAL, listed, 8, &count),
                      INSTRUMENT_OK);
    ck_assert_uint_ge(count, 1);
    ck_assert_str_eq(listed[count - 1].id, "sim:cm700d");
    ck_assert_str_eq(listed[count - 1].model, "CM-700d");
    ck_assert_str_eq(listed[count - 1].link, "virtual");
    ck_assert_str_eq(listed[count - 1].serial, "");
    ck_assert_uint_eq(listed[count - 1].state, INSTRUMENT_OK);
    ck_assert_uint_eq(instrument_list(INSTRUMENT_REAL_AND_VIRTUAL, listed, 0, &count),
                      INSTRUMENT_ABSENT);
}
END_TEST

START_TEST(models_list_the_likeliest_usb_identity_first)
{
    ck_assert_ptr_eq(models[0], &model_cm700d);
    ck_assert_ptr_null(models[1]);
    ck_assert_uint_eq(models[0]->usb[0].vendor, 0x132b);
    ck_assert_uint_eq(models[0]->usb[0].product, 0x210d);
    ck_assert_uint_eq(models[0]->usb[1].product, TRANSPORT_ANY_PRODUCT);
    ck_assert_uint_eq(models[0]->usb[2].vendor, 0);
}
END_TEST

/* ---- the whole way ---- */

static void check_near(const double *read, const double *truth)
{
    for (size_t i = 0; i < 31; i++)
        ck_assert(fabs(read[i] - truth[i]) <= 0.5001e-4); /* half a step of the wire */
}

/* What the emulator would read without noise, of the client and skin named. */
static void ask_truth(char client, const char *kind, double *sci, double *sce)
{
    struct emulator_settings settings = emulator_settings_default;
    settings.client = client;
    settings.noise = settings.placement = 0;
    struct emulator *emulator = emulator_make(&settings, 0);
    emulator_place(emulator, kind, "crown");
    emulator_truth(emulator, sci, sce);
    emulator_free(emulator);
}

#define SOUND ":noise=0,placement=0"

static const char *const dialects[] = {
    "sim:cm700d" SOUND,
    "sim:cm700d" SOUND ",quirk=q1",
    "sim:cm700d" SOUND ",quirk=q1b",
    "sim:cm700d" SOUND ",quirk=q1+q1b",
    "sim:cm700d" SOUND ",quirk=q2",
    "sim:cm700d" SOUND ",quirk=q3",
    "sim:cm700d" SOUND ",quirk=q4",
    "sim:cm700d" SOUND ",quirk=q5",
    "sim:cm700d" SOUND ",quirk=q6",
    "sim:cm700d" SOUND ",quirk=q7",
    "sim:cm700d" SOUND ",quirk=q8",
    "sim:cm700d" SOUND ",quirk=q9",
    "sim:cm700d" SOUND ",quirk=q10",
    "sim:cm700d" SOUND ",quirk=q11",
    "sim:cm700d" SOUND ",quirk=q1+q2+q4+q5+q6+q7+q9+q10+q11",
    "sim:cm700d" SOUND ",user=1",
    "sim:cm700d" SOUND ",battery=1",
    "sim:cm700d" SOUND ",fault=split",
    "sim:cm700d" SOUND ",fault=empty-packets",
    "sim:cm700d" SOUND ",fault=junk",
    "sim:cm700d" SOUND ",fault=lost",
    "sim:cm700d" SOUND ",fault=late",
    "sim:cm700d" SOUND ",fault=cut",
    "sim:cm700d" SOUND ",fault=too-few",
    "sim:cm700d" SOUND ",fault=too-many",
    "sim:cm700d" SOUND ",fault=not-a-number",
    "sim:cm700d" SOUND ",fault=endless",
    "sim:cm700d" SOUND ",fault=unsolicited",
    "sim:cm700d" SOUND ",fault=MES/ER05",
    "sim:cm700d" SOUND ",fault=MES/ER28",
    "sim:cm700d" SOUND ",fault=ZRC/ER11",
};

START_TEST(every_dialect_measures_the_same_skin)
{
    double sci[31], sce[31];
    ask_truth('a', "donor", sci, sce);
    struct caller caller = {.asked_to_stop = 0};
    struct instrument_options options = options_of(&caller);
    struct instrument *instrument = opened(dialects[_i], &options);
    struct instrument_reading reading;
    ck_assert_uint_eq(instrument_measure(instrument, &reading), INSTRUMENT_NEEDS_ZERO);
    ck_assert_uint_eq(instrument_confirm_aperture(instrument), INSTRUMENT_OK);
    enum instrument_status status = instrument_calibrate(instrument);
    ck_assert_msg(status == INSTRUMENT_OK, "%s: %s", dialects[_i],
                  instrument_status_text(status));
    instrument_place_virtual(instrument, "donor", "crown");
    ck_assert_uint_eq(instrument_measure(instrument, &reading), INSTRUMENT_OK);
    check_near(reading.sci, sci);
    check_near(reading.sce, sce);
    ck_assert_uint_eq(reading.aperture, INSTRUMENT_APERTURE_MEDIUM);
    ck_assert_uint_eq(instrument_wait_button(instrument, &reading), INSTRUMENT_OK);
    check_near(reading.sci, sci);
    check_near(reading.sce, sce);
    ck_assert_uint_eq(instrument_set_specular(instrument, INSTRUMENT_SCE), INSTRUMENT_OK);
    ck_assert_uint_eq(instrument_measure(instrument, &reading), INSTRUMENT_OK);
    check_near(reading.sce, sce);
    ck_assert_int_gt(caller.lines, 40);
    ck_assert_int_gt(caller.progress, 0);
    ck_assert_int_ge(caller.voided, 2);
    instrument_close(instrument);
}
END_TEST

START_TEST(a_virtual_instrument_says_so)
{
    struct instrument *instrument = opened("sim:cm700d", NULL);
    struct instrument_description description;
    ck_assert_uint_eq(instrument_describe(instrument, &description), INSTRUMENT_OK);
    ck_assert_uint_eq(description.origin, INSTRUMENT_IS_VIRTUAL);
    ck_assert_str_eq(description.serial, "10203040");
    ck_assert_str_eq(instrument_last_code(instrument), "");
    instrument_close(instrument);
}
END_TEST

/* The virtual operator needs no callbacks; the calibration outlives the session where
 * the instrument stays on. */
START_TEST(a_calibration_is_handed_over_to_the_next_session)
{
    struct caller caller = {.asked_to_stop = 0};
    struct instrument_options options = options_of(&caller);
    struct instrument *instrument = opened("sim:cm700d", &options);
    ck_assert_uint_eq(
        instrument_calibration(instrument, caller.block, &caller.block_size),
        INSTRUMENT_NO_DATA);
    ck_assert_uint_eq(instrument_calibrate(instrument), INSTRUMENT_OK);
    enum instrument_calibration_state state;
    int64_t made = 0;
    ck_assert_uint_eq(instrument_calibration_check(instrument, &state, &made),
                      INSTRUMENT_OK);
    ck_assert_uint_eq(state, INSTRUMENT_CALIBRATED);
    ck_assert_int_eq(made, 43200);
    ck_assert_uint_eq(
        instrument_calibration(instrument, caller.block, &caller.block_size),
        INSTRUMENT_OK);
    instrument_close(instrument);
    ck_assert_str_eq(caller.prompts, "0() 1(12345678) ");

    instrument = opened("sim:cm700d", &options); /* has been switched off meanwhile */
    ck_assert_uint_eq(instrument_calibration_check(instrument, &state, &made),
                      INSTRUMENT_OK);
    ck_assert_uint_eq(state, INSTRUMENT_UNCALIBRATED);
    ck_assert_int_eq(made, 0);
    instrument_close(instrument);
}
END_TEST

/* Section 1.1: standard deviation within 0.1 % reflectance, 30 readings of the plate. */
START_TEST(thirty_readings_of_white_repeat_as_the_data_sheet_says)
{
    enum { READINGS = 30 };
    double sum[31] = {0}, squares[31] = {0}, most = 0;
    struct instrument *instrument = opened("sim:cm700d", NULL);
    ck_assert_uint_eq(instrument_calibrate(instrument), INSTRUMENT_OK);
    for (int n = 0; n < READINGS; n++) {
        struct instrument_reading reading;
        ck_assert_uint_eq(instrument_measure(instrument, &reading), INSTRUMENT_OK);
        for (size_t i = 0; i < 31; i++) {
            sum[i] += reading.sci[i];
            squares[i] += reading.sci[i] * reading.sci[i];
        }
    }
    for (size_t i = 0; i < 31; i++) {
        double variance = (squares[i] - sum[i] * sum[i] / READINGS) / (READINGS - 1);
        most = fmax(most, sqrt(fmax(variance, 0)));
    }
    ck_assert(most < 1e-3);
    ck_assert(most > 1e-5); /* there is noise */
    instrument_close(instrument);
}
END_TEST

START_TEST(an_unknown_code_is_told)
{
    struct instrument *instrument = opened("sim:cm700d:fault=MES/ER42", NULL);
    ck_assert_uint_eq(instrument_calibrate(instrument), INSTRUMENT_OK);
    struct instrument_reading reading;
    ck_assert_uint_eq(instrument_measure(instrument, &reading), INSTRUMENT_UNKNOWN_CODE);
    ck_assert_str_eq(instrument_last_code(instrument), "ER42");
    instrument_close(instrument);
}
END_TEST

START_TEST(a_battery_that_dies_while_measuring_is_silence)
{
    struct instrument *instrument = opened("sim:cm700d:fault=silent", NULL);
    ck_assert_uint_eq(instrument_calibrate(instrument), INSTRUMENT_OK);
    struct instrument_reading reading;
    ck_assert_uint_eq(instrument_measure(instrument, &reading), INSTRUMENT_NO_ANSWER);
    instrument_close(instrument);
}
END_TEST

/* Wherever a stop is asked for, it comes through once, and the next call works. */
START_TEST(a_stop_ends_one_call_and_leaves_the_link_usable)
{
    int stopped = 0;
    for (int n = 0; n < 60; n++) {
        struct caller caller = {.asked_to_stop = 1000000};
        struct instrument_options options = options_of(&caller);
        options.cancelled = cancelled;
        struct instrument *instrument = opened("sim:cm700d" SOUND, &options);
        ck_assert_uint_eq(instrument_calibrate(instrument), INSTRUMENT_OK);
        instrument_place_virtual(instrument, "scalp", "crown");
        struct instrument_reading reading;
        caller.asked_to_stop = caller.asked + n;
        int disabled = caller.disabled;
        enum instrument_status status =
            _i == 0 ? instrument_measure(instrument, &reading)
                    : instrument_wait_button(instrument, &reading);
        ck_assert_int_le(caller.asked, caller.asked_to_stop + 1);
        if (status != INSTRUMENT_OK) /* it may have been done before */
            ck_assert_uint_eq(status, INSTRUMENT_CANCELLED);
        stopped += status == INSTRUMENT_CANCELLED;
        if (_i == 1 && n > 20)
            ck_assert_int_gt(caller.disabled, disabled);
        caller.asked_to_stop = 1000000;
        ck_assert_uint_eq(instrument_measure(instrument, &reading), INSTRUMENT_OK);
        instrument_close(instrument);
    }
    ck_assert_int_ge(stopped, 10);
}
END_TEST

START_TEST(opening_and_calibrating_can_be_stopped)
{
    for (int n = 0; n < 40; n++) {
        struct caller caller = {.asked_to_stop = n};
        struct instrument_options options = options_of(&caller);
        options.cancelled = cancelled;
        struct instrument *instrument = NULL;
        enum instrument_status status =
            instrument_open("sim:cm700d", &options, &instrument);
        if (status == INSTRUMENT_OK)
            status = instrument_calibrate(instrument);
        ck_assert_uint_eq(status, INSTRUMENT_CANCELLED);
        instrument_close(instrument);
    }
}
END_TEST

#define ROWS(array) (int)(sizeof(array) / sizeof(array)[0])

Suite *suite(void)
{
    Suite *s = suite_create("instrument");
    TCase *c = tcase_create("instrument");
    tcase_add_test(c, every_status_has_words_and_advice);
    tcase_add_test(c, every_warning_has_words);
    tcase_add_loop_test(c, an_id_opens_what_it_means, 0, ROWS(ids));
    tcase_add_test(c, closing_nothing_is_fine);
    tcase_add_test(c, the_virtual_instrument_is_listed_with_all);
    tcase_add_test(c, models_list_the_likeliest_usb_identity_first);
    tcase_add_loop_test(c, every_dialect_measures_the_same_skin, 0, ROWS(dialects));
    tcase_add_test(c, a_virtual_instrument_says_so);
    tcase_add_test(c, a_calibration_is_handed_over_to_the_next_session);
    tcase_add_test(c, thirty_readings_of_white_repeat_as_the_data_sheet_says);
    tcase_add_test(c, an_unknown_code_is_told);
    tcase_add_test(c, a_battery_that_dies_while_measuring_is_silence);
    tcase_add_loop_test(c, a_stop_ends_one_call_and_leaves_the_link_usable, 0, 2);
    tcase_add_test(c, opening_and_calibrating_can_be_stopped);
    suite_add_tcase(s, c);
    return s;
}
