/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/batch_view.h"

#include <math.h>
#include <string.h>

#include "cli/json.h"
#include "cli/standard_view.h"
#include "cli/table.h"

static bool is_percent(enum tolerance_criterion c)
{
    return c == TOLERANCE_STRENGTH || c == TOLERANCE_CONTRAST;
}

bool batch_shows(const struct batch_record *record, enum tolerance_criterion c)
{
    return !isnan(record->check.result[c].value) ||
           record->tolerance.limit[c].kind != TOLERANCE_NO_LIMIT;
}

void batch_value_text(const struct batch_result *result, enum tolerance_criterion c,
                      const char *plus_minus, char text[static RESULT_TEXT_MAX])
{
    int decimals = is_percent(c) ? 1 : 2;
    const char *unit = is_percent(c) ? " %" : "";
    if (isnan(result->value))
        snprintf(text, RESULT_TEXT_MAX, "not measured");
    else if (isnan(result->uncertainty))
        snprintf(text, RESULT_TEXT_MAX, "%.*f%s", decimals,
                 json_round(result->value, decimals), unit);
    else
        snprintf(text, RESULT_TEXT_MAX, "%.*f %s%.*f%s", decimals,
                 json_round(result->value, decimals), plus_minus, decimals,
                 result->uncertainty, unit);
}

void batch_criterion_text(const struct batch_record *record, enum tolerance_criterion c,
                          char text[static RESULT_TEXT_MAX])
{
    if (c == TOLERANCE_STRENGTH)
        snprintf(text, RESULT_TEXT_MAX, "strength (%.30s)",
                 strength_criterion_text(record->setup.criterion));
    else if (c == TOLERANCE_METAMERISM && record->light_count > 1)
        snprintf(text, RESULT_TEXT_MAX, "metamerism to %.20s", record->light[1].name);
    else
        snprintf(text, RESULT_TEXT_MAX, "%s", tolerance_text(c));
}

void batch_result_text(const struct batch_record *record, enum tolerance_criterion c,
                       char text[static RESULT_TEXT_MAX])
{
    static const char *const words[] = {[BATCH_PASS] = "pass",
                                        [BATCH_MARGINAL] = "marginal",
                                        [BATCH_INCONCLUSIVE] = "INCONCLUSIVE",
                                        [BATCH_FAIL] = "FAIL"};
    const struct tolerance_limit *limit = &record->tolerance.limit[c];
    const struct batch_result *result = &record->check.result[c];
    if (limit->kind == TOLERANCE_NO_LIMIT) {
        snprintf(text, RESULT_TEXT_MAX, "told");
        return;
    }
    int used = snprintf(text, RESULT_TEXT_MAX, "%s", words[result->verdict]);
    if (result->readings > 0)
        used += snprintf(text + used, RESULT_TEXT_MAX - (size_t)used, ", %zu readings",
                         result->readings);
    if (!limit->critical)
        snprintf(text + used, RESULT_TEXT_MAX - (size_t)used, " (not critical)");
}

static enum status add_row(const struct context *context, struct table *table,
                           const struct batch_record *record, enum tolerance_criterion c)
{
    char name[RESULT_TEXT_MAX], value[RESULT_TEXT_MAX], limit[LIMIT_TEXT_MAX],
        verdict[RESULT_TEXT_MAX];
    if (table_row(table) != STATUS_OK)
        return STATUS_NO_MEMORY;
    batch_criterion_text(record, c, name);
    batch_value_text(&record->check.result[c], c, context->terminal.signs->plus_minus,
                     value);
    tolerance_limit_text(&record->tolerance, c, limit);
    batch_result_text(record, c, verdict);
    enum status failed = table_cell(table, 0, "%s", name);
    failed |= table_cell(table, 1, "%s", value);
    failed |= table_cell(table, 2, "%s", limit);
    return failed | table_cell(table, 3, "%s", verdict);
}

static enum exit_code print_table(struct context *context,
                                  const struct batch_record *record)
{
    static const struct table_column columns[] = {
        {"criterion", TABLE_LEFT, TABLE_ALWAYS},
        {"value, U 95 %", TABLE_RIGHT, TABLE_ALWAYS},
        {"limit", TABLE_RIGHT, 1},
        {"verdict", TABLE_LEFT, TABLE_ALWAYS},
    };
    struct table *table = NULL;
    enum status status = table_make(columns, 4, &table);
    for (size_t c = 0; c < TOLERANCE_CRITERIA && status == STATUS_OK; c++)
        if (batch_shows(record, (enum tolerance_criterion)c))
            status = add_row(context, table, record, (enum tolerance_criterion)c);
    return table_finish(context, table, status);
}

static void print_head(const struct context *context, const struct batch_record *record)
{
    FILE *out = context->output.stream;
    char light[CONDITIONS_MAX], measured[MEASURED_MAX], rule[LIMIT_TEXT_MAX];
    viewing_text(&record->light[0], record->observer, light);
    measured_text(&record->batch.measured, measured);
    tolerance_rule_text(&record->tolerance, rule);
    fputs("Lot ", out);
    print_safely(out, record->lot);
    fputs(" against ", out);
    print_safely(out, record->standard.name);
    fprintf(out, "\n  conditions %s: %s, ", record->differing ? "DIFFER" : "equal",
            light);
    print_safely(out, measured);
    fprintf(out, "\n  %zu readings, %zu of the standard; %s: %s\n",
            record->batch.count[BATCH_COLOR],
            record->standard.readings.count[BATCH_COLOR], record->tolerance.name, rule);
}

static void print_stirring(const struct context *context,
                           const struct batch_record *record)
{
    static const char *const words[] = {
        [TREND_STIRRING_EQUAL] = "as before",
        [TREND_STIRRING_FALLS] = "weaker: it flocculates",
        [TREND_STIRRING_RISES] = "stronger: it had settled or flocculated before"};
    char value[RESULT_TEXT_MAX];
    if (record->stirred.count[BATCH_COLOR] == 0)
        return;
    batch_value_text(&record->stirred_check.result[TOLERANCE_STRENGTH],
                     TOLERANCE_STRENGTH, context->terminal.signs->plus_minus, value);
    fprintf(context->output.stream, "Stirred again: strength %s, %s\n", value,
            words[record->stirring]);
}

static void print_verdict(const struct context *context,
                          const struct batch_record *record)
{
    FILE *out = context->output.stream;
    char reason[BATCH_REASON_MAX];
    batch_reason_text(record, reason);
    fprintf(out, "%s: %s\n", batch_verdict_text(record->check.verdict), reason);
    if (record->override == BATCH_NOT_OVERRIDDEN)
        return;
    fprintf(out, "OVERRIDDEN to %s by ",
            batch_verdict_text(batch_record_verdict(record)));
    print_safely(out, record->operator_code);
    fputs(": ", out);
    print_safely(out, record->reason);
    fputc('\n', out);
}

enum exit_code batch_record_print(struct context *context,
                                  const struct batch_record *record)
{
    if (context->mode == MODE_TEXT)
        print_head(context, record);
    enum exit_code code = print_table(context, record);
    if (code != EXIT_DONE || context->mode != MODE_TEXT)
        return code;
    print_stirring(context, record);
    print_verdict(context, record);
    print_warnings(context);
    return EXIT_DONE;
}
