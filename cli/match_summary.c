/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recipes of match in short: the best in a sentence, and all side by side. */
#include <stdarg.h>
#include <string.h>

#include "cli/help.h"
#include "cli/match_result.h"
#include "cli/table.h"
#include "colorlib/difference.h"

struct srgb match_preview(const struct mixing *mixing, const cmsCIELab *lab)
{
    const cmsCIEXYZ *white = &mixing->weights[0].white;
    cmsCIEXYZ xyz = colorimetry_lab_xyz(lab, white);
    return colorimetry_srgb(&xyz, white);
}

enum {
    MIX_TEXT_MAX = MIXTURE_MAX * (PIGMENT_TEXT_MAX + 24),
    FIRST_LIGHT = 10 /* the column of the reference illuminant's difference */
};

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
    const struct recipe *best = &result->recipe[0];
    struct recipe_step step[MIXTURE_MAX + 1];
    char mix[MIX_TEXT_MAX] = "", ratio[RATIO_TEXT_MAX], touch_up[TOUCH_UP_TEXT_MAX];
    recipe_steps(result->mixing->solver, best, step);
    for (size_t k = 1; k <= best->count; k++)
        add_text(mix, "%s%u drop%s %s", k > 1 ? " + " : "", step[k].drops,
                 step[k].drops == 1 ? "" : "s", step[k].pigment->id);
    add_text(mix, " in %.1f ml water,", best->water_ml);
    if (best->rule == RECIPE_RELAXED)
        fputs(
            "Nothing keeps the rule; the nearest turns darker, bluer or greener than the "
            "target:\n",
            out);
    help_wrap(out, mix, 2, 0);
    quantity_ratio_text(mixture_ratio(&best->mixture), ratio);
    mixing_touch_up_text(result->mixing, best, touch_up);
    fprintf(out, "makes %.2f ml (%s); healed %sE00 %.1f; %s\n\n", best->volume_ml, ratio,
            context->terminal.signs->delta, best->ciede2000[0], touch_up);
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

static enum status fill_recipe(const struct context *context, struct table *table,
                               const struct match_result *result, size_t index)
{
    const struct recipe *recipe = &result->recipe[index];
    char ratio[RATIO_TEXT_MAX];
    quantity_ratio_text(mixture_ratio(&recipe->mixture), ratio);
    enum status failed = table_row(table);
    if (failed != STATUS_OK)
        return failed;
    if (recipe->rule == RECIPE_RELAXED)
        failed |= table_cell(table, 0, "relaxed");
    else
        failed |= table_cell(table, 0, "%zu", index + 1);
    failed |= table_cell(table, 3, "%.1f", recipe->water_ml);
    failed |= table_cell(table, 4, "%.2f", recipe->volume_ml);
    failed |= table_cell(table, 5, "%s", ratio);
    failed |= table_swatch(table, 6, &context->terminal,
                           match_preview(result->mixing, &recipe->lab[0]));
    failed |= table_lab(table, 7, &recipe->lab[0]);
    for (size_t v = 0; v < context->viewing.count; v++)
        failed |= table_cell(table, FIRST_LIGHT + v, "%.1f", recipe->ciede2000[v]);
    size_t next = FIRST_LIGHT + context->viewing.count;
    failed |= table_cell(table, next, "%s", difference_verdict(recipe->ciede2000[0]));
    struct recipe_step step[MIXTURE_MAX + 1];
    recipe_steps(result->mixing->solver, recipe, step);
    return failed |
           (context->mode == MODE_PLAIN ? fill_parts(table, step + 1, recipe->count)
                                        : fill_part_rows(table, step + 1, recipe->count));
}

enum exit_code match_print_summary(struct context *context,
                                   const struct match_result *result)
{
    struct table_column columns[FIRST_LIGHT + VIEWING_MAX + 1] = {
        {"#", TABLE_LEFT, TABLE_ALWAYS},
        {"drops", TABLE_RIGHT, TABLE_ALWAYS},
        {"of", TABLE_LEFT, TABLE_ALWAYS},
        {"water ml", TABLE_RIGHT, TABLE_ALWAYS},
        {"makes ml", TABLE_RIGHT, 3},
        {"ratio", TABLE_RIGHT, TABLE_ALWAYS},
        {"", TABLE_LEFT, TABLE_DECORATION},
        {"L*", TABLE_RIGHT, 2},
        {"a*", TABLE_RIGHT, 2},
        {"b*", TABLE_RIGHT, 2},
    };
    char heading[VIEWING_MAX][CONDITIONS_MAX];
    size_t lights = context->viewing.count;
    for (size_t v = 0; v < lights; v++) {
        snprintf(heading[v], sizeof heading[v], v == 0 ? "%sE00 %s" : "%.0s%s",
                 context->terminal.signs->delta, context->viewing.illuminant[v].name);
        columns[FIRST_LIGHT + v] =
            (struct table_column){heading[v], TABLE_RIGHT, v == 0 ? TABLE_ALWAYS : 1};
    }
    columns[FIRST_LIGHT + lights] = (struct table_column){"verdict", TABLE_LEFT, 4};
    struct table *table = NULL;
    enum status failed = table_make(columns, FIRST_LIGHT + lights + 1, &table);
    for (size_t i = 0; i < result->count && failed == STATUS_OK; i++)
        failed = fill_recipe(context, table, result, i);
    return table_finish(context, table, failed);
}
