/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "colorlib/ladder_samples.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

enum { SAMPLES_MAX = 80 };

/* Samples in the making; reflectances are on the 31 bands. */
struct file {
    struct sample_info info[SAMPLES_MAX];
    double value[SAMPLES_MAX * BAND_COUNT];
    struct sample_set set;
};

static const struct drawdown_view cell = {{0.040, 0.597}, SURFACE_SPECULAR_INCLUDED};

static void begin(struct file *file)
{
    memset(file, 0, sizeof *file);
    file->set =
        (struct sample_set){.grid = bands_grid, .info = file->info, .value = file->value};
}

static void add(struct file *file, double concentration, enum sample_backing backing,
                double thickness_um, double reflectance)
{
    size_t sample = file->set.count++;
    snprintf(file->info[sample].id, SAMPLE_ID_MAX, "s%zu", sample);
    file->info[sample].drawdown =
        (struct sample_drawdown){concentration, backing, thickness_um};
    for (size_t i = 0; i < BAND_COUNT; i++)
        file->value[sample * BAND_COUNT + i] = reflectance;
}

static void add_backings(struct file *file)
{
    add(file, 0, SAMPLE_BACKING_WHITE, 0, 0.82);
    add(file, 0, SAMPLE_BACKING_WHITE, 0, 0.78);
    add(file, 0, SAMPLE_BACKING_BLACK, 0, 0.05);
}

static struct ladder_samples sorted(const struct file *file)
{
    struct ladder_samples samples;
    struct fault fault = {0};
    enum status status = ladder_from_samples(&file->set, &cell, &samples, &fault);
    ck_assert_msg(status == STATUS_OK, "%s", fault.text);
    return samples;
}

START_TEST(films_lie_upon_the_mean_of_their_bare_backing)
{
    struct file file;
    begin(&file);
    add(&file, 0.1, SAMPLE_BACKING_WHITE, 50, 0.5);
    add(&file, 0.1, SAMPLE_BACKING_BLACK, 50, 0.04);
    add(&file, 0.2, SAMPLE_BACKING_WHITE, 60, 0.4);
    add_backings(&file);
    struct ladder_samples samples = sorted(&file);
    ck_assert_uint_eq(samples.count, 3);
    ck_assert_uint_eq(samples.films, 3);
    ck_assert_uint_eq(samples.backings, 2);
    ck_assert_int_eq(samples.backing, LADDER_BACKING_MEASURED);
    ck_assert_uint_eq(samples.reading[0].level, samples.reading[1].level);
    ck_assert_uint_ne(samples.reading[0].level, samples.reading[2].level);
    ck_assert_uint_eq(samples.sample[2], 2);
    ck_assert_double_eq_tol(samples.reading[2].drawdown.thickness_mm, 0.06, 1e-15);
    ck_assert_double_eq_tol(samples.reading[0].drawdown.background.value[7], 0.80, 1e-15);
    ck_assert_double_eq(samples.reading[1].drawdown.background.value[7], 0.05);
    ck_assert_double_eq(samples.reading[1].reflectance.value[30], 0.04);
    ck_assert_int_eq(ladder_samples_constants(&samples), LADDER_TWO_CONSTANTS);
}
END_TEST

START_TEST(a_backing_that_nobody_read_is_estimated_from_the_weakest_films)
{
    struct file file;
    begin(&file);
    /* Beer's law, but for the surface: ln R falls by 1 for a concentration of 0.5 */
    for (size_t i = 1; i <= 4; i++)
        add(&file, 0.1 * (double)i, SAMPLE_BACKING_WHITE, 50,
            0.8 * exp(-0.2 * (double)i));
    struct ladder_samples samples = sorted(&file);
    ck_assert_int_eq(samples.backing, LADDER_BACKING_ESTIMATED);
    ck_assert_double_eq_tol(samples.reading[3].drawdown.background.value[0], 0.8, 1e-9);
    ck_assert_int_eq(ladder_samples_constants(&samples), LADDER_ONE_CONSTANT);
}
END_TEST

START_TEST(tints_are_counted_in_the_white_they_are_in)
{
    struct file file;
    begin(&file);
    add(&file, 0, SAMPLE_BACKING_OPAQUE, 0, 0.9);
    add(&file, 0.02, SAMPLE_BACKING_OPAQUE, 0, 0.5);
    struct ladder_samples samples = sorted(&file);
    struct bands white;
    struct colorant carrier;
    for (size_t i = 0; i < BAND_COUNT; i++)
        white.value[i] = 0.9;
    ladder_white(&white, &cell, &carrier);
    ck_assert_uint_eq(samples.whites, 1);
    ck_assert_uint_eq(samples.count, 2); /* the white tells its K anew */
    ck_assert_double_eq(samples.carrier.K.value[3], carrier.K.value[3]);
    ck_assert_double_eq(samples.carrier.S.value[3], 1);
    ck_assert_int_eq(samples.backing, LADDER_BACKING_NONE);
    ck_assert_int_eq(ladder_samples_constants(&samples), LADDER_ONE_CONSTANT);
    add(&file, 1, SAMPLE_BACKING_OPAQUE, 0, 0.05);
    samples = sorted(&file);
    ck_assert_int_eq(ladder_samples_constants(&samples), LADDER_TWO_CONSTANTS);
}
END_TEST

