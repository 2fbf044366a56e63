/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ladders of real paints and films, each with what its data cannot tell. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/difference.h"
#include "colorlib/ladder_check.h"
#include "tests/colorlib/measured.h"
#include "tests/colorlib/worked_example.h"

#define MASSTONES   "mixtures/kimera_acrylics/masstones.csv"
#define TINTS       "mixtures/kimera_acrylics/tints_with_white.csv"
#define FILMS       "mixtures/thin_film_nix/film_ladders.csv"
#define PAPER       "mixtures/watercolour_ntu/paper.csv"
#define PRIMARIES   "mixtures/watercolour_ntu/primaries.csv"
#define WATERCOLORS "mixtures/watercolour_ntu/mixtures.csv"

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static double median(double *value, size_t count)
{
    ck_assert_uint_gt(count, 0);
    qsort(value, count, sizeof value[0], by_value);
    return (value[(count - 1) / 2] + value[count / 2]) / 2;
}

static struct bands bands_at(const struct measured *row, size_t first)
{
    struct bands bands;
    for (size_t i = 0; i < BAND_COUNT; i++)
        bands.value[i] = measured_number(row, first + i);
    return bands;
}

static double error_of(const struct weights *weights, const struct bands *measured,
                       const struct bands *predicted)
{
    return difference_ciede2000(colorimetry_reflectance_lab(weights, measured->value),
                                colorimetry_reflectance_lab(weights, predicted->value));
}

/* -- kimera_acrylics: masstones and one tint in white each, three repeats ------------ */

enum { PAINTS = 13, REPEATS = 3, PIXELS_MAX = 256 };

struct paint {
    char name[32];
    double concentration; /* of the tint, by mass */
    struct bands masstone[REPEATS];
    struct bands tint[REPEATS];
};

struct kimera {
    double wavelength_nm[PIXELS_MAX];
    size_t pixels;
    size_t count;
    struct paint paint[PAINTS];
};

/* Percent at some 2.3 nm, unevenly: the mean of the pixels within 5 nm of a band. */
static struct bands of_pixels(const struct kimera *kimera, const struct measured *row)
{
    struct bands bands;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double sum = 0, count = 0;
        for (size_t k = 0; k < kimera->pixels; k++)
            if (fabs(kimera->wavelength_nm[k] - bands_wavelength_nm(i)) <= 5) {
                sum += measured_number(row, 4 + k) / 100;
                count++;
            }
        ck_assert_double_gt(count, 0);
        bands.value[i] = sum / count;
    }
    return bands;
}

/* The heading, which measured_open leaves in the fields. */
static void read_pixels(struct kimera *kimera, const struct measured *row)
{
    kimera->pixels = row->count - 4;
    ck_assert_uint_le(kimera->pixels, PIXELS_MAX);
    for (size_t k = 0; k < kimera->pixels; k++)
        kimera->wavelength_nm[k] = measured_number(row, 4 + k);
}

static struct paint *find_paint(struct kimera *kimera, const char *name)
{
    for (size_t p = 0; p < kimera->count; p++)
        if (strcmp(kimera->paint[p].name, name) == 0)
            return &kimera->paint[p];
    ck_assert_uint_lt(kimera->count, PAINTS);
    struct paint *paint = &kimera->paint[kimera->count++];
    snprintf(paint->name, sizeof paint->name, "%s", name);
    return paint;
}

static void read_kimera(struct kimera *kimera)
{
    *kimera = (struct kimera){.count = 0};
    static const char *const files[] = {MASSTONES, TINTS};
    for (size_t f = 0; f < 2; f++) {
        struct measured row;
        measured_open(&row, files[f]);
        read_pixels(kimera, &row);
        while (measured_next(&row)) {
            struct paint *paint = find_paint(kimera, row.field[0]);
            size_t repeat = (size_t)measured_number(&row, 1) - 1;
            ck_assert_uint_lt(repeat, REPEATS);
            double mass = measured_number(&row, 2), white = measured_number(&row, 3);
            (f == 0 ? paint->masstone : paint->tint)[repeat] = of_pixels(kimera, &row);
            paint->concentration = f == 0 ? 0 : mass / (mass + white);
        }
        fclose(row.stream);
    }
    ck_assert_uint_eq(kimera->count, PAINTS);
}

