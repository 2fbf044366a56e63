/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/mixing_usual.h"

#include <stdlib.h>
#include <string.h>

#include "cli/case_members.h"
#include "cli/mixing_existing.h"
#include "cli/practitioner_file.h"
#include "cli/profile_path.h"

static enum exit_code find_technique(struct context *context, const void *source,
                                     void *out)
{
    const char *name = source;
    char path[PROFILE_PATH_MAX];
    enum exit_code code = profile_path(context, "techniques.ini", path);
    if (code != EXIT_DONE)
        return code;
    struct fault fault = {0};
    enum status status = technique_read(path, name, out, &fault);
    if (status == STATUS_NOT_FOUND) {
        code = failure_set(&context->failure, FAILURE_TECHNIQUE_UNKNOWN,
                           "no technique \"%s\"", name);
        failure_hint(&context->failure, "standard, fine, bold, or another section of %s",
                     path);
        return code;
    }
    return status == STATUS_OK
               ? EXIT_DONE
               : failure_from_file(&context->failure, path, status, &fault);
}

static enum exit_code read_technique(struct context *context,
                                     const struct mixing_request *request,
                                     struct technique *out)
{
    const struct mixing_shelf_key key = {MIXING_SHELF_TECHNIQUE, request->technique,
                                         strlen(request->technique)};
    enum exit_code code = mixing_shelf_read(request->shelf, &key, context, find_technique,
                                            request->technique, out, sizeof *out);
    if (code == EXIT_DONE && request->density_per_cm2 > 0)
        out->density_per_cm2 = request->density_per_cm2;
    return code;
}

/* Takes over a declared modifier, as a factor and as a doubt. */
static enum exit_code add_modifier(struct context *context, const char *word,
                                   struct mixing *mixing)
{
    struct fade_modifier modifier;
    if (strcmp(word, "scar") == 0 || fade_modifier_find(word, &modifier) != STATUS_OK) {
        enum exit_code code = failure_set(&context->failure, FAILURE_USAGE_VALUE,
                                          "--modifiers: there is no \"%s\"", word);
        failure_hint(&context->failure,
                     "oily, smoker, swimmer, fast-fader, phototype-v-vi, resorbable; a "
                     "scar is treated with --scar");
        return code;
    }
    for (size_t i = 0; i < mixing->modifier_count; i++)
        if (strcmp(word, mixing->modifier[i]) == 0)
            return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                               "--modifiers: \"%s\" twice", word);
    snprintf(mixing->modifier[mixing->modifier_count++], MIXING_MODIFIER_TEXT_MAX, "%s",
             word);
    mixing->usual.conditions.biological_factor *= modifier.factor;
    client_state_modify(&mixing->state, &modifier);
    return EXIT_DONE;
}

static enum exit_code add_modifiers(struct context *context, const char *words,
                                    struct mixing *mixing)
{
    char *list = strdup(words), *rest = NULL;
    if (!list)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = EXIT_DONE;
    for (char *word = strtok_r(list, ",", &rest); word && code == EXIT_DONE;
         word = strtok_r(NULL, ",", &rest))
        code = add_modifier(context, word, mixing);
    free(list);
    return code;
}

static enum exit_code read_practitioner(struct context *context, const void *source,
                                        void *out)
{
    return practitioner_file_read(context, source, out);
}

/* What is to be expected of the hand that places it. */
static enum exit_code expect(struct context *context,
                             const struct mixing_request *request, struct mixing *mixing)
{
    const char *path = request->practitioner;
    const struct mixing_shelf_key key = {MIXING_SHELF_PRACTITIONER, path, strlen(path)};
    struct practitioner practitioner;
    enum exit_code code =
        mixing_shelf_read(request->shelf, &key, context, read_practitioner, path,
                          &practitioner, sizeof practitioner);
    if (code != EXIT_DONE)
        return code;
    practitioner_expect(&practitioner, &mixing->usual, &mixing->state);
    mixing->practitioner_clients = practitioner.clients;
    return EXIT_DONE;
}

enum exit_code mixing_usual_read(struct context *context,
                                 const struct mixing_request *request,
                                 struct mixing *mixing)
{
    struct treatment *usual = &mixing->usual;
    enum exit_code code = read_technique(context, request, &usual->technique);
    if (code != EXIT_DONE)
        return code;
    usual->skin = mixing->subject.fit.skin;
    usual->conditions = fade_conditions_default;
    usual->conditions.ultraviolet_dose = request->ultraviolet_dose;
    client_state_prior(&usual->technique, CLIENT_SCALP, &mixing->state);
    if (request->modifiers)
        code = add_modifiers(context, request->modifiers, mixing);
    if (code == EXIT_DONE && request->practitioner)
        code = expect(context, request, mixing);
    if (request->goal == GOAL_SURROUNDINGS) { /* the hand's clients were scalps */
        treatment_on_scar(usual);
        client_state_on_scar(&mixing->state);
    }
    if (code == EXIT_DONE && request->existing)
        code = mixing_existing_read(context, request, mixing);
    document_members_keep(case_technique_members, &usual->technique);
    document_members_keep(case_conditions_members, &usual->conditions);
    case_state_keep(&mixing->state);
    return code;
}
