/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/colorimetry.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/difference.h"
#include "tests/runner.h"

static const struct grid visible = {.start_nm = 400, .step_nm = 10, .count = 31};

static struct illuminant named(const char *name)
{
    struct illuminant illuminant;
    ck_assert_int_eq(illuminant_find(name, &illuminant), STATUS_OK);
    return illuminant;
}

static struct weights weights_of(const struct grid *grid, const char *name,
                                 enum observer observer)
{
    struct illuminant illuminant = named(name);
    struct weights weights;
    ck_assert_int_eq(weights_make(grid, &illuminant, observer, &weights), STATUS_OK);
    return weights;
}

/* The scalptone color note, weights for the CIE 1964 observer: wavelength, then X, Y, Z
 * (of 100) of D65, A and LED-B3. */
static const double weights_note[][10] = {
    {400, 0.1310, 0.0139, 0.5889, 0.0248, 0.0026, 0.1114, 0.0016, 0.0002, 0.0076},
    {410, 0.6830, 0.0703, 3.1376, 0.1343, 0.0138, 0.6165, 0.0128, 0.0015, 0.0593},
    {420, 1.6145, 0.1694, 7.6790, 0.3774, 0.0396, 1.7954, 0.1615, 0.0171, 0.7676},
    {430, 2.4324, 0.2980, 12.0035, 0.6842, 0.0840, 3.3770, 0.8575, 0.1007, 4.2153},
    {440, 3.4283, 0.5545, 17.5831, 0.9662, 0.1560, 4.9543, 3.0867, 0.5081, 15.8676},
    {450, 3.7070, 0.8913, 19.9327, 1.0802, 0.2596, 5.8083, 4.2582, 1.0211, 22.8799},
    {460, 3.0659, 1.2891, 17.6977, 1.0076, 0.4239, 5.8167, 2.0608, 0.8563, 11.8760},
    {470, 1.9325, 1.8376, 13.0018, 0.7328, 0.6967, 4.9305, 0.7358, 0.7079, 4.9688},
    {480, 0.7960, 2.5250, 7.6737, 0.3411, 1.0834, 3.2902, 0.2668, 0.8590, 2.5919},
    {490, 0.1541, 3.2201, 3.9206, 0.0777, 1.6148, 1.9670, 0.0721, 1.4862, 1.8116},
    {500, 0.0403, 4.3187, 2.0516, 0.0224, 2.4204, 1.1522, 0.0252, 2.6372, 1.2579},
    {510, 0.3463, 5.6222, 1.0518, 0.2176, 3.5276, 0.6583, 0.2530, 4.1003, 0.7662},
    {520, 1.0678, 6.9047, 0.5453, 0.7488, 4.8420, 0.3830, 0.8684, 5.6191, 0.4444},
    {530, 2.1726, 8.0650, 0.2795, 1.6426, 6.0986, 0.2112, 1.8774, 6.9707, 0.2413},
    {540, 3.3964, 8.6671, 0.1220, 2.8425, 7.2525, 0.1020, 3.2185, 8.2113, 0.1155},
    {550, 4.7322, 8.8560, 0.0345, 4.3329, 8.1113, 0.0315, 4.8593, 9.0966, 0.0354},
    {560, 6.0688, 8.5816, 0.0004, 6.1980, 8.7604, 0.0005, 6.8299, 9.6533, 0.0006},
    {570, 7.3095, 7.9496, -0.0000, 8.2633, 8.9908, -0.0001, 8.8572, 9.6374, -0.0001},
    {580, 8.2980, 7.1105, 0.0001, 10.2207, 8.7560, 0.0000, 10.5671, 9.0526, 0.0001},
    {590, 8.6252, 5.9965, 0.0000, 11.9491, 8.3061, 0.0000, 11.8358, 8.2273, 0.0000},
    {600, 8.6784, 5.0817, 0.0000, 12.7512, 7.4691, 0.0000, 11.9117, 6.9775, 0.0000},
    {610, 7.9362, 4.0664, 0.0000, 12.3413, 6.3225, 0.0000, 10.5805, 5.4208, 0.0000},
    {620, 6.4461, 2.9984, 0.0000, 10.8187, 5.0321, 0.0000, 8.2341, 3.8297, 0.0000},
    {630, 4.6647, 2.0406, 0.0000, 8.5629, 3.7464, 0.0000, 5.5942, 2.4474, 0.0000},
    {640, 3.0940, 1.2893, 0.0000, 6.0060, 2.5026, 0.0000, 3.2548, 1.3564, 0.0000},
    {650, 1.8566, 0.7451, 0.0000, 3.8848, 1.5592, 0.0000, 1.6947, 0.6801, 0.0000},
    {660, 1.0558, 0.4169, 0.0000, 2.3085, 0.9115, 0.0000, 0.7894, 0.3117, 0.0000},
    {670, 0.5702, 0.2232, 0.0000, 1.2739, 0.4987, 0.0000, 0.3344, 0.1309, 0.0000},
    {680, 0.2733, 0.1064, 0.0000, 0.6633, 0.2583, 0.0000, 0.1320, 0.0514, 0.0000},
    {690, 0.1285, 0.0499, 0.0000, 0.3567, 0.1386, 0.0000, 0.0518, 0.0201, 0.0000},
    {700, 0.1054, 0.0410, 0.0000, 0.3109, 0.1209, 0.0000, 0.0266, 0.0103, 0.0000},
};

