/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/illuminant.h"

#include <math.h>
#include <string.h>

#include "colorlib/observer.h"
#include "tests/runner.h"

struct sums {
    double x;
    double y;
    double z;
};

/* The summation of CIE 015:2018, 380 to 780 nm by 5 nm, where all tables have values. */
static struct sums white_sums(const char *name, enum observer observer)
{
    struct illuminant illuminant;
    ck_assert_int_eq(illuminant_find(name, &illuminant), STATUS_OK);
    struct sums sums = {0};
    for (int nm = 380; nm <= 780; nm += 5) {
        struct color_matching matching = observer_at(observer, nm);
        double power = illuminant_power(&illuminant, nm);
        sums.x += power * matching.x;
        sums.y += power * matching.y;
        sums.z += power * matching.z;
    }
    return sums;
}

/* ASTM E308, white points of the tables of tristimulus weights. */
static const struct {
    const char *name;
    double two_degrees_x, two_degrees_z;
    double ten_degrees_x, ten_degrees_z;
} whites[] = {
    {"A", 109.85, 35.58, 111.14, 35.20},   {"C", 98.07, 118.22, 97.29, 116.14},
    {"D50", 96.42, 82.51, 96.72, 81.43},   {"D55", 95.68, 92.14, 95.80, 90.93},
    {"D65", 95.04, 108.88, 94.81, 107.32}, {"D75", 94.97, 122.61, 94.42, 120.64},
};

/* Half of the last digit printed, and the rounding of the tables themselves. */
START_TEST(the_tables_give_the_white_points_of_astm_e308)
{
    struct sums two = white_sums(whites[_i].name, OBSERVER_CIE_1931_2DEG);
    ck_assert_double_eq_tol(100 * two.x / two.y, whites[_i].two_degrees_x, 0.0051);
    ck_assert_double_eq_tol(100 * two.z / two.y, whites[_i].two_degrees_z, 0.0051);
    struct sums ten = white_sums(whites[_i].name, OBSERVER_CIE_1964_10DEG);
    ck_assert_double_eq_tol(100 * ten.x / ten.y, whites[_i].ten_degrees_x, 0.0051);
    ck_assert_double_eq_tol(100 * ten.z / ten.y, whites[_i].ten_degrees_z, 0.0051);
}
END_TEST

/* CIE 015:2018, chromaticity of the lamps for the 1931 observer. */
static const struct {
    const char *name;
    double x;
    double y;
} lamps[] = {
    {"FL1", 0.3131, 0.3371},    {"FL2", 0.3721, 0.3751},    {"FL3", 0.4091, 0.3941},
    {"FL4", 0.4402, 0.4031},    {"FL5", 0.3138, 0.3452},    {"FL6", 0.3779, 0.3882},
    {"FL7", 0.3129, 0.3292},    {"FL8", 0.3458, 0.3586},    {"FL9", 0.3741, 0.3727},
    {"FL10", 0.3458, 0.3588},   {"FL11", 0.3805, 0.3769},   {"FL12", 0.4370, 0.4042},
    {"LED-B1", 0.4560, 0.4078}, {"LED-B2", 0.4357, 0.4012}, {"LED-B3", 0.3756, 0.3723},
    {"LED-B4", 0.3422, 0.3502}, {"LED-B5", 0.3118, 0.3236},
};

/* Half of the last digit printed. */
START_TEST(the_tables_give_the_chromaticities_of_the_lamps)
{
    struct sums sums = white_sums(lamps[_i].name, OBSERVER_CIE_1931_2DEG);
    double total = sums.x + sums.y + sums.z;
    ck_assert_double_eq_tol(sums.x / total, lamps[_i].x, 5.1e-5);
    ck_assert_double_eq_tol(sums.y / total, lamps[_i].y, 5.1e-5);
}
END_TEST

/* Planck's law with c2 = 1.435e-2 m K, 2848 K, 100 at 560 nm: ISO/CIE 11664-2. */
START_TEST(illuminant_a_follows_its_definition)
{
    struct illuminant a;
    ck_assert_int_eq(illuminant_find("A", &a), STATUS_OK);
    for (int nm = 300; nm <= 780; nm += 5) {
        double planck = 100 * pow(560.0 / nm, 5) * (exp(1.435e7 / (2848.0 * 560)) - 1) /
                        (exp(1.435e7 / (2848.0 * nm)) - 1);
        /* the table has six digits */
        ck_assert_double_eq_tol(illuminant_power(&a, nm), planck, 5.1e-6 * planck);
    }
}
END_TEST

START_TEST(every_name_listed_is_found)
{
    size_t count = 0;
    for (const char *name; (name = illuminant_name(count)) != NULL; count++) {
        struct illuminant illuminant;
        ck_assert_int_eq(illuminant_find(name, &illuminant), STATUS_OK);
        ck_assert_str_eq(illuminant.name, name);
        ck_assert_double_eq(illuminant.power.grid.step_nm, 5);
        ck_assert(illuminant_power(&illuminant, 560) > 0);
    }
    ck_assert_uint_eq(count, 23); /* A C D50 D55 D65 D75, 12 FL, 5 LED-B */
    ck_assert_ptr_null(illuminant_name(count + 1));
}
END_TEST

/* Three daylights are 100 at 560 nm by definition. */
START_TEST(daylights_are_normalized_at_560_nm)
{
    struct illuminant illuminant;
    ck_assert_int_eq(illuminant_find("D65", &illuminant), STATUS_OK);
    ck_assert_double_eq(illuminant_power(&illuminant, 560), 100);
    ck_assert_int_eq(illuminant_find("D50", &illuminant), STATUS_OK);
    ck_assert_double_eq(illuminant_power(&illuminant, 560), 100);
    ck_assert_int_eq(illuminant_find("D75", &illuminant), STATUS_OK);
    ck_assert_double_eq(illuminant_power(&illuminant, 560), 100);
}
END_TEST

