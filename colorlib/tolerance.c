/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/tolerance.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "colorlib/ini_section.h"
#include "colorlib/number.h"

/* The other keys stand behind those of the criteria. */
enum {
    KEY_CRITICAL = TOLERANCE_CRITERIA,
    KEY_WARN,
    KEY_DECISION,
    KEY_COUNT,
};

const char *tolerance_key(enum tolerance_criterion criterion)
{
    switch (criterion) { /* no default: the compiler reports one without a text */
    case TOLERANCE_DE00: return "de00";
    case TOLERANCE_LIGHTNESS: return "dl";
    case TOLERANCE_CHROMA: return "dc";
    case TOLERANCE_HUE: return "dh";
    case TOLERANCE_STRENGTH: return "strength";
    case TOLERANCE_RESIDUAL: return "de00_residual";
    case TOLERANCE_CONTRAST: return "contrast";
    case TOLERANCE_METAMERISM: return "mi";
    }
    return "unknown";
}

const char *tolerance_text(enum tolerance_criterion criterion)
{
    switch (criterion) {
    case TOLERANCE_DE00: return "dE00";
    case TOLERANCE_LIGHTNESS: return "dL*";
    case TOLERANCE_CHROMA: return "dC*";
    case TOLERANCE_HUE: return "dH*";
    case TOLERANCE_STRENGTH: return "strength";
    case TOLERANCE_RESIDUAL: return "dE00 after strength";
    case TOLERANCE_CONTRAST: return "contrast ratio";
    case TOLERANCE_METAMERISM: return "metamerism";
    }
    return "unknown criterion";
}

/* Whether a criterion has a sign, so that only a range limits it. */
static bool is_signed(size_t criterion)
{
    return criterion == TOLERANCE_LIGHTNESS || criterion == TOLERANCE_CHROMA ||
           criterion == TOLERANCE_HUE;
}

static bool parse_below(const char *text, struct tolerance_limit *out)
{
    *out = (struct tolerance_limit){.kind = TOLERANCE_BELOW};
    return number_parse(text, strlen(text), &out->most) == STATUS_OK && out->most > 0;
}

static bool parse_around_zero(const char *text, struct tolerance_limit *out)
{
    bool parsed = parse_below(text, out);
    out->kind = TOLERANCE_BETWEEN;
    out->least = -out->most;
    return parsed;
}

static bool parse_between(const char *text, struct tolerance_limit *out)
{
    const char *dots = strstr(text, "..");
    *out = (struct tolerance_limit){.kind = TOLERANCE_BETWEEN};
    return dots && number_parse(text, (size_t)(dots - text), &out->least) == STATUS_OK &&
           number_parse(dots + 2, strlen(dots + 2), &out->most) == STATUS_OK &&
           out->least < out->most;
}

static bool parse_limit(const char *text, size_t criterion, struct tolerance_limit *out)
{
    static const char plus_minus[] = "\xc2\xb1";
    if (text[0] == '<')
        return !is_signed(criterion) && parse_below(text + 1, out);
    if (strncmp(text, "+-", 2) == 0 || strncmp(text, plus_minus, 2) == 0)
        return is_signed(criterion) && parse_around_zero(text + 2, out);
    return parse_between(text, out);
}

static enum status refuse(const struct ini_text *text, const char *due,
                          struct fault *fault)
{
    fault->line = text->line;
    fault->column = 1;
    snprintf(fault->text, sizeof fault->text, "%s: \"%.40s\" (%s)", text->name,
             text->value, due);
    return STATUS_BAD_DATA;
}

static enum status take_limits(const struct ini_text *texts, struct tolerance *out,
                               struct fault *fault)
{
    size_t count = 0;
    for (size_t i = 0; i < TOLERANCE_CRITERIA; i++) {
        if (!texts[i].line)
            continue;
        if (!parse_limit(texts[i].value, i, &out->limit[i]))
            return refuse(&texts[i],
                          is_signed(i) ? "+-0.5 or -0.5..0.3 is due"
                                       : "<0.8 or 97..103 is due",
                          fault);
        count++;
    }
    if (count > 0)
        return STATUS_OK;
    *fault = (struct fault){.text = "no criterion has a limit"};
    return STATUS_BAD_DATA;
}

