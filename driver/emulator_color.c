/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Color values from the spectra that were read (6.7). */
#include "driver/emulator_parts.h"

#include <math.h>
#include <stdio.h>

enum { OBSERVERS = 2, ILLUMINANTS = 11 };

/* Y = 100 for the perfect diffuser: X, Y, Z of each wavelength */
static const double weights[OBSERVERS * ILLUMINANTS * EMULATOR_BANDS][3] = {
#include "driver/data/color_weights.inc" /* made from the .csv */
};

/* The arguments of the command. */
enum { SLOT, OBSERVER, ILLUMINANT, VALUE };

/* vv of the command; the Munsell values 14 to 16, which need a table of renotations, are
 * out of this instrument's range. */
enum value {
    VALUE_X = 1,
    VALUE_Y,
    VALUE_Z,
    VALUE_SMALL_X,
    VALUE_SMALL_Y,
    VALUE_LIGHTNESS,
    VALUE_A,
    VALUE_B,
    VALUE_CHROMA,
    VALUE_HUE,
    VALUE_HUNTER_LIGHTNESS,
    VALUE_HUNTER_A,
    VALUE_HUNTER_B
};

struct tristimulus {
    double value[3];
    double white[3];
};

static struct tristimulus integrate(long observer, long illuminant,
                                    const double factor[EMULATOR_BANDS])
{
    struct tristimulus out = {{0}, {0}};
    size_t first =
        EMULATOR_BANDS * (size_t)((observer - 1) * ILLUMINANTS + (illuminant - 1));
    for (size_t i = 0; i < EMULATOR_BANDS; i++)
        for (size_t k = 0; k < 3; k++) {
            out.value[k] += weights[first + i][k] * factor[i];
            out.white[k] += weights[first + i][k];
        }
    return out;
}

/* CIE 15:2004, 8.2.1.1 */
static double lab_f(double ratio)
{
    return ratio > 216.0 / 24389 ? cbrt(ratio) : (24389.0 / 27 * ratio + 16) / 116;
}

static double cielab(const struct tristimulus *t, enum value value)
{
    double x = lab_f(t->value[0] / t->white[0]);
    double y = lab_f(t->value[1] / t->white[1]);
    double z = lab_f(t->value[2] / t->white[2]);
    double a = 500 * (x - y), b = 200 * (y - z);
    double hue = atan2(b, a) * 57.29577951308232;
    return value == VALUE_LIGHTNESS ? 116 * y - 16
           : value == VALUE_A       ? a
           : value == VALUE_B       ? b
           : value == VALUE_CHROMA  ? hypot(a, b)
           : hue < 0                ? hue + 360
                                    : hue;
}

/* R. S. Hunter, J. Opt. Soc. Am. 48 (1958) 985; Ka, Kb for any white: HunterLab AN 1005
 */
static double hunter(const struct tristimulus *t, enum value value)
{
    const double *white = t->white;
    double y = t->value[1] / white[1];
    double root = sqrt(fmax(y, 1e-9)); /* of nothing there is no color */
    double ka = 175 / 198.04 * (white[0] + white[1]);
    double kb = 70 / 218.11 * (white[1] + white[2]);
    return value == VALUE_HUNTER_LIGHTNESS ? 100 * root
           : value == VALUE_HUNTER_A       ? ka * (t->value[0] / white[0] - y) / root
                                           : kb * (y - t->value[2] / white[2]) / root;
}

static void add_color(struct emulator_reply *reply, const struct tristimulus *t,
                      enum value value)
{
    double sum = t->value[0] + t->value[1] + t->value[2];
    char text[40];
    if (value <= VALUE_Z)
        snprintf(text, sizeof text, "%.2f", t->value[value - VALUE_X]);
    else if (value <= VALUE_SMALL_Y)
        snprintf(text, sizeof text, "%.4f", t->value[value - VALUE_SMALL_X] / sum);
    else
        snprintf(text, sizeof text, "%.2f",
                 value <= VALUE_HUE ? cielab(t, value) : hunter(t, value));
    emulator_reply_text(reply, text);
}

static void tell_color(const struct emulator *emulator, struct emulator_call *call,
                       enum emulator_trigger trigger)
{
    const struct emulator_result *result = &emulator->results[trigger];
    const long *number = call->number;
    if (number[SLOT] < 1 || number[SLOT] > 2 || number[OBSERVER] < 1 ||
        number[OBSERVER] > OBSERVERS || number[ILLUMINANT] < 1 ||
        number[ILLUMINANT] > ILLUMINANTS || number[VALUE] < VALUE_X ||
        number[VALUE] > VALUE_HUNTER_B) {
        emulator_reply_code(&call->reply, "ER03");
        return;
    }
    if ((size_t)number[SLOT] > result->count) {
        emulator_reply_code(&call->reply, "ER10");
        return;
    }
    struct tristimulus t =
        integrate(number[OBSERVER], number[ILLUMINANT], result->factor[number[SLOT] - 1]);
    add_color(&call->reply, &t, (enum value)number[VALUE]);
}

void emulator_do_cor(struct emulator *emulator, struct emulator_call *call)
{
    tell_color(emulator, call, EMULATOR_BY_COMMAND);
}

void emulator_do_rcr(struct emulator *emulator, struct emulator_call *call)
{
    tell_color(emulator, call, EMULATOR_BY_BUTTON);
}
