/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/cm700d_link.h"

#include <stdio.h>

#include "driver/transport_context.h"

enum {
    SEND_MS = 1000,
    TELL_MS = 500,       /* between two tellings of progress */
    NOT_READY_MS = 10000 /* how long a command that comes too early is repeated */
};

static const struct transport_context *trace_of(const struct cm700d_link *link)
{
    return &link->lines.context;
}

void cm700d_link_start(struct cm700d_link *link, struct transport *transport,
                       const struct instrument_options *options)
{
    *link = (struct cm700d_link){.transport = transport, .options = options};
    struct transport_context trace = {.user = options->user, .trace = options->trace};
    line_start(&link->lines, transport, &trace);
    cm700d_begin(link, "");
}

uint64_t cm700d_now_ms(const struct cm700d_link *link)
{
    return link->transport->ops->now_ms(link->transport);
}

void cm700d_remark(const struct cm700d_link *link, const char *text)
{
    transport_remark(trace_of(link), text);
}

void cm700d_begin(struct cm700d_link *link, const char *task)
{
    link->task = task;
    link->task_ms = link->told_ms = cm700d_now_ms(link);
    link->warnings = 0;
    link->work = CM700D_INHERITED;
    link->last_code[0] = '\0';
}

static void tell_progress(struct cm700d_link *link)
{
    uint64_t now = cm700d_now_ms(link);
    if (!link->options->progress || now - link->told_ms < TELL_MS)
        return;
    link->told_ms = now;
    link->options->progress(link->options->user, link->task,
                            (double)(now - link->task_ms) / 1000);
}

enum instrument_status cm700d_wait(struct cm700d_link *link, unsigned ms)
{
    tell_progress(link);
    return link->transport->ops->wait(link->transport, ms);
}

/* A line before the deadline, in slices so that progress is told. */
static enum instrument_status receive_line(struct cm700d_link *link, uint64_t deadline_ms,
                                           const char **line, size_t *size)
{
    for (;;) {
        uint64_t now = cm700d_now_ms(link);
        uint64_t left = now < deadline_ms ? deadline_ms - now : 0;
        unsigned slice = left < TRANSPORT_SLICE_MS ? (unsigned)left : TRANSPORT_SLICE_MS;
        enum instrument_status status = line_receive(&link->lines, slice, line, size);
        if (status != INSTRUMENT_NO_ANSWER)
            return status;
        if (left == 0)
            return line_begun(&link->lines) ? INSTRUMENT_BAD_REPLY : INSTRUMENT_NO_ANSWER;
        tell_progress(link);
    }
}

/* A measurement that was not asked for is kept while the button is on, else dropped. */
static void keep_unasked(struct cm700d_link *link, const struct cm700d_answer *answer)
{
    if (link->button == CM700D_BUTTON_ON && link->queued < CM700D_QUEUE_MAX)
        link->queue[link->queued++] = *answer;
    else
        cm700d_remark(link, "dropped a line that answers nothing");
}

static int is_measurement(const char *line, size_t size, struct cm700d_answer *answer)
{
    return cm700d_decode(CM700D_RDR, line, size, answer) == CM700D_UNDERSTOOD &&
           answer->verdict == CM700D_DONE;
}

/* What still lies in the buffer when a command is about to be sent answers nothing. */
static void clear_buffer(struct cm700d_link *link)
{
    const char *line;
    size_t size;
    struct cm700d_answer answer;
    while (line_buffered(&link->lines, &line, &size) == INSTRUMENT_OK)
        if (is_measurement(line, size, &answer))
            keep_unasked(link, &answer);
        else
            cm700d_remark(link, "dropped a line that answers nothing");
}

