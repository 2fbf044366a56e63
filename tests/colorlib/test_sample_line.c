/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sample_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/runner.h"

enum { TEXT_MAX = 4096 };

/* What came of a line, or of a file with that line alone. */
struct result {
    enum status status;
    struct fault fault;
    struct sample_line line;
};

static struct sample_lines *open_lines(const char *first, enum sample_scale scale)
{
    struct sample_lines *lines = NULL;
    ck_assert_int_eq(sample_lines_open(first, strlen(first), scale, &lines, NULL),
                     STATUS_OK);
    return lines;
}

static struct result by_line(struct sample_lines *lines, const char *line)
{
    struct result result = {0};
    result.status =
        sample_lines_read(lines, line, strlen(line), &result.line, &result.fault);
    return result;
}

/* sample_read of a text, as a fraction. */
static struct result by_file(const char *text, enum sample_format format)
{
    struct result result = {0};
    struct sample_set set = {0};
    struct sample_options options = {.scale = SAMPLE_SCALE_FRACTION, .format = &format};
    char path[] = "/tmp/scalptone-test-XXXXXX";
    FILE *stream = fdopen(mkstemp(path), "w");
    ck_assert_ptr_nonnull(stream);
    fputs(text, stream);
    fclose(stream);
    result.status = sample_read(path, &options, &set, &result.fault);
    unlink(path);
    if (result.status == STATUS_OK) {
        ck_assert_uint_eq(set.count, 1);
        result.line.id = line_id_of_sample(set.info[0].id);
        strcpy(result.line.name, set.info[0].name);
        result.line.origin = set.conditions.origin;
        result.line.grid = set.grid;
        memcpy(result.line.reflectance, set.value, set.grid.count * sizeof *set.value);
    }
    sample_set_free(&set);
    return result;
}

static void check_same(const struct sample_line *line, const struct sample_line *expected)
{
    ck_assert_int_eq(line->id.kind, expected->id.kind);
    if (line->id.kind != LINE_ID_NONE)
        ck_assert_str_eq(line->id.text, expected->id.text);
    ck_assert_str_eq(line->name, expected->name);
    ck_assert_int_eq(line->origin, expected->origin);
    ck_assert_uint_eq(line->grid.count, expected->grid.count);
    ck_assert_double_eq(line->grid.start_nm, expected->grid.start_nm);
    ck_assert_double_eq(line->grid.step_nm, expected->grid.step_nm);
    for (size_t i = 0; i < line->grid.count; i++)
        ck_assert_double_eq(line->reflectance[i], expected->reflectance[i]);
}

/* A fixed sequence: Numerical Recipes' 32-bit generator. */
static unsigned long next_random(unsigned long *state)
{
    *state = (*state * 1664525UL + 1013904223UL) & 0xffffffffUL;
    return *state >> 8;
}

/* Changes, drops or doubles a few characters. */
static void mutate(unsigned long *state, const char *line, char *out)
{
    static const char characters[] = "0123456789.,-+eE\"\\ \t[]{}:;#xnul\r\x80\xc3";
    strcpy(out, line);
    unsigned long changes = 1 + next_random(state) % 3;
    for (unsigned long i = 0; i < changes; i++) {
        size_t length = strlen(out), at = next_random(state) % length;
        char c = characters[next_random(state) % (sizeof characters - 1)];
        switch (next_random(state) % 3) {
        case 0: out[at] = c; break;
        case 1: memmove(out + at, out + at + 1, length - at); break;
        default: memmove(out + at + 1, out + at, length - at + 1); out[at] = c;
        }
    }
}

/* -- CSV ------------------------------------------------------------------------ */

static const char ours[] =
    "id,name,kind,specular,geometry,simulated,420,440,460,480,500,520,540,560,580,600,"
    "620,640,660,680";
static const char others[] =
    "Sample,420,440,460,480,500,520,540,560,580,600,620,640,660,680,note,290,840";

static const char ladder[] =
    "id,420,440,460,480,500,520,540,SMP_CONC,SMP_BACKING,SMP_THICK_UM";

