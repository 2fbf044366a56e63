/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/followup.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "colorlib/draws.h"
#include "colorlib/forecast.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

/* Client A, carbon 1:19 at 150 dots per cm2, with all that a scan refers to. */
struct example {
    struct pigment pigment[2];
    struct mixture mixture;
    struct treatment usual;
    struct skin_fit skin;
    struct weights weights;
    struct client_state prior;
};

static void make_example(struct example *e)
{
    *e = (struct example){.usual = example_treatment(SKIN_LIGHT, 150),
                          .weights = example_weights("D65"),
                          .skin = {.basis = SKIN_ASSUMED}};
    example_pigments(e->pigment);
    e->mixture = (struct mixture){1, {&e->pigment[0]}, {0.05}};
    e->skin.skin = e->usual.skin;
    client_state_prior(&e->usual.technique, CLIENT_SCALP, &e->prior);
}

/* Skin that a spectrum was measured of: client A's own, fitted. */
static void measure_skin(struct example *e)
{
    struct bands bare;
    skin_bare(&e->usual.skin, &bare);
    ck_assert_int_eq(skin_fit(&bare, &e->skin), STATUS_OK);
}

/* What a client with these deviations shows after years. */
static cmsCIELab seen(const struct example *e, const double *deviation, double years)
{
    struct treatment treatment;
    struct bands reflectance;
    client_state_apply(deviation, &e->usual, &treatment);
    treatment_reflectance(&treatment, &e->mixture, years, &reflectance);
    return colorimetry_reflectance_lab(&e->weights, reflectance.value);
}

static struct followup_scan scan_of(const struct example *e, cmsCIELab lab, double years)
{
    return (struct followup_scan){.usual = &e->usual,
                                  .mixture = &e->mixture,
                                  .years = years,
                                  .lab = lab,
                                  .placements = 5,
                                  .aperture_mm = 8};
}

static struct client_state update(const struct example *e,
                                  const struct followup_scan *scan, size_t count,
                                  struct followup_report *report)
{
    struct client_state posterior;
    ck_assert_int_eq(followup_update(&e->skin, &e->weights, &e->prior, scan, count,
                                     &posterior, report),
                     STATUS_OK);
    return posterior;
}

static void keep_only(struct client_state *state, const enum client_component *kept,
                      size_t count)
{
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++) {
        double keep = 0;
        for (size_t i = 0; i < count; i++)
            keep = kept[i] == k ? 1 : keep;
        state->covariance[k][k] *= keep;
    }
}

/* An observer without color, to whom all is grey: a* and b* are 0 and tell nothing. */
static void see_lightness_only(struct weights *weights)
{
    for (size_t i = 0; i < weights->grid.count; i++)
        weights->x[i] = weights->z[i] = weights->y[i];
    weights->white.X = weights->white.Z = weights->white.Y;
}

/* The colour note's scalar check of learning: L* moves by -4.15 per ln phi; variances 4.3
 * of the fill, 0.60 of the healed fraction, 0.43 of the density, 0.49 of the noise (one
 * placement); gain 0.178, step of ln phi -0.26, phi 0.116, posterior sd 0.255. */