START_TEST(the_weights_are_those_of_the_color_note)
{
    const char *names[] = {"D65", "A", "LED-B3"};
    for (size_t i = 0; i < 3; i++) {
        struct weights w = weights_of(&visible, names[i], OBSERVER_CIE_1964_10DEG);
        for (size_t band = 0; band < visible.count; band++) {
            const double *row = &weights_note[band][1 + 3 * i];
            /* half of the last digit printed, and a tie */
            ck_assert_double_eq_tol(100 * w.x[band], row[0], 5.001e-5);
            ck_assert_double_eq_tol(100 * w.y[band], row[1], 5.001e-5);
            ck_assert_double_eq_tol(100 * w.z[band], row[2], 5.001e-5);
        }
    }
}
END_TEST

/* The sums that the note prints below the same table. */
static const struct {
    const char *name;
    double x;
    double z;
} sums_note[] = {
    {"D65", 94.811, 107.304}, {"A", 111.142, 35.206}, {"LED-B3", 103.310, 67.907}};

START_TEST(the_white_is_the_sum_of_the_weights)
{
    struct weights w = weights_of(&visible, sums_note[_i].name, OBSERVER_CIE_1964_10DEG);
    ck_assert_double_eq_tol(100 * w.white.X, sums_note[_i].x, 5.001e-4);
    ck_assert_double_eq_tol(100 * w.white.Z, sums_note[_i].z, 5.001e-4);
    double sum[3] = {0};
    for (size_t i = 0; i < visible.count; i++) {
        sum[0] += w.x[i];
        sum[1] += w.y[i];
        sum[2] += w.z[i];
    }
    ck_assert_double_eq_tol(w.white.X, sum[0], 1e-14);
    ck_assert_double_eq_tol(w.white.Y, sum[1], 1e-14);
    ck_assert_double_eq_tol(w.white.Z, sum[2], 1e-14);
}
END_TEST

/* ASTM E308 sums illuminants every 5 nm, ours runs straight between those values, which
 * cuts the convex bends of daylight and, most, of C in the blue: 0.025 and 0.056 of Z. A
 * smaller disagreement in X shows that nothing else differs. */
static const struct {
    const char *name;
    enum observer observer;
    double x;
    double z;
    double z_tolerance;
} whites_e308[] = {
    {"A", OBSERVER_CIE_1931_2DEG, 109.85, 35.58, 0.01},
    {"C", OBSERVER_CIE_1931_2DEG, 98.07, 118.22, 0.06},
    {"D50", OBSERVER_CIE_1931_2DEG, 96.42, 82.51, 0.025},
    {"D55", OBSERVER_CIE_1931_2DEG, 95.68, 92.14, 0.025},
    {"D65", OBSERVER_CIE_1931_2DEG, 95.04, 108.88, 0.025},
    {"D75", OBSERVER_CIE_1931_2DEG, 94.97, 122.61, 0.025},
    {"A", OBSERVER_CIE_1964_10DEG, 111.14, 35.20, 0.01},
    {"C", OBSERVER_CIE_1964_10DEG, 97.29, 116.14, 0.06},
    {"D50", OBSERVER_CIE_1964_10DEG, 96.72, 81.43, 0.025},
    {"D55", OBSERVER_CIE_1964_10DEG, 95.80, 90.93, 0.025},
    {"D65", OBSERVER_CIE_1964_10DEG, 94.81, 107.32, 0.025},
    {"D75", OBSERVER_CIE_1964_10DEG, 94.42, 120.64, 0.025},
};

