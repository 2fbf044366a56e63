/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a file of samples, in every format: the first byte chooses it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "colorlib/ladder_check.h"
#include "colorlib/ladder_samples.h"
#include "colorlib/pigment_csv.h"
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

/* What a command does with the samples of a ladder, whatever they are. */
static void fit(const struct sample_set *set)
{
    static const struct drawdown_view glass = {{0.04, 0.596}, SURFACE_SPECULAR_INCLUDED};
    struct ladder_samples samples;
    struct ladder_fit fitted;
    struct ladder_suspect suspect;
    struct fault fault = {0};
    if (set->quantity != SAMPLE_REFLECTANCE ||
        ladder_from_samples(set, &glass, &samples, &fault) != STATUS_OK)
        return;
    struct ladder ladder = {.reading = samples.reading,
                            .count = samples.count,
                            .carrier = samples.carrier,
                            .view = glass,
                            .noise = drawdown_noise_default,
                            .pour_share = LADDER_POUR_SHARE,
                            .constants = ladder_samples_constants(&samples)};
    if (ladder_fit(&ladder, &fitted) == STATUS_OK)
        (void)ladder_mislabelled(&ladder, &suspect);
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
    if (sample_read(path, NULL, &set, &fault) == STATUS_OK) {
        fit(&set);
        sample_set_free(&set);
    }
    struct pigment pigment;
    (void)pigment_read(path, &pigment, &fault);
    (void)pigment_csv_read(path, &pigment, &fault);
    unlink(path);
    return 0;
}
