/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/match_resume.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* -- the file ------------------------------------------------------------------------ */

static enum exit_code refuse_open(const char *path, struct failure *failure)
{
    return failure_set(failure, FAILURE_OUTPUT_CREATE, "%s: %s", path, strerror(errno));
}

/* No other run may write; where the file system knows no locks, nobody can tell. */
static enum exit_code lock(int descriptor, const char *path, struct failure *failure)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(descriptor, F_SETLK, &whole) == 0 || (errno != EACCES && errno != EAGAIN))
        return EXIT_DONE;
    enum exit_code code = failure_set(failure, FAILURE_OUTPUT_BUSY,
                                      "%s: another run is writing to it", path);
    failure_hint(failure, "wait for the other run, or another file");
    return code;
}

static enum exit_code check(int descriptor, const char *path,
                            const struct stream_input *input, struct failure *failure)
{
    struct stat file, source;
    if (fstat(descriptor, &file) != 0 || fstat(input->descriptor, &source) != 0)
        return refuse_open(path, failure);
    if (!S_ISREG(file.st_mode))
        return failure_set(failure, FAILURE_OUTPUT_CREATE,
                           "%s: --resume needs a file, not a device or a pipe", path);
    if (file.st_dev == source.st_dev && file.st_ino == source.st_ino)
        return failure_set(failure, FAILURE_OUTPUT_CREATE, "%s: it is the input", path);
    return lock(descriptor, path, failure);
}

enum exit_code match_resume_open(const char *path, const struct stream_input *input,
                                 int *descriptor, struct failure *failure)
{
    int opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
    if (opened < 0)
        return refuse_open(path, failure);
    enum exit_code code = check(opened, path, input, failure);
    if (code == EXIT_DONE)
        *descriptor = opened;
    else
        close(opened);
    return code;
}

enum exit_code match_resume_finish(int descriptor, const char *path,
                                   struct failure *failure)
{
    return fsync(descriptor) == 0 ? EXIT_DONE
                                  : failure_set(failure, FAILURE_OUTPUT_WRITE, "%s: %s",
                                                path, strerror(errno));
}

/* -- lines of the input -------------------------------------------------------------- */

/* Goes through the lines of an input that ask for a result. */
struct walk {
    struct stream_input *input;
    struct stream_part part;
    struct stream_line line; /* at hand; no text where it was too long */
};

/* The next line; found is false at the end. */
static enum exit_code walk_on(struct walk *walk, bool *found, struct failure *failure)
{
    struct stream_part *part = &walk->part;
    *found = part->text && stream_line_next(part, &walk->line);
    while (!*found) {
        enum exit_code code = stream_input_next(walk->input, 0, part, failure);
        walk->line = (struct stream_line){0};
        if (code != EXIT_DONE || (part->size == 0 && !part->too_long))
            return code;
        if (part->too_long)
            walk->line.number = part->line;
        *found = part->too_long || stream_line_next(part, &walk->line);
    }
    return EXIT_DONE;
}

/* Leaves the rest to the run. */
static void end_walk(struct walk *walk)
{
    if (walk->part.text && walk->line.behind < walk->part.size)
        stream_input_return(walk->input, walk->line.behind, &walk->part);
    stream_part_free(&walk->part);
}

/* -- lines of the file --------------------------------------------------------------- */

static enum exit_code refuse(const char *path, size_t line, const char *why,
                             struct failure *failure)
{
    enum exit_code code =
        failure_set(failure, FAILURE_OUTPUT_FOREIGN, "%s:%zu: %s", path, line, why);
    failure_hint(failure, "the same input, options and profiles, or another file");
    return code;
}

/* As match_worker begins a result. */
enum { HEAD_MAX = 96 };

static bool is_of(const struct match_plan *plan, const struct walk *walk,
                  const char *result, size_t length)
{
    char head[HEAD_MAX];
    const struct stream_line *line = &walk->line;
    const char *text = line->text ? line->text : "";
    int size = snprintf(head, sizeof head, "{\"line\":%zu,\"check\":\"%016" PRIx64 "\",",
                        line->number, match_line_mark(plan, text, line->length));
    return length > (size_t)size && memcmp(result, head, (size_t)size) == 0 &&
           result[length - 1] == '}';
}

