/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/pigment.h"

#include "tests/colorlib/scratch.h"
#include "tests/runner.h"

/* A profile of lines and two rows; each test changes one thing. */
struct profile {
    const char *keywords;
    const char *quantities[3];
    size_t row_count;
    const char *last_heading; /* of the 31 columns */
    const char *last_value;
};

#define NAMED                                                                            \
    "SMP_FORMAT \"pigment/1\"\nSMP_ID \"carbon-01\"\nSMP_NAME \"Carbon 1\"\n"            \
    "SMP_ORIGIN \"model\"\n"
#define WHOLE NAMED "SMP_CLASS \"carbon\"\n"

static const struct profile sound = {WHOLE, {"K", "S"}, 2, "KS_700", "31"};

static void write_profile(FILE *stream, const struct profile *profile)
{
    fprintf(stream, "CGATS.17\n%sBEGIN_DATA_FORMAT\nSAMPLE_ID SMP_QUANTITY",
            profile->keywords);
    for (int nm = 400; nm < 700; nm += 10)
        fprintf(stream, " KS_%d", nm);
    fprintf(stream, " %s\nEND_DATA_FORMAT\nBEGIN_DATA\n", profile->last_heading);
    for (size_t row = 0; row < profile->row_count; row++) {
        fprintf(stream, "%zu \"%s\"", row + 1, profile->quantities[row]);
        for (int i = 1; i <= 30; i++)
            fprintf(stream, " %d", row == 0 ? i : 2 * i);
        fprintf(stream, " %s\n", profile->last_value);
    }
    fprintf(stream, "END_DATA\n");
}

static enum status read_profile(const struct profile *profile, struct pigment *pigment,
                                struct fault *fault)
{
    struct scratch scratch = scratch_make("pigment.cgats");
    FILE *stream = fopen(scratch.path, "w");
    ck_assert_ptr_nonnull(stream);
    write_profile(stream, profile);
    ck_assert_int_eq(fclose(stream), 0);
    enum status status = pigment_read(scratch.path, pigment, fault);
    scratch_remove(&scratch);
    return status;
}

static struct pigment must_read(const struct profile *profile)
{
    struct pigment pigment;
    struct fault fault = {0};
    ck_assert_msg(read_profile(profile, &pigment, &fault) == STATUS_OK, "%zu:%zu: %s",
                  fault.line, fault.column, fault.text);
    return pigment;
}

START_TEST(a_profile_gives_what_its_lines_say)
{
    struct profile profile = sound;
    profile.keywords = WHOLE "SMP_LOT \"26-0917\"\nSMP_FADE_H \"0.7\"\n"
                             "SMP_FADE_K_BIO 0.2\nSMP_FADE_K_UV 0.05\n"
                             "SMP_CI \"PBk7 77266\"\nSMP_ALLERGENS \"cobalt nickel\"\n"
                             "SMP_COST_PER_ML \"1.5\"\nSMP_DENSITY_G_ML 1.1\n"
                             "SMP_DROP_ML 0.05\nSMP_DILUTION_MAX 20\n";
    struct pigment pigment = must_read(&profile);
    ck_assert_str_eq(pigment.id, "carbon-01");
    ck_assert_str_eq(pigment.name, "Carbon 1");
    ck_assert_str_eq(pigment.lot, "26-0917");
    ck_assert_int_eq(pigment.origin, PIGMENT_MODEL);
    ck_assert_int_eq(pigment.class, PIGMENT_CARBON);
    ck_assert_double_eq(pigment.fade.healed_fraction, 0.7);
    ck_assert_double_eq(pigment.fade.biological_per_year, 0.2);
    ck_assert_double_eq(pigment.fade.ultraviolet_per_year, 0.05);
    ck_assert_double_eq(pigment.cost_per_ml, 1.5);
    ck_assert_double_eq(pigment.density_g_per_ml, 1.1);
    ck_assert_double_eq(pigment.drop_ml, 0.05);
    ck_assert_double_eq(pigment.dilution_max, 20);
    ck_assert_double_eq(pigment.K.value[0], 1);
    ck_assert_double_eq(pigment.K.value[30], 31);
    ck_assert_double_eq(pigment.S.value[29], 60);
}
END_TEST

