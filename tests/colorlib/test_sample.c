/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sample.h"

#include "tests/colorlib/sample_files.h"
#include "tests/runner.h"

/* -- small sound files ------------------------------------------------------------- */

#define SIX(prefix)                                                                      \
    prefix "400 " prefix "410 " prefix "420 " prefix "430 " prefix "440 " prefix "450"
#define CGATS(identifier, keywords, fields, row)                                         \
    identifier "\n" keywords "BEGIN_DATA_FORMAT\n" fields "\nEND_DATA_FORMAT\n"          \
               "BEGIN_DATA\n" row "\nEND_DATA\n"

/* The same spectrum, 0.10 to 0.35 by 10 nm from 400 nm, as it may be spelled. */
static const struct {
    const char *name, *text;
} spellings[] = {
    {"a.cgats", CGATS("CGATS.17", "", SIX("SPEC_"), "10 15 20 25 30 35")},
    {"a.txt", CGATS("CGATS.17", "", SIX("nm"), "10 15 20 25 30 35")},
    {"a.txt", CGATS("CGATS.17", "", SIX("nm_"), "10 15 20 25 30 35")},
    {"a.txt", CGATS("CGATS.17", "", SIX("NM_"), "10 15 20 25 30 35")},
    {"a.txt", CGATS("CGATS.17", "", SIX("SPECTRAL_NM_"), "10 15 20 25 30 35")},
    {"a.txt", CGATS("CGATS.17", "", SIX("SPECTRAL_NM"), "10 15 20 25 30 35")},
    {"a.txt", CGATS("CGATS.17", "", SIX("R_"), "10 15 20 25 30 35")},
    {"a.txt", CGATS("CGATS.17", "", SIX("SPECTRAL_"), "10 15 20 25 30 35")},
    {"a.txt",
     CGATS("ISO28178", "SPECTRAL_NORM \"1.0\"\n", SIX("SPEC_"), ".1 .15 .2 .25 .3 .35")},
    {"a.txt",
     CGATS("CGATS.17", "SPECTRAL_NORM 200\n", SIX("SPEC_"), "20 30 40 50 60 70")},
    {"a.txt", CGATS("CGATS.17", "", SIX("R_") " SPEC_1200", "10 15 20 25 30 35 99")},
    {"a.sp",
     CGATS("SPECT", "MEAS_TYPE \"REFLECTIVE\"\n", SIX("SPEC_"), "10 15 20 25 30 35")},
    {"a.ti3", CGATS("CTI3", "COLOR_REP \"iRGB_LAB\"\n", "RGB_R LAB_L " SIX("SPEC_"),
                    "100 50 10 15 20 25 30 35")},
    {"a", "\xEF\xBB\xBF" CGATS("CGATS.17", "", SIX("SPEC_"), "10 15 20 25 30 35")},
    {"a", "# by hand\n" CGATS("CGATS.17", "", SIX("SPEC_"), "10 15 20 25 30 35")},
    {"a", CGATS("SPECT", "", SIX("SPEC_"), "10 15 20 25 30 35")},
    {"a.csv", "id,name,kind,400,410,420,430,440,450\n1,,,.1,.15,.2,.25,.3,.35\n"},
    {"a.csv", "# by\n# hand\n\nnote,400,410,420,430,440,450\r\nx,10,15,20,25,30,35\r\n"},
    {"a.csv", "nm400,nm410,nm420,nm430,nm440,nm450\n0.10, 0.15 ,0.2,0.25,0.3,3.5e-1\n"},
    {"a.csv", "R_450,R_440,R_430,R_420,R_410,R_400\n35,30,25,20,15,10\n"},
    {"a.csv", "nm,x\n400,10\n410,15\n420,20\n430,25\n440,30\n450,35\n"},
    {"a.csv", "\"Wavelength (nm)\",x\n400,.1\n410,.15\n420,.2\n430,.25\n440,.3\n450,.35"},
    {"a", "400,410,420,430,440,450\n\"10\",15,20,25,30,35"},
    {"a.json", "{\"schema\":\"scalptone/1\",\"kind\":\"spectra\",\"data\":{\"samples\":[{"
               "\"id\":\"1\",\"reflectance\":{\"start_nm\":400,\"step_nm\":10,"
               "\"values\":[0.1,0.15,0.2,0.25,0.3,0.35]}}]}}"},
    {"a", " {\"schema\":\"scalptone/1\",\"kind\":\"scan\",\"data\":{\"lab\":[50,0,0],"
          "\"reflectance\":{\"start_nm\":400,\"step_nm\":10,"
          "\"values\":[0.1,0.15,0.2,0.25,0.3,0.35]}}}"},
};

