/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/visit.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/mix_argument.h"
#include "cli/quantity.h"

static const double days_per_year = 365.25;

const struct followup_scan *visit_scan(const struct visit *visit)
{
    return &visit->scan[visit->count - 1];
}

double visit_date(const struct visit *visit)
{
    return visit->course.session[visit->entry.session].years + visit->years;
}

static enum exit_code refuse(struct context *context, const char *what, const char *hint)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_USAGE_OPTION, "%s", what);
    failure_hint(&context->failure, "%s", hint);
    return code;
}

/* -- the session ------------------------------------------------------------- */

/* What was done otherwise than proposed. */
static enum exit_code amend(struct context *context, const struct bottles *bottles,
                            struct course_session *session)
{
    const char *mix = option(context, "placed");
    if ((mix || option(context, "density")) && session->status != COURSE_PROPOSED)
        return refuse(context,
                      "--placed and --density tell of a session that was proposed, and "
                      "the last one was told of already",
                      "followup without them");
    enum exit_code code = option_number(
        context, "density", 1, 1000, session->density_per_cm2, &session->density_per_cm2);
    if (code == EXIT_DONE && mix)
        code = mix_argument_read(context, mix, bottles, session);
    if (code == EXIT_DONE && mix && session->water_ml <= 0)
        warn(context, "mix.undiluted", "--placed carbon=7drop,water=5.2ml",
             "--placed names no water: taken as poured undiluted");
    return code;
}

/* The session proposed last was skipped, or was placed by now. */
static enum exit_code settle(struct context *context, struct visit *visit)
{
    struct course *course = &visit->course;
    struct course_session *last = &course->session[course->session_count - 1];
    enum exit_code code = EXIT_DONE;
    if (option(context, "skipped")) {
        if (option(context, "placed") || option(context, "density"))
            return refuse(context, "a session that was skipped was not poured",
                          "--skipped alone");
        if (last->status != COURSE_PROPOSED)
            return refuse(context, "no session is proposed that could be skipped",
                          "followup without --skipped");
        last->status = COURSE_SKIPPED;
    } else {
        code = amend(context, &visit->mixing->bottles, last);
        if (last->status == COURSE_PROPOSED)
            last->status = COURSE_PLACED;
    }
    if (code == EXIT_DONE && course_last(course, &visit->entry.session) != STATUS_OK)
        code = refuse(context, "no session was placed that a scan could be of",
                      "followup without --skipped");
    return code;
}

/* -- scans ------------------------------------------------------------------- */

/* A scan as the updates need it; the color is one with a spectrum. */
static enum exit_code take_scan(struct context *context, struct visit *visit,
                                const char *label, const struct color *color,
                                const struct course_scan *entry)
{
    struct visit_scan *held = &visit->held[visit->count];
    struct followup_scan *scan = &visit->scan[visit->count];
    enum skin_surface surface;
    enum exit_code code = subject_same_aperture(context, "skin and re-scan",
                                                visit->mixing->subject.aperture_mm,
                                                color->conditions.aperture_mm);
    if (code == EXIT_DONE)
        code = skin_measured(context, label, color, &held->measured, &surface);
    if (code == EXIT_DONE)
        code = course_treatment(context, &visit->course, entry->session,
                                &visit->mixing->usual, &visit->mixing->bottles,
                                &held->mixture, &held->usual);
    if (code != EXIT_DONE)
        return code;
    *scan = (struct followup_scan){.usual = &held->usual,
                                   .mixture = &held->mixture,
                                   .years = entry->age_days / days_per_year,
                                   .lab = colorimetry_reflectance_lab(
                                       &visit->mixing->daylight, held->measured.value),
                                   .placements = entry->placements,
                                   .aperture_mm = color->conditions.aperture_mm};
    visit->count++;
    return EXIT_DONE;
}

/* The bare skin as it was on the day of the scan that was taken last. */
static enum exit_code take_skin(struct context *context, struct visit *visit,
                                const char *argument)
{
    struct visit_scan *held = &visit->held[visit->count - 1];
    enum exit_code code = subject_read(context, argument, &held->skin);
    if (code == EXIT_DONE)
        code = subject_same_aperture(context, "skin and --skin",
                                     visit->mixing->subject.aperture_mm,
                                     held->skin.aperture_mm);
    if (code == EXIT_DONE && held->skin.fit.basis != SKIN_FROM_SPECTRUM)
        code = failure_set(&context->failure, FAILURE_SPECTRUM_NEEDED,
                           "%s has no spectrum: what lies behind it cannot be fitted",
                           argument);
    if (code == EXIT_DONE)
        visit->scan[visit->count - 1].skin = &held->skin.fit;
    return code;
}

