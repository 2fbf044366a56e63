/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The CIE standard observers (CIE 015:2018; ISO/CIE 11664-1). */
#ifndef COLORLIB_OBSERVER_H
#define COLORLIB_OBSERVER_H

enum observer { OBSERVER_CIE_1931_2DEG, OBSERVER_CIE_1964_10DEG };

struct color_matching {
    double x;
    double y;
    double z;
};

/* The color-matching functions at a whole wavelength, 360 to 830 nm; zero outside. */
struct color_matching observer_at(enum observer observer, int wavelength_nm);

/* Field of view in degrees, 2 or 10. */
int observer_degrees(enum observer observer);

#endif
