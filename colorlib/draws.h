/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What might be true: draws of everything that a forecast depends on and that is known
 * with a spread only. Every candidate is judged on the same draws.
 */
#ifndef COLORLIB_DRAWS_H
#define COLORLIB_DRAWS_H

#include <stdint.h>

#include "colorlib/client_state.h"

enum { DRAWS_MAX = 65536 };

/* Coefficients of variation: a drop of a dropper bottle, a syringe reading, the strength
 * of a lot (inferred from practice). */
#define DRAW_DROP_SD     0.05
#define DRAW_WATER_SD    0.02
#define DRAW_STRENGTH_SD 0.03

/* One possible world. Factors and offsets are 1 and 0 where all is as stated. */
struct draw {
    struct skin skin;
    double deviation[CLIENT_COMPONENTS];
    /* By the place of a pigment in its mixture: the volume of its drops over what the
     * bottle says, and its strength over the profile's. */
    double drop[MIXTURE_MAX];
    double strength[MIXTURE_MAX];
    double water;         /* the volume of water over what the syringe says */
    double target_lab[3]; /* true minus measured L*, a*, b* of the target */
};

/*
 * count draws, 1 to DRAWS_MAX, of a Sobol sequence, shifted at random by the seed,
 * through the normal quantile function and the Cholesky factors of the skin's posterior
 * and of the client's state, which tells the error of the scan of bare skin as well;
 * drops vary by 5 %, water by 2 %, strengths by 3 %, the target by the error of a scan
 * (scan_error.h). The same seed gives the same draws; the first n of more draws are n
 * draws.
 *
 *   skin    a reference client's has no spread
 *
 * OUT_OF_RANGE for another count; BAD_DATA when a covariance is not positive
 * semidefinite; NO_MEMORY. out has room for count.
 */
enum status draws_make(const struct skin_fit *skin, const struct client_state *state,
                       size_t count, uint64_t seed, struct draw *out);

/* The world in which everything is as stated: the mean of skin and state. */
void draws_central(const struct skin_fit *skin, const struct client_state *state,
                   struct draw *out);

/* A treatment in the world of a draw: its skin, its deviations. */
void draw_treatment(const struct draw *draw, const struct treatment *usual,
                    struct treatment *out);

/* A mixture as it is poured in the world of a draw: concentrations of at most MIXTURE_MAX
 * bottle liquids as intended (adding up to 1 at the most), the rest water; what comes out
 * are concentrations of liquids of nominal strength. */
void draw_pour(const struct draw *draw, const double *intended, size_t count,
               double *poured);

#endif
