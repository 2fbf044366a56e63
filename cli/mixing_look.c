/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/mixing_look.h"

#include <string.h>

#include "cli/case_members.h"
#include "cli/json.h"
#include "cli/profile_path.h"
#include "colorlib/number.h"

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
    document_members_keep(case_hair_members, hair);
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
    char grey[32] = "";
    if (hair->grey_fraction > 0)
        snprintf(grey, sizeof grey, ", %.0f %% grey", 100 * hair->grey_fraction);
    snprintf(mixing->look, sizeof mixing->look, "%s hair%s%s", hair->name, grey,
             request->greying ? ", greying on" : "");
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

/* What is treated, as it was read. */
struct treated_color {
    char argument[SUBJECT_LABEL_MAX];
    struct color color;
};

static enum exit_code fit_treated(struct context *context, const void *source, void *out)
{
    const struct treated_color *treated = source;
    color_tell_origin(context, treated->argument, &treated->color);
    return subject_of_color(context, treated->argument, &treated->color, out);
}

static enum exit_code read_treated(struct context *context,
                                   const struct mixing_request *request,
                                   const char *argument, const struct color *given,
                                   struct subject *out)
{
    if (!given)
        return request->read_subject(context, argument, out);
    struct treated_color treated;
    memset(&treated, 0, sizeof treated); /* the key has no gap */
    snprintf(treated.argument, sizeof treated.argument, "%s", argument);
    treated.color = *given;
    const struct mixing_shelf_key key = {MIXING_SHELF_SUBJECT, &treated, sizeof treated};
    return mixing_shelf_read(request->shelf, &key, context, fit_treated, &treated, out,
                             sizeof *out);
}

/* What is to be seen, or seen beside it. */
static enum exit_code read_scan(struct context *context, const char *argument,
                                const struct color *given, struct subject_scan *out)
{
    if (!given)
        return subject_target(context, argument, out);
    color_tell_origin(context, argument, given);
    return subject_target_of_color(context, argument, given, out);
}

/* The skin around a scar is the target, and the scar what is treated. */
static enum exit_code target_surroundings(struct context *context,
                                          const struct mixing_request *request,
                                          struct mixing *mixing)
{
    struct subject_scan scan;
    enum exit_code code = read_scan(context, request->skin, request->given.skin, &scan);
    if (code == EXIT_DONE)
        code = read_treated(context, request, request->look, request->given.look,
                            &mixing->subject);
    if (code == EXIT_DONE)
        code = take_target(context, &scan, mixing);
    if (code == EXIT_DONE)
        warn(context, "scar.patch", NULL,
             "a scar takes pigment unpredictably: place a test patch first, and treat no "
             "scar younger than 9 to 12 months");
    return code;
}

/* From the skin beside the donor area to the skin that is treated. */
static enum exit_code move_target(struct context *context,
                                  const struct mixing_request *request,
                                  const struct subject_scan *target,
                                  struct mixing *mixing)
{
    struct subject_scan here;
    enum exit_code code =
        read_scan(context, request->donor_skin, request->given.donor_skin, &here);
    if (code == EXIT_DONE)
        code = subject_same_aperture(context, "target and --donor-skin",
                                     target->aperture_mm, here.aperture_mm);
    if (code == EXIT_DONE &&
        stubble_on_other_skin(&target->reflectance, &here.reflectance,
                              &mixing->subject.bare,
                              &mixing->problem.target) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_FILE_MALFORMED,
                           "%s: reflects nothing in a band, which no skin does",
                           request->donor_skin);
    return code;
}

static enum exit_code target_scan(struct context *context,
                                  const struct mixing_request *request,
                                  struct mixing *mixing)
{
    struct subject_scan scan;
    enum exit_code code = read_scan(context, request->look, request->given.look, &scan);
    if (code == EXIT_DONE)
        code = take_target(context, &scan, mixing);
    return code == EXIT_DONE && request->donor_skin
               ? move_target(context, request, &scan, mixing)
               : code;
}

static enum exit_code read_goal(struct context *context,
                                const struct mixing_request *request,
                                struct mixing *mixing)
{
    if (request->goal == GOAL_SURROUNDINGS)
        return target_surroundings(context, request, mixing);
    enum exit_code code = read_treated(context, request, request->skin,
                                       request->given.skin, &mixing->subject);
    if (code != EXIT_DONE)
        return code;
    return request->goal == GOAL_HAIR ? target_hair(context, request, mixing)
                                      : target_scan(context, request, mixing);
}

static const char *const goal_names[] = {
    [GOAL_SCAN] = "scan", [GOAL_HAIR] = "hair", [GOAL_SURROUNDINGS] = "surroundings"};

const char *mixing_goal_name(enum goal goal)
{
    return goal_names[goal];
}

enum status mixing_goal_find(const char *name, enum goal *out)
{
    for (size_t i = 0; i < sizeof goal_names / sizeof goal_names[0]; i++)
        if (strcmp(name, goal_names[i]) == 0) {
            *out = (enum goal)i;
            return STATUS_OK;
        }
    return STATUS_NOT_FOUND;
}

enum exit_code mixing_look_read(struct context *context,
                                const struct mixing_request *request,
                                struct mixing *mixing)
{
    struct bands *target = &mixing->problem.target;
    mixing->goal = request->goal;
    mixing->greys = request->greying;
    enum exit_code code = read_goal(context, request, mixing);
    for (size_t i = 0; i < BAND_COUNT && code == EXIT_DONE; i++)
        target->value[i] = json_round(target->value[i], JSON_DECIMALS_REFLECTANCE);
    return code;
}
