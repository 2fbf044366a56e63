/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/batch_conditions.h"

#include <string.h>

#include "tests/runner.h"

static const struct batch_conditions known = {
    .conditions = {.geometry = "d/8",
                   .aperture_mm = 8,
                   .instrument = "CM-700d",
                   .serial = "10203040",
                   .calibrated = "2026-11-20T09:42:10Z"},
    .specular = SAMPLE_SPECULAR_EX};

static const struct batch_conditions others[] = {
    {.conditions = {.geometry = "45/0"}},
    {.specular = SAMPLE_SPECULAR_IN},
    {.conditions = {.aperture_mm = 3}},
    {.conditions = {.instrument = "CM-600d", .serial = "1"}},
    {.conditions = {.serial = "10203041"}},
    {.conditions = {.origin = SAMPLE_SIMULATED}},
};

static const unsigned found[] = {BATCH_CONDITION_GEOMETRY, BATCH_CONDITION_SPECULAR,
                                 BATCH_CONDITION_APERTURE, BATCH_CONDITION_INSTRUMENT,
                                 BATCH_CONDITION_UNIT,     BATCH_CONDITION_ORIGIN};

static const char *const words[] = {"45/0",    "SCI",      "3 mm",
                                    "CM-600d", "10203041", "simulated"};

START_TEST(each_difference_is_found_and_said)
{
    struct batch_conditions batch = others[_i];
    char text[BATCH_CONDITIONS_TEXT_MAX];
    strcpy(batch.conditions.calibrated, "2026-11-21T09:00:00Z");
    ck_assert_uint_eq(batch_conditions_compare(&known, &batch), found[_i]);
    batch_conditions_text((enum batch_condition)found[_i], &known, &batch, text);
    ck_assert_ptr_nonnull(strstr(text, words[_i]));
}
END_TEST

START_TEST(what_one_side_does_not_say_differs_from_nothing_but_calibration)
{
    const struct batch_conditions unknown = {.specular = SAMPLE_SPECULAR_UNKNOWN};
    char text[BATCH_CONDITIONS_TEXT_MAX];
    ck_assert_uint_eq(batch_conditions_compare(&known, &known), 0);
    ck_assert_uint_eq(batch_conditions_compare(&unknown, &known), 0);
    ck_assert_uint_eq(batch_conditions_compare(&known, &unknown),
                      BATCH_CONDITION_UNCALIBRATED);
    batch_conditions_text(BATCH_CONDITION_UNCALIBRATED, &known, &unknown, text);
    ck_assert_ptr_nonnull(strstr(text, "calibrated"));
}
END_TEST

START_TEST(another_unit_of_the_same_model_is_for_a_warning)
{
    ck_assert_uint_eq(BATCH_CONDITIONS_VOID & BATCH_CONDITION_UNIT, 0);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("batch conditions");
    TCase *tcase = tcase_create("batch conditions");
    tcase_add_loop_test(tcase, each_difference_is_found_and_said, 0,
                        sizeof others / sizeof others[0]);
    tcase_add_test(tcase,
                   what_one_side_does_not_say_differs_from_nothing_but_calibration);
    tcase_add_test(tcase, another_unit_of_the_same_model_is_for_a_warning);
    suite_add_tcase(suite, tcase);
    return suite;
}
