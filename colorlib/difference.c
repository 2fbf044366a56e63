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

double difference_ciede2000(cmsCIELab standard, cmsCIELab sample)
{
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
