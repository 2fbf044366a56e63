/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are wrong by accident or by intent: each is refused with its place. */
#include "colorlib/sample.h"

#include <math.h>
#include <sys/stat.h>

#include "tests/colorlib/sample_files.h"
#include "tests/runner.h"

#define SIX(prefix)                                                                      \
    prefix "400 " prefix "410 " prefix "420 " prefix "430 " prefix "440 " prefix "450"
#define CGATS(keywords, fields, row)                                                     \
    "CGATS.17\n" keywords "BEGIN_DATA_FORMAT\n" fields "\nEND_DATA_FORMAT\n"             \
    "BEGIN_DATA\n" row "\nEND_DATA\n"
#define HEAD           "400,410,420,430,440,450\n"
#define JSON(inner)    "{\"schema\":\"scalptone/1\",\n" inner "}"
#define SPECTRA(inner) JSON("\"kind\":\"spectra\",\"data\":{\"samples\":[\n" inner "]}")
#define ID_OF_64       "0123456789012345678901234567890123456789012345678901234567890123"

static const struct {
    const char *name, *text;
    size_t line, column;
    const char *quoted;
} hostile[] = {
    /* any text */
    {"a.txt", "CGATS.17\nA \"b\xFF\"\n", 2, 5, "0xFF"},
    {"a.txt", "CGATS.17\nA \"\xC0\xAF\"\n", 2, 4, "UTF-8"},
    {"a.txt", "CGATS.17\nA \"\xED\xA0\x80\"\n", 2, 4, "UTF-8"},
    {"a.txt", "CGATS.17\nA \"\xC3\"\n", 2, 4, "UTF-8"},
    {"a.txt", "CGATS.17\nA \"\x1B[31m\"\n", 2, 4, "0x1B"},
    {"a.txt", "CGATS.17\nA \"\xC2\x9B\"\n", 2, 4, "0x9B"},
    {"a.txt", "CGATS.17\rA 1\r", 1, 9, "0x0D"},
    {"a.csv", "", 1, 1, "empty"},
    {"a.txt", "", 1, 1, "empty"},
    {"a.json", "", 1, 1, "expected"},
    {"a", "", 1, 1, "empty"},
    /* CGATS */
    {"a.txt", CGATS("", SIX("SPEC_"), ""), 8, 1, "no sample"},
    {"a.txt", CGATS("", SIX("SPEC_"), "10 20 30 40 50"), 6, 13, "5 fields"},
    {"a.txt", CGATS("", SIX("SPEC_"), "10 20 30 40 50 60 70"), 6, 19, "7 fields"},
    {"a.txt", CGATS("", SIX("SPEC_"), "10 20 30 40 nan 60"), 6, 13, "nan"},
    {"a.txt", CGATS("", SIX("SPEC_"), "10 20 30 40 1e999 60"), 6, 13, "1e999"},
    {"a.txt", CGATS("", SIX("SPEC_"), "10 20 30 40,5 50 60"), 6, 10, "decimal comma"},
    {"a.txt", CGATS("", SIX("SPEC_"), "10 20 30 \"\" 50 60"), 6, 11, "SPEC_430 is empty"},
    {"a.txt", CGATS("", SIX("SPEC_"), "10 20 30 0x10 50 60"), 6, 10, "0x10"},
    {"a.txt", CGATS("NUMBER_OF_SETS 1000000000\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 16,
     "1000000000"},
    {"a.txt", CGATS(".INCLUDE \"/etc/passwd\"\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 1,
     ".INCLUDE"},
    {"a.txt", CGATS("", SIX("SPEC_"), ".1 .2 .3 .4 .5 1.2"), 6, 16, "--scale"},
    {"a.txt", CGATS("", SIX("SPEC_"), "10 20 30 40 50 201"), 6, 16, "201"},
    {"a.txt", CGATS("", SIX("SPEC_"), "10 20 -6 40 50 60"), 6, 7, "-6"},
    {"a.txt", CGATS("SPECTRAL_NORM 1\n", SIX("SPEC_"), "1 2 3 4 5 6"), 7, 11, "6"},
    {"a.txt", CGATS("SPECTRAL_NORM 0\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 15, "positive"},
    {"a.txt", CGATS("SPECTRAL_NORM x\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 15, "x"},
    {"a.txt", CGATS("SMP_SPECULAR maybe\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 14, "maybe"},
    {"a.txt", CGATS("SMP_APERTURE_MM -3\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 17, "-3"},
    {"a.txt", CGATS("SMP_PLACEMENTS 2.5\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 16, "whole"},
    {"a.txt", CGATS("SMP_TRIGGERS 1e99\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 14, "1e99"},
    {"a.txt", CGATS("SMP_SPREAD_DE00 nan\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 17, "nan"},
    {"a.txt", CGATS("SMP_CALIBRATED yesterday\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 16,
     "yesterday"},
    {"a.txt", CGATS("SMP_SERIAL " ID_OF_64 "\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 12,
     "SMP_SERIAL"},
    {"a.txt", CGATS("SMP_SITE \"a\tb\"\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 11, "a tab"},
    {"a.txt",
     CGATS("", "SMP_SPECULAR " SIX("SPEC_"), "SCE 1 2 3 4 5 6\nboth 1 2 3 4 5 6"), 7, 1,
     "both"},
    {"a.txt", CGATS("MEAS_TYPE \"TRANSMISSIVE\"\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 12,
     "TRANSMISSIVE"},
    {"a.txt", CGATS("", SIX("SPEC_") " R_450", "1 2 3 4 5 6 7"), 3, 55,
     "450 nm stands twice"},
    {"a.txt", CGATS("", "R_400 R_410 R_420 R_430 R_440 R_455", "1 2 3 4 5 6"), 3, 1,
     "evenly"},
    {"a.txt", CGATS("", "R_400 R_410 R_420 R_430 R_440", "1 2 3 4 5"), 3, 1, "5 wave"},
    {"a.txt", CGATS("", "R_200 R_210 R_220", "1 2 3"), 3, 1, "0 wave"},
    {"a.txt", CGATS("", "A B", "1 2"), 3, 1, "no spectral columns"},
    {"a.txt",
     CGATS("SPECTRAL_BANDS 7\nSPECTRAL_START_NM 400\nSPECTRAL_END_NM 450\n", SIX("SPEC_"),
           "1 2 3 4 5 6"),
     2, 16, "SPECTRAL_BANDS"},
    {"a.txt",
     CGATS("SPECTRAL_BANDS 6\nSPECTRAL_START_NM 400\nSPECTRAL_END_NM 460\n", SIX("SPEC_"),
           "1 2 3 4 5 6"),
     6, 10, "keywords put 412 nm"},
    {"a.txt", CGATS("SPECTRAL_START_NM x\n", SIX("SPEC_"), "1 2 3 4 5 6"), 2, 19, "x"},
    {"a.txt", CGATS("", "SAMPLE_ID " SIX("R_"), ID_OF_64 " 1 2 3 4 5 6"), 6, 1,
     "longer than 63"},
    {"a.sp",
     "SPECT\nBEGIN_DATA_FORMAT\n" SIX(
         "R_") "\nEND_DATA_FORMAT\nBEGIN_DATA\n"
               "1 2 3 4 5 6\nEND_DATA\nSPECT\nSPECTRAL_NORM 1\nBEGIN_DATA_FORMAT\n" SIX(
                   "R_") "\nEND_DATA_FORMAT\nBEGIN_DATA\n.1 .2 .3 .4 .5 .6\nEND_DATA\n",
     8, 1, "scale"},
    {"a.sp",
     "SPECT\nBEGIN_DATA_FORMAT\n" SIX(
         "R_") "\nEND_DATA_FORMAT\nBEGIN_DATA\n"
               "1 2 3 4 5 6\nEND_DATA\nSPECT\nBEGIN_DATA_FORMAT\n"
               "R_405 R_415 R_425 R_435 R_445 R_455\nEND_DATA_FORMAT\nBEGIN_DATA\n"
               "1 2 3 4 5 6\nEND_DATA\n",
     10, 1, "other wavelengths"},
    /* CSV */
    {"a.csv", "# only a comment\n", 2, 1, "empty"},
    {"a.csv", HEAD, 2, 1, "no sample"},
    {"a.csv", "id;400;410;420;430;440;450\na;1;2;3;4;5;6", 1, 3, "semicolons"},
    {"a.csv", "id,name\na,b\n", 1, 1, "no column"},
    {"a.csv", HEAD "1,2,3,4,5\n", 2, 10, "5 columns"},
    {"a.csv", HEAD "1,2,3,4,5,6,7\n", 2, 13, "decimal comma"},
    {"a.csv", HEAD "0,1,0,2,0,3,0,4,0,5,0,6\n", 2, 13, "decimal comma"},
    {"a.csv", HEAD "1,2,3,\"4,5\",5,6\n", 2, 8, "\"4,5\" in 430 has a decimal comma"},
    {"a.csv", HEAD "1,2,3,,5,6\n", 2, 7, "430 is empty"},
    {"a.csv", HEAD "1,2,3,inf,5,6\n", 2, 7, "inf"},
    {"a.csv", HEAD "1,2,3,4,5,\"6\n", 2, 11, "never closed"},
    {"a.csv", HEAD "1,2,3,4,5,\"6\"x\n", 2, 14, "comma behind"},
    {"a.csv", HEAD "1,2,3,4,5,6\"\n", 2, 12, "quote inside"},
    {"a.csv", HEAD "1,2,3,4,5,4.9\n1,2,3,4,4,4\n", 2, 9, "--scale"},
    {"a.csv", HEAD "-.1,.2,.3,.4,.5,.6\n", 2, 1, "-0.1"},
    {"a.csv", HEAD "1,2,3,4,5,6\n1,2,3,4,5,600\n", 3, 11, "600"},
    {"a.csv", "400,400,420,430,440,450\n1,2,3,4,5,6", 1, 5, "twice"},
    {"a.csv", "id,name,kind,400,410,420,430,440,450\n" ID_OF_64 ",,,1,1,1,1,1,1", 2, 1,
     "longer than 63"},
    {"a.csv", "id,name,kind,400,410,420,430,440,450\na,\"b\nc\",,1,1,1,1,1,1", 2, 4,
     "line break"},
    {"a.csv",
     "id,name,kind,geometry,400,410,420,430,440,450\na,,,d/8,1,1,1,1,1,1\n"
     "b,,,45/0,1,1,1,1,1,1\n",
     3, 5, "differs"},
    {"a.csv", "id,name,kind,aperture_mm,400,410,420,430,440,450\na,,,wide,1,1,1,1,1,1\n",
     2, 5, "wide"},
    {"a.csv", "id,name,kind,specular,400,410,420,430,440,450\na,,,x,1,1,1,1,1,1", 2, 5,
     "specular is \"x\""},
    {"a.csv",
     "id,name,kind,specular,400,410,420,430,440,450\na,,,sce,1,1,1,1,1,1\n"
     "b,,,both,1,1,1,1,1,1\n",
     3, 5, "specular is \"both\""},
    {"a.csv",
     "id,name,kind,calibrated,400,410,420,430,440,450\na,,,2026-02-31,1,1,1,1,1,1\n", 2,
     5, "2026-02-31"},
    {"a.csv", "id,name,kind,triggers,400,410,420,430,440,450\na,,,-1,1,1,1,1,1,1\n", 2, 5,
     "whole number from 0"},
    {"a.csv",
     "id,name,kind,placements,400,410,420,430,440,450\na,,,3,1,1,1,1,1,1\n"
     "b,,,5,1,1,1,1,1,1\n",
     3, 5, "differs"},
    {"a.csv",
     "id,name,kind,device_warnings,400,410,420,430,440,450\na,,,\"" ID_OF_64 ID_OF_64
     "\",1,1,1,1,1,1\n",
     2, 6, "longer than 127"},
    {"a.csv", "nm,a\n", 1, 1, "no wavelength"},
    {"a.csv", "nm,a\n400,1\n410,1\nx,1\n", 4, 1, "x"},
    {"a.csv", "nm,a\n400,1\n410,1\n420,x\n430,1\n440,1\n450,6", 4, 5, "x"},
    {"a.csv", "nm\n400\n410\n420\n430\n440\n450", 7, 4, "no sample"},
    {"a.csv", "nm," ID_OF_64 "\n400,1\n410,1\n420,1\n430,1\n440,1\n450,6", 1, 4,
     "longer than 63"},
    /* JSON */
    {"a.json", "{\"schema\":\n", 1, 11, "end of file"},
    {"a.json", "{\"a\":1,\n\"a\":2}", 2, 3, "duplicate"},
    {"a.json", "{\"a\":NaN}", 1, 8, "invalid"},
    {"a.json", "{\"a\":1e999}", 1, 10, "overflow"},
    {"a.json", "{\"a\":\"\\u0000\"}", 1, 7, "NUL"},
    {"a.json", "{\"a\":1} x", 1, 9, "end of file"},
    {"a.json", "[1]", 1, 1, "schema"},
    {"a.json", "{\"x\":[{\"schema\":0}],\n \"schema\":\"other/1\"}", 2, 11, "schema"},
    {"a.json", JSON("\"kind\": \"doctor\""), 2, 9, "kind"},
    {"a.json", JSON("\"kind\": \"spectra\""), 2, 19, "no sample"},
    {"a.json", JSON("\"conditions\": {\"geometry\": \"\\u001b[2J\"}"), 2, 28, "geometry"},
    {"a.json", JSON("\"conditions\": {\"instrument\": 7}"), 2, 15, "instrument"},
    {"a.json", JSON("\"conditions\": {\"specular\": \"both\"}"), 2, 28, "specular"},
    {"a.json", JSON("\"conditions\": {\"calibrated\": \"soon\"}"), 2, 30, "calibrated"},
    {"a.json", JSON("\"conditions\": {\"placements\": -1}"), 2, 30, "placements"},
    {"a.json", JSON("\"conditions\": {\"triggers\": 1.5}"), 2, 28, "whole number"},
    {"a.json", JSON("\"conditions\": {\"aperture_mm\": \"8\"}"), 2, 15, "aperture_mm"},
    {"a.json", JSON("\"conditions\": {\"serial\": [1]}"), 2, 15, "serial"},
    {"a.json", JSON("\"conditions\": {\"plate\": \"\\u0007\"}"), 2, 25, "plate"},
    {"a.json", JSON("\"kind\":\"scan\",\"data\":{\"site\":7}"), 2, 22, "site"},
    {"a.json",
     SPECTRA("{\"specular\":\"x\",\"reflectance\":{\"start_nm\":400,"
             "\"step_nm\":10,\"values\":[1,1,1,1,1,1]}}"),
     3, 13, "sci or sce"},
    {"a.json", SPECTRA("{\"id\":\"a\"}"), 3, 1, "no spectrum"},
    {"a.json", SPECTRA("{\"reflectance\":{}}"), 3, 16, "start_nm"},
    {"a.json",
     SPECTRA("{\"reflectance\":{\"start_nm\":400,\"step_nm\":10,\n"
             "\"values\":[1,1,1,\"1\",1,1]}}"),
     4, 10, "numbers"},
    {"a.json",
     SPECTRA("{\"reflectance\":{\"start_nm\":400,\"step_nm\":10,\n"
             "\"values\":[0.1,1,1,-1,1,1]}}"),
     4, 19, "-1"},
    {"a.json",
     SPECTRA("{\"reflectance\":{\"start_nm\":400,\"step_nm\":10,\n"
             "\"values\":[0.1,1,1,41,1,1]}}"),
     4, 19, "41"},
    {"a.json",
     SPECTRA("{\"reflectance\":{\"start_nm\":400,\"step_nm\":0,\n"
             "\"values\":[1,1,1,1,1,1]}}"),
     3, 16, "twice"},
    {"a.json",
     SPECTRA("{\"reflectance\":{\"start_nm\":400,\"step_nm\":10,"
             "\"values\":[1,1,1,1,1,1]}},\n"
             "{\"id\": \"\\\"{[\", \"reflectance\":{\"start_nm\":410,\"step_nm\":10,"
             "\"values\":[1,1,1,1,1,1]}}"),
     4, 30, "other wavelengths"},
};

START_TEST(a_wrong_file_is_refused_with_line_column_and_what_offends)
{
    struct sample_set set = {.count = 77};
    struct fault fault = {0};
    ck_assert_int_eq(read_as(hostile[_i].name, hostile[_i].text, &set, &fault),
                     STATUS_BAD_DATA);
    ck_assert_msg(fault.line == hostile[_i].line && fault.column == hostile[_i].column,
                  "%s: %zu:%zu: %s", hostile[_i].text, fault.line, fault.column,
                  fault.text);
    ck_assert_msg(strstr(fault.text, hostile[_i].quoted) != NULL, "%s", fault.text);
    ck_assert_uint_eq(set.count, 77);
}
END_TEST

static const struct {
    const char *name, *text;
} colors[] = {
    {"a.txt", CGATS("", "SAMPLE_ID LAB_L LAB_A LAB_B", "a 50 0 0")},
    {"a.ti3", CGATS("", "SAMPLE_ID RGB_R XYZ_X XYZ_Y XYZ_Z", "a 1 50 50 50")},
    {"a.json", JSON("\"kind\":\"scan\",\"data\":{\"lab\":[50,0,0]}")},
    {"a.json", JSON("\"kind\":\"match\",\"data\":{\"recipes\":[{\"predicted\":"
                    "{\"lab\":[50,0,0]}}]}")},
    {"a.json", SPECTRA("{\"id\":\"a\",\"lab\":[50,0,0]}")},
    {"a.json", SPECTRA("{\"id\":\"a\",\"colors\":[{\"lab\":[50,0,0]}]}")},
};

START_TEST(colors_without_spectra_are_told_from_malformed_files)
{
    struct sample_set set;
    struct fault fault = {0};
    ck_assert_int_eq(read_as(colors[_i].name, colors[_i].text, &set, &fault),
                     STATUS_NEEDS_SPECTRUM);
    ck_assert_uint_gt(fault.line, 0);
    ck_assert_ptr_nonnull(strstr(fault.text, "color"));
}
END_TEST

START_TEST(a_zero_byte_is_refused)
{
    struct sample_set set;
    struct fault fault = {0};
    const char text[] = HEAD "1,2,3\0,4,5,6";
    ck_assert_int_eq(read_bytes("a.csv", text, sizeof text - 1, NULL, &set, &fault),
                     STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 2);
    ck_assert_uint_eq(fault.column, 6);
}
END_TEST

START_TEST(sixteen_mebibytes_are_read_and_one_byte_more_is_not)
{
    enum { SIZE = 16 << 20 };
    const char text[] = HEAD "1,2,3,4,5,6\n";
    char *padded = malloc(SIZE + 1);
    ck_assert_ptr_nonnull(padded);
    memset(padded, '\n', SIZE + 1);
    memcpy(padded, text, strlen(text));
    struct sample_set set;
    struct fault fault = {0};
    ck_assert_int_eq(read_bytes("a.csv", padded, SIZE, NULL, &set, &fault), STATUS_OK);
    sample_set_free(&set);
    ck_assert_int_eq(read_bytes("a.csv", padded, SIZE + 1, NULL, &set, &fault),
                     STATUS_BAD_DATA);
    ck_assert_ptr_nonnull(strstr(fault.text, "16 MiB"));
    free(padded);
}
END_TEST

/* A text of a line many times over. */
static enum status read_repeated(const char *name, const char *head, const char *line,
                                 size_t times, const char *tail, struct fault *fault)
{
    size_t head_length = strlen(head), length = strlen(line), tail_length = strlen(tail);
    size_t size = head_length + times * length + tail_length;
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    memcpy(text, head, head_length);
    for (size_t i = 0; i < times; i++)
        memcpy(text + head_length + i * length, line, length);
    memcpy(text + size - tail_length, tail, tail_length);
    struct sample_set set = {0};
    enum status status = read_bytes(name, text, size, NULL, &set, fault);
    sample_set_free(&set);
    free(text);
    return status;
}

static const struct {
    const char *name, *head, *line, *tail;
    size_t times; /* one more than is allowed */
} excesses[] = {
    {"a.csv", HEAD, "1,2,3,4,5,6\n", "", 100001}, {"a.csv", "400", ",1", "\n", 1024},
    {"a.csv", "nm,a\n", "400,1\n", "", 1025},     {"a.json", "{\"a\":", "[", "", 100000},
    {"a.json", "{\"a\":", "{\"b\":", "", 100000},
};

START_TEST(more_than_the_limits_is_refused)
{
    struct fault fault = {0};
    ck_assert_int_eq(read_repeated(excesses[_i].name, excesses[_i].head,
                                   excesses[_i].line, excesses[_i].times,
                                   excesses[_i].tail, &fault),
                     STATUS_BAD_DATA);
    ck_assert_uint_gt(fault.line, 0);
    ck_assert_uint_gt(fault.column, 0);
}
END_TEST

/* -- a corpus made from sound files ------------------------------------------------- */

static const struct {
    const char *name, *text;
} sound[] = {
    {"a.txt", CGATS("ORIGINATOR \"me\"\nKEYWORD \"SMP_SPECULAR\"\nSMP_SPECULAR \"SCE\"\n"
                    "SPECTRAL_NORM \"100\" # percent\nNUMBER_OF_FIELDS 8\n",
                    "SAMPLE_ID SAMPLE_NAME " SIX("SPEC_"),
                    "a \"b c\" 10 20.5 30 4e1 50 60\nb \"\" 1 2 3 4 5 6")},
    {"a.csv", "id,name,kind,specular,400,410,420,430,440,450\n"
              "a,\"b, \"\"c\"\"\",reflectance,sce,.1,0.2,3e-1,.4,.5,.6\n"
              "b,\xC3\xA4,reflectance,sce,.1,0.2,3e-1,.4,.5,.6\n"},
    {"a.txt", CGATS("KEYWORD \"SMP_SPECULAR\"\nSMP_CALIBRATED \"2026-11-20T09:42:10Z\"\n"
                    "SMP_DEVICE_WARNINGS \"lamp battery\"\nSMP_PLACEMENTS 3\n"
                    "SMP_SPREAD_DE00 0.25\n",
                    "SAMPLE_ID SAMPLE_NAME SMP_SPECULAR " SIX("SPEC_"),
                    "a b SCE 10 20.5 30 4e1 50 60\na-sci b SCI 11 21 31 41 51 61")},
    {"a.csv", "id,name,kind,specular,calibrated,triggers,400,410,420,430,440,450\n"
              "a,b,,sce,2026-11-20T09:42:10Z,2,.1,0.2,3e-1,.4,.5,.6\n"
              "a-sci,b,,sci,2026-11-20T09:42:10Z,2,.1,0.2,3e-1,.4,.5,.6\n"},
    {"a.json",
     JSON("\"kind\":\"scan\",\"conditions\":{\"calibrated\":\"2026-11-20T09:42:10Z\","
          "\"placements\":3},\"data\":{\"site\":\"crown\",\"reflectance\":{"
          "\"start_nm\":400,\"step_nm\":10,\"values\":[0.1,0.2,0.3,4e-1,0.5,0.6]},"
          "\"reflectance_sci\":{\"start_nm\":400,\"step_nm\":10,"
          "\"values\":[0.1,0.2,0.3,4e-1,0.5,0.6]}}")},
    {"a.csv", "nm,a,b\n400,10,11\n410,20,11\n420,10,11\n430,10,11\n440,10,11\n450,9,9\n"},
    {"a.json", JSON("\"kind\":\"spectra\",\"conditions\":{\"specular\":\"sce\","
                    "\"aperture_mm\":8},\"data\":{\"samples\":[{\"id\":\"a\",\"name\":"
                    "\"\\u00e4\",\"reflectance\":{\"start_nm\":400,\"step_nm\":10,"
                    "\"values\":[0.1,0.2,0.3,4e-1,0.5,0.6]}}]}")},
};

enum { SOUND = sizeof sound / sizeof sound[0] };

/* Whatever a file holds, it is read or refused with a place; the sanitizers watch. */
static void check_outcome(const char *path, const char *bytes, size_t size)
{
    FILE *stream = fopen(path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(bytes, 1, size, stream), size);
    fclose(stream);
    struct sample_set set = {.count = 77};
    struct fault fault = {0};
    enum status status = sample_read(path, NULL, &set, &fault);
    if (status == STATUS_OK) {
        ck_assert_uint_gt(set.count, 0);
        for (size_t i = 0; i < set.count * set.grid.count; i++)
            ck_assert(isfinite(set.value[i]));
        sample_set_free(&set);
    } else {
        ck_assert_msg(fault.line > 0 && fault.column > 0, "no place: %s", fault.text);
        ck_assert_str_ne(fault.text, "");
        ck_assert_uint_eq(set.count, 77);
    }
}

START_TEST(a_file_cut_anywhere_is_read_or_refused_with_its_place)
{
    struct scratch scratch = scratch_make(sound[_i].name);
    for (size_t size = 0; size <= strlen(sound[_i].text); size++)
        check_outcome(scratch.path, sound[_i].text, size);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_file_with_any_byte_changed_is_read_or_refused_with_its_place)
{
    static const char bytes[] = "\0\n\r\t \"#,;.-0eE9{[]}:\\'\x7F\x80\xC3\xFF";
    struct scratch scratch = scratch_make(sound[_i].name);
    size_t size = strlen(sound[_i].text);
    char *text = strdup(sound[_i].text);
    ck_assert_ptr_nonnull(text);
    for (size_t at = 0; at < size; at++) {
        for (size_t i = 0; i < sizeof bytes - 1; i++) {
            text[at] = bytes[i];
            check_outcome(scratch.path, text, size);
        }
        text[at] = sound[_i].text[at];
    }
    free(text);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_file_with_any_byte_left_out_or_doubled_is_read_or_refused_with_its_place)
{
    struct scratch scratch = scratch_make(sound[_i].name);
    size_t size = strlen(sound[_i].text);
    char *text = malloc(size + 1);
    ck_assert_ptr_nonnull(text);
    for (size_t at = 0; at < size; at++) {
        memcpy(text, sound[_i].text, at);
        memcpy(text + at, sound[_i].text + at + 1, size - at - 1);
        check_outcome(scratch.path, text, size - 1);
        memcpy(text, sound[_i].text, at + 1);
        memcpy(text + at + 1, sound[_i].text + at, size - at);
        check_outcome(scratch.path, text, size + 1);
    }
    free(text);
    scratch_remove(&scratch);
}
END_TEST

/* -- the process around ------------------------------------------------------------- */

START_TEST(an_included_file_is_not_opened)
{
    /* Opening a pipe without a writer would block until the test is killed. */
    struct scratch scratch = scratch_make("pipe");
    ck_assert_int_eq(mkfifo(scratch.path, 0600), 0);
    char text[512];
    snprintf(text, sizeof text, "CGATS.17\n.INCLUDE \"%s\"\n", scratch.path);
    struct sample_set set;
    struct fault fault = {0};
    ck_assert_int_eq(read_as("a.txt", text, &set, &fault), STATUS_BAD_DATA);
    ck_assert_ptr_nonnull(strstr(fault.text, ".INCLUDE"));
    scratch_remove(&scratch);
}
END_TEST

START_TEST(the_standard_input_is_read_by_its_content)
{
    struct scratch scratch = scratch_make("input");
    scratch_fill(&scratch, sound[_i].text, strlen(sound[_i].text));
    ck_assert_ptr_nonnull(freopen(scratch.path, "r", stdin));
    scratch_remove(&scratch);
    struct sample_set set;
    struct fault fault = {0};
    enum status status = sample_read("-", NULL, &set, &fault);
    ck_assert_msg(status == STATUS_OK, "%s", fault.text);
    ck_assert_uint_gt(set.count, 0);
    sample_set_free(&set);
}
END_TEST

static void add_corpus(Suite *s)
{
    TCase *t = tcase_create("corpus");
    tcase_set_timeout(t, 120); /* thousands of files under sanitizers */
    tcase_add_loop_test(t, a_file_cut_anywhere_is_read_or_refused_with_its_place, 0,
                        SOUND);
    tcase_add_loop_test(t, a_file_with_any_byte_changed_is_read_or_refused_with_its_place,
                        0, SOUND);
    tcase_add_loop_test(
        t, a_file_with_any_byte_left_out_or_doubled_is_read_or_refused_with_its_place, 0,
        SOUND);
    suite_add_tcase(s, t);
}

Suite *suite(void)
{
    Suite *s = suite_create("sample_hostile");
    TCase *t = tcase_create("hostile");
    tcase_set_timeout(t, 60); /* 16 MiB under sanitizers on a busy machine */
    tcase_add_loop_test(t, a_wrong_file_is_refused_with_line_column_and_what_offends, 0,
                        sizeof hostile / sizeof hostile[0]);
    tcase_add_loop_test(t, colors_without_spectra_are_told_from_malformed_files, 0,
                        sizeof colors / sizeof colors[0]);
    tcase_add_test(t, a_zero_byte_is_refused);
    tcase_add_test(t, sixteen_mebibytes_are_read_and_one_byte_more_is_not);
    tcase_add_loop_test(t, more_than_the_limits_is_refused, 0,
                        sizeof excesses / sizeof excesses[0]);
    tcase_add_test(t, an_included_file_is_not_opened);
    tcase_add_loop_test(t, the_standard_input_is_read_by_its_content, 0, SOUND);
    suite_add_tcase(s, t);
    add_corpus(s);
    return s;
}
