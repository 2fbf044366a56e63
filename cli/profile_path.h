/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where pigments, hair classes, techniques and skins are found. */
#ifndef CLI_PROFILE_PATH_H
#define CLI_PROFILE_PATH_H

#include "cli/command.h"

enum { PROFILE_PATH_MAX = 4096 };

/*
 * The path of a file or folder by its name inside the profiles, such as "techniques.ini"
 * or "pigments": the first there is of --profiles, SCALPTONE_PROFILES, the installed
 * folder and the source tree that the program was built in. A folder that the user named
 * and that cannot be searched fails, and so does a file that is there and unreadable:
 * nothing is taken in their place. path holds PROFILE_PATH_MAX bytes.
 */
enum exit_code profile_path(struct context *context, const char *name, char *path);

#endif
