/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "colorlib/ladder.h"
#include "colorlib/ladder_plan.h"
#include "colorlib/two_flux.h"
#include "tests/colorlib/measured.h"
#include "tests/runner.h"

static const struct drawdown_view views[] = {
    {{0.040, 0.597}, SURFACE_SPECULAR_INCLUDED},
    {{0.040, 0.597}, SURFACE_SPECULAR_EXCLUDED},
};

enum { FILM_LEVELS = 4, TINTS = 6 };
static const double film_levels[FILM_LEVELS] = {0.02, 0.05, 0.12, 0.30};
static const double tints[TINTS] = {0, 0.02, 0.1, 0.3, 0.6, 1};

/* A brown: strong in the blue, weak in the red, some scattering. mm^-1. */
static struct colorant brown(void)
{
    struct colorant brown;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double nm = bands_wavelength_nm(i);
        brown.K.value[i] = 520 / (1 + exp((nm - 585) / 22)) + 50;
        brown.S.value[i] = 41 * 550 / nm;
    }
    return brown;
}

static struct bands flat(double value)
{
    struct bands bands;
    for (size_t i = 0; i < BAND_COUNT; i++)
        bands.value[i] = value;
    return bands;
}

/* A ladder with room for its own readings. */
struct simulated {
    struct ladder ladder;
    struct ladder_reading reading[LADDER_READINGS_MAX];
};

static void add_reading(struct simulated *simulated, const struct colorant *truth,
                        size_t level, double concentration, double thickness_mm,
                        double backing)
{
    struct ladder_reading *reading = &simulated->reading[simulated->ladder.count++];
    *reading = (struct ladder_reading){
        .level = level,
        .concentration = concentration,
        .drawdown = {.thickness_mm = thickness_mm, .background = flat(backing)},
    };
    ladder_predict(&simulated->ladder, truth, concentration, &reading->drawdown,
                   &reading->reflectance);
    simulated->ladder.reading = simulated->reading;
}

static void make_films(const struct colorant *truth, const double *concentration,
                       size_t count, const struct drawdown_view *view,
                       struct simulated *out)
{
    *out = (struct simulated){.ladder = {.view = *view, .noise = {.share = 0.002}}};
    for (size_t k = 0; k < count; k++) {
        add_reading(out, truth, k, concentration[k], 0.05, 0.80);
        add_reading(out, truth, k, concentration[k], 0.05, 0.06);
    }
}

static void make_tints(const struct colorant *truth, const struct colorant *white,
                       struct simulated *out)
{
    *out = (struct simulated){
        .ladder = {.view = views[0], .carrier = *white, .noise = {.share = 0.002}}};
    for (size_t k = 0; k < TINTS; k++)
        add_reading(out, truth, k, tints[k], DRAWDOWN_OPAQUE, 0);
}

static void add_noise(gsl_rng *rng, struct simulated *simulated)
{
    const struct drawdown_noise *noise = &simulated->ladder.noise;
    for (size_t k = 0; k < simulated->ladder.count; k++)
        for (size_t i = 0; i < BAND_COUNT; i++) {
            double *film = &simulated->reading[k].reflectance.value[i];
            double *bare = &simulated->reading[k].drawdown.background.value[i];
            *film += gsl_ran_gaussian(rng, drawdown_deviation(noise, *film));
            *bare += gsl_ran_gaussian(rng, drawdown_deviation(noise, *bare));
        }
}

static struct ladder_fit fitted(const struct simulated *simulated)
{
    struct ladder_fit fit;
    ck_assert_int_eq(ladder_fit(&simulated->ladder, &fit), STATUS_OK);
    return fit;
}

START_TEST(films_give_back_the_colorant_from_either_reading)
{
    struct simulated films;
    struct colorant truth = brown();
    make_films(&truth, film_levels, FILM_LEVELS, &views[_i], &films);
    struct ladder_fit fit = fitted(&films);
    ck_assert_int_eq(fit.scale, LADDER_PER_MM);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        /* readings without noise; the fit ends where a step is far below a deviation */
        ck_assert_double_eq_tol(fit.colorant.K.value[i], truth.K.value[i], 1e-3);
        ck_assert_double_eq_tol(fit.colorant.S.value[i], truth.S.value[i], 1e-3);
    }
}
END_TEST

