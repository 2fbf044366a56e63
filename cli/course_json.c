/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A course as a document and back; what is read is hostile. */
#include <math.h>
#include <string.h>

#include "cli/course.h"
#include "cli/json.h"
#include "colorlib/text.h"

/* Past a client's lifetime; beyond what a technique may have; a bottle. */
static const double years_max = 100;
static const double density_max = 2000;
static const double amount_max_ml = 1e4;
static const double deviation_max = 100;
enum { DROPS_MAX = 100000, PLACEMENTS_MAX = 10000 };

/* -- writing ---------------------------------------------------------------- */

/* Not rounded by decimals, because what was learned is small. */
static json_t *state_json(const struct client_state *state)
{
    json_t *names = json_array(), *mean = json_array(), *covariance = json_array();
    for (size_t i = 0; i < CLIENT_COMPONENTS; i++) {
        json_t *row = json_array();
        for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
            json_array_append_new(row, json_real(state->covariance[i][k]));
        json_array_append_new(
            names, json_string(client_component_name((enum client_component)i)));
        json_array_append_new(mean, json_real(state->mean[i]));
        json_array_append_new(covariance, row);
    }
    return json_pack("{s:o, s:o, s:o}", "components", names, "mean", mean, "covariance",
                     covariance);
}

static json_t *session_json(const struct course_session *session, size_t number)
{
    json_t *mix = json_array();
    for (size_t k = 0; k < session->count; k++)
        json_array_append_new(mix, json_pack("{s:o, s:i, s:f}", "pigment",
                                             json_text(session->pour[k].pigment), "drops",
                                             (int)session->pour[k].drops, "ml",
                                             session->pour[k].ml));
    json_t *object =
        json_pack("{s:i, s:f, s:f, s:o, s:f, s:f, s:b}", "number", (int)number, "years",
                  session->years, "density_per_cm2", session->density_per_cm2, "mix", mix,
                  "water_ml", session->water_ml, "volume_ml", session->volume_ml,
                  "placed", session->status == COURSE_PLACED);
    if (session->status == COURSE_SKIPPED)
        json_set(object, "skipped", json_true());
    return object;
}

static json_t *scan_json(const struct course_scan *scan)
{
    json_t *object = json_pack("{s:s, s:i, s:f, s:s}", "file", scan->file, "session",
                               (int)scan->session + 1, "age_days", scan->age_days, "use",
                               followup_use_name(scan->use));
    if (scan->skin[0])
        json_set(object, "skin", json_string(scan->skin));
    if (scan->placements > 0)
        json_set(object, "placements", json_integer((json_int_t)scan->placements));
    json_set(object, "state", state_json(&scan->state));
    return object;
}

json_t *course_json(const struct course *course)
{
    json_t *sessions = json_array(), *scans = json_array();
    for (size_t s = 0; s < course->session_count; s++)
        json_array_append_new(sessions, session_json(&course->session[s], s + 1));
    for (size_t s = 0; s < course->scan_count; s++)
        json_array_append_new(scans, scan_json(&course->scan[s]));
    return json_pack("{s:i, s:o, s:o, s:o, s:o}", "planned_sessions",
                     (int)course->planned, "sessions", sessions, "scans", scans, "prior",
                     state_json(&course->prior), "state",
                     state_json(course_state(course)));
}

/* -- reading ---------------------------------------------------------------- */

static enum status bad(struct fault *fault, const char *key, const char *problem)
{
    snprintf(fault->text, sizeof fault->text, "%s: %s", key, problem);
    return STATUS_BAD_DATA;
}

static enum status take_number(const json_t *value, const char *key, double min,
                               double max, double *out, struct fault *fault)
{
    double number = json_number_value(value);
    if (!json_is_number(value) || !(number >= min && number <= max))
        return bad(fault, key, "missing, not a number or out of range");
    *out = number;
    return STATUS_OK;
}

static enum status get_number(const json_t *object, const char *key, double min,
                              double max, double *out, struct fault *fault)
{
    return take_number(json_object_get(object, key), key, min, max, out, fault);
}

static enum status get_whole(const json_t *object, const char *key, json_int_t min,
                             json_int_t max, size_t *out, struct fault *fault)
{
    const json_t *value = json_object_get(object, key);
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < min || number > max)
        return bad(fault, key, "missing, not a whole number or out of range");
    *out = (size_t)number;
    return STATUS_OK;
}

