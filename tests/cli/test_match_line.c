/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of match --batch: what they change of the command line, and any bytes as one. */
#include "cli/match_line.h"

#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/globals.h"
#include "tests/runner.h"

#define SPECTRUM                                                                         \
    "\"reflectance\":{\"start_nm\":400,\"step_nm\":20,\"values\":[0.1,0.1,0.1,0.1,0.1,"  \
    "0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1]}"

static const struct command *const commands[] = {&match_command, NULL};

/* A line upon a command line. */
struct session {
    struct context context;
    struct match_line line;
    struct given_option given[MATCH_LINE_OPTIONS_MAX + 8];
};

/* The command line of all tests: hair, grey by a third, on a color of skin. */
static void begin(struct session *session)
{
    static char *argv[] = {"scalptone", "match",  "--batch", "--quiet", "--hair",
                           "black",     "--grey", "0.3",     "--skin",  "#b38f78",
                           "--density", "150",    NULL};
    memset(session, 0, sizeof *session);
    struct context *context = &session->context;
    context->commands = commands;
    context->warnings = json_array();
    ck_assert_int_eq(
        invocation_parse(12, argv, commands, &context->invocation, &context->failure),
        EXIT_DONE);
    ck_assert_int_eq(globals_apply(context), EXIT_DONE);
    ck_assert_int_eq(viewing_load(context, "D65"), EXIT_DONE);
}

static void end(struct session *session)
{
    match_line_free(&session->line);
    output_discard(&session->context.output);
    invocation_free(&session->context.invocation);
    json_decref(session->context.warnings);
}

static enum exit_code read_line(struct session *session, const char *text, size_t length)
{
    match_line_free(&session->line);
    session->line.id.kind = LINE_ID_NONE;
    session->line.given_count = 0;
    memset(session->line.colors.there, 0, sizeof session->line.colors.there);
    session->context.failure.code = FAILURE_NONE;
    return match_line_read(&session->context, text, length, &session->line);
}

/* The value of an option once the line is applied; the command line stays as it is. */
static const char *applied(struct session *session, const char *name)
{
    struct invocation invocation = session->context.invocation;
    memcpy(session->given, invocation.given,
           invocation.given_count * sizeof *invocation.given);
    invocation.given = session->given;
    match_line_apply(&session->line, &invocation);
    return invocation_option(&invocation, name);
}

static const struct change {
    const char *line, *option, *value; /* NULL for not given */
} changes[] = {
    {"{}", "hair", "black"},
    {"{}", "density", "150"},
    {"{\"density\":130}", "density", "130"},
    {"{\"density\":130.5}", "density", "130.5"},
    {"{\"density\":null}", "density", "150"},
    {"{\"hair\":\"brown\"}", "hair", "brown"},
    {"{\"hair\":\"brown\"}", "grey", "0.3"},
    {"{\"max_pigments\":2}", "max-pigments", "2"},
    {"{\"greying\":true}", "greying", ""},
    {"{\"greying\":false}", "greying", NULL},
    {"{" SPECTRUM "}", "target", "target"},
    {"{" SPECTRUM "}", "hair", NULL}, /* what goes with the hair goes with it */
    {"{" SPECTRUM "}", "grey", NULL},
    {"{\"scar\":\"lab:60,9,15\"}", "hair", NULL},
    {"{\"scar\":\"lab:60,9,15\"}", "scar", "scar"},
    {"{\"skin\":{" SPECTRUM "}}", "skin", "skin"},
    {"{\"skin\":{" SPECTRUM "}}", "hair", "black"},
};

START_TEST(members_take_the_place_of_options)
{
    const struct change *change = &changes[_i];
    struct session session;
    begin(&session);
    ck_assert_int_eq(read_line(&session, change->line, strlen(change->line)), EXIT_DONE);
    const char *value = applied(&session, change->option);
    if (change->value)
        ck_assert_str_eq(value, change->value);
    else
        ck_assert_ptr_null(value);
    end(&session);
}
END_TEST