/* Acrylics in air; the instrument's geometry is not stated, taken as 45/0. */
static const struct drawdown_view acrylic = {{0.04, 0.60}, SURFACE_SPECULAR_EXCLUDED};

/* The masstone and the tints but one; what it predicts for that one is returned. */
static struct bands predict_repeat(const struct paint *paint,
                                   const struct colorant *white, size_t left_out,
                                   double concentration)
{
    struct ladder_reading reading[2 * REPEATS];
    struct ladder ladder = {.reading = reading,
                            .carrier = *white,
                            .view = acrylic,
                            .noise = {0.001, 0.005}, /* repeatability, SOURCE.md */
                            .pour_share = LADDER_POUR_SHARE};
    struct drawdown opaque = {.thickness_mm = DRAWDOWN_OPAQUE};
    for (size_t k = 0; k < REPEATS; k++) {
        reading[ladder.count++] =
            (struct ladder_reading){0, 1, opaque, paint->masstone[k]};
        if (k != left_out)
            reading[ladder.count++] =
                (struct ladder_reading){1, concentration, opaque, paint->tint[k]};
    }
    struct ladder_fit fit;
    struct ladder_check check;
    struct weights weights = example_weights("D65");
    ck_assert_int_eq(ladder_fit(&ladder, &fit), STATUS_OK);
    ck_assert_int_eq(fit.scale, LADDER_OF_WHITE);
    /* what a level is worth cannot be asked of two */
    ck_assert_int_eq(ladder_check(&ladder, &weights, &check), STATUS_OUT_OF_RANGE);
    struct bands predicted;
    ladder_predict(&ladder, &fit.colorant, concentration, &opaque, &predicted);
    return predicted;
}

/* Median over paints and repeats, with the tints' concentrations multiplied. */
static double kimera_median(double factor)
{
    struct kimera kimera;
    read_kimera(&kimera);
    struct bands mean = {{0}};
    const struct paint *white_paint = find_paint(&kimera, "white");
    for (size_t k = 0; k < REPEATS; k++)
        for (size_t i = 0; i < BAND_COUNT; i++)
            mean.value[i] += white_paint->masstone[k].value[i] / REPEATS;
    struct colorant white;
    ladder_white(&mean, &acrylic, &white);
    struct weights weights = example_weights("D65");
    double error[PAINTS * REPEATS] = {0};
    size_t count = 0;
    for (size_t p = 0; p < PAINTS; p++)
        for (size_t k = 0; k < REPEATS && &kimera.paint[p] != white_paint; k++) {
            const struct paint *paint = &kimera.paint[p];
            struct bands predicted =
                predict_repeat(paint, &white, k, factor * paint->concentration);
            error[count++] = error_of(&weights, &paint->tint[k], &predicted);
        }
    ck_assert_uint_eq(count, (PAINTS - 1) * REPEATS);
    return median(error, count);
}

START_TEST(masstone_and_two_tints_predict_the_third)
{
    double right = kimera_median(1), wrong = kimera_median(1.3);
    printf("acrylics: the third tint is predicted to CIEDE2000 %.2f (median of 36); with "
           "concentrations 30 %% too high to %.2f: one level of tint cannot tell\n",
           right, wrong);
    ck_assert_double_le(right, 0.3); /* the issue's number */
    /* the constants change with the concentration, the prediction at it does not */
    ck_assert_double_le(wrong, 0.3);
}
END_TEST

/* -- thin_film_nix: films of 8 and 12 um over a white that was not measured ---------- */

enum { FILM_LEVELS = 5 };

/* 45/0 by the instrument's make; films in air. */
static const struct drawdown_view resin = {{0.04, 0.50}, SURFACE_SPECULAR_EXCLUDED};

struct films {
    struct ladder ladder;
    struct ladder_reading reading[FILM_LEVELS];
    struct bands backing;
};

