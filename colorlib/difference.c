/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/difference.h"

#include <math.h>
#include <stdio.h>

/*
 * Where two hues are opposite to within rounding, the side on which LittleCMS takes their
 * difference depends on which color comes first, and with it the sign of the rotation
 * term. One order for every pair makes the result symmetric to the last bit.
 */
static int in_order(const cmsCIELab *first, const cmsCIELab *second)
{
    if (first->b != second->b)
        return first->b < second->b;
    if (first->a != second->a)
        return first->a < second->a;
    return first->L <= second->L;
}

/* 0.5 (1 - sqrt(C^7 / (C^7 + 25^7))) of the mean chroma. */
static double chroma_boost(double chroma)
{
    double third = chroma * chroma * chroma;
    double seventh = third * third * chroma;
    return 0.5 * (1 - sqrt(seventh / (seventh + 6103515625.0)));
}

/* T = 1 - 0.17 cos(h - 30) + 0.24 cos(2 h) + 0.32 cos(3 h + 6) - 0.20 cos(4 h - 63), with
 * cosine and sine of the multiples from those of h. */
static double hue_weight(double cosine, double sine)
{
    double cosine2 = 2 * cosine * cosine - 1, sine2 = 2 * sine * cosine;
    double cosine3 = cosine2 * cosine - sine2 * sine;
    double sine3 = sine2 * cosine + cosine2 * sine;
    double cosine4 = 2 * cosine2 * cosine2 - 1, sine4 = 2 * sine2 * cosine2;
    const double cosine30 = 0.86602540378443865, cosine6 = 0.99452189536827333,
                 sine6 = 0.10452846326765347, cosine63 = 0.45399049973954675,
                 sine63 = 0.89100652418836787;
    return 1 - 0.17 * (cosine * cosine30 + sine * 0.5) + 0.24 * cosine2 +
           0.32 * (cosine3 * cosine6 - sine3 * sine6) -
           0.20 * (cosine4 * cosine63 + sine4 * sine63);
}

static double square(double value)
{
    return value * value;
}

static double length(double a, double b)
{
    return sqrt(a * a + b * b);
}

/*
 * CIEDE2000 without an angle, in less than half the time, for colors of mean hue 0 to 116
 * degrees, as skin is. There the rotation term, exp(-((h - 275) / 25)^2), is below 1e-17
 * and does not show in any digit. With chromas C and the dot and cross products of the
 * hues' vectors, the mean hue has the direction of C2 v1 + C1 v2, and 4 C1 C2 sin^2(dh/2)
 * is 2 cross^2 / (C1 C2 + dot). Negative for other colors and for opposite hues.
 */
static double ciede2000_of_skin(const cmsCIELab *standard, const cmsCIELab *sample)
{
    double boost =
        1 + chroma_boost(
                (length(standard->a, standard->b) + length(sample->a, sample->b)) / 2);
    double a1 = standard->a * boost, b1 = standard->b;
    double a2 = sample->a * boost, b2 = sample->b;
    double chroma1 = length(a1, b1), chroma2 = length(a2, b2);
    double product = chroma1 * chroma2, dot = a1 * a2 + b1 * b2;
    double cross = a1 * b2 - a2 * b1;
    double cosine = chroma2 * a1 + chroma1 * a2, sine = chroma2 * b1 + chroma1 * b2;
    double size = length(cosine, sine);
    if (!(product + dot > 0.1 * product && sine >= 0 && cosine >= -0.438 * size))
        return -1; /* grey ones included */

    double chroma = (chroma1 + chroma2) / 2;
    double dark = square((standard->L + sample->L) / 2 - 50);
    double lightness = (sample->L - standard->L) / (1 + 0.015 * dark / sqrt(20 + dark));
    double saturation = (chroma2 - chroma1) / (1 + 0.045 * chroma);
    double hue_scale = 1 + 0.015 * chroma * hue_weight(cosine / size, sine / size);
    double hue2 = 2 * square(cross) / ((product + dot) * square(hue_scale));
    return sqrt(square(lightness) + square(saturation) + hue2);
}

double difference_ciede2000(cmsCIELab standard, cmsCIELab sample)
{
    double of_skin = ciede2000_of_skin(&standard, &sample);
    if (of_skin >= 0)
        return of_skin;
    if (in_order(&standard, &sample))
        return cmsCIE2000DeltaE(&standard, &sample, 1, 1, 1);
    return cmsCIE2000DeltaE(&sample, &standard, 1, 1, 1);
}

double difference_cie76(cmsCIELab standard, cmsCIELab sample)
{
    return cmsDeltaE(&standard, &sample);
}

/* The smaller way round the circle, -180 to 180 degrees. */
static double hue_change(double from_deg, double to_deg)
{
    return remainder(to_deg - from_deg, 360);
}

struct difference difference_components(cmsCIELab standard, cmsCIELab sample)
{
    cmsCIELCh from = colorimetry_lch(&standard);
    cmsCIELCh to = colorimetry_lch(&sample);
    double half_angle = hue_change(from.h, to.h) / 2 * acos(-1) / 180;
    return (struct difference){
        .lightness = sample.L - standard.L,
        .chroma = to.C - from.C,
        .hue = 2 * sqrt(from.C * to.C) * sin(half_angle),
        .a = sample.a - standard.a,
        .b = sample.b - standard.b,
    };
}

/* Components below this are neither seen nor repeatable on skin. */
#define NOTICEABLE 0.1

void difference_words(const struct difference *difference, char *text)
{
    const struct {
        double component;
        const char *more;
        const char *less;
    } words[] = {
        {difference->lightness, "lighter", "darker"},
        {difference->a, "redder", "greener"},
        {difference->b, "yellower", "bluer"},
        {difference->chroma, "more chromatic", "less chromatic"},
    };
    size_t length = 0;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (fabs(words[i].component) < NOTICEABLE)
            continue;
        const char *word = words[i].component > 0 ? words[i].more : words[i].less;
        int written = snprintf(text + length, DIFFERENCE_WORDS_MAX - length, "%s%s",
                               length > 0 ? ", " : "", word);
        length += (size_t)written;
    }
    if (length == 0)
        snprintf(text, DIFFERENCE_WORDS_MAX, "equal");
}

const char *difference_verdict(double ciede2000)
{
    if (ciede2000 <= 1.0)
        return "very close";
    if (ciede2000 <= 2.0)
        return "good";
    if (ciede2000 <= 3.5)
        return "visible on inspection";
    return "mismatch";
}

/* A sample without any response cannot be corrected by a factor and stays as it is. */
static double corrected(double test, double standard_reference, double sample_reference)
{
    return sample_reference > 0 ? test * standard_reference / sample_reference : test;
}

double difference_metamerism(const struct weights *reference, const struct weights *test,
                             const double *standard, const double *sample)
{
    cmsCIEXYZ standard_reference = colorimetry_xyz(reference, standard);
    cmsCIEXYZ sample_reference = colorimetry_xyz(reference, sample);
    cmsCIEXYZ xyz = colorimetry_xyz(test, sample);
    xyz.X = corrected(xyz.X, standard_reference.X, sample_reference.X);
    xyz.Y = corrected(xyz.Y, standard_reference.Y, sample_reference.Y);
    xyz.Z = corrected(xyz.Z, standard_reference.Z, sample_reference.Z);
    return difference_ciede2000(colorimetry_reflectance_lab(test, standard),
                                colorimetry_lab(&xyz, &test->white));
}
