/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A formula as a document. */
#include <math.h>

#include "cli/formulation.h"
#include "cli/json.h"
#include "colorlib/difference.h"

static json_t *amount(double value)
{
    return json_rounded(value, JSON_DECIMALS_AMOUNT);
}

static json_t *color(double value)
{
    return json_rounded(value, JSON_DECIMALS_COLOR);
}

static json_t *reflectance(const struct bands *bands)
{
    struct spectrum spectrum = bands_spectrum(bands);
    return json_reflectance(&spectrum);
}

static json_t *target_json(const struct formulation_target *target)
{
    json_t *object = json_object();
    if (target->source)
        json_set(object, "source", json_text(target->source));
    json_set(object, "spectral", json_boolean(target->basis == COLOR_SPECTRAL));
    json_set(object, "lab", json_lab(&target->lab));
    if (target->basis == COLOR_SPECTRAL) {
        size_t count = target->readings.count[BATCH_COLOR];
        json_set(object, "readings", json_integer((json_int_t)count));
        json_set(object, "spread_de00", color(target->spread));
        json_set(object, "reflectance", reflectance(&target->reflectance));
    }
    return object;
}

static json_t *film_json(const struct formulation *formulation)
{
    const struct drawdown *drawdown = &formulation->problem.drawdown;
    const struct surface *surface = &formulation->problem.view.surface;
    json_t *object = json_object();
    json_set(object, "hides", json_boolean(formulation_hides(formulation)));
    if (!formulation_hides(formulation)) {
        json_set(object, "thickness_um", json_number(1000 * drawdown->thickness_mm));
        json_set(object, "backing", reflectance(&drawdown->background));
    }
    json_set(object, "surface",
             json_pack("{s:o*, s:o*}", "external", json_number(surface->external),
                       "internal", json_number(surface->internal)));
    return object;
}

/* What the recipes are of. */
static json_t *grid_json(const struct formulation *formulation)
{
    const struct formula_problem *problem = &formulation->problem;
    json_t *object = json_object(), *pigments = json_array();
    for (size_t i = 0; i < formulation->bottles.count; i++)
        json_array_append_new(pigments, json_text(formulation->bottles.pigment[i].id));
    json_set(object, "pigments", pigments);
    if (problem->diluent)
        json_set(object, "diluent", json_text(formulation->diluent.id));
    json_set(object, "pigments_max", json_integer((json_int_t)problem->size_max));
    json_set(object, "parts_max", json_integer(problem->parts_max));
    return object;
}

static json_t *pour_json(const struct formulation *formulation,
                         const struct formulation_pour *pour)
{
    const struct pigment *pigment = pour->pigment;
    json_t *object = json_object();
    json_set(object, "pigment", json_text(pigment->id));
    if (pigment->lot[0])
        json_set(object, "lot", json_text(pigment->lot));
    if (pigment != &formulation->diluent || formulation->diluting == FORMULATION_BOTTLE)
        json_set(object, "origin",
                 json_string(pigment->origin == PIGMENT_MODEL ? "model" : "ladder"));
    json_set(object, "parts", json_integer(pour->parts));
    json_set(object, "share", json_rounded(pour->amount.share, 6));
    json_set(object, "ml", amount(pour->amount.ml));
    json_set(object, "g", amount(pour->amount.g));
    json_set(object, "scale_g", amount(pour->amount.scale_g));
    return object;
}

/* How much is told of a recipe. */
enum detail { IN_FULL, IN_BRIEF };

static json_t *predicted_json(const struct formula *formula, enum detail detail)
{
    json_t *object = json_object();
    json_set(object, "lab", json_lab(&formula->lab));
    if (detail == IN_FULL)
        json_set(object, "reflectance", reflectance(&formula->reflectance));
    return object;
}

static json_t *recipe_json(const struct formulation *formulation,
                           const struct viewing *viewing, size_t index,
                           enum detail detail)
{
    const struct formula *formula = &formulation->formula[index];
    struct formulation_pour pour[FORMULATION_POURS_MAX];
    size_t count = formulation_pours(formulation, formula, pour);
    json_t *object = json_object(), *mix = json_array();
    json_set(object, "rank", json_integer((json_int_t)index + 1));
    json_set(object, "pigments", json_integer((json_int_t)formula->count));
    for (size_t k = 0; k < count; k++)
        json_array_append_new(mix, pour_json(formulation, &pour[k]));
    json_set(object, "mix", mix);
    json_set(object, "predicted", predicted_json(formula, detail));
    json_set(object, "de00", color(formula->ciede2000));
    json_set(object, "verdict", json_string(difference_verdict(formula->ciede2000)));
    if (formulation->target.basis != COLOR_SPECTRAL)
        return object;
    json_t *metamerism = json_object();
    for (size_t v = 1; v < viewing->count; v++)
        json_set(metamerism, viewing->illuminant[v].name,
                 color(formulation->metamerism[index][v]));
    json_set(object, "metamerism", metamerism);
    return object;
}

static json_t *certificate_json(const struct formulation *formulation, enum detail detail)
{
    const struct formula_certificate *it = &formulation->certificate;
    double gap = formulation_gap(formulation);
    char text[FORMULATION_CERTIFICATE_MAX];
    json_t *object = json_object();
    json_set(object, "optimal", json_boolean(gap == 0));
    json_set(object, "recipes", json_integer((json_int_t)it->recipes));
    if (detail == IN_FULL) /* of a batch it depends on which lines came together */
        json_set(object, "examined", json_integer((json_int_t)it->examined));
    json_set(object, "bound", color(formulation_bound(formulation)));
    json_set(object, "within", color(ceil(gap * 1e4) / 1e4));
    if (detail == IN_BRIEF)
        return object;
    formulation_certificate_text(formulation, text);
    json_set(object, "text", json_string(text));
    return object;
}

enum exit_code formulation_print_json(struct context *context,
                                      const struct formulation *formulation)
{
    bool included = formulation->problem.view.specular == SURFACE_SPECULAR_INCLUDED;
    json_t *data = json_object(), *recipes = json_array();
    json_set(data, "target", target_json(&formulation->target));
    json_set(data, "film", film_json(formulation));
    json_set(data, "grid", grid_json(formulation));
    for (size_t i = 0; i < formulation->count; i++)
        json_array_append_new(recipes,
                              recipe_json(formulation, &context->viewing, i, IN_FULL));
    json_set(data, "recipes", recipes);
    json_set(data, "certificate", certificate_json(formulation, IN_FULL));
    return json_print(context, "formulation",
                      json_conditions(context, included ? "sci" : "sce"), data);
}

void formulation_json_set(const struct formulation *formulation,
                          const struct viewing *viewing, json_t *line)
{
    json_set(line, "lab", json_lab(&formulation->target.lab));
    json_set(line, "recipe", recipe_json(formulation, viewing, 0, IN_BRIEF));
    json_set(line, "certificate", certificate_json(formulation, IN_BRIEF));
}