START_TEST(one_spectrum_reads_the_same_however_it_is_spelled)
{
    struct sample_set set;
    must_read(spellings[_i].name, spellings[_i].text, &set);
    ck_assert_uint_eq(set.count, 1);
    ck_assert_uint_eq(set.grid.count, 6);
    ck_assert_double_eq(set.grid.start_nm, 400);
    ck_assert_double_eq(set.grid.step_nm, 10);
    ck_assert_int_eq(set.quantity, SAMPLE_REFLECTANCE);
    for (size_t i = 0; i < 6; i++) /* one division by the scale */
        ck_assert_double_eq_tol(set.value[i], 0.1 + 0.05 * (double)i, 1e-15);
    sample_set_free(&set);
}
END_TEST

START_TEST(ids_and_names_are_read_or_numbered)
{
    struct sample_set set;
    must_read("a.sp", CGATS("SPECT", "", SIX("SPEC_"), "1 2 3 4 5 6\n2 2 3 4 5 6"), &set);
    ck_assert_str_eq(set.info[0].id, "1");
    ck_assert_str_eq(set.info[1].id, "2");
    ck_assert_str_eq(set.info[1].name, "");
    sample_set_free(&set);
    must_read(
        "a.csv",
        "Sample,sample_name,400,410,420,430,440,450\nx,\"a, \"\"b\"\"\",1,2,3,4,5,6",
        &set);
    ck_assert_str_eq(set.info[0].id, "x");
    ck_assert_str_eq(set.info[0].name, "a, \"b\"");
    sample_set_free(&set);
    must_read("a.csv", "nm,x,y z\n400,1,2\n410,1,2\n420,1,2\n430,1,2\n440,1,2\n450,6,7",
              &set);
    ck_assert_uint_eq(set.count, 2);
    ck_assert_str_eq(set.info[1].id, "y z");
    ck_assert_double_eq_tol(set.value[11], 0.07, 1e-15);
    sample_set_free(&set);
}
END_TEST

START_TEST(all_spectrum_tables_of_an_sp_file_are_read)
{
    struct sample_set set;
    must_read("a.sp",
              CGATS("SPECT", "", SIX("SPEC_"), "1 2 3 4 5 6")
                  CGATS("SPECT", "", SIX("SPEC_"), "7 8 9 10 11 12"),
              &set);
    ck_assert_uint_eq(set.count, 2);
    ck_assert_str_eq(set.info[1].id, "2");
    ck_assert_double_eq_tol(set.value[11], 0.12, 1e-15);
    sample_set_free(&set);
}
END_TEST

START_TEST(the_first_table_with_spectra_serves_in_other_cgats_files)
{
    struct sample_set set;
    must_read("a.txt",
              CGATS("CGATS.17", "", "SAMPLE_ID LAB_L", "a 50")
                  CGATS("CGATS.17", "", SIX("SPEC_"), "1 2 3 4 5 6")
                      CGATS("CGATS.17", "", SIX("SPEC_"), "7 8 9 10 11 12"),
              &set);
    ck_assert_uint_eq(set.count, 1);
    ck_assert_double_eq_tol(set.value[0], 0.01, 1e-15);
    sample_set_free(&set);
}
END_TEST

START_TEST(keywords_give_the_grid_that_headings_round)
{
    struct sample_set set;
    must_read("a.sp",
              CGATS("SPECT",
                    "SPECTRAL_BANDS 7\nSPECTRAL_START_NM 380\nSPECTRAL_END_NM 400\n",
                    "SPEC_380 SPEC_383 SPEC_387 SPEC_390 SPEC_393 SPEC_397 SPEC_400",
                    "1 2 3 4 5 6 7"),
              &set);
    ck_assert_uint_eq(set.grid.count, 7);
    ck_assert_double_eq_tol(set.grid.step_nm, 10.0 / 3, 1e-12);
    sample_set_free(&set);
}
END_TEST

