/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A region's mixtures have the concentrations c = n v / V, n drops of v ml in a volume V,
 * with n and V between limits. A plane over c is the least at an end of V, and there at
 * an end of each n, as it is linear in n at a given V, and linear in 1 / V at given n.
 */
#include "colorlib/recipe_region.h"

#include <math.h>

#include "colorlib/sets.h"

/* -- the grid ------------------------------------------------------------------ */

size_t recipe_choices_count(const struct recipe_problem *problem)
{
    size_t count = 0;
    for (size_t size = 1; size <= problem->pigments_max; size++)
        count += sets_count(problem->pigment_count, size);
    return count;
}

void recipe_choices_list(const struct recipe_problem *problem, struct recipe_choice *out)
{
    for (size_t size = 1; size <= problem->pigments_max; size++) {
        struct recipe_choice choice = {.count = size};
        sets_first(choice.pigment, size);
        uint64_t left = sets_count(problem->pigment_count, size);
        for (; left > 0; left--) {
            *out++ = choice;
            sets_next(choice.pigment, size, problem->pigment_count);
        }
    }
}

/* Pigments of one set whose drops are alike. */
struct alike {
    size_t kinds;
    size_t count[MIXTURE_MAX];
    double drop_ml[MIXTURE_MAX];
};

static struct alike alike_of(const struct recipe_problem *problem,
                             const struct recipe_choice *choice)
{
    struct alike alike = {0};
    for (size_t k = 0; k < choice->count; k++) {
        double drop_ml = problem->pigments[choice->pigment[k]].drop_ml;
        size_t kind = 0;
        while (kind < alike.kinds && alike.drop_ml[kind] != drop_ml)
            kind++;
        if (kind == alike.kinds)
            alike.drop_ml[alike.kinds++] = drop_ml;
        alike.count[kind]++;
    }
    return alike;
}

/* In how many ways so many drops are shared among pigments, each having one at least. */
static double ways_of(unsigned drops, size_t pigments)
{
    double ways = 1;
    for (size_t k = 1; k < pigments; k++)
        ways *= (double)(drops - k) / (double)k;
    return round(ways);
}

/* Batches of all drops of the kinds from one on, so much being there. */
static double count_from(const struct recipe_problem *problem, const struct alike *alike,
                         size_t kind, unsigned left, double pigment_ml)
{
    if (kind == alike->kinds) {
        struct recipe_waters waters = recipe_waters_of(problem, pigment_ml);
        return waters.first <= waters.last ? (double)(waters.last - waters.first + 1) : 0;
    }
    unsigned still = 0; /* one drop of each that comes later */
    for (size_t other = kind + 1; other < alike->kinds; other++)
        still += (unsigned)alike->count[other];
    double sum = 0;
    for (unsigned n = (unsigned)alike->count[kind]; n + still <= left; n++)
        sum += ways_of(n, alike->count[kind]) *
               count_from(problem, alike, kind + 1, left - n,
                          pigment_ml + n * alike->drop_ml[kind]);
    return sum;
}

double recipe_choice_batches(const struct recipe_problem *problem,
                             const struct recipe_choice *choice)
{
    struct alike alike = alike_of(problem, choice);
    return count_from(problem, &alike, 0, problem->drops_max, 0);
}

/* -- a region ------------------------------------------------------------------ */

static double drop_ml(const struct recipe_problem *problem,
                      const struct recipe_choice *choice, size_t k)
{
    return problem->pigments[choice->pigment[k]].drop_ml;
}

struct recipe_region recipe_region_all(const struct recipe_problem *problem,
                                       const struct recipe_choice *choice, size_t index)
{
    struct recipe_region region = {
        .choice = index,
        .volume_high = HUGE_VAL,
        .search = {.promise = RECIPE_PIGMENT_PENALTY * (double)(choice->count - 1),
                   .effort = 1}};
    for (size_t k = 0; k < choice->count; k++) {
        region.low[k] = 1;
        region.high[k] = (uint16_t)problem->drops_max;
    }
    return region;
}

enum status recipe_region_trim(const struct recipe_problem *problem,
                               const struct recipe_choice *choice,
                               struct recipe_region *region)
{
    /* twice what recipe_waters_of lets pass */
    const double slack = 2e-9 * problem->water_step_ml + 1e-12 * problem->volume_max_ml;
    unsigned drops = 0;
    double pigment_ml = 0;
    for (size_t k = 0; k < choice->count; k++) {
        drops += region->low[k];
        pigment_ml += region->low[k] * drop_ml(problem, choice, k);
    }
    if (drops > problem->drops_max)
        return STATUS_OUT_OF_RANGE;
    region->volume_low =
        fmax(region->volume_low, fmax(problem->volume_min_ml, pigment_ml) - slack);
    region->volume_high = fmin(region->volume_high, problem->volume_max_ml + slack);
    if (region->volume_low >= region->volume_high)
        return STATUS_OUT_OF_RANGE;
    for (size_t k = 0; k < choice->count; k++) {
        unsigned most = problem->drops_max - drops + region->low[k];
        double room =
            (region->volume_high - pigment_ml + slack) / drop_ml(problem, choice, k);
        most = region->low[k] + room < most ? region->low[k] + (unsigned)room : most;
        if (most < region->high[k])
            region->high[k] = (uint16_t)most;
    }
    return STATUS_OK;
}

