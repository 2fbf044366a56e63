/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/mixing_shelf.h"

#include <string.h>

#include "tests/runner.h"

/* A reader that counts how often it is asked, and warns. */
struct source {
    int value;
    bool fails, simulates;
    int *asked;
};

static enum exit_code read_source(struct context *context, const void *from, void *out)
{
    const struct source *source = from;
    ++*source->asked;
    if (source->fails)
        return failure_set(&context->failure, FAILURE_FILE_READ, "it fails");
    context->simulated |= source->simulates;
    json_array_append_new(context->warnings, json_integer(source->value));
    *(int *)out = source->value;
    return EXIT_DONE;
}

static int take(struct mixing_shelf *shelf, struct context *context, const char *words,
                const struct source *source, enum exit_code expected)
{
    const struct mixing_shelf_key key = {MIXING_SHELF_BOTTLES, words, strlen(words)};
    int out = -1;
    context->failure.code = FAILURE_NONE;
    ck_assert_int_eq(
        mixing_shelf_read(shelf, &key, context, read_source, source, &out, sizeof out),
        expected);
    return out;
}

/* A context at the beginning of a line. */
static struct context begin(void)
{
    return (struct context){.warnings = json_array()};
}

START_TEST(what_was_read_last_is_given_with_its_warnings)
{
    int asked = 0;
    struct mixing_shelf shelf = {0};
    const struct source source = {.value = 3, .simulates = true, .asked = &asked};
    for (int line = 0; line < 3; line++) {
        struct context context = begin();
        ck_assert_int_eq(take(&shelf, &context, "a", &source, EXIT_DONE), 3);
        ck_assert_uint_eq(json_array_size(context.warnings), 1);
        ck_assert(context.simulated);
        json_decref(context.warnings);
    }
    ck_assert_int_eq(asked, 1);
    mixing_shelf_free(&shelf);
}
END_TEST

START_TEST(another_key_or_context_is_read_anew)
{
    int asked = 0;
    struct mixing_shelf shelf = {0};
    const struct source source = {.value = 3, .asked = &asked};
    struct context context = begin();
    take(&shelf, &context, "a", &source, EXIT_DONE);
    take(&shelf, &context, "b", &source, EXIT_DONE);
    take(&shelf, &context, "ba", &source, EXIT_DONE);
    ck_assert_int_eq(asked, 3);
    context.simulated = true; /* what is simulated is warned of once only */
    take(&shelf, &context, "ba", &source, EXIT_DONE);
    ck_assert_int_eq(asked, 4);
    json_decref(context.warnings);
    mixing_shelf_free(&shelf);
}
END_TEST

START_TEST(a_failure_is_not_kept)
{
    int asked = 0;
    struct mixing_shelf shelf = {0};
    const struct source bad = {.fails = true, .asked = &asked};
    const struct source good = {.value = 3, .asked = &asked};
    struct context context = begin();
    take(&shelf, &context, "a", &bad, EXIT_IO);
    ck_assert_int_eq(take(&shelf, &context, "a", &good, EXIT_DONE), 3);
    ck_assert_int_eq(asked, 2);
    json_decref(context.warnings);
    mixing_shelf_free(&shelf);
}
END_TEST

START_TEST(without_a_shelf_everything_is_read)
{
    int asked = 0;
    const struct source source = {.value = 3, .asked = &asked};
    struct context context = begin();
    take(NULL, &context, "a", &source, EXIT_DONE);
    take(NULL, &context, "a", &source, EXIT_DONE);
    ck_assert_int_eq(asked, 2);
    json_decref(context.warnings);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("mixing_shelf");
    TCase *all = tcase_create("shelf");
    tcase_add_test(all, what_was_read_last_is_given_with_its_warnings);
    tcase_add_test(all, another_key_or_context_is_read_anew);
    tcase_add_test(all, a_failure_is_not_kept);
    tcase_add_test(all, without_a_shelf_everything_is_read);
    suite_add_tcase(suite, all);
    return suite;
}