START_TEST(a_lighter_scan_lowers_the_fill_as_the_scalar_check_says)
{
    static const enum client_component varied[] = {CLIENT_FILL, CLIENT_HEALED,
                                                   CLIENT_DENSITY};
    static const double none[CLIENT_COMPONENTS] = {0};
    struct example e;
    struct followup_report report;
    make_example(&e);
    see_lightness_only(&e.weights);
    keep_only(&e.prior, varied, 3);
    cmsCIELab expected = seen(&e, none, FORECAST_HEALED_YEARS);
    /* printed with two decimals */
    ck_assert_double_eq_tol(expected.L, 55.94, 0.01);
    struct followup_scan scan =
        scan_of(&e, (cmsCIELab){expected.L + 0.01, 0, 0}, FORECAST_HEALED_YEARS);
    scan.placements = 1;
    struct client_state posterior = update(&e, &scan, 1, &report);
    /* the check is linear, and so is a small difference; its numbers are rounded */
    ck_assert_double_eq_tol(posterior.mean[CLIENT_FILL] / -0.01, 0.178, 0.002);
    /* what is left of the fill's variance is a small difference: 1 % of the slope, which
     * the note takes as a chord of phi x 1.5 and / 1.5, moves the sd by 0.007 */
    ck_assert_double_eq_tol(client_state_sd(&posterior, CLIENT_FILL), 0.255, 0.01);
    /* 1.5 % of the slope once more */
    ck_assert_double_eq_tol(report.sight[0].before_sd[0], sqrt(4.3 + 0.60 + 0.43 + 0.49),
                            0.04);
    scan.lab.L = expected.L + 1.46;
    posterior = update(&e, &scan, 1, &report);
    ck_assert_double_eq_tol(posterior.mean[CLIENT_FILL], -0.26, 0.01);
    ck_assert_double_eq_tol(0.15 * exp(posterior.mean[CLIENT_FILL]), 0.116, 0.001);
    /* the slope is steeper where there is less pigment, so the sd falls below 0.255 */
    ck_assert_double_eq_tol(client_state_sd(&posterior, CLIENT_FILL), 0.242, 0.002);
}
END_TEST

START_TEST(without_a_scan_the_posterior_is_the_prior)
{
    struct example e;
    struct followup_report report;
    make_example(&e);
    e.prior.mean[CLIENT_FILL] = 0.1;
    struct client_state posterior = update(&e, NULL, 0, &report);
    ck_assert_mem_eq(&posterior, &e.prior, sizeof posterior);
    ck_assert_int_eq(report.knowledge, FOLLOWUP_NOTHING);
    ck_assert_double_eq(report.combination_learned, 0);
}
END_TEST

START_TEST(a_scan_younger_than_ten_days_changes_nothing)
{
    struct example e;
    struct followup_report report;
    make_example(&e);
    struct followup_scan scan = scan_of(&e, (cmsCIELab){50, 5, 9}, 9 / 365.25);
    struct client_state posterior = update(&e, &scan, 1, &report);
    ck_assert_mem_eq(&posterior, &e.prior, sizeof posterior);
    ck_assert_int_eq(report.sight[0].use, FOLLOWUP_STORED);
    ck_assert_uint_eq(report.used, 0);
    /* it is predicted all the same */
    ck_assert_int_eq(report.sight[0].side, FOLLOWUP_DARKER);
    ck_assert_double_eq_tol(report.sight[0].high[0] - report.sight[0].low[0],
                            2 * 1.28155 * report.sight[0].before_sd[0], 1e-4);
    ck_assert_double_ge(report.sight[0].surprise,
                        (report.sight[0].before.L - 50) / report.sight[0].before_sd[0]);
    ck_assert_double_gt(report.sight[0].before_sd[0], 1);
}
END_TEST

/* Fresh skin to 10 days, twice the noise to 28. */
static const struct {
    double days;
    enum followup_use use;
} ages[] = {{0, FOLLOWUP_STORED}, {9, FOLLOWUP_STORED}, {10, FOLLOWUP_HALF},
            {27, FOLLOWUP_HALF},  {28, FOLLOWUP_FULL},  {42, FOLLOWUP_FULL},
            {2000, FOLLOWUP_FULL}};

