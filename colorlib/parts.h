/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recipe in whole parts by volume, as it is poured on a scale. */
#ifndef COLORLIB_PARTS_H
#define COLORLIB_PARTS_H

#include <stddef.h>

/* The greatest number of parts that divides both; the other one where one is 0. */
unsigned parts_common_divisor(unsigned a, unsigned b);

/* One component of a recipe. */
struct parts {
    unsigned parts; /* by volume */
    double density; /* g/ml, > 0 */
};

/* One pour, in the order of pouring. */
struct parts_pour {
    size_t component; /* its index */
    double share;     /* of the volume, 0 to 1 */
    double ml;
    double g;
    double scale_g; /* what the scale shows after it, from zero on */
};

/* The volume, ml, of so many grams of the recipe, which has at least one part. */
double parts_volume_ml(const struct parts *parts, size_t count, double g);

/*
 * The recipe at a volume, the largest part first, so that what it is missed by can be
 * made good by the smaller ones; of equal parts the first. Components of no parts are
 * left out. Returns how many pours there are.
 *
 *   pours  room for count of them
 */
size_t parts_pour(const struct parts *parts, size_t count, double ml,
                  struct parts_pour *pours);

#endif
