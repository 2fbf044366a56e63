/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One client of the study: what is true, and what a practitioner knows. */
#ifndef TESTS_STUDY_SUBJECT_H
#define TESTS_STUDY_SUBJECT_H

#include "colorlib/draws.h"
#include "colorlib/followup.h"
#include "colorlib/simulated_client.h"
#include "tests/study/study.h"

struct subject {
    const struct study_scene *scene;
    const struct study_settings *settings;
    uint64_t seed;
    const struct hair *hair;
    struct simulated_client client; /* known to the simulation alone */
    struct bands true_target;
    struct skin_fit fit; /* what a practitioner has */
    struct client_state prior;
    struct treatment usual; /* all dots at once */
    struct recipe_problem problem;
    struct draw *draw; /* room for settings->draws */
};

/* The visits at which a client is scanned; sessions count on from the last. */
enum { VISIT_BARE, VISIT_TARGET, VISIT_HEALED, VISIT_SESSIONS };

/* A re-scan of a session's work. */
struct subject_visit {
    uint64_t number;
    const struct treatment *usual;
    const struct mixture *mixture;
    double years;
};

/* What the instrument shows at a visit, for followup_update. */
enum status subject_scan(const struct subject *subject, const struct subject_visit *visit,
                         struct followup_scan *out);

/* What becomes of a mixture that is placed in the client. */
void subject_truth(const struct subject *subject, const struct treatment *usual,
                   const struct mixture *mixture, double value[STUDY_QUANTITIES]);

/* How the skin looks six weeks after a mixture was placed in it. */
struct study_end subject_end(const struct subject *subject, const struct treatment *usual,
                             const struct mixture *mixture);

/* Three sessions with re-scans, and the same plan without; recipe is of the subject's
 * problem. */
enum status study_sessions(const struct subject *subject, const struct recipe *recipe,
                           struct study_outcome *out);

#endif