static const struct {
    const char *heading, *row;
} rows[] = {
    {ladder, "A1,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.25,white,50"},
    {ours, "A1,vertex,reflectance,sce,,no,.31,0.32,0.33,0.34,0.35,0.36,0.37,0.38,0.39,"
           "0.40,0.41,0.42,0.43,0.44"},
    {ours, "\"A1\",\"a, \"\"b\"\"\",,SCI,\"d/8\",yes,1e-1,0.32,0.33,0.34,0.35,0.36,0.37,"
           "0.38,0.39,0.40,0.41,0.42,0.43,0.44"},
    {others, "A1,0.31,0.32,0.33,0.34,0.35,0.36,0.37,0.38,0.39,0.40,0.41,0.42,0.43,0.44,"
             "\"note, one\",0.1,x"},
    {others, "Ä , 0.31 ,0.32,0.33,0.34,0.35,0.36,0.37,0.38,0.39,0.40,0.41,0.42,0.43,"
             "-0.01,,,"},
};

static void compare_row(struct sample_lines *lines, const char *heading, const char *row)
{
    char text[TEXT_MAX];
    snprintf(text, sizeof text, "%s\n%s\n", heading, row);
    struct result expected = by_file(text, SAMPLE_CSV), result = by_line(lines, row);
    if (expected.status != result.status)
        ck_abort_msg("%s: %d instead of %d", row, result.status, expected.status);
    if (result.status == STATUS_OK)
        check_same(&result.line, &expected.line);
    else
        ck_assert_str_eq(result.fault.text, expected.fault.text);
}

START_TEST(a_row_is_read_as_in_a_file)
{
    struct sample_lines *lines = open_lines(rows[_i].heading, SAMPLE_SCALE_AUTO);
    compare_row(lines, rows[_i].heading, rows[_i].row);
    sample_lines_close(lines);
}
END_TEST

/* Lines that mutation leaves empty or makes of blanks alone are none for a file. */
START_TEST(a_broken_row_is_judged_as_in_a_file)
{
    unsigned long state = 11;
    struct sample_lines *lines = open_lines(rows[_i].heading, SAMPLE_SCALE_AUTO);
    for (int i = 0; i < 1500; i++) {
        char row[TEXT_MAX];
        mutate(&state, rows[_i].row, row);
        compare_row(lines, rows[_i].heading, row);
    }
    sample_lines_close(lines);
}
END_TEST

START_TEST(percent_is_read_where_it_is_asked_for)
{
    struct sample_lines *lines =
        open_lines("420,440,460,480,500,520,540", SAMPLE_SCALE_PERCENT);
    struct result result = by_line(lines, "10,20,30,40,50,1,0.5");
    ck_assert_int_eq(result.status, STATUS_OK);
    ck_assert_double_eq(result.line.reflectance[0], 10.0 / 100);
    ck_assert_double_eq(result.line.reflectance[6], 0.5 / 100);
    ck_assert_int_eq(result.line.id.kind, LINE_ID_NONE);
    sample_lines_close(lines);
    lines = open_lines("420,440,460,480,500,520,540", SAMPLE_SCALE_AUTO);
    result = by_line(lines, "10,20,30,40,50,1,0.5");
    ck_assert_int_eq(result.status, STATUS_BAD_DATA);
    ck_assert_ptr_nonnull(strstr(result.fault.text, "--scale"));
    ck_assert_uint_eq(result.fault.line, 1);
    ck_assert_uint_eq(result.fault.column, 13);
    sample_lines_close(lines);
}
END_TEST

START_TEST(the_power_of_a_light_is_refused)
{
    struct sample_lines *lines =
        open_lines("id,name,kind,420,440,460,480,500,520", SAMPLE_SCALE_AUTO);
    struct result result = by_line(lines, "a,b,power,1,1,1,1,1,1");
    ck_assert_int_eq(result.status, STATUS_BAD_DATA);
    sample_lines_close(lines);
}
END_TEST

static const struct {
    const char *heading;
    enum status status;
} headings[] = {
    {"id,name", STATUS_BAD_DATA},
    {"nm,one,two", STATUS_BAD_DATA},
    {"id;400;420;440", STATUS_BAD_DATA},
    {"id,400,410,430,440,450,460", STATUS_BAD_DATA},
    {"id,400,400,410,420,430,440", STATUS_BAD_DATA},
    {"id,400,430,460,490,520,550", STATUS_NOT_COVERED},
    {"id,\"400", STATUS_BAD_DATA},
    {"\x80,400,410,420,430,440,450", STATUS_BAD_DATA},
    {"[1,2]", STATUS_BAD_DATA},
    {"", STATUS_BAD_DATA},
};

