/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One simulated client through what the program does with a real one. */
#include <math.h>
#include <stdlib.h>

#include "colorlib/difference.h"
#include "colorlib/outlook.h"
#include "colorlib/recipe_ensemble.h"
#include "tests/study/subject.h"

/* -- before the first session ------------------------------------------------ */

static enum status make_client(struct subject *subject, size_t number)
{
    size_t group = study_group_of(number);
    struct skin_fit skin;
    simulated_client_skin((enum skin_reference)(group / STUDY_HAIRS), subject->seed,
                          &skin);
    subject->hair = &subject->scene->hair[group % STUDY_HAIRS];
    client_state_prior(&subject->scene->technique, CLIENT_SCALP, &subject->prior);
    enum status status =
        simulated_client_make(&skin, &subject->prior, subject->seed, &subject->client);
    return status == STATUS_OK ? stubble_reflectance(&subject->client.skin, subject->hair,
                                                     &subject->true_target)
                               : status;
}

/* The scans of bare scalp and donor area, and the skin fitted to the first. */
static enum status scan_client(struct subject *subject)
{
    const struct weights *d65 = &subject->scene->weights[0];
    struct simulated_reading reading = simulated_reading_default;
    struct placements bare, target;
    struct bands measured;
    reading.number = VISIT_BARE;
    enum status status =
        simulated_client_scan_bare(&subject->client, &reading, d65, &bare);
    reading.number = VISIT_TARGET;
    if (status == STATUS_OK)
        status = simulated_client_scan_hair(&subject->client, subject->hair, &reading,
                                            d65, &target);
    if (status == STATUS_OK)
        status = bands_from_spectrum(&target.median, &subject->problem.target);
    if (status == STATUS_OK)
        status = bands_from_spectrum(&bare.median, &measured);
    return status == STATUS_OK ? skin_fit(&measured, &subject->fit) : status;
}

/* What match asks for by default. */
static void set_problem(struct subject *subject)
{
    const struct study_scene *scene = subject->scene;
    struct recipe_problem *problem = &subject->problem;
    subject->usual = (struct treatment){.skin = subject->fit.skin,
                                        .technique = scene->technique,
                                        .conditions = fade_conditions_default};
    problem->treatment = subject->usual; /* the mean of the prior is 0 */
    problem->pigments = scene->pigment;
    problem->pigment_count = scene->pigment_count;
    problem->illuminant_count = scene->illuminant_count;
    for (size_t i = 0; i < scene->illuminant_count; i++)
        problem->weights[i] = &scene->weights[i];
    recipe_problem_shares(problem, (const char *[]){"D65", "LED-B3", "A"});
    problem->rule_weights = &scene->weights[0];
    recipe_problem_horizon(problem, 36);
    problem->volume_min_ml = 4;
    problem->volume_max_ml = 6;
    problem->water_step_ml = 0.1;
    problem->water_drop_ml = 0.05;
    problem->drops_max = 40;
    problem->pigments_max = 3;
}

/* What match offers first. */
static enum status robust_recipe(struct subject *subject, struct recipe *out)
{
    struct recipe_solver *solver = NULL;
    struct recipe_ensemble *ensemble = NULL;
    size_t count;
    enum status status =
        draws_make(&subject->fit, &subject->prior, subject->settings->draws,
                   subject->seed, subject->draw);
    if (status == STATUS_OK)
        status = recipe_solver_open(&subject->problem, &solver);
    if (status == STATUS_OK)
        status = recipe_ensemble_open_draws(solver, &subject->usual, subject->draw,
                                            subject->settings->draws,
                                            RECIPE_CHANCES_PENALIZED, &ensemble);
    if (status == STATUS_OK)
        status = recipe_search_robust(ensemble, out, 1, &count, NULL);
    recipe_ensemble_close(ensemble);
    recipe_solver_close(solver);
    return status;
}

/* -- what is said, and what is true ------------------------------------------ */

