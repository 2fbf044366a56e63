/* SPDX-License-Identifier: GPL-3.0-or-later */
/* instrument test: short-term repeatability on a sample that stays where it is, and
 * whether the instrument makes the same color of a spectrum as we do. */
#include "cli/commands.h"

#include <stdlib.h>

#include "cli/acquire.h"
#include "cli/json.h"
#include "colorlib/difference.h"
#include "colorlib/repeatability.h"

static const struct option_spec test_options[] = {
    {"repeat", 0, "N", "readings without lifting the instrument, 3 to 64; default 20"},
    {0},
};

enum { READINGS_MAX = 64 };

/* What tables of integration explain of the difference between two computations. */
static const double explained_cie76 = 0.3;

/* The instrument's color of a reading and ours, at D65 and 10 degrees; Y is 1 for the
 * perfect diffuser. */
struct cross_check {
    bool is_told;
    struct spectrum reading;
    cmsCIELab own;
    double own_y;
    double cie76;
    double y; /* ours */
};

struct tested {
    struct repeatability repeatability;
    struct cross_check check;
};

static enum exit_code take(struct connection *connection, size_t count,
                           struct spectrum *readings)
{
    struct context *context = connection->context;
    enum exit_code code = EXIT_DONE;
    bool asks = connection->description.origin == INSTRUMENT_IS_REAL;
    instrument_place_virtual(connection->instrument, "white", "");
    for (size_t i = 0; i < count && code == EXIT_DONE; i++) {
        struct instrument_reading reading;
        code = connection_read(
            connection, asks && i == 0 ? TRIGGER_KEY : TRIGGER_NOW,
            "seat the instrument on its white plate and do not move it", &reading);
        if (code == EXIT_DONE)
            code = acquire_spectrum(context, &reading, reading.sce, &readings[i]);
    }
    return code;
}

static enum exit_code check(struct connection *connection, struct cross_check *out)
{
    struct instrument_reading reading;
    double own[INSTRUMENT_OWN_VALUES];
    enum exit_code code =
        connection_cross_check(connection, "asking for its own color", &reading, own);
    if (code != EXIT_DONE || reading.points == 0)
        return code;
    out->is_told = true;
    out->own = (cmsCIELab){own[INSTRUMENT_OWN_LIGHTNESS], own[INSTRUMENT_OWN_A],
                           own[INSTRUMENT_OWN_B]};
    out->own_y = own[INSTRUMENT_OWN_Y] / 100;
    return acquire_spectrum(connection->context, &reading, reading.sce, &out->reading);
}

static enum exit_code measure(struct context *context, size_t count,
                              struct spectrum *readings, struct cross_check *checked)
{
    struct connection connection;
    enum exit_code code = connection_open(context, &connection);
    if (code != EXIT_DONE)
        return code;
    code = connection_ready(&connection, INSTRUMENT_SCE);
    if (code == EXIT_DONE)
        code = take(&connection, count, readings);
    if (code == EXIT_DONE)
        code = check(&connection, checked);
    connection_close(&connection);
    return code;
}

static enum exit_code judge(struct context *context, const struct spectrum *readings,
                            size_t count, struct repeatability *out)
{
    struct weights weights;
    enum exit_code code =
        viewing_weights(&readings[0].grid, &context->viewing.illuminant[0],
                        context->viewing.observer, &weights, &context->failure);
    if (code != EXIT_DONE)
        return code;
    enum status status = repeatability_of(readings, count, &weights, out);
    return status == STATUS_OK
               ? EXIT_DONE
               : failure_set(&context->failure, FAILURE_INSTRUMENT_READING, "%s",
                             status_text(status));
}

static enum exit_code compare(struct context *context, struct cross_check *checked)
{
    struct illuminant d65;
    struct weights weights;
    if (!checked->is_told)
        return EXIT_DONE;
    enum exit_code code = viewing_illuminant("D65", &d65, &context->failure);
    if (code == EXIT_DONE)
        code = viewing_weights(&checked->reading.grid, &d65, OBSERVER_CIE_1964_10DEG,
                               &weights, &context->failure);
    if (code != EXIT_DONE)
        return code;
    cmsCIELab lab = colorimetry_reflectance_lab(&weights, checked->reading.value);
    checked->cie76 = difference_cie76(checked->own, lab);
    checked->y = colorimetry_xyz(&weights, checked->reading.value).Y;
    return EXIT_DONE;
}

