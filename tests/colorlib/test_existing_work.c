/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/existing_work.h"

#include <math.h>

#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

/* Carbon 1:19 at 150 dots per cm2 in client A, three years ago. */
struct example {
    struct pigment pigment[2];
    struct mixture mixture;
    struct treatment usual;
    struct skin_fit skin;
    struct weights weights;
    struct existing_sight sight;
};

static void make_example(struct example *e, enum existing_record record)
{
    struct bands bare;
    *e = (struct example){.usual = example_treatment(SKIN_LIGHT, 150),
                          .weights = example_weights("D65")};
    example_pigments(e->pigment);
    e->mixture = (struct mixture){1, {&e->pigment[0]}, {0.05}};
    skin_bare(&e->usual.skin, &bare);
    ck_assert_int_eq(skin_fit(&bare, &e->skin), STATUS_OK);
    e->sight = (struct existing_sight){.skin = &e->skin,
                                       .usual = &e->usual,
                                       .mixture = &e->mixture,
                                       .years = 3,
                                       .record = record,
                                       .weights = &e->weights,
                                       .placements = 5,
                                       .aperture_mm = 8};
}

/* What work shows whose fill and depth differ. */
static cmsCIELab shown(const struct example *e, double scale, double depth_mm)
{
    struct treatment work = e->usual;
    struct bands reflectance;
    work.technique.fill_fraction *= scale;
    work.technique.depth_mm = depth_mm;
    treatment_reflectance(&work, &e->mixture, e->sight.years, &reflectance);
    return colorimetry_reflectance_lab(&e->weights, reflectance.value);
}

static const struct {
    enum existing_record record;
    double scale;
    double depth_mm;
} works[] = {
    {EXISTING_RECORDED, 1, 0.10},   {EXISTING_RECORDED, 0.6, 0.10},
    {EXISTING_RECORDED, 1.5, 0.10}, {EXISTING_RECORDED, 1, 0.13},
    {EXISTING_UNKNOWN, 0.3, 0.10},  {EXISTING_UNKNOWN, 3, 0.20},
    {EXISTING_UNKNOWN, 1, 0.25},
};

START_TEST(scale_and_depth_are_found_within_their_spread)
{
    struct example e;
    struct existing_work work;
    make_example(&e, works[_i].record);
    e.sight.lab = shown(&e, works[_i].scale, works[_i].depth_mm);
    ck_assert_int_eq(existing_work_find(&e.sight, &work), STATUS_OK);
    ck_assert_double_gt(work.scale_sd, 0);
    /* some of these are as far as 1.5 sd from the prior's middle, which pulls by as much
     * of the spread that is left: two sd hold all */
    ck_assert_double_eq_tol(work.scale, works[_i].scale, 2 * work.scale_sd);
    ck_assert_double_eq_tol(work.depth_mm, works[_i].depth_mm, 2 * work.depth_sd_mm);
    ck_assert_double_lt(work.scale_sd, 0.6 * works[_i].scale);
    /* a scan without an error is explained */
    ck_assert_double_eq_tol(work.lightness_residual, 0, 0.5);
}
END_TEST

START_TEST(deep_work_is_told_from_weak_work_by_its_color)
{
    struct example e;
    struct existing_work deep, weak;
    make_example(&e, EXISTING_UNKNOWN);
    /* alike in L*: the colour note's table of depth (1:19 at 0.10, 1:12 at 0.20 mm) */
    e.sight.lab = shown(&e, 1.5, 0.20);
    ck_assert_int_eq(existing_work_find(&e.sight, &deep), STATUS_OK);
    e.sight.lab = shown(&e, 1, 0.10);
    ck_assert_int_eq(existing_work_find(&e.sight, &weak), STATUS_OK);
    ck_assert_double_gt(deep.depth_mm, weak.depth_mm + 0.03);
    ck_assert_double_gt(deep.scale, weak.scale);
}
END_TEST

