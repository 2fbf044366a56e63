#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The arrows between the rooms: cli -> colorlib, cli -> driver, nothing else.
set -u
cd "$(dirname "$0")/.." || exit 1
bad=0

# forbid FOLDER PATTERN WHY [EXCEPT]: no file of the folder includes what begins like the
# pattern, but for lines (file:number:text) that match the exception
forbid() {
    [ -d "$1" ] || return 0
    if grep -rnE --include='*.[ch]' "^[[:space:]]*#[[:space:]]*include[[:space:]]*$2" "$1" |
        grep -vE "${4:-^$}"; then
        echo "wrong arrow: $3" >&2
        bad=1
    fi
}

forbid colorlib '"(cli|driver|profiles|tests)/' 'colorlib knows no other room'
forbid driver '"(cli|colorlib|profiles|tests)/' 'the driver knows no other room'
forbid cli '"(profiles|tests)/' 'shipped code knows no test and no maker of profiles'
forbid profiles '"(cli|driver|tests)/' 'profiles are made with colorlib alone'
forbid tests/colorlib '"(cli|driver|profiles)/' "a room's tests know that room alone"
forbid tests/driver '"(cli|colorlib|profiles)/' "a room's tests know that room alone"
forbid cli '"driver/' 'only instrument.h and emulator.h are public in driver/' \
    '"driver/(instrument|emulator)\.h"'
for room in cli colorlib driver profiles tests; do
    forbid "$room" '"([^/"]*"|\.)' 'an include names the room'
done
for room in cli colorlib driver; do
    forbid "$room" '<libusb' 'transport_usb.c and usb_link.c alone know libusb' \
        '^driver/(transport_usb|usb_link)\.c:'
done
exit $bad
