/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look that is wanted: closely shaved hair on the client's own skin. */
#ifndef COLORLIB_STUBBLE_H
#define COLORLIB_STUBBLE_H

#include "colorlib/skin.h"

enum { HAIR_NAME_MAX = 32 };

struct hair {
    char name[HAIR_NAME_MAX];
    double absorption_scale; /* C_e: 8 black, 4 dark brown, 1.3 brown, 0.3 blond */
    double density_per_cm2;  /* terminal hairs, all colors */
    double diameter_mm;
    double depth_mm;  /* of the visible shaft under the surface, >= SKIN_EPIDERMIS_MM */
    double length_mm; /* of the stub above it */
    double grey_fraction; /* 0 to 1, hairs without pigment */
};

/*
 * Reads one class of hair from an INI file of sections [name] with keys ce, density,
 * diameter_mm, depth_mm, length_mm (each but ce with a default: 180, 0.07, 1.5, 0.3) and
 * grey (default 0). NOT_FOUND when there is no such file or section, IO when it cannot be
 * read, BAD_DATA with the place in fault when a key or number is missing, unknown or out
 * of range.
 */
enum status hair_read(const char *path, const char *name, struct hair *out,
                      struct fault *fault);

/*
 * Reflectance factor, specular excluded, of the shaved area: hair shafts as dots through
 * epidermis and dermis, stubs on the surface by Yule-Nielsen with n = 2, haze over both,
 * gamma of the skin. REJECTED for shafts that cover more than DOTS_COVERAGE_REFUSE or
 * stubs that cover more than all of the area.
 */
enum status stubble_reflectance(const struct skin *skin, const struct hair *hair,
                                struct bands *out);

/* Hair turns grey at this share a year once it has begun to [inferred: 26 %, about 33 %
 * and 40 % mean cover at 51-55, 56-60 and 61-65 years, Panhard 2012]. */
#define STUBBLE_GREYING_PER_YEAR 0.014

/* A shaved area whose hair goes on greying; both are the caller's. */
struct greying {
    const struct skin *skin;
    const struct hair *hair; /* its grey_fraction is today's */
};

/* stubble_reflectance after years >= 0 of greying, up to wholly grey. */
enum status stubble_greyed(const struct greying *greying, double years,
                           struct bands *out);

/*
 * A target scanned on one skin moved to another: rho_target x rho_there / rho_here, where
 * here is hairless skin beside the donor area and there the skin to be treated. BAD_DATA
 * when here is not above 0 in every band.
 */
enum status stubble_on_other_skin(const struct bands *target, const struct bands *here,
                                  const struct bands *there, struct bands *out);

#endif
