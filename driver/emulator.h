/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The virtual CM-700d: line engine, optics and clock, written from the description of the
 * protocol. Time is an argument; there is no USB in it, and it knows nothing of tests.
 * Bytes go in, bytes come out when they are due.
 */
#ifndef DRIVER_EMULATOR_H
#define DRIVER_EMULATOR_H

#include <stddef.h>
#include <stdint.h>

/* Quirks that instruments are thought to have; bits of emulator_settings.quirks. */
enum emulator_quirk {
    EMULATOR_CODES_FROM_ZERO = 1 << 0,   /* Q1 */
    EMULATOR_MEDIUM_FIRST = 1 << 1,      /* Q1b: area order MAV, SAV */
    EMULATOR_UNPADDED = 1 << 2,          /* Q2 */
    EMULATOR_SPACE_PADDED = 1 << 3,      /* Q3 */
    EMULATOR_SIGNED = 1 << 4,            /* Q4 */
    EMULATOR_LF_ONLY = 1 << 5,           /* Q5 */
    EMULATOR_STRAY_NUL = 1 << 6,         /* Q6 */
    EMULATOR_BUTTON_SENDS_DATA = 1 << 7, /* Q7 */
    EMULATOR_BUTTON_ANNOUNCES = 1 << 8,  /* Q8 */
    EMULATOR_CALIBRATES_LATER = 1 << 9,  /* Q9: replies at once, then busy for 2 s */
    EMULATOR_SIX_FIELDS = 1 << 10,       /* Q10 */
    EMULATOR_FLASH_INVERTED = 1 << 11,   /* Q11 */
    EMULATOR_KEEPS_CALIBRATION = 1 << 12 /* over power-off */
};

enum emulator_fault {
    EMULATOR_FAULT_NONE,
    EMULATOR_REPLY_LATE,       /* F1 */
    EMULATOR_REPLY_LOST,       /* F2 */
    EMULATOR_REPLY_CUT,        /* F3 */
    EMULATOR_TOO_FEW_VALUES,   /* F4, 29 */
    EMULATOR_TOO_MANY_VALUES,  /* F4, 32 */
    EMULATOR_NOT_A_NUMBER,     /* F5 */
    EMULATOR_ENDLESS_LINE,     /* F6 */
    EMULATOR_SPLIT_EVERY_BYTE, /* F7 */
    EMULATOR_UNSOLICITED_LINE, /* F8 */
    EMULATOR_EMPTY_PACKETS,    /* F9 */
    EMULATOR_SILENT_AFTER_MES, /* F11: flat battery */
    EMULATOR_SCRIPTED_STATUS,  /* F13: the next command answers status_text */
    EMULATOR_FOREIGN,          /* F14: ER00 to IDR */
    EMULATOR_SIBLING,          /* F15: CM-2600d's IDR */
    EMULATOR_JUNK_IN_BUFFER    /* F16: AT commands came before us */
};

enum { EMULATOR_TEXT_MAX = 16, EMULATOR_SWATCH_MAX = 32 };

struct emulator_settings {
    uint64_t seed;      /* of noise and placement */
    double noise;       /* scale of shot noise, 1 = as the data sheet; 0 = none */
    double placement;   /* scale of placement offset, 1 = sd 0.6 % of value; 0 = none */
    double pressure;    /* of the head on skin, 0 its own weight, up to 1: blanches */
    double recalibrate; /* hours until it recommends a new white calibration */
    char client;        /* 'a', 'b' or 'c': light, tan, dark */
    int bottle;         /* what drawdowns are of: emulator_liquid_find */
    double strength;    /* of this lot of it, 1 = as usual, above 0 */
    char swatch[EMULATOR_SWATCH_MAX]; /* the drawdown that a swatch is, as a site of
                                         emulator_place; "" for the grey card */
    unsigned quirks;                  /* bits of emulator_quirk */
    int battery;                      /* 0 normal, 1 low, 2 too low */
    int user_calibration;             /* 1 when switched on */
    int slider;                       /* 1 SAV, 2 MAV */
};

/* The defaults: seed 1, noise and placement 1, 8 hours, client a, carbon, MAV, no quirks.
 */
extern const struct emulator_settings emulator_settings_default;

/* The index of a liquid: "carbon", "cool-grey", "dark-brown", "neutral", "red-oxide",
 * "titanium-white", "warm-brown", "yellow-oxide"; -1 for another name. */
int emulator_liquid_find(const char *name);

/* Whether a site says of what a drawdown is, as emulator_place takes it. */
int emulator_is_drawdown(const char *site);

struct emulator;

/* A virtual instrument just switched on at now_ms; NULL without memory. */
struct emulator *emulator_make(const struct emulator_settings *settings, uint64_t now_ms);
void emulator_free(struct emulator *emulator);

/* Bytes from the host, in pieces of any size. */
void emulator_write(struct emulator *emulator, const uint8_t *bytes, size_t size,
                    uint64_t now_ms);

/* Bytes for the host that are due, at most capacity, 0 when none: one packet. */
size_t emulator_read(struct emulator *emulator, uint8_t *bytes, size_t capacity,
                     uint64_t now_ms);

/* When something next becomes due; UINT64_MAX when nothing is under way. */
uint64_t emulator_next_ms(const struct emulator *emulator);

/* Moves the head: kind "scalp" "donor" "scar" "healed" "pigment" "white" "zero", or
 * "example-light" "example-dark" (the skins of the protocol's worked examples), a site
 * such as "crown" (a different placement and, slightly, another skin), "" for any. For a
 * "drawdown" the site says of what: "white 1:399 50um", one part of the bottle to 399 of
 * water over white, or "black bare", the tile without a film. Each call is a new
 * placement. Unknown kinds, and drawdowns of nothing, are grey. At the start the head is
 * at "zero". */
void emulator_place(struct emulator *emulator, const char *kind, const char *site);

/* Presses the button, moves the slider (1 SAV, 2 MAV), changes the battery (0, 1, 2);
 * fresh cells switch on an instrument that has died. */
void emulator_press(struct emulator *emulator, uint64_t now_ms);
void emulator_slide(struct emulator *emulator, int area);
void emulator_battery(struct emulator *emulator, int level);

/*
 * The next reply, or from now on, goes wrong, in place of an earlier fault.
 *
 *   status_text  for SCRIPTED_STATUS, else ignored: "ER05", or "MES/ER05" for the next
 *                MES; "MES/OK00/ER05" (or ZRC, CAL, USC) for one that is accepted and
 *                fails, which the first STR after it tells, and only that one; the
 *                result or calibration before it stays
 *
 * A warning, or a failure told later, waits for a command that would otherwise succeed.
 */
void emulator_fail(struct emulator *emulator, enum emulator_fault fault,
                   const char *status_text);

/* What an ideal reading of the present placement would be, without noise and placement
 * offset: 31 factors each, 400 to 700 nm. */
void emulator_truth(const struct emulator *emulator, double sci[31], double sce[31]);

#endif
