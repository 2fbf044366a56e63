/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CIEDE2000, many pairs at a time. The formula (ISO/CIE 11664-6) is stated in hue angles.
 * Here every hue is a direction in the plane of a' and b: the difference of two hues
 * comes of a cross product, the sines and cosines of multiples of the mean hue are
 * polynomials in its own, and of all functions square roots alone are left.
 */
#include "colorlib/lanes_variants.h"

#include <math.h>

#include "colorlib/difference.h"

/* 25^7: at this seventh power of the chroma two of the formula's terms are half gone. */
#define HALF_CHROMA_7 6103515625.0

LANES_KERNEL double seventh_power(double x)
{
    double square = x * x;
    return square * square * square * x;
}

/*
 * exp(-(d / 25)^2) of the angle d (degrees) whose cosine is given. As d^2 is smooth in
 * the cosine, a polynomial serves: the one through 18 Chebyshev nodes for cosines from
 * -0.8 to 1 of the root of it, 1e-14 off at most. Beyond 143 degrees, where the
 * polynomial stays at its end, the value is below 1e-14.
 */
LANES_KERNEL double near_hue(double cosine)
{
    double distance = 1 - cosine < 1.8 ? 1 - cosine : 1.8;
    double x = distance * (2 / 1.8) - 1;
    /* even and odd powers apart, as one chain would wait twice as long */
    double square = x * x;
    double even = 5.898678709044392e-06 + square * 6.347573642201263e-08;
    even = 0.0002585561798548272 + square * even;
    even = 0.005132008012453571 + square * even;
    even = 0.0446413044110347 + square * even;
    even = 0.1599738307206857 + square * even;
    even = 0.2094955145306735 + square * even;
    even = 0.07707899615322036 + square * even;
    even = 0.0034138659728265085 + square * even;
    double odd = -6.660198398648611e-07 - square * 4.9204760010392035e-09;
    odd = -4.306666172332104e-05 + square * odd;
    odd = -0.0012737919394266424 + square * odd;
    odd = -0.016830124911322412 + square * odd;
    odd = -0.0949427430476234 + square * odd;
    odd = -0.20997314567684633 + square * odd;
    odd = -0.15308359904457575 + square * odd;
    odd = -0.023852819642967638 + square * odd;
    double root = even + x * odd;
    return root * root;
}

/* The sine of 0 to pi / 3 by its Taylor series; the first term left out is 6e-15. */
LANES_KERNEL double sine(double x)
{
    double s = x * x;
    double factor = 1.0 / 6227020800 - s * (1.0 / 1307674368000);
    factor = -1.0 / 39916800 + s * factor;
    factor = 1.0 / 362880 + s * factor;
    factor = -1.0 / 5040 + s * factor;
    factor = 1.0 / 120 + s * factor;
    factor = -1.0 / 6 + s * factor;
    return x + x * (s * factor);
}

/* Cosines and sines of the angles that the formula names, in degrees. */
#define COS_6   0.99452189536827333692
#define SIN_6   0.10452846326765347140
#define COS_30  0.86602540378443864676
#define COS_63  0.45399049973954679156
#define SIN_63  0.89100652418836786236
#define COS_275 0.08715574274765817356
#define SIN_275 -0.99619469809174553230
#define RAD_60  1.04719755119659774615

/* T of the formula at the hue whose cosine and sine are given. */
LANES_KERNEL double hue_weight(double c, double s)
{
    double cos_2 = 2 * c * c - 1, sin_2 = 2 * s * c;
    double cos_3 = c * (2 * cos_2 - 1), sin_3 = s * (2 * cos_2 + 1);
    double cos_4 = 2 * cos_2 * cos_2 - 1, sin_4 = 2 * sin_2 * cos_2;
    return 1 - 0.17 * (c * COS_30 + s * 0.5) + 0.24 * cos_2 +
           0.32 * (cos_3 * COS_6 - sin_3 * SIN_6) -
           0.20 * (cos_4 * COS_63 + sin_4 * SIN_63);
}

