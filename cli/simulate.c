/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simulate: scans of a client made up from a seed, for demonstrations and for practice.
 */
#include "cli/commands.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/case.h"
#include "cli/client_folder.h"
#include "cli/color_argument.h"
#include "cli/json.h"
#include "cli/profile_path.h"
#include "cli/quantity.h"
#include "cli/scan_result.h"
#include "colorlib/simulated_client.h"

static const struct argument_spec arguments[] = {
    {"KIND",
     "what is scanned: bare (the scalp), target (the shaved hair) or treated (the "
     "last session's work)"},
    {0},
};

static const struct option_spec simulate_options[] = {
    {"client", 0, "DIR",
     "folder of a client, whose scanned skin and placed sessions the scan is of; for "
     "bare "
     "and treated"},
    {"age", 0, "AGE",
     "time since the session proposed last, such as 14d, 6w or 2y; for treated; default "
     "14d"},
    {"seed", 0, "N",
     "which client: decides skin, delivery and fade, and the errors of scans; default 1"},
    {"skin", 0, "SKIN", "light (default), tan or dark; without --client"},
    {"hair", 0, "CLASS",
     "black (default), dark-brown, brown, blond, or your own; for "
     "target"},
    {"expect", 0, "COLOR", "say how far the scan is from this color"},
    {"truth", 0, NULL, "show what the seed decided and no practitioner could know"},
    {0},
};

static const char *const kind_words[] = {"bare", "target", "treated", NULL};
enum kind { KIND_BARE, KIND_TARGET, KIND_TREATED };

/* What each is to those who scan. */
static const struct scan_kind kinds[] = {
    [KIND_BARE] = {"scalp", 5, PLACEMENTS_LIMIT_SMOOTH, true},
    [KIND_TARGET] = {"donor", 5, PLACEMENTS_LIMIT_HAIRY, true},
    [KIND_TREATED] = {"healed", 5, PLACEMENTS_LIMIT_HAIRY, true},
};

static const char *const skin_words[] = {"light", "tan", "dark", NULL};

struct simulation {
    enum kind kind;
    enum skin_reference reference;
    const char *folder; /* NULL without a client's */
    double years;
    struct simulated_client client;
    struct simulated_reading reading;
    struct scan scan;
};

/* -- what is asked for --------------------------------------------------------- */

static enum exit_code refuse(struct context *context, const char *what, const char *hint)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_USAGE_OPTION, "%s", what);
    failure_hint(&context->failure, "%s", hint);
    return code;
}

static enum exit_code read_kind(struct context *context, enum kind *out)
{
    const char *name = context->invocation.arguments[0];
    for (size_t i = 0; kind_words[i]; i++)
        if (strcmp(kind_words[i], name) == 0) {
            *out = (enum kind)i;
            return EXIT_DONE;
        }
    enum exit_code code = failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                                      "nothing to scan called \"%s\"", name);
    failure_hint(&context->failure, "bare, target or treated");
    return code;
}

/* Which options go together. */
static enum exit_code check_options(struct context *context, enum kind kind)
{
    bool folder = option(context, "client");
    if (kind == KIND_TREATED && !folder)
        return refuse(context, "treated skin is that of a client with sessions",
                      "--client DIR, a folder that plan began");
    if (kind == KIND_TARGET && folder)
        return refuse(context, "--client goes with bare and treated",
                      "target --skin SKIN --hair CLASS");
    if (folder && option(context, "skin"))
        return refuse(context, "--client has a skin already",
                      "one of --client and --skin");
    if (kind != KIND_TARGET && option(context, "hair"))
        return refuse(context, "--hair goes with target", "target --hair black");
    if (kind != KIND_TREATED && option(context, "age"))
        return refuse(context, "--age goes with treated",
                      "treated --client DIR --age 14d");
    return EXIT_DONE;
}

