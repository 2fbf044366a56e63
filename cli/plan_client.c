/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of a client whose course is planned. */
#include "cli/client_folder.h"
#include "cli/plan_result.h"

static struct course_session propose(const struct mixing *mixing,
                                     const struct session_step *step)
{
    const struct recipe *recipe = &step->recipe;
    struct course_session session = {
        .status = COURSE_PROPOSED,
        .density_per_cm2 = step->usual.technique.density_per_cm2,
        .count = recipe->count,
        .water_ml = recipe->water_ml,
        .volume_ml = recipe->volume_ml,
    };
    for (size_t k = 0; k < recipe->count; k++) {
        const struct pigment *pigment =
            &mixing->problem.pigments[recipe->part[k].pigment];
        struct course_pour *pour = &session.pour[k];
        snprintf(pour->pigment, sizeof pour->pigment, "%s", pigment->id);
        pour->drops = recipe->part[k].drops;
        pour->ml = recipe->part[k].drops * pigment->drop_ml;
    }
    return session;
}

enum exit_code plan_begin_client(struct context *context,
                                 const struct plan_result *result, const char *folder,
                                 const char *case_path)
{
    const struct session_step *first = &result->plan.step[0];
    if (first->verdict != SESSION_PLACE)
        return failure_set(&context->failure, FAILURE_RECIPE_NONE,
                           "there is no first session to propose: %s",
                           plan_verdict_text(first->verdict));
    struct course course = {.planned = result->plan.count,
                            .prior = result->mixing->state,
                            .session_count = 1,
                            .session = {propose(result->mixing, first)}};
    enum exit_code code = client_folder_begin(context, folder, case_path, &course);
    if (code == EXIT_DONE)
        note(context, "%s: the case and session 1 as proposed", folder);
    return code;
}
