/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a profile says of a bottle, by name: one list for every format. */
#ifndef COLORLIB_PIGMENT_FIELDS_H
#define COLORLIB_PIGMENT_FIELDS_H

#include "colorlib/pigment.h"

enum pigment_presence { PIGMENT_REQUIRED, PIGMENT_OPTIONAL };

struct pigment_text_field {
    const char *keyword; /* in CGATS */
    const char *name;    /* of a column in CSV, of a member in a document */
    size_t offset, size; /* of the member */
    enum pigment_presence presence;
};

/* All of them optional. */
struct pigment_number_field {
    const char *keyword;
    const char *name;
    size_t offset;
    double least, most;
};

enum { PIGMENT_TEXT_FIELDS = 5, PIGMENT_NUMBER_FIELDS = 11 };
extern const struct pigment_text_field pigment_text_fields[PIGMENT_TEXT_FIELDS];
extern const struct pigment_number_field pigment_number_fields[PIGMENT_NUMBER_FIELDS];

/* The text of a field, and room for field->size bytes. */
static inline const char *pigment_text(const struct pigment *pigment,
                                       const struct pigment_text_field *field)
{
    return (const char *)pigment + field->offset;
}

double pigment_number(const struct pigment *pigment,
                      const struct pigment_number_field *field);

/* OUT_OF_RANGE for a number that the field cannot have. */
enum status pigment_set_number(struct pigment *pigment,
                               const struct pigment_number_field *field, double number);

/* "model", "ladder" and back; NOT_FOUND for another word. */
const char *pigment_origin_name(enum pigment_origin origin);
enum status pigment_origin_find(const char *name, enum pigment_origin *out);

/* A bottle of which nothing is known: drop, density and strength as usual. */
extern const struct pigment pigment_unknown;

#endif
