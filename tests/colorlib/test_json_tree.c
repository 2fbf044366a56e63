/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/json_tree.h"

#include <string.h>

#include "tests/runner.h"

static enum status read_tree(const char *start, size_t size, json_t **root,
                             struct fault *fault)
{
    struct text text = {.start = start, .size = size};
    return json_tree_read(&text, root, fault);
}

/* Columns count bytes from 1, by hand. */
static const struct {
    const char *text;
    size_t line, column;
    const char *words;
} faults[] = {
    {"{\"a\": \"b\\u0000c\"}", 1, 9, "NUL"},
    {"{\"a\": 1,\n \"b\\u0000\": 2}", 2, 4, "NUL"},
    {"[\"\xc3\xa4\\\\u0000\", \"\\u0000\"]", 1, 16, "NUL"}, /* the first is no escape */
    {"[\"\\\"\\u0000\"]", 1, 5, "NUL"},
    {"[\"\\u0001\\u0000\"]", 1, 9, "NUL"},
    {"{\"a\": 1, \"a\": 2}", 1, 12, "duplicate"},
    {"{\"a\": 1,\n}", 2, 1, "expected"},
    {"", 1, 1, "expected"},
    {"7", 1, 1, "expected"},
};

START_TEST(what_is_wrong_has_its_place_and_words)
{
    json_t *root = NULL;
    struct fault fault = {0};
    ck_assert_int_eq(read_tree(faults[_i].text, strlen(faults[_i].text), &root, &fault),
                     STATUS_BAD_DATA);
    ck_assert_ptr_null(root);
    ck_assert_uint_eq(fault.line, faults[_i].line);
    ck_assert_uint_eq(fault.column, faults[_i].column);
    ck_assert_ptr_nonnull(strstr(fault.text, faults[_i].words));
    ck_assert_ptr_null(strstr(fault.text, "JSON_"));
}
END_TEST

START_TEST(a_fault_need_not_be_told)
{
    json_t *root = NULL;
    ck_assert_int_eq(read_tree("[\"\\u0000\"]", 10, &root, NULL), STATUS_BAD_DATA);
    ck_assert_int_eq(read_tree("[\"a\"", 4, &root, NULL), STATUS_BAD_DATA);
}
END_TEST

START_TEST(an_escaped_backslash_before_u0000_is_text)
{
    static const char text[] = "[\"\\\\u0000\"] and what is behind its size";
    json_t *root = NULL;
    ck_assert_int_eq(read_tree(text, 11, &root, NULL), STATUS_OK);
    ck_assert_str_eq(json_string_value(json_array_get(root, 0)), "\\u0000");
    json_decref(root);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("json_tree");
    TCase *tcase = tcase_create("texts");
    tcase_add_loop_test(tcase, what_is_wrong_has_its_place_and_words, 0,
                        sizeof faults / sizeof faults[0]);
    tcase_add_test(tcase, a_fault_need_not_be_told);
    tcase_add_test(tcase, an_escaped_backslash_before_u0000_is_text);
    suite_add_tcase(suite, tcase);
    return suite;
}
