/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/ini_section.h"

#include <string.h>

#include "tests/colorlib/scratch.h"
#include "tests/runner.h"

/* What the section [fine] may have here. */
struct numbers {
    double radius;
    double fill;
};

static enum status read_bytes(const char *bytes, size_t size, struct numbers *numbers,
                              struct fault *fault)
{
    const struct ini_key keys[] = {
        {"radius", &numbers->radius, 0.01, 1, INI_OPTIONAL},
        {"fill", &numbers->fill, 0, 1, INI_REQUIRED},
    };
    struct scratch scratch = scratch_make("some.ini");
    scratch_fill(&scratch, bytes, size);
    enum status status = ini_section_read(scratch.path, "fine", keys, 2, fault);
    scratch_remove(&scratch);
    return status;
}

static enum status read_text(const char *text, struct numbers *numbers,
                             struct fault *fault)
{
    return read_bytes(text, strlen(text), numbers, fault);
}

START_TEST(the_numbers_of_the_section_are_read)
{
    struct numbers numbers = {0, 0};
    struct fault fault;
    ck_assert_int_eq(read_text("[other]\nradius = 1\nanything = goes\n"
                               "[fine]\nradius = 0.1\nfill: 1e-1\n[fines]\nfill = 0.5\n",
                               &numbers, &fault),
                     STATUS_OK);
    ck_assert_double_eq(numbers.radius, 0.1);
    ck_assert_double_eq(numbers.fill, 0.1);
}
END_TEST

START_TEST(an_optional_key_may_be_absent)
{
    struct numbers numbers = {0.25, 0};
    struct fault fault;
    ck_assert_int_eq(read_text("[fine]\nfill = 0.5", &numbers, &fault), STATUS_OK);
    ck_assert_double_eq(numbers.radius, 0.25);
    ck_assert_double_eq(numbers.fill, 0.5);
}
END_TEST

START_TEST(both_ends_of_a_range_belong_to_it)
{
    struct numbers numbers;
    struct fault fault;
    ck_assert_int_eq(read_text("[fine]\nradius = 0.01\nfill = 1\n", &numbers, &fault),
                     STATUS_OK);
    ck_assert_double_eq(numbers.radius, 0.01);
    ck_assert_double_eq(numbers.fill, 1);
}
END_TEST

START_TEST(comments_line_ends_of_any_kind_and_a_byte_order_mark_are_fine)
{
    struct numbers numbers;
    struct fault fault;
    ck_assert_int_eq(read_text("\xef\xbb\xbf[fine]\r\n; by \xc3\x85ke\r\n"
                               "\tfill = 0.1 ; fresh\r\n# more\r\n\r\n",
                               &numbers, &fault),
                     STATUS_OK);
    ck_assert_double_eq(numbers.fill, 0.1);
}
END_TEST

START_TEST(a_missing_section_is_not_found)
{
    struct numbers numbers;
    struct fault fault = {.line = 7};
    ck_assert_int_eq(read_text("[fines]\nfill = 0.5\n", &numbers, &fault),
                     STATUS_NOT_FOUND);
    ck_assert_uint_eq(fault.line, 0);
    ck_assert_str_eq(fault.text, "no section [fine]");
    ck_assert_int_eq(read_text("", &numbers, &fault), STATUS_NOT_FOUND);
}
END_TEST

/* Broken and hostile files, and where and what the fault is. */
static const struct {
    const char *text;
    size_t line;
    size_t column;
    const char *says;
} broken[] = {
    {"[fine]\nradii = 0.1\n", 2, 1, "unknown key \"radii\""},
    {"[fine]\nfill = 0,1\n", 2, 1, "\"0,1\" is not a decimal number"},
    {"[fine]\nfill =\n", 2, 1, "\"\" is not a decimal number"},
    {"[fine]\nfill = nan\n", 2, 1, "\"nan\" is not"},
    {"[fine]\nfill = 0x1\n", 2, 1, "\"0x1\" is not"},
    {"[fine]\nfill = 1e999\n", 2, 1, "\"1e999\" is not"},
    {"[fine]\nfill = 0.1 mm\n", 2, 1, "\"0.1 mm\" is not"},
    {"[fine]\n\n  radius = 15\n", 3, 3, "15 is not between 0.01 and 1"},
    {"[fine]\nfill = -0.1\n", 2, 1, "-0.1 is not between 0 and 1"},
    {"[fine]\nfill = 0.1\nfill = 0.1\n", 3, 1, "fill stands twice"},
    {"[fine]\nfill = 0.1\n[a]\n[fine]\nfill = 1\n", 5, 1, "fill stands twice"},
    {"; none\n[fine]\nradius = 0.1\n", 2, 1, "lacks the key fill"},
    {"[fine]\nfill\n", 2, 1, "neither [section] nor key = value"},
    {"[fine\nfill = 0.1\n", 1, 1, "neither [section] nor key = value"},
    {"[other]\nnonsense\n[fine]\nfill = 2\n", 2, 1, "neither"},
    {"[fine]\nfill = 2\nnonsense\n", 2, 1, "2 is not between"},
    {"[fine]\nfill = 0.\x01\n", 2, 10, "control character 0x01"},
    {"[fine]\nfill = 0.1\x7f\n", 2, 11, "control character 0x7f"},
    {"fill = 0.1\n[fine]\nfill = 0.1\n", 1, 1, "before any section"},
};

