/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan for a person: what to pour now, the sessions, the forecast, and one a line for
 * other programs. */
#include <math.h>

#include "cli/interval.h"
#include "cli/plan_result.h"
#include "cli/pouring.h"
#include "cli/quantity.h"
#include "cli/table.h"

/* -- in short ---------------------------------------------------------------- */

/* What to pour now. */
static void print_first(const struct context *context, const struct plan_result *result)
{
    FILE *out = context->output.stream;
    const struct session_step *first = plan_first(result);
    char mix[POURING_TEXT_MAX], ratio[RATIO_TEXT_MAX];
    if (!first) {
        fprintf(out, "%s;\n", plan_verdict_text(result->plan.step[0].verdict));
        return;
    }
    pouring_text(result->mixing->solver, &first->recipe, mix);
    quantity_ratio_text(mixture_ratio(&first->recipe.mixture), ratio);
    fprintf(out, "Session %zu: %s (%s), %.0f dots/cm%s;\n", first->number, mix, ratio,
            first->usual.technique.density_per_cm2, context->terminal.signs->squared);
}

static void print_course(FILE *out, const struct plan_course *course)
{
    fprintf(out, "Session %zu of %zu as %s, and what %zu re-scan%s told;\n",
            course->session, course->planned,
            course->status == COURSE_PROPOSED ? "proposed" : "placed", course->scans,
            course->scans == 1 ? "" : "s");
}

static void print_headline(const struct context *context,
                           const struct plan_result *result)
{
    FILE *out = context->output.stream;
    char difference[INTERVAL_TEXT_MAX], due[FADE_CHART_LABEL_MAX];
    if (result->plan.count > 0)
        print_first(context, result);
    else
        print_course(out, &result->course);
    struct quantiles months = plan_touch_up_months(result);
    interval_text(&result->outlook.point[result->healed].ciede2000, 1, difference);
    fade_chart_touch_up_text(&months, due);
    fprintf(out, "after %zu session%s healed %sE00 %s;\n%s.\n\n", plan_sessions(result),
            plan_sessions(result) == 1 ? "" : "s", context->terminal.signs->delta,
            difference, due);
}

static void print_case(const struct context *context, const struct plan_result *result)
{
    FILE *out = context->output.stream;
    const struct mixing *mixing = result->mixing;
    struct recipe_contrast contrast = recipe_contrast(mixing->solver);
    print_safely(out, mixing->subject.label);
    fprintf(out, ", L* %.1f; ", contrast.skin.L);
    print_safely(out, mixing->look);
    fprintf(out,
            ", L* %.1f (D65/%d).\nNumbers are medians, P10-P90 holds 8 of 10 outcomes "
            "(%zu draws). Too dark:\nhealed darker than the target by more than L* "
            "%.1f.\n\n",
            contrast.target.L, observer_degrees(context->viewing.observer), mixing->draws,
            SESSION_FLOOR_DEPTH);
}

/* -- the sessions ------------------------------------------------------------- */

static enum status fill_session(struct table *table, const struct session_step *step)
{
    char healed[INTERVAL_TEXT_MAX], difference[INTERVAL_TEXT_MAX], ratio[RATIO_TEXT_MAX];
    enum status failed = table_row(table);
    if (failed != STATUS_OK)
        return failed;
    interval_range_text(&step->healed.lightness, 1, healed);
    interval_range_text(&step->healed.difference, 1, difference);
    failed |= table_cell(table, 0, "%zu", step->number);
    failed |= table_cell(table, 1, "%.0f", step->usual.technique.density_per_cm2);
    if (step->verdict == SESSION_PLACE) {
        quantity_ratio_text(mixture_ratio(&step->recipe.mixture), ratio);
        failed |= table_cell(table, 2, "%s", ratio);
    }
    failed |= table_cell(table, 3, "%.1f", step->fresh.lightness.p50);
    failed |= table_cell(table, 4, "%.1f", step->fortnight.lightness.p50);
    failed |= table_cell(table, 5, "%.1f", step->healed.lightness.p50);
    failed |= table_cell(table, 6, "%s", healed);
    failed |= table_cell(table, 7, "%.1f", step->healed.difference.p50);
    failed |= table_cell(table, 8, "%s", difference);
    return failed | table_cell(table, 9, "%.0f %%", 100 * step->healed.darker);
}

