/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exit codes; 64 and above as sysexits.h numbers them. */
#ifndef CLI_EXIT_CODE_H
#define CLI_EXIT_CODE_H

enum exit_code {
    EXIT_DONE = 0,
    EXIT_VERDICT_FAIL = 1,
    EXIT_VERDICT_UNSURE = 3, /* inconclusive, or a marginal pass */
    EXIT_USAGE = 64,
    EXIT_DATA = 65,
    EXIT_NO_INPUT = 66,
    EXIT_NO_INSTRUMENT = 69,
    EXIT_INTERNAL = 70,
    EXIT_OS = 71,
    EXIT_CANNOT_CREATE = 73,
    EXIT_IO = 74,
    EXIT_TRY_AGAIN = 75,
    EXIT_PROTOCOL = 76,
    EXIT_NO_PERMISSION = 77,
    EXIT_SETTING = 78,
    EXIT_INTERRUPTED = 130
};

#endif
