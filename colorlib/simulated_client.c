/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/simulated_client.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "colorlib/followup.h"
#include "colorlib/scan_error.h"

/* Variance of the median of five normal numbers over that of one; what is left to one is
 * the visit's. */
static const double median_variance = 0.2868;

const struct simulated_reading simulated_reading_default = {
    .placements = 5, .aperture_mm = 8, .noise = 1};

/* -- random numbers ---------------------------------------------------------- */

/* Everything that is drawn has numbers of its own, so that one scan more changes no
 * truth, and nothing equals the draws that a forecast makes from the same seed. */
enum stream { STREAM_SKIN = 1, STREAM_STATE, STREAM_BOTTLE, STREAM_WATER, STREAM_SCAN };

static const uint64_t golden = 0x9e3779b97f4a7c15;

/* SplitMix64 (Steele, Lea and Flood 2014): it needs no memory, so nothing can fail. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

static uint64_t stream(uint64_t seed, enum stream what, uint64_t number)
{
    return mix(mix(mix(seed + golden) + (uint64_t)what * golden) + number * golden);
}

/* A standard normal number. */
static double normal(uint64_t *state)
{
    *state += golden;
    double uniform = ((double)(mix(*state) >> 11) + 0.5) * 0x1p-53;
    return gsl_cdf_ugaussian_Pinv(uniform);
}

static uint64_t text_number(const char *text)
{
    uint64_t number = 0;
    for (; *text; text++)
        number = mix(number + (unsigned char)*text + golden);
    return number;
}

/* -- what is true ------------------------------------------------------------ */

void simulated_client_skin(enum skin_reference reference, uint64_t seed,
                           struct skin_fit *out)
{
    uint64_t random = stream(seed, STREAM_SKIN, 0);
    struct skin_parameters parameters = skin_reference_parameters(reference);
    parameters.melanosome_fraction *= exp(SIMULATED_MELANIN_SD * normal(&random));
    struct skin_fit fit = {.basis = SKIN_ASSUMED};
    skin_from_parameters(&parameters, &fit.skin);
    skin_bare(&fit.skin, &fit.fitted);
    *out = fit;
}

enum status simulated_client_make(const struct skin_fit *skin,
                                  const struct client_state *state, uint64_t seed,
                                  struct simulated_client *out)
{
    struct draw truth;
    enum status status =
        draws_make(skin, state, 1, stream(seed, STREAM_STATE, 0) >> 32, &truth);
    if (status != STATUS_OK)
        return status;
    *out = (struct simulated_client){.seed = seed, .skin = truth.skin};
    memcpy(out->deviation, truth.deviation, sizeof out->deviation);
    return STATUS_OK;
}

void simulated_client_pour(const struct simulated_client *client, uint64_t batch,
                           const struct mixture *intended, struct mixture *poured)
{
    uint64_t random = stream(client->seed, STREAM_WATER, batch);
    struct draw cup = {.water = exp(DRAW_WATER_SD * normal(&random))};
    for (size_t k = 0; k < intended->count; k++) {
        random =
            stream(client->seed, STREAM_BOTTLE, text_number(intended->pigment[k]->id));
        cup.drop[k] = exp(DRAW_DROP_SD * normal(&random));
        cup.strength[k] = exp(DRAW_STRENGTH_SD * normal(&random));
    }
    struct mixture mixture = *intended;
    draw_pour(&cup, intended->concentration, intended->count, mixture.concentration);
    *poured = mixture;
}

void simulated_client_treatment(const struct simulated_client *client,
                                const struct treatment *usual, struct treatment *out)
{
    struct treatment treatment;
    client_state_apply(client->deviation, usual, &treatment);
    treatment.skin = client->skin;
    for (size_t e = 0; e < treatment.earlier_count; e++)
        simulated_client_pour(client, e, &usual->earlier[e].mixture,
                              &treatment.earlier[e].mixture);
    *out = treatment;
}

/* -- what an instrument sees ------------------------------------------------- */

/* What lies under the instrument: bare skin unless there is hair or a treatment. */
struct scene {
    const struct skin *skin;
    const struct hair *hair;
    const struct treatment *treatment;
    const struct mixture *mixture;
    double years;
};

/* Dots or hairs per cm2. */
static double scene_density(const struct scene *scene)
{
    if (scene->hair)
        return scene->hair->density_per_cm2;
    if (!scene->treatment)
        return 0;
    double density = scene->treatment->technique.density_per_cm2;
    for (size_t e = 0; e < scene->treatment->earlier_count; e++)
        density += scene->treatment->earlier[e].density_per_cm2;
    return density;
}

