/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <ini.h>

#include "colorlib/stubble.h"
#include "colorlib/treatment.h"
#include "tests/runner.h"

/* Tests run in the top folder. */
#define TECHNIQUES "profiles/techniques.ini"
#define HAIR       "profiles/hair/hair.ini"
#define SETS       "profiles/pigment-sets.ini"

static const struct technique techniques[] = {
    {"standard", 150, 0.15, 0.10, 0.30, 0.15},
    {"fine", 150, 0.10, 0.10, 0.25, 0.15},
    {"bold", 150, 0.18, 0.10, 0.30, 0.15},
};

START_TEST(shipped_techniques_read_as_specified)
{
    const struct technique *row = &techniques[_i];
    struct technique technique;
    struct fault fault;
    ck_assert_int_eq(technique_read(TECHNIQUES, row->name, &technique, &fault),
                     STATUS_OK);
    ck_assert_str_eq(technique.name, row->name);
    ck_assert_double_eq(technique.density_per_cm2, row->density_per_cm2);
    ck_assert_double_eq(technique.radius_mm, row->radius_mm);
    ck_assert_double_eq(technique.depth_mm, row->depth_mm);
    ck_assert_double_eq(technique.height_mm, row->height_mm);
    ck_assert_double_eq(technique.fill_fraction, row->fill_fraction);
}
END_TEST

static const struct hair hairs[] = {
    {.name = "black", .absorption_scale = 8},
    {.name = "dark-brown", .absorption_scale = 4},
    {.name = "brown", .absorption_scale = 1.3},
    {.name = "blond", .absorption_scale = 0.3},
};

START_TEST(shipped_hair_reads_as_specified)
{
    struct hair hair;
    struct fault fault;
    ck_assert_int_eq(hair_read(HAIR, hairs[_i].name, &hair, &fault), STATUS_OK);
    ck_assert_double_eq(hair.absorption_scale, hairs[_i].absorption_scale);
    ck_assert_double_eq(hair.density_per_cm2, 180);
    ck_assert_double_eq(hair.diameter_mm, 0.07);
    ck_assert_double_eq(hair.depth_mm, 1.5);
    ck_assert_double_eq(hair.length_mm, 0.3);
    ck_assert_double_eq(hair.grey_fraction, 0);
}
END_TEST

START_TEST(shipped_coverage_stays_within_the_model)
{
    struct technique technique;
    struct fault fault;
    ck_assert_int_eq(technique_read(TECHNIQUES, techniques[_i].name, &technique, &fault),
                     STATUS_OK);
    ck_assert_double_le(dots_coverage(technique.density_per_cm2, technique.radius_mm),
                        DOTS_COVERAGE_WARN);
}
END_TEST

/* inih's handler: counts the pigments whose file exists, stops at one that has none. */
static int check_set(void *count, const char *section, const char *key, const char *value)
{
    ck_assert_str_eq(key, "pigments");
    char list[256];
    ck_assert_uint_lt(strlen(value), sizeof list);
    strcpy(list, value);
    for (char *rest, *id = strtok_r(list, " ", &rest); id;
         id = strtok_r(NULL, " ", &rest)) {
        char path[128];
        snprintf(path, sizeof path, "profiles/pigments/%s.cgats", id);
        ck_assert_msg(access(path, R_OK) == 0, "[%s] names %s", section, id);
        ++*(int *)count;
    }
    return 1;
}

START_TEST(every_pigment_of_a_set_is_there)
{
    int count = 0;
    ck_assert_int_eq(ini_parse(SETS, check_set, &count), 0);
    ck_assert_int_ge(count, 8);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("profiles/presets");
    TCase *tcase = tcase_create("presets");
    tcase_add_loop_test(tcase, shipped_techniques_read_as_specified, 0, 3);
    tcase_add_loop_test(tcase, shipped_hair_reads_as_specified, 0, 4);
    tcase_add_loop_test(tcase, shipped_coverage_stays_within_the_model, 0, 3);
    tcase_add_test(tcase, every_pigment_of_a_set_is_there);
    suite_add_tcase(suite, tcase);
    return suite;
}
