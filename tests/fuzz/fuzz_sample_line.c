/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a stream of spectra: the first line tells how to read the others. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/sample_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static size_t line_length(const char *text, size_t size)
{
    const char *feed = memchr(text, '\n', size);
    return feed ? (size_t)(feed - text) : size;
}

static void read_lines(struct sample_lines *lines, const char *text, size_t size)
{
    struct sample_line line;
    struct fault fault = {0};
    for (size_t at = 0; at < size; at += line_length(text + at, size - at) + 1)
        (void)sample_lines_read(lines, text + at, line_length(text + at, size - at),
                                &line, &fault);
}

/* The same lines alone, as match --batch takes them: a NUL behind each. */
static void read_sets(const char *text, size_t size)
{
    for (size_t at = 0, length; at < size; at += length + 1) {
        length = line_length(text + at, size - at);
        char *line = malloc(length + 1);
        struct sample_set set = {0};
        struct fault fault = {0};
        if (!line)
            abort();
        memcpy(line, text + at, length);
        line[length] = '\0';
        if (sample_line_set(line, length, SAMPLE_SCALE_AUTO, &set, &fault) == STATUS_OK)
            sample_set_free(&set);
        free(line);
    }
}

/* In memory of just their size, so that a byte read beyond is seen. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = malloc(size > 0 ? size : 1);
    if (!text)
        abort();
    memcpy(text, bytes, size);
    size_t begin = sample_lines_begin(text, size);
    struct sample_lines *lines = NULL;
    struct fault fault = {0};
    if (sample_lines_open(text + begin, line_length(text + begin, size - begin),
                          SAMPLE_SCALE_AUTO, &lines, &fault) == STATUS_OK)
        read_lines(lines, text + begin, size - begin);
    sample_lines_close(lines);
    read_sets(text, size);
    free(text);
    return 0;
}
