/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "colorlib/sample_drawdown.h"
#include "tests/colorlib/sample_files.h"
#include "tests/runner.h"

enum { SAMPLES = 4, BANDS = 31 };

static const struct sample_drawdown drawdowns[SAMPLES] = {
    {0, SAMPLE_BACKING_BLACK, 0},
    {0.000625, SAMPLE_BACKING_WHITE, 50},
    {0.0123456789, SAMPLE_BACKING_OPAQUE, 0},
    {0, SAMPLE_BACKING_UNKNOWN, 0}, /* a color that is no step of the ladder */
};

static struct sample_set make_set(struct sample_info *info, double *value)
{
    for (size_t i = 0; i < SAMPLES; i++) {
        info[i] = (struct sample_info){.specular = SAMPLE_SPECULAR_IN,
                                       .drawdown = drawdowns[i]};
        snprintf(info[i].id, sizeof info[i].id, "level-%zu", i);
        snprintf(info[i].name, sizeof info[i].name, "step %zu", i);
        for (size_t k = 0; k < BANDS; k++)
            value[i * BANDS + k] = 0.1 * (double)(i + 1) + 0.01 * (double)k;
    }
    return (struct sample_set){
        .grid = {400, 10, BANDS}, .count = SAMPLES, .info = info, .value = value};
}

static const struct {
    enum sample_format format;
    const char *name;
} formats[] = {{SAMPLE_CGATS, "a.cgats"}, {SAMPLE_CSV, "a.csv"}, {SAMPLE_JSON, "a.json"}};
enum { FORMATS = sizeof formats / sizeof formats[0] };

START_TEST(a_ladder_comes_back_from_every_format_as_it_was_written)
{
    struct sample_info info[SAMPLES];
    double value[SAMPLES * BANDS];
    struct sample_set set = make_set(info, value), back = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_eq(sample_write(stream, formats[_i].format, &set), STATUS_OK);
    fclose(stream);
    must_read(formats[_i].name, text, &back);
    free(text);
    ck_assert_uint_eq(back.count, SAMPLES);
    for (size_t i = 0; i < SAMPLES; i++) {
        const struct sample_drawdown *got = &back.info[i].drawdown;
        ck_assert_int_eq(got->backing, drawdowns[i].backing);
        /* nine digits at the least */
        ck_assert_double_eq_tol(got->concentration, drawdowns[i].concentration, 1e-11);
        ck_assert_double_eq(got->thickness_um, drawdowns[i].thickness_um);
    }
    ck_assert(sample_drawdown_any(&back));
    sample_set_free(&back);
}
END_TEST

START_TEST(readings_of_no_ladder_are_written_without_its_columns)
{
    struct sample_info info[SAMPLES];
    double value[SAMPLES * BANDS];
    struct sample_set set = make_set(info, value);
    for (size_t i = 0; i < SAMPLES; i++)
        info[i].drawdown = (struct sample_drawdown){0};
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    ck_assert_int_eq(sample_write(stream, formats[_i].format, &set), STATUS_OK);
    fclose(stream);
    ck_assert(!sample_drawdown_any(&set));
    for (size_t i = 0; i < SAMPLE_DRAWDOWN_COLUMNS; i++) {
        ck_assert_ptr_null(strstr(text, sample_drawdown_columns[i].name));
        ck_assert_ptr_null(strstr(text, sample_drawdown_columns[i].keyword));
    }
    free(text);
}
END_TEST

/* Both spellings of a foreign table. */
START_TEST(a_csv_may_head_the_columns_as_cgats_does)
{
    static const char *const headings[] = {"SMP_CONC,SMP_BACKING,SMP_THICK_UM",
                                           "concentration,backing,thickness_um"};
    char text[512];
    snprintf(text, sizeof text,
             "id,%s,400,420,440,460,480,500\na,0.25,white,50,10,20,30,40,50,60\n",
             headings[_i]);
    struct sample_set set;
    must_read("a.csv", text, &set);
    ck_assert_double_eq(set.info[0].drawdown.concentration, 0.25);
    ck_assert_int_eq(set.info[0].drawdown.backing, SAMPLE_BACKING_WHITE);
    ck_assert_double_eq(set.info[0].drawdown.thickness_um, 50);
    sample_set_free(&set);
}
END_TEST

static const struct {
    const char *columns, *cells, *fault;
} bad[] = {
    {"concentration,backing,thickness_um", "1.5,white,50", "\"1.5\""},
    {"concentration,backing,thickness_um", "-0.1,white,50", "\"-0.1\""},
    {"concentration,backing,thickness_um", ",white,50", "SMP_CONC"},
    {"concentration,backing,thickness_um", "0.1,grey,50", "white, black or opaque"},
    {"concentration,backing,thickness_um", "0.1,white,10001", "micrometres"},
    {"concentration,backing,thickness_um", "0.1,white,thick", "SMP_THICK_UM"},
    {"concentration,backing", "0.1,white", "SMP_THICK_UM is missing"},
    {"backing,thickness_um", "white,50", "SMP_CONC is missing"},
};
enum { BAD = sizeof bad / sizeof bad[0] };

START_TEST(what_a_ladder_cannot_be_is_refused_with_its_place)
{
    char text[512];
    snprintf(text, sizeof text, "id,%s,400,420,440,460,480,500\na,%s,10,20,30,40,50,60\n",
             bad[_i].columns, bad[_i].cells);
    struct sample_set set;
    struct fault fault = {0};
    ck_assert_int_eq(read_as("a.csv", text, &set, &fault), STATUS_BAD_DATA);
    ck_assert_msg(strstr(fault.text, bad[_i].fault) != NULL, "%s", fault.text);
    ck_assert_uint_ge(fault.line, 1);
}
END_TEST

static const char *const bad_members[] = {
    "\"concentration\": 0.1, \"backing\": \"white\"",
    "\"concentration\": 2, \"backing\": \"white\", \"thickness_um\": 50",
    "\"concentration\": \"0.1\", \"backing\": \"white\", \"thickness_um\": 50",
    "\"concentration\": 0.1, \"backing\": 1, \"thickness_um\": 50",
};
enum { BAD_MEMBERS = sizeof bad_members / sizeof bad_members[0] };

START_TEST(so_it_is_in_a_document)
{
    char text[512];
    snprintf(
        text, sizeof text,
        "{\"schema\": \"scalptone/1\", \"kind\": \"spectra\", \"data\": {\"samples\": "
        "[{\"id\": \"a\", %s, \"reflectance\": {\"start_nm\": 400, \"step_nm\": 20, "
        "\"values\": [0.1, 0.1, 0.1, 0.1, 0.1, 0.1]}}]}}",
        bad_members[_i]);
    struct sample_set set;
    struct fault fault = {0};
    ck_assert_int_eq(read_as("a.json", text, &set, &fault), STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 1);
}
END_TEST

Suite *suite(void)
{
    TCase *ladders = tcase_create("ladders");
    tcase_add_loop_test(ladders, a_ladder_comes_back_from_every_format_as_it_was_written,
                        0, FORMATS);
    tcase_add_loop_test(ladders, readings_of_no_ladder_are_written_without_its_columns, 0,
                        FORMATS);
    tcase_add_loop_test(ladders, a_csv_may_head_the_columns_as_cgats_does, 0, 2);
    tcase_add_loop_test(ladders, what_a_ladder_cannot_be_is_refused_with_its_place, 0,
                        BAD);
    tcase_add_loop_test(ladders, so_it_is_in_a_document, 0, BAD_MEMBERS);
    Suite *s = suite_create("sample_drawdown");
    suite_add_tcase(s, ladders);
    return s;
}
