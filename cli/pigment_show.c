/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pigment show: all that a profile says. */
#include "cli/commands.h"

#include "cli/bottles.h"
#include "cli/pigment_json.h"
#include "cli/quantity.h"
#include "cli/table.h"

static const struct argument_spec arguments[] = {
    {"PIGMENT", "the id or file of a profile"},
    {0},
};

/* Bands of the table: every fifth, 400 to 700 nm by 50. */
enum { BAND_STEP = 5 };

static void print_line(FILE *out, const char *label, const char *text)
{
    if (!text[0])
        return;
    fprintf(out, "  %-12s", label);
    print_safely(out, text);
    fputc('\n', out);
}

static void print_proof(const struct context *context, const struct pigment *pigment)
{
    FILE *out = context->output.stream;
    const char *delta = context->terminal.signs->delta;
    if (pigment->origin == PIGMENT_MODEL) {
        fputs("  computed, not measured: calibrate your own bottle\n", out);
        return;
    }
    fprintf(out, "  %-12s", "left out");
    fprintf(out, "%sE00 %.2f, worst level predicted from the others\n", delta,
            pigment->level_out_de00);
    if (pigment->dilution_max > 0) {
        char most[RATIO_TEXT_MAX];
        quantity_ratio_text(pigment->dilution_max, most);
        print_line(out, "proved to", most);
    }
    if (pigment->validations > 0)
        fprintf(out, "  %-12smixtures poured: %.0f, mean %sE00 %.2f\n", "validated",
                pigment->validations, delta, pigment->validation_de00);
    if (pigment->simulated)
        fputs("  simulated: a virtual instrument read the ladder\n", out);
}

static void print_head(const struct context *context, const struct pigment *pigment)
{
    FILE *out = context->output.stream;
    print_safely(out, pigment->id);
    fputs(": ", out);
    print_safely(out, pigment->name);
    fputc('\n', out);
    print_line(out, "lot", pigment->lot);
    print_line(out, "fades as", fade_class_name(pigment->class));
    print_line(out, "C.I.", pigment->ci);
    print_line(out, "allergens", pigment->allergens);
    fprintf(out, "  %-12s%.3g ml, %.4g g/ml\n", "drop", pigment->drop_ml,
            pigment->density_g_per_ml);
    if (pigment->strength != 1)
        fprintf(out, "  %-12s%.1f %% of the standard\n", "strength",
                100 * pigment->strength);
    print_proof(context, pigment);
}

static enum exit_code print_bands(struct context *context, const struct pigment *pigment)
{
    static const struct table_column columns[] = {
        {"nm", TABLE_RIGHT, TABLE_ALWAYS},
        {"K per mm", TABLE_RIGHT, TABLE_ALWAYS},
        {"S per mm", TABLE_RIGHT, TABLE_ALWAYS},
    };
    size_t step = context->mode == MODE_TEXT ? BAND_STEP : 1;
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t i = 0; i < BAND_COUNT && failed == STATUS_OK; i += step) {
        failed = table_row(table);
        if (failed != STATUS_OK)
            break;
        failed |= table_cell(table, 0, "%.0f", bands_wavelength_nm(i));
        failed |= table_cell(table, 1, "%.4g", pigment->K.value[i]);
        failed |= table_cell(table, 2, "%.4g", pigment->S.value[i]);
    }
    return table_finish(context, table, failed);
}

static enum exit_code print(struct context *context, const struct pigment *pigment)
{
    if (context->mode == MODE_JSON)
        return pigment_json_print(context, pigment);
    if (context->mode == MODE_TEXT) {
        print_head(context, pigment);
        fputc('\n', context->output.stream);
    }
    return print_bands(context, pigment);
}

static enum exit_code run(struct context *context)
{
    struct pigment pigment;
    enum exit_code code =
        bottles_read_one(context, context->invocation.arguments[0], &pigment);
    return code == EXIT_DONE ? print(context, &pigment) : code;
}

const struct command pigment_show_command = {
    .name = "pigment show",
    .summary = "All that a pigment's profile says.",
    .usage = "PIGMENT",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = 1,
    .examples = {"pigment show carbon", "pigment show ash-03.cgats --json"},
    .run = run,
};
