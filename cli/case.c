/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"

#include <stdlib.h>
#include <string.h>

#include "cli/case_look.h"
#include "cli/case_members.h"
#include "cli/quantity.h"

/* -- treatment, bottles, settings -----------------------------------------------------
 */

static enum exit_code read_modifiers(const struct document *document,
                                     struct mixing *mixing)
{
    size_t count;
    enum exit_code code = document_length(document, "data.conditions.modifiers", 0,
                                          MIXING_MODIFIERS_MAX, &count);
    for (size_t i = 0; i < count && code == EXIT_DONE; i++) {
        char key[DOCUMENT_KEY_MAX];
        struct fade_modifier modifier;
        snprintf(key, sizeof key, "data.conditions.modifiers.%zu", i);
        code =
            document_text(document, key, mixing->modifier[i], sizeof mixing->modifier[i]);
        if (code == EXIT_DONE &&
            fade_modifier_find(mixing->modifier[i], &modifier) != STATUS_OK)
            code = document_refuse(document, key, "no such modifier");
    }
    if (code == EXIT_DONE)
        mixing->modifier_count = count;
    return code;
}

static enum exit_code read_treatment(const struct document *document,
                                     struct mixing *mixing)
{
    struct technique *technique = &mixing->usual.technique;
    enum exit_code code = document_text(document, "data.technique.name", technique->name,
                                        sizeof technique->name);
    if (code == EXIT_DONE)
        code = document_members_read(document, "data.technique", case_technique_members,
                                     technique);
    if (code == EXIT_DONE)
        code = document_members_read(document, "data.conditions", case_conditions_members,
                                     &mixing->usual.conditions);
    if (code == EXIT_DONE)
        code = read_modifiers(document, mixing);
    if (code == EXIT_DONE)
        code = case_state_read(document, "data.client_state", &mixing->state);
    return code;
}

static enum exit_code read_bottle(struct context *context,
                                  const struct document *document, const char *list,
                                  size_t index, struct bottles *bottles)
{
    char key[DOCUMENT_KEY_MAX], id[PIGMENT_TEXT_MAX] = "", source[BOTTLE_SOURCE_MAX];
    snprintf(key, sizeof key, "%s.%zu.profile", list, index);
    enum exit_code code = document_text(document, key, source, sizeof source);
    snprintf(key, sizeof key, "%s.%zu.id", list, index);
    if (code == EXIT_DONE)
        code = document_text(document, key, id, sizeof id);
    for (size_t i = 0; i < index && code == EXIT_DONE; i++)
        if (strcmp(id, bottles->pigment[i].id) == 0)
            code = document_refuse(document, key, "\"%s\" is there twice", id);
    if (code == EXIT_DONE)
        code = bottles_add(context, source, bottles);
    if (code == EXIT_DONE && strcmp(id, bottles->pigment[index].id) != 0)
        code = document_refuse(document, key, "the profile %s is of \"%s\" now", source,
                               bottles->pigment[index].id);
    return code;
}

static enum exit_code read_bottles(struct context *context,
                                   const struct document *document, const char *list,
                                   struct bottles *bottles)
{
    size_t count;
    enum exit_code code = document_length(document, list, 1, PIGMENT_MAX, &count);
    for (size_t i = 0; code == EXIT_DONE && i < count; i++)
        code = read_bottle(context, document, list, i, bottles);
    return code;
}

static enum exit_code find_bottle(const struct document *document, const char *key,
                                  const struct bottles *bottles, size_t *out)
{
    char id[PIGMENT_TEXT_MAX];
    enum exit_code code = document_text(document, key, id, sizeof id);
    if (code != EXIT_DONE)
        return code;
    for (size_t i = 0; i < bottles->count; i++)
        if (strcmp(bottles->pigment[i].id, id) == 0) {
            *out = i;
            return EXIT_DONE;
        }
    return document_refuse(document, key, "\"%s\" is none of the bottles", id);
}

/* -- work found in the skin ------------------------------------------------------------
 */

static enum exit_code read_deposit(const struct document *document, size_t index,
                                   const struct bottles *bottles, struct deposit *out)
{
    char deposit[DOCUMENT_KEY_MAX], key[DOCUMENT_KEY_MAX + 48];
    snprintf(deposit, sizeof deposit, "data.existing.deposits.%zu", index);
    snprintf(key, sizeof key, "%s.mix", deposit);
    out->origin = DEPOSIT_FOUND;
    enum exit_code code =
        document_members_read(document, deposit, case_deposit_members, out);
    if (code == EXIT_DONE)
        code = document_length(document, key, 1, MIXTURE_MAX, &out->mixture.count);
    for (size_t k = 0; code == EXIT_DONE && k < out->mixture.count; k++) {
        size_t pigment = 0;
        snprintf(key, sizeof key, "%s.mix.%zu.pigment", deposit, k);
        code = find_bottle(document, key, bottles, &pigment);
        out->mixture.pigment[k] = &bottles->pigment[pigment];
        snprintf(key, sizeof key, "%s.mix.%zu.concentration", deposit, k);
        if (code == EXIT_DONE)
            code = document_number(document, key, 0, 1, &out->mixture.concentration[k]);
    }
    return code;
}

static enum exit_code read_existing(struct context *context,
                                    const struct document *document,
                                    struct mixing *mixing)
{
    struct treatment *usual = &mixing->usual;
    size_t count = 0;
    mixing->found.there = document_at(document, "data.existing") != NULL;
    if (!mixing->found.there)
        return EXIT_DONE;
    enum exit_code code =
        document_flag(document, "data.existing.recorded", &mixing->found.recorded);
    if (code == EXIT_DONE)
        code = document_members_read(document, "data.existing", case_existing_members,
                                     &mixing->found);
    if (code == EXIT_DONE)
        code = read_bottles(context, document, "data.existing.bottles",
                            &mixing->found.bottles);
    if (code == EXIT_DONE)
        code = document_length(document, "data.existing.deposits", 1,
                               TREATMENT_EARLIER_MAX, &count);
    for (size_t e = 0; e < count && code == EXIT_DONE; e++)
        code = read_deposit(document, e, &mixing->found.bottles, &usual->earlier[e]);
    usual->earlier_count = code == EXIT_DONE ? count : 0;
    return code;
}

