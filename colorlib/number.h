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

#endif