/* The scene where dots or hairs are denser by a factor. */
static enum status look(const struct scene *scene, double factor, struct bands *out)
{
    if (scene->hair) {
        struct hair hair = *scene->hair;
        hair.density_per_cm2 *= factor;
        return stubble_reflectance(scene->skin, &hair, out);
    }
    if (!scene->treatment) {
        skin_bare(scene->skin, out);
        return STATUS_OK;
    }
    struct treatment treatment = *scene->treatment;
    treatment.technique.density_per_cm2 *= factor;
    for (size_t e = 0; e < treatment.earlier_count; e++)
        treatment.earlier[e].density_per_cm2 *= factor;
    treatment_reflectance(&treatment, scene->mixture, scene->years, out);
    return STATUS_OK;
}

/* sd of the logarithm of the density in an aperture. */
static double sampling_sd(const struct scene *scene,
                          const struct simulated_reading *reading)
{
    return reading->noise *
           followup_sampling_sd(scene_density(scene), reading->aperture_mm, 1);
}

/* Errors in units of their sd, each band like its neighbour. */
static void draw_error(uint64_t *random, struct bands *out)
{
    const double fresh = sqrt(1 - SCAN_ERROR_CORRELATION * SCAN_ERROR_CORRELATION);
    out->value[0] = normal(random);
    for (size_t i = 1; i < BAND_COUNT; i++)
        out->value[i] =
            SCAN_ERROR_CORRELATION * out->value[i - 1] + fresh * normal(random);
}

static void add_error(const struct bands *error, double factor, struct bands *reflectance)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double sd = scan_error_sd(reflectance->value[i]);
        reflectance->value[i] =
            fmax(reflectance->value[i] + factor * sd * error->value[i], 0);
    }
}

static enum status place(const struct scene *scene,
                         const struct simulated_reading *reading, double noise,
                         uint64_t *random, const struct bands *visit,
                         struct spectrum *out)
{
    struct bands reflectance, own;
    double factor = exp(sampling_sd(scene, reading) * normal(random));
    enum status status = look(scene, factor, &reflectance);
    if (status != STATUS_OK)
        return status;
    draw_error(random, &own);
    add_error(visit, noise * sqrt(1 - median_variance), &reflectance);
    add_error(&own, noise, &reflectance);
    *out = bands_spectrum(&reflectance);
    return STATUS_OK;
}

static enum status scan(const struct scene *scene, uint64_t seed,
                        const struct simulated_reading *reading,
                        const struct weights *weights, struct placements *out)
{
    if (reading->placements < 1 || reading->placements > PLACEMENTS_MAX)
        return STATUS_OUT_OF_RANGE;
    struct spectrum *spectrum = calloc(reading->placements, sizeof *spectrum);
    if (!spectrum)
        return STATUS_NO_MEMORY;
    const double redness =
        scene->treatment && scene->years < SIMULATED_HEALING_YEARS ? 2 : 1;
    uint64_t random = stream(seed, STREAM_SCAN, reading->number);
    struct bands visit;
    draw_error(&random, &visit);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < reading->placements && status == STATUS_OK; i++)
        status = place(scene, reading, reading->noise * redness, &random, &visit,
                       &spectrum[i]);
    if (status == STATUS_OK)
        status = placements_combine(spectrum, reading->placements, weights, out);
    free(spectrum);
    return status;
}

enum status simulated_client_scan_bare(const struct simulated_client *client,
                                       const struct simulated_reading *reading,
                                       const struct weights *weights,
                                       struct placements *out)
{
    struct scene scene = {.skin = &client->skin};
    return scan(&scene, client->seed, reading, weights, out);
}

enum status simulated_client_scan_hair(const struct simulated_client *client,
                                       const struct hair *hair,
                                       const struct simulated_reading *reading,
                                       const struct weights *weights,
                                       struct placements *out)
{
    struct scene scene = {.skin = &client->skin, .hair = hair};
    return scan(&scene, client->seed, reading, weights, out);
}

enum status simulated_client_scan_treated(const struct simulated_client *client,
                                          const struct treatment *treatment,
                                          const struct mixture *poured, double years,
                                          const struct simulated_reading *reading,
                                          const struct weights *weights,
                                          struct placements *out)
{
    struct scene scene = {
        .skin = &client->skin, .treatment = treatment, .mixture = poured, .years = years};
    return scan(&scene, client->seed, reading, weights, out);
}
