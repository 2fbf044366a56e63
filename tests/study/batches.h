/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often lots of known strength and shade pass, fail or stay undecided. */
#ifndef TESTS_STUDY_BATCHES_H
#define TESTS_STUDY_BATCHES_H

#include "tests/study/study.h"

/* Prints the table of lots simulated of the scene's last pigment, from the seed. */
enum status study_batches(const struct study_scene *scene, size_t lots, uint64_t seed,
                          FILE *out);

/* Prints how many of off-batches that additions can save pass after one. */
enum status study_corrections(const struct study_scene *scene, size_t lots, uint64_t seed,
                              FILE *out);

#endif
