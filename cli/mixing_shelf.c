/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/mixing_shelf.h"

#include <stdlib.h>
#include <string.h>

#include "colorlib/array.h"

static void forget(struct mixing_shelf_entry *entry)
{
    json_decref(entry->warnings);
    free(entry->bytes);
    *entry = (struct mixing_shelf_entry){0};
}

static bool is_of(const struct mixing_shelf_entry *entry,
                  const struct mixing_shelf_key *key, const struct context *context)
{
    return entry->bytes && entry->key_size == key->size &&
           entry->simulated_before == context->simulated &&
           memcmp(entry->bytes, key->bytes, key->size) == 0;
}

static bool take(struct mixing_shelf_entry *entry, const struct mixing_shelf_key *key,
                 struct context *context, void *value, size_t size)
{
    if (entry->value_size != size || !is_of(entry, key, context))
        return false;
    memcpy(value, entry->bytes + key->size, size);
    json_array_extend(context->warnings, entry->warnings);
    context->simulated = entry->simulated_after;
    return true;
}

/* Those of the context from a place on; NULL without memory. */
static json_t *warnings_from(const struct context *context, size_t first)
{
    json_t *warnings = json_array();
    for (size_t i = first; i < json_array_size(context->warnings); i++)
        json_array_append(warnings, json_array_get(context->warnings, i));
    return warnings;
}

/* Takes the warnings over; false without memory. */
static bool keep(struct mixing_shelf_entry *entry, const struct mixing_shelf_key *key,
                 json_t *warnings, const void *value, size_t size)
{
    unsigned char *bytes =
        array_reserve(entry->bytes, &entry->capacity, key->size + size, 1);
    json_decref(entry->warnings);
    entry->warnings = warnings;
    if (!bytes)
        return false;
    entry->bytes = bytes;
    if (!warnings)
        return false;
    memcpy(bytes, key->bytes, key->size);
    memcpy(bytes + key->size, value, size);
    entry->key_size = key->size;
    entry->value_size = size;
    return true;
}

enum exit_code mixing_shelf_read(struct mixing_shelf *shelf,
                                 const struct mixing_shelf_key *key,
                                 struct context *context,
                                 enum exit_code (*read)(struct context *context,
                                                        const void *source, void *out),
                                 const void *source, void *out, size_t size)
{
    if (!shelf)
        return read(context, source, out);
    struct mixing_shelf_entry *entry = &shelf->entry[key->kind];
    if (take(entry, key, context, out, size))
        return EXIT_DONE;
    size_t told = json_array_size(context->warnings);
    bool simulated = context->simulated;
    enum exit_code code = read(context, source, out);
    if (code != EXIT_DONE)
        return code;
    entry->simulated_before = simulated;
    entry->simulated_after = context->simulated;
    if (!keep(entry, key, warnings_from(context, told), out, size))
        forget(entry);
    return EXIT_DONE;
}

void mixing_shelf_free(struct mixing_shelf *shelf)
{
    for (size_t kind = 0; kind < MIXING_SHELF_KINDS; kind++)
        forget(&shelf->entry[kind]);
}
