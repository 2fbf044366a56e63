/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit for a person: what to do next, then why. */
#include <math.h>

#include "cli/help.h"
#include "cli/interval.h"
#include "cli/pouring.h"
#include "cli/quantity.h"
#include "cli/table.h"
#include "cli/visit.h"
#include "colorlib/difference.h"

enum { PARAGRAPH_MAX = 512 };

/* -- in short ---------------------------------------------------------------- */

static void print_session(const struct context *context, const struct visit *visit)
{
    FILE *out = context->output.stream;
    const struct session_step *step = &visit->step;
    char mix[POURING_TEXT_MAX], ratio[RATIO_TEXT_MAX], difference[INTERVAL_TEXT_MAX];
    pouring_text(visit->mixing->solver, &step->recipe, mix);
    quantity_ratio_text(mixture_ratio(&step->recipe.mixture), ratio);
    interval_text(&step->healed.difference, 1, difference);
    fprintf(out, "Next, session %zu of %zu: %s (%s), %.0f dots/cm%s;\n", step->number,
            visit->course.planned, mix, ratio, step->usual.technique.density_per_cm2,
            context->terminal.signs->squared);
    fprintf(out, "if the client stops there, healed %sE00 %s.\n\n",
            context->terminal.signs->delta, difference);
}

/* That all is placed does not say that it came out as meant. */
static void print_complete(const struct context *context, const struct visit *visit)
{
    FILE *out = context->output.stream;
    struct visit_gap gap = visit_gap(visit);
    fprintf(out,
            "All that was planned is placed; the scan is %sE00 %.1f from the target, %s "
            "by L* %.1f.\n",
            context->terminal.signs->delta, gap.ciede2000,
            gap.lighter < 0 ? "darker" : "lighter", fabs(gap.lighter));
    if (gap.lighter > SESSION_FLOOR_DEPTH)
        fputs("It needs more (see: match --existing).\n", out);
}

static void print_end(const struct context *context, const struct visit *visit)
{
    FILE *out = context->output.stream;
    char years[INTERVAL_TEXT_MAX];
    if (visit->next == VISIT_COMPLETE)
        print_complete(context, visit);
    else
        fputs(visit->next == VISIT_TOO_DARK
                  ? "Place nothing more: it will heal darker than the target.\n"
                  : "Nothing more is needed now.\n",
              out);
    if (visit->touch_up.p50 <= visit->years) {
        fputs("A touch-up is due (see: match --existing).\n\n", out);
        return;
    }
    interval_years_text(&visit->touch_up, years);
    fprintf(out, "Touch-up %s after the last session.\n\n", years);
}

static void print_headline(const struct context *context, const struct visit *visit)
{
    switch (visit->next) {
    case VISIT_AS_BEFORE:
        fputs("Too fresh to tell anything: nothing changes.\n\n", context->output.stream);
        return;
    case VISIT_SESSION: print_session(context, visit); return;
    case VISIT_ENOUGH:
    case VISIT_COMPLETE:
    case VISIT_TOO_DARK: print_end(context, visit); return;
    }
}

/* -- the scan ---------------------------------------------------------------- */

static enum status fill_lab(struct table *table, const char *what, const cmsCIELab *lab)
{
    enum status failed = table_row(table);
    if (failed == STATUS_OK)
        failed = table_cell(table, 0, "%s", what);
    return failed == STATUS_OK ? table_lab(table, 1, lab) : failed;
}

static enum status fill_range(struct table *table, const struct followup_sight *sight)
{
    enum status failed = table_row(table);
    if (failed == STATUS_OK)
        failed = table_cell(table, 0, "P10-P90");
    for (size_t i = 0; i < FOLLOWUP_LAB && failed == STATUS_OK; i++) {
        struct quantiles range = {.p10 = sight->low[i], .p90 = sight->high[i]};
        char text[INTERVAL_TEXT_MAX];
        interval_range_text(&range, 1, text);
        failed = table_cell(table, 1 + i, "%s", text);
    }
    return failed;
}