START_TEST(the_age_says_what_a_scan_is_good_for)
{
    enum followup_use use;
    ck_assert_int_eq(followup_use(ages[_i].days / 365.25), ages[_i].use);
    ck_assert_int_eq(followup_use_find(followup_use_name(ages[_i].use), &use), STATUS_OK);
    ck_assert_int_eq(use, ages[_i].use);
    ck_assert_int_eq(followup_use_find("whole", &use), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_scan_of_healing_skin_tells_less)
{
    static const double none[CLIENT_COMPONENTS] = {0};
    struct example e;
    make_example(&e);
    struct followup_scan at_27 = scan_of(&e, seen(&e, none, 27 / 365.25), 27 / 365.25);
    struct followup_scan at_28 = scan_of(&e, seen(&e, none, 28 / 365.25), 28 / 365.25);
    struct client_state half = update(&e, &at_27, 1, NULL);
    struct client_state full = update(&e, &at_28, 1, NULL);
    ck_assert_double_gt(client_state_sd(&half, CLIENT_FILL),
                        client_state_sd(&full, CLIENT_FILL) + 0.005);
}
END_TEST

/* Each repeat of a scan that agrees divides the noise. */
START_TEST(many_scans_that_agree_are_believed)
{
    static const double none[CLIENT_COMPONENTS] = {[CLIENT_FILL] = -0.7};
    struct example e;
    struct followup_scan scan[FOLLOWUP_SCANS_MAX];
    struct followup_report report;
    make_example(&e);
    cmsCIELab lab = seen(&e, none, FORECAST_HEALED_YEARS);
    for (size_t i = 0; i < FOLLOWUP_SCANS_MAX; i++)
        scan[i] = scan_of(&e, lab, FORECAST_HEALED_YEARS);
    update(&e, scan, FOLLOWUP_SCANS_MAX, &report);
    /* noise 0.5 / sqrt(64 scans), which the prior can pull by a fraction of */
    ck_assert_double_eq_tol(report.sight[0].after.L, lab.L, 0.03);
    ck_assert_double_eq_tol(report.sight[0].after.a, lab.a, 0.03);
    ck_assert_double_eq_tol(report.sight[0].after.b, lab.b, 0.03);
}
END_TEST

START_TEST(the_loss_is_learned_from_scans_a_year_apart_only)
{
    static const double truth[CLIENT_COMPONENTS] = {[CLIENT_LOSS] = 0.4};
    struct example e;
    struct followup_report once, soon, later;
    make_example(&e);
    struct followup_scan scan[2] = {scan_of(&e, seen(&e, truth, 0.115), 0.115),
                                    scan_of(&e, seen(&e, truth, 0.23), 0.23)};
    update(&e, scan, 1, &once);
    update(&e, scan, 2, &soon);
    scan[1] = scan_of(&e, seen(&e, truth, 2.115), 2.115);
    struct client_state posterior = update(&e, scan, 2, &later);
    ck_assert_double_lt(once.learned[CLIENT_LOSS], 0.01);
    ck_assert_double_lt(soon.learned[CLIENT_LOSS], 0.02);
    ck_assert_double_gt(later.learned[CLIENT_LOSS], 0.05);
    ck_assert_double_gt(posterior.mean[CLIENT_LOSS], 0.05);
    ck_assert_int_eq(once.knowledge, FOLLOWUP_PRODUCT);
    ck_assert_int_eq(soon.knowledge, FOLLOWUP_PRODUCT);
    ck_assert_int_eq(later.knowledge, FOLLOWUP_LOSS);
    ck_assert_str_ne(followup_knowledge_text(once.knowledge),
                     followup_knowledge_text(later.knowledge));
}
END_TEST

START_TEST(one_scan_fixes_a_product_better_than_any_of_its_parts)
{
    static const double none[CLIENT_COMPONENTS] = {0};
    struct example e;
    struct followup_report report;
    make_example(&e);
    struct followup_scan scan = scan_of(&e, seen(&e, none, 0.115), 0.115);
    update(&e, &scan, 1, &report);
    double length = 0;
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++) {
        length += pow(report.combination[k], 2);
        ck_assert_double_gt(report.combination_learned, report.learned[k]);
    }
    ck_assert_double_eq_tol(length, 1, 1e-9);
    /* all of these make more pigment show */
    ck_assert_double_gt(report.combination[CLIENT_FILL], 0.3);
    ck_assert_double_gt(report.combination[CLIENT_RADIUS], 0.1);
    ck_assert_double_gt(report.combination[CLIENT_HEALED], 0.1);
}
END_TEST