/* The sine of twice the rotation of the blue. The formula counts hues from 0 to 360
 * without joining the ends, so in the first quadrant they are far from 275. */
LANES_KERNEL double sine_of_rotation(double c, double s)
{
    double near = near_hue(c * COS_275 + s * SIN_275);
    return sine(RAD_60 * (c > 0 && s >= 0 ? 0 : near));
}

/* Hues this close to opposite (2e-6 degrees), or a mean this close to where the count of
 * degrees begins, are left to the scalar function. */
#define NEARLY_OPPOSITE 4e-8
#define NEARLY_AT_START 1e-12

/* Added to what is 0 for a grey; without a hue nothing depends on the quotient. */
#define GREY 1e-150

/* What the steps leave to those behind, for a group of pairs. */
struct pairs {
    double stretch[LANES]; /* of a* to a' */
    double C[LANES];       /* mean chroma */
    double dC[LANES];
    double half[LANES]; /* the mean of the chromas' product and the dot product's size */
    double hue[LANES];  /* dH / sqrt(half), not a number for the scalar function */
    double c[LANES];    /* cosine of the mean hue */
    double s[LANES];    /* sine of it */
    double weight[LANES]; /* T of the formula */
    double turn[LANES];   /* the sine of twice the rotation */
};

LANES_KERNEL double stretch_of(double a1, double b1, double a2, double b2)
{
    double mean = 0.5 * (sqrt(a1 * a1 + b1 * b1) + sqrt(a2 * a2 + b2 * b2));
    double mean_7 = seventh_power(mean);
    return 1.5 - 0.5 * sqrt(mean_7 / (mean_7 + HALF_CHROMA_7));
}

/* The chromas and hues of a pair of a' and b. */
LANES_KERNEL void relate(double x1, double b1, double x2, double b2, size_t lane,
                         struct pairs *out)
{
    double C1 = sqrt(x1 * x1 + b1 * b1), C2 = sqrt(x2 * x2 + b2 * b2);

    /* Where the hues are further apart than a right angle their sum cancels, and their
     * difference, perpendicular to the mean, does not; so too with 1 + cos and 1 - cos of
     * the angle between them. side is -1 there, else 1. */
    double product = C1 * C2;
    double dot = x1 * x2 + b1 * b2, cross = x1 * b2 - x2 * b1;
    double side = copysign(1, dot), turn = copysign(1, cross);
    double half = 0.5 * (product + fabs(dot));
    double u = C1 * x2 + side * (C2 * x1), v = C1 * b2 + side * (C2 * b1);
    double length = 2 * sqrt(product * half); /* of (u, v) */
    double scale = 1 / ((half + GREY) * (length + GREY));
    double along = u * (scale * half), across = v * (scale * half);
    double c = side < 0 ? turn * across : along;
    double s = side < 0 ? -turn * along : across;
    double hue = side < 0 ? 2 * turn : cross * (scale * length);

    int scalar = ((side < 0) & (fabs(cross) <= NEARLY_OPPOSITE * product)) |
                 ((c > 0) & (fabs(s) < NEARLY_AT_START));
    out->C[lane] = 0.5 * (C1 + C2);
    out->dC[lane] = C2 - C1;
    out->half[lane] = half;
    out->hue[lane] = scalar ? NAN : hue;
    out->c[lane] = c;
    out->s[lane] = s;
}

