/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * At a band the layer's internal reflectance G is
 *
 *   convex and falling in its K, concave and rising in its S.
 *
 * Proof. Let r(z) be the reflectance of what lies below a depth z of the layer; from the
 * background B at the bottom up it follows -r' = F = S - 2 (K + S) r + S r^2 (Kubelka &
 * Munk 1931), and 0 <= r <= 1. A derivative y of r by K or S is 0 at the bottom and
 * follows -y' = source + F_r y, F_r = -2 (K + S) + 2 S r, so that it has its source's
 * sign where that does not change:
 *
 *   r_K    -2 r                               not positive
 *   r_S    (1 - r)^2                          not negative
 *   r_KK   -4 r_K + 2 S r_K^2                 not negative
 *   r_SS   -2 r_S (2 (1 - r) - S r_S)         not positive, because g = 2 (1 - r) - S r_S
 *          begins with 2 (1 - B) >= 0 and follows
 *          -g' = 4 K + S (1 - r)^2 - (2 K + 2 S (1 - r)) g.
 *
 * K = K_0 + strength (1 - exp(-optical mu)) is concave and rising in the mixture's
 * absorption mu, so that G is convex and falling in mu; S is linear in its scattering
 * mu'. What lies upon the layer, (constant + linear G) / (1 - pole G), is convex and
 * rising.
 *
 * So, from below: at the least and at the largest mu' G is above its tangent in mu, and
 * in between above the mean of the two, which is a plane but for the difference of their
 * slopes; and the cover is above its tangent. From above: at the least and at the largest
 * mu G is below its tangent in mu', in between below the mean of the two, and the cover
 * is below its chord.
 */
#include "colorlib/appearance_dots.h"

#include <math.h>

#include "colorlib/lanes_layer.h"

enum { SLOTS = APPEARANCE_DOTS_LANES };

/* Below this attenuation the reflectance of a layer is a difference of nearly equal
 * numbers. A bed that absorbs less is given so much; |r_K| <= 2 height tells what that
 * makes of it. */
static const double thin = 1e-3;

static double least_absorption(double S, double height_mm)
{
    double attenuation = thin / height_mm;
    return sqrt(S * S + attenuation * attenuation) - S;
}

void appearance_dots_make(const struct moment *moment, struct appearance_dots *out)
{
    const struct dots_bed *bed = &moment->bed;
    const bool have_size = moment->chord_mm > 0;
    out->height_mm = bed->height_mm;
    out->optical_mm = moment->fill * moment->chord_mm;
    out->strength = have_size ? DOTS_KAPPA * moment->coverage / moment->chord_mm : 0;
    out->scattering = have_size ? SKIN_SIGMA_DERMIS * moment->coverage * moment->fill : 0;
    for (size_t slot = 0; slot < SLOTS; slot++) {
        const size_t i = slot < BAND_COUNT ? slot : BAND_COUNT - 1;
        double K = bed->dermis_absorption.value[i] + moment->earlier_K.value[i];
        double S = bed->dermis_scattering.value[i] + moment->earlier_S.value[i];
        double c = bed->cover_constant.value[i], l = bed->cover_linear.value[i];
        double p = bed->cover_pole.value[i];
        out->S[slot] = S;
        out->K[slot] = fmax(K, least_absorption(S, bed->height_mm));
        out->deep[slot] = bed->deep_reflectance.value[i];
        out->constant[slot] = c;
        out->linear[slot] = l;
        out->pole[slot] = p;
        out->clear[slot] =
            2 * bed->height_mm * (out->K[slot] - K) * (l + c * p) / ((1 - p) * (1 - p));
    }
}

void appearance_liquid_make(const struct liquid *liquid, struct appearance_liquid *out)
{
    for (size_t slot = 0; slot < SLOTS; slot++) {
        const size_t i = slot < BAND_COUNT ? slot : BAND_COUNT - 1;
        out->absorption[slot] = liquid->absorption.value[i];
        out->scattering[slot] = liquid->scattering.value[i];
    }
}

LANES_KERNEL double larger(double a, double b)
{
    return a > b ? a : b;
}

LANES_KERNEL double smaller(double a, double b)
{
    return a < b ? a : b;
}

/* -- one band ------------------------------------------------------------------ */

/* What a mixture adds to K, and how that changes with its absorption. */
struct absorbed {
    double K;
    double slope;
};

LANES_KERNEL struct absorbed absorb(const struct appearance_dots *dots, size_t i,
                                    double absorption)
{
    double passed = lanes_halves(absorption * (dots->optical_mm * LANES_PER_LN2));
    return (struct absorbed){dots->K[i] + dots->strength * (1 - passed),
                             dots->strength * dots->optical_mm * passed};
}

