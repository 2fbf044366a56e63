/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spectra in the program's JSON documents: spectra, scans and recipes. */
#include "colorlib/sample_reading.h"

#include <string.h>

#include "colorlib/json_tree.h"

struct source {
    struct sample_reading *reading;
    const json_t *root;
    const json_t *largest, *smallest; /* where the extremes of the reading stand */
    enum sample_specular specular;    /* of samples that do not say it themselves */
};

/* -- places ------------------------------------------------------------------------- */

/* Counts values, depth first, up to the one that is sought. */
static bool count_to(json_t *value, const json_t *sought, size_t *count)
{
    ++*count;
    if (value == sought)
        return true;
    size_t index;
    const char *key;
    json_t *inner;
    json_array_foreach(value, index,
                       inner) if (count_to(inner, sought, count)) return true;
    json_object_foreach(value, key,
                        inner) if (count_to(inner, sought, count)) return true;
    return false;
}

static const char *behind_string(const char *text)
{
    do
        text += *text == '\\' ? 2 : 1;
    while (*text != '"');
    return text + 1;
}

/* The nth value (from 1) of a text that is known to be JSON, keys not counted. */
static const char *nth_value(const char *text, size_t n)
{
    for (;;) {
        text += strspn(text, " \t\r\n,:]}");
        const char *value = text;
        bool is_key = false;
        if (*text == '"') {
            text = behind_string(text);
            is_key = text[strspn(text, " \t\r\n")] == ':';
        } else {
            text += *text == '{' || *text == '[' ? 1 : strcspn(text, " \t\r\n,]}");
        }
        if (!is_key && --n == 0)
            return value;
    }
}

/*
 * Where in the text a value of the document stands. jansson keeps no places, but its
 * objects keep the order of the text, so the nth value of the tree is the text's nth.
 * The values true, false and null stand for all their likes: the first is found.
 */
static const char *place(const struct source *source, const json_t *value)
{
    size_t count = 0;
    json_t *root = (json_t *)source->root; /* only jansson's loops want it writable */
    const char *start = source->reading->text->start;
    return value && count_to(root, value, &count) ? nth_value(start, count) : start;
}

static enum status json_fault(const struct source *source, const json_t *at,
                              const char *key, const char *problem)
{
    return text_fault(source->reading->text, place(source, at), source->reading->fault,
                      "%s: %s", key, problem);
}

/* -- reading ------------------------------------------------------------------------ */

/* A member of an object as text; where it is absent out stays as it is. */
static enum status read_text(const struct source *source, const json_t *object,
                             const char *key, char *out, size_t size)
{
    const json_t *member = json_object_get(object, key);
    if (!member || json_is_null(member))
        return STATUS_OK;
    const char *string = json_string_value(member);
    if (!string || strlen(string) >= size || !text_is_printable(string))
        return json_fault(source, string ? member : object, key,
                          "no text, or too long, or with control characters");
    memcpy(out, string, strlen(string) + 1);
    return STATUS_OK;
}

static enum status unexpected(const struct source *source, const json_t *at,
                              const struct sample_condition *condition)
{
    char expected[SAMPLE_CONDITION_TEXT_MAX];
    sample_condition_expected(condition, expected);
    return text_fault(source->reading->text, place(source, at), source->reading->fault,
                      "%s: %s is due", condition->name, expected);
}

static enum status read_condition(const struct source *source, const json_t *object,
                                  const struct sample_condition *condition)
{
    struct sample_conditions *out = &source->reading->set.conditions;
    const json_t *member = json_object_get(object, condition->name);
    const char *string = json_string_value(member);
    bool is_number = condition->type == SAMPLE_CONDITION_NUMBER ||
                     condition->type == SAMPLE_CONDITION_COUNT;
    if (!member || json_is_null(member))
        return STATUS_OK;
    if (is_number ? !json_is_number(member) : !string)
        return unexpected(source, object, condition);
    enum status status =
        is_number ? sample_condition_set_number(condition, json_number_value(member), out)
        : string[0] ? sample_condition_set_text(condition, string, out)
                    : STATUS_OK;
    return status == STATUS_OK ? status : unexpected(source, member, condition);
}

/* Of an object that has some of them among its members. */
static enum status read_conditions(const struct source *source, const json_t *object)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < SAMPLE_CONDITIONS; i++)
        status = read_condition(source, object, &sample_condition_list[i]);
    return status;
}

