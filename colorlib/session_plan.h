/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A course of two to four sessions that approaches the target from the light side: fewer
 * dots of a weaker mix first, and the mix of the last ones solved upon what lies in the
 * skin by then. Before the first session the whole course is planned on what is usual;
 * after each re-scan the next session is solved anew from what was learned.
 */
#ifndef COLORLIB_SESSION_PLAN_H
#define COLORLIB_SESSION_PLAN_H

#include <stdint.h>

#include "colorlib/client_state.h"
#include "colorlib/quantiles.h"
#include "colorlib/recipe_ensemble.h"

enum { SESSIONS_MIN = 2, SESSIONS_MAX = 4 };

/* From one session to the next: 14 days (practice: 10 to 14). */
#define SESSION_INTERVAL_YEARS (14 / 365.25)

/* The target's floor: healed work that is darker than the target by more than this in L*
 * counts as too dark, and of draws in daylight no more may be than that share where the
 * limit is hard, which is once the client was re-scanned. */
#define SESSION_FLOOR_DEPTH RECIPE_WRONG_DARKER
#define SESSION_FLOOR_SHARE RECIPE_CHANCE_MAX

/* The cap of every session but the last: with this probability the healed skin must not
 * be darker than the target by more than that in L*, so that there is room to correct. */
#define SESSION_CAP_DEPTH 0.5
#define SESSION_CAP_LEVEL 0.8

/* A course to plan or to go on with; everything is the caller's. */
struct session_case {
    /* Target, pigments, light, ages, batch. Its treatment is not read. */
    const struct recipe_problem *problem;
    /* As technique, pigments and conditions say, upon what the skin holds already. Its
     * technique's density is of all dots that are yet to be placed. */
    const struct treatment *usual;
    const struct skin_fit *skin;
    const struct client_state *state;
    size_t draws; /* 1 to DRAWS_MAX */
    uint64_t seed;
};

/* How the place looks at an age (years) since a session, if the client stops there;
 * daylight. */
struct session_look {
    double years;
    cmsCIELab lab; /* here and below nominal is with the mean state */
    double ciede2000;
    struct quantiles lightness;
    struct quantiles a;
    struct quantiles b;
    struct quantiles difference; /* CIEDE2000 */
    double darker;               /* chance to lie below the target's floor */
};

enum session_verdict {
    SESSION_PLACE,   /* place this */
    SESSION_ENOUGH,  /* nothing more would bring the place nearer to the target */
    SESSION_TOO_DARK /* the place will heal below the target's floor as it is */
};

/* Bits of session_step.bounds. */
enum session_bound {
    SESSION_CAPPED = 1 << 0,  /* weakened: the cap or the floor would not hold */
    SESSION_THINNED = 1 << 1, /* fewer dots, where a mix would have had to be too weak */
    SESSION_DENSER = 1 << 2   /* more dots, where the strongest mix would fall short */
};

/* One session. Without a session to place recipe and strength are 0 and the looks are
 * those of the place as it is. */
struct session_step {
    size_t number; /* from 1 */
    enum session_verdict verdict;
    unsigned bounds;
    struct treatment usual; /* this session upon the earlier ones */
    struct recipe recipe;   /* whole drops; of the case's pigments */
    double strength;        /* liquid in this mix over that of the course's recipe */
    struct session_look fresh;
    struct session_look fortnight; /* when the next session may begin */
    struct session_look healed;    /* after six weeks */
};

struct session_plan {
    size_t count;
    struct session_step step[SESSIONS_MAX];
};

/*
 * How many sessions to plan: four on a scar, and where little is known of what this hand
 * leaves in this skin (sd of practitioner_value above 0.4, as with fewer than five even
 * clients of a practitioner) while the target is far (L* of skin and target differ by
 * more than 8); else three.
 */
size_t session_plan_count(const struct session_case *course, enum client_site site);

/*
 * Plans all sessions of a course before it begins, as if re-scans will show what is
 * expected: the mixes of the last ones are nominal, and the chance to end below the floor
 * is told, not limited.
 *
 *   recipe    of the case's problem, for all dots at once
 *   sessions  SESSIONS_MIN to SESSIONS_MAX
 *
 * OUT_OF_RANGE for other numbers or no room for so many deposits in the skin; REJECTED
 * when the coverage exceeds DOTS_COVERAGE_REFUSE; BAD_DATA, NO_MEMORY as draws_make.
 */
enum status session_plan_make(const struct session_case *course,
                              const struct recipe *recipe, size_t sessions,
                              struct session_plan *out);

/*
 * The next session of a course, number of sessions, from what is known by now; the same
 * shares and relative strengths as planned, of what is left to do; more dots where the
 * client keeps so little that the strongest mix falls short. The chance to end below the
 * floor is limited in the last session.
 *
 *   recipe  of the case's problem: its pigments are used, others where they are too weak
 *
 * Statuses as above.
 */
enum status session_plan_next(const struct session_case *course,
                              const struct recipe *recipe, size_t number, size_t sessions,
                              struct session_step *out);

#endif
