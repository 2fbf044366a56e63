/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the descriptors of a USB device: the first byte is the configuration. */
#include <stdint.h>

#include "driver/cdc_descriptor.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct cdc_pair pair;
    if (size > 0)
        (void)cdc_find_pair(bytes + 1, size - 1, bytes[0], &pair);
    return 0;
}
