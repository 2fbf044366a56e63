/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>

#include "driver/instrument.h"
#include "tests/bench/timing.h"

static void measure(void *subject)
{
    struct instrument *instrument = subject;
    struct instrument_reading reading;
    instrument_place_virtual(instrument, "scalp", "crown");
    if (instrument_measure(instrument, &reading) == INSTRUMENT_OK)
        return;
    fprintf(stderr, "bench: measuring failed\n");
    exit(EXIT_FAILURE);
}

/* The emulator's work included; emulated time does not sleep. */
void bench_driver(void)
{
    struct instrument *instrument;
    if (instrument_open("sim:cm700d", NULL, &instrument) != INSTRUMENT_OK ||
        instrument_calibrate(instrument) != INSTRUMENT_OK) {
        fprintf(stderr, "bench: no virtual instrument\n");
        exit(EXIT_FAILURE);
    }
    timing_row("instrument_measure, sim:cm700d", measure, instrument);
    instrument_close(instrument);
}
