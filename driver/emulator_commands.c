/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/emulator_parts.h"

#include <stdio.h>
#include <string.h>

/* The arguments as section 6 writes them, a character each: 1 to 5 are numbers of so many
 * digits, n one of one to five digits, P the 31 values of a plate in six digits, t a text
 * of up to eight characters. */
struct command {
    const char *name;
    const char *arguments;
    void (*run)(struct emulator *emulator, struct emulator_call *call);
    int tells_battery; /* answers OK03 where the battery is low */
};

static void identify(struct emulator *emulator, struct emulator_call *call)
{
    /* models, TV-02 and TV-27 of section 11 */
    emulator_reply_text(&call->reply, emulator->fault == EMULATOR_SIBLING
                                          ? "03,102,10011,0,360,740,10"
                                          : "0100,1000004,10203040,0,400,700,010");
}

static const struct command commands[] = {
    {"IDR", "", identify, 0},
    {"STR", "", emulator_do_str, 1},
    {"CPR", "", emulator_do_cpr, 0},
    {"CPS", "11222", emulator_do_cps, 0},
    {"ZRC", "", emulator_do_zrc, 1},
    {"CAL", "", emulator_do_cal, 1},
    {"USC", "", emulator_do_usc, 1},
    {"MES", "1", emulator_do_mes, 1},
    {"MDR", "1", emulator_do_mdr, 1},
    {"SWS", "1", emulator_do_sws, 0},
    {"RDR", "1", emulator_do_rdr, 1},
    {"COR", "1122", emulator_do_cor, 0},
    {"RCR", "1122", emulator_do_rcr, 0},
    {"CDR", "11", emulator_do_cdr, 0},
    {"CDS", "11P", emulator_do_cds, 0},
    {"UCR", "11", emulator_do_ucr, 0},
    {"UCS", "11P", emulator_do_ucs, 0},
    {"CIR", "", emulator_do_cir, 0},
    {"CIS", "t", emulator_do_cis, 0},
    {"USR", "", emulator_do_usr, 0},
    {"USS", "1", emulator_do_uss, 0},
    {"SPR", "n", emulator_do_spr, 0},
    {"SDR", "51", emulator_do_sdr, 0},
    {"SDD", "n", emulator_do_sdd, 0},
    {"SAD", "", emulator_do_sad, 0},
    {"DFS", "1", emulator_do_dfs, 0},
    {"DTS", "422222", emulator_do_dts, 0},
    {"DTR", "", emulator_do_dtr, 0},
};

static const struct command *find(const char *line)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (strncmp(commands[i].name, line, 3) == 0)
            return &commands[i];
    return NULL;
}

/* -- arguments ------------------------------------------------------------ */

/* Each parser moves the cursor over a comma and what follows: 0 where that is not what
 * it should be. */

static int parse_number(const char **cursor, size_t least, size_t most, long *number)
{
    const char *digits = *cursor + 1;
    size_t size = **cursor == ',' ? strspn(digits, "0123456789") : 0;
    if (size < least || size > most)
        return 0;
    *number = 0;
    for (size_t i = 0; i < size; i++)
        *number = 10 * *number + (digits[i] - '0');
    *cursor = digits + size;
    return 1;
}

static int parse_values(const char **cursor, long values[EMULATOR_BANDS])
{
    for (size_t i = 0; i < EMULATOR_BANDS; i++)
        if (!parse_number(cursor, 6, 6, &values[i]))
            return 0;
    return 1;
}

static int parse_text(const char **cursor, char text[EMULATOR_ID_MAX + 1])
{
    size_t size = **cursor == ',' ? strcspn(*cursor + 1, ",") : 0;
    if (size < 1 || size > EMULATOR_ID_MAX)
        return 0;
    memcpy(text, *cursor + 1, size);
    text[size] = '\0';
    *cursor += 1 + size;
    return 1;
}

static int parse(const char *cursor, const char *arguments, struct emulator_call *call)
{
    long *number = call->number;
    for (; *arguments; arguments++) {
        size_t width = (size_t)(*arguments - '0');
        int fits = *arguments == 'P'   ? parse_values(&cursor, call->value)
                   : *arguments == 't' ? parse_text(&cursor, call->text)
                   : *arguments == 'n' ? parse_number(&cursor, 1, 5, number++)
                                       : parse_number(&cursor, width, width, number++);
        if (!fits)
            return 0;
    }
    return *cursor == '\0';
}

/* -- one line ------------------------------------------------------------- */

enum { STATUS_SIZE = 4 };

/* The scripted status where it is meant for this command, "" else: "ER05", or "MES/ER05"
 * for the next of one name; with the failure that follows it, "OK00/ER05", or without. */
static const char *scripted(const struct emulator *emulator,
                            const struct command *command)
{
    const char *text = emulator->status_text;
    if (emulator->fault != EMULATOR_SCRIPTED_STATUS)
        return "";
    if (strlen(text) == STATUS_SIZE)
        return text;
    return strncmp(text, command->name, 3) == 0 && text[3] == '/' ? text + 4 : "";
}

static void run(struct emulator *emulator, const struct command *command,
                struct emulator_call *call)
{
    struct emulator_reply *reply = &call->reply;
    const char *status = scripted(emulator, command);
    if (*status == 'E') {
        emulator->fault = EMULATOR_FAULT_NONE;
        emulator_reply_code(reply, status);
        return;
    }
    call->failure = strlen(status) > STATUS_SIZE ? status + STATUS_SIZE + 1 : "";
    command->run(emulator, call);
    if (strcmp(reply->code, "OK00") == 0 && command->tells_battery &&
        emulator->settings.battery > 0)
        snprintf(reply->code, sizeof reply->code, "OK03");
    if (*status && reply->code[0] == 'O') {
        emulator->fault = EMULATOR_FAULT_NONE;
        snprintf(reply->code, sizeof reply->code, "%.*s", STATUS_SIZE, status);
    }
}

/* Whether MES was accepted and takes the last of the battery with it (F11). */
static int dies(const struct emulator *emulator, const struct command *command,
                const struct emulator_reply *reply)
{
    return emulator->fault == EMULATOR_SILENT_AFTER_MES &&
           command->run == emulator_do_mes && reply->code[0] == 'O';
}

void emulator_execute(struct emulator *emulator, const char *line, size_t size)
{
    struct emulator_call call = {0};
    emulator_reply_start(&call.reply);
    const struct command *command = find(line);
    int understood = emulator->fault != EMULATOR_FOREIGN && command &&
                     strlen(line) == size && parse(line + 3, command->arguments, &call);
    if (!understood)
        emulator_reply_code(&call.reply, "ER00");
    else if (emulator_is_busy(emulator))
        emulator_reply_code(&call.reply, "ER35");
    else
        run(emulator, command, &call);
    emulator_reply_send(emulator, &call.reply);
    if (understood && dies(emulator, command, &call.reply)) {
        emulator->fault = EMULATOR_FAULT_NONE;
        emulator->powered = 0;
    }
}
