/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lots of a brown pigment that were never made: true colorants, and readings of them. */
#ifndef TESTS_COLORLIB_BATCH_LOTS_H
#define TESTS_COLORLIB_BATCH_LOTS_H

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "colorlib/batch.h"
#include "tests/colorlib/worked_example.h"

enum { LOT_READINGS = 5 };

/* Readings scatter as placements of one drawdown do: in level by this share, and band by
 * band by a fifth of it (assumption). */
#define LOT_NOISE 0.004

static inline struct bands lot_flat(double value)
{
    struct bands bands;
    for (size_t i = 0; i < BAND_COUNT; i++)
        bands.value[i] = value;
    return bands;
}

/* The worked example's brown, per mm of bottle liquid. */
static inline struct colorant lot_standard(void)
{
    struct pigment pigment[2];
    example_pigments(pigment);
    return (struct colorant){pigment[1].K, pigment[1].S};
}

/* A batch of another strength, and redder (or bluer) by a tilt of its absorption from -1
 * to 1 times the share over the bands. */
static inline struct colorant lot_batch(double strength, double tilt)
{
    struct colorant batch = lot_standard();
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double across = ((double)i - 15) / 15;
        batch.K.value[i] *= strength * (1 - tilt * across);
        batch.S.value[i] *= strength;
    }
    return batch;
}

/* How lots are drawn down: 5 % in water at 50 um, over a card. */
static inline void lot_setup(enum batch_method method, const struct weights *weights,
                             struct batch_setup *out)
{
    *out = (struct batch_setup){.method = method,
                                .view = {{0.04, 0.6}, SURFACE_SPECULAR_INCLUDED},
                                .white = lot_flat(0.9),
                                .card = {lot_flat(0.8), lot_flat(0.08)},
                                .thickness_mm = 0.05,
                                .concentration = method == BATCH_HIDES ? 0.01 : 0.05,
                                .criterion = STRENGTH_KS_SUM,
                                .weights = weights};
}

/* What an instrument would read of a lot without noise. A tint is in units of a white of
 * S = 80 per mm. */
static inline void lot_reflectance(const struct batch_setup *setup,
                                   const struct colorant *lot, enum batch_group group,
                                   struct bands *out)
{
    struct colorant parts[2] = {*lot};
    struct drawdown drawdown = {
        setup->thickness_mm, group == BATCH_DARK ? setup->card.dark : setup->card.light};
    if (setup->method == BATCH_HIDES) {
        drawdown.thickness_mm = DRAWDOWN_OPAQUE;
        double R = surface_internal(&setup->view.surface, setup->view.specular, 0.9);
        parts[1] =
            (struct colorant){lot_flat(80 * (1 - R) * (1 - R) / (2 * R)), lot_flat(80)};
    }
    double c = setup->concentration;
    struct colorant liquid;
    drawdown_mix(parts, (double[]){c, 1 - c}, 2, &liquid);
    drawdown_reflectance(&liquid, &drawdown, &setup->view, out);
}

/* count readings of a lot, light and dark, into room that the readings then point to. */
static inline void lot_read(const struct batch_setup *setup, const struct colorant *lot,
                            double noise, gsl_rng *random, size_t count,
                            struct bands room[2][BATCH_READINGS_MAX],
                            struct batch_readings *out)
{
    size_t groups = setup->method == BATCH_HIDES ? 1 : 2;
    *out = (struct batch_readings){{0}, {0}};
    for (size_t g = 0; g < groups; g++) {
        struct bands exact;
        lot_reflectance(setup, lot, (enum batch_group)g, &exact);
        out->reading[g] = room[g];
        out->count[g] = count;
        for (size_t k = 0; k < count; k++) {
            double level = gsl_ran_gaussian(random, noise);
            for (size_t i = 0; i < BAND_COUNT; i++)
                room[g][k].value[i] =
                    exact.value[i] * (1 + level + gsl_ran_gaussian(random, noise / 5));
        }
    }
}

#endif
