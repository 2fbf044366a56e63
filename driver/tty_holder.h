/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which serial node a USB interface has, and which other program holds a device node. */
#ifndef DRIVER_TTY_HOLDER_H
#define DRIVER_TTY_HOLDER_H

#include <stddef.h>

enum tty_found { TTY_NONE, TTY_FOUND };

/* The tty of a USB interface named as in sysfs ("1-1:1.0"), as "/dev/ttyACM0". */
enum tty_found tty_of_interface(const char *interface, char *path, size_t size);

enum node_use { NODE_FREE, NODE_HELD };

/*
 * Whether another process has the device node open, as far as /proc shows it to us. Held:
 * its name and number, "ModemManager (2211)", in holder, which has INSTRUMENT_TEXT_MAX
 * bytes or is NULL.
 */
enum node_use node_holder(const char *path, char *holder);

/*
 * As node_holder for a serial node, and also sees a holder that /proc hides but that
 * asked for exclusive use (TIOCEXCL, as ModemManager does); its name is then "another
 * program".
 */
enum node_use tty_holder(const char *path, char *holder);

#endif
