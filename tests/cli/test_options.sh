#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Command lines that are right, and those that are not.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
color=lab:62.4,11.8,17.9

run color info $color --illuminant D50 --plain
cp out expected
exits "--option=value" 0 color info $color --illuminant=D50 --plain
holds "--option=value is --option value" cmp -s out expected
exits "global options before the command" 0 --plain --illuminant D50 color info $color
holds "before is behind" cmp -s out expected
exits "global options inside the command" 0 color --plain info --illuminant D50 $color
holds "inside is behind" cmp -s out expected
exits "an option given twice" 0 color info $color --plain --illuminant A --illuminant D50
holds "the last counts" cmp -s out expected

exits "short options in one word" 0 version -qo result.txt
has "-o wrote" result.txt "scalptone"
exits "a short option with its value attached" 0 version -oattached.txt
has "-oFILE wrote" attached.txt "scalptone"

fails "no command" 64 usage.command
fails "half a command" 64 usage.command color
fails "an unknown command" 64 usage.command colr
run colro info
has "a suggestion for two letters swapped" err "try: scalptone --help"
run converts a b
has "a suggestion one edit away" err "try: scalptone convert"
run color inof x
has "a suggestion for a command of two words" err "try: scalptone color info"
fails "an unknown option" 64 usage.option version --froce
has "a suggestion for an option" err "try: --force"
fails "an abbreviated option" 64 usage.option version --vers
fails "an unknown letter" 64 usage.option version -x
fails "a value for a switch" 64 usage.option version --quiet=yes
run version --output
is "a missing value" 64 $code
has "a missing value is named" err "--output lacks its value FILE"
fails "contradictory verbosity" 64 usage.option version --quiet --verbose
run version --json --plain
is "--json and --plain" 64 $code
fails "too few arguments" 64 usage.argument color diff $color
fails "too many arguments" 64 usage.argument convert a b c
run convert -- --json out.cgats
is "behind -- all are arguments" 66 $code
has "a file named like an option" err "--json: "

fails "an unknown choice" 64 usage.value version --color sometimes
fails "an unknown illuminant" 64 usage.value color info $color --illuminant D66
fails "an empty list of illuminants" 64 usage.value color info $color --illuminant ,
fails "an unknown observer" 64 usage.value color info $color --observer 5
fails "a clock that is none" 64 usage.value version --as-of yesterday
fails "a month that is none" 64 usage.value version --as-of 2026-13-01
fails "a day that is none" 64 usage.value version --as-of 2026-02-31
has "why" out "there is no such time"
SOURCE_DATE_EPOCH=soon "$program" version >out 2>err
is "an epoch that is none" 64 $?

run color info lab:50,0,0 --illuminant D65,A --plain
has "a color without a spectrum stays in its light" err "known in its own light only"
is "so it has one line" 1 "$(wc -l <out)"
fails "more illuminants than are shown" 64 usage.value color info $color \
    --illuminant A,C,D50,D55,D65,D75,FL1,FL2,FL3

created() {
    "$program" color info $color --json "$@" | jq -r .created
}
is "the clock in UTC" 2026-11-20T18:42:19Z "$(created --as-of 2026-11-20T18:42:19Z)"
is "the clock with a zone" 2026-11-20T17:42:19Z \
    "$(created --as-of 2026-11-20T18:42:19+01:00)"
is "a day alone" 2024-02-29T00:00:00Z "$(created --as-of 2024-02-29)"
is "SOURCE_DATE_EPOCH" 2001-09-09T01:46:40Z "$(SOURCE_DATE_EPOCH=1000000000 created)"
fails "an illuminant that is named twice" 64 usage.value color info lab:1,2,3 \
    --illuminant D65,A,A
fails "by two of its names" 64 usage.value color info lab:1,2,3 --illuminant F2,FL2
finish
