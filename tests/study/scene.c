/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <ini.h>

#include "tests/study/study.h"

const char *const study_skin_names[STUDY_SKINS] = {"light", "tan", "dark"};
const char *const study_hair_names[STUDY_HAIRS] = {"black", "dark-brown", "brown"};

static enum status complain(const char *what, enum status status)
{
    if (status != STATUS_OK)
        fprintf(stderr, "study: %s: %s\n", what, status_text(status));
    return status;
}

/* The ids of a section of pigment-sets.ini, separated by blanks. */
struct id_list {
    const char *section;
    char ids[512];
};

static int see_key(void *user, const char *section, const char *key, const char *value)
{
    struct id_list *list = user;
    if (strcmp(section, list->section) == 0 && strcmp(key, "pigments") == 0)
        snprintf(list->ids, sizeof list->ids, "%s", value);
    return 1;
}

static enum status read_bottles(const char *section, struct study_scene *scene)
{
    struct id_list list = {.section = section};
    if (ini_parse("profiles/pigment-sets.ini", see_key, &list) != 0 || !list.ids[0])
        return complain(section, STATUS_NOT_FOUND);
    char *rest = NULL;
    for (char *id = strtok_r(list.ids, " \t,", &rest); id;
         id = strtok_r(NULL, " \t,", &rest)) {
        char path[128];
        struct fault fault;
        if (scene->pigment_count == PIGMENT_MAX)
            return complain(section, STATUS_OUT_OF_RANGE);
        snprintf(path, sizeof path, "profiles/pigments/%s.cgats", id);
        struct pigment *pigment = &scene->pigment[scene->pigment_count++];
        enum status status = complain(path, pigment_read(path, pigment, &fault));
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static enum status read_hair(struct study_scene *scene)
{
    struct fault fault;
    for (size_t i = 0; i < STUDY_HAIRS; i++) {
        enum status status = complain(
            study_hair_names[i], hair_read("profiles/hair/hair.ini", study_hair_names[i],
                                           &scene->hair[i], &fault));
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* The lights that match takes unless it is told others. */
static enum status make_weights(struct study_scene *scene)
{
    static const char *const names[] = {"D65", "LED-B3", "A"};
    for (; scene->illuminant_count < sizeof names / sizeof names[0];
         scene->illuminant_count++) {
        struct illuminant illuminant;
        enum status status = illuminant_find(names[scene->illuminant_count], &illuminant);
        if (status == STATUS_OK)
            status = weights_make(&bands_grid, &illuminant, OBSERVER_CIE_1964_10DEG,
                                  &scene->weights[scene->illuminant_count]);
        if (status != STATUS_OK)
            return complain(names[scene->illuminant_count], status);
    }
    return STATUS_OK;
}

enum status study_scene_read(const char *bottles, struct study_scene *out)
{
    struct fault fault;
    out->pigment_count = out->illuminant_count = 0;
    enum status status = read_bottles(bottles, out);
    if (status == STATUS_OK)
        status = read_hair(out);
    if (status == STATUS_OK)
        status = complain("profiles/techniques.ini",
                          technique_read("profiles/techniques.ini", "standard",
                                         &out->technique, &fault));
    return status == STATUS_OK ? make_weights(out) : status;
}
