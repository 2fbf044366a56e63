/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exit codes; 64 and above as sysexits.h numbers them. */
#ifndef CLI_EXIT_CODE_H
#define CLI_EXIT_CODE_H

enum exit_code {
    EXIT_DONE = 0,
    EXIT_VERDICT_FAIL = 1,
    EXIT_USAGE = 64,
    EXIT_DATA = 65,
    EXIT_NO_INPUT = 66,
    EXIT_OS = 71,
    EXIT_CANNOT_CREATE = 73,
    EXIT_IO = 74
};

#endif
