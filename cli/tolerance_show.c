/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tolerance show: what a batch may differ by, and how that is decided. */
#include "cli/commands.h"

#include "cli/json.h"
#include "cli/table.h"
#include "cli/tolerance_argument.h"

static const struct argument_spec arguments[] = {
    {"NAME", "a tolerance, such as pmu-default"},
    {0},
};

static enum status add_rows(struct table *table, const struct tolerance *tolerance)
{
    enum status failed = STATUS_OK;
    for (size_t i = 0; i < TOLERANCE_CRITERIA && failed == STATUS_OK; i++) {
        enum tolerance_criterion c = (enum tolerance_criterion)i;
        char limit[LIMIT_TEXT_MAX];
        tolerance_limit_text(tolerance, c, limit);
        if (!limit[0])
            continue;
        if (table_row(table) != STATUS_OK)
            return STATUS_NO_MEMORY;
        failed |= table_cell(table, 0, "%s", tolerance_text(c));
        failed |= table_cell(table, 1, "%s", limit);
        failed |= table_cell(table, 2, "%s",
                             tolerance->limit[c].critical ? "critical" : "told");
    }
    return failed;
}

static enum exit_code print_text(struct context *context,
                                 const struct tolerance *tolerance)
{
    static const struct table_column columns[] = {
        {"criterion", TABLE_LEFT, TABLE_ALWAYS},
        {"limit", TABLE_RIGHT, TABLE_ALWAYS},
        {"", TABLE_LEFT, TABLE_ALWAYS},
    };
    struct table *table = NULL;
    char rule[LIMIT_TEXT_MAX];
    tolerance_rule_text(tolerance, rule);
    if (context->mode == MODE_TEXT)
        fprintf(context->output.stream, "%s: %s, marginal beyond %.10g of a limit\n",
                tolerance->name, rule, tolerance->warn);
    enum status status = table_make(columns, 3, &table);
    if (status == STATUS_OK)
        status = add_rows(table, tolerance);
    return table_finish(context, table, status);
}

static enum exit_code run(struct context *context)
{
    struct tolerance tolerance;
    enum exit_code code =
        tolerance_argument_read(context, context->invocation.arguments[0], &tolerance);
    if (code != EXIT_DONE)
        return code;
    if (context->mode == MODE_JSON)
        return json_print(context, "tolerance", json_conditions(context, NULL),
                          tolerance_json(&tolerance));
    return print_text(context, &tolerance);
}

const struct command tolerance_show_command = {
    .name = "tolerance show",
    .summary = "What a batch may differ by, and how that is decided.",
    .usage = "NAME",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = 1,
    .options = {{tolerance_file_options}},
    .examples = {"tolerance show pmu-default",
                 "tolerance show mine --tolerances limits.ini --json"},
    .run = run,
};
