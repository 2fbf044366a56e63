/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/usb/bench.h"

#include <stdio.h>
#include <string.h>

#include <check.h>

const struct transport_usb_id bench_ids[BENCH_IDS] = {
    {.vendor = 0x132B, .product = 0x210D, .class = TRANSPORT_CDC_ACM},
    {.vendor = 0x132B, .product = TRANSPORT_ANY_PRODUCT, .class = TRANSPORT_CDC_ACM}};

const struct mock_identity bench_identity = {
    .port = 1, .vendor = 0x132B, .product = 0x210D, .serial = "A0E810203040"};

void bench_make(struct bench *bench)
{
    memset(bench, 0, sizeof *bench);
    bench->bus = mock_bus_make();
}

void bench_plug(struct bench *bench)
{
    struct vdev_line line = echo_line(&bench->echo);
    bench->device = mock_plug(bench->bus, &bench_identity, &line);
}

static enum instrument_answer ask(void *user)
{
    struct bench *bench = user;
    bench->asks++;
    return bench->asked ? bench->asked(bench) : INSTRUMENT_GO_ON;
}

static void trace(void *user, enum instrument_direction direction, const uint8_t *bytes,
                  size_t size)
{
    struct bench *bench = user;
    int is_remark = direction == INSTRUMENT_REMARK;
    char *text = is_remark ? bench->remarks : bench->wire;
    size_t used = strlen(text);
    if (is_remark)
        snprintf(text + used, sizeof bench->remarks - used, "%.*s\n", (int)size,
                 (const char *)bytes);
    else
        snprintf(text + used, sizeof bench->wire - used, "%c%.*s",
                 direction == INSTRUMENT_SENT ? '>' : '<', (int)size,
                 (const char *)bytes);
}

enum instrument_status bench_open(struct bench *bench, const char *wanted)
{
    const struct transport_context context = {
        .user = bench, .cancelled = ask, .trace = trace};
    return transport_usb_open(bench_ids, BENCH_IDS, wanted, &context, NULL,
                              &bench->transport);
}

void bench_make_open(struct bench *bench)
{
    bench_make(bench);
    bench_plug(bench);
    ck_assert_int_eq(bench_open(bench, "auto"), INSTRUMENT_OK);
    bench->asks = 0;
    bench->wire[0] = '\0';
}

void bench_free(struct bench *bench)
{
    if (bench->transport)
        bench->transport->ops->close(bench->transport);
    ck_assert_uint_eq(mock_unexpected(bench->bus), 0);
    mock_bus_free(bench->bus);
}

enum instrument_status bench_send(struct bench *bench, const char *text)
{
    return bench->transport->ops->send(bench->transport, (const uint8_t *)text,
                                       strlen(text), BENCH_LONG_MS);
}

enum instrument_status bench_receive(struct bench *bench, char text[TRANSPORT_PACKET + 1],
                                     unsigned timeout_ms)
{
    size_t size = 0;
    enum instrument_status status = bench->transport->ops->receive(
        bench->transport, (uint8_t *)text, TRANSPORT_PACKET, &size, timeout_ms);
    text[status == INSTRUMENT_OK ? size : 0] = '\0';
    return status;
}

void bench_expect(struct bench *bench, const char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        char got[TRANSPORT_PACKET + 1];
        ck_assert_int_eq(bench_receive(bench, got, BENCH_LONG_MS), INSTRUMENT_OK);
        size_t size = strlen(got);
        ck_assert_uint_gt(size, 0);
        ck_assert_uint_le(size, length - at);
        ck_assert_mem_eq(got, text + at, size);
        at += size;
    }
}

static void copy_record(struct vdev *dev, void *user)
{
    *(struct vdev_record *)user = vdev_record(dev);
}

struct vdev_record bench_record(struct bench *bench)
{
    struct vdev_record copy;
    mock_with(bench->device, copy_record, &copy);
    return copy;
}

static void set_quirks(struct vdev *dev, void *user)
{
    vdev_set_quirks(dev, *(const unsigned *)user);
}

void bench_set_quirks(struct bench *bench, unsigned quirks)
{
    mock_with(bench->device, set_quirks, &quirks);
}

static void halt(struct vdev *dev, void *user)
{
    vdev_halt(dev, *(const uint8_t *)user, mock_now_ms());
}

void bench_halt(struct bench *bench, uint8_t endpoint)
{
    mock_with(bench->device, halt, &endpoint);
}

static void fail_next_read(struct vdev *dev, void *user)
{
    vdev_fail_next_read(dev, *(const int *)user, mock_now_ms());
}

void bench_fail_next_read(struct bench *bench, int status)
{
    mock_with(bench->device, fail_next_read, &status);
}

enum instrument_answer bench_stop(struct bench *bench)
{
    (void)bench;
    return INSTRUMENT_STOP;
}

enum instrument_answer bench_stop_second(struct bench *bench)
{
    return bench->asks >= 2 ? INSTRUMENT_STOP : INSTRUMENT_GO_ON;
}

enum instrument_answer bench_unplug_first(struct bench *bench)
{
    mock_unplug(bench->device); /* the second time it does nothing */
    return INSTRUMENT_GO_ON;
}