START_TEST(whites_come_close_to_astm_e308)
{
    struct grid every_nm = {.start_nm = 360, .step_nm = 1, .count = 471};
    struct weights w =
        weights_of(&every_nm, whites_e308[_i].name, whites_e308[_i].observer);
    ck_assert_double_eq_tol(100 * w.white.X, whites_e308[_i].x, 0.016);
    ck_assert_double_eq_tol(100 * w.white.Z, whites_e308[_i].z,
                            whites_e308[_i].z_tolerance);
}
END_TEST

static const struct grid accepted[] = {
    {400, 10, 31},          {360, 20, 22},
    {301, 3, 177},          {380, 5, 81},
    {300, 1, SPECTRUM_MAX}, {420, 20, 14},
    {380, 7, 58},           {420, 1, 261},
    {400.003, 10, 31},      {380, 3.3333333333, 106},
};

/* A perfect diffuser is white on every grid: whatever the instrument, Y = 1 and Lab
 * (100, 0, 0). */
START_TEST(the_perfect_diffuser_is_white)
{
    double ones[SPECTRUM_MAX];
    for (size_t i = 0; i < SPECTRUM_MAX; i++)
        ones[i] = 1;
    const char *name;
    for (size_t i = 0; (name = illuminant_name(i)) != NULL; i++) {
        struct weights w = weights_of(&accepted[_i], name, OBSERVER_CIE_1931_2DEG);
        /* rounding in a sum of up to 512 */
        ck_assert_double_eq_tol(colorimetry_xyz(&w, ones).Y, 1, 1e-14);
        cmsCIELab lab = colorimetry_reflectance_lab(&w, ones);
        ck_assert_double_eq(lab.L, 100);
        ck_assert_double_eq(lab.a, 0);
        ck_assert_double_eq(lab.b, 0);
    }
}
END_TEST

/* The white belongs to the illuminant and not to the grid. */
START_TEST(every_grid_gives_the_same_white)
{
    struct weights one = weights_of(&visible, "D65", OBSERVER_CIE_1964_10DEG);
    struct weights other = weights_of(&accepted[_i], "D65", OBSERVER_CIE_1964_10DEG);
    ck_assert_double_eq_tol(other.white.X, one.white.X, 1e-13);
    ck_assert_double_eq_tol(other.white.Z, one.white.Z, 1e-13);
}
END_TEST

/* Weights are the transpose of interpolating, extending and summing; here that is done
 * the long way. */
START_TEST(weights_equal_summing_the_interpolated_spectrum)
{
    const struct grid *grid = &accepted[_i];
    struct spectrum skin = {.grid = *grid};
    for (size_t i = 0; i < grid->count; i++)
        skin.value[i] = 0.4 + 0.2 * sin(grid_wavelength_nm(grid, i) / 30);
    struct illuminant illuminant = named("LED-B3");
    cmsCIEXYZ sum = {0};
    double luminous = 0;
    for (int nm = 380; nm <= 780; nm++) {
        struct color_matching m = observer_at(OBSERVER_CIE_1964_10DEG, nm);
        double power = illuminant_power(&illuminant, nm);
        double reflected = power * spectrum_interpolate(&skin, nm);
        sum.X += reflected * m.x;
        sum.Y += reflected * m.y;
        sum.Z += reflected * m.z;
        luminous += power * m.y;
    }
    struct weights w = weights_of(grid, "LED-B3", OBSERVER_CIE_1964_10DEG);
    cmsCIEXYZ xyz = colorimetry_xyz(&w, skin.value);
    ck_assert_double_eq_tol(xyz.X, sum.X / luminous, 1e-13);
    ck_assert_double_eq_tol(xyz.Y, sum.Y / luminous, 1e-13);
    ck_assert_double_eq_tol(xyz.Z, sum.Z / luminous, 1e-13);
}
END_TEST