/* A match that drew nothing leaves it to others. */
static enum exit_code read_draws(const struct document *document, long *out)
{
    enum exit_code code =
        document_whole(document, "data.draws", 0, MIXING_DRAWS_MAX, out);
    if (code == EXIT_DONE && *out == 0)
        *out = MIXING_DRAWS;
    else if (code == EXIT_DONE && *out < MIXING_DRAWS_MIN)
        code = document_refuse(document, "data.draws", "0 or %d and more is due",
                               MIXING_DRAWS_MIN);
    return code;
}

static enum exit_code read_settings(const struct document *document,
                                    struct mixing *mixing, double *volume_ml)
{
    long draws, seed, months, drops, pigments;
    enum exit_code code = read_draws(document, &draws);
    if (code == EXIT_DONE)
        code = document_whole(document, "data.seed", 0, MIXING_SEED_MAX, &seed);
    if (code == EXIT_DONE)
        code = document_whole(document, "data.horizon_months", 12, 60, &months);
    if (code == EXIT_DONE)
        code = document_whole(document, "data.drops_max", 1, RECIPE_DROPS_MAX, &drops);
    if (code == EXIT_DONE)
        code = document_whole(document, "data.max_pigments", 1, MIXTURE_MAX, &pigments);
    if (code == EXIT_DONE)
        code = document_number(document, "data.volume_ml", QUANTITY_VOLUME_MIN_ML,
                               QUANTITY_VOLUME_MAX_ML, volume_ml);
    if (code != EXIT_DONE)
        return code;
    if (recipe_problem_horizon(&mixing->problem, (unsigned)months) != STATUS_OK)
        return document_refuse(document, "data.horizon_months",
                               "12, 24, 36 or 60 is due");
    mixing->draws = (size_t)draws;
    mixing->seed = (uint64_t)seed;
    mixing->months = (unsigned)months;
    mixing->problem.drops_max = (unsigned)drops;
    mixing->problem.pigments_max = (size_t)pigments;
    return EXIT_DONE;
}

static enum exit_code read_mixing(struct context *context,
                                  const struct document *document, struct mixing *mixing)
{
    double volume_ml;
    enum exit_code code = case_look_read(context, document, mixing);
    if (code == EXIT_DONE)
        code = read_treatment(document, mixing);
    if (code == EXIT_DONE)
        code = read_bottles(context, document, "data.bottles", &mixing->bottles);
    if (code == EXIT_DONE)
        code = read_existing(context, document, mixing);
    if (code == EXIT_DONE)
        code = read_settings(document, mixing, &volume_ml);
    if (code == EXIT_DONE)
        code = mixing_prepare(context, volume_ml, NULL, mixing);
    return context->failure.code == FAILURE_STATE
               ? document_refuse(document, "data.client_state.covariance",
                                 "it is not positive semidefinite")
               : code;
}

/* -- the recipe -----------------------------------------------------------------------
 */

static enum exit_code read_part(const struct document *document, size_t index,
                                const struct bottles *bottles, struct recipe_part *out)
{
    char key[DOCUMENT_KEY_MAX];
    size_t pigment = 0;
    long drops;
    snprintf(key, sizeof key, "data.recipes.0.mix.%zu.drops", index);
    enum exit_code code = document_whole(document, key, 1, RECIPE_DROPS_MAX, &drops);
    snprintf(key, sizeof key, "data.recipes.0.mix.%zu.pigment", index);
    if (code == EXIT_DONE)
        code = find_bottle(document, key, bottles, &pigment);
    if (code == EXIT_DONE)
        *out = (struct recipe_part){.pigment = pigment, .drops = (unsigned)drops};
    return code;
}

static enum exit_code read_recipe(const struct document *document,
                                  const struct mixing *mixing, struct recipe *out)
{
    long rank;
    size_t count;
    double water_ml;
    struct recipe_part part[MIXTURE_MAX];
    enum exit_code code = document_whole(document, "data.recipes.0.rank", 1, 1, &rank);
    if (code == EXIT_DONE)
        code = document_length(document, "data.recipes.0.mix", 1, MIXTURE_MAX, &count);
    for (size_t i = 0; code == EXIT_DONE && i < count; i++)
        code = read_part(document, i, &mixing->bottles, &part[i]);
    if (code == EXIT_DONE)
        code = document_number(document, "data.recipes.0.diluent.ml", 0,
                               RECIPE_VOLUME_MAX_ML, &water_ml);
    if (code != EXIT_DONE)
        return code;
    return recipe_evaluate(mixing->solver, part, count, water_ml, out) == STATUS_OK
               ? EXIT_DONE
               : document_refuse(document, "data.recipes.0.mix",
                                 "no batch that can be poured");
}

enum exit_code case_read(struct context *context, const char *path, struct mixing **out,
                         struct recipe *recipe)
{
    struct document document = {0};
    struct mixing *mixing = calloc(1, sizeof *mixing);
    if (!mixing)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = document_open(context, path, "match", &document);
    if (code == EXIT_DONE)
        code = read_mixing(context, &document, mixing);
    if (code == EXIT_DONE)
        code = read_recipe(&document, mixing, recipe);
    document_close(&document);
    if (code == EXIT_DONE)
        *out = mixing;
    else
        mixing_close(mixing);
    return code;
}
