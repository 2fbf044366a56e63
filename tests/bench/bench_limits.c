/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "colorlib/lanes.h"
#include "colorlib/sample.h"
#include "colorlib/treatment.h"
#include "tests/bench/limit.h"
#include "tests/bench/lines.h"
#include "tests/bench/process.h"
#include "tests/bench/timing.h"

/* Spectra that no cache holds, pairs that the nearest does, and lines of files. */
enum {
    SPECTRA = 512000,
    PAIRS = 2048,
    LIQUIDS = 3,
    LOOKS = 1000,
    FEW_LINES = 10000,
    MANY_LINES = 200000,
    TABLE_LINES = 50000
};

struct stage {
    enum lanes_isa isa;
    struct weights weights;
    double *reflectance;
    struct lanes_lab *lab; /* of the spectra; the first are standards and samples */
    double difference[PAIRS];
    struct moment moment; /* of treated skin, and what is mixed into its dots */
    struct liquid liquid[LIQUIDS];
    const char *program;
    const char *file; /* that reads and processes take */
    char few_csv[LINES_PATH_SIZE], many_csv[LINES_PATH_SIZE];
    char many_ndjson[LINES_PATH_SIZE], cgats[LINES_PATH_SIZE];
    volatile double sum; /* or nothing would need to be read */
};

static void make_spectra(struct stage *stage)
{
    static const struct grid grid = {
        .start_nm = 400, .step_nm = 10, .count = LINES_BANDS};
    struct illuminant d65;
    uint64_t state = 1;
    process_must(illuminant_find("D65", &d65) == STATUS_OK &&
                     weights_make(&grid, &d65, OBSERVER_CIE_1964_10DEG,
                                  &stage->weights) == STATUS_OK,
                 "weights");
    size_t count = (size_t)SPECTRA * LINES_BANDS;
    stage->reflectance = aligned_alloc(64, count * sizeof *stage->reflectance);
    stage->lab = aligned_alloc(64, SPECTRA / LANES * sizeof *stage->lab);
    process_must(stage->reflectance && stage->lab, "memory");
    for (size_t i = 0; i < count; i++)
        stage->reflectance[i] = lines_random(&state);
}

/* Skin of the middle of the scale and dots of three pigments, healed. */
static void make_skin(struct stage *stage)
{
    struct treatment treatment = {.technique = {.density_per_cm2 = 150,
                                                .radius_mm = 0.09,
                                                .depth_mm = 0.3,
                                                .height_mm = 0.3,
                                                .fill_fraction = 0.1},
                                  .conditions = fade_conditions_default};
    struct skin_parameters skin = skin_reference_parameters(SKIN_TAN);
    uint64_t state = 2;
    skin_from_parameters(&skin, &treatment.skin);
    treatment_moment(&treatment, 0.1, &stage->moment);
    for (size_t k = 0; k < LIQUIDS; k++)
        for (size_t i = 0; i < BAND_COUNT; i++) {
            stage->liquid[k].absorption.value[i] = 200 * lines_random(&state);
            stage->liquid[k].scattering.value[i] = 20 * lines_random(&state);
        }
}

/* -- what is timed -------------------------------------------------------------- */

static void call_lab(void *subject)
{
    struct stage *stage = subject;
    lanes_lab(stage->isa, &stage->weights, stage->reflectance, SPECTRA / LANES,
              stage->lab);
}

static void call_read(void *subject)
{
    struct stage *stage = subject;
    stage->sum =
        limit_read(stage->isa, stage->reflectance, (size_t)SPECTRA * LINES_BANDS);
}

static void call_ciede2000(void *subject)
{
    struct stage *stage = subject;
    enum { GROUPS = PAIRS / LANES };
    lanes_ciede2000(stage->isa, stage->lab, stage->lab + GROUPS, GROUPS,
                    stage->difference);
}

static void call_roots(void *subject)
{
    struct stage *stage = subject;
    stage->sum = limit_roots(stage->isa, PAIRS / LANES);
}

static void call_appearance(void *subject)
{
    struct stage *stage = subject;
    const struct liquid *liquid[LIQUIDS] = {&stage->liquid[0], &stage->liquid[1],
                                            &stage->liquid[2]};
    struct bands out;
    for (size_t i = 0; i < LOOKS; i++) {
        const double amount[LIQUIDS] = {0.05, 0.02, 1e-5 * (double)i};
        moment_mixture(&stage->moment, liquid, amount, LIQUIDS, &out);
        stage->sum = out.value[0];
    }
}

