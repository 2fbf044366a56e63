/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/demo_story.h"

#define VIRTUAL "-i", "sim:cm700d"

/* Drawdowns of 50 um over white, one after the other. */
#define DRAWDOWNS(settings, file)                                                        \
    "scan", "swatch", "--each", "--sites", "8", "-i", "sim:cm700d:" settings, "-o", file

static const struct demo_step steps[] = {
    {"Which dilutions of a black tell anything, in a cell of 50 um?",
     {"pigment", "plan", "carbon"},
     {0},
     EXIT_DONE},
    {"Those are poured, and read over white and over black.",
     {"pigment", "calibrate", "my-black", "--scan", "--guess", "carbon", "--class",
      "carbon", "--lot", "26-1001", VIRTUAL, "-q", "-o", "my-black.cgats"},
     {"my-black.cgats"},
     EXIT_DONE},
    {"A dilution that is no step of the ladder ...",
     {"scan", "swatch", "-i", "sim:cm700d:swatch=white 1:250 50um", "-o", "mix.cgats"},
     {"mix.cgats"},
     EXIT_DONE},
    {"... looks as the profile predicts. The score is kept in it.",
     {"pigment", "validate", "my-black.cgats", "--mix", "my-black=1,water=250",
      "--measured", "mix.cgats", "--backing", "my-black.cgats#white-bare", "--save"},
     {0},
     EXIT_DONE},
    {"What a buyer sees of it.", {"pigment", "show", "my-black.cgats"}, {0}, EXIT_DONE},
    {"And mixes with it.",
     {"ratio", "light", "black", "--pigment", "my-black.cgats"},
     {0},
     EXIT_DONE},
    {"The standard that lots are held against: eight drawdowns of 1:399.",
     {DRAWDOWNS("swatch=white 1:399 50um", "standard.cgats"), "-q"},
     {"standard.cgats"},
     EXIT_DONE},
    {"It is kept with the bare card.",
     {"standard", "add", "my-black", "standard.cgats", "--backing",
      "my-black.cgats#white-bare", "--concentration", "0.0025", "-q", "-o",
      "my-black.json"},
     {"my-black.json"},
     EXIT_DONE},
    {"A new lot.",
     {DRAWDOWNS("seed=2,strength=1.08,swatch=white 1:399 50um", "lot.cgats"), "-q"},
     {"lot.cgats"},
     EXIT_DONE},
    {"It is too strong.",
     {"batch", "check", "26-1114", "lot.cgats", "--standard", "my-black.json"},
     {0},
     EXIT_VERDICT_FAIL},
    {"With vehicle added it is read again.",
     {DRAWDOWNS("seed=3,strength=1.002,swatch=white 1:399 50um", "thinned.cgats"), "-q"},
     {"thinned.cgats"},
     EXIT_DONE},
    {"Now it may be sold.",
     {"batch", "check", "26-1114", "thinned.cgats", "--standard", "my-black.json"},
     {0},
     EXIT_DONE},
};

const struct demo_story demo_supplier = {"supplier", steps,
                                         sizeof steps / sizeof steps[0]};