/* The difference of a pair, not a number where it is left to the scalar function. */
LANES_KERNEL double difference(const struct pairs *pairs, size_t lane, double L1,
                               double L2)
{
    double C = pairs->C[lane], half = pairs->half[lane];
    double C_7 = seventh_power(C);
    double L = 0.5 * (L1 + L2) - 50;
    double light = sqrt(20 + L * L);

    /* The quotients of the formula share one division. */
    double of_light = light + 0.015 * (L * L), of_chroma = 1 + 0.045 * C;
    double of_hue = 1 + 0.015 * C * pairs->weight[lane], of_turn = C_7 + HALF_CHROMA_7;
    double light_chroma = of_light * of_chroma, hue_turn = of_hue * of_turn;
    double common = 1 / (light_chroma * hue_turn);
    double chroma_part = common * hue_turn, hue_part = common * light_chroma;
    double dL = (L2 - L1) * light * (of_chroma * chroma_part);
    double dC = pairs->dC[lane] * (of_light * chroma_part);
    double dH = pairs->hue[lane] * (of_turn * hue_part);
    double rotation =
        sqrt(C_7 * of_turn * half) * (of_hue * hue_part) * pairs->turn[lane];
    /* positive, as half the factor of dC dH is a sine below 0.87 */
    return sqrt(dL * dL + dC * dC + dH * (dH * half - 2 * rotation * dC));
}

/* The differences of a group. What is to be done for a pair waits for itself from root to
 * root, so each step is taken for all pairs before the next. Returns the sum, which is no
 * number when one difference is none. */
LANES_KERNEL double compare_group(const struct lanes_lab *one,
                                  const struct lanes_lab *two, double *out)
{
    struct pairs pairs;
    double sum = 0;
#pragma omp simd
    for (size_t i = 0; i < LANES; i++)
        pairs.stretch[i] = stretch_of(one->a[i], one->b[i], two->a[i], two->b[i]);
#pragma omp simd
    for (size_t i = 0; i < LANES; i++)
        relate(pairs.stretch[i] * one->a[i], one->b[i], pairs.stretch[i] * two->a[i],
               two->b[i], i, &pairs);
#pragma omp simd
    for (size_t i = 0; i < LANES; i++) {
        pairs.weight[i] = hue_weight(pairs.c[i], pairs.s[i]);
        pairs.turn[i] = sine_of_rotation(pairs.c[i], pairs.s[i]);
    }
#pragma omp simd reduction(+ : sum)
    for (size_t i = 0; i < LANES; i++) {
        out[i] = difference(&pairs, i, one->L[i], two->L[i]);
        sum += out[i];
    }
    return sum;
}

LANES_KERNEL double compare(const struct lanes_lab *standard,
                            const struct lanes_lab *sample, size_t count, double *out)
{
    double sum = 0;
    for (size_t group = 0; group < count; group++)
        sum += compare_group(&standard[group], &sample[group], out + group * LANES);
    return sum;
}

static double compare_baseline(const struct lanes_lab *standard,
                               const struct lanes_lab *sample, size_t count, double *out)
{
    return compare(standard, sample, count, out);
}

LANES_TARGET_AVX2 static double compare_avx2(const struct lanes_lab *standard,
                                             const struct lanes_lab *sample, size_t count,
                                             double *out)
{
    return compare(standard, sample, count, out);
}

LANES_TARGET_AVX512 static double compare_avx512(const struct lanes_lab *standard,
                                                 const struct lanes_lab *sample,
                                                 size_t count, double *out)
{
    return compare(standard, sample, count, out);
}

static cmsCIELab lab_at(const struct lanes_lab *lab, size_t lane)
{
    return (cmsCIELab){lab->L[lane], lab->a[lane], lab->b[lane]};
}

/* What the kernel left to the scalar function. */
static void settle_jumps(const struct lanes_lab *standard, const struct lanes_lab *sample,
                         size_t count, double *out)
{
    for (size_t i = 0; i < count * LANES; i++)
        if (isnan(out[i]))
            out[i] = difference_ciede2000(lab_at(&standard[i / LANES], i % LANES),
                                          lab_at(&sample[i / LANES], i % LANES));
}

void lanes_ciede2000(enum lanes_isa isa, const struct lanes_lab *standard,
                     const struct lanes_lab *sample, size_t count, double *out)
{
    double sum = 0;
    switch (isa) {
    case LANES_AVX512: sum = compare_avx512(standard, sample, count, out); break;
    case LANES_AVX2: sum = compare_avx2(standard, sample, count, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: sum = compare_baseline(standard, sample, count, out); break;
    }
    if (isnan(sum))
        settle_jumps(standard, sample, count, out);
}
