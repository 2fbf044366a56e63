/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A course as a document and back; what is read is hostile. */
#include <string.h>

#include "cli/case_members.h"
#include "cli/course.h"
#include "cli/json.h"

/* Past a client's lifetime; beyond what a technique may have; a large bottle. */
static const double years_max = 100;
static const double density_max = 2000;
static const double amount_max_ml = 1e4;
enum { DROPS_MAX = 100000, PLACEMENTS_MAX = 10000 };

/* What rounding may take from a sum of amounts. */
static const double rounding = 1e-6;

/* -- writing ---------------------------------------------------------------- */

static json_t *session_json(const struct course_session *session, size_t number)
{
    json_t *mix = json_array();
    for (size_t k = 0; k < session->count; k++) {
        json_t *pour = json_object();
        json_set(pour, "pigment", json_text(session->pour[k].pigment));
        json_set(pour, "drops", json_integer(session->pour[k].drops));
        json_set(pour, "ml", json_number(session->pour[k].ml));
        json_array_append_new(mix, pour);
    }
    json_t *object = json_object();
    json_set(object, "number", json_integer((json_int_t)number));
    json_set(object, "years", json_number(session->years));
    json_set(object, "density_per_cm2", json_number(session->density_per_cm2));
    json_set(object, "mix", mix);
    json_set(object, "water_ml", json_number(session->water_ml));
    json_set(object, "volume_ml", json_number(session->volume_ml));
    json_set(object, "placed", json_boolean(session->status == COURSE_PLACED));
    json_set(object, "skipped", json_boolean(session->status == COURSE_SKIPPED));
    return object;
}

static json_t *scan_json(const struct course_scan *scan)
{
    json_t *object = json_object();
    json_set(object, "file", json_string(scan->file));
    if (scan->skin[0])
        json_set(object, "skin", json_string(scan->skin));
    json_set(object, "session", json_integer((json_int_t)scan->session + 1));
    json_set(object, "age_days", json_number(scan->age_days));
    json_set(object, "use", json_string(followup_use_name(scan->use)));
    if (scan->placements > 0)
        json_set(object, "placements", json_integer((json_int_t)scan->placements));
    json_set(object, "state", case_state_json(&scan->state));
    return object;
}

json_t *course_json(const struct course *course)
{
    json_t *sessions = json_array(), *scans = json_array(), *data = json_object();
    for (size_t s = 0; s < course->session_count; s++)
        json_array_append_new(sessions, session_json(&course->session[s], s + 1));
    for (size_t s = 0; s < course->scan_count; s++)
        json_array_append_new(scans, scan_json(&course->scan[s]));
    json_set(data, "planned_sessions", json_integer((json_int_t)course->planned));
    json_set(data, "sessions", sessions);
    json_set(data, "scans", scans);
    json_set(data, "prior", case_state_json(&course->prior));
    json_set(data, "state", case_state_json(course_state(course)));
    return data;
}

/* -- reading ---------------------------------------------------------------- */

/* A member of one of the course's lists, such as "data.scans.3.file". */
struct place {
    char key[DOCUMENT_KEY_MAX];
};

static struct place place(const char *list, size_t index, const char *member)
{
    struct place place;
    snprintf(place.key, sizeof place.key, "%.100s.%zu.%.40s", list, index, member);
    return place;
}

static const char sessions_key[] = "data.sessions";
static const char scans_key[] = "data.scans";

static enum exit_code read_whole(const struct document *document, const char *key,
                                 long min, long max, size_t *out)
{
    long number = 0;
    enum exit_code code = document_whole(document, key, min, max, &number);
    if (code == EXIT_DONE)
        *out = (size_t)number;
    return code;
}

static enum exit_code read_pour(const struct document *document, const char *mix,
                                size_t k, struct course_pour *out)
{
    size_t drops = 0;
    enum exit_code code = document_text(document, place(mix, k, "pigment").key,
                                        out->pigment, sizeof out->pigment);
    if (code == EXIT_DONE)
        code = read_whole(document, place(mix, k, "drops").key, 0, DROPS_MAX, &drops);
    if (code == EXIT_DONE)
        code = document_number(document, place(mix, k, "ml").key, 0, amount_max_ml,
                               &out->ml);
    out->drops = (unsigned)drops;
    return code;
}

static enum exit_code read_mix(const struct document *document, size_t s,
                               struct course_session *out)
{
    struct place mix = place(sessions_key, s, "mix");
    struct place volume = place(sessions_key, s, "volume_ml");
    enum exit_code code = document_length(document, mix.key, 1, MIXTURE_MAX, &out->count);
    double sum = 0;
    for (size_t k = 0; code == EXIT_DONE && k < out->count; k++) {
        code = read_pour(document, mix.key, k, &out->pour[k]);
        sum += out->pour[k].ml;
    }
    if (code == EXIT_DONE)
        code = document_number(document, place(sessions_key, s, "water_ml").key, 0,
                               amount_max_ml, &out->water_ml);
    if (code == EXIT_DONE)
        code =
            document_number(document, volume.key, 0.001, amount_max_ml, &out->volume_ml);
    return code == EXIT_DONE && sum > out->volume_ml * (1 + rounding)
               ? document_refuse(document, volume.key, "less than the pigments alone")
               : code;
}

