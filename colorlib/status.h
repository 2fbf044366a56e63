/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the functions of colorlib report. */
#ifndef COLORLIB_STATUS_H
#define COLORLIB_STATUS_H

#include <stddef.h>

enum status {
    STATUS_OK,
    STATUS_NO_MEMORY,
    STATUS_BAD_DATA,      /* malformed, inconsistent or non-finite data */
    STATUS_NOT_COVERED,   /* wavelengths that the data do not cover */
    STATUS_OUT_OF_RANGE,  /* a number outside the range allowed */
    STATUS_NOT_FOUND,     /* no such file, sample, name or pigment */
    STATUS_IO,            /* reading or writing failed */
    STATUS_NOT_CONVERGED, /* an iteration reached its limit */
    STATUS_REJECTED,      /* outside the limits within which the model holds */
    STATUS_NEEDS_SPECTRUM /* a color without a spectrum where one is required */
};

/* The status in words, without a full stop; never NULL. */
const char *status_text(enum status status);

enum { FAULT_TEXT_MAX = 256 };

/*
 * Where and why reading a file failed. Lines and columns count from 1, columns in bytes;
 * 0 where the fault has no place (an unreadable file). The text quotes what offends.
 */
struct fault {
    size_t line;
    size_t column;
    char text[FAULT_TEXT_MAX];
};

#endif
