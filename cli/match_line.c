/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/match_line.h"

#include <assert.h>
#include <string.h>

#include "cli/json.h"
#include "colorlib/json_tree.h"

/* A line of so many brackets and commas is none of a client's, and its tree would take
 * more memory than a batch has. */
enum { VALUES_MAX = 10000 };

enum { TEXT_MAX = 256 };

/* What messages call the line as a whole. */
static const char line_key[] = "line";

/* -- members ------------------------------------------------------------------------- */

enum member_type { MEMBER_COLOR, MEMBER_TEXT, MEMBER_NUMBER, MEMBER_SWITCH };

/* Members that are options of the command line. */
static const struct member {
    const char *key;
    const char *option;
    enum member_type type;
    enum match_color color;
} members[] = {
    {"skin", "skin", MEMBER_COLOR, MATCH_COLOR_SKIN},
    {"target", "target", MEMBER_COLOR, MATCH_COLOR_TARGET},
    {"scar", "scar", MEMBER_COLOR, MATCH_COLOR_SCAR},
    {"donor_skin", "donor-skin", MEMBER_COLOR, MATCH_COLOR_DONOR_SKIN},
    {"hair", "hair", MEMBER_TEXT, 0},
    {"technique", "technique", MEMBER_TEXT, 0},
    {"pigments", "pigments", MEMBER_TEXT, 0},
    {"exclude", "exclude", MEMBER_TEXT, 0},
    {"modifiers", "modifiers", MEMBER_TEXT, 0},
    {"volume", "volume", MEMBER_TEXT, 0},
    {"grey", "grey", MEMBER_NUMBER, 0},
    {"density", "density", MEMBER_NUMBER, 0},
    {"drops_max", "drops-max", MEMBER_NUMBER, 0},
    {"max_pigments", "max-pigments", MEMBER_NUMBER, 0},
    {"uv", "uv", MEMBER_NUMBER, 0},
    {"months", "months", MEMBER_NUMBER, 0},
    {"top", "top", MEMBER_NUMBER, 0},
    {"max_de", "max-de", MEMBER_NUMBER, 0},
    {"greying", "greying", MEMBER_SWITCH, 0},
};

enum { MEMBER_COUNT = sizeof members / sizeof members[0] };
static_assert((int)MEMBER_COUNT < (int)MATCH_LINE_OPTIONS_MAX,
              "the line itself may be one more");

/* Others that a line may have, where it is no document of ours. */
static const char *const other_keys[] = {"id", "name", "reflectance", "specular",
                                         "simulated"};

static const struct member *find_member(const char *key)
{
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        if (strcmp(key, members[i].key) == 0)
            return &members[i];
    return NULL;
}

static bool is_other(const char *key)
{
    for (size_t i = 0; i < sizeof other_keys / sizeof other_keys[0]; i++)
        if (strcmp(key, other_keys[i]) == 0)
            return true;
    return false;
}

static enum exit_code refuse(struct context *context, const char *key, const char *due)
{
    return failure_set(&context->failure, FAILURE_FILE_MALFORMED, "%s: %s", key, due);
}

static void give(struct context *context, const char *name, const char *value,
                 struct match_line *line)
{
    const struct option_spec *spec = option_find(&context->invocation.known, name);
    line->given[line->given_count++] = (struct given_option){spec, value};
}

/* -- one member ---------------------------------------------------------------------- */

static enum exit_code take_color(struct context *context, const struct member *member,
                                 const json_t *value, struct match_line *line)
{
    give(context, member->option, member->key, line);
    line->colors.there[member->color] = true;
    return match_color_read(context, member->key, value,
                            &line->colors.color[member->color]);
}

/* Bottles by name only. */
static bool names_file(const char *key, const char *text)
{
    return strcmp(key, "pigments") == 0 && (strchr(text, '/') || strstr(text, ".cgats"));
}

static enum exit_code take_text(struct context *context, const struct member *member,
                                const json_t *value, struct match_line *line)
{
    const char *text = json_string_value(value);
    if (!text || strlen(text) >= TEXT_MAX || !text_is_printable(text))
        return refuse(context, member->key, "printable text of 255 bytes at most is due");
    if (names_file(member->key, text))
        return refuse(context, member->key, "a line names bottles or a @SET, no file");
    give(context, member->option, text, line);
    return EXIT_DONE;
}

static enum exit_code take_number(struct context *context, const struct member *member,
                                  const json_t *value, struct match_line *line)
{
    char *number = line->number[line->given_count];
    if (json_is_integer(value))
        snprintf(number, MATCH_LINE_NUMBER_MAX, "%" JSON_INTEGER_FORMAT,
                 json_integer_value(value));
    else if (json_is_real(value))
        snprintf(number, MATCH_LINE_NUMBER_MAX, "%.17g", json_real_value(value));
    else
        return refuse(context, member->key, "a number is due");
    give(context, member->option, number, line);
    return EXIT_DONE;
}

static enum exit_code take_switch(struct context *context, const struct member *member,
                                  const json_t *value, struct match_line *line)
{
    if (!json_is_boolean(value))
        return refuse(context, member->key, "true or false is due");
    give(context, member->option, json_is_true(value) ? "" : NULL, line);
    return EXIT_DONE;
}

static enum exit_code take_member(struct context *context, const struct member *member,
                                  const json_t *value, struct match_line *line)
{
    switch (member->type) {
    case MEMBER_COLOR: return take_color(context, member, value, line);
    case MEMBER_TEXT: return take_text(context, member, value, line);
    case MEMBER_NUMBER: return take_number(context, member, value, line);
    case MEMBER_SWITCH: return take_switch(context, member, value, line);
    }
    return EXIT_DONE;
}

