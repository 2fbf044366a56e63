/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "colorlib/strength.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

enum { CRITERIA = STRENGTH_DEPTH + 1 };

static struct bands flat(double value)
{
    struct bands bands;
    for (size_t i = 0; i < BAND_COUNT; i++)
        bands.value[i] = value;
    return bands;
}

/* The worked example's brown, per mm of bottle liquid. */
static struct colorant brown(void)
{
    struct pigment pigment[2];
    example_pigments(pigment);
    return (struct colorant){pigment[1].K, pigment[1].S};
}

static struct colorant times(const struct colorant *colorant, double factor)
{
    struct colorant scaled;
    drawdown_mix(colorant, &factor, 1, &scaled);
    return scaled;
}

/* A film of 1:19 over white, and a tint of 1 % in a white. */
static void make_conditions(struct weights *weights, int tint,
                            struct strength_conditions *out)
{
    *weights = example_weights("D65");
    *out = (struct strength_conditions){
        .concentration = tint ? 0.01 : 0.05,
        .drawdown = {tint ? DRAWDOWN_OPAQUE : 0.05, flat(0.8)},
        .view = {{0.04, 0.6}, SURFACE_SPECULAR_INCLUDED},
        .weights = weights};
    if (tint)
        out->carrier = (struct colorant){flat(0.4), flat(80)};
}

static struct strength compared(const struct strength_conditions *conditions,
                                const struct colorant *standard,
                                const struct colorant *batch,
                                enum strength_criterion criterion)
{
    struct strength strength;
    ck_assert_int_eq(strength_compare(conditions, standard, batch, criterion, &strength),
                     STATUS_OK);
    ck_assert_int_eq(strength.criterion, criterion);
    return strength;
}

START_TEST(a_batch_of_the_same_shade_has_one_strength_by_every_criterion)
{
    struct weights weights;
    struct strength_conditions film;
    struct colorant standard = brown();
    make_conditions(&weights, 0, &film);
    for (double factor = 0.8; factor < 1.3; factor += 0.1) {
        struct colorant batch = times(&standard, factor);
        struct strength strength =
            compared(&film, &standard, &batch, (enum strength_criterion)_i);
        /* bisection to 1e-17 of a logarithm that spans 5, on rounded sums */
        ck_assert_double_eq_tol(strength.ratio, factor, 1e-10);
        ck_assert_double_le(strength.residual_largest, 1e-6);
        if (fabs(factor - 1) > 0.05)
            ck_assert_double_gt(strength.before, 0.3);
    }
}
END_TEST

/* In a white the standard displaces white as well: more of the weaker batch. */
START_TEST(a_tint_in_white_has_nearly_the_strength_of_its_colorant)
{
    struct weights weights;
    struct strength_conditions tint;
    struct colorant standard = brown(), batch = times(&standard, 1.05);
    make_conditions(&weights, 1, &tint);
    struct strength strength =
        compared(&tint, &standard, &batch, (enum strength_criterion)_i);
    /* 5 % of 1 % displaced */
    ck_assert_double_eq_tol(strength.ratio, 1.05, 1e-3);
    ck_assert_double_le(strength.residual_largest, 1e-2);
}
END_TEST

/* A batch redder than the standard: only half as absorbing above 600 nm. */
static struct colorant reddened(const struct colorant *standard)
{
    struct colorant red = *standard;
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (bands_wavelength_nm(i) > 600)
            red.K.value[i] *= 0.5;
    return red;
}

