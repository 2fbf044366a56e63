/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a subcommand is, and what it is given to work with. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <jansson.h>
#include <time.h>

#include "cli/failure.h"
#include "cli/invocation.h"
#include "cli/option.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/viewing.h"

struct context;

enum { COMMAND_EXAMPLES = 2 };

/* A positional argument; a table of them ends with a NULL name. */
struct argument_spec {
    const char *name;
    const char *help;
};

/*
 * A subcommand: one file defines it, main.c lists it. Parsing, --help and whatever else
 * is generated are made of this.
 */
struct command {
    const char *name; /* one word or two: "convert", "color info" */
    const char *summary;
    const char *usage; /* the arguments as a usage line shows them, "" for none */
    const struct argument_spec *arguments; /* NULL for none */
    size_t arguments_min;
    size_t arguments_max; /* SIZE_MAX for any number */
    struct option_tables options;
    const char *examples[COMMAND_EXAMPLES];
    const char *illuminants; /* the default of --illuminant; NULL for D65 */
    enum exit_code (*run)(struct context *context);
};

enum output_mode { MODE_TEXT, MODE_PLAIN, MODE_JSON };
enum verbosity { VERBOSITY_QUIET, VERBOSITY_NORMAL, VERBOSITY_VERBOSE };

/* Everything a command may use; it prints results to output.stream only. */
struct context {
    const struct command *const *commands; /* all there are, NULL after the last */
    struct invocation invocation;
    enum output_mode mode;
    enum verbosity verbosity;
    struct terminal terminal; /* of the result */
    struct terminal screen;   /* of what an operator is told meanwhile, on stderr */
    struct output output;
    struct viewing viewing;
    time_t now;       /* --as-of, SOURCE_DATE_EPOCH or the clock at the start */
    bool clock_fixed; /* by one of the first two */
    json_t *warnings; /* those told so far, for the document */
    bool simulated;   /* something that was read comes from a virtual instrument */
    struct failure failure;
};

/* The value of one of the command's options or a global one; NULL where not given. */
const char *option(const struct context *context, const char *name);

/* The value as a finite number in [min, max], or the default where it was not given. */
enum exit_code option_number(struct context *context, const char *name, double min,
                             double max, double fallback, double *out);

/* The same for a whole number. */
enum exit_code option_whole(struct context *context, const char *name, long min, long max,
                            long fallback, long *out);

/* The index of the value in words, NULL after the last; fallback where not given. */
enum exit_code option_choice(struct context *context, const char *name,
                             const char *const *words, size_t fallback, size_t *out);

/* Says on stderr, and in the document, what a user should know. The code is stable and
 * dotted; hint may be NULL. */
void warn(struct context *context, const char *code, const char *hint, const char *format,
          ...) __attribute__((format(printf, 4, 5)));

/* The warnings so far as lines of the result, where stderr did not show them beside it: a
 * result in a file, in a pipe or under --quiet keeps what it is to be read with. */
void print_warnings(const struct context *context);

/* Says on stderr, unless quiet, what was assumed or done. */
void note(const struct context *context, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same, said only when --verbose asks for it. */
void detail(const struct context *context, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Sends the result to a file that the command's own argument names, such as --svg FILE;
 * usage failure when --output names one too. */
enum exit_code write_result_to(struct context *context, const char *path,
                               const char *argument);

#endif
