/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/mixing.h"

#include <stdlib.h>
#include <string.h>

#include "cli/profile_path.h"
#include "cli/quantity.h"
#include "colorlib/number.h"

/* A batch may be larger than asked for by this factor. */
static const double volume_range = 1.5;

/* Water is measured with a 5 to 10 ml syringe. */
static const double water_step_ml = 0.1;

/* -- the target ------------------------------------------------------------ */

/* "brown" or "grey:0.4+brown" taken apart; name holds HAIR_NAME_MAX bytes. */
static enum exit_code parse_hair(struct context *context, const char *look, double *grey,
                                 char *name)
{
    const char *class = look;
    if (strncmp(look, "grey:", 5) == 0) {
        const char *plus = strchr(look, '+');
        if (!plus || number_parse(look + 5, (size_t)(plus - look - 5), grey) ||
            *grey < 0 || *grey > 1) {
            enum exit_code code =
                failure_set(&context->failure, FAILURE_USAGE_VALUE,
                            "hair \"%s\" (the grey share is a number from 0 to 1)", look);
            failure_hint(&context->failure, "grey:0.4+black");
            return code;
        }
        class = plus + 1;
    }
    snprintf(name, HAIR_NAME_MAX, "%s", class);
    return EXIT_DONE;
}

static enum exit_code read_hair(struct context *context, const char *look, double grey,
                                struct hair *hair)
{
    char name[HAIR_NAME_MAX], path[PROFILE_PATH_MAX];
    enum exit_code code = parse_hair(context, look, &grey, name);
    if (code == EXIT_DONE)
        code = profile_path(context, "hair/hair.ini", path);
    if (code != EXIT_DONE)
        return code;
    struct fault fault = {0};
    enum status status = hair_read(path, name, hair, &fault);
    if (status == STATUS_NOT_FOUND) {
        code = failure_set(&context->failure, FAILURE_HAIR_UNKNOWN,
                           "no class of hair \"%s\"", name);
        failure_hint(&context->failure,
                     "black, dark-brown, brown, blond, or another section of %s", path);
        return code;
    }
    if (status != STATUS_OK)
        return failure_from_file(&context->failure, path, status, &fault);
    if (grey >= 0)
        hair->grey_fraction = grey;
    return EXIT_DONE;
}

static enum exit_code target_hair(struct context *context,
                                  const struct mixing_request *request,
                                  struct mixing *mixing)
{
    struct hair *hair = &mixing->hair;
    enum exit_code code = read_hair(context, request->look, request->grey_fraction, hair);
    if (code != EXIT_DONE)
        return code;
    if (stubble_reflectance(&mixing->subject.fit.skin, hair, &mixing->problem.target) !=
        STATUS_OK)
        return failure_set(&context->failure, FAILURE_HAIR_UNKNOWN,
                           "hair \"%s\" is too dense or too thick for the model",
                           hair->name);
    int length = snprintf(mixing->look, sizeof mixing->look, "%s hair", hair->name);
    if (hair->grey_fraction > 0)
        snprintf(mixing->look + length, sizeof mixing->look - (size_t)length,
                 ", %.0f %% grey", 100 * hair->grey_fraction);
    return EXIT_DONE;
}

/* A scan becomes the target, when it can be compared with the skin that is treated. */
static enum exit_code take_target(struct context *context,
                                  const struct subject_scan *scan, struct mixing *mixing)
{
    mixing->problem.target = scan->reflectance;
    snprintf(mixing->look, sizeof mixing->look, "%s", scan->label);
    return subject_same_aperture(context, "skin and target", mixing->subject.aperture_mm,
                                 scan->aperture_mm);
}

/* The skin around a scar is the target, and the scar what is treated. */
static enum exit_code target_surroundings(struct context *context,
                                          const struct mixing_request *request,
                                          struct mixing *mixing)
{
    struct subject_scan scan;
    enum exit_code code = subject_target(context, request->skin, &scan);
    if (code == EXIT_DONE)
        code = request->read_subject(context, request->look, &mixing->subject);
    if (code == EXIT_DONE)
        code = take_target(context, &scan, mixing);
    if (code == EXIT_DONE)
        warn(context, "scar.patch", NULL,
             "a scar takes pigment unpredictably: place a test patch first, and treat no "
             "scar younger than 9 to 12 months");
    return code;
}

/* From the skin beside the donor area to the skin that is treated. */
static enum exit_code move_target(struct context *context, const char *donor_skin,
                                  const struct subject_scan *target,
                                  struct mixing *mixing)
{
    struct subject_scan here;
    enum exit_code code = subject_target(context, donor_skin, &here);
    if (code == EXIT_DONE)
        code = subject_same_aperture(context, "target and --donor-skin",
                                     target->aperture_mm, here.aperture_mm);
    if (code == EXIT_DONE &&
        stubble_on_other_skin(&target->reflectance, &here.reflectance,
                              &mixing->subject.bare,
                              &mixing->problem.target) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_FILE_MALFORMED,
                           "%s: reflects nothing in a band, which no skin does",
                           donor_skin);
    return code;
}

static enum exit_code target_scan(struct context *context,
                                  const struct mixing_request *request,
                                  struct mixing *mixing)
{
    struct subject_scan scan;
    enum exit_code code = subject_target(context, request->look, &scan);
    if (code == EXIT_DONE)
        code = take_target(context, &scan, mixing);
    return code == EXIT_DONE && request->donor_skin
               ? move_target(context, request->donor_skin, &scan, mixing)
               : code;
}

