/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the virtual instrument's files share: its state, and the reply that a command
 * makes. Numbers in parentheses in these files are sections of the description of the
 * protocol.
 */
#ifndef DRIVER_EMULATOR_PARTS_H
#define DRIVER_EMULATOR_PARTS_H

#include "driver/emulator.h"
#include "driver/noise.h"

enum {
    EMULATOR_BANDS = 31,
    EMULATOR_INPUT_MAX = 256, /* the longest command has 226 bytes (3) */
    EMULATOR_LINE_MAX = 320,  /* 32 signed values and another line */
    EMULATOR_PIECES = 32,     /* lines on their way; a host may have one outstanding */
    EMULATOR_SAMPLES = 12,    /* stored (10) */
    EMULATOR_ID_MAX = 8,      /* characters of a plate's id (6.6) */
    EMULATOR_ARGUMENTS_MAX = 6
};

/* Codes as the host sees them at code base 1 (5.2). */
enum { EMULATOR_SAV = 1, EMULATOR_MAV = 2 };
enum { EMULATOR_SCI = 1, EMULATOR_SCE = 2, EMULATOR_BOTH = 3 };

/* A line, or bytes without end, that the host can read from due_ms on. */
struct emulator_piece {
    uint64_t due_ms;
    unsigned gap_ms; /* between its bytes; 0 sends all at once */
    int empties;     /* an empty packet comes before each of its packets */
    int empty_next;  /* and comes now */
    size_t size;     /* to be sent: the text, over and over where it is shorter */
    size_t sent;
    size_t text_size;
    char text[EMULATOR_LINE_MAX];
};

struct emulator_output {
    struct emulator_piece pieces[EMULATOR_PIECES]; /* by due_ms */
    size_t count;
    uint64_t last_reply_ms; /* replies keep their order */
};

struct emulator_input {
    char line[EMULATOR_INPUT_MAX];
    size_t size;
    int overlong;
    char last; /* byte seen, which a line feed must find to be a carriage return */
};

/* What the host may read of one measurement. */
struct emulator_result {
    size_t count; /* of slots; 0 for nothing measured */
    double factor[2][EMULATOR_BANDS];
};

enum emulator_trigger { EMULATOR_BY_COMMAND, EMULATOR_BY_BUTTON, EMULATOR_TRIGGERS };

/* White calibration of one area and specular component. */
struct emulator_white {
    int done;      /* against either plate */
    int user_done; /* against the user's */
    uint64_t made_ms;
};

/* Calibration data of a plate in units of 1e-5, by area and specular component. */
struct emulator_plate {
    long value[2][2][EMULATOR_BANDS];
};

struct emulator_clock {
    int64_t seconds; /* since 1970 at set_ms */
    uint64_t set_ms;
    long format; /* 0 year first, 1 month first, 2 day first */
};

/* A drawdown in the cell. */
struct emulator_film {
    double share;        /* of the bottle's liquid, 0 to 1 */
    double thickness_mm; /* 0 for the bare tile */
    int over_white;
};

/* Where the head is. */
struct emulator_head {
    struct emulator_film film;   /* of a drawdown */
    size_t sample;               /* of the optics's table */
    double melanin;              /* more than in the middle of the scalp */
    double gain[EMULATOR_BANDS]; /* this placement's reading over an ideal one's */
    double gloss;                /* its specular part over the mean one */
};

struct emulator {
    struct emulator_settings settings; /* battery and slider are as they are now */
    uint64_t now_ms;
    int powered;
    struct noise shots;
    struct noise placements;
    struct emulator_input input;
    struct emulator_output output;

    long specular; /* EMULATOR_SCI to EMULATOR_BOTH */
    long delay;    /* tenths of a second */
    long automatic;
    long manual; /* kept and told; over USB each trigger is a result by itself */

    int zeroed;
    struct emulator_white white[2][2];
    char plate_id[EMULATOR_ID_MAX + 1];
    struct emulator_plate plate;
    struct emulator_plate user_plate;
    int user_plate_stored;

    uint64_t busy_until_ms; /* measuring or calibrating */
    uint64_t charged_at_ms; /* the flash is ready again */
    char outcome[5];        /* what the next status poll tells, once; "" for none */
    struct emulator_result results[EMULATOR_TRIGGERS];
    int button_enabled;

    int sample_deleted[EMULATOR_SAMPLES];
    struct emulator_clock clock;
    struct emulator_head head;

    enum emulator_fault fault;
    char status_text[EMULATOR_TEXT_MAX];
};

/* -- replies: emulator_reply.c -------------------------------------------- */

struct emulator_reply {
    char code[5];
    unsigned delay_ms;
    size_t used;
    char fields[EMULATOR_LINE_MAX]; /* a comma before each */
};

/* OK00 and nothing else. */
void emulator_reply_start(struct emulator_reply *reply);
void emulator_reply_code(struct emulator_reply *reply, const char *code);
void emulator_reply_text(struct emulator_reply *reply, const char *text);

/* A number in decimal, zero-padded to width. */
void emulator_reply_number(struct emulator_reply *reply, long number, int width);

/* 31 values as the quirks want them; the faults of values strike here. */
void emulator_reply_values(struct emulator *emulator, struct emulator_reply *reply,
                           const long values[EMULATOR_BANDS]);

/* The values of a reading in units of 1e-4, OK09 where it is above the range (5.1). */
void emulator_reply_factors(struct emulator *emulator, struct emulator_reply *reply,
                            const double factors[EMULATOR_BANDS]);

