/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/bottles.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

#include "cli/profile_path.h"

static enum exit_code no_memory(struct context *context)
{
    return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
}

/* -- sets ------------------------------------------------------------------ */

struct set_search {
    const char *name;
    bool found;
    bool repeated;
    char *ids; /* of the set, between blanks or commas; NULL until found */
};

static int see_key(void *user, const char *section, const char *key, const char *value)
{
    struct set_search *search = user;
    if (strcmp(section, search->name) != 0 || strcmp(key, "pigments") != 0)
        return 1;
    if (search->found) { /* inih hands over the rest of a long line like this, too */
        search->repeated = true;
        return 0;
    }
    search->found = true;
    search->ids = strdup(value);
    return 1;
}

/* The ids of a set, between blanks or commas; to be freed. */
static enum exit_code read_set(struct context *context, const char *name, char **ids)
{
    char path[PROFILE_PATH_MAX];
    enum exit_code code = profile_path(context, "pigment-sets.ini", path);
    if (code != EXIT_DONE)
        return code;
    struct set_search search = {.name = name};
    int line = ini_parse(path, see_key, &search);
    if (line != 0) {
        free(search.ids);
        return failure_set(&context->failure, FAILURE_FILE_MALFORMED, "%s:%d: %s", path,
                           line > 0 ? line : 1,
                           search.repeated
                               ? "the pigments of a set are given twice, or in a line "
                                 "of more than 190 characters"
                               : "neither a section nor a key = value line");
    }
    if (search.found && !search.ids)
        return no_memory(context);
    if (!search.found) {
        code = failure_set(&context->failure, FAILURE_PIGMENT_UNKNOWN,
                           "no set of pigments @%s", name);
        failure_hint(&context->failure, "a section of %s, such as @smp", path);
        return code;
    }
    *ids = search.ids;
    return EXIT_DONE;
}

/* -- bottles --------------------------------------------------------------- */

static bool is_path(const char *word)
{
    size_t length = strlen(word);
    const char *ending = ".cgats";
    return strchr(word, '/') || (length > strlen(ending) &&
                                 strcmp(word + length - strlen(ending), ending) == 0);
}

/* The file of a pigment named by id or by path. */
static enum exit_code find(struct context *context, const char *word, char *path)
{
    char name[PROFILE_PATH_MAX];
    if (is_path(word)) {
        snprintf(path, PROFILE_PATH_MAX, "%s", word);
        return EXIT_DONE;
    }
    snprintf(name, sizeof name, "pigments/%s.cgats", word);
    enum exit_code code = profile_path(context, name, path);
    if (code == EXIT_DONE || context->failure.code != FAILURE_PROFILE_MISSING)
        return code;
    code = failure_set(&context->failure, FAILURE_PIGMENT_UNKNOWN, "no pigment \"%s\"",
                       word);
    failure_hint(&context->failure,
                 "carbon, neutral, warm-brown or another file of profiles/pigments, or "
                 "the path of one");
    return code;
}

static enum exit_code refuse(struct context *context, const char *format,
                             const char *word)
{
    return failure_set(&context->failure, FAILURE_USAGE_VALUE, format, word);
}

static enum exit_code read_profile(struct context *context, const char *word,
                                   struct pigment *out)
{
    char path[PROFILE_PATH_MAX];
    struct fault fault = {0};
    enum exit_code code = find(context, word, path);
    if (code != EXIT_DONE)
        return code;
    enum status status = pigment_read(path, out, &fault);
    return status == STATUS_OK
               ? EXIT_DONE
               : failure_from_file(&context->failure, path, status, &fault);
}

static void tell_simulated(struct context *context, const struct pigment *pigment)
{
    if (!pigment->simulated || context->simulated)
        return;
    context->simulated = true;
    warn(context, "conditions.simulated", NULL,
         "pigment %s is simulated: a virtual instrument read its ladder", pigment->id);
}

enum exit_code bottles_read_one(struct context *context, const char *word,
                                struct pigment *out)
{
    enum exit_code code = read_profile(context, word, out);
    if (code == EXIT_DONE)
        tell_simulated(context, out);
    return code;
}

