/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every way for a reply to be cut short, merged or wrong. */
#include "driver/cm700d_protocol.h"

#include <string.h>

#include "tests/driver/decoding.h"
#include "tests/driver/vectors.h"
#include "tests/runner.h"

/* ---- what is refused ---- */

struct malformed {
    enum cm700d_name name;
    const char *line;
    enum cm700d_parse parse;
};

static const struct malformed malformed[] = {
    {CM700D_STR, "", CM700D_NOT_UNDERSTOOD},
    {CM700D_STR, "O", CM700D_NOT_UNDERSTOOD},
    {CM700D_CPS, "OK0", CM700D_NOT_UNDERSTOOD}, /* TV-25 */
    {CM700D_CPS, "K00", CM700D_NOT_UNDERSTOOD}, /* TV-25 */
    {CM700D_USR, "OK0,1", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, "OK000,1", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, "ok00,1", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, "OK00;1", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, " OK00,1", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, "OKAY,1", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, "ERRO", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, "\xcfK00,1", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, "OK00", CM700D_WRONG_COUNT},
    {CM700D_USR, "OK00,1,0", CM700D_WRONG_COUNT},
    {CM700D_USR, "OK00,", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, "OK00,2", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, "OK00,-1", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, "OK00,0.5", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, "OK00,1\xb1", CM700D_NOT_UNDERSTOOD},
    {CM700D_USR, "OK00,1 0", CM700D_NOT_UNDERSTOOD},
    {CM700D_COR, "OK00,nan", CM700D_NOT_UNDERSTOOD},
    {CM700D_COR, "OK00,inf", CM700D_NOT_UNDERSTOOD},
    {CM700D_COR, "OK00,1e5", CM700D_NOT_UNDERSTOOD},
    {CM700D_COR, "OK00,0x1", CM700D_NOT_UNDERSTOOD},
    {CM700D_COR, "OK00,1.2.3", CM700D_NOT_UNDERSTOOD},
    {CM700D_COR, "OK00,.", CM700D_NOT_UNDERSTOOD},
    {CM700D_COR, "OK00,-", CM700D_NOT_UNDERSTOOD},
    {CM700D_COR, "OK00,+-1", CM700D_NOT_UNDERSTOOD},
    {CM700D_COR, "OK00,1234567890123456", CM700D_NOT_UNDERSTOOD},
    {CM700D_COR, "OK00", CM700D_WRONG_COUNT},
    {CM700D_COR, "OK00,1,2", CM700D_WRONG_COUNT},
    {CM700D_CPR, "OK00,2,1,00,01", CM700D_WRONG_COUNT},
    {CM700D_CPR, "OK00,2,1,00,01,01,1", CM700D_WRONG_COUNT},
    {CM700D_CPR, "OK00,3,1,00,01,01", CM700D_NOT_UNDERSTOOD},
    {CM700D_CPR, "OK00,2,4,00,01,01", CM700D_NOT_UNDERSTOOD},
    {CM700D_CPR, "OK00,2,1,31,01,01", CM700D_NOT_UNDERSTOOD},
    {CM700D_CPR, "OK00,2,1,00,00,01", CM700D_NOT_UNDERSTOOD},
    {CM700D_STR, "OK00,1,0,3,04000,00012", CM700D_WRONG_COUNT},
    {CM700D_STR, "OK00,1,0,3,04000,00012,0003,0,0,0", CM700D_WRONG_COUNT},
    {CM700D_STR, "OK00,1,3,3,04000,00012,0003,0,0", CM700D_NOT_UNDERSTOOD},
    {CM700D_STR, "OK00,1,0,4,04000,00012,0003,0,0", CM700D_NOT_UNDERSTOOD},
    {CM700D_STR, "OK00,1,0,3,04000,00012,0003,0,2", CM700D_NOT_UNDERSTOOD},
    {CM700D_IDR, "OK00,0100,1000004,10203040,0,400,700", CM700D_WRONG_COUNT},
    {CM700D_IDR, "OK00,0100,1000004,10203040,0,400,700,", CM700D_NOT_UNDERSTOOD},
    {CM700D_IDR, "OK00,0100,1000004,10203040,0,400,700,0", CM700D_NOT_UNDERSTOOD},
    {CM700D_IDR, "OK00,,1000004,10203040,0,400,700,010", CM700D_NOT_UNDERSTOOD},
    {CM700D_IDR, "OK00,0100,1,1020304\xb0,0,400,700,010", CM700D_NOT_UNDERSTOOD},
    {CM700D_IDR, "OK00,0100,1,\x1b[2J,0,400,700,010", CM700D_NOT_UNDERSTOOD},
    {CM700D_IDR, "OK00,0100,1,12345678901234567,0,400,700,010", CM700D_NOT_UNDERSTOOD},
    {CM700D_CIR, "OK00", CM700D_WRONG_COUNT},
    {CM700D_CIR, "OK00,\x1b[2J", CM700D_NOT_UNDERSTOOD},
    {CM700D_CIR, "OK00,a name of more than thirty-two bytes", CM700D_NOT_UNDERSTOOD},
    {CM700D_MDR, "OK00," S1 ",1", CM700D_WRONG_COUNT},
    {CM700D_MDR, "OK00," S1 "," S2, CM700D_WRONG_COUNT}, /* two lines merged */
    {CM700D_MDR, "OK00," S1 "OK00," S2, CM700D_WRONG_COUNT},
    {CM700D_MDR, "OK00,1", CM700D_WRONG_COUNT},
    {CM700D_MDR, "OK00", CM700D_WRONG_COUNT},
    {CM700D_SPR, "OK00,2,3,1,2025,03,14,10,42,07,0", CM700D_WRONG_COUNT},
    {CM700D_SPR, "OK00,2,3,1,2025,13,14,10,42,07,0,A", CM700D_NOT_UNDERSTOOD},
    {CM700D_SPR, "OK00,2,3,1,2025,03,14,10,42,07,x,A", CM700D_NOT_UNDERSTOOD},
    {CM700D_SPR, "OK00,2,5,1,2025,03,14,10,42,07,0,A", CM700D_NOT_UNDERSTOOD},
    {CM700D_SPR, "OK00,2,3,1,2025,03,14,10,42,07,0,\x07", CM700D_NOT_UNDERSTOOD},
    {CM700D_DTR, "OK00,2025,03,14,10,42", CM700D_WRONG_COUNT},
    {CM700D_DTR, "OK00,2025,03,14,24,42,00", CM700D_NOT_UNDERSTOOD},
};