/* Whether a text, of no NUL or line feed, holds a word. */
static bool holds(const char *text, size_t length, const char *word)
{
    size_t size = strlen(word);
    const char *end = text + length;
    for (const char *at = text; (at = memchr(at, word[0], (size_t)(end - at))); at++) {
        if ((size_t)(end - at) < size)
            return false;
        if (memcmp(at, word, size) == 0)
            return true;
    }
    return false;
}

/* Counts a result and tells whether it is a document, not an error. Quotes inside a text
 * are escaped, so that none of these words is found in one. */
static bool count(const char *result, size_t length, struct match_kept *kept)
{
    bool is_error = holds(result, length, ",\"error\":{\"code\":");
    kept->lines++;
    kept->errors += is_error;
    kept->far += holds(result, length, "{\"code\":\"difference.limit\"");
    return !is_error;
}

/* The file while it is read. */
struct file {
    const char *path;
    struct walk walk; /* of the input */
    struct match_worker *worker;
    struct {
        struct stream_text result, asked; /* and its line of the input */
        size_t number, line;              /* of the two */
    } last;     /* document; errors tell little of profiles and skins */
    off_t size; /* of whole lines so far */
    struct match_kept kept;
    struct failure *failure;
};

static enum status remember(const char *text, size_t length, struct stream_text *out)
{
    out->size = 0;
    char *at = stream_text_reserve(out, length + 1);
    if (!at)
        return STATUS_NO_MEMORY;
    memcpy(at, text, length);
    stream_text_commit(out, at + length);
    return STATUS_OK;
}

static enum status remember_last(struct file *file, const char *result, size_t length)
{
    const struct stream_line *line = &file->walk.line;
    file->last.number = file->kept.lines;
    file->last.line = line->number;
    enum status status = remember(result, length, &file->last.result);
    return status == STATUS_OK ? remember(line->text, line->length, &file->last.asked)
                               : status;
}

static enum exit_code no_memory(struct failure *failure)
{
    return failure_set(failure, FAILURE_SYSTEM_MEMORY, "out of memory");
}

static enum exit_code refuse_foreign(const struct file *file)
{
    return refuse(file->path, file->kept.lines + 1,
                  "it is no result of this input with these options", file->failure);
}

static enum exit_code take_result(struct file *file, const char *result, size_t length)
{
    bool found = false;
    struct walk *walk = &file->walk;
    enum exit_code code = walk_on(walk, &found, file->failure);
    if (code != EXIT_DONE)
        return code;
    if (!found)
        return refuse(file->path, file->kept.lines + 1,
                      "it holds more results than the input has lines", file->failure);
    if (!is_of(file->worker->plan, walk, result, length))
        return refuse_foreign(file);
    file->size += (off_t)length + 1;
    if (!count(result, length, &file->kept) || !walk->line.text)
        return EXIT_DONE;
    return remember_last(file, result, length + 1) == STATUS_OK
               ? EXIT_DONE
               : no_memory(file->failure);
}

/* Behind the last result is the beginning of another, or bytes of zero where a file
 * system lost power, or else somebody's text that is not ours to cut off. */
static bool is_cut_off(const char *text, size_t length)
{
    static const char head[] = "{\"line\":";
    const char *lost = memchr(text, '\0', length);
    size_t written = lost ? (size_t)(lost - text) : length;
    size_t known = sizeof head - 1;
    return memcmp(text, head, written < known ? written : known) == 0;
}

/* All whole lines of a part; ended is set by one that is not. */
static enum exit_code take_results(struct file *file, const struct stream_part *part,
                                   bool *ended)
{
    const char *text = part->text, *end = text + part->size;
    enum exit_code code = EXIT_DONE;
    while (text < end && code == EXIT_DONE) {
        const char *feed = memchr(text, '\n', (size_t)(end - text));
        *ended = !feed;
        if (*ended)
            return is_cut_off(text, (size_t)(end - text)) ? code : refuse_foreign(file);
        code = take_result(file, text, (size_t)(feed - text));
        text = feed + 1;
    }
    return code;
}

