/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a calibration of a CM-700d is trusted, and how one is made.
 * TV, F and Q are the worked exchanges, faults and quirks of the description of the
 * protocol, sections 10 and 11. */
#include "tests/driver/cm700d_bench.h"

#include "tests/runner.h"

/* ---- trust in a calibration: section 8.2 ---- */

struct trust {
    const char *why;
    const char *state; /* reply to STR */
    const char *parameters;
    struct calibration calibration;
    int64_t later; /* seconds after noon */
    enum instrument_calibration_state expected;
    enum instrument_status measure;
};

/* A record made at noon. */
#define RECORD(serial_, plate_, user_plate_, specular_)                                  \
    {                                                                                    \
        .serial = serial_, .plate = plate_, .area = 2, .specular = specular_,            \
        .user_plate = user_plate_, .medium_area = 2, .made = NOON                        \
    }
#define KNOWN RECORD("10203040", "12345678", 0, INSTRUMENT_SCI_AND_SCE)

static const struct trust trusts[] = {
    {"all is well", STATE(3), BOTH, KNOWN, 60, INSTRUMENT_CALIBRATED, INSTRUMENT_OK},
    {"under eight hours", STATE(3), BOTH, KNOWN, 28799, INSTRUMENT_CALIBRATED,
     INSTRUMENT_OK},
    {"eight hours", STATE(3), BOTH, KNOWN, 28800, INSTRUMENT_EXPIRED,
     INSTRUMENT_NEEDS_WHITE},
    {"a clock set back", STATE(3), BOTH, KNOWN, -1, INSTRUMENT_EXPIRED,
     INSTRUMENT_NEEDS_WHITE},
    {"the instrument recommends a new one", "OK00,1,0,3,04000,00012,0003,0,1", BOTH,
     KNOWN, 60, INSTRUMENT_EXPIRED, INSTRUMENT_NEEDS_WHITE},
    {"six fields cannot tell", "OK00,1,0,3,04000,00012,0003", BOTH, KNOWN, 60,
     INSTRUMENT_CALIBRATED, INSTRUMENT_OK},
    {"the instrument was switched off", STATE(0), BOTH, KNOWN, 60,
     INSTRUMENT_UNCALIBRATED, INSTRUMENT_NEEDS_ZERO},
    {"white is missing", STATE(1), BOTH, KNOWN, 60, INSTRUMENT_UNCALIBRATED,
     INSTRUMENT_NEEDS_WHITE},
    {"the user's white is missing", STATE(2), BOTH, KNOWN, 60, INSTRUMENT_UNCALIBRATED,
     INSTRUMENT_NEEDS_USER_WHITE},
    {"no record",
     STATE(3),
     BOTH,
     {.made = 0},
     60,
     INSTRUMENT_UNCALIBRATED,
     INSTRUMENT_NEEDS_ZERO},
    {"another instrument's record", STATE(3), BOTH,
     RECORD("10203041", "12345678", 0, INSTRUMENT_SCI_AND_SCE), 60,
     INSTRUMENT_UNCALIBRATED, INSTRUMENT_NEEDS_ZERO},
    {"another plate", STATE(3), BOTH,
     RECORD("10203040", "12345679", 0, INSTRUMENT_SCI_AND_SCE), 60,
     INSTRUMENT_UNCALIBRATED, INSTRUMENT_NEEDS_ZERO},
    {"the user's plate", STATE(3), BOTH,
     RECORD("10203040", "12345678", 1, INSTRUMENT_SCI_AND_SCE), 60,
     INSTRUMENT_UNCALIBRATED, INSTRUMENT_NEEDS_ZERO},
    {"another aperture", STATE(3), "OK00,1,3,00,01,01", KNOWN, 60,
     INSTRUMENT_UNCALIBRATED, INSTRUMENT_NEEDS_ZERO},
    {"fewer modes", STATE(3), BOTH, RECORD("10203040", "12345678", 0, INSTRUMENT_SCI), 60,
     INSTRUMENT_UNCALIBRATED, INSTRUMENT_NEEDS_ZERO},
};