/* Puts it on the way, unless a fault takes it. */
void emulator_reply_send(struct emulator *emulator, const struct emulator_reply *reply);

/* A line without a command, due at a time of its own. */
void emulator_announce(struct emulator *emulator, const struct emulator_reply *reply,
                       uint64_t due_ms);

/* -- commands: emulator_commands.c ---------------------------------------- */

/* A command's arguments (numbers in order, then the values of a plate or a text), and
 * the reply to it, which begins as OK00. */
struct emulator_call {
    long number[EMULATOR_ARGUMENTS_MAX];
    long value[EMULATOR_BANDS];
    char text[EMULATOR_ID_MAX + 1];
    const char *failure; /* what the poll tells that ends an action; "" for success */
    struct emulator_reply reply;
};

/* Carries out one line, without its end, and replies. */
void emulator_execute(struct emulator *emulator, const char *line, size_t size);

/* -- the state machine (8.1): emulator_state.c ---------------------------- */

/* Everything as after switching on; what is stored stays. */
void emulator_power_on(struct emulator *emulator);
int emulator_is_busy(const struct emulator *emulator);

/* White calibration is void since a plate's data changed. */
void emulator_void_white(struct emulator *emulator);

void emulator_do_str(struct emulator *emulator, struct emulator_call *call);
void emulator_do_cpr(struct emulator *emulator, struct emulator_call *call);
void emulator_do_cps(struct emulator *emulator, struct emulator_call *call);
void emulator_do_zrc(struct emulator *emulator, struct emulator_call *call);
void emulator_do_cal(struct emulator *emulator, struct emulator_call *call);
void emulator_do_usc(struct emulator *emulator, struct emulator_call *call);
void emulator_do_mes(struct emulator *emulator, struct emulator_call *call);
void emulator_do_mdr(struct emulator *emulator, struct emulator_call *call);
void emulator_do_sws(struct emulator *emulator, struct emulator_call *call);
void emulator_do_rdr(struct emulator *emulator, struct emulator_call *call);

/* -- codes of area and specular component (5.2): emulator_codes.c --------- */

/* The index that a code means at this code base: 0 SAV, 1 MAV; 0 SCI, 1 SCE, 2 both; -1
 * for no such code. And back. */
int emulator_area_index(const struct emulator *emulator, long code);
int emulator_specular_index(const struct emulator *emulator, long code);
long emulator_area_code(const struct emulator *emulator, int index);
long emulator_specular_code(const struct emulator *emulator, int index);

/* -- plates: emulator_plates.c -------------------------------------------- */

void emulator_plates_make(struct emulator *emulator);
void emulator_do_cdr(struct emulator *emulator, struct emulator_call *call);
void emulator_do_cds(struct emulator *emulator, struct emulator_call *call);
void emulator_do_ucr(struct emulator *emulator, struct emulator_call *call);
void emulator_do_ucs(struct emulator *emulator, struct emulator_call *call);
void emulator_do_cir(struct emulator *emulator, struct emulator_call *call);
void emulator_do_cis(struct emulator *emulator, struct emulator_call *call);
void emulator_do_usr(struct emulator *emulator, struct emulator_call *call);
void emulator_do_uss(struct emulator *emulator, struct emulator_call *call);

/* -- stored samples and clock: emulator_memory.c -------------------------- */

long emulator_samples_stored(const struct emulator *emulator);
void emulator_clock_make(struct emulator *emulator);
void emulator_do_spr(struct emulator *emulator, struct emulator_call *call);
void emulator_do_sdr(struct emulator *emulator, struct emulator_call *call);
void emulator_do_sdd(struct emulator *emulator, struct emulator_call *call);
void emulator_do_sad(struct emulator *emulator, struct emulator_call *call);
void emulator_do_dfs(struct emulator *emulator, struct emulator_call *call);
void emulator_do_dts(struct emulator *emulator, struct emulator_call *call);
void emulator_do_dtr(struct emulator *emulator, struct emulator_call *call);

/* -- optics (1.1, 10): emulator_optics.c ---------------------------------- */

enum emulator_surface { EMULATOR_DARK, EMULATOR_WHITE_PLATE, EMULATOR_ANY_SURFACE };

/* What is in front of the port, as far as calibration cares. */
enum emulator_surface emulator_surface(const struct emulator *emulator);

/* One measurement of what is in front of the port, in the modes that are set. */
void emulator_optics_read(struct emulator *emulator, struct emulator_result *out);

/* A sample by its kind for a client, the head aside: as emulator_truth in MAV. */
void emulator_optics_sample(const char *kind, char client, double sci[EMULATOR_BANDS],
                            double sce[EMULATOR_BANDS]);

/* -- drawdowns: emulator_film.c ------------------------------------------- */

/* What a site says of a drawdown; 0 when it says nothing such. */
int emulator_film_parse(const char *text, struct emulator_film *out);

/* Its reflectance factors, as an ideal instrument reads them. */
void emulator_film_reflectance(const struct emulator_settings *settings,
                               const struct emulator_film *film,
                               double sci[EMULATOR_BANDS], double sce[EMULATOR_BANDS]);

/* -- color (6.7): emulator_color.c ---------------------------------------- */

void emulator_do_cor(struct emulator *emulator, struct emulator_call *call);
void emulator_do_rcr(struct emulator *emulator, struct emulator_call *call);

#endif
