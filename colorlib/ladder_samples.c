/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/ladder_samples.h"

#include <string.h>

#include "colorlib/text.h"

/* From such a share on a tint is more colorant than white, and scatters by itself. */
static const double masstone_least = 0.5;

static const double mm_per_um = 0.001;

enum { BACKINGS = 2 };

/* The means of the readings of what carries a film or a colorant. */
struct bare {
    struct bands sum;
    size_t count;
};

struct sorting {
    const struct sample_set *set;
    struct fault *fault;
    struct ladder_samples *out;
    struct bare backing[BACKINGS]; /* white, black */
    struct bare white;
    size_t levels;
    double level[LADDER_LEVELS_MAX]; /* their concentrations */
    bool lies_on[BACKINGS];          /* films */
};

static enum status refuse(const struct sorting *sorting, size_t sample, const char *why)
{
    return text_fault(NULL, NULL, sorting->fault, "sample \"%s\" %s",
                      sorting->set->info[sample].id, why);
}

static size_t place_of(enum sample_backing backing)
{
    return backing == SAMPLE_BACKING_BLACK;
}

static void add_bare(struct bare *bare, const struct bands *bands)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        bare->sum.value[i] += bands->value[i];
    bare->count++;
}

static struct bands mean_of(const struct bare *bare)
{
    struct bands mean = bare->sum;
    for (size_t i = 0; i < BAND_COUNT && bare->count > 0; i++)
        mean.value[i] /= (double)bare->count;
    return mean;
}

static enum status find_level(struct sorting *sorting, double concentration,
                              size_t *level)
{
    size_t i = 0;
    while (i < sorting->levels && sorting->level[i] != concentration)
        i++;
    if (i == LADDER_LEVELS_MAX) {
        text_fault(NULL, NULL, sorting->fault, "more than %d concentrations",
                   LADDER_LEVELS_MAX);
        return STATUS_OUT_OF_RANGE;
    }
    if (i == sorting->levels)
        sorting->level[sorting->levels++] = concentration;
    *level = i;
    return STATUS_OK;
}

static enum status add_reading(struct sorting *sorting, size_t sample,
                               const struct bands *bands)
{
    const struct sample_drawdown *poured = &sorting->set->info[sample].drawdown;
    struct ladder_samples *out = sorting->out;
    bool opaque = poured->backing == SAMPLE_BACKING_OPAQUE;
    size_t level;
    if (out->count == LADDER_READINGS_MAX) {
        text_fault(NULL, NULL, sorting->fault, "more than %d readings",
                   LADDER_READINGS_MAX);
        return STATUS_OUT_OF_RANGE;
    }
    enum status status = find_level(sorting, poured->concentration, &level);
    if (status != STATUS_OK)
        return status;
    out->sample[out->count] = sample;
    out->reading[out->count++] = (struct ladder_reading){
        .level = level,
        .concentration = poured->concentration,
        .drawdown = {.thickness_mm =
                         opaque ? DRAWDOWN_OPAQUE : poured->thickness_um * mm_per_um},
        .reflectance = *bands,
    };
    if (opaque)
        return STATUS_OK;
    sorting->lies_on[place_of(poured->backing)] = true;
    out->films += poured->concentration > 0;
    return STATUS_OK;
}

static enum status sort_sample(struct sorting *sorting, size_t sample)
{
    const struct sample_drawdown *poured = &sorting->set->info[sample].drawdown;
    struct spectrum spectrum = sample_spectrum(sorting->set, sample);
    struct bands bands;
    bool film = poured->backing == SAMPLE_BACKING_WHITE ||
                poured->backing == SAMPLE_BACKING_BLACK;
    if (poured->backing == SAMPLE_BACKING_UNKNOWN)
        return refuse(sorting, sample, "has no concentration, backing and thickness");
    if (film && poured->concentration > 0 && !(poured->thickness_um > 0))
        return refuse(sorting, sample, "is a film without a thickness");
    enum status status = bands_from_spectrum(&spectrum, &bands);
    if (status != STATUS_OK) {
        refuse(sorting, sample, "does not cover 420 to 680 nm");
        return status;
    }
    if (film && poured->concentration == 0 && poured->thickness_um == 0) {
        add_bare(&sorting->backing[place_of(poured->backing)], &bands);
        return STATUS_OK;
    }
    if (!film && poured->concentration == 0)
        add_bare(&sorting->white, &bands);
    return add_reading(sorting, sample, &bands);
}

