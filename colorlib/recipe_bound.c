/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From planes to planes: E is a sum of shares x CIEDE2000, each above a plane over the
 * tristimulus values that an age has in a light (lanes_plane.h). Those are linear in the
 * reflectance at that age, which lies between planes over the absorption and scattering
 * of the mixture (appearance_dots.h), and these are linear in its concentrations. Bands
 * that count positively are held against the plane below, the others against that above;
 * as all lights of an age are added up before that, what one of them gains and another
 * loses cancels.
 */
#include "colorlib/recipe_bound.h"

#include <math.h>
#include <stdlib.h>

#include "colorlib/appearance_dots.h"
#include "colorlib/lanes_plane.h"
#include "colorlib/lanes_variants.h"

enum { SLOTS = APPEARANCE_DOTS_LANES, AXES = 3 };

/* A view of the solver, by band for what is seen, and by lane for what is asked. */
struct looks {
    struct lanes_targets targets;
    alignas(64) double of_band[AXES][SLOTS][LANES];
    double of_lane[LANES][AXES][SLOTS];
};

struct recipe_bounds {
    const struct recipe_solver *solver;
    enum lanes_isa isa;
    struct appearance_dots dots[RECIPE_TIMES_MAX];
    struct appearance_liquid liquid[RECIPE_TIMES_MAX][PIGMENT_MAX];
    struct looks looks[RECIPE_VIEWS_MAX];
    double price[PIGMENT_MAX]; /* in the score, of a concentration of 1 */
};

static void take_view(const struct recipe_view *view, struct looks *out)
{
    for (size_t lane = 0; lane < LANES; lane++) {
        const cmsCIELab target = {view->target.L[lane], view->target.a[lane],
                                  view->target.b[lane]};
        lanes_target_set(&out->targets, lane, &target);
        for (size_t i = 0; i < SLOTS; i++) {
            const bool is_band = i < BAND_COUNT;
            const double weight[AXES] = {is_band ? view->lights.x[i][lane] : 0,
                                         is_band ? view->lights.y[i][lane] : 0,
                                         is_band ? view->lights.z[i][lane] : 0};
            for (size_t axis = 0; axis < AXES; axis++)
                out->of_band[axis][i][lane] = out->of_lane[lane][axis][i] = weight[axis];
        }
    }
}

enum status recipe_bounds_open(const struct recipe_solver *solver, enum lanes_isa isa,
                               struct recipe_bounds **out)
{
    const size_t size = (sizeof(struct recipe_bounds) + 63) / 64 * 64;
    struct recipe_bounds *bounds = aligned_alloc(64, size);
    if (!bounds)
        return STATUS_NO_MEMORY;
    const struct recipe_problem *p = &solver->problem;
    bounds->solver = solver;
    bounds->isa = isa;
    for (size_t t = 0; t < p->time_count; t++) {
        appearance_dots_make(&solver->moment[t], &bounds->dots[t]);
        for (size_t k = 0; k < p->pigment_count; k++)
            appearance_liquid_make(&solver->liquid[t][k], &bounds->liquid[t][k]);
    }
    for (size_t v = 0; v < solver->view_count; v++)
        take_view(&solver->view[v], &bounds->looks[v]);
    for (size_t k = 0; k < p->pigment_count; k++)
        bounds->price[k] = recipe_price(solver, k);
    *out = bounds;
    return STATUS_OK;
}

void recipe_bounds_close(struct recipe_bounds *bounds)
{
    free(bounds);
}

/* -- an age -------------------------------------------------------------------- */

/* How mixtures look at an age. */
struct age {
    struct appearance_planes planes;
    /* what half the range of each concentration moves */
    alignas(64) double move[MIXTURE_MAX][SLOTS];
    /* what a band's reflectance adds to E */
    alignas(64) double weight[SLOTS];
};