/* One command, one answer. */
static enum instrument_status converse(struct cm700d_link *link,
                                       const struct cm700d_command *command,
                                       struct cm700d_answer *answer)
{
    clear_buffer(link);
    enum instrument_status status =
        line_send(&link->lines, command->bytes, command->size, SEND_MS);
    uint64_t deadline_ms = cm700d_now_ms(link) + cm700d_timeout_ms(command->name);
    while (status == INSTRUMENT_OK) {
        const char *line;
        size_t size;
        status = receive_line(link, deadline_ms, &line, &size);
        if (status != INSTRUMENT_OK)
            break;
        enum cm700d_parse parse = cm700d_decode(command->name, line, size, answer);
        if (parse == CM700D_UNDERSTOOD)
            break;
        if (parse != CM700D_WRONG_COUNT || !is_measurement(line, size, answer)) {
            cm700d_remark(link, cm700d_parse_text(parse));
            status = INSTRUMENT_BAD_REPLY;
            break;
        }
        keep_unasked(link, answer);
    }
    return status;
}

enum instrument_status cm700d_judge(struct cm700d_link *link,
                                    const struct cm700d_answer *answer)
{
    enum instrument_status status = cm700d_status(answer);
    if (status == INSTRUMENT_MEASURING && link->work == CM700D_OURS_UNHEARD)
        link->work = CM700D_OURS_FOUND;
    if (status == INSTRUMENT_UNKNOWN_CODE)
        snprintf(link->last_code, sizeof link->last_code, "ER%02u", answer->code % 100);
    return status;
}

static int reply_was_lost(enum instrument_status status)
{
    return status == INSTRUMENT_NO_ANSWER || status == INSTRUMENT_BAD_REPLY ||
           status == INSTRUMENT_TRANSFER || status == INSTRUMENT_COMMUNICATION;
}

/* While finding back, a line may come that answers nothing: ER00 to the bare line end,
 * late, or an announcement of the button. The answer comes after it. */
static int may_be_stray(const struct cm700d_link *link, enum instrument_status status)
{
    return link->sync == CM700D_FINDING &&
           (status == INSTRUMENT_NOT_UNDERSTOOD || status == INSTRUMENT_BAD_REPLY);
}

/* An answer was not heard that may have told how our work ended. */
static void doubt_work(struct cm700d_link *link)
{
    if (link->work != CM700D_INHERITED)
        link->work = CM700D_OURS_UNHEARD;
}

/* How often, and until when, a command has been repeated. */
struct patience {
    int lost_once;
    int was_busy;
    uint64_t ready_by_ms; /* 0 while it never came too early */
};

/* Whether and when to send the command once more: OK at once, else the outcome. */
static enum instrument_status try_again(struct cm700d_link *link, enum cm700d_name name,
                                        enum instrument_status status,
                                        struct patience *patience)
{
    if (may_be_stray(link, status) && !patience->lost_once++) {
        doubt_work(link);
        return INSTRUMENT_OK;
    }
    if (reply_was_lost(status) || status == INSTRUMENT_CANCELLED) {
        int give_up = link->sync == CM700D_FINDING || status == INSTRUMENT_CANCELLED ||
                      cm700d_repeat(name) == CM700D_ONCE || patience->lost_once++;
        if (link->sync == CM700D_SYNCED)
            link->sync = CM700D_LOST;
        doubt_work(link);
        return give_up ? status : INSTRUMENT_OK;
    }
    if (status == INSTRUMENT_NOT_READY) {
        uint64_t now = cm700d_now_ms(link);
        if (!patience->ready_by_ms)
            patience->ready_by_ms = now + NOT_READY_MS;
        return now < patience->ready_by_ms ? cm700d_wait(link, CM700D_POLL_MS) : status;
    }
    if (status == INSTRUMENT_MEASURING && name != CM700D_STR && !patience->was_busy++)
        return cm700d_wait_idle(link);
    return status;
}

static int begins_work(enum cm700d_name name)
{
    return name == CM700D_MES || name == CM700D_ZRC || name == CM700D_CAL ||
           name == CM700D_USC;
}

/* Results may be old: a reading has its warnings from those it is made of. */
static void note_done(struct cm700d_link *link, enum cm700d_name name,
                      const struct cm700d_answer *answer)
{
    if (begins_work(name))
        link->work = CM700D_OURS;
    if (name != CM700D_MDR && name != CM700D_RDR)
        link->warnings |= cm700d_warnings(answer);
}

