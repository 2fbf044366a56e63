/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stories that demo tells. */
#ifndef CLI_DEMO_STORY_H
#define CLI_DEMO_STORY_H

#include <stddef.h>

#include "cli/exit_code.h"

enum { DEMO_WORDS_MAX = 18, DEMO_WRITES_MAX = 3 };

/* A step: what is about to happen, and the command as it is typed. */
struct demo_step {
    const char *story;
    const char *words[DEMO_WORDS_MAX];   /* after the program's name; NULL ends them */
    const char *writes[DEMO_WRITES_MAX]; /* files and folders; NULL ends them */
    enum exit_code ends;                 /* with a verdict, where that is the story */
};

struct demo_story {
    const char *name;
    const struct demo_step *step;
    size_t count;
};

/* A client's and a supplier's; the first is told unless another is asked for. */
extern const struct demo_story demo_practitioner;
extern const struct demo_story demo_supplier;

#endif
