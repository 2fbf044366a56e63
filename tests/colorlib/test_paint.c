/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The two-flux core against mixtures that were really weighed and measured: pastes in a
 * white coating, which is so much stronger in scattering that one constant a paste
 * suffices, (K/S)_mixture = (K/S)_base + sum c (k/s)_paste (Duncan 1940).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/difference.h"
#include "colorlib/surface.h"
#include "colorlib/two_flux.h"
#include "tests/colorlib/measured.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

#define LADDERS  "mixtures/pastes_sf600/calibration_ladders.csv"
#define MIXTURES "mixtures/pastes_sf600/mixtures.csv"

enum { PASTES = 21, RUNGS = 3, MIXTURES_ALL = 20, MIXTURES_OK = 17, PARTS_MAX = 3 };

/* The coating in air, d/8 with the specular light included. */
static const struct surface coating = {.external = 0.04, .internal = 0.5};

struct paste {
    char name[16];
    struct bands strength; /* k/s at a mass of paste equal to the base's */
};

struct paints {
    struct bands base; /* K/S of the white */
    struct paste paste[PASTES];
};

/* K/S of an opaque film, from its reflectance factors in 31 fields. */
static struct bands ratios(const struct measured *row, size_t first)
{
    struct bands ratio;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double R = surface_internal(&coating, SURFACE_SPECULAR_INCLUDED,
                                    measured_number(row, first + i));
        ratio.value[i] = (1 - R) * (1 - R) / (2 * R);
    }
    return ratio;
}

/* Least squares through the base weighted 1/c^2 is the mean of the rungs' slopes. */
static void add_rung(const struct measured *row, const struct bands *base,
                     struct paste *paste)
{
    ck_assert_uint_lt(strlen(row->field[0]), sizeof paste->name);
    strcpy(paste->name, row->field[0]);
    double c = measured_number(row, 1) / measured_number(row, 2);
    struct bands rung = ratios(row, 3);
    for (size_t i = 0; i < BAND_COUNT; i++)
        paste->strength.value[i] += (rung.value[i] - base->value[i]) / c / RUNGS;
}

static void read_paints(struct paints *paints)
{
    *paints = (struct paints){0};
    struct measured row;
    measured_open(&row, LADDERS);
    ck_assert(measured_next(&row));
    ck_assert_str_eq(row.field[0], "none");
    paints->base = ratios(&row, 3);
    for (size_t rung = 0; rung < PASTES * RUNGS; rung++) {
        ck_assert(measured_next(&row));
        struct paste *paste = &paints->paste[rung / RUNGS];
        if (rung % RUNGS > 0)
            ck_assert_str_eq(row.field[0], paste->name);
        add_rung(&row, &paints->base, paste);
    }
    ck_assert(!measured_next(&row));
    fclose(row.stream);
}

static const struct paste *find_paste(const struct paints *paints, const char *name)
{
    for (size_t i = 0; i < PASTES; i++)
        if (strcmp(paints->paste[i].name, name) == 0)
            return &paints->paste[i];
    ck_abort_msg("no ladder of paste %s", name);
    return NULL;
}

/* The reflectance factor that a row's masses predict. The reader leaves out empty fields,
 * so that the base stands behind the pastes there are. */
static struct bands predict(const struct paints *paints, const struct measured *row,
                            size_t parts)
{
    struct bands ratio = paints->base, reflectance;
    double base_g = measured_number(row, 3 + 2 * parts);
    for (size_t k = 0; k < parts; k++) {
        const struct paste *paste = find_paste(paints, row->field[3 + 2 * k]);
        double c = measured_number(row, 4 + 2 * k) / base_g;
        for (size_t i = 0; i < BAND_COUNT; i++)
            ratio.value[i] += c * paste->strength.value[i];
    }
    for (size_t i = 0; i < BAND_COUNT; i++)
        reflectance.value[i] = surface_reflectance(&coating, SURFACE_SPECULAR_INCLUDED,
                                                   two_flux_infinite(ratio.value[i], 1));
    return reflectance;
}

static double prediction_error(const struct paints *paints, const struct weights *weights,
                               const struct measured *row)
{
    size_t parts = (size_t)measured_number(row, 1);
    ck_assert_uint_le(parts, PARTS_MAX);
    struct bands predicted = predict(paints, row, parts), measured;
    for (size_t i = 0; i < BAND_COUNT; i++)
        measured.value[i] = measured_number(row, 4 + 2 * parts + i);
    return difference_ciede2000(colorimetry_reflectance_lab(weights, measured.value),
                                colorimetry_reflectance_lab(weights, predicted.value));
}

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static double median(double *value, size_t count)
{
    qsort(value, count, sizeof value[0], by_value);
    return (value[(count - 1) / 2] + value[count / 2]) / 2;
}

/* Flags tell mixtures whose batch or masses are in doubt. */
START_TEST(weighed_mixtures_have_the_color_that_their_pastes_predict)
{
    struct paints paints;
    read_paints(&paints);
    struct weights weights = example_weights("D65");
    double ok[MIXTURES_OK] = {0}, all[MIXTURES_ALL] = {0};
    size_t ok_count = 0, count = 0;
    struct measured row;
    measured_open(&row, MIXTURES);
    while (measured_next(&row)) {
        ck_assert_uint_lt(count, MIXTURES_ALL);
        all[count] = prediction_error(&paints, &weights, &row);
        if (strcmp(row.field[2], "ok") == 0) {
            ck_assert_uint_lt(ok_count, MIXTURES_OK);
            ok[ok_count++] = all[count];
        }
        count++;
    }
    fclose(row.stream);
    ck_assert_uint_eq(count, MIXTURES_ALL);
    ck_assert_uint_eq(ok_count, MIXTURES_OK);

    double median_ok = median(ok, ok_count);
    printf(
        "weighed mixtures: CIEDE2000 median %.2f, worst %.2f of 17; median %.2f of all "
        "20\n",
        median_ok, ok[ok_count - 1], median(all, count));
    ck_assert_double_le(median_ok, 2.0);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("paint");
    TCase *measured = tcase_create("measured mixtures");
    if (runner_data(LADDERS))
        tcase_add_test(measured,
                       weighed_mixtures_have_the_color_that_their_pastes_predict);
    else
        runner_skip("weighed_mixtures_have_the_color_that_their_pastes_predict",
                    "no measured data");
    suite_add_tcase(s, measured);
    return s;
}
