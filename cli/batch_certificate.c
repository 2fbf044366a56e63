/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch certificate: what is handed to the buyer of a lot. */
#include "cli/commands.h"

#include <stdlib.h>
#include <string.h>

#include "cli/certificate.h"
#include "cli/json.h"
#include "colorlib/text.h"

static const struct argument_spec arguments[] = {
    {"CHECK", "the lot, as batch check -o wrote it"},
    {"HISTORY", "checks of other lots of the standard, for the trend; with two or more"},
    {0},
};

static const struct option_spec certificate_options[] = {
    {"format", 0, "FORMAT",
     "html, svg (the page alone), json or text; by default as --output ends, else text"},
    {"declare", 0, "FILE",
     "what the supplier declares of ingredients, sterility and so on: up to 8 lines of "
     "99 "
     "bytes, recorded and never judged"},
    {"demo", 0, NULL, "allow simulated readings; the certificate is marked DEMO"},
    {0},
};

enum format { FORMAT_HTML, FORMAT_SVG, FORMAT_JSON, FORMAT_TEXT };
static const char *const formats[] = {"html", "svg", "json", "text", NULL};

static enum exit_code choose_format(struct context *context, enum format *out)
{
    static const char *const endings[] = {".html", ".svg", ".json"};
    const char *path = option(context, "output");
    size_t chosen = context->mode == MODE_JSON ? FORMAT_JSON : FORMAT_TEXT;
    for (size_t i = 0; path && i < sizeof endings / sizeof endings[0]; i++)
        if (text_ends_in(path, endings[i]))
            chosen = i;
    enum exit_code code = option_choice(context, "format", formats, chosen, &chosen);
    if (code == EXIT_DONE && context->mode == MODE_JSON && chosen != FORMAT_JSON)
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--json and another format exclude each other");
    *out = (enum format)chosen;
    return code;
}

/* -- what it is made of -------------------------------------------------------------- */

static enum exit_code refuse_declaration(struct context *context, const char *path,
                                         size_t line)
{
    return failure_set(&context->failure, FAILURE_FILE_MALFORMED,
                       "%s:%zu:1: up to %d lines of at most %d bytes are due", path, line,
                       DECLARATIONS_MAX, DECLARATION_MAX - 1);
}

static enum exit_code take_lines(struct context *context, const char *path,
                                 const struct text *text, struct certificate *out)
{
    const char *at = text->start, *end = text->start + text->size;
    for (size_t line = 1; at < end; line++) {
        size_t length = strcspn(at, "\r\n");
        size_t k = out->declaration_count;
        if (k == DECLARATIONS_MAX || length >= DECLARATION_MAX)
            return refuse_declaration(context, path, line);
        memcpy(out->declaration[k], at, length);
        out->declaration[k][length] = '\0';
        out->declaration_count += length > 0;
        at += length;
        at += *at == '\r';
        at += *at == '\n';
    }
    return EXIT_DONE;
}

static enum exit_code take_declarations(struct context *context, struct certificate *out)
{
    const char *path = option(context, "declare");
    struct text text;
    struct fault fault = {0};
    if (!path)
        return EXIT_DONE;
    enum status status = text_read(path, &text, &fault);
    if (status != STATUS_OK)
        return failure_from_file(&context->failure, path, status, &fault);
    enum exit_code code = take_lines(context, path, &text, out);
    text_free(&text);
    return code;
}

static enum exit_code check_origin(struct context *context, struct certificate *out)
{
    if (!batch_record_is_simulated(out->record))
        return EXIT_DONE;
    if (!option(context, "demo"))
        return failure_set(&context->failure, FAILURE_CONDITIONS_SIMULATED,
                           "lot %s: simulated readings are not certified",
                           out->record->lot);
    out->kind = CERTIFICATE_DEMO;
    return EXIT_DONE;
}

static enum exit_code add_other(struct context *context, const char *path,
                                struct batch_history *history)
{
    struct batch_record *record = NULL;
    enum exit_code code = batch_record_read(context, path, &record);
    if (code == EXIT_DONE)
        code = batch_history_add(context, record, history);
    free(record);
    return code;
}

/* The lot itself stands among the others by its time. */
static enum exit_code take_history(struct context *context, struct certificate *out,
                                   struct batch_history *history)
{
    const struct invocation *invocation = &context->invocation;
    enum exit_code code = batch_history_add(context, out->record, history);
    for (size_t i = 1; i < invocation->argument_count && code == EXIT_DONE; i++)
        code = add_other(context, invocation->arguments[i], history);
    if (code != EXIT_DONE || invocation->argument_count == 1)
        return code;
    out->history = history;
    return batch_history_chart(context, TREND_LOTS_MAX, 0, history);
}

/* -- printing ------------------------------------------------------------------------ */

static enum exit_code print_document(struct context *context,
                                     const struct certificate *certificate,
                                     enum format format)
{
    json_t *document = certificate_json(context, certificate);
    char *text = certificate_dump(document);
    json_decref(document);
    if (!text)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    bool whole = true; /* what is gathered grows in memory */
    if (format == FORMAT_JSON)
        whole = fputs(text, context->output.stream) != EOF;
    else
        certificate_print_html(certificate, text, context->output.stream);
    free(text);
    return whole ? EXIT_DONE
                 : failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
}

static enum exit_code print(struct context *context,
                            const struct certificate *certificate, enum format format)
{
    switch (format) {
    case FORMAT_HTML:
    case FORMAT_JSON: return print_document(context, certificate, format);
    case FORMAT_SVG: certificate_print_page(certificate, context->output.stream); break;
    case FORMAT_TEXT: return certificate_print_text(context, certificate);
    }
    return EXIT_DONE;
}

static enum exit_code certify(struct context *context, struct certificate *certificate,
                              struct batch_history *history)
{
    enum format format = FORMAT_TEXT;
    enum exit_code code = choose_format(context, &format);
    date_time_text(context->now, certificate->issued);
    if (code == EXIT_DONE)
        code = check_origin(context, certificate);
    if (code == EXIT_DONE)
        code = take_declarations(context, certificate);
    if (code == EXIT_DONE)
        code = take_history(context, certificate, history);
    return code == EXIT_DONE ? print(context, certificate, format) : code;
}

static enum exit_code run(struct context *context)
{
    struct batch_record *record = NULL;
    enum exit_code code =
        batch_record_read(context, context->invocation.arguments[0], &record);
    if (code != EXIT_DONE)
        return code;
    struct certificate certificate = {.record = record};
    struct batch_history *history = calloc(1, sizeof *history);
    code = history
               ? certify(context, &certificate, history)
               : failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    free(history);
    free(record);
    return code;
}

const struct command batch_certificate_command = {
    .name = "batch certificate",
    .summary = "What a buyer is handed: one page with all numbers and the data behind.",
    .usage = "CHECK [HISTORY...]",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = SIZE_MAX,
    .options = {{certificate_options}},
    .examples = {"batch certificate 26-1114.json -o 26-1114.html",
                 "batch certificate 26-1114.json lots/*.json --declare eu.txt"},
    .run = run,
};
