/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/pigment_fields.h"

#include <string.h>

/* Practice: 0.04 ml is a drop of pigment from the usual bottle, 1 g/ml water. */
const struct pigment pigment_unknown = {
    .drop_ml = 0.04, .density_g_per_ml = 1.0, .strength = 1};

const struct pigment_text_field pigment_text_fields[PIGMENT_TEXT_FIELDS] = {
    {"SMP_ID", "id", offsetof(struct pigment, id), PIGMENT_TEXT_MAX, PIGMENT_REQUIRED},
    {"SMP_NAME", "name", offsetof(struct pigment, name), PIGMENT_TEXT_MAX,
     PIGMENT_REQUIRED},
    {"SMP_LOT", "lot", offsetof(struct pigment, lot), PIGMENT_TEXT_MAX, PIGMENT_OPTIONAL},
    {"SMP_CI", "ci", offsetof(struct pigment, ci), PIGMENT_LIST_MAX, PIGMENT_OPTIONAL},
    {"SMP_ALLERGENS", "allergens", offsetof(struct pigment, allergens), PIGMENT_LIST_MAX,
     PIGMENT_OPTIONAL},
};

const struct pigment_number_field pigment_number_fields[PIGMENT_NUMBER_FIELDS] = {
    {"SMP_FADE_H", "fade_h", offsetof(struct pigment, fade.healed_fraction), 0, 1},
    {"SMP_FADE_K_BIO", "fade_k_bio", offsetof(struct pigment, fade.biological_per_year),
     0, 100},
    {"SMP_FADE_K_UV", "fade_k_uv", offsetof(struct pigment, fade.ultraviolet_per_year), 0,
     100},
    {"SMP_COST_PER_ML", "cost_per_ml", offsetof(struct pigment, cost_per_ml), 0, 1e6},
    {"SMP_DENSITY_G_ML", "density_g_ml", offsetof(struct pigment, density_g_per_ml), 0.5,
     5},
    {"SMP_DROP_ML", "drop_ml", offsetof(struct pigment, drop_ml), 0.005, 0.5},
    {"SMP_STRENGTH", "strength", offsetof(struct pigment, strength), 0.01, 100},
    {"SMP_DILUTION_MAX", "dilution_max", offsetof(struct pigment, dilution_max), 0, 1e6},
    {"SMP_LOO_DE00", "loo_de00", offsetof(struct pigment, level_out_de00), 0, 1000},
    {"SMP_VALIDATIONS", "validations", offsetof(struct pigment, validations), 0, 1e6},
    {"SMP_VALIDATION_DE00", "validation_de00", offsetof(struct pigment, validation_de00),
     0, 1000},
};

double pigment_number(const struct pigment *pigment,
                      const struct pigment_number_field *field)
{
    double number;
    memcpy(&number, (const char *)pigment + field->offset, sizeof number);
    return number;
}

enum status pigment_set_number(struct pigment *pigment,
                               const struct pigment_number_field *field, double number)
{
    if (!(number >= field->least && number <= field->most))
        return STATUS_OUT_OF_RANGE;
    memcpy((char *)pigment + field->offset, &number, sizeof number);
    return STATUS_OK;
}

const char *pigment_origin_name(enum pigment_origin origin)
{
    switch (origin) {
    case PIGMENT_MODEL: return "model";
    case PIGMENT_LADDER: return "ladder";
    }
    return "";
}

enum status pigment_origin_find(const char *name, enum pigment_origin *out)
{
    for (int origin = PIGMENT_MODEL; origin <= PIGMENT_LADDER; origin++)
        if (strcmp(pigment_origin_name((enum pigment_origin)origin), name) == 0) {
            *out = (enum pigment_origin)origin;
            return STATUS_OK;
        }
    return STATUS_NOT_FOUND;
}
