/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client's state in the words and units that a practitioner knows. */
#ifndef COLORLIB_CLIENT_FIGURES_H
#define COLORLIB_CLIENT_FIGURES_H

#include "colorlib/client_state.h"

/* One component as it is for this client: what is usual, deviated. */
struct client_figure {
    const char *name; /* "pigment held by a dot" */
    const char *unit; /* "of its volume"; empty where the number says it all */
    int decimals;     /* worth printing */
    double value;
    double sd; /* to first order */
};

/*
 * What a state says of one component.
 *
 *   usual  the treatment it deviates from
 *   rates  of the pigment that healing and loss are told for
 */
struct client_figure client_figure(const struct client_state *state,
                                   enum client_component component,
                                   const struct treatment *usual,
                                   const struct fade_rates *rates);

#endif