START_TEST(criteria_disagree_where_shades_do)
{
    struct weights weights;
    struct strength_conditions film;
    struct colorant standard = brown(), batch = reddened(&standard);
    make_conditions(&weights, 0, &film);
    struct strength at_maximum = compared(&film, &standard, &batch, STRENGTH_KS_MAX);
    struct strength sum = compared(&film, &standard, &batch, STRENGTH_KS_SUM);
    struct strength slope = compared(&film, &standard, &batch, STRENGTH_KS_SLOPE);
    struct strength depth = compared(&film, &standard, &batch, STRENGTH_DEPTH);
    struct strength y = compared(&film, &standard, &batch, STRENGTH_Y);
    struct strength least = compared(&film, &standard, &batch, STRENGTH_MIN_XYZ);
    /* the maximum is in the blue, and so is the least tristimulus value, Z, hardly
     * touched */
    ck_assert_double_eq_tol(at_maximum.ratio, 1, 1e-10);
    ck_assert_double_eq_tol(least.ratio, 1, 1e-2);
    /* by hand: the sums and products over the bands */
    double K = 0, K_batch = 0, square = 0, product = 0;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        K += standard.K.value[i];
        K_batch += batch.K.value[i];
        square += standard.K.value[i] * standard.K.value[i];
        product += standard.K.value[i] * batch.K.value[i];
    }
    ck_assert_double_eq_tol(sum.ratio, K_batch / K, 1e-10);
    ck_assert_double_eq_tol(slope.ratio, product / square, 1e-10);
    ck_assert_double_lt(sum.ratio, 0.99);
    ck_assert_double_lt(y.ratio, 0.99);
    ck_assert_double_lt(depth.ratio, 1);
    ck_assert_double_gt(sum.shade.a, 1);
    ck_assert_double_gt(sum.residual_largest, 1);
}
END_TEST

START_TEST(at_equal_strength_the_criterion_is_equal)
{
    struct weights weights;
    struct strength_conditions film;
    struct colorant standard = brown(), batch = reddened(&standard);
    make_conditions(&weights, 0, &film);
    struct strength y = compared(&film, &standard, &batch, STRENGTH_Y);
    struct bands a, b;
    struct colorant weak = times(&standard, 0.05);
    struct colorant trial = times(&batch, 0.05 / y.ratio);
    drawdown_reflectance(&weak, &film.drawdown, &film.view, &a);
    drawdown_reflectance(&trial, &film.drawdown, &film.view, &b);
    ck_assert_double_eq_tol(colorimetry_xyz(&weights, a.value).Y,
                            colorimetry_xyz(&weights, b.value).Y, 1e-12);
    ck_assert_double_eq_tol(y.shade.lightness, 0, 1e-9);
}
END_TEST

START_TEST(a_batch_beyond_sixteen_times_is_rejected)
{
    struct weights weights;
    struct strength_conditions film;
    struct colorant standard = brown(), weak = times(&standard, 0.01),
                    clear = {.K = {{0}}};
    struct strength strength;
    make_conditions(&weights, 0, &film);
    ck_assert_int_eq(
        strength_compare(&film, &standard, &weak, STRENGTH_KS_SUM, &strength),
        STATUS_REJECTED);
    ck_assert_int_eq(strength_compare(&film, &clear, &clear, STRENGTH_KS_SUM, &strength),
                     STATUS_REJECTED);
    film.concentration = 0.6;
    ck_assert_int_eq(strength_compare(&film, &standard, &standard, STRENGTH_Y, &strength),
                     STATUS_OUT_OF_RANGE);
    weak.S.value[4] = NAN;
    ck_assert_int_eq(strength_compare(&film, &standard, &weak, STRENGTH_Y, &strength),
                     STATUS_BAD_DATA);
}
END_TEST

