/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pigment plan: which dilutions of a bottle to draw down. */
#include "cli/commands.h"

#include "cli/bottles.h"
#include "cli/json.h"
#include "cli/quantity.h"
#include "cli/table.h"
#include "colorlib/ladder_plan.h"

static const struct argument_spec arguments[] = {
    {"GUESS", "a pigment like it: the id or file of a profile"},
    {0},
};

static const struct option_spec plan_options[] = {
    {"thickness", 0, "UM", "wet, of the cell or the drawdown bar; default 50"},
    {"strength", 0, "N", "how many times as strong as the guess; default 1"},
    {"levels", 0, "N", "dilutions at the most, 2 to 16; default 6"},
    {0},
};

struct planned {
    const struct pigment *guess;
    double thickness_um;
    double strength;
    struct ladder_plan plan;
};

static enum exit_code make(struct context *context, struct planned *planned)
{
    long levels = 0;
    enum exit_code code =
        option_number(context, "thickness", 1, 5000, 50, &planned->thickness_um);
    if (code == EXIT_DONE)
        code = option_number(context, "strength", 1e-3, 1e3, 1, &planned->strength);
    if (code == EXIT_DONE)
        code = option_whole(context, "levels", 2, LADDER_PLAN_MAX, 6, &levels);
    if (code != EXIT_DONE)
        return code;
    struct colorant colorant = {planned->guess->K, planned->guess->S};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        colorant.K.value[i] *= planned->strength;
        colorant.S.value[i] *= planned->strength;
    }
    enum status status = ladder_plan(&colorant, planned->thickness_um / 1000,
                                     (size_t)levels, &planned->plan);
    if (status == STATUS_OK)
        return EXIT_DONE;
    code = failure_set(&context->failure, FAILURE_LADDER_UNUSABLE,
                       "no dilution of %s tells anything at %g um", planned->guess->id,
                       planned->thickness_um);
    failure_hint(&context->failure, "a greater --thickness");
    return code;
}

static enum exit_code print_levels(struct context *context, const struct planned *planned)
{
    static const struct table_column columns[] = {
        {"ratio", TABLE_RIGHT, TABLE_ALWAYS},
        {"SMP_CONC", TABLE_RIGHT, TABLE_ALWAYS},
        {"bands told of", TABLE_RIGHT, TABLE_ALWAYS},
        {"KX", TABLE_RIGHT, 1},
    };
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t i = 0; i < planned->plan.count && failed == STATUS_OK; i++) {
        const struct ladder_plan_level *level = &planned->plan.level[i];
        char ratio[RATIO_TEXT_MAX];
        quantity_ratio_text(level->ratio, ratio);
        failed = table_row(table);
        if (failed != STATUS_OK)
            break;
        failed |= table_cell(table, 0, "%s", ratio);
        failed |= table_cell(table, 1, "%.6f", level->concentration);
        failed |= table_cell(table, 2, "%zu", level->informed);
        failed |= table_cell(table, 3, "%.2f-%.2f", level->KX_least, level->KX_most);
    }
    return table_finish(context, table, failed);
}

static enum exit_code print_text(struct context *context, const struct planned *planned)
{
    FILE *out = context->output.stream;
    const struct ladder_plan *plan = &planned->plan;
    if (context->mode == MODE_TEXT) {
        char strongest[RATIO_TEXT_MAX], weakest[RATIO_TEXT_MAX];
        quantity_ratio_text(1 / plan->strongest - 1, strongest);
        quantity_ratio_text(1 / plan->weakest - 1, weakest);
        fputs("A pigment like ", out);
        print_safely(out, planned->guess->id);
        fprintf(out, ", %g um wet: dilutions from %s to %s tell something.\n",
                planned->thickness_um, strongest, weakest);
        fputs("Pour these, by volume, each over white and over black, and read both "
              "bare backings:\n\n",
              out);
    }
    enum exit_code code = print_levels(context, planned);
    if (context->mode == MODE_TEXT)
        fprintf(out,
                "\n%zu of %d bands are told of twice. Next: pigment calibrate (help "
                "ladders)\n",
                plan->bands_twice, BAND_COUNT);
    return code;
}

static json_t *levels_json(const struct ladder_plan *plan)
{
    json_t *array = json_array();
    for (size_t i = 0; i < plan->count; i++) {
        const struct ladder_plan_level *level = &plan->level[i];
        json_t *object = json_object();
        json_set(object, "ratio_n", json_rounded(level->ratio, JSON_DECIMALS_AMOUNT));
        json_set(object, "concentration", json_number(level->concentration));
        json_set(object, "bands", json_integer((json_int_t)level->informed));
        json_set(object, "kx",
                 json_pack("[o, o]", json_number(level->KX_least),
                           json_number(level->KX_most)));
        json_array_append_new(array, object);
    }
    return array;
}

static enum exit_code print_json(struct context *context, const struct planned *planned)
{
    const struct ladder_plan *plan = &planned->plan;
    json_t *data = json_object();
    json_set(data, "guess", json_text(planned->guess->id));
    json_set(data, "strength", json_number(planned->strength));
    json_set(data, "thickness_um", json_number(planned->thickness_um));
    json_set(data, "strongest", json_number(plan->strongest));
    json_set(data, "weakest", json_number(plan->weakest));
    json_set(data, "bands_twice", json_integer((json_int_t)plan->bands_twice));
    json_set(data, "levels", levels_json(plan));
    return json_print(context, "ladder_plan", json_conditions(context, NULL), data);
}

static enum exit_code run(struct context *context)
{
    struct pigment guess;
    struct planned planned = {.guess = &guess};
    enum exit_code code =
        bottles_read_one(context, context->invocation.arguments[0], &guess);
    if (code == EXIT_DONE)
        code = make(context, &planned);
    if (code == EXIT_DONE)
        code = context->mode == MODE_JSON ? print_json(context, &planned)
                                          : print_text(context, &planned);
    return code;
}

const struct command pigment_plan_command = {
    .name = "pigment plan",
    .summary = "Which dilutions of a pigment to draw down for its calibration.",
    .usage = "GUESS",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = 1,
    .options = {{plan_options}},
    .examples = {"pigment plan carbon", "pigment plan warm-brown --thickness 100"},
    .run = run,
};