static const struct {
    struct grid grid;
    enum status expected;
} refused[] = {
    {{400, 0.5, 512}, STATUS_BAD_DATA},
    {{400, 21, 20}, STATUS_BAD_DATA},
    {{400, NAN, 31}, STATUS_BAD_DATA},
    {{400, -10, 31}, STATUS_BAD_DATA},
    {{400, 10, 5}, STATUS_BAD_DATA},
    {{400, 10, 0}, STATUS_BAD_DATA},
    {{300, 1, SPECTRUM_MAX + 1}, STATUS_BAD_DATA},
    {{421, 1, 300}, STATUS_NOT_COVERED},
    {{400, 1, 280}, STATUS_NOT_COVERED},
    {{NAN, 10, 31}, STATUS_NOT_COVERED},
    {{-INFINITY, 10, 31}, STATUS_NOT_COVERED},
    {{INFINITY, 10, 31}, STATUS_NOT_COVERED},
};

START_TEST(grids_that_cannot_carry_weights_are_refused)
{
    struct illuminant d65 = named("D65");
    struct weights w = {.grid = {.count = 77}};
    ck_assert_int_eq(weights_make(&refused[_i].grid, &d65, OBSERVER_CIE_1964_10DEG, &w),
                     refused[_i].expected);
    ck_assert_uint_eq(w.grid.count, 77);
}
END_TEST

START_TEST(a_lamp_without_power_in_the_visible_range_is_refused)
{
    struct illuminant own = {.name = "own", .power = {.grid = {400, 10, 31}}};
    struct weights w;
    ck_assert_int_eq(weights_make(&visible, &own, OBSERVER_CIE_1931_2DEG, &w),
                     STATUS_NOT_COVERED);
    for (size_t i = 0; i < 31; i++)
        own.power.value[i] = 1;
    ck_assert_int_eq(weights_make(&visible, &own, OBSERVER_CIE_1931_2DEG, &w), STATUS_OK);
    own.power.value[3] = NAN;
    ck_assert_int_eq(weights_make(&visible, &own, OBSERVER_CIE_1931_2DEG, &w),
                     STATUS_NOT_COVERED);
    own.power.value[3] = 1;
    own.power.grid.count = 20; /* to 590 nm */
    ck_assert_int_eq(weights_make(&visible, &own, OBSERVER_CIE_1931_2DEG, &w),
                     STATUS_NOT_COVERED);
}
END_TEST

START_TEST(lamps_of_absurd_power_are_refused)
{
    const double absurd[] = {INFINITY, 1e308, 1e-320};
    struct illuminant own = {.name = "own", .power = {.grid = {400, 10, 31}}};
    for (size_t i = 0; i < 31; i++)
        own.power.value[i] = absurd[_i];
    struct weights w;
    ck_assert_int_eq(weights_make(&visible, &own, OBSERVER_CIE_1931_2DEG, &w),
                     STATUS_NOT_COVERED);
}
END_TEST

/* Reads one comma and number of a line, moving on. */
static double next_number(char **text)
{
    while (**text == ',')
        (*text)++;
    return strtod(*text, text);
}

static FILE *open_data(const char *name)
{
    const char *path = runner_data(name);
    ck_assert_ptr_nonnull(path);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    return file;
}

enum { LINE_MAX_BYTES = 16384, SUBJECTS = 50 };

static const struct {
    enum observer observer;
    const char *file;
    struct grid grid;
    double ciede2000;
} e2022[] = {
    {OBSERVER_CIE_1931_2DEG,
     "colorimetry/weights_e2022_2deg_10nm.csv",
     {360, 10, 43},
     0.02},
    {OBSERVER_CIE_1964_10DEG,
     "colorimetry/weights_e2022_10deg_10nm.csv",
     {360, 10, 43},
     0.02},
    {OBSERVER_CIE_1931_2DEG,
     "colorimetry/weights_e2022_2deg_20nm.csv",
     {360, 20, 22},
     0.1},
    {OBSERVER_CIE_1964_10DEG,
     "colorimetry/weights_e2022_10deg_20nm.csv",
     {360, 20, 22},
     0.1},
};

