/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines from packets: section 3 of the description of the protocol. */
#include "driver/line.h"

#include <stdio.h>
#include <string.h>

#include "tests/driver/vectors.h"
#include "tests/runner.h"

struct packet {
    const char *bytes;
    size_t size;
    unsigned after_ms;
    enum instrument_status status;
};

/* A transport that has packets, and time that passes by waiting for them. */
struct packets {
    struct transport base;
    const struct packet *packet;
    size_t count;
    size_t next;
    uint64_t now_ms;
    char sent[64];
    size_t sent_size;
};

static enum instrument_status send_bytes(struct transport *transport, const uint8_t *data,
                                         size_t size, unsigned timeout_ms)
{
    struct packets *packets = (struct packets *)transport;
    ck_assert_uint_eq(timeout_ms, 1000);
    memcpy(packets->sent, data, size);
    packets->sent_size = size;
    return INSTRUMENT_OK;
}

static enum instrument_status receive(struct transport *transport, uint8_t *data,
                                      size_t capacity, size_t *size, unsigned timeout_ms)
{
    struct packets *packets = (struct packets *)transport;
    ck_assert_uint_eq(capacity, TRANSPORT_PACKET);
    const struct packet *packet = &packets->packet[packets->next];
    if (packets->next == packets->count || packet->after_ms > timeout_ms) {
        packets->now_ms += timeout_ms;
        return INSTRUMENT_NO_ANSWER;
    }
    packets->next++;
    packets->now_ms += packet->after_ms;
    if (packet->status != INSTRUMENT_OK)
        return packet->status;
    memcpy(data, packet->bytes, packet->size);
    *size = packet->size;
    return INSTRUMENT_OK;
}

static uint64_t now(struct transport *transport)
{
    return ((struct packets *)transport)->now_ms;
}

static const struct transport_ops ops = {
    .send = send_bytes, .receive = receive, .now_ms = now};

/* What a trace shows, one line each. */
struct shown {
    char text[4096];
};

static void show(void *user, enum instrument_direction direction, const uint8_t *bytes,
                 size_t size)
{
    struct shown *shown = user;
    size_t used = strlen(shown->text);
    snprintf(shown->text + used, sizeof shown->text - used, "%c%.*s|", "><#"[direction],
             (int)size, (const char *)bytes);
}

static struct packets packets_of(const struct packet *packet, size_t count)
{
    return (struct packets){.base.ops = &ops, .packet = packet, .count = count};
}

static void start(struct line_reader *reader, struct packets *packets)
{
    line_start(reader, &packets->base, &(struct transport_context){0});
}

/* All lines until none comes for a second, each followed by a bar. */
static void read_all(struct line_reader *reader, char *out, size_t capacity)
{
    const char *line;
    size_t size;
    out[0] = '\0';
    while (line_receive(reader, 1000, &line, &size) == INSTRUMENT_OK) {
        size_t used = strlen(out);
        snprintf(out + used, capacity - used, "%.*s|", (int)size, line);
    }
}

struct framed {
    const char *bytes;
    size_t size;
    const char *lines;
};

#define BYTES(text) text, sizeof text - 1

static const struct framed framed[] = {
    {BYTES("OK00\r\n"), "OK00|"},
    {BYTES("OK00\n"), "OK00|"},
    {BYTES("OK00\r"), "OK00|"},
    {BYTES("OK00\n\r"), "OK00|"},
    {BYTES("\r\n\r\n\n\rOK00\r\n\r\n"), "OK00|"},
    {BYTES("\0OK00\r\n"), "OK00|"},
    {BYTES("O\0K\0"
           "00\0\r\0\n"),
     "OK00|"},
    {BYTES("OK00\r\nER35\r\n"), "OK00|ER35|"},
    {BYTES("OK00\rER35\nER10\r\n"), "OK00|ER35|ER10|"},
    {BYTES("OK00,\xe9\xff\r\n"), "OK00,\xe9\xff|"},
    {BYTES("OK00"), ""},
    {BYTES(""), ""},
};

