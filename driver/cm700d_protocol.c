/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/cm700d_protocol.h"

#include <assert.h>
#include <stdio.h>

enum { ARGUMENTS_MAX = 5, SECONDS = 1000 };

struct trait {
    char word[4];
    unsigned char
        width[ARGUMENTS_MAX + 1]; /* digits of each argument, 0 after the last */
    enum cm700d_repeat repeat;
    unsigned timeout_ms;
};

static const struct trait traits[CM700D_NAMES] = {
    [CM700D_IDR] = {"IDR", {0}, CM700D_REPEATABLE, 3 * SECONDS},
    [CM700D_STR] = {"STR", {0}, CM700D_REPEATABLE, 3 * SECONDS},
    [CM700D_CPR] = {"CPR", {0}, CM700D_REPEATABLE, 3 * SECONDS},
    [CM700D_CPS] = {"CPS", {1, 1, 2, 2, 2}, CM700D_ONCE, 3 * SECONDS},
    [CM700D_USR] = {"USR", {0}, CM700D_REPEATABLE, 3 * SECONDS},
    [CM700D_CIR] = {"CIR", {0}, CM700D_REPEATABLE, 3 * SECONDS},
    [CM700D_MES] = {"MES", {1}, CM700D_ONCE, 5 * SECONDS},
    [CM700D_MDR] = {"MDR", {1}, CM700D_REPEATABLE, 5 * SECONDS},
    [CM700D_RDR] = {"RDR", {1}, CM700D_REPEATABLE, 5 * SECONDS},
    [CM700D_SWS] = {"SWS", {1}, CM700D_REPEATABLE, 3 * SECONDS},
    [CM700D_ZRC] = {"ZRC", {0}, CM700D_ONCE, 60 * SECONDS},
    [CM700D_CAL] = {"CAL", {0}, CM700D_ONCE, 60 * SECONDS},
    [CM700D_USC] = {"USC", {0}, CM700D_ONCE, 60 * SECONDS},
    [CM700D_COR] = {"COR", {1, 1, 2, 2}, CM700D_REPEATABLE, 5 * SECONDS},
    [CM700D_RCR] = {"RCR", {1, 1, 2, 2}, CM700D_REPEATABLE, 5 * SECONDS},
    [CM700D_CDR] = {"CDR", {1, 1}, CM700D_REPEATABLE, 5 * SECONDS},
    [CM700D_UCR] = {"UCR", {1, 1}, CM700D_REPEATABLE, 5 * SECONDS},
    [CM700D_SPR] = {"SPR", {1}, CM700D_REPEATABLE, 5 * SECONDS},
    [CM700D_SDR] = {"SDR", {5, 1}, CM700D_REPEATABLE, 5 * SECONDS},
    [CM700D_DTR] = {"DTR", {0}, CM700D_REPEATABLE, 3 * SECONDS},
};

struct cm700d_command cm700d_encode(enum cm700d_name name, const unsigned *arguments)
{
    const struct trait *trait = &traits[name];
    struct cm700d_command command = {.name = name};
    char *bytes = command.bytes;
    size_t room = sizeof command.bytes;
    int size = snprintf(bytes, room, "%s", trait->word);
    for (size_t i = 0; trait->width[i]; i++)
        size += snprintf(bytes + size, room - (size_t)size, ",%0*u", trait->width[i],
                         arguments[i]);
    size += snprintf(bytes + size, room - (size_t)size, "\r\n");
    assert((size_t)size < room);
    command.size = (size_t)size;
    return command;
}

unsigned cm700d_timeout_ms(enum cm700d_name name)
{
    return traits[name].timeout_ms;
}

enum cm700d_repeat cm700d_repeat(enum cm700d_name name)
{
    return traits[name].repeat;
}

const char *cm700d_parse_text(enum cm700d_parse parse)
{
    switch (parse) {
    case CM700D_UNDERSTOOD: return "understood";
    case CM700D_NOT_UNDERSTOOD: return "answer not understood";
    case CM700D_WRONG_COUNT: return "wrong number of values";
    }
    return "unknown outcome";
}

enum instrument_status cm700d_status(const struct cm700d_answer *answer)
{
    if (answer->verdict == CM700D_DONE)
        return INSTRUMENT_OK;
    switch (answer->code) {
    case 0: return INSTRUMENT_NOT_UNDERSTOOD;
    case 2: return INSTRUMENT_BATTERY_EMPTY;
    case 3: return INSTRUMENT_OUT_OF_RANGE;
    case 5: return INSTRUMENT_LAMP;
    case 7: return INSTRUMENT_NEEDS_ZERO;
    case 8: return INSTRUMENT_COMMUNICATION;
    case 10: return INSTRUMENT_NO_DATA;
    case 11: return INSTRUMENT_CALIBRATION_FAILED;
    case 13: return INSTRUMENT_CONVERTER;
    case 17: return INSTRUMENT_CLOCK;
    case 20: return INSTRUMENT_NOT_WRITTEN;
    case 22: return INSTRUMENT_NO_USER_PLATE;
    case 24: return INSTRUMENT_NEEDS_WHITE;
    case 25: return INSTRUMENT_WRONG_APERTURE;
    case 27: return INSTRUMENT_CHARGING_CIRCUIT;
    case 28: return INSTRUMENT_NOT_READY;
    case 35: return INSTRUMENT_MEASURING;
    case 36: return INSTRUMENT_NEEDS_USER_WHITE;
    case 69: return INSTRUMENT_WRITE_PROTECTED;
    }
    return INSTRUMENT_UNKNOWN_CODE;
}

unsigned cm700d_warnings(const struct cm700d_answer *answer)
{
    switch (answer->code) {
    case 0: return 0;
    case 2: return INSTRUMENT_WARN_LAMP;
    case 3: return INSTRUMENT_WARN_BATTERY;
    case 4: return INSTRUMENT_WARN_LAMP | INSTRUMENT_WARN_BATTERY;
    case 9: return INSTRUMENT_WARN_OVER_RANGE;
    }
    return INSTRUMENT_WARN_UNKNOWN;
}
