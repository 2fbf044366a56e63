/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recipes of match for a person: what to pour, what it will look like, for how long.
 */
#include <inttypes.h>
#include <math.h>

#include "cli/match_result.h"
#include "cli/pouring.h"
#include "cli/table.h"
#include "colorlib/difference.h"

/* What is treated, in a word. */
static const char *treated(const struct mixing *mixing)
{
    return mixing->goal == GOAL_SURROUNDINGS ? "scar" : "skin";
}

/* -- what is matched --------------------------------------------------------- */

static enum exit_code print_subject(struct context *context, const struct mixing *mixing)
{
    static const struct table_column columns[] = {
        {"", TABLE_LEFT, TABLE_ALWAYS},    {"", TABLE_LEFT, TABLE_DECORATION},
        {"L*", TABLE_RIGHT, TABLE_ALWAYS}, {"a*", TABLE_RIGHT, TABLE_ALWAYS},
        {"b*", TABLE_RIGHT, TABLE_ALWAYS}, {"sRGB", TABLE_LEFT, 2},
        {"what", TABLE_LEFT, 1},
    };
    const struct {
        const char *role;
        const cmsCIELab *lab;
        const char *what;
    } rows[] = {
        {treated(mixing), recipe_skin_lab(mixing->solver), mixing->subject.label},
        {"target", recipe_target_lab(mixing->solver), mixing->look},
    };
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && failed == STATUS_OK; i++) {
        char hex[HEX_MAX];
        struct srgb color = match_preview(mixing, rows[i].lab);
        srgb_text(color, hex);
        failed = table_row(table);
        if (failed != STATUS_OK)
            break;
        failed |= table_cell(table, 0, "%s", rows[i].role);
        failed |= table_swatch(table, 1, &context->terminal, color);
        failed |= table_lab(table, 2, rows[i].lab);
        failed |= table_cell(table, 5, "%s", hex);
        failed |= table_cell(table, 6, "%s", rows[i].what);
    }
    return table_finish(context, table, failed);
}

static void print_found_work(FILE *out, const struct existing *found)
{
    if (!found->there)
        return;
    fprintf(out,
            "Upon work in the skin that shows %.2f (sd %.2f) of %s,\n%.2f mm (sd %.2f) "
            "deep; new dots are taken to lie there as well.\n",
            found->scale, found->scale_sd,
            found->recorded ? "its record" : "carbon 1:19 in such dots", found->depth_mm,
            found->depth_sd_mm);
}

static void print_conditions(const struct context *context, const struct mixing *mixing)
{
    FILE *out = context->output.stream;
    const struct technique *t = &mixing->problem.treatment.technique;
    cmsCIELab skin = recipe_contrast(mixing->solver).skin;
    const char *squared = context->terminal.signs->squared;
    char light[CONDITIONS_MAX];
    double ita = skin_ita_deg(&skin);
    viewing_text(&context->viewing.illuminant[0], context->viewing.observer, light);
    fprintf(out, "%s, specular excluded; %s ITA %.1f%s (%s)", light, treated(mixing), ita,
            context->terminal.signs->degree, skin_ita_class(ita));
    if (mixing->goal == GOAL_HAIR)
        fprintf(out, "; hair shaved, %.0f/cm%s", mixing->hair.density_per_cm2, squared);
    if (mixing->subject.fit.basis == SKIN_FROM_LAB)
        fputs(".\nIt is estimated from a color without a spectrum", out);
    fprintf(out,
            ".\nDots: %s, %.0f/cm%s of radius %.2f mm, %.2f to %.2f mm deep, covering "
            "%.0f %%.\n",
            t->name, t->density_per_cm2, squared, t->radius_mm, t->depth_mm,
            t->depth_mm + t->height_mm,
            100 * dots_coverage(t->density_per_cm2, t->radius_mm));
    print_found_work(out, &mixing->found);
    if (mixing->practitioner_clients > 0)
        fprintf(out, "The hand is known from %zu client%s.\n",
                mixing->practitioner_clients,
                mixing->practitioner_clients == 1 ? "" : "s");
    fputc('\n', out);
}

/* -- one recipe in full ------------------------------------------------------ */

static enum exit_code print_drops(struct context *context, const struct mixing *mixing,
                                  const struct recipe *recipe)
{
    char left[CONDITIONS_MAX];
    snprintf(left, sizeof left, "%sE00", context->terminal.signs->delta);
    const struct table_column columns[] = {
        {"one drop", TABLE_LEFT, TABLE_ALWAYS}, {"L*", TABLE_RIGHT, TABLE_ALWAYS},
        {"a*", TABLE_RIGHT, TABLE_ALWAYS},      {"b*", TABLE_RIGHT, TABLE_ALWAYS},
        {left, TABLE_RIGHT, TABLE_ALWAYS},      {"moved by", TABLE_RIGHT, TABLE_ALWAYS},
    };
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t part = 0; part < recipe->count && failed == STATUS_OK; part++)
        for (int d = RECIPE_ONE_MORE; d <= RECIPE_ONE_LESS && !failed; d++) {
            struct recipe_change change;
            if (recipe_drop_change(mixing->solver, recipe, part, (enum recipe_drop)d,
                                   &change) != STATUS_OK)
                continue;
            failed = table_row(table);
            if (failed != STATUS_OK)
                break;
            failed |=
                table_cell(table, 0, "%s of %s", d == RECIPE_ONE_MORE ? "more" : "less",
                           recipe->mixture.pigment[part]->id);
            failed |= table_lab(table, 1, &change.lab);
            failed |= table_cell(table, 4, "%.1f", change.to_target);
            failed |= table_cell(table, 5, "%.1f", change.moved);
        }
    return table_finish(context, table, failed);
}