struct reflected {
    double value; /* G */
    double by_K;
    double by_S;
};

/*
 * two_flux_layer_over with rho = S / (K + S + beta), the reflectance of an infinite
 * layer, and x = exp(-2 beta height): G = (rho (1 - x) + B (x - rho^2)) / (1 - rho^2 x -
 * rho B (1 - x)), rho_K = -rho / beta, rho_S = (1 - rho)^2 / (2 beta).
 */
LANES_KERNEL struct reflected reflect(const struct appearance_dots *dots, size_t i,
                                      double K, double S)
{
    double B = dots->deep[i];
    double beta = lanes_layer_attenuation(K, S), sum = K + S + beta;
    double both = 1 / (beta * sum), inverse = both * sum;
    double x = lanes_halves(beta * (2 * LANES_PER_LN2 * dots->height_mm));
    double rho = S * beta * both;
    double under = 1 / (1 - rho * rho * x - rho * B * (1 - x));
    double G = (rho * (1 - x) + B * (x - rho * rho)) * under;
    double by_rho = (1 - x - 2 * B * rho + G * (2 * rho * x + B * (1 - x))) * under;
    double by_x = (B - rho + G * (rho * rho - rho * B)) * under;
    double faster = -2 * dots->height_mm * x * inverse;
    return (struct reflected){
        .value = G,
        .by_K = by_x * faster * (K + S) - by_rho * rho * inverse,
        .by_S = by_x * faster * K + by_rho * (1 - rho) * (1 - rho) * 0.5 * inverse,
    };
}

/* Least and largest of what the mixtures of a region hold at a lane. */
struct span {
    double absorption_low, absorption_high;
    double scattering_low, scattering_high;
};

LANES_KERNEL struct span span_of(const struct appearance_mixtures *mixtures, size_t count,
                                 size_t i)
{
    struct span span = {0, 0, 0, 0};
    LANES_UNROLLED for (size_t k = 0; k < count; k++)
    {
        const struct appearance_liquid *liquid = mixtures->liquid[k];
        span.absorption_low += mixtures->low[k] * liquid->absorption[i];
        span.absorption_high += mixtures->high[k] * liquid->absorption[i];
        span.scattering_low += mixtures->low[k] * liquid->scattering[i];
        span.scattering_high += mixtures->high[k] * liquid->scattering[i];
    }
    return span;
}

/* A plane at a lane, by what it is in the middle of the span. */
struct sheet {
    double middle;
    double by_absorption;
    double by_scattering;
};

/* Where two of a function's values are the same the slope between them does not matter.
 */
#define NARROWEST 1e-30

LANES_KERNEL struct sheet sheet_below(const struct appearance_dots *dots, size_t i,
                                      const struct span *span)
{
    double wide = span->absorption_high - span->absorption_low;
    double deep = span->scattering_high - span->scattering_low;
    struct absorbed at =
        absorb(dots, i, 0.5 * (span->absorption_low + span->absorption_high));
    struct reflected low =
        reflect(dots, i, at.K, dots->S[i] + dots->scattering * span->scattering_low);
    struct reflected high =
        reflect(dots, i, at.K, dots->S[i] + dots->scattering * span->scattering_high);
    return (struct sheet){
        .middle = 0.5 * (low.value + high.value) -
                  0.25 * wide * at.slope * fabs(high.by_K - low.by_K),
        .by_absorption = 0.5 * at.slope * (low.by_K + high.by_K),
        .by_scattering = (high.value - low.value) / (deep + NARROWEST),
    };
}

LANES_KERNEL struct sheet sheet_above(const struct appearance_dots *dots, size_t i,
                                      const struct span *span)
{
    double wide = span->absorption_high - span->absorption_low;
    double deep = span->scattering_high - span->scattering_low;
    double S = dots->S[i] +
               dots->scattering * 0.5 * (span->scattering_low + span->scattering_high);
    struct reflected low = reflect(dots, i, absorb(dots, i, span->absorption_low).K, S);
    struct reflected high = reflect(dots, i, absorb(dots, i, span->absorption_high).K, S);
    return (struct sheet){
        .middle = 0.5 * (low.value + high.value) +
                  0.25 * deep * dots->scattering * fabs(high.by_S - low.by_S),
        .by_absorption = (high.value - low.value) / (wide + NARROWEST),
        .by_scattering = 0.5 * dots->scattering * (low.by_S + high.by_S),
    };
}