START_TEST(conditions_are_read)
{
    struct sample_set set;
    must_read("a.txt",
              CGATS("CGATS.17",
                    "SMP_SPECULAR \"SCI\"\nSMP_APERTURE_MM 3\n"
                    "MEASUREMENT_GEOMETRY \"45/0\"\nINSTRUMENTATION "
                    "\"an instrument whose name goes on and on, up to the umlaut "
                    "at 63: \xC3\xA4\"\n",
                    SIX("SPEC_"), "1 2 3 4 5 6"),
              &set);
    ck_assert_int_eq(set.info[0].specular, SAMPLE_SPECULAR_IN);
    ck_assert_double_eq(set.conditions.aperture_mm, 3);
    ck_assert_str_eq(set.conditions.geometry, "45/0");
    ck_assert_str_eq(set.conditions.instrument,
                     "an instrument whose name goes on and on, up to the umlaut at 63");
    sample_set_free(&set);
}
END_TEST

/* -- scales ------------------------------------------------------------------------ */

static const struct {
    const char *name, *text;
    enum sample_scale scale;
    double first; /* what the first value becomes */
    unsigned notes;
} scales[] = {
    {"a.csv", "400,410,420,430,440,450\n1,2,3,4,5,5.01", SAMPLE_SCALE_AUTO, 0.01,
     SAMPLE_NOTE_ASSUMED_PERCENT},
    {"a.csv", "400,410,420,430,440,450\n1,.2,.3,.4,.5,1.2", SAMPLE_SCALE_AUTO, 1,
     SAMPLE_NOTE_ASSUMED_FRACTION},
    {"a.csv", "400,410,420,430,440,450\n1,2,3,4,5,5", SAMPLE_SCALE_PERCENT, 0.01, 0},
    {"a.csv", "400,410,420,430,440,450\n1,.2,.3,.4,.5,1.3", SAMPLE_SCALE_FRACTION, 1, 0},
    {"a.csv", "id,name,kind,400,410,420,430,440,450\na,,,1,.2,.3,.4,.5,1.3",
     SAMPLE_SCALE_AUTO, 1, 0},
    {"a.txt", CGATS("CGATS.17", "", SIX("SPEC_"), "1 .2 .3 .4 .5 .6"),
     SAMPLE_SCALE_FRACTION, 1, 0},
    {"a.txt", CGATS("CGATS.17", "", SIX("SPEC_"), "1 .2 .3 .4 .5 .6"),
     SAMPLE_SCALE_PERCENT, 0.01, 0},
    {"a.txt", CGATS("CGATS.17", "SPECTRAL_NORM 100\n", SIX("SPEC_"), "1 .2 .3 .4 .5 .6"),
     SAMPLE_SCALE_AUTO, 0.01, 0},
    {"a.txt", CGATS("CGATS.17", "", SIX("SPEC_"), "1 .2 .3 .4 .5 1.3"), SAMPLE_SCALE_AUTO,
     0.01, 0},
};

START_TEST(the_scale_is_the_formats_or_a_keywords_or_asked_for)
{
    struct sample_options options = {.scale = scales[_i].scale};
    struct sample_set set;
    struct fault fault = {0};
    const char *text = scales[_i].text;
    enum status status =
        read_bytes(scales[_i].name, text, strlen(text), &options, &set, &fault);
    ck_assert_msg(status == STATUS_OK, "%zu:%zu: %s", fault.line, fault.column,
                  fault.text);
    ck_assert_double_eq_tol(set.value[0], scales[_i].first, 1e-15);
    ck_assert_uint_eq(set.notes, scales[_i].notes);
    sample_set_free(&set);
}
END_TEST

/* -- notes and quantities ---------------------------------------------------------- */

START_TEST(bands_outside_300_to_830_nm_are_cropped_with_a_note)
{
    struct sample_set set;
    must_read("a.csv", "280,290,300,310,320,330,340,350,840\n.9,.8,.1,.2,.3,.4,.5,.6,.7",
              &set);
    ck_assert_double_eq(set.grid.start_nm, 300);
    ck_assert_uint_eq(set.grid.count, 6);
    ck_assert_double_eq(set.value[0], 0.1);
    ck_assert_uint_eq(set.notes, SAMPLE_NOTE_CROPPED | SAMPLE_NOTE_ASSUMED_FRACTION);
    sample_set_free(&set);
}
END_TEST

