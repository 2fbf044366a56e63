/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How readings were taken, and readings in both modes. */
#include "colorlib/sample_condition.h"

#include "tests/colorlib/sample_files.h"
#include "tests/runner.h"

#define SIX "SPEC_400 SPEC_410 SPEC_420 SPEC_430 SPEC_440 SPEC_450"
#define CGATS(keywords, fields, rows)                                                    \
    "CGATS.17\n" keywords "BEGIN_DATA_FORMAT\n" fields SIX "\nEND_DATA_FORMAT\n"         \
    "BEGIN_DATA\n" rows "\nEND_DATA\n"
#define VALUES(first)                                                                    \
    "{\"start_nm\":400,\"step_nm\":10,\"values\":[" first ",0.2,0.3,0.4,0.5,0.6]}"
#define JSON(kind, conditions, data)                                                     \
    "{\"schema\":\"scalptone/1\",\"kind\":\"" kind "\",\"conditions\":{" conditions      \
    "},\n\"data\":{" data "}}"

/* One scan, in the words of each format. */
static const struct {
    const char *name, *text;
} scans[] = {
    {"a.cgats",
     CGATS(
         "MEASUREMENT_GEOMETRY \"d/8\"\nSMP_APERTURE_MM 8\nINSTRUMENTATION \"CM-700d\"\n"
         "SMP_SERIAL \"10203040\"\nSMP_FIRMWARE \"1.00.0004\"\nSMP_PLATE \"12345678\"\n"
         "SMP_CALIBRATED \"2026-11-20T10:42:10+01:00\"\n"
         "SMP_DEVICE_WARNINGS \"lamp battery\"\nSMP_SITE \"crown\"\nSMP_STATE bare\n"
         "SMP_PLACEMENTS 3\nSMP_TRIGGERS \"2\"\nSMP_SPREAD_DE00 0.25\n",
         "SAMPLE_ID SAMPLE_NAME SMP_SPECULAR ",
         "scalp \"scalp crown\" SCE 10 20 30 40 50 60\n"
         "scalp-sci \"scalp crown\" sci 14 20 30 40 50 60")},
    {"a.csv",
     "id,name,kind,specular,geometry,aperture_mm,instrument,serial,firmware,plate,"
     "calibrated,device_warnings,site,state,placements,triggers,spread_de00,400,410,420,"
     "430,440,450\n"
     "scalp,scalp crown,,sce,d/8,8,CM-700d,10203040,1.00.0004,12345678,"
     "2026-11-20T09:42:10Z,lamp battery,crown,bare,3,2,0.25,.1,.2,.3,.4,.5,.6\n"
     "scalp-sci,scalp crown,,sci,d/8,8,CM-700d,10203040,1.00.0004,12345678,"
     "2026-11-20T09:42:10Z,lamp battery,crown,bare,3,2,0.25,.14,.2,.3,.4,.5,.6\n"},
    {"a.json",
     JSON("scan",
          "\"specular\":\"sce\",\"geometry\":\"d/8\",\"aperture_mm\":8,\"instrument\":"
          "\"CM-700d\",\"serial\":\"10203040\",\"firmware\":\"1.00.0004\",\"plate\":"
          "\"12345678\",\"calibrated\":\"2026-11-20T09:42:10Z\",\"device_warnings\":"
          "\"lamp battery\",\"placements\":3,\"triggers\":2",
          "\"id\":\"scalp\",\"name\":\"scalp crown\","
          "\"site\":\"crown\",\"state\":\"bare\","
          "\"reads\":[{},{},{}],\"spread_de00\":0.25,\"reflectance\":" VALUES(
              "0.1") ",\"reflectance_sci\":" VALUES("0.14"))},
};

START_TEST(a_scan_in_both_modes_is_read_with_all_its_conditions)
{
    static const struct sample_conditions expected = {
        .geometry = "d/8",
        .aperture_mm = 8,
        .instrument = "CM-700d",
        .serial = "10203040",
        .firmware = "1.00.0004",
        .plate = "12345678",
        .calibrated = "2026-11-20T09:42:10Z",
        .device_warnings = "lamp battery",
        .site = "crown",
        .state = "bare",
        .placements = 3,
        .triggers = 2,
        .spread_de00 = 0.25,
    };
    struct sample_set set;
    must_read(scans[_i].name, scans[_i].text, &set);
    for (size_t i = 0; i < SAMPLE_CONDITIONS; i++) {
        const struct sample_condition *condition = &sample_condition_list[i];
        char read[SAMPLE_CONDITION_TEXT_MAX], wanted[SAMPLE_CONDITION_TEXT_MAX];
        ck_assert_msg(sample_condition_known(condition, &expected), "%s",
                      condition->name);
        sample_condition_text(condition, &expected, wanted);
        sample_condition_text(condition, &set.conditions, read);
        ck_assert_str_eq(read, wanted);
    }
    ck_assert_uint_eq(set.count, 2);
    ck_assert(sample_is_pair(&set, 0));
    ck_assert_str_eq(set.info[0].id, "scalp");
    ck_assert_str_eq(set.info[1].id, "scalp-sci");
    ck_assert_str_eq(set.info[1].name, "scalp crown");
    ck_assert_double_eq_tol(set.value[0], 0.1, 1e-12);
    ck_assert_double_eq_tol(set.value[6], 0.14, 1e-12);
    sample_set_free(&set);
}
END_TEST

