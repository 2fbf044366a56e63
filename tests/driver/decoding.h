/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding a line in memory of its own size, so that a sanitizer sees a step outside. */
#ifndef TESTS_DRIVER_DECODING_H
#define TESTS_DRIVER_DECODING_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "driver/cm700d_protocol.h"

static inline enum cm700d_parse decode_bytes(enum cm700d_name name, const char *line,
                                             size_t size, struct cm700d_answer *out)
{
    char *exact = malloc(size ? size : 1);
    ck_assert_ptr_nonnull(exact);
    memcpy(exact, line, size);
    enum cm700d_parse parse = cm700d_decode(name, exact, size, out);
    free(exact);
    return parse;
}

static inline enum cm700d_parse decode(enum cm700d_name name, const char *line,
                                       struct cm700d_answer *out)
{
    return decode_bytes(name, line, strlen(line), out);
}

static inline struct cm700d_answer understood(enum cm700d_name name, const char *line)
{
    struct cm700d_answer answer;
    ck_assert_msg(decode(name, line, &answer) == CM700D_UNDERSTOOD, "%s", line);
    return answer;
}

#define ROWS(array) (int)(sizeof(array) / sizeof(array)[0])

#endif
