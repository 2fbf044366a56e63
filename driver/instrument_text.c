/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the driver has to say, in words for a practitioner. */
#include "driver/instrument.h"

const char *instrument_status_text(enum instrument_status status)
{
    switch (status) {
    case INSTRUMENT_OK: return "done";
    case INSTRUMENT_NO_MEMORY: return "the computer is out of memory";
    case INSTRUMENT_CANCELLED: return "stopped as you asked";
    case INSTRUMENT_ABSENT: return "no instrument is connected";
    case INSTRUMENT_SEVERAL: return "more than one instrument is connected";
    case INSTRUMENT_NO_PERMISSION:
        return "this computer does not let you use the instrument";
    case INSTRUMENT_BUSY: return "the instrument is in use by another program";
    case INSTRUMENT_UNPLUGGED: return "the instrument was unplugged";
    case INSTRUMENT_NO_ANSWER: return "the instrument does not answer";
    case INSTRUMENT_BAD_REPLY: return "the instrument's answer makes no sense";
    case INSTRUMENT_TRANSFER: return "the cable does not carry data as it should";
    case INSTRUMENT_UNSUPPORTED: return "this is not an instrument we know";
    case INSTRUMENT_NOT_UNDERSTOOD: return "the instrument did not understand us";
    case INSTRUMENT_BATTERY_EMPTY: return "the batteries are empty";
    case INSTRUMENT_OUT_OF_RANGE: return "a setting is not possible on this instrument";
    case INSTRUMENT_LAMP: return "the lamp did not fire";
    case INSTRUMENT_NEEDS_ZERO: return "the instrument must be calibrated first";
    case INSTRUMENT_COMMUNICATION: return "the instrument reports connection trouble";
    case INSTRUMENT_NO_DATA: return "no reading is available yet";
    case INSTRUMENT_CALIBRATION_FAILED: return "the calibration failed";
    case INSTRUMENT_CONVERTER: return "the instrument has an internal measuring error";
    case INSTRUMENT_CLOCK:
        return "the instrument's clock is wrong or its backup cell is empty";
    case INSTRUMENT_NOT_WRITTEN: return "the instrument could not save the data";
    case INSTRUMENT_NO_USER_PLATE: return "no plate of your own is stored";
    case INSTRUMENT_NEEDS_WHITE: return "the white calibration is missing or too old";
    case INSTRUMENT_WRONG_APERTURE: return "the aperture slider and the setting differ";
    case INSTRUMENT_CHARGING_CIRCUIT: return "the flash cannot charge";
    case INSTRUMENT_NOT_READY: return "the instrument is still charging";
    case INSTRUMENT_MEASURING: return "the instrument does not finish measuring";
    case INSTRUMENT_NEEDS_USER_WHITE:
        return "the white calibration with your own plate is missing";
    case INSTRUMENT_WRITE_PROTECTED: return "targets are locked on the instrument";
    case INSTRUMENT_UNKNOWN_CODE: return "the instrument reports a code we do not know";
    case INSTRUMENT_IMPLAUSIBLE: return "the reading cannot be right";
    }
    return "unknown status";
}

const char *instrument_status_advice(enum instrument_status status)
{
    switch (status) {
    case INSTRUMENT_OK:
    case INSTRUMENT_CANCELLED: return "";
    case INSTRUMENT_NO_MEMORY: return "Close other programs and try again.";
    case INSTRUMENT_ABSENT: return "Switch the instrument on and plug in its cable.";
    case INSTRUMENT_SEVERAL: return "Name the one to use by its serial number.";
    case INSTRUMENT_NO_PERMISSION:
        return "Install the udev rule (make install-udev), then plug the instrument in "
               "anew.";
    case INSTRUMENT_BUSY: return "Close that program, then try again.";
    case INSTRUMENT_UNPLUGGED: return "Plug it in again, then repeat.";
    case INSTRUMENT_NO_ANSWER:
        return "Is it switched on? It may have gone to sleep: press a key. If it went "
               "silent in the middle of a measurement, the batteries are empty.";
    case INSTRUMENT_BAD_REPLY:
        return "Try again; if it repeats, save the log with --debug=usb and report it.";
    case INSTRUMENT_TRANSFER: return "Check the cable, or try another one.";
    case INSTRUMENT_UNSUPPORTED:
        return "Supported are the Konica Minolta CM-700d and CM-600d.";
    case INSTRUMENT_NOT_UNDERSTOOD: return "Save the log with --debug=usb and report it.";
    case INSTRUMENT_BATTERY_EMPTY: return "Fit new cells or use the mains adapter.";
    case INSTRUMENT_OUT_OF_RANGE: return "Report it, with the instrument's model.";
    case INSTRUMENT_LAMP: return "Try again; if it repeats, service is needed.";
    case INSTRUMENT_NEEDS_ZERO: return "Calibrate: zero, then white.";
    case INSTRUMENT_COMMUNICATION: return "Check the cable.";
    case INSTRUMENT_NO_DATA: return "Take a reading first.";
    case INSTRUMENT_CALIBRATION_FAILED:
        return "Clean the plate, seat it squarely, and repeat.";
    case INSTRUMENT_CONVERTER:
        return "Switch it off and on; if it repeats, service is needed.";
    case INSTRUMENT_CLOCK: return "Set the instrument's clock, or have its cell changed.";
    case INSTRUMENT_NOT_WRITTEN: return "Free some of the instrument's memory.";
    case INSTRUMENT_NO_USER_PLATE: return "Switch the instrument to its own white plate.";
    case INSTRUMENT_NEEDS_WHITE:
    case INSTRUMENT_NEEDS_USER_WHITE: return "Calibrate.";
    case INSTRUMENT_WRONG_APERTURE:
        return "Set the slider to the aperture you calibrated, 3 or 8 mm, and fit the "
               "matching mask.";
    case INSTRUMENT_CHARGING_CIRCUIT: return "Try fresh batteries or the mains adapter.";
    case INSTRUMENT_NOT_READY: return "Wait a little, then try again.";
    case INSTRUMENT_MEASURING: return "Switch it off and on, then try again.";
    case INSTRUMENT_WRITE_PROTECTED: return "Unlock the targets on the instrument.";
    case INSTRUMENT_UNKNOWN_CODE:
        return "Look the code up in the instrument's manual, and report it.";
    case INSTRUMENT_IMPLAUSIBLE:
        return "Hold the port flat on the skin so that no light gets in, and repeat; if "
               "it stays, calibrate again.";
    }
    return "";
}

const char *instrument_warning_text(enum instrument_warning warning)
{
    switch (warning) {
    case INSTRUMENT_WARN_LAMP:
        return "the lamp is getting weak: the reading was taken, have the instrument "
               "serviced";
    case INSTRUMENT_WARN_BATTERY: return "the batteries are low: change them soon";
    case INSTRUMENT_WARN_OVER_RANGE:
        return "the reading is out of range (shine or stray light): do not use it, check "
               "the contact with the skin";
    case INSTRUMENT_WARN_UNKNOWN: return "the instrument gave a warning we do not know";
    case INSTRUMENT_WARN_RECALIBRATE:
        return "the instrument recommends a new calibration, or cannot tell";
    case INSTRUMENT_WARN_APERTURE:
        return "it is not confirmed which aperture is in use: 3 or 8 mm";
    case INSTRUMENT_WARN_NOT_SKIN_LIKE:
        return "darker in red than in blue: this does not look like skin";
    }
    return "unknown warning";
}