START_TEST(a_calibration_is_trusted_under_all_conditions_only)
{
    const struct trust *row = &trusts[_i];
    struct exchange exchanges[20] = {OPEN,
                                     {"STR", row->state},
                                     {"CPR", row->parameters},
                                     {"CPR", row->parameters},
                                     {"STR", row->state}};
    const struct exchange measured[] = {{"MDR,1", "ER10"},     {"MES,1", "OK00"},
                                        {"STR", row->state},   {"MDR,1", "OK00," S1},
                                        {"MDR,2", "OK00," S2}, OVER};
    if (row->measure == INSTRUMENT_OK)
        then(exchanges, measured);
    struct bench bench;
    opened(&bench, exchanges, row->calibration.made ? &row->calibration : NULL);
    bench.caller.now = NOON + row->later;
    enum instrument_calibration_state state;
    int64_t made = -1;
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.calibration_check(bench.session, &state, &made),
                      INSTRUMENT_OK);
    ck_assert_msg(state == row->expected, "%s: %d", row->why, (int)state);
    ck_assert_int_eq(made, state == INSTRUMENT_UNCALIBRATED ? 0 : NOON);
    enum instrument_status status = model_cm700d.measure(bench.session, &reading);
    ck_assert_msg(status == row->measure, "%s: %s", row->why,
                  instrument_status_text(status));
    if (status == INSTRUMENT_OK)
        ck_assert_int_eq((reading.warnings & INSTRUMENT_WARN_RECALIBRATE) != 0,
                         strlen(row->state) < strlen(STATE(3)));
    get_up(&bench);
}
END_TEST

START_TEST(a_block_damaged_in_any_byte_is_as_good_as_none)
{
    uint8_t block[INSTRUMENT_CALIBRATION_MAX];
    struct calibration read;
    size_t size = calibration_pack(&fresh, block);
    ck_assert_uint_eq(calibration_unpack(block, size, &read), INSTRUMENT_OK);
    ck_assert_str_eq(read.serial, fresh.serial);
    ck_assert_str_eq(read.plate, fresh.plate);
    ck_assert_uint_eq(read.area, fresh.area);
    ck_assert_uint_eq(read.specular, fresh.specular);
    ck_assert_uint_eq(read.user_plate, fresh.user_plate);
    ck_assert_uint_eq(read.medium_area, fresh.medium_area);
    ck_assert_int_eq(read.made, fresh.made);
    for (size_t i = 0; i < size; i++)
        for (unsigned bit = 0; bit < 8; bit++) {
            block[i] = (uint8_t)(block[i] ^ 1u << bit);
            ck_assert_uint_eq(calibration_unpack(block, size, &read), INSTRUMENT_NO_DATA);
            block[i] = (uint8_t)(block[i] ^ 1u << bit);
        }
    for (size_t cut = 0; cut < size; cut++)
        ck_assert_uint_eq(calibration_unpack(block, cut, &read), INSTRUMENT_NO_DATA);
    ck_assert_uint_eq(calibration_unpack(block, size + 1, &read), INSTRUMENT_NO_DATA);
}
END_TEST

/* ---- calibrating: sections 6.5 and 8.3 ---- */

struct calibrating {
    const char *why;
    struct exchange exchanges[24]; /* after the parameters were checked */
    enum instrument_status status;
    const char *asked;
};

