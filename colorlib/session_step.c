/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One session of a course: its mix, its limit, its looks. */
#include <math.h>

#include "colorlib/forecast.h"
#include "colorlib/session_course.h"

struct treatment session_with_density(const struct treatment *usual,
                                      double density_per_cm2)
{
    struct treatment result = *usual;
    result.technique.density_per_cm2 = density_per_cm2;
    return result;
}

/* Less of what a draft wishes for: a weaker mix, and fewer dots where that would be too
 * weak to be mixed. */
static void lessen(const struct session_draft *draft, double amount,
                   struct treatment *usual, struct session_wish *wish)
{
    double whole = session_wish_loading(&draft->wish);
    double mixed = fmax(amount * whole, draft->weakest);
    double density = draft->usual.technique.density_per_cm2;
    if (mixed > amount * whole)
        density = fmax(1, floor(density * amount * whole / mixed + 0.5));
    *usual = session_with_density(&draft->usual, density);
    *wish = session_wish_scaled(&draft->wish, mixed / whole);
}

static bool holds(const struct session_draft *draft, const struct treatment *usual,
                  const struct mixture *mixture)
{
    return session_course_darker(draft->course, usual, mixture, draft->limit.depth) <=
           draft->limit.share;
}

static bool amount_holds(const struct session_draft *draft, double amount)
{
    struct treatment usual;
    struct session_wish wish;
    struct mixture mixture;
    lessen(draft, amount, &usual, &wish);
    session_wish_mixture(draft->course->given->problem, &wish, &mixture);
    return holds(draft, &usual, &mixture);
}

/* The most of the wish, up to all of it, that keeps the limit. */
static double largest_amount(const struct session_draft *draft)
{
    enum { HALVINGS = 8 };
    if (amount_holds(draft, 1))
        return 1;
    double low = 0, high = 1;
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        if (amount_holds(draft, middle))
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* An amount of the wish in whole drops. */
static enum status pour(const struct session_draft *draft, double amount,
                        struct session_step *step)
{
    struct recipe_problem problem = *draft->course->given->problem;
    struct session_wish wish;
    lessen(draft, amount, &step->usual, &wish);
    session_course_central(draft->course, &step->usual, &problem.treatment);
    struct recipe_solver *solver;
    enum status status = recipe_solver_open(&problem, &solver);
    if (status != STATUS_OK)
        return status;
    status = session_pour(&problem, solver, &wish, &step->recipe);
    recipe_solver_close(solver);
    return status;
}

/* The most that keeps the limit in whole drops as well. NOT_FOUND when there is nothing
 * between too much and nothing. */
static enum status pour_within(const struct session_draft *draft,
                               struct session_step *step)
{
    enum { TRIALS = 12 };
    const double less = 0.96; /* about a step of water */
    double amount = largest_amount(draft);
    for (int i = 0; i < TRIALS && amount > 0; i++, amount *= less) {
        enum status status = pour(draft, amount, step);
        if (status != STATUS_OK)
            return status;
        if (!holds(draft, &step->usual, &step->recipe.mixture))
            continue;
        if (amount < 1)
            step->bounds |= SESSION_CAPPED;
        if (step->usual.technique.density_per_cm2 <
            draft->usual.technique.density_per_cm2)
            step->bounds |= SESSION_THINNED;
        return STATUS_OK;
    }
    return STATUS_NOT_FOUND;
}

static enum status look(const struct session_course *course, struct session_step *step)
{
    const struct mixture *mixture = &step->recipe.mixture;
    enum status status =
        session_course_look(course, &step->usual, mixture, 0, &step->fresh);
    if (status == STATUS_OK)
        status = session_course_look(course, &step->usual, mixture,
                                     SESSION_INTERVAL_YEARS, &step->fortnight);
    if (status == STATUS_OK)
        status = session_course_look(course, &step->usual, mixture, FORECAST_HEALED_YEARS,
                                     &step->healed);
    return status;
}

/* The place as it is, and what that means: STATUS_OK with SESSION_PLACE where there is
 * work to do. */
static enum status look_without(const struct session_draft *draft,
                                struct session_step *step)
{
    *step = (struct session_step){.verdict = SESSION_PLACE,
                                  .usual = session_with_density(&draft->usual, 0)};
    enum status status = look(draft->course, step);
    double lightness = step->healed.lab.L, target = draft->course->target.L;
    if (lightness < target - SESSION_FLOOR_DEPTH)
        step->verdict = SESSION_TOO_DARK;
    else if (lightness <= target + RECIPE_DARKER_MAX ||
             !holds(draft, &step->usual, &step->recipe.mixture))
        step->verdict = SESSION_ENOUGH;
    return status;
}

/* Pours a draft whose place needs something, unless that would not help. */
static enum status place(const struct session_draft *draft, struct session_step *without)
{
    struct session_step step = {.number = without->number, .verdict = SESSION_PLACE};
    enum status status = pour_within(draft, &step);
    if (status == STATUS_NOT_FOUND || status == STATUS_REJECTED) {
        without->verdict = SESSION_ENOUGH;
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = look(draft->course, &step);
    if (status != STATUS_OK)
        return status;
    if (step.healed.ciede2000 < without->healed.ciede2000)
        *without = step;
    else
        without->verdict = SESSION_ENOUGH;
    return STATUS_OK;
}

/* The mix that the dots left ask for, and more dots where the draft may have them. */
static enum status make_wish(struct session_draft *draft, const struct recipe *recipe,
                             double left, double relative)
{
    struct session_wish with = session_wish_of(recipe), wish;
    struct treatment rest = session_with_density(&draft->usual, left);
    enum status status = session_solve(draft->course, &rest, &with, &wish);
    if (status != STATUS_OK)
        return status;
    double *density = &draft->usual.technique.density_per_cm2;
    if (draft->dots == SESSION_DOTS_FREE &&
        session_falls_short(draft->course, &rest, &wish))
        *density = floor(*density * session_more_dots(draft->course, &rest, &wish));
    draft->wish = session_wish_scaled(&wish, relative);
    return STATUS_OK;
}

enum status session_work_out(struct session_draft *draft, const struct recipe *recipe,
                             double left, double relative, struct session_step *step)
{
    const double planned = draft->usual.technique.density_per_cm2;
    enum status status = look_without(draft, step);
    if (status != STATUS_OK || step->verdict != SESSION_PLACE)
        return status;
    if (draft->wish.count == 0) {
        status = make_wish(draft, recipe, left, relative);
        if (status == STATUS_REJECTED) {
            step->verdict = SESSION_ENOUGH;
            return STATUS_OK;
        }
    }
    if (status == STATUS_OK)
        status = place(draft, step);
    if (status == STATUS_OK && step->usual.technique.density_per_cm2 > planned)
        step->bounds |= SESSION_DENSER;
    return status;
}
