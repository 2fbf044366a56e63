/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a test file defines, and what runner.c gives it. */
#ifndef TESTS_RUNNER_H
#define TESTS_RUNNER_H

#include <check.h>

/* Defined by each test file. */
Suite *suite(void);

/* Called from suite(): the named test cannot run here, and why. */
void runner_skip(const char *test, const char *reason);

/*
 * The path of a file of the measured data, or NULL where the data are absent (a user's
 * clone); the string is static, until the next call.
 */
const char *runner_data(const char *name);

#endif