/* Stays as it is where the object does not say. */
static enum status read_specular(const struct source *source, const json_t *object,
                                 enum sample_specular *out)
{
    char name[SAMPLE_TEXT_MAX] = "";
    enum status status = read_text(source, object, "specular", name, sizeof name);
    if (status != STATUS_OK || !name[0])
        return status;
    *out = sample_specular_find(name);
    return *out != SAMPLE_SPECULAR_UNKNOWN
               ? STATUS_OK
               : json_fault(source, json_object_get(object, "specular"), "specular",
                            "sci or sce is due");
}

/* What a document says of all its samples. */
static enum status read_common(struct source *source)
{
    const json_t *object = json_object_get(source->root, "conditions");
    const json_t *simulated = json_object_get(object, "simulated");
    if (simulated && !json_is_false(simulated))
        source->reading->set.conditions.origin = SAMPLE_SIMULATED;
    enum status status = read_specular(source, object, &source->specular);
    return status == STATUS_OK ? read_conditions(source, object) : status;
}

/* The wavelengths of one spectrum as bands. */
static enum status find_bands(const struct source *source, const json_t *spectrum,
                              struct sample_bands *bands)
{
    const json_t *start = json_object_get(spectrum, "start_nm");
    const json_t *step = json_object_get(spectrum, "step_nm");
    size_t count = json_array_size(json_object_get(spectrum, "values"));
    if (!json_is_number(start) || !json_is_number(step) || count == 0 ||
        count > SAMPLE_FIELDS_MAX)
        return json_fault(source, spectrum, "spectrum",
                          "start_nm, step_nm and 1 to 1024 values are due");
    bands->count = count;
    for (size_t i = 0; i < count; i++)
        bands->band[i] = (struct sample_band){
            json_number_value(start) + json_number_value(step) * (double)i, i, NULL};
    return STATUS_OK;
}

/* What all readers share knows no places in a document, so the spectrum's is added. */
static enum status placed(const struct source *source, const json_t *spectrum,
                          enum status status)
{
    struct fault *fault = source->reading->fault;
    if (fault && (status == STATUS_BAD_DATA || status == STATUS_NOT_COVERED)) {
        struct fault whole = *fault;
        json_fault(source, spectrum, "spectrum", whole.text);
    }
    return status;
}

static void take(struct source *source, size_t sample, size_t band, const json_t *value)
{
    struct sample_reading *reading = source->reading;
    double number = json_number_value(value);
    if (!source->largest || number > reading->largest.value)
        source->largest = value;
    if (!source->smallest || number < reading->smallest.value)
        source->smallest = value;
    sample_take(reading, sample, band, number, reading->text->start);
}

static enum status read_spectrum(struct source *source, const json_t *spectrum)
{
    struct sample_reading *reading = source->reading;
    struct sample_bands bands;
    enum status status = find_bands(source, spectrum, &bands);
    if (status == STATUS_OK)
        status = placed(source, spectrum, sample_grid(reading, &bands));
    if (status == STATUS_OK)
        status = placed(source, spectrum, sample_add(reading, NULL));
    if (status != STATUS_OK)
        return status;
    size_t sample = reading->set.count - 1;
    const json_t *values = json_object_get(spectrum, "values");
    for (size_t i = 0; i < bands.count; i++) {
        const json_t *value = json_array_get(values, bands.band[i].index);
        if (!json_is_number(value))
            return json_fault(source, values, "values", "not all are numbers");
        take(source, sample, i, value);
    }
    snprintf(reading->set.info[sample].id, SAMPLE_ID_MAX, "%zu", sample + 1);
    return STATUS_OK;
}

static struct sample_info *last_info(const struct source *source)
{
    const struct sample_set *set = &source->reading->set;
    return &set->info[set->count - 1];
}

static enum status no_spectrum(const struct source *source, const json_t *object,
                               const char *key)
{
    if (!json_object_get(object, "lab") && !json_object_get(object, "colors"))
        return json_fault(source, object, key, "there is no spectrum");
    json_fault(source, object, key, "there is a color, but no spectrum");
    return STATUS_NEEDS_SPECTRUM;
}