/* Half of what a sheet rises by over the span. */
LANES_KERNEL double half_rise(const struct sheet *sheet, const struct span *span)
{
    return 0.5 *
           (fabs(sheet->by_absorption) * (span->absorption_high - span->absorption_low) +
            fabs(sheet->by_scattering) * (span->scattering_high - span->scattering_low));
}

/* A sheet over G as one over the factor: value at G, slope from there. */
LANES_KERNEL struct sheet cover(const struct sheet *sheet, double G, double factor,
                                double slope)
{
    return (struct sheet){factor + slope * (sheet->middle - G),
                          slope * sheet->by_absorption, slope * sheet->by_scattering};
}

LANES_KERNEL void put(const struct sheet *sheet, const struct span *span, size_t i,
                      struct appearance_plane *out)
{
    double absorption = 0.5 * (span->absorption_low + span->absorption_high);
    double scattering = 0.5 * (span->scattering_low + span->scattering_high);
    out->by_absorption[i] = sheet->by_absorption;
    out->by_scattering[i] = sheet->by_scattering;
    out->at_zero[i] = sheet->middle - sheet->by_absorption * absorption -
                      sheet->by_scattering * scattering;
}

LANES_KERNEL void plane_lane(const struct appearance_dots *dots,
                             const struct appearance_mixtures *mixtures, size_t count,
                             size_t i, struct appearance_planes *out)
{
    struct span span = span_of(mixtures, count, i);
    struct sheet below = sheet_below(dots, i, &span);
    struct sheet above = sheet_above(dots, i, &span);
    double least = larger(below.middle - half_rise(&below, &span), 0);
    double most = smaller(above.middle + half_rise(&above, &span), 1);
    double c = dots->constant[i], l = dots->linear[i], p = dots->pole[i];
    double tangent = 1 / (1 - p * below.middle);
    double chord = 1 / ((1 - p * least) * (1 - p * most)), bend = l + c * p;
    below = cover(&below, below.middle, (c + l * below.middle) * tangent,
                  bend * tangent * tangent);
    above =
        cover(&above, least, (c + l * least) * (1 - p * most) * chord + dots->clear[i],
              bend * chord);
    put(&below, &span, i, &out->below);
    put(&above, &span, i, &out->above);
    struct sheet half = {0.5 * (above.middle - below.middle),
                         0.5 * (above.by_absorption - below.by_absorption),
                         0.5 * (above.by_scattering - below.by_scattering)};
    out->middle[i] = 0.5 * (above.middle + below.middle);
    out->by_absorption[i] = 0.5 * (above.by_absorption + below.by_absorption);
    out->by_scattering[i] = 0.5 * (above.by_scattering + below.by_scattering);
    out->uncertain[i] = half.middle + half_rise(&half, &span);
}

/* -- all bands ----------------------------------------------------------------- */

LANES_KERNEL void plane_lanes(const struct appearance_dots *dots,
                              const struct appearance_mixtures *mixtures, size_t count,
                              struct appearance_planes *out)
{
#pragma omp simd
    for (size_t i = 0; i < SLOTS; i++)
        plane_lane(dots, mixtures, count, i, out);
}

/* The number of liquids as a constant, so that loops over them unroll. */
LANES_KERNEL void plane_any(const struct appearance_dots *dots,
                            const struct appearance_mixtures *mixtures,
                            struct appearance_planes *out)
{
    switch (mixtures->count) {
    case 1: plane_lanes(dots, mixtures, 1, out); break;
    case 2: plane_lanes(dots, mixtures, 2, out); break;
    case 3: plane_lanes(dots, mixtures, 3, out); break;
    default: plane_lanes(dots, mixtures, MIXTURE_MAX, out); break;
    }
}

static void planes_baseline(const struct appearance_dots *dots,
                            const struct appearance_mixtures *mixtures,
                            struct appearance_planes *out)
{
    plane_any(dots, mixtures, out);
}

LANES_TARGET_AVX2 static void planes_avx2(const struct appearance_dots *dots,
                                          const struct appearance_mixtures *mixtures,
                                          struct appearance_planes *out)
{
    plane_any(dots, mixtures, out);
}

LANES_TARGET_AVX512 static void planes_avx512(const struct appearance_dots *dots,
                                              const struct appearance_mixtures *mixtures,
                                              struct appearance_planes *out)
{
    plane_any(dots, mixtures, out);
}

void appearance_dots_planes(enum lanes_isa isa, const struct appearance_dots *dots,
                            const struct appearance_mixtures *mixtures,
                            struct appearance_planes *out)
{
    switch (isa) {
    case LANES_AVX512: planes_avx512(dots, mixtures, out); break;
    case LANES_AVX2: planes_avx2(dots, mixtures, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: planes_baseline(dots, mixtures, out); break;
    }
}
