/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/peer_enumeration.h"

#include <math.h>
#include <stdlib.h>

#include "colorlib/array.h"
#include "colorlib/difference.h"
#include "colorlib/lanes_variants.h"
#include "tests/bench/cube_root.h"

enum { PARTS_MAX = PEER_SUBSET_MAX + 1 };

/* Drops of so many points of the grid side by side, the diluent behind the pigments. */
struct point {
    float drops[PARTS_MAX][LANES];
};

/* All points of the grid for a number of pigments, whichever these are; the last lanes
 * may repeat the point before. */
struct points {
    size_t count; /* of points, without those repeated */
    struct point *group;
    size_t capacity;
};

/* K and S of a paint, and the weights over the white's. */
struct paint {
    float K[BAND_COUNT];
    float S[BAND_COUNT];
};

struct scale {
    float x[BAND_COUNT];
    float y[BAND_COUNT];
    float z[BAND_COUNT];
};

struct lab {
    float L[LANES];
    float a[LANES];
    float b[LANES];
};

/* What every recipe that is as good as the best lies in. */
struct screen {
    float lightness;      /* |dL| */
    float chroma_squared; /* da^2 + db^2 */
};

struct enumeration {
    const struct peer_problem *problem;
    enum lanes_isa isa;
    struct points points[PEER_SUBSET_MAX + 1];
    struct paint paint[PEER_PIGMENTS_MAX + 1]; /* the last is the diluent */
    struct scale scale;
    float L, a, b; /* of the target */
    struct lanes_lab target;
    struct screen screen;
    size_t pigment[PEER_SUBSET_MAX]; /* being mixed */
    size_t count;
    struct peer_recipe best;
    uint64_t recipes;
};

/* -- the grid ------------------------------------------------------------------ */

