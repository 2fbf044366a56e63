/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vectors TV-01 to TV-27 are section 11 of the description of the protocol; those
 * that are malformed are in test_protocol_malformed.c, packets in test_line.c,
 * conversations in test_cm700d_*.c. */
#include "driver/cm700d_protocol.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tests/driver/decoding.h"
#include "tests/driver/vectors.h"
#include "tests/runner.h"

#define TEN_TIMES_17600                                                                  \
    "017600,017600,017600,017600,017600,017600,017600,017600,017600,017600"
#define OVER_RANGE TEN_TIMES_17600 "," TEN_TIMES_17600 "," TEN_TIMES_17600 ",017600"

/* ---- commands ---- */

struct sent {
    const char *vector;
    enum cm700d_name name;
    unsigned argument[5];
    const char *hex;
};

static const struct sent sent[] = {
    {"TV-02", CM700D_IDR, {0}, "49 44 52 0D 0A"},
    {"TV-03", CM700D_STR, {0}, "53 54 52 0D 0A"},
    {"TV-04", CM700D_CPR, {0}, "43 50 52 0D 0A"},
    {"TV-04",
     CM700D_CPS,
     {2, 3, 0, 1, 1},
     "43 50 53 2C 32 2C 33 2C 30 30 2C 30 31 2C 30 31 0D 0A"},
    {"TV-05",
     CM700D_CPS,
     {2, 9, 0, 1, 1},
     "43 50 53 2C 32 2C 39 2C 30 30 2C 30 31 2C 30 31 0D 0A"},
    {"TV-06", CM700D_MES, {1}, "4D 45 53 2C 31 0D 0A"},
    {"TV-07", CM700D_ZRC, {0}, "5A 52 43 0D 0A"},
    {"TV-08", CM700D_CAL, {0}, "43 41 4C 0D 0A"},
    {"TV-09", CM700D_MDR, {1}, "4D 44 52 2C 31 0D 0A"},
    {"TV-09", CM700D_MDR, {2}, "4D 44 52 2C 32 0D 0A"},
    {"TV-13", CM700D_SWS, {1}, "53 57 53 2C 31 0D 0A"},
    {"TV-13", CM700D_SWS, {0}, "53 57 53 2C 30 0D 0A"},
    {"TV-13", CM700D_RDR, {1}, "52 44 52 2C 31 0D 0A"},
    {"TV-13", CM700D_RDR, {2}, "52 44 52 2C 32 0D 0A"},
    {"TV-15", CM700D_COR, {1, 2, 4, 6}, "43 4F 52 2C 31 2C 32 2C 30 34 2C 30 36 0D 0A"},
    {"as TV-15",
     CM700D_RCR,
     {1, 2, 4, 6},
     "52 43 52 2C 31 2C 32 2C 30 34 2C 30 36 0D 0A"},
    {"TV-16", CM700D_CDR, {2, 1}, "43 44 52 2C 32 2C 31 0D 0A"},
    {"as TV-16", CM700D_UCR, {2, 1}, "55 43 52 2C 32 2C 31 0D 0A"},
    {"TV-16", CM700D_CIR, {0}, "43 49 52 0D 0A"},
    {"TV-16", CM700D_USR, {0}, "55 53 52 0D 0A"},
    {"TV-17", CM700D_USC, {0}, "55 53 43 0D 0A"},
    {"TV-18",
     CM700D_CPS,
     {1, 3, 0, 1, 1},
     "43 50 53 2C 31 2C 33 2C 30 30 2C 30 31 2C 30 31 0D 0A"},
    {"TV-21", CM700D_SPR, {1}, "53 50 52 2C 31 0D 0A"},
    {"TV-21", CM700D_SPR, {13}, "53 50 52 2C 31 33 0D 0A"},
    {"TV-21", CM700D_SDR, {1, 1}, "53 44 52 2C 30 30 30 30 31 2C 31 0D 0A"},
    {"TV-22", CM700D_DTR, {0}, "44 54 52 0D 0A"},
};

