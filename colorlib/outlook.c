/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/outlook.h"

#include <math.h>
#include <stdlib.h>

#include "colorlib/threads.h"

/* Dots below this share of their healed contrast have blurred (assumption). */
static const double contrast_kept = 0.5;

/* -- signs -----------------------------------------------------------------------------
 */

/* Of what is to be seen when healed, after OUTLOOK_BLUE_YEARS, and at the horizon. */
static struct outlook_signs signs_of(const struct treatment *treatment,
                                     const struct forecast_point *healed,
                                     const struct forecast_point *later,
                                     const struct forecast_point *last)
{
    struct outlook_signs signs = {.coverage = treatment_coverage(treatment),
                                  .dot_contrast = healed->dot_contrast,
                                  .blue_drift = healed->lab.b - later->lab.b};
    signs.shown[OUTLOOK_CROWDED] = signs.coverage > DOTS_COVERAGE_WARN;
    signs.shown[OUTLOOK_POINTS] = healed->dot_contrast > DOTS_CONTRAST_POINTS;
    signs.shown[OUTLOOK_DUST] = healed->dot_contrast < DOTS_CONTRAST_DUST;
    signs.shown[OUTLOOK_HELMET] = last->coverage > DOTS_COVERAGE_WARN;
    signs.shown[OUTLOOK_BLURRED] =
        last->dot_contrast < contrast_kept * healed->dot_contrast;
    signs.shown[OUTLOOK_BLUEING] = signs.blue_drift > OUTLOOK_BLUE_DRIFT;
    return signs;
}

struct outlook_signs outlook_signs(const struct forecast *forecast, double horizon_years)
{
    struct forecast_course course;
    forecast_prepare(forecast, &course);
    struct forecast_point healed = forecast_course_at(&course, FORECAST_HEALED_YEARS);
    struct forecast_point later = forecast_course_at(&course, OUTLOOK_BLUE_YEARS);
    struct forecast_point last = forecast_course_at(&course, horizon_years);
    return signs_of(forecast->treatment, &healed, &later, &last);
}

/* -- worlds ----------------------------------------------------------------------------
 */

/* A forecast in the world of a draw; it points into its own. */
struct world {
    struct treatment treatment;
    struct mixture mixture;
    struct forecast forecast;
};

static void enter(const struct forecast *usual, const struct draw *draw,
                  struct world *out)
{
    draw_treatment(draw, usual->treatment, &out->treatment);
    out->mixture = *usual->mixture;
    draw_pour(draw, usual->mixture->concentration, usual->mixture->count,
              out->mixture.concentration);
    out->forecast = *usual;
    out->forecast.treatment = &out->treatment;
    out->forecast.mixture = &out->mixture;
    out->forecast.target_error = draw->target_lab;
}

/* -- quantiles --------------------------------------------------------------------------
 */

/* What is kept of each draw at each age; the last two are 1 where it is so, else 0. */
enum { LIGHTNESS, GREEN_RED, BLUE_YELLOW, DIFFERENCE, CONTRAST, DARKER, BLUER, KEPT };

/* And of each draw, behind the ages. */
enum { DATE, FIRST_SIGN, OF_DRAW = FIRST_SIGN + OUTLOOK_SIGNS };

/* All values of all draws: those of one quantity side by side. */
struct sheet {
    size_t draws;
    double *value; /* [age][kept][draw], then [of draw][draw] */
};

static double *column(const struct sheet *sheet, size_t age, size_t kept)
{
    return sheet->value + (age * KEPT + kept) * sheet->draws;
}

static void keep(const struct sheet *sheet, size_t age, size_t draw,
                 const struct forecast_point *point)
{
    column(sheet, age, LIGHTNESS)[draw] = point->lab.L;
    column(sheet, age, GREEN_RED)[draw] = point->lab.a;
    column(sheet, age, BLUE_YELLOW)[draw] = point->lab.b;
    column(sheet, age, DIFFERENCE)[draw] = point->ciede2000;
    column(sheet, age, CONTRAST)[draw] = point->contrast;
    cmsCIELab target = point->target;
    column(sheet, age, DARKER)[draw] = point->lab.L < target.L - RECIPE_WRONG_DARKER;
    column(sheet, age, BLUER)[draw] = point->lab.b < target.b - RECIPE_WRONG_BLUER ||
                                      point->lab.a < target.a - RECIPE_WRONG_BLUER;
}

/* Of those values that are numbers. */
static struct quantiles of_defined(double *value, size_t count)
{
    size_t defined = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(value[i]))
            value[defined++] = value[i];
    if (2 * defined < count)
        return (struct quantiles){NAN, NAN, NAN};
    return quantiles_of(value, defined);
}

/* Of draws in which something is so: 1, or is not: 0. */
static double share_of(const double *value, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += value[i];
    return sum / (double)count;
}