LANES_KERNEL void look_at_age(const struct recipe_bounds *bounds,
                              const struct recipe_mixtures *mixtures, size_t count,
                              size_t time, struct age *out)
{
    struct appearance_mixtures held = {.count = count};
    for (size_t k = 0; k < count; k++) {
        held.liquid[k] = &bounds->liquid[time][mixtures->pigment[k]];
        held.low[k] = mixtures->low[k];
        held.high[k] = mixtures->high[k];
    }
    appearance_dots_planes(bounds->isa, &bounds->dots[time], &held, &out->planes);
    for (size_t k = 0; k < count; k++) {
        const double half = 0.5 * (held.high[k] - held.low[k]);
#pragma omp simd
        for (size_t i = 0; i < SLOTS; i++)
            out->move[k][i] =
                half * (out->planes.by_absorption[i] * held.liquid[k]->absorption[i] +
                        out->planes.by_scattering[i] * held.liquid[k]->scattering[i]);
    }
    for (size_t i = 0; i < SLOTS; i++)
        out->weight[i] = 0;
}

LANES_KERNEL void fold(double *value, size_t half)
{
#pragma omp simd
    for (size_t i = 0; i < half; i++)
        value[i] += value[i + half];
}

/* Sums in one order on all machines. */
LANES_KERNEL double sum_of(double *value)
{
    fold(value, 16);
    fold(value, 8);
    fold(value, 4);
    return (value[0] + value[2]) + (value[1] + value[3]);
}

LANES_KERNEL double product(const double *weight, const double *value)
{
    alignas(64) double sum[SLOTS];
#pragma omp simd
    for (size_t i = 0; i < SLOTS; i++)
        sum[i] = weight[i] * value[i];
    return sum_of(sum);
}

/* One tristimulus value of a spectrum under its lights. */
LANES_KERNEL void look_along(const struct looks *looks, size_t axis, size_t first,
                             const struct age *seen, size_t count,
                             struct lanes_colors *out)
{
    double center[LANES_LIGHTS] = {0}, rest[LANES_LIGHTS] = {0};
    double move[MIXTURE_MAX][LANES_LIGHTS] = {{0}};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        const double *weight = &looks->of_band[axis][i][first];
#pragma omp simd
        for (size_t v = 0; v < LANES_LIGHTS; v++) {
            center[v] += weight[v] * seen->planes.middle[i];
            rest[v] += fabs(weight[v]) * seen->planes.uncertain[i];
            LANES_UNROLLED for (size_t k = 0; k < count; k++) move[k][v] +=
                weight[v] * seen->move[k][i];
        }
    }
    for (size_t v = 0; v < LANES_LIGHTS; v++) {
        out->center[axis][first + v] = center[v];
        out->rest[axis][first + v] = rest[v];
        for (size_t k = 0; k < count; k++)
            out->move[k][axis][first + v] = move[k][v];
    }
}

LANES_KERNEL void look(const struct recipe_view *view, const struct looks *looks,
                       const struct age *age, size_t count, struct lanes_colors *out)
{
    out->count = count;
    for (size_t s = 0; s < LANES_SPECTRA; s++)
        for (size_t axis = 0; axis < AXES; axis++)
            look_along(looks, axis, s * LANES_LIGHTS, &age[view->time[s]], count, out);
}

/* -- the sum ------------------------------------------------------------------- */

