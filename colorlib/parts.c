/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/parts.h"

unsigned parts_common_divisor(unsigned a, unsigned b)
{
    while (b > 0) {
        unsigned rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static double sum_of_parts(const struct parts *parts, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += parts[i].parts;
    return sum;
}

double parts_volume_ml(const struct parts *parts, size_t count, double g)
{
    double mass = 0;
    for (size_t i = 0; i < count; i++)
        mass += parts[i].parts * parts[i].density;
    return g * sum_of_parts(parts, count) / mass;
}

/* Makes room among the pours for a component behind all that are as large. */
static size_t place_of(const struct parts *parts, size_t component, size_t used,
                       struct parts_pour *pours)
{
    size_t place = used;
    for (; place > 0; place--) {
        if (parts[pours[place - 1].component].parts >= parts[component].parts)
            break;
        pours[place] = pours[place - 1];
    }
    return place;
}

size_t parts_pour(const struct parts *parts, size_t count, double ml,
                  struct parts_pour *pours)
{
    double sum = sum_of_parts(parts, count), scale_g = 0;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].parts == 0)
            continue;
        double share = parts[i].parts / sum;
        pours[place_of(parts, i, used, pours)] =
            (struct parts_pour){.component = i,
                                .share = share,
                                .ml = share * ml,
                                .g = share * ml * parts[i].density};
        used++;
    }
    for (size_t k = 0; k < used; k++)
        pours[k].scale_g = scale_g += pours[k].g;
    return used;
}