START_TEST(a_broken_file_is_refused_with_its_place)
{
    struct numbers numbers;
    struct fault fault;
    ck_assert_int_eq(read_text(broken[_i].text, &numbers, &fault), STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, broken[_i].line);
    ck_assert_uint_eq(fault.column, broken[_i].column);
    ck_assert_msg(strstr(fault.text, broken[_i].says), "says \"%s\"", fault.text);
}
END_TEST

START_TEST(a_zero_byte_is_refused)
{
    static const char text[] = "[fine]\nfill = 0.1\0garbage\n";
    struct numbers numbers;
    struct fault fault;
    ck_assert_int_eq(read_bytes(text, sizeof text - 1, &numbers, &fault),
                     STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 2);
    ck_assert_uint_eq(fault.column, 11);
}
END_TEST

START_TEST(a_huge_file_is_refused_where_it_becomes_too_long)
{
    static char text[INI_BYTES_MAX * 3];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 50 == 49 ? '\n' : ';';
    struct numbers numbers;
    struct fault fault;
    ck_assert_int_eq(read_bytes(text, sizeof text, &numbers, &fault), STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, INI_BYTES_MAX / 50 + 1);
}
END_TEST

START_TEST(a_file_just_within_the_limit_is_read)
{
    static char text[INI_BYTES_MAX];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 50 == 49 ? '\n' : ';';
    memcpy(text, "[fine]\nfill=1\n", 14);
    struct numbers numbers;
    struct fault fault;
    ck_assert_int_eq(read_bytes(text, sizeof text, &numbers, &fault), STATUS_OK);
}
END_TEST

START_TEST(a_line_without_end_is_refused)
{
    static char text[20000];
    memset(text, '1', sizeof text);
    memcpy(text, "[fine]\nfill=", 12);
    struct numbers numbers;
    struct fault fault;
    ck_assert_int_eq(read_bytes(text, sizeof text, &numbers, &fault), STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 2);
    ck_assert_uint_eq(fault.column, INI_LINE_MAX + 1);
}
END_TEST

START_TEST(what_cannot_be_opened_or_read_says_so)
{
    struct fault fault;
    ck_assert_int_eq(ini_section_read("/nowhere/at/all.ini", "fine", NULL, 0, &fault),
                     STATUS_NOT_FOUND);
    ck_assert_str_eq(fault.text, "no such file");
    ck_assert_int_eq(ini_section_read("/dev/null/file.ini", "fine", NULL, 0, &fault),
                     STATUS_IO);
    ck_assert_int_eq(ini_section_read("/", "fine", NULL, 0, &fault), STATUS_IO);
    ck_assert_uint_eq(fault.line, 0);
}
END_TEST

START_TEST(texts_are_read_as_they_stand_with_their_lines)
{
    struct ini_text texts[] = {{.name = "rule"}, {.name = "absent", .value = "as was"}};
    struct fault fault;
    static const char text[] = "[fine]\n\nrule = guard:1 and more ; comment\n";
    struct scratch scratch = scratch_make("some.ini");
    scratch_fill(&scratch, text, strlen(text));
    ck_assert_int_eq(ini_section_read_texts(scratch.path, "fine", texts, 2, &fault),
                     STATUS_OK);
    ck_assert_str_eq(texts[0].value, "guard:1 and more");
    ck_assert_uint_eq(texts[0].line, 3);
    ck_assert_str_eq(texts[1].value, "as was");
    ck_assert_uint_eq(texts[1].line, 0);
    ck_assert_int_eq(ini_section_read_texts(scratch.path, "fine", texts + 1, 1, &fault),
                     STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 3);
    scratch_remove(&scratch);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("ini_section");
    TCase *tc = tcase_create("ini_section");
    tcase_add_test(tc, the_numbers_of_the_section_are_read);
    tcase_add_test(tc, an_optional_key_may_be_absent);
    tcase_add_test(tc, both_ends_of_a_range_belong_to_it);
    tcase_add_test(tc, comments_line_ends_of_any_kind_and_a_byte_order_mark_are_fine);
    tcase_add_test(tc, a_missing_section_is_not_found);
    tcase_add_loop_test(tc, a_broken_file_is_refused_with_its_place, 0,
                        sizeof broken / sizeof broken[0]);
    tcase_add_test(tc, a_zero_byte_is_refused);
    tcase_add_test(tc, a_huge_file_is_refused_where_it_becomes_too_long);
    tcase_add_test(tc, a_file_just_within_the_limit_is_read);
    tcase_add_test(tc, a_line_without_end_is_refused);
    tcase_add_test(tc, what_cannot_be_opened_or_read_says_so);
    tcase_add_test(tc, texts_are_read_as_they_stand_with_their_lines);
    suite_add_tcase(s, tc);
    return s;
}