START_TEST(a_line_ends_at_cr_lf_or_both_and_nul_is_dropped)
{
    const struct framed *row = &framed[_i];
    char lines[256];
    struct packet packet = {.bytes = row->bytes, .size = row->size};
    struct packets packets = packets_of(&packet, 1);
    struct line_reader reader;
    start(&reader, &packets);
    read_all(&reader, lines, sizeof lines);
    ck_assert_str_eq(lines, row->lines);
}
END_TEST

START_TEST(a_line_is_the_same_however_it_is_split)
{
    const struct framed *row = &framed[_i];
    for (size_t cut = 0; cut <= row->size; cut++) {
        char lines[256];
        const struct packet both[] = {
            {.bytes = row->bytes, .size = cut},
            {.bytes = row->bytes + cut, .size = row->size - cut, .after_ms = 5}};
        struct packets packets = packets_of(both, 2);
        struct line_reader reader;
        start(&reader, &packets);
        read_all(&reader, lines, sizeof lines);
        ck_assert_str_eq(lines, row->lines);
    }
}
END_TEST

static const char reply[] = "OK00," S1 "\r\n";

/* TV-23: 223 bytes as 64, 64, 64, 31, and as 64, 0, 64, 64, 31. */
START_TEST(tv23_packets_mean_nothing)
{
    ck_assert_uint_eq(strlen(reply), 223);
    const struct packet packet[] = {
        {.bytes = reply, .size = 64},       {.bytes = "", .size = 0},
        {.bytes = reply + 64, .size = 64},  {.bytes = reply + 128, .size = 64},
        {.bytes = reply + 192, .size = 31},
    };
    char lines[512];
    struct packets packets = packets_of(packet, 5);
    struct line_reader reader;
    start(&reader, &packets);
    read_all(&reader, lines, sizeof lines);
    ck_assert_str_eq(lines, "OK00," S1 "|");
}
END_TEST

START_TEST(tv23_a_stray_line_in_front_is_a_line_of_its_own)
{
    char first[TRANSPORT_PACKET];
    memcpy(first, "OK00\r\n", 6);
    memcpy(first + 6, reply, sizeof first - 6);
    const struct packet packet[] = {
        {.bytes = first, .size = 64},
        {.bytes = reply + 58, .size = 64},
        {.bytes = reply + 122, .size = 64},
        {.bytes = reply + 186, .size = 37},
    };
    char lines[512];
    struct packets packets = packets_of(packet, 4);
    struct line_reader reader;
    start(&reader, &packets);
    read_all(&reader, lines, sizeof lines);
    ck_assert_str_eq(lines, "OK00|OK00," S1 "|");
}
END_TEST

START_TEST(every_byte_may_be_a_packet)
{
    struct packet packet[sizeof reply - 1];
    for (size_t i = 0; i < sizeof reply - 1; i++)
        packet[i] = (struct packet){.bytes = reply + i, .size = 1, .after_ms = 1};
    char lines[512];
    struct packets packets = packets_of(packet, sizeof reply - 1);
    struct line_reader reader;
    start(&reader, &packets);
    read_all(&reader, lines, sizeof lines);
    ck_assert_str_eq(lines, "OK00," S1 "|");
}
END_TEST

START_TEST(no_beginning_of_a_reply_is_a_line)
{
    for (size_t cut = 0; cut < sizeof "OK00," S1; cut++) {
        struct packet packet[4];
        size_t count = 0;
        for (size_t at = 0; at < cut; at += 64, count++)
            packet[count] = (struct packet){.bytes = reply + at,
                                            .size = cut - at < 64 ? cut - at : 64};
        struct packets packets = packets_of(packet, count);
        struct line_reader reader;
        start(&reader, &packets);
        const char *line;
        size_t size;
        ck_assert_uint_eq(line_receive(&reader, 500, &line, &size), INSTRUMENT_NO_ANSWER);
        ck_assert_uint_eq(packets.now_ms, 500);
        ck_assert_uint_eq(line_begun(&reader), cut);
    }
}
END_TEST

