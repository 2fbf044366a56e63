/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/tolerance.h"
#include "tests/colorlib/scratch.h"
#include "tests/runner.h"

static enum status read_text(const char *text, struct tolerance *out, struct fault *fault)
{
    struct scratch scratch = scratch_make("tolerances.ini");
    scratch_fill(&scratch, text, strlen(text));
    enum status status = tolerance_read(scratch.path, "pmu", out, fault);
    scratch_remove(&scratch);
    return status;
}

static const char whole[] = "[tolerance other]\n"
                            "de00 = <9\n"
                            "[tolerance pmu]\n"
                            "de00 = <0.80\n"
                            "dl = +-0.5\n"
                            "dh = -0.2..0.4\n"
                            "strength = 97..103\n"
                            "contrast = 98..100\n"
                            "critical = de00 strength\n"
                            "warn = 0.9\n"
                            "decision = guard:0.5\n";

START_TEST(a_tolerance_is_read_as_it_stands)
{
    struct tolerance it;
    struct fault fault;
    ck_assert_int_eq(read_text(whole, &it, &fault), STATUS_OK);
    ck_assert_str_eq(it.name, "pmu");
    ck_assert_int_eq(it.limit[TOLERANCE_DE00].kind, TOLERANCE_BELOW);
    ck_assert_double_eq(it.limit[TOLERANCE_DE00].most, 0.8);
    ck_assert_int_eq(it.limit[TOLERANCE_LIGHTNESS].kind, TOLERANCE_BETWEEN);
    ck_assert_double_eq(it.limit[TOLERANCE_LIGHTNESS].least, -0.5);
    ck_assert_double_eq(it.limit[TOLERANCE_HUE].least, -0.2);
    ck_assert_double_eq(it.limit[TOLERANCE_HUE].most, 0.4);
    ck_assert_double_eq(it.limit[TOLERANCE_STRENGTH].least, 97);
    ck_assert_double_eq(it.limit[TOLERANCE_STRENGTH].most, 103);
    ck_assert_int_eq(it.limit[TOLERANCE_METAMERISM].kind, TOLERANCE_NO_LIMIT);
    ck_assert(it.limit[TOLERANCE_DE00].critical && it.limit[TOLERANCE_STRENGTH].critical);
    ck_assert(!it.limit[TOLERANCE_CONTRAST].critical);
    ck_assert_double_eq(it.warn, 0.9);
    ck_assert_double_eq(it.guard, 0.5);
}
END_TEST

START_TEST(what_a_tolerance_leaves_out_has_its_default)
{
    struct tolerance it;
    struct fault fault;
    ck_assert_int_eq(read_text("[tolerance pmu]\nde00 = <1\ndc = \xc2\xb1"
                               "0.3\n",
                               &it, &fault),
                     STATUS_OK);
    ck_assert_double_eq(it.warn, 0.8);
    ck_assert_double_eq(it.guard, 1);
    ck_assert(it.limit[TOLERANCE_DE00].critical && it.limit[TOLERANCE_CHROMA].critical);
    ck_assert(!it.limit[TOLERANCE_STRENGTH].critical);
    ck_assert_double_eq(it.limit[TOLERANCE_CHROMA].most, 0.3);
    ck_assert_int_eq(
        read_text("[tolerance pmu]\nde00 = <1\ndecision = simple\n", &it, &fault),
        STATUS_OK);
    ck_assert_double_eq(it.guard, 0);
}
END_TEST

static const struct {
    const char *text;
    size_t line;
} malformed[] = {
    {"[tolerance pmu]\nde00 = 0.8\n", 2},
    {"[tolerance pmu]\nde00 = <-0.8\n", 2},
    {"[tolerance pmu]\nde00 = <0,8\n", 2},
    {"[tolerance pmu]\nde00 = +-0.8\n", 2},
    {"[tolerance pmu]\ndl = <0.8\n", 2},
    {"[tolerance pmu]\nstrength = 103..97\n", 2},
    {"[tolerance pmu]\nstrength = 97..\n", 2},
    {"[tolerance pmu]\nstrength = 97..nan\n", 2},
    {"[tolerance pmu]\nde00 =\n", 2},
    {"[tolerance pmu]\nde00 = <1\ncritical = mi\n", 3},
    {"[tolerance pmu]\nde00 = <1\ncritical = de00, mi\n", 3},
    {"[tolerance pmu]\nde00 = <1\ncritical =\n", 3},
    {"[tolerance pmu]\nde00 = <1\nwarn = 0.4\n", 3},
    {"[tolerance pmu]\nde00 = <1\ndecision = guard:9\n", 3},
    {"[tolerance pmu]\nde00 = <1\ndecision = guard\n", 3},
    {"[tolerance pmu]\nde00 = <1\nde00 = <2\n", 3},
    {"[tolerance pmu]\nde76 = <1\n", 2},
    {"[tolerance pmu]\nwarn = 0.8\n", 0},
};

START_TEST(what_is_no_tolerance_is_refused_with_its_line)
{
    struct tolerance it = {.guard = 7};
    struct fault fault = {0};
    ck_assert_int_eq(read_text(malformed[_i].text, &it, &fault), STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, malformed[_i].line);
    ck_assert_str_ne(fault.text, "");
    ck_assert_double_eq(it.guard, 7);
}
END_TEST

START_TEST(a_tolerance_that_is_not_there_is_not_found)
{
    struct tolerance it;
    struct fault fault;
    char name[2 * TOLERANCE_NAME_MAX];
    ck_assert_int_eq(read_text("[tolerance pmu2]\nde00 = <1\n", &it, &fault),
                     STATUS_NOT_FOUND);
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    ck_assert_int_eq(tolerance_read("/dev/null", name, &it, &fault), STATUS_NOT_FOUND);
    ck_assert_int_eq(tolerance_read("/nowhere/t.ini", "pmu", &it, &fault),
                     STATUS_NOT_FOUND);
}
END_TEST

START_TEST(every_criterion_has_a_key_and_words_of_its_own)
{
    for (size_t i = 0; i < TOLERANCE_CRITERIA; i++)
        for (size_t k = 0; k < i; k++) {
            ck_assert_str_ne(tolerance_key((enum tolerance_criterion)i),
                             tolerance_key((enum tolerance_criterion)k));
            ck_assert_str_ne(tolerance_text((enum tolerance_criterion)i),
                             tolerance_text((enum tolerance_criterion)k));
        }
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("tolerance");
    TCase *tcase = tcase_create("tolerance");
    tcase_add_test(tcase, a_tolerance_is_read_as_it_stands);
    tcase_add_test(tcase, what_a_tolerance_leaves_out_has_its_default);
    tcase_add_loop_test(tcase, what_is_no_tolerance_is_refused_with_its_line, 0,
                        sizeof malformed / sizeof malformed[0]);
    tcase_add_test(tcase, a_tolerance_that_is_not_there_is_not_found);
    tcase_add_test(tcase, every_criterion_has_a_key_and_words_of_its_own);
    suite_add_tcase(suite, tcase);
    return suite;
}
