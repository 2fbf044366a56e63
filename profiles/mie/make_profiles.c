/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes the generic profiles anew: make_profiles alone lists them as paths under
 * profiles/ without their ending, make_profiles PATH prints the one file. `make profiles`
 * does all.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "colorlib/skin.h"
#include "profiles/mie/liquid.h"

static const double drop_ml = 0.04; /* of a pigment bottle's usual dropper */

/* CGATS.17 asks that words not its own are declared. */
static void print_keyword(const char *word, const char *value)
{
    printf("KEYWORD \"%s\"\n%s \"%s\"\n", word, word, value);
}

static void print_keyword_number(const char *word, double value)
{
    printf("KEYWORD \"%s\"\n%s %.4g\n", word, word, value);
}

static void print_row(const char *quantity, const struct bands *bands)
{
    printf("\"%s\" \"%s\"", quantity, quantity);
    for (size_t i = 0; i < BAND_COUNT; i++)
        printf(" %.5g", bands->value[i]);
    printf("\n");
}

/* The data format: SAMPLE_ID, one more field, and a column a band. */
static void print_fields(const char *field, const char *band_prefix)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        printf("KEYWORD \"%s%.0f\"\n", band_prefix, bands_wavelength_nm(i));
    printf("NUMBER_OF_FIELDS %d\nBEGIN_DATA_FORMAT\nSAMPLE_ID %s", BAND_COUNT + 2, field);
    for (size_t i = 0; i < BAND_COUNT; i++)
        printf(" %s%.0f", band_prefix, bands_wavelength_nm(i));
    printf("\nEND_DATA_FORMAT\n");
}

static void print_coefficients(const struct liquid *liquid)
{
    printf("KEYWORD \"SMP_QUANTITY\"\n");
    print_fields("SMP_QUANTITY", "KS_");
    printf("NUMBER_OF_SETS 2\nBEGIN_DATA\n");
    print_row("K", &liquid->K);
    print_row("S", &liquid->S);
    printf("END_DATA\n");
}

static void print_start(const char *descriptor)
{
    printf("CGATS.17\n\nORIGINATOR \"scalptone, make profiles\"\nDESCRIPTOR \"%s\"\n\n",
           descriptor);
}

static void print_pigment_header(const struct liquid_text *text, const char *ci,
                                 const struct liquid *liquid)
{
    print_keyword("SMP_FORMAT", "pigment/1");
    print_keyword("SMP_ID", text->id);
    print_keyword("SMP_NAME", text->name);
    print_keyword("SMP_LOT", "generic");
    print_keyword("SMP_ORIGIN", "model");
    print_keyword("SMP_CLASS", fade_class_name(liquid->class));
    print_keyword("SMP_CI", ci);
    print_keyword_number("SMP_DENSITY_G_ML", liquid->density_g_per_ml);
    print_keyword_number("SMP_DROP_ML", drop_ml);
}

static const char common_notes[] =
    "# K and S are two-flux coefficients of the undiluted liquid, per mm.\n"
    "# A drop of 0.04 ml is usual for pigment (0.03-0.05); weigh twenty of yours.\n"
    "# No bottle on sale was measured for this file: calibrate your own. It says\n"
    "#   nothing about impurities and allergens: read the label.\n\n";

static const char premix_notes[] =
    "# The class is that of the pigment that absorbs most; the fade rates are the\n"
    "#   components' means weighted by their absorption (sum of K over the bands).\n"
    "#   A premix is one liquid to the model, which so loses that its parts leave\n"
    "#   the skin at different rates.\n";

static void print_single(const struct liquid_single *single)
{
    struct liquid liquid;
    liquid_make_single(single, &liquid);
    print_start(single->text.name);
    printf("%s%s", single->text.origin, common_notes);
    print_pigment_header(&single->text, single->ci, &liquid);
    print_coefficients(&liquid);
}

static void print_composition(const struct liquid_premix *premix)
{
    printf("# Volume fractions of the generic bottles of this set [assumption]:\n#  ");
    double water = 1;
    for (size_t i = 0; i < LIQUID_SINGLES; i++) {
        water -= premix->fraction[i];
        if (premix->fraction[i] > 0)
            printf(" %s %g,", liquid_singles[i].text.id, premix->fraction[i]);
    }
    printf(" water %g.\n", water);
}

