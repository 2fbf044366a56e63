/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recipes of match as a document. */
#include <math.h>

#include "cli/case.h"
#include "cli/interval.h"
#include "cli/json.h"
#include "cli/match_result.h"
#include "cli/pouring.h"

static json_t *amount(double value)
{
    return json_rounded(value, JSON_DECIMALS_AMOUNT);
}

static json_t *color(double value)
{
    return json_rounded(value, JSON_DECIMALS_COLOR);
}

static json_t *skin_json(const struct mixing *mixing)
{
    const struct skin_fit *fit = &mixing->subject.fit;
    const cmsCIELab *lab = recipe_skin_lab(mixing->solver);
    json_t *skin = json_object();
    cmsCIELab in_daylight = recipe_contrast(mixing->solver).skin;
    json_set(skin, "name", json_text(mixing->subject.label));
    json_set(skin, "lab", json_lab(lab));
    json_set(skin, "spectral", json_boolean(fit->basis == SKIN_FROM_SPECTRUM));
    if (mixing->subject.origin == SAMPLE_SIMULATED)
        json_set(skin, "simulated", json_true());
    json_set_ita(skin, skin_ita_deg(&in_daylight));
    if (fit->basis == SKIN_FROM_SPECTRUM) {
        json_set(skin, "melanin_index", color(skin_melanin_index(&mixing->subject.bare)));
        json_set(skin, "erythema_index",
                 color(skin_erythema_index(&mixing->subject.bare)));
    }
    json_set(skin, "melanosome_fraction",
             json_rounded(fit->skin.parameters.melanosome_fraction,
                          JSON_DECIMALS_REFLECTANCE));
    json_set(skin, "fit_de00", color(fit->ciede2000));
    case_write_skin(&mixing->subject, skin);
    return skin;
}

static json_t *target_json(const struct mixing *mixing)
{
    json_t *target = json_object();
    struct spectrum spectrum = bands_spectrum(&mixing->problem.target);
    json_set(target, "name", json_text(mixing->look));
    json_set(target, "kind", json_string(mixing_goal_name(mixing->goal)));
    if (mixing->goal == GOAL_HAIR) {
        json_set(target, "density_per_cm2", amount(mixing->hair.density_per_cm2));
        json_set(target, "grey_fraction", amount(mixing->hair.grey_fraction));
    }
    json_set(target, "lab", json_lab(recipe_target_lab(mixing->solver)));
    json_set(target, "spectral", json_true());
    json_set(target, "reflectance", json_reflectance(&spectrum));
    case_write_target(mixing, target);
    return target;
}

/* Values by the name of the illuminant, from the first one given on. */
static json_t *by_illuminant(const struct context *context, const double *value,
                             size_t first)
{
    json_t *object = json_object();
    for (size_t v = first; v < context->viewing.count; v++)
        json_set(object, context->viewing.illuminant[v].name, color(value[v]));
    return object;
}

/* What eight of ten worlds hold at one age. */
static json_t *interval_of(const struct outlook_point *point)
{
    json_t *object = json_object();
    json_set(object, "L", interval_json(&point->lightness, JSON_DECIMALS_COLOR));
    json_set(object, "a", interval_json(&point->a, JSON_DECIMALS_COLOR));
    json_set(object, "b", interval_json(&point->b, JSON_DECIMALS_COLOR));
    json_set(object, "de00", interval_json(&point->ciede2000, JSON_DECIMALS_COLOR));
    json_set(object, "contrast", interval_json(&point->contrast, JSON_DECIMALS_AMOUNT));
    return object;
}

static void set_likely(const struct outlook_point *likely, json_t *object)
{
    json_set(object, "interval", interval_of(likely));
    json_set(object, "chance_darker", amount(likely->darker));
    json_set(object, "chance_bluer", amount(likely->bluer));
}

