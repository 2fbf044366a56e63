/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profiles/mie/mie.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

/* ORDERS_MAX holds what order_count gives for a size of 200. */
enum { ORDERS_MAX = 256, DIAMETERS = 321 };

static const double pi = 3.14159265358979323846;

/* Terms until the series has converged: Bohren and Huffman, appendix A. */
static size_t order_count(double size)
{
    return (size_t)(size + 4 * cbrt(size) + 2);
}

/*
 * The logarithmic derivative D_n of psi_n at the argument for n = 0 ... count. Only the
 * downward recurrence is stable for an absorbing sphere. It forgets its start of zero
 * above |argument| within a number of orders that grows as the width of the turning
 * point, the cube root; the 15 orders often used leave errors of 2e-5 at a size of 100.
 */
static void logarithmic_derivatives(double complex argument, size_t count,
                                    double complex *derivative)
{
    double radius = cabs(argument);
    size_t start = (size_t)(fmax((double)count, radius) + 8 * cbrt(radius) + 15);
    double complex above = 0;
    for (size_t n = start; n > 0; n--) {
        double complex ratio = (double)n / argument;
        above = ratio - 1 / (above + ratio);
        if (n <= count + 1)
            derivative[n - 1] = above;
    }
}

/* The scattering coefficients a_n, b_n of one order. */
struct coefficients {
    double complex a;
    double complex b;
};

/* Eq. 4.88: D inside the sphere, psi and xi outside, each of order n and the one below.
 */
static struct coefficients coefficients(double n, double size, double complex index,
                                        double complex derivative,
                                        const double complex xi[2])
{
    double complex a = derivative / index + n / size;
    double complex b = derivative * index + n / size;
    return (struct coefficients){
        .a = (a * creal(xi[1]) - creal(xi[0])) / (a * xi[1] - xi[0]),
        .b = (b * creal(xi[1]) - creal(xi[0])) / (b * xi[1] - xi[0]),
    };
}

/* What order n adds to the asymmetry, with the order below. */
static double asymmetry_term(double n, const struct coefficients *below,
                             const struct coefficients *here)
{
    double across = (n - 1) * (n + 1) / n *
                    creal(below->a * conj(here->a) + below->b * conj(here->b));
    double within = (2 * n + 1) / (n * (n + 1)) * creal(here->a * conj(here->b));
    return across + within;
}

/* xi_n = psi_n - i chi_n climbs from orders -1 and 0, its real part is psi_n; that is
 * stable for the few orders beyond size that are summed. */
struct mie_efficiency mie_sphere(double size, double complex index)
{
    assert(size > 0 && size <= 200 && cabs(index) * size <= 2000);
    size_t count = order_count(size);
    double complex derivative[ORDERS_MAX];
    logarithmic_derivatives(index * size, count, derivative);

    double complex xi[2] = {cos(size) + I * sin(size), sin(size) - I * cos(size)};
    struct coefficients below = {0, 0};
    struct mie_efficiency sum = {0, 0, 0};
    for (size_t order = 1; order <= count; order++) {
        double n = (double)order;
        double complex next = (2 * n - 1) / size * xi[1] - xi[0];
        xi[0] = xi[1];
        xi[1] = next;
        struct coefficients here = coefficients(n, size, index, derivative[order], xi);
        sum.extinction += (2 * n + 1) * creal(here.a + here.b);
        sum.scattering +=
            (2 * n + 1) * (creal(here.a * conj(here.a)) + creal(here.b * conj(here.b)));
        sum.asymmetry += asymmetry_term(n, &below, &here);
        below = here;
    }
    return (struct mie_efficiency){
        .extinction = 2 / (size * size) * sum.extinction,
        .scattering = 2 / (size * size) * sum.scattering,
        .asymmetry = 2 * sum.asymmetry / sum.scattering,
    };
}

/* Sums over log diameter by equal steps; the cut ends count half (trapezium rule). */
struct mie_transport mie_powder_transport(const struct mie_powder *powder,
                                          double wavelength_nm, double complex index,
                                          double medium_index)
{
    double absorption = 0, scattering = 0, volume = 0;
    for (size_t i = 0; i < DIAMETERS; i++) {
        double deviation = MIE_CUT * (2 * (double)i / (double)(DIAMETERS - 1) - 1);
        double number = exp(-0.5 * deviation * deviation);
        if (i == 0 || i == DIAMETERS - 1)
            number /= 2;
        double diameter_nm = powder->median_diameter_nm * exp(powder->spread * deviation);
        double size = pi * diameter_nm * medium_index / wavelength_nm;
        struct mie_efficiency sphere = mie_sphere(size, index / medium_index);
        double area = number * pi / 4 * diameter_nm * diameter_nm;
        absorption += area * (sphere.extinction - sphere.scattering);
        scattering += area * sphere.scattering * (1 - sphere.asymmetry);
        volume += number * pi / 6 * diameter_nm * diameter_nm * diameter_nm;
    }
    double per_mm = 1e6 * powder->volume_fraction / volume;
    return (struct mie_transport){.absorption = per_mm * absorption,
                                  .reduced_scattering = per_mm * scattering};
}
