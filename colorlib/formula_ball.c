/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The formula (ISO/CIE 11664-6) is a quadratic form of the differences in lightness,
 * chroma and hue whose weights depend on both colors. Within a ball the weights are
 * bounded, and with them the differences, which bounds the weights again.
 */
#include "colorlib/formula_parts.h"

/* From here on hue is told apart from chroma: below, the plane of a* and b* bends too
 * much within a ball. */
static const double hue_from_chroma = 8;

/* No color of reflectance 0 to 1 is further from another in the plane of a*, b*. */
static const double plane_max = 600;

/* The bounds tighten from round to round; each is valid by itself. */
enum { ROUNDS = 6 };

void formula_ball_make(const cmsCIELab *target, struct formula_ball *out)
{
    struct formula_ball ball = {.target = *target};
    ball.stretch = stretch_of(hypot(target->a, target->b));
    double a = ball.stretch * target->a, b = target->b;
    ball.chroma = hypot(a, b);
    ball.hue = atan2(b, a) / RADIANS;
    ball.of_lightness = weight_of_lightness(target->L);
    ball.of_chroma = 1 + 0.045 * ball.chroma;
    ball.of_hue = 1 + 0.015 * ball.chroma * hue_factor(ball.hue);
    double c = 1, s = 0;
    if (ball.chroma >= hue_from_chroma) {
        c = a / ball.chroma;
        s = b / ball.chroma;
    } else {
        ball.of_hue = ball.of_chroma;
    }

    double fy = (target->L + 16) / 116;
    double f[3] = {fy + target->a / 500, fy, fy - target->b / 200};
    /* of f to lightness, along the chroma and along the hue */
    double da[3] = {500 * ball.stretch, -500 * ball.stretch, 0}, db[3] = {0, 200, -200};
    for (size_t k = 0; k < 3; k++) {
        double slope = 1 / tristimulus_slope(f[k]);
        ball.axis[0][k] = (k == 1 ? 116 : 0) / ball.of_lightness * slope;
        ball.axis[1][k] = (c * da[k] + s * db[k]) / ball.of_chroma * slope;
        ball.axis[2][k] = (c * db[k] - s * da[k]) / ball.of_hue * slope;
    }
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++)
            ball.origin[i] += ball.axis[i][k] * tristimulus(f[k]);
    *out = ball;
}

/* 1 + G of a pair, at the least and at the most, where their mean chroma is within
 * half of plane of the target's; |da|, |db| <= plane as 1 + G is at least 1. */
static double stretch_min(const struct formula_ball *ball, double plane)
{
    return stretch_of(hypot(ball->target.a, ball->target.b) + plane / 2);
}

static double stretch_max(const struct formula_ball *ball, double plane)
{
    return stretch_of(fmax(hypot(ball->target.a, ball->target.b) - plane / 2, 0));
}

/* The target's C' with the stretch of a pair, which is not that of the ball. */
static double chroma_max(const struct formula_ball *ball, double plane)
{
    return hypot(stretch_max(ball, plane) * ball->target.a, ball->target.b);
}

static double chroma_min(const struct formula_ball *ball, double plane)
{
    return hypot(stretch_min(ball, plane) * ball->target.a, ball->target.b);
}

/* Radians by which the mean hue of a pair may differ from the ball's; no less than a
 * half turn where nothing is known. The first part is the hue of the sample, half of
 * which counts; the other what another stretch does to the target's: an ellipse's angle
 * moves by less than the ratio of its axes is off 1. */
static double hue_spread(const struct formula_ball *ball, double plane)
{
    double chroma = chroma_min(ball, plane);
    if (plane >= chroma)
        return HALF_TURN;
    double turn = fmax(stretch_max(ball, plane) / ball->stretch,
                       ball->stretch / stretch_min(ball, plane)) -
                  1;
    return asin(plane / chroma) / 2 + turn;
}

/* The rotation term is |RT| dC dH at the most, with the mean hue nearest to 275 degrees
 * that is possible. */
static double form_min(const struct formula_ball *ball, double plane)
{
    double hue = ball->hue < 0 ? ball->hue + 360 : ball->hue;
    double spread = hue_spread(ball, plane) / RADIANS;
    double off = fabs(hue - 275);
    off = fmax(fmin(off, 360 - off) - spread, 0);
    double turn = 60 * exp(-(off / 25) * (off / 25));
    double mean = chroma_max(ball, plane) + plane / 2;
    return 1 - saturation(mean) * sin(turn * RADIANS);
}

/* S_C is not below S_H, because 0.015 T is below 0.045. */
static struct formula_extent tighten(const struct formula_ball *ball,
                                     struct formula_extent known, double ciede2000)
{
    struct formula_extent next = known;
    next.lightness =
        fmin(known.lightness, ciede2000 * of_lightness_max(ball, known.lightness));
    next.form = fmax(known.form, form_min(ball, known.plane));
    double root = sqrt(next.form) - 0.0225 * ciede2000;
    double chroma = chroma_max(ball, known.plane);
    if (root > 0)
        next.plane = fmin(known.plane, ciede2000 * (1 + 0.045 * chroma) / root);
    return next;
}