/* What is told at each age as if all were as stated, and with its uncertainty. */
static json_t *forecast_json(const struct mixing *mixing,
                             const struct match_recipe *entry)
{
    struct forecast forecast = mixing_forecast(mixing, &entry->recipe);
    json_t *array = json_array();
    for (size_t i = 0; i < MATCH_AGES; i++) {
        struct forecast_point point = forecast_at(&forecast, match_ages[i]);
        json_t *object = json_object();
        json_set(object, "years", amount(point.years));
        json_set(object, "lab", json_lab(&point.lab));
        json_set(object, "de00", color(point.ciede2000));
        json_set(object, "contrast", amount(point.contrast));
        json_set(object, "coverage", amount(point.coverage));
        json_set(object, "dot_contrast", amount(point.dot_contrast));
        if (mixing->draws > 0)
            set_likely(&entry->outlook.point[i], object);
        json_array_append_new(array, object);
    }
    return array;
}

/* How likely it goes wrong at the worst age, and what it may come to look like. */
static json_t *chances_json(const struct match_recipe *entry)
{
    static const char *const names[OUTLOOK_SIGNS] = {
        [OUTLOOK_CROWDED] = "crowded_dots", [OUTLOOK_POINTS] = "dots_as_points",
        [OUTLOOK_DUST] = "dots_as_shade",   [OUTLOOK_HELMET] = "helmet",
        [OUTLOOK_BLURRED] = "dots_blurred", [OUTLOOK_BLUEING] = "hue_drift_blue"};
    json_t *object = json_object();
    json_set(object, "darker", amount(entry->prospect.darker));
    json_set(object, "bluer", amount(entry->prospect.bluer));
    for (size_t s = 0; s < OUTLOOK_SIGNS; s++)
        json_set(object, names[s], amount(entry->outlook.chance[s]));
    return object;
}

/* The recipe's own warnings; those of the first are the document's as well. */
static json_t *warnings_json(const struct context *context, const struct mixing *mixing,
                             const struct recipe *recipe)
{
    struct context aside = *context;
    aside.verbosity = VERBOSITY_QUIET;
    aside.warnings = json_array();
    mixing_warn_recipe(&aside, mixing, recipe);
    return aside.warnings;
}

/* By volume: the pigments in pour order, then the water; NULL where drops differ. */
static json_t *parts_json(const struct mixing *mixing, const struct recipe *recipe)
{
    unsigned part[MIXTURE_MAX + 1];
    if (recipe_parts(mixing->solver, recipe, part) != STATUS_OK)
        return NULL;
    json_t *array = json_array();
    for (size_t k = 1; k <= recipe->count; k++)
        json_array_append_new(array, json_integer(part[k]));
    json_array_append_new(array, json_integer(part[0]));
    return array;
}

/* What one drop more or less of each pigment does. */
static json_t *one_drop_json(const struct mixing *mixing, const struct recipe *recipe)
{
    json_t *array = json_array();
    for (size_t part = 0; part < recipe->count; part++)
        for (int d = RECIPE_ONE_MORE; d <= RECIPE_ONE_LESS; d++) {
            struct recipe_change change;
            if (recipe_drop_change(mixing->solver, recipe, part, (enum recipe_drop)d,
                                   &change) != STATUS_OK)
                continue;
            json_t *object = json_object();
            json_set(object, "pigment", json_text(recipe->mixture.pigment[part]->id));
            json_set(object, "drops", json_integer(d == RECIPE_ONE_MORE ? 1 : -1));
            json_set(object, "lab", json_lab(&change.lab));
            json_set(object, "de00", color(change.to_target));
            json_set(object, "moved_de00", color(change.moved));
            json_array_append_new(array, object);
        }
    return array;
}

/* What hands, skins and healing make of it. */
static void set_chances(const struct match_recipe *entry, json_t *object)
{
    const struct quantiles *healed = &entry->outlook.point[MATCH_HEALED].ciede2000;
    json_set(object, "u95", color(outlook_expanded(healed)));
    json_set(object, "de00_interval", interval_json(healed, JSON_DECIMALS_COLOR));
    json_set(object, "robust_objective", color(entry->prospect.score));
    json_set(object, "mean_objective", color(entry->prospect.mean));
    json_set(object, "tail_objective", color(entry->prospect.tail));
    json_set(object, "chances", chances_json(entry));
}

