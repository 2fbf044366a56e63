/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/batch_correction.h"

#include <math.h>

#include "cli/batch_view.h"
#include "cli/json.h"
#include "cli/table.h"

static double size_after(const struct batch_correction *correction)
{
    return correction->count > 0 ? correction->step[correction->count - 1].scale
                                 : correction->size;
}

/* What was measured of the batch and what the additions leave open, together. */
static struct batch_result expected(const struct batch_record *record,
                                    const struct correction *solution,
                                    enum tolerance_criterion c)
{
    double measured = record->check.result[c].uncertainty;
    double added = solution->after.uncertainty[c];
    return (struct batch_result){.value = solution->after.value[c],
                                 .uncertainty =
                                     hypot(measured, isnan(added) ? 0 : added)};
}

/* -- text ---------------------------------------------------------------------------- */

static enum exit_code print_steps(struct context *context,
                                  const struct batch_correction *correction)
{
    static const struct table_column columns[] = {
        {"add", TABLE_LEFT, TABLE_ALWAYS},
        {"amount", TABLE_RIGHT, TABLE_ALWAYS},
        {"scale shows", TABLE_RIGHT, TABLE_ALWAYS},
    };
    struct table *table = NULL;
    enum status status = table_make(columns, 3, &table);
    for (size_t k = 0; k < correction->count && status == STATUS_OK; k++) {
        const struct correction_step *step = &correction->step[k];
        status = table_row(table);
        status |= table_cell(table, 0, "%s", correction->name[step->tinter]);
        status |= table_cell(table, 1, "%.4f %s", step->amount, correction->unit);
        status |= table_cell(table, 2, "%.4f %s", step->scale, correction->unit);
    }
    return table_finish(context, table, status);
}

static void print_expected(const struct context *context,
                           const struct batch_record *record,
                           const struct correction *solution)
{
    static const enum tolerance_criterion shown[] = {TOLERANCE_STRENGTH, TOLERANCE_DE00,
                                                     TOLERANCE_RESIDUAL};
    FILE *out = context->output.stream;
    fputs("Expected:", out);
    for (size_t k = 0; k < sizeof shown / sizeof shown[0]; k++) {
        struct batch_result result = expected(record, solution, shown[k]);
        char value[RESULT_TEXT_MAX];
        batch_value_text(&result, shown[k], context->terminal.signs->plus_minus, value);
        fprintf(out, "%s %s %s", k ? "," : "", tolerance_text(shown[k]), value);
    }
    fputc('\n', out);
}

static void print_reason(FILE *out, const struct batch_record *record,
                         const struct batch_correction *correction)
{
    const struct correction *solution = &correction->solution;
    char limit[LIMIT_TEXT_MAX];
    tolerance_limit_text(&record->tolerance, solution->blocks, limit);
    fprintf(out, "%s.\n", correction_verdict_text(solution->verdict));
    fprintf(out,
            "%s would stay at %.2f, its limit is %s; at %.0f nm there is %.0f %% %s "
            "absorption.\n",
            tolerance_text(solution->blocks), solution->after.value[solution->blocks],
            limit, bands_wavelength_nm(solution->band), 100 * fabs(solution->excess),
            solution->excess > 0 ? "too much" : "too little");
    if (solution->verdict == CORRECTION_TOO_MUCH)
        fprintf(out, "It takes %.1f %% of the batch; --max-add allows %.1f %%.\n",
                100 * solution->needed, 100 * correction->problem.most);
}

