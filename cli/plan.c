/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan: the sessions of a recipe, what remains if one stops, and how the work fades. */
#include "cli/commands.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/case.h"
#include "cli/plan_result.h"

static const struct argument_spec arguments[] = {
    {"RECIPE.json", "a document of match --json, whose first recipe is planned; or the "
                    "folder of a client, whose course is looked at as it stands"},
    {0},
};

static const struct option_spec plan_options[] = {
    {"months", 0, "N",
     "months to look ahead after the last session, 12 to 180; "
     "default 60"},
    {"sessions", 0, "N",
     "2, 3 or 4; default 3, or 4 on a scar and where the target is far and nothing is "
     "known of this client yet"},
    {"svg", 0, "FILE", "draw the forecast as SVG into FILE as well; - is stdout, alone"},
    {"client", 0, "DIR", "begin a client's folder, with session 1 as proposed"},
    {0},
};

enum { MONTHS_MIN = 12, MONTHS_MAX = 180, MONTHS_DEFAULT = 60 };

/* What the argument is: the document of a match, or a client's folder. */
enum source { SOURCE_CASE, SOURCE_COURSE };

struct plan_settings {
    const char *path;
    enum source source;
    long months;
    long sessions; /* 0: as the plan thinks best */
};

static enum source source_of(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode) ? SOURCE_COURSE
                                                             : SOURCE_CASE;
}

/* --svg -: nothing but the picture on stdout. */
static bool is_picture_alone(const struct context *context)
{
    const char *svg = option(context, "svg");
    return svg && strcmp(svg, "-") == 0;
}

static enum exit_code check_settings(struct context *context,
                                     const struct plan_settings *settings)
{
    bool begins = option(context, "client");
    if (is_picture_alone(context) &&
        (context->mode != MODE_TEXT || option(context, "output")))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--svg - prints the picture alone: --json, --plain and "
                           "--output go with --svg FILE");
    if (begins && strcmp(settings->path, "-") == 0)
        return failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                           "--client keeps the document of the match, so it has to be a "
                           "file");
    if (settings->source == SOURCE_COURSE && (begins || option(context, "sessions")))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--client and --sessions begin a course, and that of %s is "
                           "under way",
                           settings->path);
    return EXIT_DONE;
}

static enum exit_code read_settings(struct context *context,
                                    struct plan_settings *settings)
{
    const char *path = context->invocation.arguments[0];
    *settings = (struct plan_settings){.path = path, .source = source_of(path)};
    enum exit_code code = option_whole(context, "months", MONTHS_MIN, MONTHS_MAX,
                                       MONTHS_DEFAULT, &settings->months);
    if (code == EXIT_DONE)
        code = option_whole(context, "sessions", SESSIONS_MIN, SESSIONS_MAX, 0,
                            &settings->sessions);
    return code == EXIT_DONE ? check_settings(context, settings) : code;
}

static enum exit_code refuse(struct context *context, enum status status)
{
    if (status == STATUS_NO_MEMORY)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    if (status == STATUS_REJECTED)
        return failure_set(&context->failure, FAILURE_TECHNIQUE_COVERAGE,
                           "the dots of all sessions cover so much of the skin that the "
                           "model fails");
    return failure_set(&context->failure, FAILURE_FILE_MALFORMED,
                       "%s: no course can be planned of it (%s)",
                       context->invocation.arguments[0], status_text(status));
}

/* -- the forecast ------------------------------------------------------------ */

/* Months between the points of a forecast, so that it has at most twelve. */
static double point_step(long months)
{
    static const long steps[] = {3, 6, 12};
    const size_t count = sizeof steps / sizeof steps[0];
    for (size_t i = 0; i < count; i++)
        if (months <= 12 * steps[i])
            return (double)steps[i];
    return 18;
}

