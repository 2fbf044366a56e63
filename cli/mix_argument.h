/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MIX on the command line: what was really poured. */
#ifndef CLI_MIX_ARGUMENT_H
#define CLI_MIX_ARGUMENT_H

#include "cli/course.h"

/*
 * Understands "carbon=7drop,water=5.2ml" or parts by volume, "carbon=1,water=19", as what
 * a session was poured from. Names are ids of the bottles and "water"; amounts in drop,
 * ml or g, or all without a unit. Sets the mix, its water and volume and leaves the rest.
 */
enum exit_code mix_argument_read(struct context *context, const char *argument,
                                 const struct bottles *bottles,
                                 struct course_session *out);

#endif
