#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzzes, two programs at a time. What it finds stays in build/fuzz/corpus.
# usage: run.sh SECONDS PROGRAM...
set -u
seconds=$1
shift
failed=0
corpus=$(dirname "$1")/corpus

one() {
    name=$(basename "$1")
    mkdir -p "$corpus/$name"
    if "$1" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="$corpus/$name-" "$corpus/$name" "tests/fuzz/corpus/$name" \
        >"$corpus/$name.log" 2>&1; then
        printf '%-18s %s\n' "$name" "$(grep '^Done' "$corpus/$name.log")"
    else
        printf 'FAILED %s\n' "$name"
        tail -n 40 "$corpus/$name.log"
        return 1
    fi
}

while [ $# -gt 0 ]; do
    one "$1" &
    first=$!
    second=
    if [ $# -gt 1 ]; then
        one "$2" &
        second=$!
        shift
    fi
    shift
    wait "$first" || failed=$((failed + 1))
    [ -z "$second" ] || wait "$second" || failed=$((failed + 1))
done
[ "$failed" -eq 0 ]
