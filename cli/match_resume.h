/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A batch that was cut short goes on where it was. What it left is a file of whole lines
 * in the order of the input, and perhaps the beginning of one: a line is written by one
 * call, so that whatever ends the program leaves no gap. Every whole line is held against
 * its line of the input; the beginning of one is cut away, and made again.
 */
#ifndef CLI_MATCH_RESUME_H
#define CLI_MATCH_RESUME_H

#include "cli/match_worker.h"

/* What a file holds already. */
struct match_kept {
    size_t lines, errors;
    size_t far; /* whose best recipe is beyond --max-de */
};

/*
 * Opens the file for a run to go on in, or begins it, and keeps other runs off it until
 * the descriptor is closed. Failure for what is no file, and for the input itself.
 */
enum exit_code match_resume_open(const char *path, const struct stream_input *input,
                                 int *descriptor, struct failure *failure);

/*
 * Takes from the input the lines whose results are there, and cuts off the beginning of
 * one behind the last whole one. The worker makes the last document among them once more:
 * it comes out the same unless a profile, a file that an option names, or the program has
 * changed, as far as that document depends on it. Failure OUTPUT_FOREIGN for results of
 * other lines or options, and leaves the file alone.
 */
enum exit_code match_resume_skip(int descriptor, const char *path,
                                 struct match_worker *worker, struct stream_input *input,
                                 struct match_kept *out, struct failure *failure);

/* Brings what was written to the disk. */
enum exit_code match_resume_finish(int descriptor, const char *path,
                                   struct failure *failure);

#endif
