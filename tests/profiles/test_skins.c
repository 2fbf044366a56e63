/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sample.h"
#include "colorlib/skin.h"
#include "tests/runner.h"

struct client {
    const char *path;
    const char *id;
    const char *name;
    enum skin_reference reference;
};

/* Tests run in the top folder. */
static const struct client clients[] = {
    {"profiles/skin/client-a.cgats", "A1", "client A, light scalp", SKIN_LIGHT},
    {"profiles/skin/client-b.cgats", "B1", "client B, tan scalp", SKIN_TAN},
    {"profiles/skin/client-c.cgats", "C1", "client C, dark scalp", SKIN_DARK},
};

START_TEST(shipped_clients_are_the_models)
{
    const struct client *row = &clients[_i];
    struct skin_parameters parameters = skin_reference_parameters(row->reference);
    struct skin skin;
    struct bands bare;
    skin_from_parameters(&parameters, &skin);
    skin_bare(&skin, &bare);

    struct sample_set set;
    struct fault fault;
    ck_assert_int_eq(sample_read(row->path, NULL, &set, &fault), STATUS_OK);
    ck_assert_uint_eq(set.count, 1);
    ck_assert_uint_eq(set.grid.count, BAND_COUNT);
    ck_assert_double_eq(set.grid.start_nm, 400);
    ck_assert_double_eq(set.grid.step_nm, 10);
    for (size_t i = 0; i < BAND_COUNT; i++) /* six digits of a percentage */
        ck_assert_double_eq_tol(set.value[i], bare.value[i], 1e-6);
    sample_set_free(&set);
}
END_TEST

START_TEST(shipped_clients_say_what_they_are)
{
    const struct client *row = &clients[_i];
    struct sample_set set;
    struct fault fault;
    ck_assert_int_eq(sample_read(row->path, NULL, &set, &fault), STATUS_OK);
    ck_assert_str_eq(set.info[0].id, row->id);
    ck_assert_str_eq(set.info[0].name, row->name);
    ck_assert_int_eq(set.quantity, SAMPLE_REFLECTANCE);
    ck_assert_int_eq(set.info[0].specular, SAMPLE_SPECULAR_EX);
    ck_assert_uint_eq(set.notes, 0); /* nothing was assumed */
    sample_set_free(&set);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("profiles/skins");
    TCase *tcase = tcase_create("skins");
    tcase_add_loop_test(tcase, shipped_clients_are_the_models, 0, 3);
    tcase_add_loop_test(tcase, shipped_clients_say_what_they_are, 0, 3);
    suite_add_tcase(suite, tcase);
    return suite;
}
