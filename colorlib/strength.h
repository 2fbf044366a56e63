/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A batch against a standard: how strong it is, what shade is left once it is brought to
 * strength, how it hides, and what all that means on skin.
 */
#ifndef COLORLIB_STRENGTH_H
#define COLORLIB_STRENGTH_H

#include "colorlib/difference.h"
#include "colorlib/drawdown.h"
#include "colorlib/status.h"
#include "colorlib/treatment.h"

/*
 * What must be equal for two tints to be equally strong. They differ by several percent
 * where the shades do, so that a strength is never given without its criterion. After the
 * criteria of ISO 18314-2 (Saunderson correction, Kubelka-Munk, tinting strength, depth
 * of shade), ISO 787-24 and ASTM D4838; K/S is what the colorant adds to that of its
 * white, or K of a film in a clear carrier.
 */
enum strength_criterion {
    STRENGTH_KS_SUM,   /* the sum of K/S over the bands */
    STRENGTH_KS_SLOPE, /* K/S by least squares on the standard's */
    STRENGTH_KS_MAX,   /* K/S at the standard's absorption maximum */
    STRENGTH_Y,        /* the tristimulus value Y */
    STRENGTH_MIN_XYZ,  /* the least of X, Y, Z against white's, of the standard */
    STRENGTH_DEPTH     /* K/S weighted by observer and illuminant, x + y + z: depth as an
                          integral, not by ISO 18314-2's tables of standard depth */
};

/* "K/S sum", ...; never NULL. */
const char *strength_criterion_text(enum strength_criterion criterion);

/* From "ks-sum", "ks-slope", "ks-max", "y", "min-xyz", "depth"; NOT_FOUND for others. */
enum status strength_criterion_find(const char *word, enum strength_criterion *out);

/* How both are compared: at one concentration in one carrier, drawn down alike. */
struct strength_conditions {
    struct colorant carrier; /* all zero for a clear one; S = 1 for a reference white */
    double concentration;    /* of the standard, above 0 and at most 0.5 */
    struct drawdown drawdown;
    struct drawdown_view view;
    const struct weights *weights; /* on the 31 bands; the caller's */
};

enum { STRENGTH_RUNGS = 3 };

struct strength {
    enum strength_criterion criterion;
    double ratio;            /* batch over standard: 1.05 needs 1 / 1.05 as much of it */
    double before;           /* CIEDE2000 at equal concentrations */
    struct difference shade; /* what is left at equal strength, batch minus standard */
    /* CIEDE2000 left at equal strength: at half the concentration, at it, at twice. */
    double residual[STRENGTH_RUNGS];
    double residual_largest;
};

/*
 * Compares colorants of the same carrier and scale.
 *
 * BAD_DATA for coefficients negative or not finite; OUT_OF_RANGE for another
 * concentration; REJECTED when no concentration from a sixteenth to sixteen times the
 * standard's, at most 1, makes them equal: the criterion does not suit the colorant.
 */
enum status strength_compare(const struct strength_conditions *conditions,
                             const struct colorant *standard,
                             const struct colorant *batch,
                             enum strength_criterion criterion, struct strength *out);

/* The backings of a contrast card, as reflectance factors under the same glass. */
struct strength_card {
    struct bands light;
    struct bands dark;
};

/* Contrast ratio, Y over dark by Y over light, of a film of a liquid: 1 hides. */
double strength_contrast_ratio(const struct colorant *liquid, double thickness_mm,
                               const struct strength_card *card,
                               const struct drawdown_view *view,
                               const struct weights *weights);

/* The wet thickness at which a liquid has a contrast ratio, such as 0.98; NOT_FOUND when
 * 10 mm do not, OUT_OF_RANGE for a ratio outside the bare card's to 1. */
enum status strength_hiding_thickness(const struct colorant *liquid, double ratio,
                                      const struct strength_card *card,
                                      const struct drawdown_view *view,
                                      const struct weights *weights, double *out);

enum { STRENGTH_CLIENTS = 3, STRENGTH_DILUTIONS = 2 };

/* CIEDE2000 between batch and standard as healed dots (0.15 years) in the three reference
 * clients, light, tan, dark, diluted 1:10 and 1:20; D65/10 degrees. */
struct strength_on_skin {
    double ciede2000[STRENGTH_CLIENTS][STRENGTH_DILUTIONS];
    double largest;
};

/*
 * The difference that a client would see. The batch's K and S are per mm of bottle
 * liquid, as the standard's; it is taken to last as long.
 */
enum status strength_skin(const struct pigment *standard, const struct colorant *batch,
                          const struct technique *technique,
                          struct strength_on_skin *out);

#endif
