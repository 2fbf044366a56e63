/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/ladder_solve.h"

#include "colorlib/film.h"
#include "colorlib/nnls.h"

/* A first solution at one wavelength, in the making: rows in K and S. */
struct draft {
    struct nnls rows;
    double scattering; /* S of the colorant by the pass before, for weights */
};

static double internal(const struct ladder *ladder, double factor)
{
    double body = surface_internal(&ladder->view.surface, ladder->view.specular, factor);
    return fmin(fmax(body, 1e-4), 1);
}

/* The reading over another backing that makes a contrast pair with this one, over the
 * lighter; NULL when there is none. */
static const struct ladder_reading *darker_partner(const struct ladder *ladder,
                                                   const struct ladder_reading *light)
{
    for (size_t i = 0; i < ladder->count; i++) {
        const struct ladder_reading *dark = &ladder->reading[i];
        if (dark->level != light->level ||
            dark->drawdown.thickness_mm != light->drawdown.thickness_mm)
            continue;
        bool darker = true;
        for (size_t band = 0; band < BAND_COUNT; band++)
            darker = darker && dark->drawdown.background.value[band] <
                                   light->drawdown.background.value[band];
        if (darker)
            return dark;
    }
    return NULL;
}

/* c K + (1 - c) K_carrier is what the film absorbs, and S alike. */
static void add_film(const struct ladder *ladder, const struct ladder_reading *light,
                     const struct ladder_reading *dark, struct draft *draft)
{
    struct film_pair pair = {
        .over_light = light->reflectance,
        .over_dark = dark->reflectance,
        .light = light->drawdown.background,
        .dark = dark->drawdown.background,
        .thickness_mm = light->drawdown.thickness_mm,
    };
    struct film film;
    if (film_invert(&pair, &ladder->view, &ladder->noise, &film) != STATUS_OK)
        return;
    double c = light->concentration;
    double pour = ladder_pour_deviation(ladder, c) / c;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        const struct film_band *band = &film.band[i];
        double K = band->K - (1 - c) * ladder->carrier.K.value[i];
        double S = band->S - (1 - c) * ladder->carrier.S.value[i];
        /* an infinite deviation has no weight; perfect data have no deviation */
        double floor = 1e-9 * (fabs(band->K) + fabs(band->S) + 1 / pair.thickness_mm);
        double K_deviation = hypot(band->K_deviation, pour * K) + floor;
        double S_deviation = hypot(band->S_deviation, pour * S) + floor;
        nnls_add_row(&draft[i].rows, (double[]){c, 0}, K, 1 / K_deviation);
        nnls_add_row(&draft[i].rows, (double[]){0, c}, S, 1 / S_deviation);
    }
}

/* A film over one backing: as if it did not scatter. Such rows settle what no pair does
 * and else hardly count. */
static void add_single(const struct ladder *ladder, const struct ladder_reading *reading,
                       struct draft *draft)
{
    const double weight = 1e-4;
    double c = reading->concentration, X = reading->drawdown.thickness_mm;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double R = internal(ladder, reading->reflectance.value[i]);
        double G = internal(ladder, reading->drawdown.background.value[i]);
        double KX = fmax(-0.5 * log(R / G), 0);
        nnls_add_row(&draft[i].rows, (double[]){c * X, 0}, KX, weight);
    }
}

/* Walowit's form: c K - q c S = (1 - c) (q S_carrier - K_carrier), q = K/S; its deviation
 * is |dq/dR| x that of R x S. */
static void add_opaque(const struct ladder *ladder, const struct ladder_reading *reading,
                       struct draft *draft)
{
    double c = reading->concentration;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double factor = reading->reflectance.value[i];
        double R = internal(ladder, factor);
        double q = (1 - R) * (1 - R) / (2 * R);
        double by_factor = (internal(ladder, factor + 1e-6) - R) / 1e-6;
        double by_R = (1 - R * R) / (2 * R * R);
        double carrier = (1 - c) * ladder->carrier.S.value[i];
        double S = c * draft[i].scattering + carrier;
        double deviation =
            hypot(by_R * by_factor * drawdown_deviation(&ladder->noise, factor) * S,
                  ladder_pour_deviation(ladder, c) * q * S) +
            1e-9 * (1 + q);
        nnls_add_row(&draft[i].rows, (double[]){c, -q * c},
                     q * carrier - (1 - c) * ladder->carrier.K.value[i], 1 / deviation);
    }
}

static void add_reading(const struct ladder *ladder, const struct ladder_reading *reading,
                        struct draft *draft)
{
    if (reading->concentration == 0)
        return;
    if (isinf(reading->drawdown.thickness_mm)) {
        add_opaque(ladder, reading, draft);
        return;
    }
    add_single(ladder, reading, draft);
    const struct ladder_reading *dark = darker_partner(ladder, reading);
    if (dark)
        add_film(ladder, reading, dark, draft);
}

/* Leaves out S where one constant is asked for, by a row that holds it at zero. */
static void pass(const struct ladder *ladder, struct draft *draft)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        nnls_begin(2, &draft[i].rows);
    for (size_t k = 0; k < ladder->count; k++)
        add_reading(ladder, &ladder->reading[k], draft);
    if (ladder->constants == LADDER_ONE_CONSTANT)
        for (size_t i = 0; i < BAND_COUNT; i++)
            nnls_add_row(&draft[i].rows, (double[]){0, 1}, 0, 1e12);
}

void ladder_start(const struct ladder *ladder, double start[][LADDER_UNKNOWNS])
{
    enum { PASSES = 3 }; /* the first has no scattering to weight by */
    struct draft draft[BAND_COUNT];
    for (size_t i = 0; i < BAND_COUNT; i++) {
        draft[i].scattering = ladder->carrier.S.value[i];
        start[i][LADDER_CARRIER_K] = ladder->carrier.K.value[i];
    }
    for (int n = 0; n < PASSES; n++) {
        pass(ladder, draft);
        for (size_t i = 0; i < BAND_COUNT; i++) {
            struct nnls_solution solution = {.value = {0}};
            nnls_solve(&draft[i].rows, &solution); /* else from zero */
            start[i][LADDER_K] = fmin(solution.value[0], LADDER_COEFFICIENT_MAX);
            start[i][LADDER_S] = draft[i].scattering =
                fmin(solution.value[1], LADDER_COEFFICIENT_MAX);
        }
    }
    if (ladder->constants == LADDER_ONE_CONSTANT)
        for (size_t i = 0; i < BAND_COUNT; i++)
            start[i][LADDER_S] = 0;
}
