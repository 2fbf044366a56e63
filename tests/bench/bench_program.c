/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <stdio.h>

#include "tests/bench/process.h"
#include "tests/bench/shelf.h"
#include "tests/bench/timing.h"

enum { ARGUMENTS_MAX = 12 };

struct invocation {
    const char *name;
    const char *argument[ARGUMENTS_MAX]; /* the first is the program */
};

static void call(void *subject)
{
    const struct invocation *invocation = subject;
    process_run(invocation->argument);
}

/* What commands need that others make. */
struct stage {
    struct shelf shelf;
    char recipe[SHELF_PATH_SIZE];
    char client[SHELF_PATH_SIZE];
    char scan[SHELF_PATH_SIZE];
};

static void make_stage(struct stage *out)
{
    shelf_make(&out->shelf);
    const char *folder = out->shelf.folder;
    snprintf(out->recipe, sizeof out->recipe, "%s/recipe.json", folder);
    snprintf(out->client, sizeof out->client, "%s/client", folder);
    snprintf(out->scan, sizeof out->scan, "%s/scan.json", folder);
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
    struct stage stage;
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
         {path, "match", "--skin", skin, "--hair", "black", "--profiles",
          stage.shelf.profiles, "--pigments", shelf_bottles}},
        {"plan", {path, "plan", stage.recipe}},
        {"followup",
         {path, "followup", stage.scan, "--client", stage.client, "--age", "14d"}},
    };
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        call(&before[i]);
    time_each(timed, sizeof timed / sizeof timed[0]);
    shelf_clear(&stage.shelf);
}