double recipe_region_size(const struct recipe_problem *problem,
                          const struct recipe_choice *choice,
                          const struct recipe_region *region)
{
    double size = (region->volume_high - region->volume_low) / problem->water_step_ml + 1;
    for (size_t k = 0; k < choice->count; k++)
        size *= region->high[k] - region->low[k] + 1;
    return size;
}

struct recipe_mixtures recipe_region_mixtures(const struct recipe_problem *problem,
                                              const struct recipe_choice *choice,
                                              const struct recipe_region *region)
{
    struct recipe_mixtures mixtures = {.count = choice->count};
    for (size_t k = 0; k < choice->count; k++) {
        double ml = drop_ml(problem, choice, k);
        mixtures.pigment[k] = choice->pigment[k];
        mixtures.low[k] = region->low[k] * ml / region->volume_high;
        mixtures.high[k] = region->high[k] * ml / region->volume_low;
    }
    return mixtures;
}

/* -- its bound ----------------------------------------------------------------- */

/* Drops in ml of a region, with its volumes. */
struct box {
    size_t count;
    double low[MIXTURE_MAX];
    double high[MIXTURE_MAX];
    double volume_low;
    double volume_high;
};

static struct box box_of(const struct recipe_problem *problem,
                         const struct recipe_choice *choice,
                         const struct recipe_region *region)
{
    struct box box = {choice->count, {0}, {0}, region->volume_low, region->volume_high};
    for (size_t k = 0; k < choice->count; k++) {
        double ml = drop_ml(problem, choice, k);
        box.low[k] = region->low[k] * ml;
        box.high[k] = region->high[k] * ml;
    }
    return box;
}

/* The least of a plane less a multiple of another. */
static double least_of(const struct box *box, const struct recipe_plane *plane,
                       double multiple, const struct recipe_plane *other)
{
    double sum = 0;
    for (size_t k = 0; k < box->count; k++) {
        double slope = plane->by_concentration[k] - multiple * other->by_concentration[k];
        sum += slope * (slope > 0 ? box->low[k] : box->high[k]);
    }
    return plane->at_zero - multiple * other->at_zero +
           sum / (sum > 0 ? box->volume_high : box->volume_low);
}

/* The least score where the rule's plane is not below 0: no less, for any multiple >= 0,
 * than that of score - multiple x rule (Lagrange), which is largest at a multiple where a
 * slope changes its sign. */
static double least_within(const struct box *box, const struct recipe_plane *score,
                           const struct recipe_plane *rule)
{
    static const struct recipe_plane none = {0};
    if (least_of(box, &none, 1, rule) > 0)
        return HUGE_VAL;
    double best = -HUGE_VAL;
    for (size_t k = 0; k < box->count; k++) {
        double multiple = score->by_concentration[k] / rule->by_concentration[k];
        if (multiple > 0 && isfinite(multiple))
            best = fmax(best, least_of(box, score, multiple, rule));
    }
    return best;
}

double recipe_region_least(const struct recipe_problem *problem,
                           const struct recipe_choice *choice,
                           const struct recipe_planes *planes,
                           const struct recipe_region *region)
{
    struct box box = box_of(problem, choice, region);
    double least = least_of(&box, &planes->score, 0, &planes->score);
    for (size_t i = 0; i < RECIPE_RULES; i++)
        least = fmax(least, least_within(&box, &planes->score, &planes->rule[i]));
    return least;
}

/* Leaves out what has a plane above 0 with the least that the other drops add to it: the
 * plane times the volume is linear in drops and volume. */
static void shrink_by(const struct recipe_plane *plane, struct box *box)
{
    double least[MIXTURE_MAX], sum = 0;
    for (size_t k = 0; k < box->count; k++) {
        double slope = plane->by_concentration[k];
        least[k] = slope * (slope > 0 ? box->low[k] : box->high[k]);
        sum += least[k];
    }
    double room =
        plane->at_zero * (plane->at_zero < 0 ? box->volume_high : box->volume_low);
    for (size_t k = 0; k < box->count; k++) {
        double slope = plane->by_concentration[k];
        double limit = -(room + sum - least[k]) / slope;
        if (slope > 0 && limit < box->high[k])
            box->high[k] = limit;
        if (slope < 0 && limit > box->low[k])
            box->low[k] = limit;
    }
    double volume = -sum / plane->at_zero;
    if (plane->at_zero < 0 && volume > box->volume_low)
        box->volume_low = volume;
    if (plane->at_zero > 0 && volume < box->volume_high)
        box->volume_high = volume;
}