START_TEST(a_heading_that_is_none_is_refused)
{
    struct sample_lines *lines = NULL;
    struct fault fault = {0};
    const char *heading = headings[_i].heading;
    ck_assert_int_eq(
        sample_lines_open(heading, strlen(heading), SAMPLE_SCALE_AUTO, &lines, &fault),
        headings[_i].status);
    ck_assert_ptr_null(lines);
    ck_assert_str_ne(fault.text, "");
}
END_TEST

/* -- NDJSON --------------------------------------------------------------------- */

static const char *const objects[] = {
    "{\"id\": \"A1\", \"name\": \"vertex\", \"reflectance\": {\"start_nm\": 420, "
    "\"step_nm\": 20.0, \"values\": [0.31, 0.32, 0.33, 0.34, 0.35, 0.36, 0.37, 1, 0]}}",
    "{\"reflectance\":{\"values\":[0.1,-0.01,0.3,0.4,0.5,0.6,0.7,0.8],\"step_nm\":10,"
    "\"start_nm\":290},\"id\":\"a\"}",
    "{\"id\":\"\\u00e4\",\"note\":[1,{}],\"specular\":\"sci\",\"reflectance\":"
    "{\"start_nm\":440,\"step_nm\":-5,\"values\":[1e-1,0.2,0.3,0.4,0.5,0.6,0.7]}}",
};

/* Inside a document the line may not close more than it opens. */
static bool is_one_value(const char *line)
{
    int depth = 0;
    for (const char *c = line; *c; c++) {
        depth += *c == '{' || *c == '[';
        depth -= *c == '}' || *c == ']';
        if (depth <= 0 && c[1])
            return false;
    }
    return true;
}

static void compare_object(struct sample_lines *lines, const char *line)
{
    char text[TEXT_MAX];
    snprintf(
        text, sizeof text,
        "{\"schema\":\"scalptone/1\",\"kind\":\"spectra\",\"data\":{\"samples\":[%s]}}",
        line);
    struct result expected = by_file(text, SAMPLE_JSON), result = by_line(lines, line);
    if (is_one_value(line) &&
        (expected.status == STATUS_OK) != (result.status == STATUS_OK))
        ck_abort_msg("%s: %d instead of %d", line, result.status, expected.status);
    if (result.status != STATUS_OK)
        return;
    ck_assert_int_eq(expected.status, STATUS_OK);
    if (result.line.id.kind == LINE_ID_NONE) /* which a document numbers */
        expected.line.id.kind = LINE_ID_NONE;
    check_same(&result.line, &expected.line);
}

START_TEST(an_object_is_read_as_in_a_document)
{
    struct sample_lines *lines = open_lines(objects[0], SAMPLE_SCALE_AUTO);
    ck_assert(!sample_lines_have_heading(lines));
    compare_object(lines, objects[_i]);
    sample_lines_close(lines);
}
END_TEST

START_TEST(a_broken_object_is_judged_as_in_a_document)
{
    unsigned long state = 12;
    struct sample_lines *lines = open_lines(objects[0], SAMPLE_SCALE_AUTO);
    for (int i = 0; i < 1500; i++) {
        char line[TEXT_MAX];
        mutate(&state, objects[_i], line);
        compare_object(lines, line);
    }
    sample_lines_close(lines);
}
END_TEST

#define REFLECTANCE                                                                      \
    "\"reflectance\":{\"start_nm\":400,\"step_nm\":20,"                                  \
    "\"values\":[0.1,0.1,0.1,0.1,0.1,0.1,0.1]}"

