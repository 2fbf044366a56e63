/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Seconds that a single test may take where it does not say so itself: Check's four are
 * too few for tests that wait, for slow machines and for sanitizers. */
#define TEST_SECONDS "120"

static int skipped;

void runner_skip(const char *test, const char *reason)
{
    skipped++;
    printf("skipped: %s: %s\n", test, reason);
}

const char *runner_data(const char *name)
{
    static char path[4096];
    const char *folder = getenv("SCALPTONE_TEST_DATA");
    snprintf(path, sizeof path, "%s/%s", folder ? folder : "../shared/data", name);
    return access(path, R_OK) == 0 ? path : NULL;
}

static void report(TestResult *result)
{
    printf("%s: %s:%d: %s: %s\n", tr_rtype(result) == CK_PASS ? "passed" : "FAILED",
           tr_lfile(result), tr_lno(result), tr_tcname(result), tr_msg(result));
}

/* Ends with the line that tests/run.sh adds up; exits 1 when a test failed. */
int main(void)
{
    setenv("CK_DEFAULT_TIMEOUT", TEST_SECONDS, 0);
    SRunner *runner = srunner_create(suite());
    srunner_run_all(runner, CK_SILENT);
    int run = srunner_ntests_run(runner);
    int failed = srunner_ntests_failed(runner);
    TestResult **failures = srunner_failures(runner);
    for (int i = 0; i < failed; i++)
        report(failures[i]);
    free(failures);
    srunner_free(runner);
    printf("%d passed, %d failed, %d skipped\n", run - failed, failed, skipped);
    return failed > 0 || run + skipped == 0;
}