static struct outlook_point point_of(const struct sheet *sheet, size_t age, double years)
{
    return (struct outlook_point){
        .years = years,
        .lightness = quantiles_of(column(sheet, age, LIGHTNESS), sheet->draws),
        .a = quantiles_of(column(sheet, age, GREEN_RED), sheet->draws),
        .b = quantiles_of(column(sheet, age, BLUE_YELLOW), sheet->draws),
        .ciede2000 = quantiles_of(column(sheet, age, DIFFERENCE), sheet->draws),
        .contrast = of_defined(column(sheet, age, CONTRAST), sheet->draws),
        .darker = share_of(column(sheet, age, DARKER), sheet->draws),
        .bluer = share_of(column(sheet, age, BLUER), sheet->draws),
    };
}

double outlook_expanded(const struct quantiles *quantiles)
{
    const double p90_sd = 1.2815515655446004; /* of the standard normal distribution */
    return (quantiles->p90 - quantiles->p10) / p90_sd;
}

/* What is seen at an age: one of count points, or another one. */
static struct forecast_point point_at(const struct forecast_course *course,
                                      const struct forecast_point *point, size_t count,
                                      double years)
{
    for (size_t t = 0; t < count; t++)
        if (point[t].years == years)
            return point[t];
    return forecast_course_at(course, years);
}

/* What is asked for in every draw, and the answers. */
struct inquiry {
    const struct forecast *forecast;
    const struct draw *draw;
    const double *years;
    size_t count;
    double horizon_years;
    const struct sheet *sheet;
};

static void fill_draw(const struct inquiry *inquiry, size_t draw)
{
    const size_t count = inquiry->count;
    const struct sheet *sheet = inquiry->sheet;
    struct world world;
    struct forecast_course course;
    struct forecast_point point[OUTLOOK_AGES_MAX];
    enter(inquiry->forecast, &inquiry->draw[draw], &world);
    forecast_prepare(&world.forecast, &course);
    for (size_t t = 0; t < count; t++) {
        point[t] = forecast_course_at(&course, inquiry->years[t]);
        keep(sheet, t, draw, &point[t]);
    }
    column(sheet, count, DATE)[draw] = forecast_course_touch_up_years(&course);
    struct forecast_point healed = point_at(&course, point, count, FORECAST_HEALED_YEARS);
    struct forecast_point later = point_at(&course, point, count, OUTLOOK_BLUE_YEARS);
    struct forecast_point last = point_at(&course, point, count, inquiry->horizon_years);
    struct outlook_signs signs = signs_of(&world.treatment, &healed, &later, &last);
    for (size_t s = 0; s < OUTLOOK_SIGNS; s++)
        column(sheet, count, FIRST_SIGN + s)[draw] = signs.shown[s];
}

/* Draws that one thread takes at a time. */
enum { PIECE = 16 };

static void fill_piece(size_t piece, void *context)
{
    const struct inquiry *inquiry = context;
    for (size_t j = piece * PIECE; j < (piece + 1) * PIECE && j < inquiry->sheet->draws;
         j++)
        fill_draw(inquiry, j);
}

enum status outlook_make(const struct forecast *forecast, const struct draw *draw,
                         size_t draws, const double *years, size_t count,
                         double horizon_years, struct outlook *out)
{
    if (draws < 1 || draws > DRAWS_MAX || count < 1 || count > OUTLOOK_AGES_MAX)
        return STATUS_OUT_OF_RANGE;
    struct sheet sheet = {.draws = draws};
    sheet.value = malloc((count * KEPT + OF_DRAW) * draws * sizeof *sheet.value);
    if (!sheet.value)
        return STATUS_NO_MEMORY;
    struct inquiry inquiry = {forecast, draw, years, count, horizon_years, &sheet};
    threads_run((draws + PIECE - 1) / PIECE, fill_piece, &inquiry);
    struct outlook outlook = {.count = count};
    for (size_t t = 0; t < count; t++)
        outlook.point[t] = point_of(&sheet, t, years[t]);
    outlook.touch_up_years = quantiles_of(column(&sheet, count, DATE), draws);
    for (size_t s = 0; s < OUTLOOK_SIGNS; s++)
        outlook.chance[s] = share_of(column(&sheet, count, FIRST_SIGN + s), draws);
    free(sheet.value);
    *out = outlook;
    return STATUS_OK;
}

enum status outlook_date(const struct forecast *forecast, const struct draw *draw,
                         size_t draws, double (*date)(const struct forecast *forecast),
                         struct quantiles *out)
{
    if (draws < 1 || draws > DRAWS_MAX)
        return STATUS_OUT_OF_RANGE;
    double *years = malloc(draws * sizeof *years);
    if (!years)
        return STATUS_NO_MEMORY;
    for (size_t j = 0; j < draws; j++) {
        struct world world;
        enter(forecast, &draw[j], &world);
        years[j] = date(&world.forecast);
    }
    *out = quantiles_of(years, draws);
    free(years);
    return STATUS_OK;
}
