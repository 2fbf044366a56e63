/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profiles/mie/material.h"

#include <math.h>
#include <stddef.h>

/* wavelength (nm), n and k ordinary, n and k extraordinary */
static const double hematite[][5] = {
#include "profiles/mie/hematite.inc"
};

/* wavelength (nm), n */
static const double water[][2] = {
#include "profiles/mie/water.inc"
};

/* wavelength (nm), reflectance factor of a masstone */
static const double yellow_oxide[][2] = {
#include "profiles/mie/yellow_oxide.inc"
};

/* A column of a table at a wavelength: straight lines between the rows (wavelength
 * first), the end values beyond them. */
static double look_up(const double *table, size_t rows, size_t columns, size_t column,
                      double wavelength_nm)
{
    if (wavelength_nm <= table[0])
        return table[column];
    for (size_t i = 1; i < rows; i++) {
        const double *below = &table[(i - 1) * columns];
        const double *above = below + columns;
        if (wavelength_nm <= above[0]) {
            double part = (wavelength_nm - below[0]) / (above[0] - below[0]);
            return below[column] + part * (above[column] - below[column]);
        }
    }
    return table[(rows - 1) * columns + column];
}

static double hematite_column(size_t column, double wavelength_nm)
{
    return look_up(hematite[0], sizeof hematite / sizeof hematite[0], 5, column,
                   wavelength_nm);
}

static struct material_index hematite_index(double wavelength_nm)
{
    return (struct material_index){
        .ordinary =
            hematite_column(1, wavelength_nm) + I * hematite_column(2, wavelength_nm),
        .extraordinary =
            hematite_column(3, wavelength_nm) + I * hematite_column(4, wavelength_nm),
    };
}

/* J. R. DeVore, J. Opt. Soc. Am. 41 (1951) 416; fitted from 430 nm on. Rutile's own
 * absorption below 420 nm is left out. */
static struct material_index rutile_index(double wavelength_nm)
{
    double square = wavelength_nm * wavelength_nm * 1e-6; /* micrometres */
    return (struct material_index){
        .ordinary = sqrt(5.913 + 0.2441 / (square - 0.0803)),
        .extraordinary = sqrt(7.197 + 0.3322 / (square - 0.0843)),
    };
}

struct material_index material_index(enum material material, double wavelength_nm)
{
    return material == MATERIAL_HEMATITE ? hematite_index(wavelength_nm)
                                         : rutile_index(wavelength_nm);
}

double material_water_index(double wavelength_nm)
{
    return look_up(water[0], sizeof water / sizeof water[0], 2, 1, wavelength_nm);
}

double material_carbon_m2_per_g(double wavelength_nm)
{
    return 7.5 * 550 / wavelength_nm;
}

/*
 * Saunderson's correction, J. Opt. Soc. Am. 32 (1942) 727. How much surface reflection
 * the paint's instrument saw is not stated; its black masstone reads 0.028 at the least,
 * so k1 = 0.025. k2 = 0.6 is usual for resin.
 */
double material_yellow_oxide_ks(double wavelength_nm)
{
    const double k1 = 0.025;
    const double k2 = 0.6;
    double seen = look_up(yellow_oxide[0], sizeof yellow_oxide / sizeof yellow_oxide[0],
                          2, 1, wavelength_nm) -
                  k1;
    double internal = seen / ((1 - k1) * (1 - k2) + k2 * seen);
    return (1 - internal) * (1 - internal) / (2 * internal);
}
