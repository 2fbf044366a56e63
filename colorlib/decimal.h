/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimal numbers into files, written the same under every locale (see number.h). */
#ifndef COLORLIB_DECIMAL_H
#define COLORLIB_DECIMAL_H

/* Room for any double with ten decimals. */
enum { DECIMAL_MAX = 384 };

/* A finite number with so many decimals, 0 to 10; zero never carries a sign. */
void decimal_fixed(double value, int decimals, char out[static DECIMAL_MAX]);

/* A finite number with so many significant digits, 1 to 17, without trailing zeros. */
void decimal_general(double value, int digits, char out[static DECIMAL_MAX]);

#endif