static unsigned common_divisor(unsigned a, unsigned b)
{
    while (b > 0) {
        unsigned rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static enum status add_point(struct points *points, const unsigned *drops, size_t parts)
{
    size_t group = points->count / LANES;
    struct point *grown =
        array_reserve(points->group, &points->capacity, group + 1, sizeof *grown);
    if (!grown)
        return STATUS_NO_MEMORY;
    points->group = grown;
    for (size_t part = 0; part < parts; part++)
        for (size_t lane = points->count % LANES; lane < LANES; lane++)
            grown[group].drops[part][lane] = (float)drops[part];
    points->count++;
    return STATUS_OK;
}

/* The points that begin with the drops of the first parts; left is what these leave, and
 * divisor what divides them all, 0 for none yet. */
static enum status add_points(struct points *points, unsigned *drops, size_t part,
                              size_t pigments, unsigned left, unsigned divisor)
{
    enum status status = STATUS_OK;
    unsigned least = part < pigments ? 1 : 0;
    for (unsigned d = least; d <= left && status == STATUS_OK; d++) {
        unsigned common = common_divisor(d, divisor);
        drops[part] = d;
        if (part < pigments)
            status = add_points(points, drops, part + 1, pigments, left - d, common);
        else if (common == 1)
            status = add_point(points, drops, part + 1);
    }
    return status;
}

static enum status make_points(struct enumeration *e)
{
    enum status status = STATUS_OK;
    for (size_t n = 1; n <= e->problem->subset_max && status == STATUS_OK; n++)
        status = add_points(&e->points[n], (unsigned[PARTS_MAX]){0}, 0, n,
                            e->problem->drops_max, 0);
    return status;
}

/* -- in single precision --------------------------------------------------------- */

/* Below this ratio to the white CIELAB is linear (ISO/CIE 11664-4). */
#define LINEAR_BELOW 0.008856451679035631f

LANES_KERNEL float response(float ratio)
{
    float root = cube_root(ratio > LINEAR_BELOW ? ratio : LINEAR_BELOW);
    float line = 841.0f / 108 * ratio + 16.0f / 116;
    return ratio > LINEAR_BELOW ? root : line;
}

struct sums {
    float x[LANES];
    float y[LANES];
    float z[LANES];
};

/* The coefficients of the parts, by band. */
struct parts {
    const float *K[PARTS_MAX];
    const float *S[PARTS_MAX];
};

/* Two parts and up to three more; with a number of parts that is known no condition is
 * left, where a loop over them would keep the compiler from taking lanes at once. */
LANES_KERNEL float mixed(const float *const *value, size_t band, size_t parts,
                         const struct point *point, size_t lane)
{
    float sum = point->drops[0][lane] * value[0][band];
    sum += point->drops[1][lane] * value[1][band];
    if (parts > 2)
        sum += point->drops[2][lane] * value[2][band];
    if (parts > 3)
        sum += point->drops[3][lane] * value[3][band];
    if (parts > 4)
        sum += point->drops[4][lane] * value[4][band];
    return sum;
}

LANES_KERNEL void add_band(const struct scale *scale, size_t band,
                           const struct parts *paint, size_t parts,
                           const struct point *point, struct sums *sums)
{
#pragma omp simd
    for (size_t i = 0; i < LANES; i++) {
        float K = mixed(paint->K, band, parts, point, i);
        float S = mixed(paint->S, band, parts, point, i);
        float sum = K + S;
        float R = S / (sum + sqrtf(K * (sum + S)));
        sums->x[i] += scale->x[band] * R;
        sums->y[i] += scale->y[band] * R;
        sums->z[i] += scale->z[band] * R;
    }
}

LANES_KERNEL void color(const struct scale *scale, const struct parts *paint,
                        size_t parts, const struct point *point, struct lab *out)
{
    struct sums sums = {{0}, {0}, {0}};
    for (size_t band = 0; band < BAND_COUNT; band++)
        add_band(scale, band, paint, parts, point, &sums);
#pragma omp simd
    for (size_t i = 0; i < LANES; i++) {
        float fx = response(sums.x[i]), fy = response(sums.y[i]);
        float fz = response(sums.z[i]);
        out->L[i] = 116 * fy - 16;
        out->a[i] = 500 * (fx - fy);
        out->b[i] = 200 * (fy - fz);
    }
}

LANES_KERNEL bool passes(const struct enumeration *e, const struct lab *lab)
{
    int passed = 0;
#pragma omp simd reduction(+ : passed)
    for (size_t i = 0; i < LANES; i++) {
        float dL = fabsf(lab->L[i] - e->L), da = lab->a[i] - e->a, db = lab->b[i] - e->b;
        passed +=
            (dL <= e->screen.lightness) & (da * da + db * db <= e->screen.chroma_squared);
    }
    return passed > 0;
}

/* -- in double precision --------------------------------------------------------- */

/* Single precision is this far off in L, a, b and in the difference. */
#define MARGIN 0.01

/*
 * With SL <= 1.75 the lightness alone gives |dL| <= 1.75 b for a difference b. With
 * |RT| <= sqrt(3) the two other terms are (1 - sqrt(3) / 2) (dC^2 + dH^2) / SC^2 at
 * least, as SH < SC; and dC^2 + dH^2 is the square of the distance in the plane of a' and
 * b, which is at least that in the plane of a and b, D. The mean chroma is 1.5 (C + D /
 * 2) at most, C the target's; so 0.366 D <= b (1 + 0.0675 C + 0.03375 D).
 */
static struct screen make_screen(const struct enumeration *e)
{
    double best = e->best.de00 + MARGIN;
    double slope = 0.366 - 0.03375 * best;
    double chroma =
        slope > 0 ? best * (1 + 0.0675 * hypot(e->a, e->b)) / slope + MARGIN : INFINITY;
    return (struct screen){(float)(1.75 * best + MARGIN), (float)(chroma * chroma)};
}

cmsCIELab peer_color(const struct peer_problem *problem, const struct peer_recipe *recipe)
{
    struct bands R;
    for (size_t band = 0; band < BAND_COUNT; band++) {
        double K = recipe->diluent * problem->diluent.K.value[band];
        double S = recipe->diluent * problem->diluent.S.value[band];
        for (size_t i = 0; i < recipe->count; i++) {
            const struct colorant *paint = &problem->pigment[recipe->pigment[i]];
            K += recipe->drops[i] * paint->K.value[band];
            S += recipe->drops[i] * paint->S.value[band];
        }
        R.value[band] = S / (K + S + sqrt(K * (K + 2 * S)));
    }
    return colorimetry_reflectance_lab(&problem->weights, R.value);
}

static void judge(struct enumeration *e, const struct point *point, size_t lane)
{
    struct peer_recipe recipe = {.count = e->count};
    for (size_t i = 0; i < e->count; i++) {
        recipe.pigment[i] = e->pigment[i];
        recipe.drops[i] = (unsigned)point->drops[i][lane];
    }
    recipe.diluent = (unsigned)point->drops[e->count][lane];
    recipe.de00 =
        difference_ciede2000(e->problem->target, peer_color(e->problem, &recipe));
    if (recipe.de00 >= e->best.de00)
        return;
    e->best = recipe;
    e->screen = make_screen(e);
}

/* Where two hues are opposite CIEDE2000 jumps, so that a margin in it says nothing: there
 * the color lies next to the ray from grey that points away from the target. */
static bool jumps(const struct enumeration *e, const struct lab *lab, size_t lane)
{
    float along = e->a * lab->a[lane] + e->b * lab->b[lane];
    float across = e->a * lab->b[lane] - e->b * lab->a[lane];
    return along <= 0 && fabs(across) <= MARGIN * hypot(e->a, e->b);
}

static void look_closer(struct enumeration *e, const struct point *point,
                        const struct lab *lab)
{
    struct lanes_lab sample;
    double de00[LANES];
    for (size_t i = 0; i < LANES; i++) {
        sample.L[i] = lab->L[i];
        sample.a[i] = lab->a[i];
        sample.b[i] = lab->b[i];
    }
    lanes_ciede2000(e->isa, &e->target, &sample, 1, de00);
    for (size_t i = 0; i < LANES; i++)
        if (de00[i] <= e->best.de00 + MARGIN || jumps(e, lab, i))
            judge(e, point, i);
}

/* -- all of it ------------------------------------------------------------------ */

LANES_KERNEL void mix_parts(struct enumeration *e, size_t parts)
{
    const struct points *points = &e->points[e->count];
    struct parts paint;
    for (size_t i = 0; i < parts; i++) {
        size_t index = i < e->count ? e->pigment[i] : PEER_PIGMENTS_MAX;
        paint.K[i] = e->paint[index].K;
        paint.S[i] = e->paint[index].S;
    }
    for (size_t i = 0; i * LANES < points->count; i++) {
        struct lab lab;
        color(&e->scale, &paint, parts, &points->group[i], &lab);
        if (passes(e, &lab))
            look_closer(e, &points->group[i], &lab);
    }
}

/* A loop over the parts of a number that is known is none in the end. */
LANES_KERNEL void mix(struct enumeration *e)
{
    switch (e->count) {
    case 1: mix_parts(e, 2); break;
    case 2: mix_parts(e, 3); break;
    case 3: mix_parts(e, 4); break;
    default: mix_parts(e, 5); break;
    }
}

static void mix_baseline(struct enumeration *e)
{
    mix(e);
}

LANES_TARGET_AVX2 static void mix_avx2(struct enumeration *e)
{
    mix(e);
}

LANES_TARGET_AVX512 static void mix_avx512(struct enumeration *e)
{
    mix(e);
}

static void mix_subset(struct enumeration *e)
{
    switch (e->isa) {
    case LANES_AVX512: mix_avx512(e); break;
    case LANES_AVX2: mix_avx2(e); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: mix_baseline(e); break;
    }
    e->recipes += e->points[e->count].count;
}

/* Every subset that begins with the pigments chosen so far. */
static void mix_subsets(struct enumeration *e, size_t first)
{
    if (e->count > 0)
        mix_subset(e);
    if (e->count == e->problem->subset_max)
        return;
    for (size_t i = first; i < e->problem->pigment_count; i++) {
        e->pigment[e->count++] = i;
        mix_subsets(e, i + 1);
        e->count--;
    }
}

static struct paint narrowed(const struct colorant *paint)
{
    struct paint narrow;
    for (size_t band = 0; band < BAND_COUNT; band++) {
        narrow.K[band] = (float)paint->K.value[band];
        narrow.S[band] = (float)paint->S.value[band];
    }
    return narrow;
}

static void prepare(struct enumeration *e)
{
    const struct peer_problem *problem = e->problem;
    const struct weights *weights = &problem->weights;
    for (size_t i = 0; i < problem->pigment_count; i++)
        e->paint[i] = narrowed(&problem->pigment[i]);
    e->paint[PEER_PIGMENTS_MAX] = narrowed(&problem->diluent);
    for (size_t band = 0; band < BAND_COUNT; band++) {
        e->scale.x[band] = (float)(weights->x[band] / weights->white.X);
        e->scale.y[band] = (float)(weights->y[band] / weights->white.Y);
        e->scale.z[band] = (float)(weights->z[band] / weights->white.Z);
    }
    e->L = (float)problem->target.L;
    e->a = (float)problem->target.a;
    e->b = (float)problem->target.b;
    for (size_t i = 0; i < LANES; i++) {
        e->target.L[i] = problem->target.L;
        e->target.a[i] = problem->target.a;
        e->target.b[i] = problem->target.b;
    }
    e->best.de00 = INFINITY;
    e->screen = make_screen(e);
}

enum status peer_enumerate(const struct peer_problem *problem, struct peer_recipe *best,
                           uint64_t *recipes)
{
    struct enumeration e = {.problem = problem, .isa = lanes_isa_best()};
    prepare(&e);
    enum status status = make_points(&e);
    if (status == STATUS_OK) {
        mix_subsets(&e, 0);
        *best = e.best;
        *recipes = e.recipes;
    }
    for (size_t n = 0; n <= PEER_SUBSET_MAX; n++)
        free(e.points[n].group);
    return status;
}