static const struct line_case {
    const char *json;
    enum status status;
    enum line_id_kind kind;
    const char *text;
} line_cases[] = {
    {"\"id\":\"A1\",", STATUS_OK, LINE_ID_TEXT, "A1"},
    {"\"id\":\"\",", STATUS_OK, LINE_ID_TEXT, ""},
    {"\"id\":7,", STATUS_OK, LINE_ID_NUMBER, "7"},
    {"\"id\" : -7 ,", STATUS_OK, LINE_ID_NUMBER, "-7"},
    {"\"id\":0,", STATUS_OK, LINE_ID_NUMBER, "0"},
    {"\"id\":-0,", STATUS_OK, LINE_ID_NUMBER, "0"},
    {"\"id\":999999999999999999,", STATUS_OK, LINE_ID_NUMBER, "999999999999999999"},
    {"\"id\":9223372036854775807,", STATUS_OK, LINE_ID_NUMBER, "9223372036854775807"},
    {"\"id\":null,", STATUS_OK, LINE_ID_NONE, ""},
    {"", STATUS_OK, LINE_ID_NONE, ""},
    {"\"id\":9223372036854775808,", STATUS_BAD_DATA, LINE_ID_NONE, ""},
    {"\"id\":07,", STATUS_BAD_DATA, LINE_ID_NONE, ""},
    {"\"id\":7.0,", STATUS_BAD_DATA, LINE_ID_NONE, ""},
    {"\"id\":7e1,", STATUS_BAD_DATA, LINE_ID_NONE, ""},
    {"\"id\":-,", STATUS_BAD_DATA, LINE_ID_NONE, ""},
    {"\"id\":7\"a\",", STATUS_BAD_DATA, LINE_ID_NONE, ""},
    {"\"id\":[7],", STATUS_BAD_DATA, LINE_ID_NONE, ""},
    {"\"id\":7,\"id\":8,", STATUS_BAD_DATA, LINE_ID_NONE, ""},
};

/* A member that no plain line has leaves the line to the reader of documents. */
START_TEST(an_id_is_text_or_a_whole_number_in_any_line)
{
    const struct line_case *expected = &line_cases[_i];
    static const char *const members[] = {"", "\"note\":1,"};
    struct sample_lines *lines = open_lines(objects[0], SAMPLE_SCALE_AUTO);
    for (size_t i = 0; i < 2; i++) {
        char line[TEXT_MAX];
        snprintf(line, sizeof line, "{%s%s" REFLECTANCE "}", members[i], expected->json);
        struct result result = by_line(lines, line);
        ck_assert_int_eq(result.status, expected->status);
        if (result.status != STATUS_OK)
            continue;
        ck_assert_int_eq(result.line.id.kind, expected->kind);
        if (expected->kind != LINE_ID_NONE)
            ck_assert_str_eq(result.line.id.text, expected->text);
    }
    sample_lines_close(lines);
}
END_TEST

START_TEST(the_id_of_a_line_stands_before_that_of_its_document)
{
    static const char document[] =
        "\"schema\":\"scalptone/1\",\"kind\":\"spectra\","
        "\"data\":{\"samples\":[{\"id\":\"a\"," REFLECTANCE "}]}}";
    char line[TEXT_MAX];
    struct sample_lines *lines = open_lines(objects[0], SAMPLE_SCALE_AUTO);
    snprintf(line, sizeof line, "{\"id\":7,%s", document);
    ck_assert_str_eq(by_line(lines, line).line.id.text, "7");
    snprintf(line, sizeof line, "{%s", document);
    ck_assert_str_eq(by_line(lines, line).line.id.text, "a");
    sample_lines_close(lines);
}
END_TEST

START_TEST(a_document_of_one_sample_is_a_line)
{
    char text[TEXT_MAX];
    struct sample_lines *lines = open_lines(objects[0], SAMPLE_SCALE_AUTO);
    snprintf(text, sizeof text,
             "{\"schema\":\"scalptone/1\",\"kind\":\"spectra\",\"conditions\":"
             "{\"simulated\":true},\"data\":{\"samples\":[%s]}}",
             objects[0]);
    struct result result = by_line(lines, text);
    ck_assert_int_eq(result.status, STATUS_OK);
    ck_assert_int_eq(result.line.origin, SAMPLE_SIMULATED);
    snprintf(text, sizeof text,
             "{\"schema\":\"scalptone/"
             "1\",\"kind\":\"spectra\",\"data\":{\"samples\":[%s,%s]}}",
             objects[0], objects[1]);
    ck_assert_int_ne(by_line(lines, text).status, STATUS_OK);
    sample_lines_close(lines);
}
END_TEST

START_TEST(a_color_without_a_spectrum_says_so)
{
    struct sample_lines *lines = open_lines(objects[0], SAMPLE_SCALE_AUTO);
    ck_assert_int_eq(by_line(lines, "{\"id\":\"a\",\"lab\":[1,2,3]}").status,
                     STATUS_NEEDS_SPECTRUM);
    sample_lines_close(lines);
}
END_TEST