static void call_layers(void *subject)
{
    struct stage *stage = subject;
    stage->sum = limit_layers(stage->isa, LOOKS);
}

static void call_batch(void *subject)
{
    const struct stage *stage = subject;
    process_run(
        (const char *[]){stage->program, "color", "info", "--batch", stage->file, NULL});
}

static void take_bytes(const char *path)
{
    static char buffer[256 << 10];
    int descriptor = open(path, O_RDONLY);
    process_must(descriptor >= 0, path);
    while (read(descriptor, buffer, sizeof buffer) > 0)
        continue;
    close(descriptor);
}

/* The least that any program does with a file: it starts, and takes the bytes in. */
static void call_take_file(void *subject)
{
    const struct stage *stage = subject;
    process_run((const char *[]){stage->program, "--version", NULL});
    take_bytes(stage->file);
}

static void call_sample_read(void *subject)
{
    const struct stage *stage = subject;
    struct sample_set set = {0};
    struct fault fault = {0};
    process_must(sample_read(stage->file, NULL, &set, &fault) == STATUS_OK, fault.text);
    sample_set_free(&set);
}

static void call_take_bytes(void *subject)
{
    take_bytes(((const struct stage *)subject)->file);
}

/* -- the report ----------------------------------------------------------------- */

struct task {
    const char *name, *unit, *limit;
    void (*ours)(void *subject), (*best)(void *subject);
    size_t file;   /* offset of its path in the stage, 0 for none */
    double amount; /* of a call, in the unit's; 0: the unit is a time */
};

static const struct task tasks[] = {
    {"spectra to CIELAB, 31 bands", "M/s", "read-only pass over the spectra", call_lab,
     call_read, 0, SPECTRA / 1e6},
    {"CIEDE2000, pairs", "M/s", "its square roots and divisions", call_ciede2000,
     call_roots, 0, PAIRS / 1e6},
    {"skin appearance, four layers", "M/s", "its powers, roots and divisions",
     call_appearance, call_layers, 0, LOOKS / 1e6},
    {"color info --batch, 10 000 spectra", "ms", "start and read()", call_batch,
     call_take_file, offsetof(struct stage, few_csv), 0},
    {"color info --batch, CSV", "MB/s", "start and read()", call_batch, call_take_file,
     offsetof(struct stage, many_csv), 1},
    {"color info --batch, NDJSON", "MB/s", "start and read()", call_batch, call_take_file,
     offsetof(struct stage, many_ndjson), 1},
    {"sample_read, CGATS", "MB/s", "read()", call_sample_read, call_take_bytes,
     offsetof(struct stage, cgats), 1},
};

static double measure(const struct task *task, void (*call)(void *subject),
                      struct stage *stage)
{
    double seconds = timing_fastest(call, stage);
    if (task->amount == 0)
        return 1e3 * seconds;
    return (task->file ? lines_megabytes(stage->file) : task->amount) / seconds;
}

static void print_rows(struct stage *stage, struct rows *rows)
{
    for (size_t i = 0; i < sizeof tasks / sizeof tasks[0]; i++) {
        const struct task *task = &tasks[i];
        stage->file = task->file ? (const char *)stage + task->file : NULL;
        struct rows_row row = {.name = task->name,
                               .unit = task->unit,
                               .better = task->amount == 0 ? ROWS_LESS : ROWS_MORE,
                               .limit_is = task->limit};
        row.ours = measure(task, task->ours, stage);
        row.limit = measure(task, task->best, stage);
        rows_print(rows, &row);
    }
}

void bench_limits(struct rows *rows, const char *program)
{
    static struct stage stage; /* too large for the stack of some systems */
    stage.program = program;
    stage.isa = lanes_isa_best();
    make_spectra(&stage);
    make_skin(&stage);
    lines_write(stage.few_csv, FEW_LINES, LINES_CSV);
    lines_write(stage.many_csv, MANY_LINES, LINES_CSV);
    lines_write(stage.many_ndjson, MANY_LINES, LINES_NDJSON);
    lines_write(stage.cgats, TABLE_LINES, LINES_CGATS);
    call_lab(&stage); /* so that there are colors to compare */
    print_rows(&stage, rows);
    unlink(stage.few_csv);
    unlink(stage.many_csv);
    unlink(stage.many_ndjson);
    unlink(stage.cgats);
    free(stage.reflectance);
    free(stage.lab);
}
