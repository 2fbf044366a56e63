/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: its commands, and the road from a command line to an exit code. */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/globals.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/json.h"

/* In the order of the help. */
static const struct command *const commands[] = {
    /* compute */
    &color_info_command, &color_diff_command, &color_plot_command, &convert_command,
    &skin_fit_command,
    /* the supplier */
    &pigment_plan_command, &pigment_calibrate_command, &pigment_validate_command,
    &pigment_formulate_command, &pigment_list_command, &pigment_show_command,
    &pigment_import_command, &pigment_export_command,
    /* the program itself */
    &demo_command, &doctor_command, &scan_command, &calibrate_command,
    &instrument_list_command, &instrument_info_command, &instrument_test_command,
    &match_command, &plan_command, &followup_command, &ratio_command, &simulate_command,
    /* the supplier */
    &standard_add_command, &standard_show_command, &tolerance_show_command,
    &batch_check_command, &batch_correct_command, &batch_trend_command,
    &batch_certificate_command, &help_command, &version_command,
    /* the end */
    NULL};

static enum exit_code run_command(struct context *context)
{
    const struct command *command = context->invocation.command;
    enum exit_code code =
        viewing_load(context, command->illuminants ? command->illuminants : "D65");
    return code == EXIT_DONE ? command->run(context) : code;
}

static enum exit_code run_help(struct context *context)
{
    const struct invocation *invocation = &context->invocation;
    if (invocation->command)
        help_command_text(invocation->command, context->output.stream);
    else if (invocation->group)
        help_group(context, invocation->group, context->output.stream);
    else
        help_program(context, context->output.stream);
    return EXIT_DONE;
}

static enum exit_code produce(struct context *context)
{
    if (option(context, "help"))
        return run_help(context);
    if (!option(context, "version"))
        return run_command(context);
    version_print(context->output.stream);
    return EXIT_DONE;
}

/* A result is written whatever the verdict, but not after a failure. */
static enum exit_code run(struct context *context)
{
    enum exit_code code = globals_apply(context);
    if (code != EXIT_DONE)
        return code;
    code = output_open(option(context, "output"),
                       option(context, "force") ? OUTPUT_REPLACE : OUTPUT_KEEP_EXISTING,
                       &context->output, &context->failure);
    if (code != EXIT_DONE)
        return code;
    code = produce(context);
    if (context->failure.code != FAILURE_NONE) {
        output_discard(&context->output);
        return code;
    }
    enum exit_code written = output_commit(&context->output, &context->failure);
    return written == EXIT_DONE ? code : written;
}

/* Even a command line that cannot be parsed may ask for its failure in JSON. */
static int asks_for_json(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--json") == 0)
            return 1;
    return 0;
}

static void tell_failure(const struct context *context, int argc, char **argv)
{
    const struct command *command = context->invocation.command;
    failure_print(stderr, command ? command->name : NULL, &context->failure);
    if (asks_for_json(argc, argv))
        json_print_failure(stdout, &context->failure);
}

/*
 * Takes the place of each standard stream that the program was started without, so that
 * no file or instrument gets its number and then what is meant for the stream. Reading
 * this input and writing this output fail as they would have. 0 when done.
 */
static int occupy_closed_streams(void)
{
    static const int access_modes[] = {
        [STDIN_FILENO] = O_WRONLY, [STDOUT_FILENO] = O_RDONLY, [STDERR_FILENO] = O_RDWR};
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0 &&
            open("/dev/null", access_modes[stream]) != stream)
            return -1;
    return 0;
}

int main(int argc, char **argv)
{
    if (occupy_closed_streams() != 0)
        return EXIT_OS;
    /* Whoever started the program may ignore it, but a broken pipe ends quietly. */
    signal(SIGPIPE, SIG_DFL);
    /* Only the charset: numbers stay those of the C locale. */
    setlocale(LC_CTYPE, "");
    json_watch_memory();
    struct context context = {.commands = commands, .warnings = json_array()};
    enum exit_code code =
        invocation_parse(argc, argv, commands, &context.invocation, &context.failure);
    if (code == EXIT_DONE)
        code = run(&context);
    interrupt_finish();
    if (context.failure.code != FAILURE_NONE)
        tell_failure(&context, argc, argv);
    invocation_free(&context.invocation);
    json_decref(context.warnings);
    return (int)code;
}
