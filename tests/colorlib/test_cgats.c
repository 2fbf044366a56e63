/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/cgats.h"

#include <stdlib.h>
#include <string.h>

#include "tests/runner.h"

static enum status parse(const char *string, struct cgats *cgats, struct fault *fault)
{
    struct text text = {.start = string, .size = strlen(string)};
    return cgats_parse(&text, cgats, fault);
}

static struct cgats must_parse(const char *string)
{
    struct cgats cgats;
    struct fault fault = {0};
    enum status status = parse(string, &cgats, &fault);
    ck_assert_msg(status == STATUS_OK, "%zu:%zu: %s", fault.line, fault.column,
                  fault.text);
    return cgats;
}

static void check_word(const struct text_word *word, const char *expected)
{
    char copy[128];
    ck_assert_ptr_nonnull(word);
    ck_assert_int_eq(text_copy(word, copy, sizeof copy), STATUS_OK);
    ck_assert_str_eq(copy, expected);
}

#define FORMAT "BEGIN_DATA_FORMAT\nSAMPLE_ID SAMPLE_NAME V\nEND_DATA_FORMAT\n"
#define TABLE  "CGATS.17\n" FORMAT "BEGIN_DATA\na b 1\nEND_DATA\n"

START_TEST(a_table_gives_its_identifier_keywords_format_and_data)
{
    struct cgats cgats =
        must_parse("CGATS.17\n\nORIGINATOR \"me, myself\"\nCOUNT 3\n"
                   "NUMBER_OF_FIELDS 3\n" FORMAT "NUMBER_OF_SETS 2\nBEGIN_DATA\n"
                   "a \"first one\" 1.5\nb \"\" -2\nEND_DATA\n");
    ck_assert_uint_eq(cgats.table_count, 1);
    const struct cgats_table *table = &cgats.table[0];
    check_word(&table->identifier, "CGATS.17");
    check_word(cgats_keyword(table, "ORIGINATOR"), "me, myself");
    check_word(cgats_keyword(table, "COUNT"), "3");
    ck_assert_ptr_null(cgats_keyword(table, "NOTHING"));
    ck_assert_uint_eq(table->field_count, 3);
    ck_assert_uint_eq(table->set_count, 2);
    ck_assert_uint_eq(cgats_field(table, "V"), 2);
    ck_assert_uint_eq(cgats_field(table, "W"), 3);
    check_word(cgats_cell(table, 0, 1), "first one");
    check_word(cgats_cell(table, 1, 1), "");
    check_word(cgats_cell(table, 1, 2), "-2");
    cgats_free(&cgats);
}
END_TEST

START_TEST(several_tables_follow_each_other)
{
    struct cgats cgats = must_parse(TABLE "\n" TABLE "# the end\n");
    ck_assert_uint_eq(cgats.table_count, 2);
    check_word(cgats_cell(&cgats.table[1], 0, 0), "a");
    cgats_free(&cgats);
}
END_TEST

START_TEST(the_format_may_span_lines_and_stand_between_comments_tabs_and_crlf)
{
    struct cgats cgats = must_parse(
        "# made by hand\r\nCTI3   \r\n\tKEYWORD \"MINE\"\r\nKEYWORD \"YOURS\"\r\n"
        "BEGIN_DATA_FORMAT # three\r\nSAMPLE_ID\tSAMPLE_NAME\r\n  V\r\n"
        "END_DATA_FORMAT\r\nBEGIN_DATA\r\n1\t\"x # y\"\t2 # two\r\n\r\nEND_DATA");
    const struct cgats_table *table = &cgats.table[0];
    check_word(&table->identifier, "CTI3");
    ck_assert_uint_eq(table->field_count, 3);
    check_word(cgats_cell(table, 0, 1), "x # y");
    check_word(cgats_cell(table, 0, 2), "2");
    cgats_free(&cgats);
}
END_TEST

START_TEST(names_keep_leading_digits_marks_and_doubled_quotes)
{
    struct cgats cgats = must_parse("CGATS.17\n" FORMAT "BEGIN_DATA\n"
                                    "4711 4th-floor 1\n"
                                    "\"#1\" \"say \"\"no\"\", 'really'\" 2\n"
                                    "\"BEGIN_DATA\" \"END_DATA\" 3\nEND_DATA\n");
    const struct cgats_table *table = &cgats.table[0];
    check_word(cgats_cell(table, 0, 0), "4711");
    check_word(cgats_cell(table, 0, 1), "4th-floor");
    check_word(cgats_cell(table, 1, 0), "#1");
    check_word(cgats_cell(table, 1, 1), "say \"no\", 'really'");
    check_word(cgats_cell(table, 2, 1), "END_DATA");
    cgats_free(&cgats);
}
END_TEST

