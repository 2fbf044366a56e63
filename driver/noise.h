/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Noise that a seed decides. */
#ifndef DRIVER_NOISE_H
#define DRIVER_NOISE_H

#include <stdint.h>

/* A stream of random numbers. A value; the seed is its first state. */
struct noise {
    uint64_t state;
};

/* The next 64 bits. SplitMix64: Steele, Lea & Flood, OOPSLA 2014,
 * doi 10.1145/2660193.2660195.
 */
uint64_t noise_bits(struct noise *noise);

/* Uniform in (0, 1]. */
double noise_uniform(struct noise *noise);

/* Normal with mean 0 and sd 1, by Box & Muller, Ann. Math. Stat. 29 (1958) 610. */
double noise_normal(struct noise *noise);

#endif
