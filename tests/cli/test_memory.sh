#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Memory that runs out for a moment: a document is whole, or there is none.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

if grep -q __asan_init "$program"; then
    skip "documents without memory" "a sanitizer has an allocator of its own"
    finish
elif ! ${CC:-cc} -O1 -shared -fPIC -o failing.so "$source/tests/cli/failing_malloc.c" 2>err; then
    skip "documents without memory" "nothing that is preloaded can be built"
    finish
fi
"$program" scan scalp -i sim:cm700d --sites 2 -q -o scan.cgats

# outcomes ARGUMENT...: fails each 3rd allocation in turn and takes the outcomes down
outcomes() {
    "$program" "$@" >whole 2>err
    LD_PRELOAD=$work/failing.so "$program" "$@" 9>made >out 2>err
    : >outcomes
    i=1
    while [ "$i" -le "$(cat made)" ]; do
        FAIL_AT=$i LD_PRELOAD=$work/failing.so "$program" "$@" >out 2>err
        code=$?
        if [ $code = 0 ] && cmp -s out whole; then
            echo whole
        elif [ $code != 0 ] && ! grep -q '"data"' out; then
            echo "failure $code"
        else
            echo "a part, $code, at $i"
        fi >>outcomes
        i=$((i + 3))
    done
    lacks "$1 $2" outcomes part
    lacks "$1 $2 does not crash" outcomes "failure 139"
    has "$1 $2: memory mattered" outcomes "failure 71"
}
outcomes color info scan.cgats --json --as-of 2026-11-20
"$program" convert scan.cgats plain.csv -q
outcomes color info --batch --threads 1 plain.csv
echo '{"hair": "black"}' >target.ndjson
outcomes match --batch --threads 1 --nominal --pigments carbon --skin 'scan.cgats#scalp' \
    --as-of 2026-11-20 target.ndjson
outcomes convert scan.cgats - --to json
outcomes scan tile -i sim:cm700d --sites 1 --json --as-of 2026-11-20
outcomes skin fit scan.cgats --json --as-of 2026-11-20
# shellcheck source=tests/cli/ladder.sh
. "$source/tests/cli/ladder.sh"
ladder ladder.csv 0.01 0.02 0.04
"$program" pigment calibrate ash --ladder ladder.csv --class carbon -o ash.cgats -q >out
outcomes pigment calibrate ash --ladder ladder.csv --json --as-of 2026-11-20
outcomes pigment validate ash.cgats --mix ash=1,water=49 --measured 'ladder.csv#w2' \
    --backing 'ladder.csv#white' --json --as-of 2026-11-20
outcomes pigment formulate --target 'ladder.csv#w2' --threads 1 --json --as-of 2026-11-20
outcomes pigment formulate --batch plain.csv --specular sce --threads 1
outcomes pigment export ash.cgats --json --as-of 2026-11-20
# shellcheck source=tests/cli/lots.sh
. "$source/tests/cli/lots.sh"
lot 1 0 2 1 >lots.csv
"$program" standard add lots lots.csv -q -o standard.json
outcomes standard show standard.json --json --as-of 2026-11-20
outcomes batch check 1 lots.csv --standard standard.json --json --as-of 2026-11-20
"$program" batch check 1 lots.csv --standard standard.json -q -o check.json
outcomes batch certificate check.json --json --as-of 2026-11-20
finish
