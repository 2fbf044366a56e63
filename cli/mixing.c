/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/mixing.h"

#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/mixing_look.h"
#include "cli/mixing_usual.h"
#include "cli/quantity.h"

/* A batch may be larger than asked for by this factor. */
static const double volume_range = 1.5;

/* Water is measured with a 5 to 10 ml syringe. */
static const double water_step_ml = 0.1;

/* -- illuminants ---------------------------------------------------------------- */

struct lights {
    struct weights weights[VIEWING_MAX];
    struct weights daylight;
};

static enum exit_code make_lights(struct context *context, const void *source, void *out)
{
    const struct viewing *viewing = source;
    struct lights *lights = out;
    struct illuminant d65;
    if (illuminant_find("D65", &d65) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = viewing_weights(&bands_grid, &d65, viewing->observer,
                                          &lights->daylight, &context->failure);
    for (size_t v = 0; v < viewing->count && code == EXIT_DONE; v++)
        code = viewing_weights(&bands_grid, &viewing->illuminant[v], viewing->observer,
                               &lights->weights[v], &context->failure);
    return code;
}

/* The key is empty: the viewing of a run never changes. */
static enum exit_code make_weights(struct context *context, struct mixing_shelf *shelf,
                                   struct mixing *mixing)
{
    const struct viewing *viewing = &context->viewing;
    const struct mixing_shelf_key key = {MIXING_SHELF_WEIGHTS, "", 0};
    struct recipe_problem *p = &mixing->problem;
    const char *name[VIEWING_MAX];
    struct lights lights = {.weights = {{.white = {0}}}};
    enum exit_code code = mixing_shelf_read(shelf, &key, context, make_lights, viewing,
                                            &lights, sizeof lights);
    if (code != EXIT_DONE)
        return code;
    mixing->daylight = lights.daylight;
    p->rule_weights = &mixing->daylight;
    p->illuminant_count = viewing->count;
    for (size_t v = 0; v < viewing->count; v++) {
        name[v] = viewing->illuminant[v].name;
        mixing->weights[v] = lights.weights[v];
        p->weights[v] = &mixing->weights[v];
    }
    recipe_problem_shares(p, name);
    return EXIT_DONE;
}

/* -- the solver ------------------------------------------------------------- */

static const char *const lighter_hints[] = {
    [GOAL_SCAN] = "check that skin and target are not swapped",
    [GOAL_HAIR] = "darker hair or less --grey; on this skin such hair does not show",
    [GOAL_SURROUNDINGS] = "--scar is the lighter scar, --skin the darker skin around it",
};

static const char existing_hint[] =
    "more dots elsewhere, or advice on removal; pigment upon pigment only darkens";

static enum exit_code refuse_problem(struct context *context, const struct mixing *mixing,
                                     enum status status)
{
    const struct technique *technique = &mixing->problem.treatment.technique;
    double coverage = treatment_coverage(&mixing->problem.treatment);
    if (status == STATUS_NO_MEMORY)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    if (status == STATUS_REJECTED && coverage > DOTS_COVERAGE_REFUSE) {
        failure_set(&context->failure, FAILURE_TECHNIQUE_COVERAGE,
                    "%.0f dots per cm2 of radius %.2f mm%s cover %.0f %% of the skin; "
                    "above 40 %% they merge and the model fails",
                    technique->density_per_cm2, technique->radius_mm,
                    mixing->found.there ? " upon those there" : "", 100 * coverage);
        failure_hint(&context->failure, "a lower --density or a finer --technique");
    } else if (status == STATUS_REJECTED) {
        failure_set(&context->failure, FAILURE_TARGET_LIGHTER,
                    "the target (%s) is not darker than the skin (%s)%s, and pigment "
                    "cannot make skin lighter",
                    mixing->look, mixing->subject.label,
                    mixing->found.there ? " with the work it holds" : "");
        failure_hint(&context->failure, "%s",
                     mixing->found.there ? existing_hint : lighter_hints[mixing->goal]);
    } else {
        failure_set(&context->failure, FAILURE_USAGE_VALUE,
                    "a volume or number of drops that is out of range");
    }
    return failure_kind(context->failure.code)->exit;
}

static enum exit_code open_solver(struct context *context, struct mixing *mixing)
{
    enum status status = recipe_solver_open(&mixing->problem, &mixing->solver);
    return status == STATUS_OK ? EXIT_DONE : refuse_problem(context, mixing, status);
}

/* The target at the ages that count, where it turns grey. */
static enum exit_code grey_target(struct context *context, struct mixing *mixing)
{
    struct recipe_problem *p = &mixing->problem;
    mixing->greying =
        (struct greying){.skin = &mixing->subject.fit.skin, .hair = &mixing->hair};
    mixing->target_by_time[0] = p->target;
    for (size_t t = 1; t < p->time_count; t++)
        if (stubble_greyed(&mixing->greying, p->years[t], &mixing->target_by_time[t]) !=
            STATUS_OK)
            return failure_set(&context->failure, FAILURE_HAIR_UNKNOWN,
                               "hair \"%s\" is too dense or too thick for the model",
                               mixing->hair.name);
    p->target_by_time = mixing->target_by_time;
    return EXIT_DONE;
}

/* What draws are made of. */
struct drawn {
    struct skin_fit fit;
    struct client_state state;
    size_t draws;
    uint64_t seed;
};

static enum exit_code draw(struct context *context, const void *source, void *out)
{
    const struct drawn *of = source;
    enum status status = draws_make(&of->fit, &of->state, of->draws, of->seed, out);
    if (status == STATUS_OK)
        return EXIT_DONE;
    return status == STATUS_NO_MEMORY
               ? failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory")
               : failure_set(&context->failure, FAILURE_STATE,
                             "the client's state is no distribution (%s)",
                             status_text(status));
}

static enum exit_code make_draws(struct context *context, struct mixing_shelf *shelf,
                                 struct mixing *mixing)
{
    if (mixing->draws == 0)
        return EXIT_DONE;
    struct drawn of;
    memset(&of, 0, sizeof of); /* the key has no gap */
    of.fit = mixing->subject.fit;
    of.state = mixing->state;
    of.draws = mixing->draws;
    of.seed = mixing->seed;
    const struct mixing_shelf_key key = {MIXING_SHELF_DRAWS, &of, sizeof of};
    mixing->draw = calloc(mixing->draws, sizeof *mixing->draw);
    return mixing->draw
               ? mixing_shelf_read(shelf, &key, context, draw, &of, mixing->draw,
                                   mixing->draws * sizeof *mixing->draw)
               : failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
}

enum exit_code mixing_prepare(struct context *context, double volume_ml,
                              struct mixing_shelf *shelf, struct mixing *mixing)
{
    struct recipe_problem *p = &mixing->problem;
    enum exit_code code = make_weights(context, shelf, mixing);
    if (code != EXIT_DONE)
        return code;
    if (recipe_problem_horizon(p, mixing->months) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "--months %u (it is 12, 24, 36 or 60)", mixing->months);
    if (mixing->greys)
        code = grey_target(context, mixing);
    mixing->usual.skin = mixing->subject.fit.skin;
    struct draw central;
    draws_central(&mixing->subject.fit, &mixing->state, &central);
    draw_treatment(&central, &mixing->usual, &p->treatment);
    p->pigments = mixing->bottles.pigment;
    p->pigment_count = mixing->bottles.count;
    p->volume_min_ml = volume_ml;
    p->volume_max_ml = volume_range * volume_ml;
    p->water_step_ml = water_step_ml;
    p->water_drop_ml = QUANTITY_WATER_DROP_ML;
    if (code == EXIT_DONE)
        code = make_draws(context, shelf, mixing);
    return code == EXIT_DONE ? open_solver(context, mixing) : code;
}

static enum exit_code find_bottles(struct context *context, const void *source, void *out)
{
    const struct mixing_request *request = source;
    return bottles_read(context, request->pigments, request->exclude, out);
}

static enum exit_code read_bottles(struct context *context,
                                   const struct mixing_request *request,
                                   struct bottles *out)
{
    const char *exclude = request->exclude ? request->exclude : "";
    size_t size = strlen(request->pigments) + strlen(exclude) + 2;
    char *words = malloc(size); /* a line feed is in no list */
    if (!words)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    snprintf(words, size, "%s\n%s", request->pigments, exclude);
    const struct mixing_shelf_key key = {MIXING_SHELF_BOTTLES, words, size};
    enum exit_code code = mixing_shelf_read(request->shelf, &key, context, find_bottles,
                                            request, out, sizeof *out);
    free(words);
    return code;
}

static enum exit_code read_request(struct context *context,
                                   const struct mixing_request *request,
                                   struct mixing *mixing)
{
    enum exit_code code = mixing_look_read(context, request, mixing);
    if (code == EXIT_DONE)
        code = mixing_usual_read(context, request, mixing);
    if (code == EXIT_DONE)
        code = read_bottles(context, request, &mixing->bottles);
    if (code != EXIT_DONE)
        return code;
    mixing->months = request->months;
    mixing->draws = request->draws;
    mixing->seed = request->seed;
    mixing->problem.drops_max = request->drops_max;
    mixing->problem.pigments_max = request->pigments_max;
    return mixing_prepare(context, json_kept(request->volume_ml), request->shelf, mixing);
}

enum exit_code mixing_check(struct context *context, const struct mixing_request *request)
{
    struct mixing *scratch = calloc(1, sizeof *scratch);
    if (!scratch)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    struct mixing_request alone = *request;
    alone.goal = GOAL_HAIR;
    alone.existing = NULL;
    enum exit_code code = mixing_usual_read(context, &alone, scratch);
    if (code == EXIT_DONE)
        code = read_bottles(context, request, &scratch->bottles);
    mixing_close(scratch);
    return code;
}

enum exit_code mixing_open(struct context *context, const struct mixing_request *request,
                           struct mixing **out)
{
    struct mixing *mixing = calloc(1, sizeof *mixing);
    if (!mixing)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = read_request(context, request, mixing);
    if (code != EXIT_DONE) {
        mixing_close(mixing);
        return code;
    }
    *out = mixing;
    return EXIT_DONE;
}

void mixing_close(struct mixing *mixing)
{
    if (!mixing)
        return;
    recipe_solver_close(mixing->solver);
    free(mixing->draw);
    free(mixing);
}
