/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The formula (ISO/CIE 11664-6) is the length of
 *
 *   (dL / S_L, dC' / S_C, dH' / S_H)
 *
 * but for its rotation, which takes away no more than the share R of the last two: 1 - R
 * is called form here. Where all colors are near one another the weights S and the form
 * are nearly constant, so that their worst values lose little. A length is above its
 * projection on any direction, the one towards the center losing least, and what then
 * remains is nearly linear in L*, a*, b*, which are linear in the cube roots, which lie
 * between tangent and chord.
 *
 * Chroma and hue. In the plane of a' = (1 + G) a* and b* let u be the difference from the
 * target along the target's hue and w across it. With the target's chroma C_t, the
 * sample's C and the angle h between them w = C sin h, and
 *
 *   dH'^2 = 2 C C_t (1 - cos h) = w^2 2 C_t / (C + C cos h) >= w^2 C_t / C,
 *   dC'   = u + dH'^2 / (2 C_t) = u + w^2 / (C + C cos h),
 *
 * where C cos h = C_t + u. G depends on the sample: with another G, off by a share tau,
 * the difference is another one by tau of its length, and the target's hue another one by
 * tau, because an ellipse's angle moves by half of the logarithm of the ratio of its axes
 * at the most. So u and w are uncertain by 2 tau of the length. As S_H <= S_C, because
 * 0.015 T < 0.045, both may be weighed with S_C where hues are far apart.
 */
#include "colorlib/lanes_plane.h"

#include <math.h>

#include "colorlib/lanes_layer.h"
#include "colorlib/lanes_response.h"

#define RADIANS 0.017453292519943296

/* 25^7 */
#define HALF_CHROMA_7 6103515625.0

/* T at the most, and its second derivative by radians. */
#define HUE_FACTOR_MAX  (1 + 0.17 + 0.24 + 0.32 + 0.20)
#define HUE_FACTOR_BEND (0.17 + 4 * 0.24 + 9 * 0.32 + 16 * 0.20)

/* From here on hue is told apart from chroma. */
#define HUE_FROM_CHROMA 1.0

/* A center this near to the target is in no direction from it. */
#define NEAREST 1e-6

/* Chords over less than this take its slope, which is less than theirs. */
#define NARROWEST 1e-12

static double degrees_from_blue(double a, double b)
{
    double off = fabs(atan2(b, a) / RADIANS + 85); /* 275 degrees is -85 */
    return fmin(off, 360 - off);
}

LANES_KERNEL double saturation(double chroma)
{
    double square = chroma * chroma, seventh = square * square * square * chroma;
    return sqrt(seventh / (seventh + HALF_CHROMA_7));
}

LANES_KERNEL double stretch_of(double mean_chroma)
{
    return 1.5 - 0.5 * saturation(mean_chroma);
}

void lanes_target_set(struct lanes_targets *targets, size_t lane, const cmsCIELab *target)
{
    double chroma = hypot(target->a, target->b), stretch = stretch_of(chroma);
    double hue = atan2(target->b, stretch * target->a);
    targets->L[lane] = target->L;
    targets->a[lane] = target->a;
    targets->b[lane] = target->b;
    targets->chroma[lane] = chroma;
    targets->stretch[lane] = stretch;
    targets->hue_factor[lane] = 1 - 0.17 * cos(hue - 30 * RADIANS) + 0.24 * cos(2 * hue) +
                                0.32 * cos(3 * hue + 6 * RADIANS) -
                                0.20 * cos(4 * hue - 63 * RADIANS);
    targets->hue_slope[lane] = 0.17 * sin(hue - 30 * RADIANS) - 0.48 * sin(2 * hue) -
                               0.96 * sin(3 * hue + 6 * RADIANS) +
                               0.80 * sin(4 * hue - 63 * RADIANS);
    targets->from_blue[lane] = degrees_from_blue(stretch * target->a, target->b);
}

/* -- CIELAB -------------------------------------------------------------------- */

/* The function of a ratio over a range: between a chord and a tangent, as it is concave.
 */
struct response {
    double radius;
    double low; /* at the ends */
    double high;
    double middle;
    double tangent; /* slope at the middle */
    double chord;   /* from low to high */
    double bend;    /* below the tangent at the most */
};

LANES_KERNEL struct response respond(double center, double radius)
{
    double f = lanes_response(center), low = lanes_response(center - radius),
           high = lanes_response(center + radius);
    double slope = f > 24.0 / 116 ? 1 / (3 * f * f) : 841.0 / 108;
    double under_low = f - slope * radius - low, under_high = f + slope * radius - high;
    double width = 2 * radius;
    return (struct response){
        .radius = radius,
        .low = low,
        .high = high,
        .middle = f,
        .tangent = slope,
        .chord = (high - low) / (width > NARROWEST ? width : NARROWEST),
        .bend = under_low > under_high ? under_low : under_high,
    };
}