static void print_premix(const struct liquid_premix *premix)
{
    struct liquid liquid;
    liquid_make_premix(premix, &liquid);
    char ci[64] = "";
    for (size_t i = 0; i < LIQUID_SINGLES; i++) {
        if (premix->fraction[i] > 0) {
            strcat(ci, ci[0] ? " " : "");
            strcat(ci, liquid_singles[i].ci);
        }
    }
    print_start(premix->text.name);
    printf("%s", premix->text.origin);
    print_composition(premix);
    printf("%s%s", premix_notes, common_notes);
    print_pigment_header(&premix->text, ci, &liquid);
    print_keyword_number("SMP_FADE_H", liquid.fade.healed_fraction);
    print_keyword_number("SMP_FADE_K_BIO", liquid.fade.biological_per_year);
    print_keyword_number("SMP_FADE_K_UV", liquid.fade.ultraviolet_per_year);
    print_coefficients(&liquid);
}

struct client {
    const char *id;
    const char *sample;
    const char *name;
    enum skin_reference reference;
};

static const struct client clients[] = {
    {"client-a", "A1", "client A, light scalp", SKIN_LIGHT},
    {"client-b", "B1", "client B, tan scalp", SKIN_TAN},
    {"client-c", "C1", "client C, dark scalp", SKIN_DARK},
};

enum { CLIENTS = sizeof clients / sizeof clients[0] };

static void print_parameters(const struct skin_parameters *p)
{
    printf("# Model of a reference client, not measured: bare scalp by the skin model\n"
           "#   of colorlib/skin.c [computed], its parameters [assumption]:\n");
    printf("#   melanosomes %g of the epidermis's volume, blood %g of the dermis's,\n",
           p->melanosome_fraction, p->blood_fraction);
    printf("#   oxygen saturation %g, reduced scattering %g mm^-1 at 500 nm and\n",
           p->oxygen_saturation, p->scattering_per_mm);
    printf("#   falling with power %g, surface haze %g, other yellow matter %g.\n",
           p->scattering_power, p->haze, p->yellow_per_mm);
    printf("# Reflectance factor in percent, specular excluded.\n\n");
}

static void print_client(const struct client *client)
{
    struct skin_parameters parameters = skin_reference_parameters(client->reference);
    struct skin skin;
    struct bands reflectance;
    skin_from_parameters(&parameters, &skin);
    skin_bare(&skin, &reflectance);

    print_start(client->name);
    print_parameters(&parameters);
    printf("MEASUREMENT_GEOMETRY \"d/8\"\n");
    print_keyword("SMP_SPECULAR", "SCE");
    print_keyword_number("SPECTRAL_BANDS", BAND_COUNT);
    print_keyword_number("SPECTRAL_START_NM", bands_wavelength_nm(0));
    print_keyword_number("SPECTRAL_END_NM", bands_wavelength_nm(BAND_COUNT - 1));
    printf("KEYWORD \"SAMPLE_NAME\"\n");
    print_fields("SAMPLE_NAME", "SPEC_");
    printf("NUMBER_OF_SETS 1\nBEGIN_DATA\n\"%s\" \"%s\"", client->sample, client->name);
    for (size_t i = 0; i < BAND_COUNT; i++)
        printf(" %.6g", 100 * reflectance.value[i]);
    printf("\nEND_DATA\n");
}

static void list(void)
{
    for (size_t i = 0; i < CLIENTS; i++)
        printf("skin/%s\n", clients[i].id);
    for (size_t i = 0; i < LIQUID_SINGLES; i++)
        printf("pigments/%s\n", liquid_singles[i].text.id);
    for (size_t i = 0; i < LIQUID_PREMIXES; i++)
        printf("pigments/%s\n", liquid_premixes[i].text.id);
}

/* False when no profile has that path. */
static bool print_profile(const char *path)
{
    const char *slash = strchr(path, '/');
    const char *id = slash ? slash + 1 : path;
    for (size_t i = 0; i < LIQUID_SINGLES; i++) {
        if (strcmp(id, liquid_singles[i].text.id) == 0) {
            print_single(&liquid_singles[i]);
            return true;
        }
    }
    for (size_t i = 0; i < LIQUID_PREMIXES; i++) {
        if (strcmp(id, liquid_premixes[i].text.id) == 0) {
            print_premix(&liquid_premixes[i]);
            return true;
        }
    }
    for (size_t i = 0; i < CLIENTS; i++) {
        if (strcmp(id, clients[i].id) == 0) {
            print_client(&clients[i]);
            return true;
        }
    }
    return false;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        list();
    } else if (!print_profile(argv[1])) {
        fprintf(stderr, "make_profiles: no profile %s\n", argv[1]);
        return 1;
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