static enum status get_text(const json_t *object, const char *key, char *out, size_t size,
                            struct fault *fault)
{
    const char *text = json_string_value(json_object_get(object, key));
    if (!text || !text[0] || strlen(text) >= size || !text_is_printable(text))
        return bad(fault, key, "missing, too long, or not printable text");
    memcpy(out, text, strlen(text) + 1);
    return STATUS_OK;
}

/* Names a file of the folder itself, never one elsewhere. */
static enum status get_file(const json_t *object, const char *key, char *out,
                            struct fault *fault)
{
    enum status status = get_text(object, key, out, COURSE_FILE_MAX, fault);
    if (status == STATUS_OK &&
        (out[0] == '.' ||
         strspn(out, "abcdefghijklmnopqrstuvwxyz0123456789-.") != strlen(out)))
        return bad(fault, key, "not the name of a file of this folder");
    return status;
}

static enum status get_array(const json_t *object, const char *key, size_t min,
                             size_t max, const json_t **out, struct fault *fault)
{
    const json_t *array = json_object_get(object, key);
    if (!json_is_array(array) || json_array_size(array) < min ||
        json_array_size(array) > max)
        return bad(fault, key, "missing, no array, or too short or long");
    *out = array;
    return STATUS_OK;
}

static enum status read_row(const json_t *row, const char *key, double max, double *out,
                            struct fault *fault)
{
    enum status status = json_array_size(row) == CLIENT_COMPONENTS
                             ? STATUS_OK
                             : bad(fault, key, "not a number for each component");
    for (size_t i = 0; i < CLIENT_COMPONENTS && status == STATUS_OK; i++)
        status = take_number(json_array_get(row, i), key, -max, max, &out[i], fault);
    return status;
}

static enum status check_symmetric(const struct client_state *state, struct fault *fault)
{
    for (size_t i = 0; i < CLIENT_COMPONENTS; i++)
        for (size_t k = 0; k <= i; k++)
            if (!(state->covariance[i][i] >= 0) ||
                fabs(state->covariance[i][k] - state->covariance[k][i]) >
                    1e-9 * sqrt(state->covariance[i][i] * state->covariance[k][k]))
                return bad(fault, "covariance", "not symmetric");
    return STATUS_OK;
}

static enum status read_state(const json_t *object, const char *key,
                              struct client_state *out, struct fault *fault)
{
    const json_t *state = json_object_get(object, key), *rows;
    enum status status =
        read_row(json_object_get(state, "mean"), key, deviation_max, out->mean, fault);
    if (status == STATUS_OK)
        status = get_array(state, "covariance", CLIENT_COMPONENTS, CLIENT_COMPONENTS,
                           &rows, fault);
    for (size_t i = 0; i < CLIENT_COMPONENTS && status == STATUS_OK; i++)
        status = read_row(json_array_get(rows, i), "covariance",
                          deviation_max * deviation_max, out->covariance[i], fault);
    return status == STATUS_OK ? check_symmetric(out, fault) : status;
}

static enum status read_pour(const json_t *object, struct course_pour *out,
                             struct fault *fault)
{
    size_t drops = 0;
    enum status status =
        get_text(object, "pigment", out->pigment, sizeof out->pigment, fault);
    if (status == STATUS_OK)
        status = get_whole(object, "drops", 0, DROPS_MAX, &drops, fault);
    if (status == STATUS_OK)
        status = get_number(object, "ml", 0, amount_max_ml, &out->ml, fault);
    out->drops = (unsigned)drops;
    return status;
}

static enum status read_mix(const json_t *object, struct course_session *out,
                            struct fault *fault)
{
    const json_t *mix;
    enum status status = get_array(object, "mix", 1, MIXTURE_MAX, &mix, fault);
    if (status != STATUS_OK)
        return status;
    double pigment_ml = 0;
    out->count = json_array_size(mix);
    for (size_t k = 0; k < out->count && status == STATUS_OK; k++) {
        status = read_pour(json_array_get(mix, k), &out->pour[k], fault);
        pigment_ml += status == STATUS_OK ? out->pour[k].ml : 0;
    }
    if (status == STATUS_OK)
        status = get_number(object, "water_ml", 0, amount_max_ml, &out->water_ml, fault);
    if (status == STATUS_OK)
        status =
            get_number(object, "volume_ml", 0.001, amount_max_ml, &out->volume_ml, fault);
    if (status == STATUS_OK && pigment_ml > out->volume_ml * (1 + 1e-6))
        status = bad(fault, "volume_ml", "less than the pigments alone");
    return status;
}

