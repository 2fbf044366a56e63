/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a practitioner's clients taught, in a file that the user names: a document of the
 * kind "practitioner" with one observation for each client's folder. One file for each
 * hand, machine, needle and line of pigments; what else its data hold is the user's.
 */
#ifndef CLI_PRACTITIONER_FILE_H
#define CLI_PRACTITIONER_FILE_H

#include "cli/command.h"
#include "colorlib/practitioner.h"

enum { PRACTITIONER_CLIENTS_MAX = 10000 };

/* Reads a file and learns from all of its clients; notes in the context that some were
 * simulated. */
enum exit_code practitioner_file_read(struct context *context, const char *path,
                                      struct practitioner *out);

/*
 * Keeps what a client taught, in place of what the same client taught before; begins the
 * file where there is none. out is what all clients taught then.
 *
 *   folder  the client's; its last part names the client
 *
 * Failure CONDITIONS_SIMULATED where something simulated was read and the file is of
 * measured clients.
 */
enum exit_code practitioner_file_keep(struct context *context, const char *path,
                                      const char *folder,
                                      const struct practitioner_observation *observation,
                                      struct practitioner *out);

#endif