START_TEST(the_order_of_scans_does_not_matter)
{
    static const double truth[CLIENT_COMPONENTS] = {
        [CLIENT_FILL] = 0.3, [CLIENT_LOSS] = -0.3};
    struct example e;
    make_example(&e);
    measure_skin(&e);
    struct followup_scan forth[3] = {scan_of(&e, seen(&e, truth, 0.05), 0.05),
                                     scan_of(&e, seen(&e, truth, 0.115), 0.115),
                                     scan_of(&e, seen(&e, truth, 2), 2)};
    struct followup_scan back[3] = {forth[2], forth[1], forth[0]};
    struct client_state a = update(&e, forth, 3, NULL), b = update(&e, back, 3, NULL);
    /* sums in another order, through difference quotients of 1e-6 */
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++) {
        ck_assert_double_eq_tol(a.mean[k], b.mean[k], 1e-7);
        for (size_t j = 0; j < CLIENT_COMPONENTS; j++)
            ck_assert_double_eq_tol(a.covariance[k][j], b.covariance[k][j], 1e-7);
    }
}
END_TEST

START_TEST(a_component_without_spread_stays_as_it_is)
{
    static const double truth[CLIENT_COMPONENTS] = {[CLIENT_FILL] = -0.5};
    struct example e;
    make_example(&e);
    e.prior.mean[CLIENT_RADIUS] = 0.05;
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
        if (k != CLIENT_FILL)
            e.prior.covariance[k][k] = 0;
    struct followup_scan scan = scan_of(&e, seen(&e, truth, 0.115), 0.115);
    struct client_state posterior = update(&e, &scan, 1, NULL);
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
        if (k != CLIENT_FILL) {
            ck_assert_double_eq(posterior.mean[k], e.prior.mean[k]);
            ck_assert_double_eq(posterior.covariance[k][k], 0);
        }
    ck_assert_double_lt(posterior.mean[CLIENT_FILL], -0.4);
}
END_TEST

/* Two components that are known to be equal have one unknown between them. */
START_TEST(a_prior_of_lower_rank_stays_one)
{
    static const double truth[CLIENT_COMPONENTS] = {[CLIENT_FILL] = -0.5};
    struct example e;
    make_example(&e);
    double variance = e.prior.covariance[CLIENT_FILL][CLIENT_FILL];
    e.prior.covariance[CLIENT_HEALED][CLIENT_HEALED] = variance;
    e.prior.covariance[CLIENT_HEALED][CLIENT_FILL] = variance;
    e.prior.covariance[CLIENT_FILL][CLIENT_HEALED] = variance;
    struct followup_scan scan = scan_of(&e, seen(&e, truth, 0.115), 0.115);
    struct client_state posterior = update(&e, &scan, 1, NULL);
    /* one number twice */
    ck_assert_double_eq_tol(posterior.mean[CLIENT_FILL], posterior.mean[CLIENT_HEALED],
                            1e-12);
    ck_assert_double_lt(posterior.mean[CLIENT_FILL], -0.2);
}
END_TEST

START_TEST(skin_that_is_not_known_well_makes_scans_tell_less)
{
    static const double none[CLIENT_COMPONENTS] = {0};
    struct example e;
    make_example(&e);
    struct followup_scan scan = scan_of(&e, seen(&e, none, 0.115), 0.115);
    struct client_state known = update(&e, &scan, 1, NULL);
    measure_skin(&e);
    struct client_state measured = update(&e, &scan, 1, NULL);
    cmsCIELab lab = colorimetry_reflectance_lab(&e.weights, e.skin.fitted.value);
    ck_assert_int_eq(skin_fit_lab(&lab, &e.weights, &e.skin), STATUS_OK);
    struct client_state color_only = update(&e, &scan, 1, NULL);
    ck_assert_double_gt(client_state_sd(&measured, CLIENT_FILL),
                        client_state_sd(&known, CLIENT_FILL));
    ck_assert_double_gt(client_state_sd(&color_only, CLIENT_FILL),
                        client_state_sd(&measured, CLIENT_FILL));
}
END_TEST