/* Under daylight, against a target as it is believed or known to be. */
static void look_ahead(const struct subject *subject, const struct treatment *treatment,
                       const struct mixture *mixture, const struct bands *target,
                       double value[STUDY_QUANTITIES])
{
    struct forecast forecast = {.treatment = treatment,
                                .mixture = mixture,
                                .target = target,
                                .weights = &subject->scene->weights[0]};
    struct forecast_point healed = forecast_at(&forecast, FORECAST_HEALED_YEARS);
    value[STUDY_LIGHTNESS] = healed.lab.L;
    value[STUDY_DIFFERENCE] = healed.ciede2000;
    value[STUDY_TOUCH_UP] = forecast_touch_up_years(&forecast);
}

void subject_truth(const struct subject *subject, const struct treatment *usual,
                   const struct mixture *mixture, double value[STUDY_QUANTITIES])
{
    struct treatment treatment;
    struct mixture poured;
    simulated_client_treatment(&subject->client, usual, &treatment);
    simulated_client_pour(&subject->client, usual->earlier_count, mixture, &poured);
    look_ahead(subject, &treatment, &poured, &subject->true_target, value);
}

struct study_end subject_end(const struct subject *subject, const struct treatment *usual,
                             const struct mixture *mixture)
{
    const struct weights *d65 = &subject->scene->weights[0];
    const struct bands *target[STUDY_TARGETS] = {
        [STUDY_SCANNED] = &subject->problem.target, [STUDY_TRUE] = &subject->true_target};
    struct treatment treatment;
    struct mixture poured;
    struct bands healed;
    struct study_end end;
    simulated_client_treatment(&subject->client, usual, &treatment);
    simulated_client_pour(&subject->client, usual->earlier_count, mixture, &poured);
    treatment_reflectance(&treatment, &poured, FORECAST_HEALED_YEARS, &healed);
    cmsCIELab lab = colorimetry_reflectance_lab(d65, healed.value);
    for (size_t t = 0; t < STUDY_TARGETS; t++) {
        cmsCIELab aim = colorimetry_reflectance_lab(d65, target[t]->value);
        end.ciede2000[t] = difference_ciede2000(aim, lab);
        end.lightness[t] = lab.L - aim.L;
    }
    return end;
}

/* What the program prints. */
static enum status say(const struct subject *subject, const struct mixture *mixture,
                       struct study_forecast out[STUDY_QUANTITIES])
{
    const double healed = FORECAST_HEALED_YEARS, horizon = 3;
    struct forecast forecast = {.treatment = &subject->usual,
                                .mixture = mixture,
                                .target = &subject->problem.target,
                                .weights = &subject->scene->weights[0]};
    struct outlook outlook;
    enum status status = outlook_make(&forecast, subject->draw, subject->settings->draws,
                                      &healed, 1, horizon, &outlook);
    if (status != STATUS_OK)
        return status;
    out[STUDY_LIGHTNESS].said = outlook.point[0].lightness;
    out[STUDY_DIFFERENCE].said = outlook.point[0].ciede2000;
    out[STUDY_TOUCH_UP].said = outlook.touch_up_years;
    return STATUS_OK;
}

/* A forecast of all dots at once, from what a state says, beside the truth. */
static enum status forecast(struct subject *subject, const struct client_state *state,
                            const struct mixture *mixture,
                            struct study_forecast out[STUDY_QUANTITIES])
{
    double truth[STUDY_QUANTITIES];
    enum status status = draws_make(&subject->fit, state, subject->settings->draws,
                                    subject->seed, subject->draw);
    if (status == STATUS_OK)
        status = say(subject, mixture, out);
    if (status != STATUS_OK)
        return status;
    subject_truth(subject, &subject->usual, mixture, truth);
    for (size_t q = 0; q < STUDY_QUANTITIES; q++)
        out[q].truth = truth[q];
    return STATUS_OK;
}

/* -- one client -------------------------------------------------------------- */

/* Other work than the one that was scanned: a quarter stronger. */
static struct mixture stronger(const struct mixture *mixture)
{
    struct mixture next = *mixture;
    for (size_t k = 0; k < next.count; k++)
        next.concentration[k] *= 1.25;
    return next;
}

static double healed_lightness(const struct forecast *forecast)
{
    return forecast_at(forecast, FORECAST_HEALED_YEARS).lab.L;
}