static void add_check(json_t *data, const struct cross_check *checked)
{
    if (!checked->is_told)
        return;
    json_set(data, "own_lab", json_lab(&checked->own));
    json_set(data, "own_y", json_rounded(checked->own_y, JSON_DECIMALS_REFLECTANCE));
    json_set(data, "own_de76", json_rounded(checked->cie76, JSON_DECIMALS_COLOR));
    json_set(data, "y", json_rounded(checked->y, JSON_DECIMALS_REFLECTANCE));
}

static void print_check(const struct context *context, const struct cross_check *checked)
{
    if (!checked->is_told)
        return;
    fprintf(context->output.stream,
            "At D65/10 its own color, L* %.2f a* %.2f b* %.2f, lies %sE*ab %.2f from "
            "ours%s.\n",
            checked->own.L, checked->own.a, checked->own.b,
            context->terminal.signs->delta, checked->cie76,
            checked->cie76 > explained_cie76
                ? ":\nmore than two computations of one spectrum do"
                : "");
}

static enum exit_code print(struct context *context, const struct tested *tested,
                            size_t count)
{
    const struct repeatability *r = &tested->repeatability;
    if (context->mode != MODE_TEXT) {
        json_t *data = json_object();
        json_set(data, "readings", json_integer((json_int_t)count));
        json_set(data, "lab", json_lab(&r->mean));
        json_set(data, "mean_de76", json_rounded(r->mean_cie76, JSON_DECIMALS_COLOR));
        json_set(data, "max_de76", json_rounded(r->largest_cie76, JSON_DECIMALS_COLOR));
        json_set(data, "max_sd", json_rounded(r->largest_sd, JSON_DECIMALS_REFLECTANCE));
        json_set(data, "max_sd_nm", json_rounded(r->largest_sd_nm, JSON_DECIMALS_AMOUNT));
        json_set(data, "status", json_string(repeatability_text(r->grade)));
        add_check(data, &tested->check);
        return json_print_members(context, "instrument", json_conditions(context, "sce"),
                                  data);
    }
    fprintf(
        context->output.stream,
        "%s: %zu readings of the white plate lie %sE*ab %.3f from their mean, %.3f "
        "at most;\nreflectance varies by %.4f (1 sd) at %.0f nm, the noisiest band.\n",
        repeatability_text(r->grade), count, context->terminal.signs->delta,
        r->mean_cie76, r->largest_cie76, r->largest_sd, r->largest_sd_nm);
    print_check(context, &tested->check);
    return EXIT_DONE;
}

static enum exit_code run(struct context *context)
{
    long count = 0;
    struct tested tested = {.check = {.is_told = false}};
    enum exit_code code = option_whole(context, "repeat", 3, READINGS_MAX, 20, &count);
    if (code != EXIT_DONE)
        return code;
    struct spectrum *readings = calloc((size_t)count, sizeof *readings);
    if (!readings)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    code = measure(context, (size_t)count, readings, &tested.check);
    if (code == EXIT_DONE)
        code = judge(context, readings, (size_t)count, &tested.repeatability);
    if (code == EXIT_DONE)
        code = compare(context, &tested.check);
    if (code == EXIT_DONE)
        code = print(context, &tested, (size_t)count);
    free(readings);
    return code == EXIT_DONE && tested.repeatability.grade == REPEATABILITY_OUT
               ? EXIT_VERDICT_FAIL
               : code;
}

const struct command instrument_test_command = {
    .name = "instrument test",
    .summary = "Repeatability of the instrument on its white plate.",
    .usage = "",
    .options = {{test_options}},
    .examples = {"instrument test", "instrument test -i sim:cm700d --repeat 30"},
    .run = run,
};