START_TEST(steps_of_20_nm_are_noted_and_coarser_ones_out_of_range)
{
    struct sample_set set;
    must_read("a.csv", "400,420,440,460,480,500\n.1,.2,.3,.4,.5,.6", &set);
    ck_assert_uint_eq(set.notes, SAMPLE_NOTE_COARSE | SAMPLE_NOTE_ASSUMED_FRACTION);
    sample_set_free(&set);
    struct fault fault = {0};
    ck_assert_int_eq(
        read_as("a.csv", "400,425,450,475,500,525\n.1,.2,.3,.4,.5,.6", &set, &fault),
        STATUS_NOT_COVERED);
    ck_assert_uint_eq(fault.line, 1);
}
END_TEST

START_TEST(device_columns_of_a_chart_are_noted_and_its_readings_are_not)
{
    struct sample_set set;
    must_read("a.ti3",
              CGATS("CTI3", "", "SAMPLE_ID RGB_R " SIX("SPEC_"), "A1 99 1 2 3 4 5 6"),
              &set);
    ck_assert_uint_eq(set.notes, SAMPLE_NOTE_DEVICE_IGNORED);
    sample_set_free(&set);
    must_read("a.ti3",
              CGATS("CTI3", "", "SAMPLE_ID XYZ_X " SIX("SPEC_"), "A1 99 1 2 3 4 5 6"),
              &set);
    ck_assert_uint_eq(set.notes, 0);
    sample_set_free(&set);
}
END_TEST

static const char *const powers[] = {
    CGATS("SPECT", "MEAS_TYPE \"EMISSION\"\n", SIX("SPEC_"), "1000 2 3 4 5 6"),
    CGATS("SPECT", "MEAS_TYPE \"AMBIENT\"\nSPECTRAL_NORM 100\n", SIX("SPEC_"),
          "1000 2 3 4 5 6"),
    CGATS("CTI3", "DEVICE_CLASS \"DISPLAY\"\n", SIX("SPEC_"), "1000 2 3 4 5 6"),
    CGATS("SPECT", "SPECTRAL_NORM 100\n", SIX("SPEC_"), "1000 2 3 4 5 6"),
    "id,name,kind,400,410,420,430,440,450\na,,power,1000,2,3,4,5,6",
};

START_TEST(the_power_of_a_lamp_is_left_as_it_is)
{
    struct sample_set set;
    must_read("a", powers[_i], &set);
    ck_assert_int_eq(set.quantity, SAMPLE_POWER);
    ck_assert_double_eq(set.value[0], 1000);
    sample_set_free(&set);
}
END_TEST

/* As the D50 that comes with Argyll: percent of its value at 560 nm. */
#define LAMP CGATS("SPECT", "SPECTRAL_NORM 100\n", SIX("SPEC_"), "103 100 90 80 70 60")

START_TEST(an_sp_file_above_the_perfect_diffuser_is_a_lamp_unless_a_scale_is_asked_for)
{
    struct sample_set set;
    must_read("a.sp", LAMP, &set);
    ck_assert_int_eq(set.quantity, SAMPLE_POWER);
    ck_assert_double_eq(set.value[0], 103);
    sample_set_free(&set);
    struct sample_options options = {.scale = SAMPLE_SCALE_PERCENT};
    ck_assert_int_eq(read_bytes("a.sp", LAMP, strlen(LAMP), &options, &set, NULL),
                     STATUS_OK);
    ck_assert_int_eq(set.quantity, SAMPLE_REFLECTANCE);
    ck_assert_double_eq_tol(set.value[0], 1.03, 1e-15);
    sample_set_free(&set);
}
END_TEST

/* -- our JSON documents ------------------------------------------------------------ */

#define VALUES(first)                                                                    \
    "{\"start_nm\":400,\"step_nm\":10,\"values\":[" first ",0.2,0.3,0.4,0.5,0.6]}"
#define JSON(kind, conditions, data)                                                     \
    "{\"schema\":\"scalptone/1\",\"kind\":\"" kind "\",\"conditions\":{" conditions      \
    "},\n\"data\":{" data "}}"

