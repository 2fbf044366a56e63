/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/mix_argument.h"

#include <stdlib.h>
#include <string.h>

#include "cli/quantity.h"
#include "colorlib/number.h"
#include "colorlib/recipe.h"

enum unit { UNIT_PART, UNIT_DROP, UNIT_ML, UNIT_G };

static const char *const unit_words[] = {"", "drop", "ml", "g"};

/* One item as it was written. */
struct item {
    const struct pigment *pigment; /* NULL for water */
    double amount;
    enum unit unit;
};

static enum exit_code refuse(struct context *context, const char *word, const char *why)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_USAGE_VALUE, "the mix %s: %s", word, why);
    failure_hint(&context->failure, "carbon=7drop,water=5.2ml or carbon=1,water=19");
    return code;
}

static const struct pigment *find(const struct bottles *bottles, const char *name,
                                  size_t length)
{
    for (size_t i = 0; i < bottles->count; i++)
        if (strlen(bottles->pigment[i].id) == length &&
            strncmp(bottles->pigment[i].id, name, length) == 0)
            return &bottles->pigment[i];
    return NULL;
}

static enum exit_code read_item(struct context *context, const char *word,
                                const struct bottles *bottles, struct item *out)
{
    const char *equals = strchr(word, '=');
    if (!equals)
        return refuse(context, word, "NAME=AMOUNT is due");
    size_t length = (size_t)(equals - word);
    size_t digits = strspn(equals + 1, "0123456789.");
    bool water = length == strlen("water") && strncmp(word, "water", length) == 0;
    out->pigment = water ? NULL : find(bottles, word, length);
    if (!water && !out->pigment)
        return refuse(context, word, "no such bottle");
    size_t unit = 0;
    while (unit <= UNIT_G && strcmp(equals + 1 + digits, unit_words[unit]) != 0)
        unit++;
    if (unit > UNIT_G)
        return refuse(context, word, "the unit is drop, ml or g");
    if (number_parse(equals + 1, digits, &out->amount) != STATUS_OK ||
        !(out->amount > 0 && out->amount <= RECIPE_VOLUME_MAX_ML))
        return refuse(context, word, "an amount above 0 is due");
    out->unit = (enum unit)unit;
    return EXIT_DONE;
}

/* A part stands for a millilitre: only shares count. */
static double millilitres(const struct item *item)
{
    double drop_ml = item->pigment ? item->pigment->drop_ml : QUANTITY_WATER_DROP_ML;
    double density = item->pigment ? item->pigment->density_g_per_ml : 1;
    switch (item->unit) {
    case UNIT_DROP: return item->amount * drop_ml;
    case UNIT_G: return item->amount / density;
    case UNIT_PART:
    case UNIT_ML: break;
    }
    return item->amount;
}

static enum exit_code add_item(struct context *context, const char *word,
                               const struct item *item, struct course_session *session)
{
    double ml = millilitres(item);
    session->volume_ml += ml;
    if (!item->pigment) {
        session->water_ml += ml;
        return EXIT_DONE;
    }
    for (size_t k = 0; k < session->count; k++)
        if (strcmp(session->pour[k].pigment, item->pigment->id) == 0)
            return refuse(context, word, "it is named twice");
    if (session->count == MIXTURE_MAX)
        return refuse(context, word, "more than four pigments");
    struct course_pour *pour = &session->pour[session->count++];
    memcpy(pour->pigment, item->pigment->id, sizeof pour->pigment);
    pour->drops = item->unit == UNIT_DROP ? (unsigned)(item->amount + 0.5) : 0;
    pour->ml = ml;
    return EXIT_DONE;
}

/* Parts and measured amounts do not add up. */
static enum exit_code read_items(struct context *context, char *words,
                                 const struct bottles *bottles,
                                 struct course_session *session)
{
    char *rest = NULL;
    bool parts = false, measured = false;
    enum exit_code code = EXIT_DONE;
    for (char *word = strtok_r(words, ",", &rest); word && code == EXIT_DONE;
         word = strtok_r(NULL, ",", &rest)) {
        struct item item;
        code = read_item(context, word, bottles, &item);
        if (code != EXIT_DONE)
            return code;
        parts |= item.unit == UNIT_PART;
        measured |= item.unit != UNIT_PART;
        code = parts && measured
                   ? refuse(context, word, "a unit for all amounts, or for none")
                   : add_item(context, word, &item, session);
    }
    return code;
}

enum exit_code mix_argument_read(struct context *context, const char *argument,
                                 const struct bottles *bottles,
                                 struct course_session *out)
{
    struct course_session session = *out;
    session.count = 0;
    session.water_ml = session.volume_ml = 0;
    char *words = strdup(argument);
    if (!words)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = read_items(context, words, bottles, &session);
    free(words);
    if (code == EXIT_DONE && session.count == 0)
        code = refuse(context, argument, "a pigment is due");
    if (code == EXIT_DONE)
        *out = session;
    return code;
}
