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

void bench_program(const char *path)
{
    const char *skin = "profiles/skin/client-a.cgats";
    struct invocation invocations[] = {
        {"--version", {path, "--version"}},
        {"--help", {path, "--help"}},
        {"scan -i sim:cm700d", {path, "scan", "scalp", "-i", "sim:cm700d"}},
        {"ratio light brown", {path, "ratio", "light", "brown"}},
        {"match, @smp", {path, "match", "--skin", skin, "--hair", "black"}},
        {"match, @generic",
         {path, "match", "--skin", skin, "--hair", "black", "--pigments", "@generic"}},
    };
    for (size_t i = 0; i < sizeof invocations / sizeof invocations[0]; i++) {
        char name[64];
        snprintf(name, sizeof name, "scalptone %s", invocations[i].name);
        timing_row(name, call, &invocations[i]);
    }
}
