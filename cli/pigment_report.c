/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pigment_report.h"

#include <string.h>

#include "cli/color_view.h"
#include "cli/conditions_json.h"
#include "cli/help.h"
#include "cli/json.h"
#include "cli/pigment_json.h"
#include "cli/quantity.h"
#include "cli/table.h"

enum { IDS_MAX = 160 };

static double ratio_of(double concentration)
{
    return 1 / concentration - 1;
}

static const char *constants_text(const struct pigment_ladder *ladder)
{
    return ladder->ladder.constants == LADDER_TWO_CONSTANTS ? "K and S" : "K alone";
}

static bool is_proved(const struct ladder_check *check, const struct ladder_level *level)
{
    return level->concentration >= check->proved_least &&
           level->concentration <= check->proved_most;
}

static const char *level_verdict(const struct pigment_ladder *ladder,
                                 const struct ladder_level *level)
{
    if (ladder->verdict == LADDER_MISLABELLED && level->level == ladder->suspect.level)
        return "MISLABELLED";
    return is_proved(&ladder->check, level) ? "proved" : "not proved";
}

static size_t readings_of(const struct pigment_ladder *ladder, size_t level)
{
    size_t count = 0;
    for (size_t k = 0; k < ladder->samples.count; k++)
        count += ladder->samples.reading[k].level == level;
    return count;
}

/* The band at which a drawdown is made what it is: far from it K is little known, and of
 * no weight. */
static size_t strongest_band(const struct colorant *colorant)
{
    size_t strongest = 0;
    for (size_t i = 1; i < BAND_COUNT; i++)
        if (colorant->K.value[i] + colorant->S.value[i] >
            colorant->K.value[strongest] + colorant->S.value[strongest])
            strongest = i;
    return strongest;
}

/* -- text -------------------------------------------------------------------------- */

static void print_head(const struct context *context, const struct pigment_report *report)
{
    FILE *out = context->output.stream;
    const struct pigment_ladder *ladder = report->ladder;
    char light[CONDITIONS_MAX];
    viewing_text(&context->viewing.illuminant[0], context->viewing.observer, light);
    print_safely(out, report->pigment->id);
    if (report->pigment->lot[0])
        fputs(", lot ", out);
    print_safely(out, report->pigment->lot);
    fprintf(out, ": %zu levels, %zu readings\n", ladder->check.count,
            ladder->samples.count);
    if (ladder->samples.films > 0)
        fprintf(out, "films over %zu backing%s", ladder->samples.backings,
                ladder->samples.backings == 1 ? "" : "s");
    else
        fputs("opaque tints", out);
    fprintf(out, "; %s, 400-700 nm; %s, %s\n", constants_text(ladder),
            color_specular_text(sample_specular_common(&ladder->set)), light);
    if (context->simulated)
        fputs("simulated: no bottle was measured\n", out);
}

static enum exit_code print_levels(struct context *context,
                                   const struct pigment_ladder *ladder)
{
    static const struct table_column columns[] = {
        {"ratio", TABLE_RIGHT, TABLE_ALWAYS}, {"share", TABLE_RIGHT, 1},
        {"readings", TABLE_RIGHT, 1},         {"left out", TABLE_RIGHT, TABLE_ALWAYS},
        {"", TABLE_LEFT, TABLE_ALWAYS},       {"samples", TABLE_LEFT, 2},
    };
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t i = 0; i < ladder->check.count && failed == STATUS_OK; i++) {
        const struct ladder_level *level = &ladder->check.level[i];
        char ratio[RATIO_TEXT_MAX], ids[IDS_MAX];
        quantity_ratio_text(ratio_of(level->concentration), ratio);
        pigment_ladder_ids(ladder, level->level, ids, sizeof ids);
        failed = table_row(table);
        if (failed != STATUS_OK)
            break;
        failed |= table_cell(table, 0, "%s", ratio);
        failed |= table_cell(table, 1, "%.4g", level->concentration);
        failed |= table_cell(table, 2, "%zu", readings_of(ladder, level->level));
        failed |= table_cell(table, 3, "%.2f", level->ciede2000);
        failed |= table_cell(table, 4, "%s", level_verdict(ladder, level));
        failed |= table_cell(table, 5, "%s", ids);
    }
    return table_finish(context, table, failed);
}

