/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signals while an instrument is open: a wish to stop, not the end of the program, so
 * that its button is disarmed and the kernel gets its port back. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/* From now on SIGINT, SIGTERM, SIGHUP and SIGPIPE are noted only. */
void interrupt_watch(void);

/* Whether one came since. */
bool interrupt_seen(void);

/* Ends the program as a hang-up or a broken pipe that was noted would have, without a
 * word; where none was noted it returns. */
void interrupt_finish(void);

#endif
