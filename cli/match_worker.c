/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/match_worker.h"

#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/match_settings.h"
#include "colorlib/array.h"

struct match_worker *match_worker_open(const struct match_plan *plan)
{
    const struct invocation *invocation = &plan->context->invocation;
    struct match_worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return NULL;
    worker->plan = plan;
    worker->context = *plan->context;
    worker->context.verbosity = VERBOSITY_QUIET;
    worker->context.output = (struct output){0};
    worker->context.warnings = NULL;
    worker->result = calloc(1, sizeof *worker->result);
    worker->given =
        calloc(invocation->given_count + MATCH_LINE_OPTIONS_MAX, sizeof *worker->given);
    if (worker->result && worker->given)
        return worker;
    match_worker_close(worker);
    return NULL;
}

void match_worker_close(struct match_worker *worker)
{
    if (!worker)
        return;
    mixing_shelf_free(&worker->shelf);
    free(worker->given);
    free(worker->result);
    free(worker->text);
    free(worker);
}

/* -- marks --------------------------------------------------------------------------- */

/* FNV-1a of 64 bits (Fowler, Noll and Vo): against mistakes, not against an enemy. */
uint64_t match_line_mark(const struct match_plan *plan, const char *line, size_t length)
{
    uint64_t hash = plan->options;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)line[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* -- results ------------------------------------------------------------------------- */

enum { HEAD_MAX = 64 + STREAM_NUMBER_MAX };

/* {"line":3,"check":"0123456789abcdef" and all that follows of an object's text. */
static enum status put_object(struct stream_text *out, size_t line, uint64_t mark,
                              const char *id, const char *object)
{
    size_t size = HEAD_MAX + strlen(id) + strlen(object);
    char *at = stream_text_reserve(out, size);
    if (!at)
        return STATUS_NO_MEMORY;
    at += snprintf(at, size, "{\"line\":%zu,\"check\":\"%016llx\"%s,%s\n", line,
                   (unsigned long long)mark, id, object + 1);
    stream_text_commit(out, at);
    return STATUS_OK;
}

/* ,"id":"A1" or nothing; NULL without memory. */
static char *spell_id(const struct match_line *line)
{
    if (line->id.kind == LINE_ID_NONE)
        return calloc(1, 1);
    json_t *object = json_object();
    json_set(object, "id", json_line_id(&line->id));
    char *text = json_spelled_line(object);
    json_decref(object);
    if (text) { /* {"id":"A1"} */
        text[0] = ',';
        text[strlen(text) - 1] = '\0';
    }
    return text;
}

/* Prints an object of the line at hand and takes it over. */
static enum status print(struct match_worker *worker, json_t *object,
                         struct stream_text *out)
{
    char *id = spell_id(&worker->line);
    char *text = json_spelled_line(object);
    enum status status = id && text
                             ? put_object(out, worker->number, worker->mark, id, text)
                             : STATUS_NO_MEMORY;
    free(text);
    free(id);
    json_decref(object);
    return status;
}

static enum status print_error(struct match_worker *worker, struct stream_text *out)
{
    const struct failure *failure = &worker->context.failure;
    if (failure->code == FAILURE_SYSTEM_MEMORY)
        return STATUS_NO_MEMORY;
    worker->error_count++;
    json_t *object = json_object();
    json_set(object, "error", json_failure(failure));
    return print(worker, object, out);
}

/* -- one line ------------------------------------------------------------------------ */

/* A copy that a NUL follows. */
static enum status copy_line(struct match_worker *worker, const char *line, size_t length)
{
    char *text = array_reserve(worker->text, &worker->capacity, length + 1, 1);
    if (!text)
        return STATUS_NO_MEMORY;
    memcpy(text, line, length);
    text[length] = '\0';
    worker->text = text;
    worker->length = length;
    return STATUS_OK;
}

/* As if nothing had been read yet. */
static enum status begin_line(struct match_worker *worker, size_t number,
                              const char *line, size_t length)
{
    const struct invocation *invocation = &worker->plan->context->invocation;
    struct context *context = &worker->context;
    memcpy(worker->given, invocation->given,
           invocation->given_count * sizeof *worker->given);
    context->invocation = *invocation;
    context->invocation.given = worker->given;
    context->failure.code = FAILURE_NONE;
    context->failure.hint[0] = '\0';
    context->simulated = false;
    context->warnings = json_array();
    worker->line.id.kind = LINE_ID_NONE;
    worker->line.given_count = 0;
    memset(worker->line.colors.there, 0, sizeof worker->line.colors.there);
    worker->line_count++;
    worker->number = number;
    worker->mark = match_line_mark(worker->plan, line, length);
    return context->warnings ? STATUS_OK : STATUS_NO_MEMORY;
}

static void end_line(struct match_worker *worker)
{
    match_line_free(&worker->line);
    json_decref(worker->context.warnings);
    worker->context.warnings = NULL;
}

/* Finds the recipes of a line that was read; NULL where it failed. */
static json_t *match(struct match_worker *worker)
{
    struct context *context = &worker->context;
    struct match_settings settings;
    struct mixing *mixing = NULL;
    json_t *document = NULL;
    match_line_apply(&worker->line, &context->invocation);
    enum exit_code code = match_settings_read(context, &settings);
    if (code != EXIT_DONE)
        return NULL;
    settings.request.given =
        match_line_given(&worker->line, &worker->plan->colors, settings.request.goal);
    settings.request.shelf = &worker->shelf;
    code = mixing_open(context, &settings.request, &mixing);
    *worker->result = (struct match_result){.mixing = mixing, .search = settings.search};
    if (code == EXIT_DONE)
        code = match_search_all(context, settings.top, worker->result);
    if (code == EXIT_DONE) {
        worker->far_count += match_warn(context, worker->result, settings.max_de);
        document = match_document(context, worker->result);
    }
    mixing_close(mixing);
    return document;
}

/* A carriage return is none of a line. */
static size_t text_length(const char *line, size_t length)
{
    return length - (length > 0 && line[length - 1] == '\r');
}

static enum status run_line(struct match_worker *worker, const struct stream_line *line,
                            struct stream_text *out)
{
    enum status status =
        copy_line(worker, line->text, text_length(line->text, line->length));
    if (status == STATUS_OK)
        status = begin_line(worker, line->number, line->text, line->length);
    if (status != STATUS_OK)
        return status;
    enum exit_code code =
        match_line_read(&worker->context, worker->text, worker->length, &worker->line);
    json_t *document = code == EXIT_DONE ? match(worker) : NULL;
    if (document)
        status = print(worker, document, out);
    else if (worker->context.failure.code == FAILURE_NONE)
        status = STATUS_NO_MEMORY; /* for the document */
    else
        status = print_error(worker, out);
    end_line(worker);
    return status;
}

static enum status run_too_long(struct match_worker *worker, size_t number,
                                struct stream_text *out)
{
    enum status status = begin_line(worker, number, "", 0);
    if (status != STATUS_OK)
        return status;
    failure_set(&worker->context.failure, FAILURE_FILE_MALFORMED,
                "the line is longer than 1 MB");
    status = print_error(worker, out);
    end_line(worker);
    return status;
}

enum status match_worker_run(void *subject, const struct stream_part *part,
                             struct stream_text *out)
{
    struct match_worker *worker = subject;
    struct stream_line line = {0};
    if (part->too_long)
        return run_too_long(worker, part->line, out);
    enum status status = STATUS_OK;
    while (status == STATUS_OK && stream_line_next(part, &line))
        status = run_line(worker, &line, out);
    return status;
}
