/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case_look.h"

#include <string.h>

#include "cli/case_members.h"

/* What a reflectance of a document may be, as skin_fit has it. */
static const double reflectance_min = -0.05, reflectance_max = 1.5;

static enum exit_code read_bands(const struct document *document, const char *key,
                                 struct bands *out)
{
    char member[DOCUMENT_KEY_MAX];
    double start, step;
    snprintf(member, sizeof member, "%s.start_nm", key);
    enum exit_code code = document_number(document, member, bands_grid.start_nm,
                                          bands_grid.start_nm, &start);
    snprintf(member, sizeof member, "%s.step_nm", key);
    if (code == EXIT_DONE)
        code = document_number(document, member, bands_grid.step_nm, bands_grid.step_nm,
                               &step);
    snprintf(member, sizeof member, "%s.values", key);
    if (code == EXIT_DONE)
        code = document_numbers(document, member, reflectance_min, reflectance_max,
                                out->value, BAND_COUNT);
    return code;
}

/* -- light --------------------------------------------------------------------------- */

static enum exit_code read_observer(const struct document *document, const char *key,
                                    enum observer *out)
{
    long degrees;
    char text[8];
    enum exit_code code = document_whole(document, key, 2, 10, &degrees);
    if (code != EXIT_DONE)
        return code;
    snprintf(text, sizeof text, "%ld", degrees);
    return viewing_observer(text, out, document->failure) == EXIT_DONE
               ? EXIT_DONE
               : document_refuse(document, key, "2 or 10 is due");
}

/* A light that there is not is the document's fault, not the command line's. */
static enum exit_code find_light(const struct document *document, const char *key,
                                 const char *name, struct illuminant *out)
{
    enum exit_code code = viewing_illuminant(name, out, document->failure);
    return code == EXIT_USAGE ? document_refuse(document, key, "there is no such light")
                              : code;
}

static enum exit_code read_light(const struct document *document, size_t index,
                                 struct viewing *viewing)
{
    char key[DOCUMENT_KEY_MAX], name[ILLUMINANT_NAME_MAX];
    struct illuminant *light = &viewing->illuminant[index];
    snprintf(key, sizeof key, "conditions.illuminants.%zu", index);
    enum exit_code code = document_text(document, key, name, sizeof name);
    if (code == EXIT_DONE)
        code = find_light(document, key, name, light);
    for (size_t i = 0; i < index && code == EXIT_DONE; i++)
        if (strcmp(viewing->illuminant[i].name, light->name) == 0)
            code = document_refuse(document, key, "it is there twice");
    return code;
}

static enum exit_code read_viewing(const struct document *document,
                                   struct viewing *viewing)
{
    if (viewing->origin == VIEWING_GIVEN)
        return EXIT_DONE;
    enum exit_code code =
        read_observer(document, "conditions.observer_deg", &viewing->observer);
    if (code == EXIT_DONE)
        code = document_length(document, "conditions.illuminants", 1, VIEWING_MAX,
                               &viewing->count);
    for (size_t i = 0; i < viewing->count && code == EXIT_DONE; i++)
        code = read_light(document, i, viewing);
    return code;
}

/* -- skin and target ------------------------------------------------------------------
 */

static enum exit_code refuse_skin(const struct document *document, const char *key,
                                  enum status status)
{
    return failure_set(
        document->failure,
        status == STATUS_NO_MEMORY ? FAILURE_SYSTEM_MEMORY : FAILURE_SKIN_FIT,
        "%s: %s: no skin fits (%s)", document->path, key, status_text(status));
}

static enum exit_code fit_spectrum(const struct document *document, struct subject *out)
{
    enum exit_code code =
        document_number(document, "data.skin.sampled_nm", 0.1, 20, &out->step_nm);
    if (code == EXIT_DONE)
        code = read_bands(document, "data.skin.reflectance", &out->bare);
    if (code != EXIT_DONE)
        return code;
    enum status status = skin_fit_sampled(&out->bare, out->step_nm, &out->fit);
    return status == STATUS_OK ? EXIT_DONE
                               : refuse_skin(document, "data.skin.reflectance", status);
}

