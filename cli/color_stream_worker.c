/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/color_stream_worker.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "colorlib/difference.h"

/* What stands before the numbers of a light. */
static void put_before_lab(const struct viewing *viewing, size_t light,
                           char out[static COLOR_LIGHT_MAX])
{
    char *at = stream_put(out, light > 0 ? ",{\"illuminant\":" : "{\"illuminant\":");
    at = stream_put_string(at, viewing->illuminant[light].name);
    at = stream_put(at, ",\"observer_deg\":");
    at = stream_put_count(at, (size_t)observer_degrees(viewing->observer));
    *stream_put(at, ",\"lab\":[") = '\0';
}

enum status color_worker_open(const struct color_plan *plan, struct color_worker **out,
                              struct fault *fault)
{
    struct color_worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return STATUS_NO_MEMORY;
    worker->plan = plan;
    worker->isa = lanes_isa_best();
    for (size_t light = 0; plan->standard && light < plan->viewing->count; light++)
        for (size_t lane = 0; lane < LANES; lane++) {
            worker->standard[light].L[lane] = plan->standard[light].L;
            worker->standard[light].a[lane] = plan->standard[light].a;
            worker->standard[light].b[lane] = plan->standard[light].b;
        }
    for (size_t light = 0; light < plan->viewing->count; light++)
        put_before_lab(plan->viewing, light, worker->before_lab[light]);
    enum status status = sample_lines_open(plan->first_line, plan->first_length,
                                           plan->scale, &worker->lines, fault);
    if (status == STATUS_OK)
        *out = worker;
    else
        color_worker_close(worker);
    return status;
}

void color_worker_close(struct color_worker *worker)
{
    if (!worker)
        return;
    sample_lines_close(worker->lines);
    free(worker);
}

/* -- a color -------------------------------------------------------------------- */

/* What is printed of a color under one light. */
struct looks {
    cmsCIELab lab;
    double ciede2000, cie76;
};

/* As color info and color diff compute it. */
static struct looks scalar_looks(const struct color_worker *worker, size_t light,
                                 size_t lane)
{
    double spectrum[SPECTRUM_MAX];
    struct looks looks = {0};
    for (size_t band = 0; band < worker->grid.count; band++)
        spectrum[band] = worker->reflectance[band * LANES + lane];
    looks.lab = colorimetry_reflectance_lab(&worker->weights[light], spectrum);
    if (worker->plan->standard) {
        looks.ciede2000 = difference_ciede2000(worker->plan->standard[light], looks.lab);
        looks.cie76 = difference_cie76(worker->plan->standard[light], looks.lab);
    }
    return looks;
}

static struct looks lane_looks(const struct color_worker *worker, size_t light,
                               size_t lane)
{
    const struct lanes_lab *lab = &worker->lab[light];
    struct looks looks = {.lab = {lab->L[lane], lab->a[lane], lab->b[lane]}};
    if (worker->plan->standard) {
        looks.ciede2000 = worker->ciede2000[light][lane];
        looks.cie76 = difference_cie76(worker->plan->standard[light], looks.lab);
    }
    return looks;
}

/* CIEDE2000 jumps where the hues are opposite, and a little where their mean is the hue
 * at which degrees begin. There the last bits of a color decide, which only the scalar
 * functions have right. Both hold for a* as for the a' of the formula. */
static bool is_near_jump(const cmsCIELab *standard, const cmsCIELab *lab)
{
    double size = fabs(standard->a * lab->a) + fabs(standard->b * lab->b);
    double opposite = standard->a * lab->b - standard->b * lab->a;
    double mirrored = standard->a * lab->b + standard->b * lab->a;
    return fabs(opposite) < 1e-6 * size || fabs(mirrored) < 1e-6 * size;
}

/* Whether the scalar functions would print the same. An error of the color moves a
 * difference by a few times as much at the most. */
