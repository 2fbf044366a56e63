/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The certificate as a page of A4, laid out in mm, so that it prints as one page wherever
 * it is opened. */
#include <string.h>

#include "cli/batch_view.h"
#include "cli/certificate.h"
#include "cli/standard_view.h"

/* mm. */
static const double margin = 14;
static const double right = 196;
static const double line = 4.6;
static const double text_size = 3.2;
static const double value_at = 52; /* of a label's value */

/* Longer texts are cut off. */
enum { VALUE_MOST = 120, TITLE_MOST = 40 };

void certificate_print_escaped(FILE *stream, const char *text, size_t most)
{
    for (size_t n = 0; *text; text++) {
        unsigned char c = (unsigned char)*text;
        bool begins = (c & 0xc0) != 0x80; /* a character of UTF-8 */
        if (begins && n++ == most) {
            fputs("...", stream);
            return;
        }
        switch (c) {
        case '&': fputs("&amp;", stream); break;
        case '<': fputs("&lt;", stream); break;
        case '>': fputs("&gt;", stream); break;
        default: fputc(c < ' ' ? '?' : c, stream);
        }
    }
}

static void print_text(FILE *stream, double x, double y, const char *attributes,
                       const char *text, size_t most)
{
    fprintf(stream, "<text x=\"%.2f\" y=\"%.2f\"%s>", x, y, attributes);
    certificate_print_escaped(stream, text, most);
    fputs("</text>\n", stream);
}

/* Characters of UTF-8. */
static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

/* Text that reaches to the right margin at the most: set smaller where its digits, which
 * are as wide as they come in a common text, would reach farther. */
static void print_fitted(FILE *stream, double x, double y, double size,
                         const char *weight, const char *text)
{
    const double widest = 0.68; /* of the size; bold */
    char attributes[96];
    double fitting = (right - x) / (widest * (double)(characters(text) + 1));
    snprintf(attributes, sizeof attributes, " font-size=\"%.2f\"%s",
             fitting < size ? fitting : size, weight);
    print_text(stream, x, y, attributes, text, VALUE_MOST);
}

/* A label and its value; returns where the next line stands. */
static double print_field(FILE *stream, double y, const char *label, const char *value)
{
    print_text(stream, margin, y, " fill=\"#505050\"", label, VALUE_MOST);
    print_fitted(stream, value_at, y, text_size, "", value);
    return y + line;
}

static const char *verdict_color(enum batch_verdict verdict)
{
    switch (verdict) {
    case BATCH_PASS: return "#00694d";
    case BATCH_FAIL: return "#b03a00";
    case BATCH_MARGINAL:
    case BATCH_INCONCLUSIVE: break;
    }
    return "#7a5c00";
}

static double print_head(const struct certificate *certificate, FILE *stream)
{
    const struct batch_record *record = certificate->record;
    enum batch_verdict verdict = batch_record_verdict(record);
    char attributes[128], lot[LOT_MAX + sizeof "Lot "];
    print_text(stream, margin, 20, " font-size=\"4.2\" fill=\"#505050\"",
               "Certificate of color", TITLE_MOST);
    snprintf(lot, sizeof lot, "Lot %s", record->lot);
    print_fitted(stream, margin, 28, 6.5, " font-weight=\"bold\"", lot);
    snprintf(attributes, sizeof attributes,
             " text-anchor=\"end\" font-size=\"7.5\" font-weight=\"bold\" fill=\"%s\"",
             verdict_color(verdict));
    print_text(stream, right, 20, attributes, batch_verdict_text(verdict), TITLE_MOST);
    if (certificate->kind == CERTIFICATE_DEMO)
        print_text(stream, right, 12,
                   " text-anchor=\"end\" font-size=\"5\" font-weight=\"bold\" "
                   "fill=\"#b03a00\"",
                   "DEMO: simulated readings", TITLE_MOST);
    fprintf(stream,
            "<line x1=\"%.2f\" y1=\"31\" x2=\"%.2f\" y2=\"31\" stroke=\"#404040\" "
            "stroke-width=\"0.3\"/>\n",
            margin, right);
    return 37;
}

