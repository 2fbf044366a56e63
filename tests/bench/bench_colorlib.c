/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "colorlib/difference.h"
#include "colorlib/forecast.h"
#include "colorlib/recipe_ensemble.h"
#include "colorlib/sample.h"
#include "colorlib/stubble.h"
#include "tests/bench/timing.h"

enum {
    ILLUMINANTS = 3,
    SMALL_SET = 5,
    LARGE_SET = 8,
    SHELF = 16, /* all pigments of the large set and as many like them */
    DRAWS = 256,
    FILE_SAMPLES = 500
};

/* The bottles of @smp, then what @generic has beyond them. */
static const char *const pigment_names[LARGE_SET] = {
    "carbon",     "cool-grey", "neutral",      "warm-brown",
    "dark-brown", "red-oxide", "yellow-oxide", "titanium-white"};

static const char *const illuminant_names[ILLUMINANTS] = {"D65", "LED-B3", "A"};

struct scene {
    struct bands measured;
    struct skin_fit fit;
    struct illuminant illuminant[ILLUMINANTS];
    struct weights weights[ILLUMINANTS];
    struct pigment pigment[SHELF];
    struct recipe_problem problem;
    struct moment moment;
    struct mixture mixture;
    struct bands absorption, scattering; /* of the mixture */
    struct liquid liquid[3];
    struct forecast forecast;
    cmsCIELab standard, sample;
    struct recipe_solver *small, *large, *shelf;
    struct client_state state;
    struct recipe_uncertainty uncertainty;
    struct recipe_ensemble *ensemble; /* of the shelf */
    struct recipe recipe;             /* of the shelf */
    char path[32];                    /* of a file of samples */
};

static void must(enum status status, const char *what)
{
    if (status == STATUS_OK)
        return;
    fprintf(stderr, "bench: %s: %s\n", what, status_text(status));
    exit(EXIT_FAILURE);
}

/* -- the scene: client A, black hair, 150 dots per cm2 ------------------------ */

static void read_skin(struct scene *scene)
{
    struct sample_set set = {0};
    struct fault fault = {0};
    const char *path = "profiles/skin/client-a.cgats";
    must(sample_read(path, NULL, &set, &fault), path);
    struct spectrum spectrum = sample_spectrum(&set, 0);
    must(bands_from_spectrum(&spectrum, &scene->measured), path);
    sample_set_free(&set);
    must(skin_fit(&scene->measured, &scene->fit), "skin_fit");
}

static void make_weights(struct scene *scene)
{
    for (size_t i = 0; i < ILLUMINANTS; i++) {
        must(illuminant_find(illuminant_names[i], &scene->illuminant[i]), "illuminant");
        must(weights_make(&bands_grid, &scene->illuminant[i], OBSERVER_CIE_1964_10DEG,
                          &scene->weights[i]),
             "weights_make");
        scene->problem.weights[i] = &scene->weights[i];
    }
    scene->problem.illuminant_count = ILLUMINANTS;
    recipe_problem_shares(&scene->problem, (const char *[]){"D65", "LED-B3", "A"});
}

static void read_profiles(struct scene *scene)
{
    struct fault fault = {0};
    struct hair hair;
    struct recipe_problem *problem = &scene->problem;
    for (size_t i = 0; i < LARGE_SET; i++) {
        char path[64];
        snprintf(path, sizeof path, "profiles/pigments/%s.cgats", pigment_names[i]);
        must(pigment_read(path, &scene->pigment[i], &fault), path);
    }
    must(technique_read("profiles/techniques.ini", "standard",
                        &problem->treatment.technique, &fault),
         "techniques.ini");
    must(hair_read("profiles/hair/hair.ini", "black", &hair, &fault), "hair.ini");
    must(stubble_reflectance(&scene->fit.skin, &hair, &problem->target), "hair");
    problem->treatment.skin = scene->fit.skin;
    problem->treatment.conditions = fade_conditions_default;
}

/* Weaker bottles of the same hues, each a little warmer than the one before. */
static void fill_shelf(struct scene *scene)
{
    for (size_t i = LARGE_SET; i < SHELF; i++) {
        struct pigment *pigment = &scene->pigment[i];
        *pigment = scene->pigment[i - LARGE_SET];
        double tilt = 0.08 * (double)(i - LARGE_SET);
        for (size_t b = 0; b < BAND_COUNT; b++)
            pigment->K.value[b] *= 0.7 * (1 + tilt * ((double)b - 15) / 15);
    }
}

