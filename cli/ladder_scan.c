/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/ladder_scan.h"

#include <stdlib.h>
#include <string.h>

#include "cli/bottles.h"
#include "cli/scan_file.h"
#include "colorlib/ladder.h"
#include "colorlib/ladder_plan.h"
#include "colorlib/number.h"

const struct option_spec ladder_scan_options[] = {
    {"scan", 0, NULL, "read the ladder with the instrument instead of from a file"},
    {"levels", 0, "LIST",
     "parts of water on one of pigment, such as 50,100,200; default as planned"},
    {"guess", 0, "PIGMENT", "a pigment like it, to plan the levels by; default ID"},
    {"thickness", 0, "UM", "wet thickness of every film; default 50"},
    {"sites", 0, "N", "placements of each drawdown, 1 to 64; default 3"},
    {0},
};

enum { BACKINGS = 2, LADDER_SCANS_MAX = BACKINGS * (LADDER_PLAN_MAX + 1) };

static const char *const backing_words[BACKINGS] = {"white", "black"};
static const enum sample_backing backings[BACKINGS] = {SAMPLE_BACKING_WHITE,
                                                       SAMPLE_BACKING_BLACK};

struct scanning {
    struct scan scan;
    double thickness_um;
    size_t levels;
    double parts[LADDER_PLAN_MAX]; /* of water on one of pigment */
    struct sample_set set;
};

static const struct scan_kind drawdown = {"drawdown", 3, PLACEMENTS_LIMIT_SMOOTH, false};

/* -- which levels ------------------------------------------------------------------ */

static enum exit_code refuse_levels(struct context *context)
{
    return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                       "--levels %s (it is 3 to %d numbers, parts of water from 0 on)",
                       option(context, "levels"), LADDER_PLAN_MAX);
}

static enum exit_code read_levels(struct context *context, struct scanning *scanning)
{
    const char *text = option(context, "levels");
    for (;;) {
        size_t length = strcspn(text, ",");
        double parts = 0;
        if (scanning->levels == LADDER_PLAN_MAX ||
            number_parse(text, length, &parts) != STATUS_OK || parts < 0 || parts > 1e6)
            return refuse_levels(context);
        scanning->parts[scanning->levels++] = parts;
        if (!text[length])
            break;
        text += length + 1;
    }
    return scanning->levels >= 3 ? EXIT_DONE : refuse_levels(context);
}

static enum exit_code plan_levels(struct context *context, const char *id,
                                  struct scanning *scanning)
{
    enum { LEVELS = 6 };
    const char *guess = option(context, "guess");
    struct ladder_plan plan;
    struct pigment pigment;
    enum exit_code code = bottles_read_one(context, guess ? guess : id, &pigment);
    if (code != EXIT_DONE) {
        if (!guess)
            failure_hint(&context->failure,
                         "--guess PIGMENT, one like it, or --levels LIST");
        return code;
    }
    struct colorant colorant = {pigment.K, pigment.S};
    if (ladder_plan(&colorant, scanning->thickness_um / 1000, LEVELS, &plan) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_LADDER_UNUSABLE,
                           "no dilution of %s tells anything at %g um",
                           guess ? guess : id, scanning->thickness_um);
    scanning->levels = plan.count;
    for (size_t i = 0; i < plan.count; i++)
        scanning->parts[i] = plan.level[i].ratio;
    return EXIT_DONE;
}

static enum exit_code read_request(struct context *context, const char *id,
                                   struct scanning *scanning)
{
    static const char *const words[] = {"sce", "sci", NULL};
    static const enum instrument_specular modes[] = {INSTRUMENT_SCE, INSTRUMENT_SCI};
    struct acquire_request *request = &scanning->scan.request;
    size_t mode = 0;
    long placements = 0;
    enum exit_code code = option_choice(context, "specular", words, 0, &mode);
    if (code == EXIT_DONE)
        code = option_whole(context, "sites", 1, PLACEMENTS_MAX,
                            (long)drawdown.placements, &placements);
    if (code == EXIT_DONE)
        code = option_number(context, "thickness", 1, 5000, 50, &scanning->thickness_um);
    if (code == EXIT_DONE)
        code = connection_trigger(context, &request->trigger);
    if (code != EXIT_DONE)
        return code;
    request->kind = drawdown.name;
    request->placements = (size_t)placements;
    request->reads = 1;
    request->specular = modes[mode];
    request->limit = drawdown.limit;
    request->ignored = INSTRUMENT_WARN_NOT_SKIN_LIKE;
    scanning->scan.kind = &drawdown;
    scanning->scan.state = "";
    return option(context, "levels") ? read_levels(context, scanning)
                                     : plan_levels(context, id, scanning);
}

/* -- readings ---------------------------------------------------------------------- */

