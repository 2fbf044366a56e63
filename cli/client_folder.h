/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A client's records in a folder that the user names, readable by that user only:
 *
 *   case.json     the document of the match that was chosen, as it came
 *   course.json   sessions, scans and what they told; the one file that is rewritten, and
 *                 it keeps the whole history
 *   scan-N.json   each re-scan, and skin-N.json a bare scan made beside it
 *
 * Files are written whole or not at all.
 */
#ifndef CLI_CLIENT_FOLDER_H
#define CLI_CLIENT_FOLDER_H

#include "cli/color_view.h"
#include "cli/course.h"

/*
 * Begins a folder with the file of a match document, copied as it is, and a course. One
 * that holds a case already is the failure, or with --force its case and course are moved
 * aside (case-1.json, course-1.json and so on).
 */
enum exit_code client_folder_begin(struct context *context, const char *folder,
                                   const char *case_path, const struct course *course);

/* Writes the path of a file in the folder, PATH_MAX bytes. */
enum exit_code client_folder_path(struct context *context, const char *folder,
                                  const char *file, char *path);

/* Reads the course. Failure FILE_MISSING for a folder that holds none, FILE_MALFORMED
 * with the key in fault. */
enum exit_code client_folder_read(struct context *context, const char *folder,
                                  struct course *out);

/* Replaces the course. */
enum exit_code client_folder_write(struct context *context, const char *folder,
                                   const struct course *course);

/*
 * Keeps a scan under the next free number of "scan" or "skin" and writes the name of its
 * file, COURSE_FILE_MAX bytes. A JSON file is copied as it is; of anything else the one
 * spectrum that was read is written. Nothing is ever overwritten.
 */
enum exit_code client_folder_keep(struct context *context, const char *folder,
                                  const char *what, const char *argument,
                                  const struct color *color, char *file);

#endif