static enum exit_code read_request(struct context *context, struct simulation *out)
{
    long seed = 0;
    size_t skin = 0;
    enum exit_code code = read_kind(context, &out->kind);
    if (code == EXIT_DONE)
        code = check_options(context, out->kind);
    if (code == EXIT_DONE)
        code = option_whole(context, "seed", 0, MIXING_SEED_MAX, 1, &seed);
    if (code == EXIT_DONE)
        code = option_choice(context, "skin", skin_words, 0, &skin);
    if (code == EXIT_DONE)
        code = quantity_age_years(context, "age", 14 / 365.25, &out->years);
    out->client.seed = (uint64_t)seed;
    out->reference = (enum skin_reference)skin;
    out->folder = option(context, "client");
    out->reading = simulated_reading_default;
    return code;
}

/* -- the client and the scan ---------------------------------------------------- */

static enum exit_code refuse_status(struct context *context, const char *what,
                                    enum status status)
{
    if (status == STATUS_NO_MEMORY)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    return failure_set(&context->failure, FAILURE_FILE_MALFORMED, "%s: %s", what,
                       status_text(status));
}

static enum exit_code make_client(struct context *context, const struct skin_fit *skin,
                                  const struct client_state *state,
                                  struct simulation *simulation)
{
    enum status status =
        simulated_client_make(skin, state, simulation->client.seed, &simulation->client);
    return status == STATUS_OK ? EXIT_DONE
                               : refuse_status(context, "the client's state", status);
}

/* A client like a reference one, with the standard technique. */
static enum exit_code make_new_client(struct context *context,
                                      struct simulation *simulation)
{
    char path[PROFILE_PATH_MAX];
    struct technique technique;
    struct client_state state;
    struct skin_fit skin;
    struct fault fault = {0};
    enum exit_code code = profile_path(context, "techniques.ini", path);
    if (code != EXIT_DONE)
        return code;
    enum status status = technique_read(path, "standard", &technique, &fault);
    if (status != STATUS_OK)
        return failure_from_file(&context->failure, path, status, &fault);
    client_state_prior(&technique, CLIENT_SCALP, &state);
    simulated_client_skin(simulation->reference, simulation->client.seed, &skin);
    return make_client(context, &skin, &state, simulation);
}

static enum exit_code scan_hair(struct context *context, struct simulation *simulation)
{
    char path[PROFILE_PATH_MAX];
    struct hair hair;
    struct fault fault = {0};
    const char *name = option(context, "hair");
    name = name ? name : "black";
    enum exit_code code = profile_path(context, "hair/hair.ini", path);
    if (code != EXIT_DONE)
        return code;
    enum status status = hair_read(path, name, &hair, &fault);
    if (status == STATUS_NOT_FOUND)
        return failure_set(&context->failure, FAILURE_HAIR_UNKNOWN,
                           "no class of hair \"%s\"", name);
    if (status != STATUS_OK)
        return failure_from_file(&context->failure, path, status, &fault);
    status = simulated_client_scan_hair(&simulation->client, &hair, &simulation->reading,
                                        &simulation->scan.weights,
                                        &simulation->scan.acquired.sce);
    return status == STATUS_OK ? EXIT_DONE : refuse_status(context, name, status);
}

static enum exit_code scan_bare(struct context *context, struct simulation *simulation)
{
    enum status status = simulated_client_scan_bare(
        &simulation->client, &simulation->reading, &simulation->scan.weights,
        &simulation->scan.acquired.sce);
    return status == STATUS_OK ? EXIT_DONE : refuse_status(context, "bare skin", status);
}

