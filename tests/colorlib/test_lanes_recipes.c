/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_recipes.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "colorlib/formula_cells.h"
#include "colorlib/formula_map.h"
#include "tests/colorlib/random_colorants.h"
#include "tests/runner.h"

enum { PROBLEMS = 400, LIQUIDS = 5 };

/* -- the cube root ---------------------------------------------------------------------
 */

/* A scene of one band whose liquid reflects all, so that Y is the weight. */
static float lightness_of(enum lanes_isa isa, float ratio)
{
    static const struct lanes_liquid white = {.S = {1}};
    struct lanes_liquid liquid = white;
    const struct lanes_liquid *const liquids[] = {&liquid};
    struct lanes_scene scene = {.drawdown = {.thickness_mm = DRAWDOWN_OPAQUE}, .gain = 1};
    for (size_t i = 0; i < LANES_BANDS; i++)
        liquid.S[i] = 1;
    scene.y[0] = ratio;
    uint8_t parts[LANES_RECIPES];
    const uint8_t *const part[] = {parts};
    memset(parts, 1, sizeof parts);
    struct lanes_recipes out;
    lanes_recipes(isa, &scene, liquids, 1, part, &out);
    return out.L[0];
}

/* 116 f - 16 adds a rounding of each step to the root's error. */
START_TEST(lightness_keeps_to_its_error)
{
    const double steps = 116 * 2.5e-7;
    for (double ratio = 1e-5; ratio <= 1.1; ratio *= 1.0001) {
        double y = (float)ratio,
               f = y > pow(24.0 / 116, 3) ? cbrt(y) : 841.0 / 108 * y + 16.0 / 116;
        float L = lightness_of(lanes_isa_best(), (float)ratio);
        ck_assert_double_eq_tol((double)L, 116 * f - 16,
                                116 * f * LANES_ROOT_ERROR + steps);
    }
}
END_TEST

/* -- recipes ---------------------------------------------------------------------------
 */

struct instance {
    struct formula_problem problem;
    struct colorant colorant[LIQUIDS];
    struct weights weights;
    struct formula_solver *solver;
    struct formula_palette palette;
};

static void open_instance(uint64_t *state, struct instance *out)
{
    static const char *const light[] = {"D65", "A", "LED-B3"};
    struct illuminant illuminant;
    *out = (struct instance){.solver = NULL};
    ck_assert_int_eq(illuminant_find(light[random_index(state, 3)], &illuminant),
                     STATUS_OK);
    ck_assert_int_eq(weights_make(&bands_grid, &illuminant,
                                  random_index(state, 2) ? OBSERVER_CIE_1931_2DEG
                                                         : OBSERVER_CIE_1964_10DEG,
                                  &out->weights),
                     STATUS_OK);
    for (size_t i = 0; i < LIQUIDS; i++)
        out->colorant[i] = random_colorant(state);
    out->problem = (struct formula_problem){.colorants = out->colorant,
                                            .colorant_count = LIQUIDS,
                                            .drawdown = random_drawdown(state),
                                            .view = random_view(state),
                                            .weights = &out->weights,
                                            .size_max = FORMULA_SIZE_MAX,
                                            .parts_max = 4,
                                            .threads = 1};
    ck_assert_int_eq(formula_solver_open(&out->problem, &out->solver), STATUS_OK);
    ck_assert_int_eq(formula_palette_make(out->solver, &out->palette), STATUS_OK);
}

/* Recipes of the first liquids, and what lanes make of them. */
struct batch {
    size_t count; /* of liquids */
    uint8_t parts[FORMULA_SIZE_MAX][LANES_RECIPES];
    struct lanes_recipes look;
};

static void look(const struct instance *instance, enum lanes_isa isa, struct batch *batch)
{
    const struct lanes_liquid *liquid[FORMULA_SIZE_MAX];
    const uint8_t *part[FORMULA_SIZE_MAX];
    for (size_t c = 0; c < batch->count; c++) {
        liquid[c] = &instance->palette.liquid[c];
        part[c] = batch->parts[c];
    }
    lanes_recipes(isa, &instance->palette.scene, liquid, batch->count, part,
                  &batch->look);
}