static enum exit_code print_sessions(struct context *context,
                                     const struct plan_result *result)
{
    char dots[CONDITIONS_MAX], difference[CONDITIONS_MAX];
    snprintf(dots, sizeof dots, "dots/cm%s", context->terminal.signs->squared);
    snprintf(difference, sizeof difference, "%sE00", context->terminal.signs->delta);
    const struct table_column columns[] = {
        {"#", TABLE_LEFT, TABLE_ALWAYS},
        {dots, TABLE_RIGHT, TABLE_ALWAYS},
        {"ratio", TABLE_RIGHT, TABLE_ALWAYS},
        {"fresh", TABLE_RIGHT, 2},
        {"14 d", TABLE_RIGHT, 2},
        {"healed", TABLE_RIGHT, TABLE_ALWAYS},
        {"P10-P90", TABLE_RIGHT, TABLE_ALWAYS},
        {difference, TABLE_RIGHT, TABLE_ALWAYS},
        {"P10-P90", TABLE_RIGHT, TABLE_ALWAYS},
        {"too dark", TABLE_RIGHT, 1},
    };
    fputs("What remains if the client stops: L* fresh, after 14 days, healed after 6 "
          "weeks\n\n",
          context->output.stream);
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t s = 0; s < result->plan.count && failed == STATUS_OK; s++)
        failed = fill_session(table, &result->plan.step[s]);
    return table_finish(context, table, failed);
}

static enum exit_code print_pourings(struct context *context,
                                     const struct plan_result *result)
{
    FILE *out = context->output.stream;
    enum exit_code code = EXIT_DONE;
    for (size_t s = 0; s < result->plan.count && code == EXIT_DONE; s++) {
        const struct session_step *step = &result->plan.step[s];
        fprintf(out, "\nSession %zu", step->number);
        if (s > 0)
            fputs(", 14 days later", out);
        if (step->verdict != SESSION_PLACE) {
            fprintf(out, ": %s.\n", plan_verdict_text(step->verdict));
            continue;
        }
        fprintf(out, ": %.0f dots/cm%s, %.0f %% of the recipe's strength%s. Pour:\n\n",
                step->usual.technique.density_per_cm2, context->terminal.signs->squared,
                100 * step->strength,
                step->bounds & SESSION_CAPPED ? ",\nheld back to stay correctable" : "");
        code = pouring_print(context, result->mixing->solver, &step->recipe);
    }
    fputs("\nOnly session 1 is to be poured as it stands: a re-scan before each other "
          "one\ncorrects its mix (see: followup).\n\n",
          out);
    return code;
}

/* -- the forecast -------------------------------------------------------------- */

/* Whether a point of the outlook deserves a row: not every one of the curve does. */
static bool has_row(const struct plan_result *result, size_t point)
{
    if (point <= result->healed)
        return point != 1;
    long months = lround(result->outlook.point[point].years * PLAN_MONTHS_OF_YEAR);
    return months == result->months || result->months <= 24 ||
           months % (PLAN_MONTHS_OF_YEAR / 2) == 0;
}

static enum status fill_point(const struct context *context, struct table *table,
                              const struct plan_result *result, size_t index)
{
    const struct outlook_point *point = &result->outlook.point[index];
    const double months = point->years * PLAN_MONTHS_OF_YEAR;
    char lightness[INTERVAL_TEXT_MAX], difference[INTERVAL_TEXT_MAX];
    enum status failed = table_row(table);
    if (failed != STATUS_OK)
        return failed;
    struct fade_chart chart;
    plan_chart(context, result, &chart);
    interval_range_text(&point->lightness, 1, lightness);
    interval_range_text(&point->ciede2000, 1, difference);
    failed |= table_cell(table, 0, index == 0 || months >= 2 ? "%.0f" : "%.1f", months);
    failed |= table_swatch(table, 1, &context->terminal, chart.point[index].look);
    failed |= table_cell(table, 2, "%.1f", point->lightness.p50);
    failed |= table_cell(table, 3, "%s", lightness);
    failed |= table_cell(table, 4, "%.1f", point->ciede2000.p50);
    failed |= table_cell(table, 5, "%s", difference);
    if (isfinite(point->contrast.p50))
        failed |= table_cell(table, 6, "%.0f %%", 100 * point->contrast.p50);
    failed |= table_cell(table, 7, "%s", plan_words(result, index));
    return failed | table_cell(table, 8, "%s", plan_due_text(result, index));
}

