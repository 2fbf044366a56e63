/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mixtures in single precision against drawdown.h, and bounds on regions of them against
 * mixtures within. */
#include "colorlib/appearance_film.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "colorlib/formula_ball.h"
#include "colorlib/lanes_screen.h"
#include "tests/colorlib/instruction_sets.h"
#include "tests/colorlib/random_colorants.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

#if defined(__SANITIZE_ADDRESS__)
enum { REGIONS = 300 }; /* sanitizers slow it down by ten times */
#else
enum { REGIONS = 3000 };
#endif
enum { MIXTURES = 40, COMPONENTS_MAX = APPEARANCE_CORNERS_MAX };

/* What is mixed and how it is looked at, in both precisions. */
struct scene {
    struct drawdown drawdown;
    struct drawdown_view view;
    const struct film_appearance *appearance;
    struct appearance_film film;
    size_t components;
    struct colorant colorant[COMPONENTS_MAX];
    struct appearance_colorant liquid[COMPONENTS_MAX];
    const struct appearance_colorant *liquids[COMPONENTS_MAX];
    double weight[3][BAND_COUNT];
    double origin[3];
    struct appearance_axes axes;
};

/* A part of the mixtures of a scene: fractions of the components at its corners. */
struct part {
    double fraction[COMPONENTS_MAX][COMPONENTS_MAX];
    struct appearance_corner corner[COMPONENTS_MAX];
    struct appearance_region region;
};

static size_t band_of(size_t lane)
{
    return lane < BAND_COUNT ? lane : BAND_COUNT - 1;
}

/* What does not scatter has no ratio; so little scattering changes nothing. */
static void load_liquids(struct scene *scene)
{
    for (size_t c = 0; c < scene->components; c++) {
        for (size_t i = 0; i < APPEARANCE_LANES; i++) {
            float K = (float)scene->colorant[c].K.value[band_of(i)];
            float S = (float)scene->colorant[c].S.value[band_of(i)];
            scene->liquid[c].K[i] = K;
            scene->liquid[c].S[i] = fmaxf(fmaxf(S, 1e-7f * K), 1e-20f);
        }
        scene->liquids[c] = &scene->liquid[c];
    }
}

static void load_film(struct scene *scene)
{
    const struct surface *surface = &scene->view.surface;
    bool opaque = isinf(scene->drawdown.thickness_mm);
    bool included = scene->view.specular == SURFACE_SPECULAR_INCLUDED;
    scene->appearance = opaque ? &appearance_opaque : &appearance_film;
    scene->film = (struct appearance_film){
        .thickness_mm = opaque ? 1 : (float)scene->drawdown.thickness_mm,
        .offset = included ? (float)surface->external : 0,
        .gain = (float)((1 - surface->external) * (1 - surface->internal)),
        .internal = (float)surface->internal,
    };
    for (size_t i = 0; i < APPEARANCE_LANES; i++) {
        double bare = scene->drawdown.background.value[band_of(i)];
        double internal = surface_internal(surface, scene->view.specular, bare);
        scene->film.backing[i] = (float)fmin(fmax(internal, 0), 1);
    }
}

/* The coordinates around a target. */
static void load_axes(uint64_t *state, struct scene *scene)
{
    const struct weights w = example_weights("D65");
    struct formula_ball ball;
    cmsCIELab target = {random_between(state, 2, 98), random_between(state, -60, 60),
                        random_between(state, -60, 60)};
    formula_ball_make(&target, &ball);
    double noise = 0;
    scene->axes = (struct appearance_axes){.noise = 0};
    for (size_t axis = 0; axis < 3; axis++) {
        const double *row = ball.axis[axis];
        double sum = fabs(ball.origin[axis]);
        scene->origin[axis] = ball.origin[axis];
        scene->axes.origin[axis] = (float)ball.origin[axis];
        for (size_t i = 0; i < BAND_COUNT; i++) {
            double weight = row[0] * w.x[i] / w.white.X + row[1] * w.y[i] / w.white.Y +
                            row[2] * w.z[i] / w.white.Z;
            scene->weight[axis][i] = weight;
            scene->axes.weight[axis][i] = (float)weight;
            sum += fabs(weight);
        }
        noise += sum * sum;
    }
    scene->axes.noise = (float)(APPEARANCE_ROUNDING * sqrt(noise));
}

