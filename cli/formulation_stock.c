/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a formula may be poured of. */
#include "cli/formulation.h"

#include <string.h>

/* per mm, as formula_solver_open takes it */
#define COEFFICIENT_MAX 1e6

/* -- the diluent --------------------------------------------------------------------- */

static enum exit_code read_bottle(struct context *context, const char *word,
                                  struct pigment *out)
{
    const char *exclude = option(context, "exclude");
    enum exit_code code = bottles_read_one(context, word, out);
    if (code == EXIT_DONE && exclude && bottles_contain(out, exclude))
        code = failure_set(&context->failure, FAILURE_PIGMENT_NONE,
                           "--diluent %s contains one of %s, which --exclude leaves out",
                           word, exclude);
    return code;
}

/* What dilutes is no pigment as well: recipes would have it under two names. */
static enum exit_code leave_out_diluent(struct context *context,
                                        struct formulation *formulation)
{
    struct bottles *bottles = &formulation->bottles;
    size_t i = 0;
    while (i < bottles->count &&
           strcmp(bottles->pigment[i].id, formulation->diluent.id) != 0)
        i++;
    if (i == bottles->count)
        return EXIT_DONE;
    bottles->count--;
    for (; i < bottles->count; i++) {
        bottles->pigment[i] = bottles->pigment[i + 1];
        memcpy(bottles->source[i], bottles->source[i + 1], BOTTLE_SOURCE_MAX);
    }
    if (bottles->count > 0)
        return EXIT_DONE;
    return failure_set(&context->failure, FAILURE_PIGMENT_NONE,
                       "%s is the only pigment, and the diluent",
                       formulation->diluent.id);
}

static enum exit_code make_vehicle(struct context *context, struct pigment *out)
{
    *out = (struct pigment){.id = "vehicle", .name = "clear vehicle"};
    return option_number(context, "vehicle-density", 0.5, 5, 1, &out->density_g_per_ml);
}

/* Clear vehicle changes the color of a film that lets its backing through, and of no
 * other. */
static enum exit_code read_diluent(struct context *context, struct formulation *out)
{
    const char *word = option(context, "diluent");
    if (word && option(context, "no-diluent"))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--diluent and --no-diluent exclude each other");
    out->diluting = word ? FORMULATION_BOTTLE
                    : formulation_hides(out) || option(context, "no-diluent")
                        ? FORMULATION_UNDILUTED
                        : FORMULATION_VEHICLE;
    if (option(context, "vehicle-density") && out->diluting != FORMULATION_VEHICLE)
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--vehicle-density is of the clear vehicle, and there is none "
                           "in these recipes");
    switch (out->diluting) {
    case FORMULATION_UNDILUTED: return EXIT_DONE;
    case FORMULATION_VEHICLE: return make_vehicle(context, &out->diluent);
    case FORMULATION_BOTTLE: break;
    }
    enum exit_code code = read_bottle(context, word, &out->diluent);
    return code == EXIT_DONE ? leave_out_diluent(context, out) : code;
}

/* -- whether they make such a film ------------------------------------------------
 */

bool formulation_scatters(const struct colorant *colorant)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (colorant->S.value[i] > 0)
            return true;
    return false;
}

/* A band where the colorant neither absorbs nor scatters; BAND_COUNT for none. */
static size_t clear_band(const struct colorant *colorant)
{
    size_t i = 0;
    while (i < BAND_COUNT && colorant->K.value[i] + colorant->S.value[i] > 0)
        i++;
    return i;
}

/* What is clear has no color of its own. */
static enum exit_code refuse_clear(struct context *context, const char *id, size_t band)
{
    enum exit_code code = failure_set(&context->failure, FAILURE_PIGMENT_UNFIT,
                                      "%s neither absorbs nor scatters at %.0f nm", id,
                                      bands_wavelength_nm(band));
    failure_hint(&context->failure, "leave it out, or make it the --diluent of a --film");
    return code;
}

static bool is_too_strong(const struct colorant *colorant)
{
    bool any = false;
    for (size_t i = 0; i < BAND_COUNT; i++)
        any = any || colorant->K.value[i] > COEFFICIENT_MAX ||
              colorant->S.value[i] > COEFFICIENT_MAX;
    return any;
}

static enum exit_code refuse_strong(struct context *context, const char *id)
{
    return failure_set(&context->failure, FAILURE_PIGMENT_UNFIT,
                       "%s has a K or S of more than %.0f per mm", id, COEFFICIENT_MAX);
}

/* What only absorbs is black where it is thick, whatever it is mixed with. */
static enum exit_code refuse_black(struct context *context)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_PIGMENT_UNFIT,
                    "none of these pigments scatters light: every film of them that "
                    "hides would be black");
    failure_hint(&context->failure,
                 "--pigments with a white, or --film UM --backing COLOR");
    return code;
}

static enum exit_code check_pigments(struct context *context,
                                     const struct formulation *formulation)
{
    for (size_t i = 0; i < formulation->bottles.count; i++) {
        const char *id = formulation->bottles.pigment[i].id;
        size_t band = clear_band(&formulation->colorant[i]);
        if (band < BAND_COUNT)
            return refuse_clear(context, id, band);
        if (is_too_strong(&formulation->colorant[i]))
            return refuse_strong(context, id);
    }
    return is_too_strong(&formulation->diluent_colorant)
               ? refuse_strong(context, formulation->diluent.id)
               : EXIT_DONE;
}

/* However thick, what is clear lets its backing through. */
static enum exit_code check_hiding(struct context *context,
                                   const struct formulation *formulation)
{
    const struct formula_problem *problem = &formulation->problem;
    size_t band = problem->diluent ? clear_band(problem->diluent) : BAND_COUNT;
    if (band < BAND_COUNT)
        return refuse_clear(context, formulation->diluent.id, band);
    bool any = problem->diluent && formulation_scatters(problem->diluent);
    for (size_t i = 0; i < problem->colorant_count && !any; i++)
        any = formulation_scatters(&problem->colorants[i]);
    return any ? EXIT_DONE : refuse_black(context);
}

enum exit_code formulation_read_stock(struct context *context, struct formulation *out)
{
    struct formula_problem *problem = &out->problem;
    const char *pigments = option(context, "pigments");
    enum exit_code code = bottles_read(context, pigments ? pigments : "@single-pigments",
                                       option(context, "exclude"), &out->bottles);
    if (code == EXIT_DONE)
        code = read_diluent(context, out);
    if (code != EXIT_DONE)
        return code;
    for (size_t i = 0; i < out->bottles.count; i++)
        out->colorant[i] =
            (struct colorant){out->bottles.pigment[i].K, out->bottles.pigment[i].S};
    out->diluent_colorant = (struct colorant){out->diluent.K, out->diluent.S};
    problem->colorants = out->colorant;
    problem->colorant_count = out->bottles.count;
    problem->diluent =
        out->diluting == FORMULATION_UNDILUTED ? NULL : &out->diluent_colorant;
    code = check_pigments(context, out);
    return code == EXIT_DONE && formulation_hides(out) ? check_hiding(context, out)
                                                       : code;
}