START_TEST(bare_skin_holds_next_to_nothing)
{
    struct example e;
    struct existing_work work;
    make_example(&e, EXISTING_UNKNOWN);
    e.sight.lab = shown(&e, 0, 0.10);
    ck_assert_int_eq(existing_work_find(&e.sight, &work), STATUS_OK);
    ck_assert_double_ge(work.scale, 0);
    ck_assert_double_lt(work.scale, 0.1);
}
END_TEST

START_TEST(what_is_laid_upon_it_begins_as_the_work_looks)
{
    struct example e;
    struct existing_work work;
    make_example(&e, EXISTING_RECORDED);
    e.sight.lab = shown(&e, 0.7, 0.10);
    ck_assert_int_eq(existing_work_find(&e.sight, &work), STATUS_OK);
    ck_assert_uint_eq(work.upon.earlier_count, 1);
    ck_assert_double_eq(work.upon.earlier[0].years, 3);
    ck_assert_double_eq_tol(work.upon.earlier[0].fill_fraction,
                            work.scale * e.usual.technique.fill_fraction, 1e-12);
    struct mixture none = {.count = 0};
    struct bands reflectance;
    treatment_reflectance(&work.upon, &none, 0, &reflectance);
    cmsCIELab lab = colorimetry_reflectance_lab(&e.weights, reflectance.value);
    /* one sd of a scan, which the prior may pull by */
    ck_assert_double_eq_tol(lab.L, e.sight.lab.L, 0.5);
}
END_TEST

START_TEST(work_stronger_than_its_record_takes_no_more)
{
    struct example e;
    struct existing_work work;
    make_example(&e, EXISTING_RECORDED);
    e.sight.lab = shown(&e, 1.6, 0.10);
    ck_assert_int_eq(existing_work_find(&e.sight, &work), STATUS_OK);
    ck_assert_int_eq(existing_work_advice(&e.sight, &work), EXISTING_TOO_STRONG);
    e.sight.lab = shown(&e, 0.9, 0.10);
    ck_assert_int_eq(existing_work_find(&e.sight, &work), STATUS_OK);
    ck_assert_int_eq(existing_work_advice(&e.sight, &work), EXISTING_MAY_ADD);
    /* without a record there is nothing to exceed */
    e.sight.record = EXISTING_UNKNOWN;
    e.sight.lab = shown(&e, 1.6, 0.10);
    ck_assert_int_eq(existing_work_find(&e.sight, &work), STATUS_OK);
    ck_assert_int_eq(existing_work_advice(&e.sight, &work), EXISTING_MAY_ADD);
}
END_TEST

START_TEST(fresh_work_and_no_color_are_refused)
{
    struct example e;
    struct existing_work work = {.scale = 7};
    make_example(&e, EXISTING_RECORDED);
    e.sight.lab = shown(&e, 1, 0.10);
    e.sight.years = 0.01;
    ck_assert_int_eq(existing_work_find(&e.sight, &work), STATUS_OUT_OF_RANGE);
    e.sight.years = 3;
    e.sight.lab.b = NAN;
    ck_assert_int_eq(existing_work_find(&e.sight, &work), STATUS_BAD_DATA);
    ck_assert_double_eq(work.scale, 7);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("existing_work");
    TCase *tc = tcase_create("find");
    tcase_add_loop_test(tc, scale_and_depth_are_found_within_their_spread, 0,
                        sizeof works / sizeof works[0]);
    tcase_add_test(tc, deep_work_is_told_from_weak_work_by_its_color);
    tcase_add_test(tc, bare_skin_holds_next_to_nothing);
    tcase_add_test(tc, what_is_laid_upon_it_begins_as_the_work_looks);
    tcase_add_test(tc, work_stronger_than_its_record_takes_no_more);
    tcase_add_test(tc, fresh_work_and_no_color_are_refused);
    suite_add_tcase(s, tc);
    return s;
}
