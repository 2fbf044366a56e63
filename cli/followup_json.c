/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit as a document. */
#include <math.h>

#include "cli/case_members.h"
#include "cli/interval.h"
#include "cli/json.h"
#include "cli/pouring.h"
#include "cli/visit.h"
#include "colorlib/difference.h"

static json_t *amount(double value)
{
    return json_rounded(value, JSON_DECIMALS_AMOUNT);
}

static json_t *color(double value)
{
    return json_rounded(value, JSON_DECIMALS_COLOR);
}

static json_t *three(const double *value)
{
    cmsCIELab lab = {value[0], value[1], value[2]};
    return json_lab(&lab);
}

static json_t *measured_json(const struct visit *visit)
{
    json_t *object = json_object();
    const struct followup_scan *scan = visit_scan(visit);
    json_set(object, "source", json_text(visit->argument));
    json_set(object, "session", json_integer((json_int_t)visit->entry.session + 1));
    json_set(object, "age_days", amount(visit->entry.age_days));
    json_set(object, "use", json_string(followup_use_name(visit->entry.use)));
    json_set(object, "lab", json_lab(&scan->lab));
    if (scan->placements > 0)
        json_set(object, "placements", json_integer((json_int_t)scan->placements));
    if (visit->color.conditions.origin == SAMPLE_SIMULATED)
        json_set(object, "simulated", json_true());
    if (visit->entry.file[0])
        json_set(object, "file", json_string(visit->entry.file));
    return object;
}

static json_t *forecast_json(const struct visit *visit)
{
    static const char *const sides[] = {[FOLLOWUP_AS_EXPECTED] = "as_expected",
                                        [FOLLOWUP_LIGHTER] = "lighter",
                                        [FOLLOWUP_DARKER] = "darker"};
    const struct followup_sight *sight = &visit->expected;
    json_t *object = json_object();
    json_set(object, "lab", json_lab(&sight->before));
    json_set(object, "sd", three(sight->before_sd));
    json_set(object, "p10", three(sight->low));
    json_set(object, "p90", three(sight->high));
    json_set(object, "de00",
             color(difference_ciede2000(visit_scan(visit)->lab, sight->before)));
    json_set(object, "side", json_string(sides[sight->side]));
    return object;
}

static json_t *figure_json(const struct client_figure *figure)
{
    json_t *object = json_object();
    json_set(object, "value", json_number(figure->value));
    json_set(object, "sd", json_number(figure->sd));
    return object;
}

static json_t *change_json(const char *name, const struct client_figure *before,
                           const struct client_figure *after)
{
    json_t *object = json_object();
    json_set(object, "name", json_string(name));
    json_set(object, "text", json_string(after->name));
    json_set(object, "unit", json_string(after->unit));
    json_set(object, "before", figure_json(before));
    json_set(object, "after", figure_json(after));
    return object;
}

/* What is known best, then the components. */
static json_t *figures_json(const struct visit *visit)
{
    const struct treatment *usual = &visit->mixing->usual;
    const struct fade_rates *rates = &visit_scan(visit)->mixture->pigment[0]->fade;
    struct client_figure before = practitioner_figure(usual, &visit->before);
    struct client_figure after = practitioner_figure(usual, &visit->after);
    json_t *array = json_array(), *shown = change_json("shown", &before, &after);
    json_set(shown, "learned",
             amount(practitioner_learned(usual, &visit->course.prior, &visit->after)));
    json_array_append_new(array, shown);
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++) {
        enum client_component component = (enum client_component)k;
        before = client_figure(&visit->before, component, usual, rates);
        after = client_figure(&visit->after, component, usual, rates);
        json_t *change = change_json(client_component_name(component), &before, &after);
        json_set(change, "learned", amount(visit->report.learned[k]));
        json_array_append_new(array, change);
    }
    return array;
}

