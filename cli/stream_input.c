/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/stream_input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "colorlib/sample_line.h"

/* Of a writer that keeps on: so long between what it writes, and so often. */
enum { MOMENT_MS = 3, MOMENTS = 32 };

static enum exit_code read_failure(const struct stream_input *input,
                                   struct failure *failure)
{
    return failure_set(failure,
                       errno == ENOENT ? FAILURE_FILE_MISSING : FAILURE_FILE_READ,
                       "%s: %s", input->path, strerror(errno));
}

static enum exit_code reserve(struct stream_part *part, struct failure *failure)
{
    if (!part->text)
        part->text = malloc(STREAM_LINE_SIZE);
    return part->text ? EXIT_DONE
                      : failure_set(failure, FAILURE_SYSTEM_MEMORY, "out of memory");
}

enum exit_code stream_input_open(const char *path, struct stream_input *out,
                                 struct failure *failure)
{
    bool is_file = path && strcmp(path, "-") != 0;
    *out = (struct stream_input){.path = is_file ? path : "-", .rest.line = 1};
    out->descriptor = is_file ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (out->descriptor < 0)
        return read_failure(out, failure);
    return reserve(&out->rest, failure);
}

enum exit_code stream_input_adopt(int descriptor, const char *path,
                                  struct stream_input *out, struct failure *failure)
{
    *out = (struct stream_input){
        .path = path, .descriptor = descriptor, .adopted = true, .rest.line = 1};
    return reserve(&out->rest, failure);
}

static bool is_blank(const char *line, size_t length)
{
    size_t i = 0;
    while (i < length && (line[i] == ' ' || line[i] == '\t' || line[i] == '\r'))
        i++;
    return i == length;
}

bool stream_line_next(const struct stream_part *part, struct stream_line *line)
{
    size_t number = line->number > 0 ? line->number + 1 : part->line;
    for (size_t at = line->behind; at < part->size; at = line->behind, number++) {
        const char *text = part->text + at;
        const char *feed = memchr(text, '\n', part->size - at);
        size_t length = feed ? (size_t)(feed - text) : part->size - at;
        *line = (struct stream_line){text, length, number, at + length + (feed != NULL)};
        if (!is_blank(text, length))
            return true;
    }
    return false;
}

void stream_part_free(struct stream_part *part)
{
    free(part->text);
    *part = (struct stream_part){0};
}

void stream_input_close(struct stream_input *input)
{
    if (input->descriptor > STDIN_FILENO && !input->adopted)
        close(input->descriptor);
    stream_part_free(&input->rest);
}

/* Adds what there is: from a pipe perhaps little, but without waiting. */
static enum exit_code fill(struct stream_input *input, struct failure *failure)
{
    size_t room = STREAM_LINE_SIZE - input->rest.size;
    ssize_t got;
    do
        got = read(input->descriptor, input->rest.text + input->rest.size,
                   room < STREAM_READ_SIZE ? room : STREAM_READ_SIZE);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return read_failure(input, failure);
    input->at_end = got == 0;
    input->rest.size += (size_t)got;
    input->bytes_read += (double)got;
    return EXIT_DONE;
}

/* Bytes up to the end of the last whole line, at the end of the stream all. */
static size_t whole_lines(const struct stream_input *input)
{
    size_t size = input->rest.size;
    while (!input->at_end && size > 0 && input->rest.text[size - 1] != '\n')
        size--;
    return size;
}

static size_t count_lines(const char *text, size_t size)
{
    size_t count = 0;
    for (const char *end = text + size, *feed;
         text < end && (feed = memchr(text, '\n', (size_t)(end - text))); text = feed + 1)
        count++;
    return count;
}

static void drop(struct stream_part *part, size_t size)
{
    part->line += count_lines(part->text, size);
    part->size -= size;
    memmove(part->text, part->text + size, part->size);
}

/* Bytes of the first line, with its line feed if that is there. */
static size_t first_line(const struct stream_part *part)
{
    const char *feed = memchr(part->text, '\n', part->size);
    return feed ? (size_t)(feed - part->text) + 1 : part->size;
}

/* Bytes of the first lines of a text that is whole lines, at most that many. */
static size_t first_lines(const char *text, size_t size, size_t lines)
{
    const char *at = text, *end = text + size;
    for (const char *feed; lines > 0 && at < end; lines--, at = feed ? feed + 1 : end)
        feed = memchr(at, '\n', (size_t)(end - at));
    return (size_t)(at - text);
}

static enum exit_code refuse_empty(const struct stream_input *input,
                                   struct failure *failure)
{
    return failure_set(failure, FAILURE_FILE_MALFORMED,
                       "%s: there is nothing to read in it", input->path);
}

/* The byte order mark that some programs put before a text. */
static enum exit_code skip_mark(struct stream_input *input, struct failure *failure)
{
    static const char mark[] = "\xEF\xBB\xBF";
    const size_t size = sizeof mark - 1;
    enum exit_code code = EXIT_DONE;
    while (input->rest.size < size && !input->at_end && code == EXIT_DONE)
        code = fill(input, failure);
    if (code == EXIT_DONE && input->rest.size >= size &&
        memcmp(input->rest.text, mark, size) == 0)
        drop(&input->rest, size);
    return code;
}

