/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/batch_view.h"
#include "cli/certificate.h"

static void print_line(FILE *out, const char *label, const char *text)
{
    fprintf(out, "%-12s ", label);
    print_safely(out, text);
    fputc('\n', out);
}

static void print_history(FILE *out, const struct batch_history *history,
                          const char *sign)
{
    fprintf(out,
            "\nLots so far: mean strength %.2f %%, control limits %.2f to %.2f %%%s\n",
            history->strength.mean, history->strength.lower, history->strength.upper,
            history->strength.drifts ? ", DRIFTING" : "");
    for (size_t i = 0; i < history->count; i++) {
        const struct batch_point *point = &history->point[i];
        char strength[RESULT_TEXT_MAX];
        batch_value_text(&point->strength, TOLERANCE_STRENGTH, sign, strength);
        fputs("  ", out);
        print_safely(out, point->lot);
        fprintf(out, "  %.10s  %s  %s\n", point->created, strength,
                batch_verdict_text(point->verdict));
    }
}

static void print_head(FILE *out, const struct certificate *certificate)
{
    const struct batch_record *record = certificate->record;
    if (certificate->kind == CERTIFICATE_DEMO)
        fputs("DEMO: simulated readings\n", out);
    fputs("CERTIFICATE OF COLOR\n", out);
    print_line(out, "lot", record->lot);
    print_line(out, "verdict", batch_verdict_text(batch_record_verdict(record)));
    print_line(out, "product", record->standard.name);
    if (record->standard.lot[0])
        print_line(out, "standard", record->standard.lot);
    print_line(out, "checked", record->created);
    print_line(out, "issued", certificate->issued);
    print_line(out, "calibrated",
               record->batch.measured.conditions.calibrated[0]
                   ? record->batch.measured.conditions.calibrated
                   : "not stated");
    fputc('\n', out);
}

enum exit_code certificate_print_text(struct context *context,
                                      const struct certificate *certificate)
{
    FILE *out = context->output.stream;
    print_head(out, certificate);
    enum exit_code code = batch_record_print(context, certificate->record);
    if (code != EXIT_DONE)
        return code;
    if (certificate->history)
        print_history(out, certificate->history, context->terminal.signs->plus_minus);
    if (certificate->declaration_count > 0)
        fputs("\nDeclared by the supplier; recorded here, not judged:\n", out);
    for (size_t i = 0; i < certificate->declaration_count; i++) {
        fputs("  ", out);
        print_safely(out, certificate->declaration[i]);
        fputc('\n', out);
    }
    fputs("\n" CERTIFICATE_STATEMENT "\n", out);
    return EXIT_DONE;
}
