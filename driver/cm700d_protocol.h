/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bytes of the CM-700d: encodes a command, decodes a reply line. No input or output,
 * no time, no state. Internal to the driver.
 */
#ifndef DRIVER_CM700D_PROTOCOL_H
#define DRIVER_CM700D_PROTOCOL_H

#include "driver/instrument.h"

/* Every command there is a use for; none that overwrites plate data, deletes, or sets the
 * clock. The second group has no use in the model. */
enum cm700d_name {
    CM700D_IDR, /* identify */
    CM700D_STR, /* status */
    CM700D_CPR, /* read the measurement parameters */
    CM700D_CPS, /* write them: area, specular, delay, auto, manual */
    CM700D_USR, /* is the user's plate in use? */
    CM700D_CIR, /* id of the white plate */
    CM700D_MES, /* measure: always 1 */
    CM700D_MDR, /* read a measurement: result 1 or 2 */
    CM700D_RDR, /* read a button measurement: result 1 or 2 */
    CM700D_SWS, /* button: 1 on, 0 off */
    CM700D_ZRC, /* zero calibration */
    CM700D_CAL, /* white calibration with the instrument's plate */
    CM700D_USC, /* white calibration with the user's plate */
    CM700D_COR, /* color value: result, observer, illuminant, quantity */

    CM700D_RCR, /* color value of a button measurement: as COR */
    CM700D_CDR, /* data of the white plate: area, specular */
    CM700D_UCR, /* data of the user's plate: area, specular */
    CM700D_SPR, /* conditions of a stored sample: index */
    CM700D_SDR, /* stored sample: index, result */
    CM700D_DTR, /* clock */

    CM700D_NAMES
};

enum { CM700D_COMMAND_MAX = 32, CM700D_POINTS = 31 };

struct cm700d_command {
    enum cm700d_name name;
    size_t size;
    char bytes[CM700D_COMMAND_MAX]; /* with CR LF, not terminated */
};

/* The command with as many arguments as it takes (NULL for none), each small enough for
 * its place. */
struct cm700d_command cm700d_encode(enum cm700d_name name, const unsigned *arguments);

/* How long a reply may take. */
unsigned cm700d_timeout_ms(enum cm700d_name name);

/* Whether a command whose reply is lost may be sent again. */
enum cm700d_repeat { CM700D_REPEATABLE, CM700D_ONCE };
enum cm700d_repeat cm700d_repeat(enum cm700d_name name);

/* Unpadded text of a reply, longest plus the terminator. */
enum { CM700D_WORD_MAX = 17, CM700D_NAME_MAX = 33 };

/* IDR */
struct cm700d_identity {
    char model[CM700D_WORD_MAX];
    char firmware[CM700D_WORD_MAX];
    char serial[CM700D_WORD_MAX];
    unsigned geometry;
    unsigned first_nm;
    unsigned last_nm;
    unsigned step_nm;
};

/* STR; a sibling's shorter reply leaves the last two unknown. */
enum { CM700D_UNKNOWN = 255 };
enum cm700d_calibrated {
    CM700D_UNCALIBRATED,
    CM700D_WHITE_MISSING,
    CM700D_USER_WHITE_MISSING,
    CM700D_CALIBRATED
};
struct cm700d_state {
    unsigned flash;      /* its sense is not certain */
    unsigned supply;     /* 0 normal, 1 low, 2 too low */
    unsigned calibrated; /* enum cm700d_calibrated */
    unsigned capacity;
    unsigned samples;
    unsigned targets;
    unsigned custom;      /* or CM700D_UNKNOWN */
    unsigned recalibrate; /* 1 recommended, or CM700D_UNKNOWN */
};

/* CPR, CPS: the codes as they are, counted from 0 or from 1. */
struct cm700d_parameters {
    unsigned area;
    unsigned specular;
    unsigned delay;     /* tenths of a second */
    unsigned automatic; /* flashes averaged in a trigger */
    unsigned manual;    /* triggers averaged in a result */
};

/* DTR, and part of SPR */
struct cm700d_time {
    unsigned year, month, day, hour, minute, second;
};

/* SPR */
struct cm700d_sample {
    unsigned area;
    unsigned specular;
    unsigned target;
    struct cm700d_time time;
    unsigned custom;
    char name[CM700D_NAME_MAX]; /* any bytes but control characters */
};

enum cm700d_verdict { CM700D_DONE, CM700D_REFUSED };

/* A reply: its status, and what the command named asks for. */
struct cm700d_answer {
    enum cm700d_verdict verdict; /* OKnn or ERnn */
    unsigned code;               /* nn */
    union {                      /* nothing when refused */
        struct cm700d_identity identity;
        struct cm700d_state state;
        struct cm700d_parameters parameters;
        unsigned flag;               /* USR */
        char plate[CM700D_NAME_MAX]; /* CIR */
        double value[CM700D_POINTS]; /* MDR RDR SDR: 1e4; CDR UCR: 1e5 is R = 1 */
        double number;               /* COR RCR */
        struct cm700d_sample sample;
        struct cm700d_time time;
    };
};

enum cm700d_parse {
    CM700D_UNDERSTOOD,
    CM700D_NOT_UNDERSTOOD, /* no status, not a number, a code that does not exist */
    CM700D_WRONG_COUNT     /* fewer or more fields than the command's reply has */
};

/* In words, for the trace. */
const char *cm700d_parse_text(enum cm700d_parse parse);

/*
 * Decodes the reply to the command named.
 *
 *   line  without its end, size bytes of any kind
 *
 * Numbers may be padded with zeros or blanks, or not, and signed. Fields after ERnn are
 * ignored.
 */
enum cm700d_parse cm700d_decode(enum cm700d_name name, const char *line, size_t size,
                                struct cm700d_answer *out);

/* Decodes the status alone of a line that answers no command, whatever fields follow. */
enum cm700d_parse cm700d_decode_status(const char *line, size_t size,
                                       struct cm700d_answer *out);

/* OK, or the status of a refusal. */
enum instrument_status cm700d_status(const struct cm700d_answer *answer);

/* Bits of enum instrument_warning of an answer that is done. */
unsigned cm700d_warnings(const struct cm700d_answer *answer);

#endif
