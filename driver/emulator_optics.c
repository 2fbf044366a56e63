/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the head sees, and how precisely (1.1, 10). */
#include "driver/emulator_parts.h"

#include <math.h>
#include <string.h>

static const double specular_mean = 0.035; /* of gloss, which SCE leaves out */
static const double specular_sd = 0.003;
static const double placement_sd = 0.006; /* of the value */
static const double shot_sd = 0.0004;
static const double edge_loss = 0.10; /* SAV below MAV at 700 nm, on translucent skin */

/* Pressure squeezes the blood out of skin, which fills the trough of its absorption. */
enum { FOOT = 10, TROUGH = 12, TROUGH_END = 20, FAR_FOOT = 21 }; /* from 500 to 610 nm */
static const double blanching_most = 0.6;

/* What the lamp loses until recalibration is recommended; 30 readings at 10 s then stay
 * well within the data sheet's 0.1 %. [assumption] */
static const double drift_per_ms = 0.001 / (8 * 3600e3);

/* Columns of the table. */
enum sample {
    SAMPLE_WAVELENGTH,
    SAMPLE_SCALP, /* of client a; those of b and c follow */
    SAMPLE_DONOR,
    SAMPLE_SCAR,
    SAMPLE_HEALED,
    SAMPLE_PIGMENT = SAMPLE_SCALP + 3 * 4,
    SAMPLE_CARD,
    SAMPLE_PLATE,
    SAMPLE_ZERO,
    SAMPLE_LIGHT,
    SAMPLE_LIGHT_SCE,
    SAMPLE_DARK,
    SAMPLE_COLUMNS
};
enum { SAMPLES_PER_CLIENT = SAMPLE_HEALED - SAMPLE_SCALP + 1 };

static const double samples[EMULATOR_BANDS][SAMPLE_COLUMNS] = {
#include "driver/data/samples.inc" /* made from the .csv */
};

/* Skin differs from site to site and from one placement to the next; a solid does from
 * placement to placement, and so does a film, which is computed; plate and dark seat
 * squarely. */
enum material { MATERIAL_SKIN, MATERIAL_SOLID, MATERIAL_FILM, MATERIAL_STANDARD };

struct kind {
    const char *name;
    enum sample sci;
    enum sample sce; /* SAMPLE_WAVELENGTH where it is SCI less the mean gloss */
    enum material material;
};

/* The last is what any other name means, the first where the head is at the start: in
 * air. */
