/* SPDX-License-Identifier: GPL-3.0-or-later */
/* instrument list: what is connected. */
#include "cli/commands.h"

#include "cli/connection.h"
#include "cli/json.h"
#include "cli/table.h"

static const struct option_spec list_options[] = {
    {"all", 0, NULL, "list the virtual instruments too"},
    {0},
};

enum { LISTED_MAX = 32 };

static const char *state_text(enum instrument_status state)
{
    return state == INSTRUMENT_OK ? "ready" : instrument_status_text(state);
}

static enum exit_code print_table(struct context *context,
                                  const struct instrument_listed *listed, size_t count)
{
    static const struct table_column columns[] = {
        {"id", TABLE_LEFT, TABLE_ALWAYS},    {"model", TABLE_LEFT, TABLE_ALWAYS},
        {"serial", TABLE_LEFT, 1},           {"link", TABLE_LEFT, 2},
        {"state", TABLE_LEFT, TABLE_ALWAYS},
    };
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t i = 0; i < count && failed == STATUS_OK; i++) {
        failed = table_row(table);
        if (failed != STATUS_OK)
            break;
        failed |= table_cell(table, 0, "%s", listed[i].id);
        failed |= table_cell(table, 1, "%s", listed[i].model);
        failed |= table_cell(table, 2, "%s", listed[i].serial);
        failed |= table_cell(table, 3, "%s", listed[i].link);
        failed |= table_cell(table, 4, "%s", state_text(listed[i].state));
    }
    if (failed == STATUS_OK)
        failed = table_print(table, context);
    table_free(table);
    return failed == STATUS_OK
               ? EXIT_DONE
               : failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
}

static enum exit_code print_json(struct context *context,
                                 const struct instrument_listed *listed, size_t count)
{
    json_t *instruments = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();
        json_set(object, "id", json_text(listed[i].id));
        json_set(object, "model", json_text(listed[i].model));
        json_set(object, "serial", json_text(listed[i].serial));
        json_set(object, "link", json_text(listed[i].link));
        json_set(object, "state", json_string(state_text(listed[i].state)));
        json_array_append_new(instruments, object);
    }
    return json_print(context, "list", json_conditions(context, NULL),
                      json_pack("{s:o}", "instruments", instruments));
}

static enum exit_code run(struct context *context)
{
    struct instrument_listed listed[LISTED_MAX];
    size_t count = 0;
    enum instrument_status status = instrument_list(
        option(context, "all") ? INSTRUMENT_REAL_AND_VIRTUAL : INSTRUMENT_REAL, listed,
        LISTED_MAX, &count);
    if (status != INSTRUMENT_OK)
        return connection_failure(context, status, "");
    return context->mode == MODE_JSON ? print_json(context, listed, count)
                                      : print_table(context, listed, count);
}

const struct command instrument_list_command = {
    .name = "instrument list",
    .summary = "The instruments that are connected.",
    .usage = "",
    .options = {{list_options}},
    .examples = {"instrument list", "instrument list --all"},
    .run = run,
};
