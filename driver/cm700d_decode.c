/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decoding half of cm700d_protocol.h: every byte of a line is hostile. */
#include "driver/cm700d_protocol.h"

#include <string.h>

enum {
    FIELDS_MAX = CM700D_POINTS + 1,
    STATUS_SIZE = 4, /* "OK00" */
    DIGITS_MAX = 15  /* of a number: what a double holds exactly */
};

struct field {
    const char *text;
    size_t size;
};

/* The fields after the status; count may exceed what is kept. */
struct fields {
    const char *end; /* of the line */
    size_t count;
    struct field field[FIELDS_MAX];
};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static struct fields split(const char *text, const char *end)
{
    struct fields fields = {.end = end};
    while (text < end) {
        const char *start = text + 1; /* behind the comma */
        const char *comma = memchr(start, ',', (size_t)(end - start));
        text = comma ? comma : end;
        if (fields.count < FIELDS_MAX)
            fields.field[fields.count] = (struct field){start, (size_t)(text - start)};
        fields.count++;
    }
    return fields;
}

static struct field trimmed(struct field field)
{
    while (field.size && field.text[0] == ' ')
        field.text++, field.size--;
    while (field.size && field.text[field.size - 1] == ' ')
        field.size--;
    return field;
}

/* A decimal number without exponent; strtod would ask the locale, and take "nan". */
static enum cm700d_parse to_number(struct field field, double *out)
{
    field = trimmed(field);
    double sign = 1;
    if (field.size && (field.text[0] == '-' || field.text[0] == '+')) {
        sign = field.text[0] == '-' ? -1 : 1;
        field.text++, field.size--;
    }
    double mantissa = 0, scale = 1;
    size_t digits = 0, points = 0;
    for (size_t i = 0; i < field.size; i++) {
        char c = field.text[i];
        if (c == '.' && points++ == 0)
            continue;
        if (!is_digit(c) || ++digits > DIGITS_MAX)
            return CM700D_NOT_UNDERSTOOD;
        mantissa = 10 * mantissa + (c - '0');
        if (points)
            scale *= 10;
    }
    if (digits == 0)
        return CM700D_NOT_UNDERSTOOD;
    *out = sign * mantissa / scale;
    return CM700D_UNDERSTOOD;
}

/* A whole number from least to most. */
static enum cm700d_parse to_whole(struct field field, unsigned least, unsigned most,
                                  unsigned *out)
{
    double number = 0;
    enum cm700d_parse parse = to_number(field, &number);
    if (parse != CM700D_UNDERSTOOD)
        return parse;
    if (!(number >= least && number <= most) || number != (double)(unsigned)number)
        return CM700D_NOT_UNDERSTOOD;
    *out = (unsigned)number;
    return CM700D_UNDERSTOOD;
}

enum text_kind { TEXT_WORD, TEXT_FREE };

/* Text without control characters, which could reach a terminal; a word is plain ASCII
 * as well, and not empty. */
static enum cm700d_parse to_text(struct field field, enum text_kind kind, char *out,
                                 size_t capacity)
{
    field = trimmed(field);
    if (field.size >= capacity || (kind == TEXT_WORD && field.size == 0))
        return CM700D_NOT_UNDERSTOOD;
    for (size_t i = 0; i < field.size; i++) {
        unsigned char c = (unsigned char)field.text[i];
        if (c < ' ' || c == 0x7f || (kind == TEXT_WORD && c > 0x7f))
            return CM700D_NOT_UNDERSTOOD;
    }
    memcpy(out, field.text, field.size);
    out[field.size] = '\0';
    return CM700D_UNDERSTOOD;
}

/* A name may hold commas: it is all that remains of the line. */
static enum cm700d_parse to_name(const struct fields *fields, size_t from, char *out)
{
    const char *text = fields->field[from].text;
    struct field rest = {text, (size_t)(fields->end - text)};
    return to_text(rest, TEXT_FREE, out, CM700D_NAME_MAX);
}

/* Whole numbers, one below the other as a reply has them. */
struct whole {
    unsigned least;
    unsigned most;
    unsigned *out;
};

