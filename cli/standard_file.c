/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/standard_file.h"

#include <string.h>

#include "cli/json.h"

static const char *const methods[] = {
    [BATCH_HIDES] = "opaque", [BATCH_FILM] = "film", [BATCH_PAIR] = "film pair"};

const char *standard_method_text(enum batch_method method)
{
    return methods[method];
}

enum exit_code standard_color(struct context *context, const struct standard *standard,
                              struct standard_color *out)
{
    struct weights weights;
    struct bands mean;
    const struct drawdowns *readings = &standard->readings;
    enum exit_code code =
        viewing_weights(&bands_grid, &context->viewing.illuminant[0],
                        context->viewing.observer, &weights, &context->failure);
    if (code != EXIT_DONE)
        return code;
    drawdowns_group_mean(readings, BATCH_COLOR, &mean);
    out->lab = colorimetry_reflectance_lab(&weights, mean.value);
    out->spread_de00 = 0;
    for (size_t k = 0; k < readings->count[BATCH_COLOR]; k++)
        out->spread_de00 +=
            difference_ciede2000(out->lab,
                                 colorimetry_reflectance_lab(
                                     &weights, readings->reading[BATCH_COLOR][k].value)) /
            (double)readings->count[BATCH_COLOR];
    return EXIT_DONE;
}

json_t *standard_json(const struct standard *standard)
{
    const struct batch_setup *setup = &standard->setup;
    json_t *object = json_object();
    json_set(object, "name", json_text(standard->name));
    json_set(object, "lot", json_text(standard->lot));
    json_set(object, "method", json_string(methods[setup->method]));
    json_set(object, "concentration", json_number(setup->concentration));
    json_set(object, "surface",
             json_pack("{s:f, s:f}", "external", setup->view.surface.external, "internal",
                       setup->view.surface.internal));
    json_set(object, "white", bands_json(&setup->white));
    if (setup->method != BATCH_HIDES) {
        json_set(object, "thickness_um", json_number(1000 * setup->thickness_mm));
        json_set(object, "backing_light", bands_json(&setup->card.light));
        json_set(object, "backing_dark", bands_json(&setup->card.dark));
    }
    json_set(object, "readings", drawdowns_json(&standard->readings));
    return object;
}

/* -- reading ------------------------------------------------------------------------- */

static enum exit_code method_from(const struct document *document, const char *key,
                                  enum batch_method *out)
{
    char text[16];
    enum exit_code code = document_text(document, key, text, sizeof text);
    for (size_t m = 0; m < sizeof methods / sizeof methods[0] && code == EXIT_DONE; m++)
        if (strcmp(text, methods[m]) == 0) {
            *out = (enum batch_method)m;
            return EXIT_DONE;
        }
    return code == EXIT_DONE ? document_refuse(document, key, "no such method") : code;
}

static enum exit_code film_from(const struct document *document, const char *key,
                                struct batch_setup *out)
{
    double thickness_um = 0;
    enum exit_code code = document_number(
        document, document_key(key, "thickness_um").text, 1, 5000, &thickness_um);
    if (code == EXIT_DONE)
        code = bands_from(document, document_key(key, "backing_light").text,
                          &out->card.light);
    if (code == EXIT_DONE)
        code =
            bands_from(document, document_key(key, "backing_dark").text, &out->card.dark);
    out->thickness_mm = thickness_um / 1000;
    return code;
}

static enum exit_code setup_from(const struct document *document, const char *key,
                                 struct batch_setup *out)
{
    struct surface *surface = &out->view.surface;
    enum exit_code code =
        method_from(document, document_key(key, "method").text, &out->method);
    if (code == EXIT_DONE)
        code = document_number(document, document_key(key, "concentration").text, 1e-5, 1,
                               &out->concentration);
    if (code == EXIT_DONE)
        code = document_number(document, document_key(key, "surface.external").text, 0,
                               0.2, &surface->external);
    if (code == EXIT_DONE)
        code = document_number(document, document_key(key, "surface.internal").text, 0,
                               0.9, &surface->internal);
    if (code == EXIT_DONE)
        code = bands_from(document, document_key(key, "white").text, &out->white);
    if (code == EXIT_DONE && out->method != BATCH_HIDES)
        code = film_from(document, key, out);
    return code;
}

enum exit_code standard_from(const struct document *document, const char *key,
                             struct standard *out)
{
    enum exit_code code = document_text(document, document_key(key, "name").text,
                                        out->name, sizeof out->name);
    if (code == EXIT_DONE)
        code = document_text(document, document_key(key, "lot").text, out->lot,
                             sizeof out->lot);
    if (code == EXIT_DONE)
        code = setup_from(document, key, &out->setup);
    if (code == EXIT_DONE)
        code =
            drawdowns_from(document, document_key(key, "readings").text, &out->readings);
    if (code != EXIT_DONE)
        return code;
    if (out->setup.method == BATCH_PAIR && out->readings.count[BATCH_DARK] == 0)
        return document_refuse(document, document_key(key, "readings.dark").text,
                               "readings over the dark backing are due");
    out->setup.view.specular = out->readings.measured.specular == SAMPLE_SPECULAR_IN
                                   ? SURFACE_SPECULAR_INCLUDED
                                   : SURFACE_SPECULAR_EXCLUDED;
    return EXIT_DONE;
}

enum exit_code standard_read(struct context *context, const char *path,
                             struct standard *out)
{
    struct document document;
    enum exit_code code = document_open(context, path, "standard", &document);
    if (code != EXIT_DONE)
        return code;
    code = standard_from(&document, "data", out);
    document_close(&document);
    if (code == EXIT_DONE && out->readings.measured.conditions.origin == SAMPLE_SIMULATED)
        context->simulated = true;
    return code;
}
