/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/formula_reach.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "colorlib/difference.h"
#include "colorlib/lanes_recipes.h"
#include "tests/colorlib/random_colors.h"
#include "tests/runner.h"

#if defined(__SANITIZE_ADDRESS__)
enum { TARGETS = 60 }; /* sanitizers slow it down by ten times */
#else
enum { TARGETS = 1500 };
#endif
enum { COLORS = 60 };

/* Near or far, and of the opposite hue, where the formula jumps. */
static cmsCIELab random_color(uint64_t *state, const cmsCIELab *target)
{
    double size = random_scale(state, 1e-3, 60);
    cmsCIELab color = random_color_near(state, target, size);
    if (random_index(state, 6) == 0) {
        double share = random_scale(state, 1e-4, 1);
        color.a = -share * target->a;
        color.b = -share * target->b;
    }
    if (random_index(state, 6) == 0)
        color = color_of_hue(color.L, random_scale(state, 1e-3, 2), size * 180);
    return color;
}

/* What may stand for a color in single precision. */
static cmsCIELab stand_in(uint64_t *state, const cmsCIELab *color)
{
    double turn = random_between(state, 0, 2 * acos(-1));
    return (cmsCIELab){color->L +
                           LANES_RECIPES_ERROR_LIGHTNESS * random_between(state, -1, 1),
                       color->a + LANES_RECIPES_ERROR_PLANE * cos(turn),
                       color->b + LANES_RECIPES_ERROR_PLANE * sin(turn)};
}

static int32_t step_of(double position, int32_t count)
{
    return (int32_t)fmin(fmax(floor(position), 0), count - 1);
}

static int32_t cell_of(const cmsCIELab *color)
{
    return formula_cell(step_of((color->L + 2) * 2, FORMULA_CELLS_L),
                        step_of(color->a + 128, FORMULA_CELLS_AB),
                        step_of(color->b + 128, FORMULA_CELLS_AB));
}

static bool lists(const struct formula_block_list *list, int32_t cell)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->blocks[i].block == (uint32_t)formula_cell_block(cell))
            return list->blocks[i].cells & formula_cell_bit(cell);
    return false;
}

static bool holds(const struct formula_spheroid *spheroid, const cmsCIELab *target,
                  const cmsCIELab *color)
{
    float dL = (float)color->L - (float)target->L;
    float da = (float)color->a - (float)target->a;
    float db = (float)color->b - (float)target->b;
    return dL * dL * spheroid->by_lightness + (da * da + db * db) * spheroid->by_plane <=
           1;
}

/* A ball with a color on its surface, and what stands for that. */
struct instance {
    struct formula_ball ball;
    cmsCIELab stand_in;
    double ciede2000;
};

static struct instance make_instance(uint64_t *state, const cmsCIELab *target)
{
    struct instance out;
    cmsCIELab color = random_color(state, target);
    formula_ball_make(target, &out.ball);
    out.stand_in = stand_in(state, &color);
    out.ciede2000 = difference_ciede2000(*target, color);
    return out;
}

START_TEST(a_spheroid_holds_what_stands_for_the_colors_of_a_ball)
{
    for (uint64_t i = 0; i < TARGETS; i++) {
        uint64_t state = random_seed(i);
        cmsCIELab target = random_target(&state);
        for (size_t k = 0; k < COLORS; k++) {
            struct instance it = make_instance(&state, &target);
            struct formula_spheroid spheroid =
                formula_spheroid_of(&it.ball, it.ciede2000);
            ck_assert(holds(&spheroid, &target, &it.stand_in));
        }
    }
}
END_TEST

/* Of balls of up to 20 units; larger ones take long to list. */
START_TEST(cells_hold_what_stands_for_the_colors_of_a_ball)
{
    const double largest = 20;
    size_t looked_at = 0;
    for (uint64_t i = 0; i < TARGETS; i++) {
        uint64_t state = random_seed(i);
        cmsCIELab target = random_target(&state);
        struct instance it = make_instance(&state, &target);
        struct formula_block_list list = {.count = 0};
        if (it.ciede2000 > largest)
            continue;
        ck_assert_int_eq(formula_reach(&it.ball, it.ciede2000, NULL, &list), STATUS_OK);
        ck_assert_msg(lists(&list, cell_of(&it.stand_in)), "target %llu",
                      (unsigned long long)i);
        free(list.blocks);
        looked_at++;
    }
    ck_assert_uint_gt(looked_at, TARGETS / 2);
}
END_TEST

START_TEST(the_margin_takes_in_what_stands_for_the_colors_of_a_ball)
{
    for (uint64_t i = 0; i < TARGETS; i++) {
        uint64_t state = random_seed(i);
        cmsCIELab target = random_target(&state);
        for (size_t k = 0; k < COLORS; k++) {
            struct instance it = make_instance(&state, &target);
            double difference = difference_ciede2000(target, it.stand_in);
            ck_assert(formula_reach_may_hold(&it.ball, it.ciede2000, it.stand_in.a,
                                             it.stand_in.b, difference));
        }
    }
}
END_TEST

/* What the margin is for: without it as many would have to be computed. */
START_TEST(the_margin_leaves_out_what_is_far)
{
    struct formula_ball ball;
    formula_ball_make(&(cmsCIELab){50, 30, 20}, &ball);
    ck_assert(!formula_reach_may_hold(&ball, 0.1, 30.2, 20, 0.2));
    ck_assert(!formula_reach_may_hold(&ball, 5, 20, 15, 5.5));
}
END_TEST

START_TEST(cells_without_anything_are_left_out)
{
    struct formula_occupancy *occupancy = calloc(1, sizeof *occupancy);
    ck_assert_ptr_nonnull(occupancy);
    const cmsCIELab target = {50.3, 10.5, -20.5};
    int32_t cell = cell_of(&target);
    struct formula_ball ball;
    struct formula_block_list list = {.count = 0};
    formula_ball_make(&target, &ball);
    ck_assert_int_eq(formula_reach(&ball, 3, occupancy, &list), STATUS_OK);
    ck_assert_uint_eq(list.count, 0);
    occupancy->block[formula_cell_block(cell)] = formula_cell_bit(cell);
    occupancy
        ->column[formula_cell_block(cell) % (FORMULA_BLOCKS_AB * FORMULA_BLOCKS_AB)] =
        (uint16_t)(1u << (cell & 15));
    ck_assert_int_eq(formula_reach(&ball, 3, occupancy, &list), STATUS_OK);
    ck_assert_uint_eq(list.count, 1);
    ck_assert_uint_eq(list.blocks[0].cells, formula_cell_bit(cell));
    free(list.blocks);
    free(occupancy);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("formula_reach");
    TCase *tests = tcase_create("formula_reach");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, a_spheroid_holds_what_stands_for_the_colors_of_a_ball);
    tcase_add_test(tests, cells_hold_what_stands_for_the_colors_of_a_ball);
    tcase_add_test(tests, the_margin_takes_in_what_stands_for_the_colors_of_a_ball);
    tcase_add_test(tests, the_margin_leaves_out_what_is_far);
    tcase_add_test(tests, cells_without_anything_are_left_out);
    suite_add_tcase(suite, tests);
    return suite;
}
