/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of a client whose course is planned. */
#include "cli/client_folder.h"
#include "cli/plan_result.h"

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
                            .session_count = 1};
    course_session_of(&first->recipe, &result->mixing->problem,
                      first->usual.technique.density_per_cm2, 0, &course.session[0]);
    enum exit_code code = client_folder_begin(context, folder, case_path, &course);
    if (code == EXIT_DONE)
        note(context, "%s: the case and session 1 as proposed", folder);
    return code;
}
