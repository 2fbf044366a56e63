/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profiles/mie/liquid.h"

#include <math.h>
#include <string.h>

#include "tests/runner.h"

static struct liquid single(const char *id)
{
    for (size_t i = 0; i < LIQUID_SINGLES; i++) {
        if (strcmp(liquid_singles[i].text.id, id) == 0) {
            struct liquid liquid;
            liquid_make_single(&liquid_singles[i], &liquid);
            return liquid;
        }
    }
    ck_abort_msg("no liquid %s", id);
}

static size_t band(double wavelength_nm)
{
    return (size_t)((wavelength_nm - 400) / 10);
}

struct check {
    double wavelength_nm;
    double red_absorption;   /* mu_a, mm^-1 */
    double white_scattering; /* mu_s', mm^-1 */
};

/* The project's design note, section 17.13; computed there for the same powders. */
static const struct check checks[] = {
    {450, 417, 424},
    {550, 362, 442},
    {650, 80, 393},
};

START_TEST(mie_pigments_match_the_design_note)
{
    const struct check *row = &checks[_i];
    size_t i = band(row->wavelength_nm);
    /* 2 %: how the note cut and stepped the distribution of sizes is not stated */
    double absorption = single("red-oxide").K.value[i] / 2;
    double scattering = single("titanium-white").S.value[i] / 0.75;
    ck_assert_double_eq_tol(absorption / row->red_absorption, 1, 0.02);
    ck_assert_double_eq_tol(scattering / row->white_scattering, 1, 0.02);
}
END_TEST

START_TEST(carbon_absorbs_1125_per_mm_at_550_nm_and_scatters_nothing)
{
    struct liquid carbon = single("carbon");
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double absorption = 1125 * 550 / bands_wavelength_nm(i);
        ck_assert_double_eq_tol(carbon.K.value[i] / 2, absorption, 1e-9);
        ck_assert_double_eq(carbon.S.value[i], 0);
    }
}
END_TEST

START_TEST(powder_displaces_its_volume_of_water)
{
    /* 100 ml: 15 g in 15 / 1.8 ml, the rest water of 1 g/ml */
    double density = (15 + (100 - 15 / 1.8)) / 100;
    ck_assert_double_eq_tol(single("carbon").density_g_per_ml, density, 1e-12);
}
END_TEST

START_TEST(a_premix_of_one_liquid_is_that_liquid_diluted)
{
    struct liquid_premix half = {.fraction = {0.5}};
    struct liquid whole, diluted;
    liquid_make_single(&liquid_singles[0], &whole);
    liquid_make_premix(&half, &diluted);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(diluted.K.value[i], whole.K.value[i] / 2, 1e-9);
    ck_assert_double_eq_tol(diluted.density_g_per_ml, (whole.density_g_per_ml + 1) / 2,
                            1e-12);
    ck_assert_int_eq(diluted.class, whole.class);
    ck_assert_double_eq_tol(diluted.fade.healed_fraction, whole.fade.healed_fraction,
                            1e-12);
}
END_TEST

START_TEST(a_premix_fades_between_its_parts)
{
    struct fade_rates carbon = fade_class_rates(PIGMENT_CARBON);
    struct fade_rates oxide = fade_class_rates(PIGMENT_IRON_OXIDE);
    for (size_t i = 0; i < LIQUID_PREMIXES; i++) {
        struct liquid premix;
        liquid_make_premix(&liquid_premixes[i], &premix);
        const struct fade_rates *fade = &premix.fade;
        /* white absorbs nothing and so has no weight; rounding of the sum */
        ck_assert_double_le(fade->healed_fraction, carbon.healed_fraction + 1e-12);
        ck_assert_double_ge(fade->healed_fraction, oxide.healed_fraction - 1e-12);
        ck_assert_double_ge(fade->biological_per_year,
                            carbon.biological_per_year - 1e-12);
        ck_assert_double_le(fade->biological_per_year, oxide.biological_per_year + 1e-12);
    }
}
END_TEST

START_TEST(premixes_leave_room_for_water)
{
    for (size_t i = 0; i < LIQUID_PREMIXES; i++) {
        double sum = 0;
        for (size_t j = 0; j < LIQUID_SINGLES; j++)
            sum += liquid_premixes[i].fraction[j];
        ck_assert_double_gt(sum, 0);
        ck_assert_double_le(sum, 1);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("profiles/liquid");
    TCase *tcase = tcase_create("liquid");
    tcase_add_loop_test(tcase, mie_pigments_match_the_design_note, 0,
                        sizeof checks / sizeof checks[0]);
    tcase_add_test(tcase, carbon_absorbs_1125_per_mm_at_550_nm_and_scatters_nothing);
    tcase_add_test(tcase, powder_displaces_its_volume_of_water);
    tcase_add_test(tcase, a_premix_of_one_liquid_is_that_liquid_diluted);
    tcase_add_test(tcase, a_premix_fades_between_its_parts);
    tcase_add_test(tcase, premixes_leave_room_for_water);
    suite_add_tcase(suite, tcase);
    return suite;
}