static void print_figures(const struct context *context,
                          const struct pigment_ladder *ladder)
{
    FILE *out = context->output.stream;
    const struct ladder_check *check = &ladder->check;
    const char *delta = context->terminal.signs->delta;
    fprintf(out,
            "\nfit: RMS %.2f %% of reflectance, scatter %.1f of what pouring and "
            "noise explain\n",
            100 * ladder->residual_rms, ladder->fit.scatter);
    fprintf(out,
            "left out: readings median %sE00 %.2f; levels median %.2f, worst %.2f "
            "(limit %.1f)\n",
            delta, check->one_out_median, check->level_out_median,
            check->level_out_largest, ladder->limit);
    size_t band = strongest_band(&ladder->fit.colorant);
    fprintf(out, "%s known to %.0f %% at %.0f nm, where it acts most\n",
            constants_text(ladder), 100 * ladder->fit.relative_deviation.value[band],
            bands_wavelength_nm(band));
    if (check->proved_most > check->proved_least) {
        char least[RATIO_TEXT_MAX], most[RATIO_TEXT_MAX];
        quantity_ratio_text(ratio_of(check->proved_most), least);
        quantity_ratio_text(ratio_of(check->proved_least), most);
        fprintf(out, "proved dilution %s to %s\n", least, most);
    }
}

static void print_suspect(FILE *out, const struct pigment_ladder *ladder)
{
    const struct ladder_suspect *suspect = &ladder->suspect;
    char ids[IDS_MAX], stated[RATIO_TEXT_MAX], likely[RATIO_TEXT_MAX];
    pigment_ladder_ids(ladder, suspect->level, ids, sizeof ids);
    quantity_ratio_text(ratio_of(suspect->stated), stated);
    quantity_ratio_text(ratio_of(suspect->likely), likely);
    fprintf(out, "level %s (", stated);
    print_safely(out, ids);
    fprintf(out, ") is mislabelled: by the others it is about %s\n", likely);
}

static void print_verdict(const struct context *context,
                          const struct pigment_report *report)
{
    FILE *out = context->output.stream;
    const struct pigment_ladder *ladder = report->ladder;
    if (pigment_ladder_holds(ladder)) {
        fputs("PASS: ", out);
        fputs(ladder_verdict_text(ladder->verdict), out);
        if (report->path) {
            fputs("; saved in ", out);
            print_safely(out, report->path);
        }
        fputc('\n', out);
        return;
    }
    fputs("FAIL: ", out);
    if (ladder->verdict == LADDER_MISLABELLED)
        print_suspect(out, ladder);
    else if (ladder->verdict != LADDER_HOLDS)
        help_wrap(out, ladder_verdict_text(ladder->verdict), 2, strlen("FAIL: "));
    else
        fputs("a level is not predicted by the others\n", out);
    if (report->path)
        fputs("nothing is saved\n", out);
}

static enum exit_code print_text(struct context *context,
                                 const struct pigment_report *report)
{
    print_head(context, report);
    fputc('\n', context->output.stream);
    enum exit_code code = print_levels(context, report->ladder);
    print_figures(context, report->ladder);
    fputc('\n', context->output.stream);
    print_warnings(context);
    print_verdict(context, report);
    return code;
}

/* A line for each level: ratio n, share, readings, left out, word. */
static enum exit_code print_plain(struct context *context,
                                  const struct pigment_report *report)
{
    const struct pigment_ladder *ladder = report->ladder;
    for (size_t i = 0; i < ladder->check.count; i++) {
        const struct ladder_level *level = &ladder->check.level[i];
        fprintf(context->output.stream, "%.1f\t%.6g\t%zu\t%.2f\t%s\n",
                ratio_of(level->concentration), level->concentration,
                readings_of(ladder, level->level), level->ciede2000,
                level_verdict(ladder, level));
    }
    return EXIT_DONE;
}

/* -- document ---------------------------------------------------------------------- */

static json_t *samples_json(const struct pigment_ladder *ladder, size_t level)
{
    json_t *array = json_array();
    for (size_t k = 0; k < ladder->samples.count; k++)
        if (ladder->samples.reading[k].level == level)
            json_array_append_new(
                array, json_text(ladder->set.info[ladder->samples.sample[k]].id));
    return array;
}

