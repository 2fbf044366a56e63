/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pouring.h"

#include <stdarg.h>
#include <string.h>

#include "cli/json.h"
#include "cli/table.h"

static enum status fill_step(struct table *table, const struct recipe_step *step)
{
    const struct pigment *pigment = step->pigment;
    enum status failed = table_row(table);
    if (failed != STATUS_OK)
        return failed;
    failed |= table_cell(table, 0, "%s", pigment ? pigment->id : "water");
    failed |= table_cell(table, 1, "%s", pigment ? pigment->lot : "sterile");
    failed |= table_cell(table, 2, "%u", step->drops);
    failed |= table_cell(table, 3, pigment ? "%.2f" : "%.1f", step->ml);
    failed |= table_cell(table, 4, "%.2f", step->g);
    return failed | table_cell(table, 5, "%.2f", step->scale_g);
}

enum exit_code pouring_print(struct context *context, const struct recipe_solver *solver,
                             const struct recipe *recipe)
{
    static const struct table_column columns[] = {
        {"pour", TABLE_LEFT, TABLE_ALWAYS},   {"lot", TABLE_LEFT, 1},
        {"drops", TABLE_RIGHT, TABLE_ALWAYS}, {"ml", TABLE_RIGHT, TABLE_ALWAYS},
        {"g", TABLE_RIGHT, TABLE_ALWAYS},     {"scale shows g", TABLE_RIGHT, 2},
    };
    struct recipe_step step[MIXTURE_MAX + 1];
    recipe_steps(solver, recipe, step);
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t k = 0; k <= recipe->count && failed == STATUS_OK; k++)
        failed = fill_step(table, &step[k]);
    return table_finish(context, table, failed);
}

static void add_text(char *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends to a text of POURING_TEXT_MAX bytes. */
static void add_text(char *text, const char *format, ...)
{
    size_t used = strlen(text);
    va_list values;
    va_start(values, format);
    vsnprintf(text + used, POURING_TEXT_MAX - used, format, values);
    va_end(values);
}

void pouring_text(const struct recipe_solver *solver, const struct recipe *recipe,
                  char *text)
{
    struct recipe_step step[MIXTURE_MAX + 1];
    recipe_steps(solver, recipe, step);
    text[0] = '\0';
    for (size_t k = 1; k <= recipe->count; k++)
        add_text(text, "%s%u drop%s %s", k > 1 ? " + " : "", step[k].drops,
                 step[k].drops == 1 ? "" : "s", step[k].pigment->id);
    add_text(text, " in %.1f ml water", recipe->water_ml);
}

static json_t *amount(double value)
{
    return json_rounded(value, JSON_DECIMALS_AMOUNT);
}

json_t *pouring_step_json(const struct recipe_step *step)
{
    json_t *object = json_object();
    if (step->pigment) {
        json_set(object, "pigment", json_text(step->pigment->id));
        json_set(object, "lot", json_text(step->pigment->lot));
        json_set(
            object, "origin",
            json_string(step->pigment->origin == PIGMENT_MODEL ? "model" : "ladder"));
    } else {
        json_set(object, "name", json_string("water"));
    }
    json_set(object, "drops", json_integer(step->drops));
    json_set(object, "ml", amount(step->ml));
    json_set(object, "g", amount(step->g));
    json_set(object, "scale_g", amount(step->scale_g));
    return object;
}

void pouring_set_json(const struct recipe_solver *solver, const struct recipe *recipe,
                      json_t *object)
{
    struct recipe_step step[MIXTURE_MAX + 1];
    recipe_steps(solver, recipe, step);
    json_t *mix = json_array();
    for (size_t k = 1; k <= recipe->count; k++)
        json_array_append_new(mix, pouring_step_json(&step[k]));
    json_set(object, "ratio_n", amount(mixture_ratio(&recipe->mixture)));
    json_set(object, "mix", mix);
    json_set(object, "diluent", pouring_step_json(&step[0]));
    json_set(object, "volume_ml", amount(recipe->volume_ml));
}