/* Up to the file's end, or the beginning of a line; no result is longer than a line may
 * be. */
static enum exit_code read_results(struct file *file, struct stream_input *results)
{
    struct stream_part part = {0};
    bool ended = false;
    enum exit_code code = EXIT_DONE;
    while (code == EXIT_DONE && !ended) {
        code = stream_input_next(results, 0, &part, file->failure);
        ended = part.size == 0;
        if (code == EXIT_DONE && part.too_long)
            code = refuse(file->path, file->kept.lines + 1,
                          "it is no result, but longer than 1 MB", file->failure);
        else if (code == EXIT_DONE)
            code = take_results(file, &part, &ended);
    }
    stream_part_free(&part);
    return code;
}

/* -- the last document, made again --------------------------------------------------- */

/* Where the day on which a document was made stands; NULL where it has none. */
static const char *date_in(const char *text, size_t length)
{
    static const char key[] = "\"created\":\"";
    for (size_t i = 0; i + sizeof key < length; i++)
        if (memcmp(text + i, key, sizeof key - 1) == 0)
            return text + i + sizeof key - 1;
    return NULL;
}

enum { DATE_LENGTH = sizeof "2026-11-20T09:42:10Z" - 1 };

static bool same_result(const struct stream_text *a, struct stream_text *b)
{
    const char *then = date_in(a->bytes, a->size);
    const char *now = date_in(b->bytes, b->size);
    if (a->size != b->size)
        return false;
    if (then && now && then - a->bytes == now - b->bytes &&
        (size_t)(then - a->bytes) + DATE_LENGTH < a->size)
        memcpy(b->bytes + (now - b->bytes), then, DATE_LENGTH);
    return memcmp(a->bytes, b->bytes, a->size) == 0;
}

static enum exit_code check_last(struct file *file)
{
    struct match_worker *worker = file->worker;
    struct stream_text again = {0};
    struct stream_part part = {.text = file->last.asked.bytes,
                               .size = file->last.asked.size,
                               .line = file->last.line};
    if (file->last.number == 0)
        return EXIT_DONE;
    enum status status = match_worker_run(worker, &part, &again);
    enum exit_code code = EXIT_DONE;
    if (status != STATUS_OK)
        code = no_memory(file->failure);
    else if (!same_result(&file->last.result, &again))
        code = refuse(file->path, file->last.number,
                      "it comes out otherwise now: a profile, a file that an option "
                      "names, or the program has changed",
                      file->failure);
    stream_text_free(&again);
    worker->line_count = worker->error_count = worker->far_count = 0;
    return code;
}

static enum exit_code cut(int descriptor, const struct file *file)
{
    if (ftruncate(descriptor, file->size) == 0 &&
        lseek(descriptor, file->size, SEEK_SET) == file->size)
        return EXIT_DONE;
    return failure_set(file->failure, FAILURE_OUTPUT_WRITE, "%s: %s", file->path,
                       strerror(errno));
}

enum exit_code match_resume_skip(int descriptor, const char *path,
                                 struct match_worker *worker, struct stream_input *input,
                                 struct match_kept *out, struct failure *failure)
{
    struct stream_input results = {0};
    struct file file = {
        .path = path, .walk.input = input, .worker = worker, .failure = failure};
    enum exit_code code = stream_input_adopt(descriptor, path, &results, failure);
    if (code == EXIT_DONE)
        code = read_results(&file, &results);
    if (code == EXIT_DONE)
        code = check_last(&file);
    if (code == EXIT_DONE)
        code = cut(descriptor, &file);
    if (code == EXIT_DONE)
        *out = file.kept;
    end_walk(&file.walk);
    stream_text_free(&file.last.result);
    stream_text_free(&file.last.asked);
    stream_input_close(&results);
    return code;
}
