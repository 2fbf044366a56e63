/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of made-up spectra and targets, as long as is asked for. */
#ifndef TESTS_BENCH_LINES_H
#define TESTS_BENCH_LINES_H

#include <stddef.h>
#include <stdint.h>

enum { LINES_BANDS = 31, LINES_PATH_SIZE = 64 };

/* The last are for match --batch: black hair of 100 to 159 stubs per cm2, in turn. */
enum lines_form { LINES_CSV, LINES_NDJSON, LINES_CGATS, LINES_TARGETS };

/* A number from 0 to 1. */
double lines_random(uint64_t *state);

/* Writes so many lines into a new temporary file; spectra of 31 bands, four decimals
 * each.
 */
void lines_write(char path[static LINES_PATH_SIZE], size_t count, enum lines_form form);

/* Its size in millions of bytes. */
double lines_megabytes(const char *path);

#endif