static double print_measured(const struct batch_record *record, double y, FILE *stream)
{
    char measured[MEASURED_MAX], text[MEASURED_MAX + 64];
    measured_text(&record->batch.measured, measured);
    snprintf(text, sizeof text, "%s; %zu readings, calibrated %s", measured,
             record->batch.count[BATCH_COLOR],
             record->batch.measured.conditions.calibrated[0]
                 ? record->batch.measured.conditions.calibrated
                 : "not stated");
    y = print_field(stream, y, "Lot measured", text);
    measured_text(&record->standard.readings.measured, measured);
    snprintf(text, sizeof text, "%s; %zu readings", measured,
             record->standard.readings.count[BATCH_COLOR]);
    y = print_field(stream, y, "Standard measured", text);
    return record->differing ? print_field(stream, y, "Conditions",
                                           "DIFFER between lot and standard; allowed by "
                                           "whoever checked")
                             : y;
}

static double print_conditions(const struct certificate *certificate, double y,
                               FILE *stream)
{
    const struct batch_record *record = certificate->record;
    const struct batch_setup *setup = &record->setup;
    char text[256], light[CONDITIONS_MAX], rule[LIMIT_TEXT_MAX];
    snprintf(text, sizeof text, "%s%s%s", record->standard.name,
             record->standard.lot[0] ? ", retained lot " : "", record->standard.lot);
    y = print_field(stream, y, "Product, standard", text);
    snprintf(text, sizeof text, "%.10s; this page issued %.10s by %s %s", record->created,
             certificate->issued, SCALPTONE_NAME, SCALPTONE_VERSION);
    y = print_field(stream, y, "Checked", text);
    y = print_measured(record, y, stream);
    snprintf(text, sizeof text, "%s, concentration %.4g, Saunderson k1 %.3g, k2 %.3g",
             standard_method_text(setup->method), setup->concentration,
             setup->view.surface.external, setup->view.surface.internal);
    if (setup->method != BATCH_HIDES)
        snprintf(text + strlen(text), sizeof text - strlen(text), ", %.4g um wet",
                 1000 * setup->thickness_mm);
    y = print_field(stream, y, "Drawn down", text);
    viewing_text(&record->light[0], record->observer, light);
    tolerance_rule_text(&record->tolerance, rule);
    snprintf(text, sizeof text, "%s; tolerance %s, %s", light, record->tolerance.name,
             rule);
    return print_field(stream, y, "Light; decision rule", text);
}

/* -- the table ----------------------------------------------------------------------- */

static void print_row(const char *const cell[4], const char *attributes, double y,
                      FILE *stream)
{
    char end[160];
    snprintf(end, sizeof end, " text-anchor=\"end\"%s", attributes);
    print_text(stream, margin, y, attributes, cell[0], 48);
    print_text(stream, 116, y, end, cell[1], 30);
    print_text(stream, 146, y, end, cell[2], 20);
    print_text(stream, 152, y, attributes, cell[3], 32);
}

static double print_criteria(const struct batch_record *record, double y, FILE *stream)
{
    static const char *const heading[] = {"criterion", "value and U (95 %)", "limit",
                                          "verdict"};
    print_row(heading, " fill=\"#505050\"", y += 1.5, stream);
    for (size_t i = 0; i < TOLERANCE_CRITERIA; i++) {
        enum tolerance_criterion c = (enum tolerance_criterion)i;
        char name[RESULT_TEXT_MAX], value[RESULT_TEXT_MAX], limit[LIMIT_TEXT_MAX],
            verdict[RESULT_TEXT_MAX];
        if (!batch_shows(record, c))
            continue;
        batch_criterion_text(record, c, name);
        batch_value_text(&record->check.result[c], c, "\xc2\xb1", value);
        tolerance_limit_text(&record->tolerance, c, limit);
        batch_result_text(record, c, verdict);
        const char *const cell[] = {name, value, limit, verdict};
        print_row(cell,
                  record->tolerance.limit[c].critical ? " font-weight=\"bold\"" : "",
                  y += line, stream);
    }
    return y + line + 1.5;
}

