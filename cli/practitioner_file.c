/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/practitioner_file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/document.h"
#include "cli/json.h"
#include "cli/private_file.h"
#include "colorlib/text.h"

/* ln(fill x healed) of anything between one part in a million and all of it. */
static const double value_min = -14, value_max = 3;

static const char observations_key[] = "data.observations";
static const char simulated_key[] = "conditions.simulated";

enum { CLIENT_NAME_MAX = 256 };

static enum exit_code check_client(const struct document *document, size_t index)
{
    char key[DOCUMENT_KEY_MAX], name[CLIENT_NAME_MAX];
    snprintf(key, sizeof key, "%s.%zu.client", observations_key, index);
    return document_text(document, key, name, sizeof name);
}

static enum exit_code learn(const struct document *document, struct practitioner *out)
{
    size_t count = 0;
    struct practitioner practitioner = practitioner_unknown;
    enum exit_code code =
        document_length(document, observations_key, 0, PRACTITIONER_CLIENTS_MAX, &count);
    for (size_t i = 0; code == EXIT_DONE && i < count; i++) {
        char key[DOCUMENT_KEY_MAX];
        double value = 0;
        snprintf(key, sizeof key, "%s.%zu.ln_fill_healed", observations_key, i);
        code = check_client(document, i);
        if (code == EXIT_DONE)
            code = document_number(document, key, value_min, value_max, &value);
        if (code == EXIT_DONE)
            practitioner_learn(&practitioner, value);
    }
    if (code == EXIT_DONE)
        *out = practitioner;
    return code;
}

enum exit_code practitioner_file_read(struct context *context, const char *path,
                                      struct practitioner *out)
{
    bool simulated = false;
    struct document document = {0};
    enum exit_code code = document_open(context, path, "practitioner", &document);
    if (code == EXIT_DONE)
        code = document_flag(&document, simulated_key, &simulated);
    if (code == EXIT_DONE)
        code = learn(&document, out);
    document_close(&document);
    if (code == EXIT_DONE && simulated && !context->simulated) {
        context->simulated = true;
        warn(context, "conditions.simulated", NULL,
             "%s is simulated: it is the experience of made-up clients", path);
    }
    return code;
}

/* The last part of a folder's full path, so that "." and "C-1/" name C-1. */
static enum exit_code client_name(struct context *context, const char *folder, char *name)
{
    char *full = realpath(folder, NULL);
    const char *slash = full ? strrchr(full, '/') : NULL;
    const char *last = slash ? slash + 1 : folder;
    bool usable = last[0] && strlen(last) < CLIENT_NAME_MAX && text_is_printable(last);
    snprintf(name, CLIENT_NAME_MAX, "%s", usable ? last : "");
    free(full);
    return usable ? EXIT_DONE
                  : failure_set(&context->failure, FAILURE_USAGE_VALUE,
                                "the folder's name cannot stand for a client");
}

/* The place of a client's observation, or the place behind the last. */
static size_t place_of(const json_t *observations, const char *name)
{
    size_t i = 0;
    for (; i < json_array_size(observations); i++) {
        const char *client =
            json_string_value(json_object_get(json_array_get(observations, i), "client"));
        if (client && strcmp(client, name) == 0)
            break;
    }
    return i;
}

static void put(json_t *observations, const char *name,
                const struct practitioner_observation *observation)
{
    json_t *entry = json_object();
    json_set(entry, "client", json_text(name));
    json_set(entry, "ln_fill_healed", json_number(observation->value));
    json_set(entry, "sd", json_number(observation->sd));
    size_t place = place_of(observations, name);
    if (place < json_array_size(observations))
        json_array_set_new(observations, place, entry);
    else
        json_array_append_new(observations, entry);
}

/* The file as it is, or a new document; to be closed. */
static enum exit_code open_or_begin(struct context *context, const char *path,
                                    struct document *out)
{
    if (strcmp(path, "-") == 0)
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "--practitioner - (what is learned is kept in a file)");
    if (access(path, F_OK) == 0)
        return document_open(context, path, "practitioner", out);
    json_t *data = json_object();
    json_set(data, "observations", json_array());
    *out = (struct document){
        .path = path,
        .root = json_document(context, "practitioner",
                              json_pack("{s:b}", "simulated", context->simulated), data),
        .failure = &context->failure};
    return out->root
               ? EXIT_DONE
               : failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
}

/* What is simulated must not pass for experience with clients. */
static enum exit_code check_origin(struct context *context,
                                   const struct document *document)
{
    bool simulated = false;
    enum exit_code code = document_flag(document, simulated_key, &simulated);
    if (code != EXIT_DONE || simulated || !context->simulated)
        return code;
    code = failure_set(&context->failure, FAILURE_CONDITIONS_SIMULATED,
                       "the client is simulated, and %s is of measured ones",
                       document->path);
    failure_hint(&context->failure, "another --practitioner FILE for simulated clients");
    return code;
}

static enum exit_code write_back(struct context *context, const struct document *document)
{
    char *text = json_dumps(document->root, JSON_DUMP_FLAGS);
    enum exit_code code =
        text ? private_file_write(document->path, text, strlen(text), OUTPUT_REPLACE,
                                  &context->failure)
             : failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    free(text);
    return code;
}

enum exit_code practitioner_file_keep(struct context *context, const char *path,
                                      const char *folder,
                                      const struct practitioner_observation *observation,
                                      struct practitioner *out)
{
    char name[CLIENT_NAME_MAX];
    struct document document = {0};
    struct practitioner learned;
    enum exit_code code = client_name(context, folder, name);
    if (code == EXIT_DONE)
        code = open_or_begin(context, path, &document);
    if (code == EXIT_DONE)
        code = check_origin(context, &document);
    if (code == EXIT_DONE)
        code = learn(&document, &learned);
    if (code == EXIT_DONE) {
        json_t *data = json_object_get(document.root, "data");
        put(json_object_get(data, "observations"), name, observation);
        code = learn(&document, &learned);
    }
    if (code == EXIT_DONE)
        code = write_back(context, &document);
    document_close(&document);
    if (code == EXIT_DONE)
        *out = learned;
    return code;
}
