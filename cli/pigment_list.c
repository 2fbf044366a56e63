/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pigment list: which bottles there are, and how well each is known. */
#include "cli/commands.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/pigment_json.h"
#include "cli/profile_path.h"
#include "cli/quantity.h"
#include "cli/table.h"
#include "colorlib/pigment_fields.h"
#include "colorlib/text.h"

static const struct argument_spec arguments[] = {
    {"FOLDER", "of profiles; default pigments in the profile folder"},
    {0},
};

/* The list while it grows: rows of a table or items of a document. */
struct listing {
    struct context *context;
    struct table *table;
    enum status failed;
    json_t *pigments;
};

static void add_row(struct listing *listing, const struct pigment *pigment)
{
    const struct context *context = listing->context;
    const char *dash = context->mode == MODE_PLAIN ? "-" : context->terminal.signs->dash;
    struct table *table = listing->table;
    char most[RATIO_TEXT_MAX];
    listing->failed = table_row(table);
    if (listing->failed != STATUS_OK)
        return;
    quantity_ratio_text(pigment->dilution_max, most);
    enum status failed = table_cell(table, 0, "%s", pigment->id);
    failed |= table_cell(table, 1, "%s", pigment->lot[0] ? pigment->lot : dash);
    failed |= table_cell(table, 2, "%s%s", pigment_origin_name(pigment->origin),
                         pigment->simulated ? ", simulated" : "");
    failed |= table_cell(table, 3, "%s", pigment->dilution_max > 0 ? most : dash);
    failed |= pigment->level_out_de00 > 0
                  ? table_cell(table, 4, "%.2f", pigment->level_out_de00)
                  : table_cell(table, 4, "%s", dash);
    failed |= table_cell(table, 5, "%s", fade_class_name(pigment->class));
    failed |= table_cell(table, 6, "%s", pigment->name);
    listing->failed = failed;
}

static enum exit_code add_file(struct listing *listing, const char *folder,
                               const char *name)
{
    char path[PROFILE_PATH_MAX];
    struct pigment pigment;
    struct fault fault = {0};
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return failure_set(&listing->context->failure, FAILURE_FILE_READ,
                           "%s: the path is too long", folder);
    enum status status = pigment_read(path, &pigment, &fault);
    if (status != STATUS_OK)
        return failure_from_file(&listing->context->failure, path, status, &fault);
    if (listing->table)
        add_row(listing, &pigment);
    else
        json_array_append_new(listing->pigments, pigment_json(&pigment));
    return EXIT_DONE;
}

static int is_profile(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && text_ends_in(entry->d_name, ".cgats");
}

static enum exit_code add_folder(struct listing *listing, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_profile, alphasort);
    if (count < 0)
        return failure_set(&listing->context->failure,
                           errno == ENOENT || errno == ENOTDIR ? FAILURE_FILE_MISSING
                                                               : FAILURE_FILE_READ,
                           "%s: %s", folder, strerror(errno));
    enum exit_code code = EXIT_DONE;
    for (int i = 0; i < count; i++) {
        if (code == EXIT_DONE && listing->failed == STATUS_OK)
            code = add_file(listing, folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return code;
}

static enum exit_code find_folder(struct context *context, char *path)
{
    if (context->invocation.argument_count == 0)
        return profile_path(context, "pigments", path);
    snprintf(path, PROFILE_PATH_MAX, "%s", context->invocation.arguments[0]);
    return EXIT_DONE;
}

static enum exit_code list_json(struct context *context, const char *folder)
{
    struct listing listing = {.context = context, .pigments = json_array()};
    enum exit_code code = add_folder(&listing, folder);
    if (code != EXIT_DONE) {
        json_decref(listing.pigments);
        return code;
    }
    return json_print(context, "list", json_conditions(context, NULL),
                      json_pack("{s:o}", "pigments", listing.pigments));
}

static enum exit_code list_table(struct context *context, const char *folder)
{
    static const struct table_column columns[] = {
        {"id", TABLE_LEFT, TABLE_ALWAYS},
        {"lot", TABLE_LEFT, TABLE_ALWAYS},
        {"K, S from", TABLE_LEFT, TABLE_ALWAYS},
        {"proved to", TABLE_RIGHT, 1},
        {"left out", TABLE_RIGHT, 1},
        {"fades as", TABLE_LEFT, 2},
        {"name", TABLE_LEFT, 3},
    };
    struct listing listing = {.context = context};
    listing.failed =
        table_make(columns, sizeof columns / sizeof columns[0], &listing.table);
    enum exit_code code = EXIT_DONE;
    if (listing.failed == STATUS_OK)
        code = add_folder(&listing, folder);
    if (code == EXIT_DONE)
        return table_finish(context, listing.table, listing.failed);
    table_free(listing.table);
    return code;
}

static enum exit_code run(struct context *context)
{
    char folder[PROFILE_PATH_MAX];
    enum exit_code code = find_folder(context, folder);
    if (code != EXIT_DONE)
        return code;
    return context->mode == MODE_JSON ? list_json(context, folder)
                                      : list_table(context, folder);
}

const struct command pigment_list_command = {
    .name = "pigment list",
    .summary = "The pigments of a folder, and how well each is known.",
    .usage = "[FOLDER]",
    .arguments = arguments,
    .arguments_min = 0,
    .arguments_max = 1,
    .examples = {"pigment list", "pigment list mine/pigments --json"},
    .run = run,
};