/* The ladder of a pigment at a thickness, its backing estimated from the two lowest
 * concentrations. Over one backing a film tells K alone. */
static void read_films(const char *pigment, const char *film_um, struct films *out)
{
    struct measured row;
    size_t count = 0;
    measured_open(&row, FILMS);
    while (measured_next(&row)) {
        if (strncmp(row.field[1], pigment, strlen(pigment)) != 0 ||
            strcmp(row.field[3], film_um) != 0)
            continue;
        ck_assert_uint_lt(count, FILM_LEVELS);
        out->reading[count] = (struct ladder_reading){
            .level = count,
            .concentration = measured_number(&row, 2) / 100,
            .drawdown = {.thickness_mm = measured_number(&row, 3) / 1000},
            .reflectance = bands_at(&row, 7),
        };
        count++;
    }
    fclose(row.stream);
    ck_assert_uint_eq(count, FILM_LEVELS);
    ck_assert_int_eq(ladder_background(out->reading, count, 2, &out->backing), STATUS_OK);
    for (size_t k = 0; k < count; k++)
        out->reading[k].drawdown.background = out->backing;
    out->ladder = (struct ladder){.reading = out->reading,
                                  .count = count,
                                  .view = resin,
                                  .noise = {0.001, 0.005},
                                  .pour_share = LADDER_POUR_SHARE,
                                  .constants = LADDER_ONE_CONSTANT};
}

/* Median error of the films of one thickness, predicted from those of the other. */
static double predict_thickness(const char *from_um, const char *to_um)
{
    struct films from, to;
    struct ladder_fit fit;
    struct weights weights = example_weights("D65");
    read_films("BiVO4", from_um, &from);
    read_films("BiVO4", to_um, &to);
    ck_assert_int_eq(ladder_fit(&from.ladder, &fit), STATUS_OK);
    double error[FILM_LEVELS];
    for (size_t k = 0; k < FILM_LEVELS; k++) {
        struct drawdown film = {to.reading[k].drawdown.thickness_mm, from.backing};
        struct bands predicted;
        ladder_predict(&from.ladder, &fit.colorant, to.reading[k].concentration, &film,
                       &predicted);
        error[k] = error_of(&weights, &to.reading[k].reflectance, &predicted);
    }
    return median(error, FILM_LEVELS);
}

START_TEST(films_of_8_um_predict_those_of_12)
{
    double thicker = predict_thickness("8", "12"), thinner = predict_thickness("12", "8");
    printf("bismuth vanadate over an unmeasured white: 8 um predicts 12 um to CIEDE2000 "
           "%.2f (median of 5), 12 um predicts 8 um to %.2f\n",
           thicker, thinner);
    ck_assert_double_le(thicker, 2.0); /* the issue's number */
}
END_TEST

static const struct {
    const char *pigment;
    bool additive;
} effects[] = {{"BiVO4", true}, {"phthalo", true}, {"pearl", false}};

START_TEST(a_pearl_pigment_is_refused_with_its_reason)
{
    struct films films;
    struct ladder_check check;
    struct ladder_suspect suspect;
    struct weights weights = example_weights("D65");
    read_films(effects[_i].pigment, "8", &films);
    ck_assert_int_eq(ladder_check(&films.ladder, &weights, &check), STATUS_OK);
    enum status named = ladder_mislabelled(&films.ladder, &suspect);
    enum ladder_verdict verdict =
        ladder_judge(&check, named == STATUS_OK ? &suspect : NULL);
    printf("%s, 8 um: %.0f %% of the color unexplained, level left out %.2f: %s\n",
           effects[_i].pigment, 100 * check.unexplained, check.level_out_median,
           ladder_verdict_text(verdict));
    ck_assert_int_eq(named, STATUS_NOT_FOUND);
    if (effects[_i].additive)
        ck_assert_int_ne(verdict, LADDER_NOT_ADDITIVE);
    else
        ck_assert_int_eq(verdict, LADDER_NOT_ADDITIVE);
}
END_TEST