/* The colour note, 14.1, row 15: K = 20, S = 0.1 in S = 1 at c = 0.05. */
START_TEST(a_tint_has_the_colour_notes_ratio)
{
    struct ladder ladder = {.carrier = {flat(0), flat(1)},
                            .view = {.specular = SURFACE_SPECULAR_EXCLUDED}};
    struct colorant black = {flat(20), flat(0.1)};
    struct drawdown opaque = {.thickness_mm = DRAWDOWN_OPAQUE};
    struct bands reflectance;
    ladder_predict(&ladder, &black, 0.05, &opaque, &reflectance);
    ck_assert_double_eq_tol(reflectance.value[0], 0.26087, 5e-6); /* as printed */
    ck_assert_double_eq_tol(reflectance.value[0], two_flux_infinite(1.000, 0.955), 1e-15);
}
END_TEST

START_TEST(opaque_tints_give_back_the_colorant_in_units_of_the_white)
{
    struct simulated tinted;
    struct colorant truth = brown(), white = {flat(0.4), flat(80)}, reference;
    make_tints(&truth, &white, &tinted);
    ladder_white(&tinted.reading[0].reflectance, &views[0], &reference);
    ck_assert_double_eq_tol(reference.K.value[3], 0.4 / 80, 1e-12);
    ck_assert_double_eq(reference.S.value[3], 1);
    tinted.ladder.carrier = reference;
    struct ladder_fit fit = fitted(&tinted);
    ck_assert_int_eq(fit.scale, LADDER_OF_WHITE);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_double_eq_tol(fit.colorant.K.value[i], truth.K.value[i] / 80, 1e-5);
        ck_assert_double_eq_tol(fit.colorant.S.value[i], truth.S.value[i] / 80, 1e-5);
    }
}
END_TEST

START_TEST(films_and_tints_of_one_colorant_agree)
{
    struct simulated both;
    struct colorant truth = brown();
    make_films(&truth, film_levels, FILM_LEVELS, &views[0], &both);
    both.ladder.carrier = (struct colorant){flat(0.4), flat(80)};
    both.ladder.count = 0;
    for (size_t k = 0; k < FILM_LEVELS; k++) {
        add_reading(&both, &truth, k, film_levels[k], 0.05, 0.8);
        add_reading(&both, &truth, k, film_levels[k], 0.05, 0.06);
        add_reading(&both, &truth, k, film_levels[k], DRAWDOWN_OPAQUE, 0);
    }
    struct ladder_fit fit = fitted(&both);
    ck_assert_int_eq(fit.scale, LADDER_PER_MM);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_double_eq_tol(fit.colorant.K.value[i], truth.K.value[i], 1e-3);
        ck_assert_double_eq_tol(fit.colorant.S.value[i], truth.S.value[i], 1e-3);
    }
}
END_TEST

START_TEST(a_trace_in_white_is_told_by_one_constant)
{
    struct colorant truth = {brown().K, flat(0)}, white = {flat(0.005), flat(1)};
    struct simulated tinted = {.ladder = {.view = views[0],
                                          .carrier = white,
                                          .noise = {.share = 0.002},
                                          .constants = LADDER_ONE_CONSTANT}};
    add_reading(&tinted, &truth, 0, 0.002, DRAWDOWN_OPAQUE, 0);
    struct ladder_fit fit = fitted(&tinted);
    ck_assert_uint_eq(fit.freedom, 0);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_double_eq_tol(fit.colorant.K.value[i], truth.K.value[i],
                                1e-6 * truth.K.value[i]);
        ck_assert_double_eq(fit.colorant.S.value[i], 0);
    }
}
END_TEST

START_TEST(smoothing_costs_chi_square_no_more_than_a_twentieth)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    struct colorant truth = brown();
    struct simulated films;
    make_films(&truth, film_levels, FILM_LEVELS, &views[0], &films);
    films.ladder.noise.share = 0.02;
    add_noise(rng, &films);
    gsl_rng_free(rng);
    struct ladder_fit fit = fitted(&films);
    ck_assert_double_gt(fit.smoothing, 0.04);
    ck_assert_double_le(fit.smoothing, 0.05 + 1e-6);
    /* errors of neighbours are independent before smoothing: then those of second
     * differences have a variance six times that of the values */
    double value = 0, difference = 0;
    double error[BAND_COUNT];
    for (size_t i = 0; i < BAND_COUNT; i++)
        error[i] = fit.colorant.S.value[i] / truth.S.value[i] - 1;
    for (size_t i = 1; i + 1 < BAND_COUNT; i++) {
        value += error[i] * error[i];
        difference += pow(error[i - 1] - 2 * error[i] + error[i + 1], 2);
    }
    ck_assert_double_lt(difference, 4 * value);
}
END_TEST

