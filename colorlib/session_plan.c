/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/session_plan.h"

#include <math.h>

#include "colorlib/practitioner.h"
#include "colorlib/session_course.h"

/* Shares of all dots, and the strength of the mix over that of the recipe for all dots at
 * once, 0 where it is solved: the practice of starting lighter (inferred; one published
 * protocol builds 30, 70, 100 % of the natural spacing). */
struct session_schedule {
    double share[SESSIONS_MAX];
    double strength[SESSIONS_MAX];
};

static const struct session_schedule schedules[SESSIONS_MAX + 1] = {
    [2] = {{0.60, 0.40}, {0.8}},
    [3] = {{0.40, 0.33, 0.27}, {0.8, 1}},
    [4] = {{0.30, 0.27, 0.23, 0.20}, {0.75, 0.9}},
};

/* Where four sessions are planned: sd of ln(fill x healed) as it shows, and L*. */
static const double shown_sd_unknown = 0.4;
static const double contrast_far = 8;

/* The working range of dilutions ends at 1:60; where the whole course is as light, at
 * half of its strength. */
static double weakest_loading(const struct recipe *recipe)
{
    return fmin(1 / 61.0, mixture_loading(&recipe->mixture) / 2);
}

static const struct session_limit no_limit = {0, 1};
static const struct session_limit cap = {SESSION_CAP_DEPTH, 1 - SESSION_CAP_LEVEL};
static const struct session_limit floor_limit = {SESSION_FLOOR_DEPTH,
                                                 SESSION_FLOOR_SHARE};

size_t session_plan_count(const struct session_case *course, enum client_site site)
{
    const struct recipe_problem *p = course->problem;
    const struct weights *light = p->rule_weights ? p->rule_weights : p->weights[0];
    struct bands bare;
    skin_bare(&course->skin->skin, &bare);
    double skin = colorimetry_reflectance_lab(light, bare.value).L;
    double target = colorimetry_reflectance_lab(light, p->target.value).L;
    bool unknown = practitioner_value(course->usual, course->state).sd > shown_sd_unknown;
    return site == CLIENT_SCAR || (unknown && skin - target > contrast_far) ? 4 : 3;
}

/* -- the course -------------------------------------------------------------- */

/* How strong a session's mix is over what is solved for all dots that are left: 1 where
 * the schedule has it solved, else such that the strengths of the schedule come out when
 * all is as expected. */
static double relative_strength(const struct session_schedule *schedule, size_t session,
                                size_t sessions)
{
    if (schedule->strength[session] == 0)
        return 1;
    double done = 0, share_left = 0;
    for (size_t s = 0; s < session; s++)
        done += schedule->share[s] * schedule->strength[s];
    for (size_t s = session; s < sessions; s++)
        share_left += schedule->share[s];
    return schedule->strength[session] / ((1 - done) / share_left);
}

/* A session's whole dots of those that are left from it on; all of them in the last. */
static double dots_of(const struct session_schedule *schedule, size_t session,
                      size_t sessions, double left)
{
    double share_left = 0;
    for (size_t s = session; s < sessions; s++)
        share_left += schedule->share[s];
    if (session + 1 == sessions)
        return left;
    return fmax(1, floor(left * schedule->share[session] / share_left + 0.5));
}

static enum status check(const struct session_case *given, size_t sessions)
{
    const struct treatment *usual = given->usual;
    if (sessions < SESSIONS_MIN || sessions > SESSIONS_MAX ||
        !(usual->technique.density_per_cm2 >= 1))
        return STATUS_OUT_OF_RANGE;
    return STATUS_OK;
}

static void number_step(struct session_step *step, size_t session,
                        const struct recipe *recipe)
{
    step->number = session + 1;
    step->strength =
        mixture_loading(&step->recipe.mixture) / mixture_loading(&recipe->mixture);
}

/* The treatment of the session after a step, with all dots that are left. */
static enum status follow(const struct session_step *before, double left,
                          struct treatment *out)
{
    struct technique technique = before->usual.technique;
    technique.density_per_cm2 = left;
    return treatment_next(&before->usual, &before->recipe.mixture, SESSION_INTERVAL_YEARS,
                          &technique, out);
}

static enum status plan_all(const struct session_course *course,
                            const struct recipe *recipe, size_t sessions,
                            struct session_plan *plan)
{
    const struct session_schedule *schedule = &schedules[sessions];
    struct treatment rest = *course->given->usual;
    enum status status = STATUS_OK;
    for (size_t s = 0; s < sessions && status == STATUS_OK; s++) {
        struct session_step *step = &plan->step[s];
        double left = rest.technique.density_per_cm2;
        struct session_draft draft = {
            .course = course,
            .usual = session_with_density(&rest, dots_of(schedule, s, sessions, left)),
            .weakest = weakest_loading(recipe),
            .limit = s + 1 < sessions ? cap : no_limit,
        };
        if (schedule->strength[s] > 0) {
            struct session_wish whole = session_wish_of(recipe);
            draft.wish = session_wish_scaled(&whole, schedule->strength[s]);
        }
        status = session_work_out(&draft, recipe, left, 1, step);
        if (status != STATUS_OK)
            break;
        number_step(step, s, recipe);
        if (s + 1 < sessions)
            status = follow(step, fmax(1, left - step->usual.technique.density_per_cm2),
                            &rest);
    }
    plan->count = sessions;
    return status;
}

enum status session_plan_make(const struct session_case *given,
                              const struct recipe *recipe, size_t sessions,
                              struct session_plan *out)
{
    enum status status = check(given, sessions);
    struct session_course course;
    if (status == STATUS_OK)
        status = session_course_open(given, &course);
    if (status != STATUS_OK)
        return status;
    struct session_plan plan = {0};
    status = plan_all(&course, recipe, sessions, &plan);
    session_course_close(&course);
    if (status == STATUS_OK)
        *out = plan;
    return status;
}

enum status session_plan_next(const struct session_case *given,
                              const struct recipe *recipe, size_t number, size_t sessions,
                              struct session_step *out)
{
    enum status status = check(given, sessions);
    if (status == STATUS_OK && (number < 1 || number > sessions))
        status = STATUS_OUT_OF_RANGE;
    struct session_course course;
    if (status == STATUS_OK)
        status = session_course_open(given, &course);
    if (status != STATUS_OK)
        return status;
    const struct session_schedule *schedule = &schedules[sessions];
    const size_t s = number - 1;
    double left = given->usual->technique.density_per_cm2;
    struct session_draft draft = {
        .course = &course,
        .usual = session_with_density(given->usual, dots_of(schedule, s, sessions, left)),
        .weakest = weakest_loading(recipe),
        .limit = number < sessions ? cap : floor_limit,
        .dots = SESSION_DOTS_FREE,
    };
    struct session_step step;
    status = session_work_out(&draft, recipe, left,
                              relative_strength(schedule, s, sessions), &step);
    session_course_close(&course);
    if (status != STATUS_OK)
        return status;
    number_step(&step, s, recipe);
    *out = step;
    return STATUS_OK;
}
