/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What match found, and the two forms in which it is told. */
#ifndef CLI_MATCH_RESULT_H
#define CLI_MATCH_RESULT_H

#include "cli/mixing.h"
#include "cli/quantity.h"

enum { MATCH_TOP_MAX = 10, MATCH_RECIPES_MAX = MATCH_TOP_MAX + 2 };

/* What recipes are searched by: F over all draws, or E where all is as stated. */
enum match_search { MATCH_ROBUST, MATCH_NOMINAL };

/* Why a recipe is among those shown. */
enum match_role {
    MATCH_OFFERED, /* by its rank */
    MATCH_OTHER,   /* best of the other search, far from the first in F */
    MATCH_RELAXED  /* nearer to the target, but against the rule */
};

/* One of those shown, and how it fares. */
struct match_recipe {
    struct recipe recipe;
    enum match_role role;
    struct recipe_prospect prospect;
    struct outlook outlook; /* at match_ages; this and prospect only with draws */
};

/* How a proof is searched. */
struct match_effort {
    size_t threads; /* 0: none is asked for */
    bool in_full;   /* until it is proved, not only in passing */
};

/* How good a batch is known to be, of all that there are. */
struct match_proof {
    struct match_effort effort;
    struct recipe best;                    /* by score; count 0: none, or no proof */
    struct recipe_certificate certificate; /* of no recipes: no proof */
};

struct match_result {
    const struct mixing *mixing;
    enum match_search search;
    struct match_proof proof;
    size_t count; /* 1 or more, those offered first */
    struct match_recipe recipe[MATCH_RECIPES_MAX];
    struct recipe_report report;
};

/* Searches, top recipes at the most and those that are to be seen beside them, and looks
 * ahead; mixing, search and the proof's effort of the result are set. */
enum exit_code match_search_all(struct context *context, long top,
                                struct match_result *result);

/* Says what is to be known of the target and of the first recipe, and whether that
 * differs by more than max_de. */
bool match_warn(struct context *context, const struct match_result *result,
                double max_de);

/* "robust" or "nominal"; what a recipe is called in a list, "1", "nominal", "relaxed". */
const char *match_search_name(enum match_search search);
enum { MATCH_LABEL_MAX = 24 };
void match_label(const struct match_result *result, size_t index, char *label);

/* A recipe over the years, in a table. */
enum exit_code match_print_forecast(struct context *context, const struct mixing *mixing,
                                    const struct outlook *outlook);

/* How likely it comes to look wrong in ways to be warned of, in two lines. */
void match_print_signs(const struct context *context, const struct mixing *mixing,
                       const struct outlook *outlook);

/* What healed work may look like, and when it needs a touch-up, in two lines. */
void match_print_likely(const struct context *context, const struct outlook *outlook);

enum exit_code match_print_text(struct context *context,
                                const struct match_result *result);
enum exit_code match_print_json(struct context *context,
                                const struct match_result *result);

/* What a proof says: in two sentences, and as an object. */
void match_print_proof(const struct context *context, const struct match_result *result);
json_t *match_proof_json(const struct match_result *result);

/* The document that match_print_json prints; NULL without memory. */
json_t *match_document(const struct context *context, const struct match_result *result);

/* What to pour and what to expect of it, in two lines for a person. */
void match_print_headline(const struct context *context,
                          const struct match_result *result);

/* The recipes side by side, as text and as plain output. */
enum exit_code match_print_summary(struct context *context,
                                   const struct match_result *result);

/* A color under the reference illuminant as a screen shows it. */
struct srgb match_preview(const struct mixing *mixing, const cmsCIELab *lab);

/* The ages that a forecast is told at: fresh, six weeks, one to five years. */
enum { MATCH_AGES = 7, MATCH_HEALED = 1 };
extern const double match_ages[MATCH_AGES];

#endif