START_TEST(the_rest_of_a_line_may_come_in_a_later_call)
{
    const struct packet packet[] = {{.bytes = "OK", .size = 2},
                                    {.bytes = "00\n", .size = 3, .after_ms = 400}};
    struct packets packets = packets_of(packet, 2);
    struct line_reader reader;
    const char *line;
    size_t size;
    start(&reader, &packets);
    ck_assert_uint_eq(line_receive(&reader, 300, &line, &size), INSTRUMENT_NO_ANSWER);
    ck_assert_uint_eq(line_receive(&reader, 500, &line, &size), INSTRUMENT_OK);
    ck_assert_uint_eq(size, 4);
    ck_assert_uint_eq(line_begun(&reader), 0);
}
END_TEST

/* Fault F6; a line of the limit itself is still one. */
START_TEST(a_line_without_end_is_an_error_at_the_limit)
{
    static const char full[TRANSPORT_PACKET + 1] =
        "0123456789012345678901234567890123456789012345678901234567890123";
    for (size_t more = 0; more < 2; more++) {
        struct packet packet[18];
        for (size_t i = 0; i < 16; i++)
            packet[i] = (struct packet){.bytes = full, .size = 64};
        packet[16] = more ? (struct packet){.bytes = "9\n", .size = 2}
                          : (struct packet){.bytes = "\n", .size = 1};
        struct packets packets = packets_of(packet, 17);
        struct line_reader reader;
        const char *line;
        size_t size = 0;
        start(&reader, &packets);
        ck_assert_uint_eq(line_receive(&reader, 1000, &line, &size),
                          more ? INSTRUMENT_BAD_REPLY : INSTRUMENT_OK);
        ck_assert_uint_eq(size, more ? 0 : LINE_LIMIT);
        ck_assert_uint_eq(line_begun(&reader), 0);
    }
}
END_TEST

START_TEST(what_the_transport_says_comes_through)
{
    const enum instrument_status statuses[] = {INSTRUMENT_UNPLUGGED, INSTRUMENT_TRANSFER,
                                               INSTRUMENT_CANCELLED};
    for (size_t i = 0; i < 3; i++) {
        const struct packet packet[] = {{.bytes = "OK00\r\nER", .size = 8},
                                        {.status = statuses[i]}};
        struct packets packets = packets_of(packet, 2);
        struct line_reader reader;
        const char *line;
        size_t size;
        start(&reader, &packets);
        ck_assert_uint_eq(line_receive(&reader, 100, &line, &size), INSTRUMENT_OK);
        ck_assert_uint_eq(line_receive(&reader, 100, &line, &size), statuses[i]);
    }
}
END_TEST

START_TEST(buffered_lines_need_no_transfer)
{
    const struct packet packet = {.bytes = "OK00\nER10\nE", .size = 11};
    struct packets packets = packets_of(&packet, 1);
    struct line_reader reader;
    const char *line;
    size_t size;
    start(&reader, &packets);
    ck_assert_uint_eq(line_buffered(&reader, &line, &size), INSTRUMENT_NO_ANSWER);
    ck_assert_uint_eq(line_receive(&reader, 10, &line, &size), INSTRUMENT_OK);
    ck_assert_uint_eq(line_buffered(&reader, &line, &size), INSTRUMENT_OK);
    ck_assert_int_eq(memcmp(line, "ER10", size), 0);
    ck_assert_uint_eq(line_buffered(&reader, &line, &size), INSTRUMENT_NO_ANSWER);
    ck_assert_uint_eq(packets.next, 1);
}
END_TEST