static void make_scene(uint64_t *state, size_t components_min, struct scene *scene)
{
    memset(scene, 0, sizeof *scene);
    scene->drawdown = random_drawdown(state);
    scene->view = random_view(state);
    size_t choices = COMPONENTS_MAX + 1 - components_min;
    scene->components = components_min + random_index(state, choices);
    for (size_t c = 0; c < scene->components; c++)
        scene->colorant[c] = random_colorant(state);
    load_liquids(scene);
    load_film(scene);
    load_axes(state, scene);
}

/* Anywhere in a simplex, more often near its corners and edges than its size is. */
static void random_fractions(uint64_t *state, size_t count, double *fraction)
{
    double sum = 0, power = random_scale(state, 0.5, 20);
    for (size_t k = 0; k < count; k++)
        sum += fraction[k] = 1e-12 + pow(random_share(state), power);
    for (size_t k = 0; k < count; k++)
        fraction[k] /= sum;
}

static void mix_single(const struct scene *scene, enum lanes_isa isa,
                       const double *fraction, struct appearance_corner *out)
{
    float single[COMPONENTS_MAX];
    for (size_t c = 0; c < scene->components; c++)
        single[c] = (float)fraction[c];
    scene->appearance->mix(isa, &scene->film, &scene->axes, scene->liquids, single,
                           scene->components, out);
}

/* The look of a mixture in double precision, through drawdown.h. */
struct look {
    struct colorant mixture;
    struct bands reflectance;
    double y[3];
};

static struct look look_at(const struct scene *scene, const double *fraction)
{
    struct look look;
    drawdown_mix(scene->colorant, fraction, scene->components, &look.mixture);
    drawdown_reflectance(&look.mixture, &scene->drawdown, &scene->view,
                         &look.reflectance);
    for (size_t axis = 0; axis < 3; axis++) {
        look.y[axis] = -scene->origin[axis];
        for (size_t i = 0; i < BAND_COUNT; i++)
            look.y[axis] += scene->weight[axis][i] * look.reflectance.value[i];
    }
    return look;
}

/* -- mixtures ------------------------------------------------------------------- */

START_TEST(a_mixture_looks_as_its_drawdown)
{
    uint64_t state = random_seed(1);
    for (size_t r = 0; r < REGIONS; r++) {
        struct scene scene;
        make_scene(&state, 1, &scene);
        double fraction[COMPONENTS_MAX];
        random_fractions(&state, scene.components, fraction);
        struct appearance_corner mixture;
        mix_single(&scene, lanes_isa_best(), fraction, &mixture);
        struct look look = look_at(&scene, fraction);
        /* ten roundings of a float and what the surface makes of them */
        for (size_t i = 0; i < BAND_COUNT; i++)
            if (!(fabs(mixture.reflectance[i] - look.reflectance.value[i]) <= 2e-6))
                ck_abort_msg("%zu: K %g S %g, %g mm over %g: %.9g not %.9g", r,
                             look.mixture.K.value[i], look.mixture.S.value[i],
                             scene.drawdown.thickness_mm,
                             scene.drawdown.background.value[i],
                             (double)mixture.reflectance[i], look.reflectance.value[i]);
        for (size_t axis = 0; axis < 3; axis++)
            ck_assert_double_eq_tol(mixture.y[axis], look.y[axis], scene.axes.noise);
    }
}
END_TEST

