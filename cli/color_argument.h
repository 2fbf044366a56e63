/* SPDX-License-Identifier: GPL-3.0-or-later */
/* COLOR on the command line: spectra in files, and colors as coordinates. */
#ifndef CLI_COLOR_ARGUMENT_H
#define CLI_COLOR_ARGUMENT_H

#include "cli/color_view.h"
#include "cli/command.h"

/* The colors that one argument stands for. Release with color_source_close. */
struct color_source {
    const char *argument; /* the caller's */
    size_t count;         /* 1 or more */
    size_t first;         /* into the set */
    struct sample_set set;
    struct color coordinates;
    enum sample_specular specular; /* as --specular says, or unknown */
};

/* --scale, for every command that reads spectra. */
extern const struct option_spec color_scale_options[];

/* --specular, for commands to which the reflection at the surface matters. */
extern const struct option_spec color_specular_options[];

/*
 * Understands an argument: all samples of a file, the one behind #, or coordinates. Of a
 * reading in both modes (sample_is_pair) the half with specular excluded counts, or with
 * --specular sci the other; behind # either can be named. The
 * command's tables hold color_scale_options. Says on stderr what reading assumed, and
 * notes in the context, with a warning the first time, that a file is simulated.
 */
enum exit_code color_source_open(struct context *context, const char *argument,
                                 struct color_source *out);

/* The value of --scale. */
enum exit_code color_scale_read(struct context *context, enum sample_scale *out);

/* Reads a spectral file as --scale says and tells what reading assumed; format is NULL to
 * find out. */
enum exit_code color_set_read(struct context *context, const char *path,
                              const enum sample_format *format, struct sample_set *out);

/* A color of the source, index < count. */
void color_source_at(const struct color_source *source, size_t index, struct color *out);

/* A source of zeros is fine. */
void color_source_close(struct color_source *source);

/* The one color that an argument stands for; usage failure when it stands for several. */
enum exit_code color_read(struct context *context, const char *argument,
                          struct color *out);

/* The one color of a set that came another way than by an argument, as color_read takes
 * it of a file but for its origin; label names it in messages. The set is the caller's,
 * and its halves may be dropped. */
enum exit_code color_of_set(struct context *context, const char *label,
                            struct sample_set *set, struct color *out);

/* Notes in the context that the color of an argument is simulated, with a warning the
 * first time, as reading it does. */
void color_tell_origin(struct context *context, const char *argument,
                       const struct color *color);

/* What a color is called among others: its id where the source has several, else the
 * argument. */
const char *color_label(const struct color_source *source, const struct color *color);

/* What is known of a color before anything is computed, for documents: source, id, name,
 * whether it has a spectrum, and the conditions of the reading. */
json_t *color_json(const struct color_source *source, const struct color *color);

#endif
