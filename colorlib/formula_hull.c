/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A body around a large ball: the plane of chroma and hue is covered with sectors, and
 * those count that come near enough to the target. */
#include "colorlib/formula_parts.h"

static double distance_to_zero(struct formula_range x)
{
    return fmax(fmax(x.low, -x.high), 0);
}

/* The angle between (a, b) and (stretch a, b), at most 0.21 for a stretch of up to 1.5.
 */
static double turn_by_stretch(double hue, double stretch)
{
    return remainder(atan2(sin(hue), stretch * cos(hue)) - hue, 2 * HALF_TURN);
}

/* What the target and the colors of a sector differ by. The values in the middle of the
 * sector and of the stretch come first, then how far from them the sector and another
 * stretch may be: neither chroma nor hue moves by more than the share off of itself, and
 * the stretch moves a difference of hues by 1.5 at the most. */
struct pair {
    double off;                   /* share */
    double half;                  /* of the sector's turn */
    struct formula_range between; /* hues, radians */
    double furthest, nearest;
    double mean_hue;
    double target; /* chroma */
    struct formula_range sample;
    struct formula_range dC;
};

static struct pair pair_of(const struct formula_ball *ball,
                           const struct formula_sector *sector)
{
    double chroma = hypot(ball->target.a, ball->target.b);
    double hue = atan2(ball->target.b, ball->target.a);
    struct formula_range stretch = {stretch_of((chroma + sector->chroma.high) / 2),
                                    stretch_of((chroma + sector->chroma.low) / 2)};
    double middle = (stretch.low + stretch.high) / 2, off = stretch.high - stretch.low;
    double turn = (sector->turn.low + sector->turn.high) / 2;
    double half = (sector->turn.high - sector->turn.low) / 2;
    double dh = turn + turn_by_stretch(hue + turn, middle) - turn_by_stretch(hue, middle);
    double low = hypot(stretch.low * cos(hue + turn), sin(hue + turn));
    double high = hypot(stretch.high * cos(hue + turn), sin(hue + turn));
    struct pair pair = {
        .off = off,
        .half = half,
        .between = {dh - 1.5 * half - off, dh + 1.5 * half + off},
        .mean_hue = hue + turn_by_stretch(hue, middle) + dh / 2,
        .target = hypot(middle * cos(hue), sin(hue)) * chroma,
        .sample = {sector->chroma.low * fmax(low - 0.65 * half, 0),
                   sector->chroma.high * (high + 0.65 * half)},
    };
    pair.furthest = fmax(fabs(pair.between.low), fabs(pair.between.high));
    pair.nearest =
        fmin(distance_to_zero(pair.between), fmax(2 * HALF_TURN - pair.furthest, 0));
    pair.dC = (struct formula_range){pair.sample.low - pair.target * (1 + off),
                                     pair.sample.high - pair.target * (1 - off)};
    return pair;
}

/* Weights of a pair at the most. */
struct pair_weights {
    double of_chroma;
    double of_hue;
    double rotation; /* lessens the form */
};

static struct pair_weights weights_of(const struct pair *pair)
{
    double mean = (pair->target * (1 + pair->off) + pair->sample.high) / 2;
    double spread = 0.75 * pair->half + 1.5 * pair->off;
    double factor = fmin(HUE_FACTOR_MAX, hue_factor(pair->mean_hue / RADIANS) +
                                             HUE_FACTOR_SLOPE * spread);
    double from_blue = fabs(remainder(pair->mean_hue / RADIANS - 275, 360));
    from_blue = fmax(from_blue - spread / RADIANS, 0);
    bool opposite = pair->furthest >= HALF_TURN;
    if (opposite) { /* the mean of opposite hues may lie on either side */
        factor = HUE_FACTOR_MAX;
        from_blue = 0;
    }
    /* the rotation term lessens the form where chroma and hue grow together */
    bool against = (pair->dC.high < 0 && pair->between.low > 0) ||
                   (pair->dC.low > 0 && pair->between.high < 0);
    double turn = 60 * RADIANS * exp(-from_blue * from_blue / 625);
    return (struct pair_weights){
        .of_chroma = 1 + 0.045 * mean,
        .of_hue = 1 + 0.015 * mean * factor,
        .rotation = against && !opposite ? 0 : saturation(mean) * sin(turn),
    };
}

/* sqrt(p^2 + q^2 - 2 rotation p q), where p and q may be larger than known. It is least
 * at them or where the larger meets the other at its least value. */
double formula_sector_difference(const struct formula_ball *ball,
                                 const struct formula_sector *sector)
{
    struct pair pair = pair_of(ball, sector);
    struct pair_weights weights = weights_of(&pair);
    double chromas = pair.target * (1 - pair.off) * fmax(pair.sample.low, 0);
    double p = distance_to_zero(pair.dC) / weights.of_chroma;
    double q = 2 * sqrt(chromas) * sin(pair.nearest / 2) / weights.of_hue;
    double larger = fmax(p, q), smaller = fmin(p, q);
    double best = fmax(smaller, weights.rotation * larger);
    return sqrt(larger * larger + best * best - 2 * weights.rotation * larger * best);
}

