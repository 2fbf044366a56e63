/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_views.h"

#include "colorlib/lanes_response.h"

void lanes_views_set(struct lanes_views *views, size_t lane,
                     const struct weights *weights)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        views->x[i][lane] = weights->x[i] / weights->white.X;
        views->y[i][lane] = weights->y[i] / weights->white.Y;
        views->z[i][lane] = weights->z[i] / weights->white.Z;
    }
}

/* Two spectra fill a register of the widest machine. */
enum { WIDTH = 2 * LANES_LIGHTS };

struct ratios {
    double x[WIDTH];
    double y[WIDTH];
    double z[WIDTH];
};

LANES_KERNEL void add_band(const struct lanes_views *views, size_t band, size_t first,
                           double one, double two, struct ratios *sum)
{
#pragma omp simd
    for (size_t i = 0; i < WIDTH; i++) {
        const double value = i < LANES_LIGHTS ? one : two;
        sum->x[i] += views->x[band][first + i] * value;
        sum->y[i] += views->y[band][first + i] * value;
        sum->z[i] += views->z[band][first + i] * value;
    }
}

LANES_KERNEL void respond(const struct ratios *ratios, size_t first,
                          struct lanes_lab *out)
{
#pragma omp simd
    for (size_t i = 0; i < WIDTH; i++) {
        double fx = lanes_response(ratios->x[i]);
        double fy = lanes_response(ratios->y[i]);
        double fz = lanes_response(ratios->z[i]);
        out->L[first + i] = 116 * fy - 16;
        out->a[first + i] = 500 * (fx - fy);
        out->b[first + i] = 200 * (fy - fz);
    }
}

LANES_KERNEL void look(const struct lanes_views *views,
                       const struct bands *const spectrum[LANES_SPECTRA],
                       struct lanes_lab *out)
{
    _Static_assert(LANES == 2 * WIDTH, "the halves are written out");
    struct ratios left = {{0}, {0}, {0}}, right = {{0}, {0}, {0}};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        add_band(views, i, 0, spectrum[0]->value[i], spectrum[1]->value[i], &left);
        add_band(views, i, WIDTH, spectrum[2]->value[i], spectrum[3]->value[i], &right);
    }
    respond(&left, 0, out);
    respond(&right, WIDTH, out);
}

static void look_baseline(const struct lanes_views *views,
                          const struct bands *const spectrum[LANES_SPECTRA],
                          struct lanes_lab *out)
{
    look(views, spectrum, out);
}

LANES_TARGET_AVX2 static void look_avx2(const struct lanes_views *views,
                                        const struct bands *const spectrum[LANES_SPECTRA],
                                        struct lanes_lab *out)
{
    look(views, spectrum, out);
}

LANES_TARGET_AVX512 static void
look_avx512(const struct lanes_views *views,
            const struct bands *const spectrum[LANES_SPECTRA], struct lanes_lab *out)
{
    look(views, spectrum, out);
}

void lanes_views_lab(enum lanes_isa isa, const struct lanes_views *views,
                     const struct bands *const spectrum[LANES_SPECTRA],
                     struct lanes_lab *out)
{
    switch (isa) {
    case LANES_AVX512: look_avx512(views, spectrum, out); break;
    case LANES_AVX2: look_avx2(views, spectrum, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: look_baseline(views, spectrum, out); break;
    }
}
