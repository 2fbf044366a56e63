/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planes below CIEDE2000, held against the formula. */
#include "colorlib/lanes_plane.h"

#include <math.h>

#include "colorlib/difference.h"
#include "tests/colorlib/random_colorants.h"
#include "tests/runner.h"

enum { RUNS = 200, SETS = 60, COLORS = 30 };

/* Terms of a few hundred, in double precision. */
static const double rounding = 1e-10;

static double ratio_of(double f)
{
    return f > 24.0 / 116 ? f * f * f : (f - 16.0 / 116) * 108 / 841;
}

static double response_of(double ratio)
{
    return ratio > pow(24.0 / 116, 3) ? cbrt(ratio) : ratio * 841 / 108 + 16.0 / 116;
}

static cmsCIELab lab_of(const double ratio[3])
{
    double f[3];
    for (size_t axis = 0; axis < 3; axis++)
        f[axis] = response_of(ratio[axis]);
    return (cmsCIELab){116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

/* All hues, greys and blue among them, of all chromas. */
static cmsCIELab random_lab(uint64_t *state)
{
    double hue = random_between(state, 0, 2 * acos(-1));
    if (random_index(state, 5) == 0)
        hue = random_between(state, 4.3, 5.3); /* where the rotation is */
    double chroma = random_scale(state, 1e-3, 80);
    return (cmsCIELab){random_between(state, 5, 98), chroma * cos(hue),
                       chroma * sin(hue)};
}

/* Colors around one from the target itself to anywhere, as wide as those of a whole set
 * of pigments or of one batch. */
static void random_set(uint64_t *state, size_t lane, const cmsCIELab *target,
                       struct lanes_colors *out)
{
    double off = random_scale(state, 1e-6, 30), wide = random_scale(state, 1e-7, 0.1);
    cmsCIELab at = {target->L + random_between(state, -off, off),
                    target->a + random_between(state, -off, off),
                    target->b + random_between(state, -off, off)};
    double fy = (at.L + 16) / 116;
    double f[3] = {fy + at.a / 500, fy, fy - at.b / 200};
    for (size_t axis = 0; axis < 3; axis++) {
        out->center[axis][lane] = fmax(ratio_of(f[axis]), 0);
        out->rest[axis][lane] = random_index(state, 2) ? wide * random_share(state) : 0;
    }
    for (size_t k = 0; k < out->count; k++) {
        /* dark and light change all three alike, nearly */
        double all = random_between(state, -wide, wide),
               own = random_scale(state, 0.01, 1);
        for (size_t axis = 0; axis < 3; axis++)
            out->move[k][axis][lane] =
                all * (1 - own) + own * random_between(state, -wide, wide);
    }
}

/* One of the colors: at an end of each move and of the rest, or inside. */
static void random_color(uint64_t *state, size_t lane, const struct lanes_colors *colors,
                         double out[3])
{
    for (size_t axis = 0; axis < 3; axis++) {
        const double shares[] = {-1, 1, random_between(state, -1, 1)};
        out[axis] = colors->center[axis][lane] +
                    shares[random_index(state, 3)] * colors->rest[axis][lane];
    }
    for (size_t k = 0; k < colors->count; k++) {
        const double shares[] = {-1, 1, random_between(state, -1, 1)};
        double share = shares[random_index(state, 3)];
        for (size_t axis = 0; axis < 3; axis++)
            out[axis] += share * colors->move[k][axis][lane];
    }
}

/* Targets of all lanes, and colors near each. */
struct scene {
    cmsCIELab target[LANES];
    struct lanes_targets targets;
    struct lanes_colors colors;
    struct lanes_planes planes;
};

static void make_scene(uint64_t *state, struct scene *out)
{
    out->colors.count = 1 + random_index(state, LANES_MOVES_MAX);
    for (size_t lane = 0; lane < LANES; lane++) {
        out->target[lane] = random_lab(state);
        lanes_target_set(&out->targets, lane, &out->target[lane]);
        random_set(state, lane, &out->target[lane], &out->colors);
    }
}

START_TEST(no_color_differs_less_than_the_plane_says)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct scene scene;
    const struct lanes_planes *planes = &scene.planes;
    for (size_t set = 0; set < SETS; set++) {
        double worst = -HUGE_VAL;
        make_scene(&state, &scene);
        lanes_planes(lanes_isa_best(), &scene.targets, &scene.colors, &scene.planes);
        for (size_t n = 0; n < COLORS; n++)
            for (size_t lane = 0; lane < LANES; lane++) {
                double ratio[3], bound = planes->at_zero[lane];
                random_color(&state, lane, &scene.colors, ratio);
                for (size_t axis = 0; axis < 3; axis++)
                    bound += planes->by_ratio[axis][lane] * ratio[axis];
                double difference =
                    difference_ciede2000(scene.target[lane], lab_of(ratio));
                worst = fmax(worst, bound - difference);
            }
        ck_assert_double_le(worst, rounding);
    }
}
END_TEST

START_TEST(the_lines_enclose_the_cube_root)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct scene scene;
    const struct lanes_planes *planes = &scene.planes;
    make_scene(&state, &scene);
    lanes_planes(lanes_isa_best(), &scene.targets, &scene.colors, &scene.planes);
    for (size_t n = 0; n < COLORS; n++) {
        double ratio[3];
        random_color(&state, 0, &scene.colors, ratio);
        for (size_t axis = 0; axis < 3; axis++) {
            double f = response_of(ratio[axis]);
            ck_assert_double_le(planes->below_at_zero[axis] +
                                    planes->below_by_ratio[axis] * ratio[axis],
                                f + rounding);
            ck_assert_double_ge(planes->above_at_zero[axis] +
                                    planes->above_by_ratio[axis] * ratio[axis],
                                f - rounding);
        }
    }
}
END_TEST