/* One object with a name and a spectrum under the key; the id is its number. */
static enum status read_numbered(struct source *source, const json_t *object,
                                 const char *key)
{
    const json_t *spectrum = json_object_get(object, key);
    if (!json_is_object(spectrum))
        return no_spectrum(source, object, key);
    enum status status = read_spectrum(source, spectrum);
    if (status != STATUS_OK)
        return status;
    struct sample_info *info = last_info(source);
    info->specular = source->specular;
    return read_text(source, object, "name", info->name, sizeof info->name);
}

/* The same with its id. */
static enum status read_sample(struct source *source, const json_t *object,
                               const char *key)
{
    enum status status = read_numbered(source, object, key);
    if (status != STATUS_OK)
        return status;
    struct sample_info *info = last_info(source);
    return read_text(source, object, "id", info->id, sizeof info->id);
}

static enum status read_drawdown_member(const struct source *source, const json_t *object,
                                        size_t column, struct sample_drawdown *out)
{
    const char *key = sample_drawdown_columns[column].name;
    const json_t *member = json_object_get(object, key);
    const char *word = json_string_value(member);
    enum status status = STATUS_BAD_DATA;
    if (column == SAMPLE_DRAWDOWN_BACKING ? word != NULL : json_is_number(member))
        status = word
                     ? sample_drawdown_set_backing(word, out)
                     : sample_drawdown_set_number(column, json_number_value(member), out);
    return status == STATUS_OK ? status
                               : json_fault(source, member ? member : object, key,
                                            sample_drawdown_expected(column));
}

/* All three members of a ladder's sample, or none. */
static enum status read_drawdown(const struct source *source, const json_t *object,
                                 struct sample_drawdown *out)
{
    bool any = false;
    for (size_t i = 0; i < SAMPLE_DRAWDOWN_COLUMNS; i++)
        any |= json_object_get(object, sample_drawdown_columns[i].name) != NULL;
    enum status status = STATUS_OK;
    for (size_t i = 0; any && i < SAMPLE_DRAWDOWN_COLUMNS && status == STATUS_OK; i++)
        status = read_drawdown_member(source, object, i, out);
    return status;
}

/* What one of several may say of itself; they differ in specular where nothing is said of
 * them all. */
static enum status read_own(const struct source *source, const json_t *object)
{
    enum status status = read_drawdown(source, object, &last_info(source)->drawdown);
    return status == STATUS_OK && source->specular == SAMPLE_SPECULAR_UNKNOWN
               ? read_specular(source, object, &last_info(source)->specular)
               : status;
}

static enum status read_samples(struct source *source, const json_t *data)
{
    const json_t *samples = json_object_get(data, "samples");
    bool power = json_object_get(json_array_get(samples, 0), "power") != NULL;
    source->reading->set.quantity = power ? SAMPLE_POWER : SAMPLE_REFLECTANCE;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < json_array_size(samples); i++) {
        const json_t *sample = json_array_get(samples, i);
        status = read_sample(source, sample, power ? "power" : "reflectance");
        if (status == STATUS_OK)
            status = read_own(source, sample);
    }
    return status;
}

static enum status read_half(struct source *source, const json_t *data, const char *key,
                             enum sample_specular specular)
{
    source->specular = specular;
    return read_sample(source, data, key);
}

/* The included half of a scan whose first sample is the excluded one. */
static enum status read_included(struct source *source, const json_t *data,
                                 const char *key)
{
    enum status status = read_half(source, data, key, SAMPLE_SPECULAR_IN);
    if (status != STATUS_OK)
        return status;
    struct sample_info *info = source->reading->set.info;
    sample_included_id(info[0].id, info[1].id);
    return STATUS_OK;
}

/* Specular excluded comes first where a scan has both: the models are for it. */
static enum status read_scan(struct source *source, const json_t *data)
{
    bool included = source->specular == SAMPLE_SPECULAR_IN;
    bool shown = json_object_get(data, "reflectance") != NULL;
    const char *sci = shown && included ? "reflectance" : "reflectance_sci";
    const char *sce = shown && !included ? "reflectance" : "reflectance_sce";
    enum status status = read_conditions(source, data); /* site, state, spread */
    if (status != STATUS_OK)
        return status;
    if (!json_object_get(data, sce) && json_object_get(data, sci))
        return read_half(source, data, sci, SAMPLE_SPECULAR_IN);
    status = read_half(source, data, sce, SAMPLE_SPECULAR_EX);
    if (status != STATUS_OK || !json_object_get(data, sci))
        return status;
    return read_included(source, data, sci);
}

