/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tests/study/summary.h"

/* All clients, then by skin, then by hair. */
enum { ROWS = 1 + STUDY_SKINS + STUDY_HAIRS };

struct row {
    const char *name;
    struct study_summary sum;
};

static enum status make_rows(const struct study_settings *settings,
                             const struct study_outcome *outcome, struct row row[ROWS])
{
    for (size_t r = 0; r < ROWS; r++) {
        struct study_group group = {STUDY_ANY, STUDY_ANY};
        row[r].name = "all";
        if (r > STUDY_SKINS) {
            group.hair = r - 1 - STUDY_SKINS;
            row[r].name = study_hair_names[group.hair];
        } else if (r > 0) {
            group.skin = r - 1;
            row[r].name = study_skin_names[group.skin];
        }
        enum status status =
            study_summarize(outcome, settings->clients, group, &row[r].sum);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static double percent(double share)
{
    return 100 * share;
}

static void print_settings(FILE *out, const struct study_settings *settings,
                           const struct study_summary *all)
{
    fprintf(
        out,
        "%zu simulated clients: light, tan and dark skin x black, dark-brown and brown "
        "hair in\nequal parts, melanin within a factor of 1.35 (one sd), delivery and "
        "fade from the prior,\nbottles @%s, seed %llu, %zu draws.\n",
        settings->clients, settings->bottles, (unsigned long long)settings->seed,
        settings->draws);
    fprintf(out, "%zu could not be treated: their hair hardly shows on their skin.\n",
            all->refused);
    fputs(
        "Clients and program share one model: what holds here is consistent, not thereby "
        "true.\n",
        out);
}

/* What scans of hair and skin miss is in the color aimed at already; forecasts, to which
 * no color of hair is likelier than another, add it once more. With perfect scans the
 * interval of dE00 holds in 82 %. */
static const char difference_text[] =
    "  dE00 holds less often, its truth being smaller than said: the errors of the scans "
    "of "
    "hair\n  and skin are in the color aimed at, and forecasts count them once more.\n";

static void print_held(FILE *out, const struct row *row)
{
    fputs("\nTruths inside the printed 80 % interval, in %\n"
          "                    before any scan          after a scan at six weeks\n"
          "  clients       n    L*  dE00  touch-up    L*  dE00  touch-up  L* of other "
          "work\n",
          out);
    for (size_t r = 0; r < ROWS; r++) {
        const struct study_summary *s = &row[r].sum;
        fprintf(out,
                "  %-10s %4zu  %4.1f  %4.1f      %4.1f  %4.1f  %4.1f      %4.1f %17.1f\n",
                row[r].name, s->count, percent(s->held_before[STUDY_LIGHTNESS]),
                percent(s->held_before[STUDY_DIFFERENCE]),
                percent(s->held_before[STUDY_TOUCH_UP]),
                percent(s->held_after[STUDY_LIGHTNESS]),
                percent(s->held_after[STUDY_DIFFERENCE]),
                percent(s->held_after[STUDY_TOUCH_UP]), percent(s->held_next));
    }
    fprintf(out, "  One standard error of a share in all: %.1f.\n",
            percent(sqrt(0.8 * 0.2 / (double)row[0].sum.count)));
    fputs(difference_text, out);
}

static void print_errors(FILE *out, const struct row *row)
{
    fputs("\nHealed L*, mean distance of the truth from the median said\n"
          "              before a scan  after one at six weeks  other work: before  "
          "after\n",
          out);
    for (size_t r = 0; r < ROWS; r++) {
        const struct study_summary *s = &row[r].sum;
        fprintf(out, "  %-10s %14.2f  %22.2f  %18.2f  %5.2f\n", row[r].name,
                s->error_before, s->error_after, s->next_before, s->next_after);
    }
}

static void print_ends(FILE *out, const struct row *row, enum study_target target)
{
    fprintf(
        out,
        "\nSix weeks after three sessions, against the hair as %s\n"
        "             excess of dE00 over    L* above   darker than L*_T - 1.5 (- 0.5)\n"
        "             the best: median  P90  L*_T mean                in %%\n",
        target == STUDY_SCANNED ? "it was scanned" : "it truly is");
    for (size_t loop = 0; loop < 2; loop++) {
        fprintf(out, "  %s\n",
                loop == 0 ? "re-scanned after 14 days (closed loop)"
                          : "the same plan, never scanned (open loop)");
        for (size_t r = 0; r < ROWS; r++) {
            const struct study_ends *e =
                loop == 0 ? &row[r].sum.closed : &row[r].sum.open;
            fprintf(out, "    %-10s %12.2f %5.2f  %+9.2f  %13.1f (%.1f)\n", row[r].name,
                    e->excess[target], e->excess_p90[target], e->above[target],
                    percent(e->below_floor[target]), percent(e->below_cap[target]));
        }
    }
}

/* -- what is required ----------------------------------------------------------- */

static void judge(FILE *out, const char *what, double value, double low, double high)
{
    fprintf(out, "  %-58s %6.2f  %6.2f to %5.2f  %s\n", what, value, low, high,
            value >= low && value <= high ? "yes" : "NO");
}

static void print_verdict(FILE *out, const struct study_summary *all)
{
    fputs("\nAsked of 500 clients                                         "
          "  found         asked\n",
          out);
    judge(out, "healed L* inside its 80 % interval, %",
          percent(all->held_before[STUDY_LIGHTNESS]), 76, 84);
    judge(out, "touch-up inside its 80 % interval, %",
          percent(all->held_before[STUDY_TOUCH_UP]), 76, 84);
    judge(out, "error of healed L* after one scan over that before",
          all->error_after / all->error_before, 0, 0.5);
    judge(out, "median excess after three sessions (hair as scanned)",
          all->closed.excess[STUDY_SCANNED], -1, 0.5);
    judge(out, "median excess after three sessions (hair as it is)",
          all->closed.excess[STUDY_TRUE], -1, 0.5);
    judge(out, "ending darker than the floor, L*_T - 1.5, %",
          percent(all->closed.below_floor[STUDY_TRUE]), 0, 10);
    judge(out, "median excess, closed minus open loop",
          all->closed.excess[STUDY_SCANNED] - all->open.excess[STUDY_SCANNED], -9, 0);
}

void study_report(FILE *stream, const struct study_settings *settings,
                  const struct study_outcome *outcome)
{
    struct row row[ROWS];
    if (make_rows(settings, outcome, row) != STATUS_OK)
        return;
    print_settings(stream, settings, &row[0].sum);
    print_held(stream, row);
    print_errors(stream, row);
    print_ends(stream, row, STUDY_SCANNED);
    print_ends(stream, row, STUDY_TRUE);
    fprintf(stream,
            "\nMedian dE00 against the hair as scanned: best %.2f, closed %.2f, open "
            "%.2f.\n",
            row[0].sum.best, row[0].sum.closed.ciede2000, row[0].sum.open.ciede2000);
    print_verdict(stream, &row[0].sum);
}
