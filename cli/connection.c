/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/connection.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/calibration_file.h"
#include "cli/interrupt.h"

const struct option_spec connection_trigger_options[] = {
    {"trigger", 0, "WHEN",
     "take a reading at key (Enter, default), button (of the instrument) or now"},
    {0},
};

static const char *const trigger_words[] = {"key", "button", "now", NULL};

static bool is_virtual(const char *id)
{
    return strncmp(id, "sim:", 4) == 0;
}

const char *connection_id(const struct context *context)
{
    const char *id = option(context, "instrument");
    const char *from_environment = getenv("SCALPTONE_INSTRUMENT");
    if (id)
        return id;
    return from_environment && from_environment[0] ? from_environment : "auto";
}

enum exit_code connection_trigger(struct context *context, enum trigger *out)
{
    size_t chosen = 0;
    size_t fallback = is_virtual(connection_id(context)) ? TRIGGER_NOW : TRIGGER_KEY;
    enum exit_code code =
        option_choice(context, "trigger", trigger_words, fallback, &chosen);
    *out = (enum trigger)chosen;
    return code;
}

/* -- failures --------------------------------------------------------------- */

static enum failure_code code_of(enum instrument_status status)
{
    switch (status) {
    case INSTRUMENT_OK: break;
    case INSTRUMENT_NO_MEMORY: return FAILURE_SYSTEM_MEMORY;
    case INSTRUMENT_CANCELLED: return FAILURE_INTERRUPTED;
    case INSTRUMENT_ABSENT: return FAILURE_INSTRUMENT_ABSENT;
    case INSTRUMENT_SEVERAL: return FAILURE_INSTRUMENT_SEVERAL;
    case INSTRUMENT_NO_PERMISSION: return FAILURE_INSTRUMENT_PERMISSION;
    case INSTRUMENT_BUSY: return FAILURE_INSTRUMENT_BUSY;
    case INSTRUMENT_UNPLUGGED: return FAILURE_INSTRUMENT_UNPLUGGED;
    case INSTRUMENT_NO_ANSWER: return FAILURE_INSTRUMENT_SILENT;
    case INSTRUMENT_TRANSFER: return FAILURE_INSTRUMENT_TRANSFER;
    case INSTRUMENT_UNSUPPORTED: return FAILURE_INSTRUMENT_UNSUPPORTED;
    case INSTRUMENT_BATTERY_EMPTY:
    case INSTRUMENT_CALIBRATION_FAILED:
    case INSTRUMENT_WRONG_APERTURE:
    case INSTRUMENT_NOT_READY:
    case INSTRUMENT_MEASURING: return FAILURE_INSTRUMENT_OPERATOR;
    case INSTRUMENT_NEEDS_ZERO:
    case INSTRUMENT_NEEDS_WHITE:
    case INSTRUMENT_NEEDS_USER_WHITE: return FAILURE_CALIBRATION_MISSING;
    case INSTRUMENT_LAMP:
    case INSTRUMENT_CONVERTER:
    case INSTRUMENT_NOT_WRITTEN:
    case INSTRUMENT_CHARGING_CIRCUIT: return FAILURE_INSTRUMENT_HARDWARE;
    case INSTRUMENT_NO_USER_PLATE:
    case INSTRUMENT_WRITE_PROTECTED:
    case INSTRUMENT_CLOCK: return FAILURE_INSTRUMENT_SETTING;
    case INSTRUMENT_NO_DATA: return FAILURE_INSTRUMENT_STATE;
    case INSTRUMENT_BAD_REPLY:
    case INSTRUMENT_NOT_UNDERSTOOD:
    case INSTRUMENT_OUT_OF_RANGE:
    case INSTRUMENT_COMMUNICATION:
    case INSTRUMENT_UNKNOWN_CODE: return FAILURE_INSTRUMENT_PROTOCOL;
    case INSTRUMENT_IMPLAUSIBLE: return FAILURE_INSTRUMENT_READING;
    }
    return FAILURE_INSTRUMENT_PROTOCOL;
}

