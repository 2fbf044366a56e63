/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a batch may differ from its standard by, and how that is decided. */
#ifndef COLORLIB_TOLERANCE_H
#define COLORLIB_TOLERANCE_H

#include <stdbool.h>

#include "colorlib/status.h"

/* In the order in which they are printed. */
enum tolerance_criterion {
    TOLERANCE_DE00, /* CIEDE2000 as measured */
    TOLERANCE_LIGHTNESS,
    TOLERANCE_CHROMA,
    TOLERANCE_HUE,
    TOLERANCE_STRENGTH,  /* percent of the standard's */
    TOLERANCE_RESIDUAL,  /* CIEDE2000 left at equal strength */
    TOLERANCE_CONTRAST,  /* contrast ratio, percent */
    TOLERANCE_METAMERISM /* CIEDE2000 in a second light, matched in the first */
};

enum { TOLERANCE_CRITERIA = TOLERANCE_METAMERISM + 1 };

enum tolerance_limit_kind {
    TOLERANCE_NO_LIMIT, /* told, not judged */
    TOLERANCE_BELOW,    /* at most "most"; what is judged is never negative */
    TOLERANCE_BETWEEN
};

struct tolerance_limit {
    enum tolerance_limit_kind kind;
    double least;
    double most;
    bool critical; /* counts for the verdict on the batch */
};

enum { TOLERANCE_NAME_MAX = 64 };

struct tolerance {
    char name[TOLERANCE_NAME_MAX];
    struct tolerance_limit limit[TOLERANCE_CRITERIA];
    double warn; /* share of a limit beyond which a pass is marginal */
    /* Width of the guard band in expanded uncertainties: 0 for simple acceptance, 1 for
     * the rule of ISO 14253-1. */
    double guard;
};

/* The key of a criterion in a file, such as "de00_residual"; never NULL. */
const char *tolerance_key(enum tolerance_criterion criterion);

/* The criterion in words, such as "dE00 after strength"; never NULL. */
const char *tolerance_text(enum tolerance_criterion criterion);

/*
 * Reads [tolerance NAME] of an INI file:
 *
 *   de00, dl, dc, dh, strength, de00_residual, contrast, mi
 *                  "<0.80", "97..103" or, for dl, dc and dh alone, "+-0.5" or "±0.5"
 *   critical       keys of those that count, between blanks; all that have a limit
 *                  where it is absent
 *   warn           0.5 to 1, 0.8 where it is absent
 *   decision       "guard:1.0", 0.1 to 3, which is the default, or "simple"
 *
 * As ini_section_read; BAD_DATA also for a limit that is none, a critical key without a
 * limit, or no limit at all.
 */
enum status tolerance_read(const char *path, const char *name, struct tolerance *out,
                           struct fault *fault);

#endif
