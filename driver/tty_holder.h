/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which serial node a USB interface has, and which other program holds a device node. */
#ifndef DRIVER_TTY_HOLDER_H
#define DRIVER_TTY_HOLDER_H

#include <stddef.h>

enum tty_found { TTY_NONE, TTY_FOUND };

/* The tty of a USB interface named as in sysfs ("1-1:1.0"), as "/dev/ttyACM0". */
enum tty_found tty_of_interface(const char *interface, char *path, size_t size);

enum node_use {
    NODE_FREE,
    NODE_HELD,
    NODE_HIDDEN /* nobody is seen to hold it, and we may not try */
};

/*
 * Whether another process has the device node open, by a name below /dev, as far as /proc
 * shows it to us. Files elsewhere are not touched: they could hang. Held:
 * its name and number, "ModemManager (2211)", in holder, which has INSTRUMENT_TEXT_MAX
 * bytes or is NULL.
 */
enum node_use node_holder(const char *path, char *holder);

/*
 * As node_holder for a serial node, and also sees a holder that /proc hides, another
 * user's, where it
 *   - left a lock file (/run/lock/LCK..ttyACM0) with its process number, or
 *   - asked for exclusive use (TIOCEXCL, as ModemManager does) of a node that we may
 *     open; its name is then "another program".
 * HIDDEN where we may not open the node. Another user's program that does neither, as
 * cat does, cannot be seen: the node is FREE then.
 */
enum node_use tty_holder(const char *path, char *holder);

#endif
