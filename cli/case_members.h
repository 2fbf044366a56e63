/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the parts of a case stand in documents. */
#ifndef CLI_CASE_MEMBERS_H
#define CLI_CASE_MEMBERS_H

#include "cli/document.h"
#include "colorlib/client_state.h"

/* The numbers of struct technique, fade_conditions, hair, deposit and existing. */
extern const struct document_member case_technique_members[];
extern const struct document_member case_conditions_members[];
extern const struct document_member case_hair_members[];
extern const struct document_member case_deposit_members[];
extern const struct document_member case_existing_members[];

/* Replaces a state's numbers by those that a document gives back (json_kept). */
void case_state_keep(struct client_state *state);

/* A state as {"components", "mean", "covariance"}. Reading checks all but that the
 * covariance is positive semidefinite, which draws_make does. */
json_t *case_state_json(const struct client_state *state);
enum exit_code case_state_read(const struct document *document, const char *key,
                               struct client_state *out);

#endif
