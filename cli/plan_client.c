/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of a client: begun with a plan, and looked at later. */
#include <limits.h>

#include "cli/case.h"
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

/* What might be true by now: the draws of the case give way to those of the state. */
static enum exit_code draw_again(struct context *context, const struct course *course,
                                 struct mixing *mixing)
{
    mixing->state = *course_state(course);
    enum status status = draws_make(&mixing->subject.fit, &mixing->state, mixing->draws,
                                    mixing->seed, mixing->draw);
    if (status == STATUS_NO_MEMORY)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    return status == STATUS_OK
               ? EXIT_DONE
               : failure_set(&context->failure, FAILURE_FILE_MALFORMED,
                             "course.json: a state that no client can have (%s)",
                             status_text(status));
}

static size_t counted(const struct course *course)
{
    size_t count = 0;
    for (size_t i = 0; i < course->scan_count; i++)
        count += course->scan[i].use != FOLLOWUP_STORED;
    return count;
}

static enum exit_code take_course(struct context *context, const struct course *course,
                                  struct plan_result *result)
{
    const struct mixing *mixing = result->mixing;
    size_t last;
    if (course_last(course, &last) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_RECIPE_NONE,
                           "no session of this course was placed or is proposed");
    result->course = (struct plan_course){.session = last + 1,
                                          .planned = course->planned,
                                          .scans = counted(course),
                                          .status = course->session[last].status};
    return course_treatment(context, course, last, &mixing->usual, &mixing->bottles,
                            &result->mixture, &result->usual);
}

enum exit_code plan_read_course(struct context *context, const char *folder,
                                struct mixing **mixing, struct recipe *recipe,
                                struct plan_result *result)
{
    char path[PATH_MAX];
    struct course course;
    enum exit_code code = client_folder_read(context, folder, &course);
    if (code == EXIT_DONE)
        code = client_folder_path(context, folder, "case.json", path);
    if (code == EXIT_DONE)
        code = case_read(context, path, mixing, recipe);
    if (code == EXIT_DONE)
        code = draw_again(context, &course, *mixing);
    if (code != EXIT_DONE)
        return code;
    result->mixing = *mixing;
    result->recipe = recipe;
    return take_course(context, &course, result);
}
