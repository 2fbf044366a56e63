/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/process.h"

double lines_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u; /* Knuth's */
    return (double)(*state >> 11) / 9007199254740992.0;
}

static void write_bands(FILE *stream, const char *prefix, const char *separator)
{
    for (size_t i = 0; i < LINES_BANDS; i++)
        fprintf(stream, "%s%s%zu", separator, prefix, 400 + 10 * i);
    fputc('\n', stream);
}

static void write_heading(FILE *stream, size_t count, enum lines_form form)
{
    if (form == LINES_CSV) {
        fputs("id", stream);
        write_bands(stream, "", ",");
    }
    if (form == LINES_CGATS) {
        fputs("CGATS.17\nSPECTRAL_NORM 1\nBEGIN_DATA_FORMAT\nSAMPLE_ID", stream);
        write_bands(stream, "SPEC_", " ");
        fprintf(stream, "END_DATA_FORMAT\nNUMBER_OF_SETS %zu\nBEGIN_DATA\n", count);
    }
}

/* What stands around the number of a line, between its values and behind them. */
static const struct {
    const char *before, *after, *between, *behind;
} frames[] = {
    [LINES_CSV] = {"S", ",", ",", "\n"},
    [LINES_NDJSON] = {"{\"id\":\"S",
                      "\",\"reflectance\":{\"start_nm\":400,\"step_nm\":10,\"values\":[",
                      ",", "]}}\n"},
    [LINES_CGATS] = {"S", " ", " ", "\n"},
};

static void write_line(FILE *stream, size_t line, enum lines_form form, uint64_t *state)
{
    fprintf(stream, "%s%zu%s", frames[form].before, line, frames[form].after);
    for (size_t i = 0; i < LINES_BANDS; i++)
        fprintf(stream, "%s%.4f", i ? frames[form].between : "", lines_random(state));
    fputs(frames[form].behind, stream);
}

void lines_write(char path[static LINES_PATH_SIZE], size_t count, enum lines_form form)
{
    strcpy(path, "/tmp/scalptone-bench-XXXXXX");
    int descriptor = mkstemp(path);
    FILE *stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    process_must(stream != NULL, path);
    uint64_t state = 1;
    write_heading(stream, count, form);
    for (size_t line = 0; line < count; line++)
        if (form == LINES_TARGETS)
            fprintf(stream, "{\"hair\": \"black\", \"density\": %zu}\n", 100 + line % 60);
        else
            write_line(stream, line, form, &state);
    if (form == LINES_CGATS)
        fputs("END_DATA\n", stream);
    process_must(fclose(stream) == 0, path);
}

double lines_megabytes(const char *path)
{
    FILE *stream = fopen(path, "r");
    process_must(stream && fseek(stream, 0, SEEK_END) == 0, path);
    double size = (double)ftell(stream) / 1e6;
    fclose(stream);
    return size;
}
