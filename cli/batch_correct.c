/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch correct: what to add to a lot that is off, in the order of pouring. */
#include "cli/commands.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/batch_correction.h"
#include "cli/bottles.h"
#include "colorlib/ladder.h"
#include "colorlib/number.h"

static const struct argument_spec arguments[] = {
    {"CHECK", "the lot, as batch check -o wrote it"},
    {0},
};

static const struct option_spec correct_options[] = {
    {"size", 0, "QTY", "mass of the batch, such as 5kg or 800g"},
    {"with", 0, "LIST",
     "pigments that may be added, as match takes them, beside clear vehicle"},
    {"max-add", 0, "SHARE", "most that may be added, as 5% of the batch; default 5%"},
    {"pigment", 0, "ID",
     "profile of the standard, per mm: needed for --with unless the standard was read as "
     "films over both backings"},
    {"density", 0, "G_ML", "of the batch; default that of --pigment, or 1"},
    {"vehicle-density", 0, "G_ML", "of the vehicle; default 1"},
    {0},
};

/* Without a size of film that was read: 50 um of 1:19 over white, as on skin. */
static const double use_concentration = 0.05;
static const double use_thickness_mm = 0.05;
static const double use_backing = 0.8;

/* strength_compare takes no more. */
static const double concentration_most = 0.5;

static enum exit_code take_size(struct context *context,
                                struct batch_correction *correction)
{
    static const char *const units[] = {"kg", "g"};
    const char *text = option(context, "size");
    if (!text)
        return failure_set(&context->failure, FAILURE_USAGE_OPTION, "--size is missing");
    size_t digits = strspn(text, "0123456789.");
    for (size_t i = 0; i < 2; i++)
        if (strcmp(text + digits, units[i]) == 0 &&
            number_parse(text, digits, &correction->size) == STATUS_OK &&
            correction->size > 0 && correction->size <= 1e5) {
            correction->unit = units[i];
            return EXIT_DONE;
        }
    return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                       "--size %s (a mass and its unit without a blank: 5kg, 800g)",
                       text);
}

static enum exit_code take_most(struct context *context, double *out)
{
    const char *text = option(context, "max-add");
    size_t length = text ? strlen(text) : 0;
    double percent = 5;
    if (text && (length < 2 || text[length - 1] != '%' ||
                 number_parse(text, length - 1, &percent) != STATUS_OK ||
                 !(percent > 0 && percent <= 100)))
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "--max-add %s (a share of the batch, to 100%%)", text);
    *out = percent / 100;
    return EXIT_DONE;
}

/* -- the problem --------------------------------------------------------------------- */

/* Colorants and conditions as they were read. */
static void take_readings(const struct batch_record *record,
                          struct correction_problem *problem)
{
    const struct batch_setup *setup = &record->setup;
    bool tint = record->batch.count[BATCH_TINT] > 0;
    problem->standard = record->check.standard;
    problem->batch = record->check.batch;
    problem->conditions = (struct strength_conditions){
        .concentration = fmin(setup->concentration, concentration_most),
        .drawdown = {setup->thickness_mm, setup->card.light},
        .view = setup->view,
        .weights = setup->weights};
    if (tint || setup->method == BATCH_HIDES) {
        problem->conditions.drawdown.thickness_mm = DRAWDOWN_OPAQUE;
        ladder_white(&setup->white, &setup->view, &problem->conditions.carrier);
    }
}

/* The same in the scale of a profile. */
static enum exit_code take_profile(struct context *context,
                                   struct batch_correction *correction)
{
    struct correction_problem *problem = &correction->problem;
    struct pigment pigment;
    enum exit_code code = bottles_read_one(context, option(context, "pigment"), &pigment);
    if (code != EXIT_DONE)
        return code;
    struct colorant profile = {pigment.K, pigment.S};
    struct colorant read = problem->standard;
    correction->density_default = pigment.density_g_per_ml;
    correction_rescale(&profile, &read, &problem->batch, &problem->batch);
    problem->standard = profile;
    problem->conditions.concentration = use_concentration;
    problem->conditions.carrier = (struct colorant){0};
    problem->conditions.drawdown.thickness_mm = use_thickness_mm;
    for (size_t i = 0; i < BAND_COUNT; i++)
        problem->conditions.drawdown.background.value[i] = use_backing;
    return EXIT_DONE;
}

