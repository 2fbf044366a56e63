/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/usb/echo.h"

#include <string.h>

static void say(struct echo *echo, const char *bytes, size_t size)
{
    size_t room = ECHO_MAX - echo->said_size;
    size_t taken = size < room ? size : room;
    memcpy(echo->said + echo->said_size, bytes, taken);
    echo->said_size += taken;
}

static void echo_write(void *state, const uint8_t *bytes, size_t size, uint64_t now_ms)
{
    struct echo *echo = state;
    for (size_t i = 0; i < size && echo->heard_size < ECHO_MAX; i++) {
        echo->heard[echo->heard_size++] = (char)bytes[i];
        if (bytes[i] != '\n')
            continue;
        if (echo->answer)
            say(echo, echo->answer, strlen(echo->answer));
        else
            say(echo, echo->heard + echo->answered, echo->heard_size - echo->answered);
        echo->answered = echo->heard_size;
        echo->due_ms = now_ms + echo->delay_ms;
    }
}

static int echo_read(void *state, uint8_t *bytes, size_t capacity, size_t *size,
                     uint64_t now_ms)
{
    struct echo *echo = state;
    if (echo->babbles) {
        *size = 0;
        return 1;
    }
    if (echo->sent == echo->said_size || now_ms < echo->due_ms)
        return 0;
    if (echo->empty_packets && !echo->was_empty) {
        echo->was_empty = 1;
        *size = 0;
        return 1;
    }
    echo->was_empty = 0;
    size_t packet = echo->packet && echo->packet < capacity ? echo->packet : capacity;
    size_t left = echo->said_size - echo->sent;
    *size = left < packet ? left : packet;
    memcpy(bytes, echo->said + echo->sent, *size);
    echo->sent += *size;
    return 1;
}

static uint64_t echo_next_ms(void *state, uint64_t now_ms)
{
    const struct echo *echo = state;
    return echo->sent < echo->said_size && echo->due_ms > now_ms ? echo->due_ms
                                                                 : UINT64_MAX;
}

struct vdev_line echo_line(struct echo *echo)
{
    return (struct vdev_line){
        .state = echo, .write = echo_write, .read = echo_read, .next_ms = echo_next_ms};
}
