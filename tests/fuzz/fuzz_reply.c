/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the reply of a CM-700d to any command: the first byte chooses it. */
#include <stdint.h>

#include "driver/cm700d_protocol.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct cm700d_answer answer;
    if (size > 0)
        (void)cm700d_decode((enum cm700d_name)(bytes[0] % CM700D_NAMES),
                            (const char *)bytes + 1, size - 1, &answer);
    return 0;
}
