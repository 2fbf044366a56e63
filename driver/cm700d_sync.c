/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the beginning of an answer again: section 4.4 of the protocol. */
#include "driver/cm700d_link.h"

enum {
    QUIET_MS = 200,
    QUIET_CAP_MS = 2000,
    LAST_MS = 50,        /* of silence after the identity */
    EMPTY_LINE_MS = 300, /* for what a bare line end brings back */
    SEND_MS = 1000,
    TRIES = 2
};

/* What came instead of an identity, and how the work ended that was outlasted. */
struct heard {
    int refused_tries; /* by ER00 */
    int garbage;
    enum instrument_status refusal; /* the last one that was not ER00 */
    enum instrument_status outcome;
};

/* What a line is that came while an identity is awaited: OK when it is one. */
static enum instrument_status take_line(struct cm700d_link *link, const char *line,
                                        size_t size, struct cm700d_identity *identity,
                                        struct heard *heard)
{
    struct cm700d_answer answer;
    if (cm700d_decode(CM700D_IDR, line, size, &answer) != CM700D_UNDERSTOOD) {
        heard->garbage = 1;
        return INSTRUMENT_BAD_REPLY;
    }
    enum instrument_status status = cm700d_judge(link, &answer);
    if (status == INSTRUMENT_OK)
        *identity = answer.identity;
    else if (status == INSTRUMENT_NOT_READY || status == INSTRUMENT_MEASURING)
        return INSTRUMENT_MEASURING;
    else if (status != INSTRUMENT_NOT_UNDERSTOOD)
        heard->refusal = status;
    return status;
}

static enum instrument_status line_before(struct cm700d_link *link, uint64_t deadline_ms,
                                          const char **line, size_t *size)
{
    uint64_t now = cm700d_now_ms(link);
    if (now >= deadline_ms)
        return INSTRUMENT_NO_ANSWER;
    return line_receive(&link->lines, (unsigned)(deadline_ms - now), line, size);
}

/* Other lines may be late answers to what was sent before: the identity is the last. */
static enum instrument_status find_identity(struct cm700d_link *link,
                                            uint64_t deadline_ms,
                                            struct cm700d_identity *identity,
                                            struct heard *heard)
{
    enum instrument_status outcome = INSTRUMENT_NO_ANSWER;
    int refused = 0;
    for (;;) {
        const char *line;
        size_t size;
        enum instrument_status status = line_before(link, deadline_ms, &line, &size);
        if (status == INSTRUMENT_NO_ANSWER) {
            heard->garbage |= line_begun(&link->lines) > 0;
            heard->refused_tries += refused;
            return outcome;
        }
        if (status != INSTRUMENT_OK)
            return status;
        status = take_line(link, line, size, identity, heard);
        if (status == INSTRUMENT_OK)
            return status;
        refused |= status == INSTRUMENT_NOT_UNDERSTOOD;
        if (status == INSTRUMENT_MEASURING && outcome != status) {
            outcome = status;
            deadline_ms = cm700d_now_ms(link) + QUIET_MS;
        }
    }
}

static enum instrument_status
identify(struct cm700d_link *link, struct cm700d_identity *identity, struct heard *heard)
{
    struct cm700d_command command = cm700d_encode(CM700D_IDR, NULL);
    enum instrument_status status =
        line_send(&link->lines, command.bytes, command.size, SEND_MS);
    uint64_t deadline_ms = cm700d_now_ms(link) + cm700d_timeout_ms(CM700D_IDR);
    return status == INSTRUMENT_OK ? find_identity(link, deadline_ms, identity, heard)
                                   : status;
}

static int is_passing(enum instrument_status status)
{
    return status == INSTRUMENT_OK || status == INSTRUMENT_NO_ANSWER ||
           status == INSTRUMENT_BAD_REPLY || status == INSTRUMENT_TRANSFER;
}

/* Silence on the line, and an empty command line at the other end. */
static enum instrument_status clear(struct cm700d_link *link)
{
    const struct transport_ops *ops = link->transport->ops;
    enum instrument_status status = INSTRUMENT_OK;
    if (ops->recover)
        status = ops->recover(link->transport);
    if (is_passing(status))
        status = line_discard(&link->lines, QUIET_MS, QUIET_CAP_MS);
    if (is_passing(status))
        status = line_send(&link->lines, "\r\n", 2, SEND_MS);
    if (is_passing(status))
        status = line_discard(&link->lines, EMPTY_LINE_MS, EMPTY_LINE_MS);
    return status;
}

/* A program was killed while the instrument measured, perhaps: it is alive. */
static enum instrument_status
outlast(struct cm700d_link *link, struct cm700d_identity *identity, struct heard *heard)
{
    cm700d_remark(link, "the instrument is busy with something begun before");
    heard->outcome = cm700d_wait_idle(link);
    if (heard->outcome != INSTRUMENT_OK && !cm700d_is_outcome(heard->outcome))
        return heard->outcome;
    enum instrument_status status = identify(link, identity, heard);
    struct cm700d_answer answer;
    if (status == INSTRUMENT_OK && link->button == CM700D_BUTTON_OFF)
        status = cm700d_ask(link, CM700D_SWS, &(unsigned){0}, &answer);
    return status;
}

static enum instrument_status find(struct cm700d_link *link,
                                   struct cm700d_identity *identity, struct heard *heard)
{
    enum instrument_status status = INSTRUMENT_NO_ANSWER;
    for (int i = 0; i < TRIES && is_passing(status); i++) {
        status = clear(link);
        if (is_passing(status))
            status = identify(link, identity, heard);
        if (status == INSTRUMENT_OK) /* it may answer an earlier program's question */
            status = line_discard(&link->lines, LAST_MS, QUIET_CAP_MS);
        if (status == INSTRUMENT_OK)
            return status;
    }
    if (status == INSTRUMENT_MEASURING)
        return outlast(link, identity, heard);
    if (status != INSTRUMENT_NO_ANSWER)
        return status;
    if (heard->refusal != INSTRUMENT_OK)
        return heard->refusal;
    if (heard->garbage)
        return INSTRUMENT_BAD_REPLY;
    return heard->refused_tries == TRIES ? INSTRUMENT_UNSUPPORTED : INSTRUMENT_NO_ANSWER;
}

enum instrument_status cm700d_synchronise(struct cm700d_link *link,
                                          struct cm700d_identity *identity)
{
    link->sync = CM700D_FINDING;
    struct heard heard = {.refusal = INSTRUMENT_OK};
    enum instrument_status status = find(link, identity, &heard);
    link->sync = status == INSTRUMENT_OK ? CM700D_SYNCED : CM700D_LOST;
    return status == INSTRUMENT_OK ? heard.outcome : status;
}
