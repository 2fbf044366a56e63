/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The CIE illuminants (CIE 015:2018) and illuminants a user brings. */
#ifndef COLORLIB_ILLUMINANT_H
#define COLORLIB_ILLUMINANT_H

#include "colorlib/spectrum.h"

enum { ILLUMINANT_NAME_MAX = 64 };

struct illuminant {
    char name[ILLUMINANT_NAME_MAX];
    struct spectrum power; /* relative, any scale */
};

/*
 * A CIE illuminant by name, letter case ignored: A C D50 D55 D65 D75 FL1..FL12
 * LED-B1..LED-B5; F1..F12 stand for FL1..FL12. NOT_FOUND for another name.
 */
enum status illuminant_find(const char *name, struct illuminant *out);

/* The names that illuminant_find knows, in order; NULL beyond the last. */
const char *illuminant_name(size_t index);

/* Relative power at a wavelength: linear between the data, 0 outside them. */
double illuminant_power(const struct illuminant *illuminant, double wavelength_nm);

#endif
