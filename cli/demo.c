/* SPDX-License-Identifier: GPL-3.0-or-later */
/* demo: the practitioner's story on the virtual instrument, each command before its
 * output. */
#include "cli/commands.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const struct option_spec demo_options[] = {
    {"keep", 0, "DIR", "leave the scans in this folder; default a temporary one"},
    {0},
};

enum { WORDS_MAX = 16 };

/* A step of the story: what is about to happen, and the command as it is typed. */
struct step {
    const char *story;
    const char *words[WORDS_MAX]; /* after the program's name; NULL ends them */
};

#define VIRTUAL "-i", "sim:cm700d"

static const struct step steps[] = {
    {"Is everything ready? The instrument is a virtual one, on no bus.",
     {"doctor", VIRTUAL}},
    {"Before the first client: zero and white calibration.", {"calibrate", VIRTUAL}},
    {"The bare scalp of a client, at three places of the crown.",
     {"scan", "scalp", VIRTUAL, "--site", "crown", "--sites", "3", "-o", "scalp.cgats"}},
    {"The shaved hair at the back, which the work is to match.",
     {"scan", "donor", VIRTUAL, "--site", "donor", "--sites", "5", "-o", "donor.cgats"}},
    {"What to pour, how it heals, how it fades.",
     {"match", "--skin", "scalp.cgats", "--target", "donor.cgats", "--density", "150"}},
    {"And without an instrument: the dilution for a skin and a hair color.",
     {"ratio", "light", "black", "--density", "150"}},
};

/* The command line of a step: the user's --force goes to what writes. */
struct line {
    char *words[WORDS_MAX + 3]; /* with the program's name, --force and NULL */
};

static void make_line(const struct context *context, const struct step *step,
                      struct line *out)
{
    size_t count = 0;
    *out = (struct line){{NULL}};
    /* the casts are for posix_spawn, which changes no word */
    out->words[count++] = (char *)SCALPTONE_NAME;
    for (size_t i = 0; step->words[i]; i++)
        out->words[count++] = (char *)step->words[i];
    if (option(context, "force") && strcmp(step->words[0], "scan") == 0)
        out->words[count++] = (char *)"--force";
}

/* Quotes nothing: no word of the story needs it. */
static void print_step(const char *story, const struct line *line)
{
    printf("\n# %s\n$", story);
    for (size_t i = 0; line->words[i]; i++)
        printf(" %s", line->words[i]);
    puts("");
    fflush(stdout);
}

/* Runs this very program with the words of a step; its exit code, or -1. */
static int run_line(const struct line *line)
{
    pid_t child;
    int status = 0;
    int failed = posix_spawn(&child, "/proc/self/exe", NULL, NULL, line->words, environ);
    while (!failed && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return failed || !WIFEXITED(status) ? -1 : WEXITSTATUS(status);
}

static const char *const scans[] = {"scalp.cgats", "donor.cgats"};

/* Before the first step, so that nothing is done in vain: the user's own scans stay. */
static enum exit_code spare_scans(struct context *context, const char *folder)
{
    struct stat status;
    for (size_t i = 0; i < sizeof scans / sizeof scans[0]; i++) {
        if (option(context, "force") || lstat(scans[i], &status) != 0)
            continue;
        enum exit_code code = failure_set(&context->failure, FAILURE_OUTPUT_EXISTS,
                                          "%s/%s is there already", folder, scans[i]);
        failure_hint(&context->failure, "another folder, or --force, which replaces it");
        return code;
    }
    return EXIT_DONE;
}

static enum exit_code tell(struct context *context)
{
    /* the steps print for themselves, so this command does not gather its output */
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct line line;
        make_line(context, &steps[i], &line);
        print_step(steps[i].story, &line);
        int code = run_line(&line);
        if (code != EXIT_DONE)
            return failure_set(&context->failure, FAILURE_DEMO,
                               "step %zu of the story ended with %d", i + 1, code);
    }
    return EXIT_DONE;
}

/* The folder that the scans go to; a temporary one is removed afterwards. */
static enum exit_code enter(struct context *context, char *folder)
{
    if (option(context, "keep") && mkdir(folder, 0755) != 0 && errno != EEXIST)
        return failure_set(&context->failure, FAILURE_OUTPUT_CREATE, "%s: %s", folder,
                           strerror(errno));
    if (!option(context, "keep") && !mkdtemp(folder))
        return failure_set(&context->failure, FAILURE_OUTPUT_CREATE, "%s: %s", folder,
                           strerror(errno));
    if (chdir(folder) != 0)
        return failure_set(&context->failure, FAILURE_OUTPUT_CREATE, "%s: %s", folder,
                           strerror(errno));
    return EXIT_DONE;
}

static enum exit_code run(struct context *context)
{
    char temporary[] = "/tmp/" SCALPTONE_NAME ".XXXXXX";
    const char *keep = option(context, "keep");
    char *folder = keep ? strdup(keep) : temporary;
    if (!folder)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = enter(context, folder);
    if (code == EXIT_DONE)
        code = spare_scans(context, folder);
    if (code == EXIT_DONE)
        code = tell(context);
    if (keep) {
        free(folder);
        return code;
    }
    for (size_t i = 0; i < sizeof scans / sizeof scans[0]; i++)
        unlink(scans[i]);
    rmdir(folder);
    return code;
}

const struct command demo_command = {
    .name = "demo",
    .summary = "The main job from calibration to recipe, on the virtual instrument.",
    .usage = "",
    .options = {{demo_options}},
    .examples = {"demo", "demo --keep first-client"},
    .run = run,
};
