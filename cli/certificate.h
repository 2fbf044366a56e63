/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The certificate of a lot: one document, and two ways to print it. */
#ifndef CLI_CERTIFICATE_H
#define CLI_CERTIFICATE_H

#include "cli/batch_history.h"

enum { DECLARATIONS_MAX = 8, DECLARATION_MAX = 100 };

/* What every certificate says of itself. */
#define CERTIFICATE_STATEMENT                                                            \
    "Color only. No statement on composition, sterility or regulatory conformity."

enum certificate_kind {
    CERTIFICATE_MEASURED,
    CERTIFICATE_DEMO /* of simulated readings, marked so for ever */
};

struct certificate {
    const struct batch_record *record;
    const struct batch_history *history; /* with three lots or more, else NULL */
    enum certificate_kind kind;
    char issued[DATE_TIME_MAX];
    size_t declaration_count;
    char declaration[DECLARATIONS_MAX][DECLARATION_MAX]; /* recorded, never judged */
};

/* The document; NULL without memory. */
json_t *certificate_json(struct context *context, const struct certificate *certificate);

/* A document as text that may stand within HTML: no "<" in it; the caller's to free. */
char *certificate_dump(const json_t *document);

/* Plain text, for a label or a mail. */
enum exit_code certificate_print_text(struct context *context,
                                      const struct certificate *certificate);

/* One page, A4, as an SVG of its own. */
void certificate_print_page(const struct certificate *certificate, FILE *stream);

/* The page within HTML, the document unchanged beside it. */
void certificate_print_html(const struct certificate *certificate, const char *document,
                            FILE *stream);

/* A rectangle of the page, mm. */
struct certificate_place {
    double x, y, width, height;
};

/* Standard and lot as read; the same at other concentrations; lots in their order. */
void certificate_print_spectra(const struct batch_record *record,
                               const struct certificate_place *place, FILE *stream);
void certificate_print_ladder(const struct batch_record *record,
                              const struct certificate_place *place, FILE *stream);
void certificate_print_trend(const struct batch_history *history,
                             const struct certificate_place *place, FILE *stream);

/* Text of XML, at most so many characters of it; control bytes become question marks. */
void certificate_print_escaped(FILE *stream, const char *text, size_t most);

#endif