/* What becomes of it over the years. */
static void set_outlook(const struct context *context, const struct mixing *mixing,
                        const struct match_recipe *entry, json_t *object)
{
    double touch_up = mixing_touch_up_years(mixing, &entry->recipe);
    if (mixing->draws > 0)
        set_chances(entry, object);
    json_set(object, "forecast", forecast_json(mixing, entry));
    json_set(object, "touch_up_years", amount(touch_up));
    if (mixing->draws > 0)
        json_set(object, "touch_up_interval",
                 interval_json(&entry->outlook.touch_up_years, JSON_DECIMALS_AMOUNT));
    json_set(object, "warnings", warnings_json(context, mixing, &entry->recipe));
}

static json_t *recipe_json(const struct context *context,
                           const struct match_result *result, size_t index)
{
    const struct mixing *mixing = result->mixing;
    const struct match_recipe *entry = &result->recipe[index];
    const struct recipe *recipe = &entry->recipe;
    char label[MATCH_LABEL_MAX];
    match_label(result, index, label);
    struct recipe_step step[MIXTURE_MAX + 1];
    recipe_steps(mixing->solver, recipe, step);
    json_t *mix = json_array();
    for (size_t k = 1; k <= recipe->count; k++)
        json_array_append_new(mix, pouring_step_json(&step[k]));
    struct spectrum healed = bands_spectrum(&recipe->healed);

    json_t *object = json_object();
    json_set(object, "rank", json_integer((json_int_t)index + 1));
    json_set(object, "label", json_string(label));
    json_set(object, "relaxed", json_boolean(recipe->rule == RECIPE_RELAXED));
    json_set(object, "reason", json_string(recipe_reason_text(recipe->reason)));
    json_set(object, "ratio_n", amount(mixture_ratio(&recipe->mixture)));
    json_set(object, "parts", parts_json(mixing, recipe));
    json_set(object, "mix", mix);
    json_set(object, "diluent", pouring_step_json(&step[0]));
    json_set(object, "volume_ml", amount(recipe->volume_ml));
    json_set(object, "predicted",
             json_pack("{s:o, s:o}", "lab", json_lab(&recipe->lab[0]), "reflectance",
                       json_reflectance(&healed)));
    json_set(object, "de00", color(recipe->ciede2000[0]));
    json_set(object, "de00_by_illuminant", by_illuminant(context, recipe->ciede2000, 0));
    json_set(object, "metamerism", by_illuminant(context, recipe->metamerism, 1));
    json_set(object, "objective", color(recipe->objective));
    json_set(object, "one_drop", one_drop_json(mixing, recipe));
    json_set(object, "robust_de00", color(recipe->drop_effect));
    json_set(object, "worst_drop_de00", color(recipe->worst_drop));
    if (recipe->cost > 0)
        json_set(object, "cost", amount(recipe->cost));
    set_outlook(context, mixing, entry, object);
    return object;
}

json_t *match_document(const struct context *context, const struct match_result *result)
{
    const struct mixing *mixing = result->mixing;
    const struct recipe_problem *p = &mixing->problem;
    json_t *recipes = json_array();
    bool generic = false;
    for (size_t i = 0; i < result->count; i++) {
        generic |= mixing_is_generic(&result->recipe[i].recipe);
        json_array_append_new(recipes, recipe_json(context, result, i));
    }
    json_t *data = json_object();
    json_set(data, "target", target_json(mixing));
    json_set(data, "skin", skin_json(mixing));
    json_set(data, "state", json_string("healed"));
    json_set(data, "week", json_integer(6));
    json_set(data, "horizon_years", amount(p->years[p->time_count - 1]));
    case_write(mixing, data);
    json_set(data, "search", json_string(match_search_name(result->search)));
    json_set(data, "recipes", recipes);
    if (result->proof.certificate.recipes > 0)
        json_set(data, "certificate", match_proof_json(result));
    json_t *notes = json_array();
    if (generic)
        json_array_append_new(notes, json_string(mixing_generic_text));
    json_array_append_new(notes, json_string(mixing_disclaimer_text));
    json_set(data, "notes", notes);
    return json_document(context, "match", json_conditions(context, "sce"), data);
}

enum exit_code match_print_json(struct context *context,
                                const struct match_result *result)
{
    return json_print_document(context, match_document(context, result));
}