START_TEST(a_keyword_may_be_repeated_with_the_same_value)
{
    struct cgats cgats = must_parse("CGATS.17\nA 1\nA 1\n" FORMAT "BEGIN_DATA\nEND_DATA");
    check_word(cgats_keyword(&cgats.table[0], "A"), "1");
    ck_assert_uint_eq(cgats.table[0].set_count, 0);
    cgats_free(&cgats);
}
END_TEST

static const struct {
    const char *text;
    size_t line, column;
    const char *quoted;
} wrong[] = {
    {"", 1, 1, "empty"},
    {"\n  \n# nothing\n", 4, 1, "empty"},
    {"CGATS.17", 1, 9, "ends before BEGIN_DATA"},
    {"CGATS.17\nORIGINATOR", 2, 1, "0 values"},
    {"CGATS.17\nORIGINATOR a b\n", 2, 1, "2 values"},
    {"CGATS.17\nA 1\nA 2\n", 3, 1, "two values"},
    {"CGATS.17\n\"A\" 1\n", 2, 2, "keyword"},
    {"KEYWORD \"X\"\n", 1, 1, "identifier"},
    {"\"CGATS.17\"\n", 1, 2, "identifier"},
    {"BEGIN_DATA\n", 1, 1, "identifier"},
    {"CGATS.17\nBEGIN_DATA\n1\nEND_DATA\n", 2, 1, "format"},
    {"CGATS.17\nEND_DATA\n", 2, 1, "END_DATA"},
    {"CGATS.17\nBEGIN_DATA_FORMAT\nEND_DATA_FORMAT\n", 3, 1, "no field"},
    {"CGATS.17\nBEGIN_DATA_FORMAT\nA B\n", 4, 1, "END_DATA_FORMAT"},
    {"CGATS.17\nBEGIN_DATA_FORMAT\nA B END_DATA_FORMAT\n", 3, 5, "END_DATA_FORMAT"},
    {"CGATS.17\nBEGIN_DATA_FORMAT\nA B\nBEGIN_DATA\n", 4, 1, "BEGIN_DATA"},
    {"CGATS.17\nBEGIN_DATA_FORMAT\nA B A\nEND_DATA_FORMAT\n", 3, 5, "twice"},
    {"CGATS.17\n" FORMAT FORMAT, 5, 1, "already"},
    {"CGATS.17\n" FORMAT "BEGIN_DATA\na b 1\n", 7, 1, "ends before END_DATA"},
    {"CGATS.17\n" FORMAT "BEGIN_DATA\na b 1\nBEGIN_DATA\n", 7, 1, "END_DATA"},
    {"CGATS.17\n" FORMAT "BEGIN_DATA\na b\nEND_DATA\n", 6, 3, "2 fields"},
    {"CGATS.17\n" FORMAT "BEGIN_DATA\na b c 1\nEND_DATA\n", 6, 7, "4 fields"},
    {"CGATS.17\n" FORMAT "BEGIN_DATA\na b 1\n.INCLUDE x\n", 7, 1, ".INCLUDE"},
    {".INCLUDE \"/etc/passwd\"\n", 1, 1, ".INCLUDE"},
    {"CGATS.17\n.include other\n", 2, 1, ".INCLUDE"},
    {"CGATS.17\nNUMBER_OF_FIELDS 4\n" FORMAT "BEGIN_DATA\nEND_DATA\n", 2, 18,
     "there are 3"},
    {"CGATS.17\nNUMBER_OF_SETS 1000000000\n" FORMAT "BEGIN_DATA\na b 1\nEND_DATA\n", 2,
     16, "1000000000"},
    {"CGATS.17\nNUMBER_OF_SETS many\n" FORMAT "BEGIN_DATA\nEND_DATA\n", 2, 16, "many"},
    {"CGATS.17\nA \"open\nB 1\n", 2, 3, "not closed"},
    {"CGATS.17\nA \"open", 2, 3, "not closed"},
    {"CGATS.17\nA \"b\"c\n", 2, 6, "closing quote"},
    {"CGATS.17\nA b\"c\"\n", 2, 4, "inside a word"},
    {"CGATS.17\nA b#c\n", 2, 4, "inside a word"},
    {TABLE "A 1\n", 8, 1, "identifier"},
};

