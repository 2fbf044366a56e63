/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_nearest.h"

#include <check.h>

#include "tests/random.h"
#include "tests/runner.h"

enum { GROUPS = 40, SAMPLES = GROUPS * LANES, CASES = 200 };

struct colors {
    float L[SAMPLES], a[SAMPLES], b[SAMPLES];
};

static void make_colors(uint64_t *state, struct colors *out)
{
    for (size_t i = 0; i < SAMPLES; i++) {
        out->L[i] = (float)random_between(state, 0, 100);
        out->a[i] = (float)random_between(state, -80, 80);
        out->b[i] = (float)random_between(state, -80, 80);
    }
}

static struct lanes_metric make_metric(uint64_t *state)
{
    return (struct lanes_metric){.L = (float)random_between(state, 0, 100),
                                 .a = (float)random_between(state, -80, 80),
                                 .b = (float)random_between(state, -80, 80),
                                 .lightness = 0.8f,
                                 .along = {0.3f, 0.1f},
                                 .across = {-0.2f, 0.6f}};
}

static double distance(const struct colors *colors, const struct lanes_metric *metric,
                       size_t i)
{
    double da = (double)colors->a[i] - (double)metric->a;
    double db = (double)colors->b[i] - (double)metric->b;
    double u = (double)metric->lightness * ((double)colors->L[i] - (double)metric->L);
    double v = (double)metric->along[0] * da + (double)metric->along[1] * db;
    double w = (double)metric->across[0] * da + (double)metric->across[1] * db;
    return u * u + v * v + w * w;
}

/* Of numbers as large as these floats may mix up what differs by less than 1e-5. */
START_TEST(each_lane_has_its_nearest_sample)
{
    uint64_t state = random_seed((uint64_t)_i);
    struct colors colors;
    make_colors(&state, &colors);
    struct lanes_metric metric = make_metric(&state);
    struct lanes_samples samples = {colors.L, colors.a, colors.b, SAMPLES};
    int32_t nearest[LANES];
    lanes_nearest(lanes_isa_best(), &samples, &metric, nearest);
    for (size_t lane = 0; lane < LANES; lane++) {
        size_t found = (size_t)nearest[lane];
        ck_assert_uint_eq(found % LANES, lane);
        for (size_t i = lane; i < SAMPLES; i += LANES)
            ck_assert_double_le(distance(&colors, &metric, found) * (1 - 1e-5),
                                distance(&colors, &metric, i));
    }
}
END_TEST

START_TEST(every_instruction_set_finds_the_same)
{
    uint64_t state = random_seed((uint64_t)_i);
    struct colors colors;
    make_colors(&state, &colors);
    struct lanes_metric metric = make_metric(&state);
    struct lanes_samples samples = {colors.L, colors.a, colors.b, SAMPLES};
    int32_t nearest[LANES], other[LANES];
    lanes_nearest(lanes_isa_best(), &samples, &metric, nearest);
    for (enum lanes_isa isa = 0; isa < LANES_ISA_COUNT; isa++) {
        if (!lanes_isa_runs(isa))
            continue;
        lanes_nearest(isa, &samples, &metric, other);
        ck_assert_mem_eq(other, nearest, sizeof nearest);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("lanes_nearest");
    TCase *tests = tcase_create("lanes_nearest");
    tcase_add_loop_test(tests, each_lane_has_its_nearest_sample, 0, CASES);
    tcase_add_loop_test(tests, every_instruction_set_finds_the_same, 0, CASES);
    suite_add_tcase(suite, tests);
    return suite;
}
