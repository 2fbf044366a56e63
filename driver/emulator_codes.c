/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/emulator_parts.h"

/* Codes count from 1, from 0 under quirk Q1. */
static long code_base(const struct emulator *emulator)
{
    return emulator->settings.quirks & EMULATOR_CODES_FROM_ZERO ? 0 : 1;
}

static int is_medium_first(const struct emulator *emulator)
{
    return (emulator->settings.quirks & EMULATOR_MEDIUM_FIRST) != 0;
}

int emulator_area_index(const struct emulator *emulator, long code)
{
    long place = code - code_base(emulator);
    if (place < 0 || place > 1)
        return -1;
    return (int)(is_medium_first(emulator) ? 1 - place : place);
}

int emulator_specular_index(const struct emulator *emulator, long code)
{
    long place = code - code_base(emulator);
    return place < 0 || place > 2 ? -1 : (int)place;
}

long emulator_area_code(const struct emulator *emulator, int index)
{
    return code_base(emulator) + (is_medium_first(emulator) ? 1 - index : index);
}

long emulator_specular_code(const struct emulator *emulator, int index)
{
    return code_base(emulator) + index;
}