enum exit_code connection_failure(struct context *context, enum instrument_status status,
                                  const char *what)
{
    /* an operator who was not there is not one who stopped it */
    if (status == INSTRUMENT_CANCELLED && context->failure.code == FAILURE_USAGE_ANSWER)
        return failure_kind(context->failure.code)->exit;
    enum exit_code code =
        failure_set(&context->failure, code_of(status), "%s%s%s", what,
                    what[0] ? ": " : "", instrument_status_text(status));
    const char *advice = instrument_status_advice(status);
    if (advice[0])
        failure_hint(&context->failure, "%s", advice);
    return code;
}

void connection_warn(struct context *context, unsigned warnings)
{
    for (unsigned bit = 1; bit != 0 && bit <= warnings; bit <<= 1)
        if (warnings & bit)
            warn(context, "reading.warning", NULL, "%s",
                 instrument_warning_text((enum instrument_warning)bit));
}

/* -- what the driver asks --------------------------------------------------- */

static enum instrument_answer answer_cancelled(void *user)
{
    (void)user;
    return interrupt_seen() ? INSTRUMENT_STOP : INSTRUMENT_GO_ON;
}

enum key { KEY_ENTER, KEY_STOP, KEY_NONE };

/* Enter at the terminal; q or Ctrl-C stops; none where the input ends. */
static enum key wait_key(void)
{
    char byte = 0;
    bool quit = false;
    ssize_t got;
    do {
        got = read(STDIN_FILENO, &byte, 1);
        quit |= got == 1 && byte == 'q';
    } while ((got == 1 && byte != '\n') ||
             (got < 0 && errno == EINTR && !interrupt_seen()));
    if (quit || interrupt_seen())
        return KEY_STOP;
    return got == 1 ? KEY_ENTER : KEY_NONE;
}

/* Stops, too, where there is nobody to answer; the failure then says that. */
static enum instrument_answer wait_answer(struct context *context,
                                          enum instrument_prompt prompt)
{
    enum key key = wait_key();
    if (key == KEY_NONE) {
        fputc('\n', stderr);
        failure_set(&context->failure, FAILURE_USAGE_ANSWER,
                    "the input ended where Enter was waited for");
        failure_hint(&context->failure, "%s",
                     prompt == INSTRUMENT_PROMPT_SAMPLE
                         ? "--trigger now or --trigger button, which wait for no key"
                         : "a terminal, or an input with a line for each prompt");
    }
    return key == KEY_ENTER ? INSTRUMENT_GO_ON : INSTRUMENT_STOP;
}

static enum instrument_answer ask_operator(void *user, enum instrument_prompt prompt,
                                           const char *detail)
{
    static const char *const texts[] = {
        [INSTRUMENT_PROMPT_ZERO] =
            "Put the zero box on, or aim the port at nothing for a metre",
        [INSTRUMENT_PROMPT_WHITE] = "Wipe the white plate and seat it on the port",
        [INSTRUMENT_PROMPT_USER_WHITE] = "Seat your own white plate on the port",
        [INSTRUMENT_PROMPT_SAMPLE] = "Place the port, light and even, no pressing",
        [INSTRUMENT_PROMPT_APERTURE] =
            "Set the slider to MAV (8 mm) and fit the matching mask",
    };
    const struct connection *connection = user;
    /* a virtual operator does all but what --trigger key asks of a real one */
    bool simulated = is_virtual(connection_id(connection->context)) &&
                     prompt != INSTRUMENT_PROMPT_SAMPLE;
    if (simulated && (connection->context->verbosity == VERBOSITY_QUIET ||
                      connection->calibrates_itself))
        return INSTRUMENT_GO_ON;
    if (isatty(STDIN_FILENO))
        tcflush(STDIN_FILENO, TCIFLUSH); /* no key that was pressed before the question */
    fputs(texts[prompt], stderr);
    if (detail && detail[0]) {
        fputs(": ", stderr);
        print_safely(stderr, detail);
    }
    if (simulated) {
        fputs(" ... done\n", stderr);
        return INSTRUMENT_GO_ON;
    }
    fputs(", then press Enter ", stderr);
    return wait_answer(connection->context, prompt);
}

