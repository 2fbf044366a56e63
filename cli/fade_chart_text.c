/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/fade_chart.h"

#include <math.h>
#include <string.h>

/* Cells of text; a braille cell has 2 x 4 dots. */
enum {
    ROWS_MOST = 24,
    ROWS_ABOUT = 15,
    COLUMNS_MOST = 100,
    COLUMNS_LEAST = 20,
    MARGIN_LEFT = 6,   /* "  65 |" less the axis */
    MARGIN_RIGHT = 10, /* axis, blank, "touch-up" */
    DOTS_ACROSS = 2,
    DOTS_DOWN = 4
};

enum cell { CELL_EMPTY, CELL_BAND, CELL_SKIN, CELL_TARGET };

struct canvas {
    const struct fade_chart *chart;
    struct fade_axis axis;
    double months;
    size_t rows; /* the same number between any two marks */
    size_t columns;
    unsigned char cell[ROWS_MOST][COLUMNS_MOST];
    unsigned char dots[ROWS_MOST][COLUMNS_MOST]; /* braille pattern of the median */
};

/* Bits of a braille pattern by dot row and column. */
static const unsigned char braille_bit[DOTS_DOWN][DOTS_ACROSS] = {
    {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

/* How far down from the top an L* lies, in rows. */
static double depth_of(const struct canvas *canvas, double lightness)
{
    return (canvas->axis.high - lightness) / (canvas->axis.high - canvas->axis.low) *
               (double)(canvas->rows - 1) +
           0.5;
}

static size_t row_of(const struct canvas *canvas, double lightness)
{
    double depth = floor(depth_of(canvas, lightness));
    return (size_t)fmin(fmax(depth, 0), (double)canvas->rows - 1);
}

/* Rows whose middle lies in the band, and the median's at least. */
static void draw_band(struct canvas *canvas, size_t column,
                      const struct fade_chart_point *point)
{
    double top = depth_of(canvas, point->lightness.p90);
    double bottom = depth_of(canvas, point->lightness.p10);
    for (size_t row = 0; row < canvas->rows; row++)
        if ((double)row + 0.5 >= top && (double)row + 0.5 <= bottom)
            canvas->cell[row][column] = CELL_BAND;
    canvas->cell[row_of(canvas, point->lightness.p50)][column] = CELL_BAND;
}

static void draw_column(struct canvas *canvas, size_t column)
{
    double months = canvas->months * ((double)column + 0.5) / (double)canvas->columns;
    struct fade_chart_point point = fade_chart_at(canvas->chart, months);
    draw_band(canvas, column, &point);
    if (column % 2 == 0) { /* dashes */
        canvas->cell[row_of(canvas, point.target)][column] = CELL_TARGET;
        canvas->cell[row_of(canvas, canvas->chart->skin)][column] = CELL_SKIN;
    }
}

/* The median without gaps: each dot column reaches from the last one's height. */
static void draw_median(struct canvas *canvas)
{
    const size_t across = canvas->columns * DOTS_ACROSS;
    size_t last = SIZE_MAX;
    for (size_t x = 0; x < across; x++) {
        double months = canvas->months * (double)x / (double)(across - 1);
        double lightness = fade_chart_at(canvas->chart, months).lightness.p50;
        double depth = floor(depth_of(canvas, lightness) * DOTS_DOWN);
        size_t y = (size_t)fmin(fmax(depth, 0), (double)(canvas->rows * DOTS_DOWN - 1));
        size_t from = last == SIZE_MAX ? y : last;
        for (size_t i = from < y ? from : y; i <= (from < y ? y : from); i++)
            canvas->dots[i / DOTS_DOWN][x / DOTS_ACROSS] |=
                braille_bit[i % DOTS_DOWN][x % DOTS_ACROSS];
        last = y;
    }
}

/* The signs of a chart in a charset. */
struct chart_signs {
    const char *cell[CELL_TARGET + 1];
    const char *upright, *corner, *line, *mark;           /* of the axes */
    const char *first, *middle, *last, *between, *onward; /* of the touch-up */
};

static const struct chart_signs utf8_signs = {
    .cell = {" ", "\u2591", "\u2508", "\u2501"},
    .upright = "\u2502",
    .corner = "\u2514",
    .line = "\u2500",
    .mark = "\u252c",
    .first = "\u251c",
    .middle = "\u25c6",
    .last = "\u2524",
    .between = "\u2500",
    .onward = "\u25b6",
};

static const struct chart_signs ascii_signs = {
    .cell = {" ", ":", "-", "="},
    .upright = "|",
    .corner = "+",
    .line = "-",
    .mark = "+",
    .first = "|",
    .middle = "^",
    .last = "|",
    .between = "-",
    .onward = ">",
};

static const struct chart_signs *signs_of(const struct terminal *terminal)
{
    return terminal->charset == CHARSET_UTF8 ? &utf8_signs : &ascii_signs;
}

static void print_cell(const struct canvas *canvas, const struct terminal *terminal,
                       size_t row, size_t column, FILE *stream)
{
    unsigned char dots = canvas->dots[row][column];
    if (!dots)
        fputs(signs_of(terminal)->cell[canvas->cell[row][column]], stream);
    else if (terminal->charset == CHARSET_UTF8) /* U+2800 and the pattern */
        fprintf(stream, "\xe2%c%c", 0xa0 + (dots >> 6), 0x80 + (dots & 0x3f));
    else
        fputc('*', stream);
}

/* A mark of the axis of L* where one falls into the row, else blanks. */
static void print_mark(const struct canvas *canvas, size_t row, FILE *stream)
{
    const struct fade_axis *axis = &canvas->axis;
    for (double mark = axis->low; mark < axis->high + axis->step / 2; mark += axis->step)
        if (row_of(canvas, mark) == row) {
            fprintf(stream, "%*.0f ", MARGIN_LEFT - 1, mark);
            return;
        }
    fprintf(stream, "%*s", MARGIN_LEFT, "");
}

/* "skin" and "target" behind their lines; in one row both. */
static const char *row_label(const struct canvas *canvas, size_t row)
{
    const struct fade_chart *chart = canvas->chart;
    bool skin = row_of(canvas, chart->skin) == row;
    bool target = row_of(canvas, chart->point[chart->count - 1].target) == row;
    if (skin)
        return target ? " both" : " skin";
    return target ? " target" : "";
}

static void print_rows(const struct canvas *canvas, const struct terminal *terminal,
                       FILE *stream)
{
    for (size_t row = 0; row < canvas->rows; row++) {
        const char *label = row_label(canvas, row);
        size_t used = canvas->columns;
        while (!label[0] && used > 0 && !canvas->dots[row][used - 1] &&
               canvas->cell[row][used - 1] == CELL_EMPTY)
            used--;
        print_mark(canvas, row, stream);
        fputs(signs_of(terminal)->upright, stream);
        for (size_t column = 0; column < used; column++)
            print_cell(canvas, terminal, row, column, stream);
        fprintf(stream, "%s\n", label);
    }
}

static size_t column_of(const struct canvas *canvas, double months)
{
    double column = floor(months / canvas->months * (double)canvas->columns);
    return (size_t)fmin(column, (double)canvas->columns - 1);
}

/* Months between marks: years, or more where numbers would touch. */
static double month_step(const struct canvas *canvas)
{
    double step = canvas->months <= 24 ? 6 : 12;
    while ((double)canvas->columns * step / canvas->months < 5)
        step *= 2;
    return step;
}

static void print_months(const struct canvas *canvas, const struct terminal *terminal,
                         FILE *stream)
{
    const struct chart_signs *signs = signs_of(terminal);
    char numbers[COLUMNS_MOST + 16];
    memset(numbers, ' ', sizeof numbers);
    size_t end = 0;
    double next = 0, step = month_step(canvas);
    fprintf(stream, "%*s%s", MARGIN_LEFT, "", signs->corner);
    for (size_t column = 0; column < canvas->columns; column++) {
        bool here = next <= canvas->months && column_of(canvas, next) == column;
        fputs(here ? signs->mark : signs->line, stream);
        if (!here)
            continue;
        char number[16];
        int length = snprintf(number, sizeof number, "%.0f", next);
        memcpy(numbers + column, number, (size_t)length);
        end = column + (size_t)length;
        next += step;
    }
    fprintf(stream, "\n%*s%.*s months\n", MARGIN_LEFT + 1, "", (int)end, numbers);
}

/* A bar from P10 to P90 with the median marked, as far as the chart reaches. */
static void print_touch_up(const struct canvas *canvas, const struct terminal *terminal,
                           FILE *stream)
{
    const struct quantiles *due = &canvas->chart->touch_up;
    const struct chart_signs *signs = signs_of(terminal);
    if (!(due->p10 <= canvas->months))
        return;
    size_t first = column_of(canvas, due->p10);
    size_t middle = due->p50 <= canvas->months ? column_of(canvas, due->p50) : SIZE_MAX;
    bool ends = due->p90 <= canvas->months;
    size_t last = ends ? column_of(canvas, due->p90) : canvas->columns - 1;
    fprintf(stream, "%*s", (int)(MARGIN_LEFT + 1 + first), "");
    for (size_t column = first; column <= last; column++) {
        const char *sign = column == middle  ? signs->middle
                           : column == first ? signs->first
                           : column < last   ? signs->between
                           : ends            ? signs->last
                                             : signs->onward;
        fputs(sign, stream);
    }
    fputs(" touch-up\n", stream);
}

/* Between two marks of the axis as many rows as make a chart of the usual height. */
static size_t rows_for(const struct fade_axis *axis)
{
    double marks = (axis->high - axis->low) / axis->step;
    double rows = marks * fmax(1, floor(ROWS_ABOUT / marks + 0.5)) + 1;
    return (size_t)fmin(rows + 0.5, ROWS_MOST);
}

void fade_chart_print_text(const struct fade_chart *chart,
                           const struct terminal *terminal, FILE *stream)
{
    const struct chart_signs *signs = signs_of(terminal);
    struct canvas canvas = {.chart = chart,
                            .axis = fade_chart_axis(chart),
                            .months = fade_chart_months(chart),
                            .columns = COLUMNS_LEAST};
    canvas.rows = rows_for(&canvas.axis);
    if (terminal->width > MARGIN_LEFT + MARGIN_RIGHT + COLUMNS_LEAST)
        canvas.columns = terminal->width - MARGIN_LEFT - MARGIN_RIGHT;
    if (canvas.columns > COLUMNS_MOST)
        canvas.columns = COLUMNS_MOST;
    for (size_t column = 0; column < canvas.columns; column++)
        draw_column(&canvas, column);
    draw_median(&canvas);
    fprintf(stream, "    L* %s; median and %s P10 to P90\n", chart->light,
            signs->cell[CELL_BAND]);
    print_rows(&canvas, terminal, stream);
    print_months(&canvas, terminal, stream);
    print_touch_up(&canvas, terminal, stream);
}
