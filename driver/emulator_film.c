/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawdowns that the head may be held to: a bottle's liquid, diluted, in a cell with
 * glass before it and a white or a black tile behind. */
#include "driver/emulator_parts.h"

#include <math.h>
#include <string.h>

static const char *const liquids[] = {
    "carbon",    "cool-grey",      "dark-brown", "neutral",
    "red-oxide", "titanium-white", "warm-brown", "yellow-oxide",
};
enum { LIQUIDS = sizeof liquids / sizeof liquids[0] };

/* Columns: the wavelength, then K and S of each liquid, per mm. */
static const double coefficients[EMULATOR_BANDS][1 + 2 * LIQUIDS] = {
#include "driver/data/liquids.inc" /* made from the .csv */
};

/* Glass of index 1.5 in air: reflection of the light entering, by Fresnel, and of the
 * diffuse light leaving (Saunderson, J. Opt. Soc. Am. 32 (1942) 727). */
static const double entering = 0.04;
static const double leaving = 0.596;

/* The tiles behind the glass, internal reflectance. [assumption] */
static const double white_tile = 0.90;
static const double black_tile = 0.03;

static const double thickness_most_um = 10000;

int emulator_liquid_find(const char *name)
{
    for (int i = 0; i < LIQUIDS; i++)
        if (strcmp(liquids[i], name) == 0)
            return i;
    return -1;
}

/* -- what is poured ---------------------------------------------------------------- */

/* A number with at most one point at *text, which is moved behind it; -1 for none. */
static double take_number(const char **text)
{
    double number = 0, unit = 1;
    int behind = 0, digits = 0;
    for (;; ++*text) {
        if (**text == '.' && !behind) {
            behind = 1;
            continue;
        }
        if (**text < '0' || **text > '9' || digits == 15)
            return digits ? number / unit : -1;
        number = 10 * number + (**text - '0');
        unit *= behind ? 10 : 1;
        digits++;
    }
}

/* The word at *text, which is moved behind it and the blanks that follow. */
static int take_word(const char **text, const char *word)
{
    size_t size = strlen(word);
    if (strncmp(*text, word, size) != 0)
        return 0;
    *text += size;
    *text += strspn(*text, " ");
    return 1;
}

int emulator_film_parse(const char *text, struct emulator_film *out)
{
    struct emulator_film film = {.share = 0};
    film.over_white = take_word(&text, "white");
    if (!film.over_white && !take_word(&text, "black"))
        return 0;
    if (take_word(&text, "bare")) {
        *out = film;
        return *text == '\0';
    }
    if (!take_word(&text, "1:"))
        return 0;
    double water = take_number(&text);
    text += strspn(text, " ");
    film.thickness_mm = take_number(&text) / 1000;
    if (water < 0 || !(film.thickness_mm > 0) ||
        film.thickness_mm > thickness_most_um / 1000 || strcmp(text, "um") != 0)
        return 0;
    film.share = 1 / (1 + water);
    *out = film;
    return 1;
}

int emulator_is_drawdown(const char *site)
{
    struct emulator_film film;
    return emulator_film_parse(site, &film);
}

/* -- how it looks ------------------------------------------------------------------ */

/* Internal reflectance of a layer upon a ground: Kubelka, J. Opt. Soc. Am. 38 (1948)
 * 448. */
static double over(double K, double S, double thickness_mm, double ground)
{
    if (S <= 0)
        return ground * exp(-2 * K * thickness_mm);
    double a = 1 + K / S, b = sqrt(a * a - 1), x = b * S * thickness_mm;
    if (x < 1e-9) /* it absorbs nothing, or there is none of it */
        return (ground + (1 - ground) * S * thickness_mm) /
               (1 + (1 - ground) * S * thickness_mm);
    double fall = exp(-2 * x), b_coth = b * (1 + fall) / (1 - fall);
    return (1 - ground * (a - b_coth)) / (a - ground + b_coth);
}

void emulator_film_reflectance(const struct emulator_settings *settings,
                               const struct emulator_film *film,
                               double sci[EMULATOR_BANDS], double sce[EMULATOR_BANDS])
{
    size_t liquid = (size_t)settings->bottle;
    double share = film->share * settings->strength;
    double ground = film->over_white ? white_tile : black_tile;
    for (size_t i = 0; i < EMULATOR_BANDS; i++) {
        double inner =
            over(share * coefficients[i][1 + 2 * liquid],
                 share * coefficients[i][2 + 2 * liquid], film->thickness_mm, ground);
        sce[i] = (1 - entering) * (1 - leaving) * inner / (1 - leaving * inner);
        sci[i] = entering + sce[i];
    }
}
