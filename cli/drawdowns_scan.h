/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings of a drawdown straight from the instrument. */
#ifndef CLI_DRAWDOWNS_SCAN_H
#define CLI_DRAWDOWNS_SCAN_H

#include "cli/drawdowns.h"

/* --scan and --sites. */
extern const struct option_spec drawdowns_scan_options[];

/*
 * With --scan reads a drawdown at --sites placements, each of which is a reading that is
 * added as BATCH_COLOR, in the mode that --specular names (sce by default); --trigger
 * says when. Without it nothing is done.
 */
enum exit_code drawdowns_scan(struct context *context, struct drawdowns *out);

#endif