static enum exit_code read_spectral(struct context *context, const char *argument,
                                    struct color *out)
{
    enum exit_code code = color_read(context, argument, out);
    if (code == EXIT_DONE && out->basis != COLOR_SPECTRAL) {
        code = failure_set(&context->failure, FAILURE_SPECTRUM_NEEDED,
                           "%s has no spectrum, and a visit needs scans", argument);
        failure_hint(&context->failure, "a scan with its spectrum");
    }
    return code;
}

/* One of the scans that the folder holds. */
static enum exit_code read_kept(struct context *context, struct visit *visit,
                                const struct course_scan *entry)
{
    char path[PATH_MAX];
    struct color color;
    enum exit_code code = client_folder_path(context, visit->folder, entry->file, path);
    if (code == EXIT_DONE)
        code = read_spectral(context, path, &color);
    if (code == EXIT_DONE)
        code = take_scan(context, visit, path, &color, entry);
    if (code != EXIT_DONE || !entry->skin[0])
        return code;
    code = client_folder_path(context, visit->folder, entry->skin, path);
    return code == EXIT_DONE ? take_skin(context, visit, path) : code;
}

/* Nothing simulated may pass for measured: it is looked at, but not kept. */
static enum exit_code check_origin(struct context *context, const struct visit *visit,
                                   enum sample_origin record)
{
    if (visit->color.conditions.origin != SAMPLE_SIMULATED ||
        record == SAMPLE_SIMULATED || !option(context, "apply"))
        return EXIT_DONE;
    enum exit_code code =
        failure_set(&context->failure, FAILURE_CONDITIONS_SIMULATED,
                    "%s is simulated, and %s is a record of measured scans",
                    visit->argument, visit->folder);
    failure_hint(&context->failure, "without --apply it can be looked at");
    return code;
}

/* Half of the last digit that instruments print, 0.01 %, so that a scan is known again in
 * another format. The same skin read twice differs by some 0.1 %. */
static const double same_reflectance = 0.00005;

static bool are_same(const struct bands *one, const struct bands *other)
{
    double most = 0;
    for (size_t b = 0; b < BAND_COUNT; b++)
        most = fmax(most, fabs(one->value[b] - other->value[b]));
    return most <= same_reflectance;
}

/* A scan counts once, also where it is given twice by mistake. One that was too fresh as
 * it was entered, and has another age now, was never counted. */
static enum exit_code check_new(struct context *context, const struct visit *visit)
{
    const struct bands *measured = &visit->held[visit->count - 1].measured;
    for (size_t s = 0; s < visit->course.scan_count; s++) {
        const struct course_scan *kept = &visit->course.scan[s];
        if (!are_same(&visit->held[s].measured, measured) ||
            (kept->use == FOLLOWUP_STORED && visit->entry.use != FOLLOWUP_STORED))
            continue;
        enum exit_code code = failure_set(
            &context->failure, FAILURE_SCAN_KNOWN,
            "%s is %s of %s already, %.0f days after session %zu, and counts once",
            visit->argument, kept->file, visit->folder, kept->age_days,
            kept->session + 1);
        failure_hint(&context->failure, "plan %s shows what is known by now",
                     visit->folder);
        return code;
    }
    return EXIT_DONE;
}

/* The new scan, and the bare skin beside it. */
static enum exit_code read_new(struct context *context, struct visit *visit)
{
    enum sample_origin record = context->simulated ? SAMPLE_SIMULATED : SAMPLE_MEASURED;
    enum exit_code code = read_spectral(context, visit->argument, &visit->color);
    if (code == EXIT_DONE)
        code = check_origin(context, visit, record);
    if (code != EXIT_DONE)
        return code;
    visit->entry.age_days = visit->years * days_per_year;
    visit->entry.use = followup_use(visit->years);
    visit->entry.placements = visit->color.conditions.placements;
    code = take_scan(context, visit, visit->argument, &visit->color, &visit->entry);
    if (code == EXIT_DONE)
        code = check_new(context, visit);
    if (code == EXIT_DONE && visit->skin_argument)
        code = read_spectral(context, visit->skin_argument, &visit->skin_color);
    if (code == EXIT_DONE && visit->skin_argument)
        code = take_skin(context, visit, visit->skin_argument);
    return code;
}

static enum exit_code read_scans(struct context *context, struct visit *visit)
{
    const struct course *course = &visit->course;
    if (course->scan_count == COURSE_SCANS_MAX)
        return failure_set(&context->failure, FAILURE_FILE_MALFORMED,
                           "%s holds %d scans already, which is as many as it can",
                           visit->folder, COURSE_SCANS_MAX);
    enum exit_code code = EXIT_DONE;
    for (size_t s = 0; s < course->scan_count && code == EXIT_DONE; s++)
        code = read_kept(context, visit, &course->scan[s]);
    return code == EXIT_DONE ? read_new(context, visit) : code;
}

