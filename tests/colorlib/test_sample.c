/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sample.h"

#include <math.h>

#include "tests/colorlib/scratch.h"
#include "tests/runner.h"

/* -- reading a text under a file name ---------------------------------------------- */

static enum status read_bytes(const char *name, const char *bytes, size_t size,
                              const struct sample_options *options,
                              struct sample_set *set, struct fault *fault)
{
    struct scratch scratch = scratch_make(name);
    scratch_fill(&scratch, bytes, size);
    enum status status = sample_read(scratch.path, options, set, fault);
    scratch_remove(&scratch);
    return status;
}

static enum status read_as(const char *name, const char *text, struct sample_set *set,
                           struct fault *fault)
{
    return read_bytes(name, text, strlen(text), NULL, set, fault);
}

static void must_read(const char *name, const char *text, struct sample_set *set)
{
    struct fault fault = {0};
    enum status status = read_as(name, text, set, &fault);
    ck_assert_msg(status == STATUS_OK, "%zu:%zu: %s", fault.line, fault.column,
                  fault.text);
}

/* -- round trips ------------------------------------------------------------------- */

enum { BANDS = 31 };

static const char *const hard_names[][2] = {
    {"1st", "4th floor #2"},
    {"#3", "a \"quoted\" name, with; marks"},
    {"S-9QX2CX", "Kopfhaut \xC3\xA4\xC3\xB6\xC3\xBC \xE9\xA0\xAD\xE7\x9A\xAE"},
    {"400", ""},
    {".INCLUDE", "END_DATA"},
    {"  blank  ", "'single'"},
};

enum { HARD_NAMES = sizeof hard_names / sizeof hard_names[0] };

static struct sample_set hard_set(void)
{
    struct sample_set set = {
        .conditions = {.specular = SAMPLE_SPECULAR_EX,
                       .instrument = "CM-700d",
                       .geometry = "d/8",
                       .aperture_mm = 8},
        .grid = {.start_nm = 400, .step_nm = 10, .count = BANDS},
        .count = HARD_NAMES,
    };
    set.info = calloc(HARD_NAMES, sizeof *set.info);
    set.value = calloc((size_t)HARD_NAMES * BANDS, sizeof *set.value);
    for (size_t i = 0; i < set.count; i++) {
        strcpy(set.info[i].id, hard_names[i][0]);
        strcpy(set.info[i].name, hard_names[i][1]);
        for (size_t band = 0; band < BANDS; band++)
            set.value[i * BANDS + band] = 0.5 + 0.5 * sin((double)(7 * i + band));
    }
    return set;
}

