/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as what a host sends to the virtual CM-700d. */
#include <stdint.h>
#include <stdlib.h>

#include "driver/emulator.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { PACKET = 64, READS_MAX = 10000 };

/* In packets, and with all that comes back read, as time goes by. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    uint64_t now_ms = 0;
    struct emulator *emulator = emulator_make(&emulator_settings_default, now_ms);
    if (!emulator)
        return 0;
    for (size_t sent = 0; sent < size; sent += PACKET) {
        size_t packet = size - sent < PACKET ? size - sent : PACKET;
        emulator_write(emulator, bytes + sent, packet, now_ms);
        uint8_t answer[PACKET];
        for (size_t i = 0; i < READS_MAX; i++)
            if (emulator_read(emulator, answer, sizeof answer, now_ms) == 0)
                break;
        now_ms += 100;
    }
    emulator_free(emulator);
    return 0;
}