START_TEST(every_criterion_has_a_name_and_a_word)
{
    static const char *const words[CRITERIA] = {"ks-sum", "ks-slope", "ks-max",
                                                "y",      "min-xyz",  "depth"};
    enum strength_criterion found;
    for (int k = 0; k < CRITERIA; k++) {
        ck_assert_int_eq(strength_criterion_find(words[k], &found), STATUS_OK);
        ck_assert_int_eq(found, (enum strength_criterion)k);
        ck_assert_str_ne(strength_criterion_text(found), "unknown criterion");
    }
    ck_assert_int_eq(strength_criterion_find("Y", &found), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_film_hides_at_the_thickness_found)
{
    struct weights weights = example_weights("D65");
    struct drawdown_view view = {{0.04, 0.6}, SURFACE_SPECULAR_INCLUDED};
    struct strength_card card = {flat(0.8), flat(0.06)};
    struct colorant white = {flat(0.4), flat(80)};
    double thickness_mm;
    ck_assert_int_eq(
        strength_hiding_thickness(&white, 0.98, &card, &view, &weights, &thickness_mm),
        STATUS_OK);
    ck_assert_double_eq_tol(
        strength_contrast_ratio(&white, thickness_mm, &card, &view, &weights), 0.98,
        1e-12);
    ck_assert_double_lt(
        strength_contrast_ratio(&white, thickness_mm / 2, &card, &view, &weights), 0.98);
    /* no film at all: the card's own ratio, white hiding nothing */
    ck_assert_double_eq_tol(strength_contrast_ratio(&white, 1e-9, &card, &view, &weights),
                            0.075, 1e-6);
    struct colorant clear = {.K = {{0}}};
    ck_assert_int_eq(
        strength_hiding_thickness(&clear, 0.98, &card, &view, &weights, &thickness_mm),
        STATUS_NOT_FOUND);
    ck_assert_int_eq(
        strength_hiding_thickness(&white, 1, &card, &view, &weights, &thickness_mm),
        STATUS_OUT_OF_RANGE);
    ck_assert_int_eq(
        strength_hiding_thickness(&white, 0.07, &card, &view, &weights, &thickness_mm),
        STATUS_OUT_OF_RANGE);
}
END_TEST

/* The colour note, 5.7 and 16.4: an error of 5 % of the strength of carbon is CIEDE2000
 * 0.22 in client A at about 1:20. */
START_TEST(five_percent_of_strength_are_hardly_seen_on_skin)
{
    struct pigment pigment[2];
    example_pigments(pigment);
    struct technique technique = example_treatment(SKIN_LIGHT, 150).technique;
    struct colorant carbon = {pigment[0].K, pigment[0].S}, batch = times(&carbon, 1.05);
    struct strength_on_skin on_skin;
    ck_assert_int_eq(strength_skin(&pigment[0], &batch, &technique, &on_skin), STATUS_OK);
    for (size_t k = 0; k < STRENGTH_CLIENTS; k++)
        printf("5 %% more strength, client %c: CIEDE2000 %.2f at 1:10, %.2f at 1:20\n",
               "ABC"[k], on_skin.ciede2000[k][0], on_skin.ciede2000[k][1]);
    /* two printed digits */
    ck_assert_double_eq_tol(on_skin.ciede2000[0][1], 0.22, 0.01);
    ck_assert_double_ge(on_skin.largest, on_skin.ciede2000[0][1]);

    ck_assert_int_eq(strength_skin(&pigment[0], &carbon, &technique, &on_skin),
                     STATUS_OK);
    ck_assert_double_eq(on_skin.largest, 0);
}
END_TEST

Suite *suite(void)
{
    TCase *strengths = tcase_create("strengths");
    tcase_add_loop_test(strengths,
                        a_batch_of_the_same_shade_has_one_strength_by_every_criterion, 0,
                        CRITERIA);
    tcase_add_loop_test(
        strengths, a_tint_in_white_has_nearly_the_strength_of_its_colorant, 0, CRITERIA);
    tcase_add_test(strengths, criteria_disagree_where_shades_do);
    tcase_add_test(strengths, at_equal_strength_the_criterion_is_equal);
    tcase_add_test(strengths, a_batch_beyond_sixteen_times_is_rejected);
    tcase_add_test(strengths, every_criterion_has_a_name_and_a_word);
    TCase *looks = tcase_create("looks");
    tcase_add_test(looks, a_film_hides_at_the_thickness_found);
    tcase_add_test(looks, five_percent_of_strength_are_hardly_seen_on_skin);
    Suite *s = suite_create("strength");
    suite_add_tcase(s, strengths);
    suite_add_tcase(s, looks);
    return s;
}
