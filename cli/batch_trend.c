/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch trend: lots in their order, and whether they are in control. */
#include "cli/commands.h"

#include <math.h>
#include <stdlib.h>

#include "cli/batch_history.h"
#include "cli/batch_view.h"
#include "cli/json.h"
#include "cli/table.h"

static const struct argument_spec arguments[] = {
    {"CHECK", "lots of one standard, as batch check -o wrote them, in any order"},
    {0},
};

static const struct option_spec trend_options[] = {
    {"last", 0, "N", "lots that are charted, the latest; default 30"},
    {"baseline", 0, "N",
     "lots that settle the control limits, the first; default all of them"},
    {0},
};

/* Columns of a bar that shows where a value lies between control limits. */
enum { BAR = 21 };

/* "|    .    *|": limits at the ends, the mean between them. */
static void make_bar(const struct trend *trend, double value, char bar[BAR + 1])
{
    double width = trend->upper - trend->lower;
    double at = width > 0 ? (value - trend->lower) / width : 0.5;
    for (size_t i = 0; i < BAR; i++)
        bar[i] = ' ';
    bar[0] = bar[BAR - 1] = '|';
    bar[BAR / 2] = '.';
    bar[(size_t)lround(fmin(fmax(at, 0), 1) * (BAR - 1))] = '*';
    bar[BAR] = '\0';
}

/* Numbers of the rules that a lot breaks, as they are listed below. */
static void make_rules(unsigned broken, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (unsigned k = 0; k < TREND_RULES; k++)
        if (broken & 1u << k)
            used += (size_t)snprintf(text + used, size - used, "%s%u", used ? " " : "",
                                     k + 1);
}

static enum status add_row(const struct context *context, struct table *table,
                           const struct batch_history *history, size_t i)
{
    const struct batch_point *point = &history->point[i];
    const char *sign = context->terminal.signs->plus_minus;
    char strength[RESULT_TEXT_MAX], shade[RESULT_TEXT_MAX], bar[BAR + 1], rules[24];
    if (table_row(table) != STATUS_OK)
        return STATUS_NO_MEMORY;
    batch_value_text(&point->strength, TOLERANCE_STRENGTH, sign, strength);
    batch_value_text(&point->shade, TOLERANCE_RESIDUAL, sign, shade);
    make_bar(&history->strength, point->strength.value, bar);
    enum status failed = table_cell(table, 0, "%s", point->lot);
    failed |= table_cell(table, 1, "%.10s", point->created);
    failed |= table_cell(table, 2, "%s", strength);
    failed |= table_cell(table, 3, "%s", bar);
    make_rules(history->strength.broken[i], rules, sizeof rules);
    failed |= table_cell(table, 4, "%s", rules);
    failed |= table_cell(table, 5, "%s", shade);
    make_rules(history->shade.broken[i], rules, sizeof rules);
    failed |= table_cell(table, 6, "%s", rules);
    return failed | table_cell(table, 7, "%s", batch_verdict_text(point->verdict));
}

static enum exit_code print_table(struct context *context,
                                  const struct batch_history *history)
{
    static const struct table_column columns[] = {
        {"lot", TABLE_LEFT, TABLE_ALWAYS},
        {"checked", TABLE_LEFT, 2},
        {"strength", TABLE_RIGHT, TABLE_ALWAYS},
        {"within its limits", TABLE_LEFT, TABLE_DECORATION},
        {"rules", TABLE_LEFT, TABLE_ALWAYS},
        {"dE00 after", TABLE_RIGHT, TABLE_ALWAYS},
        {"rules", TABLE_LEFT, TABLE_ALWAYS},
        {"verdict", TABLE_LEFT, 1},
    };
    struct table *table = NULL;
    enum status status = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t i = 0; i < history->count && status == STATUS_OK; i++)
        status = add_row(context, table, history, i);
    return table_finish(context, table, status);
}

static void print_chart(FILE *out, const char *what, const struct trend *trend,
                        const char *unit)
{
    fprintf(out,
            "%s: mean %.2f%s, control limits %.2f to %.2f%s, mean moving range %.2f%s\n",
            what, trend->mean, unit, json_round(trend->lower, 2), trend->upper, unit,
            trend->moving_range, unit);
}

static void print_drift(FILE *out, const char *what, const struct trend *trend,
                        const struct tolerance_limit *limit, const char *unit)
{
    if (!trend->drifts)
        return;
    fprintf(out, "%s DRIFTS by %+.2f%s a lot", what, trend->slope_per_lot, unit);
    double least = limit->kind == TOLERANCE_BETWEEN ? limit->least : -HUGE_VAL;
    double left = limit->kind == TOLERANCE_NO_LIMIT
                      ? HUGE_VAL
                      : trend_lots_left(trend, least, limit->most);
    if (left > 0 && isfinite(left))
        fprintf(out, ", beyond its limit in %.0f lots", ceil(left));
    else if (left <= 0)
        fputs(", beyond its limit already", out);
    fputs(".\n", out);
}

static void print_alarms(const struct context *context,
                         const struct batch_history *history)
{
    FILE *out = context->output.stream;
    unsigned any = history->strength.any | history->shade.any;
    for (unsigned k = 0; k < TREND_RULES; k++)
        if (any & 1u << k)
            fprintf(out, "  rule %u: %s\n", k + 1,
                    trend_rule_text((enum trend_rule)(1u << k)));
    for (size_t i = 0; i < history->count; i++)
        if (history->point[i].stirring == TREND_STIRRING_FALLS) {
            fputs("FLOCCULATION: lot ", out);
            print_safely(out, history->point[i].lot);
            fputs(" lost strength when it was stirred again.\n", out);
        }
}

