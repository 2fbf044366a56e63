/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sixteen bottles: those that come along, and a second lot of each in a folder of its
 * own. */
#ifndef TESTS_BENCH_SHELF_H
#define TESTS_BENCH_SHELF_H

enum { SHELF_PATH_SIZE = 256 };

struct shelf {
    char folder[32];                /* for whatever else is to be gone afterwards */
    char profiles[SHELF_PATH_SIZE]; /* for --profiles */
};

/* For --pigments. */
extern const char shelf_bottles[];

void shelf_make(struct shelf *out);

/* Removes the folder and all in it. */
void shelf_clear(const struct shelf *shelf);

#endif
