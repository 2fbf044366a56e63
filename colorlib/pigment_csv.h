/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bottle as a table of comma-separated values, for spreadsheets and other programs. */
#ifndef COLORLIB_PIGMENT_CSV_H
#define COLORLIB_PIGMENT_CSV_H

#include "colorlib/pigment.h"

/* Writes a heading and the rows K and S, per mm of this lot's liquid, each with all that
 * the profile says. IO on failure. */
enum status pigment_csv_write(FILE *stream, const struct pigment *pigment);

/*
 * Reads such a table; columns may stand in any order, and all but quantity, id, name,
 * class and the wavelengths from 400 to 700 nm by 10 may be missing.
 *
 * NOT_FOUND, IO or NO_MEMORY; BAD_DATA with the place for what is missing, twice there or
 * out of range, or differs between the rows.
 */
enum status pigment_csv_read(const char *path, struct pigment *out, struct fault *fault);

#endif