/* Keeps what was read last, on the grid of the first reading. */
static void keep(struct scanning *scanning, const char *what,
                 const struct sample_drawdown *poured)
{
    struct sample_set *set = &scanning->set;
    const struct scan *scan = &scanning->scan;
    const struct spectrum *median = &acquired_shown(&scan->acquired)->median;
    struct sample_info *info = &set->info[set->count];
    if (set->count == 0)
        set->grid = median->grid;
    *info = (struct sample_info){.drawdown = *poured,
                                 .specular = scan->request.specular == INSTRUMENT_SCI
                                                 ? SAMPLE_SPECULAR_IN
                                                 : SAMPLE_SPECULAR_EX};
    snprintf(info->name, sizeof info->name, "%s", what);
    snprintf(info->id, sizeof info->id, "%s", what);
    for (char *c = info->id; *c; c++)
        *c = *c == ' ' ? '-' : *c;
    memcpy(set->value + set->count * set->grid.count, median->value,
           set->grid.count * sizeof *set->value);
    set->count++;
}

static enum exit_code read_one(struct context *context, struct scanning *scanning,
                               const char *what, const struct sample_drawdown *poured)
{
    struct scan *scan = &scanning->scan;
    scan->request.site = what;
    note(context, "drawdown %s", what);
    enum exit_code code = acquire(&scan->connection, &scan->request, &scan->acquired);
    if (code != EXIT_DONE)
        return code;
    if (!scan->acquired.accepted)
        warn(context, "spread.high", "draw it down anew",
             "the placements of %s differ by %.1f CIEDE2000 on average", what,
             acquired_shown(&scan->acquired)->mean_ciede2000);
    keep(scanning, what, poured);
    return EXIT_DONE;
}

static enum exit_code read_backings(struct context *context, struct scanning *scanning)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < BACKINGS && code == EXIT_DONE; i++) {
        char what[SAMPLE_ID_MAX];
        snprintf(what, sizeof what, "%s bare", backing_words[i]);
        code = read_one(context, scanning, what,
                        &(struct sample_drawdown){0, backings[i], 0});
    }
    return code;
}

static enum exit_code read_level(struct context *context, struct scanning *scanning,
                                 double parts)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < BACKINGS && code == EXIT_DONE; i++) {
        char what[SAMPLE_ID_MAX];
        snprintf(what, sizeof what, "%s 1:%.10g %.10gum", backing_words[i], parts,
                 scanning->thickness_um);
        code = read_one(context, scanning, what,
                        &(struct sample_drawdown){1 / (1 + parts), backings[i],
                                                  scanning->thickness_um});
    }
    return code;
}

static enum exit_code read_ladder(struct context *context, struct scanning *scanning)
{
    note(context, "%zu drawdowns of %g um, and both backings bare, under one glass",
         BACKINGS * scanning->levels, scanning->thickness_um);
    enum exit_code code = read_backings(context, scanning);
    for (size_t i = 0; i < scanning->levels && code == EXIT_DONE; i++)
        code = read_level(context, scanning, scanning->parts[i]);
    if (code != EXIT_DONE)
        return code;
    scanning->scan.request.site = "";
    scan_conditions(&scanning->scan, &scanning->set.conditions);
    scanning->set.conditions.spread_de00 = 0; /* of the last drawdown only */
    return EXIT_DONE;
}

static enum exit_code with_instrument(struct context *context, struct scanning *scanning)
{
    struct connection *connection = &scanning->scan.connection;
    enum exit_code code = connection_open(context, connection);
    if (code != EXIT_DONE)
        return code;
    code = connection_ready(connection, scanning->scan.request.specular);
    if (code == EXIT_DONE) {
        context->simulated = connection->description.origin == INSTRUMENT_IS_VIRTUAL;
        code = read_ladder(context, scanning);
    }
    connection_close(connection);
    return code;
}

static enum exit_code make_room(struct context *context, struct sample_set *set)
{
    set->quantity = SAMPLE_REFLECTANCE;
    set->info = calloc(LADDER_SCANS_MAX, sizeof *set->info);
    set->value = calloc(LADDER_SCANS_MAX * (size_t)SPECTRUM_MAX, sizeof *set->value);
    return set->info && set->value
               ? EXIT_DONE
               : failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
}

enum exit_code ladder_scan(struct context *context, const char *id,
                           struct sample_set *out)
{
    struct scanning *scanning = calloc(1, sizeof *scanning);
    if (!scanning)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = read_request(context, id, scanning);
    if (code == EXIT_DONE)
        code = make_room(context, &scanning->set);
    if (code == EXIT_DONE)
        code = with_instrument(context, scanning);
    if (code == EXIT_DONE)
        *out = scanning->set;
    else
        sample_set_free(&scanning->set);
    free(scanning);
    return code;
}