static const struct calibrating calibratings[] = {
    {"TV-07, TV-08",
     {PLATE,
      {"ZRC", "@2000 OK00"},
      {"STR", STATE(1)},
      {"CAL", "@2000 OK00"},
      {"STR", STATE(3)}},
     INSTRUMENT_OK,
     "zero() void(10203040) white(12345678) void(10203040) "},
    {"Q9: replies at once, then busy",
     {PLATE,
      {"ZRC", "OK00"},
      {"STR", "ER35"},
      {"STR", "ER35"},
      {"STR", STATE(1)},
      {"CAL", "OK00"},
      {"STR", "ER35"},
      {"STR", STATE(3)}},
     INSTRUMENT_OK,
     "zero() void(10203040) white(12345678) void(10203040) "},
    {"TV-17: the user's plate",
     {{"USR", "OK00,1"},
      {"CIR", "OK00,12345678"},
      {"ZRC", "@2000 OK00"},
      {"STR", STATE(2)},
      {"USC", "@2000 OK00"},
      {"STR", STATE(3)}},
     INSTRUMENT_OK,
     "zero() void(10203040) user(12345678) void(10203040) "},
    {"TV-17: without data of the user's plate",
     {{"USR", "OK00,1"},
      {"CIR", "OK00,12345678"},
      {"ZRC", "OK00"},
      {"STR", STATE(2)},
      {"USC", "ER22"}},
     INSTRUMENT_NO_USER_PLATE,
     "zero() void(10203040) user(12345678) void(10203040) "},
    {"zero fails once",
     {PLATE,
      {"ZRC", "ER11"},
      {"ZRC", "OK00"},
      {"STR", STATE(1)},
      {"CAL", "OK00"},
      {"STR", STATE(3)}},
     INSTRUMENT_OK,
     "zero() void(10203040) zero(the calibration failed) void(10203040) "
     "white(12345678) void(10203040) "},
    {"zero fails for good",
     {PLATE, {"ZRC", "ER11"}, {"ZRC", "ER11"}, {"ZRC", "ER11"}},
     INSTRUMENT_CALIBRATION_FAILED,
     "zero() void(10203040) zero(the calibration failed) void(10203040) "
     "zero(the calibration failed) void(10203040) "},
    {"white fails twice, told by the status and by the reply",
     {PLATE,
      {"ZRC", "OK00"},
      {"STR", STATE(1)},
      {"CAL", "OK00"},
      {"STR", STATE(1)},
      {"CAL", "OK00"},
      {"STR", "ER11"},
      {"CAL", "OK00"},
      {"STR", STATE(3)}},
     INSTRUMENT_OK,
     "zero() void(10203040) white(12345678) void(10203040) white(the calibration "
     "failed) void(10203040) white(the calibration failed) void(10203040) "},
    {"the user's plate was switched on meanwhile",
     {PLATE, {"ZRC", "OK00"}, {"STR", STATE(1)}, {"CAL", "OK00"}, {"STR", STATE(2)}},
     INSTRUMENT_NEEDS_USER_WHITE,
     "zero() void(10203040) white(12345678) void(10203040) "},
    {"a poll is lost, and zero failed",
     {PLATE,
      {"ZRC", "OK00"},
      {"STR", NULL},
      {"", "ER35"},
      {"IDR", "ER35"},
      {"STR", "ER11"},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"},
      {"ZRC", "OK00"},
      {"STR", STATE(1)},
      {"CAL", "OK00"},
      {"STR", STATE(3)}},
     INSTRUMENT_OK,
     "zero() void(10203040) zero(the calibration failed) void(10203040) "
     "white(12345678) void(10203040) "},
    {"a poll is lost that may have told that zero failed: once more",
     {PLATE,
      {"ZRC", "OK00"},
      {"STR", NULL},
      SYNC,
      {"STR", STATE(3)},
      {"ZRC", "OK00"},
      {"STR", STATE(1)},
      {"CAL", "OK00"},
      {"STR", STATE(3)}},
     INSTRUMENT_OK,
     "zero() void(10203040) zero(the calibration failed) void(10203040) "
     "white(12345678) void(10203040) "},
    {"a poll is lost that cannot have told the end of zero",
     {PLATE,
      {"ZRC", "OK00"},
      {"STR", NULL},
      {"", "ER35"},
      {"IDR", "ER35"},
      {"STR", STATE(1)},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"},
      {"STR", STATE(1)},
      {"CAL", "OK00"},
      {"STR", STATE(3)}},
     INSTRUMENT_OK,
     "zero() void(10203040) white(12345678) void(10203040) "},
    {"a poll is lost, and white failed for want of batteries",
     {PLATE,
      {"ZRC", "OK00"},
      {"STR", STATE(1)},
      {"CAL", "OK00"},
      {"STR", NULL},
      {"", "ER35"},
      {"IDR", "ER35"},
      {"STR", "ER02"},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"}},
     INSTRUMENT_BATTERY_EMPTY,
     "zero() void(10203040) white(12345678) void(10203040) "},
    {"empty batteries",
     {PLATE, {"ZRC", "ER02"}},
     INSTRUMENT_BATTERY_EMPTY,
     "zero() void(10203040) "},
    {"no reply within a minute, and no second try",
     {PLATE, {"ZRC", NULL}},
     INSTRUMENT_NO_ANSWER,
     "zero() void(10203040) "},
    {"the flash is charging",
     {PLATE,
      {"ZRC", "ER28"},
      {"ZRC", "OK00"},
      {"STR", STATE(1)},
      {"CAL", "OK00"},
      {"STR", STATE(3)}},
     INSTRUMENT_OK,
     "zero() void(10203040) white(12345678) void(10203040) "},
};

/* What is left to be stored. */
static struct calibration kept_by(const struct bench *bench)
{
    uint8_t block[INSTRUMENT_CALIBRATION_MAX];
    size_t size = 0;
    struct calibration kept;
    ck_assert_uint_eq(model_cm700d.calibration(bench->session, block, &size),
                      INSTRUMENT_OK);
    ck_assert_uint_eq(calibration_unpack(block, size, &kept), INSTRUMENT_OK);
    return kept;
}

START_TEST(a_calibration_is_guided_and_recorded_when_confirmed)
{
    const struct calibrating *row = &calibratings[_i];
    struct exchange exchanges[48] = {OPEN, {"CPR", BOTH}};
    then(exchanges, row->exchanges);
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    enum instrument_status status = model_cm700d.calibrate(bench.session);
    ck_assert_msg(status == row->status, "%s: %s", row->why,
                  instrument_status_text(status));
    ck_assert_msg(strcmp(bench.caller.asked, row->asked) == 0, "%s: %s", row->why,
                  bench.caller.asked);
    struct calibration made = kept_by(&bench);
    ck_assert_str_eq(made.serial, "10203040");
    ck_assert_uint_eq(made.medium_area, 2);
    ck_assert_int_eq(made.made, status == INSTRUMENT_OK ? NOON : 0);
    if (status == INSTRUMENT_OK) {
        ck_assert_str_eq(made.plate, "12345678");
        ck_assert_uint_eq(made.area, 2);
        ck_assert_uint_eq(made.specular, INSTRUMENT_SCI_AND_SCE);
    }
    get_up(&bench);
}
END_TEST

START_TEST(stopping_at_the_first_prompt_leaves_the_calibration)
{
    static const struct exchange exchanges[] = {OPEN, {"CPR", BOTH}, PLATE, OVER};
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    bench.caller.answer = INSTRUMENT_STOP;
    ck_assert_uint_eq(model_cm700d.calibrate(bench.session), INSTRUMENT_CANCELLED);
    ck_assert_str_eq(bench.caller.asked, "zero() ");
    ck_assert_int_eq(kept_by(&bench).made, fresh.made);
    get_up(&bench);
}
END_TEST

/* The block that is left knows the aperture, and vouches for no calibration. */
START_TEST(a_calibration_that_fails_leaves_the_confirmed_aperture)
{
    static const struct exchange failed[] = {
        OPEN, {"CPR", BOTH}, PLATE, {"ZRC", "ER02"}, OVER};
    static const struct exchange after[] = {OPEN, AGAIN, AGAIN, OVER};
    struct bench bench;
    opened(&bench, failed, &fresh);
    ck_assert_uint_eq(model_cm700d.calibrate(bench.session), INSTRUMENT_BATTERY_EMPTY);
    struct calibration kept = kept_by(&bench);
    get_up(&bench);

    struct instrument_description description;
    enum instrument_calibration_state state;
    int64_t made;
    opened(&bench, after, &kept);
    ck_assert_uint_eq(model_cm700d.describe(bench.session, &description), INSTRUMENT_OK);
    ck_assert_int_eq(description.aperture_confirmed, 1);
    ck_assert_uint_eq(model_cm700d.calibration_check(bench.session, &state, &made),
                      INSTRUMENT_OK);
    ck_assert_uint_eq(state, INSTRUMENT_UNCALIBRATED);
    ck_assert_int_eq(made, 0);
    get_up(&bench);
}
END_TEST

/* One who keeps the block that is left as soon as the old one is void. */
struct keeper {
    struct model_session *session;
    struct calibration kept;
};

static void keep_what_is_left(void *user, const char *serial)
{
    struct keeper *keeper = user;
    uint8_t block[INSTRUMENT_CALIBRATION_MAX];
    size_t size = 0;
    ck_assert_str_eq(serial, "10203040");
    ck_assert_uint_eq(model_cm700d.calibration(keeper->session, block, &size),
                      INSTRUMENT_OK);
    ck_assert_uint_eq(calibration_unpack(block, size, &keeper->kept), INSTRUMENT_OK);
}

START_TEST(what_a_void_calibration_leaves_is_known_when_it_is_told)
{
    static const struct exchange exchanges[] = {
        OPEN,          AGAIN, {"CPR", BOTH}, /* the slider */
        {"CPR", BOTH}, PLATE, {"ZRC", UNPLUGGED_HERE}, OVER};
    struct keeper keeper = {.kept.made = -1};
    struct instrument_options options = {.user = &keeper,
                                         .calibration_void = keep_what_is_left};
    struct dialog dialog = dialog_start(exchanges);
    ck_assert_uint_eq(model_cm700d.open(&dialog.base, &options, &keeper.session),
                      INSTRUMENT_OK);
    struct instrument_description description;
    uint8_t block[INSTRUMENT_CALIBRATION_MAX];
    size_t size;
    ck_assert_uint_eq(model_cm700d.calibration(keeper.session, block, &size),
                      INSTRUMENT_NO_DATA);
    ck_assert_uint_eq(model_cm700d.describe(keeper.session, &description), INSTRUMENT_OK);
    ck_assert_uint_eq(model_cm700d.confirm_aperture(keeper.session), INSTRUMENT_OK);
    ck_assert_uint_eq(model_cm700d.calibrate(keeper.session), INSTRUMENT_UNPLUGGED);
    ck_assert_str_eq(keeper.kept.serial, "10203040");
    ck_assert_uint_eq(keeper.kept.medium_area, 2);
    ck_assert_int_eq(keeper.kept.made, 0);
    model_cm700d.close(keeper.session);
    dialog_is_over(&dialog);
}
END_TEST

START_TEST(a_calibration_tells_how_long_it_takes)
{
    static const struct exchange exchanges[] = {
        OPEN, {"CPR", BOTH}, PLATE, {"ZRC", "@30000 OK00"}, {"STR", "ER13"}, OVER};
    struct bench bench;
    opened(&bench, exchanges, NULL);
    ck_assert_uint_eq(model_cm700d.calibrate(bench.session), INSTRUMENT_CONVERTER);
    ck_assert_str_eq(bench.caller.progress, "zero calibration");
    ck_assert_int_ge(bench.caller.progress_count, 55);
    ck_assert(bench.caller.progress_seconds >= 29.5);
    get_up(&bench);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("cm700d_calibrate");
    TCase *c = tcase_create("calibrate");
    tcase_add_loop_test(c, a_calibration_is_trusted_under_all_conditions_only, 0,
                        ROWS(trusts));
    tcase_add_test(c, a_block_damaged_in_any_byte_is_as_good_as_none);
    tcase_add_loop_test(c, a_calibration_is_guided_and_recorded_when_confirmed, 0,
                        ROWS(calibratings));
    tcase_add_test(c, stopping_at_the_first_prompt_leaves_the_calibration);
    tcase_add_test(c, a_calibration_that_fails_leaves_the_confirmed_aperture);
    tcase_add_test(c, what_a_void_calibration_leaves_is_known_when_it_is_told);
    tcase_add_test(c, a_calibration_tells_how_long_it_takes);
    suite_add_tcase(s, c);
    return s;
}