static enum exit_code fit_color(const struct document *document, struct subject *out)
{
    const char *key = "data.skin.color.illuminant";
    double lab[3];
    struct illuminant light;
    struct weights weights;
    enum exit_code code =
        document_numbers(document, "data.skin.color.lab", -200, 200, lab, 3);
    if (code == EXIT_DONE)
        code = document_text(document, key, out->light, sizeof out->light);
    if (code == EXIT_DONE)
        code = read_observer(document, "data.skin.color.observer_deg", &out->observer);
    if (code == EXIT_DONE)
        code = find_light(document, key, out->light, &light);
    if (code == EXIT_DONE)
        code = viewing_weights(&bands_grid, &light, out->observer, &weights,
                               document->failure);
    if (code != EXIT_DONE)
        return code;
    out->color = (cmsCIELab){lab[0], lab[1], lab[2]};
    enum status status = skin_fit_lab(&out->color, &weights, &out->fit);
    if (status != STATUS_OK)
        return refuse_skin(document, "data.skin.color.lab", status);
    out->bare = out->fit.fitted;
    return EXIT_DONE;
}

static enum exit_code read_skin(const struct document *document, struct subject *out)
{
    bool simulated = false;
    enum exit_code code =
        document_text(document, "data.skin.name", out->label, sizeof out->label);
    if (code == EXIT_DONE)
        code = document_flag(document, "data.skin.simulated", &simulated);
    if (code == EXIT_DONE && document_at(document, "data.skin.aperture_mm"))
        code = document_number(document, "data.skin.aperture_mm", 0.1, 100,
                               &out->aperture_mm);
    if (code != EXIT_DONE)
        return code;
    out->origin = simulated ? SAMPLE_SIMULATED : SAMPLE_MEASURED;
    return document_at(document, "data.skin.color") ? fit_color(document, out)
                                                    : fit_spectrum(document, out);
}

static enum exit_code read_hair(const struct document *document, struct mixing *mixing)
{
    double greying;
    enum exit_code code = document_text(document, "data.target.hair.name",
                                        mixing->hair.name, sizeof mixing->hair.name);
    if (code == EXIT_DONE)
        code = document_members_read(document, "data.target.hair", case_hair_members,
                                     &mixing->hair);
    mixing->greys = document_at(document, "data.target.greying_per_year") != NULL;
    if (code == EXIT_DONE && mixing->greys)
        code =
            document_number(document, "data.target.greying_per_year",
                            STUBBLE_GREYING_PER_YEAR, STUBBLE_GREYING_PER_YEAR, &greying);
    return code;
}

static enum exit_code read_target(const struct document *document, struct mixing *mixing)
{
    char kind[16];
    enum exit_code code = document_text(document, "data.target.kind", kind, sizeof kind);
    if (code == EXIT_DONE)
        code = document_text(document, "data.target.name", mixing->look,
                             sizeof mixing->look);
    if (code == EXIT_DONE)
        code = read_bands(document, "data.target.reflectance", &mixing->problem.target);
    if (code != EXIT_DONE)
        return code;
    if (mixing_goal_find(kind, &mixing->goal) != STATUS_OK)
        return document_refuse(document, "data.target.kind",
                               "\"scan\", \"hair\" or \"surroundings\" is due");
    return mixing->goal == GOAL_HAIR ? read_hair(document, mixing) : EXIT_DONE;
}

/* A virtual instrument is told of once. */
static enum exit_code read_origin(struct context *context,
                                  const struct document *document)
{
    bool simulated;
    enum exit_code code = document_flag(document, "conditions.simulated", &simulated);
    if (code == EXIT_DONE && simulated && !context->simulated) {
        context->simulated = true;
        warn(context, "conditions.simulated", NULL,
             "%s is simulated: a virtual instrument was read",
             strcmp(document->path, "-") == 0 ? "standard input" : document->path);
    }
    return code;
}

enum exit_code case_look_read(struct context *context, const struct document *document,
                              struct mixing *mixing)
{
    enum exit_code code = read_origin(context, document);
    if (code == EXIT_DONE)
        code = read_viewing(document, &context->viewing);
    if (code == EXIT_DONE)
        code = read_skin(document, &mixing->subject);
    return code == EXIT_DONE ? read_target(document, mixing) : code;
}