/* A range as center and radius. */
struct range {
    double center;
    double radius;
};

LANES_KERNEL struct range range_between(double low, double high)
{
    return (struct range){0.5 * (low + high), 0.5 * (high - low)};
}

/* What is known of the colors at a lane. */
struct place {
    struct response x;
    struct response y;
    struct response z;
    struct range L; /* minus the target's */
    struct range a;
    struct range b;
};

LANES_KERNEL double reach_of(const struct lanes_colors *colors, size_t count, size_t axis,
                             size_t i)
{
    double sum = colors->rest[axis][i];
    LANES_UNROLLED for (size_t k = 0; k < count; k++) sum +=
        fabs(colors->move[k][axis][i]);
    return sum;
}

/* How far one axis times a slope less another times another moves. */
LANES_KERNEL double difference_of(const struct lanes_colors *colors, size_t count,
                                  double first, size_t one, double second, size_t other,
                                  size_t i)
{
    double sum = first * colors->rest[one][i] + second * colors->rest[other][i];
    LANES_UNROLLED for (size_t k = 0; k < count; k++) sum +=
        fabs(first * colors->move[k][one][i] - second * colors->move[k][other][i]);
    return sum;
}

LANES_KERNEL struct place place_of(const struct lanes_targets *targets,
                                   const struct lanes_colors *colors, size_t count,
                                   size_t i)
{
    struct place place;
    place.x = respond(colors->center[0][i], reach_of(colors, count, 0, i));
    place.y = respond(colors->center[1][i], reach_of(colors, count, 1, i));
    place.z = respond(colors->center[2][i], reach_of(colors, count, 2, i));
    const struct response *x = &place.x, *y = &place.y, *z = &place.z;
    double red = difference_of(colors, count, x->tangent, 0, y->tangent, 1, i);
    double yellow = difference_of(colors, count, y->tangent, 1, z->tangent, 2, i);
    place.L = range_between(116 * y->low - 16 - targets->L[i],
                            116 * y->high - 16 - targets->L[i]);
    double a = 500 * (x->middle - y->middle) - targets->a[i];
    double b = 200 * (y->middle - z->middle) - targets->b[i];
    place.a = range_between(a - 500 * (red + x->bend), a + 500 * (red + y->bend));
    place.b = range_between(b - 200 * (yellow + y->bend), b + 200 * (yellow + z->bend));
    return place;
}

/* -- the formula's parts ------------------------------------------------------- */

LANES_KERNEL double length(double a, double b)
{
    return sqrt(a * a + b * b);
}

LANES_KERNEL double larger(double a, double b)
{
    return a > b ? a : b;
}

LANES_KERNEL double smaller(double a, double b)
{
    return a < b ? a : b;
}

/* Magnitudes within a range. */
LANES_KERNEL double magnitude_max(struct range range)
{
    return fabs(range.center) + range.radius;
}

LANES_KERNEL double magnitude_min(struct range range)
{
    return larger(fabs(range.center) - range.radius, 0);
}

/* The plane of a' and b*, turned to the target's hue. */
struct frame {
    double stretch; /* 1 + G in the middle of what it may be */
    double share;   /* by which it may be off */
    double chroma;  /* of the target */
    double cosine;
    double sine;
};

LANES_KERNEL struct frame frame_of(const struct lanes_targets *targets,
                                   const struct place *place, size_t i)
{
    struct range a = {place->a.center + targets->a[i], place->a.radius};
    struct range b = {place->b.center + targets->b[i], place->b.radius};
    double least = length(magnitude_min(a), magnitude_min(b));
    double most = length(magnitude_max(a), magnitude_max(b));
    double low = stretch_of(0.5 * (targets->chroma[i] + most));
    double high = stretch_of(0.5 * (targets->chroma[i] + least));
    double stretch = 0.5 * (low + high);
    double ta = stretch * targets->a[i], tb = targets->b[i], chroma = length(ta, tb);
    double inverse = 1 / larger(chroma, NEAREST);
    return (struct frame){
        .stretch = stretch,
        .share = 0.5 * (high - low) / stretch,
        .chroma = chroma,
        .cosine = chroma > NEAREST ? ta * inverse : 1,
        .sine = chroma > NEAREST ? tb * inverse : 0,
    };
}

/* Differences along the target's hue and across it. */
struct turned {
    struct range along;
    struct range across;
    double error; /* of both */
};

