/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Spectrophotometers: find, open, calibrate, measure. Readings leave as arrays of
 * wavelength and reflectance factor; color is not this library's business. No call
 * prints, and none blocks for more than 100 ms without asking whether it is cancelled;
 * the exception is a USB device that has died without leaving, for which the kernel waits
 * 5 s at a time.
 */
#ifndef DRIVER_INSTRUMENT_H
#define DRIVER_INSTRUMENT_H

#include <stddef.h>
#include <stdint.h>

enum instrument_status {
    INSTRUMENT_OK,
    INSTRUMENT_NO_MEMORY,
    INSTRUMENT_CANCELLED, /* the caller's cancelled() said so */

    /* the link */
    INSTRUMENT_ABSENT,        /* no such device connected */
    INSTRUMENT_SEVERAL,       /* more than one matches; name one */
    INSTRUMENT_NO_PERMISSION, /* on the device node */
    INSTRUMENT_BUSY,          /* held by another program, see instrument_options.holder */
    INSTRUMENT_UNPLUGGED,
    INSTRUMENT_NO_ANSWER,   /* silence: asleep, switched off, battery dead */
    INSTRUMENT_BAD_REPLY,   /* an answer that is not of the protocol */
    INSTRUMENT_TRANSFER,    /* the bus reported an error */
    INSTRUMENT_UNSUPPORTED, /* a foreign or sibling device, or firmware we do not know */

    /* what the instrument itself says, each with its own advice */
    INSTRUMENT_NOT_UNDERSTOOD,     /* ER00 */
    INSTRUMENT_BATTERY_EMPTY,      /* ER02 */
    INSTRUMENT_OUT_OF_RANGE,       /* ER03 */
    INSTRUMENT_LAMP,               /* ER05 */
    INSTRUMENT_NEEDS_ZERO,         /* ER07, or no trusted calibration */
    INSTRUMENT_COMMUNICATION,      /* ER08 */
    INSTRUMENT_NO_DATA,            /* ER10 */
    INSTRUMENT_CALIBRATION_FAILED, /* ER11 */
    INSTRUMENT_CONVERTER,          /* ER13 */
    INSTRUMENT_CLOCK,              /* ER17 */
    INSTRUMENT_NOT_WRITTEN,        /* ER20 */
    INSTRUMENT_NO_USER_PLATE,      /* ER22 */
    INSTRUMENT_NEEDS_WHITE,        /* ER24 */
    INSTRUMENT_WRONG_APERTURE,     /* ER25 */
    INSTRUMENT_CHARGING_CIRCUIT,   /* ER27 */
    INSTRUMENT_NOT_READY,          /* ER28 for longer than 10 s */
    INSTRUMENT_MEASURING,          /* ER35 for longer than a measurement takes */
    INSTRUMENT_NEEDS_USER_WHITE,   /* ER36 */
    INSTRUMENT_WRITE_PROTECTED,    /* ER69 */
    INSTRUMENT_UNKNOWN_CODE,       /* any other code; see instrument_last_code */

    /* what a reading itself shows */
    INSTRUMENT_IMPLAUSIBLE /* values outside -0.02 to 1.75, or SCI below SCE */
};

/* The status in words a practitioner understands, without a full stop; never NULL. */
const char *instrument_status_text(enum instrument_status status);

/* What to do about it, a sentence; "" where nothing is to be done. */
const char *instrument_status_advice(enum instrument_status status);

enum { INSTRUMENT_TEXT_MAX = 64, INSTRUMENT_POINTS_MAX = 64 };

enum instrument_aperture {
    INSTRUMENT_APERTURE_SMALL, /* SAV, 3 mm measured */
    INSTRUMENT_APERTURE_MEDIUM /* MAV, 8 mm measured */
};

enum instrument_specular {
    INSTRUMENT_SCI = 1,
    INSTRUMENT_SCE = 2,
    INSTRUMENT_SCI_AND_SCE = 3 /* both in one trigger */
};

/* An instrument that is connected, or a virtual one. */
struct instrument_listed {
    char id[INSTRUMENT_TEXT_MAX]; /* what instrument_open takes */
    char model[INSTRUMENT_TEXT_MAX];
    char serial[INSTRUMENT_TEXT_MAX]; /* of the USB string; empty where unreadable */
    char link[INSTRUMENT_TEXT_MAX];   /* "usb 003:005", "/dev/ttyACM0", "virtual" */
    enum instrument_status state;     /* OK, NO_PERMISSION or BUSY */
};

enum instrument_kinds { INSTRUMENT_REAL, INSTRUMENT_REAL_AND_VIRTUAL };

/*
 * The instruments there are, at most capacity; their number to count. Opens nothing.
 * ABSENT when there is none, TRANSFER when USB cannot be asked.
 */
enum instrument_status instrument_list(enum instrument_kinds kinds,
                                       struct instrument_listed *listed, size_t capacity,
                                       size_t *count);

