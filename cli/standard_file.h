/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A retained standard: its readings, how it is drawn down, and how it was measured. */
#ifndef CLI_STANDARD_FILE_H
#define CLI_STANDARD_FILE_H

#include "cli/drawdowns.h"

enum { STANDARD_NAME_MAX = 64, LOT_MAX = 41 };

struct standard {
    char name[STANDARD_NAME_MAX];
    char lot[LOT_MAX];        /* empty where unknown */
    struct batch_setup setup; /* without criterion and weights */
    struct drawdowns readings;
};

/* The mean of the color under the reference light, and the mean CIEDE2000 of the readings
 * from it. */
struct standard_color {
    cmsCIELab lab;
    double spread_de00;
};

enum exit_code standard_color(struct context *context, const struct standard *standard,
                              struct standard_color *out);

/* "opaque", "film", "film pair". */
const char *standard_method_text(enum batch_method method);

/* All of it but what is computed. */
json_t *standard_json(const struct standard *standard);

/* A standard out of a document, at a key such as "data". */
enum exit_code standard_from(const struct document *document, const char *key,
                             struct standard *out);

/* Reads a file that standard add wrote; a simulated one is noted in the context. */
enum exit_code standard_read(struct context *context, const char *path,
                             struct standard *out);

#endif
