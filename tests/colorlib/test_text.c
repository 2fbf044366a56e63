/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/text.h"

#include <string.h>

#include "tests/colorlib/scratch.h"
#include "tests/runner.h"

static enum status read_bytes(const char *bytes, size_t size, struct text *text,
                              struct fault *fault)
{
    struct scratch scratch = scratch_make("text");
    scratch_fill(&scratch, bytes, size);
    enum status status = text_read(scratch.path, text, fault);
    scratch_remove(&scratch);
    return status;
}

START_TEST(a_text_is_read_whole_without_its_byte_order_mark)
{
    const char bytes[] = "\xEF\xBB\xBF"
                         "a\tb\r\n\xC3\xA4\xE2\x82\xAC\xF0\x9F\x8E\xA8\n";
    struct text text;
    ck_assert_int_eq(read_bytes(bytes, strlen(bytes), &text, NULL), STATUS_OK);
    ck_assert_uint_eq(text.size, strlen(bytes) - 3);
    ck_assert_str_eq(text.start, bytes + 3);
    text_free(&text);
    ck_assert_ptr_null(text.bytes);
}
END_TEST

/* RFC 3629: too long a form, a surrogate, beyond U+10FFFF, a stray or missing byte. */
static const char *const malformed[] = {
    "\xC0\x80",
    "\xC1\xBF",
    "\xE0\x9F\xBF",
    "\xF0\x8F\xBF\xBF",
    "\xED\xA0\x80",
    "\xF4\x90\x80\x80",
    "\x80",
    "\xE2\x82",
    "\xF8\x88\x80\x80",
    "\xFF",
    "\xC3(",
};

START_TEST(what_is_not_utf8_is_refused_where_it_begins)
{
    char bytes[32];
    snprintf(bytes, sizeof bytes, "ab\ncd%s", malformed[_i]);
    struct text text;
    struct fault fault = {0};
    ck_assert_int_eq(read_bytes(bytes, strlen(bytes), &text, &fault), STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 2);
    ck_assert_uint_eq(fault.column, 3);
}
END_TEST

/* Beside the faulty byte stands the last that is fine, which a fast look at several bytes
 * at once may not take for it. */
START_TEST(a_byte_that_is_no_text_is_found_wherever_it_stands)
{
    enum { LENGTH = 24 };
    char bytes[LENGTH + 1] = "";
    const struct text text = {.start = bytes, .size = LENGTH};
    for (size_t at = 0; at < LENGTH; at++) {
        struct fault fault = {0};
        memset(bytes, _i % 2 ? '~' : ' ', LENGTH);
        bytes[at] = (char)_i;
        bool is_text = (_i >= ' ' && _i <= '~') || _i == '\t' || _i == '\n';
        ck_assert_int_eq(text_check(&text, &fault),
                         is_text ? STATUS_OK : STATUS_BAD_DATA);
        ck_assert_uint_eq(fault.column, is_text ? 0 : at + 1);
    }
}
END_TEST

START_TEST(a_fault_counts_lines_and_bytes_from_one)
{
    const char bytes[] = "\xC3\xA4\xC3\xA4!\nx";
    struct text text = {.start = bytes, .size = strlen(bytes)};
    struct fault fault;
    ck_assert_int_eq(text_fault(&text, bytes + 4, &fault, "%s", "here"), STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 1);
    ck_assert_uint_eq(fault.column, 5);
    text_fault(&text, bytes + 6, &fault, "there");
    ck_assert_uint_eq(fault.line, 2);
    ck_assert_uint_eq(fault.column, 1);
    text_fault(&text, NULL, &fault, "nowhere");
    ck_assert_uint_eq(fault.line, 0);
    ck_assert_str_eq(fault.text, "nowhere");
}
END_TEST

static struct text_word word(const char *string)
{
    return (struct text_word){string, (unsigned)strlen(string), false};
}

START_TEST(an_excerpt_of_a_long_word_ends_between_characters)
{
    char string[101];
    memset(string, 'x', 100);
    string[100] = '\0';
    memcpy(string + 43, "\xE2\x82\xAC", 3); /* the 44 bytes that fit would split it */
    struct text_word long_word = word(string);
    struct text_excerpt excerpt = text_excerpt(&long_word);
    ck_assert_uint_eq(strlen(excerpt.text), 43 + 3);
    ck_assert_str_eq(excerpt.text + 43, "...");
    struct text_word short_word = word("short");
    ck_assert_str_eq(text_excerpt(&short_word).text, "short");
}
END_TEST

START_TEST(a_text_is_cut_between_characters)
{
    char out[6];
    text_cut("abcd\xC3\xA4", out, sizeof out);
    ck_assert_str_eq(out, "abcd");
    text_cut("abc\xC3\xA4", out, sizeof out);
    ck_assert_str_eq(out, "abc\xC3\xA4");
    text_cut("", out, sizeof out);
    ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(quotes_are_resolved_only_in_quoted_words_and_only_what_fits_is_copied)
{
    char out[4] = "old";
    struct text_word quoted = {"a\"\"b", 4, true};
    ck_assert_int_eq(text_copy(&quoted, out, sizeof out), STATUS_OK);
    ck_assert_str_eq(out, "a\"b");
    struct text_word bare = {"a\"\"b", 4, false};
    ck_assert_int_eq(text_copy(&bare, out, sizeof out), STATUS_OUT_OF_RANGE);
    ck_assert_str_eq(out, "a\"b");
}
END_TEST

START_TEST(control_characters_are_not_printable)
{
    ck_assert(text_is_printable("name \xC3\xA4"));
    ck_assert(text_is_printable(""));
    ck_assert(!text_is_printable("\x1B[2J"));
    ck_assert(!text_is_printable("a\nb"));
    ck_assert(!text_is_printable("\xC2\x9B"));
    ck_assert(!text_is_printable("\x7F"));
    ck_assert(!text_is_printable("\xFF"));
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("text");
    TCase *t = tcase_create("text");
    tcase_add_test(t, a_text_is_read_whole_without_its_byte_order_mark);
    tcase_add_loop_test(t, what_is_not_utf8_is_refused_where_it_begins, 0,
                        sizeof malformed / sizeof malformed[0]);
    tcase_add_test(t, a_fault_counts_lines_and_bytes_from_one);
    tcase_add_test(t, an_excerpt_of_a_long_word_ends_between_characters);
    tcase_add_test(t, a_text_is_cut_between_characters);
    tcase_add_test(t,
                   quotes_are_resolved_only_in_quoted_words_and_only_what_fits_is_copied);
    tcase_add_loop_test(t, a_byte_that_is_no_text_is_found_wherever_it_stands, 0, 256);
    tcase_add_test(t, control_characters_are_not_printable);
    suite_add_tcase(s, t);
    return s;
}