/* Fresh, while it heals, healed, and every few months up to the last one. */
static size_t plan_ages(long months, double years[OUTLOOK_AGES_MAX], size_t *healed)
{
    size_t count = 0;
    const double step = point_step(months), last = (double)months;
    years[count++] = 0;
    years[count++] = SESSION_INTERVAL_YEARS / 2;
    years[count++] = SESSION_INTERVAL_YEARS;
    *healed = count;
    years[count++] = FORECAST_HEALED_YEARS;
    for (double month = step; month < last; month += step)
        years[count++] = month / PLAN_MONTHS_OF_YEAR;
    years[count++] = last / PLAN_MONTHS_OF_YEAR;
    return count;
}

static enum status look_ahead(struct plan_result *result)
{
    const struct mixing *mixing = result->mixing;
    double years[OUTLOOK_AGES_MAX];
    size_t count = plan_ages(result->months, years, &result->healed);
    struct forecast forecast = plan_forecast(result);
    return outlook_make(&forecast, mixing->draw, mixing->draws, years, count,
                        years[count - 1], &result->outlook);
}

static enum status spread_dots(const struct plan_settings *settings,
                               struct plan_result *result)
{
    const struct mixing *mixing = result->mixing;
    const struct session_case course = {.problem = &mixing->problem,
                                        .usual = &mixing->usual,
                                        .skin = &mixing->subject.fit,
                                        .state = &mixing->state,
                                        .draws = mixing->draws,
                                        .seed = mixing->seed};
    enum client_site site =
        mixing->goal == GOAL_SURROUNDINGS ? CLIENT_SCAR : CLIENT_SCALP;
    size_t sessions = settings->sessions > 0 ? (size_t)settings->sessions
                                             : session_plan_count(&course, site);
    enum status status =
        session_plan_make(&course, result->recipe, sessions, &result->plan);
    if (status != STATUS_OK)
        return status;
    result->usual = plan_last(result)->usual;
    result->mixture = plan_last(result)->recipe.mixture;
    return STATUS_OK;
}

/* -- what to be warned of ---------------------------------------------------- */

/* What is more likely than not. */
static void warn_signs(struct context *context, const struct plan_result *result)
{
    static const struct {
        enum outlook_sign sign;
        const char *code;
        const char *text;
    } signs[] = {
        {OUTLOOK_CROWDED, "coverage.high", "the dots cover so much that they may merge"},
        {OUTLOOK_POINTS, "dots.points", "single dots read as points when healed"},
        {OUTLOOK_DUST, "dots.dust", "single dots read as a shade when healed"},
        {OUTLOOK_HELMET, "dots.helmet", "in time the dots spread until they merge"},
        {OUTLOOK_BLURRED, "dots.blur", "in time the dots lose half of their contrast"},
        {OUTLOOK_BLUEING, "hue-shift.blue", "the color turns bluer within two years"},
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        double chance = result->outlook.chance[signs[i].sign];
        if (chance > 0.5)
            warn(context, signs[i].code, NULL, "%s (in %.0f of 100 outcomes)",
                 signs[i].text, 100 * chance);
    }
}

static void warn_course(struct context *context, const struct plan_result *result)
{
    struct recipe_contrast contrast = recipe_contrast(result->mixing->solver);
    double darker = contrast.skin.L - contrast.target.L;
    if (darker < FORECAST_CONTRAST_MIN)
        warn(context, "contrast.low", NULL,
             "skin and target differ by L* %.1f only: contrast is not printed, and the "
             "touch-up is judged by color difference alone",
             darker);
    if (result->plan.count == 0)
        return;
    double chance = plan_last(result)->healed.darker; /* as the table has it */
    if (chance > SESSION_FLOOR_SHARE)
        warn(context, "plan.dark", "followup before every session",
             "without re-scans the work would heal darker than the target by more than "
             "L* %.1f in %.0f of 100 outcomes",
             SESSION_FLOOR_DEPTH, 100 * chance);
    for (size_t s = 0; s < result->plan.count; s++)
        if (result->plan.step[s].bounds & SESSION_CAPPED)
            warn(context, "plan.capped", NULL,
                 "session %zu is weaker than it would be, so that the work stays "
                 "correctable until the last one",
                 result->plan.step[s].number);
}