static enum exit_code print_text(struct context *context,
                                 const struct batch_history *history)
{
    FILE *out = context->output.stream;
    const struct tolerance *tolerance = &history->tolerance;
    fprintf(out, "%zu lots against ", history->count);
    print_safely(out, history->standard);
    fprintf(out, ", strength by %s\n", history->strength_by);
    enum exit_code code = print_table(context, history);
    if (code != EXIT_DONE)
        return code;
    print_chart(out, "Strength", &history->strength, " %");
    print_chart(out, "Shade, dE00 after strength", &history->shade, "");
    print_drift(out, "Strength", &history->strength,
                &tolerance->limit[TOLERANCE_STRENGTH], " %");
    print_drift(out, "Shade", &history->shade, &tolerance->limit[TOLERANCE_RESIDUAL], "");
    print_alarms(context, history);
    print_warnings(context);
    return EXIT_DONE;
}

/* -- documents ----------------------------------------------------------------------- */

static json_t *rules_json(unsigned broken)
{
    json_t *array = json_array();
    for (unsigned k = 0; k < TREND_RULES; k++)
        if (broken & 1u << k)
            json_array_append_new(
                array, json_string(trend_rule_text((enum trend_rule)(1u << k))));
    return array;
}

static json_t *chart_json(const struct trend *trend)
{
    const int decimals = JSON_DECIMALS_COLOR;
    json_t *object = json_object();
    json_set(object, "mean", json_rounded(trend->mean, decimals));
    json_set(object, "lower", json_rounded(trend->lower, decimals));
    json_set(object, "upper", json_rounded(trend->upper, decimals));
    json_set(object, "moving_range", json_rounded(trend->moving_range, decimals));
    json_set(object, "range_upper", json_rounded(trend->range_upper, decimals));
    json_set(object, "slope_per_lot", json_rounded(trend->slope_per_lot, decimals));
    json_set(object, "slope_u95", json_rounded(trend->slope_uncertainty, decimals));
    json_set(object, "drifts", json_boolean(trend->drifts));
    json_set(object, "broken", rules_json(trend->any));
    return object;
}

static json_t *point_json(const struct batch_history *history, size_t i)
{
    const struct batch_point *point = &history->point[i];
    const int decimals = JSON_DECIMALS_COLOR;
    json_t *object = json_object();
    json_set(object, "lot", json_text(point->lot));
    json_set(object, "checked", json_text(point->created));
    json_set(object, "strength", json_rounded(point->strength.value, decimals));
    json_set(object, "strength_u95", json_rounded(point->strength.uncertainty, decimals));
    json_set(object, "strength_broken", rules_json(history->strength.broken[i]));
    json_set(object, "de00_residual", json_rounded(point->shade.value, decimals));
    json_set(object, "de00_residual_u95",
             json_rounded(point->shade.uncertainty, decimals));
    json_set(object, "de00_residual_broken", rules_json(history->shade.broken[i]));
    json_set(object, "verdict", json_string(batch_verdict_text(point->verdict)));
    json_set(object, "flocculates",
             json_boolean(point->stirring == TREND_STIRRING_FALLS));
    return object;
}

static enum exit_code print_document(struct context *context,
                                     const struct batch_history *history)
{
    json_t *lots = json_array(), *data = json_object();
    for (size_t i = 0; i < history->count; i++)
        json_array_append_new(lots, point_json(history, i));
    json_set(data, "standard", json_text(history->standard));
    json_set(data, "strength_by", json_text(history->strength_by));
    json_set(data, "lots", lots);
    json_set(data, "strength", chart_json(&history->strength));
    json_set(data, "de00_residual", chart_json(&history->shade));
    return json_print(context, "batch_trend", json_conditions(context, NULL), data);
}

/* -- the command --------------------------------------------------------------------- */

static enum exit_code gather(struct context *context, struct batch_history *history)
{
    const struct invocation *invocation = &context->invocation;
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < invocation->argument_count && code == EXIT_DONE; i++) {
        struct batch_record *record = NULL;
        code = batch_record_read(context, invocation->arguments[i], &record);
        if (code == EXIT_DONE)
            code = batch_history_add(context, record, history);
        free(record);
    }
    return code;
}

static enum exit_code print(struct context *context, const struct batch_history *history)
{
    switch (context->mode) {
    case MODE_TEXT: return print_text(context, history);
    case MODE_PLAIN: return print_table(context, history);
    case MODE_JSON: break;
    }
    return print_document(context, history);
}

static enum exit_code run(struct context *context)
{
    long last = 0, baseline = 0;
    enum exit_code code =
        option_whole(context, "last", TREND_LOTS_MIN, TREND_LOTS_MAX, 30, &last);
    if (code == EXIT_DONE)
        code = option_whole(context, "baseline", TREND_LOTS_MIN, TREND_LOTS_MAX, 0,
                            &baseline);
    if (code != EXIT_DONE)
        return code;
    struct batch_history *history = calloc(1, sizeof *history);
    if (!history)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    code = gather(context, history);
    if (code == EXIT_DONE)
        code = batch_history_chart(context, (size_t)last, (size_t)baseline, history);
    if (code == EXIT_DONE)
        code = print(context, history);
    free(history);
    return code;
}

const struct command batch_trend_command = {
    .name = "batch trend",
    .summary = "Strength and shade over lots: control limits, runs, drift, flocculation.",
    .usage = "CHECK...",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = SIZE_MAX,
    .options = {{trend_options}},
    .examples = {"batch trend lots/*.json",
                 "batch trend lots/*.json --baseline 20 --json"},
    .run = run,
};