/* Adds what mixtures reflect at an age, band by band with a weight, to a plane below. */
LANES_KERNEL void add_below(const struct recipe_bounds *bounds,
                            const struct recipe_mixtures *mixtures, size_t count,
                            size_t time, const struct appearance_planes *planes,
                            const double *weight, struct recipe_plane *out)
{
    alignas(64) double at_zero[SLOTS], absorption[SLOTS], scattering[SLOTS];
    const struct appearance_plane *below = &planes->below, *above = &planes->above;
#pragma omp simd
    for (size_t i = 0; i < SLOTS; i++) {
        double up = weight[i] > 0 ? weight[i] : 0, down = weight[i] - up;
        at_zero[i] = up * below->at_zero[i] + down * above->at_zero[i];
        absorption[i] = up * below->by_absorption[i] + down * above->by_absorption[i];
        scattering[i] = up * below->by_scattering[i] + down * above->by_scattering[i];
    }
    out->at_zero += sum_of(at_zero);
    for (size_t k = 0; k < count; k++) {
        const struct appearance_liquid *liquid =
            &bounds->liquid[time][mixtures->pigment[k]];
        out->by_concentration[k] += product(absorption, liquid->absorption) +
                                    product(scattering, liquid->scattering);
    }
}

LANES_KERNEL void add_scaled(double factor, const double *value, double *sum)
{
#pragma omp simd
    for (size_t i = 0; i < SLOTS; i++)
        sum[i] += factor * value[i];
}

/* Takes the shares of one view to the weights of the ages; returns what is left over. */
LANES_KERNEL double weigh(const struct recipe_view *view, const struct looks *looks,
                          const struct lanes_planes *planes, struct age *age)
{
    double sum = 0;
    for (size_t lane = 0; lane < LANES; lane++) {
        const double share = view->share[lane];
        if (share == 0)
            continue;
        sum += share * planes->at_zero[lane];
        for (size_t axis = 0; axis < AXES; axis++)
            add_scaled(share * planes->by_ratio[axis][lane], looks->of_lane[lane][axis],
                       age[view->time[lane / LANES_LIGHTS]].weight);
    }
    return sum;
}

/* L*, a* and b* as multiples of CIELAB's function of one of X, Y, Z less that of another,
 * of which there may be none. */
enum { NO_AXIS = AXES };
static const struct {
    double factor;
    size_t one;
    size_t other;
} lab[RECIPE_RULES] = {{116, 1, NO_AXIS}, {500, 0, 1}, {200, 1, 2}};

/* A plane above one of L*, a* and b* in the light of the rule. */
LANES_KERNEL struct recipe_plane plane_above(const struct recipe_bounds *bounds,
                                             const struct recipe_mixtures *mixtures,
                                             size_t count,
                                             const struct lanes_planes *lines,
                                             const struct age *age, size_t coordinate)
{
    const double factor = lab[coordinate].factor;
    const size_t one = lab[coordinate].one, other = lab[coordinate].other;
    const double(*weights)[SLOTS] = bounds->looks[0].of_lane[0];
    alignas(64) double weight[SLOTS] = {0};
    struct recipe_plane minus = {-factor * lines->above_at_zero[one], {0}};
    add_scaled(-factor * lines->above_by_ratio[one], weights[one], weight);
    if (other != NO_AXIS) {
        minus.at_zero += factor * lines->below_at_zero[other];
        add_scaled(factor * lines->below_by_ratio[other], weights[other], weight);
    }
    add_below(bounds, mixtures, count, 0, &age->planes, weight, &minus);
    struct recipe_plane plane = {-minus.at_zero, {0}};
    for (size_t k = 0; k < count; k++)
        plane.by_concentration[k] = -minus.by_concentration[k];
    return plane;
}

/* recipe_violation; L* is 16 less than its multiple. */
LANES_KERNEL void rule_planes(const struct recipe_bounds *bounds,
                              const struct recipe_mixtures *mixtures, size_t count,
                              const struct lanes_planes *lines, const struct age *age,
                              struct recipe_planes *out)
{
    const cmsCIELab *target = &bounds->solver->rule_target;
    const double least[RECIPE_RULES] = {target->L - RECIPE_DARKER_MAX + 16,
                                        target->a - RECIPE_BLUER_MAX,
                                        target->b - RECIPE_BLUER_MAX};
    for (size_t i = 0; i < RECIPE_RULES; i++) {
        out->rule[i] = plane_above(bounds, mixtures, count, lines, age, i);
        out->rule[i].at_zero += RECIPE_BOUND_ROUNDING - least[i];
    }
}