static void print_healed(const struct context *context, const struct recipe *recipe)
{
    FILE *out = context->output.stream;
    fprintf(out, "Healed, if all is as stated: L* %.1f a* %.1f b* %.1f,\n%sE00",
            recipe->lab[0].L, recipe->lab[0].a, recipe->lab[0].b,
            context->terminal.signs->delta);
    for (size_t v = 0; v < context->viewing.count; v++)
        fprintf(out, "%s %.1f %s", v ? "," : "", recipe->ciede2000[v],
                context->viewing.illuminant[v].name);
    fprintf(out, ": %s.\n", difference_verdict(recipe->ciede2000[0]));
}

static enum exit_code print_recipe(struct context *context,
                                   const struct match_result *result, size_t index)
{
    FILE *out = context->output.stream;
    const struct recipe *recipe = &result->recipe[index].recipe;
    char ratio[RATIO_TEXT_MAX], label[MATCH_LABEL_MAX];
    quantity_ratio_text(mixture_ratio(&recipe->mixture), ratio);
    match_label(result, index, label);
    if (recipe->rule == RECIPE_RELAXED)
        fputs("\nRelaxed recipe: it turns darker, bluer or greener than the target. Pour "
              "in order:\n\n",
              out);
    else
        fprintf(out, "\nRecipe %s, best found (%s). Pour in order:\n\n", label,
                recipe_reason_text(recipe->reason));
    enum exit_code code = pouring_print(context, result->mixing->solver, recipe);
    fprintf(out, "\nMakes %.2f ml, pigment to water %s.\n", recipe->volume_ml, ratio);
    print_healed(context, recipe);
    match_print_likely(context, &result->recipe[index].outlook);
    if (code == EXIT_DONE)
        code = print_drops(context, result->mixing, recipe);
    fputc('\n', out);
    if (code == EXIT_DONE)
        code =
            match_print_forecast(context, result->mixing, &result->recipe[index].outlook);
    match_print_signs(context, result->mixing, &result->recipe[index].outlook);
    return code;
}

static void print_weights(const struct context *context, const struct recipe_problem *p)
{
    FILE *out = context->output.stream;
    fputs("Objective: color difference, weighted in percent by age and light:\n ", out);
    for (size_t t = 0; t < p->time_count; t++) {
        char age[AGE_TEXT_MAX];
        quantity_age_text(p->years[t], age);
        fprintf(out, "%s %s %.3g", t ? "," : "", age, 100 * p->time_share[t]);
    }
    fputs(";\n ", out);
    for (size_t v = 0; v < p->illuminant_count; v++)
        fprintf(out, "%s %s %.3g", v ? "," : "", context->viewing.illuminant[v].name,
                100 * p->illuminant_share[v]);
    fputs(".\n", out);
}

static void print_found(FILE *out, const struct match_result *result, size_t index)
{
    const struct match_recipe *entry = &result->recipe[index];
    char label[MATCH_LABEL_MAX];
    match_label(result, index, label);
    fprintf(out,
            "%s %-7s F %.3f (mean %.3f, worst fifth %.3f, darker %.0f %%, bluer %.0f "
            "%%),\n               E %.3f, worst of one drop %.2f\n",
            index ? "      " : "Found:", label, entry->prospect.score,
            entry->prospect.mean, entry->prospect.tail, 100 * entry->prospect.darker,
            100 * entry->prospect.bluer, entry->recipe.objective,
            entry->recipe.worst_drop);
}

static void print_search(const struct context *context, const struct match_result *result)
{
    FILE *out = context->output.stream;
    const struct recipe_problem *p = &result->mixing->problem;
    const struct recipe_report *report = &result->report;
    fprintf(out,
            "\nSearched: %zu pigments, %zu sets of up to %zu solved linearly, %zu "
            "polished,\n  %zu batches predicted.\n",
            p->pigment_count, report->subsets, p->pigments_max, report->polished,
            report->evaluated);
    print_weights(context, p);
    fprintf(out, "Uncertainty: %zu draws, Sobol sequence with seed %" PRIu64 ".\n",
            result->mixing->draws, result->mixing->seed);
    fprintf(
        out,
        "Rule when healed: not darker than the target by more than L* %.2f, nor bluer "
        "or\n  greener by more than %.0f.\n",
        RECIPE_DARKER_MAX, RECIPE_BLUER_MAX);
    for (size_t i = 0; i < result->count; i++)
        print_found(out, result, i);
}

enum exit_code match_print_text(struct context *context,
                                const struct match_result *result)
{
    FILE *out = context->output.stream;
    if (context->mode == MODE_PLAIN)
        return match_print_summary(context, result);
    match_print_headline(context, result);
    enum exit_code code = print_subject(context, result->mixing);
    print_conditions(context, result->mixing);
    if (code == EXIT_DONE)
        code = match_print_summary(context, result);
    bool explain = option(context, "explain");
    for (size_t i = 0; i < (explain ? result->count : 1) && code == EXIT_DONE; i++)
        code = print_recipe(context, result, i);
    if (explain)
        print_search(context, result);
    match_print_proof(context, result);
    fputc('\n', out);
    print_warnings(context);
    if (mixing_is_generic(&result->recipe[0].recipe))
        fprintf(out, "%s\n", mixing_generic_text);
    fprintf(out, "%s\n", mixing_disclaimer_text);
    return code;
}
