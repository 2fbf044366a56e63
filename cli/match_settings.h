/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What match is asked for, from its options. */
#ifndef CLI_MATCH_SETTINGS_H
#define CLI_MATCH_SETTINGS_H

#include "cli/match_result.h"

struct match_settings {
    struct mixing_request request; /* its texts are those of the options */
    enum match_search search;
    long top;
    double max_de;              /* HUGE_VAL where none is asked for */
    struct match_effort effort; /* to prove the best batch */
};

extern const struct option_spec match_options[];

enum exit_code match_settings_read(struct context *context, struct match_settings *out);

/* The same but for what is to be matched on which skin. */
enum exit_code match_settings_wishes(struct context *context,
                                     struct match_settings *settings);

#endif
