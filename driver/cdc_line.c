/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/cdc_line.h"

#include "driver/transport_context.h"

enum { SET_LINE_CODING = 0x20, SET_CONTROL_LINE_STATE = 0x22, TO_INTERFACE = 0x21 };
enum { LINES_DOWN = 0, DTR_AND_RTS = 3 };
enum {
    START_MS = 1000,
    STOP_MS = 100 /* a program that was interrupted has 300 ms to end */
};

static enum instrument_status set_coding(struct transport *transport, uint8_t interface)
{
    uint8_t coding[] = {0x00, 0xC2, 0x01, 0x00, 0, 0, 8}; /* 115200 8N1 */
    const struct transport_request request = {.type = TO_INTERFACE,
                                              .request = SET_LINE_CODING,
                                              .index = interface,
                                              .size = sizeof coding};
    return transport->ops->control(transport, &request, coding, START_MS);
}

static enum instrument_status set_lines(struct transport *transport, uint8_t interface,
                                        uint16_t lines, unsigned timeout_ms)
{
    const struct transport_request request = {.type = TO_INTERFACE,
                                              .request = SET_CONTROL_LINE_STATE,
                                              .value = lines,
                                              .index = interface};
    return transport->ops->control(transport, &request, NULL, timeout_ms);
}

static enum instrument_status forgive(const struct transport_context *context,
                                      enum instrument_status status, const char *remark)
{
    if (status != INSTRUMENT_TRANSFER && status != INSTRUMENT_NO_ANSWER)
        return status;
    transport_remark(context, remark);
    return INSTRUMENT_OK;
}

enum instrument_status cdc_line_start(struct transport *transport,
                                      const struct transport_context *context,
                                      uint8_t control_interface)
{
    enum instrument_status status =
        forgive(context, set_coding(transport, control_interface),
                "the device refuses SET_LINE_CODING");
    if (status != INSTRUMENT_OK)
        return status;
    return forgive(context,
                   set_lines(transport, control_interface, DTR_AND_RTS, START_MS),
                   "the device refuses SET_CONTROL_LINE_STATE");
}

void cdc_line_stop(struct transport *transport, uint8_t control_interface)
{
    set_lines(transport, control_interface, LINES_DOWN, STOP_MS);
}
