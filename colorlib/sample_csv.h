/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the heading of a CSV of spectra says, for its readers, whole and line by line. */
#ifndef COLORLIB_SAMPLE_CSV_H
#define COLORLIB_SAMPLE_CSV_H

#include "colorlib/csv.h"
#include "colorlib/sample_reading.h"

/* The columns that are no wavelengths; column_count where the file has none. */
struct sample_csv_layout {
    bool ours;
    size_t id, name, kind, specular, simulated;
    size_t condition[SAMPLE_CONDITIONS]; /* as sample_condition_list has them */
    size_t drawdown[SAMPLE_DRAWDOWN_COLUMNS];
};

struct sample_csv_layout sample_csv_layout(const struct csv *csv);

/* The columns that are headed by a wavelength, in the order of the file. */
void sample_csv_bands(const struct csv *csv, struct sample_bands *bands);

/* Whether the first column is wavelengths and every other one a spectrum. */
bool sample_csv_is_transposed(const struct csv *csv);

#endif