static size_t find_criterion(const char *word, size_t length)
{
    size_t i = 0;
    while (i < TOLERANCE_CRITERIA &&
           (strlen(tolerance_key((enum tolerance_criterion)i)) != length ||
            strncmp(tolerance_key((enum tolerance_criterion)i), word, length) != 0))
        i++;
    return i;
}

static enum status take_critical(const struct ini_text *text, struct tolerance *out,
                                 struct fault *fault)
{
    size_t named = 0;
    for (size_t i = 0; i < TOLERANCE_CRITERIA && !text->line; i++)
        out->limit[i].critical = out->limit[i].kind != TOLERANCE_NO_LIMIT;
    for (const char *word = text->value; text->line && *word;) {
        word += strspn(word, " \t");
        size_t length = strcspn(word, " \t");
        size_t i = find_criterion(word, length);
        if (length > 0 &&
            (i == TOLERANCE_CRITERIA || out->limit[i].kind == TOLERANCE_NO_LIMIT))
            return refuse(text, "keys that have a limit are due", fault);
        if (length > 0)
            out->limit[i].critical = true;
        named += length > 0;
        word += length;
    }
    return text->line && named == 0 ? refuse(text, "at least one key is due", fault)
                                    : STATUS_OK;
}

static bool in_range(const char *text, double min, double max, double *out)
{
    return number_parse(text, strlen(text), out) == STATUS_OK && *out >= min &&
           *out <= max;
}

static enum status take_rule(const struct ini_text *texts, struct tolerance *out,
                             struct fault *fault)
{
    static const char guard[] = "guard:";
    const char *decision = texts[KEY_DECISION].value;
    out->warn = 0.8;
    out->guard = 1;
    if (texts[KEY_WARN].line && !in_range(texts[KEY_WARN].value, 0.5, 1, &out->warn))
        return refuse(&texts[KEY_WARN], "0.5 to 1 is due", fault);
    if (!texts[KEY_DECISION].line)
        return STATUS_OK;
    if (strcmp(decision, "simple") == 0)
        out->guard = 0;
    else if (strncmp(decision, guard, strlen(guard)) != 0 ||
             !in_range(decision + strlen(guard), 0.1, 3, &out->guard))
        return refuse(&texts[KEY_DECISION], "simple or guard:1.0 is due", fault);
    return STATUS_OK;
}

enum status tolerance_read(const char *path, const char *name, struct tolerance *out,
                           struct fault *fault)
{
    char section[TOLERANCE_NAME_MAX + sizeof "tolerance "];
    struct ini_text texts[KEY_COUNT] = {[KEY_CRITICAL] = {.name = "critical"},
                                        [KEY_WARN] = {.name = "warn"},
                                        [KEY_DECISION] = {.name = "decision"}};
    struct tolerance tolerance = {.guard = 1};
    for (size_t i = 0; i < TOLERANCE_CRITERIA; i++)
        texts[i].name = tolerance_key((enum tolerance_criterion)i);
    if (strlen(name) >= sizeof tolerance.name) {
        *fault = (struct fault){.text = "no tolerance has so long a name"};
        return STATUS_NOT_FOUND;
    }
    snprintf(section, sizeof section, "tolerance %s", name);
    enum status status = ini_section_read_texts(path, section, texts, KEY_COUNT, fault);
    if (status == STATUS_OK)
        status = take_limits(texts, &tolerance, fault);
    if (status == STATUS_OK)
        status = take_critical(&texts[KEY_CRITICAL], &tolerance, fault);
    if (status == STATUS_OK)
        status = take_rule(texts, &tolerance, fault);
    if (status != STATUS_OK)
        return status;
    snprintf(tolerance.name, sizeof tolerance.name, "%s", name);
    *out = tolerance;
    return STATUS_OK;
}