static void open_solvers(struct scene *scene)
{
    struct recipe_problem *problem = &scene->problem;
    problem->pigments = scene->pigment;
    problem->volume_min_ml = 4;
    problem->volume_max_ml = 6;
    problem->water_step_ml = 0.1;
    problem->water_drop_ml = 0.05;
    problem->drops_max = 40;
    problem->pigments_max = 3;
    must(recipe_problem_horizon(problem, 36), "horizon");
    problem->pigment_count = SHELF;
    must(recipe_solver_open(problem, &scene->shelf), "recipe_solver_open");
    problem->pigment_count = LARGE_SET;
    must(recipe_solver_open(problem, &scene->large), "recipe_solver_open");
    problem->pigment_count = SMALL_SET;
    must(recipe_solver_open(problem, &scene->small), "recipe_solver_open");
}

/* A client before the first session. */
static void open_ensemble(struct scene *scene)
{
    const struct treatment *usual = &scene->problem.treatment;
    client_state_prior(&usual->technique, CLIENT_SCALP, &scene->state);
    scene->uncertainty = (struct recipe_uncertainty){
        usual, &scene->fit, &scene->state, DRAWS, 1, RECIPE_CHANCES_PENALIZED};
    must(recipe_ensemble_open(scene->shelf, &scene->uncertainty, &scene->ensemble),
         "recipe_ensemble_open");
    must(recipe_evaluate(scene->shelf, (const struct recipe_part[]){{0, 8}, {7, 30}}, 2,
                         2.6, &scene->recipe),
         "recipe_evaluate");
}

/* What the inner loops start from: carbon 1:19, healed. */
static void prepare_moment(struct scene *scene)
{
    const struct treatment *treatment = &scene->problem.treatment;
    scene->mixture = (struct mixture){
        .count = 1, .pigment = {&scene->pigment[0]}, .concentration = {0.05}};
    treatment_moment(treatment, FORECAST_HEALED_YEARS, &scene->moment);
    mixture_transport(&scene->mixture, NULL, &scene->absorption, &scene->scattering);
    for (size_t i = 0; i < 3; i++) {
        struct mixture alone = {1, {&scene->pigment[i]}, {1}};
        mixture_transport(&alone, NULL, &scene->liquid[i].absorption,
                          &scene->liquid[i].scattering);
    }
    scene->forecast = (struct forecast){.treatment = treatment,
                                        .mixture = &scene->mixture,
                                        .target = &scene->problem.target,
                                        .weights = &scene->weights[0]};
    scene->standard =
        colorimetry_reflectance_lab(&scene->weights[0], scene->problem.target.value);
    scene->sample = forecast_at(&scene->forecast, FORECAST_HEALED_YEARS).lab;
}

/* A file with as many samples as a day of measuring gives, all of this skin. */
static void write_samples(struct scene *scene)
{
    static struct sample_info info[FILE_SAMPLES];
    static double value[FILE_SAMPLES * BAND_COUNT];
    struct sample_set set = {
        .grid = bands_grid, .count = FILE_SAMPLES, .info = info, .value = value};
    for (size_t i = 0; i < FILE_SAMPLES; i++) {
        snprintf(info[i].id, sizeof info[i].id, "%zu", i + 1);
        for (size_t b = 0; b < BAND_COUNT; b++)
            value[i * BAND_COUNT + b] = scene->measured.value[b];
    }
    snprintf(scene->path, sizeof scene->path, "/tmp/scalptone-bench-XXXXXX");
    int descriptor = mkstemp(scene->path);
    FILE *stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (!stream || sample_write(stream, SAMPLE_CGATS, &set) != STATUS_OK ||
        fclose(stream) != 0)
        must(STATUS_IO, scene->path);
}

/* -- one call of each -------------------------------------------------------- */

static void call_bed(void *subject)
{
    const struct scene *scene = subject;
    struct bands out;
    dots_bed_reflectance(&scene->moment.bed, &scene->absorption, &scene->scattering,
                         &out);
}

static void call_moment(void *subject)
{
    const struct scene *scene = subject;
    struct bands out;
    moment_reflectance(&scene->moment, &scene->absorption, &scene->scattering, &out);
}

/* A thousand mixtures through the four layers of treated skin. */
static void call_appearance(void *subject)
{
    const struct scene *scene = subject;
    const struct liquid *liquid[] = {&scene->liquid[0], &scene->liquid[1],
                                     &scene->liquid[2]};
    struct bands out;
    for (size_t i = 0; i < 1000; i++)
        moment_mixture(&scene->moment, liquid,
                       (const double[]){0.05, 0.02, 1e-5 * (double)i}, 3, &out);
}

static void call_ciede2000(void *subject)
{
    const struct scene *scene = subject;
    difference_ciede2000(scene->standard, scene->sample);
}

static void call_weights(void *subject)
{
    struct scene *scene = subject;
    struct weights out;
    must(weights_make(&bands_grid, &scene->illuminant[0], OBSERVER_CIE_1964_10DEG, &out),
         "weights_make");
}

static void call_skin_fit(void *subject)
{
    const struct scene *scene = subject;
    struct skin_fit out;
    must(skin_fit(&scene->measured, &out), "skin_fit");
}

