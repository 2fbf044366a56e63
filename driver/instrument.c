/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The public face: which instrument an id means, and its model's answers. */
#include "driver/instrument.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "driver/instrument_callbacks.h"
#include "driver/model.h"

struct instrument {
    struct instrument_callbacks callbacks;
    const struct instrument_model *model;
    struct model_session *session;
};

/* USB identities of all models together that are waited for. */
enum { WAITED_MAX = 64 };

static size_t usb_ids(const struct instrument_model *model)
{
    size_t count = 0;
    while (count < MODEL_USB_IDS_MAX && model->usb[count].vendor)
        count++;
    return count;
}

/* What follows the prefix in an id, or NULL where it is another kind of id. */
static const char *after(const char *id, const char *prefix)
{
    size_t size = strlen(prefix);
    return strncasecmp(id, prefix, size) == 0 ? id + size : NULL;
}

/* The part behind "NAME:" or all behind "NAME", of a model by either of its names. */
static const char *after_model(const char *id, const struct instrument_model *model)
{
    const char *rest = after(id, model->name);
    if (!rest)
        rest = after(id, model->text);
    if (rest && *rest == ':')
        return rest + 1;
    return rest && *rest == '\0' ? rest : NULL;
}

/* -- the link an id means --------------------------------------------------- */

/* Where a transport is asked for on behalf of one model. */
struct wanted {
    const struct instrument_model *model;
    const struct transport_context *context;
    char *holder;
};

static enum instrument_status open_usb(const struct wanted *wanted, const char *which,
                                       struct transport **out)
{
    return transport_usb_open(wanted->model->usb, usb_ids(wanted->model), which,
                              wanted->context, wanted->holder, out);
}

/* ABSENT where the id means an instrument of another model. */
static enum instrument_status open_link(const struct wanted *wanted, const char *id,
                                        struct transport **out)
{
    const char *rest = after(id, "tty:");
    if (rest)
        return transport_tty_open(rest, wanted->context, wanted->holder, out);
    rest = after(id, "sim:");
    if (rest) {
        const char *settings = after_model(rest, wanted->model);
        return settings ? transport_sim_open(settings, wanted->context, out)
                        : INSTRUMENT_ABSENT;
    }
    rest = after_model(id, wanted->model);
    if (rest && *rest)
        return open_usb(wanted, rest, out);
    if (strchr(id, ':') && !after(id, "usb:"))
        return INSTRUMENT_ABSENT;
    return open_usb(wanted, rest ? "auto" : id, out);
}

/* -- opening ---------------------------------------------------------------- */

static enum instrument_status open_as(struct instrument *instrument,
                                      const struct instrument_model *model,
                                      const char *id, char *holder)
{
    struct transport_context context =
        instrument_callbacks_context(&instrument->callbacks);
    struct wanted wanted = {.model = model, .context = &context, .holder = holder};
    struct transport *transport;
    enum instrument_status status = open_link(&wanted, id, &transport);
    if (status != INSTRUMENT_OK)
        return status;
    status = model->open(transport, &instrument->callbacks.ours, &instrument->session);
    if (status != INSTRUMENT_OK) {
        transport->ops->close(transport);
        return status;
    }
    instrument->model = model;
    instrument->callbacks.transport = transport;
    return INSTRUMENT_OK;
}

/* Models are tried in order until one is there and answers as it should. */
static enum instrument_status open_any(struct instrument *instrument, const char *id,
                                       char *holder)
{
    enum instrument_status status = INSTRUMENT_ABSENT;
    for (size_t i = 0; models[i]; i++) {
        status = open_as(instrument, models[i], id, holder);
        if (status != INSTRUMENT_ABSENT && status != INSTRUMENT_UNSUPPORTED)
            break;
    }
    return status;
}

enum instrument_status instrument_open(const char *id,
                                       const struct instrument_options *options,
                                       struct instrument **out)
{
    struct instrument *instrument = calloc(1, sizeof *instrument);
    if (!instrument)
        return INSTRUMENT_NO_MEMORY;
    instrument_callbacks_start(&instrument->callbacks, options);
    char holder[INSTRUMENT_TEXT_MAX] = "";
    enum instrument_status status = open_any(instrument, id, holder);
    if (options && options->holder)
        memcpy(options->holder, holder, sizeof holder);
    if (status != INSTRUMENT_OK) {
        free(instrument);
        return status;
    }
    *out = instrument;
    return INSTRUMENT_OK;
}

