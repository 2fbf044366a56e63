/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a CM-700d makes of its own measurement: section 6.7 and TV-15 of the protocol. */
#include "tests/driver/cm700d_bench.h"

#include "tests/runner.h"

struct check {
    const char *why;
    struct exchange exchanges[20]; /* after the calibration was checked */
    enum instrument_status status;
};

#define COLOR                                                                            \
    {"COR,2,2,04,06", "OK00,65.61"}, {"COR,2,2,04,07", "OK00,8.69"},                     \
        {"COR,2,2,04,08", "OK00,17.30"},                                                 \
    {                                                                                    \
        "COR,2,2,04,02", "OK00,34.79"                                                    \
    }

static const struct check checks[] = {
    {"the color comes before the values", {MEASURED, COLOR, RESULTS}, INSTRUMENT_OK},
    {"a question is repeated",
     {MEASURED, {"COR,2,2,04,06", "OK00,6x"}, SYNC, COLOR, RESULTS},
     INSTRUMENT_OK},
    {"an instrument without the command",
     {MEASURED, {"COR,2,2,04,06", "ER00"}},
     INSTRUMENT_NOT_UNDERSTOOD},
    {"no color without a reading",
     {MEASURED, COLOR, {"MDR,1", "ER10"}},
     INSTRUMENT_NO_DATA},
    {"no color without a trigger", {{"MES,1", "ER02"}}, INSTRUMENT_BATTERY_EMPTY},
};

START_TEST(a_cross_check_ends_as_the_protocol_says)
{
    const struct check *row = &checks[_i];
    struct exchange exchanges[40] = {OPEN, READY};
    then(exchanges, row->exchanges);
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading = {.points = 0};
    double own[INSTRUMENT_OWN_VALUES] = {0};
    enum instrument_status status =
        model_cm700d.cross_check(bench.session, &reading, own);
    ck_assert_msg(status == row->status, "%s: %s", row->why,
                  instrument_status_text(status));
    int is_read = status == INSTRUMENT_OK;
    ck_assert_uint_eq(reading.points, is_read ? 31 : 0);
    ck_assert_double_eq(own[INSTRUMENT_OWN_LIGHTNESS], is_read ? 65.61 : 0);
    ck_assert_double_eq(own[INSTRUMENT_OWN_A], is_read ? 8.69 : 0);
    ck_assert_double_eq(own[INSTRUMENT_OWN_B], is_read ? 17.30 : 0);
    ck_assert_double_eq(own[INSTRUMENT_OWN_Y], is_read ? 34.79 : 0);
    get_up(&bench);
}
END_TEST

/* Section 5.2: the slot is an ordinal, not a specular code. */
START_TEST(the_color_of_one_mode_alone_is_in_slot_one)
{
    static const char sce[] = "OK00,2,2,00,01,01";
    const struct exchange exchanges[] = {OPEN,
                                         {"CPR", BOTH},
                                         {"CPS,2,2,00,01,01", "OK00"},
                                         {"CPR", sce},
                                         {"CPR", sce},
                                         {"STR", STATE(3)},
                                         {"MDR,1", "ER10"},
                                         MEASURED,
                                         {"COR,1,2,04,06", "OK00,68.22"},
                                         {"COR,1,2,04,07", "OK00,8.15"},
                                         {"COR,1,2,04,08", "OK00,16.01"},
                                         {"COR,1,2,04,02", "OK00,38.28"},
                                         {"MDR,1", "OK00," S1},
                                         OVER};
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading;
    double own[INSTRUMENT_OWN_VALUES];
    ck_assert_uint_eq(model_cm700d.set_specular(bench.session, INSTRUMENT_SCE),
                      INSTRUMENT_OK);
    ck_assert_uint_eq(model_cm700d.cross_check(bench.session, &reading, own),
                      INSTRUMENT_OK);
    ck_assert_double_eq(own[INSTRUMENT_OWN_LIGHTNESS], 68.22);
    get_up(&bench);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("cm700d_cross_check");
    TCase *c = tcase_create("cross check");
    tcase_add_loop_test(c, a_cross_check_ends_as_the_protocol_says, 0, ROWS(checks));
    tcase_add_test(c, the_color_of_one_mode_alone_is_in_slot_one);
    suite_add_tcase(s, c);
    return s;
}