enum exit_code stream_input_begin(struct stream_input *input, struct failure *failure)
{
    struct stream_part *rest = &input->rest;
    enum exit_code code = skip_mark(input, failure);
    while (code == EXIT_DONE) {
        size_t whole = whole_lines(input);
        drop(rest, sample_lines_begin(rest->text, whole));
        if (whole_lines(input) > 0 || input->at_end || rest->size == STREAM_LINE_SIZE)
            break;
        code = fill(input, failure);
    }
    return code == EXIT_DONE && rest->size == 0 ? refuse_empty(input, failure) : code;
}

enum exit_code stream_input_first_line(struct stream_input *input, char **line,
                                       struct failure *failure)
{
    struct stream_part *rest = &input->rest;
    enum exit_code code = stream_input_begin(input, failure);
    if (code == EXIT_DONE && whole_lines(input) == 0)
        code = failure_set(failure, FAILURE_FILE_MALFORMED,
                           "%s: its first line is longer than 1 MB", input->path);
    if (code != EXIT_DONE)
        return code;
    size_t length = first_line(rest);
    length -= rest->text[length - 1] == '\n';
    if (memchr(rest->text, '\0', length))
        return failure_set(failure, FAILURE_FILE_MALFORMED, "%s: control character 0x00",
                           input->path);
    *line = strndup(rest->text, length);
    return *line ? EXIT_DONE
                 : failure_set(failure, FAILURE_SYSTEM_MEMORY, "out of memory");
}

void stream_input_skip_line(struct stream_input *input)
{
    drop(&input->rest, first_line(&input->rest));
}

bool stream_input_is_short(const struct stream_input *input)
{
    struct stat status;
    return fstat(input->descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
           status.st_size <= STREAM_READ_SIZE;
}

/* The rest of a line that was too long. */
static void drop_cut_line(struct stream_input *input)
{
    input->cutting = !memchr(input->rest.text, '\n', input->rest.size);
    drop(&input->rest, first_line(&input->rest));
}

/* Hands out the text with so many bytes of it, and keeps a copy of what is behind. */
static void hand_out(struct stream_input *input, size_t size, struct stream_part *part)
{
    struct stream_part whole = input->rest;
    input->rest.text = part->text;
    input->rest.size = whole.size - size;
    memcpy(input->rest.text, whole.text + size, input->rest.size);
    *part = (struct stream_part){.text = whole.text, .size = size, .line = whole.line};
    part->behind = input->rest.line += count_lines(part->text, size);
}

/* Bytes of the lines that may be handed out now. */
static size_t lines_there(const struct stream_input *input, size_t lines)
{
    size_t size = whole_lines(input);
    return lines > 0 ? first_lines(input->rest.text, size, lines) : size;
}

/* Whether more comes within a moment. */
static bool comes_soon(const struct stream_input *input)
{
    struct pollfd end = {.fd = input->descriptor, .events = POLLIN};
    return poll(&end, 1, MOMENT_MS) > 0;
}

/* Reads on while the lines that are there are fewer than may be handed out. */
static enum exit_code gather(struct stream_input *input, size_t lines,
                             struct failure *failure)
{
    enum exit_code code = EXIT_DONE;
    for (int moments = 0;
         moments < MOMENTS && code == EXIT_DONE && !input->at_end &&
         input->rest.size < STREAM_LINE_SIZE &&
         lines_there(input, lines) == whole_lines(input) && comes_soon(input);
         moments++)
        code = fill(input, failure);
    return code;
}

enum exit_code stream_input_next(struct stream_input *input, size_t lines,
                                 struct stream_part *part, struct failure *failure)
{
    enum exit_code code = reserve(part, failure);
    part->size = 0;
    part->too_long = false;
    while (code == EXIT_DONE) {
        if (input->cutting)
            drop_cut_line(input);
        size_t size = lines_there(input, lines);
        if (size > 0 && input->gathers) {
            code = gather(input, lines, failure);
            size = lines_there(input, lines);
        }
        if (size > 0)
            hand_out(input, size, part);
        if (size > 0 || input->at_end)
            break;
        if (input->rest.size == STREAM_LINE_SIZE) {
            part->too_long = input->cutting = true;
            part->line = input->rest.line;
            part->behind = part->line + 1;
            input->rest.size = 0;
            break;
        }
        code = fill(input, failure);
    }
    return code;
}

/* What was handed out and the rest came of one text, so that they fit into one again. */
void stream_input_return(struct stream_input *input, size_t done,
                         struct stream_part *part)
{
    struct stream_part whole = *part;
    drop(&whole, done);
    memcpy(whole.text + whole.size, input->rest.text, input->rest.size);
    whole.size += input->rest.size;
    *part = (struct stream_part){.text = input->rest.text};
    input->rest = whole;
}
