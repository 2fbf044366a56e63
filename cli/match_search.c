/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which recipes match shows, and how each fares over hands, skins and healing. */
#include <math.h>

#include "cli/match_result.h"

static enum exit_code refuse_all(struct context *context, const struct mixing *mixing)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_RECIPE_NONE,
                    "no batch of %.1f to %.1f ml in whole drops comes near the target",
                    mixing->problem.volume_min_ml, mixing->problem.volume_max_ml);
    failure_hint(&context->failure,
                 "a larger --volume, more --drops-max, or weaker pigments");
    return code;
}

static void add(struct match_result *result, const struct recipe *recipe,
                enum match_role role)
{
    struct match_recipe *entry = &result->recipe[result->count++];
    entry->recipe = *recipe;
    entry->role = role;
}

/* Searches by F or by E, whichever is asked for. */
static enum status search_by(enum match_search search,
                             const struct recipe_ensemble *ensemble, long top,
                             struct match_result *result)
{
    struct recipe recipe[MATCH_TOP_MAX];
    size_t count = 0;
    enum status status =
        search == MATCH_ROBUST
            ? recipe_search_robust(ensemble, recipe, (size_t)top, &count, &result->report)
            : recipe_search(result->mixing->solver, recipe, (size_t)top, &count,
                            &result->report);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        add(result, &recipe[i], MATCH_OFFERED);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* What the other search offers first, where it fares otherwise. */
static enum status search_other(const struct recipe_ensemble *ensemble,
                                struct match_result *result)
{
    struct recipe other = result->report.nominal;
    size_t count = other.count > 0;
    if (result->count == 0 || !ensemble)
        return STATUS_OK;
    if (result->search == MATCH_NOMINAL) {
        enum status status = recipe_search_robust(ensemble, &other, 1, &count, NULL);
        if (status != STATUS_OK)
            return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    }
    struct recipe_prospect best, prospect;
    recipe_ensemble_judge(ensemble, &result->recipe[0].recipe, &best);
    if (count > 0)
        recipe_ensemble_judge(ensemble, &other, &prospect);
    if (count > 0 && fabs(prospect.score - best.score) > RECIPE_ROBUST_APART)
        add(result, &other, MATCH_OTHER);
    return STATUS_OK;
}

/* What would be nearer to the target if the rule were not. */
static enum status search_relaxed(struct match_result *result)
{
    double best = HUGE_VAL;
    for (size_t i = 0; i < result->count; i++)
        best = fmin(best, result->recipe[i].recipe.objective);
    if (result->report.nominal.count > 0)
        best = fmin(best, result->report.nominal.objective);
    struct recipe relaxed;
    enum status status = recipe_search_relaxed(result->mixing->solver, best, &relaxed);
    if (status == STATUS_OK)
        add(result, &relaxed, MATCH_RELAXED);
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}

/* How each recipe fares in all draws. */
static enum exit_code look_ahead(struct context *context,
                                 const struct recipe_ensemble *ensemble,
                                 struct match_result *result)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < result->count && ensemble && code == EXIT_DONE; i++) {
        struct match_recipe *entry = &result->recipe[i];
        recipe_ensemble_judge(ensemble, &entry->recipe, &entry->prospect);
        code = mixing_outlook(context, result->mixing, &entry->recipe, match_ages,
                              MATCH_AGES, &entry->outlook);
    }
    return code;
}

bool match_warn(struct context *context, const struct match_result *result, double max_de)
{
    const struct recipe *best = &result->recipe[0].recipe;
    bool too_far = best->ciede2000[0] > max_de;
    mixing_warn_target(context, result->mixing, result->report.flags);
    mixing_warn_recipe(context, result->mixing, best);
    if (too_far)
        warn(context, "difference.limit", NULL,
             "the best recipe differs by CIEDE2000 %.2f, more than --max-de %g",
             best->ciede2000[0], max_de);
    return too_far;
}

static bool is_worth_proving(const struct match_result *result)
{
    const struct match_effort *effort = &result->proof.effort;
    return effort->threads > 0 && (effort->in_full || result->count > 0);
}

/* Regions that a proof in passing may look at. What settles the grids of five bottles of
 * the usual size, in 30 ms at the most, leaves next to all open of more than ten, which
 * are given little. */
static uint64_t regions_in_passing(const struct match_result *result)
{
    return result->mixing->problem.pigment_count <= 10 ? 6000 : 500;
}

/* The best recipe by E so far. */
static const struct recipe *leader(const struct match_result *result)
{
    if (result->report.nominal.count > 0)
        return &result->report.nominal;
    return result->count > 0 ? &result->recipe[0].recipe : NULL;
}

/* Holds every batch against the best by E, which leads where the search by E missed
 * what is as good, or the search all that keep the rule. */
static enum status prove(struct match_result *result)
{
    struct match_proof *proof = &result->proof;
    const bool in_full = proof->effort.in_full;
    const struct recipe_exact settings = {.start = leader(result),
                                          .regions_max =
                                              in_full ? 0 : regions_in_passing(result),
                                          .threads = proof->effort.threads};
    enum status status = recipe_search_exact(result->mixing->solver, &settings,
                                             &proof->best, &proof->certificate);
    if (status == STATUS_OK && result->count == 0)
        add(result, &proof->best, MATCH_OFFERED);
    else if (status == STATUS_OK && result->search == MATCH_NOMINAL &&
             proof->best.score < result->recipe[0].recipe.score - RECIPE_TIE)
        result->recipe[0].recipe = proof->best;
    return status == STATUS_NOT_FOUND || (!in_full && status == STATUS_OUT_OF_RANGE)
               ? STATUS_OK
               : status;
}

static enum exit_code refuse_proof(struct context *context)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_USAGE_OPTION,
                    "--exact: there are more batches than can be counted");
    failure_hint(&context->failure, "fewer --pigments, --max-pigments or --drops-max");
    return code;
}

enum exit_code match_search_all(struct context *context, long top,
                                struct match_result *result)
{
    const struct mixing *mixing = result->mixing;
    struct recipe_ensemble *ensemble = NULL; /* stays so without draws */
    enum status status = STATUS_OK;
    if (mixing->draws > 0)
        status = recipe_ensemble_open_draws(mixing->solver, &mixing->usual, mixing->draw,
                                            mixing->draws, RECIPE_CHANCES_PENALIZED,
                                            &ensemble);
    if (status == STATUS_OK)
        status = search_by(result->search, ensemble, top, result);
    if (status == STATUS_OK)
        status = search_other(ensemble, result);
    if (status == STATUS_OK && is_worth_proving(result))
        status = prove(result);
    if (status == STATUS_OK)
        status = search_relaxed(result);
    enum exit_code code = EXIT_DONE;
    if (status == STATUS_OUT_OF_RANGE)
        code = refuse_proof(context);
    else if (status != STATUS_OK)
        code = failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    else if (result->count == 0)
        code = refuse_all(context, mixing);
    else
        code = look_ahead(context, ensemble, result);
    recipe_ensemble_close(ensemble);
    return code;
}
