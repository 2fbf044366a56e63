/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a file of samples, in every format: the first byte chooses it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "colorlib/pigment.h"
#include "colorlib/sample.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *const endings[] = {".cgats", ".sp", ".csv", ".json", ".ti3", ""};
enum { ENDINGS = sizeof endings / sizeof endings[0] };

static void write_file(const char *path, const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char path[64];
    if (size == 0)
        return 0;
    snprintf(path, sizeof path, "/tmp/fuzz_sample.%ld%s", (long)getpid(),
             endings[bytes[0] % ENDINGS]);
    write_file(path, bytes + 1, size - 1);
    struct sample_set set;
    struct fault fault = {0};
    if (sample_read(path, NULL, &set, &fault) == STATUS_OK)
        sample_set_free(&set);
    struct pigment pigment;
    (void)pigment_read(path, &pigment, &fault);
    unlink(path);
    return 0;
}
