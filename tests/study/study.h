/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How well forecasts and plans do on simulated clients, whose truth is known: intervals
 * that hold as often as they say, scans that help, sessions that end where they should.
 */
#ifndef TESTS_STUDY_STUDY_H
#define TESTS_STUDY_STUDY_H

#include <stdint.h>
#include <stdio.h>

#include "colorlib/quantiles.h"
#include "colorlib/recipe.h"
#include "colorlib/stubble.h"

enum { STUDY_SKINS = 3, STUDY_HAIRS = 3, STUDY_GROUPS = STUDY_SKINS * STUDY_HAIRS };

extern const char *const study_skin_names[STUDY_SKINS];
extern const char *const study_hair_names[STUDY_HAIRS];

/* What is done to how many. */
struct study_settings {
    size_t clients;
    uint64_t seed;
    size_t draws;        /* of every forecast and search */
    const char *bottles; /* a section of pigment-sets.ini */
    size_t workers;
};

/* What all clients share, read from the profiles. */
struct study_scene {
    struct hair hair[STUDY_HAIRS];
    struct technique technique;
    size_t pigment_count;
    struct pigment pigment[PIGMENT_MAX];
    size_t illuminant_count;
    struct weights weights[RECIPE_ILLUMINANTS_MAX]; /* the first is D65 */
};

/* Reads profiles/ of the folder in which the program runs, and says on stderr what is
 * wrong with it. */
enum status study_scene_read(const char *bottles, struct study_scene *out);

/* A forecast, and what came true of it. */
struct study_forecast {
    struct quantiles said;
    double truth;
};

enum study_quantity {
    STUDY_LIGHTNESS,  /* L* at six weeks */
    STUDY_DIFFERENCE, /* CIEDE2000 from the target then */
    STUDY_TOUCH_UP,   /* years */
    STUDY_QUANTITIES
};

/* What work is held against: the hair as the practitioner scanned it, which is all that
 * anybody can aim at, and the hair as it is. */
enum study_target { STUDY_SCANNED, STUDY_TRUE, STUDY_TARGETS };

/* How a course of sessions ended: six weeks after the last, as it truly is. */
struct study_end {
    double ciede2000[STUDY_TARGETS];
    double lightness[STUDY_TARGETS]; /* L* above the target's */
};

/* What became of one client. */
struct study_outcome {
    size_t client;
    enum status status; /* of the first step that failed; nothing else counts then */
    struct study_forecast before[STUDY_QUANTITIES]; /* all dots at once, no scan yet */
    struct study_forecast after[STUDY_QUANTITIES];  /* the same after a six-week scan */
    struct study_forecast next;                     /* L* of other work after that scan */
    double next_unscanned;   /* the median said for that work without the scan */
    struct study_end closed; /* sessions with re-scans */
    struct study_end open;   /* the same plan without them */
    struct study_end best; /* of the best recipe for all dots at once, had everything but
                              the target been known */
};

/* The group of a client, STUDY_HAIRS x skin + hair. */
static inline size_t study_group_of(size_t client)
{
    return client % STUDY_GROUPS;
}

/* Takes one client through everything. */
struct study_outcome study_client(const struct study_scene *scene,
                                  const struct study_settings *settings, size_t client);

/* All clients, shared among worker processes; out has room for them, in their order. IO
 * when a worker fails. */
enum status study_run(const struct study_scene *scene,
                      const struct study_settings *settings, struct study_outcome *out);

/* Prints the tables. */
void study_report(FILE *stream, const struct study_settings *settings,
                  const struct study_outcome *outcome);

#endif