START_TEST(a_malformed_table_is_refused_with_its_place)
{
    struct cgats cgats = {.table_count = 77};
    struct fault fault = {0};
    ck_assert_int_eq(parse(wrong[_i].text, &cgats, &fault), STATUS_BAD_DATA);
    ck_assert_msg(fault.line == wrong[_i].line && fault.column == wrong[_i].column,
                  "%zu:%zu: %s", fault.line, fault.column, fault.text);
    ck_assert_msg(strstr(fault.text, wrong[_i].quoted) != NULL, "%s", fault.text);
    ck_assert_uint_eq(cgats.table_count, 77);
}
END_TEST

START_TEST(a_fault_need_not_be_asked_for)
{
    struct cgats cgats;
    ck_assert_int_eq(parse("CGATS.17\n", &cgats, NULL), STATUS_BAD_DATA);
}
END_TEST

/* Text of a head, many times the same line, and a tail. */
static char *repeated(const char *head, const char *line, size_t times, const char *tail)
{
    size_t length = strlen(line);
    char *text = malloc(strlen(head) + times * (length + 16) + strlen(tail) + 1);
    ck_assert_ptr_nonnull(text);
    char *next = text + sprintf(text, "%s", head);
    for (size_t i = 0; i < times; i++)
        next += sprintf(next, line, i);
    strcpy(next, tail);
    return text;
}

static enum status parse_repeated(const char *head, const char *line, size_t times,
                                  const char *tail, struct fault *fault)
{
    char *text = repeated(head, line, times, tail);
    struct cgats cgats = {0};
    enum status status = parse(text, &cgats, fault);
    cgats_free(&cgats);
    free(text);
    return status;
}

static const struct {
    const char *head, *line, *tail;
    size_t most;
    const char *quoted;
} limits[] = {
    {"CGATS.17\nBEGIN_DATA_FORMAT\n", "F%zu\n", "\nEND_DATA_FORMAT\nBEGIN_DATA\nEND_DATA",
     1024, "1024 fields"},
    {"CGATS.17\nBEGIN_DATA_FORMAT\n", "F%zu ", "\nEND_DATA_FORMAT\nBEGIN_DATA\nEND_DATA",
     1024, "1024 fields"},
    {"CGATS.17\n", "K%zu 1\n", FORMAT "BEGIN_DATA\nEND_DATA", 1024, "1024 keywords"},
    {"CGATS.17\n" FORMAT "BEGIN_DATA\n", "%zu b 1\n", "END_DATA", 100000, "100000 sets"},
};

START_TEST(the_limits_of_fields_keywords_and_sets_hold_exactly)
{
    struct fault fault = {0};
    ck_assert_int_eq(parse_repeated(limits[_i].head, limits[_i].line, limits[_i].most,
                                    limits[_i].tail, &fault),
                     STATUS_OK);
    ck_assert_int_eq(parse_repeated(limits[_i].head, limits[_i].line, limits[_i].most + 1,
                                    limits[_i].tail, &fault),
                     STATUS_BAD_DATA);
    ck_assert_msg(strstr(fault.text, limits[_i].quoted) != NULL, "%s", fault.text);
}
END_TEST

START_TEST(a_line_of_a_million_words_is_refused)
{
    struct fault fault = {0};
    enum status status = parse_repeated("CGATS.17\n", "w%zu ", 1000000, "\n", &fault);
    ck_assert_int_eq(status, STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 2);
}
END_TEST

START_TEST(a_written_text_has_no_quotes_and_no_line_breaks_inside)
{
    char written[64] = "";
    FILE *stream = fmemopen(written, sizeof written, "w");
    cgats_write_keyword(stream, "NAME", "a \"b\"\n\tc \xC3\xA4");
    fclose(stream);
    ck_assert_str_eq(written, "NAME \"a 'b'  c \xC3\xA4\"\n");
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("cgats");
    TCase *t = tcase_create("cgats");
    tcase_add_test(t, a_table_gives_its_identifier_keywords_format_and_data);
    tcase_add_test(t, several_tables_follow_each_other);
    tcase_add_test(t, the_format_may_span_lines_and_stand_between_comments_tabs_and_crlf);
    tcase_add_test(t, names_keep_leading_digits_marks_and_doubled_quotes);
    tcase_add_test(t, a_keyword_may_be_repeated_with_the_same_value);
    tcase_add_loop_test(t, a_malformed_table_is_refused_with_its_place, 0,
                        sizeof wrong / sizeof wrong[0]);
    tcase_add_test(t, a_fault_need_not_be_asked_for);
    tcase_add_loop_test(t, the_limits_of_fields_keywords_and_sets_hold_exactly, 0,
                        sizeof limits / sizeof limits[0]);
    tcase_add_test(t, a_line_of_a_million_words_is_refused);
    tcase_add_test(t, a_written_text_has_no_quotes_and_no_line_breaks_inside);
    suite_add_tcase(s, t);
    return s;
}