static void write_to(const struct scratch *scratch, enum sample_format format,
                     const struct sample_set *set)
{
    FILE *stream = fopen(scratch->path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_eq(sample_write(stream, format, set), STATUS_OK);
    fclose(stream);
}

/* What comes back when a set is written and read; the format is told by the content. */
static struct sample_set passed_through(enum sample_format format,
                                        const struct sample_set *set)
{
    struct scratch scratch = scratch_make("file");
    write_to(&scratch, format, set);
    struct sample_set back;
    struct fault fault = {0};
    enum status status = sample_read(scratch.path, NULL, &back, &fault);
    scratch_remove(&scratch);
    ck_assert_msg(status == STATUS_OK, "%zu:%zu: %s", fault.line, fault.column,
                  fault.text);
    return back;
}

/* CGATS has no way to write a quote into a text. */
static void with_single_quotes(const char *text, char *out)
{
    strcpy(out, text);
    for (char *c = out; *c; c++)
        *c = *c == '"' ? '\'' : *c;
}

static void check_same_set(const struct sample_set *a, const struct sample_set *b)
{
    ck_assert_uint_eq(a->count, b->count);
    ck_assert_uint_eq(a->grid.count, b->grid.count);
    ck_assert_double_eq_tol(a->grid.start_nm, b->grid.start_nm, 1e-6);
    ck_assert_double_eq_tol(a->grid.step_nm, b->grid.step_nm, 1e-6);
    ck_assert_int_eq(a->quantity, b->quantity);
    ck_assert_int_eq(a->conditions.specular, b->conditions.specular);
    ck_assert_str_eq(a->conditions.instrument, b->conditions.instrument);
    ck_assert_str_eq(a->conditions.geometry, b->conditions.geometry);
    ck_assert_double_eq(a->conditions.aperture_mm, b->conditions.aperture_mm);
    for (size_t i = 0; i < a->count; i++) {
        char name[SAMPLE_NAME_MAX];
        with_single_quotes(a->info[i].name, name);
        ck_assert_str_eq(a->info[i].id, b->info[i].id);
        ck_assert(strcmp(a->info[i].name, b->info[i].name) == 0 ||
                  strcmp(name, b->info[i].name) == 0);
    }
}

static void check_same_values(const struct sample_set *a, const struct sample_set *b)
{
    /* cli.md 12.5 */
    for (size_t i = 0; i < a->count * a->grid.count; i++)
        ck_assert_double_eq_tol(a->value[i], b->value[i], 1e-6);
}

static const enum sample_format written[] = {SAMPLE_CGATS, SAMPLE_ARGYLL_SP, SAMPLE_CSV,
                                             SAMPLE_JSON};
enum { WRITTEN = sizeof written / sizeof written[0] };

START_TEST(what_is_written_in_a_format_reads_back_the_same)
{
    struct sample_set set = hard_set();
    struct sample_set back = passed_through(written[_i], &set);
    check_same_set(&set, &back);
    check_same_values(&set, &back);
    ck_assert_uint_eq(back.notes, 0);
    sample_set_free(&back);
    sample_set_free(&set);
}
END_TEST

START_TEST(a_tour_through_all_formats_keeps_reflectance_to_a_millionth)
{
    static const enum sample_format tour[] = {SAMPLE_JSON, SAMPLE_CGATS, SAMPLE_ARGYLL_SP,
                                              SAMPLE_CSV, SAMPLE_JSON};
    struct sample_set set = hard_set();
    struct sample_set last = passed_through(tour[0], &set);
    for (size_t i = 1; i < sizeof tour / sizeof tour[0]; i++) {
        struct sample_set next = passed_through(tour[i], &last);
        sample_set_free(&last);
        last = next;
    }
    check_same_set(&set, &last);
    check_same_values(&set, &last);
    sample_set_free(&last);
    sample_set_free(&set);
}
END_TEST

START_TEST(relative_power_keeps_its_scale_in_every_format)
{
    struct sample_set set = hard_set();
    set.quantity = SAMPLE_POWER;
    for (size_t i = 0; i < set.count * set.grid.count; i++)
        set.value[i] *= 12345.678;
    struct sample_set back = passed_through(written[_i], &set);
    ck_assert_int_eq(back.quantity, SAMPLE_POWER);
    for (size_t i = 0; i < set.count * set.grid.count; i++) /* nine digits are written */
        ck_assert_double_eq_tol(back.value[i] / set.value[i], 1, 1e-8);
    sample_set_free(&back);
    sample_set_free(&set);
}
END_TEST

/* -- small sound files ------------------------------------------------------------- */

#define CGATS_HEAD                                                                       \
    "CGATS.17\nBEGIN_DATA_FORMAT\nSAMPLE_ID SPEC_400 SPEC_410 SPEC_420 SPEC_430 "        \
    "SPEC_440 SPEC_450\nEND_DATA_FORMAT\n"

START_TEST(cgats_numbers_are_percent)
{
    struct sample_set set;
    must_read("a.cgats", CGATS_HEAD "BEGIN_DATA\nx 10 20 30 40 50 60.5\nEND_DATA\n",
              &set);
    ck_assert_uint_eq(set.count, 1);
    ck_assert_uint_eq(set.grid.count, 6);
    ck_assert_double_eq(set.grid.start_nm, 400);
    ck_assert_double_eq(set.grid.step_nm, 10);
    ck_assert_double_eq_tol(set.value[0], 0.10, 1e-15);
    ck_assert_double_eq_tol(set.value[5], 0.605, 1e-15);
    ck_assert_str_eq(set.info[0].id, "x");
    sample_set_free(&set);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *s = suite_create("sample");
    TCase *rounds = tcase_create("round trips");
    tcase_add_loop_test(rounds, what_is_written_in_a_format_reads_back_the_same, 0,
                        WRITTEN);
    tcase_add_test(rounds, a_tour_through_all_formats_keeps_reflectance_to_a_millionth);
    tcase_add_loop_test(rounds, relative_power_keeps_its_scale_in_every_format, 0,
                        WRITTEN);
    suite_add_tcase(s, rounds);
    TCase *small = tcase_create("small files");
    tcase_add_test(small, cgats_numbers_are_percent);
    suite_add_tcase(s, small);
    return s;
}

Suite *suite(void)
{
    return make_suite();
}
