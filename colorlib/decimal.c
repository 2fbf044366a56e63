/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/decimal.h"

#include <langinfo.h>
#include <stdio.h>
#include <string.h>

/* snprintf() rounds correctly but writes the locale's point. */
static void set_point(char *number)
{
    const char *decimal = nl_langinfo(RADIXCHAR);
    char *at = strstr(number, decimal);
    if (!at)
        return;
    size_t width = strlen(decimal);
    *at = '.';
    memmove(at + 1, at + width, strlen(at + width) + 1);
}

void decimal_fixed(double value, int decimals, char out[static DECIMAL_MAX])
{
    snprintf(out, DECIMAL_MAX, "%.*f", decimals, value);
    set_point(out);
    if (out[0] == '-' && strspn(out + 1, "0.") == strlen(out + 1))
        memmove(out, out + 1, strlen(out));
}

void decimal_general(double value, int digits, char out[static DECIMAL_MAX])
{
    snprintf(out, DECIMAL_MAX, "%.*g", digits, value);
    set_point(out);
}