/* sd of the healed L* in draws of a state, the pouring left out. */
static double expected_sd(const struct example *e, const struct client_state *state)
{
    enum { DRAWS = 1024 };
    struct draw *draw = calloc(DRAWS, sizeof *draw);
    double sum = 0, square = 0;
    ck_assert_ptr_nonnull(draw);
    ck_assert_int_eq(draws_make(&e->skin, state, DRAWS, 1, draw), STATUS_OK);
    for (size_t j = 0; j < DRAWS; j++) {
        struct treatment treatment;
        struct bands reflectance;
        draw_treatment(&draw[j], &e->usual, &treatment);
        treatment_reflectance(&treatment, &e->mixture, FORECAST_HEALED_YEARS,
                              &reflectance);
        double L = colorimetry_reflectance_lab(&e->weights, reflectance.value).L;
        sum += L / DRAWS;
        square += L * L / DRAWS;
    }
    free(draw);
    return sqrt(square - sum * sum);
}

/* Work looks as light as its scan says, whether the dots or the bare skin make it so: the
 * errors of the skin, counted once more, would make the scan say less. */
START_TEST(work_that_was_scanned_is_expected_as_surely_as_the_scan_says)
{
    static const double none[CLIENT_COMPONENTS] = {0};
    struct example e;
    struct followup_report report;
    make_example(&e);
    measure_skin(&e);
    cmsCIELab lab = seen(&e, none, FORECAST_HEALED_YEARS);
    lab.L += 1;
    struct followup_scan scan = scan_of(&e, lab, FORECAST_HEALED_YEARS);
    struct client_state posterior = update(&e, &scan, 1, &report);
    /* lighter by both, so the more the one the less the other */
    ck_assert_double_lt(posterior.mean[CLIENT_FILL], 0);
    ck_assert_double_gt(posterior.mean[CLIENT_BARE], 0);
    ck_assert_double_gt(posterior.covariance[CLIENT_FILL][CLIENT_BARE], 0);
    /* the scan's own sd, 0.5, and that of its dots, 0.3; the prior's takes some away */
    ck_assert_double_lt(expected_sd(&e, &posterior), 0.57);
    for (size_t k = CLIENT_BARE; k < CLIENT_UNKNOWNS; k++)
        for (size_t i = 0; i < CLIENT_UNKNOWNS; i++)
            posterior.covariance[i][k] = posterior.covariance[k][i] = 0;
    client_state_doubt_skin(&posterior);
    ck_assert_double_gt(expected_sd(&e, &posterior), 0.62);
}
END_TEST

START_TEST(a_color_alone_tells_nothing_of_a_scan_of_bare_skin)
{
    static const double none[CLIENT_COMPONENTS] = {0};
    struct example e;
    make_example(&e);
    measure_skin(&e);
    cmsCIELab lab = colorimetry_reflectance_lab(&e.weights, e.skin.fitted.value);
    ck_assert_int_eq(skin_fit_lab(&lab, &e.weights, &e.skin), STATUS_OK);
    lab = seen(&e, none, FORECAST_HEALED_YEARS);
    lab.L += 1;
    struct followup_scan scan = scan_of(&e, lab, FORECAST_HEALED_YEARS);
    struct client_state posterior = update(&e, &scan, 1, NULL);
    for (size_t k = CLIENT_BARE; k < CLIENT_SKIN; k++) {
        ck_assert_double_eq_tol(posterior.mean[k], 0, 1e-9);
        ck_assert_double_eq_tol(posterior.covariance[k][k], 1, 1e-9);
    }
}
END_TEST

/* A tan darkens skin and work alike; taken for pigment it would be wrong. */
START_TEST(a_tan_is_not_taken_for_pigment)
{
    static const double none[CLIENT_COMPONENTS] = {0};
    struct example e;
    make_example(&e);
    measure_skin(&e);
    struct example tanned = e;
    struct skin_parameters parameters = skin_reference_parameters(SKIN_LIGHT);
    parameters.melanosome_fraction *= 1.4; /* of the colour note's example of a tan */
    skin_from_parameters(&parameters, &tanned.usual.skin);
    measure_skin(&tanned);
    struct followup_scan scan = scan_of(&e, seen(&tanned, none, 0.115), 0.115);
    struct followup_report blamed, right;
    update(&e, &scan, 1, &blamed);
    scan.skin = &tanned.skin;
    struct client_state posterior = update(&e, &scan, 1, &right);
    ck_assert_double_gt(fabs(blamed.sight[0].residual[2]), 1);
    ck_assert_double_lt(fabs(right.sight[0].residual[2]), 0.2);
    /* the skin's fit recovers the parameters to some percent */
    ck_assert_double_eq_tol(posterior.mean[CLIENT_FILL], 0, 0.03);
}
END_TEST

