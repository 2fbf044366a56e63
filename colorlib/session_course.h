/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A course with its draws; shared by the session_*.c files only. */
#ifndef COLORLIB_SESSION_COURSE_H
#define COLORLIB_SESSION_COURSE_H

#include "colorlib/draws.h"
#include "colorlib/session_plan.h"

struct session_course {
    const struct session_case *given;
    const struct weights *daylight;
    cmsCIELab target;
    struct draw central;
    struct draw *draw;
    size_t known; /* deposits that were there before; what is planned is poured anew */
};

/* BAD_DATA, OUT_OF_RANGE, NO_MEMORY as draws_make; REJECTED when all dots cover more than
 * DOTS_COVERAGE_REFUSE. */
enum status session_course_open(const struct session_case *given,
                                struct session_course *out);
void session_course_close(struct session_course *course);

/* The session in the middle of what might be true. */
void session_course_central(const struct session_course *course,
                            const struct treatment *usual, struct treatment *out);

/* The same session with that many dots per cm2. */
struct treatment session_with_density(const struct treatment *usual,
                                      double density_per_cm2);

/* The healed color, nominal; an empty mixture for what is there without new dots. */
cmsCIELab session_course_healed(const struct session_course *course,
                                const struct treatment *usual,
                                const struct mixture *mixture);

/* The share of draws whose healed L* is below the target's by more than depth. */
double session_course_darker(const struct session_course *course,
                             const struct treatment *usual, const struct mixture *mixture,
                             double depth);

enum status session_course_look(const struct session_course *course,
                                const struct treatment *usual,
                                const struct mixture *mixture, double years,
                                struct session_look *out);

/* A mix as wished for, in concentrations. */
struct session_wish {
    size_t count;
    size_t pigment[MIXTURE_MAX]; /* index into the problem's */
    double concentration[MIXTURE_MAX];
};

/* The wish as a mixture of the problem's pigments. */
void session_wish_mixture(const struct recipe_problem *problem,
                          const struct session_wish *wish, struct mixture *out);

struct session_wish session_wish_scaled(const struct session_wish *wish, double factor);
struct session_wish session_wish_of(const struct recipe *recipe);
double session_wish_loading(const struct session_wish *wish);

/*
 * What would have to be mixed to bring these dots to the target: of the pigments of a
 * wish, or of all bottles where these are too weak. A recipe may heal darker by a hair,
 * to look right for longer; a course that can still be touched up aims at the target
 * itself. REJECTED where the place heals as dark as the target without them.
 */
enum status session_solve(const struct session_course *course,
                          const struct treatment *usual, const struct session_wish *with,
                          struct session_wish *out);

/* Whether a wish heals visibly lighter than the target. */
bool session_falls_short(const struct session_course *course,
                         const struct treatment *usual, const struct session_wish *wish);

/* By how much the dots that are left have to be more where the strongest mix falls short
 * of the target, until they cover so much that they may merge. */
double session_more_dots(const struct session_course *course,
                         const struct treatment *usual, const struct session_wish *wish);

/*
 * The batch in whole drops that heals nearest to a wish, and hardly darker; of those
 * equally near the smallest. A pigment of which the wish takes less than a drop may be
 * left out. Where even one drop of the leading pigment needs more water than the batch
 * takes, the batch is larger than asked for. NOT_FOUND when nothing can be poured.
 */
enum status session_pour(const struct recipe_problem *problem,
                         const struct recipe_solver *solver,
                         const struct session_wish *wish, struct recipe *out);

/* How far a step may go: the share of draws below the target by depth. */
struct session_limit {
    double depth;
    double share;
};

/* Whether a session whose strongest mix falls short may have more dots than planned. */
enum session_dots { SESSION_DOTS_PLANNED, SESSION_DOTS_FREE };

/* A session as it is being worked out. */
struct session_draft {
    const struct session_course *course;
    struct treatment usual; /* with all dots of the session */
    struct session_wish wish;
    double weakest; /* loading of a mix; instead of a weaker one fewer dots are placed */
    struct session_limit limit;
    enum session_dots dots;
};

/*
 * Works a session out unless there is nothing to do, which the verdict then says: in
 * whole drops, weakened or thinned until it keeps its limit, with its looks. Where the
 * draft wishes for nothing the mix is solved.
 *
 *   recipe    of the course: its pigments are used
 *   left      dots per cm2 not placed before this session; the solved mix is for them all
 *   relative  strength of this session's mix over the solved one
 */
enum status session_work_out(struct session_draft *draft, const struct recipe *recipe,
                             double left, double relative, struct session_step *step);

#endif
