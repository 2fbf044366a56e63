/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/observer.h"

/* wavelength (nm), x-bar, y-bar, z-bar */
static const double cie_1931_2deg[][4] = {
#include "colorlib/data/cie_1931_2deg.inc" /* made from the .csv */
};

/* wavelength (nm), x-bar, y-bar, z-bar */
static const double cie_1964_10deg[][4] = {
#include "colorlib/data/cie_1964_10deg.inc" /* made from the .csv */
};

enum { FIRST_NM = 360, LAST_NM = 830 };

_Static_assert(sizeof cie_1931_2deg / sizeof cie_1931_2deg[0] == LAST_NM - FIRST_NM + 1,
               "one row a nanometre");
_Static_assert(sizeof cie_1964_10deg / sizeof cie_1964_10deg[0] == LAST_NM - FIRST_NM + 1,
               "one row a nanometre");

struct color_matching observer_at(enum observer observer, int wavelength_nm)
{
    if (wavelength_nm < FIRST_NM || wavelength_nm > LAST_NM)
        return (struct color_matching){0};
    const double(*table)[4] =
        observer == OBSERVER_CIE_1931_2DEG ? cie_1931_2deg : cie_1964_10deg;
    const double *row = table[wavelength_nm - FIRST_NM];
    return (struct color_matching){.x = row[1], .y = row[2], .z = row[3]};
}

int observer_degrees(enum observer observer)
{
    return observer == OBSERVER_CIE_1931_2DEG ? 2 : 10;
}
