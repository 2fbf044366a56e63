/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client's visit with a re-scan: what was there, what was measured, what it tells. */
#ifndef CLI_VISIT_H
#define CLI_VISIT_H

#include "cli/case.h"
#include "cli/client_folder.h"
#include "colorlib/bands.h"
#include "colorlib/practitioner.h"
#include "colorlib/session_plan.h"

/* What a scan refers to; followup_scan points here. */
struct visit_scan {
    struct treatment usual;
    struct mixture mixture;
    struct bands measured; /* its reflectance */
    struct subject skin;   /* of a bare scan made beside it */
};

/* What to do after it. */
enum visit_next {
    VISIT_AS_BEFORE, /* the scan tells nothing yet */
    VISIT_SESSION,   /* one more session */
    VISIT_ENOUGH,    /* nothing more would help */
    VISIT_COMPLETE,  /* all that was planned is placed */
    VISIT_TOO_DARK
};

/* What the client taught of the practitioner. */
enum visit_lesson {
    VISIT_UNASKED,
    VISIT_TAUGHT,
    VISIT_TELLS_TOO_LITTLE, /* or heals otherwise than scalps do */
};

/* All of it. The pointers within make it one that is never copied. */
struct visit {
    const char *folder; /* texts are the command's arguments */
    const char *argument;
    const char *skin_argument;     /* NULL for none */
    const char *practitioner_path; /* the same */
    struct mixing *mixing;
    struct recipe recipe; /* of the case */
    struct course course; /* with the last session counted as placed or skipped */
    struct color color;   /* the scan */
    struct color skin_color;
    struct course_scan entry; /* of the scan, for the course */
    double years;             /* age of the last session */

    size_t count; /* scans, the new one the last */
    struct followup_scan scan[COURSE_SCANS_MAX + 1];
    struct visit_scan held[COURSE_SCANS_MAX + 1];

    struct client_state before;
    struct client_state after;
    struct followup_sight expected; /* the new scan by what was known before */
    struct followup_report report;  /* of all scans against the course's prior */

    enum visit_next next;
    struct session_step step;  /* the next session, or the place as it is */
    struct quantiles touch_up; /* years since the last session; without a session */

    enum visit_lesson lesson;
    struct practitioner_observation taught;
    struct practitioner practitioner; /* with this client */
};

/* The scan of a visit: the last. */
const struct followup_scan *visit_scan(const struct visit *visit);

/* How the scan differs from the target. */
struct visit_gap {
    double ciede2000;
    double lighter; /* L* of the scan less that of the target */
};
struct visit_gap visit_gap(const struct visit *visit);

/* Date of the visit, years since the first session. */
double visit_date(const struct visit *visit);

/* Reads folder, case and scans, learns and works out what is next. Options --client,
 * --age, --skipped, --placed, --density, --skin of the context say of what. Close with
 * visit_close. */
enum exit_code visit_open(struct context *context, struct visit **out);

/* NULL is fine. */
void visit_close(struct visit *visit);

/* Keeps the scan, what was learned and the next session in the folder, and what the
 * client taught in the practitioner's file where --practitioner names one. */
enum exit_code visit_apply(struct context *context, struct visit *visit);

/* Works out what to do next, from what was learned. */
enum exit_code visit_find_next(struct context *context, struct visit *visit);

enum exit_code visit_print_text(struct context *context, const struct visit *visit);
enum exit_code visit_print_json(struct context *context, const struct visit *visit);

#endif
