/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to expect of a recipe of match, with its uncertainty. */
#include <math.h>

#include "cli/interval.h"
#include "cli/match_result.h"
#include "cli/table.h"

const double match_ages[MATCH_AGES] = {0, FORECAST_HEALED_YEARS, 1, 2, 3, 4, 5};

/* Two cells: the median, and from P10 to P90. */
static enum status interval_cells(struct table *table, size_t cell,
                                  const struct quantiles *quantiles)
{
    char range[INTERVAL_TEXT_MAX];
    interval_range_text(quantiles, 1, range);
    enum status failed = table_cell(table, cell, "%.1f", quantiles->p50);
    return failed | table_cell(table, cell + 1, "%s", range);
}

static enum status fill_age(const struct context *context, const struct mixing *mixing,
                            const struct outlook_point *point, struct table *table)
{
    char age[AGE_TEXT_MAX];
    cmsCIELab median = {point->lightness.p50, point->a.p50, point->b.p50};
    enum status failed = table_row(table);
    if (failed != STATUS_OK)
        return failed;
    quantity_age_text(point->years, age);
    failed |= table_cell(table, 0, "%s", age);
    failed |= table_swatch(table, 1, &context->terminal, match_preview(mixing, &median));
    failed |= interval_cells(table, 2, &point->lightness);
    failed |= table_cell(table, 4, "%.1f", median.a);
    failed |= table_cell(table, 5, "%.1f", median.b);
    failed |= interval_cells(table, 6, &point->ciede2000);
    if (isfinite(point->contrast.p50))
        failed |= table_cell(table, 8, "%.0f %%", 100 * point->contrast.p50);
    failed |= table_cell(table, 9, "%.0f %%", 100 * point->darker);
    failed |= table_cell(table, 10, "%.0f %%", 100 * point->bluer);
    return failed;
}

enum exit_code match_print_forecast(struct context *context, const struct mixing *mixing,
                                    const struct outlook *outlook)
{
    char difference[CONDITIONS_MAX];
    snprintf(difference, sizeof difference, "%sE00", context->terminal.signs->delta);
    const struct table_column columns[] = {
        {"after", TABLE_LEFT, TABLE_ALWAYS},
        {"", TABLE_LEFT, TABLE_DECORATION},
        {"L*", TABLE_RIGHT, TABLE_ALWAYS},
        {"P10-P90", TABLE_RIGHT, TABLE_ALWAYS},
        {"a*", TABLE_RIGHT, TABLE_ALWAYS},
        {"b*", TABLE_RIGHT, TABLE_ALWAYS},
        {difference, TABLE_RIGHT, TABLE_ALWAYS},
        {"P10-P90", TABLE_RIGHT, TABLE_ALWAYS},
        {"contrast", TABLE_RIGHT, 1},
        {"darker", TABLE_RIGHT, TABLE_ALWAYS},
        {"bluer", TABLE_RIGHT, TABLE_ALWAYS},
    };
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t t = 0; t < outlook->count && failed == STATUS_OK; t++)
        failed = fill_age(context, mixing, &outlook->point[t], table);
    enum exit_code code = table_finish(context, table, failed);
    fprintf(
        context->output.stream,
        "  Medians; darker, bluer: chance to be below the target by more than L* %.1f,"
        "\n  a* or b* %.1f\n",
        RECIPE_WRONG_DARKER, RECIPE_WRONG_BLUER);
    return code;
}

void match_print_signs(const struct context *context, const struct mixing *mixing,
                       const struct outlook *outlook)
{
    const double *chance = outlook->chance;
    const struct recipe_problem *p = &mixing->problem;
    fprintf(
        context->output.stream,
        "  Chances: helmet look within %.0f yr %.0f %%, dots lose half their contrast "
        "%.0f %%;\n  dots read as points %.0f %%, as a shade %.0f %%; color turns "
        "bluer %.0f %%\n",
        p->years[p->time_count - 1], 100 * chance[OUTLOOK_HELMET],
        100 * chance[OUTLOOK_BLURRED], 100 * chance[OUTLOOK_POINTS],
        100 * chance[OUTLOOK_DUST], 100 * chance[OUTLOOK_BLUEING]);
}

void match_print_likely(const struct context *context, const struct outlook *outlook)
{
    FILE *out = context->output.stream;
    const struct outlook_point *healed = &outlook->point[MATCH_HEALED];
    char lightness[INTERVAL_TEXT_MAX], difference[INTERVAL_TEXT_MAX],
        touch_up[INTERVAL_TEXT_MAX];
    interval_text(&healed->lightness, 1, lightness);
    interval_text(&healed->ciede2000, 1, difference);
    interval_years_text(&outlook->touch_up_years, touch_up);
    fprintf(out,
            "Likely, median (P10-P90 over hands, skins and healing): L* %s,\n"
            "%sE00 %s; touch-up %s%s.\n\n",
            lightness, context->terminal.signs->delta, difference,
            isfinite(outlook->touch_up_years.p50) ? "after " : "", touch_up);
}
