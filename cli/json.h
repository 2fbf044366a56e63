/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's JSON documents: one envelope, numbers rounded once, keys in fixed order.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <jansson.h>
#include <lcms2.h>

#include "cli/command.h"
#include "colorlib/line_id.h"
#include "colorlib/spectrum.h"

/* Digits that a number has in a document at the most. */
enum { JSON_DIGITS = 10 };

enum { JSON_DECIMALS_COLOR = 4, JSON_DECIMALS_REFLECTANCE = 6, JSON_DECIMALS_AMOUNT = 4 };

/* To be called before anything of jansson's: without memory for a value, whatever is
 * printed later fails instead of lacking it. */
void json_watch_memory(void);

/* A number rounded to decimals as a document gives it back. */
double json_round(double value, int decimals);

/* A number as a document gives it back that is not rounded to decimals: ten digits. */
double json_kept(double value);

/* A number of json_kept; NULL where it is not finite. */
json_t *json_number(double value);

/* A number rounded to that many decimals; NULL, which json_object_set_new and
 * json_set ignore, where it is not finite. */
json_t *json_rounded(double value, int decimals);

/* Sets a key unless the value is NULL (a number that is absent); takes the value over. */
void json_set(json_t *object, const char *key, json_t *value);

/* Text from outside as a string; bytes that are not UTF-8 become question marks. */
json_t *json_text(const char *text);

/* The id of a line as it came; NULL where it has none. */
json_t *json_line_id(const struct line_id *id);

json_t *json_lab(const cmsCIELab *lab);

/* Sets "ita_deg" and "ita_class", both absent where the angle is not finite. */
void json_set_ita(json_t *object, double ita_deg);

/* {"start_nm", "step_nm", "values"} */
json_t *json_reflectance(const struct spectrum *spectrum);

/* The envelope's conditions: illuminants and observer of the context; specular is "sci",
 * "sce" or NULL where it is unknown or differs. "simulated" is there where something read
 * is. */
json_t *json_conditions(const struct context *context, const char *specular);

/* How documents are spelled. */
enum { JSON_DUMP_FLAGS = JSON_INDENT(2) | JSON_REAL_PRECISION(JSON_DIGITS) };

/* The document of a kind; takes conditions and data over. NULL without memory. */
json_t *json_document(const struct context *context, const char *kind, json_t *conditions,
                      json_t *data);

/* A document as text; NULL without memory, also where it lacked before. free() it. */
char *json_spelled(const json_t *document);

/* The same in one line. */
char *json_spelled_line(const json_t *document);

/* Prints a document, NULL for one without memory, and takes it over. */
enum exit_code json_print_document(struct context *context, json_t *document);

/* Prints the document of a kind; takes conditions and data over. */
enum exit_code json_print(struct context *context, const char *kind, json_t *conditions,
                          json_t *data);

/* For a result that is one object: the same, or in plain mode its members as lines of
 * key, tab and value. */
enum exit_code json_print_members(struct context *context, const char *kind,
                                  json_t *conditions, json_t *data);

/* The same as json_print as one line, written and flushed to a stream at once. */
enum exit_code json_print_line(struct context *context, FILE *stream, const char *kind,
                               json_t *conditions, json_t *data);

/* A failure as {"code", "exit", "message"} and "hint"; NULL without memory. */
json_t *json_failure(const struct failure *failure);

/* The document of a failure. */
void json_print_failure(FILE *stream, const struct failure *failure);

#endif