static void random_lanes(uint64_t *state, const struct scene *scene,
                         double fraction[LANES][COMPONENTS_MAX],
                         float single[COMPONENTS_MAX][LANES])
{
    for (size_t k = 0; k < LANES; k++) {
        random_fractions(state, scene->components, fraction[k]);
        for (size_t c = 0; c < scene->components; c++)
            single[c][k] = (float)fraction[k][c];
    }
}

static void survey(const struct scene *scene, enum lanes_isa isa,
                   float single[COMPONENTS_MAX][LANES], struct appearance_views *out)
{
    memset(out, 0, sizeof *out); /* what lies between its members */
    scene->appearance->survey(isa, &scene->film, &scene->axes, scene->liquids, single,
                              scene->components, out);
}

START_TEST(mixtures_side_by_side_look_as_their_drawdowns)
{
    uint64_t state = random_seed(4);
    for (size_t r = 0; r < REGIONS / 4; r++) {
        struct scene scene;
        make_scene(&state, 1, &scene);
        double fraction[LANES][COMPONENTS_MAX];
        float single[COMPONENTS_MAX][LANES];
        struct appearance_views views;
        random_lanes(&state, &scene, fraction, single);
        survey(&scene, lanes_isa_best(), single, &views);
        for (size_t k = 0; k < LANES; k++) {
            struct look look = look_at(&scene, fraction[k]);
            for (size_t i = 0; i < BAND_COUNT; i++) /* 2e-6 as above */
                ck_assert_double_eq_tol(views.reflectance[i][k],
                                        look.reflectance.value[i], 2e-6);
            for (size_t axis = 0; axis < 3; axis++)
                ck_assert_double_eq_tol(views.y[axis][k], look.y[axis], scene.axes.noise);
        }
    }
}
END_TEST

/* -- regions -------------------------------------------------------------------- */

static void make_region(const struct scene *scene, struct part *part)
{
    part->region = (struct appearance_region){
        .film = &scene->film, .axes = &scene->axes, .count = scene->components};
    for (size_t c = 0; c < scene->components; c++) {
        mix_single(scene, lanes_isa_best(), part->fraction[c], &part->corner[c]);
        part->region.corner[c] = &part->corner[c];
    }
}

/* All mixtures of a scene, shrunk to anything in between a point and them all. */
static void random_region(uint64_t *state, const struct scene *scene, struct part *part)
{
    double centre[COMPONENTS_MAX], scale = random_scale(state, 1e-4, 3);
    random_fractions(state, scene->components, centre);
    scale = fmin(scale, 1);
    for (size_t c = 0; c < scene->components; c++) {
        double corner[COMPONENTS_MAX] = {0};
        corner[c] = 1;
        if (random_share(state) < 0.3)
            random_fractions(state, scene->components, corner);
        for (size_t k = 0; k < scene->components; k++)
            part->fraction[c][k] = (1 - scale) * centre[k] + scale * corner[k];
    }
    make_region(scene, part);
}

static void random_direction(uint64_t *state, float direction[3])
{
    double v[3] = {0}, square = 0;
    while (square < 0.01 || square > 1) {
        square = 0;
        for (size_t i = 0; i < 3; i++) {
            v[i] = random_between(state, -1, 1);
            square += v[i] * v[i];
        }
    }
    for (size_t i = 0; i < 3; i++)
        direction[i] = (float)(v[i] / sqrt(square));
}

/* Where a mixture is among the corners and what it looks like. */
static struct look look_within(const struct scene *scene, const struct part *part,
                               const double *share)
{
    double fraction[COMPONENTS_MAX] = {0};
    for (size_t c = 0; c < scene->components; c++)
        for (size_t k = 0; k < scene->components; k++)
            fraction[k] += share[c] * part->fraction[c][k];
    return look_at(scene, fraction);
}

