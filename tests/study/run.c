/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/study/study.h"

/* An outcome goes through a pipe in one piece. */
_Static_assert(sizeof(struct study_outcome) <= _POSIX_PIPE_BUF, "outcome too large");

/* Every workers-th client, from the first on. */
static void work(const struct study_scene *scene, const struct study_settings *settings,
                 size_t first, int pipe_end)
{
    for (size_t i = first; i < settings->clients; i += settings->workers) {
        struct study_outcome outcome = study_client(scene, settings, i);
        if (write(pipe_end, &outcome, sizeof outcome) != (ssize_t)sizeof outcome)
            _exit(EXIT_FAILURE);
    }
    _exit(EXIT_SUCCESS);
}

static enum status gather(int pipe_end, size_t clients, struct study_outcome *out)
{
    const int watched = isatty(STDERR_FILENO);
    size_t gathered = 0;
    struct study_outcome outcome;
    while (read(pipe_end, &outcome, sizeof outcome) == (ssize_t)sizeof outcome) {
        out[outcome.client] = outcome;
        gathered++;
        if (watched)
            fprintf(stderr, "\r%zu of %zu clients", gathered, clients);
    }
    if (watched)
        fputs("\n", stderr);
    return gathered == clients ? STATUS_OK : STATUS_IO;
}

enum status study_run(const struct study_scene *scene,
                      const struct study_settings *settings, struct study_outcome *out)
{
    int ends[2];
    if (pipe(ends) != 0)
        return STATUS_IO;
    fflush(NULL);
    size_t started = 0;
    for (; started < settings->workers; started++) {
        pid_t child = fork();
        if (child == 0)
            work(scene, settings, started, ends[1]);
        if (child < 0)
            break;
    }
    close(ends[1]);
    enum status status = gather(ends[0], settings->clients, out);
    close(ends[0]);
    for (size_t i = 0; i < started; i++)
        wait(NULL);
    return status;
}