START_TEST(errors_of_pouring_widen_the_deviations)
{
    struct colorant truth = brown();
    struct simulated films;
    make_films(&truth, film_levels, FILM_LEVELS, &views[0], &films);
    struct ladder_fit careful = fitted(&films);
    films.ladder.pour_share = LADDER_POUR_SHARE;
    struct ladder_fit usual = fitted(&films);
    films.ladder.pour_floor = 0.01;
    struct ladder_fit careless = fitted(&films);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double K = truth.K.value[i];
        ck_assert_double_lt(careful.K_deviation.value[i], 0.01 * K);
        /* four levels of 2 % each can do no better than half of it */
        ck_assert_double_gt(usual.K_deviation.value[i], 0.01 * K);
        ck_assert_double_lt(usual.K_deviation.value[i], 0.02 * K);
        ck_assert_double_gt(careless.K_deviation.value[i], usual.K_deviation.value[i]);
        ck_assert_double_ge(careful.relative_deviation.value[i], LADDER_DEVIATION_FLOOR);
    }
}
END_TEST

START_TEST(errors_of_pouring_are_within_the_deviations)
{
    enum { LADDERS = 200 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    struct colorant truth = brown();
    double inside = 0;
    for (int n = 0; n < LADDERS; n++) {
        double poured[FILM_LEVELS];
        struct simulated films;
        for (size_t k = 0; k < FILM_LEVELS; k++)
            poured[k] = film_levels[k] * (1 + gsl_ran_gaussian(rng, LADDER_POUR_SHARE));
        make_films(&truth, poured, FILM_LEVELS, &views[0], &films);
        add_noise(rng, &films);
        films.ladder.pour_share = LADDER_POUR_SHARE;
        for (size_t k = 0; k < films.ladder.count; k++)
            films.reading[k].concentration = film_levels[k / 2];
        struct ladder_fit fit = fitted(&films);
        for (size_t i = 0; i < BAND_COUNT; i++)
            inside += fabs(fit.colorant.K.value[i] - truth.K.value[i]) <
                      1.96 * fit.K_deviation.value[i];
    }
    gsl_rng_free(rng);
    double share = inside / (LADDERS * BAND_COUNT);
    printf("poured to 2 %%: %.1f %% of K within 1.96 deviations\n", 100 * share);
    /* a ladder's bands err together: 200 independent cases, 95 % known to 1.5 %; where
     * levels disagree by chance the deviations are widened */
    ck_assert_double_ge(share, 0.92);
    ck_assert_double_le(share, 0.995);
}
END_TEST

START_TEST(levels_that_disagree_widen_the_deviations)
{
    struct colorant truth = brown();
    struct simulated films;
    make_films(&truth, film_levels, FILM_LEVELS, &views[0], &films);
    struct ladder_fit before = fitted(&films);
    ck_assert_double_lt(before.scatter, 0.1);
    for (size_t k = 0; k < 2; k++)
        films.reading[k].concentration *= 1.1;
    struct ladder_fit after = fitted(&films);
    ck_assert_double_gt(after.scatter, 2);
    ck_assert_double_gt(after.K_deviation.value[5], 2 * before.K_deviation.value[5]);
}
END_TEST

START_TEST(a_backing_is_found_from_the_thinnest_films)
{
    struct colorant truth = {flat(10), flat(0)};
    struct simulated films;
    make_films(&truth, film_levels, 0, &views[1], &films);
    for (size_t k = 0; k < FILM_LEVELS; k++)
        add_reading(&films, &truth, k, film_levels[k] / 10, 0.05, 0.7);
    struct bands found;
    ck_assert_int_eq(ladder_background(films.reading, FILM_LEVELS, 2, &found), STATUS_OK);
    /* the logarithm is not quite straight */
    ck_assert_double_eq_tol(found.value[7], 0.7, 1e-4);
    ck_assert_int_eq(ladder_background(films.reading, FILM_LEVELS, 1, &found),
                     STATUS_OUT_OF_RANGE);
    films.reading[2].reflectance.value[0] = 0;
    ck_assert_int_eq(ladder_background(films.reading, FILM_LEVELS, 2, &found),
                     STATUS_BAD_DATA);
}
END_TEST

enum fault_kind {
    NO_READING,
    NO_COLORANT,
    NOT_A_NUMBER,
    TOO_BRIGHT,
    TWO_CONCENTRATIONS,
    BAD_LEVEL,
    BAD_THICKNESS,
    BAD_CONCENTRATION,
    NEGATIVE_NOISE,
    NEGATIVE_CARRIER,
    TOO_MANY,
    NO_WHITE,
    FAULTS
};

static enum status with_fault(struct simulated *s, enum fault_kind fault)
{
    struct ladder_fit fit;
    switch (fault) {
    case NO_READING: s->ladder.count = 0; break;
    case NO_COLORANT:
        for (size_t k = 0; k < s->ladder.count; k++)
            s->reading[k].concentration = 0;
        break;
    case NOT_A_NUMBER: s->reading[1].reflectance.value[30] = NAN; break;
    case TOO_BRIGHT: s->reading[1].drawdown.background.value[3] = 2; break;
    case TWO_CONCENTRATIONS: s->reading[1].concentration *= 1.01; break;
    case BAD_LEVEL: s->reading[0].level = LADDER_LEVELS_MAX; break;
    case BAD_THICKNESS: s->reading[0].drawdown.thickness_mm = -HUGE_VAL; break;
    case BAD_CONCENTRATION: s->reading[0].concentration = 1.01; break;
    case NEGATIVE_NOISE: s->ladder.noise.constant = -0.1; break;
    case NEGATIVE_CARRIER: s->ladder.carrier.S.value[2] = -1; break;
    case TOO_MANY: s->ladder.count = LADDER_READINGS_MAX + 1; break;
    case NO_WHITE:
        for (size_t k = 0; k < s->ladder.count; k++)
            s->reading[k].drawdown.thickness_mm = DRAWDOWN_OPAQUE;
        break;
    case FAULTS: break;
    }
    return ladder_fit(&s->ladder, &fit);
}

START_TEST(what_cannot_be_a_ladder_is_refused)
{
    static const enum status expected[FAULTS] = {
        [NO_READING] = STATUS_OUT_OF_RANGE,     [NO_COLORANT] = STATUS_OUT_OF_RANGE,
        [NOT_A_NUMBER] = STATUS_BAD_DATA,       [TOO_BRIGHT] = STATUS_BAD_DATA,
        [TWO_CONCENTRATIONS] = STATUS_BAD_DATA, [BAD_LEVEL] = STATUS_BAD_DATA,
        [BAD_THICKNESS] = STATUS_BAD_DATA,      [BAD_CONCENTRATION] = STATUS_BAD_DATA,
        [NEGATIVE_NOISE] = STATUS_BAD_DATA,     [NEGATIVE_CARRIER] = STATUS_BAD_DATA,
        [TOO_MANY] = STATUS_OUT_OF_RANGE,       [NO_WHITE] = STATUS_REJECTED,
    };
    struct colorant truth = brown();
    struct simulated films;
    make_films(&truth, film_levels, FILM_LEVELS, &views[0], &films);
    ck_assert_int_eq(with_fault(&films, (enum fault_kind)_i), expected[_i]);
}
END_TEST

/* Numbers in range that have nothing to do with any film. */
static void make_wild(gsl_rng *rng, struct simulated *out)
{
    *out = (struct simulated){.ladder = {.view = views[gsl_rng_uniform_int(rng, 2)],
                                         .noise = drawdown_noise_default,
                                         .pour_share = LADDER_POUR_SHARE}};
    out->ladder.constants =
        gsl_rng_uniform_int(rng, 2) ? LADDER_TWO_CONSTANTS : LADDER_ONE_CONSTANT;
    out->ladder.reading = out->reading;
    out->ladder.count = 1 + gsl_rng_uniform_int(rng, 12);
    if (gsl_rng_uniform_int(rng, 2))
        out->ladder.carrier = (struct colorant){flat(gsl_rng_uniform(rng)), flat(1)};
    for (size_t k = 0; k < out->ladder.count; k++) {
        struct ladder_reading *reading = &out->reading[k];
        double least = gsl_rng_uniform(rng), range = gsl_rng_uniform(rng) / 2;
        reading->level = k / 2;
        reading->concentration =
            k % 2 ? reading[-1].concentration : pow(10, -4 * gsl_rng_uniform(rng));
        reading->drawdown.thickness_mm = gsl_rng_uniform_int(rng, 3)
                                             ? pow(10, 0.9 - 4 * gsl_rng_uniform(rng))
                                             : DRAWDOWN_OPAQUE;
        for (size_t i = 0; i < BAND_COUNT; i++) {
            reading->reflectance.value[i] = least + range * gsl_rng_uniform(rng) - 0.05;
            reading->drawdown.background.value[i] = gsl_rng_uniform(rng);
        }
    }
}

START_TEST(wild_readings_give_numbers_or_a_refusal)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    size_t fits = 0, refusals = 0;
    for (int n = 0; n < 300; n++) {
        struct simulated wild;
        struct ladder_fit fit;
        make_wild(rng, &wild);
        if (ladder_fit(&wild.ladder, &fit) != STATUS_OK) {
            refusals++;
            continue;
        }
        fits++;
        for (size_t i = 0; i < BAND_COUNT; i++) {
            ck_assert(fit.colorant.K.value[i] >= 0 && fit.colorant.K.value[i] < 1e9);
            ck_assert(fit.colorant.S.value[i] >= 0 && fit.colorant.S.value[i] < 1e9);
            ck_assert(fit.K_deviation.value[i] >= 0 && fit.S_deviation.value[i] >= 0);
        }
    }
    gsl_rng_free(rng);
    ck_assert_uint_gt(fits, 30);
    ck_assert_uint_gt(refusals, 30);
}
END_TEST

