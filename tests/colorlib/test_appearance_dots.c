/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planes around the reflectance of dots in skin, held against mixtures between them. */
#include "colorlib/appearance_dots.h"

#include <math.h>
#include <stdbool.h>

#include "tests/colorlib/random_bottles.h"
#include "tests/runner.h"

#if defined(__SANITIZE_ADDRESS__)
enum { PROBLEMS = 20 }; /* sanitizers slow it down by ten times */
#else
enum { PROBLEMS = 200 };
#endif
enum { REGIONS = 200, MEMBERS = 20 };

/* Of the planes' arithmetic: reflectances are below 1. */
static const double rounding = 1e-12;

/* Liquids of one moment and mixtures of them. */
struct scene {
    struct random_problem r;
    struct moment moment;
    struct appearance_dots dots;
    struct liquid liquid[MIXTURE_MAX];
    struct appearance_liquid seen[MIXTURE_MAX];
    struct appearance_mixtures mixtures;
};

static void make_scene(uint64_t *state, struct scene *out)
{
    recipe_solver_close(random_solver(state, &out->r));
    treatment_moment(&out->r.problem.treatment, random_scale(state, 0.01, 5),
                     &out->moment);
    appearance_dots_make(&out->moment, &out->dots);
    for (size_t k = 0; k < MIXTURE_MAX; k++) {
        const struct pigment bottle = random_bottle(state);
        const struct mixture alone = {1, {&bottle}, {1}};
        mixture_transport(&alone, NULL, &out->liquid[k].absorption,
                          &out->liquid[k].scattering);
        appearance_liquid_make(&out->liquid[k], &out->seen[k]);
        out->mixtures.liquid[k] = &out->seen[k];
    }
}

/* From a hair's breadth to all that can be poured, of all liquids or of each. */
static void choose_region(uint64_t *state, struct appearance_mixtures *out)
{
    double wide = random_scale(state, 1e-6, 100);
    bool alike = random_index(state, 2) == 0;
    out->count = 1 + random_index(state, MIXTURE_MAX);
    for (size_t k = 0; k < out->count; k++) {
        out->low[k] = random_scale(state, 1e-4, 0.3);
        wide = alike ? wide : random_scale(state, 1e-6, 100);
        out->high[k] = out->low[k] * (1 + wide * random_share(state));
    }
}

/* At a corner, on an edge or inside. */
static void reflect_member(uint64_t *state, const struct scene *scene,
                           struct bands *absorption, struct bands *scattering,
                           struct bands *reflectance)
{
    const struct appearance_mixtures *mixtures = &scene->mixtures;
    *absorption = *scattering = (struct bands){{0}};
    for (size_t k = 0; k < mixtures->count; k++) {
        const double shares[] = {0, 1, random_share(state)};
        double share = shares[random_index(state, 3)];
        double amount = mixtures->low[k] + share * (mixtures->high[k] - mixtures->low[k]);
        for (size_t i = 0; i < BAND_COUNT; i++) {
            absorption->value[i] += amount * scene->liquid[k].absorption.value[i];
            scattering->value[i] += amount * scene->liquid[k].scattering.value[i];
        }
    }
    moment_reflectance(&scene->moment, absorption, scattering, reflectance);
}

static double plane_at(const struct appearance_plane *plane, size_t i, double absorption,
                       double scattering)
{
    return plane->at_zero[i] + plane->by_absorption[i] * absorption +
           plane->by_scattering[i] * scattering;
}

/* How far a mixture is out of what is said of it, in roundings. */
static double furthest_out(const struct appearance_planes *planes,
                           const struct bands *absorption, const struct bands *scattering,
                           const struct bands *reflectance)
{
    double most = 0;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double A = absorption->value[i], S = scattering->value[i];
        double below = plane_at(&planes->below, i, A, S);
        double above = plane_at(&planes->above, i, A, S);
        double R = reflectance->value[i];
        /* what the planes' own terms lose to each other */
        double error = rounding * (1 + fabs(planes->below.by_absorption[i] * A) +
                                   fabs(planes->above.by_scattering[i] * S));
        most = fmax(most, (below - R) / error);
        most = fmax(most, (R - above) / error);
        most =
            fmax(most, (fabs(R - 0.5 * (below + above)) - planes->uncertain[i]) / error);
    }
    return most;
}

START_TEST(mixtures_lie_between_the_planes)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct scene scene;
    make_scene(&state, &scene);
    for (size_t region = 0; region < REGIONS; region++) {
        struct appearance_planes planes;
        choose_region(&state, &scene.mixtures);
        appearance_dots_planes(lanes_isa_best(), &scene.dots, &scene.mixtures, &planes);
        for (size_t member = 0; member < MEMBERS; member++) {
            struct bands absorption, scattering, reflectance;
            reflect_member(&state, &scene, &absorption, &scattering, &reflectance);
            ck_assert_double_le(
                furthest_out(&planes, &absorption, &scattering, &reflectance), 1);
        }
    }
}
END_TEST

START_TEST(narrow_regions_leave_nothing_uncertain)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct scene scene;
    make_scene(&state, &scene);
    choose_region(&state, &scene.mixtures);
    for (size_t k = 0; k < scene.mixtures.count; k++)
        scene.mixtures.high[k] = scene.mixtures.low[k] * (1 + 1e-6);
    struct appearance_planes planes;
    appearance_dots_planes(lanes_isa_best(), &scene.dots, &scene.mixtures, &planes);
    for (size_t i = 0; i < BAND_COUNT; i++) /* but what is said of clear layers */
        ck_assert_double_le(planes.uncertain[i], 1e-9 + scene.dots.clear[i]);
}
END_TEST

START_TEST(every_instruction_set_gives_the_same_planes)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct scene scene;
    make_scene(&state, &scene);
    choose_region(&state, &scene.mixtures);
    struct appearance_planes first, other;
    appearance_dots_planes(LANES_BASELINE, &scene.dots, &scene.mixtures, &first);
    for (enum lanes_isa isa = LANES_AVX2; isa < LANES_ISA_COUNT; isa++) {
        if (!lanes_isa_runs(isa))
            continue;
        appearance_dots_planes(isa, &scene.dots, &scene.mixtures, &other);
        ck_assert_mem_eq(&other, &first, sizeof first);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("appearance_dots");
    TCase *tests = tcase_create("appearance_dots");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, mixtures_lie_between_the_planes, 0, PROBLEMS);
    tcase_add_loop_test(tests, narrow_regions_leave_nothing_uncertain, 0, PROBLEMS);
    tcase_add_loop_test(tests, every_instruction_set_gives_the_same_planes, 0, PROBLEMS);
    suite_add_tcase(suite, tests);
    return suite;
}