enum exit_code bottles_add(struct context *context, const char *word,
                           struct bottles *bottles)
{
    if (bottles->count == PIGMENT_MAX)
        return refuse(context, "more than 40 pigments, from \"%s\" on", word);
    if (strlen(word) >= BOTTLE_SOURCE_MAX)
        return refuse(context, "the path \"%s\" is longer than 1023 bytes", word);
    struct pigment *pigment = &bottles->pigment[bottles->count];
    enum exit_code code = read_profile(context, word, pigment);
    if (code != EXIT_DONE)
        return code;
    for (size_t i = 0; i < bottles->count; i++)
        if (strcmp(bottles->pigment[i].id, pigment->id) == 0)
            return refuse(context, "pigment \"%s\" is named twice", pigment->id);
    tell_simulated(context, pigment);
    snprintf(bottles->source[bottles->count], BOTTLE_SOURCE_MAX, "%s", word);
    bottles->count++;
    return EXIT_DONE;
}

/* Adds the bottles of a list, whose separators are overwritten. */
static enum exit_code add_all(struct context *context, char *list, const char *separators,
                              struct bottles *out)
{
    char *rest = NULL;
    enum exit_code code = EXIT_DONE;
    for (char *word = strtok_r(list, separators, &rest); word && code == EXIT_DONE;
         word = strtok_r(NULL, separators, &rest))
        code = bottles_add(context, word, out);
    return code;
}

/* Takes the next of the words between commas; false after the last. */
static bool next_word(const char **words, char word[PIGMENT_TEXT_MAX])
{
    while (**words) {
        size_t length = strcspn(*words, ",");
        snprintf(word, PIGMENT_TEXT_MAX, "%.*s", (int)length, *words);
        *words += length + ((*words)[length] == ',');
        if (word[0])
            return true;
    }
    return false;
}

bool bottles_contain(const struct pigment *pigment, const char *words)
{
    char word[PIGMENT_TEXT_MAX];
    while (next_word(&words, word))
        if (pigment_contains(pigment, word))
            return true;
    return false;
}

/* Somebody who must not have a substance should hear that its name was not understood. */
static void tell_unknown(struct context *context, const char *words,
                         const struct bottles *bottles)
{
    char word[PIGMENT_TEXT_MAX];
    while (next_word(&words, word)) {
        bool known = false;
        for (size_t i = 0; i < bottles->count && !known; i++)
            known = pigment_contains(&bottles->pigment[i], word);
        if (!known)
            warn(context, "pigment.exclude", "the label of each bottle",
                 "--exclude: the profile of no pigment here names \"%s\"", word);
    }
}

static void leave_out(struct context *context, const char *exclude,
                      struct bottles *bottles)
{
    size_t kept = 0;
    tell_unknown(context, exclude, bottles);
    for (size_t i = 0; i < bottles->count; i++) {
        if (bottles_contain(&bottles->pigment[i], exclude)) {
            note(context, "%s is left out: it contains one of %s", bottles->pigment[i].id,
                 exclude);
            continue;
        }
        if (kept != i) {
            bottles->pigment[kept] = bottles->pigment[i];
            memcpy(bottles->source[kept], bottles->source[i], BOTTLE_SOURCE_MAX);
        }
        kept++;
    }
    bottles->count = kept;
}

enum exit_code bottles_read(struct context *context, const char *list,
                            const char *exclude, struct bottles *out)
{
    bool of_set = list[0] == '@';
    char *words = NULL;
    out->count = 0;
    if (of_set) {
        enum exit_code code = read_set(context, list + 1, &words);
        if (code != EXIT_DONE)
            return code;
    } else {
        words = strdup(list);
    }
    if (!words)
        return no_memory(context);
    enum exit_code code = add_all(context, words, of_set ? " \t," : ",", out);
    free(words);
    if (code != EXIT_DONE)
        return code;
    if (exclude)
        leave_out(context, exclude, out);
    if (out->count > 0)
        return EXIT_DONE;
    code = failure_set(&context->failure, FAILURE_PIGMENT_NONE,
                       "no pigment is left to mix with");
    failure_hint(&context->failure,
                 "--pigments with other bottles, or a shorter --exclude");
    return code;
}
