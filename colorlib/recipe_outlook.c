/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E of a mixture: all its ages under all lights at once. */
#include <math.h>
#include <string.h>

#include "colorlib/recipe_solver.h"

bool recipe_same_light(const struct weights *a, const struct weights *b)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (a->x[i] != b->x[i] || a->y[i] != b->y[i] || a->z[i] != b->z[i])
            return false;
    return true;
}

/* -- what is looked at --------------------------------------------------------- */

/* The next place for a spectrum, at an age; counts the places taken. */
static struct recipe_view *add_spectrum(struct recipe_solver *solver, size_t time,
                                        size_t *places)
{
    struct recipe_view *view = &solver->view[*places / LANES_SPECTRA];
    view->time[*places % LANES_SPECTRA] = time;
    solver->view_count = *places / LANES_SPECTRA + 1;
    ++*places;
    return view;
}

static void aim(struct recipe_view *view, size_t lane, const struct weights *weights,
                const cmsCIELab *target, double share)
{
    lanes_views_set(&view->lights, lane, weights);
    view->target.L[lane] = target->L;
    view->target.a[lane] = target->a;
    view->target.b[lane] = target->b;
    view->share[lane] = share;
}

/* One age under all lights; the light of the rule comes before the others where it is
 * none of them. */
static void add_age(struct recipe_solver *solver, size_t time, size_t *places)
{
    const struct recipe_problem *p = &solver->problem;
    struct recipe_view *view = NULL;
    size_t looks = 0;
    if (time == 0 && !recipe_same_light(p->rule_weights, p->weights[0])) {
        view = add_spectrum(solver, time, places);
        aim(view, looks++, p->rule_weights, &solver->rule_target, 0);
    }
    for (size_t v = 0; v < p->illuminant_count; v++, looks++) {
        if (looks % LANES_LIGHTS == 0)
            view = add_spectrum(solver, time, places);
        size_t first = (*places - 1) % LANES_SPECTRA * LANES_LIGHTS;
        aim(view, first + looks % LANES_LIGHTS, p->weights[v], &solver->target[time][v],
            p->time_share[time] * p->illuminant_share[v]);
    }
}

void recipe_views_make(struct recipe_solver *solver)
{
    size_t places = 0;
    memset(solver->view, 0, sizeof solver->view);
    for (size_t t = 0; t < solver->problem.time_count; t++)
        add_age(solver, t, &places);
}

/* -- how it looks -------------------------------------------------------------- */

double recipe_violation(const struct recipe_solver *solver, const cmsCIELab *lab)
{
    const cmsCIELab *target = &solver->rule_target;
    return fmax(0, target->L - RECIPE_DARKER_MAX - lab->L) +
           fmax(0, target->a - RECIPE_BLUER_MAX - lab->a) +
           fmax(0, target->b - RECIPE_BLUER_MAX - lab->b);
}

struct recipe_outlook recipe_outlook(const struct recipe_solver *solver,
                                     const size_t *pigment, const double *concentration,
                                     size_t count)
{
    const enum lanes_isa isa = lanes_isa_best();
    struct recipe_outlook outlook = {0};
    struct bands reflectance[RECIPE_TIMES_MAX];
    for (size_t t = 0; t < solver->problem.time_count; t++)
        recipe_reflectance(solver, t, pigment, concentration, count, &reflectance[t]);
    for (size_t i = 0; i < solver->view_count; i++) {
        const struct recipe_view *view = &solver->view[i];
        const struct bands *spectrum[LANES_SPECTRA];
        struct lanes_lab lab;
        double difference[LANES];
        for (size_t s = 0; s < LANES_SPECTRA; s++)
            spectrum[s] = &reflectance[view->time[s]];
        lanes_views_lab(isa, &view->lights, spectrum, &lab);
        lanes_ciede2000(isa, &view->target, &lab, 1, difference);
        for (size_t k = 0; k < LANES; k++)
            outlook.objective += view->share[k] * difference[k];
        if (i == 0) {
            const cmsCIELab rule = {lab.L[0], lab.a[0], lab.b[0]};
            outlook.violation = recipe_violation(solver, &rule);
        }
    }
    return outlook;
}
