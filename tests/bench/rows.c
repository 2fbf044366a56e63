/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/rows.h"

#include <stdio.h>
#include <unistd.h>

#include "colorlib/lanes.h"

void rows_begin(struct rows *rows, enum rows_form form)
{
    const char *isa = lanes_isa_name(lanes_isa_best());
    *rows = (struct rows){.form = form};
    if (form == ROWS_TABLE)
        printf("\n%-40s %10s %10s %-5s %6s  the limit is (%s)\n", "what", "ours", "limit",
               "", "ratio", isa);
    else
        printf("{\"isa\": \"%s\", \"processors\": %ld, \"rows\": [\n", isa,
               sysconf(_SC_NPROCESSORS_ONLN));
}

static const char *separator(struct rows *rows)
{
    return rows->count++ > 0 ? ",\n" : "";
}

void rows_print(struct rows *rows, const struct rows_row *row)
{
    double ratio =
        row->better == ROWS_MORE ? row->ours / row->limit : row->limit / row->ours;
    if (rows->form == ROWS_TABLE)
        printf("%-40s %10.4g %10.4g %-5s %6.2f  %s\n", row->name, row->ours, row->limit,
               row->unit, ratio, row->limit_is);
    else
        printf("%s  {\"name\": \"%s\", \"unit\": \"%s\", \"better\": \"%s\", "
               "\"ours\": %.4g, \"limit\": %.4g, \"ratio\": %.4g, \"limit_is\": \"%s\"}",
               separator(rows), row->name, row->unit,
               row->better == ROWS_MORE ? "more" : "less", row->ours, row->limit, ratio,
               row->limit_is);
    fflush(stdout);
}

void rows_skip(struct rows *rows, const char *name, const char *reason)
{
    if (rows->form == ROWS_TABLE)
        printf("%-40s not measured: %s\n", name, reason);
    else
        printf("%s  {\"name\": \"%s\", \"skipped\": \"%s\"}", separator(rows), name,
               reason);
}

void rows_end(const struct rows *rows)
{
    if (rows->form == ROWS_JSON)
        puts("\n]}");
}