/* A single color near the target in hue: nothing is lost but for the rotation, which
 * reaches 80 degrees around blue, and what the hue's weight is not known to be. */
START_TEST(a_single_color_is_bounded_closely)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct scene scene;
    make_scene(&state, &scene);
    for (size_t lane = 0; lane < LANES; lane++) {
        double hue = random_between(&state, 0, 3), chroma = random_between(&state, 8, 40);
        cmsCIELab target = {random_between(&state, 20, 90), chroma * cos(hue),
                            chroma * sin(hue)};
        cmsCIELab color = {target.L + random_between(&state, -4, 4),
                           target.a + random_between(&state, -1, 1),
                           target.b + random_between(&state, -1, 1)};
        double fy = (color.L + 16) / 116;
        double f[3] = {fy + color.a / 500, fy, fy - color.b / 200};
        scene.target[lane] = target;
        lanes_target_set(&scene.targets, lane, &target);
        for (size_t axis = 0; axis < 3; axis++) {
            scene.colors.center[axis][lane] = ratio_of(f[axis]);
            scene.colors.rest[axis][lane] = 0;
            for (size_t k = 0; k < scene.colors.count; k++)
                scene.colors.move[k][axis][lane] = 0;
        }
    }
    lanes_planes(lanes_isa_best(), &scene.targets, &scene.colors, &scene.planes);
    for (size_t lane = 0; lane < LANES; lane++) {
        double ratio[3], bound = scene.planes.at_zero[lane];
        for (size_t axis = 0; axis < 3; axis++) {
            ratio[axis] = scene.colors.center[axis][lane];
            bound += scene.planes.by_ratio[axis][lane] * ratio[axis];
        }
        double difference = difference_ciede2000(scene.target[lane], lab_of(ratio));
        ck_assert_double_ge(bound, 0.98 * difference);
    }
}
END_TEST

START_TEST(every_instruction_set_gives_the_same_planes)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct scene scene;
    make_scene(&state, &scene);
    lanes_planes(LANES_BASELINE, &scene.targets, &scene.colors, &scene.planes);
    for (enum lanes_isa isa = LANES_AVX2; isa < LANES_ISA_COUNT; isa++) {
        struct lanes_planes other;
        if (!lanes_isa_runs(isa))
            continue;
        lanes_planes(isa, &scene.targets, &scene.colors, &other);
        ck_assert_mem_eq(&other, &scene.planes, sizeof other);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("lanes_plane");
    TCase *tests = tcase_create("lanes_plane");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, no_color_differs_less_than_the_plane_says, 0, RUNS);
    tcase_add_loop_test(tests, the_lines_enclose_the_cube_root, 0, RUNS);
    tcase_add_loop_test(tests, a_single_color_is_bounded_closely, 0, RUNS);
    tcase_add_loop_test(tests, every_instruction_set_gives_the_same_planes, 0, RUNS);
    suite_add_tcase(suite, tests);
    return suite;
}
