/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimal numbers from files, read the same under every locale. */
#ifndef COLORLIB_NUMBER_H
#define COLORLIB_NUMBER_H

#include "colorlib/status.h"

enum { NUMBER_TEXT_MAX = 64 };

/*
 * The number that length bytes of text spell: an optional sign, digits with at most one
 * point, an optional exponent; nothing before or after. BAD_DATA for anything else, such
 * as a decimal comma, a hexadecimal number, "nan", "inf", more than NUMBER_TEXT_MAX bytes
 * or a number too large for a double; one too small becomes 0 or subnormal. The text need
 * not end in a zero byte.
 */
enum status number_parse(const char *text, size_t length, double *out);

/*
 * The number at the start of a text that ends at end, written plainly: an optional minus,
 * digits with at most one point, no exponent, at most 19 digits in all and 15 of them
 * behind leading zeros. Returns where it ends; NULL where there is no such number and
 * number_parse must tell. The value is the one that number_parse gives.
 */
const char *number_scan(const char *text, const char *end, double *out);

#endif