static void assert_not_nearer(uint64_t *state, const struct scene *scene,
                              const struct part *part, const struct look *look)
{
    float direction[3];
    random_direction(state, direction);
    double along =
        direction[0] * look->y[0] + direction[1] * look->y[1] + direction[2] * look->y[2];
    double bound = scene->appearance->nearest(lanes_isa_best(), &part->region, direction);
    ck_assert_msg(along >= bound, "%s: %.9g is below %.9g",
                  scene->appearance->appearance.name, along, bound);
}

static void assert_spread(const struct scene *scene, const struct part *part,
                          const double *share, const struct look *look)
{
    struct appearance_spread spread;
    double sum = 0, mean[3] = {0};
    scene->appearance->spread(lanes_isa_best(), &part->region, &spread);
    for (size_t c = 0; c < scene->components; c++) {
        double weight = share[c] * part->corner[c].scattering;
        sum += weight;
        for (size_t axis = 0; axis < 3; axis++)
            mean[axis] += weight * part->corner[c].y[axis];
    }
    for (size_t axis = 0; axis < 3; axis++) {
        double off = look->y[axis] - mean[axis] / sum - spread.shift[axis];
        ck_assert_msg(fabs(off) <= spread.radius[axis], "%s: %.9g off, not %.9g",
                      scene->appearance->appearance.name, off,
                      (double)spread.radius[axis]);
    }
}

static void assert_bounded(uint64_t *state, const struct scene *scene,
                           const struct part *part)
{
    for (size_t m = 0; m < MIXTURES; m++) {
        double share[COMPONENTS_MAX];
        random_fractions(state, scene->components, share);
        struct look look = look_within(scene, part, share);
        assert_not_nearer(state, scene, part, &look);
        assert_spread(scene, part, share, &look);
    }
}

START_TEST(mixtures_of_a_region_are_within_its_bounds)
{
    uint64_t state = random_seed(2);
    for (size_t r = 0; r < REGIONS; r++) {
        struct scene scene;
        struct part part;
        make_scene(&state, 2, &scene);
        random_region(&state, &scene, &part);
        assert_bounded(&state, &scene, &part);
    }
}
END_TEST

/* Corners that are one mixture, whites that absorb nothing, dyes, and both. */
START_TEST(degenerate_regions_are_bounded)
{
    static const enum random_colorant_kind kinds[][2] = {
        {RANDOM_DYE, RANDOM_DYE},
        {RANDOM_PURE_WHITE, RANDOM_PURE_WHITE},
        {RANDOM_DYE, RANDOM_PURE_WHITE},
        {RANDOM_BLACK, RANDOM_DYE}};
    uint64_t state = random_seed(3 + (uint64_t)_i);
    for (size_t r = 0; r < REGIONS / 4; r++) {
        struct scene scene;
        struct part part;
        make_scene(&state, 2, &scene);
        for (size_t c = 0; c < scene.components; c++)
            scene.colorant[c] = random_colorant_of(&state, kinds[_i / 2][c % 2]);
        load_liquids(&scene);
        random_region(&state, &scene, &part);
        if (_i % 2 == 1)
            memcpy(part.fraction[1], part.fraction[0], sizeof part.fraction[1]);
        make_region(&scene, &part);
        assert_bounded(&state, &scene, &part);
    }
}
END_TEST

/* What is clear is no colorant, but a diluent of films. */
START_TEST(films_with_a_clear_diluent_are_bounded)
{
    uint64_t state = random_seed(20);
    for (size_t r = 0; r < REGIONS / 4; r++) {
        struct scene scene;
        struct part part;
        make_scene(&state, 2, &scene);
        scene.drawdown = random_film(&state);
        load_film(&scene);
        scene.colorant[scene.components - 1] = (struct colorant){.K = {{0}}};
        load_liquids(&scene);
        random_region(&state, &scene, &part);
        assert_bounded(&state, &scene, &part);
    }
}
END_TEST

/* -- instruction sets ----------------------------------------------------------- */