/* The work as of the session proposed or placed last, each session as it was poured. */
static enum exit_code scan_treated(struct context *context, const struct mixing *mixing,
                                   const struct course *course,
                                   struct simulation *simulation)
{
    size_t session;
    struct treatment usual, truth;
    struct mixture mixture, poured;
    if (course_last(course, &session) != STATUS_OK)
        return refuse(context, "every session of this client was skipped",
                      "followup --apply proposes the next");
    enum exit_code code = course_treatment(context, course, session, &mixing->usual,
                                           &mixing->bottles, &mixture, &usual);
    if (code != EXIT_DONE)
        return code;
    simulated_client_treatment(&simulation->client, &usual, &truth);
    simulated_client_pour(&simulation->client, usual.earlier_count, &mixture, &poured);
    enum status status = simulated_client_scan_treated(
        &simulation->client, &truth, &poured, simulation->years, &simulation->reading,
        &simulation->scan.weights, &simulation->scan.acquired.sce);
    return status == STATUS_OK ? EXIT_DONE
                               : refuse_status(context, "treated skin", status);
}

/* No two visits of a client have the same errors: the session and the day tell them
 * apart. */
static uint64_t visit_number(const struct course *course, double years)
{
    const uint64_t days_max = 10000;
    return (course->session_count + 1) * days_max + (uint64_t)lround(years * 365.25);
}

static enum exit_code scan_known(struct context *context, const struct mixing *mixing,
                                 const struct course *course,
                                 struct simulation *simulation)
{
    enum exit_code code =
        make_client(context, &mixing->subject.fit, &course->prior, simulation);
    if (code != EXIT_DONE)
        return code;
    simulation->reading.number = visit_number(course, simulation->years);
    if (mixing->subject.aperture_mm > 0)
        simulation->reading.aperture_mm = mixing->subject.aperture_mm;
    return simulation->kind == KIND_BARE
               ? scan_bare(context, simulation)
               : scan_treated(context, mixing, course, simulation);
}

/* A client with a folder: the skin that was scanned, the sessions that were placed. */
static enum exit_code scan_folder(struct context *context, struct simulation *simulation)
{
    char path[PATH_MAX];
    struct mixing *mixing = NULL;
    struct recipe recipe;
    struct course *course = calloc(1, sizeof *course);
    if (!course)
        return refuse_status(context, "course", STATUS_NO_MEMORY);
    enum exit_code code =
        client_folder_path(context, simulation->folder, "case.json", path);
    if (code == EXIT_DONE)
        code = client_folder_read(context, simulation->folder, course);
    if (code == EXIT_DONE)
        code = case_read(context, path, &mixing, &recipe);
    if (code == EXIT_DONE)
        code = scan_known(context, mixing, course, simulation);
    mixing_close(mixing);
    free(course);
    return code;
}

static enum exit_code take(struct context *context, struct simulation *simulation)
{
    if (simulation->folder)
        return scan_folder(context, simulation);
    enum exit_code code = make_new_client(context, simulation);
    if (code != EXIT_DONE)
        return code;
    simulation->reading.number = (uint64_t)simulation->kind;
    return simulation->kind == KIND_BARE ? scan_bare(context, simulation)
                                         : scan_hair(context, simulation);
}

/* -- the result ------------------------------------------------------------------ */

/* A scan like any other, of an instrument that there is not. */
static void describe(struct simulation *simulation)
{
    struct scan *scan = &simulation->scan;
    const struct scan_kind *kind = &kinds[simulation->kind];
    struct acquired *acquired = &scan->acquired;
    struct instrument_description *device = &scan->connection.description;
    scan->kind = kind;
    scan->state = simulation->kind == KIND_TREATED ? "healed" : "bare";
    if (simulation->kind == KIND_TREATED && simulation->years < SIMULATED_HEALING_YEARS)
        scan->state = "healing";
    scan->request.kind = kind->name;
    scan->request.site = "";
    scan->request.placements = simulation->reading.placements;
    scan->request.reads = 1;
    scan->request.specular = INSTRUMENT_SCE;
    scan->request.limit = kind->limit;
    snprintf(scan->label, sizeof scan->label, "%s, client %llu", kind->name,
             (unsigned long long)simulation->client.seed);
    snprintf(device->model, sizeof device->model, "simulated client");
    snprintf(device->serial, sizeof device->serial, "%llu",
             (unsigned long long)simulation->client.seed);
    snprintf(device->geometry, sizeof device->geometry, "d/8");
    device->origin = INSTRUMENT_IS_VIRTUAL;
    acquired->specular = INSTRUMENT_SCE;
    acquired->aperture_mm = simulation->reading.aperture_mm;
    acquired->accepted = acquired->sce.mean_ciede2000 <= kind->limit;
}