static bool is_certain(const struct color_worker *worker, size_t light,
                       const struct looks *looks)
{
    const cmsCIELab *standard = worker->plan->standard;
    bool color = stream_color_is_certain(looks->lab.L, LANES_LAB_ERROR) &&
                 stream_color_is_certain(looks->lab.a, LANES_LAB_ERROR) &&
                 stream_color_is_certain(looks->lab.b, LANES_LAB_ERROR);
    if (!color || !standard)
        return color;
    return stream_color_is_certain(looks->ciede2000, 2 * LANES_CIEDE2000_ERROR) &&
           stream_color_is_certain(looks->cie76, 2 * LANES_CIEDE2000_ERROR) &&
           !is_near_jump(&standard[light], &looks->lab);
}

static char *put_looks(char *at, const struct looks *looks, bool is_difference)
{
    at = stream_put_color(at, looks->lab.L);
    *at++ = ',';
    at = stream_put_color(at, looks->lab.a);
    *at++ = ',';
    at = stream_put_color(at, looks->lab.b);
    *at++ = ']';
    if (is_difference) {
        at = stream_put_color(stream_put(at, ",\"de00\":"), looks->ciede2000);
        at = stream_put_color(stream_put(at, ",\"de76\":"), looks->cie76);
    }
    return at;
}

static char *put_light(const struct color_worker *worker, size_t light, size_t lane,
                       char *at)
{
    struct looks looks = lane_looks(worker, light, lane);
    if (!is_certain(worker, light, &looks))
        looks = scalar_looks(worker, light, lane);
    at = stream_put(at, worker->before_lab[light]);
    at = put_looks(at, &looks, worker->plan->standard != NULL);
    *at++ = '}';
    return at;
}

/* -- a group -------------------------------------------------------------------- */

static char *put_member(char *at, const char *before, const char *string)
{
    return string[0] ? stream_put_string(stream_put(at, before), string) : at;
}

static char *put_id(char *at, const struct line_id *id)
{
    static const char before[] = ",\"id\":";
    switch (id->kind) {
    case LINE_ID_NONE: break;
    case LINE_ID_TEXT: return stream_put_string(stream_put(at, before), id->text);
    case LINE_ID_NUMBER: return stream_put(stream_put(at, before), id->text);
    }
    return at;
}

/* Room for a line: its names, and for each light a name and five numbers. */
enum {
    LIGHT_MAX = COLOR_LIGHT_MAX + 6 * STREAM_NUMBER_MAX,
    LINE_MAX_SIZE = 64 + STREAM_NUMBER_MAX + STREAM_STRING_MAX(LINE_ID_MAX) +
                    STREAM_STRING_MAX(SAMPLE_NAME_MAX) + VIEWING_MAX * LIGHT_MAX
};

static void print_entry(struct color_worker *worker, size_t lane)
{
    const struct color_entry *entry = &worker->entry[lane];
    char *at = stream_text_reserve(worker->out, LINE_MAX_SIZE);
    if (!at) {
        worker->status = STATUS_NO_MEMORY;
        return;
    }
    at = stream_put_count(stream_put(at, "{\"line\":"), entry->line);
    at = put_id(at, &entry->id);
    at = put_member(at, ",\"name\":", entry->name);
    if (entry->origin == SAMPLE_SIMULATED)
        at = stream_put(at, ",\"simulated\":true");
    at = stream_put(at, ",\"colors\":[");
    for (size_t light = 0; light < worker->plan->viewing->count; light++)
        at = put_light(worker, light, lane, at);
    stream_text_commit(worker->out, stream_put(at, "]}\n"));
}

/* Computes and prints the spectra that wait. */
static void finish_group(struct color_worker *worker)
{
    if (worker->count == 0)
        return;
    for (size_t light = 0; light < worker->plan->viewing->count; light++) {
        lanes_lab(worker->isa, &worker->weights[light], worker->reflectance, 1,
                  &worker->lab[light]);
        if (worker->plan->standard)
            lanes_ciede2000(worker->isa, &worker->standard[light], &worker->lab[light], 1,
                            worker->ciede2000[light]);
    }
    for (size_t lane = 0; lane < worker->count; lane++)
        print_entry(worker, lane);
    worker->count = 0;
}

