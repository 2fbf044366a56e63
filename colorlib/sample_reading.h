/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of the formats share: a set of samples while it is being read. */
#ifndef COLORLIB_SAMPLE_READING_H
#define COLORLIB_SAMPLE_READING_H

#include "colorlib/line_id.h"
#include "colorlib/sample.h"
#include "colorlib/sample_condition.h"
#include "colorlib/sample_drawdown.h"
#include "colorlib/text.h"

enum { SAMPLE_FIELDS_MAX = 1024, SAMPLE_COUNT_MAX = 100000 };

/* Fluorescence and mirrors exceed 1; no reflectance factor goes farther than this, so
 * beyond lies a wrong scale or no reflectance. */
#define SAMPLE_REFLECTANCE_MAX 2.0

/* Noise makes black a little negative; farther below lies a wrong scale. */
#define SAMPLE_REFLECTANCE_MIN -0.05

/* A band in the file: its wavelength, its index there and its heading. */
struct sample_band {
    double wavelength_nm;
    size_t index;
    const char *at;
};

/* After sample_grid: ascending, even, inside 300-830 nm. */
struct sample_bands {
    size_t count;
    struct sample_band band[SAMPLE_FIELDS_MAX];
};

/* A number as the file gives it, and where. */
struct sample_extreme {
    double value;
    const char *at;
};

struct sample_reading {
    const struct text *text;
    const struct sample_options *options;
    struct fault *fault;
    struct sample_set set; /* values still on the file's scale */
    size_t info_capacity, value_capacity;
    struct sample_extreme largest, smallest;
    double norm;            /* the file's number for 1; 0 where it does not say */
    struct line_id line_id; /* of a line of NDJSON */
};

/*
 * Orders and crops one band or more and makes them the grid of the set. BAD_DATA with the
 * place when a wavelength stands twice, fewer than six are left, they are not even, or
 * the set has samples on another grid; NOT_COVERED when they are coarser than 20 nm.
 */
enum status sample_grid(struct sample_reading *reading, struct sample_bands *bands);

/* Adds an empty sample at the end of the set; at is its place for a fault. */
enum status sample_add(struct sample_reading *reading, const char *at);

/* The number that a cell below a heading is; else BAD_DATA with its place. */
enum status sample_number(const struct sample_reading *reading,
                          const struct text_word *cell, const struct text_word *heading,
                          double *out);

/* Takes a value of the last sample, band < grid.count. */
void sample_take(struct sample_reading *reading, size_t sample, size_t band, double value,
                 const char *at);

/* Brings the values to the scale of sample.h; BAD_DATA when they do not fit it. */
enum status sample_rescale(struct sample_reading *reading);

/* Copies an id or a name; BAD_DATA when it does not fit. */
enum status sample_text(struct sample_reading *reading, const struct text_word *word,
                        const char *what, char *out, size_t size);

/* Takes a condition out of a cell or the value of a keyword, which what names; an empty
 * one says nothing. BAD_DATA for what it may not be. */
enum status sample_take_condition(struct sample_reading *reading,
                                  const struct sample_condition *condition,
                                  const struct text_word *word, const char *what,
                                  struct sample_conditions *out);

/* The same for SCI or SCE. */
enum status sample_take_specular(struct sample_reading *reading,
                                 const struct text_word *word, const char *what,
                                 enum sample_specular *out);

/* Takes a column of a ladder out of a cell; BAD_DATA for what it may not be. */
enum status sample_take_drawdown(struct sample_reading *reading, size_t column,
                                 const struct text_word *word,
                                 struct sample_drawdown *out);

/* BAD_DATA unless all columns of a ladder are there, or none; present says which. */
enum status sample_check_drawdown(struct sample_reading *reading, const char *at,
                                  const bool present[SAMPLE_DRAWDOWN_COLUMNS]);

/* The wavelength in a heading such as SPEC_400, nm400, R_400; 0 when it is none. */
double sample_heading_nm(const struct text_word *heading);

/* The specular component by its name, "SCI" or "SCE" in any case. */
enum sample_specular sample_specular_find(const char *name);

/* The readers of the formats; each leaves the scale to sample_rescale. */
enum status sample_cgats_read(struct sample_reading *reading);
enum status sample_csv_read(struct sample_reading *reading);
enum status sample_json_read(struct sample_reading *reading);

/* Beside documents: an element of their samples, alone; without an id it stays so. The
 * line's own id is read by the rule of all lines and stands before that of a sample. */
enum status sample_json_read_line(struct sample_reading *reading);

/* sample_read of the text of a reading, of which nothing else is there yet but options
 * and fault, by one of the readers. */
enum status sample_read_text(struct sample_reading *reading,
                             enum status (*read)(struct sample_reading *reading),
                             struct sample_set *out);

/* The writers of the formats. */
void sample_cgats_write(FILE *stream, const struct sample_set *set);
void sample_sp_write(FILE *stream, const struct sample_set *set);
void sample_csv_write(FILE *stream, const struct sample_set *set);
enum status sample_json_write(FILE *stream, const struct sample_set *set);

#endif
