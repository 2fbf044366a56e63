/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/peer_problem.h"

#include <stdio.h>

#include <jansson.h>

enum { PATH_SIZE = 4096 };

static json_t *load(const char *folder, const char *name)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
}

static bool take_numbers(const json_t *array, size_t count, double *out)
{
    if (json_array_size(array) != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const json_t *number = json_array_get(array, i);
        if (!json_is_number(number))
            return false;
        out[i] = json_number_value(number);
    }
    return true;
}

static bool take_paint(const json_t *object, struct colorant *out)
{
    return take_numbers(json_object_get(object, "K"), BAND_COUNT, out->K.value) &&
           take_numbers(json_object_get(object, "S"), BAND_COUNT, out->S.value);
}

static bool take_catalogue(const json_t *root, struct peer_problem *out)
{
    const json_t *pigments = json_object_get(root, "pigments");
    if (!take_paint(json_object_get(root, "diluent"), &out->diluent) ||
        json_array_size(pigments) != PEER_PIGMENTS)
        return false;
    out->pigment_count = PEER_PIGMENTS;
    for (size_t i = 0; i < PEER_PIGMENTS; i++)
        if (!take_paint(json_array_get(pigments, i), &out->pigment[i]))
            return false;
    return true;
}

/* A heading, a line for each band, and the white, on the scale Y = 100. */
static bool take_weights(FILE *stream, struct weights *out)
{
    char heading[512];
    if (!fgets(heading, sizeof heading, stream))
        return false;
    out->grid = bands_grid;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double nm, x, y, z;
        if (fscanf(stream, "%lf,%lf,%lf,%lf%*[^\n]", &nm, &x, &y, &z) != 4 ||
            nm != bands_wavelength_nm(i))
            return false;
        out->x[i] = x / 100;
        out->y[i] = y / 100;
        out->z[i] = z / 100;
    }
    cmsCIEXYZ *white = &out->white;
    if (fscanf(stream, " white,%lf,%lf,%lf", &white->X, &white->Y, &white->Z) != 3)
        return false;
    *white = (cmsCIEXYZ){white->X / 100, white->Y / 100, white->Z / 100};
    return true;
}

static enum status read_weights(const char *folder, struct weights *out)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/cie_weights_31.csv", folder);
    FILE *stream = fopen(path, "r");
    if (!stream)
        return STATUS_NOT_FOUND;
    bool taken = take_weights(stream, out);
    fclose(stream);
    return taken ? STATUS_OK : STATUS_BAD_DATA;
}

enum status peer_problem_read(const char *folder, struct peer_problem *out)
{
    struct peer_problem problem = {.subset_max = 3, .drops_max = 20};
    enum status status = read_weights(folder, &problem.weights);
    if (status != STATUS_OK)
        return status;
    json_t *root = load(folder, "catalogue.json");
    bool taken = root && take_catalogue(root, &problem);
    json_decref(root);
    if (taken)
        *out = problem;
    return taken ? STATUS_OK : STATUS_BAD_DATA;
}

void peer_problem_add_mixes(struct peer_problem *problem, size_t count)
{
    for (size_t i = problem->pigment_count; i < count; i++) {
        const struct colorant *pair = &problem->pigment[2 * (i - PEER_PIGMENTS)];
        struct colorant *mix = &problem->pigment[i];
        for (size_t band = 0; band < BAND_COUNT; band++) {
            mix->K.value[band] = (pair[0].K.value[band] + pair[1].K.value[band]) / 2;
            mix->S.value[band] = (pair[0].S.value[band] + pair[1].S.value[band]) / 2;
        }
    }
    problem->pigment_count = count;
}

static bool take_targets(const json_t *root, cmsCIELab out[static PEER_TARGETS])
{
    const json_t *targets = json_object_get(root, "targets");
    if (json_array_size(targets) != PEER_TARGETS)
        return false;
    for (size_t i = 0; i < PEER_TARGETS; i++) {
        double lab[3];
        if (!take_numbers(json_object_get(json_array_get(targets, i), "Lab"), 3, lab))
            return false;
        out[i] = (cmsCIELab){lab[0], lab[1], lab[2]};
    }
    return true;
}

enum status peer_targets_read(const char *folder, size_t pigments,
                              cmsCIELab out[static PEER_TARGETS])
{
    char name[32];
    snprintf(name, sizeof name, "targets_%zu.json", pigments);
    json_t *root = load(folder, name);
    if (!root)
        return STATUS_NOT_FOUND;
    cmsCIELab lab[PEER_TARGETS];
    bool taken = take_targets(root, lab);
    json_decref(root);
    for (size_t i = 0; taken && i < PEER_TARGETS; i++)
        out[i] = lab[i];
    return taken ? STATUS_OK : STATUS_BAD_DATA;
}
