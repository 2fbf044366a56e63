/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Conversation with a CM-700d: one command outstanding, time-outs, the repeating of
 * queries, waiting while it is busy, finding back after garbage. Internal to the model.
 */
#ifndef DRIVER_CM700D_LINK_H
#define DRIVER_CM700D_LINK_H

#include "driver/cm700d_protocol.h"
#include "driver/line.h"

enum { CM700D_QUEUE_MAX = 2, CM700D_POLL_MS = 500, CM700D_WORST_MS = 240000 };

enum cm700d_sync {
    CM700D_LOST, /* a late reply may come: find back before the next command */
    CM700D_FINDING,
    CM700D_SYNCED
};

/* Whose a measurement or calibration is whose end is told: a stranger's failure is no
 * matter of ours. */
enum cm700d_work {
    CM700D_INHERITED,
    CM700D_OURS,        /* accepted since the task began */
    CM700D_OURS_FOUND,  /* likewise; an answer was lost, but not the one of the end */
    CM700D_OURS_UNHEARD /* likewise; it may have told that the work failed */
};

enum cm700d_button { CM700D_BUTTON_OFF, CM700D_BUTTON_ON };

struct cm700d_link {
    struct transport *transport;
    const struct instrument_options *options;
    struct line_reader lines;
    enum cm700d_sync sync;
    enum cm700d_work work;
    enum cm700d_button button;

    /* Measurements that came unasked while the button is on. */
    struct cm700d_answer queue[CM700D_QUEUE_MAX];
    size_t queued;

    const char *task; /* for progress */
    uint64_t task_ms; /* when it began */
    uint64_t told_ms; /* when progress was last told */

    unsigned warnings; /* of answers since the task began; results carry their own */
    char last_code[5]; /* of the last refusal that is unknown */
};

void cm700d_link_start(struct cm700d_link *link, struct transport *transport,
                       const struct instrument_options *options);

/* Names what the next commands are for, and forgets warnings and work done before. */
void cm700d_begin(struct cm700d_link *link, const char *task);

/*
 * Sends a command and waits for its answer, as many times as the protocol allows: a query
 * whose reply is lost or garbled is repeated once, one that comes too early until the
 * instrument is ready. OK with the answer, or what went wrong.
 */
enum instrument_status cm700d_ask(struct cm700d_link *link, enum cm700d_name name,
                                  const unsigned *arguments,
                                  struct cm700d_answer *answer);

/* The status of an answer; the code of one that is unknown is remembered, and that the
 * work goes on where it does. */
enum instrument_status cm700d_judge(struct cm700d_link *link,
                                    const struct cm700d_answer *answer);

/* Asks for the status. How work ended that was begun before the task is told once, and
 * not taken for the answer. */
enum instrument_status cm700d_ask_state(struct cm700d_link *link,
                                        struct cm700d_state *state);

/* Asks for the status every interval_ms until the instrument is not busy; MEASURING when
 * it still is after limit_ms. */
enum instrument_status cm700d_settle(struct cm700d_link *link, unsigned interval_ms,
                                     unsigned limit_ms, struct cm700d_state *state);

/* Whether an answer to STR tells how a measurement or calibration ended: badly. */
static inline int cm700d_is_outcome(enum instrument_status status)
{
    return status > INSTRUMENT_NOT_UNDERSTOOD && status <= INSTRUMENT_UNKNOWN_CODE &&
           status != INSTRUMENT_MEASURING;
}

/* Waits until the instrument is idle. How it ended is told of our own work only. */
enum instrument_status cm700d_wait_idle(struct cm700d_link *link);

/*
 * Finds the beginning of an answer after opening, a time-out or garbage, and tells who
 * answers. NO_ANSWER in silence; UNSUPPORTED when ER00 comes twice; another refusal as
 * itself; BAD_REPLY when only garbage comes; after finding back, how our own work ended
 * where it ended badly.
 */
enum instrument_status cm700d_synchronise(struct cm700d_link *link,
                                          struct cm700d_identity *identity);

enum cm700d_heard { CM700D_HEARD_VALUES, CM700D_HEARD_STATUS };

/* Waits for a line that nobody asked for: a measurement, or an announcement, of which the
 * status alone is told. NO_ANSWER when none came in time. */
enum instrument_status cm700d_listen(struct cm700d_link *link, unsigned timeout_ms,
                                     enum cm700d_heard *heard,
                                     struct cm700d_answer *answer);

uint64_t cm700d_now_ms(const struct cm700d_link *link);
enum instrument_status cm700d_wait(struct cm700d_link *link, unsigned ms);
void cm700d_remark(const struct cm700d_link *link, const char *text);

#endif
