/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/match_settings.h"

#include <math.h>
#include <string.h>

#include "cli/stream.h"

const struct option_spec match_options[] = {
    {"skin", 0, "COLOR", "the skin to be treated: a scan, or a color alone (estimated)"},
    {"target", 0, "COLOR", "a scan of the shaved hair area that is to be matched"},
    {"donor-skin", 0, "COLOR",
     "a scan of hairless skin beside the target: moves the target to the skin to be "
     "treated, where the two differ (a tan line)"},
    {"hair", 0, "CLASS",
     "instead of a scan: black, dark-brown, brown, blond, or your own"},
    {"grey", 0, "SHARE",
     "share of grey hair, 0 to 1; with --hair; default as its class says"},
    {"scar", 0, "COLOR",
     "a scan of a scar to be treated; --skin is then the skin around "
     "it, and the target"},
    {"density", 0, "N", "dots per cm2 after all sessions; default as the technique says"},
    {"technique", 0, "NAME",
     "how the dots are placed: standard (default), fine, bold, or "
     "your own"},
    {"pigments", 0, "LIST", "ids or files between commas, or @SET; default @smp"},
    {"exclude", 0, "WORDS",
     "leave out pigments that contain these Colour Index numbers "
     "or allergens, between commas"},
    {"volume", 0, "QTY",
     "batch to mix, such as 4ml (default), 80drop or 4g; up to half "
     "as much again may be proposed"},
    {"drops-max", 0, "N", "drops of pigment in one batch at the most; default 40"},
    {"max-pigments", 0, "N", "pigments in one recipe at the most, 1 to 4; default 3"},
    {"greying", 0, NULL,
     "with --hair: it goes on greying by 1.4 % a year, and the recipe is for the lighter "
     "look to come"},
    {"modifiers", 0, "LIST",
     "what speeds or slows fading in this client, between commas: oily, smoker, swimmer, "
     "fast-fader, phototype-v-vi, resorbable"},
    {"uv", 0, "X",
     "dose of sunlight: 1 (default) is a mean daily UV index peak of 4, a tenth of the "
     "time outdoors, no sunscreen; 0 to 10"},
    {"practitioner", 0, "FILE",
     "what earlier clients taught of this hand, machine and line of pigments (see: "
     "followup --practitioner)"},
    {"existing", 0, "SCAN",
     "a scan of work that the skin holds already, --skin being bare skin beside it"},
    {"record", 0, "RECIPE.json",
     "with --existing: the document of match it was mixed by"},
    {"existing-age", 0, "AGE",
     "with --existing: since when the work is there, such as 18mo; default 3y"},
    {"robust", 0, NULL,
     "search what is best over all hands, skins and healing that are likely (default)"},
    {"nominal", 0, NULL, "search what is best if all is as stated"},
    {"uncertainty", 0, "N",
     "possible worlds that intervals are drawn from, 16 to 4096; default 256; with "
     "--nominal also 0, for --json without intervals, the default of --batch then"},
    {"seed", 0, "N", "where the draws begin; the same seed gives the same answer"},
    {"exact", 0, NULL,
     "prove which of all batches scores best if all is as stated: within a second for 5 "
     "to 16 pigments"},
    {"months", 0, "N", "how long the color counts: 12, 24, 36 (default) or 60"},
    {"top", 0, "N", "recipes to propose, 1 to 10; default 3"},
    {"max-de", 0, "X", "exit with 1 when the best recipe differs by more CIEDE2000"},
    {"save", 0, "FILE", "keep the result as a JSON document as well, for plan"},
    {"explain", 0, NULL, "show how the recipes were found, and all of them in full"},
    {0},
};

static enum exit_code refuse(struct context *context, const char *what, const char *hint)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_USAGE_OPTION, "%s", what);
    failure_hint(&context->failure, "%s", hint);
    return code;
}

/* Exactly one of --target, --hair and --scar. */
static enum exit_code read_goal(struct context *context, struct mixing_request *request)
{
    static const struct {
        const char *option;
        enum goal goal;
    } goals[] = {{"target", GOAL_SCAN}, {"hair", GOAL_HAIR}, {"scar", GOAL_SURROUNDINGS}};
    size_t given = 0;
    for (size_t i = 0; i < sizeof goals / sizeof goals[0]; i++)
        if (option(context, goals[i].option)) {
            request->goal = goals[i].goal;
            request->look = option(context, goals[i].option);
            given++;
        }
    if (given != 1)
        return refuse(context, "one of --target, --hair and --scar says what to match",
                      "--target SCAN, --hair black, or --scar SCAN");
    if (option(context, "grey") && request->goal != GOAL_HAIR)
        return refuse(context, "--grey goes with --hair", "--hair black --grey 0.4");
    request->greying = option(context, "greying");
    if (request->greying && request->goal != GOAL_HAIR)
        return refuse(context, "--greying goes with --hair", "--hair black --greying");
    request->donor_skin = option(context, "donor-skin");
    if (request->donor_skin && request->goal != GOAL_SCAN)
        return refuse(context, "--donor-skin goes with --target",
                      "--target SCAN --donor-skin SCAN");
    request->skin = option(context, "skin");
    if (!request->skin)
        return refuse(context, "--skin says what is to be treated", "--skin SCAN");
    return EXIT_DONE;
}

