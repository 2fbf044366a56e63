/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/formulation.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "colorlib/difference.h"

/* -- the search ---------------------------------------------------------------------- */

static void compare_lights(struct formulation *formulation, size_t index)
{
    for (size_t v = 1; v < formulation->light_count; v++)
        formulation->metamerism[index][v] =
            difference_metamerism(&formulation->weights[0], &formulation->weights[v],
                                  formulation->target.reflectance.value,
                                  formulation->formula[index].reflectance.value);
}

/* Of the best recipes up to each size those that need it. */
static void keep_sizes(const struct formula best[FORMULA_SIZE_MAX],
                       struct formulation *formulation)
{
    formulation->count = 0;
    for (size_t size = formulation->problem.size_max; size > 0; size--) {
        if (best[size - 1].count != size)
            continue;
        formulation->formula[formulation->count] = best[size - 1];
        if (formulation->target.basis == COLOR_SPECTRAL)
            compare_lights(formulation, formulation->count);
        formulation->count++;
    }
}

void formulation_take(const struct formula_found *found, struct formulation *formulation)
{
    formulation->certificate = found->certificate;
    keep_sizes(found->best, formulation);
}

enum status formulation_search(const struct formula_solver *solver,
                               struct formulation *formulation)
{
    struct formula_found found;
    enum status status =
        formula_search(solver, &formulation->target.lab, found.best, &found.certificate);
    if (status == STATUS_OK)
        formulation_take(&found, formulation);
    return status;
}

/* -- pours --------------------------------------------------------------------------- */

size_t formulation_pours(const struct formulation *formulation,
                         const struct formula *formula,
                         struct formulation_pour out[static FORMULATION_POURS_MAX])
{
    const struct pigment *pigment[FORMULATION_POURS_MAX];
    struct parts parts[FORMULATION_POURS_MAX] = {{0}};
    struct parts_pour pour[FORMULATION_POURS_MAX];
    size_t count = formula->count;
    for (size_t k = 0; k < count; k++) {
        pigment[k] = &formulation->bottles.pigment[formula->part[k].colorant];
        parts[k].parts = formula->part[k].parts;
    }
    if (formula->diluent > 0) {
        pigment[count] = &formulation->diluent;
        parts[count++].parts = formula->diluent;
    }
    for (size_t k = 0; k < count; k++)
        parts[k].density = pigment[k]->density_g_per_ml;
    double ml = formulation->size.amount;
    if (formulation->size.unit == FORMULATION_G)
        ml = parts_volume_ml(parts, count, ml);
    parts_pour(parts, count, ml, pour);
    for (size_t k = 0; k < count; k++) {
        size_t component = pour[k].component;
        out[k] = (struct formulation_pour){pigment[component], parts[component].parts,
                                           pour[k]};
    }
    return count;
}

/* -- the certificate ----------------------------------------------------------------- */

/* Recipes that agree to it count as equally near (formula_search). */
static const double tie = 1e-9;

double formulation_gap(const struct formulation *formulation)
{
    double gap = formulation->formula[0].ciede2000 - formulation->certificate.bound;
    return gap > tie ? gap : 0;
}

/* Digits of a difference in documents. */
static const double steps = 1e4;

double formulation_bound(const struct formulation *formulation)
{
    double bound = formulation->certificate.bound * steps;
    return (formulation_gap(formulation) > 0 ? floor(bound) : round(bound)) / steps;
}

void formulation_certificate_text(const struct formulation *formulation,
                                  char text[static FORMULATION_CERTIFICATE_MAX])
{
    const struct formula_certificate *it = &formulation->certificate;
    double gap = formulation_gap(formulation);
    int used =
        gap > 0
            ? snprintf(text, FORMULATION_CERTIFICATE_MAX,
                       "best found, within %.4f of optimal", ceil(gap * steps) / steps)
            : snprintf(text, FORMULATION_CERTIFICATE_MAX, "optimal on this grid");
    snprintf(text + used, FORMULATION_CERTIFICATE_MAX - (size_t)used,
             " (%" PRIu64 " recipes, %" PRIu64 " examined, bound %.4f)", it->recipes,
             it->examined, formulation_bound(formulation));
}