static const struct kind kinds[] = {
    {"zero", SAMPLE_ZERO, SAMPLE_WAVELENGTH, MATERIAL_STANDARD},
    {"white", SAMPLE_PLATE, SAMPLE_WAVELENGTH, MATERIAL_STANDARD},
    {"scalp", SAMPLE_SCALP, SAMPLE_WAVELENGTH, MATERIAL_SKIN},
    {"donor", SAMPLE_DONOR, SAMPLE_WAVELENGTH, MATERIAL_SKIN},
    {"scar", SAMPLE_SCAR, SAMPLE_WAVELENGTH, MATERIAL_SKIN},
    {"healed", SAMPLE_HEALED, SAMPLE_WAVELENGTH, MATERIAL_SKIN},
    {"example-light", SAMPLE_LIGHT, SAMPLE_LIGHT_SCE, MATERIAL_SKIN},
    {"example-dark", SAMPLE_DARK, SAMPLE_WAVELENGTH, MATERIAL_SKIN},
    {"drawdown", SAMPLE_PIGMENT, SAMPLE_WAVELENGTH, MATERIAL_FILM},
    {"pigment", SAMPLE_PIGMENT, SAMPLE_WAVELENGTH, MATERIAL_SOLID},
    {"card", SAMPLE_CARD, SAMPLE_WAVELENGTH, MATERIAL_SOLID},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

/* Absorbance at 500 nm that a site's melanin has more than the crown's. [assumption] */
static const struct {
    const char *name;
    double melanin;
} sites[] = {
    {"vertex", 0.010},   {"temple-l", -0.015}, {"temple-r", -0.020}, {"nape", 0.030},
    {"hairline", 0.020}, {"donor", -0.010},    {"other", 0.015},
};

static size_t find_kind(const char *name)
{
    size_t i = 0;
    while (i + 1 < KINDS && strcmp(kinds[i].name, name) != 0)
        i++;
    return i;
}

static double find_site(const char *name)
{
    for (size_t i = 0; i < sizeof sites / sizeof sites[0]; i++)
        if (strcmp(sites[i].name, name) == 0)
            return sites[i].melanin;
    return 0;
}

static double wavelength_nm(size_t band)
{
    return samples[band][SAMPLE_WAVELENGTH];
}

/* A kind as it is, in MAV. */
static void reference(const struct kind *kind, char client, double sci[EMULATOR_BANDS],
                      double sce[EMULATOR_BANDS])
{
    size_t column = kind->sci;
    if (column >= SAMPLE_SCALP && column <= SAMPLE_HEALED)
        column += SAMPLES_PER_CLIENT * (size_t)(client - 'a');
    for (size_t i = 0; i < EMULATOR_BANDS; i++) {
        sci[i] = samples[i][column];
        sce[i] = kind->sce ? samples[i][kind->sce] : fmax(sci[i] - specular_mean, 0);
    }
}

void emulator_optics_sample(const char *kind, char client, double sci[EMULATOR_BANDS],
                            double sce[EMULATOR_BANDS])
{
    reference(&kinds[find_kind(kind)], client, sci, sce);
}

/* Melanin's absorption falls with the wavelength to the power 3.33: S. L. Jacques, Phys.
 * Med. Biol. 58 (2013) R37. */
static double site_transmittance(double melanin, double nm)
{
    return exp(-melanin * pow(nm / 500, -3.33));
}

/* Lightens the trough towards the line between its feet. */
static void blanch(double pressure, double factor[EMULATOR_BANDS])
{
    double slope = (factor[FAR_FOOT] - factor[FOOT]) / (FAR_FOOT - FOOT);
    for (int i = TROUGH; i < TROUGH_END; i++) {
        double depth = factor[FOOT] + slope * (i - FOOT) - factor[i];
        factor[i] += blanching_most * pressure * fmax(depth, 0);
    }
}

void emulator_truth(const struct emulator *emulator, double sci[31], double sce[31])
{
    const struct kind *kind = &kinds[emulator->head.sample];
    if (kind->material == MATERIAL_FILM) {
        emulator_film_reflectance(&emulator->settings, &emulator->head.film, sci, sce);
        return;
    }
    reference(kind, emulator->settings.client, sci, sce);
    if (kind->material != MATERIAL_SKIN)
        return;
    double gloss[EMULATOR_BANDS];
    for (size_t i = 0; i < EMULATOR_BANDS; i++) {
        gloss[i] = sci[i] - sce[i];
        sce[i] *= site_transmittance(emulator->head.melanin, wavelength_nm(i));
    }
    blanch(emulator->settings.pressure, sce);
    int is_small = emulator->settings.slider == EMULATOR_SAV;
    for (size_t i = 0; i < EMULATOR_BANDS; i++) {
        sci[i] = gloss[i] + sce[i];
        if (is_small)
            sci[i] *= 1 - edge_loss * (wavelength_nm(i) - 400) / 300;
        sce[i] = fmax(sci[i] - gloss[i], 0);
    }
}

enum emulator_surface emulator_surface(const struct emulator *emulator)
{
    enum sample sample = kinds[emulator->head.sample].sci;
    return sample == SAMPLE_ZERO    ? EMULATOR_DARK
           : sample == SAMPLE_PLATE ? EMULATOR_WHITE_PLATE
                                    : EMULATOR_ANY_SURFACE;
}

/* -- placement ------------------------------------------------------------ */

/* Another spot of the surface: lighter or darker as a whole, and a little steeper or
 * flatter, with the same deviation at each wavelength. */
static void draw_placement(struct noise *noise, double scale, struct emulator_head *head)
{
    static const double steepness = 0.3;
    double level = noise_normal(noise);
    double slope = noise_normal(noise);
    for (size_t i = 0; i < EMULATOR_BANDS; i++) {
        double tilt = steepness * (wavelength_nm(i) - 550) / 150;
        double offset = (level + tilt * slope) / sqrt(1 + tilt * tilt);
        head->gain[i] = 1 + scale * placement_sd * offset;
    }
    double gloss = specular_mean + scale * specular_sd * noise_normal(noise);
    head->gloss = fmax(gloss, 0) / specular_mean;
}

void emulator_place(struct emulator *emulator, const char *kind, const char *site)
{
    struct emulator_head *head = &emulator->head;
    if (strcmp(kind, "swatch") == 0) {
        kind = "drawdown";
        site = emulator->settings.swatch;
    }
    head->sample = find_kind(kind);
    if (kinds[head->sample].material == MATERIAL_FILM &&
        !emulator_film_parse(site, &head->film))
        head->sample = KINDS - 1;
    head->melanin = find_site(site);
    double scale = emulator->settings.placement;
    if (kinds[head->sample].material == MATERIAL_STANDARD)
        scale = 0;
    draw_placement(&emulator->placements, scale, head);
    if (kinds[head->sample].material == MATERIAL_FILM)
        head->gloss = 1; /* the cell's glass is flat */
}

/* -- reading -------------------------------------------------------------- */

/* What is left of the light since white calibration. */
static double lamp(const struct emulator *emulator, size_t component)
{
    size_t area = emulator->settings.slider == EMULATOR_SAV ? 0 : 1;
    uint64_t made_ms = emulator->white[area][component].made_ms;
    double age_ms = (double)(emulator->now_ms - made_ms);
    return 1 - emulator->settings.noise * drift_per_ms * age_ms;
}

static void read_component(struct emulator *emulator, size_t component,
                           double factor[EMULATOR_BANDS])
{
    double light = lamp(emulator, component);
    double sd = emulator->settings.noise * shot_sd / sqrt((double)emulator->automatic);
    for (size_t i = 0; i < EMULATOR_BANDS; i++)
        factor[i] = light * factor[i] + sd * noise_normal(&emulator->shots);
}

void emulator_optics_read(struct emulator *emulator, struct emulator_result *out)
{
    const struct emulator_head *head = &emulator->head;
    double sci[EMULATOR_BANDS], sce[EMULATOR_BANDS];
    emulator_truth(emulator, sci, sce);
    for (size_t i = 0; i < EMULATOR_BANDS; i++) {
        double gloss = head->gloss * (sci[i] - sce[i]);
        sci[i] *= head->gain[i];
        sce[i] = fmax(sci[i] - gloss, 0);
    }
    out->count = 0;
    if (emulator->specular != EMULATOR_SCE) {
        read_component(emulator, 0, sci);
        memcpy(out->factor[out->count++], sci, sizeof sci);
    }
    if (emulator->specular != EMULATOR_SCI) {
        read_component(emulator, 1, sce);
        memcpy(out->factor[out->count++], sce, sizeof sce);
    }
}
