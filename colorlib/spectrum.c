/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/spectrum.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_statistics_double.h>

#include "colorlib/sprague.h"

/* Files print wavelengths to 0.01 nm; less than that is no difference. */
#define WAVELENGTH_TOLERANCE_NM 0.01

/* The farthest that an end value may stand for its neighborhood. */
#define EXTENSION_NM 20.0

static enum status check_samples(const struct grid *grid, const double *wavelength_nm,
                                 const double *value)
{
    if (!isfinite(grid->start_nm) || !isfinite(grid->step_nm) || grid->step_nm <= 0)
        return STATUS_BAD_DATA;
    for (size_t i = 0; i < grid->count; i++) {
        double off = fabs(wavelength_nm[i] - grid_wavelength_nm(grid, i));
        if (!(off <= WAVELENGTH_TOLERANCE_NM) || !isfinite(value[i]))
            return STATUS_BAD_DATA;
        if (i > 0 && wavelength_nm[i] <= wavelength_nm[i - 1])
            return STATUS_BAD_DATA;
    }
    return STATUS_OK;
}

enum status spectrum_from_samples(const double *wavelength_nm, const double *value,
                                  size_t count, struct spectrum *out)
{
    if (count == 0 || count > SPECTRUM_MAX)
        return STATUS_BAD_DATA;
    struct grid grid = {.start_nm = wavelength_nm[0], .step_nm = 1, .count = count};
    if (count > 1)
        grid.step_nm =
            (wavelength_nm[count - 1] - wavelength_nm[0]) / (double)(count - 1);
    enum status status = check_samples(&grid, wavelength_nm, value);
    if (status != STATUS_OK)
        return status;
    *out = (struct spectrum){.grid = grid};
    for (size_t i = 0; i < count; i++)
        out->value[i] = value[i];
    return STATUS_OK;
}

bool grid_same(const struct grid *a, const struct grid *b)
{
    double ends_apart =
        fabs(grid_wavelength_nm(a, a->count - 1) - grid_wavelength_nm(b, b->count - 1));
    return a->count == b->count &&
           fabs(a->start_nm - b->start_nm) <= WAVELENGTH_TOLERANCE_NM &&
           ends_apart <= WAVELENGTH_TOLERANCE_NM;
}

static enum status check_grid(const struct grid *grid)
{
    int good = grid->count > 0 && grid->count <= SPECTRUM_MAX &&
               isfinite(grid->start_nm) && isfinite(grid->step_nm) && grid->step_nm > 0;
    return good ? STATUS_OK : STATUS_BAD_DATA;
}

static int reaches(const struct grid *data, const struct grid *grid, double beyond_nm)
{
    double first = grid_wavelength_nm(data, 0) - beyond_nm;
    double last = grid_wavelength_nm(data, data->count - 1) + beyond_nm;
    return grid_wavelength_nm(grid, 0) >= first &&
           grid_wavelength_nm(grid, grid->count - 1) <= last;
}

enum status spectrum_resample(const struct spectrum *spectrum, const struct grid *grid,
                              enum spectrum_extension extension, struct spectrum *out)
{
    if (check_grid(grid) != STATUS_OK)
        return STATUS_BAD_DATA;
    struct spectrum result = *spectrum;
    if (!grid_same(&spectrum->grid, grid)) {
        if (spectrum->grid.count < SPRAGUE_DATA)
            return STATUS_BAD_DATA;
        double beyond_nm = extension == SPECTRUM_EXTEND_FLAT ? EXTENSION_NM : 0;
        if (!reaches(&spectrum->grid, grid, beyond_nm + WAVELENGTH_TOLERANCE_NM))
            return STATUS_NOT_COVERED;
        result = (struct spectrum){.grid = *grid};
        for (size_t i = 0; i < grid->count; i++)
            result.value[i] = spectrum_interpolate(spectrum, grid_wavelength_nm(grid, i));
    }
    result.grid = *grid;
    *out = result;
    return STATUS_OK;
}

double spectrum_interpolate(const struct spectrum *spectrum, double wavelength_nm)
{
    struct sprague sprague = sprague_weights(&spectrum->grid, wavelength_nm);
    double sum = 0;
    for (size_t k = 0; k < SPRAGUE_DATA; k++)
        sum += sprague.weight[k] * spectrum->value[sprague.first + k];
    return sum;
}

static double mean(double *value, double *work, size_t count)
{
    (void)work;
    return gsl_stats_mean(value, 1, count);
}

static double median(double *value, double *work, size_t count)
{
    (void)work;
    return gsl_stats_median(value, 1, count);
}

/* GSL's own scale has more digits than the 1.4826 of our note. */
static double spread(double *value, double *work, size_t count)
{
    return 1.4826 * gsl_stats_mad0(value, 1, count, work);
}

/* A statistic over the spectra at each band; the statistic may reorder its values. */
static enum status by_band(const struct spectrum *spectra, size_t count,
                           double (*statistic)(double *, double *, size_t),
                           struct spectrum *out)
{
    assert(count > 0);
    for (size_t s = 1; s < count; s++)
        if (!grid_same(&spectra[0].grid, &spectra[s].grid))
            return STATUS_BAD_DATA;
    double *value = calloc(count, 2 * sizeof *value);
    if (!value)
        return STATUS_NO_MEMORY;
    struct spectrum result = {.grid = spectra[0].grid};
    for (size_t band = 0; band < result.grid.count; band++) {
        for (size_t s = 0; s < count; s++)
            value[s] = spectra[s].value[band];
        result.value[band] = statistic(value, value + count, count);
    }
    free(value);
    *out = result;
    return STATUS_OK;
}

enum status spectrum_mean(const struct spectrum *spectra, size_t count,
                          struct spectrum *out)
{
    return by_band(spectra, count, mean, out);
}

enum status spectrum_median(const struct spectrum *spectra, size_t count,
                            struct spectrum *out)
{
    return by_band(spectra, count, median, out);
}

enum status spectrum_spread(const struct spectrum *spectra, size_t count,
                            struct spectrum *out)
{
    return by_band(spectra, count, spread, out);
}
