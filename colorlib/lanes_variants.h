/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the kernels of lanes.h share. A kernel is one function of plain C, compiled once
 * for each instruction set by being inlined into a function of that target.
 */
#ifndef COLORLIB_LANES_VARIANTS_H
#define COLORLIB_LANES_VARIANTS_H

#include "colorlib/lanes.h"

/* Inlined whatever the compiler thinks of its size: only so it takes on the target. */
#define LANES_KERNEL static inline __attribute__((always_inline))

/* For short loops inside of a loop over lanes, which becomes vector code only where they
 * are unrolled. */
#if defined(__clang__)
#define LANES_UNROLLED _Pragma("unroll")
#else
#define LANES_UNROLLED _Pragma("GCC unroll 8")
#endif

#if defined(__x86_64__)
#define LANES_TARGET_AVX2   __attribute__((target("avx2")))
#define LANES_TARGET_AVX512 __attribute__((target("avx512f")))
#else
#define LANES_TARGET_AVX2
#define LANES_TARGET_AVX512
#endif

#endif