/* -- the command ------------------------------------------------------------- */

static enum exit_code begin_client(struct context *context,
                                   const struct plan_result *result,
                                   const char *case_path)
{
    const char *folder = option(context, "client");
    return folder ? plan_begin_client(context, result, folder, case_path) : EXIT_DONE;
}

/* The client's folder, and the picture beside the result: neither where the other cannot
 * be. */
static enum exit_code write_files(struct context *context,
                                  const struct plan_result *result, const char *case_path)
{
    const char *path = option(context, "svg");
    if (!path || is_picture_alone(context))
        return begin_client(context, result, case_path);
    struct fade_chart chart;
    struct output output = {0};
    enum output_overwrite overwrite =
        option(context, "force") ? OUTPUT_REPLACE : OUTPUT_KEEP_EXISTING;
    enum exit_code code = output_open(path, overwrite, &output, &context->failure);
    if (code == EXIT_DONE)
        code = begin_client(context, result, case_path);
    if (code == EXIT_DONE) {
        plan_chart(context, result, &chart);
        fade_chart_print_svg(&chart, output.stream);
        code = output_commit(&output, &context->failure);
    }
    output_discard(&output);
    return code;
}

static enum exit_code print(struct context *context, const struct plan_result *result)
{
    switch (context->mode) {
    case MODE_TEXT: return plan_print_text(context, result);
    case MODE_PLAIN: return plan_print_plain(context, result);
    case MODE_JSON: break;
    }
    return plan_print_json(context, result);
}

static enum exit_code present(struct context *context, const struct plan_result *result,
                              const char *case_path)
{
    warn_course(context, result);
    warn_signs(context, result);
    enum exit_code code = write_files(context, result, case_path);
    if (code != EXIT_DONE || !is_picture_alone(context))
        return code == EXIT_DONE ? print(context, result) : code;
    struct fade_chart chart;
    plan_chart(context, result, &chart);
    fade_chart_print_svg(&chart, context->output.stream);
    return EXIT_DONE;
}

/* From the document of a match, or from a client's folder. */
static enum exit_code prepare(struct context *context,
                              const struct plan_settings *settings,
                              struct mixing **mixing, struct recipe *recipe,
                              struct plan_result *result)
{
    if (settings->source == SOURCE_COURSE)
        return plan_read_course(context, settings->path, mixing, recipe, result);
    enum exit_code code = case_read(context, settings->path, mixing, recipe);
    result->mixing = *mixing;
    result->recipe = recipe;
    if (code != EXIT_DONE)
        return code;
    enum status status = spread_dots(settings, result);
    return status == STATUS_OK ? EXIT_DONE : refuse(context, status);
}

static enum exit_code run(struct context *context)
{
    struct plan_settings settings;
    struct mixing *mixing = NULL;
    struct recipe recipe;
    enum exit_code code = read_settings(context, &settings);
    struct plan_result result = {.months = settings.months};
    if (code == EXIT_DONE)
        code = prepare(context, &settings, &mixing, &recipe, &result);
    enum status status = code == EXIT_DONE ? look_ahead(&result) : STATUS_OK;
    if (status != STATUS_OK)
        code = refuse(context, status);
    if (code == EXIT_DONE)
        code = present(context, &result, settings.path);
    mixing_close(mixing);
    return code;
}

const struct command plan_command = {
    .name = "plan",
    .summary = "The sessions of a recipe, what remains after each, and how it fades.",
    .usage = "RECIPE.json",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = 1,
    .options = {{plan_options}},
    .examples = {"plan recipe.json --client client-7 --svg fade.svg",
                 "plan client-7 --months 36"},
    .run = run,
};