static void call_solver_open(void *subject)
{
    const struct scene *scene = subject;
    struct recipe_solver *solver;
    must(recipe_solver_open(&scene->problem, &solver), "recipe_solver_open");
    recipe_solver_close(solver);
}

static void search(const struct recipe_solver *solver)
{
    struct recipe recipes[3];
    size_t count;
    must(recipe_search(solver, recipes, 3, &count, NULL), "recipe_search");
}

static void call_search_small(void *subject)
{
    search(((const struct scene *)subject)->small);
}

static void call_search_large(void *subject)
{
    search(((const struct scene *)subject)->large);
}

static void call_search_shelf(void *subject)
{
    search(((const struct scene *)subject)->shelf);
}

/* From nothing, on one thread. */
static void prove(const struct recipe_solver *solver)
{
    struct recipe best;
    struct recipe_certificate certificate;
    must(recipe_search_exact(solver, &(struct recipe_exact){.threads = 1}, &best,
                             &certificate),
         "recipe_search_exact");
}

static void call_exact_small(void *subject)
{
    prove(((const struct scene *)subject)->small);
}

static void call_exact_large(void *subject)
{
    prove(((const struct scene *)subject)->large);
}

static void call_exact_shelf(void *subject)
{
    prove(((const struct scene *)subject)->shelf);
}

/* Against the best E of the search, as match does. */
static void call_search_relaxed(void *subject)
{
    const struct scene *scene = subject;
    struct recipe relaxed;
    recipe_search_relaxed(scene->shelf, scene->recipe.objective, &relaxed);
}

static void call_ensemble_open(void *subject)
{
    const struct scene *scene = subject;
    struct recipe_ensemble *ensemble;
    must(recipe_ensemble_open(scene->shelf, &scene->uncertainty, &ensemble),
         "recipe_ensemble_open");
    recipe_ensemble_close(ensemble);
}

static void call_judge(void *subject)
{
    const struct scene *scene = subject;
    struct recipe_prospect prospect;
    recipe_ensemble_judge(scene->ensemble, &scene->recipe, &prospect);
}

static void call_search_robust(void *subject)
{
    const struct scene *scene = subject;
    struct recipe recipes[3];
    size_t count;
    must(recipe_search_robust(scene->ensemble, recipes, 3, &count, NULL),
         "recipe_search_robust");
}

static void call_touch_up(void *subject)
{
    forecast_touch_up_years(&((const struct scene *)subject)->forecast);
}

static void call_read(void *subject)
{
    const struct scene *scene = subject;
    static const enum sample_format cgats = SAMPLE_CGATS;
    struct sample_set set = {0};
    struct fault fault = {0};
    must(sample_read(scene->path, &(struct sample_options){.format = &cgats}, &set,
                     &fault),
         scene->path);
    sample_set_free(&set);
}

static void print_rows(struct scene *scene)
{
    static const struct {
        const char *name;
        void (*call)(void *subject);
    } rows[] = {
        {"difference_ciede2000", call_ciede2000},
        {"dots_bed_reflectance", call_bed},
        {"moment_reflectance", call_moment},
        {"skin appearance, 1000 spectra", call_appearance},
        {"weights_make, 31 bands", call_weights},
        {"skin_fit", call_skin_fit},
        {"forecast_touch_up_years", call_touch_up},
        {"recipe_solver_open, @smp", call_solver_open},
        {"recipe_search, @smp (5 pigments)", call_search_small},
        {"recipe_search, @generic (8)", call_search_large},
        {"recipe_search, 16 pigments", call_search_shelf},
        {"recipe_search_exact, 5 pigments", call_exact_small},
        {"recipe_search_exact, 8", call_exact_large},
        {"recipe_search_exact, 16", call_exact_shelf},
        {"recipe_search_relaxed, 16", call_search_relaxed},
        {"recipe_ensemble_open, 256 draws", call_ensemble_open},
        {"recipe_ensemble_judge, 256 draws", call_judge},
        {"recipe_search_robust, 16, 256 draws", call_search_robust},
        {"sample_read, CGATS, 500 samples", call_read},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        timing_row(rows[i].name, rows[i].call, scene);
}

void bench_colorlib(void)
{
    static struct scene scene; /* too large for the stack of some systems */
    read_skin(&scene);
    make_weights(&scene);
    read_profiles(&scene);
    fill_shelf(&scene);
    open_solvers(&scene);
    open_ensemble(&scene);
    prepare_moment(&scene);
    write_samples(&scene);
    print_rows(&scene);
    unlink(scene.path);
    recipe_solver_close(scene.small);
    recipe_solver_close(scene.large);
    recipe_ensemble_close(scene.ensemble);
    recipe_solver_close(scene.shelf);
}
