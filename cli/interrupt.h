/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ctrl-C while an instrument is open: a wish to stop, not the end of the program. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/* From now on SIGINT and SIGTERM are noted only. */
void interrupt_watch(void);

/* Whether one came since. */
bool interrupt_seen(void);

#endif
