/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/failure.h"

#include <assert.h>
#include <stdarg.h>

static const struct failure_kind kinds[FAILURE_CODE_COUNT] = {
    [FAILURE_BATCH_STRENGTH] = {"batch.strength", EXIT_DATA,
                                "readings that tell no strength"},
    [FAILURE_CALIBRATION_MISSING] = {"calibration.missing", EXIT_TRY_AGAIN,
                                     "no calibration that can be trusted"},
    [FAILURE_COLOR_SEVERAL] = {"color.several", EXIT_USAGE,
                               "several samples where one color is needed"},
    [FAILURE_COLOR_UNKNOWN] = {"color.unknown", EXIT_USAGE, "not a form of COLOR"},
    [FAILURE_COLOR_WHITE] = {"color.white", EXIT_DATA,
                             "colors without spectra under different whites"},
    [FAILURE_CONDITIONS_APERTURE] = {"conditions.aperture", EXIT_DATA,
                                     "readings through different apertures"},
    [FAILURE_CONDITIONS_DIFFER] = {"conditions.differ", EXIT_DATA,
                                   "a batch measured otherwise than its standard"},
    [FAILURE_CONDITIONS_SIMULATED] = {"conditions.simulated", EXIT_DATA,
                                      "a simulated scan for a record of measured ones"},
    [FAILURE_DEMO] = {"demo.step", EXIT_INTERNAL,
                      "a step of the demonstration could not be run"},
    [FAILURE_EXISTING_STRONG] = {"existing.strong", EXIT_DATA,
                                 "work in the skin is stronger than its record"},
    [FAILURE_EXISTING_UNKNOWN] = {"existing.unknown", EXIT_DATA,
                                  "a scan of work in the skin that nothing explains"},
    [FAILURE_FILE_FORMAT] = {"file.format", EXIT_USAGE,
                             "a file format unknown or not to be written"},
    [FAILURE_FILE_MALFORMED] = {"file.malformed", EXIT_DATA,
                                "malformed, inconsistent or non-finite data"},
    [FAILURE_FILE_MISSING] = {"file.missing", EXIT_NO_INPUT, "no such file"},
    [FAILURE_FILE_READ] = {"file.read", EXIT_IO, "a file could not be read"},
    [FAILURE_HAIR_UNKNOWN] = {"hair.unknown", EXIT_NO_INPUT, "no such class of hair"},
    [FAILURE_INSTRUMENT_ABSENT] = {"instrument.absent", EXIT_NO_INSTRUMENT,
                                   "no supported instrument is connected"},
    [FAILURE_INSTRUMENT_BUSY] = {"instrument.busy", EXIT_TRY_AGAIN,
                                 "another program holds the instrument"},
    [FAILURE_INSTRUMENT_HARDWARE] = {"instrument.hardware", EXIT_IO,
                                     "the instrument reports a fault of its own"},
    [FAILURE_INSTRUMENT_OPERATOR] = {"instrument.operator", EXIT_TRY_AGAIN,
                                     "a fault that the operator can mend"},
    [FAILURE_INSTRUMENT_PERMISSION] = {"instrument.permission", EXIT_NO_PERMISSION,
                                       "no permission to open the device"},
    [FAILURE_INSTRUMENT_PROTOCOL] = {"instrument.protocol", EXIT_PROTOCOL,
                                     "the instrument answered nonsense"},
    [FAILURE_INSTRUMENT_READING] = {"instrument.reading", EXIT_DATA,
                                    "a reading that cannot be right"},
    [FAILURE_INSTRUMENT_SETTING] = {"instrument.setting", EXIT_SETTING,
                                    "a setting stored in the instrument is in the way"},
    [FAILURE_INSTRUMENT_SEVERAL] = {"instrument.several", EXIT_USAGE,
                                    "more than one instrument matches"},
    [FAILURE_INSTRUMENT_SILENT] = {"instrument.silent", EXIT_IO,
                                   "the instrument does not answer"},
    [FAILURE_INSTRUMENT_STATE] = {"instrument.state", EXIT_INTERNAL,
                                  "the instrument has nothing where a reading is due"},
    [FAILURE_INSTRUMENT_TRANSFER] = {"instrument.transfer", EXIT_IO,
                                     "the bus reported an error"},
    [FAILURE_INSTRUMENT_UNPLUGGED] = {"instrument.unplugged", EXIT_IO,
                                      "the instrument was unplugged"},
    [FAILURE_INSTRUMENT_UNSUPPORTED] = {"instrument.unsupported", EXIT_NO_INSTRUMENT,
                                        "a device that is not supported"},
    [FAILURE_INTERRUPTED] = {"interrupted", EXIT_INTERRUPTED, "stopped by the user"},
    [FAILURE_LADDER_UNUSABLE] = {"ladder.unusable", EXIT_DATA,
                                 "the readings do not make a ladder of a pigment"},
    [FAILURE_OUTPUT_BUSY] = {"output.busy", EXIT_TRY_AGAIN,
                             "another run is writing to the file"},
    [FAILURE_OUTPUT_CREATE] = {"output.create", EXIT_CANNOT_CREATE,
                               "the output file cannot be made"},
    [FAILURE_OUTPUT_EXISTS] = {"output.exists", EXIT_CANNOT_CREATE,
                               "the output file is there already"},
    [FAILURE_OUTPUT_FOREIGN] = {"output.foreign", EXIT_DATA,
                                "the file to resume is of another run"},
    [FAILURE_OUTPUT_WRITE] = {"output.write", EXIT_IO, "writing the result failed"},
    [FAILURE_PIGMENT_NONE] = {"pigment.none", EXIT_USAGE, "no pigment is left to mix"},
    [FAILURE_PIGMENT_UNFIT] = {"pigment.unfit", EXIT_DATA,
                               "a pigment that no such film can be made of"},
    [FAILURE_PIGMENT_UNKNOWN] = {"pigment.unknown", EXIT_NO_INPUT,
                                 "no such pigment or set of pigments"},
    [FAILURE_PROFILE_MISSING] = {"profile.missing", EXIT_NO_INPUT,
                                 "no such file in the profile folders"},
    [FAILURE_RECIPE_NONE] = {"recipe.none", EXIT_VERDICT_FAIL,
                             "nothing that can be poured meets the target"},
    [FAILURE_SAMPLE_MISSING] = {"sample.missing", EXIT_NO_INPUT,
                                "no such sample in the file"},
    [FAILURE_SCAN_KNOWN] = {"scan.known", EXIT_DATA,
                            "the client's folder holds this scan already"},
    [FAILURE_SCAN_UNEXPLAINED] = {"scan.unexplained", EXIT_DATA,
                                  "no state of a client explains the re-scans"},
    [FAILURE_SKIN_FIT] = {"skin.fit", EXIT_DATA,
                          "the skin model does not describe the measurement"},
    [FAILURE_SPECTRUM_NEEDED] = {"spectrum.needed", EXIT_DATA,
                                 "a color alone does not do, a spectrum is needed"},
    [FAILURE_SPECTRUM_RANGE] = {"spectrum.range", EXIT_DATA,
                                "the wavelengths needed are not covered"},
    [FAILURE_STATE] = {"state.covariance", EXIT_DATA,
                       "what is known of a client is no distribution"},
    [FAILURE_SYSTEM_MEMORY] = {"system.memory", EXIT_OS, "out of memory"},
    [FAILURE_TARGET_LIGHTER] = {"target.lighter", EXIT_DATA,
                                "pigment cannot make skin lighter"},
    [FAILURE_TECHNIQUE_COVERAGE] = {"technique.coverage", EXIT_DATA,
                                    "the dots cover more skin than the model holds for"},
    [FAILURE_TECHNIQUE_UNKNOWN] = {"technique.unknown", EXIT_NO_INPUT,
                                   "no such technique"},
    [FAILURE_TOLERANCE_UNKNOWN] = {"tolerance.unknown", EXIT_NO_INPUT,
                                   "no such tolerance"},
    [FAILURE_USAGE_ANSWER] = {"usage.answer", EXIT_USAGE,
                              "the input ended where an answer was waited for"},
    [FAILURE_USAGE_ARGUMENT] = {"usage.argument", EXIT_USAGE,
                                "an argument is missing or one too many"},
    [FAILURE_USAGE_COMMAND] = {"usage.command", EXIT_USAGE, "no such command"},
    [FAILURE_USAGE_OPTION] = {"usage.option", EXIT_USAGE,
                              "an option unknown, incomplete or contradictory"},
    [FAILURE_USAGE_TOPIC] = {"usage.topic", EXIT_USAGE, "no such help topic"},
    [FAILURE_USAGE_VALUE] = {"usage.value", EXIT_USAGE,
                             "a value not understood or out of range"},
};

