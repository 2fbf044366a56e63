/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/batch_conditions.h"

#include <math.h>
#include <string.h>

#include "colorlib/text.h"

static bool texts_differ(const char *a, const char *b)
{
    return a[0] && b[0] && strcmp(a, b) != 0;
}

unsigned batch_conditions_compare(const struct batch_conditions *standard,
                                  const struct batch_conditions *batch)
{
    const struct sample_conditions *a = &standard->conditions, *b = &batch->conditions;
    unsigned found = 0;
    if (texts_differ(a->geometry, b->geometry))
        found |= BATCH_CONDITION_GEOMETRY;
    if (standard->specular != batch->specular &&
        standard->specular != SAMPLE_SPECULAR_UNKNOWN &&
        batch->specular != SAMPLE_SPECULAR_UNKNOWN)
        found |= BATCH_CONDITION_SPECULAR;
    if (a->aperture_mm > 0 && b->aperture_mm > 0 &&
        fabs(a->aperture_mm - b->aperture_mm) > 0.1)
        found |= BATCH_CONDITION_APERTURE;
    if (texts_differ(a->instrument, b->instrument))
        found |= BATCH_CONDITION_INSTRUMENT;
    else if (texts_differ(a->serial, b->serial))
        found |= BATCH_CONDITION_UNIT;
    if (a->calibrated[0] && !b->calibrated[0])
        found |= BATCH_CONDITION_UNCALIBRATED;
    if (a->origin != b->origin)
        found |= BATCH_CONDITION_ORIGIN;
    return found;
}

static const char *specular_word(enum sample_specular specular)
{
    return specular == SAMPLE_SPECULAR_IN ? "SCI" : "SCE";
}

static const char *origin_word(enum sample_origin origin)
{
    return origin == SAMPLE_SIMULATED ? "simulated" : "measured";
}

void batch_conditions_text(enum batch_condition condition,
                           const struct batch_conditions *standard,
                           const struct batch_conditions *batch,
                           char text[static BATCH_CONDITIONS_TEXT_MAX])
{
    const struct sample_conditions *a = &standard->conditions, *b = &batch->conditions;
    const size_t size = BATCH_CONDITIONS_TEXT_MAX;
    switch (condition) { /* no default: the compiler reports one without words */
    case BATCH_CONDITION_GEOMETRY:
        snprintf(text, size, "the batch was measured %s, the standard %s", b->geometry,
                 a->geometry);
        break;
    case BATCH_CONDITION_SPECULAR:
        snprintf(text, size, "the batch is %s, the standard %s",
                 specular_word(batch->specular), specular_word(standard->specular));
        break;
    case BATCH_CONDITION_APERTURE:
        snprintf(text, size, "the batch was measured through %s mm, the standard %s mm",
                 text_of_number(b->aperture_mm).text,
                 text_of_number(a->aperture_mm).text);
        break;
    case BATCH_CONDITION_INSTRUMENT:
        snprintf(text, size, "the batch was measured with %s, the standard with %s",
                 b->instrument, a->instrument);
        break;
    case BATCH_CONDITION_UNIT:
        snprintf(text, size,
                 "the batch was measured with serial %s, the standard with %s", b->serial,
                 a->serial);
        break;
    case BATCH_CONDITION_UNCALIBRATED:
        snprintf(text, size,
                 "nothing says that the instrument was calibrated when the "
                 "batch was measured");
        break;
    case BATCH_CONDITION_ORIGIN:
        snprintf(text, size, "the batch is %s, the standard %s", origin_word(b->origin),
                 origin_word(a->origin));
        break;
    }
}