static double print_verdict(const struct batch_record *record, double y, FILE *stream)
{
    char reason[BATCH_REASON_MAX], text[BATCH_REASON_MAX + 32];
    batch_reason_text(record, reason);
    snprintf(text, sizeof text, "%s: %s", batch_verdict_text(record->check.verdict),
             reason);
    y = print_field(stream, y, "Computed", text);
    if (record->override == BATCH_NOT_OVERRIDDEN)
        return y;
    snprintf(text, sizeof text, "to %s by %s",
             batch_verdict_text(batch_record_verdict(record)), record->operator_code);
    y = print_field(stream, y, "OVERRIDDEN", text);
    return print_field(stream, y, "Reason", record->reason);
}

/* -- the rest ------------------------------------------------------------------------ */

static double print_charts(const struct certificate *certificate, double y, FILE *stream)
{
    const struct certificate_place left = {margin, y, 89, 56};
    const struct certificate_place beside = {margin + 93, y, 89, 56};
    const struct certificate_place below = {margin, y + 60, right - margin, 46};
    certificate_print_spectra(certificate->record, &left, stream);
    certificate_print_ladder(certificate->record, &beside, stream);
    if (!certificate->history)
        return y + 64;
    certificate_print_trend(certificate->history, &below, stream);
    return y + 112;
}

static void print_declarations(const struct certificate *certificate, double y,
                               FILE *stream)
{
    if (certificate->declaration_count > 0)
        print_text(stream, margin, y, " font-weight=\"bold\"",
                   "Declared by the supplier; recorded here, not judged", VALUE_MOST);
    for (size_t i = 0; i < certificate->declaration_count; i++)
        print_fitted(stream, margin, y += line - 0.4, text_size, "",
                     certificate->declaration[i]);
}

static void print_foot(FILE *stream)
{
    fprintf(stream,
            "<line x1=\"%.2f\" y1=\"282\" x2=\"%.2f\" y2=\"282\" stroke=\"#404040\" "
            "stroke-width=\"0.3\"/>\n",
            margin, right);
    print_text(stream, margin, 287, "", CERTIFICATE_STATEMENT, DECLARATION_MAX);
    print_text(stream, margin, 291, " font-size=\"2.6\" fill=\"#505050\"",
               "U: expanded uncertainty of repeating, 95 %. Bold criteria decide. A pass "
               "lies within its limit by the guard band, a fail beyond it.",
               160);
}

static void print_contents(const struct certificate *certificate, FILE *stream)
{
    double y = print_head(certificate, stream);
    y = print_conditions(certificate, y, stream);
    y = print_criteria(certificate->record, y, stream);
    y = print_verdict(certificate->record, y, stream);
    y = print_charts(certificate, y + 1, stream);
    print_declarations(certificate, y, stream);
    print_foot(stream);
}

void certificate_print_page(const struct certificate *certificate, FILE *stream)
{
    fputs("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"297mm\" "
          "viewBox=\"0 0 210 297\" font-family=\"sans-serif\" font-size=\"3.2\">\n"
          "<title>Certificate of color</title>\n"
          "<rect width=\"210\" height=\"297\" fill=\"#ffffff\"/>\n",
          stream);
    print_contents(certificate, stream);
    fputs("</svg>\n", stream);
}

void certificate_print_html(const struct certificate *certificate, const char *document,
                            FILE *stream)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>"
          "Certificate of color, lot ",
          stream);
    certificate_print_escaped(stream, certificate->record->lot, LOT_MAX);
    fputs(
        "</title>\n<style>@page { size: A4; margin: 0 } body { margin: 0 } "
        "svg { display: block; width: 210mm; height: 296.9mm; margin: 0 auto }</style>\n"
        "</head>\n<body>\n",
        stream);
    certificate_print_page(certificate, stream);
    fputs("<script type=\"application/json\" id=\"certificate\">", stream);
    fputs(document, stream);
    fputs("</script>\n</body>\n</html>\n", stream);
}
