/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { ARGUMENTS_MAX = 32 };

void process_must(int done, const char *what)
{
    if (done)
        return;
    fprintf(stderr, "bench: %s failed\n", what);
    exit(EXIT_FAILURE);
}

/* The standard output goes to a descriptor, or nowhere where it is negative. */
static pid_t start(const char *const *argument, int output)
{
    posix_spawn_file_actions_t actions;
    pid_t process = -1;
    process_must(posix_spawn_file_actions_init(&actions) == 0, argument[0]);
    int rc = posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                              O_WRONLY, 0);
    if (rc == 0 && output < 0)
        rc = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                              O_WRONLY, 0);
    else if (rc == 0)
        rc = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (rc == 0)
        rc = posix_spawn(&process, argument[0], &actions, NULL, (char *const *)argument,
                         environ);
    posix_spawn_file_actions_destroy(&actions);
    process_must(rc == 0, argument[0]);
    return process;
}

pid_t process_start(const char *const *argument)
{
    return start(argument, -1);
}

void process_wait(pid_t process, const char *name)
{
    int status;
    process_must(waitpid(process, &status, 0) == process && status == 0, name);
}

void process_run(const char *const *argument)
{
    process_wait(process_start(argument), argument[1] ? argument[1] : argument[0]);
}

double process_peak_mib(const char *const *argument)
{
    const char *between[ARGUMENTS_MAX + 3] = {"/proc/self/exe", "--peak"};
    for (size_t i = 0; i < ARGUMENTS_MAX && argument[i]; i++)
        between[2 + i] = argument[i];
    int ends[2];
    process_must(pipe(ends) == 0, "pipe");
    pid_t process = start(between, ends[1]);
    close(ends[1]);
    FILE *stream = fdopen(ends[0], "r");
    long kib = 0;
    process_must(stream && fscanf(stream, "%ld", &kib) == 1, argument[1]);
    fclose(stream);
    process_wait(process, argument[1]);
    return (double)kib / 1024;
}

void process_print_peak(const char *const *argument)
{
    struct rusage usage;
    process_run(argument);
    process_must(getrusage(RUSAGE_CHILDREN, &usage) == 0, "getrusage");
    printf("%ld\n", usage.ru_maxrss);
}