static const struct {
    const char *text;
    enum sample_specular specular;
    double first;
} scans[] = {
    {JSON("scan", "\"specular\":\"sci\"", "\"reflectance\":" VALUES("0.1")),
     SAMPLE_SPECULAR_IN, 0.1},
    {JSON("scan", "",
          "\"reflectance\":" VALUES("0.1") ",\"reflectance_sci\":" VALUES("0.2")),
     SAMPLE_SPECULAR_EX, 0.1},
    {JSON("scan", "",
          "\"reflectance_sci\":" VALUES("0.2") ",\"reflectance_sce\":" VALUES("0.1")),
     SAMPLE_SPECULAR_EX, 0.1},
    {JSON("scan", "", "\"reflectance_sci\":" VALUES("0.2")), SAMPLE_SPECULAR_IN, 0.2},
};

START_TEST(a_scan_gives_its_reflectance_as_its_conditions_say)
{
    struct sample_set set;
    must_read("a.json", scans[_i].text, &set);
    ck_assert_int_eq(set.info[0].specular, scans[_i].specular);
    ck_assert_double_eq(set.value[0], scans[_i].first);
    sample_set_free(&set);
}
END_TEST

START_TEST(the_recipes_of_a_match_are_samples_named_by_rank)
{
    struct sample_set set;
    must_read(
        "a.json",
        JSON("match", "\"specular\":\"sce\",\"aperture_mm\":8",
             "\"recipes\":[{\"rank\":1,\"id\":\"R-1\",\"predicted\":{\"lab\":[1,2,3],"
             "\"reflectance\":" VALUES("0.1") "}},{\"rank\":2,\"predicted\":{"
                                              "\"reflectance\":" VALUES("0.2") "}}]"),
        &set);
    ck_assert_uint_eq(set.count, 2);
    ck_assert_str_eq(set.info[0].id, "1");
    ck_assert_str_eq(set.info[1].id, "2");
    ck_assert_double_eq(set.conditions.aperture_mm, 8);
    ck_assert_double_eq(set.value[6], 0.2);
    sample_set_free(&set);
}
END_TEST

/* -- formats, finding, failing ----------------------------------------------------- */

START_TEST(the_ending_of_a_path_names_the_format)
{
    enum sample_format format = SAMPLE_JSON;
    ck_assert_int_eq(sample_format_from_path("a/b.CSV", &format), STATUS_OK);
    ck_assert_int_eq(format, SAMPLE_CSV);
    ck_assert_int_eq(sample_format_from_path("x.txt", &format), STATUS_OK);
    ck_assert_int_eq(format, SAMPLE_CGATS);
    ck_assert_int_eq(sample_format_from_path("x.ti3", &format), STATUS_OK);
    ck_assert_int_eq(format, SAMPLE_ARGYLL_TI3);
    ck_assert_int_eq(sample_format_from_path("-", &format), STATUS_NOT_FOUND);
    ck_assert_int_eq(sample_format_from_path("csv", &format), STATUS_NOT_FOUND);
    ck_assert_int_eq(format, SAMPLE_ARGYLL_TI3);
}
END_TEST

START_TEST(a_format_asked_for_overrides_the_ending)
{
    const char text[] = "400,410,420,430,440,450\n.1,.2,.3,.4,.5,.6";
    enum sample_format format = SAMPLE_CSV;
    struct sample_set set;
    struct sample_options options = {.format = &format};
    ck_assert_int_eq(read_bytes("a.json", text, strlen(text), &options, &set, NULL),
                     STATUS_OK);
    sample_set_free(&set);
}
END_TEST

START_TEST(a_sample_is_found_by_id_before_name)
{
    struct sample_info info[] = {{.id = "a", .name = "b"}, {.id = "b", .name = "c"}};
    struct sample_set set = {.count = 2, .info = info};
    size_t index = 9;
    ck_assert_int_eq(sample_find(&set, "b", &index), STATUS_OK);
    ck_assert_uint_eq(index, 1);
    ck_assert_int_eq(sample_find(&set, "c", &index), STATUS_OK);
    ck_assert_uint_eq(index, 1);
    ck_assert_int_eq(sample_find(&set, "d", &index), STATUS_NOT_FOUND);
    ck_assert_uint_eq(index, 1);
}
END_TEST