LANES_KERNEL struct turned turn(const struct frame *frame, const struct place *place)
{
    double c = frame->cosine, s = frame->sine, g = frame->stretch;
    const struct range *a = &place->a, *b = &place->b;
    double whole = length(g * magnitude_max(*a), magnitude_max(*b));
    return (struct turned){
        .along = {c * g * a->center + s * b->center,
                  fabs(c) * g * a->radius + fabs(s) * b->radius},
        .across = {c * b->center - s * g * a->center,
                   fabs(c) * b->radius + fabs(s) * g * a->radius},
        .error = 2 * frame->share * whole,
    };
}

/* The formula as a length: differences times these are no longer than it is. */
struct measure {
    double lightness;
    double chroma;
    double hue;  /* of the difference across */
    double low;  /* what dC' is more than the difference along */
    double high; /* and at the most */
};

LANES_KERNEL double lightness_weight(double mean)
{
    double u = mean - 50;
    return 1 + 0.015 * u * u / sqrt(20 + u * u);
}

/* The share that the rotation leaves, where mean hues are so many degrees off the
 * target's at the most. sin(x) <= x, and x is a third of a half turn at the most. */
LANES_KERNEL double form_of(double from_blue, double off, double mean_chroma)
{
    double near = larger(from_blue - off, 0) * (1.0 / 25);
    double turned = 60 * RADIANS * lanes_halves(near * near * LANES_PER_LN2);
    return 1 - saturation(mean_chroma) * smaller(turned, 0.8660254037844387);
}

/* T where the mean hue is less than low or more than high off the target's nowhere: below
 * a parabola, whose largest value is at an end. */
LANES_KERNEL double hue_factor_max(double at, double slope, double low, double high)
{
    double left = at + low * (slope + 0.5 * HUE_FACTOR_BEND * low);
    double right = at + high * (slope + 0.5 * HUE_FACTOR_BEND * high);
    return smaller(larger(left, right), HUE_FACTOR_MAX);
}

LANES_KERNEL struct measure measure_of(const struct lanes_targets *targets,
                                       const struct place *place,
                                       const struct frame *frame,
                                       const struct turned *turned, size_t i)
{
    double target_low = frame->chroma * (1 - frame->share);
    double target_high = frame->chroma * (1 + frame->share);
    double e = turned->error;
    double along_low = target_low + turned->along.center - turned->along.radius - e;
    double along_high = target_high + turned->along.center + turned->along.radius + e;
    double across_low = larger(magnitude_min(turned->across) - e, 0);
    double across_high = magnitude_max(turned->across) + e;
    double sample = length(larger(fabs(along_low), fabs(along_high)), across_high);
    double mean = 0.5 * (target_high + sample);

    bool apart = frame->chroma > HUE_FROM_CHROMA && along_low > 0.25 * frame->chroma;
    double along = apart ? along_low : 1;
    double left = smaller(turned->across.center - turned->across.radius - e, 0) / along;
    double right = larger(turned->across.center + turned->across.radius + e, 0) / along;
    double other = frame->share + fabs(frame->stretch / targets->stretch[i] - 1);
    double low = 0.5 * left - other, high = 0.5 * right + other;
    double T = hue_factor_max(targets->hue_factor[i], targets->hue_slope[i], low, high);
    double off = larger(-low, high) / RADIANS;
    double form = sqrt(form_of(apart ? targets->from_blue[i] : 0, off, mean));

    double of_lightness = larger(
        lightness_weight(targets->L[i] + 0.5 * (place->L.center - place->L.radius)),
        lightness_weight(targets->L[i] + 0.5 * (place->L.center + place->L.radius)));
    double of_chroma = 1 + 0.045 * mean;
    double of_hue = apart ? 1 + 0.015 * mean * T : of_chroma;
    double longer = sqrt(target_low / larger(sample, NEAREST));
    return (struct measure){
        .lightness = 1 / of_lightness,
        .chroma = form / of_chroma,
        .hue = form / of_hue * (apart ? longer : 1),
        .low = apart ? 0.5 * across_low * across_low / sample : 0,
        .high = apart ? 0.5 * across_high * across_high / along : 0,
    };
}

/* -- the plane ----------------------------------------------------------------- */

/* A plane over L*, a*, b* less the target's. */
struct plane {
    double at_zero;
    double by_L;
    double by_a;
    double by_b;
};

