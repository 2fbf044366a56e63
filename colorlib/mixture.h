/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bottle liquids and diluent poured together; two-constant additivity (Allen 1980). */
#ifndef COLORLIB_MIXTURE_H
#define COLORLIB_MIXTURE_H

#include "colorlib/pigment.h"

enum { MIXTURE_MAX = 4 };

/* The pigments are the caller's and must outlive the mixture. */
struct mixture {
    size_t count;
    const struct pigment *pigment[MIXTURE_MAX];
    double concentration[MIXTURE_MAX]; /* volume fraction of bottle liquid; the rest of 1
                                          is diluent with K = S = 0 */
};

/* A liquid's transport coefficients (mixture_transport), mm^-1. */
struct liquid {
    struct bands absorption;
    struct bands scattering;
};

/* Two-flux coefficients of the liquid, mm^-1: K = sum c K_i, S = sum c S_i. */
void mixture_two_flux(const struct mixture *mixture, struct bands *K, struct bands *S);

/*
 * Transport coefficients of the liquid, mm^-1, with each pigment weighted by the fraction
 * retained of it (NULL for 1): mu = K / 2, mu' = 4 S / 3.
 */
void mixture_transport(const struct mixture *mixture, const double *retained,
                       struct bands *absorption, struct bands *scattering);

/* Total volume fraction of bottle liquids. */
double mixture_loading(const struct mixture *mixture);

/* n of the trade ratio 1:n, diluent over pigment; HUGE_VAL without pigment. */
double mixture_ratio(const struct mixture *mixture);

#endif