START_TEST(a_malformed_reply_is_refused_and_writes_nothing)
{
    const struct malformed *row = &malformed[_i];
    struct cm700d_answer answer, before;
    memset(&answer, 0x5a, sizeof answer);
    before = answer;
    enum cm700d_parse parse = decode(row->name, row->line, &answer);
    ck_assert_msg(parse == row->parse, "%s: %s", row->line, cm700d_parse_text(parse));
    ck_assert_int_eq(memcmp(&answer, &before, sizeof answer), 0);
}
END_TEST

/* TV-25 and fault F4 */
START_TEST(any_other_number_of_values_than_31_is_refused)
{
    char line[1024] = "OK00";
    struct cm700d_answer answer;
    for (size_t count = 0; count < 100; count++) {
        enum cm700d_parse expected =
            count == CM700D_POINTS ? CM700D_UNDERSTOOD : CM700D_WRONG_COUNT;
        ck_assert_uint_eq(decode(CM700D_MDR, line, &answer), expected);
        strcat(line, ",001985");
    }
}
END_TEST

START_TEST(tv25_one_value_that_is_no_number_spoils_all)
{
    struct cm700d_answer answer;
    for (size_t bad = 0; bad < CM700D_POINTS; bad++) {
        char line[400] = "OK00";
        for (size_t i = 0; i < CM700D_POINTS; i++)
            strcat(line, i == bad ? ",12A4" : ",001985");
        ck_assert_uint_eq(decode(CM700D_MDR, line, &answer), CM700D_NOT_UNDERSTOOD);
    }
}
END_TEST

/* ---- every way to be cut short or wrong ---- */

struct whole_reply {
    enum cm700d_name name;
    const char *line;
};

static const struct whole_reply replies[] = {
    {CM700D_IDR, "OK00,0100,1000004,10203040,0,400,700,010"},
    {CM700D_STR, "OK00,1,0,3,04000,00012,0003,0,0"},
    {CM700D_CPR, "OK00,2,3,00,01,01"},
    {CM700D_CPS, "OK00"},
    {CM700D_USR, "OK00,0"},
    {CM700D_CIR, "OK00,12345678"},
    {CM700D_MDR, "OK00," S1},
    {CM700D_RDR, "OK02," S3},
    {CM700D_CDR, "OK00," P1},
    {CM700D_COR, "OK00,68.22"},
    {CM700D_SPR, "OK00,2,3,1,2025,03,14,10,42,07,0,CROWN-L"},
    {CM700D_DTR, "OK00,2025,03,14,10,42,09"},
    {CM700D_MES, "ER28"},
};

