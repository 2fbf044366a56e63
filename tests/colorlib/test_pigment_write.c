/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "colorlib/pigment.h"
#include "tests/colorlib/scratch.h"
#include "tests/runner.h"

/* Everything a profile can say, and nothing as usual. */
static struct pigment full_pigment(void)
{
    struct pigment pigment = {
        .id = "ash-03",
        .name = "Ash 3",
        .lot = "26-1002",
        .origin = PIGMENT_LADDER,
        .class = PIGMENT_IRON_OXIDE,
        .fade = {0.5, 0.2, 0.015},
        .drop_ml = 0.045,
        .density_g_per_ml = 1.15,
        .cost_per_ml = 2.5,
        .strength = 1.042,
        .dilution_max = 15,
        .ci = "77499 77266",
        .allergens = "nickel",
        .simulated = true,
        .level_out_de00 = 0.71,
        .validations = 3,
        .validation_de00 = 0.62,
    };
    for (size_t i = 0; i < BAND_COUNT; i++) {
        pigment.K.value[i] = 1234.5678 / (double)(i + 1);
        pigment.S.value[i] = 1e-3 * (double)i;
    }
    return pigment;
}

static struct pigment written_and_read(const struct pigment *pigment,
                                       const struct sample_set *ladder,
                                       struct sample_set *back)
{
    struct scratch scratch = scratch_make("ash-03.cgats");
    struct pigment out;
    struct fault fault = {0};
    FILE *stream = fopen(scratch.path, "w");
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_eq(pigment_write(stream, pigment, ladder), STATUS_OK);
    ck_assert_int_eq(fclose(stream), 0);
    enum status status = pigment_read(scratch.path, &out, &fault);
    ck_assert_msg(status == STATUS_OK, "%zu:%zu: %s", fault.line, fault.column,
                  fault.text);
    if (back)
        ck_assert_int_eq(sample_read(scratch.path, NULL, back, &fault), STATUS_OK);
    scratch_remove(&scratch);
    return out;
}

static void expect_same(const struct pigment *a, const struct pigment *b)
{
    ck_assert_str_eq(a->id, b->id);
    ck_assert_str_eq(a->name, b->name);
    ck_assert_str_eq(a->lot, b->lot);
    ck_assert_int_eq(a->origin, b->origin);
    ck_assert_int_eq(a->class, b->class);
    ck_assert_str_eq(a->ci, b->ci);
    ck_assert_str_eq(a->allergens, b->allergens);
    ck_assert_int_eq(a->simulated, b->simulated);
    /* a number of up to seven digits comes back as it is */
    ck_assert_double_eq(a->fade.healed_fraction, b->fade.healed_fraction);
    ck_assert_double_eq(a->fade.biological_per_year, b->fade.biological_per_year);
    ck_assert_double_eq(a->fade.ultraviolet_per_year, b->fade.ultraviolet_per_year);
    ck_assert_double_eq(a->drop_ml, b->drop_ml);
    ck_assert_double_eq(a->density_g_per_ml, b->density_g_per_ml);
    ck_assert_double_eq(a->cost_per_ml, b->cost_per_ml);
    ck_assert_double_eq(a->strength, b->strength);
    ck_assert_double_eq(a->dilution_max, b->dilution_max);
    ck_assert_double_eq(a->level_out_de00, b->level_out_de00);
    ck_assert_double_eq(a->validations, b->validations);
    ck_assert_double_eq(a->validation_de00, b->validation_de00);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        /* seven digits */
        ck_assert_double_eq_tol(a->K.value[i], b->K.value[i], 1e-6 * a->K.value[i]);
        ck_assert_double_eq_tol(a->S.value[i], b->S.value[i],
                                1e-6 * a->S.value[i] + 1e-15);
    }
}

START_TEST(a_profile_comes_back_as_it_was_written)
{
    struct pigment pigment = full_pigment();
    struct pigment back = written_and_read(&pigment, NULL, NULL);
    expect_same(&pigment, &back);
}
END_TEST

START_TEST(what_is_as_usual_is_left_to_the_reader)
{
    struct pigment pigment = full_pigment();
    pigment.fade = fade_class_rates(pigment.class);
    pigment.strength = 1;
    pigment.simulated = false;
    pigment.lot[0] = pigment.ci[0] = pigment.allergens[0] = '\0';
    pigment.cost_per_ml = pigment.dilution_max = pigment.level_out_de00 = 0;
    pigment.validations = pigment.validation_de00 = 0;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    ck_assert_int_eq(pigment_write(stream, &pigment, NULL), STATUS_OK);
    fclose(stream);
    static const char *const unsaid[] = {"SMP_FADE",       "SMP_STRENGTH", "SMP_LOT",
                                         "SMP_SIMULATED",  "SMP_CI",       "SMP_COST",
                                         "SMP_VALIDATION", "SMP_LOO"};
    for (size_t i = 0; i < sizeof unsaid / sizeof unsaid[0]; i++)
        ck_assert_msg(strstr(text, unsaid[i]) == NULL, "%s", unsaid[i]);
    free(text);
    struct pigment back = written_and_read(&pigment, NULL, NULL);
    expect_same(&pigment, &back);
}
END_TEST

START_TEST(the_ladder_behind_it_stands_in_the_same_file)
{
    struct pigment pigment = full_pigment();
    double value[2 * BAND_COUNT];
    struct sample_info info[2] = {
        {.id = "a", .drawdown = {0, SAMPLE_BACKING_WHITE, 0}},
        {.id = "b", .drawdown = {0.0025, SAMPLE_BACKING_WHITE, 50}},
    };
    struct sample_set ladder = {
        .grid = bands_grid, .count = 2, .info = info, .value = value};
    struct sample_set back;
    for (size_t i = 0; i < 2 * BAND_COUNT; i++)
        value[i] = 0.01 * (double)(i + 1);
    struct pigment read = written_and_read(&pigment, &ladder, &back);
    expect_same(&pigment, &read);
    ck_assert_uint_eq(back.count, 2);
    ck_assert_str_eq(back.info[1].id, "b");
    ck_assert_double_eq(back.info[1].drawdown.concentration, 0.0025);
    for (size_t i = 0; i < 2 * BAND_COUNT; i++) /* as many decimals of a percent */
        ck_assert_double_eq_tol(back.value[i], value[i], 1e-8);
    sample_set_free(&back);
}
END_TEST

START_TEST(no_profile_holds_what_is_no_number)
{
    struct pigment pigment = full_pigment();
    pigment.S.value[30] = INFINITY;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    ck_assert_int_eq(pigment_write(stream, &pigment, NULL), STATUS_BAD_DATA);
    fclose(stream);
    ck_assert_uint_eq(size, 0);
    free(text);
}
END_TEST

Suite *suite(void)
{
    TCase *profiles = tcase_create("profiles");
    tcase_add_test(profiles, a_profile_comes_back_as_it_was_written);
    tcase_add_test(profiles, what_is_as_usual_is_left_to_the_reader);
    tcase_add_test(profiles, the_ladder_behind_it_stands_in_the_same_file);
    tcase_add_test(profiles, no_profile_holds_what_is_no_number);
    Suite *s = suite_create("pigment_write");
    suite_add_tcase(s, profiles);
    return s;
}
