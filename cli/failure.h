/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong, as a value: a stable code, what and why, and what to do. */
#ifndef CLI_FAILURE_H
#define CLI_FAILURE_H

#include <stdio.h>

#include "cli/exit_code.h"
#include "colorlib/status.h"

enum failure_code {
    FAILURE_NONE,
    FAILURE_BATCH_STRENGTH,
    FAILURE_CALIBRATION_MISSING,
    FAILURE_COLOR_SEVERAL,
    FAILURE_COLOR_UNKNOWN,
    FAILURE_COLOR_WHITE,
    FAILURE_CONDITIONS_APERTURE,
    FAILURE_CONDITIONS_DIFFER,
    FAILURE_CONDITIONS_SIMULATED,
    FAILURE_DEMO,
    FAILURE_EXISTING_STRONG,
    FAILURE_EXISTING_UNKNOWN,
    FAILURE_FILE_FORMAT,
    FAILURE_FILE_MALFORMED,
    FAILURE_FILE_MISSING,
    FAILURE_FILE_READ,
    FAILURE_HAIR_UNKNOWN,
    FAILURE_INSTRUMENT_ABSENT,
    FAILURE_INSTRUMENT_BUSY,
    FAILURE_INSTRUMENT_HARDWARE,
    FAILURE_INSTRUMENT_OPERATOR,
    FAILURE_INSTRUMENT_PERMISSION,
    FAILURE_INSTRUMENT_PROTOCOL,
    FAILURE_INSTRUMENT_READING,
    FAILURE_INSTRUMENT_SETTING,
    FAILURE_INSTRUMENT_SEVERAL,
    FAILURE_INSTRUMENT_SILENT,
    FAILURE_INSTRUMENT_STATE,
    FAILURE_INSTRUMENT_TRANSFER,
    FAILURE_INSTRUMENT_UNPLUGGED,
    FAILURE_INSTRUMENT_UNSUPPORTED,
    FAILURE_INTERRUPTED,
    FAILURE_LADDER_UNUSABLE,
    FAILURE_OUTPUT_BUSY,
    FAILURE_OUTPUT_CREATE,
    FAILURE_OUTPUT_EXISTS,
    FAILURE_OUTPUT_FOREIGN,
    FAILURE_OUTPUT_WRITE,
    FAILURE_PIGMENT_NONE,
    FAILURE_PIGMENT_UNFIT,
    FAILURE_PIGMENT_UNKNOWN,
    FAILURE_PROFILE_MISSING,
    FAILURE_RECIPE_NONE,
    FAILURE_SAMPLE_MISSING,
    FAILURE_SCAN_KNOWN,
    FAILURE_SCAN_UNEXPLAINED,
    FAILURE_SKIN_FIT,
    FAILURE_SPECTRUM_NEEDED,
    FAILURE_SPECTRUM_RANGE,
    FAILURE_STATE,
    FAILURE_SYSTEM_MEMORY,
    FAILURE_TARGET_LIGHTER,
    FAILURE_TECHNIQUE_COVERAGE,
    FAILURE_TECHNIQUE_UNKNOWN,
    FAILURE_TOLERANCE_UNKNOWN,
    FAILURE_USAGE_ANSWER,
    FAILURE_USAGE_ARGUMENT,
    FAILURE_USAGE_COMMAND,
    FAILURE_USAGE_OPTION,
    FAILURE_USAGE_TOPIC,
    FAILURE_USAGE_VALUE,
    FAILURE_CODE_COUNT
};

struct failure_kind {
    const char *name; /* dotted, never changes */
    enum exit_code exit;
    const char *meaning;
};

enum { FAILURE_MESSAGE_MAX = 1024, FAILURE_HINT_MAX = 512 };

/* Zeros say that nothing failed. */
struct failure {
    enum failure_code code;
    char message[FAILURE_MESSAGE_MAX];
    char hint[FAILURE_HINT_MAX]; /* may be empty */
};

/* FAILURE_NONE < code < FAILURE_CODE_COUNT. */
const struct failure_kind *failure_kind(enum failure_code code);

/* Fills in what failed and returns its exit code; the hint is left empty. */
enum exit_code failure_set(struct failure *failure, enum failure_code code,
                           const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Says what to do about it. */
void failure_hint(struct failure *failure, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A failure to read a file or profile, as colorlib reports it. */
enum exit_code failure_from_file(struct failure *failure, const char *path,
                                 enum status status, const struct fault *fault);

/* Text from outside, with a question mark for each control byte: a file must not be able
 * to command a terminal. */
void print_safely(FILE *stream, const char *text);

/* Two lines for a person: what and why; what to do and the code. command may be NULL. */
void failure_print(FILE *stream, const char *command, const struct failure *failure);

#endif