/* The coordinates of a color. */
static void coordinates(const struct formula_ball *ball, double L, double a, double b,
                        double y[3])
{
    double fy = (L + 16) / 116, f[3] = {fy + a / 500, fy, fy - b / 200};
    for (size_t i = 0; i < 3; i++) {
        y[i] = -ball->origin[i];
        for (size_t k = 0; k < 3; k++)
            y[i] += ball->axis[i][k] * tristimulus(f[k]);
    }
}

/* The directions of the faces, edges and corners of a cube. */
static void face_direction(size_t face, double n[3])
{
    size_t code = face < 13 ? face : face + 1; /* without (0, 0, 0) in the middle */
    n[0] = (double)(code / 9) - 1;
    n[1] = (double)(code / 3 % 3) - 1;
    n[2] = (double)(code % 3) - 1;
    double size = vector_length(n);
    for (size_t i = 0; i < 3; i++)
        n[i] /= size;
}

/* Extends a hull so that it holds what is around two points, by so much along each
 * coordinate. */
static void hull_extend(struct formula_hull *hull, const double one[3],
                        const double two[3], const double around[3])
{
    hull->radius = fmax(hull->radius, fmax(vector_length(one), vector_length(two)) +
                                          vector_length(around));
    for (size_t face = 0; face < FORMULA_FACES; face++) {
        const double *n = hull->direction[face];
        double more =
            fabs(n[0]) * around[0] + fabs(n[1]) * around[1] + fabs(n[2]) * around[2];
        double y = fmax(n[0] * one[0] + n[1] * one[1] + n[2] * one[2],
                        n[0] * two[0] + n[1] * two[1] + n[2] * two[2]);
        hull->support[face] = fmax(hull->support[face], y + more);
    }
}

/* A covering of the ball with sectors. */
struct cover {
    const struct formula_ball *ball;
    const struct formula_extent *extent;
    double ciede2000;
    double size; /* of a sector that is not divided further, in CIEDE2000 */
    struct formula_hull *hull;
};

/*
 * Extends the hull to a sector's colors within the ball: those of its middle at the least
 * and the largest lightness, what changes from the middle to the edge, and what bends in
 * between.
 */
static void add_sector(const struct cover *cover, const struct formula_sector *sector,
                       double difference)
{
    const struct formula_ball *ball = cover->ball;
    double rest =
        sqrt(fmax(cover->ciede2000 * cover->ciede2000 - difference * difference, 0));
    double dL = fmin(cover->extent->lightness,
                     rest * of_lightness_max(ball, cover->extent->lightness));
    double low = fmax(ball->target.L - dL, 0), high = fmin(ball->target.L + dL, 100);
    double hue = atan2(ball->target.b, ball->target.a) +
                 (sector->turn.low + sector->turn.high) / 2;
    double half = (sector->turn.high - sector->turn.low) / 2;
    double chroma = (sector->chroma.low + sector->chroma.high) / 2;
    double a = chroma * cos(hue), b = chroma * sin(hue);
    double size =
        hypot(sector->chroma.high - chroma, 2 * sector->chroma.high * sin(half / 2));

    double fy = (high + 16) / 116, df = (high - low) / 2 / 116;
    double x = fmax(fy + (a + size) / 500, LINEAR_BELOW);
    double z = fmax(fy - (b - size) / 200, LINEAR_BELOW);
    double around[3], one[3], two[3];
    for (size_t i = 0; i < 3; i++) {
        const double *axis = ball->axis[i];
        double edge =
            size * 3 * (fabs(axis[0]) * x * x / 500 + fabs(axis[2]) * z * z / 200);
        double bend =
            3 * df * df * (fabs(axis[0]) * x + fabs(axis[1]) * fy + fabs(axis[2]) * z);
        around[i] = edge + bend;
    }
    coordinates(ball, low, a, b, one);
    coordinates(ball, high, a, b, two);
    hull_extend(cover->hull, one, two, around);
}

/* Sectors that do not reach into the ball drop out, larger ones are divided. */
static void cover_sector(const struct cover *cover, const struct formula_sector *sector)
{
    double difference = formula_sector_difference(cover->ball, sector);
    if (difference > cover->ciede2000)
        return;
    double along = (sector->chroma.high - sector->chroma.low) / cover->ball->of_chroma;
    double across = (sector->turn.high - sector->turn.low) * sector->chroma.high /
                    cover->ball->of_hue;
    if (fmax(along, across) <= cover->size) {
        add_sector(cover, sector, difference);
        return;
    }
    struct formula_sector one = *sector, two = *sector;
    if (along > across)
        one.chroma.high = two.chroma.low = (sector->chroma.low + sector->chroma.high) / 2;
    else
        one.turn.high = two.turn.low = (sector->turn.low + sector->turn.high) / 2;
    cover_sector(cover, &one);
    cover_sector(cover, &two);
}

void formula_ball_hull(const struct formula_ball *ball, double ciede2000,
                       struct formula_hull *out)
{
    struct formula_extent extent = formula_ball_extent(ball, ciede2000);
    double chroma = hypot(ball->target.a, ball->target.b);
    struct formula_hull hull = {.radius = 0};
    for (size_t face = 0; face < FORMULA_FACES; face++)
        face_direction(face, hull.direction[face]);
    struct cover cover = {ball, &extent, ciede2000, ciede2000 / 6, &hull};
    struct formula_sector all = {{fmax(chroma - extent.plane, 0), chroma + extent.plane},
                                 {-HALF_TURN, HALF_TURN}};
    cover_sector(&cover, &all);
    *out = hull;
}
