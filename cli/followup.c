/* SPDX-License-Identifier: GPL-3.0-or-later */
/* followup: what a re-scan of a client tells, and what to do next. */
#include "cli/commands.h"
#include "cli/visit.h"

static const struct argument_spec arguments[] = {
    {"SCAN", "a re-scan of the treated place, with a spectrum"}, {0}};

static const struct option_spec options[] = {
    {"client", 0, "DIR", "the client's folder, which plan began"},
    {"age", 0, "AGE", "how long ago the last session was: 14d, 6w, 18mo, 2y"},
    {"skipped", 0, NULL,
     "the session proposed last was not placed; the age is that of the one before"},
    {"placed", 0, "MIX",
     "it was poured otherwise: carbon=7drop,water=5.2ml, or parts by volume"},
    {"density", 0, "N", "it was placed with so many dots per cm2"},
    {"skin", 0, "SCAN",
     "bare skin beside the place, scanned on the same day: tells a tan from pigment"},
    {"practitioner", 0, "FILE",
     "where to keep, with --apply, what this client tells of the hand, machine, needle "
     "and line of pigments"},
    {"apply", 0, NULL, "keep the scan, what it told and the next session in the folder"},
    {0},
};

static enum exit_code print(struct context *context, const struct visit *visit)
{
    return context->mode == MODE_TEXT ? visit_print_text(context, visit)
                                      : visit_print_json(context, visit);
}

static enum exit_code run(struct context *context)
{
    struct visit *visit = NULL;
    enum exit_code code = visit_open(context, &visit);
    if (code == EXIT_DONE && option(context, "apply"))
        code = visit_apply(context, visit);
    if (code == EXIT_DONE)
        code = print(context, visit);
    visit_close(visit);
    return code;
}

const struct command followup_command = {
    .name = "followup",
    .summary = "What a re-scan of a client tells, and the next session's mix.",
    .usage = "SCAN",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = 1,
    .options = {{options, color_scale_options}},
    .examples = {"followup scan.json --client C-1 --age 14d --apply",
                 "followup scan.json --client C-1 --age 6w --skin bare.json"},
    .illuminants = "D65,LED-B3,A",
    .run = run,
};