static enum cm700d_parse to_wholes(const struct fields *fields, size_t from,
                                   const struct whole *wholes, size_t count)
{
    enum cm700d_parse parse = CM700D_UNDERSTOOD;
    for (size_t i = 0; i < count && parse == CM700D_UNDERSTOOD; i++)
        parse = to_whole(fields->field[from + i], wholes[i].least, wholes[i].most,
                         wholes[i].out);
    return parse;
}

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static enum cm700d_parse decode_identity(const struct fields *fields,
                                         struct cm700d_answer *out)
{
    struct cm700d_identity *identity = &out->identity;
    const struct whole wholes[] = {
        {0, 9, &identity->geometry},
        {200, 2500, &identity->first_nm},
        {200, 2500, &identity->last_nm},
        {1, 100, &identity->step_nm},
    };
    char *const words[] = {identity->model, identity->firmware, identity->serial};
    if (fields->count != COUNT_OF(words) + COUNT_OF(wholes))
        return CM700D_WRONG_COUNT;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (to_text(fields->field[i], TEXT_WORD, words[i], CM700D_WORD_MAX))
            return CM700D_NOT_UNDERSTOOD;
    return to_wholes(fields, COUNT_OF(words), wholes, COUNT_OF(wholes));
}

static enum cm700d_parse decode_state(const struct fields *fields,
                                      struct cm700d_answer *out)
{
    struct cm700d_state *state = &out->state;
    const struct whole wholes[] = {
        {0, 1, &state->flash},
        {0, 2, &state->supply},
        {CM700D_UNCALIBRATED, CM700D_CALIBRATED, &state->calibrated},
        {0, 1000000, &state->capacity},
        {0, 1000000, &state->samples},
        {0, 1000000, &state->targets},
        {0, 1, &state->custom},
        {0, 1, &state->recalibrate},
    };
    enum { LEAST = 6 }; /* a sibling's reply */
    if (fields->count < LEAST || fields->count > COUNT_OF(wholes))
        return CM700D_WRONG_COUNT;
    state->custom = CM700D_UNKNOWN;
    state->recalibrate = CM700D_UNKNOWN;
    return to_wholes(fields, 0, wholes, fields->count);
}

static enum cm700d_parse decode_parameters(const struct fields *fields,
                                           struct cm700d_answer *out)
{
    struct cm700d_parameters *parameters = &out->parameters;
    const struct whole wholes[] = {
        {0, 2, &parameters->area},    {0, 3, &parameters->specular},
        {0, 30, &parameters->delay},  {1, 10, &parameters->automatic},
        {1, 30, &parameters->manual},
    };
    if (fields->count != COUNT_OF(wholes))
        return CM700D_WRONG_COUNT;
    return to_wholes(fields, 0, wholes, COUNT_OF(wholes));
}

static enum cm700d_parse decode_time(const struct fields *fields, size_t from,
                                     struct cm700d_time *time)
{
    const struct whole wholes[] = {
        {1970, 9999, &time->year}, {1, 12, &time->month},  {1, 31, &time->day},
        {0, 23, &time->hour},      {0, 59, &time->minute}, {0, 59, &time->second},
    };
    return to_wholes(fields, from, wholes, COUNT_OF(wholes));
}

static enum cm700d_parse decode_clock(const struct fields *fields,
                                      struct cm700d_answer *out)
{
    enum { FIELDS = 6 };
    if (fields->count != FIELDS)
        return CM700D_WRONG_COUNT;
    return decode_time(fields, 0, &out->time);
}

static enum cm700d_parse decode_sample(const struct fields *fields,
                                       struct cm700d_answer *out)
{
    enum { TIME = 3, CUSTOM = 9, NAME = 10 };
    struct cm700d_sample *sample = &out->sample;
    if (fields->count <= NAME)
        return CM700D_WRONG_COUNT;
    const struct whole wholes[] = {
        {0, 2, &sample->area},
        {0, 3, &sample->specular},
        {0, 1000, &sample->target},
    };
    enum cm700d_parse parse = to_wholes(fields, 0, wholes, COUNT_OF(wholes));
    if (parse == CM700D_UNDERSTOOD)
        parse = decode_time(fields, TIME, &sample->time);
    if (parse == CM700D_UNDERSTOOD)
        parse = to_whole(fields->field[CUSTOM], 0, 1, &sample->custom);
    if (parse == CM700D_UNDERSTOOD)
        parse = to_name(fields, NAME, sample->name);
    return parse;
}