/* What is said of the lightness of other work, from the draws made last. */
static enum status say_other(const struct subject *subject, const struct mixture *mixture,
                             struct quantiles *out)
{
    struct mixture other = stronger(mixture);
    struct forecast forecast = {.treatment = &subject->usual,
                                .mixture = &other,
                                .target = &subject->problem.target,
                                .weights = &subject->scene->weights[0]};
    return outlook_date(&forecast, subject->draw, subject->settings->draws,
                        healed_lightness, out);
}

static double other_truth(const struct subject *subject, const struct mixture *mixture)
{
    struct mixture other = stronger(mixture);
    double truth[STUDY_QUANTITIES];
    subject_truth(subject, &subject->usual, &other, truth);
    return truth[STUDY_LIGHTNESS];
}

/* All dots at once, forecast before and after a scan at six weeks. */
static enum status study_forecasts(struct subject *subject, const struct recipe *recipe,
                                   struct study_outcome *out)
{
    const struct mixture *mixture = &recipe->mixture;
    struct quantiles unscanned;
    struct client_state learned;
    struct subject_visit visit = {.number = VISIT_HEALED,
                                  .usual = &subject->usual,
                                  .mixture = mixture,
                                  .years = FORECAST_HEALED_YEARS};
    struct followup_scan scan;
    enum status status = forecast(subject, &subject->prior, mixture, out->before);
    if (status == STATUS_OK)
        status = say_other(subject, mixture, &unscanned);
    if (status == STATUS_OK)
        status = subject_scan(subject, &visit, &scan);
    if (status == STATUS_OK)
        status = followup_update(&subject->fit, &subject->scene->weights[0],
                                 &subject->prior, &scan, 1, &learned, NULL);
    if (status == STATUS_OK)
        status = forecast(subject, &learned, mixture, out->after);
    if (status == STATUS_OK)
        status = say_other(subject, mixture, &out->next.said);
    if (status != STATUS_OK)
        return status;
    out->next.truth = other_truth(subject, mixture);
    out->next_unscanned = unscanned.p50;
    return STATUS_OK;
}

static enum status nominal_recipe(const struct recipe_problem *problem,
                                  struct recipe *out)
{
    struct recipe_solver *solver;
    size_t count;
    enum status status = recipe_solver_open(problem, &solver);
    if (status != STATUS_OK)
        return status;
    status = recipe_search(solver, out, 1, &count, NULL);
    recipe_solver_close(solver);
    return status;
}

/* The best that could be done if everything were known. */
static enum status study_best(const struct subject *subject, struct study_outcome *out)
{
    const struct weights *d65 = &subject->scene->weights[0];
    struct recipe_problem known = subject->problem;
    struct recipe recipe;
    simulated_client_treatment(&subject->client, &subject->usual, &known.treatment);
    cmsCIELab truth = colorimetry_reflectance_lab(d65, subject->true_target.value);
    enum status status = nominal_recipe(&known, &recipe);
    if (status != STATUS_OK)
        return status;
    out->best.ciede2000[STUDY_SCANNED] = recipe.ciede2000[0];
    out->best.ciede2000[STUDY_TRUE] = difference_ciede2000(truth, recipe.lab[0]);
    return status;
}

static enum status go_through(struct subject *subject, struct study_outcome *out)
{
    struct recipe recipe;
    enum status status = make_client(subject, out->client);
    if (status == STATUS_OK)
        status = scan_client(subject);
    if (status != STATUS_OK)
        return status;
    set_problem(subject);
    status = robust_recipe(subject, &recipe);
    if (status == STATUS_OK)
        status = study_forecasts(subject, &recipe, out);
    if (status == STATUS_OK)
        status = study_sessions(subject, &recipe, out);
    return status == STATUS_OK ? study_best(subject, out) : status;
}

struct study_outcome study_client(const struct study_scene *scene,
                                  const struct study_settings *settings, size_t client)
{
    struct study_outcome outcome = {.client = client};
    struct subject subject = {
        .scene = scene, .settings = settings, .seed = settings->seed + client};
    subject.draw = calloc(settings->draws, sizeof *subject.draw);
    outcome.status = subject.draw ? go_through(&subject, &outcome) : STATUS_NO_MEMORY;
    free(subject.draw);
    return outcome;
}
