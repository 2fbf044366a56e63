/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "colorlib/lanes.h"
#include "tests/bench/limit.h"
#include "tests/bench/timing.h"

extern char **environ;

/* Spectra that no cache holds, pairs that the nearest does, and lines of files. */
enum {
    SPECTRA = 512000,
    BANDS = 31,
    PAIRS = 2048,
    FEW_LINES = 10000,
    MANY_LINES = 200000,
    PATH_SIZE = 64
};

struct stage {
    enum lanes_isa isa;
    struct weights weights;
    double *reflectance;
    struct lanes_lab *lab; /* of the spectra; the first are standards and samples */
    double difference[PAIRS];
    const char *program;
    const char *file; /* that reads and processes take */
    char few_csv[PATH_SIZE], many_csv[PATH_SIZE], many_ndjson[PATH_SIZE];
    volatile double sum; /* or nothing would need to be read */
};

static void must(int done, const char *what)
{
    if (done)
        return;
    fprintf(stderr, "bench: %s failed\n", what);
    exit(EXIT_FAILURE);
}

/* -- the scene ------------------------------------------------------------------ */

static double next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u; /* Knuth's */
    return (double)(*state >> 11) / 9007199254740992.0;
}

static void make_spectra(struct stage *stage)
{
    static const struct grid grid = {.start_nm = 400, .step_nm = 10, .count = BANDS};
    struct illuminant d65;
    uint64_t state = 1;
    must(illuminant_find("D65", &d65) == STATUS_OK &&
             weights_make(&grid, &d65, OBSERVER_CIE_1964_10DEG, &stage->weights) ==
                 STATUS_OK,
         "weights");
    size_t count = (size_t)SPECTRA * BANDS;
    stage->reflectance = aligned_alloc(64, count * sizeof *stage->reflectance);
    stage->lab = aligned_alloc(64, SPECTRA / LANES * sizeof *stage->lab);
    must(stage->reflectance && stage->lab, "memory");
    for (size_t i = 0; i < count; i++)
        stage->reflectance[i] = next_random(&state);
}

static void write_line(FILE *stream, const double *value, size_t line, int is_json)
{
    if (is_json)
        fprintf(stream,
                "{\"id\":\"S%zu\",\"reflectance\":{\"start_nm\":400,\"step_nm\":10,"
                "\"values\":[",
                line);
    else
        fprintf(stream, "S%zu,", line);
    for (size_t i = 0; i < BANDS; i++)
        fprintf(stream, i ? ",%.4f" : "%.4f", value[i]);
    fputs(is_json ? "]}}\n" : "\n", stream);
}

static void write_file(const struct stage *stage, char path[static PATH_SIZE],
                       size_t lines, int is_json)
{
    strcpy(path, "/tmp/scalptone-bench-XXXXXX");
    int descriptor = mkstemp(path);
    FILE *stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    must(stream != NULL, path);
    if (!is_json) {
        fputs("id", stream);
        for (size_t i = 0; i < BANDS; i++)
            fprintf(stream, ",%zu", 400 + 10 * i);
        fputc('\n', stream);
    }
    for (size_t line = 0; line < lines; line++)
        write_line(stream, stage->reflectance + line * BANDS, line, is_json);
    must(fclose(stream) == 0, path);
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
    stage->sum = limit_read(stage->isa, stage->reflectance, (size_t)SPECTRA * BANDS);
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

static void spawn(char *const *argument)
{
    posix_spawn_file_actions_t actions;
    pid_t process;
    int status = -1;
    must(posix_spawn_file_actions_init(&actions) == 0 &&
             posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                              O_WRONLY, 0) == 0 &&
             posix_spawn(&process, argument[0], &actions, NULL, argument, environ) == 0 &&
             waitpid(process, &status, 0) == process && status == 0,
         argument[0]);
    posix_spawn_file_actions_destroy(&actions);
}

static void call_batch(void *subject)
{
    const struct stage *stage = subject;
    spawn((char *[]){(char *)stage->program, "color", "info", "--batch",
                     (char *)stage->file, NULL});
}

