/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/mixing_existing.h"

#include <math.h>
#include <string.h>

#include "cli/case.h"
#include "cli/case_members.h"
#include "cli/json.h"
#include "colorlib/existing_work.h"

/* Work of which nothing is known is taken for what is placed most. */
static const char likely_bottle[] = "carbon";
static const double likely_concentration = 1.0 / 20;

/* Work explained worse than this, in standard deviations of the scan, is told of. */
static const double residual_told = 2;

/* What is known of how it was placed. */
struct record {
    struct mixing *mixing; /* of its document; NULL for none */
    struct recipe recipe;
};

/* Reading a case sets the light in which it was judged, which is not ours. */
static enum exit_code read_record(struct context *context, const char *path,
                                  struct record *out)
{
    struct viewing ours = context->viewing;
    enum exit_code code = case_read(context, path, &out->mixing, &out->recipe);
    context->viewing = ours;
    return code;
}

/* Where a pigment of the record was read from. */
static const char *source_of(const struct mixing *record, const struct pigment *pigment)
{
    const struct bottles *shelves[] = {&record->bottles, &record->found.bottles};
    for (size_t s = 0; s < sizeof shelves / sizeof shelves[0]; s++)
        for (size_t i = 0; i < shelves[s]->count; i++)
            if (&shelves[s]->pigment[i] == pigment)
                return shelves[s]->source[i];
    return pigment->id;
}

/* The same pigment among the mixing's own, which outlive the record. */
static enum exit_code adopt(struct context *context, const struct mixing *record,
                            struct bottles *own, const struct pigment **pigment)
{
    for (size_t i = 0; i < own->count; i++)
        if (strcmp(own->pigment[i].id, (*pigment)->id) == 0) {
            *pigment = &own->pigment[i];
            return EXIT_DONE;
        }
    enum exit_code code = bottles_add(context, source_of(record, *pigment), own);
    if (code == EXIT_DONE)
        *pigment = &own->pigment[own->count - 1];
    return code;
}

/* What lies in the skin, as documents give it back. */
static enum exit_code take_deposit(struct context *context, const struct record *record,
                                   struct mixing *mixing, struct deposit *deposit)
{
    enum exit_code code = EXIT_DONE;
    document_members_keep(case_deposit_members, deposit);
    for (size_t k = 0; k < deposit->mixture.count; k++)
        deposit->mixture.concentration[k] = json_kept(deposit->mixture.concentration[k]);
    for (size_t k = 0; k < deposit->mixture.count && record->mixing && code == EXIT_DONE;
         k++)
        code = adopt(context, record->mixing, &mixing->found.bottles,
                     &deposit->mixture.pigment[k]);
    return code;
}

/* The usual treatment upon the work; one layer holds both, where the work was found. */
static enum exit_code lay(struct context *context, const struct record *record,
                          const struct existing_work *work, struct mixing *mixing)
{
    struct treatment *usual = &mixing->usual;
    enum exit_code code = EXIT_DONE;
    usual->technique.depth_mm = work->depth_mm;
    usual->earlier_count = work->upon.earlier_count;
    for (size_t e = 0; e < usual->earlier_count && code == EXIT_DONE; e++) {
        usual->earlier[e] = work->upon.earlier[e];
        code = take_deposit(context, record, mixing, &usual->earlier[e]);
    }
    struct existing *found = &mixing->found;
    found->there = true;
    found->recorded = record->mixing != NULL;
    found->scale = work->scale;
    found->scale_sd = work->scale_sd;
    found->depth_mm = work->depth_mm;
    found->depth_sd_mm = work->depth_sd_mm;
    document_members_keep(case_existing_members, found);
    return code;
}

static enum exit_code refuse(struct context *context, const char *scan,
                             enum status status)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_EXISTING_UNKNOWN,
                    "%s: no work explains this scan (%s)", scan, status_text(status));
    failure_hint(&context->failure,
                 "work of 10 days or older, --existing-age, and --skin of bare skin "
                 "beside it");
    return code;
}

static enum exit_code refuse_strong(struct context *context,
                                    const struct existing_work *work)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_EXISTING_STRONG,
                    "the work in the skin shows %.2f times its record, and more pigment "
                    "would only darken it",
                    work->scale);
    failure_hint(&context->failure,
                 "look at the density of the dots, or take advice on removal");
    return code;
}

static enum exit_code find(struct context *context, const struct mixing_request *request,
                           const struct record *record, struct mixing *mixing)
{
    const struct mixture likely = {
        1, {&mixing->found.bottles.pigment[0]}, {likely_concentration}};
    struct subject_scan scan;
    struct weights weights;
    struct existing_work work;
    enum exit_code code = subject_target(context, request->existing, &scan);
    if (code == EXIT_DONE)
        code = subject_same_aperture(context, "skin and existing work",
                                     mixing->subject.aperture_mm, scan.aperture_mm);
    if (code == EXIT_DONE && skin_weights(&weights) != STATUS_OK)
        code = failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    if (code != EXIT_DONE)
        return code;
    struct existing_sight sight = {
        .skin = &mixing->subject.fit,
        .usual = record->mixing ? &record->mixing->usual : &mixing->usual,
        .mixture = record->mixing ? &record->recipe.mixture : &likely,
        .years = request->existing_years,
        .record = record->mixing ? EXISTING_RECORDED : EXISTING_UNKNOWN,
        .lab = colorimetry_reflectance_lab(&weights, scan.reflectance.value),
        .weights = &weights,
        .aperture_mm = scan.aperture_mm};
    enum status status = existing_work_find(&sight, &work);
    if (status != STATUS_OK)
        return refuse(context, scan.label, status);
    if (existing_work_advice(&sight, &work) == EXISTING_TOO_STRONG)
        return refuse_strong(context, &work);
    if (fabs(work.lightness_residual) > residual_told)
        warn(context, "existing.residual", "--record of what was placed",
             "the scan of the work differs from what explains it by %.1f standard "
             "deviations of L*",
             work.lightness_residual);
    return lay(context, record, &work, mixing);
}

enum exit_code mixing_existing_read(struct context *context,
                                    const struct mixing_request *request,
                                    struct mixing *mixing)
{
    struct record record = {.mixing = NULL};
    enum exit_code code =
        request->record ? read_record(context, request->record, &record)
                        : bottles_add(context, likely_bottle, &mixing->found.bottles);
    if (code == EXIT_DONE)
        code = find(context, request, &record, mixing);
    mixing_close(record.mixing);
    return code;
}