/* In the order of the columns; cells of 100, by step. */
static const struct {
    const char *name;
    double cell_10nm;
    double cell_20nm;
} e2022_lights[] = {
    {"A", 0.5, 0.5},   {"D50", 0.5, 0.5},  {"D65", 0.5, 0.5},    {"FL2", 1.0, 2.5},
    {"FL7", 1.0, 2.5}, {"FL11", 1.0, 2.5}, {"LED-B3", 0.5, 1.1},
};

enum {
    E2022_TABLES = sizeof e2022 / sizeof e2022[0],
    E2022_LIGHTS = sizeof e2022_lights / sizeof e2022_lights[0]
};

/* The table of one light as weights, Y = 1. */
static struct weights e2022_weights(size_t table, size_t light)
{
    struct weights weights = {.grid = e2022[table].grid};
    FILE *file = open_data(e2022[table].file);
    char line[LINE_MAX_BYTES];
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    for (size_t i = 0; i < weights.grid.count; i++) {
        ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
        char *text = line;
        ck_assert_double_eq(next_number(&text), grid_wavelength_nm(&weights.grid, i));
        for (size_t skip = 0; skip < 3 * light; skip++)
            next_number(&text);
        weights.white.X += weights.x[i] = next_number(&text) / 100;
        weights.white.Y += weights.y[i] = next_number(&text) / 100;
        weights.white.Z += weights.z[i] = next_number(&text) / 100;
    }
    fclose(file);
    return weights;
}

/* The published mean spectrum of each subject, 301 to 829 nm by 3 nm. */
static void read_skin(struct spectrum skin[SUBJECTS])
{
    FILE *file = open_data("skin/nist/nist_skin_reflectance.csv");
    char line[LINE_MAX_BYTES];
    size_t count = 0;
    while (fgets(line, sizeof line, file)) {
        char *text = strstr(line, ",avg,");
        if (!text)
            continue;
        ck_assert(count < SUBJECTS);
        text += strlen(",avg");
        for (int nm = 250; nm < 301; nm += 3)
            next_number(&text);
        skin[count] = (struct spectrum){.grid = {301, 3, 177}};
        for (size_t i = 0; i < 177; i++)
            skin[count].value[i] = next_number(&text);
        count++;
    }
    fclose(file);
    ck_assert_uint_eq(count, SUBJECTS);
}

static double largest_cell_difference(const struct weights *a, const struct weights *b)
{
    double largest = 0;
    for (size_t i = 0; i < a->grid.count; i++) {
        largest = fmax(largest, fabs(a->x[i] - b->x[i]));
        largest = fmax(largest, fabs(a->y[i] - b->y[i]));
        largest = fmax(largest, fabs(a->z[i] - b->z[i]));
    }
    return largest;
}

static double largest_skin_difference(const struct weights *a, const struct weights *b)
{
    static struct spectrum skin[SUBJECTS];
    read_skin(skin);
    double largest = 0;
    for (size_t i = 0; i < SUBJECTS; i++) {
        struct spectrum skin_here;
        ck_assert_int_eq(
            spectrum_resample(&skin[i], &a->grid, SPECTRUM_EXTEND_REFUSE, &skin_here),
            STATUS_OK);
        cmsCIELab one = colorimetry_reflectance_lab(a, skin_here.value);
        cmsCIELab two = colorimetry_reflectance_lab(b, skin_here.value);
        largest = fmax(largest, difference_ciede2000(one, two));
    }
    return largest;
}

/*
 * ASTM E2022 interpolates the reflectance by cubics where we use quintics, and is alike
 * in all else. A narrow line of a lamp between two bands shows that most, and so does a
 * wide step; on skin, which is smooth, hardly anything is left: 0.02 is below any
 * instrument's repeatability, 0.1 what difference_words calls equal.
 */
