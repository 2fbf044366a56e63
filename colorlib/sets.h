/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of so many of n things, such as colorants: indices, ascending, in their order. */
#ifndef COLORLIB_SETS_H
#define COLORLIB_SETS_H

#include <stddef.h>
#include <stdint.h>

#include "colorlib/status.h"

/* How many sets of a size there are; 0 where that is more than n. Exact while size times
 * the result is below 2^64. */
uint64_t sets_count(size_t n, size_t size);

/* The first set, 0 to size - 1. */
void sets_first(size_t *member, size_t size);

/* The next one; NOT_FOUND after the last, which is left as it is. */
enum status sets_next(size_t *member, size_t size, size_t n);

#endif