/* 75 dots in 8 mm at 150 per cm2: 0.65 of 11.5 %. */
START_TEST(dots_are_sampled_as_the_protocol_says)
{
    ck_assert_double_eq_tol(followup_sampling_sd(150, 8, 1), 0.65 * 0.115,
                            2e-4 /* 11.5 % is rounded */);
    ck_assert_double_eq_tol(followup_sampling_sd(150, 8, 5),
                            followup_sampling_sd(150, 8, 1) / sqrt(5), 1e-12);
    ck_assert_double_eq_tol(followup_sampling_sd(150, 4, 1),
                            2 * followup_sampling_sd(150, 8, 1), 1e-12);
    ck_assert_double_eq(followup_sampling_sd(150, 0, 0), followup_sampling_sd(150, 8, 1));
    ck_assert_double_eq(followup_sampling_sd(0, 8, 5), 0);
}
END_TEST

START_TEST(what_cannot_be_is_refused)
{
    static const double none[CLIENT_COMPONENTS] = {0};
    struct example e;
    struct client_state posterior = {.mean = {7}};
    make_example(&e);
    struct followup_scan scan = scan_of(&e, seen(&e, none, 0.115), 0.115);
    ck_assert_int_eq(followup_update(&e.skin, &e.weights, &e.prior, &scan,
                                     FOLLOWUP_SCANS_MAX + 1, &posterior, NULL),
                     STATUS_OUT_OF_RANGE);
    struct followup_scan bad = scan;
    bad.years = -0.1;
    ck_assert_int_eq(
        followup_update(&e.skin, &e.weights, &e.prior, &bad, 1, &posterior, NULL),
        STATUS_OUT_OF_RANGE);
    bad = scan;
    bad.lab.a = NAN;
    ck_assert_int_eq(
        followup_update(&e.skin, &e.weights, &e.prior, &bad, 1, &posterior, NULL),
        STATUS_BAD_DATA);
    e.prior.covariance[CLIENT_FILL][CLIENT_HEALED] = 9;
    e.prior.covariance[CLIENT_HEALED][CLIENT_FILL] = 9;
    ck_assert_int_eq(
        followup_update(&e.skin, &e.weights, &e.prior, &scan, 1, &posterior, NULL),
        STATUS_BAD_DATA);
    ck_assert_double_eq(posterior.mean[0], 7);
}
END_TEST

enum { CLIENTS = 400 };

static void draw_truth(gsl_rng *random, const struct client_state *prior, double *out)
{
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
        out[k] = prior->mean[k] + gsl_ran_gaussian(random, sqrt(prior->covariance[k][k]));
}

/* Clients drawn from the prior, scanned at six weeks with the noise that is assumed:
 * intervals of 80 % hold the truth that often, and the healed lightness is known better
 * than before. */