START_TEST(one_tint_without_masstone_does_not_tell_two_constants)
{
    struct colorant truth = brown(), white = {flat(0.4), flat(80)};
    struct simulated tinted = {.ladder = {.view = views[0], .carrier = white}};
    struct ladder_fit fit;
    add_reading(&tinted, &truth, 0, 0.1, DRAWDOWN_OPAQUE, 0);
    ck_assert_int_eq(ladder_fit(&tinted.ladder, &fit), STATUS_OUT_OF_RANGE);
    add_reading(&tinted, &truth, 1, 0.1, DRAWDOWN_OPAQUE, 0); /* a repeat */
    ck_assert_int_eq(ladder_fit(&tinted.ladder, &fit), STATUS_REJECTED);
}
END_TEST

/* K and S of paints on one scale, in which the white scatters 1; see their SOURCE.md. */
static const struct table {
    const char *file;
    size_t quantity; /* the column of K or S; the next is the first wavelength */
    size_t before;   /* bands before 400 nm */
    size_t paints;
    const char *white;
} tables[] = {
    {"pigments/okumura2005_golden_matte_ks/okumura2005_ks.csv", 1, 4, 27,
     "Titanium White"},
    {"pigments/berns2016_golden_hb_ks/berns2016_ks.csv", 2, 2, 19, "TitaniumWhite"},
};

