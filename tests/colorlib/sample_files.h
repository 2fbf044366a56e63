/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples read from texts that a test holds. */
#ifndef TESTS_COLORLIB_SAMPLE_FILES_H
#define TESTS_COLORLIB_SAMPLE_FILES_H

#include "colorlib/sample.h"
#include "tests/colorlib/scratch.h"

static inline enum status read_bytes(const char *name, const char *bytes, size_t size,
                                     const struct sample_options *options,
                                     struct sample_set *set, struct fault *fault)
{
    struct scratch scratch = scratch_make(name);
    scratch_fill(&scratch, bytes, size);
    enum status status = sample_read(scratch.path, options, set, fault);
    scratch_remove(&scratch);
    return status;
}

static inline enum status read_as(const char *name, const char *text,
                                  struct sample_set *set, struct fault *fault)
{
    return read_bytes(name, text, strlen(text), NULL, set, fault);
}

static inline void must_read(const char *name, const char *text, struct sample_set *set)
{
    struct fault fault = {0};
    enum status status = read_as(name, text, set, &fault);
    ck_assert_msg(status == STATUS_OK, "%zu:%zu: %s", fault.line, fault.column,
                  fault.text);
}

#endif
