/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a document of match holds so that the case can be read back from it. */
#include "cli/case.h"
#include "cli/case_members.h"
#include "cli/json.h"

void case_write_skin(const struct subject *subject, json_t *skin)
{
    if (subject->fit.basis == SKIN_FROM_SPECTRUM) {
        struct spectrum bare = bands_spectrum(&subject->bare);
        json_set(skin, "sampled_nm", json_number(subject->step_nm));
        json_set(skin, "reflectance", json_reflectance(&bare));
    } else if (subject->fit.basis == SKIN_FROM_LAB) {
        json_set(skin, "color",
                 json_pack("{s:o, s:o, s:i}", "lab", json_lab(&subject->color),
                           "illuminant", json_text(subject->light), "observer_deg",
                           observer_degrees(subject->observer)));
    }
    if (subject->aperture_mm > 0)
        json_set(skin, "aperture_mm", json_number(subject->aperture_mm));
}

void case_write_target(const struct mixing *mixing, json_t *target)
{
    if (mixing->goal != GOAL_HAIR)
        return;
    json_t *hair = json_object();
    json_set(hair, "name", json_text(mixing->hair.name));
    document_members_write(case_hair_members, &mixing->hair, hair);
    json_set(target, "hair", hair);
    if (mixing->greys)
        json_set(target, "greying_per_year", json_number(STUBBLE_GREYING_PER_YEAR));
}

static json_t *technique_json(const struct technique *technique)
{
    json_t *object = json_object();
    json_set(object, "name", json_text(technique->name));
    document_members_write(case_technique_members, technique, object);
    return object;
}

static json_t *conditions_json(const struct mixing *mixing)
{
    json_t *object = json_object(), *modifiers = json_array();
    for (size_t i = 0; i < mixing->modifier_count; i++)
        json_array_append_new(modifiers, json_string(mixing->modifier[i]));
    json_set(object, "modifiers", modifiers);
    document_members_write(case_conditions_members, &mixing->usual.conditions, object);
    return object;
}

static json_t *bottles_json(const struct bottles *bottles)
{
    json_t *array = json_array();
    for (size_t i = 0; i < bottles->count; i++) {
        const struct pigment *pigment = &bottles->pigment[i];
        json_array_append_new(array,
                              json_pack("{s:o, s:o, s:o}", "id", json_text(pigment->id),
                                        "lot", json_text(pigment->lot), "profile",
                                        json_text(bottles->source[i])));
    }
    return array;
}

static json_t *deposit_json(const struct deposit *deposit)
{
    json_t *object = json_object(), *mix = json_array();
    document_members_write(case_deposit_members, deposit, object);
    for (size_t k = 0; k < deposit->mixture.count; k++)
        json_array_append_new(
            mix,
            json_pack("{s:o, s:o}", "pigment", json_text(deposit->mixture.pigment[k]->id),
                      "concentration", json_number(deposit->mixture.concentration[k])));
    json_set(object, "mix", mix);
    return object;
}

static json_t *existing_json(const struct mixing *mixing)
{
    json_t *object = json_object(), *deposits = json_array();
    json_set(object, "recorded", json_boolean(mixing->found.recorded));
    document_members_write(case_existing_members, &mixing->found, object);
    json_set(object, "bottles", bottles_json(&mixing->found.bottles));
    for (size_t e = 0; e < mixing->usual.earlier_count; e++)
        json_array_append_new(deposits, deposit_json(&mixing->usual.earlier[e]));
    json_set(object, "deposits", deposits);
    return object;
}

void case_write(const struct mixing *mixing, json_t *data)
{
    const struct recipe_problem *p = &mixing->problem;
    json_set(data, "technique", technique_json(&mixing->usual.technique));
    json_set(data, "conditions", conditions_json(mixing));
    json_set(data, "client_state", case_state_json(&mixing->state));
    if (mixing->practitioner_clients > 0)
        json_set(data, "practitioner_clients",
                 json_integer((json_int_t)mixing->practitioner_clients));
    if (mixing->found.there)
        json_set(data, "existing", existing_json(mixing));
    json_set(data, "draws", json_integer((json_int_t)mixing->draws));
    json_set(data, "seed", json_integer((json_int_t)mixing->seed));
    json_set(data, "horizon_months", json_integer(mixing->months));
    json_set(data, "volume_ml", json_number(p->volume_min_ml));
    json_set(data, "drops_max", json_integer(p->drops_max));
    json_set(data, "max_pigments", json_integer((json_int_t)p->pigments_max));
    json_set(data, "bottles", bottles_json(&mixing->bottles));
}
