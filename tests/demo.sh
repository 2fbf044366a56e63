#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job on the reference client, each command as a practitioner would type it.
# usage: demo.sh PROGRAM
set -u
program=$(realpath "$1") || exit 1
cd "$(dirname "$0")/.." || exit 1
unset SCALPTONE_PROFILES # the results shown are those of the profiles that come along

say() {
    printf '\n# %s\n' "$@"
}

# type_in ARGUMENT...: shows the command, then what it prints
type_in() {
    printf '\n$ scalptone %s\n' "$*"
    "$program" "$@" || {
        code=$?
        echo "demo: this command failed with exit code $code" >&2
        exit "$code"
    }
}

client=profiles/skin/client-a.cgats

say "The scalp of the reference client, in the form a spectrophotometer saves it: its color."
type_in color info "$client"

say "What the reading says about this skin: melanin, blood, scattering."
type_in skin fit "$client"

say "Black hair, shaved, 150 dots per square centimetre: one bottle of carbon and water."
type_in match --skin "$client" --hair black --density 150 --pigments carbon

say "The same client from a shelf of five bottles, which comes closer."
type_in match --skin "$client" --hair black --density 150

say "No instrument at hand: the quick look-up by skin and hair."
type_in ratio light brown --density 130

say "Next, with a scan of your own: build/release/scalptone match --skin SCAN --hair black" \
    "Or from calibration to recipe on a virtual instrument: build/release/scalptone demo"
