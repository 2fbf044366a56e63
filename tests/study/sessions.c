/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions on a client: corrected by re-scans, and not. */
#include "colorlib/session_plan.h"
#include "tests/study/subject.h"

enum { SESSIONS = 3 };

/* What was placed, and what was seen of it. */
struct course {
    size_t placed;
    struct treatment usual[SESSIONS];
    struct mixture mixture[SESSIONS];
    struct followup_scan scan[SESSIONS];
};

enum status subject_scan(const struct subject *subject, const struct subject_visit *visit,
                         struct followup_scan *out)
{
    const struct weights *d65 = &subject->scene->weights[0];
    struct simulated_reading reading = simulated_reading_default;
    struct treatment truth;
    struct mixture poured;
    struct placements seen;
    reading.number = visit->number;
    simulated_client_treatment(&subject->client, visit->usual, &truth);
    simulated_client_pour(&subject->client, visit->usual->earlier_count, visit->mixture,
                          &poured);
    enum status status = simulated_client_scan_treated(
        &subject->client, &truth, &poured, visit->years, &reading, d65, &seen);
    if (status == STATUS_OK)
        *out = (struct followup_scan){
            .usual = visit->usual,
            .mixture = visit->mixture,
            .years = visit->years,
            .lab = colorimetry_reflectance_lab(d65, seen.median.value),
            .placements = reading.placements,
            .aperture_mm = reading.aperture_mm};
    return status;
}

/* The skin when the next session begins, with all dots that are left to place. */
static enum status next_usual(const struct course *course, double dots_left,
                              struct treatment *out)
{
    size_t last = course->placed - 1;
    struct technique technique = course->usual[last].technique;
    technique.density_per_cm2 = dots_left;
    return treatment_next(&course->usual[last], &course->mixture[last],
                          SESSION_INTERVAL_YEARS, &technique, out);
}

/* Places a session and scans it before the next. */
static enum status place(const struct subject *subject, const struct session_step *step,
                         struct course *course)
{
    size_t s = course->placed++;
    course->usual[s] = step->usual;
    course->mixture[s] = step->recipe.mixture;
    struct subject_visit visit = {.number = VISIT_SESSIONS + s,
                                  .usual = &course->usual[s],
                                  .mixture = &course->mixture[s],
                                  .years = SESSION_INTERVAL_YEARS};
    return subject_scan(subject, &visit, &course->scan[s]);
}

/* What the scans so far tell, as followup has it. */
static enum status learn(const struct subject *subject, const struct course *course,
                         struct client_state *out)
{
    struct client_state prior = subject->prior;
    client_state_pass(&prior, (double)course->placed * SESSION_INTERVAL_YEARS);
    return followup_update(&subject->fit, &subject->scene->weights[0], &prior,
                           course->scan, course->placed, out, NULL);
}

/* The first session as planned, the others solved upon what was seen. */
static enum status closed_loop(const struct subject *subject,
                               const struct session_case *begin,
                               const struct recipe *recipe,
                               const struct session_step *first, struct study_end *out)
{
    struct course course = {0};
    struct client_state state;
    struct treatment usual;
    struct session_step step;
    struct session_case given = *begin;
    double dots_left = begin->usual->technique.density_per_cm2;
    given.state = &state;
    given.usual = &usual;
    enum status status = place(subject, first, &course);
    while (status == STATUS_OK && course.placed < SESSIONS) {
        dots_left -= course.usual[course.placed - 1].technique.density_per_cm2;
        if (dots_left < 1)
            break;
        status = learn(subject, &course, &state);
        if (status == STATUS_OK)
            status = next_usual(&course, dots_left, &usual);
        if (status == STATUS_OK)
            status =
                session_plan_next(&given, recipe, course.placed + 1, SESSIONS, &step);
        if (status != STATUS_OK || step.verdict != SESSION_PLACE)
            break;
        status = place(subject, &step, &course);
    }
    if (status == STATUS_OK)
        *out = subject_end(subject, &course.usual[course.placed - 1],
                           &course.mixture[course.placed - 1]);
    return status;
}

enum status study_sessions(const struct subject *subject, const struct recipe *recipe,
                           struct study_outcome *out)
{
    struct session_case given = {.problem = &subject->problem,
                                 .usual = &subject->usual,
                                 .skin = &subject->fit,
                                 .state = &subject->prior,
                                 .draws = subject->settings->draws,
                                 .seed = subject->seed};
    struct session_plan plan;
    enum status status = session_plan_make(&given, recipe, SESSIONS, &plan);
    if (status != STATUS_OK)
        return status;
    const struct session_step *last = &plan.step[plan.count - 1];
    out->open = subject_end(subject, &last->usual, &last->recipe.mixture);
    return closed_loop(subject, &given, recipe, &plan.step[0], &out->closed);
}