static const char *const lines[] = {
    "{\"id\":\"A1\",\"name\":\"donor\",\"specular\":\"sce\"," SPECTRUM "}",
    "{\"id\":7,\"hair\":\"black\",\"grey\":0.4,\"density\":130,\"months\":12,\"top\":1}",
    "{\"target\":{" SPECTRUM "},\"skin\":{" SPECTRUM "},\"donor_skin\":{" SPECTRUM "}}",
    "{\"scar\":\"lab:60,9,15/D50/2\",\"skin\":\"#b38f78\",\"volume\":\"3ml\",\"uv\":2}",
    "{\"schema\":\"scalptone/1\",\"kind\":\"spectra\",\"conditions\":{\"aperture_mm\":8},"
    "\"data\":{\"samples\":[{\"id\":\"a\"," SPECTRUM "}]},\"density\":120}",
    ("{\"hair\":\"black\",\"pigments\":\"carbon,neutral\",\"exclude\":\"77491\","
     "\"modifiers\":\"oily\",\"technique\":\"fine\",\"greying\":true,\"max_de\":2}"),
};

enum { LINES = sizeof lines / sizeof lines[0], MUTATIONS = 3000 };

/* A linear congruential generator (Numerical Recipes), so that a failure comes again. */
static size_t next_random(unsigned *state, size_t below)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 8) % below;
}

/* Cuts the line, or puts bytes of others in places of it. */
static size_t mutate(unsigned *state, char *text, size_t length)
{
    static const char bytes[] = "{}[]\",:0919.-eE\\/#\0\n\x80\xff nulabtrue";
    if (next_random(state, 8) == 0)
        return next_random(state, length);
    for (size_t n = 1 + next_random(state, 3); n > 0; n--)
        text[next_random(state, length)] = bytes[next_random(state, sizeof bytes)];
    return length;
}

START_TEST(any_bytes_are_a_line_or_a_failure)
{
    unsigned state = 1 + (unsigned)_i;
    struct session session;
    begin(&session);
    ck_assert_int_eq(read_line(&session, lines[_i], strlen(lines[_i])), EXIT_DONE);
    for (size_t n = 0; n < MUTATIONS; n++) {
        size_t length = strlen(lines[_i]);
        char *text = malloc(length + 1); /* of just that size, so that a byte read
                                            beyond is seen */
        ck_assert_ptr_nonnull(text);
        memcpy(text, lines[_i], length);
        length = mutate(&state, text, length);
        text[length] = '\0';
        enum exit_code code = read_line(&session, text, length);
        ck_assert(code == EXIT_DONE || session.context.failure.code != FAILURE_NONE);
        ck_assert_int_ne(session.context.failure.code, FAILURE_SYSTEM_MEMORY);
        free(text);
    }
    end(&session);
}
END_TEST

static const char *const files[] = {
    "{\"skin\":\"/etc/passwd\"}",
    "{\"skin\":\"-\"}",
    "{\"skin\":\"a.cgats#1\"}",
    "{\"skin\":\"lab:60,9,15/lamp.sp/2\"}",
    "{\"skin\":\"lab:60,9,15//dev/zero\"}",
    "{\"scar\":\"xyz:20,20,20/./2\"}",
    "{\"target\":\"donor.json\"}",
    "{\"pigments\":\"carbon,/dev/zero\"}",
    "{\"pigments\":\"my.cgats\"}",
};

START_TEST(a_line_names_no_file)
{
    struct session session;
    begin(&session);
    ck_assert_int_eq(read_line(&session, files[_i], strlen(files[_i])), EXIT_DATA);
    ck_assert_int_eq(session.context.failure.code, FAILURE_FILE_MALFORMED);
    end(&session);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("match_line");
    TCase *all = tcase_create("line");
    tcase_add_loop_test(all, members_take_the_place_of_options, 0,
                        sizeof changes / sizeof changes[0]);
    tcase_add_loop_test(all, any_bytes_are_a_line_or_a_failure, 0, LINES);
    tcase_add_loop_test(all, a_line_names_no_file, 0, sizeof files / sizeof files[0]);
    suite_add_tcase(suite, all);
    return suite;
}
