/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan as a document. */
#include "cli/interval.h"
#include "cli/json.h"
#include "cli/plan_result.h"
#include "cli/pouring.h"

static json_t *amount(double value)
{
    return json_rounded(value, JSON_DECIMALS_AMOUNT);
}

static json_t *color(double value)
{
    return json_rounded(value, JSON_DECIMALS_COLOR);
}

static json_t *colors(const struct quantiles *quantiles)
{
    return interval_json(quantiles, JSON_DECIMALS_COLOR);
}

static json_t *look_json(const struct session_look *look)
{
    json_t *object = json_object();
    json_set(object, "years", amount(look->years));
    json_set(object, "lab", json_lab(&look->lab));
    json_set(object, "de00", color(look->ciede2000));
    json_set(object, "lightness", colors(&look->lightness));
    json_set(object, "a", colors(&look->a));
    json_set(object, "b", colors(&look->b));
    json_set(object, "difference", colors(&look->difference));
    json_set(object, "darker", amount(look->darker));
    return object;
}

static const char *verdict_name(enum session_verdict verdict)
{
    switch (verdict) {
    case SESSION_PLACE: return "place";
    case SESSION_ENOUGH: return "enough";
    case SESSION_TOO_DARK: return "too_dark";
    }
    return "unknown";
}

static json_t *session_json(const struct plan_result *result,
                            const struct session_step *step)
{
    json_t *object = json_object();
    json_set(object, "number", json_integer((json_int_t)step->number));
    json_set(object, "verdict", json_string(verdict_name(step->verdict)));
    json_set(object, "density_per_cm2", amount(step->usual.technique.density_per_cm2));
    if (step->verdict == SESSION_PLACE) {
        json_set(object, "strength", amount(step->strength));
        json_set(object, "capped", json_boolean(step->bounds & SESSION_CAPPED));
        json_set(object, "thinned", json_boolean(step->bounds & SESSION_THINNED));
        pouring_set_json(result->mixing->solver, &step->recipe, object);
    }
    json_set(object, "fresh", look_json(&step->fresh));
    json_set(object, "fortnight", look_json(&step->fortnight));
    json_set(object, "healed", look_json(&step->healed));
    return object;
}

static json_t *point_json(const struct plan_result *result, size_t index)
{
    const struct outlook_point *point = &result->outlook.point[index];
    json_t *object = json_object();
    json_set(object, "years", amount(point->years));
    json_set(object, "months", amount(point->years * PLAN_MONTHS_OF_YEAR));
    json_set(object, "lightness", colors(&point->lightness));
    json_set(object, "a", colors(&point->a));
    json_set(object, "b", colors(&point->b));
    json_set(object, "de00", colors(&point->ciede2000));
    json_set(object, "contrast", interval_json(&point->contrast, JSON_DECIMALS_AMOUNT));
    json_set(object, "darker", amount(point->darker));
    json_set(object, "bluer", amount(point->bluer));
    json_set(object, "look", json_string(plan_words(result, index)));
    return object;
}

static json_t *chances_json(const struct outlook *outlook)
{
    static const char *const names[OUTLOOK_SIGNS] = {
        [OUTLOOK_CROWDED] = "crowded", [OUTLOOK_POINTS] = "points",
        [OUTLOOK_DUST] = "dust",       [OUTLOOK_HELMET] = "helmet",
        [OUTLOOK_BLURRED] = "blurred", [OUTLOOK_BLUEING] = "blueing"};
    json_t *object = json_object();
    for (size_t i = 0; i < OUTLOOK_SIGNS; i++)
        json_set(object, names[i], amount(outlook->chance[i]));
    return object;
}

static json_t *notes_json(const struct plan_result *result)
{
    json_t *notes = json_array();
    if (mixing_is_generic(result->recipe))
        json_array_append_new(notes, json_string(mixing_generic_text));
    json_array_append_new(notes, json_string(mixing_disclaimer_text));
    return notes;
}

static json_t *course_state_json(const struct plan_course *course)
{
    return json_pack("{s:I, s:I, s:I, s:b}", "session", (json_int_t)course->session,
                     "planned", (json_int_t)course->planned, "scans",
                     (json_int_t)course->scans, "placed",
                     course->status == COURSE_PLACED);
}

enum exit_code plan_print_json(struct context *context, const struct plan_result *result)
{
    const struct mixing *mixing = result->mixing;
    struct recipe_contrast contrast = recipe_contrast(mixing->solver);
    struct quantiles due = plan_touch_up_months(result);
    json_t *sessions = json_array(), *forecast = json_array();
    for (size_t s = 0; s < result->plan.count; s++)
        json_array_append_new(sessions, session_json(result, &result->plan.step[s]));
    for (size_t i = 0; i < result->outlook.count; i++)
        json_array_append_new(forecast, point_json(result, i));
    json_t *data = json_object();
    json_set(data, "skin_lightness", color(contrast.skin.L));
    json_set(data, "target_lightness", color(contrast.target.L));
    json_set(data, "density_per_cm2", amount(mixing->usual.technique.density_per_cm2));
    json_set(data, "interval_days", amount(SESSION_INTERVAL_YEARS * 365.25));
    json_set(data, "floor_depth", color(SESSION_FLOOR_DEPTH));
    if (result->plan.count == 0)
        json_set(data, "course", course_state_json(&result->course));
    json_set(data, "sessions", sessions);
    json_set(data, "forecast", forecast);
    json_set(data, "touch_up_months", interval_json(&due, JSON_DECIMALS_AMOUNT));
    json_set(data, "chances", chances_json(&result->outlook));
    json_set(data, "draws", json_integer((json_int_t)mixing->draws));
    json_set(data, "seed", json_integer((json_int_t)mixing->seed));
    json_set(data, "notes", notes_json(result));
    return json_print(context, "plan", json_conditions(context, "sce"), data);
}