const struct failure_kind *failure_kind(enum failure_code code)
{
    assert(code > FAILURE_NONE && code < FAILURE_CODE_COUNT && kinds[code].name);
    return &kinds[code];
}

enum exit_code failure_set(struct failure *failure, enum failure_code code,
                           const char *format, ...)
{
    va_list values;
    va_start(values, format);
    failure->code = code;
    failure->hint[0] = '\0';
    vsnprintf(failure->message, sizeof failure->message, format, values);
    va_end(values);
    return failure_kind(code)->exit;
}

void failure_hint(struct failure *failure, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vsnprintf(failure->hint, sizeof failure->hint, format, values);
    va_end(values);
}

static enum failure_code code_of(enum status status)
{
    assert(status != STATUS_OK);
    switch (status) {
    case STATUS_OK: break;
    case STATUS_NO_MEMORY: return FAILURE_SYSTEM_MEMORY;
    case STATUS_BAD_DATA: return FAILURE_FILE_MALFORMED;
    case STATUS_NOT_COVERED: return FAILURE_SPECTRUM_RANGE;
    case STATUS_OUT_OF_RANGE: return FAILURE_USAGE_VALUE;
    case STATUS_NOT_FOUND: return FAILURE_FILE_MISSING;
    case STATUS_IO: return FAILURE_FILE_READ;
    case STATUS_NOT_CONVERGED: return FAILURE_SKIN_FIT;
    case STATUS_REJECTED: return FAILURE_SKIN_FIT;
    case STATUS_NEEDS_SPECTRUM: return FAILURE_SPECTRUM_NEEDED;
    }
    return FAILURE_FILE_MALFORMED;
}

