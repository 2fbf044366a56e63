/* SPDX-License-Identifier: GPL-3.0-or-later */
/* instrument info: what an instrument is and how it is set. */
#include "cli/commands.h"

#include "cli/connection.h"
#include "cli/json.h"
#include "colorlib/date_time.h"

struct info {
    struct instrument_description description;
    enum instrument_calibration_state state;
    int64_t made;
};

static const char *calibration_text(enum instrument_calibration_state state)
{
    switch (state) {
    case INSTRUMENT_UNCALIBRATED: return "none";
    case INSTRUMENT_CALIBRATED: return "valid";
    case INSTRUMENT_EXPIRED: return "expired";
    }
    return "unknown";
}

static void print_text(struct context *context, const struct info *info)
{
    FILE *out = context->output.stream;
    const struct instrument_description *d = &info->description;
    char made[DATE_TIME_MAX] = "";
    if (info->made > 0)
        date_time_text(info->made, made);
    print_safely(out, d->model);
    fputs(", serial ", out);
    print_safely(out, d->serial);
    fprintf(out, ", firmware %s%s\n", d->firmware,
            d->origin == INSTRUMENT_IS_VIRTUAL ? ", simulated" : "");
    fprintf(out, "  geometry     %s, %s%s%s\n", d->geometry,
            d->specular_modes & INSTRUMENT_SCI ? "SCI" : "",
            d->specular_modes == INSTRUMENT_SCI_AND_SCE ? " and " : "",
            d->specular_modes & INSTRUMENT_SCE ? "SCE" : "");
    fprintf(out, "  aperture     %.0f mm%s\n", d->aperture_mm,
            d->aperture_confirmed ? "" : ", unconfirmed (calibrate --aperture)");
    fprintf(out, "  wavelengths  %.0f to %.0f nm by %.0f nm\n", d->first_nm,
            d->first_nm + d->step_nm * (double)(d->points - 1), d->step_nm);
    fputs("  white plate  ", out);
    print_safely(out, d->plate);
    fputc('\n', out);
    fprintf(out, "  calibration  %s%s%s\n", calibration_text(info->state),
            made[0] ? ", made " : "", made);
    fprintf(out, "  battery      %s\n", d->battery_low ? "low" : "good");
    fprintf(out, "  memory       %u of %u samples\n", d->samples_stored,
            d->sample_capacity);
}

static enum exit_code print_members(struct context *context, const struct info *info)
{
    const struct instrument_description *d = &info->description;
    json_t *data = json_object();
    json_set(data, "instrument", json_text(d->model));
    json_set(data, "serial", json_text(d->serial));
    json_set(data, "firmware", json_text(d->firmware));
    json_set(data, "geometry", json_text(d->geometry));
    json_set(data, "aperture_mm", json_rounded(d->aperture_mm, JSON_DECIMALS_AMOUNT));
    json_set(data, "aperture_confirmed", json_boolean(d->aperture_confirmed));
    json_set(data, "first_nm", json_rounded(d->first_nm, JSON_DECIMALS_AMOUNT));
    json_set(data, "step_nm", json_rounded(d->step_nm, JSON_DECIMALS_AMOUNT));
    json_set(data, "points", json_integer((json_int_t)d->points));
    json_set(data, "plate", json_text(d->plate));
    json_set(data, "calibration", json_string(calibration_text(info->state)));
    json_set(data, "battery_low", json_boolean(d->battery_low));
    json_set(data, "samples_stored", json_integer(d->samples_stored));
    json_set(data, "sample_capacity", json_integer(d->sample_capacity));
    json_set(data, "simulated", json_boolean(d->origin == INSTRUMENT_IS_VIRTUAL));
    return json_print_members(context, "instrument", json_conditions(context, NULL),
                              data);
}

static enum exit_code run(struct context *context)
{
    struct connection connection;
    struct info info;
    enum exit_code code = connection_open(context, &connection);
    if (code != EXIT_DONE)
        return code;
    info.description = connection.description;
    enum instrument_status status =
        instrument_calibration_check(connection.instrument, &info.state, &info.made);
    connection_close(&connection);
    if (status != INSTRUMENT_OK)
        return connection_failure(context, status, "");
    if (context->mode != MODE_TEXT)
        return print_members(context, &info);
    print_text(context, &info);
    return EXIT_DONE;
}

const struct command instrument_info_command = {
    .name = "instrument info",
    .summary = "What the connected instrument is and how it is set.",
    .usage = "",
    .options = {{NULL}},
    .examples = {"instrument info", "instrument info -i sim:cm700d --json"},
    .run = run,
};
