/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finished scan, and the forms in which it is told. */
#ifndef CLI_SCAN_RESULT_H
#define CLI_SCAN_RESULT_H

#include <jansson.h>

#include "cli/acquire.h"

/* What each kind of scan is taken for. */
struct scan_kind {
    const char *name;
    size_t placements;
    double limit;
    bool skin; /* typology angle and indices mean something */
};

/* A scan from its request to its result. While readings are watched acquired holds what
 * is known of the last, and no placements. */
struct scan {
    const struct scan_kind *kind;
    struct acquire_request request;
    const char *state;
    char label[SAMPLE_NAME_MAX];
    struct connection connection;
    struct acquired acquired;
    struct weights weights; /* reference illuminant and observer on the scan's grid */
    double ita_deg;         /* of skin, in daylight; set by scan_judge */
    double expected_de00;   /* from --expect, NAN without it; the same */
    json_t *truth;          /* what only a simulation knows, for the document; or NULL */
};

/* Says what the operator should know: outliers, spread, what is simulated, and how far
 * the scan is from --expect. */
enum exit_code scan_judge(struct context *context, struct scan *scan);

/* How the scan was taken, and the light it is shown in; site, state and spread are data.
 */
json_t *scan_conditions_json(const struct context *context, const struct scan *scan);

/* Prints the scan as the mode and the ending of --output want it. */
enum exit_code scan_print(struct context *context, const struct scan *scan);

/* Shows readings one by one on stdout until the operator has enough, or as many as
 * --sites asks for. */
enum exit_code scan_watch(struct context *context, struct scan *scan);

#endif
