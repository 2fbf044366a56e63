/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recipes of match in short: the best in a sentence, and all side by side. */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "cli/help.h"
#include "cli/interval.h"
#include "cli/match_result.h"
#include "cli/table.h"
#include "colorlib/difference.h"

struct srgb match_preview(const struct mixing *mixing, const cmsCIELab *lab)
{
    const cmsCIEXYZ *white = &mixing->weights[0].white;
    cmsCIEXYZ xyz = colorimetry_lab_xyz(lab, white);
    return colorimetry_srgb(&xyz, white);
}

const char *match_search_name(enum match_search search)
{
    return search == MATCH_ROBUST ? "robust" : "nominal";
}

void match_label(const struct match_result *result, size_t index, char *label)
{
    switch (result->recipe[index].role) {
    case MATCH_OFFERED: snprintf(label, MATCH_LABEL_MAX, "%zu", index + 1); break;
    case MATCH_OTHER:
        snprintf(label, MATCH_LABEL_MAX, "%s",
                 match_search_name(result->search == MATCH_ROBUST ? MATCH_NOMINAL
                                                                  : MATCH_ROBUST));
        break;
    case MATCH_RELAXED: snprintf(label, MATCH_LABEL_MAX, "relaxed"); break;
    }
}

enum {
    MIX_TEXT_MAX = MIXTURE_MAX * (PIGMENT_TEXT_MAX + 24),
    DIFFERENCE = 10, /* the column of the reference illuminant's */
    COLUMNS_MAX = DIFFERENCE + VIEWING_MAX + 6
};

/* Where the rest of the columns are. In text the interval stands beside its difference,
 * in plain output the intervals stand at the end, a number to a field. */
struct places {
    size_t other_light; /* the second illuminant's difference */
    size_t verdict;
    size_t range;    /* P10 to P90 of the difference; two fields in plain output */
    size_t touch_up; /* its interval; three fields */
    size_t count;
};

static struct places places_of(const struct context *context)
{
    size_t others = context->viewing.count - 1;
    if (context->mode == MODE_PLAIN)
        return (struct places){.other_light = DIFFERENCE + 1,
                               .verdict = DIFFERENCE + 1 + others,
                               .range = DIFFERENCE + 2 + others,
                               .touch_up = DIFFERENCE + 4 + others,
                               .count = DIFFERENCE + 7 + others};
    return (struct places){.range = DIFFERENCE + 1,
                           .other_light = DIFFERENCE + 2,
                           .touch_up = DIFFERENCE + 2 + others,
                           .verdict = DIFFERENCE + 3 + others,
                           .count = DIFFERENCE + 4 + others};
}