struct instrument_options;

/* Waits until a supported instrument is connected to USB: OK, or CANCELLED when
 * options->cancelled says so. options may be NULL. */
enum instrument_status instrument_wait(const struct instrument_options *options);

/* What an operator is asked to do. */
enum instrument_prompt {
    INSTRUMENT_PROMPT_ZERO,       /* port at the zero box, or at nothing for a metre */
    INSTRUMENT_PROMPT_WHITE,      /* white plate seated on the port */
    INSTRUMENT_PROMPT_USER_WHITE, /* the user's own plate */
    INSTRUMENT_PROMPT_SAMPLE,     /* port on the sample */
    INSTRUMENT_PROMPT_APERTURE    /* slider and mask at the aperture to be confirmed */
};

enum instrument_answer { INSTRUMENT_GO_ON, INSTRUMENT_STOP };

enum instrument_direction { INSTRUMENT_SENT, INSTRUMENT_RECEIVED, INSTRUMENT_REMARK };

/* Rare settings; NULL members and zeros are the defaults. The pointers are the caller's
 * and must outlive the instrument. */
struct instrument_options {
    void *user; /* handed to every callback */

    /* Asked at least every 100 ms while waiting. */
    enum instrument_answer (*cancelled)(void *user);

    /* Asks the operator and waits until it is done; NULL goes on at once. detail is the
     * id of the white plate, or why a step is repeated, or "". On a virtual instrument
     * the virtual head is moved before the callback is called. */
    enum instrument_answer (*prompt)(void *user, enum instrument_prompt prompt,
                                     const char *detail);

    /* Tells that something takes time: what, in words, and seconds so far. */
    void (*progress)(void *user, const char *what, double seconds);

    /* Shows the wire: lines sent and received without their ends, and remarks of the
     * driver. */
    void (*trace)(void *user, enum instrument_direction direction, const uint8_t *bytes,
                  size_t size);

    /* Seconds since the epoch, for calibration times; NULL is the system's clock. */
    int64_t (*now)(void *user);

    /* Gives back the calibration block that instrument_calibration gave for the
     * instrument of this serial number, once that is known: writes it to block, which has
     * INSTRUMENT_CALIBRATION_MAX bytes, and returns its size, 0 for none. A block that is
     * foreign, damaged or too old is as good as none. May be NULL. */
    size_t (*calibration_load)(void *user, const char *serial, uint8_t *block);

    /* Called before a calibration starts: the stored block must be forgotten now, so that
     * an unplug in the middle leaves none. What outlives it, the confirmed aperture,
     * instrument_calibration gives from now on, to this callback too. May be NULL. */
    void (*calibration_void)(void *user, const char *serial);

    /* Room for INSTRUMENT_TEXT_MAX bytes, or NULL. Tells who holds the instrument, as
     * "ModemManager (2211)", when instrument_open says BUSY, and which group may use the
     * serial node of a "tty:" id, as "dialout", when it says NO_PERMISSION; it stays as
     * it was where that is not known. */
    char *holder;
};

struct instrument;

/*
 * Opens an instrument and finds out what it is.
 *
 *   id  "auto" (the one connected), a serial number, MODEL:SERIAL, "usb:VID:PID" in hex,
 *       "tty:/dev/...", "sim:cm700d" with settings behind a colon: client=a|b|c, seed=N,
 *       noise=0, placement=0, pressure=X, fault=NAME... (see emulator.h)
 *
 * options may be NULL. On failure out is untouched and nothing stays open.
 */
enum instrument_status instrument_open(const char *id,
                                       const struct instrument_options *options,
                                       struct instrument **out);

/* Closes; disables the button, gives the interface back to the kernel. NULL is fine. */
void instrument_close(struct instrument *instrument);

enum instrument_virtual { INSTRUMENT_IS_REAL, INSTRUMENT_IS_VIRTUAL };

struct instrument_description {
    char model[INSTRUMENT_TEXT_MAX]; /* "CM-700d" */
    char serial[INSTRUMENT_TEXT_MAX];
    char firmware[INSTRUMENT_TEXT_MAX]; /* "1.00.0004" */
    char geometry[INSTRUMENT_TEXT_MAX]; /* "d/8" */
    char plate[INSTRUMENT_TEXT_MAX];    /* id of the paired white plate */
    enum instrument_virtual origin;
    enum instrument_aperture aperture;
    int aperture_confirmed;  /* 0 until the operator confirmed what the codes mean */
    double aperture_mm;      /* measured diameter */
    unsigned specular_modes; /* bits of enum instrument_specular */
    double first_nm;
    double step_nm;
    size_t points;
    unsigned samples_stored;
    unsigned sample_capacity;
    int battery_low;
};

/* Asks afresh where it may have changed (battery, slider). */
enum instrument_status instrument_describe(struct instrument *instrument,
                                           struct instrument_description *out);