static enum cm700d_parse decode_values(const struct fields *fields,
                                       struct cm700d_answer *out)
{
    if (fields->count != CM700D_POINTS)
        return CM700D_WRONG_COUNT;
    enum cm700d_parse parse = CM700D_UNDERSTOOD;
    for (size_t i = 0; i < CM700D_POINTS && parse == CM700D_UNDERSTOOD; i++)
        parse = to_number(fields->field[i], &out->value[i]);
    return parse;
}

static enum cm700d_parse decode_number(const struct fields *fields,
                                       struct cm700d_answer *out)
{
    return fields->count == 1 ? to_number(fields->field[0], &out->number)
                              : CM700D_WRONG_COUNT;
}

static enum cm700d_parse decode_flag(const struct fields *fields,
                                     struct cm700d_answer *out)
{
    return fields->count == 1 ? to_whole(fields->field[0], 0, 1, &out->flag)
                              : CM700D_WRONG_COUNT;
}

static enum cm700d_parse decode_plate(const struct fields *fields,
                                      struct cm700d_answer *out)
{
    return fields->count > 0 ? to_name(fields, 0, out->plate) : CM700D_WRONG_COUNT;
}

static enum cm700d_parse decode_nothing(const struct fields *fields,
                                        struct cm700d_answer *out)
{
    (void)out;
    return fields->count == 0 ? CM700D_UNDERSTOOD : CM700D_WRONG_COUNT;
}

static enum cm700d_parse (*const decoders[CM700D_NAMES])(const struct fields *,
                                                         struct cm700d_answer *) = {
    [CM700D_IDR] = decode_identity,   [CM700D_STR] = decode_state,
    [CM700D_CPR] = decode_parameters, [CM700D_CPS] = decode_nothing,
    [CM700D_USR] = decode_flag,       [CM700D_CIR] = decode_plate,
    [CM700D_MES] = decode_nothing,    [CM700D_MDR] = decode_values,
    [CM700D_RDR] = decode_values,     [CM700D_SWS] = decode_nothing,
    [CM700D_ZRC] = decode_nothing,    [CM700D_CAL] = decode_nothing,
    [CM700D_USC] = decode_nothing,    [CM700D_COR] = decode_number,
    [CM700D_RCR] = decode_number,     [CM700D_CDR] = decode_values,
    [CM700D_UCR] = decode_values,     [CM700D_SPR] = decode_sample,
    [CM700D_SDR] = decode_values,     [CM700D_DTR] = decode_clock,
};

enum cm700d_parse cm700d_decode_status(const char *line, size_t size,
                                       struct cm700d_answer *out)
{
    if (size < STATUS_SIZE || !is_digit(line[2]) || !is_digit(line[3]))
        return CM700D_NOT_UNDERSTOOD;
    if (size > STATUS_SIZE && line[STATUS_SIZE] != ',')
        return CM700D_NOT_UNDERSTOOD;
    int done = memcmp(line, "OK", 2) == 0;
    if (!done && memcmp(line, "ER", 2) != 0)
        return CM700D_NOT_UNDERSTOOD;
    *out = (struct cm700d_answer){
        .verdict = done ? CM700D_DONE : CM700D_REFUSED,
        .code = (unsigned)(10 * (line[2] - '0') + line[3] - '0'),
    };
    return CM700D_UNDERSTOOD;
}

enum cm700d_parse cm700d_decode(enum cm700d_name name, const char *line, size_t size,
                                struct cm700d_answer *out)
{
    struct cm700d_answer answer;
    enum cm700d_parse parse = cm700d_decode_status(line, size, &answer);
    if (parse == CM700D_UNDERSTOOD && answer.verdict == CM700D_DONE) {
        struct fields fields = split(line + STATUS_SIZE, line + size);
        parse = decoders[name](&fields, &answer);
    }
    if (parse == CM700D_UNDERSTOOD)
        *out = answer;
    return parse;
}
