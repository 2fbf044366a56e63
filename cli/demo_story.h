/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The practitioner's story that demo tells. */
#ifndef CLI_DEMO_STORY_H
#define CLI_DEMO_STORY_H

enum { DEMO_STEPS = 14, DEMO_WORDS_MAX = 16, DEMO_WRITES_MAX = 3 };

/* A step: what is about to happen, and the command as it is typed. */
struct demo_step {
    const char *story;
    const char *words[DEMO_WORDS_MAX];   /* after the program's name; NULL ends them */
    const char *writes[DEMO_WRITES_MAX]; /* files and folders; NULL ends them */
};

extern const struct demo_step demo_story[DEMO_STEPS];

#endif