/* None where nothing is to be told of chances; a batch of nominal recipes is in haste. */
static enum exit_code read_draws(struct context *context, long *out)
{
    const char *text = option(context, "uncertainty");
    bool none = text ? strcmp(text, "0") == 0 : option(context, "batch") != NULL;
    if (!option(context, "nominal") || !none)
        return option_whole(context, "uncertainty", MIXING_DRAWS_MIN, MIXING_DRAWS_MAX,
                            MIXING_DRAWS, out);
    *out = 0;
    return EXIT_DONE;
}

/* What varies between clients, and how much of it is looked at. */
static enum exit_code read_chances(struct context *context,
                                   struct mixing_request *request)
{
    long draws = 0, seed = 0;
    request->modifiers = option(context, "modifiers");
    enum exit_code code =
        option_number(context, "uv", 0, 10, 1, &request->ultraviolet_dose);
    if (code == EXIT_DONE)
        code = read_draws(context, &draws);
    if (code == EXIT_DONE)
        code = option_whole(context, "seed", 0, MIXING_SEED_MAX, MIXING_SEED, &seed);
    request->draws = (size_t)draws;
    request->seed = (uint64_t)seed;
    request->practitioner = option(context, "practitioner");
    return code;
}

/* Of work that nobody remembers. */
static const double existing_years = 3;

/* Work that is there before the first session. */
static enum exit_code read_existing(struct context *context,
                                    struct mixing_request *request)
{
    request->existing = option(context, "existing");
    request->record = option(context, "record");
    if (!request->existing && (request->record || option(context, "existing-age")))
        return refuse(context, "--record and --existing-age go with --existing",
                      "--existing SCAN --record RECIPE.json --existing-age 3y");
    if (request->record && !option(context, "existing-age"))
        return refuse(context, "--record needs to know when the work was placed",
                      "--existing-age 3y");
    return quantity_age_years(context, "existing-age", existing_years,
                              &request->existing_years);
}

/* The hand that places it, with which bottles. */
static void read_means(struct context *context, struct mixing_request *request)
{
    request->technique = option(context, "technique");
    if (!request->technique)
        request->technique = "standard";
    request->pigments = option(context, "pigments");
    if (!request->pigments)
        request->pigments = "@smp";
    request->exclude = option(context, "exclude");
}

static enum exit_code read_search(struct context *context,
                                  struct match_settings *settings)
{
    settings->search = option(context, "nominal") ? MATCH_NOMINAL : MATCH_ROBUST;
    if (option(context, "nominal") && option(context, "robust"))
        return refuse(context, "--robust and --nominal exclude each other",
                      "either of them; both are shown where they differ much");
    settings->effort.in_full = option(context, "exact");
    return stream_threads(context, &settings->effort.threads);
}

enum exit_code match_settings_wishes(struct context *context,
                                     struct match_settings *settings)
{
    struct mixing_request *request = &settings->request;
    long drops = 0, pigments = 0, months = 0;
    enum exit_code code =
        option_number(context, "grey", 0, 1, -1, &request->grey_fraction);
    if (code == EXIT_DONE)
        code = option_number(context, "density", 1, 2000, 0, &request->density_per_cm2);
    if (code == EXIT_DONE)
        code = quantity_volume_ml(context, "volume", 4, &request->volume_ml);
    if (code == EXIT_DONE)
        code = option_whole(context, "drops-max", 1, 400, 40, &drops);
    if (code == EXIT_DONE)
        code = option_whole(context, "max-pigments", 1, MIXTURE_MAX, 3, &pigments);
    if (code == EXIT_DONE)
        code = option_whole(context, "months", 1, 600, 36, &months);
    if (code == EXIT_DONE)
        code = option_whole(context, "top", 1, MATCH_TOP_MAX, 3, &settings->top);
    if (code == EXIT_DONE)
        code = read_chances(context, request);
    if (code == EXIT_DONE)
        code = read_existing(context, request);
    if (code == EXIT_DONE)
        code = option_number(context, "max-de", 0, 100, HUGE_VAL, &settings->max_de);
    request->drops_max = (unsigned)drops;
    request->pigments_max = (size_t)pigments;
    request->months = (unsigned)months;
    read_means(context, request);
    return code == EXIT_DONE ? read_search(context, settings) : code;
}

enum exit_code match_settings_read(struct context *context, struct match_settings *out)
{
    *out = (struct match_settings){.request.read_subject = subject_read};
    enum exit_code code = read_goal(context, &out->request);
    return code == EXIT_DONE ? match_settings_wishes(context, out) : code;
}
