/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colorants and films made up at random, the same in every run. */
#ifndef TESTS_COLORLIB_RANDOM_COLORANTS_H
#define TESTS_COLORLIB_RANDOM_COLORANTS_H

#include "colorlib/colorimetry.h"
#include "colorlib/drawdown.h"
#include "colorlib/illuminant.h"
#include "colorlib/observer.h"
#include "tests/random.h"

/* Absorbs on one side of an edge, or around a wavelength. */
static inline void random_absorption(uint64_t *state, double strength, struct bands *K)
{
    double at = random_between(state, 400, 700), width = random_between(state, 6, 60);
    double floor = strength * random_scale(state, 1e-4, 0.1);
    size_t shape = random_index(state, 3);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double x = (bands_wavelength_nm(i) - at) / width;
        double part = shape == 0   ? 1 / (1 + exp(x))
                      : shape == 1 ? 1 / (1 + exp(-x))
                                   : exp(-x * x / 2);
        K->value[i] = floor + strength * part;
    }
}

static inline void random_scattering(uint64_t *state, double strength, struct bands *S)
{
    double power = random_between(state, 0, 2);
    for (size_t i = 0; i < BAND_COUNT; i++)
        S->value[i] = strength * pow(550 / bands_wavelength_nm(i), power);
}

enum random_colorant_kind {
    RANDOM_WHITE,
    RANDOM_PURE_WHITE, /* absorbs nothing */
    RANDOM_BLACK,
    RANDOM_DYE, /* scatters nothing */
    RANDOM_CHROMATIC,
    RANDOM_STRONG,
    RANDOM_WEAK,
    RANDOM_KINDS
};

/* mm^-1, as of pastes: some hundredths to some hundreds. */
static inline struct colorant random_colorant_of(uint64_t *state,
                                                 enum random_colorant_kind kind)
{
    static const struct {
        double K[2], S[2];
    } range[RANDOM_KINDS] = {
        [RANDOM_WHITE] = {{0.002, 0.1}, {20, 200}},
        [RANDOM_PURE_WHITE] = {{0, 0}, {20, 200}},
        [RANDOM_BLACK] = {{20, 400}, {0.1, 10}},
        [RANDOM_DYE] = {{1, 100}, {0, 0}},
        [RANDOM_CHROMATIC] = {{2, 60}, {1, 40}},
        [RANDOM_STRONG] = {{60, 500}, {0.3, 30}},
        [RANDOM_WEAK] = {{0.02, 2}, {0.02, 2}},
    };
    struct colorant out = {.K = {{0}}};
    const double *K = range[kind].K, *S = range[kind].S;
    if (K[1] > 0)
        random_absorption(state, random_scale(state, K[0], K[1]), &out.K);
    if (kind == RANDOM_BLACK || kind == RANDOM_WHITE) /* grey, but for a cast */
        for (size_t i = 0; i < BAND_COUNT; i++)
            out.K.value[i] += random_scale(state, 0.98, 1) * K[0];
    if (S[1] > 0)
        random_scattering(state, random_scale(state, S[0], S[1]), &out.S);
    return out;
}

static inline struct colorant random_colorant(uint64_t *state)
{
    return random_colorant_of(
        state, (enum random_colorant_kind)random_index(state, RANDOM_KINDS));
}

/* A surface of paint or none; what it reflects is read or not. */
static inline struct drawdown_view random_view(uint64_t *state)
{
    struct drawdown_view view = {{0, 0}, SURFACE_SPECULAR_INCLUDED};
    if (random_share(state) < 0.6)
        view.surface = (struct surface){0.04, 0.6}; /* resin, Saunderson 1942 */
    if (random_share(state) < 0.5)
        view.specular = SURFACE_SPECULAR_EXCLUDED;
    return view;
}

/* 10 um to half a millimetre, wet, over light, grey, dark and colored backings. */
static inline struct drawdown random_film(uint64_t *state)
{
    struct drawdown film = {.thickness_mm = random_scale(state, 0.01, 0.5)};
    double level = random_share(state) < 0.5 ? random_between(state, 0.7, 0.95)
                                             : random_between(state, 0.03, 0.4);
    double slope = random_between(state, -0.3, 0.3);
    for (size_t i = 0; i < BAND_COUNT; i++)
        film.background.value[i] = level * (1 + slope * ((double)i / BAND_COUNT - 0.5));
    return film;
}

static inline struct drawdown random_drawdown(uint64_t *state)
{
    struct drawdown opaque = {.thickness_mm = DRAWDOWN_OPAQUE};
    return random_share(state) < 0.5 ? opaque : random_film(state);
}

#endif
