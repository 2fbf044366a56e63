#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs test programs side by side and adds up their last lines.
# usage: run.sh LOG-FOLDER PROGRAM...
set -u
logs=$1
shift
mkdir -p "$logs"

one() {
    room=$(basename "$(dirname "$1")")
    log="$logs/$room-$(basename "$1").log"
    "$1" >"$log" 2>&1
    code=$?
    if ! tail -n 1 "$log" | grep -q '^[0-9]* passed, [0-9]* failed, [0-9]* skipped$'; then
        echo "ended with code $code and no result" >>"$log"
        echo "0 passed, 1 failed, 0 skipped" >>"$log"
    fi
    printf '%s %s %s\n' "$room" "$(basename "$1")" "$(tail -n 1 "$log")"
}

if [ "$1" = --one ]; then
    one "$2"
    exit 0
fi

rm -f "$logs"/*.log
printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} "$0" "$logs" --one {} | sort >"$logs/results"
grep -h '^FAILED\|^skipped\|ended with code' "$logs"/*.log | grep -v '^skipped: .*:$'
awk '
    { passed[$1] += $3; failed[$1] += $5; skipped[$1] += $7 }
    $5 > 0 { print "FAILED " $1 "/" $2 }
    END {
        for (room in passed) {
            printf "%-10s %4d passed, %d failed, %d skipped\n", room, passed[room],
                   failed[room], skipped[room]
            p += passed[room]; f += failed[room]; s += skipped[room]
        }
        printf "%d passed, %d failed, %d skipped\n", p, f, s
        exit f > 0 || p == 0
    }' "$logs/results"
