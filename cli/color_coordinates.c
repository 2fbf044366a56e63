/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/color_coordinates.h"

#include <string.h>

#include "colorlib/bands.h"
#include "colorlib/number.h"

/* One way to write a color. */
struct form {
    const char *prefix;
    double min[3];
    double max[3];
    cmsCIELab (*to_lab)(const double *value, const cmsCIEXYZ *white);
};

static cmsCIELab from_lab(const double *value, const cmsCIEXYZ *white)
{
    (void)white;
    return (cmsCIELab){value[0], value[1], value[2]};
}

static cmsCIELab from_lch(const double *value, const cmsCIEXYZ *white)
{
    (void)white;
    cmsCIELCh lch = {value[0], value[1], value[2]};
    cmsCIELab lab;
    cmsLCh2Lab(&lab, &lch);
    return lab;
}

static cmsCIELab from_xyz(const double *value, const cmsCIEXYZ *white)
{
    cmsCIEXYZ xyz = {value[0] / 100, value[1] / 100, value[2] / 100};
    return colorimetry_lab(&xyz, white);
}

static const struct form forms[] = {
    {"lab:", {0, -200, -200}, {100, 200, 200}, from_lab},
    {"lch:", {0, 0, 0}, {100, 200, 360}, from_lch},
    {"xyz:", {0, 0, 0}, {150, 150, 200}, from_xyz},
};

static const struct form *form_of(const char *argument)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (strncmp(argument, forms[i].prefix, strlen(forms[i].prefix)) == 0)
            return &forms[i];
    return NULL;
}

int color_coordinates_meant(const char *argument)
{
    return argument[0] == '#' || form_of(argument);
}

static enum exit_code refuse(struct failure *failure, const char *argument,
                             const char *reason)
{
    enum exit_code code =
        failure_set(failure, FAILURE_USAGE_VALUE, "color \"%s\" (%s)", argument, reason);
    failure_hint(failure, "%s help colors", SCALPTONE_NAME);
    return code;
}

/* Three numbers between commas, within the limits of the form. */
static int read_numbers(const struct form *form, char *text, double *value)
{
    for (size_t i = 0; i < 3; i++) {
        size_t length = strcspn(text, ",");
        if (number_parse(text, length, &value[i]) != STATUS_OK ||
            value[i] < form->min[i] || value[i] > form->max[i])
            return -1;
        text += length;
        if (i < 2 && *text++ != ',')
            return -1;
    }
    return *text == '\0' ? 0 : -1;
}

/* "/D50/2" behind the numbers: cuts it off and reads it. */
static enum exit_code read_conditions(char *text, struct color *color,
                                      struct failure *failure)
{
    char *illuminant = strchr(text, '/');
    if (!illuminant)
        return EXIT_DONE;
    *illuminant++ = '\0';
    char *observer = strchr(illuminant, '/');
    if (observer)
        *observer++ = '\0';
    enum exit_code code = viewing_illuminant(illuminant, &color->illuminant, failure);
    if (code == EXIT_DONE && observer)
        code = viewing_observer(observer, &color->observer, failure);
    return code;
}

enum { COORDINATES_MAX = 128 };

static enum exit_code parse_form(struct context *context, const struct form *form,
                                 const char *argument, struct color *out)
{
    char text[COORDINATES_MAX];
    double value[3];
    struct weights weights;
    struct failure *failure = &context->failure;
    snprintf(text, sizeof text, "%s", argument + strlen(form->prefix));
    out->illuminant = context->viewing.illuminant[0];
    out->observer = context->viewing.observer;
    enum exit_code code = read_conditions(text, out, failure);
    if (code != EXIT_DONE)
        return code;
    if (read_numbers(form, text, value) != 0)
        return refuse(failure, argument,
                      "three numbers in range, such as 62.4,11.8,17.9");
    code =
        viewing_weights(&bands_grid, &out->illuminant, out->observer, &weights, failure);
    if (code == EXIT_DONE)
        out->lab = form->to_lab(value, &weights.white);
    return code;
}

static int hex_digit(char letter)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = letter ? strchr(digits, letter) : NULL;
    return found ? (int)(found - digits) % 16 : -1;
}

/* Two digits; -1 for anything else. */
static int hex_byte(const char *text)
{
    int high = hex_digit(text[0]);
    int low = high < 0 ? -1 : hex_digit(text[1]);
    return low < 0 ? -1 : 16 * high + low;
}

static enum exit_code parse_hex(struct context *context, const char *argument,
                                struct color *out)
{
    int part[3] = {-1, -1, -1};
    if (strlen(argument) == 7)
        for (size_t i = 0; i < 3; i++)
            part[i] = hex_byte(argument + 1 + 2 * i);
    if (part[0] < 0 || part[1] < 0 || part[2] < 0)
        return refuse(&context->failure, argument, "six hexadecimal digits behind #");
    enum exit_code code = viewing_illuminant("D65", &out->illuminant, &context->failure);
    out->observer = OBSERVER_CIE_1931_2DEG;
    cmsCIEXYZ white =
        colorimetry_srgb_xyz((struct srgb){.red = 255, .green = 255, .blue = 255});
    cmsCIEXYZ xyz = colorimetry_srgb_xyz((struct srgb){
        .red = (uint8_t)part[0], .green = (uint8_t)part[1], .blue = (uint8_t)part[2]});
    out->lab = colorimetry_lab(&xyz, &white);
    return code;
}

enum exit_code color_coordinates_parse(struct context *context, const char *argument,
                                       struct color *out)
{
    if (argument[0] == '#')
        return parse_hex(context, argument, out);
    return parse_form(context, form_of(argument), argument, out);
}
