# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# What the tests of the command line share; sourced. Each test works in a folder of its own
# and ends with: finish
set -u
program=${SCALPTONE:-$PWD/build/release/scalptone}
source=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck disable=SC2034 # some tests read measured data
test_data=${SCALPTONE_TEST_DATA:-$source/../shared/data}
passed=0
failed=0
skipped=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
# What a user's environment sets must not change a result.
unset NO_COLOR CLICOLOR_FORCE COLORTERM COLUMNS SCALPTONE_PROFILES SOURCE_DATE_EPOCH
export LC_ALL=C.UTF-8 TERM=xterm

pass() {
    passed=$((passed + 1))
}

fail() {
    failed=$((failed + 1))
    printf 'FAILED %s: %s\n' "$(basename "$0")" "$*"
}

# skip NAME WHY
skip() {
    skipped=$((skipped + 1))
    printf 'skipped: %s: %s\n' "$1" "$2"
}

# run ARGUMENT...: out, err and $code hold what the program left
run() {
    "$program" "$@" >"$work/out" 2>"$work/err" </dev/null
    code=$?
}

# is NAME EXPECTED ACTUAL
is() {
    if [ "$2" = "$3" ]; then pass; else fail "$1: expected \"$2\", got \"$3\""; fi
}

# exits NAME CODE ARGUMENT...
exits() {
    name=$1
    expected=$2
    shift 2
    run "$@"
    is "$name" "$expected" "$code"
}

# fails NAME CODE DOTTED ARGUMENT...: in text, and as one JSON document
fails() {
    name=$1
    expected=$2
    dotted=$3
    shift 3
    run "$@"
    is "$name: exit code" "$expected" "$code"
    is "$name: nothing on stdout" "" "$(cat "$work/out")"
    has "$name: code in the message" err "   [$expected $dotted]"
    run --json "$@"
    is "$name: exit code with --json" "$expected" "$code"
    is "$name: document" "scalptone/1 $dotted $expected" \
        "$(jq -r '"\(.schema) \(.error.code) \(.error.exit)"' "$work/out" 2>&1)"
}

# has NAME FILE TEXT: the file holds the text, taken literally
has() {
    if grep -qF -- "$3" "$work/$2"; then
        pass
    else
        fail "$1: no \"$3\" in: $(head -c 400 "$work/$2")"
    fi
}

# lacks NAME FILE TEXT
lacks() {
    if grep -qF -- "$3" "$work/$2"; then fail "$1: \"$3\" is in $2"; else pass; fi
}

# holds NAME COMMAND...: the command succeeds
holds() {
    name=$1
    shift
    if "$@"; then pass; else fail "$name"; fi
}

# within NAME VALUE LOW HIGH: numbers, or what awk makes one of
within() {
    holds "$1: $2 is not within $3 and $4" \
        awk "BEGIN { exit !($2 >= $3 && $2 <= $4) }"
}

# proves NAME FILTER FILE [OPTION...]: the jq filter is true of the document
proves() {
    name=$1
    filter=$2
    document=$3
    shift 3
    # of no document jq finds nothing untrue
    if [ -s "$work/$document" ] && jq -e "$@" "$filter" "$work/$document" >/dev/null; then
        pass
    else
        fail "$name: not $filter"
    fi
}

# covers_options COMMAND TEST...: every option of the command's own is in its tests
covers_options() {
    command=$1
    shift
    # shellcheck disable=SC2086 # a command may be two words
    "$program" $command --help | sed '/^Options of every command/q' | grep -o '^ *--[a-z-]*' |
        while read -r own; do
            cat "$@" | grep -qF -- "$own" || echo "$own"
        done >untested
    is "options of $command without a test" "" "$(cat untested)"
}

finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}
