/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a recipe once every batch was looked at. */
#include <inttypes.h>

#include "cli/json.h"
#include "cli/match_result.h"
#include "cli/pouring.h"

static void print_batch(FILE *out, const struct recipe *recipe)
{
    for (size_t k = 0; k < recipe->count; k++)
        fprintf(out, "%s%u %s %s", k ? " + " : "", recipe->part[k].drops,
                recipe->part[k].drops == 1 ? "drop" : "drops",
                recipe->mixture.pigment[k]->id);
    fprintf(out, " in %.1f ml water", recipe->water_ml);
}

void match_print_proof(const struct context *context, const struct match_result *result)
{
    FILE *out = context->output.stream;
    const struct recipe_certificate *certificate = &result->proof.certificate;
    const struct recipe *best = &result->proof.best;
    const struct recipe *first = &result->recipe[0].recipe;
    fputs("\nIf all is as stated no batch scores less than ", out);
    print_batch(out, best);
    fprintf(out,
            ":\noptimal on this grid (%" PRIu64 " recipes, %" PRIu64
            " examined, bound %.4f).\nRecipe 1 scores %.4f",
            certificate->recipes, certificate->examined, certificate->bound,
            first->score);
    if (result->search == MATCH_ROBUST)
        fputs(
            "; over all hands, skins\nand healing that are likely it is the best found, "
            "which is not proved",
            out);
    else if (first->score > best->score)
        fputs(", as good within 0.10, and was preferred", out);
    fputs(".\n", out);
}

json_t *match_proof_json(const struct match_result *result)
{
    const struct recipe_certificate *certificate = &result->proof.certificate;
    const struct recipe *best = &result->proof.best;
    struct recipe_step step[MIXTURE_MAX + 1];
    recipe_steps(result->mixing->solver, best, step);
    json_t *mix = json_array();
    for (size_t k = 1; k <= best->count; k++)
        json_array_append_new(mix, pouring_step_json(&step[k]));
    json_t *object = json_object();
    json_set(object, "search", json_string("nominal"));
    json_set(object, "optimal", json_true());
    json_set(object, "recipes", json_integer((json_int_t)certificate->recipes));
    json_set(object, "examined", json_integer((json_int_t)certificate->examined));
    json_set(object, "bound", json_rounded(certificate->bound, JSON_DECIMALS_COLOR));
    json_set(object, "score_of_first",
             json_rounded(result->recipe[0].recipe.score, JSON_DECIMALS_COLOR));
    json_set(object, "mix", mix);
    json_set(object, "diluent", pouring_step_json(&step[0]));
    return object;
}
