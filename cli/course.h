/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client's course: the sessions, the re-scans, and what those told. */
#ifndef CLI_COURSE_H
#define CLI_COURSE_H

#include "cli/bottles.h"
#include "cli/document.h"
#include "colorlib/client_state.h"
#include "colorlib/followup.h"
#include "colorlib/recipe.h"

enum { COURSE_SESSIONS_MAX = 32, COURSE_SCANS_MAX = 32, COURSE_FILE_MAX = 32 };

enum course_status {
    COURSE_PROPOSED, /* the last session only */
    COURSE_PLACED,
    COURSE_SKIPPED
};

struct course_pour {
    char pigment[PIGMENT_TEXT_MAX]; /* id of a bottle of the case */
    unsigned drops;
    double ml;
};

struct course_session {
    enum course_status status;
    double years; /* since the first session */
    double density_per_cm2;
    size_t count;
    struct course_pour pour[MIXTURE_MAX];
    double water_ml;
    double volume_ml;
};

struct course_scan {
    char file[COURSE_FILE_MAX];
    char skin[COURSE_FILE_MAX]; /* the bare scan made beside it; empty for none */
    size_t session;             /* index of the last session placed before it */
    double age_days;            /* of that session */
    enum followup_use use;
    size_t placements;         /* 0 where unknown */
    struct client_state state; /* what was known once it was counted */
};

struct course {
    size_t planned;            /* sessions, 1 to COURSE_SESSIONS_MAX */
    struct client_state prior; /* before any scan */
    size_t session_count;      /* 1 or more */
    struct course_session session[COURSE_SESSIONS_MAX];
    size_t scan_count;
    struct course_scan scan[COURSE_SCANS_MAX];
};

/* What is known now. */
const struct client_state *course_state(const struct course *course);

/* The index of the session that a client's next scan is of: the last that was not
 * skipped. NOT_FOUND where all were. */
enum status course_last(const struct course *course, size_t *session);

/* How many sessions were placed. */
size_t course_placed(const struct course *course);

/*
 * The treatment as of one session, upon those placed before it, which are its earlier
 * deposits, and what that session's dots were filled with. A session that is proposed is
 * taken as placed.
 *
 *   usual    the case's treatment, no deviations; its technique's density is replaced by
 *            each session's
 *   bottles  the case's; the mixtures point into it
 *
 * Failure PIGMENT_UNKNOWN for a bottle that is not of the case; FILE_MALFORMED when more
 * sessions were placed than a treatment can hold.
 */
enum exit_code course_treatment(struct context *context, const struct course *course,
                                size_t session, const struct treatment *usual,
                                const struct bottles *bottles, struct mixture *mixture,
                                struct treatment *out);

/* A recipe of a problem as a session that is proposed for a day, years since the first
 * session; numbers are those that a document gives back. */
void course_session_of(const struct recipe *recipe, const struct recipe_problem *problem,
                       double density_per_cm2, double years, struct course_session *out);

/* The course as a document's data. */
json_t *course_json(const struct course *course);

/* Reads a document of the kind "course"; failure FILE_MALFORMED with the member that is
 * wrong. */
enum exit_code course_read(const struct document *document, struct course *out);

#endif