START_TEST(weights_agree_with_astm_e2022)
{
    size_t table = (size_t)_i / E2022_LIGHTS;
    size_t light = (size_t)_i % E2022_LIGHTS;
    double cell = e2022[table].grid.step_nm > 10 ? e2022_lights[light].cell_20nm
                                                 : e2022_lights[light].cell_10nm;
    struct weights theirs = e2022_weights(table, light);
    struct weights ours =
        weights_of(&e2022[table].grid, e2022_lights[light].name, e2022[table].observer);
    ck_assert_double_lt(100 * largest_cell_difference(&ours, &theirs), cell);
    ck_assert_double_lt(largest_skin_difference(&ours, &theirs), e2022[table].ciede2000);
}
END_TEST

/* The list beside the spectra, D65/10 degrees, was made from the 3 nm data: 0.02 leaves
 * room for another rule of integration. */
START_TEST(skin_of_nist_has_the_lab_that_is_listed)
{
    static struct spectrum skin[SUBJECTS];
    read_skin(skin);
    FILE *file = open_data("skin/nist/nist_lab_d65_10deg.csv");
    char line[LINE_MAX_BYTES];
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    struct weights fine = weights_of(&skin[0].grid, "D65", OBSERVER_CIE_1964_10DEG);
    struct weights coarse = weights_of(&visible, "D65", OBSERVER_CIE_1964_10DEG);
    for (size_t i = 0; i < SUBJECTS; i++) {
        ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
        char *text = strchr(line, ',');
        cmsCIELab listed = {.L = next_number(&text)};
        listed.a = next_number(&text);
        listed.b = next_number(&text);
        cmsCIELab lab = colorimetry_reflectance_lab(&fine, skin[i].value);
        ck_assert_double_lt(difference_ciede2000(lab, listed), 0.02);
        struct spectrum bands;
        ck_assert_int_eq(
            spectrum_resample(&skin[i], &visible, SPECTRUM_EXTEND_REFUSE, &bands),
            STATUS_OK);
        lab = colorimetry_reflectance_lab(&coarse, bands.value);
        ck_assert_double_lt(difference_ciede2000(lab, listed), 0.02);
    }
    fclose(file);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

static TCase *weights_case(void)
{
    TCase *weights = tcase_create("weights");
    tcase_add_test(weights, the_weights_are_those_of_the_color_note);
    tcase_add_loop_test(weights, the_white_is_the_sum_of_the_weights, 0, ROWS(sums_note));
    tcase_add_loop_test(weights, whites_come_close_to_astm_e308, 0, ROWS(whites_e308));
    tcase_add_loop_test(weights, the_perfect_diffuser_is_white, 0, ROWS(accepted));
    tcase_add_loop_test(weights, every_grid_gives_the_same_white, 0, ROWS(accepted));
    tcase_add_loop_test(weights, weights_equal_summing_the_interpolated_spectrum, 0,
                        ROWS(accepted));
    tcase_add_loop_test(weights, grids_that_cannot_carry_weights_are_refused, 0,
                        ROWS(refused));
    tcase_add_test(weights, a_lamp_without_power_in_the_visible_range_is_refused);
    tcase_add_loop_test(weights, lamps_of_absurd_power_are_refused, 0, 3);
    return weights;
}

static void add_measured(Suite *weights)
{
    const char *reason = "no measured data here";
    TCase *measured = tcase_create("measured");
    int skin = runner_data("skin/nist/nist_skin_reflectance.csv") != NULL;
    if (skin && runner_data(e2022[0].file))
        tcase_add_loop_test(measured, weights_agree_with_astm_e2022, 0,
                            E2022_TABLES * E2022_LIGHTS);
    else
        runner_skip("weights_agree_with_astm_e2022", reason);
    if (skin)
        tcase_add_test(measured, skin_of_nist_has_the_lab_that_is_listed);
    else
        runner_skip("skin_of_nist_has_the_lab_that_is_listed", reason);
    suite_add_tcase(weights, measured);
}

Suite *suite(void)
{
    Suite *weights = suite_create("weights");
    suite_add_tcase(weights, weights_case());
    add_measured(weights);
    return weights;
}