static enum status read_status(const json_t *object, struct course_session *out,
                               struct fault *fault)
{
    const json_t *placed = json_object_get(object, "placed");
    const json_t *skipped = json_object_get(object, "skipped");
    if (!json_is_boolean(placed) || (skipped && !json_is_boolean(skipped)) ||
        (json_is_true(placed) && json_is_true(skipped)))
        return bad(fault, "placed", "true or false is due, and not skipped as well");
    out->status = json_is_true(placed)    ? COURSE_PLACED
                  : json_is_true(skipped) ? COURSE_SKIPPED
                                          : COURSE_PROPOSED;
    return STATUS_OK;
}

static enum status read_session(const json_t *object, struct course_session *out,
                                struct fault *fault)
{
    enum status status = get_number(object, "years", 0, years_max, &out->years, fault);
    if (status == STATUS_OK)
        status = get_number(object, "density_per_cm2", 0.1, density_max,
                            &out->density_per_cm2, fault);
    if (status == STATUS_OK)
        status = read_mix(object, out, fault);
    return status == STATUS_OK ? read_status(object, out, fault) : status;
}

/* Sessions follow each other in time, and only the last may be still to come. */
static enum status read_sessions(const json_t *data, struct course *out,
                                 struct fault *fault)
{
    const json_t *sessions;
    enum status status =
        get_array(data, "sessions", 1, COURSE_SESSIONS_MAX, &sessions, fault);
    if (status != STATUS_OK)
        return status;
    out->session_count = json_array_size(sessions);
    for (size_t s = 0; s < out->session_count; s++) {
        struct course_session *session = &out->session[s];
        status = read_session(json_array_get(sessions, s), session, fault);
        if (status != STATUS_OK)
            return status;
        if (s > 0 && session->years < session[-1].years)
            return bad(fault, "sessions", "not in the order of their years");
        if (session->status == COURSE_PROPOSED && s + 1 < out->session_count)
            return bad(fault, "sessions",
                       "one before the last is neither placed nor "
                       "skipped");
    }
    return STATUS_OK;
}

static enum status read_use(const json_t *object, struct course_scan *out,
                            struct fault *fault)
{
    const char *use = json_string_value(json_object_get(object, "use"));
    if (!use || followup_use_find(use, &out->use) != STATUS_OK)
        return bad(fault, "use", "stored, half or full is due");
    return STATUS_OK;
}

static enum status read_scan(const json_t *object, const struct course *course,
                             struct course_scan *out, struct fault *fault)
{
    size_t number = 0;
    enum status status = get_file(object, "file", out->file, fault);
    if (status == STATUS_OK && json_object_get(object, "skin"))
        status = get_file(object, "skin", out->skin, fault);
    if (status == STATUS_OK)
        status = get_whole(object, "session", 1, (json_int_t)course->session_count,
                           &number, fault);
    if (status == STATUS_OK && course->session[number - 1].status != COURSE_PLACED)
        status = bad(fault, "session", "a scan of one that was not placed");
    if (status == STATUS_OK)
        status =
            get_number(object, "age_days", 0, 366 * years_max, &out->age_days, fault);
    if (status == STATUS_OK && json_object_get(object, "placements"))
        status =
            get_whole(object, "placements", 1, PLACEMENTS_MAX, &out->placements, fault);
    if (status == STATUS_OK)
        status = read_use(object, out, fault);
    out->session = number - 1;
    return status == STATUS_OK ? read_state(object, "state", &out->state, fault) : status;
}

static enum status read_scans(const json_t *data, struct course *out, struct fault *fault)
{
    const json_t *scans;
    enum status status = get_array(data, "scans", 0, COURSE_SCANS_MAX, &scans, fault);
    if (status != STATUS_OK)
        return status;
    out->scan_count = json_array_size(scans);
    for (size_t s = 0; s < out->scan_count && status == STATUS_OK; s++)
        status = read_scan(json_array_get(scans, s), out, &out->scan[s], fault);
    return status;
}

enum status course_from_json(const json_t *data, struct course *out, struct fault *fault)
{
    struct course course = {0};
    enum status status = get_whole(data, "planned_sessions", 1, COURSE_SESSIONS_MAX,
                                   &course.planned, fault);
    if (status == STATUS_OK)
        status = read_sessions(data, &course, fault);
    if (status == STATUS_OK)
        status = read_scans(data, &course, fault);
    if (status == STATUS_OK)
        status = read_state(data, "prior", &course.prior, fault);
    if (status == STATUS_OK)
        *out = course;
    return status;
}
