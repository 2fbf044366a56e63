/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes.h"

bool lanes_isa_runs(enum lanes_isa isa)
{
    switch (isa) {
    case LANES_BASELINE: return true;
#if defined(__x86_64__)
    case LANES_AVX2: return __builtin_cpu_supports("avx2");
    case LANES_AVX512: return __builtin_cpu_supports("avx512f");
#else
    case LANES_AVX2:
    case LANES_AVX512:
#endif
    case LANES_ISA_COUNT: break;
    }
    return false;
}

enum lanes_isa lanes_isa_best(void)
{
    enum lanes_isa best = LANES_ISA_COUNT - 1;
    while (!lanes_isa_runs(best))
        best--;
    return best;
}

const char *lanes_isa_name(enum lanes_isa isa)
{
    switch (isa) {
    case LANES_BASELINE: return "baseline";
    case LANES_AVX2: return "avx2";
    case LANES_AVX512: return "avx512";
    case LANES_ISA_COUNT: break;
    }
    return "unknown";
}