static const struct {
    const char *asked;
    const char *found; /* NULL: not found */
} spellings[] = {
    {"d65", "D65"},  {"a", "A"},   {"led-b3", "LED-B3"}, {"fl11", "FL11"}, {"F2", "FL2"},
    {"f12", "FL12"}, {"", NULL},   {"F", NULL},          {"D60", NULL},    {"F13", NULL},
    {"FL0", NULL},   {"L2", NULL}, {"D65 ", NULL},       {"LED", NULL},
};

START_TEST(names_are_matched_whole_whatever_their_letter_case)
{
    struct illuminant illuminant = {.name = "untouched"};
    enum status status = illuminant_find(spellings[_i].asked, &illuminant);
    const char *found = spellings[_i].found;
    ck_assert_int_eq(status, found ? STATUS_OK : STATUS_NOT_FOUND);
    ck_assert_str_eq(illuminant.name, found ? found : "untouched");
}
END_TEST

START_TEST(power_is_linear_between_the_data_and_zero_outside)
{
    struct illuminant own = {.name = "own",
                             .power = {.grid = {400, 10, 3}, .value = {1, 3, 2}}};
    ck_assert_double_eq(illuminant_power(&own, 400), 1);
    ck_assert_double_eq_tol(illuminant_power(&own, 402.5), 1.5, 1e-15);
    ck_assert_double_eq_tol(illuminant_power(&own, 417), 2.3, 1e-15);
    ck_assert_double_eq(illuminant_power(&own, 420), 2);
    ck_assert_double_eq(illuminant_power(&own, 399.99), 0);
    ck_assert_double_eq(illuminant_power(&own, 420.01), 0);
    ck_assert_double_eq(illuminant_power(&own, NAN), 0);
}
END_TEST

/* CIE 015:2018: y-bar of the 1931 observer is V(lambda), 1 at 555 nm. */
START_TEST(the_1931_observer_peaks_at_555_nm)
{
    ck_assert_double_eq(observer_at(OBSERVER_CIE_1931_2DEG, 555).y, 1);
    for (int nm = 360; nm <= 830; nm++)
        ck_assert(observer_at(OBSERVER_CIE_1931_2DEG, nm).y <= 1.00001);
}
END_TEST

/* The functions are normalized so that equal energy gives equal tristimulus values; the
 * rows of the standards miss that by up to 0.00033 (1931, z). */
START_TEST(the_equal_energy_spectrum_is_white)
{
    for (int i = 0; i < 2; i++) {
        enum observer observer = i ? OBSERVER_CIE_1964_10DEG : OBSERVER_CIE_1931_2DEG;
        struct sums sums = {0};
        for (int nm = 360; nm <= 830; nm++) {
            struct color_matching matching = observer_at(observer, nm);
            sums.x += matching.x;
            sums.y += matching.y;
            sums.z += matching.z;
        }
        ck_assert_double_eq_tol(sums.x / sums.y, 1, 3.5e-4);
        ck_assert_double_eq_tol(sums.z / sums.y, 1, 3.5e-4);
    }
}
END_TEST

START_TEST(outside_360_to_830_nm_nothing_is_seen)
{
    const int outside[] = {-1, 0, 359, 831, 100000};
    for (size_t i = 0; i < 5; i++) {
        struct color_matching m = observer_at(OBSERVER_CIE_1964_10DEG, outside[i]);
        ck_assert_double_eq(m.x + m.y + m.z, 0);
    }
    ck_assert(observer_at(OBSERVER_CIE_1931_2DEG, 360).y > 0);
    ck_assert(observer_at(OBSERVER_CIE_1931_2DEG, 830).y > 0);
}
END_TEST

START_TEST(observers_know_their_field_of_view)
{
    ck_assert_int_eq(observer_degrees(OBSERVER_CIE_1931_2DEG), 2);
    ck_assert_int_eq(observer_degrees(OBSERVER_CIE_1964_10DEG), 10);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

static TCase *illuminants_case(void)
{
    TCase *illuminants = tcase_create("illuminants");
    tcase_add_loop_test(illuminants, the_tables_give_the_white_points_of_astm_e308, 0,
                        ROWS(whites));
    tcase_add_loop_test(illuminants, the_tables_give_the_chromaticities_of_the_lamps, 0,
                        ROWS(lamps));
    tcase_add_test(illuminants, illuminant_a_follows_its_definition);
    tcase_add_test(illuminants, every_name_listed_is_found);
    tcase_add_test(illuminants, daylights_are_normalized_at_560_nm);
    tcase_add_loop_test(illuminants, names_are_matched_whole_whatever_their_letter_case,
                        0, ROWS(spellings));
    tcase_add_test(illuminants, power_is_linear_between_the_data_and_zero_outside);
    return illuminants;
}

static TCase *observers_case(void)
{
    TCase *observers = tcase_create("observers");
    tcase_add_test(observers, the_1931_observer_peaks_at_555_nm);
    tcase_add_test(observers, the_equal_energy_spectrum_is_white);
    tcase_add_test(observers, outside_360_to_830_nm_nothing_is_seen);
    tcase_add_test(observers, observers_know_their_field_of_view);
    return observers;
}

Suite *suite(void)
{
    Suite *illuminant = suite_create("illuminant");
    suite_add_tcase(illuminant, illuminants_case());
    suite_add_tcase(illuminant, observers_case());
    return illuminant;
}