/* -- learning ---------------------------------------------------------------- */

/* A scan further than this many sd from what was expected deserves a second look. */
static const double surprise_limit = 3;
static const char surprise_hint[] = "check the age, what was really placed (--placed, "
                                    "--density), and that the treated place was scanned";

static enum exit_code refuse_status(struct context *context, enum status status)
{
    if (status == STATUS_NO_MEMORY)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    if (status == STATUS_NOT_CONVERGED) {
        enum exit_code code = failure_set(&context->failure, FAILURE_SCAN_UNEXPLAINED,
                                          "no state of the client explains these scans");
        failure_hint(&context->failure, "%s", surprise_hint);
        return code;
    }
    return failure_set(&context->failure, FAILURE_FILE_MALFORMED,
                       "the client's state or a scan: %s", status_text(status));
}

/* When the scan before this one was made, years since the first session. */
static double date_before(const struct course *course)
{
    if (course->scan_count == 0)
        return 0;
    const struct course_scan *last = &course->scan[course->scan_count - 1];
    return course->session[last->session].years + last->age_days / days_per_year;
}

/* All scans at once from what was known before any, so that an error of the skin's fit
 * counts once. */
static enum exit_code learn(struct context *context, struct visit *visit)
{
    const struct mixing *mixing = visit->mixing;
    const struct course *course = &visit->course;
    const struct skin_fit *skin = &mixing->subject.fit;
    struct client_state prior = course->prior, alone;
    struct followup_report expected;
    visit->before = *course_state(course);
    client_state_pass(&visit->before, fmax(visit_date(visit) - date_before(course), 0));
    client_state_pass(&prior, visit_date(visit));
    enum status status = followup_update(skin, &mixing->daylight, &visit->before,
                                         visit_scan(visit), 1, &alone, &expected);
    if (status == STATUS_OK)
        status = followup_update(skin, &mixing->daylight, &prior, visit->scan,
                                 visit->count, &visit->after, &visit->report);
    if (status != STATUS_OK)
        return refuse_status(context, status);
    visit->expected = expected.sight[0];
    if (visit->expected.surprise > surprise_limit && visit->entry.use != FOLLOWUP_STORED)
        warn(context, "scan.surprise", surprise_hint,
             "the scan is %.1f standard deviations from what was expected",
             visit->expected.surprise);
    if (visit->entry.use == FOLLOWUP_STORED)
        visit->after = *course_state(course);
    visit->entry.state = visit->after;
    return EXIT_DONE;
}

/* -- all of it --------------------------------------------------------------- */

static enum exit_code read_request(struct context *context, struct visit *visit)
{
    visit->folder = option(context, "client");
    visit->argument = context->invocation.arguments[0];
    visit->skin_argument = option(context, "skin");
    visit->practitioner_path = option(context, "practitioner");
    if (!visit->folder)
        return refuse(context, "--client says whose scan this is",
                      "--client DIR, a folder that plan RECIPE.json --client DIR began");
    if (!option(context, "age"))
        return refuse(context, "--age says how long ago the last session was",
                      "--age 14d, 6w or 18mo");
    return quantity_age_years(context, "age", 0, &visit->years);
}

static enum exit_code prepare(struct context *context, struct visit *visit)
{
    char path[PATH_MAX];
    enum exit_code code = read_request(context, visit);
    if (code == EXIT_DONE)
        code = client_folder_read(context, visit->folder, &visit->course);
    if (code == EXIT_DONE)
        code = client_folder_path(context, visit->folder, "case.json", path);
    if (code == EXIT_DONE)
        code = case_read(context, path, &visit->mixing, &visit->recipe);
    if (code == EXIT_DONE)
        code = settle(context, visit);
    if (code == EXIT_DONE)
        code = read_scans(context, visit);
    if (code == EXIT_DONE)
        code = learn(context, visit);
    return code == EXIT_DONE ? visit_find_next(context, visit) : code;
}

enum exit_code visit_open(struct context *context, struct visit **out)
{
    struct visit *visit = calloc(1, sizeof *visit);
    if (!visit)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = prepare(context, visit);
    if (code == EXIT_DONE)
        *out = visit;
    else
        visit_close(visit);
    return code;
}

void visit_close(struct visit *visit)
{
    if (!visit)
        return;
    mixing_close(visit->mixing);
    free(visit);
}