static void assert_same_screen(uint64_t *state, const struct part *part,
                               const struct appearance_spread *spread, enum lanes_isa isa)
{
    enum { RECIPES = 4 * LANES };
    float room[COMPONENTS_MAX][RECIPES];
    const float *fraction[COMPONENTS_MAX];
    int32_t near[RECIPES], expected[RECIPES];
    size_t n = part->region.count;
    struct lanes_screen screen = {.corners = n,
                                  .outside = -1e-5f,
                                  .spread = *spread,
                                  .radius = (float)random_scale(state, 0.1, 100)};
    for (size_t c = 0; c < n; c++) { /* all mixtures of the colorants: shares */
        screen.constant[c] = c + 1 == n;
        for (size_t k = 0; k + 1 < n; k++)
            screen.slope[c][k] = c + 1 == n ? -1.0f : (float)(c == k);
        screen.scattering[c] = part->corner[c].scattering;
        memcpy(screen.y[c], part->corner[c].y, sizeof screen.y[c]);
    }
    for (size_t i = 0; i < RECIPES; i++) {
        double share[COMPONENTS_MAX];
        random_fractions(state, n, share);
        for (size_t k = 0; k < n; k++)
            room[k][i] = (float)(1.02 * share[k]); /* some outside */
    }
    for (size_t k = 0; k < n; k++)
        fraction[k] = room[k];
    lanes_screen(LANES_BASELINE, &screen, fraction, RECIPES, expected);
    lanes_screen(isa, &screen, fraction, RECIPES, near);
    ck_assert_mem_eq(near, expected, sizeof near);
}

START_TEST(every_instruction_set_gives_the_same_bits)
{
    enum lanes_isa isa = (enum lanes_isa)_i;
    uint64_t state = random_seed(30);
    for (size_t r = 0; r < REGIONS; r++) {
        struct scene scene;
        struct part part;
        struct appearance_corner mixture, expected;
        struct appearance_spread spread, expected_spread;
        float direction[3];
        make_scene(&state, 2, &scene);
        random_region(&state, &scene, &part);
        random_direction(&state, direction);
        memset(&mixture, 0, sizeof mixture); /* what lies between its members */
        memset(&expected, 0, sizeof expected);
        mix_single(&scene, LANES_BASELINE, part.fraction[0], &expected);
        mix_single(&scene, isa, part.fraction[0], &mixture);
        ck_assert_mem_eq(&mixture, &expected, sizeof mixture);
        double fraction[LANES][COMPONENTS_MAX];
        float single[COMPONENTS_MAX][LANES];
        struct appearance_views views, expected_views;
        random_lanes(&state, &scene, fraction, single);
        survey(&scene, LANES_BASELINE, single, &expected_views);
        survey(&scene, isa, single, &views);
        ck_assert_mem_eq(&views, &expected_views, sizeof views);
        const struct film_appearance *look = scene.appearance;
        float nearest = look->nearest(isa, &part.region, direction);
        float expected_nearest = look->nearest(LANES_BASELINE, &part.region, direction);
        ck_assert_mem_eq(&nearest, &expected_nearest, sizeof nearest);
        look->spread(LANES_BASELINE, &part.region, &expected_spread);
        look->spread(isa, &part.region, &spread);
        ck_assert_mem_eq(&spread, &expected_spread, sizeof spread);
        assert_same_screen(&state, &part, &spread, isa);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("appearance");
    TCase *tests = tcase_create("appearance");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, a_mixture_looks_as_its_drawdown);
    tcase_add_test(tests, mixtures_side_by_side_look_as_their_drawdowns);
    tcase_add_test(tests, mixtures_of_a_region_are_within_its_bounds);
    tcase_add_loop_test(tests, degenerate_regions_are_bounded, 0, 8);
    tcase_add_test(tests, films_with_a_clear_diluent_are_bounded);
    instruction_sets_add(tests, every_instruction_set_gives_the_same_bits);
    suite_add_tcase(suite, tests);
    return suite;
}
