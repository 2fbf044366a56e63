/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Color differences between a standard and a sample. */
#ifndef COLORLIB_DIFFERENCE_H
#define COLORLIB_DIFFERENCE_H

#include <lcms2.h>

#include "colorlib/colorimetry.h"

/* CIEDE2000 with kL = kC = kH = 1 (ISO/CIE 11664-6). Symmetric; 0 for equal colors. */
double difference_ciede2000(cmsCIELab standard, cmsCIELab sample);

/* CIE 1976 difference (ISO/CIE 11664-4). */
double difference_cie76(cmsCIELab standard, cmsCIELab sample);

/* Sample minus standard in lightness, chroma and hue; the hue term carries the sign of
 * the hue angle's change, dH* = 2 sqrt(C1 C2) sin(dh/2). */
struct difference {
    double lightness;
    double chroma;
    double hue;
    double a;
    double b;
};

struct difference difference_components(cmsCIELab standard, cmsCIELab sample);

enum { DIFFERENCE_WORDS_MAX = 96 };

/*
 * The difference in words, such as "lighter, redder, more chromatic"; "equal" when
 * lightness, a, b and chroma are each below 0.1. text holds DIFFERENCE_WORDS_MAX bytes.
 */
void difference_words(const struct difference *difference, char *text);

/* The verdict on a CIEDE2000 value: <= 1 very close, <= 2 good, <= 3.5 visible on
 * inspection, above: mismatch (thresholds inferred from published skin studies). */
const char *difference_verdict(double ciede2000);

/*
 * Special metamerism index for a change of illuminant: CIEDE2000 under the test
 * illuminant after each tristimulus value of the sample is multiplied by what makes the
 * pair match under the reference (CIE 015:2018; ISO 18314-4, multiplicative). Standard
 * and sample are reflectances on the grid both weights share.
 */
double difference_metamerism(const struct weights *reference, const struct weights *test,
                             const double *standard, const double *sample);

#endif