void instrument_close(struct instrument *instrument)
{
    if (!instrument)
        return;
    instrument->callbacks.stop = STOP_TOLD; /* closing is not to be stopped */
    instrument->model->close(instrument->session);
    free(instrument);
}

/* -- listing ---------------------------------------------------------------- */

static void describe_virtual(const struct instrument_model *model,
                             struct instrument_listed *out)
{
    *out = (struct instrument_listed){.link = "virtual", .state = INSTRUMENT_OK};
    snprintf(out->id, sizeof out->id, "sim:%s", model->name);
    snprintf(out->model, sizeof out->model, "%s", model->text);
}

enum instrument_status instrument_list(enum instrument_kinds kinds,
                                       struct instrument_listed *listed, size_t capacity,
                                       size_t *count)
{
    enum instrument_status status = INSTRUMENT_ABSENT;
    size_t total = 0;
    for (size_t i = 0; models[i]; i++) {
        size_t found = 0;
        status = transport_usb_list(models[i]->usb, usb_ids(models[i]), models[i]->text,
                                    listed + total, capacity - total, &found);
        total += status == INSTRUMENT_OK ? found : 0;
    }
    for (size_t i = 0; models[i] && kinds == INSTRUMENT_REAL_AND_VIRTUAL; i++)
        if (total < capacity)
            describe_virtual(models[i], &listed[total++]);
    if (total == 0)
        return status == INSTRUMENT_OK ? INSTRUMENT_ABSENT : status;
    *count = total;
    return INSTRUMENT_OK;
}

enum instrument_status instrument_wait(const struct instrument_options *options)
{
    struct transport_usb_id ids[WAITED_MAX];
    size_t count = 0;
    for (size_t i = 0; models[i]; i++)
        for (size_t k = 0; k < usb_ids(models[i]) && count < WAITED_MAX; k++)
            ids[count++] = models[i]->usb[k];
    struct transport_context context = {.user = NULL};
    if (options)
        context =
            (struct transport_context){options->user, options->cancelled, options->trace};
    return transport_usb_wait(ids, count, &context);
}

/* -- an open instrument ------------------------------------------------------ */

/* Every call may be stopped anew. */
static struct model_session *session_of(struct instrument *instrument)
{
    instrument_callbacks_begin(&instrument->callbacks);
    return instrument->session;
}

enum instrument_status instrument_describe(struct instrument *instrument,
                                           struct instrument_description *out)
{
    struct instrument_description description;
    enum instrument_status status =
        instrument->model->describe(session_of(instrument), &description);
    if (status != INSTRUMENT_OK)
        return status;
    description.origin = instrument->callbacks.transport->ops->place
                             ? INSTRUMENT_IS_VIRTUAL
                             : INSTRUMENT_IS_REAL;
    *out = description;
    return INSTRUMENT_OK;
}

enum instrument_status instrument_confirm_aperture(struct instrument *instrument)
{
    return instrument->model->confirm_aperture(session_of(instrument));
}

enum instrument_status instrument_set_specular(struct instrument *instrument,
                                               enum instrument_specular specular)
{
    return instrument->model->set_specular(session_of(instrument), specular);
}

enum instrument_status
instrument_calibration_check(struct instrument *instrument,
                             enum instrument_calibration_state *state, int64_t *made)
{
    return instrument->model->calibration_check(session_of(instrument), state, made);
}

enum instrument_status instrument_calibrate(struct instrument *instrument)
{
    return instrument->model->calibrate(session_of(instrument));
}

enum instrument_status instrument_calibration(struct instrument *instrument,
                                              uint8_t *block, size_t *size)
{
    return instrument->model->calibration(instrument->session, block, size);
}

enum instrument_status instrument_measure(struct instrument *instrument,
                                          struct instrument_reading *out)
{
    return instrument->model->measure(session_of(instrument), out);
}

enum instrument_status instrument_cross_check(struct instrument *instrument,
                                              struct instrument_reading *out,
                                              double own[INSTRUMENT_OWN_VALUES])
{
    return instrument->model->cross_check(session_of(instrument), out, own);
}

enum instrument_status instrument_wait_button(struct instrument *instrument,
                                              struct instrument_reading *out)
{
    return instrument->model->wait_button(session_of(instrument), out);
}

const char *instrument_last_code(const struct instrument *instrument)
{
    return instrument->model->last_code(instrument->session);
}

void instrument_place_virtual(struct instrument *instrument, const char *kind,
                              const char *site)
{
    instrument_callbacks_place(&instrument->callbacks, kind, site);
}