START_TEST(a_command_is_the_bytes_of_its_vector)
{
    const struct sent *row = &sent[_i];
    struct cm700d_command command = cm700d_encode(row->name, row->argument);
    char hex[3 * CM700D_COMMAND_MAX + 1] = "";
    for (size_t i = 0; i < command.size; i++)
        sprintf(hex + 3 * i, "%02X ", (unsigned)(uint8_t)command.bytes[i]);
    hex[3 * command.size - 1] = '\0';
    ck_assert_msg(strcmp(hex, row->hex) == 0, "%s: %s, not %s", row->vector, hex,
                  row->hex);
    ck_assert_uint_eq(command.name, row->name);
}
END_TEST

/* Section 4.5, its list of commands that are never silently retried. */
START_TEST(only_commands_without_lasting_effect_are_repeated)
{
    for (enum cm700d_name name = 0; name < CM700D_NAMES; name++) {
        int once = name == CM700D_CPS || name == CM700D_MES || name == CM700D_ZRC ||
                   name == CM700D_CAL || name == CM700D_USC;
        ck_assert_int_eq(cm700d_repeat(name) == CM700D_ONCE, once);
    }
}
END_TEST

START_TEST(each_command_has_the_time_that_the_table_gives)
{
    ck_assert_uint_eq(cm700d_timeout_ms(CM700D_IDR), 3000);
    ck_assert_uint_eq(cm700d_timeout_ms(CM700D_SWS), 3000);
    ck_assert_uint_eq(cm700d_timeout_ms(CM700D_MDR), 5000);
    ck_assert_uint_eq(cm700d_timeout_ms(CM700D_MES), 5000);
    ck_assert_uint_eq(cm700d_timeout_ms(CM700D_ZRC), 60000);
}
END_TEST

/* ---- replies ---- */

START_TEST(tv02_identifies_a_cm700d)
{
    struct cm700d_identity identity =
        understood(CM700D_IDR, "OK00,0100,1000004,10203040,0,400,700,010").identity;
    ck_assert_str_eq(identity.model, "0100");
    ck_assert_str_eq(identity.firmware, "1000004");
    ck_assert_str_eq(identity.serial, "10203040");
    ck_assert_uint_eq(identity.geometry, 0);
    ck_assert_uint_eq(identity.first_nm, 400);
    ck_assert_uint_eq(identity.last_nm, 700);
    ck_assert_uint_eq(identity.step_nm, 10);
}
END_TEST

START_TEST(tv27_reads_a_sibling_too)
{
    struct cm700d_identity identity =
        understood(CM700D_IDR, "OK00,03,102,10011,0,360,740,10").identity;
    ck_assert_str_eq(identity.model, "03");
    ck_assert_uint_eq(identity.first_nm, 360);
    ck_assert_uint_eq(identity.last_nm, 740);
    ck_assert_str_eq(understood(CM700D_IDR, "OK00, 2,1,2,0,360,740,10").identity.model,
                     "2");
}
END_TEST

struct state_row {
    const char *vector;
    const char *line;
    struct cm700d_state state;
    unsigned warnings;
};

static const struct state_row states[] = {
    {"TV-03", "OK00,1,0,0,04000,00012,0003,0,0", {1, 0, 0, 4000, 12, 3, 0, 0}, 0},
    {"TV-07", "OK00,1,0,1,04000,00012,0003,0,0", {1, 0, 1, 4000, 12, 3, 0, 0}, 0},
    {"TV-08", "OK00,1,0,3,04000,00012,0003,0,0", {1, 0, 3, 4000, 12, 3, 0, 0}, 0},
    {"TV-17", "OK00,1,0,2,04000,00012,0003,0,0", {1, 0, 2, 4000, 12, 3, 0, 0}, 0},
    {"TV-19",
     "OK03,1,1,3,04000,00012,0003,0,0",
     {1, 1, 3, 4000, 12, 3, 0, 0},
     INSTRUMENT_WARN_BATTERY},
    {"section 6.2, six fields",
     "OK00,0,2,3,4000,12,3",
     {0, 2, 3, 4000, 12, 3, CM700D_UNKNOWN, CM700D_UNKNOWN},
     0},
    {"seven fields",
     "OK00,1,0,3,4000,12,3,1",
     {1, 0, 3, 4000, 12, 3, 1, CM700D_UNKNOWN},
     0},
    {"section 3, padded and signed",
     "OK00,+1, 0,3 ,  4000,12.0,3.,1,01",
     {1, 0, 3, 4000, 12, 3, 1, 1},
     0},
};

