/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would have to be mixed, and where that is not enough, to reach the target. */
#include <math.h>

#include "colorlib/session_course.h"

static cmsCIELab healed(const struct session_course *course,
                        const struct treatment *usual, const struct session_wish *wish)
{
    struct mixture mixture;
    session_wish_mixture(course->given->problem, wish, &mixture);
    return session_course_healed(course, usual, &mixture);
}

/* The mix in the ratios of a wish that heals as light as the target; the strongest that
 * can be poured where none is as dark. */
static struct session_wish as_light(const struct session_course *course,
                                    const struct treatment *usual,
                                    const struct session_wish *wish)
{
    enum { HALVINGS = 30 };
    double low = 0, high = RECIPE_LOADING_MAX / session_wish_loading(wish);
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        struct session_wish mix = session_wish_scaled(wish, middle);
        if (healed(course, usual, &mix).L > course->target.L)
            low = middle;
        else
            high = middle;
    }
    return session_wish_scaled(wish, low);
}

/* Searches the best recipe of some pigments; its parts count these. */
static enum status search(const struct session_course *course,
                          const struct treatment *usual, const struct pigment *pigments,
                          size_t count, struct recipe *out)
{
    struct recipe_problem problem = *course->given->problem;
    session_course_central(course, usual, &problem.treatment);
    problem.pigments = pigments;
    problem.pigment_count = count;
    struct recipe_solver *solver;
    enum status status = recipe_solver_open(&problem, &solver);
    if (status != STATUS_OK)
        return status;
    size_t found;
    status = recipe_search(solver, out, 1, &found, NULL);
    recipe_solver_close(solver);
    return status;
}

/* What heals lighter than the target by more than this in L* falls short. */
static const double too_light = 0.5;

bool session_falls_short(const struct session_course *course,
                         const struct treatment *usual, const struct session_wish *wish)
{
    return healed(course, usual, wish).L > course->target.L + too_light;
}

/* The pigments of a wish, in its order. */
static void pigments_of(const struct recipe_problem *problem,
                        const struct session_wish *wish, struct pigment *out)
{
    for (size_t k = 0; k < wish->count; k++)
        out[k] = problem->pigments[wish->pigment[k]];
}

/* The best mix of a wish's pigments. Where none keeps the rule, as earlier dots may break
 * it by themselves, the wish's ratios as light as the target. */
static enum status solve_with(const struct session_course *course,
                              const struct treatment *usual,
                              const struct session_wish *with, struct session_wish *out)
{
    struct pigment pigments[MIXTURE_MAX];
    struct recipe recipe;
    pigments_of(course->given->problem, with, pigments);
    enum status status = search(course, usual, pigments, with->count, &recipe);
    if (status == STATUS_NOT_FOUND)
        *out = as_light(course, usual, with);
    else if (status == STATUS_OK)
        *out = session_wish_of(&recipe);
    for (size_t k = 0; status == STATUS_OK && k < recipe.count; k++)
        out->pigment[k] = with->pigment[recipe.part[k].pigment];
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The best mix of all bottles, for want of which with stays. */
static enum status solve_with_all(const struct session_course *course,
                                  const struct treatment *usual,
                                  const struct session_wish *with,
                                  struct session_wish *out)
{
    const struct recipe_problem *p = course->given->problem;
    struct recipe recipe;
    enum status status = search(course, usual, p->pigments, p->pigment_count, &recipe);
    *out = status == STATUS_OK ? session_wish_of(&recipe) : *with;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status session_solve(const struct session_course *course,
                          const struct treatment *usual, const struct session_wish *with,
                          struct session_wish *out)
{
    struct session_wish wish;
    enum status status = solve_with(course, usual, with, &wish);
    if (status == STATUS_OK && session_falls_short(course, usual, &wish))
        status = solve_with_all(course, usual, &wish, &wish);
    if (status != STATUS_OK)
        return status;
    bool darker = healed(course, usual, &wish).L < course->target.L;
    *out = darker ? as_light(course, usual, &wish) : wish;
    return STATUS_OK;
}

double session_more_dots(const struct session_course *course,
                         const struct treatment *usual, const struct session_wish *wish)
{
    enum { HALVINGS = 12 };
    const struct technique *technique = &usual->technique;
    double own = dots_coverage(technique->density_per_cm2, technique->radius_mm);
    double others = treatment_coverage(usual) - own;
    double low = 1, high = fmax(1, (DOTS_COVERAGE_WARN - others) / own);
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        struct treatment denser =
            session_with_density(usual, middle * technique->density_per_cm2);
        if (healed(course, &denser, wish).L > course->target.L)
            low = middle;
        else
            high = middle;
    }
    return low;
}
