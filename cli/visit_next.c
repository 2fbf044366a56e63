/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to do after a visit, and what is kept of it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/practitioner_file.h"
#include "cli/visit.h"
#include "colorlib/difference.h"
#include "colorlib/outlook.h"

/* -- what is next ------------------------------------------------------------ */

static enum exit_code refuse(struct context *context, enum status status)
{
    if (status == STATUS_NO_MEMORY)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    if (status == STATUS_REJECTED)
        return failure_set(&context->failure, FAILURE_TECHNIQUE_COVERAGE,
                           "with the next session the dots would cover more skin than "
                           "the model holds for");
    return failure_set(&context->failure, FAILURE_FILE_MALFORMED,
                       "the next session cannot be worked out: %s", status_text(status));
}

/* Dots per cm2 that the case wants and no session has placed. */
static double dots_left(const struct visit *visit)
{
    double left = visit->mixing->usual.technique.density_per_cm2;
    for (size_t s = 0; s < visit->course.session_count; s++)
        if (visit->course.session[s].status == COURSE_PLACED)
            left -= visit->course.session[s].density_per_cm2;
    return left;
}

static enum visit_next next_of(enum session_verdict verdict)
{
    switch (verdict) {
    case SESSION_PLACE: return VISIT_SESSION;
    case SESSION_ENOUGH: return VISIT_ENOUGH;
    case SESSION_TOO_DARK: return VISIT_TOO_DARK;
    }
    return VISIT_ENOUGH;
}

static bool holds(const struct mixture *mixture, const char *id)
{
    for (size_t i = 0; i < mixture->count; i++)
        if (strcmp(mixture->pigment[i]->id, id) == 0)
            return true;
    return false;
}

/* Whoever pours as last time, only more or less, should not overlook another bottle. */
static void tell_bottles(struct context *context, const struct visit *visit)
{
    const struct mixture *next = &visit->step.recipe.mixture;
    for (size_t i = 0; i < next->count; i++)
        if (!holds(visit_scan(visit)->mixture, next->pigment[i]->id))
            warn(context, "next.bottle", NULL,
                 "the next session takes %s, which the last one was not poured with",
                 next->pigment[i]->id);
}

/* The next session on the day of the visit. */
static enum exit_code solve(struct context *context, struct visit *visit)
{
    const struct mixing *mixing = visit->mixing;
    const struct followup_scan *scan = visit_scan(visit);
    struct technique technique = mixing->usual.technique;
    struct treatment usual;
    technique.density_per_cm2 = dots_left(visit);
    enum status status =
        treatment_next(scan->usual, scan->mixture, scan->years, &technique, &usual);
    struct session_case course = {.problem = &mixing->problem,
                                  .usual = &usual,
                                  .skin = &mixing->subject.fit,
                                  .state = &visit->after,
                                  .draws = mixing->draws,
                                  .seed = mixing->seed};
    if (status == STATUS_OK)
        status =
            session_plan_next(&course, &visit->recipe, course_placed(&visit->course) + 1,
                              visit->course.planned, &visit->step);
    if (status != STATUS_OK)
        return refuse(context, status);
    visit->next = next_of(visit->step.verdict);
    if (visit->next == VISIT_SESSION)
        tell_bottles(context, visit);
    return EXIT_DONE;
}

/* When what is there will need a touch-up. */
static enum exit_code find_touch_up(struct context *context, struct visit *visit)
{
    const struct mixing *mixing = visit->mixing;
    const struct followup_scan *scan = visit_scan(visit);
    struct forecast forecast = {.treatment = scan->usual,
                                .mixture = scan->mixture,
                                .target = &mixing->problem.target,
                                .weights = &mixing->daylight,
                                .greying = mixing->greys ? &mixing->greying : NULL};
    struct draw *draw = calloc(mixing->draws, sizeof *draw);
    enum status status = draw ? draws_make(&mixing->subject.fit, &visit->after,
                                           mixing->draws, mixing->seed, draw)
                              : STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        status = outlook_date(&forecast, draw, mixing->draws, forecast_touch_up_years,
                              &visit->touch_up);
    free(draw);
    return status == STATUS_OK ? EXIT_DONE : refuse(context, status);
}

struct visit_gap visit_gap(const struct visit *visit)
{
    cmsCIELab scan = visit_scan(visit)->lab;
    cmsCIELab target = recipe_contrast(visit->mixing->solver).target;
    return (struct visit_gap){.ciede2000 = difference_ciede2000(scan, target),
                              .lighter = scan.L - target.L};
}

enum exit_code visit_find_next(struct context *context, struct visit *visit)
{
    enum exit_code code = EXIT_DONE;
    bool room = course_placed(&visit->course) < visit->course.planned &&
                visit->course.session_count < COURSE_SESSIONS_MAX;
    if (visit->entry.use == FOLLOWUP_STORED)
        visit->next = VISIT_AS_BEFORE;
    else if (room && dots_left(visit) >= 1)
        code = solve(context, visit);
    else
        visit->next = VISIT_COMPLETE;
    bool ends = visit->next != VISIT_AS_BEFORE && visit->next != VISIT_SESSION;
    return code == EXIT_DONE && ends ? find_touch_up(context, visit) : code;
}

/* -- keeping ----------------------------------------------------------------- */

static void propose(struct visit *visit)
{
    struct course *course = &visit->course;
    course_session_of(&visit->step.recipe, &visit->mixing->problem,
                      visit->step.usual.technique.density_per_cm2, visit_date(visit),
                      &course->session[course->session_count++]);
}

static enum exit_code keep_scans(struct context *context, struct visit *visit)
{
    enum exit_code code =
        client_folder_keep(context, visit->folder, "scan", visit->argument, &visit->color,
                           visit->entry.file);
    if (code == EXIT_DONE && visit->skin_argument)
        code = client_folder_keep(context, visit->folder, "skin", visit->skin_argument,
                                  &visit->skin_color, visit->entry.skin);
    return code;
}

/* A scar takes and keeps pigment otherwise, and tells nothing of other scalps. */
static enum exit_code teach(struct context *context, struct visit *visit)
{
    const struct mixing *mixing = visit->mixing;
    visit->lesson = VISIT_TELLS_TOO_LITTLE;
    if (mixing->goal == GOAL_SURROUNDINGS ||
        practitioner_observe(&mixing->usual, &visit->course.prior, &visit->after,
                             &visit->taught) != STATUS_OK)
        return EXIT_DONE;
    visit->lesson = VISIT_TAUGHT;
    return practitioner_file_keep(context, visit->practitioner_path, visit->folder,
                                  &visit->taught, &visit->practitioner);
}

/* The practitioner's file first: to learn of a client twice does no harm. */
enum exit_code visit_apply(struct context *context, struct visit *visit)
{
    struct course *course = &visit->course;
    enum exit_code code = visit->practitioner_path ? teach(context, visit) : EXIT_DONE;
    if (code == EXIT_DONE)
        code = keep_scans(context, visit);
    if (code != EXIT_DONE)
        return code;
    course->scan[course->scan_count++] = visit->entry;
    if (visit->next == VISIT_SESSION)
        propose(visit);
    return client_folder_write(context, visit->folder, course);
}
