#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs test programs side by side and adds up their last lines.
# usage: run.sh LOG-FOLDER PROGRAM...
set -u
export LC_ALL=C.UTF-8
limit=600 # seconds a program may take
# Leaks are failures; running out of memory is a status, as it is without a sanitizer.
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1
logs=$1
shift

# Runs one program and prints: room, name, its last line.
one() {
    room=$(basename "$(dirname "$1")")
    name=$(basename "$1")
    log=$logs/$room-$name.log
    timeout -k 10 $limit "$1" >"$log" 2>&1 </dev/null
    code=$?
    result=$(tail -n 1 "$log" |
        grep -xE '[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped')
    case $result in
    '' | *' 0 failed,'*)
        if [ $code -ne 0 ] || [ -z "$result" ]; then
            why="ended with code $code and no failed test"
            [ $code -ne 124 ] || why="was ended after $limit s"
            echo "FAILED $room/$name $why" >>"$log"
            result='0 passed, 1 failed, 0 skipped'
        fi
        ;;
    esac
    echo "$room $name $result"
}

if [ "$1" = --one ]; then
    one "$2"
    exit 0
fi

mkdir -p "$logs"
rm -f "$logs"/*.log
printf '%s\0' "$@" | xargs -0 -r -P "$(nproc)" -I{} "$0" "$logs" --one {} |
    sort >"$logs/results"
grep -hE '^(FAILED|skipped:|counted:)' "$logs"/*.log
awk '
    function print_room() {
        if (room != "")
            printf "%-10s %4d passed, %d failed, %d skipped\n", room, p, f, s
        passed += p; failed += f; skipped += s
        p = f = s = 0
    }
    $1 != room { print_room(); room = $1 }
    { p += $3; f += $5; s += $7 }
    $5 > 0 { print "FAILED " $1 "/" $2 ": see its log in " logs }
    END {
        print_room()
        printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
        exit failed > 0 || passed == 0 || NR != programs
    }' logs="$logs" programs=$# "$logs/results"
