/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/drawdowns_scan.h"

#include <stdlib.h>

#include "cli/scan_file.h"

const struct option_spec drawdowns_scan_options[] = {
    {"scan", 0, NULL, "read the drawdown with the instrument; each placement counts"},
    {"sites", 0, "N", "placements of --scan, 1 to 64; default 8"},
    {0},
};

enum { SITES_DEFAULT = 8 };

static const struct scan_kind swatch = {"swatch", SITES_DEFAULT, PLACEMENTS_LIMIT_SMOOTH,
                                        false};

struct scanning {
    struct scan scan;
    struct spectrum each[PLACEMENTS_MAX];
};

static enum exit_code read_request(struct context *context, struct scanning *scanning)
{
    static const char *const words[] = {"sce", "sci", NULL};
    static const enum instrument_specular modes[] = {INSTRUMENT_SCE, INSTRUMENT_SCI};
    struct acquire_request *request = &scanning->scan.request;
    size_t mode = 0;
    long sites = 0;
    enum exit_code code = option_choice(context, "specular", words, 0, &mode);
    if (code == EXIT_DONE)
        code = option_whole(context, "sites", 1, PLACEMENTS_MAX, SITES_DEFAULT, &sites);
    if (code == EXIT_DONE)
        code = connection_trigger(context, &request->trigger);
    scanning->scan.kind = &swatch;
    scanning->scan.state = "";
    request->kind = swatch.name;
    request->site = "";
    request->placements = (size_t)sites;
    request->reads = 1;
    request->specular = modes[mode];
    request->limit = swatch.limit;
    request->ignored = INSTRUMENT_WARN_NOT_SKIN_LIKE;
    request->each = scanning->each;
    return code;
}

static enum exit_code add_each(struct context *context, const struct scanning *scanning,
                               struct drawdowns *out)
{
    const struct acquire_request *request = &scanning->scan.request;
    struct color color = {.basis = COLOR_SPECTRAL,
                          .specular = request->specular == INSTRUMENT_SCI
                                          ? SAMPLE_SPECULAR_IN
                                          : SAMPLE_SPECULAR_EX};
    scan_conditions(&scanning->scan, &color.conditions);
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < request->placements && code == EXIT_DONE; i++) {
        color.spectrum = scanning->each[i];
        code = drawdowns_add_color(context, "the drawdown", &color, BATCH_COLOR, out);
    }
    return code;
}

static enum exit_code with_instrument(struct context *context, struct scanning *scanning)
{
    struct scan *scan = &scanning->scan;
    enum exit_code code = connection_open(context, &scan->connection);
    if (code != EXIT_DONE)
        return code;
    code = connection_ready(&scan->connection, scan->request.specular);
    if (code == EXIT_DONE) {
        context->simulated = scan->connection.description.origin == INSTRUMENT_IS_VIRTUAL;
        code = acquire(&scan->connection, &scan->request, &scan->acquired);
    }
    connection_close(&scan->connection);
    if (code == EXIT_DONE && !scan->acquired.accepted)
        warn(context, "spread.high", "draw it down anew",
             "the placements differ by %.1f CIEDE2000 on average",
             acquired_shown(&scan->acquired)->mean_ciede2000);
    return code;
}

enum exit_code drawdowns_scan(struct context *context, struct drawdowns *out)
{
    if (!option(context, "scan"))
        return EXIT_DONE;
    struct scanning *scanning = calloc(1, sizeof *scanning);
    if (!scanning)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = read_request(context, scanning);
    if (code == EXIT_DONE)
        code = with_instrument(context, scanning);
    if (code == EXIT_DONE)
        code = add_each(context, scanning, out);
    free(scanning);
    return code;
}
