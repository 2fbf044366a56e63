/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A formula for a person. */
#include <math.h>

#include "cli/formulation.h"
#include "cli/mixing.h"
#include "cli/table.h"
#include "colorlib/difference.h"

/* -- the pours ----------------------------------------------------------------------- */

static enum status fill_pour(const struct context *context, struct table *table,
                             const struct formulation_pour *pour)
{
    const char *dash = context->mode == MODE_PLAIN ? "-" : context->terminal.signs->dash;
    const char *lot = pour->pigment->lot;
    enum status failed = table_row(table);
    if (failed != STATUS_OK)
        return failed;
    failed |= table_cell(table, 0, "%s", pour->pigment->id);
    failed |= table_cell(table, 1, "%s", lot[0] ? lot : dash);
    failed |= table_cell(table, 2, "%u", pour->parts);
    failed |= table_cell(table, 3, "%.2f", 100 * pour->amount.share);
    failed |= table_cell(table, 4, "%.2f", pour->amount.ml);
    failed |= table_cell(table, 5, "%.2f", pour->amount.g);
    return failed | table_cell(table, 6, "%.2f", pour->amount.scale_g);
}

static enum exit_code print_pours(struct context *context,
                                  const struct formulation *formulation)
{
    static const struct table_column columns[] = {
        {"pour", TABLE_LEFT, TABLE_ALWAYS},   {"lot", TABLE_LEFT, 1},
        {"parts", TABLE_RIGHT, TABLE_ALWAYS}, {"%", TABLE_RIGHT, TABLE_ALWAYS},
        {"ml", TABLE_RIGHT, TABLE_ALWAYS},    {"g", TABLE_RIGHT, TABLE_ALWAYS},
        {"scale shows g", TABLE_RIGHT, 2},
    };
    struct formulation_pour pour[FORMULATION_POURS_MAX];
    size_t count = formulation_pours(formulation, &formulation->formula[0], pour);
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t k = 0; k < count && failed == STATUS_OK; k++)
        failed = fill_pour(context, table, &pour[k]);
    return table_finish(context, table, failed);
}

static void print_made(const struct context *context,
                       const struct formulation *formulation)
{
    struct formulation_pour pour[FORMULATION_POURS_MAX];
    size_t count = formulation_pours(formulation, &formulation->formula[0], pour);
    double ml = 0;
    for (size_t k = 0; k < count; k++)
        ml += pour[k].amount.ml;
    fprintf(context->output.stream, "\nMakes %.2f ml, %.2f g.\n", ml,
            pour[count - 1].amount.scale_g);
}

/* -- what is matched ----------------------------------------------------------------- */

static void print_head(const struct context *context,
                       const struct formulation *formulation)
{
    const struct formulation_target *target = &formulation->target;
    const struct drawdown_view *view = &formulation->problem.view;
    FILE *out = context->output.stream;
    char light[CONDITIONS_MAX];
    viewing_text(&context->viewing.illuminant[0], context->viewing.observer, light);
    fputs("For ", out);
    print_safely(out, target->source ? target->source : "the drawdown that was read");
    if (target->readings.count[BATCH_COLOR] > 1)
        fprintf(out, " (mean of %zu readings)", target->readings.count[BATCH_COLOR]);
    if (formulation_hides(formulation)) {
        fputs(", as a film that hides;\n", out);
    } else {
        fprintf(out, ", as a film of %.10g um over ",
                1000 * formulation->problem.drawdown.thickness_mm);
        print_safely(out, formulation->backing);
        fputs(";\n", out);
    }
    fprintf(out, "%s, specular %s.\n\n", light,
            view->specular == SURFACE_SPECULAR_INCLUDED ? "included" : "excluded");
}

static enum status fill_color(const struct context *context, struct table *table,
                              const struct formulation *formulation, const char *label,
                              const cmsCIELab *lab)
{
    const cmsCIEXYZ *white = &formulation->weights[0].white;
    cmsCIEXYZ xyz = colorimetry_lab_xyz(lab, white);
    struct srgb color = colorimetry_srgb(&xyz, white);
    char hex[HEX_MAX];
    srgb_text(color, hex);
    enum status failed = table_row(table);
    if (failed != STATUS_OK)
        return failed;
    failed |= table_cell(table, 0, "%s", label);
    failed |= table_swatch(table, 1, &context->terminal, color);
    failed |= table_lab(table, 2, lab);
    return failed | table_cell(table, 5, "%s", hex);
}

static enum exit_code print_colors(struct context *context,
                                   const struct formulation *formulation)
{
    static const struct table_column columns[] = {
        {"", TABLE_LEFT, TABLE_ALWAYS},    {"", TABLE_LEFT, TABLE_DECORATION},
        {"L*", TABLE_RIGHT, TABLE_ALWAYS}, {"a*", TABLE_RIGHT, TABLE_ALWAYS},
        {"b*", TABLE_RIGHT, TABLE_ALWAYS}, {"sRGB", TABLE_LEFT, 1},
    };
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    if (failed == STATUS_OK)
        failed =
            fill_color(context, table, formulation, "target", &formulation->target.lab);
    if (failed == STATUS_OK)
        failed = fill_color(context, table, formulation, "recipe",
                            &formulation->formula[0].lab);
    return table_finish(context, table, failed);
}