LANES_KERNEL struct plane plane_of(const struct place *place, const struct frame *frame,
                                   const struct turned *turned,
                                   const struct measure *measure)
{
    double L = measure->lightness * place->L.center;
    double C =
        measure->chroma * (turned->along.center + 0.5 * (measure->low + measure->high));
    double H = measure->hue * turned->across.center;
    double scale = 1 / larger(sqrt(L * L + C * C + H * H), NEAREST);
    double along = scale * C * measure->chroma, across = scale * H * measure->hue;
    return (struct plane){
        .at_zero = along * (along > 0 ? measure->low : measure->high) -
                   (fabs(along) + fabs(across)) * turned->error,
        .by_L = scale * L * measure->lightness,
        .by_a = frame->stretch * (along * frame->cosine - across * frame->sine),
        .by_b = along * frame->sine + across * frame->cosine,
    };
}

/* Takes the line below a multiple of an axis' function. */
LANES_KERNEL void put_axis(const struct lanes_colors *colors,
                           const struct response *response, double factor, size_t axis,
                           size_t i, struct lanes_planes *out)
{
    double center = colors->center[axis][i];
    double slope = factor > 0 ? response->chord : response->tangent;
    double value = factor > 0 ? response->low + response->chord * response->radius
                              : response->middle;
    out->by_ratio[axis][i] = factor * slope;
    out->at_zero[i] += factor * (value - slope * center);
}

LANES_KERNEL void plane_lane(const struct lanes_targets *targets,
                             const struct lanes_colors *colors, size_t count, size_t i,
                             struct lanes_planes *out)
{
    struct place place = place_of(targets, colors, count, i);
    struct frame frame = frame_of(targets, &place, i);
    struct turned turned = turn(&frame, &place);
    struct measure measure = measure_of(targets, &place, &frame, &turned, i);
    struct plane plane = plane_of(&place, &frame, &turned, &measure);
    out->at_zero[i] = plane.at_zero - plane.by_L * (16 + targets->L[i]) -
                      plane.by_a * targets->a[i] - plane.by_b * targets->b[i];
    put_axis(colors, &place.x, 500 * plane.by_a, 0, i, out);
    put_axis(colors, &place.y, 116 * plane.by_L - 500 * plane.by_a + 200 * plane.by_b, 1,
             i, out);
    put_axis(colors, &place.z, -200 * plane.by_b, 2, i, out);
}

LANES_KERNEL void plane_lanes(const struct lanes_targets *targets,
                              const struct lanes_colors *colors, size_t count,
                              struct lanes_planes *out)
{
#pragma omp simd
    for (size_t i = 0; i < LANES; i++)
        plane_lane(targets, colors, count, i, out);
}

/* Lines around the function at the first lane. */
LANES_KERNEL void put_lines(const struct lanes_colors *colors, size_t count,
                            struct lanes_planes *out)
{
    for (size_t axis = 0; axis < 3; axis++) {
        double center = colors->center[axis][0];
        double radius = reach_of(colors, count, axis, 0);
        struct response f = respond(center, radius);
        out->below_by_ratio[axis] = f.chord;
        out->below_at_zero[axis] = f.low - f.chord * (center - radius);
        out->above_by_ratio[axis] = f.tangent;
        out->above_at_zero[axis] = f.middle - f.tangent * center;
    }
}

/* The number of moves as a constant, so that loops over them unroll. */
LANES_KERNEL void plane_any(const struct lanes_targets *targets,
                            const struct lanes_colors *colors, struct lanes_planes *out)
{
    switch (colors->count) {
    case 1: plane_lanes(targets, colors, 1, out); break;
    case 2: plane_lanes(targets, colors, 2, out); break;
    case 3: plane_lanes(targets, colors, 3, out); break;
    default: plane_lanes(targets, colors, LANES_MOVES_MAX, out); break;
    }
    put_lines(colors, colors->count, out);
}

static void planes_baseline(const struct lanes_targets *targets,
                            const struct lanes_colors *colors, struct lanes_planes *out)
{
    plane_any(targets, colors, out);
}

LANES_TARGET_AVX2 static void planes_avx2(const struct lanes_targets *targets,
                                          const struct lanes_colors *colors,
                                          struct lanes_planes *out)
{
    plane_any(targets, colors, out);
}

LANES_TARGET_AVX512 static void planes_avx512(const struct lanes_targets *targets,
                                              const struct lanes_colors *colors,
                                              struct lanes_planes *out)
{
    plane_any(targets, colors, out);
}

void lanes_planes(enum lanes_isa isa, const struct lanes_targets *targets,
                  const struct lanes_colors *colors, struct lanes_planes *out)
{
    switch (isa) {
    case LANES_AVX512: planes_avx512(targets, colors, out); break;
    case LANES_AVX2: planes_avx2(targets, colors, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: planes_baseline(targets, colors, out); break;
    }
}