static enum exit_code read_look(struct context *context,
                                const struct mixing_request *request,
                                struct mixing *mixing)
{
    mixing->goal = request->goal;
    if (request->goal == GOAL_SURROUNDINGS)
        return target_surroundings(context, request, mixing);
    enum exit_code code = request->read_subject(context, request->skin, &mixing->subject);
    if (code != EXIT_DONE)
        return code;
    return request->goal == GOAL_HAIR ? target_hair(context, request, mixing)
                                      : target_scan(context, request, mixing);
}

/* -- technique, bottles, illuminants ----------------------------------------- */

static enum exit_code read_technique(struct context *context,
                                     const struct mixing_request *request,
                                     struct treatment *treatment)
{
    char path[PROFILE_PATH_MAX];
    enum exit_code code = profile_path(context, "techniques.ini", path);
    if (code != EXIT_DONE)
        return code;
    struct fault fault = {0};
    enum status status =
        technique_read(path, request->technique, &treatment->technique, &fault);
    if (status == STATUS_NOT_FOUND) {
        code = failure_set(&context->failure, FAILURE_TECHNIQUE_UNKNOWN,
                           "no technique \"%s\"", request->technique);
        failure_hint(&context->failure, "standard, fine, bold, or another section of %s",
                     path);
        return code;
    }
    if (status != STATUS_OK)
        return failure_from_file(&context->failure, path, status, &fault);
    if (request->density_per_cm2 > 0)
        treatment->technique.density_per_cm2 = request->density_per_cm2;
    treatment->conditions = fade_conditions_default;
    if (request->goal == GOAL_SURROUNDINGS)
        treatment_on_scar(treatment);
    return EXIT_DONE;
}

static enum exit_code make_weights(struct context *context, struct mixing *mixing)
{
    const struct viewing *viewing = &context->viewing;
    struct recipe_problem *p = &mixing->problem;
    const char *name[VIEWING_MAX];
    struct illuminant d65;
    if (illuminant_find("D65", &d65) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code ready = viewing_weights(&bands_grid, &d65, viewing->observer,
                                           &mixing->daylight, &context->failure);
    if (ready != EXIT_DONE)
        return ready;
    p->rule_weights = &mixing->daylight;
    p->illuminant_count = viewing->count;
    for (size_t v = 0; v < viewing->count; v++) {
        name[v] = viewing->illuminant[v].name;
        enum exit_code code =
            viewing_weights(&bands_grid, &viewing->illuminant[v], viewing->observer,
                            &mixing->weights[v], &context->failure);
        if (code != EXIT_DONE)
            return code;
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

static enum exit_code refuse_problem(struct context *context, const struct mixing *mixing,
                                     enum status status)
{
    const struct technique *technique = &mixing->problem.treatment.technique;
    double coverage = dots_coverage(technique->density_per_cm2, technique->radius_mm);
    if (status == STATUS_NO_MEMORY)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    if (status == STATUS_REJECTED && coverage > DOTS_COVERAGE_REFUSE) {
        failure_set(&context->failure, FAILURE_TECHNIQUE_COVERAGE,
                    "%.0f dots per cm2 of radius %.2f mm cover %.0f %% of the skin; "
                    "above 40 %% they merge and the model fails",
                    technique->density_per_cm2, technique->radius_mm, 100 * coverage);
        failure_hint(&context->failure, "a lower --density or a finer --technique");
    } else if (status == STATUS_REJECTED) {
        failure_set(&context->failure, FAILURE_TARGET_LIGHTER,
                    "the target (%s) is not darker than the skin (%s), and pigment "
                    "cannot make skin lighter",
                    mixing->look, mixing->subject.label);
        failure_hint(&context->failure, "%s", lighter_hints[mixing->goal]);
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

static enum exit_code prepare(struct context *context,
                              const struct mixing_request *request, struct mixing *mixing)
{
    struct recipe_problem *p = &mixing->problem;
    enum exit_code code = read_look(context, request, mixing);
    if (code == EXIT_DONE)
        code = read_technique(context, request, &p->treatment);
    if (code == EXIT_DONE)
        code =
            bottles_read(context, request->pigments, request->exclude, &mixing->bottles);
    if (code == EXIT_DONE)
        code = make_weights(context, mixing);
    if (code != EXIT_DONE)
        return code;
    if (recipe_problem_horizon(p, request->months) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "--months %u (it is 12, 24, 36 or 60)", request->months);
    p->treatment.skin = mixing->subject.fit.skin;
    p->pigments = mixing->bottles.pigment;
    p->pigment_count = mixing->bottles.count;
    p->volume_min_ml = request->volume_ml;
    p->volume_max_ml = volume_range * request->volume_ml;
    p->water_step_ml = water_step_ml;
    p->water_drop_ml = QUANTITY_WATER_DROP_ML;
    p->drops_max = request->drops_max;
    p->pigments_max = request->pigments_max;
    return open_solver(context, mixing);
}

enum exit_code mixing_open(struct context *context, const struct mixing_request *request,
                           struct mixing **out)
{
    struct mixing *mixing = calloc(1, sizeof *mixing);
    if (!mixing)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = prepare(context, request, mixing);
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
    free(mixing);
}