/* From samples to K and S, as they come out of a file. */
START_TEST(what_is_sorted_can_be_fitted)
{
    static const double concentrations[] = {0.02, 0.05, 0.12, 0.30};
    struct file file;
    struct pigment pigment[2];
    struct ladder_fit fit;
    begin(&file);
    add_backings(&file);
    example_pigments(pigment);
    struct colorant truth = {pigment[1].K, pigment[1].S};
    struct ladder blank = {.view = cell};
    for (size_t k = 0; k < 8; k++) {
        struct drawdown drawdown = {.thickness_mm = 0.05};
        struct bands predicted;
        for (size_t i = 0; i < BAND_COUNT; i++)
            drawdown.background.value[i] = k % 2 ? 0.05 : 0.80;
        ladder_predict(&blank, &truth, concentrations[k / 2], &drawdown, &predicted);
        add(&file, concentrations[k / 2],
            k % 2 ? SAMPLE_BACKING_BLACK : SAMPLE_BACKING_WHITE, 50, 0);
        memcpy(&file.value[(file.set.count - 1) * BAND_COUNT], predicted.value,
               sizeof predicted.value);
    }
    struct ladder_samples samples = sorted(&file);
    struct ladder ladder = {.reading = samples.reading,
                            .count = samples.count,
                            .carrier = samples.carrier,
                            .view = cell,
                            .noise = {.share = 0.002},
                            .pour_share = LADDER_POUR_SHARE,
                            .constants = ladder_samples_constants(&samples)};
    ck_assert_int_eq(ladder_fit(&ladder, &fit), STATUS_OK);
    for (size_t i = 0; i < BAND_COUNT; i++) /* no noise: what light smoothing leaves */
        ck_assert_double_eq_tol(fit.colorant.K.value[i] / truth.K.value[i], 1, 0.01);
}
END_TEST

static const struct {
    double concentration;
    enum sample_backing backing;
    double thickness_um;
    enum { WITH_BACKINGS, WITHOUT_BACKINGS, WITH_FILM_AND_BACKINGS } beside;
    const char *fault;
} bad[] = {
    {0.1, SAMPLE_BACKING_UNKNOWN, 0, WITH_BACKINGS, "no concentration"},
    {0.1, SAMPLE_BACKING_WHITE, 0, WITH_BACKINGS, "film without a thickness"},
    {0.1, SAMPLE_BACKING_WHITE, 50, WITHOUT_BACKINGS, "bare backing"},
    {0, SAMPLE_BACKING_OPAQUE, 0, WITH_FILM_AND_BACKINGS, "two files"},
};
enum { BAD = sizeof bad / sizeof bad[0] };

START_TEST(a_sample_that_tells_nothing_is_named)
{
    struct file file;
    struct ladder_samples samples;
    struct fault fault = {0};
    begin(&file);
    if (bad[_i].beside != WITHOUT_BACKINGS)
        add_backings(&file);
    if (bad[_i].beside == WITH_FILM_AND_BACKINGS)
        add(&file, 0.2, SAMPLE_BACKING_WHITE, 50, 0.4);
    add(&file, bad[_i].concentration, bad[_i].backing, bad[_i].thickness_um, 0.5);
    ck_assert_int_eq(ladder_from_samples(&file.set, &cell, &samples, &fault),
                     STATUS_BAD_DATA);
    ck_assert_msg(strstr(fault.text, bad[_i].fault) != NULL, "%s", fault.text);
}
END_TEST

START_TEST(a_missing_backing_is_named_where_both_are_used)
{
    struct file file;
    struct ladder_samples samples;
    struct fault fault = {0};
    begin(&file);
    add(&file, 0.1, SAMPLE_BACKING_WHITE, 50, 0.5);
    add(&file, 0.1, SAMPLE_BACKING_BLACK, 50, 0.04);
    add(&file, 0, SAMPLE_BACKING_WHITE, 0, 0.8);
    ck_assert_int_eq(ladder_from_samples(&file.set, &cell, &samples, &fault),
                     STATUS_BAD_DATA);
    ck_assert_ptr_nonnull(strstr(fault.text, "bare black backing"));
}
END_TEST

START_TEST(more_than_a_ladder_holds_is_refused)
{
    struct file file;
    struct ladder_samples samples;
    struct fault fault = {0};
    begin(&file);
    add_backings(&file);
    for (size_t i = 0; i <= LADDER_READINGS_MAX; i++)
        add(&file, 0.1, SAMPLE_BACKING_WHITE, 50, 0.5);
    ck_assert_int_eq(ladder_from_samples(&file.set, &cell, &samples, &fault),
                     STATUS_OUT_OF_RANGE);
    begin(&file);
    add_backings(&file);
    for (size_t i = 0; i <= LADDER_LEVELS_MAX; i++)
        add(&file, 0.01 * (double)(i + 1), SAMPLE_BACKING_WHITE, 50, 0.5);
    ck_assert_int_eq(ladder_from_samples(&file.set, &cell, &samples, &fault),
                     STATUS_OUT_OF_RANGE);
    file.set.grid = (struct grid){450, 10, BAND_COUNT};
    ck_assert_int_eq(ladder_from_samples(&file.set, &cell, &samples, &fault),
                     STATUS_NOT_COVERED);
}
END_TEST

Suite *suite(void)
{
    TCase *sorting = tcase_create("sorting");
    tcase_add_test(sorting, films_lie_upon_the_mean_of_their_bare_backing);
    tcase_add_test(sorting,
                   a_backing_that_nobody_read_is_estimated_from_the_weakest_films);
    tcase_add_test(sorting, tints_are_counted_in_the_white_they_are_in);
    tcase_add_test(sorting, what_is_sorted_can_be_fitted);
    tcase_add_loop_test(sorting, a_sample_that_tells_nothing_is_named, 0, BAD);
    tcase_add_test(sorting, a_missing_backing_is_named_where_both_are_used);
    tcase_add_test(sorting, more_than_a_ladder_holds_is_refused);
    Suite *s = suite_create("ladder_samples");
    suite_add_tcase(s, sorting);
    return s;
}