START_TEST(a_status_has_the_state_of_its_vector)
{
    const struct state_row *row = &states[_i];
    struct cm700d_answer answer = understood(CM700D_STR, row->line);
    ck_assert_msg(memcmp(&answer.state, &row->state, sizeof row->state) == 0, "%s",
                  row->vector);
    ck_assert_uint_eq(cm700d_warnings(&answer), row->warnings);
}
END_TEST

struct parameters_row {
    const char *vector;
    const char *line;
    struct cm700d_parameters parameters;
};

static const struct parameters_row parameters[] = {
    {"TV-04", "OK00,2,1,00,01,01", {2, 1, 0, 1, 1}},
    {"TV-04", "OK00,2,3,00,01,01", {2, 3, 0, 1, 1}},
    {"TV-24", "OK00,1,1,00,01,01", {1, 1, 0, 1, 1}},
    {"section 5.1", "OK00,0,0,30,10,30", {0, 0, 30, 10, 30}},
};

START_TEST(parameters_are_those_of_their_vector)
{
    const struct parameters_row *row = &parameters[_i];
    struct cm700d_parameters read = understood(CM700D_CPR, row->line).parameters;
    ck_assert_msg(memcmp(&read, &row->parameters, sizeof read) == 0, "%s", row->vector);
}
END_TEST

struct values_row {
    const char *vector;
    enum cm700d_name name;
    const char *line;
    double first;
    double middle; /* at 550 nm */
    double last;
    unsigned warnings;
};

static const struct values_row values[] = {
    {"TV-09", CM700D_MDR, "OK00," S1, 1985, 3342, 6312, 0},
    {"TV-09", CM700D_MDR, "OK00," S2, 1634, 2992, 5962, 0},
    {"TV-10", CM700D_MDR, "OK02," S3, 312, 503, 1290, INSTRUMENT_WARN_LAMP},
    {"TV-11", CM700D_MDR, "OK09," OVER_RANGE, 17600, 17600, 17600,
     INSTRUMENT_WARN_OVER_RANGE},
    {"TV-13", CM700D_RDR, "OK00," S1, 1985, 3342, 6312, 0},
    {"TV-14", CM700D_RDR, "OK00," S2, 1634, 2992, 5962, 0},
    {"TV-16", CM700D_CDR, "OK00," P1, 96412, 98538, 98674, 0},
    {"as TV-16", CM700D_UCR, "OK00," P1, 96412, 98538, 98674, 0},
    {"TV-21", CM700D_SDR, "OK00," S1, 1985, 3342, 6312, 0},
    {"TV-25", CM700D_MDR, "OK07," S1, 1985, 3342, 6312, INSTRUMENT_WARN_UNKNOWN},
    {"lamp and battery", CM700D_MDR, "OK04," S1, 1985, 3342, 6312,
     INSTRUMENT_WARN_LAMP | INSTRUMENT_WARN_BATTERY},
};

START_TEST(values_are_those_of_their_vector)
{
    const struct values_row *row = &values[_i];
    struct cm700d_answer answer = understood(row->name, row->line);
    ck_assert_double_eq(answer.value[0], row->first);
    ck_assert_double_eq(answer.value[15], row->middle);
    ck_assert_double_eq(answer.value[30], row->last);
    ck_assert_uint_eq(cm700d_warnings(&answer), row->warnings);
    ck_assert_uint_eq(cm700d_status(&answer), INSTRUMENT_OK);
}
END_TEST

/* Section 3: widths of replies are not known. */
START_TEST(values_are_read_padded_unpadded_signed_and_with_a_point)
{
    char line[400] = "OK00,-12, 345,+6,7.25,.5,9.";
    for (int i = 6; i < CM700D_POINTS; i++)
        strcat(line, ",1");
    struct cm700d_answer answer = understood(CM700D_MDR, line);
    const double expected[] = {-12, 345, 6, 7.25, 0.5, 9, 1};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        ck_assert_double_eq(answer.value[i], expected[i]);
}
END_TEST