START_TEST(what_a_profile_leaves_out_takes_the_defaults)
{
    struct pigment pigment = must_read(&sound);
    struct fade_rates rates = fade_class_rates(PIGMENT_CARBON);
    ck_assert_double_eq(pigment.fade.healed_fraction, rates.healed_fraction);
    ck_assert_double_eq(pigment.fade.biological_per_year, rates.biological_per_year);
    ck_assert_double_eq(pigment.fade.ultraviolet_per_year, rates.ultraviolet_per_year);
    ck_assert_double_eq(pigment.drop_ml, 0.04);
    ck_assert_double_eq(pigment.density_g_per_ml, 1);
    ck_assert_double_eq(pigment.strength, 1);
    ck_assert_double_eq(pigment.cost_per_ml, 0);
    ck_assert_double_eq(pigment.dilution_max, 0);
    ck_assert_str_eq(pigment.lot, "");
    ck_assert_str_eq(pigment.ci, "");
}
END_TEST

START_TEST(strength_multiplies_both_coefficients)
{
    struct profile profile = sound;
    profile.keywords = WHOLE "SMP_STRENGTH \"1.25\"\n";
    struct pigment pigment = must_read(&profile);
    ck_assert_double_eq(pigment.strength, 1.25);
    ck_assert_double_eq(pigment.K.value[3], 4 * 1.25);
    ck_assert_double_eq(pigment.S.value[3], 8 * 1.25);
}
END_TEST

START_TEST(the_rows_may_stand_in_any_order)
{
    struct profile profile = sound;
    profile.quantities[0] = "S";
    profile.quantities[1] = "K";
    profile.keywords = NAMED "SMP_CLASS iron_oxide\n";
    struct pigment pigment = must_read(&profile);
    ck_assert_int_eq(pigment.class, PIGMENT_IRON_OXIDE);
    ck_assert_double_eq(pigment.S.value[0], 1);
    ck_assert_double_eq(pigment.K.value[0], 2);
}
END_TEST

#define LADDER                                                                           \
    "SMP_FORMAT \"pigment/1\"\nSMP_ID a\nSMP_NAME a\nSMP_ORIGIN ladder\n"                \
    "SMP_CLASS carbon\n"

START_TEST(a_ladder_with_its_computed_rows_is_read)
{
    struct profile profile = sound;
    profile.keywords = LADDER;
    ck_assert_int_eq(must_read(&profile).origin, PIGMENT_LADDER);
}
END_TEST

START_TEST(a_ladder_without_computed_rows_is_refused_with_the_reason)
{
    const char text[] =
        "CGATS.17\n" LADDER "BEGIN_DATA_FORMAT\nSAMPLE_ID SMP_CONC SPEC_400\n"
        "END_DATA_FORMAT\nBEGIN_DATA\n1 0.5 50\nEND_DATA\n";
    struct scratch scratch = scratch_make("ladder.cgats");
    scratch_fill(&scratch, text, strlen(text));
    struct pigment pigment;
    struct fault fault = {0};
    ck_assert_int_eq(pigment_read(scratch.path, &pigment, &fault), STATUS_BAD_DATA);
    scratch_remove(&scratch);
    ck_assert_ptr_nonnull(strstr(fault.text, "measured ladder"));
    ck_assert_uint_eq(fault.line, 8);
}
END_TEST

#define LONG64 "0123456789012345678901234567890123456789012345678901234567890123"

