/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pigment formulate: a standard matched with stock pigments. */
#include "cli/commands.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/color_argument.h"
#include "cli/connection.h"
#include "cli/drawdowns_scan.h"
#include "cli/formulation_batch.h"
#include "cli/stream.h"
#include "colorlib/number.h"

static const struct argument_spec arguments[] = {
    {"FILE", "with --batch: targets, a spectrum a line; by default stdin"},
    {0},
};

static const struct option_spec formulate_options[] = {
    {"target", 0, "COLOR",
     "the standard; of several readings in a file their mean. A color alone will do"},
    {"pigments", 0, "LIST",
     "what to choose from: ids or files between commas, or @SET; default "
     "@single-pigments"},
    {"exclude", 0, "WORDS",
     "leave out pigments that contain these Colour Index numbers or allergens, between "
     "commas"},
    {"film", 0, "UM",
     "wet thickness of the film, 1 to 5000, with --backing; by default it hides what it "
     "lies on"},
    {"backing", 0, "COLOR", "the reading of the bare backing, under the same glass"},
    {"index", 0, "N", "refractive index of the glass or coat; default 1.5"},
    {"diluent", 0, "PIGMENT",
     "id or file of what dilutes, such as a white; by default clear vehicle in a film "
     "over "
     "a backing, else nothing"},
    {"no-diluent", 0, NULL, "pigments alone"},
    {"vehicle-density", 0, "G_ML", "of the clear vehicle; default 1"},
    {"pigments-max", 0, "N", "pigments in one recipe at the most, 1 to 4; default 3"},
    {"parts-max", 0, "N", "whole parts in one recipe at the most, 1 to 100; default 20"},
    {"size", 0, "QTY", "how much to make, such as 5kg, 800g, 2l or 100ml (default)"},
    {"max-de", 0, "X", "exit with 1 when the best recipe differs by more CIEDE2000"},
    {"budget", 0, "N",
     "regions of the grid to look at before settling for the best found; default 0, "
     "until "
     "it is proved to be the best"},
    {"batch", 0, NULL,
     "read targets from FILE or stdin, CSV or NDJSON, fractions unless --scale percent, "
     "and print a line of JSON for each (see: help formulas)"},
    {"threads", 0, "N",
     "of the search, 1 to 64, which changes no result; default: one for each processor"},
    {0},
};

/* -- what was asked for -------------------------------------------------------------- */

static enum exit_code read_size(struct context *context, struct formulation_size *out)
{
    static const struct {
        const char *word;
        double factor;
        enum formulation_unit unit;
    } units[] = {{"kg", 1000, FORMULATION_G},
                 {"g", 1, FORMULATION_G},
                 {"l", 1000, FORMULATION_ML},
                 {"ml", 1, FORMULATION_ML}};
    const double most = 1e8; /* 100 t or 100 m^3 */
    const char *text = option(context, "size");
    text = text ? text : "100ml";
    size_t digits = strspn(text, "0123456789.");
    double value;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(text + digits, units[i].word) == 0 &&
            number_parse(text, digits, &value) == STATUS_OK && value > 0 &&
            value * units[i].factor <= most) {
            *out = (struct formulation_size){value * units[i].factor, units[i].unit};
            return EXIT_DONE;
        }
    return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                       "--size %s (an amount above 0 and up to 100000kg or 100000l, its "
                       "unit without a blank: 5kg, 800g, 2l, 100ml)",
                       text);
}

static enum exit_code read_limits(struct context *context, struct formulation *out)
{
    struct formula_problem *problem = &out->problem;
    long pigments = 0, parts = 0, budget = 0;
    const long budget_most = 1000L * 1000 * 1000;
    enum exit_code code =
        option_whole(context, "pigments-max", 1, FORMULA_SIZE_MAX, 3, &pigments);
    if (code == EXIT_DONE)
        code = option_whole(context, "parts-max", 1, FORMULA_PARTS_MAX, 20, &parts);
    if (code == EXIT_DONE)
        code = option_whole(context, "budget", 0, budget_most, 0, &budget);
    if (code == EXIT_DONE)
        code = stream_threads(context, &problem->threads);
    if (code == EXIT_DONE)
        code = option_number(context, "max-de", 0, 100, HUGE_VAL, &out->max_de);
    problem->size_max = (size_t)pigments;
    problem->parts_max = (unsigned)parts;
    problem->budget = (uint64_t)budget;
    return code == EXIT_DONE ? read_size(context, &out->size) : code;
}

/* No recipe has more pigments than there are, nor more than parts. */
static void trim_grid(struct formula_problem *problem)
{
    if (problem->size_max > problem->colorant_count)
        problem->size_max = problem->colorant_count;
    if (problem->size_max > problem->parts_max)
        problem->size_max = problem->parts_max;
}

/* -- the search ---------------------------------------------------------------------- */

static enum exit_code refuse_grid(struct context *context, enum status status)
{
    if (status == STATUS_NO_MEMORY)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = failure_set(
        &context->failure, FAILURE_USAGE_VALUE,
        "so many parts of so many pigments make more than %d recipes of one set of them",
        FORMULA_GRID_MAX);
    failure_hint(&context->failure, "fewer --parts-max or --pigments-max");
    return code;
}