static json_t *levels_json(const struct pigment_ladder *ladder)
{
    json_t *array = json_array();
    for (size_t i = 0; i < ladder->check.count; i++) {
        const struct ladder_level *level = &ladder->check.level[i];
        json_t *object = json_object();
        json_set(object, "concentration", json_number(level->concentration));
        json_set(object, "ratio_n",
                 json_rounded(ratio_of(level->concentration), JSON_DECIMALS_AMOUNT));
        json_set(object, "samples", samples_json(ladder, level->level));
        json_set(object, "left_out_de00",
                 json_rounded(level->ciede2000, JSON_DECIMALS_COLOR));
        json_set(object, "proved", json_boolean(is_proved(&ladder->check, level)));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *left_out_json(const struct pigment_ladder *ladder)
{
    const struct ladder_check *check = &ladder->check;
    json_t *object = json_object();
    json_set(object, "reading_median",
             json_rounded(check->one_out_median, JSON_DECIMALS_COLOR));
    json_set(object, "level_median",
             json_rounded(check->level_out_median, JSON_DECIMALS_COLOR));
    json_set(object, "level_p90",
             json_rounded(check->level_out_p90, JSON_DECIMALS_COLOR));
    json_set(object, "level_largest",
             json_rounded(check->level_out_largest, JSON_DECIMALS_COLOR));
    json_set(object, "limit", json_rounded(ladder->limit, JSON_DECIMALS_COLOR));
    return object;
}

static json_t *suspect_json(const struct pigment_ladder *ladder)
{
    if (ladder->verdict != LADDER_MISLABELLED)
        return NULL;
    const struct ladder_suspect *suspect = &ladder->suspect;
    json_t *object = json_object();
    json_set(object, "samples", samples_json(ladder, suspect->level));
    json_set(object, "stated", json_number(suspect->stated));
    json_set(object, "likely", json_number(suspect->likely));
    json_set(object, "deviations",
             json_rounded(suspect->deviations, JSON_DECIMALS_COLOR));
    return object;
}

static json_t *data_json(const struct pigment_report *report)
{
    static const char *const verdicts[] = {"holds", "mislabelled", "not-additive",
                                           "unproved"};
    const struct pigment_ladder *ladder = report->ladder;
    const struct ladder_fit *fit = &ladder->fit;
    bool holds = pigment_ladder_holds(ladder);
    json_t *data = json_object();
    json_set(data, "id", json_text(report->pigment->id));
    json_set(data, "name", json_text(report->pigment->name));
    if (report->pigment->lot[0])
        json_set(data, "lot", json_text(report->pigment->lot));
    json_set(data, "verdict", json_string(holds ? "PASS" : "FAIL"));
    json_set(data, "ladder", json_string(verdicts[ladder->verdict]));
    json_set(data, "mislabelled", suspect_json(ladder));
    json_set(data, "levels", levels_json(ladder));
    json_set(data, "fit_rms",
             json_rounded(ladder->residual_rms, JSON_DECIMALS_REFLECTANCE));
    json_set(data, "scatter", json_rounded(fit->scatter, JSON_DECIMALS_COLOR));
    json_set(data, "left_out_de00", left_out_json(ladder));
    json_set(data, "dilution_max",
             json_rounded(pigment_ladder_dilution(ladder), JSON_DECIMALS_AMOUNT));
    json_set(data, "unit", json_string(fit->scale == LADDER_PER_MM ? "1/mm" : "white"));
    json_set(data, "k", pigment_bands_json(&fit->colorant.K));
    json_set(data, "s", pigment_bands_json(&fit->colorant.S));
    json_set(data, "k_sd", pigment_bands_json(&fit->K_deviation));
    json_set(data, "s_sd", pigment_bands_json(&fit->S_deviation));
    if (report->path && holds)
        json_set(data, "saved", json_text(report->path));
    return data;
}

static enum exit_code print_json(struct context *context,
                                 const struct pigment_report *report)
{
    const struct sample_set *set = &report->ladder->set;
    json_t *conditions =
        json_conditions(context, color_specular_key(sample_specular_common(set)));
    conditions_json_set(conditions, &set->conditions);
    return json_print(context, "pigment", conditions, data_json(report));
}

enum exit_code pigment_report_print(struct context *context,
                                    const struct pigment_report *report)
{
    switch (context->mode) {
    case MODE_JSON: return print_json(context, report);
    case MODE_PLAIN: return print_plain(context, report);
    case MODE_TEXT: break;
    }
    return print_text(context, report);
}