/* Written before scans kept more than this. */
static const struct {
    const char *name, *text;
} older[] = {
    {"a.cgats",
     CGATS(
         "INSTRUMENTATION \"CM-700d 10203040\"\nMEASUREMENT_GEOMETRY \"d/8\"\n"
         "KEYWORD \"SMP_SPECULAR\"\nSMP_SPECULAR \"SCE\"\nKEYWORD \"SMP_SIMULATED\"\n"
         "SMP_SIMULATED \"yes\"\nKEYWORD \"SMP_APERTURE_MM\"\nSMP_APERTURE_MM \"8.00\"\n",
         "SAMPLE_ID SAMPLE_NAME ", "\"1\" \"scalp crown\" 10 20 30 40 50 60")},
    {"a.csv", "id,name,kind,specular,geometry,aperture_mm,instrument,simulated,400,410,"
              "420,430,440,450\n\"1\",\"scalp crown\",reflectance,sce,\"d/8\",8,"
              "\"CM-700d 10203040\",yes,.1,.2,.3,.4,.5,.6\n"},
    {"a.json",
     JSON("scan",
          "\"specular\":\"sce\",\"geometry\":\"d/8\",\"aperture_mm\":8.0,"
          "\"instrument\":\"CM-700d 10203040\",\"simulated\":true",
          "\"kind\":\"scalp\",\"name\":\"scalp crown\",\"reflectance\":" VALUES("0.1"))},
};

START_TEST(a_file_of_an_older_version_is_read_as_before)
{
    struct sample_set set;
    must_read(older[_i].name, older[_i].text, &set);
    ck_assert_uint_eq(set.count, 1);
    ck_assert_str_eq(set.info[0].id, "1");
    ck_assert_str_eq(set.info[0].name, "scalp crown");
    ck_assert_int_eq(set.info[0].specular, SAMPLE_SPECULAR_EX);
    ck_assert_int_eq(set.conditions.origin, SAMPLE_SIMULATED);
    ck_assert_str_eq(set.conditions.geometry, "d/8");
    ck_assert_str_eq(set.conditions.instrument, "CM-700d 10203040");
    ck_assert_double_eq(set.conditions.aperture_mm, 8);
    ck_assert_str_eq(set.conditions.calibrated, "");
    ck_assert_uint_eq(set.conditions.placements, 0);
    sample_set_free(&set);
}
END_TEST

/* One sample of a document, with more before its reflectance. */
#define SAMPLE(more, first) "{" more "\"reflectance\":" VALUES(first) "}"

START_TEST(a_color_document_may_hold_samples_of_either_mode)
{
    static const char text[] =
        JSON("color", "",
             "\"samples\":[" SAMPLE("\"specular\":\"sci\",", "0.1") "," SAMPLE(
                 "\"specular\":\"sce\",", "0.2") "," SAMPLE("", "0.3") "]");
    struct sample_set set;
    must_read("a.json", text, &set);
    ck_assert_int_eq(set.info[0].specular, SAMPLE_SPECULAR_IN);
    ck_assert_int_eq(set.info[1].specular, SAMPLE_SPECULAR_EX);
    ck_assert_int_eq(set.info[2].specular, SAMPLE_SPECULAR_UNKNOWN);
    ck_assert_int_eq(sample_specular_common(&set), SAMPLE_SPECULAR_UNKNOWN);
    sample_set_free(&set);
}
END_TEST

/* A skin document's reflectance is what the model was given, whatever was measured. */
START_TEST(what_a_document_says_of_all_samples_goes_before_what_one_says)
{
    struct sample_set set;
    must_read("a.json",
              JSON("skin", "\"specular\":\"sce\"",
                   "\"samples\":[" SAMPLE("\"specular\":\"sci\",", "0.1") "]"),
              &set);
    ck_assert_int_eq(set.info[0].specular, SAMPLE_SPECULAR_EX);
    sample_set_free(&set);
}
END_TEST

/* -- pairs ------------------------------------------------------------------------- */

#define IN       .specular = SAMPLE_SPECULAR_IN
#define EX       .specular = SAMPLE_SPECULAR_EX
#define ID_OF_63 "012345678901234567890123456789012345678901234567890123456789012"