START_TEST(discarding_ends_in_silence)
{
    const struct packet packet[] = {{.bytes = "OK00\nER", .size = 7},
                                    {.bytes = "35\n", .size = 3, .after_ms = 150},
                                    {.bytes = "ER10\n", .size = 5, .after_ms = 250}};
    struct packets packets = packets_of(packet, 3);
    struct line_reader reader;
    start(&reader, &packets);
    ck_assert_uint_eq(line_discard(&reader, 200, 2000), INSTRUMENT_OK);
    ck_assert_uint_eq(packets.next, 2);
    ck_assert_uint_eq(packets.now_ms, 350);
    ck_assert_uint_eq(line_begun(&reader), 0);
}
END_TEST

START_TEST(discarding_ends_though_noise_does_not)
{
    struct packet noise[1000];
    for (size_t i = 0; i < 1000; i++)
        noise[i] = (struct packet){.bytes = "~~~", .size = 3, .after_ms = 10};
    struct packets packets = packets_of(noise, 1000);
    struct line_reader reader;
    start(&reader, &packets);
    ck_assert_uint_eq(line_discard(&reader, 200, 2000), INSTRUMENT_OK);
    ck_assert_uint_eq(packets.now_ms, 2000);
}
END_TEST

START_TEST(discarding_tells_of_an_unplugged_cable)
{
    const struct packet packet = {.status = INSTRUMENT_UNPLUGGED};
    struct packets packets = packets_of(&packet, 1);
    struct line_reader reader;
    start(&reader, &packets);
    ck_assert_uint_eq(line_discard(&reader, 200, 2000), INSTRUMENT_UNPLUGGED);
}
END_TEST

START_TEST(the_trace_shows_lines_without_their_ends)
{
    const struct packet packet[] = {{.bytes = "OK00\r\nER10\r\n", .size = 12},
                                    {.bytes = "junk\r\n", .size = 6},
                                    {.bytes = "\r\n", .size = 2}};
    struct packets packets = packets_of(packet, 3);
    struct shown shown = {.text = ""};
    struct line_reader reader;
    const char *line;
    size_t size;
    line_start(&reader, &packets.base,
               &(struct transport_context){.user = &shown, .trace = show});
    ck_assert_uint_eq(line_send(&reader, "STR\r\n", 5, 1000), INSTRUMENT_OK);
    ck_assert_int_eq(memcmp(packets.sent, "STR\r\n", 5), 0);
    ck_assert_uint_eq(packets.sent_size, 5);
    line_receive(&reader, 10, &line, &size);
    line_receive(&reader, 10, &line, &size);
    line_discard(&reader, 10, 100);
    ck_assert_str_eq(shown.text, ">STR|<OK00|<ER10|<junk|");
}
END_TEST

#define ROWS(array) (int)(sizeof(array) / sizeof(array)[0])

Suite *suite(void)
{
    Suite *s = suite_create("line");
    TCase *c = tcase_create("line");
    tcase_add_loop_test(c, a_line_ends_at_cr_lf_or_both_and_nul_is_dropped, 0,
                        ROWS(framed));
    tcase_add_loop_test(c, a_line_is_the_same_however_it_is_split, 0, ROWS(framed));
    tcase_add_test(c, tv23_packets_mean_nothing);
    tcase_add_test(c, tv23_a_stray_line_in_front_is_a_line_of_its_own);
    tcase_add_test(c, every_byte_may_be_a_packet);
    tcase_add_test(c, no_beginning_of_a_reply_is_a_line);
    tcase_add_test(c, the_rest_of_a_line_may_come_in_a_later_call);
    tcase_add_test(c, a_line_without_end_is_an_error_at_the_limit);
    tcase_add_test(c, what_the_transport_says_comes_through);
    tcase_add_test(c, buffered_lines_need_no_transfer);
    tcase_add_test(c, discarding_ends_in_silence);
    tcase_add_test(c, discarding_ends_though_noise_does_not);
    tcase_add_test(c, discarding_tells_of_an_unplugged_cable);
    tcase_add_test(c, the_trace_shows_lines_without_their_ends);
    suite_add_tcase(s, c);
    return s;
}
