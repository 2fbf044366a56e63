/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to expect of a recipe, and what to be warned of. */
#include <math.h>
#include <string.h>

#include "cli/mixing.h"

const char mixing_generic_text[] = "generic profile: calibrate your own bottle";
const char mixing_disclaimer_text[] = "forecast not clinically validated";

struct forecast mixing_forecast(const struct mixing *mixing, const struct recipe *recipe)
{
    return (struct forecast){.treatment = &mixing->problem.treatment,
                             .mixture = &recipe->mixture,
                             .target = &mixing->problem.target,
                             .weights = &mixing->weights[0],
                             .greying = mixing->greys ? &mixing->greying : NULL};
}

double mixing_touch_up_years(const struct mixing *mixing, const struct recipe *recipe)
{
    struct forecast forecast = mixing_forecast(mixing, recipe);
    forecast.weights = &mixing->daylight;
    return forecast_touch_up_years(&forecast);
}

void mixing_touch_up_text(const struct mixing *mixing, const struct recipe *recipe,
                          char *text)
{
    double years = mixing_touch_up_years(mixing, recipe);
    if (isfinite(years))
        snprintf(text, TOUCH_UP_TEXT_MAX, "touch-up after about %.1f years", years);
    else
        snprintf(text, TOUCH_UP_TEXT_MAX, "no touch-up due within %.0f years",
                 FORECAST_LIMIT_YEARS);
}

enum exit_code mixing_outlook(struct context *context, const struct mixing *mixing,
                              const struct recipe *recipe, const double *years,
                              size_t count, struct outlook *out)
{
    const double horizon = mixing->problem.years[mixing->problem.time_count - 1];
    struct forecast forecast = mixing_forecast(mixing, recipe);
    forecast.treatment = &mixing->usual;
    forecast.weights = &mixing->daylight;
    struct outlook shown;
    bool by_day =
        memcmp(&mixing->daylight, &mixing->weights[0], sizeof mixing->daylight) == 0;
    enum status status =
        outlook_make(&forecast, mixing->draw, mixing->draws, years, count, horizon, out);
    forecast.weights = &mixing->weights[0];
    if (status == STATUS_OK && !by_day)
        status = outlook_make(&forecast, mixing->draw, mixing->draws, years, count,
                              horizon, &shown);
    if (status != STATUS_OK)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    for (size_t t = 0; t < count && !by_day; t++) {
        shown.point[t].darker = out->point[t].darker;
        shown.point[t].bluer = out->point[t].bluer;
        out->point[t] = shown.point[t];
    }
    return EXIT_DONE;
}

bool mixing_is_generic(const struct recipe *recipe)
{
    for (size_t k = 0; k < recipe->count; k++)
        if (recipe->mixture.pigment[k]->origin == PIGMENT_MODEL)
            return true;
    return false;
}

void mixing_warn_target(struct context *context, const struct mixing *mixing,
                        unsigned flags)
{
    struct recipe_contrast contrast = recipe_contrast(mixing->solver);
    double darker = contrast.skin.L - contrast.target.L;
    if (flags & RECIPE_DENSITY_TOO_LOW)
        warn(context, "density.low",
             "more dots per cm2 (--density) or a bolder technique",
             "these dots cannot get as dark as the target in every part of the spectrum, "
             "however strong the mix");
    if (flags & RECIPE_TARGET_TOO_DARK)
        warn(context, "target.dark",
             mixing->goal == GOAL_SCAN ? "--hair CLASS, or a scan of a shaved area"
                                       : NULL,
             "the target is darker than the skin by L* %.1f: that looks like hair, not "
             "like a shaved area",
             darker);
    if (darker < FORECAST_CONTRAST_MIN)
        warn(context, "contrast.low", NULL,
             "skin and target differ by L* %.1f only: contrast is not printed, and the "
             "touch-up is judged by color difference alone",
             darker);
}

static void warn_signs(struct context *context, const struct mixing *mixing,
                       const struct forecast *forecast)
{
    double horizon = mixing->problem.years[mixing->problem.time_count - 1];
    struct outlook_signs signs = outlook_signs(forecast, horizon);
    if (signs.shown[OUTLOOK_CROWDED])
        warn(context, "coverage.high", "a lower --density or a finer --technique",
             "the dots cover %.0f %% of the skin and may merge to a helmet",
             100 * signs.coverage);
    if (signs.shown[OUTLOOK_POINTS])
        warn(context, "dots.points", "more dots of a weaker mix",
             "single dots will read as points (contrast %.2f)", signs.dot_contrast);
    if (signs.shown[OUTLOOK_DUST])
        warn(context, "dots.dust", "fewer dots of a stronger mix",
             "single dots will read as a shade, not as stubble (contrast %.2f)",
             signs.dot_contrast);
    double helmet = forecast_helmet_years(forecast);
    if (!signs.shown[OUTLOOK_CROWDED] && helmet <= horizon)
        warn(context, "dots.blur", NULL,
             "the dots blur: after about %.1f years they cover too much or have lost "
             "half their contrast",
             helmet);
    if (signs.shown[OUTLOOK_BLUEING])
        warn(context, "hue-shift.blue", NULL,
             "the color turns bluer by b* %.1f within two years", signs.blue_drift);
}

static void warn_amounts(struct context *context, const struct mixing *mixing,
                         const struct recipe *recipe)
{
    double n = mixture_ratio(&recipe->mixture);
    unsigned drops = 0;
    for (size_t k = 0; k < recipe->count; k++)
        drops += recipe->part[k].drops;
    if (drops == mixing->problem.drops_max)
        warn(context, "drops.limit", "a smaller --volume, or more --drops-max",
             "the recipe takes all of the %u drops that are allowed", drops);
    else if (n > OUTLOOK_RATIO_WEAKEST)
        warn(context, "dilution.weak", "a weaker pigment, such as a grey or brown shade",
             "1:%.0f is weaker than what is usually mixed, down to 1:%.0f", n,
             OUTLOOK_RATIO_WEAKEST);
    if (recipe->drop_effect > OUTLOOK_DROP_COARSE)
        warn(context, "batch.small", NULL,
             "one drop more changes the healed color by CIEDE2000 %.1f: a larger batch "
             "is more forgiving",
             recipe->drop_effect);
}

static void warn_bottles(struct context *context, const struct recipe *recipe)
{
    double n = mixture_ratio(&recipe->mixture);
    for (size_t k = 0; k < recipe->count; k++) {
        const struct pigment *pigment = recipe->mixture.pigment[k];
        if (pigment->dilution_max > 0 && n > pigment->dilution_max)
            warn(context, "dilution.untested", NULL, "%s is proved down to 1:%.0f only",
                 pigment->id, pigment->dilution_max);
    }
}

void mixing_warn_recipe(struct context *context, const struct mixing *mixing,
                        const struct recipe *recipe)
{
    struct forecast forecast = mixing_forecast(mixing, recipe);
    if (recipe->rule == RECIPE_RELAXED)
        warn(context, "target.unreachable",
             "other --pigments, or a larger --volume for a finer step",
             "no batch comes near the target without turning darker, bluer or greener "
             "than it; the nearest is L* %.1f a* %.1f b* %.1f",
             recipe->lab[0].L, recipe->lab[0].a, recipe->lab[0].b);
    warn_signs(context, mixing, &forecast);
    warn_amounts(context, mixing, recipe);
    warn_bottles(context, recipe);
}