START_TEST(intervals_hold_the_truth_as_often_as_they_say)
{
    struct example e;
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    size_t inside[CLIENT_COMPONENTS] = {0};
    double before = 0, after = 0;
    make_example(&e);
    for (size_t client = 0; client < CLIENTS; client++) {
        double truth[CLIENT_COMPONENTS], sampled[CLIENT_COMPONENTS];
        struct followup_report report;
        draw_truth(random, &e.prior, truth);
        for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
            sampled[k] = truth[k];
        sampled[CLIENT_DENSITY] +=
            gsl_ran_gaussian(random, followup_sampling_sd(150, 8, 5));
        cmsCIELab lab = seen(&e, sampled, 0.115), healed = seen(&e, truth, 0.115);
        lab.L += gsl_ran_gaussian(random, 0.5);
        lab.a += gsl_ran_gaussian(random, 0.35);
        lab.b += gsl_ran_gaussian(random, 0.45);
        struct followup_scan scan = scan_of(&e, lab, 0.115);
        struct client_state posterior = update(&e, &scan, 1, &report);
        for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
            inside[k] += fabs(truth[k] - posterior.mean[k]) <
                         1.2816 * client_state_sd(&posterior, (enum client_component)k);
        before += fabs(report.sight[0].before.L - healed.L) / CLIENTS;
        after += fabs(report.sight[0].after.L - healed.L) / CLIENTS;
    }
    gsl_rng_free(random);
    /* one sd of 400 yes or no answers is 2 %; a posterior to first order adds to it */
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++) {
        ck_assert_double_gt((double)inside[k] / CLIENTS, 0.74);
        ck_assert_double_lt((double)inside[k] / CLIENTS, 0.86);
    }
    ck_assert_double_lt(after, 0.5 * before);
}
END_TEST

START_TEST(all_compilers_agree_to_the_last_printed_digit)
{
    static const double truth[CLIENT_COMPONENTS] = {
        [CLIENT_FILL] = -0.3, [CLIENT_DEPTH] = 0.02};
    struct example e;
    char text[128];
    make_example(&e);
    measure_skin(&e);
    struct followup_scan scan[2] = {scan_of(&e, seen(&e, truth, 0.05), 0.05),
                                    scan_of(&e, seen(&e, truth, 1.2), 1.2)};
    struct client_state posterior = update(&e, scan, 2, NULL);
    snprintf(text, sizeof text, "%.6f %.6f %.6f %.6f", posterior.mean[CLIENT_FILL],
             client_state_sd(&posterior, CLIENT_FILL), posterior.mean[CLIENT_LOSS],
             client_state_sd(&posterior, CLIENT_DEPTH));
    /* of gcc 12 on x86-64 with glibc */
    ck_assert_str_eq(text, "-0.156805 0.364140 0.006000 0.027191");
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("followup");
    TCase *tc = tcase_create("update");
    tcase_set_timeout(tc, 120); /* of the simulated clients, under sanitizers */
    tcase_add_test(tc, a_lighter_scan_lowers_the_fill_as_the_scalar_check_says);
    tcase_add_test(tc, without_a_scan_the_posterior_is_the_prior);
    tcase_add_test(tc, a_scan_younger_than_ten_days_changes_nothing);
    tcase_add_loop_test(tc, the_age_says_what_a_scan_is_good_for, 0,
                        sizeof ages / sizeof ages[0]);
    tcase_add_test(tc, a_scan_of_healing_skin_tells_less);
    tcase_add_test(tc, many_scans_that_agree_are_believed);
    tcase_add_test(tc, the_loss_is_learned_from_scans_a_year_apart_only);
    tcase_add_test(tc, one_scan_fixes_a_product_better_than_any_of_its_parts);
    tcase_add_test(tc, the_order_of_scans_does_not_matter);
    tcase_add_test(tc, a_component_without_spread_stays_as_it_is);
    tcase_add_test(tc, a_prior_of_lower_rank_stays_one);
    tcase_add_test(tc, skin_that_is_not_known_well_makes_scans_tell_less);
    tcase_add_test(tc, work_that_was_scanned_is_expected_as_surely_as_the_scan_says);
    tcase_add_test(tc, a_color_alone_tells_nothing_of_a_scan_of_bare_skin);
    tcase_add_test(tc, a_tan_is_not_taken_for_pigment);
    tcase_add_test(tc, dots_are_sampled_as_the_protocol_says);
    tcase_add_test(tc, what_cannot_be_is_refused);
    tcase_add_test(tc, intervals_hold_the_truth_as_often_as_they_say);
    tcase_add_test(tc, all_compilers_agree_to_the_last_printed_digit);
    suite_add_tcase(s, tc);
    return s;
}