enum { PAINTS_MAX = 32 };

struct paint {
    char name[48];
    struct colorant colorant;
};

static size_t read_table(const struct table *table, struct paint *paint)
{
    struct measured row;
    measured_open(&row, table->file);
    size_t count = 0;
    while (measured_next(&row)) {
        ck_assert_uint_lt(count, PAINTS_MAX);
        bool absorption = strcmp(row.field[table->quantity], "K") == 0;
        struct colorant *colorant = &paint[count].colorant;
        struct bands *bands = absorption ? &colorant->K : &colorant->S;
        for (size_t i = 0; i < BAND_COUNT; i++)
            bands->value[i] =
                measured_number(&row, table->quantity + 1 + table->before + i);
        snprintf(paint[count].name, sizeof paint[count].name, "%s", row.field[0]);
        count += !absorption; /* S follows K */
    }
    fclose(row.stream);
    ck_assert_uint_eq(count, table->paints);
    return count;
}

/* How many bands lie within 1.96 deviations. */
struct coverage {
    size_t K, S, count;
};

static void count_covered(const struct simulated *simulated, const struct colorant *truth,
                          struct coverage *coverage)
{
    struct ladder_fit fit = fitted(simulated);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        coverage->K += fabs(fit.colorant.K.value[i] - truth->K.value[i]) <=
                       1.96 * fit.K_deviation.value[i];
        coverage->S += fabs(fit.colorant.S.value[i] - truth->S.value[i]) <=
                       1.96 * fit.S_deviation.value[i];
        coverage->count++;
    }
}

