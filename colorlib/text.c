/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "colorlib/array.h"
#include "colorlib/decimal.h"
#include "colorlib/number.h"

enum status text_fault(const struct text *text, const char *at, struct fault *fault,
                       const char *format, ...)
{
    if (!fault)
        return STATUS_BAD_DATA;
    fault->line = fault->column = 0;
    if (at) {
        const char *line = text->start;
        fault->line = 1;
        for (const char *c = line; c < at; c++)
            if (*c == '\n') {
                line = c + 1;
                fault->line++;
            }
        fault->column = (size_t)(at - line) + 1;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
    return STATUS_BAD_DATA;
}

/* Bytes of the UTF-8 character at s, 0 where there is none. */
static size_t character(const char *s, size_t left, unsigned long *code)
{
    static const unsigned long lowest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)s[0];
    size_t length = first < 0x80   ? 1
                    : first < 0xC0 ? 0
                    : first < 0xE0 ? 2
                    : first < 0xF0 ? 3
                    : first < 0xF8 ? 4
                                   : 0;
    if (length == 0 || length > left)
        return 0;
    *code = length == 1 ? first : first & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)s[i] & 0xC0) != 0x80)
            return 0;
        *code = *code << 6 | ((unsigned char)s[i] & 0x3F);
    }
    bool surrogate = *code >= 0xD800 && *code <= 0xDFFF;
    return *code < lowest[length] || surrogate || *code > 0x10FFFF ? 0 : length;
}

static bool is_control(unsigned long code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F);
}

static bool is_layout(const char *s)
{
    return *s == '\t' || *s == '\n' || (s[0] == '\r' && s[1] == '\n');
}

/* Past what needs no closer look: eight printable characters of ASCII at a time. */
static const char *skip_plain(const char *s, const char *end)
{
    const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
    for (; end - s >= 8; s += 8) {
        uint64_t bytes;
        memcpy(&bytes, s, sizeof bytes);
        /* a byte's top bit is set in the first where it is below ' ', in the second where
         * it is DEL, in the third above; what is borrowed or carried only comes from a
         * byte that shows itself */
        if (((bytes - ones * ' ') | (bytes + ones) | bytes) & tops)
            break;
    }
    return s;
}

enum status text_check(const struct text *text, struct fault *fault)
{
    const char *end = text->start + text->size;
    for (const char *s = skip_plain(text->start, end); s < end; s = skip_plain(s, end)) {
        unsigned long code;
        size_t length = character(s, (size_t)(end - s), &code);
        if (length == 0)
            return text_fault(text, s, fault, "byte 0x%02X is not UTF-8",
                              (unsigned)(unsigned char)*s);
        if (is_control(code) && !is_layout(s))
            return text_fault(text, s, fault, "control character 0x%02lX", code);
        s += length;
    }
    return STATUS_OK;
}

static enum status read_stream(FILE *stream, struct text *text, struct fault *fault)
{
    size_t capacity = 0, size = 0, got;
    do {
        if (size > TEXT_SIZE_MAX)
            return text_fault(NULL, NULL, fault, "the file is larger than 16 MiB");
        /* one byte more for the NUL */
        char *grown = array_reserve(text->bytes, &capacity, size + 4097, 1);
        if (!grown)
            return STATUS_NO_MEMORY;
        text->bytes = grown;
        got = fread(text->bytes + size, 1, capacity - size - 1, stream);
        size += got;
    } while (got > 0);
    text->bytes[size] = '\0';
    bool mark = size >= 3 && memcmp(text->bytes, "\xEF\xBB\xBF", 3) == 0;
    text->start = text->bytes + (mark ? 3 : 0);
    text->size = size - (mark ? 3 : 0);
    return ferror(stream) ? STATUS_IO : STATUS_OK;
}

static enum status system_fault(int error, struct fault *fault)
{
    char reason[128] = "unknown error";
    strerror_r(error, reason, sizeof reason);
    text_fault(NULL, NULL, fault, "%s", reason);
    return error == ENOENT || error == ENOTDIR ? STATUS_NOT_FOUND : STATUS_IO;
}

