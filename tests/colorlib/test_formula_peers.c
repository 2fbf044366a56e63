/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The recipe problem that other programs were given as well: at most three of eight
 * pigments, twenty drops with the diluent, opaque; with the weights that come with it.
 */
#include "colorlib/formula.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "colorlib/difference.h"
#include "tests/runner.h"

enum { PIGMENTS = 8, TARGETS = 24, DROPS = 20, SIZE = 3 };

struct target {
    cmsCIELab lab;
    int reachable; /* by a recipe of the problem */
};

static struct colorant pigment[PIGMENTS], diluent;
static struct weights weights;
static struct target target[TARGETS];
static double best[TARGETS]; /* of all recipes */

/* -- reading -------------------------------------------------------------------- */

static json_t *read_json(const char *name)
{
    const char *path = runner_data(name);
    ck_assert_ptr_nonnull(path);
    json_t *root = json_load_file(path, 0, NULL);
    ck_assert_ptr_nonnull(root);
    return root;
}

static void read_bands(const json_t *from, struct bands *to)
{
    ck_assert_uint_eq(json_array_size(from), BAND_COUNT);
    for (size_t i = 0; i < BAND_COUNT; i++)
        to->value[i] = json_number_value(json_array_get(from, i));
}

static struct colorant colorant_of(const json_t *from)
{
    struct colorant colorant;
    read_bands(json_object_get(from, "K"), &colorant.K);
    read_bands(json_object_get(from, "S"), &colorant.S);
    return colorant;
}

static void read_catalogue(void)
{
    json_t *root = read_json("../peers/catalogue.json");
    const json_t *pigments = json_object_get(root, "pigments");
    diluent = colorant_of(json_object_get(root, "diluent"));
    for (size_t i = 0; i < PIGMENTS; i++)
        pigment[i] = colorant_of(json_array_get(pigments, i));
    json_decref(root);
}

static void read_targets(void)
{
    json_t *root = read_json("../peers/targets_8.json");
    const json_t *targets = json_object_get(root, "targets");
    ck_assert_uint_eq(json_array_size(targets), TARGETS);
    for (size_t i = 0; i < TARGETS; i++) {
        const json_t *one = json_array_get(targets, i);
        const json_t *lab = json_object_get(one, "Lab");
        const char *family = json_string_value(json_object_get(one, "family"));
        target[i].reachable = strcmp(family, "reachable") == 0;
        target[i].lab = (cmsCIELab){json_number_value(json_array_get(lab, 0)),
                                    json_number_value(json_array_get(lab, 1)),
                                    json_number_value(json_array_get(lab, 2))};
    }
    json_decref(root);
}

/* Lines of a wavelength and X, Y, Z of D65 and ten degrees, in percent; the white last.
 */
static void read_weights(void)
{
    const char *path = runner_data("../peers/cie_weights_31.csv");
    ck_assert_ptr_nonnull(path);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    char line[512], first[16];
    double x, y, z;
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    weights = (struct weights){.grid = bands_grid};
    for (size_t i = 0; i <= BAND_COUNT; i++) {
        ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
        ck_assert_int_eq(sscanf(line, "%15[^,],%lf,%lf,%lf", first, &x, &y, &z), 4);
        if (i == BAND_COUNT) {
            weights.white = (cmsCIEXYZ){x / 100, y / 100, z / 100};
        } else {
            weights.x[i] = x / 100;
            weights.y[i] = y / 100;
            weights.z[i] = z / 100;
        }
    }
    fclose(file);
}

/* -- enumeration, without the library's search and optics ------------------------- */

struct drops {
    size_t count;
    size_t pigment[SIZE];
    unsigned drops[SIZE];
    unsigned diluent;
};

static void judge(const struct drops *recipe)
{
    double reflectance[BAND_COUNT];
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double K = recipe->diluent * diluent.K.value[i];
        double S = recipe->diluent * diluent.S.value[i];
        for (size_t k = 0; k < recipe->count; k++) {
            K += recipe->drops[k] * pigment[recipe->pigment[k]].K.value[i];
            S += recipe->drops[k] * pigment[recipe->pigment[k]].S.value[i];
        }
        reflectance[i] = S / (K + S + sqrt(K * (K + 2 * S)));
    }
    cmsCIELab lab = colorimetry_reflectance_lab(&weights, reflectance);
    for (size_t t = 0; t < TARGETS; t++)
        best[t] = fmin(best[t], difference_ciede2000(target[t].lab, lab));
}

static void enumerate(struct drops *recipe, unsigned left)
{
    if (recipe->count > 0)
        for (recipe->diluent = 0; recipe->diluent <= left; recipe->diluent++)
            judge(recipe);
    if (recipe->count == SIZE)
        return;
    size_t at = recipe->count++;
    for (size_t p = at > 0 ? recipe->pigment[at - 1] + 1 : 0; p < PIGMENTS; p++)
        for (unsigned drops = 1; drops <= left; drops++) {
            recipe->pigment[at] = p;
            recipe->drops[at] = drops;
            enumerate(recipe, left - drops);
        }
    recipe->count--;
}

/* -- the search ----------------------------------------------------------------- */

static void setup(void)
{
    read_catalogue();
    read_targets();
    read_weights();
}

static struct formula_solver *open_solver(void)
{
    struct formula_problem problem = {.colorants = pigment,
                                      .colorant_count = PIGMENTS,
                                      .diluent = &diluent,
                                      .drawdown = {.thickness_mm = DRAWDOWN_OPAQUE},
                                      .weights = &weights,
                                      .size_max = SIZE,
                                      .parts_max = DROPS,
                                      .threads = 1};
    struct formula_solver *solver;
    ck_assert_int_eq(formula_solver_open(&problem, &solver), STATUS_OK);
    return solver;
}

START_TEST(what_other_programs_were_given_is_solved_as_by_enumeration)
{
    struct drops recipe = {.count = 0};
    for (size_t t = 0; t < TARGETS; t++)
        best[t] = HUGE_VAL;
    enumerate(&recipe, DROPS);
    struct formula_solver *solver = open_solver();
    for (size_t t = 0; t < TARGETS; t++) {
        struct formula found[FORMULA_SIZE_MAX];
        struct formula_certificate certificate;
        ck_assert_int_eq(formula_search(solver, &target[t].lab, found, &certificate),
                         STATUS_OK);
        ck_assert_double_eq_tol(found[SIZE - 1].ciede2000, best[t], 1e-9);
        ck_assert_double_eq(certificate.bound, found[SIZE - 1].ciede2000);
        ck_assert_uint_lt(certificate.examined, certificate.recipes);
        if (target[t].reachable) /* the digits of the Lab that is given */
            ck_assert_double_le(found[SIZE - 1].ciede2000, 1e-5);
    }
    formula_solver_close(solver);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("formula_peers");
    TCase *tests = tcase_create("formula_peers");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, setup, NULL);
    if (runner_data("../peers/catalogue.json"))
        tcase_add_test(tests, what_other_programs_were_given_is_solved_as_by_enumeration);
    else
        runner_skip("what_other_programs_were_given_is_solved_as_by_enumeration",
                    "no catalogue of the peers");
    suite_add_tcase(suite, tests);
    return suite;
}