static enum exit_code print_forecast(struct context *context,
                                     const struct plan_result *result)
{
    char difference[CONDITIONS_MAX];
    snprintf(difference, sizeof difference, "%sE00", context->terminal.signs->delta);
    const struct table_column columns[] = {
        {"month", TABLE_RIGHT, TABLE_ALWAYS},
        {"", TABLE_LEFT, TABLE_DECORATION},
        {"L*", TABLE_RIGHT, TABLE_ALWAYS},
        {"P10-P90", TABLE_RIGHT, TABLE_ALWAYS},
        {difference, TABLE_RIGHT, TABLE_ALWAYS},
        {"P10-P90", TABLE_RIGHT, TABLE_ALWAYS},
        {"contrast", TABLE_RIGHT, 1},
        {"to the eye", TABLE_LEFT, 2},
        {"due", TABLE_LEFT, TABLE_ALWAYS},
    };
    fprintf(context->output.stream, "After the last session; %sdue: a touch-up\n\n",
            isfinite(result->outlook.point[result->healed].contrast.p50)
                ? "the target's contrast is 100 %; "
                : "");
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t i = 0; i < result->outlook.count && failed == STATUS_OK; i++)
        if (has_row(result, i))
            failed = fill_point(context, table, result, i);
    return table_finish(context, table, failed);
}

static void print_chart(struct context *context, const struct plan_result *result)
{
    struct fade_chart chart;
    plan_chart(context, result, &chart);
    fputc('\n', context->output.stream);
    fade_chart_print_text(&chart, &context->terminal, context->output.stream);
    fputc('\n', context->output.stream);
}

enum exit_code plan_print_text(struct context *context, const struct plan_result *result)
{
    FILE *out = context->output.stream;
    print_headline(context, result);
    print_case(context, result);
    enum exit_code code = EXIT_DONE;
    if (result->plan.count > 0) {
        code = print_sessions(context, result);
        if (code == EXIT_DONE)
            code = print_pourings(context, result);
    }
    if (code == EXIT_DONE)
        code = print_forecast(context, result);
    print_chart(context, result);
    print_warnings(context);
    if (mixing_is_generic(result->recipe))
        fprintf(out, "%s\n", mixing_generic_text);
    fprintf(out, "%s\n", mixing_disclaimer_text);
    return code;
}

/* -- for other programs --------------------------------------------------------- */

static void print_quantiles(FILE *out, const struct quantiles *quantiles)
{
    const double value[] = {quantiles->p10, quantiles->p50, quantiles->p90};
    for (size_t i = 0; i < sizeof value / sizeof value[0]; i++)
        fprintf(out, isfinite(value[i]) ? "\t%.2f" : "\t-", value[i]);
}

/* A line each: session, number, verdict, dots, ratio, healed L* and difference; forecast,
 * month, L*, difference, contrast; touch_up, months. Quantiles are P10, P50, P90. */
enum exit_code plan_print_plain(struct context *context, const struct plan_result *result)
{
    FILE *out = context->output.stream;
    for (size_t s = 0; s < result->plan.count; s++) {
        const struct session_step *step = &result->plan.step[s];
        fprintf(out, "session\t%zu\t%.0f\t", step->number,
                step->usual.technique.density_per_cm2);
        fprintf(out, step->verdict == SESSION_PLACE ? "%.1f" : "-",
                mixture_ratio(&step->recipe.mixture));
        print_quantiles(out, &step->healed.lightness);
        print_quantiles(out, &step->healed.difference);
        fprintf(out, "\t%.3f\n", step->healed.darker);
    }
    for (size_t i = 0; i < result->outlook.count; i++) {
        const struct outlook_point *point = &result->outlook.point[i];
        fprintf(out, "forecast\t%.2f", point->years * PLAN_MONTHS_OF_YEAR);
        print_quantiles(out, &point->lightness);
        print_quantiles(out, &point->ciede2000);
        print_quantiles(out, &point->contrast);
        fputc('\n', out);
    }
    struct quantiles months = plan_touch_up_months(result);
    fputs("touch_up", out);
    print_quantiles(out, &months);
    fputc('\n', out);
    return EXIT_DONE;
}
