/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doctor: is everything ready? One line a check, and one fix for each that fails. */
#include "cli/commands.h"

#include <dirent.h>
#include <stdarg.h>
#include <string.h>

#include "cli/connection.h"
#include "cli/json.h"
#include "cli/profile_path.h"
#include "colorlib/date_time.h"

enum level { LEVEL_OK, LEVEL_WARN, LEVEL_FAIL };
static const char *const level_texts[] = {" ok  ", "warn ", "FAIL "};
static const char *const level_keys[] = {"ok", "warn", "fail"};

enum { CHECKS_MAX = 16, CHECK_TEXT_MAX = 256 };

struct check {
    enum level level;
    enum exit_code exit; /* of a failed one */
    char text[CHECK_TEXT_MAX];
    char fix[FAILURE_HINT_MAX]; /* empty where nothing is to be done */
};

struct examination {
    struct context *context;
    size_t count;
    struct check check[CHECKS_MAX];
};

/* Adds a check; its fix is added by the caller. */
static struct check *add(struct examination *examination, enum level level,
                         const char *format, ...) __attribute__((format(printf, 3, 4)));

static struct check *add(struct examination *examination, enum level level,
                         const char *format, ...)
{
    struct check *check = &examination->check[examination->count++];
    va_list values;
    *check = (struct check){.level = level};
    va_start(values, format);
    vsnprintf(check->text, sizeof check->text, format, values);
    va_end(values);
    return check;
}

/* Turns the context's failure into a failed check. */
static void add_failure(struct examination *examination)
{
    struct failure *failure = &examination->context->failure;
    struct check *check =
        add(examination, LEVEL_FAIL, "%.*s", CHECK_TEXT_MAX - 1, failure->message);
    check->exit = failure_kind(failure->code)->exit;
    snprintf(check->fix, sizeof check->fix, "%s", failure->hint);
    *failure = (struct failure){FAILURE_NONE, "", ""};
}

static size_t count_files(const char *folder, const char *ending)
{
    DIR *directory = opendir(folder);
    size_t count = 0;
    for (struct dirent *entry = directory ? readdir(directory) : NULL; entry;
         entry = readdir(directory)) {
        size_t length = strlen(entry->d_name);
        count += length > strlen(ending) &&
                 strcmp(entry->d_name + length - strlen(ending), ending) == 0;
    }
    if (directory)
        closedir(directory);
    return count;
}

static void check_program(struct examination *examination)
{
    char path[PROFILE_PATH_MAX];
    if (profile_path(examination->context, "pigments", path) != EXIT_DONE) {
        add_failure(examination);
        return;
    }
    add(examination, LEVEL_OK, "program %s, %zu pigment profiles", SCALPTONE_VERSION,
        count_files(path, ".cgats"));
}

static void check_clock(struct examination *examination)
{
    const time_t start_of_2024 = 1704067200;
    char now[DATE_TIME_MAX];
    date_time_text(examination->context->now, now);
    if (examination->context->now >= start_of_2024) {
        add(examination, LEVEL_OK, "clock %s", now);
        return;
    }
    struct check *check = add(examination, LEVEL_WARN, "the clock says %s", now);
    snprintf(check->fix, sizeof check->fix,
             "set the clock: calibrations are dated by it");
}

static void check_calibration(struct examination *examination,
                              struct connection *connection)
{
    enum instrument_calibration_state state;
    int64_t made;
    enum instrument_status status =
        instrument_calibration_check(connection->instrument, &state, &made);
    if (status != INSTRUMENT_OK) {
        connection_failure(examination->context, status, "");
        add_failure(examination);
        return;
    }
    if (state == INSTRUMENT_CALIBRATED) {
        char text[DATE_TIME_MAX];
        date_time_text(made, text);
        add(examination, LEVEL_OK, "calibrated %s", text);
        return;
    }
    struct check *check =
        add(examination, LEVEL_WARN, "%s",
            state == INSTRUMENT_EXPIRED ? "the calibration has expired"
                                        : "the instrument is not calibrated");
    snprintf(check->fix, sizeof check->fix, "%s calibrate", SCALPTONE_NAME);
}