static void assert_covered(const struct coverage *coverage, const char *what,
                           const struct table *table)
{
    double K = (double)coverage->K / (double)coverage->count;
    double S = (double)coverage->S / (double)coverage->count;
    printf("%s, %zu paints, noise 0.2 %%: %.1f %% of K and %.1f %% of S within 1.96 "
           "deviations\n",
           what, table->paints, 100 * K, 100 * S);
    /* what the issue asks of 95 % */
    ck_assert_double_ge(K, 0.90);
    ck_assert_double_le(K, 0.98);
    ck_assert_double_ge(S, 0.90);
    ck_assert_double_le(S, 0.98);
}

enum { REPEATS = 4 };

START_TEST(paints_are_found_again_from_films_as_planned)
{
    const double scattering_per_mm = 100; /* of the tables' white, about that of one */
    struct paint paint[PAINTS_MAX];
    size_t count = read_table(&tables[_i], paint);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    struct coverage coverage = {0};
    for (size_t n = 0; n < count * REPEATS; n++) {
        struct colorant truth, *unit = &paint[n / REPEATS].colorant;
        struct ladder_plan plan;
        drawdown_mix(unit, &scattering_per_mm, 1, &truth);
        ck_assert_int_eq(ladder_plan(&truth, 0.05, 6, &plan), STATUS_OK);
        double concentration[LADDER_PLAN_MAX];
        for (size_t k = 0; k < plan.count; k++)
            concentration[k] = plan.level[k].concentration;
        struct simulated films;
        make_films(&truth, concentration, plan.count, &views[0], &films);
        add_noise(rng, &films);
        count_covered(&films, &truth, &coverage);
    }
    gsl_rng_free(rng);
    assert_covered(&coverage, "films as planned", &tables[_i]);
}
END_TEST

START_TEST(paints_are_found_again_from_tints_in_their_white)
{
    struct paint paint[PAINTS_MAX];
    size_t count = read_table(&tables[_i], paint), white = 0;
    while (strcmp(paint[white].name, tables[_i].white) != 0)
        white++;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    struct coverage coverage = {0};
    for (size_t n = 0; n < count * REPEATS; n++) {
        if (n / REPEATS == white)
            continue;
        struct simulated tinted;
        const struct colorant *truth = &paint[n / REPEATS].colorant;
        make_tints(truth, &paint[white].colorant, &tinted);
        add_noise(rng, &tinted);
        ladder_white(&tinted.reading[0].reflectance, &views[0], &tinted.ladder.carrier);
        count_covered(&tinted, truth, &coverage);
    }
    gsl_rng_free(rng);
    assert_covered(&coverage, "tints in white", &tables[_i]);
}
END_TEST

Suite *suite(void)
{
    TCase *fits = tcase_create("fits");
    tcase_add_loop_test(fits, films_give_back_the_colorant_from_either_reading, 0, 2);
    tcase_add_test(fits, a_tint_has_the_colour_notes_ratio);
    tcase_add_test(fits, opaque_tints_give_back_the_colorant_in_units_of_the_white);
    tcase_add_test(fits, films_and_tints_of_one_colorant_agree);
    tcase_add_test(fits, a_trace_in_white_is_told_by_one_constant);
    tcase_add_test(fits, smoothing_costs_chi_square_no_more_than_a_twentieth);
    tcase_add_test(fits, errors_of_pouring_widen_the_deviations);
    tcase_add_test(fits, errors_of_pouring_are_within_the_deviations);
    tcase_add_test(fits, levels_that_disagree_widen_the_deviations);
    tcase_add_test(fits, a_backing_is_found_from_the_thinnest_films);
    TCase *limits = tcase_create("limits");
    tcase_add_loop_test(limits, what_cannot_be_a_ladder_is_refused, 0, FAULTS);
    tcase_add_test(limits, wild_readings_give_numbers_or_a_refusal);
    tcase_add_test(limits, one_tint_without_masstone_does_not_tell_two_constants);
    Suite *s = suite_create("ladder");
    suite_add_tcase(s, fits);
    suite_add_tcase(s, limits);
    if (runner_data(tables[0].file)) {
        TCase *published = tcase_create("published paints");
        tcase_add_loop_test(published, paints_are_found_again_from_films_as_planned, 0,
                            2);
        tcase_add_loop_test(published, paints_are_found_again_from_tints_in_their_white,
                            0, 2);
        suite_add_tcase(s, published);
    } else {
        runner_skip("paints_are_found_again_from_films_as_planned", "no measured data");
        runner_skip("paints_are_found_again_from_tints_in_their_white",
                    "no measured data");
    }
    return s;
}
