/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/noise.h"

#include <math.h>

uint64_t noise_bits(struct noise *noise)
{
    noise->state += 0x9e3779b97f4a7c15u;
    uint64_t z = noise->state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

double noise_uniform(struct noise *noise)
{
    /* 53 bits; never 0, whose logarithm the normal variate needs */
    return ((double)(noise_bits(noise) >> 11) + 1) * 0x1p-53;
}

double noise_normal(struct noise *noise)
{
    double two_pi = 6.283185307179586;
    double radius = sqrt(-2 * log(noise_uniform(noise)));
    return radius * cos(two_pi * noise_uniform(noise));
}
