/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What requests that follow each other have in common: of each kind what was read or
 * computed last, with the warnings that came of it, which every request is to tell. Kinds
 * are told apart by what they were made of, byte by byte. One thread may use a shelf at a
 * time.
 */
#ifndef CLI_MIXING_SHELF_H
#define CLI_MIXING_SHELF_H

#include "cli/command.h"

enum mixing_shelf_kind {
    MIXING_SHELF_SUBJECT,
    MIXING_SHELF_TECHNIQUE,
    MIXING_SHELF_PRACTITIONER,
    MIXING_SHELF_BOTTLES,
    MIXING_SHELF_WEIGHTS,
    MIXING_SHELF_DRAWS,
    MIXING_SHELF_KINDS
};

struct mixing_shelf_entry {
    unsigned char *bytes; /* the key, then the value; NULL for nothing yet */
    size_t key_size, value_size, capacity;
    json_t *warnings;
    bool simulated_before, simulated_after; /* in the context */
};

/* Zeros are an empty one; release with mixing_shelf_free. */
struct mixing_shelf {
    struct mixing_shelf_entry entry[MIXING_SHELF_KINDS];
};

struct mixing_shelf_key {
    enum mixing_shelf_kind kind;
    const void *bytes;
    size_t size;
};

/*
 * Reads what the key names, or gives what was read for that key last, and tells its
 * warnings once more. The shelf may be NULL, and keeps no failure.
 */
enum exit_code mixing_shelf_read(struct mixing_shelf *shelf,
                                 const struct mixing_shelf_key *key,
                                 struct context *context,
                                 enum exit_code (*read)(struct context *context,
                                                        const void *source, void *out),
                                 const void *source, void *out, size_t size);

void mixing_shelf_free(struct mixing_shelf *shelf);

#endif
