/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calibrate: zero and white, guided by the instrument's own steps. */
#include "cli/commands.h"

#include "cli/connection.h"
#include "cli/json.h"
#include "colorlib/date_time.h"

static const struct option_spec calibrate_options[] = {
    {"mode", 0, "MODE", "specular component: both (default), sce or sci"},
    {"aperture", 0, NULL, "also confirm which aperture the slider's positions mean"},
    {0},
};

static const char *const mode_words[] = {"both", "sce", "sci", NULL};
static const char *const mode_texts[] = {"SCI and SCE", "SCE", "SCI"};
static const enum instrument_specular modes[] = {INSTRUMENT_SCI_AND_SCE, INSTRUMENT_SCE,
                                                 INSTRUMENT_SCI};

static enum exit_code print(struct context *context, const struct connection *connection,
                            size_t mode)
{
    const struct instrument_description *d = &connection->description;
    char until[DATE_TIME_MAX];
    date_time_text(context->now + INSTRUMENT_CALIBRATION_SECONDS, until);
    if (context->mode != MODE_TEXT) {
        json_t *data = json_object();
        json_set(data, "instrument", json_text(d->model));
        json_set(data, "serial", json_text(d->serial));
        json_set(data, "plate", json_text(d->plate));
        json_set(data, "mode", json_string(mode_words[mode]));
        json_set(data, "aperture_mm", json_rounded(d->aperture_mm, JSON_DECIMALS_AMOUNT));
        json_set(data, "valid_until", json_string(until));
        json_set(data, "simulated", json_boolean(d->origin == INSTRUMENT_IS_VIRTUAL));
        return json_print_members(context, "calibration", json_conditions(context, NULL),
                                  data);
    }
    FILE *out = context->output.stream;
    print_safely(out, d->model);
    fputc(' ', out);
    print_safely(out, d->serial);
    fprintf(out, " calibrated, %s, %.0f mm, valid until %s.\n", mode_texts[mode],
            d->aperture_mm, until);
    return EXIT_DONE;
}

static enum exit_code calibrate(struct connection *connection, size_t mode)
{
    struct context *context = connection->context;
    if (option(context, "aperture")) {
        enum exit_code code = connection_confirm_aperture(connection);
        if (code != EXIT_DONE)
            return code;
    }
    enum instrument_status status =
        instrument_set_specular(connection->instrument, modes[mode]);
    if (status == INSTRUMENT_OK)
        status = instrument_describe(connection->instrument, &connection->description);
    if (status != INSTRUMENT_OK)
        return connection_failure(context, status, "");
    return connection_calibrate(connection);
}

static enum exit_code run(struct context *context)
{
    size_t mode = 0;
    struct connection connection;
    enum exit_code code = option_choice(context, "mode", mode_words, 0, &mode);
    if (code == EXIT_DONE)
        code = connection_open(context, &connection);
    if (code != EXIT_DONE)
        return code;
    code = calibrate(&connection, mode);
    connection_close(&connection);
    return code == EXIT_DONE ? print(context, &connection, mode) : code;
}

const struct command calibrate_command = {
    .name = "calibrate",
    .summary = "Zero and white calibration, guided; valid for eight hours.",
    .usage = "",
    .options = {{calibrate_options}},
    .examples = {"calibrate", "calibrate -i sim:cm700d"},
    .run = run,
};
