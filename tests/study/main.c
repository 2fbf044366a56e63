/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: study CLIENTS SEED BOTTLES, from the top folder; BOTTLES is a section of
 * pigment-sets.ini. A report; no test depends on it. */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "tests/study/batches.h"

enum { DRAWS = 256, BATCH_LOTS = 1000, OFF_BATCHES = 200 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static enum status study(const struct study_settings *settings)
{
    static struct study_scene scene; /* too large for the stack of some systems */
    double start = seconds();
    struct study_outcome *outcome = calloc(settings->clients, sizeof *outcome);
    if (!outcome)
        return STATUS_NO_MEMORY;
    enum status status = study_scene_read(settings->bottles, &scene);
    if (status == STATUS_OK)
        status = study_run(&scene, settings, outcome);
    if (status == STATUS_OK) {
        study_report(stdout, settings, outcome);
        status = study_batches(&scene, BATCH_LOTS, settings->seed, stdout);
        if (status == STATUS_OK)
            status = study_corrections(&scene, OFF_BATCHES, settings->seed, stdout);
        printf("\n%.0f s by %zu processes.\n", seconds() - start, settings->workers);
    }
    free(outcome);
    return status;
}

int main(int count, char **argument)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    struct study_settings settings = {.draws = DRAWS,
                                      .workers = cores > 1 ? (size_t)cores : 1};
    if (count != 4) {
        fputs("usage: study CLIENTS SEED BOTTLES\n", stderr);
        return 64;
    }
    settings.clients = strtoul(argument[1], NULL, 10);
    settings.seed = strtoul(argument[2], NULL, 10);
    settings.bottles = argument[3];
    if (settings.clients < 1 || settings.clients > 1000000) {
        fputs("study: CLIENTS is a number from 1 to 1000000\n", stderr);
        return 64;
    }
    enum status status = study(&settings);
    if (status != STATUS_OK)
        fprintf(stderr, "study: %s\n", status_text(status));
    return status == STATUS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