static enum exit_code add_bottles(struct context *context, const struct bottles *bottles,
                                  struct batch_correction *correction)
{
    struct correction_problem *problem = &correction->problem;
    if (bottles->count >= CORRECTION_TINTERS_MAX)
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "--with (at most %d pigments)", CORRECTION_TINTERS_MAX - 1);
    for (size_t i = 0; i < bottles->count; i++) {
        const struct pigment *pigment = &bottles->pigment[i];
        problem->tinter[i] = (struct colorant){pigment->K, pigment->S};
        correction->density[i] = pigment->density_g_per_ml;
        snprintf(correction->name[i], sizeof correction->name[i], "%s", pigment->id);
    }
    problem->count = bottles->count;
    return EXIT_DONE;
}

static enum exit_code take_tinters(struct context *context,
                                   const struct batch_record *record,
                                   struct batch_correction *correction)
{
    bool per_mm = option(context, "pigment") || (record->setup.method == BATCH_PAIR &&
                                                 record->batch.count[BATCH_TINT] == 0);
    if (!option(context, "with"))
        return EXIT_DONE;
    if (!per_mm)
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--with needs --pigment: these readings tell ratios alone");
    struct bottles *bottles = calloc(1, sizeof *bottles);
    if (!bottles)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = bottles_read(context, option(context, "with"), NULL, bottles);
    if (code == EXIT_DONE)
        code = add_bottles(context, bottles, correction);
    free(bottles);
    return code;
}

static enum exit_code take_vehicle(struct context *context,
                                   struct batch_correction *correction)
{
    size_t last = correction->problem.count++;
    strcpy(correction->name[last], "vehicle");
    enum exit_code code =
        option_number(context, "vehicle-density", 0.5, 5, 1, &correction->density[last]);
    return code == EXIT_DONE
               ? option_number(context, "density", 0.5, 5, correction->density_default,
                               &correction->batch_density)
               : code;
}

static enum exit_code make_problem(struct context *context,
                                   const struct batch_record *record,
                                   struct batch_correction *correction)
{
    struct correction_problem *problem = &correction->problem;
    problem->tolerance = &record->tolerance;
    problem->criterion = record->setup.criterion;
    correction->density_default = 1;
    take_readings(record, problem);
    enum exit_code code = take_size(context, correction);
    if (code == EXIT_DONE)
        code = take_most(context, &problem->most);
    if (code == EXIT_DONE && option(context, "pigment"))
        code = take_profile(context, correction);
    if (code == EXIT_DONE)
        code = take_tinters(context, record, correction);
    return code == EXIT_DONE ? take_vehicle(context, correction) : code;
}

static enum exit_code solve(struct context *context, const struct batch_record *record,
                            struct batch_correction *correction)
{
    if (record->check.verdict == BATCH_INCONCLUSIVE)
        warn(context, "correction.unsure", "read the lot more often first",
             "whether the lot is off is not certain");
    enum status status = correction_solve(&correction->problem, &correction->solution);
    if (status != STATUS_OK)
        return failure_set(&context->failure, FAILURE_BATCH_STRENGTH,
                           "lot %s: no addition can be computed (%s)", record->lot,
                           status_text(status));
    correction->count = correction_pour(&correction->solution, correction->problem.count,
                                        correction->size, correction->batch_density,
                                        correction->density, correction->step);
    return EXIT_DONE;
}

static enum exit_code correct(struct context *context, const struct batch_record *record)
{
    struct batch_correction *correction = calloc(1, sizeof *correction);
    if (!correction)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = make_problem(context, record, correction);
    if (code == EXIT_DONE)
        code = solve(context, record, correction);
    if (code == EXIT_DONE)
        code = batch_correction_print(context, record, correction);
    if (code == EXIT_DONE && (correction->solution.verdict == CORRECTION_TOO_MUCH ||
                              correction->solution.verdict == CORRECTION_NEVER))
        code = EXIT_VERDICT_FAIL;
    free(correction);
    return code;
}

static enum exit_code run(struct context *context)
{
    struct batch_record *record = NULL;
    enum exit_code code =
        batch_record_read(context, context->invocation.arguments[0], &record);
    if (code == EXIT_DONE)
        code = correct(context, record);
    free(record);
    return code;
}

const struct command batch_correct_command = {
    .name = "batch correct",
    .summary = "What to add to a lot that is off, or why adding cannot save it.",
    .usage = "CHECK",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = 1,
    .options = {{correct_options}},
    .examples = {"batch correct 26-1114.json --size 5kg",
                 "batch correct 26-1114.json --size 5kg --pigment ash --with carbon"},
    .run = run,
};
