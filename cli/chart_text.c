/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/chart.h"

#include <math.h>
#include <string.h>

#include "cli/failure.h"

/* Cells of text; a braille cell has 2 x 4 dots. */
enum {
    ROWS = 16,
    COLUMNS_MOST = 120,
    MARGIN_LEFT = 7,  /* "  0.60 |" less the axis */
    MARGIN_RIGHT = 5, /* axis, blank, letter; the unit under them */
    DOTS_ACROSS = 2,
    DOTS_DOWN = 4
};

struct canvas {
    size_t columns;
    unsigned char dots[ROWS][COLUMNS_MOST];  /* braille pattern of a cell */
    unsigned char owner[ROWS][COLUMNS_MOST]; /* series drawn there last, from 1 */
};

/* Bits of a braille pattern by dot row and column. */
static const unsigned char braille_bit[DOTS_DOWN][DOTS_ACROSS] = {
    {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

static void set_dot(struct canvas *canvas, size_t x, size_t y, size_t series)
{
    size_t row = y / DOTS_DOWN;
    size_t column = x / DOTS_ACROSS;
    canvas->dots[row][column] |= braille_bit[y % DOTS_DOWN][x % DOTS_ACROSS];
    canvas->owner[row][column] = (unsigned char)(series + 1);
}

/* The dot row of a reflectance, 0 at the top. */
static size_t dot_row(const struct chart *chart, double reflectance)
{
    double share = reflectance / chart->top;
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return (size_t)lround((1 - share) * (ROWS * DOTS_DOWN - 1));
}

static int covers(const struct spectrum *spectrum, double wavelength_nm)
{
    double last = grid_wavelength_nm(&spectrum->grid, spectrum->grid.count - 1);
    return wavelength_nm >= spectrum->grid.start_nm && wavelength_nm <= last;
}

/* A curve without gaps: each dot column reaches from the last one's height. */
static void draw(struct canvas *canvas, const struct chart *chart, size_t series)
{
    const struct spectrum *spectrum = &chart->series[series].reflectance;
    size_t across = canvas->columns * DOTS_ACROSS;
    size_t last = SIZE_MAX;
    for (size_t x = 0; x < across; x++) {
        double nm = chart->first_nm +
                    (chart->last_nm - chart->first_nm) * (double)x / (double)(across - 1);
        if (!covers(spectrum, nm))
            continue;
        size_t y = dot_row(chart, spectrum_interpolate(spectrum, nm));
        size_t from = last == SIZE_MAX ? y : last;
        for (size_t i = from < y ? from : y; i <= (from < y ? y : from); i++)
            if (i == y || i != from)
                set_dot(canvas, x, i, series);
        last = y;
    }
}

static char letter_of(size_t series)
{
    return (char)('a' + series);
}

/* The letter at the right end of each row, 0 for none; one that is taken makes way
 * downwards. */
static void place_letters(const struct chart *chart, char letters[ROWS])
{
    memset(letters, 0, ROWS);
    for (size_t s = 0; s < chart->count; s++) {
        const struct spectrum *spectrum = &chart->series[s].reflectance;
        double end = spectrum->value[spectrum->grid.count - 1];
        size_t row = dot_row(chart, end) / DOTS_DOWN;
        for (size_t i = 0; i < ROWS && letters[row]; i++)
            row = (row + 1) % ROWS;
        letters[row] = letter_of(s);
    }
}

static void print_cell(const struct canvas *canvas, const struct chart *chart,
                       const struct terminal *terminal, size_t row, size_t column,
                       FILE *stream)
{
    unsigned char dots = canvas->dots[row][column];
    size_t owner = canvas->owner[row][column];
    char escape[ESCAPE_MAX] = "";
    if (!dots) {
        fputc(' ', stream);
        return;
    }
    terminal_foreground(terminal, chart->series[owner - 1].preview, escape);
    fputs(escape, stream);
    if (terminal->charset == CHARSET_UTF8) /* U+2800 and the pattern */
        fprintf(stream, "\xe2%c%c", 0xa0 + (dots >> 6), 0x80 + (dots & 0x3f));
    else
        fputc(letter_of(owner - 1), stream);
    fputs(escape[0] ? "\033[0m" : "", stream);
}

/* "0.60" where a mark of the reflectance axis falls into the row, else blanks. */
static void print_mark(const struct chart *chart, size_t row, FILE *stream)
{
    for (double mark = 0; mark < chart->top + chart->top_step / 2;
         mark += chart->top_step) {
        if (dot_row(chart, mark) / DOTS_DOWN == row) {
            fprintf(stream, "%*.2f", MARGIN_LEFT - 1, mark);
            return;
        }
    }
    fprintf(stream, "%*s", MARGIN_LEFT - 1, "");
}

static void print_rows(const struct canvas *canvas, const struct chart *chart,
                       const struct terminal *terminal, FILE *stream)
{
    char letters[ROWS];
    place_letters(chart, letters);
    for (size_t row = 0; row < ROWS; row++) {
        print_mark(chart, row, stream);
        fprintf(stream, " %s", terminal->charset == CHARSET_UTF8 ? "\u2502" : "|");
        size_t used = canvas->columns;
        while (!letters[row] && used > 0 && !canvas->dots[row][used - 1])
            used--;
        for (size_t column = 0; column < used; column++)
            print_cell(canvas, chart, terminal, row, column, stream);
        if (letters[row])
            fprintf(stream, " %c", letters[row]);
        fputc('\n', stream);
    }
}

enum { NM_MARK = 50 };

static size_t column_of(const struct chart *chart, size_t columns, double nm)
{
    return (size_t)lround((nm - chart->first_nm) / (chart->last_nm - chart->first_nm) *
                          (double)(columns - 1));
}

/* The axis with a mark every 50 nm, and the numbers under it; 100 nm where it is narrow.
 */
static void print_wavelengths(const struct chart *chart, const struct terminal *terminal,
                              size_t columns, FILE *stream)
{
    int utf8 = terminal->charset == CHARSET_UTF8;
    const char *line = utf8 ? "\u2500" : "-";
    const char *mark = utf8 ? "\u252c" : "+";
    char numbers[MARGIN_LEFT + COLUMNS_MOST + 8];
    double step = (double)columns * NM_MARK / (chart->last_nm - chart->first_nm) < 5
                      ? 2.0 * NM_MARK
                      : 1.0 * NM_MARK;
    double next = ceil(chart->first_nm / step) * step;
    memset(numbers, ' ', sizeof numbers);
    fprintf(stream, "%*s%s", MARGIN_LEFT, "", utf8 ? "\u2514" : "+");
    for (size_t column = 0; column < columns; column++) {
        int here = next <= chart->last_nm && column_of(chart, columns, next) == column;
        fputs(here ? mark : line, stream);
        if (!here)
            continue;
        char number[8];
        int length = snprintf(number, sizeof number, "%.0f", next);
        memcpy(numbers + MARGIN_LEFT + column, number, (size_t)length);
        next += step;
    }
    size_t end = sizeof numbers;
    while (end > 0 && numbers[end - 1] == ' ')
        end--;
    fprintf(stream, "\n%.*s nm\n", (int)end, numbers);
}

static void print_legend(const struct chart *chart, const struct terminal *terminal,
                         FILE *stream)
{
    for (size_t s = 0; s < chart->count; s++) {
        fprintf(stream, "%*c  ", MARGIN_LEFT, letter_of(s));
        print_swatch(stream, terminal, chart->series[s].preview);
        fputs("  ", stream);
        print_safely(stream, chart->series[s].label);
        fputc('\n', stream);
    }
}

void chart_print_text(const struct chart *chart, const struct terminal *terminal,
                      FILE *stream)
{
    struct canvas canvas = {.columns = terminal->width - MARGIN_LEFT - MARGIN_RIGHT};
    if (canvas.columns > COLUMNS_MOST)
        canvas.columns = COLUMNS_MOST;
    for (size_t s = 0; s < chart->count; s++)
        draw(&canvas, chart, s);
    fputs("reflectance\n", stream);
    print_rows(&canvas, chart, terminal, stream);
    print_wavelengths(chart, terminal, canvas.columns, stream);
    print_legend(chart, terminal, stream);
}
