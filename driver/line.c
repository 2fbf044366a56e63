/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/line.h"

#include "driver/transport_context.h"

void line_start(struct line_reader *reader, struct transport *transport,
                const struct transport_context *context)
{
    reader->transport = transport;
    reader->context = *context;
    reader->packet_size = reader->packet_next = reader->line_size = 0;
}

static uint64_t now_ms(const struct line_reader *reader)
{
    return reader->transport->ops->now_ms(reader->transport);
}

enum instrument_status line_send(struct line_reader *reader, const char *bytes,
                                 size_t size, unsigned timeout_ms)
{
    enum { END = 2 };
    const uint8_t *data = (const uint8_t *)bytes;
    transport_show(&reader->context, INSTRUMENT_SENT, data, size - END);
    return reader->transport->ops->send(reader->transport, data, size, timeout_ms);
}

enum instrument_status line_buffered(struct line_reader *reader, const char **line,
                                     size_t *size)
{
    while (reader->packet_next < reader->packet_size) {
        char c = (char)reader->packet[reader->packet_next++];
        if (c == '\0')
            continue;
        if (c != '\r' && c != '\n') {
            if (reader->line_size == LINE_LIMIT) {
                reader->line_size = 0;
                return INSTRUMENT_BAD_REPLY;
            }
            reader->line[reader->line_size++] = c;
        } else if (reader->line_size > 0) {
            *line = reader->line;
            *size = reader->line_size;
            reader->line_size = 0;
            transport_show(&reader->context, INSTRUMENT_RECEIVED, (const uint8_t *)*line,
                           *size);
            return INSTRUMENT_OK;
        }
    }
    return INSTRUMENT_NO_ANSWER;
}

static enum instrument_status next_packet(struct line_reader *reader, unsigned timeout_ms)
{
    size_t size = 0;
    enum instrument_status status = reader->transport->ops->receive(
        reader->transport, reader->packet, sizeof reader->packet, &size, timeout_ms);
    reader->packet_next = 0;
    reader->packet_size = status == INSTRUMENT_OK ? size : 0;
    return status;
}

enum instrument_status line_receive(struct line_reader *reader, unsigned timeout_ms,
                                    const char **line, size_t *size)
{
    uint64_t deadline_ms = now_ms(reader) + timeout_ms;
    for (;;) {
        enum instrument_status status = line_buffered(reader, line, size);
        if (status != INSTRUMENT_NO_ANSWER)
            return status;
        uint64_t now = now_ms(reader);
        if (now >= deadline_ms)
            return INSTRUMENT_NO_ANSWER;
        status = next_packet(reader, (unsigned)(deadline_ms - now));
        if (status != INSTRUMENT_OK)
            return status;
    }
}

size_t line_begun(const struct line_reader *reader)
{
    return reader->line_size;
}

/* Bytes that are dropped are shown as they came, but for the line's end. */
static void show_dropped(const struct line_reader *reader)
{
    size_t size = reader->packet_size;
    while (size && (reader->packet[size - 1] == '\r' || reader->packet[size - 1] == '\n'))
        size--;
    if (size)
        transport_show(&reader->context, INSTRUMENT_RECEIVED, reader->packet, size);
}

enum instrument_status line_discard(struct line_reader *reader, unsigned quiet_ms,
                                    unsigned cap_ms)
{
    uint64_t end_ms = now_ms(reader) + cap_ms;
    enum instrument_status status = INSTRUMENT_OK;
    while (status == INSTRUMENT_OK && now_ms(reader) < end_ms) {
        status = next_packet(reader, quiet_ms);
        if (status == INSTRUMENT_OK)
            show_dropped(reader);
    }
    reader->packet_size = reader->packet_next = reader->line_size = 0;
    return status == INSTRUMENT_NO_ANSWER ? INSTRUMENT_OK : status;
}