static void show_progress(void *user, const char *what, double seconds)
{
    const struct connection *connection = user;
    const struct context *context = connection->context;
    if (context->verbosity != VERBOSITY_QUIET && context->screen.rewrites)
        fprintf(stderr, "\r%s, %.0f s \033[K", what, seconds);
}

static void show_wire(void *user, enum instrument_direction direction,
                      const uint8_t *bytes, size_t size)
{
    static const char marks[] = {
        [INSTRUMENT_SENT] = '>', [INSTRUMENT_RECEIVED] = '<', [INSTRUMENT_REMARK] = '#'};
    (void)user;
    fprintf(stderr, "%c ", marks[direction]);
    for (size_t i = 0; i < size; i++)
        if (bytes[i] >= ' ' && bytes[i] < 0x7f)
            fputc(bytes[i], stderr);
        else
            fprintf(stderr, "\\x%02x", bytes[i]);
    fputc('\n', stderr);
}

static size_t load_calibration(void *user, const char *serial, uint8_t *block)
{
    (void)user;
    return calibration_file_read(serial, block, INSTRUMENT_CALIBRATION_MAX);
}

/* Keeps what a real instrument's driver wants kept; it may have nothing. */
static enum exit_code keep_calibration(const struct connection *connection,
                                       struct failure *failure)
{
    uint8_t block[INSTRUMENT_CALIBRATION_MAX];
    size_t size = 0;
    if (connection->description.origin == INSTRUMENT_IS_VIRTUAL ||
        instrument_calibration(connection->instrument, block, &size) != INSTRUMENT_OK)
        return EXIT_DONE;
    return calibration_file_write(connection->description.serial, block, size, failure);
}

/* The aperture that the operator confirmed stays true. */
static void forget_calibration(void *user, const char *serial)
{
    struct failure ignored = {.code = FAILURE_NONE};
    calibration_file_remove(serial);
    keep_calibration(user, &ignored);
}

static int64_t tell_time(void *user)
{
    const struct connection *connection = user;
    return connection->context->now;
}

/* -- the connection ---------------------------------------------------------- */

/* Whether --debug names a subject. */
static bool debugs(const struct context *context, const char *subject)
{
    const char *list = option(context, "debug");
    return list && strstr(list, subject);
}

static enum exit_code refuse_virtual(struct context *context, const char *id)
{
    enum exit_code code = failure_set(&context->failure, FAILURE_USAGE_VALUE,
                                      "no virtual instrument \"%s\"", id);
    failure_hint(&context->failure,
                 "sim:cm700d, or sim:cm700d:client=b,seed=7 (see: help instruments)");
    return code;
}

enum exit_code connection_open(struct context *context, struct connection *out)
{
    *out = (struct connection){.context = context};
    const char *id = connection_id(context);
    bool simulated = is_virtual(id);
    struct instrument_options options = {
        .user = out,
        .cancelled = answer_cancelled,
        .prompt = ask_operator,
        .progress = show_progress,
        .trace = debugs(context, "usb") ? show_wire : NULL,
        .now = context->clock_fixed ? tell_time : NULL,
        .calibration_load = simulated ? NULL : load_calibration,
        .calibration_void = simulated ? NULL : forget_calibration,
        .holder = out->holder,
    };
    interrupt_watch();
    enum instrument_status status = instrument_open(id, &options, &out->instrument);
    if (status == INSTRUMENT_OK)
        status = instrument_describe(out->instrument, &out->description);
    if (status == INSTRUMENT_OK)
        return EXIT_DONE;
    connection_close(out);
    if (simulated && (status == INSTRUMENT_OUT_OF_RANGE || status == INSTRUMENT_ABSENT))
        return refuse_virtual(context, id);
    enum exit_code code =
        connection_failure(context, status, strcmp(id, "auto") == 0 ? "" : id);
    if (status == INSTRUMENT_BUSY && out->holder[0])
        failure_hint(&context->failure, "close %s, then run the same command again",
                     out->holder);
    if (status == INSTRUMENT_NO_PERMISSION && out->holder[0])
        failure_hint(
            &context->failure,
            "join the group %s (sudo usermod -aG %s \"$USER\"), then log in anew",
            out->holder, out->holder);
    return code;
}

