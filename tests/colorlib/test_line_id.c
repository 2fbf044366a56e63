/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/line_id.h"

#include <string.h>

#include <jansson.h>

#include "tests/runner.h"

static enum status read_id(const char *json, struct line_id *out)
{
    json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
    ck_assert_ptr_nonnull(value);
    enum status status = line_id_read(value, out);
    json_decref(value);
    return status;
}

static const struct {
    const char *json;
    enum line_id_kind kind;
    const char *text;
} ids[] = {
    {"\"A1\"", LINE_ID_TEXT, "A1"},
    {"\"\"", LINE_ID_TEXT, ""},
    {"\"7\"", LINE_ID_TEXT, "7"},
    {"\"\\u00e4 \\\"b\\\"\"", LINE_ID_TEXT, "\xc3\xa4 \"b\""},
    {"7", LINE_ID_NUMBER, "7"},
    {"0", LINE_ID_NUMBER, "0"},
    {"-12", LINE_ID_NUMBER, "-12"},
    {"9223372036854775807", LINE_ID_NUMBER, "9223372036854775807"},
    {"null", LINE_ID_NONE, ""},
};

START_TEST(text_and_whole_numbers_are_ids)
{
    struct line_id id = {.kind = LINE_ID_TEXT, .text = "of the line before"};
    ck_assert_int_eq(read_id(ids[_i].json, &id), STATUS_OK);
    ck_assert_int_eq(id.kind, ids[_i].kind);
    ck_assert_str_eq(id.text, ids[_i].text);
}
END_TEST

static const char *const others[] = {"7.0", "7e0", "true",      "[\"a\"]",
                                     "{}",  "1.5", "\"a\\tb\"", "\"\\u001b[2J\""};

START_TEST(nothing_else_is_one)
{
    struct line_id id = {.kind = LINE_ID_TEXT, .text = "untouched"};
    ck_assert_int_eq(read_id(others[_i], &id), STATUS_BAD_DATA);
    ck_assert_int_eq(id.kind, LINE_ID_TEXT);
    ck_assert_str_eq(id.text, "untouched");
}
END_TEST

START_TEST(an_id_has_255_bytes_at_most)
{
    struct line_id id = {.kind = LINE_ID_NONE};
    char json[LINE_ID_MAX + 3];
    memset(json, 'x', sizeof json);
    json[0] = json[LINE_ID_MAX + 1] = '"';
    json[LINE_ID_MAX + 2] = '\0';
    ck_assert_int_eq(read_id(json, &id), STATUS_BAD_DATA);
    json[LINE_ID_MAX] = '"';
    json[LINE_ID_MAX + 1] = '\0';
    ck_assert_int_eq(read_id(json, &id), STATUS_OK);
    ck_assert_uint_eq(strlen(id.text), LINE_ID_MAX - 1);
}
END_TEST

START_TEST(without_a_member_there_is_none)
{
    struct line_id id = {.kind = LINE_ID_TEXT};
    ck_assert_int_eq(line_id_read(NULL, &id), STATUS_OK);
    ck_assert_int_eq(id.kind, LINE_ID_NONE);
}
END_TEST

START_TEST(a_sample_lends_its_id_where_it_has_one)
{
    struct line_id id = line_id_of_sample("A1");
    ck_assert_int_eq(id.kind, LINE_ID_TEXT);
    ck_assert_str_eq(id.text, "A1");
    id = line_id_of_sample("");
    ck_assert_int_eq(id.kind, LINE_ID_NONE);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("line_id");
    TCase *tcase = tcase_create("ids");
    tcase_add_loop_test(tcase, text_and_whole_numbers_are_ids, 0,
                        sizeof ids / sizeof ids[0]);
    tcase_add_loop_test(tcase, nothing_else_is_one, 0, sizeof others / sizeof others[0]);
    tcase_add_test(tcase, an_id_has_255_bytes_at_most);
    tcase_add_test(tcase, without_a_member_there_is_none);
    tcase_add_test(tcase, a_sample_lends_its_id_where_it_has_one);
    suite_add_tcase(suite, tcase);
    return suite;
}