static enum exit_code read_status(const struct document *document, size_t s,
                                  enum course_status *out)
{
    bool placed = false, skipped = false;
    struct place key = place(sessions_key, s, "skipped");
    enum exit_code code =
        document_flag(document, place(sessions_key, s, "placed").key, &placed);
    if (code == EXIT_DONE)
        code = document_flag(document, key.key, &skipped);
    if (code == EXIT_DONE && placed && skipped)
        code = document_refuse(document, key.key, "it was placed");
    *out = placed ? COURSE_PLACED : skipped ? COURSE_SKIPPED : COURSE_PROPOSED;
    return code;
}

static enum exit_code read_session(const struct document *document, size_t s,
                                   struct course_session *out)
{
    enum exit_code code = document_number(document, place(sessions_key, s, "years").key,
                                          0, years_max, &out->years);
    if (code == EXIT_DONE)
        code = document_number(document, place(sessions_key, s, "density_per_cm2").key,
                               0.01, density_max, &out->density_per_cm2);
    if (code == EXIT_DONE)
        code = read_mix(document, s, out);
    return code == EXIT_DONE ? read_status(document, s, &out->status) : code;
}

/* Sessions follow each other in time, and only the last may be still to come. */
static enum exit_code check_order(const struct document *document,
                                  const struct course *course, size_t s)
{
    const struct course_session *session = &course->session[s];
    if (s > 0 && session->years < session[-1].years)
        return document_refuse(document, place(sessions_key, s, "years").key,
                               "earlier than the session before");
    if (session->status == COURSE_PROPOSED && s + 1 < course->session_count)
        return document_refuse(document, place(sessions_key, s, "placed").key,
                               "only the last may be neither placed nor skipped");
    return EXIT_DONE;
}

static enum exit_code read_sessions(const struct document *document, struct course *out)
{
    enum exit_code code = document_length(document, sessions_key, 1, COURSE_SESSIONS_MAX,
                                          &out->session_count);
    for (size_t s = 0; code == EXIT_DONE && s < out->session_count; s++) {
        code = read_session(document, s, &out->session[s]);
        if (code == EXIT_DONE)
            code = check_order(document, out, s);
    }
    return code;
}

/* Names a file of the folder itself, never one elsewhere. */
static enum exit_code read_file(const struct document *document, const char *key,
                                char *out)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-.";
    enum exit_code code = document_text(document, key, out, COURSE_FILE_MAX);
    if (code == EXIT_DONE &&
        (out[0] == '\0' || out[0] == '.' || strspn(out, letters) != strlen(out)))
        code = document_refuse(document, key, "not the name of a file of this folder");
    return code;
}

static enum exit_code read_use(const struct document *document, size_t s,
                               enum followup_use *out)
{
    char name[16];
    struct place key = place(scans_key, s, "use");
    enum exit_code code = document_text(document, key.key, name, sizeof name);
    if (code == EXIT_DONE && followup_use_find(name, out) != STATUS_OK)
        code = document_refuse(document, key.key, "stored, half or full is due");
    return code;
}

static enum exit_code read_session_of_scan(const struct document *document,
                                           const struct course *course, size_t s,
                                           struct course_scan *out)
{
    size_t number = 1;
    struct place key = place(scans_key, s, "session");
    enum exit_code code =
        read_whole(document, key.key, 1, (long)course->session_count, &number);
    out->session = number - 1;
    if (code == EXIT_DONE && course->session[out->session].status != COURSE_PLACED)
        code = document_refuse(document, key.key, "that session was not placed");
    return code;
}

static enum exit_code read_scan(const struct document *document,
                                const struct course *course, size_t s,
                                struct course_scan *out)
{
    struct place skin = place(scans_key, s, "skin");
    struct place placements = place(scans_key, s, "placements");
    enum exit_code code = read_file(document, place(scans_key, s, "file").key, out->file);
    if (code == EXIT_DONE && document_at(document, skin.key))
        code = read_file(document, skin.key, out->skin);
    if (code == EXIT_DONE)
        code = read_session_of_scan(document, course, s, out);
    if (code == EXIT_DONE)
        code = document_number(document, place(scans_key, s, "age_days").key, 0,
                               366 * years_max, &out->age_days);
    if (code == EXIT_DONE && document_at(document, placements.key))
        code = read_whole(document, placements.key, 1, PLACEMENTS_MAX, &out->placements);
    if (code == EXIT_DONE)
        code = read_use(document, s, &out->use);
    return code == EXIT_DONE
               ? case_state_read(document, place(scans_key, s, "state").key, &out->state)
               : code;
}

static enum exit_code read_scans(const struct document *document, struct course *out)
{
    enum exit_code code =
        document_length(document, scans_key, 0, COURSE_SCANS_MAX, &out->scan_count);
    for (size_t s = 0; code == EXIT_DONE && s < out->scan_count; s++)
        code = read_scan(document, out, s, &out->scan[s]);
    return code;
}

enum exit_code course_read(const struct document *document, struct course *out)
{
    struct course course = {0};
    enum exit_code code = read_whole(document, "data.planned_sessions", 1,
                                     COURSE_SESSIONS_MAX, &course.planned);
    if (code == EXIT_DONE)
        code = read_sessions(document, &course);
    if (code == EXIT_DONE)
        code = read_scans(document, &course);
    if (code == EXIT_DONE)
        code = case_state_read(document, "data.prior", &course.prior);
    if (code == EXIT_DONE)
        *out = course;
    return code;
}