/* What recipes are predicted to look like, by their rank. */
static enum status read_recipes(struct source *source, const json_t *data)
{
    const json_t *recipes = json_object_get(data, "recipes");
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < json_array_size(recipes); i++) {
        const json_t *recipe = json_array_get(recipes, i);
        status = read_sample(source, json_object_get(recipe, "predicted"), "reflectance");
        json_int_t rank = json_integer_value(json_object_get(recipe, "rank"));
        if (status == STATUS_OK && rank > 0)
            snprintf(source->reading->set.info[i].id, SAMPLE_ID_MAX,
                     "%" JSON_INTEGER_FORMAT, rank);
    }
    return status;
}

static bool member_is(const json_t *object, const char *key, const char *value)
{
    const char *string = json_string_value(json_object_get(object, key));
    return string && strcmp(string, value) == 0;
}

/* The kinds whose data are samples with an id, a name and a reflectance each. */
static bool has_samples(const json_t *root)
{
    return member_is(root, "kind", "spectra") || member_is(root, "kind", "color") ||
           member_is(root, "kind", "plot") || member_is(root, "kind", "skin");
}

static enum status read_document(struct source *source)
{
    const json_t *root = source->root, *data = json_object_get(root, "data");
    if (!member_is(root, "schema", "scalptone/1"))
        return json_fault(source, json_object_get(root, "schema"), "schema",
                          "\"scalptone/1\" is due");
    enum status status = read_common(source);
    if (status != STATUS_OK)
        return status;
    source->reading->norm = 1;
    if (has_samples(root))
        return read_samples(source, data);
    if (member_is(root, "kind", "scan"))
        return read_scan(source, data);
    if (member_is(root, "kind", "match") || member_is(root, "kind", "formulation"))
        return read_recipes(source, data);
    return json_fault(source, json_object_get(root, "kind"), "kind",
                      "spectra, color, plot, skin, scan, match or formulation is "
                      "due");
}

static enum status read_root(struct sample_reading *reading,
                             enum status (*read)(struct source *source))
{
    json_t *root = NULL;
    enum status status = json_tree_read(reading->text, &root, reading->fault);
    if (status != STATUS_OK)
        return status;
    struct source source = {.reading = reading, .root = root};
    status = read(&source);
    if (status == STATUS_OK) {
        reading->largest.at = place(&source, source.largest);
        reading->smallest.at = place(&source, source.smallest);
    }
    json_decref(root);
    return status;
}

enum status sample_json_read(struct sample_reading *reading)
{
    return read_root(reading, read_document);
}

/* The line is an element of a document's samples. */
static enum status read_element(struct source *source)
{
    const json_t *simulated = json_object_get(source->root, "simulated");
    if (simulated && !json_is_false(simulated))
        source->reading->set.conditions.origin = SAMPLE_SIMULATED;
    source->reading->norm = 1;
    enum status status = read_numbered(source, source->root, "reflectance");
    if (status != STATUS_OK)
        return status;
    text_cut(source->reading->line_id.text, last_info(source)->id, SAMPLE_ID_MAX);
    return read_own(source, source->root);
}

/* The line is a document, whose sample lends it an id where it has none of its own. */
static enum status read_document_line(struct source *source)
{
    struct line_id *id = &source->reading->line_id;
    const struct sample_set *set = &source->reading->set;
    enum status status = read_document(source);
    if (status == STATUS_OK && id->kind == LINE_ID_NONE && set->count > 0)
        *id = line_id_of_sample(set->info[0].id);
    return status;
}

static enum status read_line(struct source *source)
{
    if (!json_is_object(source->root))
        return json_fault(source, source->root, "line", "an object is due");
    const json_t *id = json_object_get(source->root, "id");
    if (line_id_read(id, &source->reading->line_id) != STATUS_OK)
        return json_fault(source, id, "id", line_id_expected());
    return json_object_get(source->root, "schema") ? read_document_line(source)
                                                   : read_element(source);
}

enum status sample_json_read_line(struct sample_reading *reading)
{
    return read_root(reading, read_line);
}
