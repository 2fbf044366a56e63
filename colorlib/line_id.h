/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The "id" by which whoever wrote a line of a batch finds its result: text, or a whole
 * number as data bases count their rows. It goes back as it came.
 */
#ifndef COLORLIB_LINE_ID_H
#define COLORLIB_LINE_ID_H

#include "colorlib/status.h"

enum { LINE_ID_MAX = 256 };

enum line_id_kind { LINE_ID_NONE, LINE_ID_TEXT, LINE_ID_NUMBER };

/* A value of zeros is none. */
struct line_id {
    enum line_id_kind kind;
    char text[LINE_ID_MAX]; /* printable; the digits of a number, perhaps with a minus */
};

struct json_t;

/* Reads the id out of a line of NDJSON, whose null, like NULL, says that there is none.
 * BAD_DATA for what is not line_id_expected. */
enum status line_id_read(const struct json_t *value, struct line_id *out);

/* The id that a sample lends its line, of less than LINE_ID_MAX bytes; none if empty. */
struct line_id line_id_of_sample(const char *id);

/* What an id may be, for a message. */
const char *line_id_expected(void);

#endif
