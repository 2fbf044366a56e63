/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/ini_section.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <ini.h>

#include "colorlib/number.h"

/* A reading under way: the file as lines for inih, and what its handler has found. */
struct reading {
    FILE *file;
    const char *section;
    const struct ini_key *keys; /* NULL where texts are read */
    struct ini_text *texts;
    size_t count;
    size_t bytes;        /* read so far */
    size_t line;         /* the line inih works on, from 1 */
    size_t indent;       /* blanks before its first character */
    size_t section_line; /* where the section begins, 0 before */
    unsigned seen;       /* a bit for each key read */
    struct fault fault;  /* the first; line 0 while there is none */
};

static void set_fault(struct fault *fault, size_t line, size_t column, const char *format,
                      ...)
{
    va_list arguments;
    va_start(arguments, format);
    fault->line = line;
    fault->column = column;
    vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
}

static int is_blank(int c)
{
    return c == ' ' || c == '\t';
}

/* Whether a byte of a line may stand in the file; if not, the fault says why. */
static int acceptable(struct reading *reading, int c, size_t column)
{
    struct fault *fault = &reading->fault;
    if (++reading->bytes > INI_BYTES_MAX)
        set_fault(fault, reading->line, column, "more than %d bytes", INI_BYTES_MAX);
    else if (column > INI_LINE_MAX)
        set_fault(fault, reading->line, column, "more than %d bytes in a line",
                  INI_LINE_MAX);
    else if ((c < ' ' && c != '\t' && c != '\r' && c != '\n') || c == 0x7f)
        set_fault(fault, reading->line, column, "control character 0x%02x", (unsigned)c);
    return fault->line == 0;
}

/* inih speaks of a section only once it has a key; an empty one is present too. */
static void note_section(struct reading *reading, const char *text)
{
    size_t length = strlen(reading->section);
    if (!reading->section_line && text[0] == '[' &&
        strncmp(text + 1, reading->section, length) == 0 && text[1 + length] == ']')
        reading->section_line = reading->line;
}

/*
 * The next line for inih, as fgets() would read it, but without leading blanks, which
 * inih would take for the continuation of a value. NULL at the end or at a fault; the
 * line always fits, INI_LINE_MAX being below inih's least buffer.
 */
static char *next_line(char *text, int size, void *context)
{
    struct reading *reading = context;
    size_t column = 0, length = 0;
    int c = 0;
    if (reading->fault.line)
        return NULL;
    reading->line++;
    reading->indent = 0;
    while (c != '\n' && length + 1 < (size_t)size && (c = getc(reading->file)) != EOF) {
        if (!acceptable(reading, c, ++column))
            return NULL;
        if (length == 0 && is_blank(c))
            reading->indent++;
        else
            text[length++] = (char)c;
    }
    text[length] = '\0';
    note_section(reading, text);
    return column > 0 ? text : NULL;
}

static const char *key_name(const struct reading *reading, size_t index)
{
    return reading->keys ? reading->keys[index].name : reading->texts[index].name;
}

static size_t find_key(const struct reading *reading, const char *name)
{
    size_t index = 0;
    while (index < reading->count && strcmp(key_name(reading, index), name) != 0)
        index++;
    return index;
}

static void take_number(struct reading *reading, const struct ini_key *key,
                        const char *text)
{
    size_t line = reading->line, column = reading->indent + 1;
    double value = 0;
    if (number_parse(text, strlen(text), &value) != STATUS_OK)
        set_fault(&reading->fault, line, column, "%s: \"%.40s\" is not a decimal number",
                  key->name, text);
    else if (value < key->min || value > key->max)
        set_fault(&reading->fault, line, column, "%s: %.40s is not between %g and %g",
                  key->name, text, key->min, key->max);
    else
        *key->value = value;
}

/* A line is shorter than the room for a text. */
static void take_text(struct reading *reading, struct ini_text *text, const char *value)
{
    snprintf(text->value, sizeof text->value, "%s", value);
    text->line = reading->line;
}

/* A key of the section wanted; says what is wrong with it, if anything. */
static void take(struct reading *reading, const char *name, const char *text)
{
    size_t line = reading->line, column = reading->indent + 1;
    size_t index = find_key(reading, name);
    if (!reading->section_line) /* a byte order mark hid the section's line */
        reading->section_line = line;
    if (index == reading->count) {
        set_fault(&reading->fault, line, column, "unknown key \"%.40s\"", name);
        return;
    }
    if (reading->seen & 1u << index)
        set_fault(&reading->fault, line, column, "%s stands twice", name);
    else if (reading->keys)
        take_number(reading, &reading->keys[index], text);
    else
        take_text(reading, &reading->texts[index], text);
    reading->seen |= 1u << index;
}

/* inih's handler; 0 tells it that the line is at fault. */
static int handle(void *context, const char *section, const char *name, const char *text)
{
    struct reading *reading = context;
    if (section[0] == '\0')
        set_fault(&reading->fault, reading->line, reading->indent + 1,
                  "key \"%.40s\" before any section", name);
    else if (strcmp(section, reading->section) == 0)
        take(reading, name, text);
    return reading->fault.line == 0;
}

static enum status check_complete(const struct reading *reading, struct fault *fault)
{
    if (!reading->section_line) {
        set_fault(fault, 0, 0, "no section [%.40s]", reading->section);
        return STATUS_NOT_FOUND;
    }
    for (size_t i = 0; i < reading->count && reading->keys; i++) {
        if (reading->keys[i].need == INI_REQUIRED && !(reading->seen & 1u << i)) {
            set_fault(fault, reading->section_line, 1, "[%.40s] lacks the key %s",
                      reading->section, reading->keys[i].name);
            return STATUS_BAD_DATA;
        }
    }
    return STATUS_OK;
}

static enum status parse(struct reading *reading, struct fault *fault)
{
    int bad_line = ini_parse_stream(next_line, reading, handle, reading);
    if (ferror(reading->file)) {
        set_fault(fault, 0, 0, "cannot be read");
        return STATUS_IO;
    }
    /* Without a fault of ours, or before it, inih met a line that it cannot parse. */
    if (bad_line > 0 && (!reading->fault.line || (size_t)bad_line < reading->fault.line))
        set_fault(&reading->fault, (size_t)bad_line, 1,
                  "neither [section] nor key = value");
    if (reading->fault.line) {
        *fault = reading->fault;
        return STATUS_BAD_DATA;
    }
    return check_complete(reading, fault);
}

static enum status read_file(const char *path, struct reading *reading,
                             struct fault *fault)
{
    assert(reading->count <= INI_KEYS_MAX && reading->section[0] != '\0');
    reading->file = fopen(path, "rb");
    if (!reading->file) {
        int missing = errno == ENOENT;
        set_fault(fault, 0, 0, missing ? "no such file" : "cannot be opened");
        return missing ? STATUS_NOT_FOUND : STATUS_IO;
    }
    enum status status = parse(reading, fault);
    fclose(reading->file);
    return status;
}

enum status ini_section_read(const char *path, const char *section,
                             const struct ini_key *keys, size_t count,
                             struct fault *fault)
{
    struct reading reading = {.section = section, .keys = keys, .count = count};
    return read_file(path, &reading, fault);
}

enum status ini_section_read_texts(const char *path, const char *section,
                                   struct ini_text *texts, size_t count,
                                   struct fault *fault)
{
    struct reading reading = {.section = section, .texts = texts, .count = count};
    return read_file(path, &reading, fault);
}