static enum exit_code print_lab(struct context *context, const struct visit *visit)
{
    static const struct table_column columns[] = {{"", TABLE_LEFT, TABLE_ALWAYS},
                                                  {"L*", TABLE_RIGHT, TABLE_ALWAYS},
                                                  {"a*", TABLE_RIGHT, TABLE_ALWAYS},
                                                  {"b*", TABLE_RIGHT, TABLE_ALWAYS}};
    const struct followup_sight *all = &visit->report.sight[visit->count - 1];
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    if (failed == STATUS_OK)
        failed = fill_lab(table, "measured", &visit_scan(visit)->lab);
    if (failed == STATUS_OK)
        failed = fill_lab(table, "forecast", &visit->expected.before);
    if (failed == STATUS_OK)
        failed = fill_range(table, &visit->expected);
    if (failed == STATUS_OK && visit->entry.use != FOLLOWUP_STORED)
        failed = fill_lab(table, "explained", &all->after);
    return table_finish(context, table, failed);
}

static const char *side_text(enum followup_side side)
{
    switch (side) {
    case FOLLOWUP_AS_EXPECTED: return "within what was expected";
    case FOLLOWUP_LIGHTER: return "lighter than 9 of 10 outcomes that were expected";
    case FOLLOWUP_DARKER: return "darker than 9 of 10 outcomes that were expected";
    }
    return "";
}

static enum exit_code print_scan(struct context *context, const struct visit *visit)
{
    static const char *const weights[] = {
        [FOLLOWUP_STORED] = "too fresh to be used",
        [FOLLOWUP_HALF] = "still healing, counted with twice the noise",
        [FOLLOWUP_FULL] = "counted in full"};
    FILE *out = context->output.stream;
    cmsCIELab measured = visit_scan(visit)->lab, expected = visit->expected.before;
    fprintf(out, "Scan %zu, %.0f days after session %zu, %s (D65/%d)\n\n", visit->count,
            visit->entry.age_days, visit->entry.session + 1, weights[visit->entry.use],
            observer_degrees(context->viewing.observer));
    enum exit_code code = print_lab(context, visit);
    fprintf(out, "\n%s by L* %.1f, %sE00 %.1f: %s.\n\n",
            measured.L < expected.L ? "Darker" : "Lighter", fabs(measured.L - expected.L),
            context->terminal.signs->delta, difference_ciede2000(measured, expected),
            visit->entry.use == FOLLOWUP_STORED ? "which fresh skin may well be"
                                                : side_text(visit->expected.side));
    return code;
}

/* -- what is known of the client ----------------------------------------------- */

static enum status fill_figure(const struct context *context, struct table *table,
                               const struct client_figure *before,
                               const struct client_figure *after)
{
    const char *sign = context->terminal.signs->plus_minus;
    enum status failed = table_row(table);
    if (failed != STATUS_OK)
        return failed;
    failed |= table_cell(table, 0, "%s (%s)", after->name, after->unit);
    failed |= table_cell(table, 1, "%.*f %s%.*f", before->decimals, before->value, sign,
                         before->decimals, before->sd);
    return failed | table_cell(table, 2, "%.*f %s%.*f", after->decimals, after->value,
                               sign, after->decimals, after->sd);
}

static enum status fill_components(const struct context *context, struct table *table,
                                   const struct visit *visit)
{
    const struct treatment *usual = &visit->mixing->usual;
    const struct fade_rates *rates = &visit_scan(visit)->mixture->pigment[0]->fade;
    enum status failed = STATUS_OK;
    for (size_t k = 0; k < CLIENT_COMPONENTS && failed == STATUS_OK; k++) {
        enum client_component component = (enum client_component)k;
        struct client_figure before =
            client_figure(&visit->before, component, usual, rates);
        struct client_figure after =
            client_figure(&visit->after, component, usual, rates);
        failed = fill_figure(context, table, &before, &after);
        if (failed == STATUS_OK)
            failed =
                table_cell(table, 3, "%.0f %%", 100 * fmax(visit->report.learned[k], 0));
    }
    return failed;
}

static enum exit_code print_figures(struct context *context, const struct visit *visit)
{
    static const struct table_column columns[] = {
        {"", TABLE_LEFT, TABLE_ALWAYS},
        {"before", TABLE_RIGHT, TABLE_ALWAYS},
        {"now", TABLE_RIGHT, TABLE_ALWAYS},
        {"learned", TABLE_RIGHT, 1},
    };
    const struct treatment *usual = &visit->mixing->usual;
    struct client_figure before = practitioner_figure(usual, &visit->before);
    struct client_figure after = practitioner_figure(usual, &visit->after);
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    if (failed == STATUS_OK)
        failed = fill_figure(context, table, &before, &after);
    if (failed == STATUS_OK)
        failed = table_cell(
            table, 3, "%.0f %%",
            100 * practitioner_learned(usual, &visit->course.prior, &visit->after));
    if (failed == STATUS_OK)
        failed = fill_components(context, table, visit);
    return table_finish(context, table, failed);
}

