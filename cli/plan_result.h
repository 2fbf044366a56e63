/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What plan worked out, and the forms in which it is told. */
#ifndef CLI_PLAN_RESULT_H
#define CLI_PLAN_RESULT_H

#include "cli/course.h"
#include "cli/fade_chart.h"
#include "cli/mixing.h"
#include "colorlib/outlook.h"
#include "colorlib/session_plan.h"

enum { PLAN_MONTHS_OF_YEAR = 12 };

/* A course that is under way. */
struct plan_course {
    size_t session; /* the last that was placed or is proposed, from 1 */
    size_t planned;
    size_t scans; /* that were counted */
    enum course_status status;
};

struct plan_result {
    const struct mixing *mixing;
    const struct recipe *recipe; /* of the match: all dots at once */
    struct session_plan plan;    /* none of a course that is under way */
    struct plan_course course;   /* of one */
    struct treatment usual;      /* the last session upon the earlier ones */
    struct mixture mixture;      /* of it */
    struct outlook outlook;      /* ages since the last session */
    size_t healed;               /* the point of the outlook at six weeks */
    long months;                 /* that the forecast reaches */
};

/* The last session of a plan, and the step to pour first; NULL where there is none. */
const struct session_step *plan_last(const struct plan_result *result);
const struct session_step *plan_first(const struct plan_result *result);

/* The touch-up in months since the last session. */
struct quantiles plan_touch_up_months(const struct plan_result *result);

/* What one would see at a point of the outlook, in words. */
const char *plan_words(const struct plan_result *result, size_t point);

/* Whether a touch-up is: "maybe", "due" or "" at a point of the outlook. */
const char *plan_due_text(const struct plan_result *result, size_t point);

/* Why there is nothing to place in a session. */
const char *plan_verdict_text(enum session_verdict verdict);

void plan_chart(const struct context *context, const struct plan_result *result,
                struct fade_chart *chart);

enum exit_code plan_print_text(struct context *context, const struct plan_result *result);
enum exit_code plan_print_plain(struct context *context,
                                const struct plan_result *result);
enum exit_code plan_print_json(struct context *context, const struct plan_result *result);

/* How many sessions the forecast is after. */
size_t plan_sessions(const struct plan_result *result);

/* What happens after the last session, in daylight; points into the result. */
struct forecast plan_forecast(const struct plan_result *result);

/* Reads the course of a client's folder: what was placed and what is known by now. Close
 * the mixing with mixing_close; its draws are those of what is known. The recipe points
 * into it. */
enum exit_code plan_read_course(struct context *context, const char *folder,
                                struct mixing **mixing, struct recipe *recipe,
                                struct plan_result *result);

/* Begins the client folder of --client with session 1 proposed. */
enum exit_code plan_begin_client(struct context *context,
                                 const struct plan_result *result, const char *folder,
                                 const char *case_path);

#endif
