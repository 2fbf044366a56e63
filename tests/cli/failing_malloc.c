/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To be preloaded: the FAIL_AT-th allocation finds no memory, those before and after it
 * do; without FAIL_AT the number of allocations goes to the file descriptor 9. */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *memory, size_t size);

static long made;

static int fails(void)
{
    const char *at = getenv("FAIL_AT");
    int now = ++made == (at ? atol(at) : 0);
    if (now)
        errno = ENOMEM;
    return now;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return fails() ? NULL : __libc_realloc(memory, size);
}

__attribute__((destructor)) static void tell(void)
{
    if (!getenv("FAIL_AT"))
        dprintf(9, "%ld\n", made);
}
