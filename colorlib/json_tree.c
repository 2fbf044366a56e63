/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/json_tree.h"

#include <string.h>

/* Where \u0000 stands first in a text that is JSON up to there, so that backslashes are
 * escapes only. */
static const char *find_nul_escape(const struct text *text)
{
    static const char nul[] = "\\u0000";
    const char *at = text->start, *end = text->start + text->size;
    while ((at = memchr(at, '\\', (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) < sizeof nul - 1)
            return NULL;
        if (memcmp(at, nul, sizeof nul - 1) == 0)
            return at;
        at += 2;
    }
    return NULL;
}

static enum status refuse_nul(const struct text *text, struct fault *fault)
{
    return text_fault(
        text, find_nul_escape(text), fault,
        "\\u0000 stands for the character NUL, at which programs cut a text "
        "off; take it out");
}

/* jansson's columns count characters, ours bytes; its position is behind the fault. */
static enum status refuse_syntax(const struct text *text, const json_error_t *error,
                                 struct fault *fault)
{
    size_t behind = error->position > 0 ? (size_t)error->position : 1;
    size_t at = behind - 1 < text->size ? behind - 1 : text->size;
    return text_fault(text, text->start + at, fault, "%s", error->text);
}

enum status json_tree_read(const struct text *text, json_t **out, struct fault *fault)
{
    json_error_t error;
    json_t *root = json_loadb(text->start, text->size, JSON_REJECT_DUPLICATES, &error);
    if (root) {
        *out = root;
        return STATUS_OK;
    }
    enum json_error_code code = json_error_code(&error);
    if (code == json_error_out_of_memory)
        return STATUS_NO_MEMORY;
    if (code == json_error_null_character || code == json_error_null_byte_in_key)
        return refuse_nul(text, fault);
    return refuse_syntax(text, &error, fault);
}
