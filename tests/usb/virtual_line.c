/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/usb/virtual_line.h"

static uint64_t its_ms(const struct virtual_line *line, uint64_t now_ms)
{
    return (now_ms - line->start_ms) * VIRTUAL_SPEED;
}

static void line_write(void *state, const uint8_t *bytes, size_t size, uint64_t now_ms)
{
    struct virtual_line *line = state;
    for (size_t i = 0; i < size; i++)
        line->lines += bytes[i] == '\n';
    emulator_write(line->emulator, bytes, size, its_ms(line, now_ms));
}

static int line_read(void *state, uint8_t *bytes, size_t capacity, size_t *size,
                     uint64_t now_ms)
{
    struct virtual_line *line = state;
    *size = emulator_read(line->emulator, bytes, capacity, its_ms(line, now_ms));
    return *size > 0;
}

static uint64_t line_next_ms(void *state, uint64_t now_ms)
{
    const struct virtual_line *line = state;
    uint64_t next = emulator_next_ms(line->emulator);
    return next == UINT64_MAX || next <= its_ms(line, now_ms)
               ? UINT64_MAX
               : line->start_ms + (next + VIRTUAL_SPEED - 1) / VIRTUAL_SPEED;
}

struct vdev_line virtual_line(struct virtual_line *line)
{
    return (struct vdev_line){
        .state = line, .write = line_write, .read = line_read, .next_ms = line_next_ms};
}