static json_t *scans_json(const struct visit *visit)
{
    json_t *array = json_array();
    for (size_t s = 0; s < visit->count; s++) {
        const struct followup_sight *sight = &visit->report.sight[s];
        json_t *object = json_object();
        json_set(object, "use", json_string(followup_use_name(sight->use)));
        json_set(object, "lab", json_lab(&visit->scan[s].lab));
        json_set(object, "before", json_lab(&sight->before));
        json_set(object, "after", json_lab(&sight->after));
        json_set(object, "residual_sd", three(sight->residual));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *combination_json(const struct visit *visit)
{
    json_t *parts = json_object(), *object = json_object();
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
        json_set(parts, client_component_name((enum client_component)k),
                 amount(visit->report.combination[k]));
    json_set(object, "learned", amount(visit->report.combination_learned));
    json_set(object, "parts", parts);
    json_set(object, "text",
             json_string(followup_knowledge_text(visit->report.knowledge)));
    return object;
}

static json_t *session_json(const struct visit *visit)
{
    const struct session_step *step = &visit->step;
    json_t *object = json_object();
    json_set(object, "number", json_integer((json_int_t)step->number));
    json_set(object, "of", json_integer((json_int_t)visit->course.planned));
    json_set(object, "density_per_cm2", amount(step->usual.technique.density_per_cm2));
    json_set(object, "strength", amount(step->strength));
    json_set(object, "capped", json_boolean(step->bounds & SESSION_CAPPED));
    json_set(object, "thinned", json_boolean(step->bounds & SESSION_THINNED));
    json_set(object, "denser", json_boolean(step->bounds & SESSION_DENSER));
    pouring_set_json(visit->mixing->solver, &step->recipe, object);
    json_set(object, "healed_lightness",
             interval_json(&step->healed.lightness, JSON_DECIMALS_COLOR));
    json_set(object, "healed_de00",
             interval_json(&step->healed.difference, JSON_DECIMALS_COLOR));
    json_set(object, "darker", amount(step->healed.darker));
    return object;
}

static json_t *next_json(const struct visit *visit)
{
    static const char *const names[] = {[VISIT_AS_BEFORE] = "as_before",
                                        [VISIT_SESSION] = "session",
                                        [VISIT_ENOUGH] = "enough",
                                        [VISIT_COMPLETE] = "complete",
                                        [VISIT_TOO_DARK] = "too_dark"};
    json_t *object = json_object();
    json_set(object, "verdict", json_string(names[visit->next]));
    if (visit->next == VISIT_SESSION)
        json_set(object, "session", session_json(visit));
    if (visit->next == VISIT_COMPLETE) {
        struct visit_gap gap = visit_gap(visit);
        json_set(object, "scan_to_target_de00",
                 json_rounded(gap.ciede2000, JSON_DECIMALS_COLOR));
        json_set(object, "scan_lighter_than_target",
                 json_rounded(gap.lighter, JSON_DECIMALS_COLOR));
    }
    if (visit->next != VISIT_AS_BEFORE && visit->next != VISIT_SESSION) {
        json_set(object, "touch_up_years",
                 interval_json(&visit->touch_up, JSON_DECIMALS_AMOUNT));
        json_set(object, "touch_up_due",
                 json_boolean(visit->touch_up.p50 <= visit->years));
    }
    return object;
}

static json_t *practitioner_json(const struct visit *visit)
{
    json_t *object = json_object();
    json_set(object, "taught", json_boolean(visit->lesson == VISIT_TAUGHT));
    if (visit->lesson != VISIT_TAUGHT)
        return object;
    json_set(object, "ln_fill_healed", json_number(visit->taught.value));
    json_set(object, "sd", json_number(visit->taught.sd));
    json_set(object, "clients", json_integer((json_int_t)visit->practitioner.clients));
    json_set(object, "mean", json_number(visit->practitioner.mean));
    json_set(object, "next_sd", json_number(practitioner_sd(&visit->practitioner)));
    return object;
}

enum exit_code visit_print_json(struct context *context, const struct visit *visit)
{
    json_t *data = json_object(), *notes = json_array();
    if (mixing_is_generic(&visit->recipe))
        json_array_append_new(notes, json_string(mixing_generic_text));
    json_array_append_new(notes, json_string(mixing_disclaimer_text));
    json_set(data, "client", json_text(visit->folder));
    json_set(data, "measured", measured_json(visit));
    json_set(data, "forecast", forecast_json(visit));
    json_set(data, "figures", figures_json(visit));
    json_set(data, "combination", combination_json(visit));
    json_set(data, "scans", scans_json(visit));
    json_set(data, "state_before", case_state_json(&visit->before));
    json_set(data, "state", case_state_json(&visit->after));
    json_set(data, "next", next_json(visit));
    if (visit->lesson != VISIT_UNASKED)
        json_set(data, "practitioner", practitioner_json(visit));
    json_set(data, "applied", json_boolean(option(context, "apply") != NULL));
    json_set(data, "draws", json_integer((json_int_t)visit->mixing->draws));
    json_set(data, "seed", json_integer((json_int_t)visit->mixing->seed));
    json_set(data, "notes", notes);
    return json_print_members(context, "followup", json_conditions(context, "sce"), data);
}
