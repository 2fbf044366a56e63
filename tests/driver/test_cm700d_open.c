/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a CM-700d, and what its codes mean.
 * TV, F and Q are the worked exchanges, faults and quirks of the description of the
 * protocol, sections 10 and 11. */
#include "tests/driver/cm700d_bench.h"

#include "tests/runner.h"

/* ---- opening ---- */

START_TEST(an_open_instrument_is_described)
{
    static const struct exchange exchanges[] = {
        OPEN,
        {"STR", "OK03,1,1,3,04000,00012,0003,0,0"},
        {"CPR", "OK00,1,3,00,01,01"},
        OVER};
    struct bench bench;
    opened(&bench, exchanges, NULL);
    struct instrument_description description;
    ck_assert_uint_eq(model_cm700d.describe(bench.session, &description), INSTRUMENT_OK);
    ck_assert_str_eq(description.model, "CM-700d");
    ck_assert_str_eq(description.serial, "10203040");
    ck_assert_str_eq(description.firmware, "1.00.0004");
    ck_assert_str_eq(description.geometry, "d/8");
    ck_assert_str_eq(description.plate, "12345678");
    ck_assert_uint_eq(description.aperture, INSTRUMENT_APERTURE_SMALL);
    ck_assert_double_eq(description.aperture_mm, 3);
    ck_assert_int_eq(description.aperture_confirmed, 0);
    ck_assert_uint_eq(description.specular_modes, INSTRUMENT_SCI | INSTRUMENT_SCE);
    ck_assert_double_eq(description.first_nm, 400);
    ck_assert_double_eq(description.step_nm, 10);
    ck_assert_uint_eq(description.points, 31);
    ck_assert_uint_eq(description.samples_stored, 12);
    ck_assert_uint_eq(description.sample_capacity, 4000);
    ck_assert_int_eq(description.battery_low, 1);
    get_up(&bench);
}
END_TEST

struct opening {
    const char *why;
    struct exchange exchanges[24];
    enum instrument_status status;
    const char *model;
    const char *firmware;
};