/* One thing wrong each, and the line where it stands. */
static const struct {
    struct profile profile;
    size_t line;
    const char *quoted;
} wrong[] = {
    {{"SMP_ID a\n", {"K", "S"}, 2, "KS_700", "31"}, 1, "SMP_FORMAT"},
    {{"SMP_FORMAT pigment/2\n", {"K", "S"}, 2, "KS_700", "31"}, 2, "pigment/2"},
    {{"SMP_FORMAT pigment/1\nSMP_ORIGIN x\n", {"K", "S"}, 2, "KS_700", "31"}, 3, "x"},
    {{NAMED, {"K", "S"}, 2, "KS_700", "31"}, 1, "SMP_CLASS"},
    {{NAMED "SMP_CLASS henna\n", {"K", "S"}, 2, "KS_700", "31"}, 6, "henna"},
    {{WHOLE "SMP_DROP_ML 0.6\n", {"K", "S"}, 2, "KS_700", "31"}, 7, "SMP_DROP_ML"},
    {{WHOLE "SMP_DROP_ML 0.004\n", {"K", "S"}, 2, "KS_700", "31"}, 7, "0.004"},
    {{WHOLE "SMP_DENSITY_G_ML 1,1\n", {"K", "S"}, 2, "KS_700", "31"}, 7, "comma"},
    {{WHOLE "SMP_DENSITY_G_ML 0.4\n", {"K", "S"}, 2, "KS_700", "31"}, 7, "0.4"},
    {{WHOLE "SMP_FADE_H 1.1\n", {"K", "S"}, 2, "KS_700", "31"}, 7, "SMP_FADE_H"},
    {{WHOLE "SMP_FADE_K_BIO -1\n", {"K", "S"}, 2, "KS_700", "31"}, 7, "-1"},
    {{WHOLE "SMP_STRENGTH 0\n", {"K", "S"}, 2, "KS_700", "31"}, 7, "SMP_STRENGTH"},
    {{WHOLE "SMP_LOT " LONG64 "\n", {"K", "S"}, 2, "KS_700", "31"}, 7, "SMP_LOT"},
    {{WHOLE, {"K", "S"}, 2, "KS_710", "31"}, 8, "KS_700"},
    {{WHOLE, {"K", "S"}, 2, "KS_700", "-0.1"}, 11, "-0.1"},
    {{WHOLE, {"K", "S"}, 2, "KS_700", "nan"}, 11, "nan"},
    {{WHOLE, {"K", "K"}, 2, "KS_700", "31"}, 12, "second"},
    {{WHOLE, {"K", "R"}, 2, "KS_700", "31"}, 12, "R"},
    {{WHOLE, {"K", "S"}, 1, "KS_700", "31"}, 8, "row S"},
};

START_TEST(a_wrong_profile_is_refused_with_line_and_word)
{
    struct pigment pigment = {.id = "untouched"};
    struct fault fault = {0};
    ck_assert_int_eq(read_profile(&wrong[_i].profile, &pigment, &fault), STATUS_BAD_DATA);
    ck_assert_msg(fault.line == wrong[_i].line, "%zu:%zu: %s", fault.line, fault.column,
                  fault.text);
    ck_assert_uint_gt(fault.column, 0);
    ck_assert_msg(strstr(fault.text, wrong[_i].quoted) != NULL, "%s", fault.text);
    ck_assert_str_eq(pigment.id, "untouched");
}
END_TEST

START_TEST(a_missing_file_is_not_found)
{
    struct pigment pigment;
    struct fault fault = {.line = 9};
    ck_assert_int_eq(pigment_read("/nonexistent/p.cgats", &pigment, &fault),
                     STATUS_NOT_FOUND);
    ck_assert_uint_eq(fault.line, 0);
}
END_TEST

START_TEST(a_pigment_names_its_numbers_and_allergens_and_no_parts_of_them)
{
    struct pigment pigment = {.ci = "PBk7  77266", .allergens = "Cobalt"};
    ck_assert(pigment_contains(&pigment, "PBk7"));
    ck_assert(pigment_contains(&pigment, "pbk7"));
    ck_assert(pigment_contains(&pigment, "77266"));
    ck_assert(pigment_contains(&pigment, "cobalt"));
    ck_assert(!pigment_contains(&pigment, "PBk"));
    ck_assert(!pigment_contains(&pigment, "nickel"));
    ck_assert(!pigment_contains(&pigment, ""));
    ck_assert(!pigment_contains(&(struct pigment){0}, "PBk7"));
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("pigment");
    TCase *t = tcase_create("pigment");
    tcase_add_test(t, a_profile_gives_what_its_lines_say);
    tcase_add_test(t, what_a_profile_leaves_out_takes_the_defaults);
    tcase_add_test(t, strength_multiplies_both_coefficients);
    tcase_add_test(t, the_rows_may_stand_in_any_order);
    tcase_add_test(t, a_ladder_with_its_computed_rows_is_read);
    tcase_add_test(t, a_ladder_without_computed_rows_is_refused_with_the_reason);
    tcase_add_loop_test(t, a_wrong_profile_is_refused_with_line_and_word, 0,
                        sizeof wrong / sizeof wrong[0]);
    tcase_add_test(t, a_missing_file_is_not_found);
    tcase_add_test(t, a_pigment_names_its_numbers_and_allergens_and_no_parts_of_them);
    suite_add_tcase(s, t);
    return s;
}