START_TEST(a_sample_is_a_spectrum)
{
    struct sample_set set;
    must_read("a.csv", "400,410,420,430,440,450\n.1,.2,.3,.4,.5,.6\n0,0,.1,.1,.7,.1",
              &set);
    struct spectrum spectrum = sample_spectrum(&set, 1);
    ck_assert_uint_eq(spectrum.grid.count, 6);
    ck_assert_double_eq(spectrum.value[4], 0.7);
    sample_set_free(&set);
    ck_assert_uint_eq(set.count, 0);
    ck_assert_ptr_null(set.value);
}
END_TEST

START_TEST(a_file_that_cannot_be_read_says_why)
{
    struct sample_set set;
    struct fault fault = {.line = 5};
    ck_assert_int_eq(sample_read("/nonexistent/a.csv", NULL, &set, &fault),
                     STATUS_NOT_FOUND);
    ck_assert_uint_eq(fault.line, 0);
    ck_assert_int_eq(sample_read("/tmp", NULL, &set, &fault), STATUS_IO);
    ck_assert_str_ne(fault.text, "");
}
END_TEST

/* -- measured data ----------------------------------------------------------------- */

START_TEST(published_skin_spectra_are_read_as_fractions)
{
    struct sample_set set;
    struct fault fault = {0};
    const char *path = runner_data("skin/xiao2016/xiao2016_skin_reflectance.csv");
    ck_assert_int_eq(sample_read(path, NULL, &set, &fault), STATUS_OK);
    ck_assert_uint_eq(set.count, 2187);
    ck_assert_uint_eq(set.grid.count, 39);
    ck_assert_double_eq(set.grid.start_nm, 360);
    ck_assert_double_eq_tol(set.value[0], 0.0699, 1e-15); /* row 1 at 360 nm */
    ck_assert_uint_eq(set.notes, SAMPLE_NOTE_ASSUMED_FRACTION);
    sample_set_free(&set);
}
END_TEST

static void add_reading(Suite *s)
{
    TCase *t = tcase_create("reading");
    tcase_add_loop_test(t, one_spectrum_reads_the_same_however_it_is_spelled, 0,
                        sizeof spellings / sizeof spellings[0]);
    tcase_add_test(t, ids_and_names_are_read_or_numbered);
    tcase_add_test(t, all_spectrum_tables_of_an_sp_file_are_read);
    tcase_add_test(t, the_first_table_with_spectra_serves_in_other_cgats_files);
    tcase_add_test(t, keywords_give_the_grid_that_headings_round);
    tcase_add_test(t, conditions_are_read);
    tcase_add_loop_test(t, the_scale_is_the_formats_or_a_keywords_or_asked_for, 0,
                        sizeof scales / sizeof scales[0]);
    tcase_add_test(t, bands_outside_300_to_830_nm_are_cropped_with_a_note);
    tcase_add_test(t, steps_of_20_nm_are_noted_and_coarser_ones_out_of_range);
    tcase_add_test(t, device_columns_of_a_chart_are_noted_and_its_readings_are_not);
    tcase_add_loop_test(t, the_power_of_a_lamp_is_left_as_it_is, 0,
                        sizeof powers / sizeof powers[0]);
    tcase_add_test(
        t, an_sp_file_above_the_perfect_diffuser_is_a_lamp_unless_a_scale_is_asked_for);
    tcase_add_loop_test(t, a_scan_gives_its_reflectance_as_its_conditions_say, 0,
                        sizeof scans / sizeof scans[0]);
    tcase_add_test(t, the_recipes_of_a_match_are_samples_named_by_rank);
    if (runner_data("skin/xiao2016/xiao2016_skin_reflectance.csv"))
        tcase_add_test(t, published_skin_spectra_are_read_as_fractions);
    else
        runner_skip("published_skin_spectra_are_read_as_fractions", "no measured data");
    suite_add_tcase(s, t);
}

static void add_choosing(Suite *s)
{
    TCase *t = tcase_create("choosing");
    tcase_add_test(t, the_ending_of_a_path_names_the_format);
    tcase_add_test(t, a_format_asked_for_overrides_the_ending);
    tcase_add_test(t, a_sample_is_found_by_id_before_name);
    tcase_add_test(t, a_sample_is_a_spectrum);
    tcase_add_test(t, a_file_that_cannot_be_read_says_why);
    suite_add_tcase(s, t);
}

Suite *suite(void)
{
    Suite *s = suite_create("sample");
    add_reading(s);
    add_choosing(s);
    return s;
}
