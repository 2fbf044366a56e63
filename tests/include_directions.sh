#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The arrows between the rooms: cli -> colorlib, cli -> driver, nothing else.
set -u
bad=0

# forbid FOLDER PATTERN WHY: no file of the folder may include what the pattern names
forbid() {
    [ -d "$1" ] || return 0
    if grep -rnE "^#include \"($2)/" "$1"; then
        echo "wrong arrow: $3" >&2
        bad=1
    fi
}

forbid colorlib 'cli|driver|tests' 'colorlib knows no other room'
forbid driver 'cli|colorlib|tests' 'the driver knows no other room'
forbid cli 'tests' 'shipped code knows no test'
forbid tests/colorlib 'cli|driver' "a room's tests know that room alone"
forbid tests/driver 'cli|colorlib' "a room's tests know that room alone"

if [ -d cli ] && grep -rnE '^#include "driver/' cli | grep -vE '"driver/(instrument|emulator)\.h"'; then
    echo 'wrong arrow: only instrument.h and emulator.h are public in driver/' >&2
    bad=1
fi
exit $bad