/* The least that any program does with a file: it starts, and takes the bytes in. */
static void call_take_file(void *subject)
{
    const struct stage *stage = subject;
    static char buffer[256 << 10];
    spawn((char *[]){(char *)stage->program, "--version", NULL});
    int descriptor = open(stage->file, O_RDONLY);
    must(descriptor >= 0, stage->file);
    while (read(descriptor, buffer, sizeof buffer) > 0)
        continue;
    close(descriptor);
}

/* -- the report ----------------------------------------------------------------- */

struct row {
    const char *name, *unit, *limit;
    void (*ours)(void *subject), (*best)(void *subject);
    size_t file;   /* offset of its path in the stage, 0 for none */
    double amount; /* of a call, in the unit's; 0: the unit is a time */
};

static const struct row rows[] = {
    {"spectra to CIELAB, 31 bands", "M/s", "read-only pass over the spectra", call_lab,
     call_read, 0, SPECTRA / 1e6},
    {"CIEDE2000, pairs", "M/s", "its square roots and divisions", call_ciede2000,
     call_roots, 0, PAIRS / 1e6},
    {"color info --batch, 10 000 spectra", "ms", "start and read()", call_batch,
     call_take_file, offsetof(struct stage, few_csv), 0},
    {"color info --batch, CSV", "MB/s", "start and read()", call_batch, call_take_file,
     offsetof(struct stage, many_csv), 1},
    {"color info --batch, NDJSON", "MB/s", "start and read()", call_batch, call_take_file,
     offsetof(struct stage, many_ndjson), 1},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static double megabytes(const char *path)
{
    FILE *stream = fopen(path, "r");
    must(stream && fseek(stream, 0, SEEK_END) == 0, path);
    double size = (double)ftell(stream) / 1e6;
    fclose(stream);
    return size;
}

static double measure(const struct row *row, void (*call)(void *subject),
                      struct stage *stage)
{
    double seconds = timing_fastest(call, stage);
    if (row->amount == 0)
        return 1e3 * seconds;
    return (row->file ? megabytes(stage->file) : row->amount) / seconds;
}

static void print_row(const struct row *row, double ours, double limit,
                      enum bench_form form)
{
    double ratio = row->amount == 0 ? limit / ours : ours / limit;
    if (form == BENCH_TABLE)
        printf("%-36s %10.4g %10.4g %-5s %6.2f  %s\n", row->name, ours, limit, row->unit,
               ratio, row->limit);
    else
        printf(
            "%s  {\"name\": \"%s\", \"unit\": \"%s\", \"ours\": %.4g, \"limit\": %.4g, "
            "\"ratio\": %.3f, \"limit_is\": \"%s\"}",
            row == rows ? "" : ",\n", row->name, row->unit, ours, limit, ratio,
            row->limit);
    fflush(stdout);
}

static void print_rows(struct stage *stage, enum bench_form form)
{
    if (form == BENCH_TABLE)
        printf("\n%-36s %10s %10s %-5s %6s  the limit is (%s)\n", "what", "ours", "limit",
               "", "ratio", lanes_isa_name(stage->isa));
    else
        printf("{\"isa\": \"%s\", \"processors\": %ld, \"rows\": [\n",
               lanes_isa_name(stage->isa), sysconf(_SC_NPROCESSORS_ONLN));
    for (size_t i = 0; i < ROWS; i++) {
        stage->file = rows[i].file ? (const char *)stage + rows[i].file : NULL;
        double ours = measure(&rows[i], rows[i].ours, stage);
        print_row(&rows[i], ours, measure(&rows[i], rows[i].best, stage), form);
    }
    if (form == BENCH_JSON)
        puts("\n]}");
}

void bench_limits(const char *path, enum bench_form form)
{
    static struct stage stage; /* too large for the stack of some systems */
    stage.program = path;
    stage.isa = lanes_isa_best();
    make_spectra(&stage);
    write_file(&stage, stage.few_csv, FEW_LINES, 0);
    write_file(&stage, stage.many_csv, MANY_LINES, 0);
    write_file(&stage, stage.many_ndjson, MANY_LINES, 1);
    call_lab(&stage); /* so that there are colors to compare */
    print_rows(&stage, form);
    unlink(stage.few_csv);
    unlink(stage.many_csv);
    unlink(stage.many_ndjson);
    free(stage.reflectance);
    free(stage.lab);
}