static enum exit_code print_state(struct context *context, const struct visit *visit)
{
    FILE *out = context->output.stream;
    char text[PARAGRAPH_MAX];
    if (visit->entry.use == FOLLOWUP_STORED)
        return EXIT_DONE;
    fputs("What this client keeps (one standard deviation; learned from all scans so "
          "far)\n\n",
          out);
    enum exit_code code = print_figures(context, visit);
    snprintf(text, sizeof text,
             "Pigment that shows is what a scan tells best: %s. Healing and loss are of "
             "%s.",
             followup_knowledge_text(visit->report.knowledge),
             visit_scan(visit)->mixture->pigment[0]->id);
    fputc('\n', out);
    help_wrap(out, text, 0, 0);
    fputc('\n', out);
    return code;
}

/* -- the next session, and what was kept ---------------------------------------- */

static enum exit_code print_pouring(struct context *context, const struct visit *visit)
{
    FILE *out = context->output.stream;
    const struct session_step *step = &visit->step;
    char healed[INTERVAL_TEXT_MAX];
    if (visit->next != VISIT_SESSION)
        return EXIT_DONE;
    interval_text(&step->healed.lightness, 1, healed);
    fprintf(out, "Session %zu%s. Pour in order:\n\n", step->number,
            step->bounds & SESSION_CAPPED    ? ", held back to stay correctable"
            : step->bounds & SESSION_THINNED ? ", with fewer dots than planned"
            : step->bounds & SESSION_DENSER  ? ", with more dots than planned"
                                             : "");
    enum exit_code code = pouring_print(context, visit->mixing->solver, &step->recipe);
    fprintf(out, "\nHealed L* %s for L* %.1f of the target; %.0f %% to end too dark.\n\n",
            healed, recipe_contrast(visit->mixing->solver).target.L,
            100 * step->healed.darker);
    return code;
}

static void print_lesson(const struct context *context, const struct visit *visit)
{
    FILE *out = context->output.stream;
    switch (visit->lesson) {
    case VISIT_UNASKED: return;
    case VISIT_TELLS_TOO_LITTLE:
        fputs("Too little is known of this client yet to learn of the practitioner.\n",
              out);
        return;
    case VISIT_TAUGHT:
        fprintf(out,
                "%s: %zu client%s; pigment that shows %.3f, the next client's "
                "within a factor of %.2f.\n",
                visit->practitioner_path, visit->practitioner.clients,
                visit->practitioner.clients == 1 ? "" : "s",
                exp(visit->practitioner.mean),
                exp(practitioner_sd(&visit->practitioner)));
        return;
    }
}

static void print_kept(const struct context *context, const struct visit *visit)
{
    FILE *out = context->output.stream;
    if (!option(context, "apply")) {
        fputs("Nothing was kept: --apply keeps the scan and the next session", out);
        if (visit->practitioner_path)
            fprintf(out, ",\nand what they teach in %s", visit->practitioner_path);
        fputs(".\n", out);
        return;
    }
    fprintf(out, "Kept in %s as %s%s.\n", visit->folder, visit->entry.file,
            visit->next == VISIT_SESSION ? ", with the next session as proposed" : "");
    print_lesson(context, visit);
}

enum exit_code visit_print_text(struct context *context, const struct visit *visit)
{
    FILE *out = context->output.stream;
    print_headline(context, visit);
    enum exit_code code = print_scan(context, visit);
    if (code == EXIT_DONE)
        code = print_state(context, visit);
    if (code == EXIT_DONE)
        code = print_pouring(context, visit);
    print_kept(context, visit);
    print_warnings(context);
    fputc('\n', out);
    if (mixing_is_generic(&visit->recipe))
        fprintf(out, "%s\n", mixing_generic_text);
    fprintf(out, "%s\n", mixing_disclaimer_text);
    return code;
}