static enum exit_code print_text(struct context *context,
                                 const struct batch_record *record,
                                 const struct batch_correction *correction)
{
    FILE *out = context->output.stream;
    const struct correction *solution = &correction->solution;
    fputs("Lot ", out);
    print_safely(out, record->lot);
    fprintf(out, ", %.10g %s: ", correction->size, correction->unit);
    switch (solution->verdict) {
    case CORRECTION_NOT_NEEDED:
        fprintf(out, "%s.\n", correction_verdict_text(solution->verdict));
        break;
    case CORRECTION_SAVES: {
        fprintf(out, "add, in this order:\n");
        enum exit_code code = print_steps(context, correction);
        if (code != EXIT_DONE)
            return code;
        print_expected(context, record, solution);
        fprintf(out, "The batch becomes %.4f %s. Mix, and check a new sample.\n",
                size_after(correction), correction->unit);
        break;
    }
    case CORRECTION_TOO_MUCH:
    case CORRECTION_NEVER: print_reason(out, record, correction); break;
    }
    print_warnings(context);
    return EXIT_DONE;
}

/* -- documents ----------------------------------------------------------------------- */

static json_t *forecast_json(const struct correction_forecast *forecast)
{
    json_t *object = json_object();
    for (size_t c = 0; c < TOLERANCE_CRITERIA; c++)
        json_set(object, tolerance_key((enum tolerance_criterion)c),
                 json_rounded(forecast->value[c], JSON_DECIMALS_COLOR));
    return object;
}

static json_t *uncertainty_json(const struct batch_record *record,
                                const struct correction *solution)
{
    json_t *object = json_object();
    for (size_t c = 0; c < TOLERANCE_CRITERIA; c++) {
        struct batch_result result =
            expected(record, solution, (enum tolerance_criterion)c);
        if (!isnan(result.value))
            json_set(object, tolerance_key((enum tolerance_criterion)c),
                     json_rounded(result.uncertainty, JSON_DECIMALS_COLOR));
    }
    return object;
}

static json_t *steps_json(const struct batch_correction *correction)
{
    json_t *array = json_array();
    for (size_t k = 0; k < correction->count; k++) {
        const struct correction_step *step = &correction->step[k];
        json_t *object = json_object();
        json_set(object, "add", json_text(correction->name[step->tinter]));
        json_set(object, "amount", json_rounded(step->amount, JSON_DECIMALS_AMOUNT));
        json_set(object, "scale", json_rounded(step->scale, JSON_DECIMALS_AMOUNT));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *correction_json(const struct batch_record *record,
                               const struct batch_correction *correction)
{
    static const char *const words[] = {[CORRECTION_NOT_NEEDED] = "not needed",
                                        [CORRECTION_SAVES] = "saves",
                                        [CORRECTION_TOO_MUCH] = "too much",
                                        [CORRECTION_NEVER] = "rework"};
    const struct correction *solution = &correction->solution;
    json_t *data = json_object();
    json_set(data, "lot", json_text(record->lot));
    json_set(data, "verdict", json_string(words[solution->verdict]));
    json_set(data, "unit", json_string(correction->unit));
    json_set(data, "size", json_number(correction->size));
    json_set(data, "size_after",
             json_rounded(size_after(correction), JSON_DECIMALS_AMOUNT));
    json_set(data, "additions", steps_json(correction));
    json_set(data, "added_share", json_rounded(solution->total, 6));
    json_set(data, "before", forecast_json(&solution->before));
    json_set(data, "expected", forecast_json(&solution->after));
    json_set(data, "expected_u95", uncertainty_json(record, solution));
    if (solution->verdict == CORRECTION_NOT_NEEDED)
        return data;
    json_set(data, "needed_share", json_rounded(solution->needed, 6));
    if (solution->verdict == CORRECTION_SAVES)
        return data;
    json_set(data, "blocks", json_string(tolerance_key(solution->blocks)));
    json_set(data, "excess_nm", json_number(bands_wavelength_nm(solution->band)));
    json_set(data, "excess_share", json_rounded(solution->excess, 4));
    return data;
}

enum exit_code batch_correction_print(struct context *context,
                                      const struct batch_record *record,
                                      const struct batch_correction *correction)
{
    switch (context->mode) {
    case MODE_TEXT: return print_text(context, record, correction);
    case MODE_PLAIN: return print_steps(context, correction);
    case MODE_JSON: break;
    }
    return json_print(context, "batch_correct", batch_record_conditions(record),
                      correction_json(record, correction));
}