enum exit_code connection_wait(struct context *context)
{
    const char *id = connection_id(context);
    if (is_virtual(id))
        return EXIT_DONE;
    if (strncmp(id, "tty:", 4) == 0)
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--wait waits for USB, and %s is a serial device", id);
    interrupt_watch();
    note(context, "waiting for an instrument; Ctrl-C stops");
    enum instrument_status status =
        instrument_wait(&(struct instrument_options){.cancelled = answer_cancelled});
    return status == INSTRUMENT_OK ? EXIT_DONE : connection_failure(context, status, "");
}

void connection_close(struct connection *connection)
{
    instrument_close(connection->instrument);
    connection->instrument = NULL;
}

enum exit_code connection_calibrate(struct connection *connection)
{
    struct context *context = connection->context;
    bool simulated = connection->description.origin == INSTRUMENT_IS_VIRTUAL;
    enum exit_code code =
        simulated
            ? EXIT_DONE
            : calibration_file_prepare(connection->description.serial, &context->failure);
    if (code != EXIT_DONE)
        return code;
    enum instrument_status status = INSTRUMENT_OK;
    if (simulated)
        status = instrument_confirm_aperture(connection->instrument);
    if (status == INSTRUMENT_OK)
        status = instrument_calibrate(connection->instrument);
    return status == INSTRUMENT_OK ? keep_calibration(connection, &context->failure)
                                   : connection_failure(context, status, "calibration");
}

enum exit_code connection_confirm_aperture(struct connection *connection)
{
    struct context *context = connection->context;
    enum instrument_status status = instrument_confirm_aperture(connection->instrument);
    return status == INSTRUMENT_OK ? keep_calibration(connection, &context->failure)
                                   : connection_failure(context, status, "aperture");
}

enum exit_code connection_ready(struct connection *connection,
                                enum instrument_specular specular)
{
    struct context *context = connection->context;
    enum instrument_calibration_state state;
    int64_t made;
    enum instrument_status status =
        instrument_set_specular(connection->instrument, specular);
    if (status == INSTRUMENT_OK)
        status = instrument_calibration_check(connection->instrument, &state, &made);
    if (status != INSTRUMENT_OK)
        return connection_failure(context, status, "");
    connection->specular = specular;
    if (state == INSTRUMENT_CALIBRATED)
        return EXIT_DONE;
    if (connection->description.origin == INSTRUMENT_IS_VIRTUAL) {
        note(context, "a virtual instrument calibrates itself before each scan");
        connection->calibrates_itself = true;
        return connection_calibrate(connection);
    }
    enum exit_code code =
        failure_set(&context->failure, FAILURE_CALIBRATION_MISSING,
                    state == INSTRUMENT_EXPIRED
                        ? "the calibration is older than eight hours, or the instrument "
                          "wants a new one"
                        : "the instrument is not calibrated for this aperture and mode");
    failure_hint(&context->failure, "%s calibrate", SCALPTONE_NAME);
    return code;
}

/* -- reading ----------------------------------------------------------------- */

static enum exit_code reading_failure(const struct connection *connection,
                                      enum instrument_status status, const char *detail)
{
    return connection_failure(connection->context, status,
                              status == INSTRUMENT_UNKNOWN_CODE
                                  ? instrument_last_code(connection->instrument)
                                  : detail);
}

