/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines of text over a transport, whose packets mean nothing: CR LF, LF or CR ends a
 * line; NUL bytes and empty lines are dropped. Internal to the driver.
 */
#ifndef DRIVER_LINE_H
#define DRIVER_LINE_H

#include "driver/transport.h"

enum { LINE_LIMIT = 1024 }; /* bytes in a line */

struct line_reader {
    struct transport *transport;
    struct transport_context context; /* for the trace */
    uint8_t packet[TRANSPORT_PACKET];
    size_t packet_size;
    size_t packet_next; /* the first byte not yet looked at */
    size_t line_size;   /* of the line being put together */
    char line[LINE_LIMIT];
};

/* Lines of the transport; the trace of context shows each, without its end. */
void line_start(struct line_reader *reader, struct transport *transport,
                const struct transport_context *context);

/* Sends bytes that end in CR LF. */
enum instrument_status line_send(struct line_reader *reader, const char *bytes,
                                 size_t size, unsigned timeout_ms);

/*
 * The next line, valid until the next call. NO_ANSWER when it is not whole in time: what
 * there is of it is kept, see line_begun. BAD_REPLY when it exceeds LINE_LIMIT; the
 * beginning is gone then. Else what the transport says.
 */
enum instrument_status line_receive(struct line_reader *reader, unsigned timeout_ms,
                                    const char **line, size_t *size);

/* As line_receive, from bytes that have been received already. */
enum instrument_status line_buffered(struct line_reader *reader, const char **line,
                                     size_t *size);

/* How many bytes of a line have come whose end has not. */
size_t line_begun(const struct line_reader *reader);

/* Discards all that was received and what comes, until nothing came for quiet_ms, at most
 * for cap_ms. */
enum instrument_status line_discard(struct line_reader *reader, unsigned quiet_ms,
                                    unsigned cap_ms);

#endif
