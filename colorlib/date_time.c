/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/date_time.h"

#include <stdio.h>
#include <time.h>

/* Reads count digits and moves the text behind them; -1 where others stand there. */
static int digits(const char **text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++, ++*text) {
        if (**text < '0' || **text > '9')
            return -1;
        value = 10 * value + (**text - '0');
    }
    return value;
}

/* Moves the text behind a character, if it stands there. */
static int passes(const char **text, char expected)
{
    if (**text != expected)
        return 0;
    ++*text;
    return 1;
}

struct date {
    int year, month, day;
};

/* Days since 1970-01-01 of a Gregorian date; timegm is not POSIX. The year is counted
 * from March, so that the leap day is its last. */
static int64_t days_from_civil(struct date date)
{
    enum { DAYS_IN_400_YEARS = 146097, EPOCH_DAY = 719468 };
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = year / 400;
    int64_t year_of_era = year - era * 400;
    int64_t month = date.month + (date.month > 2 ? -3 : 9);
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_IN_400_YEARS + day_of_era - EPOCH_DAY;
}

static int days_in_month(struct date date)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
    return days[date.month - 1] + (date.month == 2 && leap);
}

static enum status read_date(const char **text, int64_t *days)
{
    struct date date = {.year = digits(text, 4)};
    if (date.year < 0 || !passes(text, '-') || (date.month = digits(text, 2)) < 0 ||
        !passes(text, '-') || (date.day = digits(text, 2)) < 0)
        return STATUS_BAD_DATA;
    if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1 ||
        date.day > days_in_month(date))
        return STATUS_OUT_OF_RANGE;
    *days = days_from_civil(date);
    return STATUS_OK;
}

/* "hh:mm" as seconds. */
static enum status read_hours(const char **text, int hours_max, int *seconds)
{
    int hours = digits(text, 2), minutes = 0;
    if (hours < 0 || !passes(text, ':') || (minutes = digits(text, 2)) < 0)
        return STATUS_BAD_DATA;
    if (hours > hours_max || minutes > 59)
        return STATUS_OUT_OF_RANGE;
    *seconds = (hours * 60 + minutes) * 60;
    return STATUS_OK;
}

/* What stands behind a date: nothing, or a time. */
static enum status read_time(const char **text, int *seconds)
{
    *seconds = 0;
    if (!passes(text, 'T'))
        return STATUS_OK;
    enum status status = read_hours(text, 23, seconds);
    if (status != STATUS_OK || !passes(text, ':'))
        return status;
    int more = digits(text, 2);
    if (more < 0)
        return STATUS_BAD_DATA;
    *seconds += more;
    return more <= 60 ? STATUS_OK : STATUS_OUT_OF_RANGE;
}

/* No offset from UTC that is in use is farther than 14 hours. */
static enum status read_offset(const char **text, int *seconds)
{
    *seconds = 0;
    if (passes(text, 'Z'))
        return STATUS_OK;
    int sign = passes(text, '+') ? 1 : passes(text, '-') ? -1 : 0;
    if (!sign)
        return STATUS_OK;
    enum status status = read_hours(text, 14, seconds);
    *seconds *= sign;
    return status;
}

enum status date_time_parse(const char *text, int64_t *out)
{
    int64_t days = 0;
    int time_of_day = 0, offset = 0;
    enum status status = read_date(&text, &days);
    if (status == STATUS_OK)
        status = read_time(&text, &time_of_day);
    if (status == STATUS_OK)
        status = read_offset(&text, &offset);
    if (status != STATUS_OK)
        return status;
    if (*text != '\0')
        return STATUS_BAD_DATA;
    int64_t seconds = days * 86400 + time_of_day - offset;
    if (seconds < DATE_TIME_FIRST || seconds > DATE_TIME_LAST)
        return STATUS_OUT_OF_RANGE;
    *out = seconds;
    return STATUS_OK;
}

void date_time_text(int64_t seconds, char text[static DATE_TIME_MAX])
{
    time_t time = (time_t)(seconds < DATE_TIME_FIRST  ? DATE_TIME_FIRST
                           : seconds > DATE_TIME_LAST ? DATE_TIME_LAST
                                                      : seconds);
    struct tm utc = {0};
    gmtime_r(&time, &utc);
    /* strftime would not fill the year up to four digits everywhere */
    snprintf(text, DATE_TIME_MAX, "%04u-%02u-%02uT%02u:%02u:%02uZ",
             (unsigned)(utc.tm_year + 1900) % 10000, (unsigned)(utc.tm_mon + 1) % 100,
             (unsigned)utc.tm_mday % 100, (unsigned)utc.tm_hour % 100,
             (unsigned)utc.tm_min % 100, (unsigned)utc.tm_sec % 100);
}
