/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A transport that plays the instrument's part of a conversation written out in a table,
 * in emulated time, and checks the other part. */
#ifndef TESTS_DRIVER_DIALOG_H
#define TESTS_DRIVER_DIALOG_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/transport.h"

/* One command and what follows it; the last exchange of a table has no command and no
 * reply. */
struct exchange {
    const char *command; /* without CR LF; NULL: the reply comes unasked */

    /* Without CR LF; NULL: silence. "@2000 OK00" comes after 2000 ms; "~OK" never
     * ends; UNPLUGGED_HERE and STALLED_HERE are what the transport says instead. */
    const char *reply;
};

#define UNPLUGGED_HERE "!unplugged"
#define STALLED_HERE   "!stalled"

struct dialog {
    struct transport base;
    const struct exchange *next;
    uint64_t now_ms;
    uint64_t due_ms;    /* of the bytes below */
    uint64_t cancel_ms; /* from when on it is cancelled, 0 for never */
    size_t size;
    size_t taken;
    char bytes[2048];
    enum instrument_status status; /* of the next receive */
    int closed;
    int recovered;
};

static inline struct dialog *dialog_of(struct transport *transport)
{
    return (struct dialog *)transport;
}

static inline void dialog_reply(struct dialog *dialog, const struct exchange *exchange)
{
    const char *reply = exchange->reply;
    dialog->status = INSTRUMENT_OK;
    dialog->due_ms = dialog->now_ms;
    if (!reply)
        return;
    if (reply[0] == '!') {
        dialog->status = reply[1] == 'u' ? INSTRUMENT_UNPLUGGED : INSTRUMENT_TRANSFER;
        return;
    }
    if (reply[0] == '@') {
        char *end;
        dialog->due_ms += strtoul(reply + 1, &end, 10);
        reply = end + 1;
    }
    const char *end_of_line = reply[0] == '~' ? "" : "\r\n";
    reply += reply[0] == '~';
    if (dialog->taken == dialog->size)
        dialog->taken = dialog->size = 0;
    dialog->size +=
        (size_t)snprintf(dialog->bytes + dialog->size,
                         sizeof dialog->bytes - dialog->size, "%s%s", reply, end_of_line);
}

/* Lines that come unasked are on their way as soon as it is their turn. */
static inline void dialog_announce(struct dialog *dialog)
{
    while (!dialog->next->command && dialog->next->reply && dialog->taken == dialog->size)
        dialog_reply(dialog, dialog->next++);
}

static inline enum instrument_status dialog_send(struct transport *transport,
                                                 const uint8_t *data, size_t size,
                                                 unsigned timeout_ms)
{
    struct dialog *dialog = dialog_of(transport);
    (void)timeout_ms;
    const char *expected = dialog->next->command ? dialog->next->command : "(nothing)";
    ck_assert_uint_ge(size, 2);
    ck_assert_msg(size - 2 == strlen(expected) && memcmp(data, expected, size - 2) == 0,
                  "sent %.*s, expected %s", (int)size - 2, (const char *)data, expected);
    ck_assert_int_eq(memcmp(data + size - 2, "\r\n", 2), 0);
    dialog_reply(dialog, dialog->next++);
    return INSTRUMENT_OK;
}

static inline int dialog_cancelled(const struct dialog *dialog)
{
    return dialog->cancel_ms && dialog->now_ms >= dialog->cancel_ms;
}

static inline enum instrument_status dialog_wait(struct transport *transport, unsigned ms)
{
    struct dialog *dialog = dialog_of(transport);
    uint64_t end_ms = dialog->now_ms + ms;
    while (dialog->now_ms < end_ms) {
        if (dialog_cancelled(dialog))
            return INSTRUMENT_CANCELLED;
        uint64_t left = end_ms - dialog->now_ms;
        dialog->now_ms += left < 100 ? left : 100;
    }
    return INSTRUMENT_OK;
}

static inline enum instrument_status dialog_receive(struct transport *transport,
                                                    uint8_t *data, size_t capacity,
                                                    size_t *size, unsigned timeout_ms)
{
    struct dialog *dialog = dialog_of(transport);
    dialog_announce(dialog);
    if (dialog->status != INSTRUMENT_OK) {
        enum instrument_status status = dialog->status;
        dialog->status = INSTRUMENT_OK;
        return status;
    }
    uint64_t end_ms = dialog->now_ms + timeout_ms;
    int comes = dialog->taken < dialog->size && dialog->due_ms <= end_ms;
    uint64_t until_ms = comes ? dialog->due_ms : end_ms;
    if (until_ms > dialog->now_ms) {
        enum instrument_status status =
            dialog_wait(transport, (unsigned)(until_ms - dialog->now_ms));
        if (status != INSTRUMENT_OK)
            return status;
    }
    if (!comes)
        return INSTRUMENT_NO_ANSWER;
    size_t left = dialog->size - dialog->taken;
    *size = left < capacity ? left : capacity;
    memcpy(data, dialog->bytes + dialog->taken, *size);
    dialog->taken += *size;
    return INSTRUMENT_OK;
}

static inline uint64_t dialog_now(struct transport *transport)
{
    return dialog_of(transport)->now_ms;
}

static inline enum instrument_status dialog_recover(struct transport *transport)
{
    dialog_of(transport)->recovered++;
    return INSTRUMENT_OK;
}

static inline void dialog_close(struct transport *transport)
{
    dialog_of(transport)->closed++;
}

static const struct transport_ops dialog_ops = {
    .send = dialog_send,
    .receive = dialog_receive,
    .recover = dialog_recover,
    .now_ms = dialog_now,
    .wait = dialog_wait,
    .close = dialog_close,
};

static inline struct dialog dialog_start(const struct exchange *exchanges)
{
    return (struct dialog){.base.ops = &dialog_ops, .next = exchanges, .now_ms = 1000};
}

/* All that was written has been said. */
static inline void dialog_is_over(const struct dialog *dialog)
{
    ck_assert_msg(!dialog->next->command && !dialog->next->reply, "not said: %s",
                  dialog->next->command);
}

#endif