/* -- the line ------------------------------------------------------------------------ */

static enum exit_code parse(struct context *context, const char *text, size_t length,
                            struct match_line *line)
{
    size_t values = 0;
    for (size_t i = 0; i < length; i++)
        values += text[i] == ',' || text[i] == '{' || text[i] == '[';
    if (values > VALUES_MAX)
        return refuse(context, line_key, "more than 10 000 values");
    struct text source = {.start = text, .size = length};
    struct fault fault = {0};
    enum status status = json_tree_read(&source, &line->root, &fault);
    if (status == STATUS_NO_MEMORY)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    if (status != STATUS_OK)
        return failure_set(&context->failure, FAILURE_FILE_MALFORMED, "column %zu: %s",
                           fault.column, fault.text);
    return json_is_object(line->root) ? EXIT_DONE
                                      : refuse(context, line_key, "an object is due");
}

static enum exit_code take_id(struct context *context, struct match_line *line)
{
    return line_id_read(json_object_get(line->root, "id"), &line->id) == STATUS_OK
               ? EXIT_DONE
               : refuse(context, "id", line_id_expected());
}

static enum exit_code take_members(struct context *context, struct match_line *line)
{
    bool document = json_object_get(line->root, "schema") != NULL;
    enum exit_code code = EXIT_DONE;
    const char *key;
    json_t *value;
    json_object_foreach(line->root, key, value)
    {
        const struct member *member = find_member(key);
        if (member && !json_is_null(value))
            code = take_member(context, member, value, line);
        else if (!member && !document && !is_other(key))
            code = refuse(context, key, "no line has such a member (see: help batch)");
        if (code != EXIT_DONE)
            break;
    }
    return code;
}

/* The line itself as a spectrum or a document of one. */
static enum exit_code take_itself(struct context *context, const char *text,
                                  size_t length, struct match_line *line)
{
    struct color *target = &line->colors.color[MATCH_COLOR_TARGET];
    if (!json_object_get(line->root, "reflectance") &&
        !json_object_get(line->root, "schema"))
        return EXIT_DONE;
    if (line->colors.there[MATCH_COLOR_TARGET])
        return refuse(context, "target", "the line itself is one already");
    give(context, "target", "target", line);
    line->colors.there[MATCH_COLOR_TARGET] = true;
    enum exit_code code = match_color_of_line(context, text, length, target);
    if (code == EXIT_DONE && line->id.kind == LINE_ID_NONE)
        line->id = line_id_of_sample(target->id);
    return code;
}

enum exit_code match_line_read(struct context *context, const char *text, size_t length,
                               struct match_line *out)
{
    enum exit_code code = parse(context, text, length, out);
    if (code == EXIT_DONE)
        code = take_id(context, out);
    if (code == EXIT_DONE)
        code = take_members(context, out);
    return code == EXIT_DONE ? take_itself(context, text, length, out) : code;
}

void match_line_free(struct match_line *line)
{
    json_decref(line->root);
    line->root = NULL;
}

/* -- over the command line ----------------------------------------------------------- */

static bool gives(const struct match_line *line, const char *name)
{
    for (size_t i = 0; i < line->given_count; i++)
        if (strcmp(line->given[i].spec->name, name) == 0)
            return true;
    return false;
}

static void drop(struct invocation *invocation, const char *name)
{
    size_t kept = 0;
    for (size_t i = 0; i < invocation->given_count; i++)
        if (strcmp(invocation->given[i].spec->name, name) != 0)
            invocation->given[kept++] = invocation->given[i];
    invocation->given_count = kept;
}

/* What goes with none of the line's goals. */
static void drop_goals(const struct match_line *line, struct invocation *invocation)
{
    static const struct {
        const char *goal;
        const char *with_it[3];
    } goals[] = {
        {"target", {"donor-skin"}}, {"hair", {"grey", "greying"}}, {"scar", {NULL}}};
    enum { GOALS = sizeof goals / sizeof goals[0] };
    bool any = false;
    for (size_t i = 0; i < GOALS; i++)
        any |= gives(line, goals[i].goal);
    for (size_t i = 0; any && i < GOALS; i++) {
        if (gives(line, goals[i].goal))
            continue;
        drop(invocation, goals[i].goal);
        for (size_t k = 0; goals[i].with_it[k]; k++)
            drop(invocation, goals[i].with_it[k]);
    }
}

void match_line_apply(const struct match_line *line, struct invocation *invocation)
{
    drop_goals(line, invocation);
    for (size_t i = 0; i < line->given_count; i++) {
        drop(invocation, line->given[i].spec->name);
        if (line->given[i].value)
            invocation->given[invocation->given_count++] = line->given[i];
    }
}

static const struct color *color_of(const struct match_line *line,
                                    const struct match_colors *defaults,
                                    enum match_color which)
{
    if (line->colors.there[which])
        return &line->colors.color[which];
    return defaults->there[which] ? &defaults->color[which] : NULL;
}

struct mixing_given match_line_given(const struct match_line *line,
                                     const struct match_colors *defaults, enum goal goal)
{
    struct mixing_given given = {.skin = color_of(line, defaults, MATCH_COLOR_SKIN),
                                 .donor_skin =
                                     color_of(line, defaults, MATCH_COLOR_DONOR_SKIN)};
    switch (goal) {
    case GOAL_SCAN: given.look = color_of(line, defaults, MATCH_COLOR_TARGET); break;
    case GOAL_SURROUNDINGS:
        given.look = color_of(line, defaults, MATCH_COLOR_SCAR);
        break;
    case GOAL_HAIR: break;
    }
    return given;
}
