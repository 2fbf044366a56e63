/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points in time as ISO 8601 writes them; no time zone or locale of the system matters.
 */
#ifndef COLORLIB_DATE_TIME_H
#define COLORLIB_DATE_TIME_H

#include <stdint.h>

#include "colorlib/status.h"

enum { DATE_TIME_MAX = 32 };

/* The first and last second that four digits of a year can say, since the epoch. */
#define DATE_TIME_FIRST (-62135596800LL) /* 0001-01-01T00:00:00Z */
#define DATE_TIME_LAST  253402300799LL   /* 9999-12-31T23:59:59Z */

/*
 * The seconds since the epoch of "2026-11-20", "2026-11-20T18:42" or
 * "2026-11-20T18:42:19", each followed by nothing, "Z" or "+hh:mm". BAD_DATA for anything
 * else, OUT_OF_RANGE for a day, a time or an offset that there is not, such as
 * 2026-02-31. A leap second is the next minute's first.
 */
enum status date_time_parse(const char *text, int64_t *out);

/* "2026-11-20T18:42:19Z"; what is before the first or after the last second is that. */
void date_time_text(int64_t seconds, char text[static DATE_TIME_MAX]);

#endif
