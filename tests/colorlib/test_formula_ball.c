/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/formula_ball.h"

#include <math.h>
#include <stdbool.h>

#include "colorlib/difference.h"
#include "tests/colorlib/random_colors.h"
#include "tests/runner.h"

#if defined(__SANITIZE_ADDRESS__)
enum { TARGETS = 1000 }; /* sanitizers slow it down by ten times */
#else
enum { TARGETS = 20000 };
#endif
enum { COLORS = 50, COVERED = TARGETS / 20 };

/* From nearly the target to the other end of color space, more often near than far; in
 * all directions and along lightness, chroma and hue alone. */
static cmsCIELab random_color(uint64_t *state, const cmsCIELab *target)
{
    double size = random_scale(state, 1e-3, 200);
    double chroma = hypot(target->a, target->b), hue = atan2(target->b, target->a);
    cmsCIELab color = *target;
    size_t how = random_index(state, 6);
    if (how == 0 || how > 2)
        color.L += size * random_between(state, -1, 1);
    if (how == 1) {
        chroma += size * random_between(state, -1, 1);
        color = color_of_hue(color.L, fmax(chroma, 0), hue * 180 / acos(-1));
    } else if (how == 2) {
        hue += size / fmax(chroma, 1) * random_between(state, -1, 1);
        color = color_of_hue(color.L, chroma, hue * 180 / acos(-1));
    } else if (how > 2) {
        color.a += size * random_between(state, -1, 1);
        color.b += size * random_between(state, -1, 1);
    }
    color.L = fmin(fmax(color.L, 0), 100);
    return color;
}

static const cmsCIEXYZ equal_white = {1, 1, 1};

/* y of the header. */
static void coordinates(const struct formula_ball *ball, const cmsCIELab *color,
                        double y[3])
{
    cmsCIEXYZ xyz = colorimetry_lab_xyz(color, &equal_white);
    for (size_t i = 0; i < 3; i++)
        y[i] = ball->axis[i][0] * xyz.X + ball->axis[i][1] * xyz.Y +
               ball->axis[i][2] * xyz.Z - ball->origin[i];
}

static double distance(const struct formula_ball *ball, const cmsCIELab *color)
{
    double y[3];
    coordinates(ball, color, y);
    return sqrt(y[0] * y[0] + y[1] * y[1] + y[2] * y[2]);
}

/* The difference of numbers of the size of the origin, in doubles. */
static double rounding_of(const struct formula_ball *ball)
{
    double size = 0;
    for (size_t i = 0; i < 3; i++)
        size += fabs(ball->origin[i]) + fabs(ball->axis[i][0]) + fabs(ball->axis[i][1]) +
                fabs(ball->axis[i][2]);
    return 1e-14 * size;
}

/* Whether a reflectance of 0 to 1 may have the color. */
static bool may_be_of_a_mixture(const cmsCIELab *color)
{
    cmsCIEXYZ xyz = colorimetry_lab_xyz(color, &equal_white);
    return fmin(xyz.X, fmin(xyz.Y, xyz.Z)) >= 0 && fmax(xyz.X, fmax(xyz.Y, xyz.Z)) <= 1;
}

START_TEST(a_million_colors_are_no_further_than_the_radius)
{
    uint64_t state = random_seed(1);
    size_t seen = 0;
    for (size_t t = 0; t < TARGETS; t++) {
        cmsCIELab target = random_target(&state);
        struct formula_ball ball;
        formula_ball_make(&target, &ball);
        for (size_t c = 0; c < COLORS; c++) {
            cmsCIELab color = random_color(&state, &target);
            double difference = difference_ciede2000(target, color);
            double y = distance(&ball, &color);
            seen += may_be_of_a_mixture(&color);
            if (y > formula_ball_radius(&ball, difference) + rounding_of(&ball))
                ck_abort_msg("%.17g %.17g %.17g: %.17g %.17g %.17g is %g away in %g, not "
                             "%g",
                             target.L, target.a, target.b, color.L, color.a, color.b, y,
                             difference, formula_ball_radius(&ball, difference));
        }
    }
    ck_assert_uint_gt(seen, (size_t)TARGETS * COLORS / 3);
}
END_TEST

/* By how much a color is outside of a hull: beyond its faces or its radius. */
static double outside(const struct formula_ball *ball, const struct formula_hull *hull,
                      const cmsCIELab *color)
{
    double y[3], most = distance(ball, color) - hull->radius;
    coordinates(ball, color, y);
    for (size_t face = 0; face < FORMULA_FACES; face++) {
        const double *n = hull->direction[face];
        ck_assert_double_eq_tol(n[0] * n[0] + n[1] * n[1] + n[2] * n[2], 1, 1e-12);
        most = fmax(most, n[0] * y[0] + n[1] * y[1] + n[2] * y[2] - hull->support[face]);
    }
    return most;
}

START_TEST(no_color_is_outside_of_the_hull)
{
    uint64_t state = random_seed(2);
    for (size_t t = 0; t < COVERED; t++) {
        cmsCIELab target = random_target(&state);
        struct formula_ball ball;
        struct formula_hull hull;
        formula_ball_make(&target, &ball);
        double within = random_scale(&state, 0.5, 30);
        formula_ball_hull(&ball, within, &hull);
        for (size_t c = 0; c < (size_t)4 * COLORS; c++) {
            cmsCIELab color = random_color(&state, &target);
            double difference = difference_ciede2000(target, color);
            if (difference <= within &&
                outside(&ball, &hull, &color) > rounding_of(&ball))
                ck_abort_msg("%.17g %.17g %.17g: %.17g %.17g %.17g is outside by %g, "
                             "within %g",
                             target.L, target.a, target.b, color.L, color.a, color.b,
                             outside(&ball, &hull, &color), within);
        }
    }
}
END_TEST