static void print_difference(const struct context *context,
                             const struct formulation *formulation)
{
    const struct viewing *viewing = &context->viewing;
    const struct formula *best = &formulation->formula[0];
    FILE *out = context->output.stream;
    struct difference difference =
        difference_components(formulation->target.lab, best->lab);
    char words[DIFFERENCE_WORDS_MAX];
    difference_words(&difference, words);
    fprintf(out, "%sE00 %.2f, %s;\nthe recipe is %s.\n", context->terminal.signs->delta,
            best->ciede2000, difference_verdict(best->ciede2000), words);
    if (formulation->target.basis != COLOR_SPECTRAL || viewing->count == 1)
        return;
    fputs("Metamerism index:", out);
    for (size_t v = 1; v < viewing->count; v++)
        fprintf(out, "%s %.2f to %s", v > 1 ? "," : "", formulation->metamerism[0][v],
                viewing->illuminant[v].name);
    fputs(".\n", out);
}

/* -- fewer pigments, and how good it is ------------------------------------------------
 */

/* "12 titanium-white : 5 yellow-oxide : 1 carbon", the largest part first. */
static void recipe_text(const struct formulation *formulation,
                        const struct formula *formula, char *text, size_t size)
{
    struct formulation_pour pour[FORMULATION_POURS_MAX];
    size_t count = formulation_pours(formulation, formula, pour), used = 0;
    for (size_t k = 0; k < count && used < size; k++)
        used += (size_t)snprintf(text + used, size - used, "%s%u %s", k ? " : " : "",
                                 pour[k].parts, pour[k].pigment->id);
}

enum { FIRST_LIGHT = 2, SIZE_COLUMNS_MAX = FIRST_LIGHT + VIEWING_MAX };

static enum status fill_size(const struct context *context, struct table *table,
                             const struct formulation *formulation, size_t index)
{
    const struct formula *formula = &formulation->formula[index];
    char text[FORMULATION_POURS_MAX * (PIGMENT_TEXT_MAX + 16)];
    recipe_text(formulation, formula, text, sizeof text);
    enum status failed = table_row(table);
    if (failed != STATUS_OK)
        return failed;
    failed |= table_cell(table, 0, "%zu", formula->count);
    failed |= table_cell(table, 1, "%.2f", formula->ciede2000);
    size_t column = FIRST_LIGHT;
    if (formulation->target.basis == COLOR_SPECTRAL)
        for (size_t v = 1; v < context->viewing.count; v++)
            failed |=
                table_cell(table, column++, "%.2f", formulation->metamerism[index][v]);
    return failed | table_cell(table, column, "%s", text);
}

static enum exit_code print_sizes(struct context *context,
                                  const struct formulation *formulation)
{
    const struct viewing *viewing = &context->viewing;
    char left[CONDITIONS_MAX], light[VIEWING_MAX][CONDITIONS_MAX];
    struct table_column columns[SIZE_COLUMNS_MAX] = {
        {"pigments", TABLE_RIGHT, TABLE_ALWAYS}, {left, TABLE_RIGHT, TABLE_ALWAYS}};
    size_t count = FIRST_LIGHT;
    snprintf(left, sizeof left, "%sE00", context->terminal.signs->delta);
    if (formulation->target.basis == COLOR_SPECTRAL)
        for (size_t v = 1; v < viewing->count; v++) {
            snprintf(light[v], sizeof light[v], "MI %s", viewing->illuminant[v].name);
            columns[count++] = (struct table_column){light[v], TABLE_RIGHT, 1};
        }
    columns[count++] = (struct table_column){"parts", TABLE_LEFT, TABLE_ALWAYS};
    struct table *table = NULL;
    enum status failed = table_make(columns, count, &table);
    for (size_t i = 0; i < formulation->count && failed == STATUS_OK; i++)
        failed = fill_size(context, table, formulation, i);
    return table_finish(context, table, failed);
}

static bool is_generic(const struct formulation *formulation)
{
    const struct formula *best = &formulation->formula[0];
    for (size_t k = 0; k < best->count; k++)
        if (formulation->bottles.pigment[best->part[k].colorant].origin == PIGMENT_MODEL)
            return true;
    return formulation->diluting == FORMULATION_BOTTLE && best->diluent > 0 &&
           formulation->diluent.origin == PIGMENT_MODEL;
}

static void print_notes(const struct context *context,
                        const struct formulation *formulation)
{
    FILE *out = context->output.stream;
    char certificate[FORMULATION_CERTIFICATE_MAX];
    formulation_certificate_text(formulation, certificate);
    fprintf(out, "\n%s\n\n", certificate);
    if (formulation_hides(formulation))
        fputs("Clear vehicle changes no color as long as the film hides.\n", out);
    print_warnings(context);
    if (is_generic(formulation))
        fprintf(out, "%s\n", mixing_generic_text);
}

enum exit_code formulation_print_text(struct context *context,
                                      const struct formulation *formulation)
{
    FILE *out = context->output.stream;
    if (context->mode == MODE_PLAIN)
        return print_pours(context, formulation);
    print_head(context, formulation);
    enum exit_code code = print_pours(context, formulation);
    if (code != EXIT_DONE)
        return code;
    print_made(context, formulation);
    fputc('\n', out);
    code = print_colors(context, formulation);
    if (code != EXIT_DONE)
        return code;
    print_difference(context, formulation);
    fputc('\n', out);
    code = print_sizes(context, formulation);
    if (code == EXIT_DONE)
        print_notes(context, formulation);
    return code;
}