/* What a field may not be, whatever the bytes. */
static void check_ranges(enum cm700d_name name, const struct cm700d_answer *answer)
{
    if (answer->verdict == CM700D_REFUSED)
        return;
    if (name == CM700D_STR) {
        ck_assert_uint_le(answer->state.supply, 2);
        ck_assert_uint_le(answer->state.calibrated, CM700D_CALIBRATED);
    } else if (name == CM700D_CPR) {
        ck_assert_uint_le(answer->parameters.area, 2);
        ck_assert_uint_le(answer->parameters.specular, 3);
        ck_assert_uint_ge(answer->parameters.automatic, 1);
    } else if (name == CM700D_IDR) {
        ck_assert_uint_ge(answer->identity.step_nm, 1);
        ck_assert_uint_lt(strlen(answer->identity.serial), CM700D_WORD_MAX);
    } else if (name == CM700D_CIR) {
        ck_assert_uint_lt(strlen(answer->plate), CM700D_NAME_MAX);
    }
}

START_TEST(a_reply_cut_anywhere_before_its_last_field_is_refused)
{
    const struct whole_reply *row = &replies[_i];
    size_t size = strlen(row->line);
    size_t last = size; /* behind the last comma all that is left is a shorter word */
    while (last > 0 && row->line[last - 1] != ',')
        last--;
    /* section 6.2 allows two fields of the status to be missing */
    if (row->name == CM700D_STR)
        last = strlen("OK00,1,0,3,04000,00012,");
    struct cm700d_answer answer;
    for (size_t cut = 0; cut < size; cut++) {
        enum cm700d_parse parse = decode_bytes(row->name, row->line, cut, &answer);
        if (cut < last)
            ck_assert_uint_ne(parse, CM700D_UNDERSTOOD);
        else if (parse == CM700D_UNDERSTOOD)
            check_ranges(row->name, &answer);
    }
}
END_TEST

START_TEST(a_reply_with_any_bit_flipped_is_refused_or_stays_in_range)
{
    const struct whole_reply *row = &replies[_i];
    size_t size = strlen(row->line);
    char line[400];
    struct cm700d_answer answer;
    for (size_t at = 0; at < size; at++)
        for (unsigned bit = 0; bit < 8; bit++) {
            memcpy(line, row->line, size);
            line[at] = (char)(line[at] ^ (1 << bit));
            enum cm700d_parse parse = decode_bytes(row->name, line, size, &answer);
            if (at < 2)
                ck_assert_uint_eq(parse, CM700D_NOT_UNDERSTOOD);
            if (parse == CM700D_UNDERSTOOD)
                check_ranges(row->name, &answer);
        }
}
END_TEST

START_TEST(any_byte_in_any_place_of_any_reply_is_survived)
{
    const struct whole_reply *row = &replies[_i];
    size_t size = strlen(row->line);
    char line[400];
    struct cm700d_answer answer;
    for (size_t at = 0; at < size; at++)
        for (unsigned byte = 0; byte < 256; byte++) {
            memcpy(line, row->line, size);
            line[at] = (char)byte;
            for (enum cm700d_name name = 0; name < CM700D_NAMES; name++)
                if (cm700d_decode(name, line, size, &answer) == CM700D_UNDERSTOOD)
                    check_ranges(name, &answer);
        }
}
END_TEST

/* Section 3: bytes from 80 belong in names only. */
START_TEST(high_bytes_are_refused_outside_names)
{
    const struct whole_reply *row = &replies[_i];
    size_t size = strlen(row->line);
    size_t name_at = row->name == CM700D_CIR   ? strlen("OK00,")
                     : row->name == CM700D_SPR ? size - strlen("CROWN-L")
                                               : size;
    char line[400];
    struct cm700d_answer answer;
    for (size_t at = 0; at < size; at++) {
        memcpy(line, row->line, size);
        line[at] = '\xa5';
        enum cm700d_parse parse = decode_bytes(row->name, line, size, &answer);
        ck_assert_int_eq(parse == CM700D_UNDERSTOOD, at >= name_at);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("cm700d_protocol_malformed");
    TCase *bad = tcase_create("malformed");
    tcase_add_loop_test(bad, a_malformed_reply_is_refused_and_writes_nothing, 0,
                        ROWS(malformed));
    tcase_add_test(bad, any_other_number_of_values_than_31_is_refused);
    tcase_add_test(bad, tv25_one_value_that_is_no_number_spoils_all);
    tcase_add_loop_test(bad, a_reply_cut_anywhere_before_its_last_field_is_refused, 0,
                        ROWS(replies));
    tcase_add_loop_test(bad, a_reply_with_any_bit_flipped_is_refused_or_stays_in_range, 0,
                        ROWS(replies));
    tcase_add_loop_test(bad, any_byte_in_any_place_of_any_reply_is_survived, 0,
                        ROWS(replies));
    tcase_add_loop_test(bad, high_bytes_are_refused_outside_names, 0, ROWS(replies));
    suite_add_tcase(s, bad);
    return s;
}