/* What a pigment does to the color: reflectance by its concentration, all bands alike. */
LANES_KERNEL double effect_of(const struct age *age,
                              const struct appearance_liquid *liquid)
{
    const struct appearance_planes *planes = &age->planes;
    alignas(64) double sum[SLOTS];
#pragma omp simd
    for (size_t i = 0; i < SLOTS; i++)
        sum[i] = fabs(planes->by_absorption[i] * liquid->absorption[i]) +
                 fabs(planes->by_scattering[i] * liquid->scattering[i]);
    return sum_of(sum);
}

LANES_KERNEL void find_planes(const struct recipe_bounds *bounds,
                              const struct recipe_mixtures *mixtures, size_t count,
                              struct recipe_planes *out)
{
    const struct recipe_solver *solver = bounds->solver;
    struct age age[RECIPE_TIMES_MAX];
    for (size_t t = 0; t < solver->problem.time_count; t++)
        look_at_age(bounds, mixtures, count, t, &age[t]);
    struct recipe_plane *score = &out->score;
    *score = (struct recipe_plane){
        .at_zero = RECIPE_PIGMENT_PENALTY * (double)(count - 1) - RECIPE_BOUND_ROUNDING};
    for (size_t v = 0; v < solver->view_count; v++) {
        const struct looks *looks = &bounds->looks[v];
        struct lanes_colors colors;
        struct lanes_planes planes;
        look(&solver->view[v], looks, age, count, &colors);
        lanes_planes(bounds->isa, &looks->targets, &colors, &planes);
        score->at_zero += weigh(&solver->view[v], looks, &planes, age);
        if (v == 0)
            rule_planes(bounds, mixtures, count, &planes, &age[0], out);
    }
    for (size_t t = 0; t < solver->problem.time_count; t++)
        add_below(bounds, mixtures, count, t, &age[t].planes, age[t].weight, score);
    for (size_t k = 0; k < count; k++) {
        score->by_concentration[k] += bounds->price[mixtures->pigment[k]];
        out->effect[k] = effect_of(&age[0], &bounds->liquid[0][mixtures->pigment[k]]);
    }
}

/* The number of pigments as a constant, so that loops over them unroll. */
LANES_KERNEL void find_any(const struct recipe_bounds *bounds,
                           const struct recipe_mixtures *mixtures,
                           struct recipe_planes *out)
{
    switch (mixtures->count) {
    case 1: find_planes(bounds, mixtures, 1, out); break;
    case 2: find_planes(bounds, mixtures, 2, out); break;
    case 3: find_planes(bounds, mixtures, 3, out); break;
    default: find_planes(bounds, mixtures, MIXTURE_MAX, out); break;
    }
}

static void find_baseline(const struct recipe_bounds *bounds,
                          const struct recipe_mixtures *mixtures,
                          struct recipe_planes *out)
{
    find_any(bounds, mixtures, out);
}

LANES_TARGET_AVX2 static void find_avx2(const struct recipe_bounds *bounds,
                                        const struct recipe_mixtures *mixtures,
                                        struct recipe_planes *out)
{
    find_any(bounds, mixtures, out);
}

LANES_TARGET_AVX512 static void find_avx512(const struct recipe_bounds *bounds,
                                            const struct recipe_mixtures *mixtures,
                                            struct recipe_planes *out)
{
    find_any(bounds, mixtures, out);
}

void recipe_bounds_planes(const struct recipe_bounds *bounds,
                          const struct recipe_mixtures *mixtures,
                          struct recipe_planes *out)
{
    switch (bounds->isa) {
    case LANES_AVX512: find_avx512(bounds, mixtures, out); break;
    case LANES_AVX2: find_avx2(bounds, mixtures, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: find_baseline(bounds, mixtures, out); break;
    }
}