/* Where the scan's own text goes. */
static FILE *truth_stream(const struct context *context)
{
    const char *path = option(context, "output");
    return path && strcmp(path, "-") != 0 ? stderr : context->output.stream;
}

static void print_truth(const struct context *context,
                        const struct simulated_client *client)
{
    /* as client_state.h has them */
    static const char *const names[CLIENT_COMPONENTS] = {
        [CLIENT_FILL] = "ln fill",          [CLIENT_HEALED] = "logit healed",
        [CLIENT_LOSS] = "ln loss",          [CLIENT_SPREADING] = "ln spreading",
        [CLIENT_DEPTH] = "depth (mm)",      [CLIENT_RADIUS] = "ln radius",
        [CLIENT_DENSITY] = "ln density",    [CLIENT_HEIGHT] = "ln height",
        [CLIENT_DEEPENING] = "sinking (mm)"};
    FILE *out = truth_stream(context);
    fprintf(out, "  truth: melanosomes %.4f, blood %.4f; against what is usual:",
            client->skin.parameters.melanosome_fraction,
            client->skin.parameters.blood_fraction);
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
        fprintf(out, "%s%s %+.2f", k % 5 == 0 ? "\n    " : ", ", names[k],
                client->deviation[k]);
    fputs("\n", out);
}

/* For the document: numbers as they are, so that they may be used again. */
static json_t *truth_json(const struct simulated_client *client)
{
    const struct skin_parameters *skin = &client->skin.parameters;
    json_t *truth = json_object(), *deviation = json_object();
    json_set(truth, "seed", json_integer((json_int_t)client->seed));
    json_set(truth, "melanosome_fraction", json_real(skin->melanosome_fraction));
    json_set(truth, "blood_fraction", json_real(skin->blood_fraction));
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
        json_set(deviation, client_component_name((enum client_component)k),
                 json_real(client->deviation[k]));
    json_set(truth, "deviation", deviation);
    return truth;
}

static enum exit_code print(struct context *context, struct simulation *simulation)
{
    bool truth = option(context, "truth");
    describe(simulation);
    if (truth)
        simulation->scan.truth = truth_json(&simulation->client);
    enum exit_code code = scan_judge(context, &simulation->scan);
    if (code == EXIT_DONE)
        code = scan_print(context, &simulation->scan);
    if (code == EXIT_DONE && truth && context->mode == MODE_TEXT)
        print_truth(context, &simulation->client);
    json_decref(simulation->scan.truth);
    return code;
}

static enum exit_code run(struct context *context)
{
    struct simulation *simulation = calloc(1, sizeof *simulation);
    if (!simulation)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = read_request(context, simulation);
    context->simulated = true;
    if (code == EXIT_DONE)
        code = viewing_weights(&bands_grid, &context->viewing.illuminant[0],
                               context->viewing.observer, &simulation->scan.weights,
                               &context->failure);
    if (code == EXIT_DONE)
        code = take(context, simulation);
    if (code == EXIT_DONE)
        code = print(context, simulation);
    free(simulation);
    return code;
}

const struct command simulate_command = {
    .name = "simulate",
    .summary = "Scans of a made-up client, whose delivery and fade a seed decides.",
    .usage = "KIND",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = 1,
    .options = {{simulate_options, color_scale_options}},
    .examples = {"simulate bare --seed 7 --skin tan -o scalp.cgats",
                 "simulate treated --client anna --age 14d --seed 7 -o rescan.json"},
    .run = run,
};
