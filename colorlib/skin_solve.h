/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search for the skin parameters that a measurement and the priors make most likely;
 * skin_fit judges what it finds. */
#ifndef COLORLIB_SKIN_SOLVE_H
#define COLORLIB_SKIN_SOLVE_H

#include "colorlib/skin.h"

/* What is fitted: a spectrum, or a color under weights (the other pointers are NULL). */
struct skin_evidence {
    const struct bands *spectrum;
    double noise_factor; /* on the sd of its bands; 1 for steps up to 10 nm */
    const cmsCIELab *lab;
    const struct weights *weights;
};

/* theta = ln f_m, ln f_b, logit s, ln A_s, b_s, rho_s, ln y. */
struct skin_solution {
    double theta[SKIN_PARAMETER_COUNT];
    double covariance[SKIN_PARAMETER_COUNT][SKIN_PARAMETER_COUNT];
    size_t iterations;
};

/* NO_MEMORY; NOT_CONVERGED after 100 iterations. */
enum status skin_solve(const struct skin_evidence *evidence, struct skin_solution *out);

/* A haze outside its limits is reflected at them. */
struct skin_parameters skin_theta_parameters(const double *theta);

/* theta[k] minus its prior mean, in prior sd. */
double skin_prior_deviation(const double *theta, size_t k);

#endif