/* -- watercolour_ntu: washes on paper by volume, alone and mixed --------------------- */

enum { COLORS = 14, WASHES = 11, CHINESE_WHITE = 13, MIXTURES_MAX = 400 };

/* A smooth gum on paper, specular excluded: dark washes read down to 0.016. */
static const struct drawdown_view gum = {{0.04, 0.60}, SURFACE_SPECULAR_EXCLUDED};

/* Thickness is not known: 0.1 mL is taken as 1 mm, a unit like any other. */
static const double mm_per_ml = 10;

struct watercolors {
    struct bands paper;
    struct ladder_reading reading[COLORS][WASHES]; /* by number, from 1 */
    size_t count[COLORS];
    struct colorant colorant[COLORS];
};

static void read_primaries(struct watercolors *colors)
{
    struct measured row;
    measured_open(&row, PAPER);
    ck_assert(measured_next(&row));
    colors->paper = bands_at(&row, 3);
    fclose(row.stream);
    measured_open(&row, PRIMARIES);
    while (measured_next(&row)) {
        if (strcmp(row.field[2], "R") != 0 || measured_number(&row, 3) > 5)
            continue; /* labels recovered with doubt, SOURCE.md */
        size_t p = (size_t)atoi(row.field[0] + 1);
        ck_assert_uint_lt(p, COLORS);
        ck_assert_uint_lt(colors->count[p], WASHES);
        colors->reading[p][colors->count[p]] = (struct ladder_reading){
            .level = colors->count[p],
            .concentration = 1,
            .drawdown = {mm_per_ml * measured_number(&row, 1), colors->paper},
            .reflectance = bands_at(&row, 6),
        };
        colors->count[p]++;
    }
    fclose(row.stream);
}

static void calibrate(struct watercolors *colors)
{
    for (size_t p = 1; p < COLORS; p++) {
        struct ladder ladder = {.reading = colors->reading[p],
                                .count = colors->count[p],
                                .view = gum,
                                .noise = {0.003, 0.01},
                                .pour_share = 0.1}; /* 0.01 mL by eye */
        struct ladder_fit fit;
        ck_assert_int_eq(ladder_fit(&ladder, &fit), STATUS_OK);
        colors->colorant[p] = fit.colorant;
    }
}

static double ratio(double reflectance)
{
    double R = fmin(fmax(reflectance, 1e-4), 1);
    return (1 - R) * (1 - R) / (2 * R);
}

/* The plain model: what each wash alone adds to the K/S of the paper adds up. False where
 * a wash was not measured. */
static bool plain(const struct watercolors *colors, const size_t *p, const double *mm,
                  struct bands *out)
{
    struct bands sum;
    for (size_t i = 0; i < BAND_COUNT; i++)
        sum.value[i] = ratio(colors->paper.value[i]);
    for (size_t k = 0; k < 2; k++) {
        const struct ladder_reading *wash = NULL;
        for (size_t n = 0; n < colors->count[p[k]]; n++)
            if (fabs(colors->reading[p[k]][n].drawdown.thickness_mm - mm[k]) < 1e-6)
                wash = &colors->reading[p[k]][n];
        if (!wash)
            return false;
        for (size_t i = 0; i < BAND_COUNT; i++)
            sum.value[i] +=
                ratio(wash->reflectance.value[i]) - ratio(colors->paper.value[i]);
    }
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double q = fmax(sum.value[i], 0);
        out->value[i] = 1 + q - sqrt(q * (q + 2));
    }
    return true;
}

static struct bands layered(const struct watercolors *colors, const size_t *p,
                            const double *mm)
{
    double total = mm[0] + mm[1];
    struct colorant part[] = {colors->colorant[p[0]], colors->colorant[p[1]]}, wash;
    drawdown_mix(part, (double[]){mm[0] / total, mm[1] / total}, 2, &wash);
    struct drawdown on_paper = {total, colors->paper};
    struct bands predicted;
    drawdown_reflectance(&wash, &on_paper, &gum, &predicted);
    return predicted;
}