/* One backing that nobody read, from the weakest two levels of films upon it. */
static enum status estimate_backing(struct sorting *sorting, struct bands *out)
{
    struct ladder_samples *ladder = sorting->out;
    bool films_alone = ladder->films == ladder->count;
    enum status status = films_alone && ladder_background(ladder->reading, ladder->count,
                                                          2, out) == STATUS_OK
                             ? STATUS_OK
                             : STATUS_BAD_DATA;
    if (status != STATUS_OK)
        text_fault(NULL, NULL, sorting->fault,
                   "no reading of the bare backing (concentration 0, thickness 0)");
    ladder->backing = LADDER_BACKING_ESTIMATED;
    return status;
}

static enum status find_backings(struct sorting *sorting, struct bands bare[BACKINGS])
{
    struct ladder_samples *out = sorting->out;
    bool all = true;
    for (size_t i = 0; i < BACKINGS; i++) {
        out->backings += sorting->lies_on[i];
        all = all && (!sorting->lies_on[i] || sorting->backing[i].count > 0);
        bare[i] = mean_of(&sorting->backing[i]);
    }
    out->backing = out->films > 0 ? LADDER_BACKING_MEASURED : LADDER_BACKING_NONE;
    if (all)
        return STATUS_OK;
    size_t missing = sorting->lies_on[0] && sorting->backing[0].count == 0 ? 0 : 1;
    if (out->backings == 1)
        return estimate_backing(sorting, &bare[missing]);
    return text_fault(NULL, NULL, sorting->fault,
                      "no reading of the bare %s backing (concentration 0, thickness 0)",
                      missing == 0 ? "white" : "black");
}

/* Every film lies upon its bare backing. */
static enum status lay(struct sorting *sorting)
{
    struct bands bare[BACKINGS];
    enum status status = find_backings(sorting, bare);
    struct ladder_samples *out = sorting->out;
    for (size_t i = 0; status == STATUS_OK && i < out->count; i++) {
        enum sample_backing backing = sorting->set->info[out->sample[i]].drawdown.backing;
        if (backing != SAMPLE_BACKING_OPAQUE)
            out->reading[i].drawdown.background = bare[place_of(backing)];
    }
    return status;
}

static enum status find_carrier(struct sorting *sorting, const struct drawdown_view *view)
{
    struct ladder_samples *out = sorting->out;
    out->whites = sorting->white.count;
    if (out->whites == 0)
        return STATUS_OK;
    if (out->films > 0)
        return text_fault(NULL, NULL, sorting->fault,
                          "films beside tints in a white: two files, one for each");
    struct bands white = mean_of(&sorting->white);
    ladder_white(&white, view, &out->carrier);
    return STATUS_OK;
}

enum status ladder_from_samples(const struct sample_set *set,
                                const struct drawdown_view *view,
                                struct ladder_samples *out, struct fault *fault)
{
    struct ladder_samples samples = {.count = 0};
    struct sorting sorting = {.set = set, .fault = fault, .out = &samples};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < set->count && status == STATUS_OK; i++)
        status = sort_sample(&sorting, i);
    if (status == STATUS_OK)
        status = lay(&sorting);
    if (status == STATUS_OK)
        status = find_carrier(&sorting, view);
    if (status == STATUS_OK)
        *out = samples;
    return status;
}

enum ladder_constants ladder_samples_constants(const struct ladder_samples *samples)
{
    double most = 0;
    for (size_t i = 0; i < samples->count; i++)
        most = fmax(most, samples->reading[i].concentration);
    if (samples->films > 0)
        return samples->backings == BACKINGS ? LADDER_TWO_CONSTANTS : LADDER_ONE_CONSTANT;
    return most >= masstone_least ? LADDER_TWO_CONSTANTS : LADDER_ONE_CONSTANT;
}
