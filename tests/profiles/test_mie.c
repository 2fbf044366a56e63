/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profiles/mie/mie.h"

#include <math.h>

#include "tests/runner.h"

struct sphere {
    double size;
    double n, k;
    double extinction, scattering, asymmetry;
};

/* W. J. Wiscombe, NCAR/TN-140+STR (1979), test cases of MIEV0, six decimals. */
static const struct sphere wiscombe[] = {
    {0.099, 0.75, 0, 0.000007, 0.000007, 0.001448},
    {0.101, 0.75, 0, 0.000008, 0.000008, 0.001507},
    {10, 0.75, 0, 2.232265, 2.232265, 0.896473},
    {1, 1.33, 1e-5, 0.093952, 0.093923, 0.184517},
    {100, 1.33, 1e-5, 2.101321, 2.096594, 0.868959},
    {0.055, 1.5, 1, 0.101491, 0.000011, 0.000491},
    {0.056, 1.5, 1, 0.103347, 0.000012, 0.000509},
    {1, 1.5, 1, 2.336321, 0.663454, 0.192136},
    {100, 1.5, 1, 2.097502, 1.283697, 0.850252},
    {1, 10, 10, 2.532993, 2.049405, -0.110664},
    {100, 10, 10, 2.071124, 1.836785, 0.556215},
};

START_TEST(spheres_match_the_published_test_cases)
{
    const struct sphere *row = &wiscombe[_i];
    struct mie_efficiency sphere = mie_sphere(row->size, row->n + I * row->k);
    /* the report prints six decimals */
    ck_assert_double_eq_tol(sphere.extinction, row->extinction, 1e-6);
    ck_assert_double_eq_tol(sphere.scattering, row->scattering, 1e-6);
    ck_assert_double_eq_tol(sphere.asymmetry, row->asymmetry, 1e-6);
}
END_TEST

START_TEST(the_example_of_the_textbook_comes_out)
{
    /* Bohren and Huffman (1983), appendix A: radius 0.525, wavelength 0.6328, n = 1.55;
     * five decimals printed */
    double size = 2 * 3.14159265358979 * 0.525 / 0.6328;
    struct mie_efficiency sphere = mie_sphere(size, 1.55);
    ck_assert_double_eq_tol(sphere.extinction, 3.10543, 1e-5);
    ck_assert_double_eq_tol(sphere.scattering, 3.10543, 1e-5);
    ck_assert_double_eq_tol(sphere.asymmetry, 0.63314, 1e-5);
}
END_TEST

START_TEST(a_clear_sphere_scatters_all_it_takes_out)
{
    static const double sizes[] = {0.01, 0.3, 1, 3, 7, 20, 75, 200};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct mie_efficiency sphere = mie_sphere(sizes[i], 2.0);
        /* rounding of a few hundred terms */
        ck_assert_double_eq_tol(sphere.scattering / sphere.extinction, 1, 1e-9);
    }
}
END_TEST

START_TEST(a_tiny_sphere_follows_rayleigh)
{
    const double size = 0.01;
    const double complex index = 1.7 + 0.3 * I;
    double complex polarisability = (index * index - 1) / (index * index + 2);
    double scattering = 8.0 / 3 * pow(size, 4) * pow(cabs(polarisability), 2);
    double absorption = 4 * size * cimag(polarisability);
    struct mie_efficiency sphere = mie_sphere(size, index);
    /* the next terms are of relative order size^2 */
    ck_assert_double_eq_tol(sphere.scattering / scattering, 1, 1e-3);
    ck_assert_double_eq_tol((sphere.extinction - sphere.scattering) / absorption, 1,
                            1e-3);
    ck_assert_double_eq_tol(sphere.asymmetry, 0, 1e-3);
}
END_TEST

START_TEST(a_powder_of_one_size_is_its_sphere)
{
    struct mie_powder powder = {
        .median_diameter_nm = 300, .spread = 1e-9, .volume_fraction = 0.02};
    double size = 3.14159265358979 * 300 * 1.33 / 500;
    struct mie_efficiency sphere = mie_sphere(size, (2.5 + 0.1 * I) / 1.33);
    struct mie_transport transport =
        mie_powder_transport(&powder, 500, 2.5 + 0.1 * I, 1.33);
    /* area over volume of a sphere is 3 / (2 diameter); diameter 3e-4 mm */
    double per_mm = 0.02 * 1.5 / 3e-4;
    double scattering = sphere.scattering * (1 - sphere.asymmetry);
    ck_assert_double_eq_tol(transport.absorption,
                            per_mm * (sphere.extinction - sphere.scattering), 1e-5);
    ck_assert_double_eq_tol(transport.reduced_scattering, per_mm * scattering, 1e-5);
}
END_TEST

START_TEST(fine_powder_absorbs_by_its_volume_alone)
{
    /* particles far below the wavelength: halving the diameter changes nothing */
    struct mie_powder powder = {
        .median_diameter_nm = 2, .spread = 0.2, .volume_fraction = 0.05};
    struct mie_powder half = powder;
    half.median_diameter_nm = 1;
    double complex index = 1.8 + 0.6 * I;
    double whole = mie_powder_transport(&powder, 550, index, 1.33).absorption;
    double halved = mie_powder_transport(&half, 550, index, 1.33).absorption;
    ck_assert_double_gt(whole, 0);
    /* corrections of relative order size^2, about (pi 2 1.33 / 550)^2 = 2e-4 */
    ck_assert_double_eq_tol(halved / whole, 1, 1e-3);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("profiles/mie");
    TCase *tcase = tcase_create("mie");
    tcase_add_loop_test(tcase, spheres_match_the_published_test_cases, 0,
                        sizeof wiscombe / sizeof wiscombe[0]);
    tcase_add_test(tcase, the_example_of_the_textbook_comes_out);
    tcase_add_test(tcase, a_clear_sphere_scatters_all_it_takes_out);
    tcase_add_test(tcase, a_tiny_sphere_follows_rayleigh);
    tcase_add_test(tcase, a_powder_of_one_size_is_its_sphere);
    tcase_add_test(tcase, fine_powder_absorbs_by_its_volume_alone);
    suite_add_tcase(suite, tcase);
    return suite;
}