static const struct {
    struct sample_info info[2];
    bool pair;
} pairs[] = {
    {{{"a", "n", EX}, {"a-sci", "n", IN}}, true},
    {{{"a", "", EX}, {"a-sci", "", IN}}, true},
    {{{ID_OF_63, "", EX},
      {"01234567890123456789012345678901234567890123456789012345678-sci", "", IN}},
     true},
    {{{"a", "n", IN}, {"a-sci", "n", IN}}, false},
    {{{"a", "n", EX}, {"a-sci", "n", EX}}, false},
    {{{"a", "n", .specular = SAMPLE_SPECULAR_UNKNOWN}, {"a-sci", "n", IN}}, false},
    {{{"a-sci", "n", IN}, {"a", "n", EX}}, false},
    {{{"a", "n", EX}, {"b-sci", "n", IN}}, false},
    {{{"a", "n", EX}, {"a-SCI", "n", IN}}, false},
    {{{"a", "n", EX}, {"a", "n", IN}}, false},
    {{{"a", "n", EX}, {"a-sci", "m", IN}}, false},
};

START_TEST(a_pair_is_one_name_and_an_id_that_says_so)
{
    struct sample_info info[2] = {pairs[_i].info[0], pairs[_i].info[1]};
    struct sample_set set = {.count = 2, .info = info};
    ck_assert_int_eq(sample_is_pair(&set, 0), pairs[_i].pair);
    ck_assert(!sample_is_pair(&set, 1)); /* nothing is behind the last */
}
END_TEST

/* -- the list ---------------------------------------------------------------------- */

START_TEST(each_condition_takes_what_it_gives_and_no_other_changes)
{
    const struct sample_condition *condition = &sample_condition_list[_i];
    struct sample_conditions conditions = {.aperture_mm = 0};
    char text[SAMPLE_CONDITION_TEXT_MAX];
    ck_assert(!sample_condition_known(condition, &conditions));
    sample_condition_text(condition, &conditions, text);
    ck_assert_str_eq(text, "");
    switch (condition->type) {
    case SAMPLE_CONDITION_NUMBER:
    case SAMPLE_CONDITION_COUNT:
        ck_assert_int_eq(sample_condition_set_number(condition, 7, &conditions),
                         STATUS_OK);
        break;
    case SAMPLE_CONDITION_TEXT:
    case SAMPLE_CONDITION_TIME:
        ck_assert_int_eq(
            sample_condition_set_text(condition, "2026-11-20T09:42:10Z", &conditions),
            STATUS_OK);
        break;
    }
    for (size_t i = 0; i < SAMPLE_CONDITIONS; i++)
        ck_assert_int_eq(sample_condition_known(&sample_condition_list[i], &conditions),
                         i == (size_t)_i);
}
END_TEST

START_TEST(what_a_condition_may_not_be_is_refused_and_leaves_it_alone)
{
    const struct sample_condition *condition = &sample_condition_list[_i];
    struct sample_conditions conditions = {.aperture_mm = 0};
    char long_text[SAMPLE_CONDITION_TEXT_MAX + 1];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    switch (condition->type) {
    case SAMPLE_CONDITION_COUNT:
        ck_assert_int_eq(sample_condition_set_number(condition, 1.5, &conditions),
                         STATUS_OUT_OF_RANGE);
        /* fall through */
    case SAMPLE_CONDITION_NUMBER:
        ck_assert_int_eq(sample_condition_set_number(condition, -1, &conditions),
                         STATUS_OUT_OF_RANGE);
        ck_assert_int_eq(
            sample_condition_set_number(condition, condition->most + 1, &conditions),
            STATUS_OUT_OF_RANGE);
        break;
    case SAMPLE_CONDITION_TIME:
        ck_assert_int_eq(
            sample_condition_set_text(condition, "2026-02-31T00:00:00Z", &conditions),
            STATUS_BAD_DATA);
        ck_assert_int_eq(sample_condition_set_text(condition, long_text, &conditions),
                         STATUS_BAD_DATA);
        break;
    case SAMPLE_CONDITION_TEXT:
        ck_assert_int_eq(sample_condition_set_text(condition, long_text, &conditions),
                         STATUS_OUT_OF_RANGE);
        ck_assert_int_eq(sample_condition_set_text(condition, "a\x1B[31m", &conditions),
                         STATUS_BAD_DATA);
        break;
    }
    ck_assert(!sample_condition_known(condition, &conditions));
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("sample_condition");
    TCase *t = tcase_create("sample_condition");
    tcase_add_loop_test(t, a_scan_in_both_modes_is_read_with_all_its_conditions, 0,
                        sizeof scans / sizeof scans[0]);
    tcase_add_loop_test(t, a_file_of_an_older_version_is_read_as_before, 0,
                        sizeof older / sizeof older[0]);
    tcase_add_test(t, a_color_document_may_hold_samples_of_either_mode);
    tcase_add_test(t, what_a_document_says_of_all_samples_goes_before_what_one_says);
    tcase_add_loop_test(t, a_pair_is_one_name_and_an_id_that_says_so, 0,
                        sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(t, each_condition_takes_what_it_gives_and_no_other_changes, 0,
                        SAMPLE_CONDITIONS);
    tcase_add_loop_test(t, what_a_condition_may_not_be_is_refused_and_leaves_it_alone, 0,
                        SAMPLE_CONDITIONS);
    suite_add_tcase(s, t);
    return s;
}