static const struct opening openings[] = {
    {"TV-01: silence after a bare line end",
     {{"", NULL},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"},
      {"STR", STATE(3)},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-700d",
     "1.00.0004"},
    {"section 4.4: a slow instrument's refusal of the bare line end comes first",
     {{"", NULL},
      {"IDR", "ER00\r\n" IDENTITY},
      {"SWS,0", "OK00"},
      {"STR", STATE(3)},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-700d",
     "1.00.0004"},
    {"F16: junk of a modem manager in the buffer",
     {{NULL, "AT+GCAP"},
      {"", "ER00"},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"},
      {"STR", STATE(3)},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-700d",
     "1.00.0004"},
    {"the second try is answered",
     {{"", NULL},
      {"IDR", NULL},
      {"", NULL},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"},
      {"STR", STATE(3)},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-700d",
     "1.00.0004"},
    {"a family member of unknown code",
     {{"", "ER00"},
      {"IDR", "OK00,0101,204,10203040,0,400,700,10"},
      {"SWS,0", "OK00"},
      {"STR", STATE(3)},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-6xx/7xx family, code 0101",
     "0.00.0204"},
    {"firmware that is not a number",
     {{"", "ER00"},
      {"IDR", "OK00,0100,v2.1b,10203040,0,400,700,10"},
      {"SWS,0", "OK00"},
      {"STR", STATE(3)},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-700d",
     "v2.1b"},
    {"section 4.4: a program was killed while it measured",
     {{"", "ER35"},
      {"IDR", "ER35"},
      {"STR", "ER35"},
      {"STR", "ER35"},
      {"STR", STATE(3)},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"},
      {"SWS,0", "OK00"},
      {"STR", STATE(3)},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-700d",
     "1.00.0004"},
    {"... and the refusal of the bare line end comes late",
     {{"", NULL},
      {"IDR", "ER35"},
      {"STR", "ER00"},
      {"STR", STATE(3)},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"},
      {"SWS,0", "OK00"},
      {"STR", STATE(3)},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-700d",
     "1.00.0004"},
    {"... and had been waiting for the button, which announces itself (Q8)",
     {{"", "ER35"},
      {"IDR", "ER35"},
      {"STR", "OK00"},
      {"STR", STATE(3)},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"},
      {"SWS,0", "OK00"},
      {"STR", STATE(3)},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-700d",
     "1.00.0004"},
    {"... and that measurement failed",
     {{"", "ER35"},
      {"IDR", "ER28"},
      {"STR", "ER35"},
      {"STR", "ER05"},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"},
      {"SWS,0", "OK00"},
      {"STR", STATE(3)},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-700d",
     "1.00.0004"},
    {"the button was pressed while we connected",
     {SYNC,
      {"SWS,0", "OK00"},
      {"STR", "ER35"},
      {"STR", "ER35"},
      {"STR", STATE(3)},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-700d",
     "1.00.0004"},
    {"a killed program's measurement failed, which the next status tells once",
     {SYNC,
      {"SWS,0", "OK00"},
      {"STR", "ER05"},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-700d",
     "1.00.0004"},
    {"TV-27: a sibling",
     {{"", "ER00"}, {"IDR", "OK00,03,102,10011,0,360,740,10"}},
     INSTRUMENT_UNSUPPORTED,
     NULL,
     NULL},
    {"a grid of 31 points backwards",
     {{"", "ER00"}, {"IDR", "OK00,0100,1,2,0,700,400,10"}},
     INSTRUMENT_UNSUPPORTED,
     NULL,
     NULL},
    {"TV-27: a foreign device",
     {{"", "ER00"}, {"IDR", "ER00"}, {"", "ER00"}, {"IDR", "ER00"}},
     INSTRUMENT_UNSUPPORTED,
     NULL,
     NULL},
    {"section 4.4: a foreign device says so twice; once, then silence, is no answer",
     {{"", "ER00"}, {"IDR", "ER00"}, {"", NULL}, {"IDR", NULL}},
     INSTRUMENT_NO_ANSWER,
     NULL,
     NULL},
    {"battery too low to say who it is",
     {{"", "ER00"}, {"IDR", "ER02"}, {"", "ER00"}, {"IDR", "ER02"}},
     INSTRUMENT_BATTERY_EMPTY,
     NULL,
     NULL},
    {"a refusal that tells more than the one before",
     {{"", NULL}, {"IDR", "ER00"}, {"", NULL}, {"IDR", "ER00\r\nER13"}},
     INSTRUMENT_CONVERTER,
     NULL,
     NULL},
    {"refused once",
     {{"", "ER00"},
      {"IDR", "ER02"},
      {"", "ER00"},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"},
      {"STR", STATE(3)},
      {"CPR", "OK00,2,3,00,01,01"},
      PLATE,
      AGAIN},
     INSTRUMENT_OK,
     "CM-700d",
     "1.00.0004"},
    {"silence",
     {{"", NULL}, {"IDR", NULL}, {"", NULL}, {"IDR", NULL}},
     INSTRUMENT_NO_ANSWER,
     NULL,
     NULL},
    {"garbage",
     {{"", NULL}, {"IDR", "OK00,0100"}, {"", NULL}, {"IDR", "hello"}},
     INSTRUMENT_BAD_REPLY,
     NULL,
     NULL},
    {"unplugged while connecting",
     {SYNC, {"SWS,0", UNPLUGGED_HERE}},
     INSTRUMENT_UNPLUGGED,
     NULL,
     NULL},
    {"battery too low to answer",
     {SYNC, {"SWS,0", "ER02"}},
     INSTRUMENT_BATTERY_EMPTY,
     NULL,
     NULL},
};

START_TEST(opening_finds_out_who_is_there)
{
    const struct opening *row = &openings[_i];
    struct bench bench;
    enum instrument_status status = sit_down(&bench, row->exchanges, NULL);
    ck_assert_msg(status == row->status, "%s: %s", row->why,
                  instrument_status_text(status));
    struct instrument_description description;
    if (status == INSTRUMENT_OK) {
        ck_assert_uint_eq(model_cm700d.describe(bench.session, &description),
                          INSTRUMENT_OK);
        ck_assert_str_eq(description.model, row->model);
        ck_assert_str_eq(description.firmware, row->firmware);
    }
    get_up(&bench);
}
END_TEST

START_TEST(a_busy_instrument_is_outlasted_for_four_minutes)
{
    struct exchange exchanges[600] = {{"", "ER35"}, {"IDR", "ER35"}};
    size_t count = 2;
    for (int second = 0; second < 240; second++) {
        exchanges[count++] = (struct exchange){"STR", "ER35"};
        exchanges[count++] = (struct exchange){"STR", "ER35"};
    }
    struct bench bench;
    ck_assert_uint_eq(sit_down(&bench, exchanges, NULL), INSTRUMENT_MEASURING);
    ck_assert_uint_ge(bench.dialog.now_ms, 240000);
    ck_assert_uint_le(bench.dialog.now_ms, 245000);
    ck_assert_int_ge(bench.caller.progress_count, 400);
    get_up(&bench);
}
END_TEST

/* Section 5.2; TV-04 and TV-24. What follows the opening sets SCE alone. */
struct code_base {
    const char *why;
    struct exchange opening[8];
    enum instrument_status status;
    enum instrument_aperture aperture;
    struct exchange setting[4];
    const char *parameters; /* in the end */
};

static const struct code_base code_bases[] = {
    {"area 2",
     {{"CPR", "OK00,2,1,00,01,01"}, PLATE},
     INSTRUMENT_OK,
     INSTRUMENT_APERTURE_MEDIUM,
     {{"CPR", "OK00,2,1,00,01,01"}, {"CPS,2,2,00,01,01", "OK00"}},
     "OK00,2,2,00,01,01"},
    {"specular 3",
     {{"CPR", "OK00,1,3,00,01,01"}, PLATE},
     INSTRUMENT_OK,
     INSTRUMENT_APERTURE_SMALL,
     {{"CPR", "OK00,1,3,00,01,01"}, {"CPS,1,2,00,01,01", "OK00"}},
     "OK00,1,2,00,01,01"},
    {"area 0",
     {{"CPR", "OK00,0,2,00,01,01"}, PLATE},
     INSTRUMENT_OK,
     INSTRUMENT_APERTURE_SMALL,
     {{"CPR", "OK00,0,2,00,01,01"}, {"CPS,0,1,00,01,01", "OK00"}},
     "OK00,0,1,00,01,01"},
    {"specular 0",
     {{"CPR", "OK00,1,0,00,01,01"}, PLATE},
     INSTRUMENT_OK,
     INSTRUMENT_APERTURE_MEDIUM,
     {{"CPR", "OK00,1,0,00,01,01"}, {"CPS,1,1,00,01,01", "OK00"}},
     "OK00,1,1,00,01,01"},
    {"TV-24, base 0: MAV, SCE",
     {{"CPR", "OK00,1,1,00,01,01"}, {"CPS,1,3,00,01,01", "ER03"}, PLATE},
     INSTRUMENT_OK,
     INSTRUMENT_APERTURE_MEDIUM,
     {{0}},
     "OK00,1,1,00,01,01"},
    {"TV-24, base 1: SAV, SCI",
     {{"CPR", "OK00,1,1,00,01,01"},
      {"CPS,1,3,00,01,01", "OK00"},
      {"CPS,1,1,00,01,01", "OK00"},
      PLATE},
     INSTRUMENT_OK,
     INSTRUMENT_APERTURE_SMALL,
     {{"CPR", "OK00,1,1,00,01,01"}, {"CPS,1,2,00,01,01", "OK00"}},
     "OK00,1,2,00,01,01"},
    {"the other ambiguous code, and averaging to be undone",
     {{"CPR", "OK00,1,2,05,03,02"},
      {"CPS,1,3,05,03,02", "OK00"},
      {"CPS,1,2,05,03,02", "OK00"},
      PLATE},
     INSTRUMENT_OK,
     INSTRUMENT_APERTURE_SMALL,
     {{"CPR", "OK00,1,2,05,03,02"}, {"CPS,1,2,00,01,01", "OK00"}},
     "OK00,1,2,00,01,01"},
    {"another refusal of the probe",
     {{"CPR", "OK00,1,1,00,01,01"}, {"CPS,1,3,00,01,01", "ER25"}},
     INSTRUMENT_WRONG_APERTURE,
     0,
     {{0}},
     NULL},
    {"the probe is not answered, nor repeated",
     {{"CPR", "OK00,1,1,00,01,01"}, {"CPS,1,3,00,01,01", NULL}},
     INSTRUMENT_NO_ANSWER,
     0,
     {{0}},
     NULL},
    {"a contradiction",
     {{"CPR", "OK00,2,0,00,01,01"}},
     INSTRUMENT_UNSUPPORTED,
     0,
     {{0}},
     NULL},
};

START_TEST(the_codes_of_area_and_specular_are_found_out)
{
    const struct code_base *row = &code_bases[_i];
    struct exchange exchanges[24] = {CONNECT};
    const struct exchange described[] = {
        {"CPR", row->parameters}, {"STR", STATE(3)}, {"CPR", row->parameters}, OVER};
    then(exchanges, row->opening);
    then(exchanges, row->setting);
    if (row->status == INSTRUMENT_OK)
        then(exchanges, described);
    struct bench bench;
    enum instrument_status status = sit_down(&bench, exchanges, NULL);
    ck_assert_msg(status == row->status, "%s: %s", row->why,
                  instrument_status_text(status));
    struct instrument_description description;
    if (status == INSTRUMENT_OK) {
        ck_assert_uint_eq(model_cm700d.set_specular(bench.session, INSTRUMENT_SCE),
                          INSTRUMENT_OK);
        ck_assert_uint_eq(model_cm700d.describe(bench.session, &description),
                          INSTRUMENT_OK);
        ck_assert_msg(description.aperture == row->aperture, "%s", row->why);
    }
    get_up(&bench);
}
END_TEST

START_TEST(parameters_that_do_not_stick_are_an_error)
{
    static const struct exchange exchanges[] = {OPEN,
                                                {"CPR", "OK00,2,3,00,01,01"},
                                                {"CPS,2,1,00,01,01", "OK00"},
                                                {"CPR", "OK00,2,3,00,01,01"},
                                                /* the choice before still stands */
                                                CHECKED,
                                                OVER};
    struct bench bench;
    opened(&bench, exchanges, NULL);
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.set_specular(bench.session, INSTRUMENT_SCI),
                      INSTRUMENT_BAD_REPLY);
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading),
                      INSTRUMENT_NEEDS_ZERO);
    get_up(&bench);
}
END_TEST

START_TEST(tv18_a_slider_that_differs_is_the_operators_to_mend)
{
    static const struct exchange exchanges[] = {
        OPEN, {"CPR", "OK00,1,1,00,01,01"}, {"CPS,1,2,00,01,01", "ER25"}, OVER};
    struct bench bench;
    opened(&bench, exchanges, NULL);
    ck_assert_uint_eq(model_cm700d.set_specular(bench.session, INSTRUMENT_SCE),
                      INSTRUMENT_WRONG_APERTURE);
    get_up(&bench);
}
END_TEST

/* Section 5.2: the siblings count the medium aperture first. */
START_TEST(the_operator_teaches_which_code_is_the_medium_aperture)
{
    static const struct exchange exchanges[] = {OPEN,
                                                {"CPR", "OK00,1,3,00,01,01"},
                                                {"STR", STATE(3)},
                                                {"CPR", "OK00,1,3,00,01,01"},
                                                OVER};
    struct bench bench;
    opened(&bench, exchanges, NULL);
    ck_assert_uint_eq(model_cm700d.confirm_aperture(bench.session), INSTRUMENT_OK);
    struct instrument_description description;
    ck_assert_uint_eq(model_cm700d.describe(bench.session, &description), INSTRUMENT_OK);
    ck_assert_uint_eq(description.aperture, INSTRUMENT_APERTURE_MEDIUM);
    ck_assert_double_eq(description.aperture_mm, 8);
    ck_assert_int_eq(description.aperture_confirmed, 1);
    bench.caller.answer = INSTRUMENT_STOP;
    ck_assert_uint_eq(model_cm700d.confirm_aperture(bench.session), INSTRUMENT_CANCELLED);
    ck_assert_str_eq(bench.caller.asked, "aperture() aperture() ");
    get_up(&bench);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("cm700d_open");
    TCase *c = tcase_create("open");
    tcase_add_test(c, an_open_instrument_is_described);
    tcase_add_loop_test(c, opening_finds_out_who_is_there, 0, ROWS(openings));
    tcase_add_test(c, a_busy_instrument_is_outlasted_for_four_minutes);
    tcase_add_loop_test(c, the_codes_of_area_and_specular_are_found_out, 0,
                        ROWS(code_bases));
    tcase_add_test(c, parameters_that_do_not_stick_are_an_error);
    tcase_add_test(c, tv18_a_slider_that_differs_is_the_operators_to_mend);
    tcase_add_test(c, the_operator_teaches_which_code_is_the_medium_aperture);
    suite_add_tcase(s, c);
    return s;
}