START_TEST(a_set_of_a_line_is_on_the_scale_asked_for)
{
    static const char percent[] =
        "{\"id\":\"a\",\"reflectance\":{\"start_nm\":400,\"step_nm\":"
        "20,\"values\":[10,10,10,10,10,10,10]}}";
    struct sample_set set = {0};
    struct fault fault = {0};
    ck_assert_int_eq(
        sample_line_set(percent, strlen(percent), SAMPLE_SCALE_AUTO, &set, &fault),
        STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 1);
    ck_assert_int_eq(
        sample_line_set(percent, strlen(percent), SAMPLE_SCALE_PERCENT, &set, &fault),
        STATUS_OK);
    ck_assert_double_eq(set.value[0], 0.1);
    sample_set_free(&set);
}
END_TEST

START_TEST(a_scan_in_both_modes_is_two_samples_of_a_line)
{
    static const char scan[] =
        "{\"schema\":\"scalptone/"
        "1\",\"kind\":\"scan\",\"conditions\":{\"aperture_mm\":8},"
        "\"data\":{\"id\":\"S\",\"name\":\"scalp\",\"reflectance\":"
        "{\"start_nm\":400,\"step_nm\":20,\"values\":[0.1,0.1,0.1,0.1,0.1,0.1,0.1]},"
        "\"reflectance_sci\":"
        "{\"start_nm\":400,\"step_nm\":20,\"values\":[0.2,0.2,0.2,0.2,0.2,0.2,0.2]}}}";
    struct sample_set set = {0};
    struct fault fault = {0};
    ck_assert_int_eq(sample_line_set(scan, strlen(scan), SAMPLE_SCALE_AUTO, &set, &fault),
                     STATUS_OK);
    ck_assert_uint_eq(set.count, 2);
    ck_assert(sample_is_pair(&set, 0));
    ck_assert_double_eq(set.conditions.aperture_mm, 8);
    ck_assert_double_eq(set.value[set.grid.count], 0.2);
    sample_set_free(&set);
}
END_TEST

/* -- any ------------------------------------------------------------------------ */

START_TEST(comments_and_blank_lines_come_before_the_first_line)
{
    static const char text[] = "# made by hand\n\n \t\r\nid,400\n";
    ck_assert_uint_eq(sample_lines_begin(text, strlen(text)), 20);
    ck_assert_uint_eq(sample_lines_begin(text, 16), 16);
    ck_assert_uint_eq(sample_lines_begin("", 0), 0);
    sample_lines_close(NULL);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("sample_line");
    TCase *csv = tcase_create("csv"), *json = tcase_create("json");
    tcase_add_loop_test(csv, a_row_is_read_as_in_a_file, 0, sizeof rows / sizeof rows[0]);
    tcase_add_loop_test(csv, a_broken_row_is_judged_as_in_a_file, 0,
                        sizeof rows / sizeof rows[0]);
    tcase_add_test(csv, percent_is_read_where_it_is_asked_for);
    tcase_add_test(csv, the_power_of_a_light_is_refused);
    tcase_add_loop_test(csv, a_heading_that_is_none_is_refused, 0,
                        sizeof headings / sizeof headings[0]);
    tcase_add_test(csv, comments_and_blank_lines_come_before_the_first_line);
    tcase_add_loop_test(json, an_object_is_read_as_in_a_document, 0,
                        sizeof objects / sizeof objects[0]);
    tcase_add_loop_test(json, a_broken_object_is_judged_as_in_a_document, 0,
                        sizeof objects / sizeof objects[0]);
    tcase_add_loop_test(json, an_id_is_text_or_a_whole_number_in_any_line, 0,
                        sizeof line_cases / sizeof line_cases[0]);
    tcase_add_test(json, the_id_of_a_line_stands_before_that_of_its_document);
    tcase_add_test(json, a_document_of_one_sample_is_a_line);
    tcase_add_test(json, a_color_without_a_spectrum_says_so);
    tcase_add_test(json, a_set_of_a_line_is_on_the_scale_asked_for);
    tcase_add_test(json, a_scan_in_both_modes_is_two_samples_of_a_line);
    suite_add_tcase(suite, csv);
    suite_add_tcase(suite, json);
    return suite;
}
