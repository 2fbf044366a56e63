/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/timing.h"

extern char **environ;

enum { ARGUMENTS_MAX = 12 };

struct invocation {
    const char *name;
    const char *argument[ARGUMENTS_MAX]; /* the first is the program */
};

static int spawn_and_wait(const struct invocation *invocation)
{
    posix_spawn_file_actions_t actions;
    pid_t process;
    int status = -1;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return -1;
    int flags = O_WRONLY;
    if (posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", flags,
                                         0) == 0 &&
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", flags,
                                         0) == 0 &&
        posix_spawn(&process, invocation->argument[0], &actions, NULL,
                    (char *const *)invocation->argument, environ) == 0)
        waitpid(process, &status, 0);
    posix_spawn_file_actions_destroy(&actions);
    return status;
}

static void call(void *subject)
{
    const struct invocation *invocation = subject;
    if (spawn_and_wait(invocation) == 0)
        return;
    fprintf(stderr, "bench: %s %s failed\n", invocation->argument[0], invocation->name);
    exit(EXIT_FAILURE);
}

/* -- what is made before -------------------------------------------------------- */

enum { PATH_SIZE = 256 };

/* A folder of its own, with what commands need that others make. */
struct stage {
    char folder[32];
    char profiles[PATH_SIZE]; /* a second lot of every bottle */
    char recipe[PATH_SIZE];
    char client[PATH_SIZE];
    char scan[PATH_SIZE];
};

#define BOTTLES                                                                          \
    "carbon,cool-grey,neutral,warm-brown,dark-brown,red-oxide,yellow-oxide,titanium-"    \
    "white"
#define SECOND_LOTS                                                                      \
    "carbon-2,cool-grey-2,neutral-2,warm-brown-2,dark-brown-2,red-oxide-2,"              \
    "yellow-oxide-2,titanium-white-2"

static void must(int done, const char *what)
{
    if (done)
        return;
    fprintf(stderr, "bench: %s failed\n", what);
    exit(EXIT_FAILURE);
}

static void make_stage(struct stage *out)
{
    char command[3 * PATH_SIZE];
    must(mkdtemp(out->folder) != NULL, "a temporary folder");
    snprintf(out->profiles, sizeof out->profiles, "%s/profiles", out->folder);
    snprintf(out->recipe, sizeof out->recipe, "%s/recipe.json", out->folder);
    snprintf(out->client, sizeof out->client, "%s/client", out->folder);
    snprintf(out->scan, sizeof out->scan, "%s/scan.json", out->folder);
    snprintf(
        command, sizeof command,
        "mkdir -p %s/pigments && cd profiles/pigments && for f in *; do "
        "sed 's/^SMP_ID \"[^\"]*/&-2/' $f >%s/pigments/${f%%.*}-2.cgats || exit; done",
        out->profiles, out->profiles);
    must(system(command) == 0, "a second lot of every bottle");
}

static void clear_stage(const struct stage *stage)
{
    char command[PATH_SIZE];
    snprintf(command, sizeof command, "rm -r %s", stage->folder);
    must(system(command) == 0, command);
}

/* -- what is timed -------------------------------------------------------------- */

static void time_each(struct invocation *invocations, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char name[64];
        snprintf(name, sizeof name, "scalptone %s", invocations[i].name);
        timing_row(name, call, &invocations[i]);
    }
}

void bench_program(const char *path)
{
    const char *skin = "profiles/skin/client-a.cgats";
    struct stage stage = {.folder = "/tmp/bench.XXXXXX"};
    make_stage(&stage);
    struct invocation before[] = {
        {"match --save",
         {path, "match", "--skin", skin, "--hair", "black", "--save", stage.recipe}},
        {"plan --client", {path, "plan", stage.recipe, "--client", stage.client}},
        {"simulate",
         {path, "simulate", "treated", "--client", stage.client, "-o", stage.scan}},
    };
    struct invocation timed[] = {
        {"--version", {path, "--version"}},
        {"--help", {path, "--help"}},
        {"scan -i sim:cm700d", {path, "scan", "scalp", "-i", "sim:cm700d"}},
        {"ratio light brown", {path, "ratio", "light", "brown"}},
        {"match, 5 bottles", {path, "match", "--skin", skin, "--hair", "black"}},
        {"match, 8 bottles",
         {path, "match", "--skin", skin, "--hair", "black", "--pigments", "@generic"}},
        {"match, 16 bottles",
         {path, "match", "--skin", skin, "--hair", "black", "--profiles", stage.profiles,
          "--pigments", BOTTLES "," SECOND_LOTS}},
        {"plan", {path, "plan", stage.recipe}},
        {"followup",
         {path, "followup", stage.scan, "--client", stage.client, "--age", "14d"}},
    };
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        call(&before[i]);
    time_each(timed, sizeof timed / sizeof timed[0]);
    clear_stage(&stage);
}