static enum exit_code open_solver(struct context *context,
                                  struct formulation *formulation,
                                  struct formula_solver **out)
{
    trim_grid(&formulation->problem);
    enum status status = formula_solver_open(&formulation->problem, out);
    return status == STATUS_OK ? EXIT_DONE : refuse_grid(context, status);
}

/* -- the result ---------------------------------------------------------------------- */

/* A share of a film that is less than the bottle's ladder went down to. */
static void warn_dilution(struct context *context, const struct formulation_pour *pour)
{
    double most = pour->pigment->dilution_max;
    if (most > 0 && 1 / pour->amount.share - 1 > most)
        warn(context, "dilution.untested", NULL, "%s is proved down to 1:%.0f only",
             pour->pigment->id, most);
}

/* A ladder of one constant leaves S at 0 because nobody could tell it. */
static void warn_constant(struct context *context, const struct pigment *pigment)
{
    const struct colorant colorant = {pigment->K, pigment->S};
    if (pigment->origin == PIGMENT_LADDER && !formulation_scatters(&colorant))
        warn(context, "pigment.one-constant", "a ladder of it over white and over black",
             "%s was calibrated without its scattering: only traces of it in a white "
             "are predicted well",
             pigment->id);
}

static void warn_pours(struct context *context, const struct formulation *formulation)
{
    struct formulation_pour pour[FORMULATION_POURS_MAX];
    size_t count = formulation_pours(formulation, &formulation->formula[0], pour);
    for (size_t k = 0; k < count; k++) {
        if (pour[k].pigment == &formulation->diluent)
            continue;
        if (formulation_hides(formulation))
            warn_constant(context, pour[k].pigment);
        else
            warn_dilution(context, &pour[k]);
    }
}

static enum exit_code print(struct context *context,
                            const struct formulation *formulation)
{
    double ciede2000 = formulation->formula[0].ciede2000;
    bool too_far = ciede2000 > formulation->max_de;
    warn_pours(context, formulation);
    if (too_far)
        warn(context, "difference.limit", NULL,
             "the best recipe differs by CIEDE2000 %.2f, more than --max-de %g",
             ciede2000, formulation->max_de);
    enum exit_code code = context->mode == MODE_JSON
                              ? formulation_print_json(context, formulation)
                              : formulation_print_text(context, formulation);
    return code == EXIT_DONE && too_far ? EXIT_VERDICT_FAIL : code;
}

static enum exit_code formulate(struct context *context, struct formulation *formulation)
{
    struct formula_solver *solver = NULL;
    enum exit_code code = read_limits(context, formulation);
    if (code == EXIT_DONE)
        code = formulation_read_target(context, formulation);
    if (code == EXIT_DONE)
        code = formulation_read_stock(context, formulation);
    if (code == EXIT_DONE)
        code = open_solver(context, formulation, &solver);
    if (code != EXIT_DONE)
        return code;
    enum status status = formulation_search(solver, formulation);
    formula_solver_close(solver);
    return status == STATUS_OK ? print(context, formulation)
                               : refuse_grid(context, status);
}

static enum exit_code formulate_batch(struct context *context,
                                      struct formulation *formulation)
{
    const struct invocation *invocation = &context->invocation;
    const char *path = invocation->argument_count > 0 ? invocation->arguments[0] : NULL;
    struct formula_solver *solver = NULL;
    enum exit_code code = formulation_batch_check(context, path);
    if (code == EXIT_DONE)
        code = read_limits(context, formulation);
    if (code == EXIT_DONE)
        code = formulation_read_film(context, formulation);
    if (code == EXIT_DONE)
        code = formulation_read_stock(context, formulation);
    if (code == EXIT_DONE)
        code = open_solver(context, formulation, &solver);
    if (code == EXIT_DONE)
        code = formulation_batch_run(context, path, formulation, solver);
    formula_solver_close(solver);
    return code;
}

/* What a command without --batch makes of a FILE. */
static enum exit_code check_arguments(struct context *context)
{
    const struct invocation *invocation = &context->invocation;
    if (invocation->argument_count == 0 || option(context, "batch"))
        return EXIT_DONE;
    return failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                       "\"%s\" is an argument, which only --batch takes; --target names "
                       "what is to be matched",
                       invocation->arguments[0]);
}

static enum exit_code run(struct context *context)
{
    enum exit_code code = check_arguments(context);
    if (code != EXIT_DONE)
        return code;
    struct formulation *formulation = calloc(1, sizeof *formulation);
    if (!formulation)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    code = option(context, "batch") ? formulate_batch(context, formulation)
                                    : formulate(context, formulation);
    free(formulation);
    return code;
}

const struct command pigment_formulate_command = {
    .name = "pigment formulate",
    .summary = "Match a standard with stock pigments: the best recipe of all.",
    .usage = "--target COLOR | --batch [FILE]",
    .arguments = arguments,
    .arguments_max = 1,
    .options = {{formulate_options, drawdowns_scan_options, connection_trigger_options,
                 color_scale_options, color_specular_options}},
    .examples = {"pigment formulate --target standard.csv --size 5kg",
                 "pigment formulate --target s.sp --film 50 --backing card.csv#white"},
    .illuminants = "D65,A",
    .run = run,
};
