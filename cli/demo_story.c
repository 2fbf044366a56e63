/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/demo_story.h"

#define VIRTUAL "-i", "sim:cm700d"

/* The made-up client, who keeps about twice as much pigment as most. */
#define RESCAN(number, age)                                                              \
    "simulate", "treated", "--client", "client", "--age", age, "--seed", "10", "-o",     \
        "rescan-" number ".json"
#define FOLLOWUP(number, age)                                                            \
    "followup", "--client", "client", "rescan-" number ".json", "--age", age, "--apply"

static const struct demo_step steps[] = {
    {"Is everything ready? The instrument is a virtual one, on no bus.",
     {"doctor", VIRTUAL},
     {0},
     EXIT_DONE},
    {"Before the first client: zero and white calibration.",
     {"calibrate", VIRTUAL},
     {0},
     EXIT_DONE},
    {"The bare scalp of a client, at three places of the crown.",
     {"scan", "scalp", VIRTUAL, "--site", "crown", "--sites", "3", "-o", "scalp.cgats"},
     {"scalp.cgats"},
     EXIT_DONE},
    {"The shaved hair at the back, which the work is to match.",
     {"scan", "donor", VIRTUAL, "--site", "donor", "--sites", "5", "-o", "donor.cgats"},
     {"donor.cgats"},
     EXIT_DONE},
    {"What to pour, how it heals, how it fades.",
     {"match", "--skin", "scalp.cgats", "--target", "donor.cgats", "--density", "150",
      "--save", "recipe.json"},
     {"recipe.json"},
     EXIT_DONE},
    {"Three sessions that begin lighter, what remains after each, and a folder for the "
     "client.",
     {"plan", "recipe.json", "--sessions", "3", "--client", "client", "--svg",
      "fade.svg"},
     {"client", "fade.svg"},
     EXIT_DONE},
    {"Two weeks after session 1 the client is scanned again (this one is made up).",
     {RESCAN("1", "14d")},
     {"rescan-1.json"},
     EXIT_DONE},
    {"What that tells of this client, and the corrected session 2.",
     {FOLLOWUP("1", "14d")},
     {0},
     EXIT_DONE},
    {"Two weeks after session 2.", {RESCAN("2", "14d")}, {"rescan-2.json"}, EXIT_DONE},
    {"The corrected session 3.", {FOLLOWUP("2", "14d")}, {0}, EXIT_DONE},
    {"Six weeks after session 3 it has healed.",
     {RESCAN("3", "6w")},
     {"rescan-3.json"},
     EXIT_DONE},
    {"Did it come out as meant?", {FOLLOWUP("3", "6w")}, {0}, EXIT_DONE},
    {"What to expect in the next three years, by what is known now.",
     {"plan", "client", "--months", "36"},
     {0},
     EXIT_DONE},
    {"And without an instrument: the dilution for a skin and a hair color.",
     {"ratio", "light", "black", "--density", "150"},
     {0},
     EXIT_DONE},
};

const struct demo_story demo_practitioner = {"practitioner", steps,
                                             sizeof steps / sizeof steps[0]};
