/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How good the best batch that was found is known to be. */
#include <inttypes.h>
#include <math.h>

#include "cli/json.h"
#include "cli/match_result.h"
#include "cli/pouring.h"

enum { LINE_MAX_CHARS = 78, PART_MAX = 128 };

/* What to pour, in lines of their own. */
static void print_batch(FILE *out, const struct recipe *recipe)
{
    int column = 0;
    for (size_t k = 0; k <= recipe->count; k++) {
        const bool is_water = k == recipe->count;
        char part[PART_MAX];
        int length =
            is_water ? snprintf(part, sizeof part, "in %.1f ml water:", recipe->water_ml)
                     : snprintf(part, sizeof part, "%s%u %s %s", k ? "+ " : "",
                                recipe->part[k].drops,
                                recipe->part[k].drops == 1 ? "drop" : "drops",
                                recipe->mixture.pigment[k]->id);
        bool fits = column + 1 + length <= LINE_MAX_CHARS;
        fprintf(out, "%s%s", column == 0 ? "" : fits ? " " : "\n", part);
        column = column > 0 && fits ? column + 1 + length : length;
    }
    fputc('\n', out);
}

/* Digits of a score that are shown. */
static const double steps = 1e4;

/* By how much the best batch that was found may be off the best one, rounded up; 0 where
 * it is the best. Its score was rounded before it was compared. */
static double gap_of(const struct match_proof *proof)
{
    double gap = proof->best.score - proof->certificate.bound;
    return gap > 1e-8 ? ceil(gap * steps) / steps : 0;
}

/* Rounded down where it is only that. */
static double bound_of(const struct match_proof *proof)
{
    double bound = proof->certificate.bound * steps;
    return (gap_of(proof) > 0 ? floor(bound) : round(bound)) / steps;
}

enum { CERTIFICATE_MAX = 160 };

static void write_certificate(const struct match_proof *proof,
                              char text[static CERTIFICATE_MAX])
{
    const struct recipe_certificate *it = &proof->certificate;
    double gap = gap_of(proof);
    int used = gap > 0 ? snprintf(text, CERTIFICATE_MAX,
                                  "best found, within %.4f of optimal\n", gap)
                       : snprintf(text, CERTIFICATE_MAX, "optimal on this grid ");
    snprintf(text + used, CERTIFICATE_MAX - (size_t)used,
             "(%" PRIu64 " recipes, %" PRIu64 " examined, bound %.4f)", it->recipes,
             it->examined, bound_of(proof));
}

static void print_without_best(FILE *out, const struct recipe_certificate *certificate)
{
    if (certificate->recipes == 0)
        fputs("\nBest found; --exact proves what is best if all is as stated.\n", out);
    else
        fprintf(out,
                "\nNo batch of this grid keeps the rule if all is as stated\n"
                "(%" PRIu64 " recipes, %" PRIu64 " examined).\n",
                certificate->recipes, certificate->examined);
}

void match_print_proof(const struct context *context, const struct match_result *result)
{
    FILE *out = context->output.stream;
    const struct match_proof *proof = &result->proof;
    const struct recipe *first = &result->recipe[0].recipe;
    char text[CERTIFICATE_MAX];
    if (proof->best.count == 0) {
        print_without_best(out, &proof->certificate);
        return;
    }
    write_certificate(proof, text);
    fputs(gap_of(proof) > 0 ? "\nIf all is as stated the least score found has\n"
                            : "\nIf all is as stated no batch scores less than\n",
          out);
    print_batch(out, &proof->best);
    fprintf(out, "%s.\nRecipe 1 scores %.4f", text, first->score);
    if (result->search == MATCH_ROBUST)
        fputs(
            "; over all hands, skins\nand healing that are likely it is the best found, "
            "which is not proved",
            out);
    else if (first->score > proof->best.score)
        fputs(", as good within 0.10, and was preferred", out);
    fputs(".\n", out);
    if (gap_of(proof) > 0 && !proof->effort.in_full)
        fputs("--exact proves what is best if all is as stated.\n", out);
}

json_t *match_proof_json(const struct match_result *result)
{
    const struct match_proof *proof = &result->proof;
    const struct recipe_certificate *certificate = &proof->certificate;
    const struct recipe *best = &proof->best;
    struct recipe_step step[MIXTURE_MAX + 1];
    json_t *object = json_object();
    json_set(object, "search", json_string("nominal"));
    json_set(object, "keeps_rule", json_boolean(best->count > 0));
    json_set(object, "recipes", json_integer((json_int_t)certificate->recipes));
    json_set(object, "examined", json_integer((json_int_t)certificate->examined));
    json_set(object, "regions", json_integer((json_int_t)certificate->regions));
    if (best->count == 0)
        return object;
    recipe_steps(result->mixing->solver, best, step);
    json_t *mix = json_array();
    for (size_t k = 1; k <= best->count; k++)
        json_array_append_new(mix, pouring_step_json(&step[k]));
    json_set(object, "optimal", json_boolean(gap_of(proof) == 0));
    json_set(object, "bound", json_rounded(bound_of(proof), JSON_DECIMALS_COLOR));
    json_set(object, "within", json_rounded(gap_of(proof), JSON_DECIMALS_COLOR));
    json_set(object, "score", json_rounded(best->score, JSON_DECIMALS_COLOR));
    json_set(object, "score_of_first",
             json_rounded(result->recipe[0].recipe.score, JSON_DECIMALS_COLOR));
    json_set(object, "mix", mix);
    json_set(object, "diluent", pouring_step_json(&step[0]));
    return object;
}
