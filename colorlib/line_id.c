/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/line_id.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "colorlib/text.h"

static enum status read_text(const char *text, struct line_id *out)
{
    if (strlen(text) >= sizeof out->text || !text_is_printable(text))
        return STATUS_BAD_DATA;
    out->kind = LINE_ID_TEXT;
    strcpy(out->text, text);
    return STATUS_OK;
}

enum status line_id_read(const json_t *value, struct line_id *out)
{
    if (json_is_string(value))
        return read_text(json_string_value(value), out);
    if (json_is_integer(value)) {
        out->kind = LINE_ID_NUMBER;
        snprintf(out->text, sizeof out->text, "%" JSON_INTEGER_FORMAT,
                 json_integer_value(value));
        return STATUS_OK;
    }
    if (value && !json_is_null(value))
        return STATUS_BAD_DATA;
    *out = (struct line_id){.kind = LINE_ID_NONE};
    return STATUS_OK;
}

struct line_id line_id_of_sample(const char *id)
{
    struct line_id out = {.kind = id[0] ? LINE_ID_TEXT : LINE_ID_NONE};
    text_cut(id, out.text, sizeof out.text);
    return out;
}

const char *line_id_expected(void)
{
    return "printable text of 255 bytes at most or a whole number is due";
}
