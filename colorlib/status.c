/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/status.h"

const char *status_text(enum status status)
{
    switch (status) {
    case STATUS_OK: return "ok";
    case STATUS_NO_MEMORY: return "out of memory";
    case STATUS_BAD_DATA: return "malformed or inconsistent data";
    case STATUS_NOT_COVERED: return "the data do not cover the wavelengths needed";
    case STATUS_OUT_OF_RANGE: return "a number outside the range allowed";
    case STATUS_NOT_FOUND: return "not found";
    case STATUS_IO: return "reading or writing failed";
    case STATUS_NOT_CONVERGED: return "the fit did not converge";
    case STATUS_REJECTED: return "outside the limits within which the model holds";
    case STATUS_NEEDS_SPECTRUM: return "a spectrum is needed, not only a color";
    }
    return "unknown status";
}
