/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays that grow with what was really read, never with what a file claims. */
#ifndef COLORLIB_ARRAY_H
#define COLORLIB_ARRAY_H

#include <stddef.h>

/*
 * The array with room for count elements of the size, moved where it had to grow;
 * *capacity follows. NULL when memory ends: the array is then unchanged and still the
 * caller's.
 */
void *array_reserve(void *array, size_t *capacity, size_t count, size_t size);

#endif
