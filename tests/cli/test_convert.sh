#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# convert: formats, grids, scales.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cp "$source/profiles/skin/client-a.cgats" a.cgats

exits "CGATS to CSV" 0 convert a.cgats a.csv
exits "CSV to JSON" 0 convert a.csv a.json
exits "JSON to .sp" 0 convert a.json a.sp
exits ".sp to CGATS" 0 convert a.sp round.cgats
for file in a.csv a.json a.sp round.cgats; do
    "$program" convert a.cgats - --to csv >expected
    "$program" convert $file - --to csv >out
    holds "$file holds what a.cgats does" cmp -s out expected
done
"$program" convert --from csv - - --to sp <a.csv >out
has "standard input and output" out "SPECT"

run convert a.cgats range.csv --range 420:680:20
is "another grid" 0 $code
has "is said" err "resampled from 400:700:10 to 420:680:20 nm"
is "its wavelengths" "420,440" "$(head -n 1 range.csv | grep -o '420,440')"
fails "beyond the data" 65 spectrum.range convert a.cgats x.csv --range 380:700:10
has "what there is" out "400:700"
holds "nothing is written" [ ! -e x.csv ]
for range in 400 400:700 700:400:10 400:700:0 400:700:7 400:700:x 1:9e9:1 400:700:10:5; do
    fails "--range $range" 64 usage.value convert a.cgats x.csv --range $range
done

printf 'id,400,420,440,460,480,500\n1,2,3,3,3,3,4\n' >vague.csv
fails "neither percent nor fraction" 65 file.malformed convert vague.csv x.csv
run convert vague.csv percent.csv --scale percent
is "--scale settles it" 0 $code
has "as a fraction" percent.csv "0.02000000,0.03000000"
fails "a scale that is none" 64 usage.value convert vague.csv x.csv --scale permille

fails "an ending that names no format" 64 file.format convert a.cgats a.xyz
fails "a chart is not written" 64 file.format convert a.cgats a.ti3
fails "a format that is none" 64 usage.value convert a.cgats a.csv --to xls
fails "an existing file" 73 output.exists convert a.cgats a.csv
exits "--force" 0 convert a.cgats a.csv --force
fails "two outputs" 64 usage.option convert a.cgats b.csv -o c.csv
: >empty.cgats
fails "an empty file" 65 file.malformed convert empty.cgats x.csv
mkdir folder.csv
fails "a folder" 74 file.read convert folder.csv x.csv

# a file that needs more memory than there is; a sanitizer needs more than that for itself
limited() {
    # shellcheck disable=SC3045 # dash has it, and so have bash and ksh
    (ulimit -v 30000 && "$program" "$@") >out 2>err
}
awk 'BEGIN { printf "id"; for (i = 400; i <= 700; i += 10) printf ",%d", i; print ""
    for (r = 0; r < 60000; r++) { printf "%d", r
        for (i = 0; i < 31; i++) printf ",0.5432"; print "" } }' >big.csv
if limited version; then
    limited convert big.csv - --to csv
    is "not enough memory" 71 $?
    has "it is said" err "[71 system.memory]"
else
    skip "not enough memory" "the program does not start under a limit"
fi
finish