/* How far the ball's own frame, made with the target's stretch, may see (da', db') moved
 * and turned. */
static double frame_error(const struct formula_ball *ball,
                          const struct formula_extent *extent)
{
    double low = stretch_min(ball, extent->plane),
           high = stretch_max(ball, extent->plane);
    double off = fmax(ball->stretch / low - 1, high / ball->stretch - 1);
    return 2 * off * extent->plane;
}

/* Chroma and hue parts with one weight, whatever the direction. */
static double plane_radius(const struct formula_ball *ball,
                           const struct formula_extent *extent, double ciede2000)
{
    double of_chroma = 1 + 0.045 * (chroma_max(ball, extent->plane) + extent->plane / 2);
    double least = fmin(ball->of_chroma, ball->of_hue);
    double linear = fmax(of_lightness_max(ball, extent->lightness) / ball->of_lightness,
                         of_chroma / (least * sqrt(extent->form)));
    return linear * ciede2000 + frame_error(ball, extent) / least;
}

/*
 * With chroma and hue told apart. In the frame of the target's hue the sample lies at
 * u = dC - dH^2 / (2 C_t) along the chroma and |v| <= |dH| sqrt(C / C_t) across, so that
 * |(u / S_C, v / S_H)| is at most the larger ratio of weights times the form's length,
 * and the square term.
 */
static double hue_radius(const struct formula_ball *ball,
                         const struct formula_extent *extent, double ciede2000)
{
    double low = chroma_min(ball, extent->plane), high = chroma_max(ball, extent->plane);
    double mean = high + extent->plane / 2;
    double factor =
        fmin(HUE_FACTOR_MAX,
             hue_factor(ball->hue) + HUE_FACTOR_SLOPE * hue_spread(ball, extent->plane));
    double of_hue = 1 + 0.015 * mean * factor;
    double across = of_hue / ball->of_hue * sqrt(1 + extent->plane / low);
    double along = (1 + 0.045 * mean) / ball->of_chroma;
    double form = sqrt(extent->form);
    double linear = fmax(of_lightness_max(ball, extent->lightness) / ball->of_lightness,
                         fmax(across, along) / form);
    double in_form = ciede2000 / form;
    double bend = of_hue * of_hue / (2 * low * ball->of_chroma) * in_form * in_form;
    return linear * ciede2000 + bend +
           frame_error(ball, extent) / fmin(ball->of_chroma, ball->of_hue);
}

/* Differences of a color from the target, at the most. */
struct deviation {
    double lightness;
    double a;
    double b;
};

/* What the coordinates add because they are linear in XYZ and not in f: to second order
 * f^-1 departs from its tangent by 3 f df^2 at the most. */
static double curvature(const struct formula_ball *ball, const struct deviation *most)
{
    double fy = (ball->target.L + 16) / 116, dy = most->lightness / 116;
    double f[3] = {fy + ball->target.a / 500, fy, fy - ball->target.b / 200};
    double df[3] = {dy + most->a / 500, dy, dy + most->b / 200};
    double sum[3] = {0, 0, 0};
    for (size_t k = 0; k < 3; k++) {
        double rest = 3 * fmax(f[k] + df[k], 0) * df[k] * df[k];
        for (size_t i = 0; i < 3; i++)
            sum[i] += fabs(ball->axis[i][k]) * rest;
    }
    return vector_length(sum);
}

struct formula_extent formula_ball_extent(const struct formula_ball *ball,
                                          double ciede2000)
{
    struct formula_extent extent = {
        .lightness = 100, .plane = plane_max, .form = 1 - sin(1.05)};
    for (int round = 0; round < ROUNDS; round++) {
        double plane = extent.plane;
        extent = tighten(ball, extent, ciede2000);
        if (extent.plane > 0.99 * plane)
            break;
    }
    return extent;
}

double formula_ball_radius(const struct formula_ball *ball, double ciede2000)
{
    struct formula_extent extent = formula_ball_extent(ball, ciede2000);
    double radius = plane_radius(ball, &extent, ciede2000);
    if (ball->chroma >= hue_from_chroma && chroma_min(ball, extent.plane) > extent.plane)
        radius = fmin(radius, hue_radius(ball, &extent, ciede2000));
    struct deviation most = {extent.lightness, extent.plane, extent.plane};
    return radius + curvature(ball, &most);
}

double formula_ball_reach(const struct formula_ball *ball, double distance)
{
    double low = 0, high = 200;
    if (!(distance > 0))
        return 0;
    for (int step = 0; step < 40; step++) {
        double middle = (low + high) / 2;
        if (formula_ball_radius(ball, middle) < distance)
            low = middle;
        else
            high = middle;
    }
    return low;
}
