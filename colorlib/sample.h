/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measured spectra in files: CGATS.17, Argyll .sp and .ti3, CSV, and the program's own
 * JSON documents. Everything read is hostile: at most 16 MiB, 1024 fields, 100 000
 * samples, every row complete, every number finite, nothing included from elsewhere.
 */
#ifndef COLORLIB_SAMPLE_H
#define COLORLIB_SAMPLE_H

#include <stdbool.h>
#include <stdio.h>

#include "colorlib/spectrum.h"

enum {
    SAMPLE_ID_MAX = 64,
    SAMPLE_NAME_MAX = 128,
    SAMPLE_TEXT_MAX = 64,
    SAMPLE_TIME_MAX = 32,
    SAMPLE_WARNINGS_MAX = 128
};

enum sample_format {
    SAMPLE_CGATS,
    SAMPLE_ARGYLL_SP,
    SAMPLE_ARGYLL_TI3, /* reading only; device columns are ignored */
    SAMPLE_CSV,
    SAMPLE_JSON
};

enum sample_quantity {
    SAMPLE_REFLECTANCE, /* reflectance factor, 1 = perfect diffuser */
    SAMPLE_POWER        /* relative spectral power (an illuminant) */
};

enum sample_specular { SAMPLE_SPECULAR_UNKNOWN, SAMPLE_SPECULAR_IN, SAMPLE_SPECULAR_EX };

/* Whether the values come from a real instrument, as far as the file tells. */
enum sample_origin { SAMPLE_MEASURED, SAMPLE_SIMULATED };

enum sample_scale { SAMPLE_SCALE_AUTO, SAMPLE_SCALE_PERCENT, SAMPLE_SCALE_FRACTION };

/* Bits of sample_set.notes: what a user should be told. */
enum sample_note {
    SAMPLE_NOTE_CROPPED = 1 << 0,         /* wavelengths outside 300-830 nm left out */
    SAMPLE_NOTE_COARSE = 1 << 1,          /* coarser than 10 nm, 20 nm at the most */
    SAMPLE_NOTE_ASSUMED_PERCENT = 1 << 2, /* the scale was told by the largest value */
    SAMPLE_NOTE_ASSUMED_FRACTION = 1 << 3,
    SAMPLE_NOTE_DEVICE_IGNORED = 1 << 4 /* device columns of a chart were left out */
};

/* What a drawdown lies upon; opaque where nothing of it shows. */
enum sample_backing {
    SAMPLE_BACKING_UNKNOWN, /* no drawdown of a ladder */
    SAMPLE_BACKING_WHITE,
    SAMPLE_BACKING_BLACK,
    SAMPLE_BACKING_OPAQUE
};

/* What a sample of a ladder was poured of (see sample_drawdown.h). */
struct sample_drawdown {
    double concentration; /* 0 to 1 of the pigment by volume, the rest diluent */
    enum sample_backing backing;
    double thickness_um; /* wet; 0 for a bare backing, and where opaque */
};

struct sample_info {
    char id[SAMPLE_ID_MAX];
    char name[SAMPLE_NAME_MAX]; /* empty where the file gives none */
    enum sample_specular specular;
    struct sample_drawdown drawdown;
};

/* How the readings of a set were taken. What is not known is empty or 0; by name they
 * stand in sample_condition_list. */
struct sample_conditions {
    enum sample_origin origin;        /* simulated stays so through every format */
    char geometry[SAMPLE_TEXT_MAX];   /* "d/8", "45/0" */
    double aperture_mm;               /* measured diameter */
    char instrument[SAMPLE_TEXT_MAX]; /* its model */
    char serial[SAMPLE_TEXT_MAX];
    char firmware[SAMPLE_TEXT_MAX];
    char plate[SAMPLE_TEXT_MAX];               /* id of the white plate */
    char calibrated[SAMPLE_TIME_MAX];          /* "2026-11-20T09:42:10Z" */
    char device_warnings[SAMPLE_WARNINGS_MAX]; /* words with blanks between */
    char site[SAMPLE_TEXT_MAX];                /* on the body */
    char state[SAMPLE_TEXT_MAX];               /* of the skin or the sample */
    unsigned placements;                       /* that the spectrum is the median of */
    unsigned triggers;                         /* averaged at each placement */
    double spread_de00; /* mean CIEDE2000 of the placements from their median */
};

/* Spectra on one grid. Owns its arrays; release with sample_set_free. */
struct sample_set {
    enum sample_quantity quantity;
    struct sample_conditions conditions;
    struct grid grid;
    size_t count;
    struct sample_info *info; /* count */
    double *value;            /* count x grid.count, sample by sample */
    unsigned notes;
};

struct sample_options {
    enum sample_scale scale;
    const enum sample_format
        *format; /* NULL: by the ending of the path, else by content */
};

/*
 * Reads all samples of a file; "-" is the standard input, its format told by its content.
 * options may be NULL.
 *
 * NOT_FOUND, IO or NO_MEMORY; BAD_DATA with line, column and text in fault; NOT_COVERED
 * when a spectrum is coarser than 20 nm; NEEDS_SPECTRUM when the file is sound but holds
 * colors only. On failure out is untouched.
 */
enum status sample_read(const char *path, const struct sample_options *options,
                        struct sample_set *out, struct fault *fault);

/*
 * Writes all samples in a format (not .ti3); locale never changes a byte. IO on failure,
 * BAD_DATA when a value is not finite and NO_MEMORY: nothing is written then.
 */
enum status sample_write(FILE *stream, enum sample_format format,
                         const struct sample_set *set);

/* The format that a path's ending names: .cgats .txt, .sp, .ti3, .csv, .json. */
enum status sample_format_from_path(const char *path, enum sample_format *out);

/* One sample as a spectrum, index < set->count. */
struct spectrum sample_spectrum(const struct sample_set *set, size_t index);

/* The index of the sample whose id, or else whose name, is the one given. */
enum status sample_find(const struct sample_set *set, const char *id, size_t *index);

/*
 * Whether a sample, specular excluded, and the one behind it, included, are one reading
 * in both modes: they have one name, and the second's id is sample_included_id of the
 * first's.
 */
bool sample_is_pair(const struct sample_set *set, size_t index);

/* "scalp-sci" for "scalp": what the included half of a pair is called. */
void sample_included_id(const char *id, char out[static SAMPLE_ID_MAX]);

/* The specular component that all samples have; unknown where they differ. */
enum sample_specular sample_specular_common(const struct sample_set *set);

/* Releases the arrays; a set of zeros is fine. */
void sample_set_free(struct sample_set *set);

#endif
