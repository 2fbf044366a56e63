/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers at random, the same in every run. */
#ifndef TESTS_RANDOM_H
#define TESTS_RANDOM_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

/* Marsaglia's xorshift, J. Stat. Softw. 8 (2003) 14; 0 to 1. */
static inline double random_share(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* Sequences that differ from their first number on. */
static inline uint64_t random_seed(uint64_t number)
{
    uint64_t state = (number + 1) * 0x9e3779b97f4a7c15u;
    for (int i = 0; i < 8; i++)
        random_share(&state);
    return state;
}

static inline double random_between(uint64_t *state, double low, double high)
{
    return low + (high - low) * random_share(state);
}

/* Even in the logarithm. */
static inline double random_scale(uint64_t *state, double low, double high)
{
    return low * pow(high / low, random_share(state));
}

/* Less than count. */
static inline size_t random_index(uint64_t *state, size_t count)
{
    return (size_t)(random_share(state) * (double)count);
}

#endif