static void add_text(char *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends to a text of MIX_TEXT_MAX bytes. */
static void add_text(char *text, const char *format, ...)
{
    size_t used = strlen(text);
    va_list values;
    va_start(values, format);
    vsnprintf(text + used, MIX_TEXT_MAX - used, format, values);
    va_end(values);
}

void match_print_headline(const struct context *context,
                          const struct match_result *result)
{
    FILE *out = context->output.stream;
    const struct recipe *best = &result->recipe[0].recipe;
    struct recipe_step step[MIXTURE_MAX + 1];
    const struct outlook *outlook = &result->recipe[0].outlook;
    char mix[MIX_TEXT_MAX] = "", ratio[RATIO_TEXT_MAX], difference[INTERVAL_TEXT_MAX],
         touch_up[INTERVAL_TEXT_MAX];
    recipe_steps(result->mixing->solver, best, step);
    for (size_t k = 1; k <= best->count; k++)
        add_text(mix, "%s%u drop%s %s", k > 1 ? " + " : "", step[k].drops,
                 step[k].drops == 1 ? "" : "s", step[k].pigment->id);
    quantity_ratio_text(mixture_ratio(&best->mixture), ratio);
    add_text(mix, ", %.1f ml water, makes %.2f ml (%s);", best->water_ml, best->volume_ml,
             ratio);
    if (best->rule == RECIPE_RELAXED)
        fputs(
            "Nothing keeps the rule; the nearest turns darker, bluer or greener than the "
            "target:\n",
            out);
    help_wrap(out, mix, 2, 0);
    interval_text(&outlook->point[MATCH_HEALED].ciede2000, 1, difference);
    interval_years_text(&outlook->touch_up_years, touch_up);
    fprintf(out, "healed %sE00 %s; touch-up %s\n\n", context->terminal.signs->delta,
            difference, touch_up);
}

/* The parts in pour order, one to a row: side by side they would not fit a line. */
static enum status fill_part_rows(struct table *table, const struct recipe_step *step,
                                  size_t count)
{
    enum status failed = STATUS_OK;
    for (size_t k = 0; k < count && failed == STATUS_OK; k++) {
        if (k > 0)
            failed = table_row(table);
        if (failed != STATUS_OK)
            break;
        failed |= table_cell(table, 1, "%u", step[k].drops);
        failed |= table_cell(table, 2, "%s", step[k].pigment->id);
    }
    return failed;
}

/* The same in one row, as plain output needs it: "4+1" of "warm-brown+carbon". */
static enum status fill_parts(struct table *table, const struct recipe_step *step,
                              size_t count)
{
    char drops[MIX_TEXT_MAX] = "", ids[MIX_TEXT_MAX] = "";
    for (size_t k = 0; k < count; k++) {
        add_text(drops, "%s%u", k > 0 ? "+" : "", step[k].drops);
        add_text(ids, "%s%s", k > 0 ? "+" : "", step[k].pigment->id);
    }
    enum status failed = table_cell(table, 1, "%s", drops);
    return failed | table_cell(table, 2, "%s", ids);
}

/* A number, or nothing where it is beyond what is looked at. */
static enum status number_cell(struct table *table, size_t column, double value)
{
    return isfinite(value) ? table_cell(table, column, "%.1f", value) : STATUS_OK;
}

static enum status fill_intervals(const struct context *context, struct table *table,
                                  const struct outlook *outlook)
{
    const struct quantiles *difference = &outlook->point[MATCH_HEALED].ciede2000;
    const struct quantiles *years = &outlook->touch_up_years;
    struct places at = places_of(context);
    char range[INTERVAL_TEXT_MAX], touch_up[INTERVAL_TEXT_MAX];
    if (context->mode == MODE_PLAIN)
        return number_cell(table, at.range, difference->p10) |
               number_cell(table, at.range + 1, difference->p90) |
               number_cell(table, at.touch_up, years->p50) |
               number_cell(table, at.touch_up + 1, years->p10) |
               number_cell(table, at.touch_up + 2, years->p90);
    interval_range_text(difference, 1, range);
    interval_years_text(years, touch_up);
    return table_cell(table, at.range, "%s", range) |
           table_cell(table, at.touch_up, "%s", touch_up);
}

static enum status fill_recipe(const struct context *context, struct table *table,
                               const struct match_result *result, size_t index)
{
    const struct recipe *recipe = &result->recipe[index].recipe;
    char ratio[RATIO_TEXT_MAX], label[MATCH_LABEL_MAX];
    quantity_ratio_text(mixture_ratio(&recipe->mixture), ratio);
    enum status failed = table_row(table);
    if (failed != STATUS_OK)
        return failed;
    match_label(result, index, label);
    failed |= table_cell(table, 0, "%s", label);
    failed |= table_cell(table, 3, "%.1f", recipe->water_ml);
    failed |= table_cell(table, 4, "%.2f", recipe->volume_ml);
    failed |= table_cell(table, 5, "%s", ratio);
    failed |= table_swatch(table, 6, &context->terminal,
                           match_preview(result->mixing, &recipe->lab[0]));
    failed |= table_lab(table, 7, &recipe->lab[0]);
    struct places at = places_of(context);
    failed |= table_cell(table, DIFFERENCE, "%.1f", recipe->ciede2000[0]);
    for (size_t v = 1; v < context->viewing.count; v++)
        failed |= table_cell(table, at.other_light + v - 1, "%.1f", recipe->ciede2000[v]);
    failed |=
        table_cell(table, at.verdict, "%s", difference_verdict(recipe->ciede2000[0]));
    failed |= fill_intervals(context, table, &result->recipe[index].outlook);
    struct recipe_step step[MIXTURE_MAX + 1];
    recipe_steps(result->mixing->solver, recipe, step);
    return failed |
           (context->mode == MODE_PLAIN ? fill_parts(table, step + 1, recipe->count)
                                        : fill_part_rows(table, step + 1, recipe->count));
}

enum exit_code match_print_summary(struct context *context,
                                   const struct match_result *result)
{
    struct table_column columns[COLUMNS_MAX] = {
        {"#", TABLE_LEFT, TABLE_ALWAYS},
        {"drops", TABLE_RIGHT, TABLE_ALWAYS},
        {"of", TABLE_LEFT, TABLE_ALWAYS},
        {"water ml", TABLE_RIGHT, TABLE_ALWAYS},
        {"makes ml", TABLE_RIGHT, 4},
        {"ratio", TABLE_RIGHT, TABLE_ALWAYS},
        {"", TABLE_LEFT, TABLE_DECORATION},
        {"L*", TABLE_RIGHT, 2},
        {"a*", TABLE_RIGHT, 2},
        {"b*", TABLE_RIGHT, 2},
    };
    const struct viewing *viewing = &context->viewing;
    struct places at = places_of(context);
    char difference[CONDITIONS_MAX];
    snprintf(difference, sizeof difference, "%sE00 %s", context->terminal.signs->delta,
             viewing->illuminant[0].name);
    columns[DIFFERENCE] = (struct table_column){difference, TABLE_RIGHT, TABLE_ALWAYS};
    for (size_t v = 1; v < viewing->count; v++)
        columns[at.other_light + v - 1] =
            (struct table_column){viewing->illuminant[v].name, TABLE_RIGHT, 1};
    columns[at.verdict] = (struct table_column){"verdict", TABLE_LEFT, 5};
    columns[at.range] = (struct table_column){"P10-P90", TABLE_RIGHT, TABLE_ALWAYS};
    columns[at.touch_up] = (struct table_column){"touch-up", TABLE_LEFT, 3};
    if (context->mode == MODE_PLAIN) {
        columns[at.range + 1] = columns[at.range];
        columns[at.touch_up + 1] = columns[at.touch_up + 2] = columns[at.touch_up];
    }
    struct table *table = NULL;
    enum status failed = table_make(columns, at.count, &table);
    for (size_t i = 0; i < result->count && failed == STATUS_OK; i++)
        failed = fill_recipe(context, table, result, i);
    return table_finish(context, table, failed);
}