struct sample {
    double error[MIXTURES_MAX];
    size_t count;
};

START_TEST(washes_mix_better_as_layers_than_by_plain_addition)
{
    struct watercolors colors = {.count = {0}};
    struct weights weights = example_weights("D65");
    struct sample simple = {.count = 0}, both = simple, with_white = simple,
                  without = simple;
    read_primaries(&colors);
    calibrate(&colors);
    struct measured row;
    measured_open(&row, WATERCOLORS);
    while (measured_next(&row)) {
        size_t p[] = {(size_t)atoi(row.field[0] + 1), (size_t)atoi(row.field[2] + 1)};
        double mm[] = {mm_per_ml * measured_number(&row, 1),
                       mm_per_ml * measured_number(&row, 3)};
        struct bands measured = bands_at(&row, 6), predicted;
        ck_assert_uint_lt(both.count, MIXTURES_MAX);
        if (plain(&colors, p, mm, &predicted))
            simple.error[simple.count++] = error_of(&weights, &measured, &predicted);
        predicted = layered(&colors, p, mm);
        double error = error_of(&weights, &measured, &predicted);
        both.error[both.count++] = error;
        bool white = p[0] == CHINESE_WHITE || p[1] == CHINESE_WHITE;
        struct sample *part = white ? &with_white : &without;
        part->error[part->count++] = error;
    }
    fclose(row.stream);
    double layers = median(both.error, both.count);
    double baseline = median(simple.error, simple.count);
    printf("watercolours: CIEDE2000 median %.2f of %zu mixtures, %.2f without Chinese "
           "white, %.2f with it; plain addition of K/S over paper %.2f of %zu\n",
           layers, both.count, median(without.error, without.count),
           median(with_white.error, with_white.count), baseline, simple.count);
    ck_assert_uint_eq(both.count, 390);
    ck_assert_double_lt(layers, baseline);
    ck_assert_double_lt(layers, 6.6); /* the issue's baseline */
}
END_TEST

/* What the layer model lacks: a black wash that hides its paper goes on darkening, as its
 * surface closes (bronzing); no film under one surface does so. */
START_TEST(dark_washes_darken_further_after_they_hide_the_paper)
{
    enum { IVORY_BLACK = 12 };
    struct watercolors colors = {.count = {0}};
    read_primaries(&colors);
    calibrate(&colors);
    const struct ladder_reading *wash = colors.reading[IVORY_BLACK];
    size_t last = colors.count[IVORY_BLACK] - 1;
    const struct colorant *black = &colors.colorant[IVORY_BLACK];
    struct bands thin, thick;
    struct drawdown half = {wash[last].drawdown.thickness_mm / 2, colors.paper};
    drawdown_reflectance(black, &half, &gum, &thin);
    drawdown_reflectance(black, &wash[last].drawdown, &gum, &thick);
    size_t green = 15;
    double measured_fall =
        wash[last / 2].reflectance.value[green] - wash[last].reflectance.value[green];
    printf("ivory black at 550 nm: %.4f, twice the wash %.4f; the model %.4f and %.4f\n",
           wash[last / 2].reflectance.value[green], wash[last].reflectance.value[green],
           thin.value[green], thick.value[green]);
    ck_assert_double_gt(measured_fall, 5 * (thin.value[green] - thick.value[green]));
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("ladder_measured");
    TCase *measured = tcase_create("measured paints");
    suite_add_tcase(s, measured);
    if (!runner_data(MASSTONES)) {
        runner_skip("ladders of real paints and films", "no measured data");
        return s;
    }
    tcase_add_test(measured, masstone_and_two_tints_predict_the_third);
    tcase_add_test(measured, films_of_8_um_predict_those_of_12);
    tcase_add_loop_test(measured, a_pearl_pigment_is_refused_with_its_reason, 0,
                        sizeof effects / sizeof effects[0]);
    tcase_add_test(measured, washes_mix_better_as_layers_than_by_plain_addition);
    tcase_add_test(measured, dark_washes_darken_further_after_they_hide_the_paper);
    return s;
}