/* A light without red or without blue leaves nothing to relate a color to. */
static bool has_signal(const cmsCIEXYZ *white)
{
    return white->X > 1e-6 && white->Z > 1e-6;
}

/* The weights of a grid under every light; most lines have that of the line before. */
static enum status take_grid(struct color_worker *worker, const struct grid *grid)
{
    const struct viewing *viewing = worker->plan->viewing;
    if (worker->grid.count == grid->count && worker->grid.start_nm == grid->start_nm &&
        worker->grid.step_nm == grid->step_nm)
        return worker->grid_status;
    finish_group(worker);
    worker->grid = *grid;
    worker->grid_status = STATUS_OK;
    for (size_t i = 0; i < viewing->count && worker->grid_status == STATUS_OK; i++) {
        worker->grid_status = weights_make(grid, &viewing->illuminant[i],
                                           viewing->observer, &worker->weights[i]);
        if (worker->grid_status == STATUS_OK && !has_signal(&worker->weights[i].white))
            worker->grid_status = STATUS_NOT_COVERED;
    }
    return worker->grid_status;
}

static void add_to_group(struct color_worker *worker, size_t line)
{
    const struct sample_line *spectrum = &worker->spectrum;
    struct color_entry *entry = &worker->entry[worker->count];
    entry->line = line;
    entry->origin = spectrum->origin;
    entry->id = spectrum->id;
    strcpy(entry->name, spectrum->name);
    for (size_t band = 0; band < spectrum->grid.count; band++)
        worker->reflectance[band * LANES + worker->count] = spectrum->reflectance[band];
    if (++worker->count == LANES)
        finish_group(worker);
}

/* -- lines ---------------------------------------------------------------------- */

enum { ERROR_MAX = 256 + STREAM_STRING_MAX(FAULT_TEXT_MAX) };

static void print_error(struct color_worker *worker, size_t line, enum status status,
                        const struct fault *fault)
{
    struct failure failure = {0};
    finish_group(worker);
    failure_from_file(&failure, "line", status, fault);
    char *at = stream_text_reserve(worker->out, ERROR_MAX);
    if (!at) {
        worker->status = STATUS_NO_MEMORY;
        return;
    }
    at = stream_put_count(stream_put(at, "{\"line\":"), line);
    at = stream_put(at, ",\"error\":{\"code\":");
    at = stream_put_string(at, failure_kind(failure.code)->name);
    if (fault->line > 0)
        at = stream_put_count(stream_put(at, ",\"column\":"), fault->column);
    at = stream_put(at, ",\"message\":");
    at = stream_put_string(at, fault->text[0] ? fault->text : status_text(status));
    stream_text_commit(worker->out, stream_put(at, "}}\n"));
    worker->error_count++;
}

static void run_line(struct color_worker *worker, const struct stream_line *line)
{
    struct fault fault = {0};
    enum status status = sample_lines_read(worker->lines, line->text, line->length,
                                           &worker->spectrum, &fault);
    if (status == STATUS_OK)
        status = take_grid(worker, &worker->spectrum.grid);
    if (status == STATUS_OK)
        add_to_group(worker, line->number);
    else if (status == STATUS_NO_MEMORY)
        worker->status = status;
    else
        print_error(worker, line->number, status, &fault);
    worker->line_count++;
}

static void run_lines(struct color_worker *worker, const struct stream_part *part)
{
    struct stream_line line = {0};
    while (worker->status == STATUS_OK && stream_line_next(part, &line))
        run_line(worker, &line);
    finish_group(worker);
}

enum status color_worker_run(void *subject, const struct stream_part *part,
                             struct stream_text *out)
{
    static const struct fault too_long = {.text = "the line is longer than 1 MB"};
    struct color_worker *worker = subject;
    worker->out = out;
    if (part->too_long) {
        print_error(worker, part->line, STATUS_BAD_DATA, &too_long);
        worker->line_count++;
    } else {
        run_lines(worker, part);
    }
    return worker->status;
}