/* Without the operator's word it is not known which code means which aperture. */
static void check_aperture(struct examination *examination,
                           const struct instrument_description *description)
{
    if (description->aperture_confirmed)
        return;
    struct check *check = add(examination, LEVEL_WARN, "its aperture is unconfirmed");
    snprintf(check->fix, sizeof check->fix, "%s calibrate --aperture", SCALPTONE_NAME);
}

static void check_instrument(struct examination *examination)
{
    struct connection connection;
    if (connection_open(examination->context, &connection) != EXIT_DONE) {
        add_failure(examination);
        return;
    }
    const struct instrument_description *d = &connection.description;
    add(examination, LEVEL_OK, "instrument %s serial %s, firmware %s%s", d->model,
        d->serial, d->firmware, d->origin == INSTRUMENT_IS_VIRTUAL ? ", simulated" : "");
    if (d->battery_low) {
        struct check *check = add(examination, LEVEL_WARN, "its batteries are low");
        snprintf(check->fix, sizeof check->fix, "fit new cells, or the mains adapter");
    }
    if (d->origin == INSTRUMENT_IS_VIRTUAL) {
        add(examination, LEVEL_OK, "it calibrates itself before each scan");
    } else {
        check_aperture(examination, d);
        check_calibration(examination, &connection);
    }
    connection_close(&connection);
}

static void print_text(FILE *out, const struct examination *examination)
{
    for (size_t i = 0; i < examination->count; i++) {
        const struct check *check = &examination->check[i];
        fprintf(out, " %s ", level_texts[check->level]);
        print_safely(out, check->text);
        fputc('\n', out);
        if (check->fix[0]) {
            fputs("       try: ", out);
            print_safely(out, check->fix);
            fputc('\n', out);
        }
    }
}

/* A line for each check: its level, what it found, what to do. */
static void print_plain(FILE *out, const struct examination *examination)
{
    for (size_t i = 0; i < examination->count; i++) {
        const struct check *check = &examination->check[i];
        fprintf(out, "%s\t", level_keys[check->level]);
        print_safely(out, check->text);
        fputc('\t', out);
        print_safely(out, check->fix);
        fputc('\n', out);
    }
}

static enum exit_code print_json(struct context *context,
                                 const struct examination *examination)
{
    json_t *checks = json_array();
    for (size_t i = 0; i < examination->count; i++) {
        const struct check *check = &examination->check[i];
        json_t *object = json_object();
        json_set(object, "level", json_string(level_keys[check->level]));
        json_set(object, "message", json_text(check->text));
        if (check->fix[0])
            json_set(object, "hint", json_text(check->fix));
        json_array_append_new(checks, object);
    }
    return json_print(context, "doctor", json_conditions(context, NULL),
                      json_pack("{s:o}", "checks", checks));
}

static enum exit_code run(struct context *context)
{
    struct examination examination = {.context = context};
    check_program(&examination);
    check_clock(&examination);
    check_instrument(&examination);
    enum exit_code code = EXIT_DONE;
    if (context->mode == MODE_JSON)
        code = print_json(context, &examination);
    else if (context->mode == MODE_PLAIN)
        print_plain(context->output.stream, &examination);
    else
        print_text(context->output.stream, &examination);
    for (size_t i = examination.count; i-- > 0 && code != EXIT_OS;)
        if (examination.check[i].level == LEVEL_FAIL)
            code = examination.check[i].exit;
    return code;
}

const struct command doctor_command = {
    .name = "doctor",
    .summary = "Checks that program, profiles and instrument are ready.",
    .usage = "",
    .options = {{NULL}},
    .examples = {"doctor", "doctor -i sim:cm700d"},
    .run = run,
};
