/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A host that talks to the emulator and knows what it must hear. */
#ifndef TESTS_DRIVER_HOST_H
#define TESTS_DRIVER_HOST_H

#include "tests/runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/emulator.h"

enum { HOST_ANSWER_MAX = 4096, HOST_STEP_MAX = 512 };

struct host {
    struct emulator *emulator;
    uint64_t now_ms;
    char answer[HOST_ANSWER_MAX]; /* as received, line end included */
    size_t size;
};

/* Zero and white calibration, from the state at power-on. */
#define HOST_CALIBRATES      "@zero|ZRC OK00|@white|CAL OK00|"
#define HOST_CALIBRATES_BOTH "CPS,2,3,00,01,01 OK00|" HOST_CALIBRATES

/* The data blocks of the protocol's worked examples (11). */
#define HOST_S1                                                                          \
    "001985,001890,001903,002088,002371,002660,002935,003158,003361,003545,003668,"      \
    "003742,003705,003529,003318,003342,003487,003371,003422,004203,005011,005398,"      \
    "005597,005742,005851,005947,006038,006107,006189,006254,006312"
#define HOST_S2                                                                          \
    "001634,001541,001551,001738,002023,002309,002585,002809,003009,003195,003317,"      \
    "003393,003355,003177,002970,002992,003136,003022,003072,003851,004660,005048,"      \
    "005248,005391,005501,005595,005688,005758,005838,005904,005962"
#define HOST_S3                                                                          \
    "000312,000318,000325,000336,000349,000363,000378,000392,000407,000423,000440,"      \
    "000457,000471,000480,000488,000503,000524,000541,000562,000612,000674,000731,"      \
    "000789,000848,000907,000968,001031,001096,001160,001225,001290"
#define HOST_P1                                                                          \
    "096412,096987,097405,097688,097901,098052,098160,098241,098305,098358,098402,"      \
    "098438,098469,098495,098518,098538,098556,098571,098585,098597,098608,098618,"      \
    "098627,098635,098642,098649,098655,098660,098665,098670,098674"

/* An instrument without noise, with these quirks and nothing else unusual. */
static inline struct emulator_settings host_quiet(unsigned quirks)
{
    struct emulator_settings settings = emulator_settings_default;
    settings.noise = 0;
    settings.placement = 0;
    settings.quirks = quirks;
    return settings;
}

static inline void host_connect(struct host *host,
                                const struct emulator_settings *settings)
{
    *host = (struct host){.now_ms = 1000};
    host->emulator = emulator_make(settings, host->now_ms);
    ck_assert_ptr_nonnull(host->emulator);
}

static inline void host_leave(struct host *host)
{
    emulator_free(host->emulator);
}

static inline void host_send(struct host *host, const char *text)
{
    emulator_write(host->emulator, (const uint8_t *)text, strlen(text), host->now_ms);
}

/* Everything up to a line feed, or all there is; the clock moves on to each packet. */
static inline const char *host_listen(struct host *host)
{
    host->size = 0;
    memset(host->answer, 0, sizeof host->answer);
    while (emulator_next_ms(host->emulator) != UINT64_MAX) {
        uint64_t next_ms = emulator_next_ms(host->emulator);
        host->now_ms = next_ms > host->now_ms ? next_ms : host->now_ms;
        uint8_t packet[64];
        size_t size = emulator_read(host->emulator, packet, sizeof packet, host->now_ms);
        ck_assert_uint_lt(host->size + size, sizeof host->answer);
        memcpy(host->answer + host->size, packet, size);
        host->size += size;
        if (host->size > 0 && host->answer[host->size - 1] == '\n')
            break;
    }
    return host->answer;
}

/* Sends a command and returns the answer without its line end, which must be there. */
static inline const char *host_ask(struct host *host, const char *command)
{
    host_send(host, command);
    host_send(host, "\r\n");
    host_listen(host);
    ck_assert_msg(host->size >= 2 && strcmp(host->answer + host->size - 2, "\r\n") == 0,
                  "%s: no line but '%s'", command, host->answer);
    host->answer[host->size - 2] = '\0';
    return host->answer;
}

static inline void host_do(struct host *host, const char *step)
{
    const char *blank = strchr(step, ' ');
    if (step[0] == '@') {
        emulator_place(host->emulator, step + 1, "");
    } else if (step[0] == '~') {
        host->now_ms += strtoull(step + 1, NULL, 10);
    } else if (strcmp(step, "!press") == 0) {
        emulator_press(host->emulator, host->now_ms);
    } else if (strncmp(step, "!slide", 6) == 0) {
        emulator_slide(host->emulator, step[6] - '0');
    } else if (strncmp(step, "!battery", 8) == 0) {
        emulator_battery(host->emulator, step[8] - '0');
    } else {
        char command[HOST_STEP_MAX] = "";
        ck_assert_msg(blank != NULL, "no answer is expected of '%s'", step);
        memcpy(command, step, (size_t)(blank - step));
        const char *answer = host_ask(host, command);
        ck_assert_msg(strcmp(answer, blank + 1) == 0, "%s answers\n%s\nnot\n%s", command,
                      answer, blank + 1);
    }
}

/*
 * Plays steps with a bar behind or between: "COMMAND ANSWER", "@KIND" places the head,
 * "~MS" waits, "!press", "!slide1", "!battery2".
 */
static inline void host_play(struct host *host, const char *script)
{
    while (*script) {
        char step[HOST_STEP_MAX] = "";
        size_t size = strcspn(script, "|");
        ck_assert_uint_lt(size, sizeof step);
        memcpy(step, script, size);
        if (step[0])
            host_do(host, step);
        script += size + (script[size] == '|');
    }
}

/* The numbers of an answer behind its status; their count. */
static inline size_t host_numbers(const char *answer, double *numbers, size_t capacity)
{
    size_t count = 0;
    for (const char *comma = strchr(answer, ','); comma; comma = strchr(comma + 1, ','))
        if (count < capacity)
            numbers[count++] = strtod(comma + 1, NULL);
    return count;
}

#endif