START_TEST(tv15_color_values_are_numbers)
{
    ck_assert_double_eq(understood(CM700D_COR, "OK00,68.22").number, 68.22);
    ck_assert_double_eq(understood(CM700D_COR, "OK00,8.15").number, 8.15);
    ck_assert_double_eq(understood(CM700D_RCR, "OK00,-16.01").number, -16.01);
}
END_TEST

START_TEST(tv16_the_plate_has_a_name_and_the_users_plate_a_switch)
{
    ck_assert_str_eq(understood(CM700D_CIR, "OK00,12345678").plate, "12345678");
    ck_assert_str_eq(understood(CM700D_CIR, "OK00,").plate, "");
    ck_assert_str_eq(understood(CM700D_CIR, "OK00,A,\xe9 ").plate, "A,\xe9");
    ck_assert_uint_eq(understood(CM700D_USR, "OK00,0").flag, 0);
    ck_assert_uint_eq(understood(CM700D_USR, "OK00,1").flag, 1);
}
END_TEST

START_TEST(tv21_a_stored_sample_has_its_conditions)
{
    struct cm700d_sample sample =
        understood(CM700D_SPR, "OK00,2,3,1,2025,03,14,10,42,07,0,CROWN-L").sample;
    const struct cm700d_time time = {2025, 3, 14, 10, 42, 7};
    ck_assert_uint_eq(sample.area, 2);
    ck_assert_uint_eq(sample.specular, 3);
    ck_assert_uint_eq(sample.target, 1);
    ck_assert_int_eq(memcmp(&sample.time, &time, sizeof time), 0);
    ck_assert_uint_eq(sample.custom, 0);
    ck_assert_str_eq(sample.name, "CROWN-L");
    /* section 6.9: the name is all that remains, commas included */
    ck_assert_str_eq(
        understood(CM700D_SPR, "OK00,2,3,1,2025,03,14,10,42,07,0,A, B,\xff").sample.name,
        "A, B,\xff");
}
END_TEST

START_TEST(tv22_the_clock_has_six_fields)
{
    struct cm700d_time time = understood(CM700D_DTR, "OK00,2025,03,14,10,42,09").time;
    const struct cm700d_time expected = {2025, 3, 14, 10, 42, 9};
    ck_assert_int_eq(memcmp(&time, &expected, sizeof time), 0);
}
END_TEST

/* TV-04, 05, 07, 08, 13, 17, 20 */
START_TEST(commands_without_a_result_are_answered_by_a_status_alone)
{
    const enum cm700d_name names[] = {CM700D_CPS, CM700D_MES, CM700D_SWS,
                                      CM700D_ZRC, CM700D_CAL, CM700D_USC};
    struct cm700d_answer answer;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        answer = understood(names[i], "OK00");
        ck_assert_uint_eq(cm700d_status(&answer), INSTRUMENT_OK);
        ck_assert_uint_eq(decode(names[i], "OK00,1", &answer), CM700D_WRONG_COUNT);
    }
}
END_TEST

struct refusal {
    const char *line;
    enum instrument_status status;
};

/* Section 7; TV-01, 05, 06, 07, 12, 17, 18, 19, 20, 25 are among them. */
static const struct refusal refusals[] = {
    {"ER00", INSTRUMENT_NOT_UNDERSTOOD},
    {"ER02", INSTRUMENT_BATTERY_EMPTY},
    {"ER03", INSTRUMENT_OUT_OF_RANGE},
    {"ER05", INSTRUMENT_LAMP},
    {"ER07", INSTRUMENT_NEEDS_ZERO},
    {"ER08", INSTRUMENT_COMMUNICATION},
    {"ER10", INSTRUMENT_NO_DATA},
    {"ER11", INSTRUMENT_CALIBRATION_FAILED},
    {"ER13", INSTRUMENT_CONVERTER},
    {"ER17", INSTRUMENT_CLOCK},
    {"ER20", INSTRUMENT_NOT_WRITTEN},
    {"ER22", INSTRUMENT_NO_USER_PLATE},
    {"ER24", INSTRUMENT_NEEDS_WHITE},
    {"ER25", INSTRUMENT_WRONG_APERTURE},
    {"ER27", INSTRUMENT_CHARGING_CIRCUIT},
    {"ER28", INSTRUMENT_NOT_READY},
    {"ER35", INSTRUMENT_MEASURING},
    {"ER36", INSTRUMENT_NEEDS_USER_WHITE},
    {"ER69", INSTRUMENT_WRITE_PROTECTED},
    {"ER99", INSTRUMENT_UNKNOWN_CODE},
    {"ER35,1,what follows a refusal", INSTRUMENT_MEASURING},
};

