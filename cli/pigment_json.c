/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pigment_json.h"

#include "cli/json.h"

const char *pigment_origin_text(const struct pigment *pigment)
{
    return pigment->origin == PIGMENT_LADDER ? "ladder" : "model";
}

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text[0])
        json_set(object, key, json_text(text));
}

static void set_known(json_t *object, const char *key, double value)
{
    if (value > 0)
        json_set(object, key, json_number(value));
}

json_t *pigment_json(const struct pigment *pigment)
{
    json_t *object = json_object();
    json_set(object, "id", json_text(pigment->id));
    json_set(object, "name", json_text(pigment->name));
    set_text(object, "lot", pigment->lot);
    json_set(object, "origin", json_string(pigment_origin_text(pigment)));
    json_set(object, "class", json_string(fade_class_name(pigment->class)));
    set_text(object, "ci", pigment->ci);
    set_text(object, "allergens", pigment->allergens);
    json_set(object, "density_g_ml", json_number(pigment->density_g_per_ml));
    json_set(object, "drop_ml", json_number(pigment->drop_ml));
    set_known(object, "cost_per_ml", pigment->cost_per_ml);
    json_set(object, "strength", json_number(pigment->strength));
    set_known(object, "dilution_max", pigment->dilution_max);
    set_known(object, "level_out_de00", pigment->level_out_de00);
    set_known(object, "validations", pigment->validations);
    if (pigment->validations > 0)
        json_set(object, "validation_de00", json_number(pigment->validation_de00));
    json_set(object, "fade_h", json_number(pigment->fade.healed_fraction));
    json_set(object, "fade_k_bio", json_number(pigment->fade.biological_per_year));
    json_set(object, "fade_k_uv", json_number(pigment->fade.ultraviolet_per_year));
    json_set(object, "simulated", json_boolean(pigment->simulated));
    return object;
}

json_t *pigment_bands_json(const struct bands *bands)
{
    json_t *object = json_object(), *values = json_array();
    json_set(object, "start_nm", json_number(bands_grid.start_nm));
    json_set(object, "step_nm", json_number(bands_grid.step_nm));
    for (size_t i = 0; i < BAND_COUNT; i++)
        json_array_append_new(values, json_number(bands->value[i]));
    json_set(object, "values", values);
    return object;
}