enum status text_read(const char *path, struct text *out, struct fault *fault)
{
    bool is_input = strcmp(path, "-") == 0;
    FILE *stream = is_input ? stdin : fopen(path, "rb");
    if (!stream)
        return system_fault(errno, fault);
    struct text text = {0};
    errno = 0;
    enum status status = read_stream(stream, &text, fault);
    if (status == STATUS_IO)
        status = system_fault(errno, fault);
    if (!is_input)
        fclose(stream);
    if (status == STATUS_OK)
        status = text_check(&text, fault);
    if (status == STATUS_OK)
        *out = text;
    else
        text_free(&text);
    return status;
}

void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}

/* The most bytes, at most limit, that end between two characters. */
static size_t whole_characters(const char *string, size_t length, size_t limit)
{
    if (length <= limit)
        return length;
    size_t cut = limit;
    while (cut > 0 && ((unsigned char)string[cut] & 0xC0) == 0x80)
        cut--;
    return cut;
}

struct text_excerpt text_excerpt(const struct text_word *word)
{
    struct text_excerpt excerpt = {{0}};
    size_t limit = sizeof excerpt.text - sizeof "...";
    size_t length = whole_characters(word->start, word->length, limit);
    memcpy(excerpt.text, word->start, length);
    if (length < word->length)
        memcpy(excerpt.text + length, "...", sizeof "...");
    return excerpt;
}

struct text_excerpt text_of_number(double value)
{
    char number[DECIMAL_MAX];
    decimal_general(value, 6, number);
    struct text_excerpt excerpt = {{0}};
    text_cut(number, excerpt.text, sizeof excerpt.text);
    return excerpt;
}

bool text_is(const struct text_word *word, const char *string)
{
    return word->length == strlen(string) &&
           memcmp(word->start, string, word->length) == 0;
}

bool text_is_caseless(const struct text_word *word, const char *string)
{
    return word->length == strlen(string) &&
           strncasecmp(word->start, string, word->length) == 0;
}

bool text_same(const struct text_word *a, const struct text_word *b)
{
    return a->length == b->length && memcmp(a->start, b->start, a->length) == 0;
}

enum status text_copy(const struct text_word *word, char *out, size_t size)
{
    size_t length = word->length;
    if (word->quoted)
        for (size_t i = 0; i < word->length; i++)
            if (word->start[i] == '"')
                length--, i++;
    if (length >= size)
        return STATUS_OUT_OF_RANGE;
    char *next = out;
    for (size_t i = 0; i < word->length; i++) {
        *next++ = word->start[i];
        if (word->quoted && word->start[i] == '"')
            i++;
    }
    *next = '\0';
    return STATUS_OK;
}

void text_cut(const char *string, char *out, size_t size)
{
    size_t length = whole_characters(string, strlen(string), size - 1);
    memcpy(out, string, length);
    out[length] = '\0';
}

bool text_is_printable(const char *string)
{
    size_t left = strlen(string);
    while (left > 0) {
        unsigned long code;
        size_t length = character(string, left, &code);
        if (length == 0 || is_control(code))
            return false;
        string += length;
        left -= length;
    }
    return true;
}

/* Whether a word is a number but for a comma in place of the point. */
static bool has_decimal_comma(const struct text_word *word)
{
    char number[NUMBER_TEXT_MAX];
    if (word->length > sizeof number)
        return false;
    memcpy(number, word->start, word->length);
    char *comma = memchr(number, ',', word->length);
    if (!comma)
        return false;
    *comma = '.';
    double value;
    return number_parse(number, word->length, &value) == STATUS_OK;
}

enum status text_number(const struct text *text, const struct text_word *word,
                        const char *what, double *out, struct fault *fault)
{
    if (number_parse(word->start, word->length, out) == STATUS_OK)
        return STATUS_OK;
    struct text_excerpt excerpt = text_excerpt(word);
    if (word->length == 0)
        return text_fault(text, word->start, fault, "%s is empty", what);
    if (has_decimal_comma(word))
        return text_fault(text, word->start, fault,
                          "\"%s\" in %s has a decimal comma; write a point", excerpt.text,
                          what);
    return text_fault(text, word->start, fault, "\"%s\" in %s is not a finite number",
                      excerpt.text, what);
}

bool text_ends_in(const char *string, const char *ending)
{
    size_t length = strlen(string), tail = strlen(ending);
    return length >= tail && strcasecmp(string + length - tail, ending) == 0;
}