enum instrument_status cm700d_ask(struct cm700d_link *link, enum cm700d_name name,
                                  const unsigned *arguments, struct cm700d_answer *answer)
{
    struct cm700d_command command = cm700d_encode(name, arguments);
    struct patience patience = {0};
    if (begins_work(name))
        link->work = CM700D_INHERITED;
    for (;;) {
        struct cm700d_identity identity;
        enum instrument_status status = INSTRUMENT_OK;
        if (link->sync == CM700D_LOST)
            status = cm700d_synchronise(link, &identity);
        if (status != INSTRUMENT_OK)
            return status;
        struct cm700d_answer read;
        status = converse(link, &command, &read);
        if (status == INSTRUMENT_OK)
            status = cm700d_judge(link, &read);
        if (status == INSTRUMENT_OK) {
            note_done(link, name, &read);
            *answer = read;
            return status;
        }
        status = try_again(link, name, status, &patience);
        if (status != INSTRUMENT_OK)
            return status;
    }
}

enum instrument_status cm700d_ask_state(struct cm700d_link *link,
                                        struct cm700d_state *state)
{
    struct cm700d_answer answer;
    enum instrument_status status = cm700d_ask(link, CM700D_STR, NULL, &answer);
    if (cm700d_is_outcome(status))
        status = cm700d_ask(link, CM700D_STR, NULL, &answer);
    if (status == INSTRUMENT_OK)
        *state = answer.state;
    return status;
}

enum instrument_status cm700d_settle(struct cm700d_link *link, unsigned interval_ms,
                                     unsigned limit_ms, struct cm700d_state *state)
{
    uint64_t deadline_ms = cm700d_now_ms(link) + limit_ms;
    struct cm700d_answer answer;
    enum instrument_status status;
    do {
        status = cm700d_wait(link, interval_ms);
        if (status == INSTRUMENT_OK)
            status = cm700d_ask(link, CM700D_STR, NULL, &answer);
    } while (status == INSTRUMENT_MEASURING && cm700d_now_ms(link) < deadline_ms);
    if (status == INSTRUMENT_OK)
        *state = answer.state;
    return status;
}

enum instrument_status cm700d_wait_idle(struct cm700d_link *link)
{
    struct cm700d_state state;
    enum instrument_status status =
        cm700d_settle(link, CM700D_POLL_MS, CM700D_WORST_MS, &state);
    return cm700d_is_outcome(status) && link->work == CM700D_INHERITED ? INSTRUMENT_OK
                                                                       : status;
}

enum instrument_status cm700d_listen(struct cm700d_link *link, unsigned timeout_ms,
                                     enum cm700d_heard *heard,
                                     struct cm700d_answer *answer)
{
    if (link->queued > 0) {
        *answer = link->queue[0];
        link->queue[0] = link->queue[1];
        link->queued--;
        *heard = CM700D_HEARD_VALUES;
        return INSTRUMENT_OK;
    }
    const char *line;
    size_t size;
    enum instrument_status status =
        receive_line(link, cm700d_now_ms(link) + timeout_ms, &line, &size);
    if (status == INSTRUMENT_BAD_REPLY && line_begun(&link->lines))
        return INSTRUMENT_NO_ANSWER; /* its end may still come */
    if (status != INSTRUMENT_OK)
        return status;
    *heard =
        is_measurement(line, size, answer) ? CM700D_HEARD_VALUES : CM700D_HEARD_STATUS;
    if (*heard == CM700D_HEARD_STATUS &&
        cm700d_decode_status(line, size, answer) != CM700D_UNDERSTOOD)
        return INSTRUMENT_BAD_REPLY;
    status = cm700d_judge(link, answer);
    if (status == INSTRUMENT_OK && *heard == CM700D_HEARD_STATUS)
        link->warnings |= cm700d_warnings(answer);
    return status;
}
