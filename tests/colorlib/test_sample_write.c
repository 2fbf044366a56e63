/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sample.h"

#include <locale.h>
#include <math.h>
#include <stdbool.h>

#include <lcms2.h>

#include "colorlib/sample_condition.h"
#include "tests/colorlib/sample_files.h"
#include "tests/runner.h"

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
        .conditions = {.instrument = "CM-700d", .geometry = "d/8", .aperture_mm = 8},
        .grid = {.start_nm = 400, .step_nm = 10, .count = BANDS},
        .count = HARD_NAMES,
    };
    set.info = calloc(HARD_NAMES, sizeof *set.info);
    set.value = calloc((size_t)HARD_NAMES * BANDS, sizeof *set.value);
    for (size_t i = 0; i < set.count; i++) {
        strcpy(set.info[i].id, hard_names[i][0]);
        strcpy(set.info[i].name, hard_names[i][1]);
        set.info[i].specular = SAMPLE_SPECULAR_EX;
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

/* The text of a set; freed by the caller. */
static char *written_text(enum sample_format format, const struct sample_set *set)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_eq(sample_write(stream, format, set), STATUS_OK);
    fclose(stream);
    return text;
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
    for (size_t i = 0; i < SAMPLE_CONDITIONS; i++) {
        char first[SAMPLE_CONDITION_TEXT_MAX], second[SAMPLE_CONDITION_TEXT_MAX];
        sample_condition_text(&sample_condition_list[i], &a->conditions, first);
        sample_condition_text(&sample_condition_list[i], &b->conditions, second);
        ck_assert_str_eq(first, second);
    }
    for (size_t i = 0; i < a->count; i++) {
        char name[SAMPLE_NAME_MAX];
        with_single_quotes(a->info[i].name, name);
        ck_assert_str_eq(a->info[i].id, b->info[i].id);
        ck_assert_int_eq(a->info[i].specular, b->info[i].specular);
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

/* A scan in both modes, with all that is known of it. */
static struct sample_set scanned_set(void)
{
    struct sample_set set = hard_set();
    set.count = 2;
    set.conditions = (struct sample_conditions){
        .origin = SAMPLE_SIMULATED,
        .geometry = "d/8",
        .aperture_mm = 8,
        .instrument = "CM-700d",
        .serial = "10203040",
        .firmware = "1.00.0004",
        .plate = "0012345678", /* no number, though it looks like one */
        .calibrated = "2026-11-20T09:42:10Z",
        .device_warnings = "lamp battery not-skin-like",
        .site = "temple-l",
        .state = "bare",
        .placements = 5,
        .triggers = 3,
        .spread_de00 = 0.3127,
    };
    strcpy(set.info[0].id, "scalp");
    strcpy(set.info[1].id, "scalp-sci");
    strcpy(set.info[1].name, set.info[0].name);
    set.info[1].specular = SAMPLE_SPECULAR_IN;
    return set;
}

START_TEST(a_scan_in_both_modes_stays_a_pair_with_its_conditions_in_every_format)
{
    struct sample_set set = scanned_set();
    struct sample_set back = passed_through(written[_i], &set);
    check_same_set(&set, &back);
    check_same_values(&set, &back);
    ck_assert_int_eq(back.conditions.origin, SAMPLE_SIMULATED);
    ck_assert(sample_is_pair(&back, 0));
    sample_set_free(&back);
    sample_set_free(&set);
}
END_TEST

START_TEST(a_scan_in_both_modes_goes_from_json_to_cgats_to_csv_and_back_to_the_byte)
{
    static const enum sample_format tour[] = {SAMPLE_CGATS, SAMPLE_CSV, SAMPLE_JSON};
    struct sample_set set = scanned_set();
    struct sample_set last = passed_through(SAMPLE_JSON, &set);
    char *before = written_text(SAMPLE_JSON, &last);
    for (size_t i = 0; i < sizeof tour / sizeof tour[0]; i++) {
        struct sample_set next = passed_through(tour[i], &last);
        sample_set_free(&last);
        last = next;
    }
    char *after = written_text(SAMPLE_JSON, &last);
    ck_assert(strcmp(before, after) == 0); /* too long for a message */
    free(before);
    free(after);
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

/* A set whose wavelengths run evenly through the files' rounding. */
START_TEST(a_grid_of_a_third_of_ten_nanometres_survives_every_format)
{
    struct sample_set set = hard_set();
    set.grid = (struct grid){.start_nm = 380, .step_nm = 10.0 / 3, .count = BANDS};
    struct sample_set back = passed_through(written[_i], &set);
    ck_assert_double_eq_tol(back.grid.start_nm, 380, 1e-4);
    ck_assert_double_eq_tol(back.grid.step_nm, 10.0 / 3, 1e-4);
    check_same_values(&set, &back);
    sample_set_free(&back);
    sample_set_free(&set);
}
END_TEST

START_TEST(a_grid_of_half_nanometres_survives_every_format)
{
    struct sample_set set = hard_set();
    set.grid = (struct grid){.start_nm = 400.5, .step_nm = 0.5, .count = BANDS};
    struct sample_set back = passed_through(written[_i], &set);
    ck_assert_double_eq_tol(back.grid.start_nm, 400.5, 1e-9);
    ck_assert_double_eq_tol(back.grid.step_nm, 0.5, 1e-9);
    sample_set_free(&back);
    sample_set_free(&set);
}
END_TEST

/* -- other readers ----------------------------------------------------------------- */

START_TEST(littlecms_reads_what_is_written_alike)
{
    static const enum sample_format formats[] = {SAMPLE_CGATS, SAMPLE_ARGYLL_SP};
    struct sample_set set = hard_set();
    char *text = written_text(formats[_i], &set);
    cmsHANDLE table = cmsIT8LoadFromMem(NULL, text, (cmsUInt32Number)strlen(text));
    ck_assert_ptr_nonnull(table);
    ck_assert_str_eq(cmsIT8GetProperty(table, "SMP_SPECULAR"), "SCE");
    ck_assert_double_eq(cmsIT8GetPropertyDbl(table, "NUMBER_OF_SETS"), HARD_NAMES);
    for (size_t i = 0; i < set.count; i++) {
        char name[SAMPLE_NAME_MAX], id[SAMPLE_ID_MAX];
        with_single_quotes(set.info[i].id, id);
        with_single_quotes(set.info[i].name, name);
        ck_assert_str_eq(cmsIT8GetDataRowCol(table, (int)i, 0), id);
        if (name[0]) /* LittleCMS 2.14 takes an empty text for the word before it */
            ck_assert_str_eq(cmsIT8GetDataRowCol(table, (int)i, 1), name);
        for (size_t band = 0; band < BANDS; band++) /* six decimals of percent */
            ck_assert_double_eq_tol(cmsIT8GetDataRowColDbl(table, (int)i, (int)band + 2),
                                    100 * set.value[i * BANDS + band], 1e-6);
    }
    cmsIT8Free(table);
    free(text);
    sample_set_free(&set);
}
END_TEST

START_TEST(littlecms_finds_the_specular_component_of_each_sample)
{
    static const enum sample_format formats[] = {SAMPLE_CGATS, SAMPLE_ARGYLL_SP};
    struct sample_set set = scanned_set();
    char *text = written_text(formats[_i], &set);
    cmsHANDLE table = cmsIT8LoadFromMem(NULL, text, (cmsUInt32Number)strlen(text));
    ck_assert_ptr_nonnull(table);
    ck_assert_str_eq(cmsIT8GetData(table, "scalp", "SMP_SPECULAR"), "SCE");
    ck_assert_str_eq(cmsIT8GetData(table, "scalp-sci", "SMP_SPECULAR"), "SCI");
    ck_assert_str_eq(cmsIT8GetProperty(table, "SMP_SERIAL"), "10203040");
    ck_assert_double_eq_tol(cmsIT8GetDataDbl(table, "scalp-sci", "SPEC_400"),
                            100 * set.value[BANDS], 1e-6);
    cmsIT8Free(table);
    free(text);
    sample_set_free(&set);
}
END_TEST

/* Runs a program of Argyll's in a folder; its complaints are not ours. */
static void run_in(const char *folder, const char *command)
{
    char line[512];
    snprintf(line, sizeof line, "cd %s && { %s; } >log 2>&1 </dev/null", folder, command);
    ck_assert_msg(system(line) == 0, "%s", line);
}

static bool has_program(const char *name)
{
    char line[128];
    snprintf(line, sizeof line, "command -v %s >/dev/null 2>&1", name);
    return system(line) == 0;
}

static void remove_folder(const struct scratch *scratch)
{
    char line[128];
    snprintf(line, sizeof line, "rm -r -- %s", scratch->folder);
    ck_assert_int_eq(system(line), 0);
}

START_TEST(argyll_reads_an_sp_file_alike_and_we_read_what_it_writes)
{
    struct sample_set set = hard_set(), back;
    strcpy(set.info[4].id, "INCLUDE"); /* Argyll would write .INCLUDE without quotes */
    struct scratch scratch = scratch_make("ours.sp");
    write_to(&scratch, SAMPLE_ARGYLL_SP, &set);
    run_in(scratch.folder, "spec2cie ours.sp theirs.sp");
    char theirs[128];
    snprintf(theirs, sizeof theirs, "%s/theirs.sp", scratch.folder);
    struct fault fault = {0};
    enum status status = sample_read(theirs, NULL, &back, &fault);
    ck_assert_msg(status == STATUS_OK, "%zu:%zu: %s", fault.line, fault.column,
                  fault.text);
    check_same_set(&set, &back);
    for (size_t i = 0; i < set.count * BANDS; i++) /* Argyll prints six digits */
        ck_assert_double_eq_tol(set.value[i], back.value[i], 1e-5);
    remove_folder(&scratch);
    sample_set_free(&back);
    sample_set_free(&set);
}
END_TEST

START_TEST(argyll_reads_a_cgats_file_and_an_sp_file_alike)
{
    struct sample_set set = hard_set();
    struct scratch scratch = scratch_make("a.sp");
    write_to(&scratch, SAMPLE_ARGYLL_SP, &set);
    snprintf(scratch.path, sizeof scratch.path, "%s/b.cgats", scratch.folder);
    write_to(&scratch, SAMPLE_CGATS, &set);
    run_in(scratch.folder, "spec2cie a.sp c.sp && colverify -v2 -k b.cgats c.sp && "
                           "test \"$(grep -c '<=>.* de 0.000' log)\" -eq 6");
    remove_folder(&scratch);
    sample_set_free(&set);
}
END_TEST

/* -- the locale --------------------------------------------------------------------- */

static bool use_comma_locale(void)
{
    return setlocale(LC_ALL, "de_DE.UTF-8") && localeconv()->decimal_point[0] == ',';
}

/* glibc finds locales in LOCPATH; it is asked for anew in each process of a test. */
static bool can_make_comma_locale(void)
{
    return access("/usr/share/i18n/locales/de_DE", R_OK) == 0 && has_program("localedef");
}

static void make_comma_locale(const struct scratch *scratch)
{
    run_in(scratch->folder, "localedef -c -i de_DE -f UTF-8 ./de_DE.UTF-8");
    ck_assert_int_eq(setenv("LOCPATH", scratch->folder, 1), 0);
    ck_assert(use_comma_locale());
}

START_TEST(a_locale_with_a_decimal_comma_changes_no_byte_and_no_value)
{
    struct sample_set set = hard_set();
    char *text[WRITTEN];
    for (size_t i = 0; i < WRITTEN; i++)
        text[i] = written_text(written[i], &set);
    struct scratch scratch = scratch_make("locale");
    if (!use_comma_locale())
        make_comma_locale(&scratch);
    for (size_t i = 0; i < WRITTEN; i++) {
        char *again = written_text(written[i], &set);
        ck_assert(strcmp(text[i], again) == 0); /* too long for a message */
        struct sample_set back = passed_through(written[i], &set);
        check_same_values(&set, &back);
        sample_set_free(&back);
        free(again);
        free(text[i]);
    }
    struct sample_set none;
    struct fault fault = {0};
    ck_assert_int_eq(
        read_as("a.csv", "400,410,420,430,440,450\n1,1,1,1,1,2.5", &none, &fault),
        STATUS_BAD_DATA);
    ck_assert_ptr_nonnull(strstr(fault.text, "2.5"));
    remove_folder(&scratch);
    sample_set_free(&set);
}
END_TEST

/* -- what is written -------------------------------------------------------------- */

START_TEST(json_is_written_with_fixed_keys_and_six_decimals)
{
    struct sample_info info = {
        .id = "a", .name = "b \xC3\xA4", .specular = SAMPLE_SPECULAR_IN};
    double value[6] = {1.0 / 3, 0, 1, 0.0000004, -0.0000001, 0.5};
    struct sample_set set = {.grid = {.start_nm = 400, .step_nm = 10, .count = 6},
                             .count = 1,
                             .info = &info,
                             .value = value};
    char text[512] = "";
    FILE *stream = fmemopen(text, sizeof text, "w");
    ck_assert_int_eq(sample_write(stream, SAMPLE_JSON, &set), STATUS_OK);
    fclose(stream);
    ck_assert_str_eq(text,
                     "{\"schema\": \"scalptone/1\", \"kind\": \"spectra\", "
                     "\"conditions\": {\"specular\": \"sci\"}, \"data\": {\"samples\": "
                     "[{\"id\": \"a\", \"name\": \"b \xC3\xA4\", \"reflectance\": "
                     "{\"start_nm\": 400.0, \"step_nm\": 10.0, \"values\": "
                     "[0.333333, 0.0, 1.0, 0.0, 0.0, 0.5]}}]}}\n");
}
END_TEST

START_TEST(a_stream_that_cannot_be_written_is_an_io_fault)
{
    struct sample_set set = hard_set();
    FILE *stream = fopen("/dev/full", "w");
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_eq(sample_write(stream, written[_i], &set), STATUS_IO);
    fclose(stream);
    sample_set_free(&set);
}
END_TEST

START_TEST(what_is_simulated_stays_so_in_every_format)
{
    struct sample_set set = hard_set();
    for (int origin = SAMPLE_MEASURED; origin <= SAMPLE_SIMULATED; origin++) {
        set.conditions.origin = (enum sample_origin)origin;
        struct sample_set back = passed_through(written[_i], &set);
        ck_assert_int_eq(back.conditions.origin, origin);
        sample_set_free(&back);
    }
    sample_set_free(&set);
}
END_TEST

START_TEST(what_is_not_finite_is_not_written)
{
    struct sample_set set = hard_set();
    set.value[40] = NAN;
    char text[64] = "";
    FILE *stream = fmemopen(text, sizeof text, "w");
    ck_assert_int_eq(sample_write(stream, written[_i], &set), STATUS_BAD_DATA);
    fclose(stream);
    ck_assert_str_eq(text, "");
    sample_set_free(&set);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("sample_write");
    TCase *t = tcase_create("writing");
    tcase_set_timeout(t, 60); /* making a locale takes seconds on a busy machine */
    tcase_add_loop_test(t, what_is_written_in_a_format_reads_back_the_same, 0, WRITTEN);
    tcase_add_test(t, a_tour_through_all_formats_keeps_reflectance_to_a_millionth);
    tcase_add_loop_test(
        t, a_scan_in_both_modes_stays_a_pair_with_its_conditions_in_every_format, 0,
        WRITTEN);
    tcase_add_test(
        t, a_scan_in_both_modes_goes_from_json_to_cgats_to_csv_and_back_to_the_byte);
    tcase_add_loop_test(t, relative_power_keeps_its_scale_in_every_format, 0, WRITTEN);
    tcase_add_loop_test(t, a_grid_of_a_third_of_ten_nanometres_survives_every_format, 0,
                        WRITTEN);
    tcase_add_loop_test(t, a_grid_of_half_nanometres_survives_every_format, 0, WRITTEN);
    tcase_add_test(t, json_is_written_with_fixed_keys_and_six_decimals);
    tcase_add_loop_test(t, a_stream_that_cannot_be_written_is_an_io_fault, 0, WRITTEN);
    tcase_add_loop_test(t, what_is_not_finite_is_not_written, 0, WRITTEN);
    tcase_add_loop_test(t, what_is_simulated_stays_so_in_every_format, 0, WRITTEN);
    tcase_add_loop_test(t, littlecms_reads_what_is_written_alike, 0, 2);
    tcase_add_loop_test(t, littlecms_finds_the_specular_component_of_each_sample, 0, 2);
    if (has_program("spec2cie") && has_program("colverify")) {
        tcase_add_test(t, argyll_reads_an_sp_file_alike_and_we_read_what_it_writes);
        tcase_add_test(t, argyll_reads_a_cgats_file_and_an_sp_file_alike);
    } else {
        runner_skip("argyll_reads_an_sp_file_alike_and_we_read_what_it_writes",
                    "Argyll is not installed");
        runner_skip("argyll_reads_a_cgats_file_and_an_sp_file_alike",
                    "Argyll is not installed");
    }
    if (use_comma_locale() || can_make_comma_locale())
        tcase_add_test(t, a_locale_with_a_decimal_comma_changes_no_byte_and_no_value);
    else
        runner_skip("a_locale_with_a_decimal_comma_changes_no_byte_and_no_value",
                    "no such locale is installed");
    setlocale(LC_ALL, "C");
    suite_add_tcase(s, t);
    return s;
}
