#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What README.md shows is what the program prints.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
cd "$source" || exit 1

# The first match: from its command, over two lines, to the disclaimer. Mend README.md with
# what is here expected where the program's words have changed on purpose.
sed -n '/^    \$ .*scalptone match/,/^    forecast not/ { s/^    //; p }' README.md >"$work/shown"
sed -n '1,2 { s/^\$ [^ ]*//; s/\\$//; p }' "$work/shown" | tr -d '\n' >"$work/arguments"
# shellcheck disable=SC2046 # the words of a command line
"$program" $(cat "$work/arguments") >"$work/printed" 2>"$work/err"
sed '1,/^$/d' "$work/shown" | diff - "$work/printed" >"$work/difference"
is "the first match in README.md" "" "$(cat "$work/difference")"
holds "and it is there" test -s "$work/printed"

# What README.md tells of certificates, whose lines it breaks otherwise.
tr '\n' ' ' <README.md | tr -s ' ' >"$work/readme"
# tells NAME COMMAND...: README.md has the certificate that the command prints
tells() {
    name=$1
    shift
    "$program" "$@" -q >"$work/printed"
    certificate=$(grep -o '.*([0-9]* recipes, [0-9]* examined, bound [0-9.]*)' "$work/printed")
    holds "$name: README.md has $certificate" grep -qF "${certificate:-none}" "$work/readme"
}
tells "a formula" pigment formulate --target '#8a6a55' --pigments @generic
tells "a search cut short" pigment formulate --target '#8a6a55' --pigments @generic \
    --budget 800
tells "all five bottles" match --skin profiles/skin/client-a.cgats --hair black --density 150 \
    --exact

# What "make demo" and "make check" install, from the Makefile's lists.
sed -n '/^installs what is missing/,/^Some tests/p' README.md >"$work/build"
packages=$(sed -n '/^TOOLS /,/^GUEST /p' Makefile | sed '$d' |
    grep -oE ':[a-z][a-z0-9.+-]+' | tr -d :)
holds "the Makefile lists packages" test "$(echo "$packages" | wc -w)" -ge 12
for package in gcc $packages; do
    holds "README.md lists $package" grep -qE "(^| )${package}[,.]" "$work/build"
done
finish