enum exit_code failure_from_file(struct failure *failure, const char *path,
                                 enum status status, const struct fault *fault)
{
    const char *text = fault->text[0] ? fault->text : status_text(status);
    if (fault->line == 0)
        return failure_set(failure, code_of(status), "%s: %s", path, text);
    return failure_set(failure, code_of(status), "%s:%zu:%zu: %s", path, fault->line,
                       fault->column, text);
}

/* C0, DEL, and C1 as UTF-8 spells it: bytes to skip, 0 for text. */
static size_t control_length(const char *text)
{
    unsigned char first = (unsigned char)text[0];
    unsigned char second = first ? (unsigned char)text[1] : 0;
    if (first == 0xc2 && second >= 0x80 && second < 0xa0)
        return 2;
    return first < ' ' || first == 0x7f;
}

void print_safely(FILE *stream, const char *text)
{
    while (*text) {
        size_t control = control_length(text);
        fputc(control ? '?' : *text, stream);
        text += control ? control : 1;
    }
}

void failure_print(FILE *stream, const char *command, const struct failure *failure)
{
    const struct failure_kind *kind = failure_kind(failure->code);
    fprintf(stream, "%s: ", SCALPTONE_NAME);
    if (command)
        fprintf(stream, "%s: ", command);
    print_safely(stream, failure->message);
    if (failure->hint[0]) {
        fputs("\n  try: ", stream);
        print_safely(stream, failure->hint);
    }
    fprintf(stream, "   [%d %s]\n", (int)kind->exit, kind->name);
}
