/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that lasts as long as a test needs it. */
#ifndef TESTS_COLORLIB_TEMPORARY_H
#define TESTS_COLORLIB_TEMPORARY_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <check.h>

struct temporary {
    char path[64];
};

/* A new file that holds length bytes of text; temporary_remove ends it. */
static inline struct temporary temporary_make(const char *text, size_t length)
{
    struct temporary file = {"/tmp/scalptone-test-XXXXXX"};
    int descriptor = mkstemp(file.path);
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(write(descriptor, text, length), (ssize_t)length);
    close(descriptor);
    return file;
}

static inline void temporary_remove(const struct temporary *file)
{
    unlink(file->path);
}

#endif