/* Asks the operator to set the slider to the medium aperture and learns which code means
 * it; remembered in the calibration block, with a calibration or without. */
enum instrument_status instrument_confirm_aperture(struct instrument *instrument);

/* Chooses what a trigger measures; a calibration covers the modes it was made in. */
enum instrument_status instrument_set_specular(struct instrument *instrument,
                                               enum instrument_specular specular);

/* A calibration is trusted for as long as a working day. */
enum { INSTRUMENT_CALIBRATION_SECONDS = 8 * 60 * 60 };

enum instrument_calibration_state {
    INSTRUMENT_UNCALIBRATED,
    INSTRUMENT_CALIBRATED, /* trusted: zero and white done, fresh, same aperture, modes */
    INSTRUMENT_EXPIRED     /* done, but older than that, or the instrument says so */
};

/* Whether measuring may begin, and when the calibration was made (seconds since the
 * epoch, 0 for never). */
enum instrument_status
instrument_calibration_check(struct instrument *instrument,
                             enum instrument_calibration_state *state, int64_t *made);

/* Guided: zero, then white (or the user's plate where the instrument is set to it), with
 * prompts; each repeated at most twice when the instrument refuses it. */
enum instrument_status instrument_calibrate(struct instrument *instrument);

enum { INSTRUMENT_CALIBRATION_MAX = 512 };

/* The calibration as an opaque block to be stored by serial number and handed back
 * through instrument_options.calibration_load; block has INSTRUMENT_CALIBRATION_MAX
 * bytes. Without a calibration it holds the confirmed aperture alone; NO_DATA without
 * either. Asks nothing of the instrument. */
enum instrument_status instrument_calibration(struct instrument *instrument,
                                              uint8_t *block, size_t *size);

/* Bits of instrument_reading.warnings. */
enum instrument_warning {
    INSTRUMENT_WARN_LAMP = 1 << 0,         /* OK02, OK04 */
    INSTRUMENT_WARN_BATTERY = 1 << 1,      /* OK03, OK04 */
    INSTRUMENT_WARN_OVER_RANGE = 1 << 2,   /* OK09: do not use */
    INSTRUMENT_WARN_UNKNOWN = 1 << 3,      /* another OKnn */
    INSTRUMENT_WARN_RECALIBRATE = 1 << 4,  /* the instrument recommends it */
    INSTRUMENT_WARN_APERTURE = 1 << 5,     /* aperture unconfirmed */
    INSTRUMENT_WARN_NOT_SKIN_LIKE = 1 << 6 /* darker at 650 nm than at 450 nm */
};

/* The text of one warning bit. */
const char *instrument_warning_text(enum instrument_warning warning);

/* One trigger. Reflectance factors, 1 for the perfect diffuser, at wavelength_nm; a mode
 * that was not measured has no values. */
struct instrument_reading {
    size_t points;
    double wavelength_nm[INSTRUMENT_POINTS_MAX];
    enum instrument_specular specular; /* what was measured */
    double sci[INSTRUMENT_POINTS_MAX];
    double sce[INSTRUMENT_POINTS_MAX];
    unsigned warnings;
    enum instrument_aperture aperture;
    double aperture_mm;
    int64_t calibrated; /* seconds since the epoch */
    int64_t taken;
};

/* Measures once, now. NEEDS_ZERO, NEEDS_WHITE without a trusted calibration. */
enum instrument_status instrument_measure(struct instrument *instrument,
                                          struct instrument_reading *out);

/* What the instrument itself computes, at illuminant D65 and the 10 degree observer. */
enum instrument_own {
    INSTRUMENT_OWN_LIGHTNESS, /* CIE L*, a*, b* */
    INSTRUMENT_OWN_A,
    INSTRUMENT_OWN_B,
    INSTRUMENT_OWN_Y, /* 100 for the perfect diffuser */
    INSTRUMENT_OWN_VALUES
};

/* Measures, and asks what the instrument itself makes of it, of the SCE part where both
 * are measured: one's own computation and the instrument's check each other. They differ
 * by some tenths, since tables of integration do. */
enum instrument_status instrument_cross_check(struct instrument *instrument,
                                              struct instrument_reading *out,
                                              double own[INSTRUMENT_OWN_VALUES]);

/* Waits until the operator presses the instrument's button, without limit but
 * cancellable, and gives what it measured. */
enum instrument_status instrument_wait_button(struct instrument *instrument,
                                              struct instrument_reading *out);

/* The code of the last UNKNOWN_CODE, such as "ER99"; "" where there was none. */
const char *instrument_last_code(const struct instrument *instrument);

/* What the virtual instrument is held to next: kind "scalp", "donor", "scar", "healed",
 * "white", "zero", site "crown", "temple-l", ..., or kind "drawdown" and site "white
 * 1:399 50um" or "black bare"; of a real one it does nothing. */
void instrument_place_virtual(struct instrument *instrument, const char *kind,
                              const char *site);

#endif