enum status recipe_region_shrink(const struct recipe_problem *problem,
                                 const struct recipe_choice *choice,
                                 const struct recipe_planes *planes, double limit,
                                 struct recipe_region *region)
{
    struct box box = box_of(problem, choice, region);
    if (isfinite(limit)) {
        struct recipe_plane above = planes->score;
        above.at_zero -= limit;
        shrink_by(&above, &box);
    }
    for (size_t i = 0; i < RECIPE_RULES; i++) {
        struct recipe_plane broken = {-planes->rule[i].at_zero, {0}};
        for (size_t k = 0; k < box.count; k++)
            broken.by_concentration[k] = -planes->rule[i].by_concentration[k];
        shrink_by(&broken, &box);
    }
    /* a hair's breadth, as the limits are rounded */
    const double slack = 1e-9;
    for (size_t k = 0; k < box.count; k++) {
        double ml = drop_ml(problem, choice, k);
        double low = ceil(box.low[k] / ml - slack),
               high = floor(box.high[k] / ml + slack);
        if (!(low <= high))
            return STATUS_OUT_OF_RANGE;
        region->low[k] = (uint16_t)low;
        region->high[k] = (uint16_t)high;
    }
    region->volume_low = fmax(region->volume_low, box.volume_low * (1 - slack));
    region->volume_high = fmin(region->volume_high, box.volume_high * (1 + slack));
    return recipe_region_trim(problem, choice, region);
}

/* -- its parts ----------------------------------------------------------------- */

void recipe_region_cut(const struct recipe_problem *problem,
                       const struct recipe_choice *choice,
                       const struct recipe_planes *planes,
                       const struct recipe_region *region, struct recipe_region half[2])
{
    size_t widest = choice->count;
    double middle = 0.5 * (region->volume_low + region->volume_high), most = 0, all = 0;
    for (size_t k = 0; k < choice->count; k++) {
        double ml = drop_ml(problem, choice, k);
        double effect = planes->effect[k] * ml * (region->high[k] - region->low[k]);
        all += planes->effect[k] * ml * 0.5 * (region->high[k] + region->low[k]);
        if (effect > most) {
            most = effect;
            widest = k;
        }
    }
    half[0] = half[1] = *region;
    if (widest == choice->count ||
        all * (region->volume_high - region->volume_low) > most * middle) {
        half[0].volume_high = half[1].volume_low = middle;
        return;
    }
    unsigned cut = (region->low[widest] + (unsigned)region->high[widest]) / 2;
    half[0].high[widest] = (uint16_t)cut;
    half[1].low[widest] = (uint16_t)(cut + 1);
}

/* What looking at a region's batches needs throughout. */
struct show {
    const struct recipe_problem *problem;
    const struct recipe_choice *choice;
    const struct recipe_planes *planes;
    double limit;
    const struct recipe_region *region;
    struct recipe_viewer viewer;
};

static double plane_at(const struct recipe_plane *plane, const double *ml, size_t count,
                       double volume)
{
    double sum = 0;
    for (size_t k = 0; k < count; k++)
        sum += plane->by_concentration[k] * ml[k];
    return plane->at_zero + sum / volume;
}

static bool is_promising(const struct show *show, const double *ml, double volume)
{
    const size_t count = show->choice->count;
    if (plane_at(&show->planes->score, ml, count, volume) > show->limit)
        return false;
    for (size_t i = 0; i < RECIPE_RULES; i++)
        if (plane_at(&show->planes->rule[i], ml, count, volume) < 0)
            return false;
    return true;
}

static void show_waters(const struct show *show, struct recipe_batch *batch,
                        double pigment_ml)
{
    const struct recipe_region *region = show->region;
    const double step = show->problem->water_step_ml;
    double ml[MIXTURE_MAX];
    for (size_t k = 0; k < show->choice->count; k++)
        ml[k] = batch->part[k].drops * drop_ml(show->problem, show->choice, k);
    struct recipe_waters waters = recipe_waters_of(show->problem, pigment_ml);
    for (long w = waters.first; w <= waters.last; w++) {
        double volume = pigment_ml + (double)w * step;
        if (volume < region->volume_low || volume >= region->volume_high ||
            !is_promising(show, ml, volume))
            continue;
        batch->water_ml = (double)w * step;
        show->viewer.see(show->viewer.context, batch);
    }
}

static void show_from(const struct show *show, struct recipe_batch *batch, size_t k,
                      unsigned drops, double pigment_ml)
{
    if (k == show->choice->count) {
        if (drops <= show->problem->drops_max)
            show_waters(show, batch, pigment_ml);
        return;
    }
    double ml = drop_ml(show->problem, show->choice, k);
    for (unsigned n = show->region->low[k]; n <= show->region->high[k]; n++) {
        batch->part[k] = (struct recipe_part){show->choice->pigment[k], n};
        show_from(show, batch, k + 1, drops + n, pigment_ml + n * ml);
    }
}

void recipe_region_show(const struct recipe_problem *problem,
                        const struct recipe_choice *choice,
                        const struct recipe_planes *planes, double limit,
                        const struct recipe_region *region, struct recipe_viewer viewer)
{
    const struct show show = {problem, choice, planes, limit, region, viewer};
    struct recipe_batch batch = {.score = HUGE_VAL};
    show_from(&show, &batch, 0, 0, 0);
}