/* A color at the edge of a ball is the one that a bound may be wrong by: the furthest one
 * at a CIEDE2000, along a direction, found from color to color. */
static double furthest_along(const struct formula_ball *ball, double within,
                             const double n[3], uint64_t *state)
{
    cmsCIELab best = ball->target;
    double furthest = 0, step = within;
    for (int i = 0; i < 200; i++, step *= 0.98) {
        cmsCIELab next = {best.L + step * random_between(state, -1, 1),
                          best.a + 3 * step * random_between(state, -1, 1),
                          best.b + 3 * step * random_between(state, -1, 1)};
        double y[3];
        next.L = fmin(fmax(next.L, 0), 100);
        coordinates(ball, &next, y);
        double along = n[0] * y[0] + n[1] * y[1] + n[2] * y[2];
        if (along > furthest && may_be_of_a_mixture(&next) &&
            difference_ciede2000(ball->target, next) <= within) {
            furthest = along;
            best = next;
        }
    }
    return furthest;
}

START_TEST(the_furthest_colors_are_within_the_hull_and_the_radius)
{
    uint64_t state = random_seed(3);
    for (size_t t = 0; t < COVERED; t++) {
        cmsCIELab target = random_target(&state);
        struct formula_ball ball;
        struct formula_hull hull;
        formula_ball_make(&target, &ball);
        double within = random_scale(&state, 0.5, 60);
        formula_ball_hull(&ball, within, &hull);
        size_t face = t % FORMULA_FACES;
        double furthest = furthest_along(&ball, within, hull.direction[face], &state) -
                          rounding_of(&ball);
        if (furthest > hull.support[face] || furthest > hull.radius ||
            furthest > formula_ball_radius(&ball, within))
            ck_abort_msg("%.17g %.17g %.17g: %g in %g, not %g, %g, %g", target.L,
                         target.a, target.b, furthest, within, hull.support[face],
                         hull.radius, formula_ball_radius(&ball, within));
    }
}
END_TEST

/* Small balls have no hull. */
START_TEST(the_furthest_colors_of_small_balls_are_within_the_radius)
{
    uint64_t state = random_seed(6);
    for (size_t t = 0; t < COVERED; t++) {
        cmsCIELab target = random_target(&state);
        struct formula_ball ball;
        formula_ball_make(&target, &ball);
        double within = random_scale(&state, 0.001, 5), n[3], square = 0;
        for (size_t i = 0; i < 3; i++) {
            n[i] = random_between(&state, -1, 1);
            square += n[i] * n[i];
        }
        for (size_t i = 0; i < 3; i++)
            n[i] /= sqrt(square);
        double furthest = furthest_along(&ball, within, n, &state) - rounding_of(&ball);
        if (furthest > formula_ball_radius(&ball, within))
            ck_abort_msg("%.17g %.17g %.17g: %g in %g, not %g", target.L, target.a,
                         target.b, furthest, within, formula_ball_radius(&ball, within));
    }
}
END_TEST

START_TEST(what_is_reached_is_no_nearer)
{
    uint64_t state = random_seed(4);
    for (size_t t = 0; t < TARGETS; t++) {
        cmsCIELab target = random_target(&state);
        struct formula_ball ball;
        formula_ball_make(&target, &ball);
        cmsCIELab color = random_color(&state, &target);
        double y = distance(&ball, &color) + rounding_of(&ball);
        ck_assert_double_le(formula_ball_reach(&ball, y - 2 * rounding_of(&ball)),
                            difference_ciede2000(target, color));
        ck_assert_double_le(formula_ball_reach(&ball, y / 2),
                            formula_ball_reach(&ball, y));
    }
    struct formula_ball ball;
    formula_ball_make(&(cmsCIELab){50, 10, 10}, &ball);
    ck_assert_double_eq(formula_ball_reach(&ball, 0), 0);
    ck_assert_double_eq(formula_ball_reach(&ball, -1), 0);
}
END_TEST

/* Colors of prints and paints; the rotation term makes blue ones' balls long. */
START_TEST(small_balls_are_known_to_15_percent)
{
    uint64_t state = random_seed(5);
    for (size_t t = 0; t < COVERED; t++) {
        double hue = random_between(&state, -20, 200);
        cmsCIELab target = color_of_hue(random_between(&state, 30, 90),
                                        random_between(&state, 10, 60), hue);
        struct formula_ball ball;
        formula_ball_make(&target, &ball);
        ck_assert_double_le(formula_ball_radius(&ball, 0.1), 1.15 * 0.1);
        ck_assert_double_ge(formula_ball_radius(&ball, 0.1), 0.1 * (1 - 0.01));
    }
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("formula_ball");
    TCase *tests = tcase_create("formula_ball");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, a_million_colors_are_no_further_than_the_radius);
    tcase_add_test(tests, no_color_is_outside_of_the_hull);
    tcase_add_test(tests, the_furthest_colors_are_within_the_hull_and_the_radius);
    tcase_add_test(tests, the_furthest_colors_of_small_balls_are_within_the_radius);
    tcase_add_test(tests, what_is_reached_is_no_nearer);
    tcase_add_test(tests, small_balls_are_known_to_15_percent);
    suite_add_tcase(suite, tests);
    return suite;
}