static struct batch random_batch(uint64_t *state, const struct instance *instance)
{
    struct batch batch = {.count = 1 + random_index(state, FORMULA_SIZE_MAX)};
    for (size_t c = 0; c < batch.count; c++)
        for (size_t i = 0; i < LANES_RECIPES; i++)
            batch.parts[c][i] = (uint8_t)random_scale(state, 1, FORMULA_PARTS_MAX + 0.5);
    look(instance, lanes_isa_best(), &batch);
    return batch;
}

static cmsCIELab exact(const struct instance *instance, const struct batch *batch,
                       size_t lane)
{
    const cmsCIELab any = {50, 0, 0};
    struct formula_part part[FORMULA_SIZE_MAX];
    struct formula formula;
    for (size_t c = 0; c < batch->count; c++)
        part[c] = (struct formula_part){c, batch->parts[c][lane]};
    ck_assert_int_eq(
        formula_predict(instance->solver, &any, part, batch->count, 0, &formula),
        STATUS_OK);
    return formula.lab;
}

START_TEST(recipes_keep_to_their_errors)
{
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        uint64_t state = random_seed(number);
        struct instance instance;
        open_instance(&state, &instance);
        struct batch batch = random_batch(&state, &instance);
        for (size_t i = 0; i < LANES_RECIPES; i++) {
            cmsCIELab lab = exact(&instance, &batch, i);
            double da = (double)batch.look.a[i] - lab.a;
            double db = (double)batch.look.b[i] - lab.b;
            ck_assert_double_eq_tol((double)batch.look.L[i], lab.L,
                                    LANES_RECIPES_ERROR_LIGHTNESS);
            ck_assert_double_le(hypot(da, db), LANES_RECIPES_ERROR_PLANE);
        }
        formula_solver_close(instance.solver);
    }
}
END_TEST

/* As formula_cells.h says; none of these colors is as far out as the last cells. */
START_TEST(a_recipe_lies_in_its_cell)
{
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        uint64_t state = random_seed(number);
        struct instance instance;
        open_instance(&state, &instance);
        struct batch batch = random_batch(&state, &instance);
        for (size_t i = 0; i < LANES_RECIPES; i++) {
            double l = floor(((double)batch.look.L[i] + 2) * 2);
            double a = floor((double)batch.look.a[i] + 128);
            double b = floor((double)batch.look.b[i] + 128);
            ck_assert_int_eq(batch.look.cell[i],
                             formula_cell((int32_t)l, (int32_t)a, (int32_t)b));
        }
        formula_solver_close(instance.solver);
    }
}
END_TEST

START_TEST(every_instruction_set_gives_the_same_bits)
{
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        uint64_t state = random_seed(number);
        struct instance instance;
        open_instance(&state, &instance);
        struct batch batch = random_batch(&state, &instance), other = batch;
        for (enum lanes_isa isa = 0; isa < LANES_ISA_COUNT; isa++) {
            if (!lanes_isa_runs(isa))
                continue;
            memset(&other.look, 0, sizeof other.look);
            look(&instance, isa, &other);
            ck_assert_mem_eq(&other.look, &batch.look, sizeof batch.look);
        }
        formula_solver_close(instance.solver);
    }
}
END_TEST

/* -- what is not taken ------------------------------------------------------------------
 */

START_TEST(coefficients_beyond_floats_are_refused)
{
    uint64_t state = random_seed(1);
    struct instance instance;
    struct formula_palette palette;
    open_instance(&state, &instance);
    formula_solver_close(instance.solver);
    instance.colorant[0].K.value[3] = 1e-30;
    ck_assert_int_eq(formula_solver_open(&instance.problem, &instance.solver), STATUS_OK);
    ck_assert_int_eq(formula_palette_make(instance.solver, &palette), STATUS_REJECTED);
    formula_solver_close(instance.solver);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("lanes_recipes");
    TCase *tests = tcase_create("lanes_recipes");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, lightness_keeps_to_its_error);
    tcase_add_test(tests, recipes_keep_to_their_errors);
    tcase_add_test(tests, a_recipe_lies_in_its_cell);
    tcase_add_test(tests, every_instruction_set_gives_the_same_bits);
    tcase_add_test(tests, coefficients_beyond_floats_are_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
