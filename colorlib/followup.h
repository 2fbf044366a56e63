/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What re-scans of treated skin tell of a client: the state that is most likely, by
 * Bayes' rule, given a prior, the bare skin as it was measured, and any number of dated
 * scans.
 */
#ifndef COLORLIB_FOLLOWUP_H
#define COLORLIB_FOLLOWUP_H

#include "colorlib/client_state.h"

enum { FOLLOWUP_SCANS_MAX = 64, FOLLOWUP_LAB = 3 };

/* Fresh skin is red and crusted, which is not modelled; until the epidermis has renewed
 * itself a scan counts with twice the noise. */
enum followup_use {
    FOLLOWUP_STORED, /* younger than 10 days: kept, not used */
    FOLLOWUP_HALF,   /* younger than 28 days: twice the noise */
    FOLLOWUP_FULL
};

/* What a scan is good for at an age (years, >= 0) of the last session. */
enum followup_use followup_use(double years);

/* "stored", "half", "full" and back. NOT_FOUND for another word. */
const char *followup_use_name(enum followup_use use);
enum status followup_use_find(const char *name, enum followup_use *out);

/* A re-scan. All pointers are the caller's. */
struct followup_scan {
    /* As of the last session, without deviations; those before are its earlier deposits.
     * Its skin is that of the fit that is used. */
    const struct treatment *usual;
    const struct mixture *mixture; /* of the last session */
    double years;                  /* since then */
    cmsCIELab lab;                 /* as measured, under the weights */
    size_t placements;             /* that the reading is the median of; 0: 1 */
    double aperture_mm;            /* 0: 8 mm */
    /* The bare skin as fitted anew on the day of the scan, such as a tanned one; NULL
     * where it is the one common to all. */
    const struct skin_fit *skin;
};

/*
 * One sd of ln(dots seen in an aperture): 0.65 / sqrt(their number), over the placements.
 * Between dots at random (1) and set evenly (about half); the factor gives the noise that
 * the colour note's scalar check of learning states.
 */
double followup_sampling_sd(double density_per_cm2, double aperture_mm,
                            size_t placements);

/* A scan by its lightness against where eight of ten were expected. */
enum followup_side { FOLLOWUP_AS_EXPECTED, FOLLOWUP_LIGHTER, FOLLOWUP_DARKER };

/* A scan against what was thought before and after all of them. */
struct followup_sight {
    enum followup_use use;
    cmsCIELab before;               /* predicted by the prior's mean */
    double before_sd[FOLLOWUP_LAB]; /* of measured minus before: prior, skin and noise */
    double low[FOLLOWUP_LAB];       /* measured values were expected from P10 */
    double high[FOLLOWUP_LAB];      /* to P90 */
    enum followup_side side;
    double surprise; /* largest difference of L*, a*, b* from before, in sd */
    cmsCIELab after; /* predicted by the posterior's mean */
    double residual[FOLLOWUP_LAB]; /* measured minus after, in sd of the scan's noise */
};

/* What the scans can tell apart. */
enum followup_knowledge {
    FOLLOWUP_NOTHING, /* no scan was used */
    FOLLOWUP_PRODUCT, /* how much pigment shows, whatever makes it so */
    FOLLOWUP_LOSS     /* and how fast it goes */
};

struct followup_report {
    struct followup_sight sight[FOLLOWUP_SCANS_MAX];
    size_t used;
    double learned[CLIENT_COMPONENTS]; /* 1 - sd after / sd before; 0 without spread */
    /* The combination of components, in prior sd, that the scans fix best (of length 1),
     * and how well: 1 - sd after / sd before. Zeros where nothing was learned. */
    double combination[CLIENT_COMPONENTS];
    double combination_learned;
    enum followup_knowledge knowledge;
};

/* What can and cannot be told, in a sentence. */
const char *followup_knowledge_text(enum followup_knowledge knowledge);

/*
 * The state after all of the scans. What is unknown of the skin is common to all of them,
 * but for the look of bare skin that was scanned anew; of a reference client's skin
 * nothing is learned.
 * Each scan adds L*, a*, b* with sd 0.5, 0.35, 0.45 and the sampling of its dots. Their
 * order does not matter. Without a scan that is used the posterior is the prior.
 *
 *   weights  on the 31-band grid
 *   prior    a component without spread stays as it is
 *   scan     count of them, 0 to FOLLOWUP_SCANS_MAX; report may be NULL
 *
 * OUT_OF_RANGE for more scans or an age below 0; BAD_DATA when a covariance is not
 * positive semidefinite or a measured color not finite; NOT_CONVERGED; NO_MEMORY.
 * Switches GSL's error handler off while it runs, as skin_fit does.
 */
enum status followup_update(const struct skin_fit *skin, const struct weights *weights,
                            const struct client_state *prior,
                            const struct followup_scan *scan, size_t count,
                            struct client_state *posterior,
                            struct followup_report *report);

#endif
