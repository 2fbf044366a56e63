/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A reading by the instrument's own button. Whether the instrument announces a press, and
 * how, is not known, so both are awaited: a line that nobody asked for, and a result that
 * differs from the last one. Section 9 of the protocol.
 */
#include "driver/cm700d.h"

#include <string.h>

enum {
    LISTEN_MS = 250,
    ASK_EVERY_MS = 1000,
    BUSY_POLL_MS = 250,
    SECOND_LINE_MS = 2000,
    DRAIN_MS = 300,
    PRESSES_MAX = 5,
    HURRIED_MS = 100 /* for the reply when leaving with bad news */
};

/* A press that is awaited: the result before it, and those after it. */
struct press {
    enum { NOTHING_BEFORE, RESULT_BEFORE } before;
    struct cm700d_answer baseline;
    struct cm700d_answer first;
    struct cm700d_answer second;
};

static enum instrument_status read_slot(struct cm700d *self, unsigned slot,
                                        struct cm700d_answer *answer)
{
    return cm700d_ask(&self->link, CM700D_RDR, &slot, answer);
}

static int wants_second(const struct cm700d *self)
{
    return self->specular == INSTRUMENT_SCI_AND_SCE;
}

static enum instrument_status arm(struct cm700d *self, struct press *press)
{
    struct cm700d_answer answer;
    enum instrument_status status =
        cm700d_ask(&self->link, CM700D_SWS, &(unsigned){1}, &answer);
    if (status != INSTRUMENT_OK)
        return status;
    self->link.button = CM700D_BUTTON_ON;
    status = read_slot(self, 1, &press->baseline);
    press->before = status == INSTRUMENT_OK ? RESULT_BEFORE : NOTHING_BEFORE;
    return status == INSTRUMENT_NO_DATA ? INSTRUMENT_OK : status;
}

/* With bad news, or asked to stop, it is told once and not waited for. */
static void disarm(struct cm700d *self, enum instrument_status status)
{
    struct cm700d_link *link = &self->link;
    link->button = CM700D_BUTTON_OFF;
    link->queued = 0;
    struct cm700d_answer answer;
    if (status == INSTRUMENT_OK) {
        cm700d_ask(link, CM700D_SWS, &(unsigned){0}, &answer);
        line_discard(&link->lines, DRAIN_MS, DRAIN_MS);
        return;
    }
    struct cm700d_command off = cm700d_encode(CM700D_SWS, &(unsigned){0});
    line_send(&link->lines, off.bytes, off.size, HURRIED_MS);
    line_discard(&link->lines, HURRIED_MS, HURRIED_MS);
    link->sync = CM700D_LOST;
}

static int is_same(const struct cm700d_answer *a, const struct cm700d_answer *b)
{
    return memcmp(a->value, b->value, sizeof a->value) == 0;
}

/* OK when slot 1 holds another result than before the press; NO_DATA when it does not. */
static enum instrument_status look(struct cm700d *self, struct press *press)
{
    enum instrument_status status = read_slot(self, 1, &press->first);
    if (status != INSTRUMENT_OK || press->before == NOTHING_BEFORE)
        return status;
    return is_same(&press->first, &press->baseline) ? INSTRUMENT_NO_DATA : INSTRUMENT_OK;
}

/* Slot 2 of the same press as slot 1: the operator may press again in between. */
static enum instrument_status pair(struct cm700d *self, struct press *press)
{
    if (!wants_second(self))
        return INSTRUMENT_OK;
    for (int i = 0; i < PRESSES_MAX; i++) {
        struct cm700d_answer again;
        enum instrument_status status = read_slot(self, 2, &press->second);
        if (status == INSTRUMENT_OK)
            status = read_slot(self, 1, &again);
        if (status != INSTRUMENT_OK || is_same(&again, &press->first))
            return status;
        press->first = again;
    }
    return INSTRUMENT_NOT_READY;
}

/* The results of a press that was noticed. An announcement may cross with a question, and
 * be taken for its answer, which then still comes. */
static enum instrument_status fetch(struct cm700d *self, struct press *press)
{
    enum instrument_status status = look(self, press);
    if (status != INSTRUMENT_OK)
        return status;
    status = line_discard(&self->link.lines, DRAIN_MS, SECOND_LINE_MS);
    self->link.queued = 0;
    return status == INSTRUMENT_OK ? pair(self, press) : status;
}

/* Every second, in case presses are not announced. */
static enum instrument_status inquire(struct cm700d *self, struct press *press)
{
    struct cm700d_answer answer;
    struct cm700d_state state;
    enum instrument_status status = cm700d_ask(&self->link, CM700D_STR, NULL, &answer);
    if (status == INSTRUMENT_MEASURING)
        status = cm700d_settle(&self->link, BUSY_POLL_MS, CM700D_WORST_MS, &state);
    return status == INSTRUMENT_OK ? fetch(self, press) : status;
}

/* The line just heard is slot 1; slot 2 follows by itself, or is asked for. */
static enum instrument_status complete(struct cm700d *self, struct press *press)
{
    if (!wants_second(self))
        return INSTRUMENT_OK;
    enum cm700d_heard heard;
    enum instrument_status status =
        cm700d_listen(&self->link, SECOND_LINE_MS, &heard, &press->second);
    if (status == INSTRUMENT_OK && heard == CM700D_HEARD_VALUES)
        return status;
    if (status == INSTRUMENT_OK || status == INSTRUMENT_NO_ANSWER)
        return pair(self, press);
    return status;
}

/* NO_ANSWER in silence, NO_DATA when what was heard brought nothing new. */
static enum instrument_status listen(struct cm700d *self, struct press *press)
{
    enum cm700d_heard heard;
    enum instrument_status status =
        cm700d_listen(&self->link, LISTEN_MS, &heard, &press->first);
    if (status != INSTRUMENT_OK)
        return status;
    return heard == CM700D_HEARD_VALUES ? complete(self, press) : fetch(self, press);
}

static enum instrument_status await(struct cm700d *self, struct press *press)
{
    uint64_t ask_ms = cm700d_now_ms(&self->link) + ASK_EVERY_MS;
    unsigned warnings = self->link.warnings;
    for (;;) {
        self->link.warnings = warnings; /* of what came to nothing before: no longer */
        enum instrument_status status = listen(self, press);
        if (status == INSTRUMENT_NO_ANSWER && cm700d_now_ms(&self->link) < ask_ms)
            continue;
        if (status == INSTRUMENT_NO_ANSWER)
            status = inquire(self, press);
        if (status == INSTRUMENT_BAD_REPLY && self->link.sync == CM700D_SYNCED)
            self->link.sync = CM700D_LOST; /* a line of noise: find back, wait on */
        else if (status != INSTRUMENT_NO_DATA)
            return status;
        ask_ms = cm700d_now_ms(&self->link) + ASK_EVERY_MS;
    }
}

enum instrument_status cm700d_wait_button(struct model_session *session,
                                          struct instrument_reading *out)
{
    struct cm700d *self = (struct cm700d *)session;
    cm700d_begin(&self->link, "waiting for the button");
    enum instrument_status status = cm700d_prepare(self);
    if (status == INSTRUMENT_OK)
        status = cm700d_require_calibration(self);
    if (status != INSTRUMENT_OK)
        return status;
    struct press press;
    status = arm(self, &press);
    if (status == INSTRUMENT_OK)
        status = await(self, &press);
    disarm(self, status);
    cm700d_note_refusal(self, status);
    return status == INSTRUMENT_OK
               ? cm700d_make_reading(self, &press.first, &press.second, out)
               : status;
}
