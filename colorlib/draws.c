/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/draws.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_rng.h>

#include "colorlib/covariance.h"
#include "colorlib/scan_error.h"

/* The dimensions of the sequence: the first are the most even, so what matters most comes
 * first. */
enum {
    AT_STATE = 0,
    AT_SKIN = AT_STATE + CLIENT_COMPONENTS,
    AT_TARGET = AT_SKIN + SKIN_PARAMETER_COUNT,
    AT_WATER = AT_TARGET + 3,
    AT_DROP = AT_WATER + 1,
    AT_STRENGTH = AT_DROP + MIXTURE_MAX,
    AT_BARE = AT_STRENGTH + MIXTURE_MAX,
    DIMENSIONS = AT_BARE + SCAN_ERROR_COMPONENTS
};

_Static_assert(DIMENSIONS <= 40, "gsl_qrng_sobol has no more");

static double factor_of(double sd, double normal)
{
    return exp(sd * normal);
}

/* What all draws are made from. */
struct source {
    const struct skin_fit *skin;
    const struct client_state *state;
    struct bands measured; /* bare skin */
    struct covariance_factor skin_factor;
    struct covariance_factor state_factor;
};

/* Deviations and those of the skin. */
static void draw_state(const struct source *source, const double *normal, double *out)
{
    double joint[CLIENT_UNKNOWNS];
    memcpy(joint, normal + AT_STATE, CLIENT_COMPONENTS * sizeof joint[0]);
    memcpy(joint + CLIENT_BARE, normal + AT_BARE,
           SCAN_ERROR_COMPONENTS * sizeof joint[0]);
    memcpy(joint + CLIENT_SKIN, normal + AT_SKIN, SKIN_PARAMETER_COUNT * sizeof joint[0]);
    covariance_correlate(&source->state_factor, source->state->mean, joint, out);
}

static void make_draw(const struct source *source, const double *normal, struct draw *out)
{
    const struct skin_fit *skin = source->skin;
    double state[CLIENT_UNKNOWNS];
    draw_state(source, normal, state);
    memcpy(out->deviation, state, sizeof out->deviation);
    out->skin = skin->skin;
    if (skin->basis != SKIN_ASSUMED) {
        double theta[SKIN_PARAMETER_COUNT];
        struct bands bare;
        covariance_correlate(&source->skin_factor, skin->theta, state + CLIENT_SKIN,
                             theta);
        scan_error_add(&source->measured, state + CLIENT_BARE, &bare);
        skin_fit_at(skin, &bare, theta, &out->skin);
    }
    for (size_t k = 0; k < 3; k++)
        out->target_lab[k] = scan_error_lab_sd[k] * normal[AT_TARGET + k];
    out->water = factor_of(DRAW_WATER_SD, normal[AT_WATER]);
    for (size_t k = 0; k < MIXTURE_MAX; k++) {
        out->drop[k] = factor_of(DRAW_DROP_SD, normal[AT_DROP + k]);
        out->strength[k] = factor_of(DRAW_STRENGTH_SD, normal[AT_STRENGTH + k]);
    }
}

void draws_central(const struct skin_fit *skin, const struct client_state *state,
                   struct draw *out)
{
    static const double middle[DIMENSIONS] = {0};
    struct source source = {.skin = skin,
                            .state = state,
                            .skin_factor = {.count = SKIN_PARAMETER_COUNT},
                            .state_factor = {.count = CLIENT_UNKNOWNS}};
    /* what is no covariance is draws_make's to refuse: there the fit is the mean */
    (void)covariance_factorize(&skin->covariance[0][0], SKIN_PARAMETER_COUNT,
                               &source.skin_factor);
    skin_bare(&skin->skin, &source.measured);
    make_draw(&source, middle, out);
}

/* Sobol points shifted modulo 1 (Cranley and Patterson 1976), so that the seed matters
 * and no coordinate is 0. */
static void next_normal(gsl_qrng *sequence, const double *shift, double *normal)
{
    double point[DIMENSIONS];
    gsl_qrng_get(sequence, point);
    for (size_t d = 0; d < DIMENSIONS; d++) {
        double moved = point[d] + shift[d];
        moved -= floor(moved);
        normal[d] = gsl_cdf_ugaussian_Pinv(fmax(moved, 0x1p-53));
    }
}

static void make_shift(gsl_rng *random, uint64_t seed, double *shift)
{
    gsl_rng_set(random, (unsigned long)seed);
    for (size_t d = 0; d < DIMENSIONS; d++)
        shift[d] = gsl_rng_uniform_pos(random);
}

enum status draws_make(const struct skin_fit *skin, const struct client_state *state,
                       size_t count, uint64_t seed, struct draw *out)
{
    if (count < 1 || count > DRAWS_MAX)
        return STATUS_OUT_OF_RANGE;
    struct source source = {.skin = skin, .state = state};
    if (covariance_factorize(&skin->covariance[0][0], SKIN_PARAMETER_COUNT,
                             &source.skin_factor) ||
        covariance_factorize(&state->covariance[0][0], CLIENT_UNKNOWNS,
                             &source.state_factor))
        return STATUS_BAD_DATA;
    skin_bare(&skin->skin, &source.measured);
    gsl_error_handler_t *callers = gsl_set_error_handler_off();
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, DIMENSIONS);
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    enum status status = sequence && random ? STATUS_OK : STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        double shift[DIMENSIONS], normal[DIMENSIONS];
        make_shift(random, seed, shift);
        for (size_t j = 0; j < count; j++) {
            next_normal(sequence, shift, normal);
            make_draw(&source, normal, &out[j]);
        }
    }
    gsl_rng_free(random);
    if (sequence)
        gsl_qrng_free(sequence);
    gsl_set_error_handler(callers);
    return status;
}

void draw_treatment(const struct draw *draw, const struct treatment *usual,
                    struct treatment *out)
{
    client_state_apply(draw->deviation, usual, out);
    out->skin = draw->skin;
}

void draw_pour(const struct draw *draw, const double *intended, size_t count,
               double *poured)
{
    double water = 1, volume = 0;
    for (size_t k = 0; k < count; k++) {
        water -= intended[k];
        volume += intended[k] * draw->drop[k];
    }
    volume += fmax(water, 0) * draw->water;
    for (size_t k = 0; k < count; k++)
        poured[k] = intended[k] * draw->drop[k] * draw->strength[k] / volume;
}
