#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: same_digits.sh PROGRAM OTHER... (absolute paths): the results of a client's whole
# course, which are computed from seeded draws, and exact searches, are the same to the
# byte whatever compiler and flags built the program.
set -eu
profiles=$(cd "$(dirname "$0")/../profiles" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 SCALPTONE_PROFILES="$profiles" SOURCE_DATE_EPOCH=1790000000

# course PROGRAM FOLDER: leaves the results of a course in a folder
course() {
    mkdir "$2"
    (
        cd "$2"
        "$1" simulate bare --seed 5 --skin tan -o scalp.cgats -q >bare.txt
        "$1" simulate target --seed 5 --skin tan --hair dark-brown -o donor.cgats -q >target.txt
        "$1" skin fit scalp.cgats --json -q >fit.json
        "$1" match --skin scalp.cgats --target donor.cgats --modifiers oily --explain -q \
            --save recipe.json >match.txt
        printf '{"hair":"black"}\n{"hair":"brown","density":120,"months":12}\n' |
            "$1" match --batch --skin scalp.cgats -q >batch.ndjson
        "$1" plan recipe.json --sessions 3 --client client --svg fade.svg -q >plan.txt
        for session in 1 2 3; do
            "$1" simulate treated --client client --age 14d --seed 5 -q \
                -o scan-$session.json >treated-$session.txt
            "$1" followup scan-$session.json --client client --age 14d --apply -q --json \
                >followup-$session.json
        done
        "$1" plan client --json -q >forecast.json
        "$1" match --skin scalp.cgats --hair black --nominal --exact --volume 2ml \
            --drops-max 10 -q >exact.txt
        "$1" pigment formulate --target scalp.cgats --pigments @generic --json -q \
            >formula.json
        "$1" convert scalp.cgats scalp.csv -q
        awk -F, -v OFS=, 'NR == 1 { print; next }
            { for (k = 1; k <= 20; k++) {
                  for (i = 2; i <= NF; i++) if ($i ~ /^0[.][0-9]+$/) $i = sprintf("%.5f", 0.97 * $i)
                  print } }' scalp.csv >lines.csv
        "$1" pigment formulate --batch lines.csv --specular sce --pigments @generic -q \
            >formulas.ndjson
    )
}

first=$1
shift
course "$first" "$work/first"
passed=0
failed=0
for program; do
    course "$program" "$work/other"
    if diff -r "$work/first" "$work/other"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $program differs from $first"
    fi
    rm -rf "$work/other"
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
