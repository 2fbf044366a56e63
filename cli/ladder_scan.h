/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ladder read with the instrument, drawdown by drawdown. */
#ifndef CLI_LADDER_SCAN_H
#define CLI_LADDER_SCAN_H

#include "cli/command.h"
#include "colorlib/sample.h"

/* --scan, --levels, --guess, --thickness, --sites. */
extern const struct option_spec ladder_scan_options[];

/*
 * Guides the operator through both bare backings and every dilution over each, as the
 * options say or, without --levels, as is planned for the pigment --guess, else id;
 * --trigger says when a reading is taken. Release out with sample_set_free.
 */
enum exit_code ladder_scan(struct context *context, const char *id,
                           struct sample_set *out);

#endif
