/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the measured data, which are plain CSV without quotes; see runner_data. */
#ifndef TESTS_COLORLIB_MEASURED_H
#define TESTS_COLORLIB_MEASURED_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/runner.h"

enum { MEASURED_LINE_MAX = 16384, MEASURED_FIELDS_MAX = 1024 };

struct measured {
    FILE *stream;
    char line[MEASURED_LINE_MAX];
    const char *field[MEASURED_FIELDS_MAX]; /* of the current row */
    size_t count;
};

/* The next row into the fields; 0 at the end of the file. */
static inline int measured_next(struct measured *file)
{
    if (!fgets(file->line, sizeof file->line, file->stream))
        return 0;
    file->count = 0;
    char *rest = NULL;
    for (char *field = strtok_r(file->line, ",\n", &rest); field;
         field = strtok_r(NULL, ",\n", &rest)) {
        ck_assert_uint_lt(file->count, MEASURED_FIELDS_MAX);
        file->field[file->count++] = field;
    }
    return 1;
}

/* Opens a file and passes its heading; close the stream with fclose. */
static inline void measured_open(struct measured *file, const char *name)
{
    const char *path = runner_data(name);
    ck_assert_ptr_nonnull(path);
    file->stream = fopen(path, "r");
    ck_assert_ptr_nonnull(file->stream);
    ck_assert(measured_next(file));
}

static inline double measured_number(const struct measured *file, size_t field)
{
    ck_assert_uint_lt(field, file->count);
    char *end;
    double number = strtod(file->field[field], &end);
    ck_assert_str_eq(end, "");
    return number;
}

#endif