/* What the instrument itself calls over range is not to be used. */
static enum exit_code accept(const struct connection *connection,
                             enum instrument_status status, const char *detail,
                             const struct instrument_reading *reading)
{
    if (status != INSTRUMENT_OK)
        return reading_failure(connection, status, detail);
    if (!(reading->warnings & INSTRUMENT_WARN_OVER_RANGE))
        return EXIT_DONE;
    enum exit_code code =
        failure_set(&connection->context->failure, FAILURE_INSTRUMENT_READING, "%s: %s",
                    detail, instrument_warning_text(INSTRUMENT_WARN_OVER_RANGE));
    failure_hint(&connection->context->failure,
                 "place the port flat on the sample, away from light and gloss");
    return code;
}

static bool may_have_slept(const struct connection *connection,
                           enum instrument_status status)
{
    return !connection->reopened &&
           connection->description.origin == INSTRUMENT_IS_REAL &&
           (status == INSTRUMENT_UNPLUGGED || status == INSTRUMENT_NO_ANSWER ||
            status == INSTRUMENT_TRANSFER);
}

/* The failure is the first one's where the instrument is still not there. */
static enum exit_code reopen(struct connection *connection,
                             enum instrument_status first_failure, const char *detail)
{
    struct context *context = connection->context;
    const enum instrument_specular specular = connection->specular;
    char serial[INSTRUMENT_TEXT_MAX];
    memcpy(serial, connection->description.serial, sizeof serial);
    connection_close(connection);
    enum exit_code code = connection_open(context, connection);
    connection->reopened = true;
    if (code == EXIT_DONE && strcmp(serial, connection->description.serial) == 0)
        return connection_ready(connection, specular);
    return connection_failure(context, first_failure, detail);
}

static enum exit_code read_button(struct connection *connection, const char *detail,
                                  struct instrument_reading *out)
{
    note(connection->context, "%s: press the instrument's button", detail);
    enum instrument_status status = instrument_wait_button(connection->instrument, out);
    if (may_have_slept(connection, status)) {
        enum exit_code code = reopen(connection, status, detail);
        if (code != EXIT_DONE)
            return code;
        note(connection->context, "the instrument is back; press its button again");
        status = instrument_wait_button(connection->instrument, out);
    }
    return accept(connection, status, detail, out);
}

/* Waits for the key, then finds out whether the instrument is still there. */
static enum exit_code wait_sample(struct connection *connection, const char *detail)
{
    struct instrument_description description;
    if (ask_operator(connection, INSTRUMENT_PROMPT_SAMPLE, detail) == INSTRUMENT_STOP)
        return reading_failure(connection, INSTRUMENT_CANCELLED, detail);
    enum instrument_status status =
        instrument_describe(connection->instrument, &description);
    if (may_have_slept(connection, status))
        return reopen(connection, status, detail);
    return status == INSTRUMENT_OK ? EXIT_DONE
                                   : reading_failure(connection, status, detail);
}

enum exit_code connection_read(struct connection *connection, enum trigger trigger,
                               const char *detail, struct instrument_reading *out)
{
    if (trigger == TRIGGER_BUTTON)
        return read_button(connection, detail, out);
    enum exit_code code =
        trigger == TRIGGER_KEY ? wait_sample(connection, detail) : EXIT_DONE;
    if (code != EXIT_DONE)
        return code;
    return accept(connection, instrument_measure(connection->instrument, out), detail,
                  out);
}

enum exit_code connection_cross_check(struct connection *connection, const char *detail,
                                      struct instrument_reading *out,
                                      double own[INSTRUMENT_OWN_VALUES])
{
    enum instrument_status status =
        instrument_cross_check(connection->instrument, out, own);
    if (status == INSTRUMENT_NOT_UNDERSTOOD || status == INSTRUMENT_OUT_OF_RANGE) {
        out->points = 0;
        return EXIT_DONE;
    }
    return accept(connection, status, detail, out);
}
