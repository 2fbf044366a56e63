/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/emulator_parts.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    REPLY_MS = 2,   /* from a command to its reply; a guess that matters to nobody */
    LATE_MS = 5100, /* more than any wait for a query (4.5) */
    LATE_ACTION_MS = 60100 /* more than the wait for a calibration */
};
enum { ENDLESS_SIZE = 2000, OVER_RANGE = 17500 };

void emulator_reply_start(struct emulator_reply *reply)
{
    emulator_reply_code(reply, "OK00");
    reply->delay_ms = 0;
}

void emulator_reply_code(struct emulator_reply *reply, const char *code)
{
    snprintf(reply->code, sizeof reply->code, "%s", code);
    reply->used = 0;
    reply->fields[0] = '\0';
}

void emulator_reply_text(struct emulator_reply *reply, const char *text)
{
    int size = snprintf(reply->fields + reply->used, sizeof reply->fields - reply->used,
                        ",%s", text);
    reply->used += (size_t)size;
    assert(reply->used < sizeof reply->fields);
}

void emulator_reply_number(struct emulator_reply *reply, long number, int width)
{
    char text[24];
    snprintf(text, sizeof text, "%0*ld", width, number);
    emulator_reply_text(reply, text);
}

/* -- values --------------------------------------------------------------- */

static void add_value(unsigned quirks, struct emulator_reply *reply, long value)
{
    char text[24];
    int is_signed = (quirks & EMULATOR_SIGNED) != 0;
    if (quirks & EMULATOR_UNPADDED)
        snprintf(text, sizeof text, is_signed ? "%+ld" : "%ld", value);
    else if (quirks & EMULATOR_SPACE_PADDED)
        snprintf(text, sizeof text, is_signed ? "%+7ld" : "%6ld", value);
    else
        snprintf(text, sizeof text, is_signed ? "%+07ld" : "%06ld", value);
    emulator_reply_text(reply, text);
}

/* Takes a fault that strikes once: true when it is the one that is set. */
static int strikes(struct emulator *emulator, enum emulator_fault fault)
{
    if (emulator->fault != fault)
        return 0;
    emulator->fault = EMULATOR_FAULT_NONE;
    return 1;
}

void emulator_reply_values(struct emulator *emulator, struct emulator_reply *reply,
                           const long values[EMULATOR_BANDS])
{
    size_t count = EMULATOR_BANDS;
    if (strikes(emulator, EMULATOR_TOO_FEW_VALUES))
        count = EMULATOR_BANDS - 2;
    else if (strikes(emulator, EMULATOR_TOO_MANY_VALUES))
        count = EMULATOR_BANDS + 1;
    int broken = strikes(emulator, EMULATOR_NOT_A_NUMBER);
    for (size_t i = 0; i < count; i++)
        if (broken && i == EMULATOR_BANDS / 2)
            emulator_reply_text(reply, "0012A4");
        else
            add_value(emulator->settings.quirks, reply, values[i % EMULATOR_BANDS]);
}

void emulator_reply_factors(struct emulator *emulator, struct emulator_reply *reply,
                            const double factors[EMULATOR_BANDS])
{
    long values[EMULATOR_BANDS];
    for (size_t i = 0; i < EMULATOR_BANDS; i++) {
        /* the range and a little more, which says by how much it was left */
        values[i] = lround(1e4 * fmin(fmax(factors[i], -0.02), 1.76));
        if (values[i] > OVER_RANGE)
            snprintf(reply->code, sizeof reply->code, "OK09");
    }
    emulator_reply_values(emulator, reply, values);
}

/* -- on its way ----------------------------------------------------------- */

/* Puts a piece where its time is; a host that does not read loses what is too much. */
static void queue(struct emulator_output *output, const struct emulator_piece *piece)
{
    if (output->count == EMULATOR_PIECES)
        return;
    size_t place = output->count++;
    for (; place > 0 && output->pieces[place - 1].due_ms > piece->due_ms; place--)
        output->pieces[place] = output->pieces[place - 1];
    output->pieces[place] = *piece;
}

static void append(struct emulator_piece *piece, const char *bytes, size_t size)
{
    assert(piece->text_size + size <= sizeof piece->text);
    memcpy(piece->text + piece->text_size, bytes, size);
    piece->text_size += size;
}

static void append_line(const struct emulator *emulator, struct emulator_piece *piece,
                        const char *code, const char *fields)
{
    unsigned quirks = emulator->settings.quirks;
    if (quirks & EMULATOR_STRAY_NUL)
        append(piece, "", 1);
    append(piece, code, strlen(code));
    append(piece, fields, strlen(fields));
    if (!(quirks & EMULATOR_LF_ONLY))
        append(piece, "\r", 1);
    append(piece, "\n", 1);
}

static struct emulator_piece make_piece(const struct emulator *emulator,
                                        const struct emulator_reply *reply)
{
    struct emulator_piece piece = {
        .gap_ms = emulator->fault == EMULATOR_SPLIT_EVERY_BYTE,
        .empties = emulator->fault == EMULATOR_EMPTY_PACKETS,
        .empty_next = emulator->fault == EMULATOR_EMPTY_PACKETS,
    };
    append_line(emulator, &piece, reply->code, reply->fields);
    return piece;
}

void emulator_announce(struct emulator *emulator, const struct emulator_reply *reply,
                       uint64_t due_ms)
{
    struct emulator_piece piece = make_piece(emulator, reply);
    piece.size = piece.text_size;
    piece.due_ms = due_ms;
    queue(&emulator->output, &piece);
}

void emulator_reply_send(struct emulator *emulator, const struct emulator_reply *reply)
{
    struct emulator_piece piece = make_piece(emulator, reply);
    piece.due_ms = emulator->now_ms + REPLY_MS + reply->delay_ms;
    if (strikes(emulator, EMULATOR_REPLY_LOST))
        return;
    if (strikes(emulator, EMULATOR_REPLY_LATE))
        piece.due_ms += reply->delay_ms ? LATE_ACTION_MS : LATE_MS;
    else if (strikes(emulator, EMULATOR_UNSOLICITED_LINE))
        append_line(emulator, &piece, "OK00", "");
    piece.size = piece.text_size;
    if (strikes(emulator, EMULATOR_REPLY_CUT)) {
        piece.size /= 2;
    } else if (strikes(emulator, EMULATOR_ENDLESS_LINE)) {
        piece.text_size -= 2; /* without its end, over and over */
        piece.size = ENDLESS_SIZE;
    }

    struct emulator_output *output = &emulator->output;
    if (piece.due_ms < output->last_reply_ms)
        piece.due_ms = output->last_reply_ms;
    output->last_reply_ms = piece.due_ms;
    queue(output, &piece);
}
