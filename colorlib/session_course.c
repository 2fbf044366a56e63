/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/session_course.h"

#include <stdlib.h>

#include "colorlib/difference.h"
#include "colorlib/forecast.h"

enum status session_course_open(const struct session_case *given,
                                struct session_course *out)
{
    const struct recipe_problem *p = given->problem;
    if (given->draws < 1 || given->draws > DRAWS_MAX)
        return STATUS_OUT_OF_RANGE;
    struct session_course course = {
        .given = given,
        .daylight = p->rule_weights ? p->rule_weights : p->weights[0],
        .known = given->usual->earlier_count,
        .draw = malloc(given->draws * sizeof *course.draw),
    };
    if (!course.draw)
        return STATUS_NO_MEMORY;
    enum status status =
        draws_make(given->skin, given->state, given->draws, given->seed, course.draw);
    if (status != STATUS_OK) {
        session_course_close(&course);
        return status;
    }
    draws_central(given->skin, given->state, &course.central);
    course.target = colorimetry_reflectance_lab(course.daylight, p->target.value);
    struct treatment central;
    session_course_central(&course, given->usual, &central);
    if (treatment_coverage(&central) > DOTS_COVERAGE_REFUSE) {
        session_course_close(&course);
        return STATUS_REJECTED;
    }
    *out = course;
    return STATUS_OK;
}

void session_course_close(struct session_course *course)
{
    free(course->draw);
}

/* A mixture as it comes out of the bottles in the world of a draw. */
static struct mixture poured(const struct draw *draw, const struct mixture *intended)
{
    struct mixture mixture = *intended;
    draw_pour(draw, intended->concentration, intended->count, mixture.concentration);
    return mixture;
}

/* The session in the world of a draw, the planned ones before it as they are poured. */
static void session_in(const struct session_course *course, const struct draw *draw,
                       const struct treatment *usual, struct treatment *out)
{
    draw_treatment(draw, usual, out);
    for (size_t e = course->known; e < out->earlier_count; e++)
        out->earlier[e].mixture = poured(draw, &usual->earlier[e].mixture);
}

void session_course_central(const struct session_course *course,
                            const struct treatment *usual, struct treatment *out)
{
    session_in(course, &course->central, usual, out);
}

static cmsCIELab color_in(const struct session_course *course, const struct draw *draw,
                          const struct treatment *usual, const struct mixture *intended,
                          double years)
{
    struct treatment treatment;
    struct mixture mixture = poured(draw, intended);
    struct bands reflectance;
    session_in(course, draw, usual, &treatment);
    treatment_reflectance(&treatment, &mixture, years, &reflectance);
    return colorimetry_reflectance_lab(course->daylight, reflectance.value);
}

/* The target as it is in the world of a draw. */
static cmsCIELab target_in(const struct session_course *course, const struct draw *draw)
{
    return (cmsCIELab){course->target.L + draw->target_lab[0],
                       course->target.a + draw->target_lab[1],
                       course->target.b + draw->target_lab[2]};
}

cmsCIELab session_course_healed(const struct session_course *course,
                                const struct treatment *usual,
                                const struct mixture *mixture)
{
    return color_in(course, &course->central, usual, mixture, FORECAST_HEALED_YEARS);
}

double session_course_darker(const struct session_course *course,
                             const struct treatment *usual, const struct mixture *mixture,
                             double depth)
{
    size_t darker = 0;
    for (size_t j = 0; j < course->given->draws; j++) {
        const struct draw *draw = &course->draw[j];
        cmsCIELab lab = color_in(course, draw, usual, mixture, FORECAST_HEALED_YEARS);
        if (lab.L < target_in(course, draw).L - depth)
            darker++;
    }
    return (double)darker / (double)course->given->draws;
}

/* What a look needs of every draw. */
enum { SAMPLE_L, SAMPLE_A, SAMPLE_B, SAMPLE_DIFFERENCE, SAMPLES };

enum status session_course_look(const struct session_course *course,
                                const struct treatment *usual,
                                const struct mixture *mixture, double years,
                                struct session_look *out)
{
    const size_t draws = course->given->draws;
    double *sample = malloc(SAMPLES * draws * sizeof *sample);
    if (!sample)
        return STATUS_NO_MEMORY;
    size_t darker = 0;
    for (size_t j = 0; j < draws; j++) {
        cmsCIELab lab = color_in(course, &course->draw[j], usual, mixture, years);
        cmsCIELab target = target_in(course, &course->draw[j]);
        sample[SAMPLE_L * draws + j] = lab.L;
        sample[SAMPLE_A * draws + j] = lab.a;
        sample[SAMPLE_B * draws + j] = lab.b;
        sample[SAMPLE_DIFFERENCE * draws + j] = difference_ciede2000(target, lab);
        darker += lab.L < target.L - SESSION_FLOOR_DEPTH;
    }
    cmsCIELab nominal = color_in(course, &course->central, usual, mixture, years);
    *out = (struct session_look){
        .years = years,
        .lab = nominal,
        .ciede2000 = difference_ciede2000(course->target, nominal),
        .lightness = quantiles_of(sample + SAMPLE_L * draws, draws),
        .a = quantiles_of(sample + SAMPLE_A * draws, draws),
        .b = quantiles_of(sample + SAMPLE_B * draws, draws),
        .difference = quantiles_of(sample + SAMPLE_DIFFERENCE * draws, draws),
        .darker = (double)darker / (double)draws,
    };
    free(sample);
    return STATUS_OK;
}
