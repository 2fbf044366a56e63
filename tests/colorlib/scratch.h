/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that a test writes and reads back. */
#ifndef TESTS_COLORLIB_SCRATCH_H
#define TESTS_COLORLIB_SCRATCH_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A new folder under the system's for temporary files, and a file name in it. */
struct scratch {
    char folder[64];
    char path[128];
};

static inline struct scratch scratch_make(const char *name)
{
    struct scratch scratch;
    strcpy(scratch.folder, "/tmp/scalptone-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(scratch.folder));
    snprintf(scratch.path, sizeof scratch.path, "%s/%s", scratch.folder, name);
    return scratch;
}

static inline void scratch_remove(const struct scratch *scratch)
{
    unlink(scratch->path);
    rmdir(scratch->folder);
}

static inline void scratch_fill(const struct scratch *scratch, const char *bytes,
                                size_t size)
{
    FILE *stream = fopen(scratch->path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(bytes, 1, size, stream), size);
    ck_assert_int_eq(fclose(stream), 0);
}

#endif
