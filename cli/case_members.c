/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case_members.h"

#include <stddef.h>
#include <string.h>

#include "cli/json.h"
#include "cli/mixing.h"
#include "colorlib/stubble.h"

/* Ranges are those of the files that the numbers come from, wide enough for what a scar
 * or a modifier makes of them. */
const struct document_member case_technique_members[] = {
    {"density_per_cm2", offsetof(struct technique, density_per_cm2), 1, 2000},
    {"radius_mm", offsetof(struct technique, radius_mm), 0.01, 1},
    {"depth_mm", offsetof(struct technique, depth_mm), 0, 5},
    {"height_mm", offsetof(struct technique, height_mm), 0.01, 5},
    {"fill_fraction", offsetof(struct technique, fill_fraction), 1e-4, 1},
    {0},
};

const struct document_member case_conditions_members[] = {
    {"healed_factor", offsetof(struct fade_conditions, healed_factor), 0, 1},
    {"healed_logit", offsetof(struct fade_conditions, healed_logit), -20, 20},
    {"biological_factor", offsetof(struct fade_conditions, biological_factor), 0, 100},
    {"loss_factor", offsetof(struct fade_conditions, loss_factor), 0, 100},
    {"ultraviolet_dose", offsetof(struct fade_conditions, ultraviolet_dose), 0, 100},
    {"spreading_mm2_per_year", offsetof(struct fade_conditions, spreading_mm2_per_year),
     0, 1},
    {"deepening_mm", offsetof(struct fade_conditions, deepening_mm), -1, 1},
    {0},
};

const struct document_member case_hair_members[] = {
    {"absorption_scale", offsetof(struct hair, absorption_scale), 0, 100},
    {"density_per_cm2", offsetof(struct hair, density_per_cm2), 0, 1000},
    {"diameter_mm", offsetof(struct hair, diameter_mm), 0.01, 0.3},
    {"depth_mm", offsetof(struct hair, depth_mm), 0.1, 10},
    {"length_mm", offsetof(struct hair, length_mm), 0, 2},
    {"grey_fraction", offsetof(struct hair, grey_fraction), 0, 1},
    {0},
};

/* What a scan finds may be more than a hand can place. */
const struct document_member case_deposit_members[] = {
    {"density_per_cm2", offsetof(struct deposit, density_per_cm2), 0, 4000},
    {"radius_mm", offsetof(struct deposit, radius_mm), 0.01, 2},
    {"fill_fraction", offsetof(struct deposit, fill_fraction), 0, 1000},
    {"years", offsetof(struct deposit, years), 0, 100},
    {0},
};

const struct document_member case_existing_members[] = {
    {"scale", offsetof(struct existing, scale), 0, 1e6},
    {"scale_sd", offsetof(struct existing, scale_sd), 0, 1e6},
    {"depth_mm", offsetof(struct existing, depth_mm), 0, 10},
    {"depth_sd_mm", offsetof(struct existing, depth_sd_mm), 0, 10},
    {0},
};

/* No state is further than this from its usual value, nor less certain. */
static const double deviation_max = 10;

void case_state_keep(struct client_state *state)
{
    for (size_t i = 0; i < CLIENT_UNKNOWNS; i++) {
        state->mean[i] = json_kept(state->mean[i]);
        for (size_t k = 0; k < CLIENT_UNKNOWNS; k++)
            state->covariance[i][k] = json_kept(state->covariance[i][k]);
    }
}

static json_t *row_json(const double *row)
{
    json_t *array = json_array();
    for (size_t i = 0; i < CLIENT_UNKNOWNS; i++)
        json_array_append_new(array, json_number(row[i]));
    return array;
}

json_t *case_state_json(const struct client_state *state)
{
    json_t *names = json_array(), *rows = json_array(), *object = json_object();
    for (size_t i = 0; i < CLIENT_UNKNOWNS; i++) {
        const char *name = client_unknown_name(i);
        json_array_append_new(names, json_string(name));
        json_array_append_new(rows, row_json(state->covariance[i]));
    }
    json_set(object, "components", names);
    json_set(object, "mean", row_json(state->mean));
    json_set(object, "covariance", rows);
    return object;
}

static enum exit_code check_components(const struct document *document, const char *key)
{
    size_t count;
    enum exit_code code =
        document_length(document, key, CLIENT_UNKNOWNS, CLIENT_UNKNOWNS, &count);
    const json_t *names = document_at(document, key);
    for (size_t i = 0; i < CLIENT_UNKNOWNS && code == EXIT_DONE; i++) {
        const char *due = client_unknown_name(i);
        const char *name = json_string_value(json_array_get(names, i));
        if (!name || strcmp(name, due) != 0)
            code = document_refuse(document, key, "\"%s\" is due in place %zu", due, i);
    }
    return code;
}

static enum exit_code read_covariance(const struct document *document, const char *key,
                                      struct client_state *state)
{
    size_t count;
    enum exit_code code =
        document_length(document, key, CLIENT_UNKNOWNS, CLIENT_UNKNOWNS, &count);
    for (size_t i = 0; i < CLIENT_UNKNOWNS && code == EXIT_DONE; i++) {
        char row[DOCUMENT_KEY_MAX + 24];
        snprintf(row, sizeof row, "%s.%zu", key, i);
        code = document_numbers(document, row, -deviation_max * deviation_max,
                                deviation_max * deviation_max, state->covariance[i],
                                CLIENT_UNKNOWNS);
        for (size_t k = 0; k < i && code == EXIT_DONE; k++)
            if (state->covariance[i][k] != state->covariance[k][i])
                code = document_refuse(document, row, "it is not symmetric");
        if (code == EXIT_DONE && state->covariance[i][i] < 0)
            code = document_refuse(document, row, "a variance is below 0");
    }
    return code;
}

enum exit_code case_state_read(const struct document *document, const char *key,
                               struct client_state *out)
{
    struct client_state state;
    char member[DOCUMENT_KEY_MAX];
    snprintf(member, sizeof member, "%s.components", key);
    enum exit_code code = check_components(document, member);
    snprintf(member, sizeof member, "%s.mean", key);
    if (code == EXIT_DONE)
        code = document_numbers(document, member, -deviation_max, deviation_max,
                                state.mean, CLIENT_UNKNOWNS);
    snprintf(member, sizeof member, "%s.covariance", key);
    if (code == EXIT_DONE)
        code = read_covariance(document, member, &state);
    if (code == EXIT_DONE)
        *out = state;
    return code;
}
