/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>

#include "driver/instrument.h"
#include "tests/bench/timing.h"

/* One whole visit: thousands of readings on one instrument would outlast its
   battery and its calibration, both of which the emulator keeps. */
static void scan_once(void *unused)
{
    (void)unused;
    struct instrument *instrument;
    struct instrument_reading reading;
    if (instrument_open("sim:cm700d", NULL, &instrument) != INSTRUMENT_OK ||
        instrument_calibrate(instrument) != INSTRUMENT_OK) {
        fprintf(stderr, "bench: no virtual instrument\n");
        exit(EXIT_FAILURE);
    }
    instrument_place_virtual(instrument, "scalp", "crown");
    if (instrument_measure(instrument, &reading) != INSTRUMENT_OK) {
        fprintf(stderr, "bench: measuring failed\n");
        exit(EXIT_FAILURE);
    }
    instrument_close(instrument);
}

/* The emulator's work included; emulated time does not sleep. */
void bench_driver(void)
{
    timing_row("sim:cm700d: open, calibrate, measure", scan_once, NULL);
}
