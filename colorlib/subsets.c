/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/subsets.h"

#include <math.h>
#include <string.h>

/* The best subsets of one size so far, by residual, ascending. */
struct ranking {
    size_t count;
    struct subset subset[SUBSETS_KEPT];
};

/* A depth-first walk: each step adds a pigment and one row to the Cholesky factor. */
struct walk {
    const struct normal_equations *equations;
    size_t pigments_max;
    size_t solved;
    size_t depth;
    size_t pigment[MIXTURE_MAX];
    double factor[MIXTURE_MAX][MIXTURE_MAX]; /* lower triangle */
    double half[MIXTURE_MAX];                /* factor half = right side */
    struct ranking ranking[MIXTURE_MAX];     /* by size - 1 */
};

/* A pivot below this share of the column's own square is a dependent column. */
static const double dependent = 1e-10;

/* Adds a pigment to the walk's set; false when its column depends on the others. */
static enum status push(struct walk *walk, size_t pigment)
{
    const struct normal_equations *e = walk->equations;
    size_t n = walk->depth;
    double pivot = e->gram[pigment][pigment];
    double half = e->right_side[pigment];
    for (size_t j = 0; j < n; j++) {
        double sum = e->gram[pigment][walk->pigment[j]];
        for (size_t k = 0; k < j; k++)
            sum -= walk->factor[n][k] * walk->factor[j][k];
        walk->factor[n][j] = sum / walk->factor[j][j];
        pivot -= walk->factor[n][j] * walk->factor[n][j];
        half -= walk->factor[n][j] * walk->half[j];
    }
    if (!(pivot > dependent * e->gram[pigment][pigment]))
        return STATUS_NOT_FOUND;
    walk->factor[n][n] = sqrt(pivot);
    walk->half[n] = half / walk->factor[n][n];
    walk->pigment[n] = pigment;
    walk->depth = n + 1;
    return STATUS_OK;
}

/* The solution of the walk's set by back substitution; NOT_FOUND unless all positive. */
static enum status solve(const struct walk *walk, struct subset *out)
{
    struct subset subset = {.count = walk->depth, .residual = walk->equations->constant};
    for (size_t j = walk->depth; j-- > 0;) {
        double sum = walk->half[j];
        for (size_t k = j + 1; k < walk->depth; k++)
            sum -= walk->factor[k][j] * subset.concentration[k];
        subset.concentration[j] = sum / walk->factor[j][j];
        if (!(subset.concentration[j] > 0))
            return STATUS_NOT_FOUND;
        subset.pigment[j] = walk->pigment[j];
        subset.residual -= walk->half[j] * walk->half[j];
    }
    *out = subset;
    return STATUS_OK;
}

static void rank(struct ranking *ranking, const struct subset *subset)
{
    size_t at = ranking->count;
    while (at > 0 && ranking->subset[at - 1].residual > subset->residual)
        at--;
    if (at == SUBSETS_KEPT)
        return;
    if (ranking->count < SUBSETS_KEPT)
        ranking->count++;
    memmove(&ranking->subset[at + 1], &ranking->subset[at],
            (ranking->count - at - 1) * sizeof ranking->subset[0]);
    ranking->subset[at] = *subset;
}

static void descend(struct walk *walk, size_t first)
{
    for (size_t p = first; p < walk->equations->count; p++) {
        size_t depth = walk->depth;
        if (push(walk, p) != STATUS_OK)
            continue;
        struct subset subset;
        walk->solved++;
        if (solve(walk, &subset) == STATUS_OK)
            rank(&walk->ranking[depth], &subset);
        if (walk->depth < walk->pigments_max)
            descend(walk, p + 1);
        walk->depth = depth;
    }
}

/* The best of each size first, up to the number that every size is given, then the best
 * of all: a merge of sorted lists. */
static size_t merge(const struct walk *walk, struct subset *best)
{
    struct ranking all = {0};
    size_t taken[MIXTURE_MAX];
    for (size_t s = 0; s < walk->pigments_max; s++) {
        size_t count = walk->ranking[s].count;
        taken[s] = count < SUBSETS_KEPT_EACH ? count : SUBSETS_KEPT_EACH;
        for (size_t i = 0; i < taken[s]; i++)
            rank(&all, &walk->ranking[s].subset[i]);
    }
    while (all.count < SUBSETS_KEPT) {
        size_t from = walk->pigments_max;
        for (size_t s = 0; s < walk->pigments_max; s++)
            if (taken[s] < walk->ranking[s].count &&
                (from == walk->pigments_max ||
                 walk->ranking[s].subset[taken[s]].residual <
                     walk->ranking[from].subset[taken[from]].residual))
                from = s;
        if (from == walk->pigments_max)
            break;
        rank(&all, &walk->ranking[from].subset[taken[from]++]);
    }
    memcpy(best, all.subset, all.count * sizeof best[0]);
    return all.count;
}

size_t subsets_search(const struct normal_equations *equations, size_t pigments_max,
                      struct subset *best, size_t *kept)
{
    struct walk walk = {.equations = equations, .pigments_max = pigments_max};
    descend(&walk, 0);
    *kept = merge(&walk, best);
    return walk.solved;
}

enum status subsets_solve(const struct normal_equations *equations, const size_t *pigment,
                          size_t count, struct subset *out)
{
    struct walk walk = {.equations = equations, .pigments_max = count};
    for (size_t i = 0; i < count; i++)
        if (push(&walk, pigment[i]) != STATUS_OK)
            return STATUS_NOT_FOUND;
    return solve(&walk, out);
}
