/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/emulator.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/emulator_parts.h"

const struct emulator_settings emulator_settings_default = {
    .seed = 1,
    .noise = 1,
    .placement = 1,
    .recalibrate = 8,
    .client = 'a',
    .strength = 1,
    .slider = EMULATOR_MAV,
};

struct emulator *emulator_make(const struct emulator_settings *settings, uint64_t now_ms)
{
    assert(settings->client >= 'a' && settings->client <= 'c');
    assert(settings->recalibrate >= 0);
    assert(settings->bottle >= 0 && settings->strength > 0);
    assert(settings->pressure >= 0 && settings->pressure <= 1);
    struct emulator *emulator = calloc(1, sizeof *emulator);
    if (!emulator)
        return NULL;
    emulator->settings = *settings;
    emulator->now_ms = now_ms;
    /* streams of their own, so that a reading more does not move the head */
    emulator->shots.state = settings->seed;
    emulator->placements.state = ~settings->seed;
    emulator->specular = EMULATOR_SCI;
    emulator->automatic = 1;
    emulator->manual = 1;
    emulator_plates_make(emulator);
    emulator_clock_make(emulator);
    emulator_place(emulator, "zero", "");
    emulator_power_on(emulator);
    return emulator;
}

void emulator_free(struct emulator *emulator)
{
    free(emulator);
}

/* -- bytes in ------------------------------------------------------------- */

static void end_line(struct emulator *emulator)
{
    struct emulator_input *input = &emulator->input;
    size_t size = input->overlong ? 0 : input->size - 1; /* without carriage return */
    input->line[size] = '\0';
    emulator_execute(emulator, input->line, size);
    *input = (struct emulator_input){.size = 0};
}

static void take_byte(struct emulator *emulator, char byte)
{
    struct emulator_input *input = &emulator->input;
    char last = input->last;
    input->last = byte;
    if (byte == '\n' && last == '\r')
        end_line(emulator);
    else if (input->size < sizeof input->line)
        input->line[input->size++] = byte;
    else
        input->overlong = 1;
}

void emulator_write(struct emulator *emulator, const uint8_t *bytes, size_t size,
                    uint64_t now_ms)
{
    emulator->now_ms = now_ms;
    for (size_t i = 0; i < size && emulator->powered; i++)
        take_byte(emulator, (char)bytes[i]);
}

/* -- bytes out ------------------------------------------------------------ */

static uint64_t piece_due_ms(const struct emulator_piece *piece)
{
    return piece->due_ms + piece->gap_ms * (uint64_t)piece->sent;
}

uint64_t emulator_next_ms(const struct emulator *emulator)
{
    const struct emulator_output *output = &emulator->output;
    return output->count > 0 ? piece_due_ms(&output->pieces[0]) : UINT64_MAX;
}

static size_t send_packet(struct emulator_piece *piece, uint8_t *bytes, size_t capacity)
{
    if (piece->empty_next) {
        piece->empty_next = 0;
        return 0;
    }
    piece->empty_next = piece->empties;
    size_t size = piece->gap_ms ? 1 : piece->size - piece->sent;
    if (size > capacity)
        size = capacity;
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)piece->text[piece->sent++ % piece->text_size];
    return size;
}

size_t emulator_read(struct emulator *emulator, uint8_t *bytes, size_t capacity,
                     uint64_t now_ms)
{
    emulator->now_ms = now_ms;
    struct emulator_output *output = &emulator->output;
    if (emulator_next_ms(emulator) > now_ms)
        return 0;
    size_t size = send_packet(&output->pieces[0], bytes, capacity);
    if (output->pieces[0].sent == output->pieces[0].size) {
        output->count--;
        memmove(output->pieces, output->pieces + 1,
                output->count * sizeof output->pieces[0]);
    }
    return size;
}

/* -- the world ------------------------------------------------------------ */

void emulator_slide(struct emulator *emulator, int area)
{
    assert(area == EMULATOR_SAV || area == EMULATOR_MAV);
    emulator->settings.slider = area;
}

void emulator_battery(struct emulator *emulator, int level)
{
    assert(level >= 0 && level <= 2);
    emulator->settings.battery = level;
    if (!emulator->powered && level < 2)
        emulator_power_on(emulator);
}

void emulator_fail(struct emulator *emulator, enum emulator_fault fault,
                   const char *status_text)
{
    static const char junk[] = "AT+CGMI\rAT\r";
    emulator->fault = fault;
    snprintf(emulator->status_text, sizeof emulator->status_text, "%s",
             fault == EMULATOR_SCRIPTED_STATUS ? status_text : "");
    if (fault == EMULATOR_JUNK_IN_BUFFER)
        for (size_t i = 0; i < sizeof junk - 1; i++)
            take_byte(emulator, junk[i]);
}
