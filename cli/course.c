/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/course.h"

#include <string.h>

#include "cli/json.h"

const struct client_state *course_state(const struct course *course)
{
    return course->scan_count > 0 ? &course->scan[course->scan_count - 1].state
                                  : &course->prior;
}

enum status course_last(const struct course *course, size_t *session)
{
    for (size_t s = course->session_count; s > 0; s--)
        if (course->session[s - 1].status != COURSE_SKIPPED) {
            *session = s - 1;
            return STATUS_OK;
        }
    return STATUS_NOT_FOUND;
}

size_t course_placed(const struct course *course)
{
    size_t placed = 0;
    for (size_t s = 0; s < course->session_count; s++)
        placed += course->session[s].status == COURSE_PLACED;
    return placed;
}

void course_session_of(const struct recipe *recipe, const struct recipe_problem *problem,
                       double density_per_cm2, double years, struct course_session *out)
{
    struct course_session session = {.status = COURSE_PROPOSED,
                                     .years = json_kept(years),
                                     .density_per_cm2 = json_kept(density_per_cm2),
                                     .count = recipe->count,
                                     .water_ml = json_kept(recipe->water_ml),
                                     .volume_ml = json_kept(recipe->volume_ml)};
    for (size_t k = 0; k < recipe->count; k++) {
        const struct pigment *pigment = &problem->pigments[recipe->part[k].pigment];
        struct course_pour *pour = &session.pour[k];
        memcpy(pour->pigment, pigment->id, sizeof pour->pigment);
        pour->drops = recipe->part[k].drops;
        pour->ml = json_kept(pour->drops * pigment->drop_ml);
    }
    *out = session;
}

static const struct pigment *find_bottle(const struct bottles *bottles, const char *id)
{
    for (size_t i = 0; i < bottles->count; i++)
        if (strcmp(bottles->pigment[i].id, id) == 0)
            return &bottles->pigment[i];
    return NULL;
}

/* What a session's dots were filled with. */
static enum exit_code poured(struct context *context,
                             const struct course_session *session,
                             const struct bottles *bottles, struct mixture *out)
{
    *out = (struct mixture){.count = session->count};
    for (size_t k = 0; k < session->count; k++) {
        out->pigment[k] = find_bottle(bottles, session->pour[k].pigment);
        out->concentration[k] = session->pour[k].ml / session->volume_ml;
        if (!out->pigment[k])
            return failure_set(&context->failure, FAILURE_PIGMENT_UNKNOWN,
                               "the course names a bottle \"%s\" that its case does not",
                               session->pour[k].pigment);
    }
    return EXIT_DONE;
}

/* Lays a session on what is there already, or is the usual treatment before the first. */
static enum status lay(const struct treatment *usual,
                       const struct course_session *session,
                       const struct course_session *before, const struct mixture *mixture,
                       struct treatment *treatment)
{
    struct technique technique = usual->technique;
    technique.density_per_cm2 = session->density_per_cm2;
    if (before)
        return treatment_next(treatment, mixture, session->years - before->years,
                              &technique, treatment);
    treatment->technique = technique;
    return STATUS_OK;
}

enum exit_code course_treatment(struct context *context, const struct course *course,
                                size_t session, const struct treatment *usual,
                                const struct bottles *bottles, struct mixture *mixture,
                                struct treatment *out)
{
    const struct course_session *before = NULL;
    struct mixture filled;
    struct treatment treatment = *usual;
    for (size_t s = 0; s <= session; s++) {
        const struct course_session *now = &course->session[s];
        if (now->status == COURSE_SKIPPED)
            continue;
        if (lay(usual, now, before, &filled, &treatment) != STATUS_OK)
            return failure_set(&context->failure, FAILURE_FILE_MALFORMED,
                               "more than %d sessions on one place",
                               TREATMENT_EARLIER_MAX + 1);
        enum exit_code code = poured(context, now, bottles, &filled);
        if (code != EXIT_DONE)
            return code;
        before = now;
    }
    *mixture = filled;
    *out = treatment;
    return EXIT_DONE;
}
