/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The light and the observer under which colors are computed. */
#ifndef CLI_VIEWING_H
#define CLI_VIEWING_H

#include "cli/failure.h"
#include "colorlib/colorimetry.h"

enum { VIEWING_MAX = 8 };

/* Whether the conditions were asked for or are the defaults. */
enum viewing_origin { VIEWING_DEFAULT, VIEWING_GIVEN };

struct viewing {
    enum viewing_origin origin;
    enum observer observer;
    size_t count; /* 1 to VIEWING_MAX; the first is the reference */
    struct illuminant illuminant[VIEWING_MAX];
};

struct context;

/* Reads --illuminant and --observer; fallback is the list where none is given. */
enum exit_code viewing_load(struct context *context, const char *fallback);

/* The illuminant of a name or of a spectral file. */
enum exit_code viewing_illuminant(const char *name, struct illuminant *out,
                                  struct failure *failure);

/* "2" or "10". */
enum exit_code viewing_observer(const char *degrees, enum observer *out,
                                struct failure *failure);

/* weights_make with the failure in words. */
enum exit_code viewing_weights(const struct grid *grid,
                               const struct illuminant *illuminant,
                               enum observer observer, struct weights *out,
                               struct failure *failure);

enum { CONDITIONS_MAX = 80 };

/* "D65/10"; text holds CONDITIONS_MAX bytes. */
void viewing_text(const struct illuminant *illuminant, enum observer observer,
                  char *text);

#endif