START_TEST(a_refusal_has_its_status_whatever_was_asked)
{
    for (enum cm700d_name name = 0; name < CM700D_NAMES; name++) {
        struct cm700d_answer answer = understood(name, refusals[_i].line);
        ck_assert_uint_eq(answer.verdict, CM700D_REFUSED);
        ck_assert_uint_eq(cm700d_status(&answer), refusals[_i].status);
    }
}
END_TEST

/* A stray line is judged by its status, whatever it carries. */
START_TEST(the_status_alone_is_read_from_any_line)
{
    struct cm700d_answer answer;
    ck_assert_uint_eq(cm700d_decode_status("OK00,1,2", 8, &answer), CM700D_UNDERSTOOD);
    ck_assert_uint_eq(answer.verdict, CM700D_DONE);
    ck_assert_uint_eq(cm700d_decode_status("ER05", 4, &answer), CM700D_UNDERSTOOD);
    ck_assert_uint_eq(cm700d_status(&answer), INSTRUMENT_LAMP);
    ck_assert_uint_eq(cm700d_decode_status("AT+GCAP", 7, &answer), CM700D_NOT_UNDERSTOOD);
}
END_TEST

START_TEST(every_outcome_of_decoding_has_words)
{
    ck_assert_str_eq(cm700d_parse_text(CM700D_UNDERSTOOD), "understood");
    ck_assert_str_eq(cm700d_parse_text(CM700D_NOT_UNDERSTOOD), "answer not understood");
    ck_assert_str_eq(cm700d_parse_text(CM700D_WRONG_COUNT), "wrong number of values");
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("cm700d_protocol");
    TCase *commands = tcase_create("commands");
    tcase_add_loop_test(commands, a_command_is_the_bytes_of_its_vector, 0, ROWS(sent));
    tcase_add_test(commands, only_commands_without_lasting_effect_are_repeated);
    tcase_add_test(commands, each_command_has_the_time_that_the_table_gives);
    suite_add_tcase(s, commands);

    TCase *good = tcase_create("replies");
    tcase_add_test(good, tv02_identifies_a_cm700d);
    tcase_add_test(good, tv27_reads_a_sibling_too);
    tcase_add_loop_test(good, a_status_has_the_state_of_its_vector, 0, ROWS(states));
    tcase_add_loop_test(good, parameters_are_those_of_their_vector, 0, ROWS(parameters));
    tcase_add_loop_test(good, values_are_those_of_their_vector, 0, ROWS(values));
    tcase_add_test(good, values_are_read_padded_unpadded_signed_and_with_a_point);
    tcase_add_test(good, tv15_color_values_are_numbers);
    tcase_add_test(good, tv16_the_plate_has_a_name_and_the_users_plate_a_switch);
    tcase_add_test(good, tv21_a_stored_sample_has_its_conditions);
    tcase_add_test(good, tv22_the_clock_has_six_fields);
    tcase_add_test(good, commands_without_a_result_are_answered_by_a_status_alone);
    tcase_add_loop_test(good, a_refusal_has_its_status_whatever_was_asked, 0,
                        ROWS(refusals));
    tcase_add_test(good, the_status_alone_is_read_from_any_line);
    tcase_add_test(good, every_outcome_of_decoding_has_words);
    suite_add_tcase(s, good);

    return s;
}
