#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Help and version are made of the tables, and need nothing else.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# the commands that the program lists, one a line: "color info"
run --help
commands=$(sed -n '/^Commands:/,/^$/p' out | sed -n 's/^  \([a-z]\{1,\}\( [a-z]\{1,\}\)\{0,1\}\)\( .*\)\{0,1\}$/\1/p')
is "the program's help succeeds" 0 "$code"
is "two examples come first" "Examples:" "$(head -n 1 out)"
holds "the program has commands" [ -n "$commands" ]

# the options that a table in the source holds: {"name", 'l', ...
options_of() {
    sed -n 's/^ *{"\([a-z-]*\)", \(0\|'"'.'"'\),.*/\1/p' "$1"
}

options_of "$source/cli/globals.c" >global_options
holds "the table of global options is found" [ -s global_options ]
run --help
while read -r name; do
    has "the program's help has --$name" out "--$name"
done <global_options

printf '%s\n' "$commands" >commands
while read -r command; do
    # shellcheck disable=SC2086 # two words are two arguments
    exits "help of $command" 0 $command --help
    holds "$command: its help fits 80 columns" [ "$(wc -L <out)" -le 80 ]
    is "$command: two examples first" "Examples:" "$(head -n 1 out)"
    is "$command: examples are commands of the program" 2 \
        "$(sed -n '2,3p' out | grep -c '^  scalptone ')"
    file=$source/cli/$(printf '%s' "$command" | tr ' ' '_').c
    [ -f "$file" ] || file=$source/cli/${command}_command.c
    { options_of "$file"; cat global_options; } >options
    while read -r name; do
        has "$command --help has --$name" out "--$name"
    done <options
    # shellcheck disable=SC2086
    cp out by_option && run help $command
    holds "help $command is $command --help" cmp -s out by_option
done <commands

for topic in batch colors errors files formulas json privacy units; do
    exits "help $topic" 0 help $topic
    holds "help $topic says something" [ -s out ]
    holds "help $topic fits 80 columns" [ "$(wc -L <out)" -le 80 ]
    run --help
    has "the program's help names the topic $topic" out "  $topic"
done

run help privacy
has "help privacy says where calibrations are kept" out "XDG_STATE_HOME/scalptone/calibration"
run help errors
sed -n 's/^ *\[FAILURE_[A-Z_]*\] = {"\([a-z.-]*\)".*/\1/p' "$source/cli/failure.c" >codes
holds "the table of failures is found" [ -s codes ]
while read -r dotted; do
    has "help errors lists $dotted" out " $dotted "
done <codes

fails "an unknown topic" 64 usage.topic help colours
exits "the group's help" 0 color --help
has "the group's help lists its commands" out "color diff"

exits "--version" 0 --version
has "--version names the program" out "scalptone "
has "--version names the libraries" out "LittleCMS"
cp out by_option
exits "version" 0 version
holds "version is --version" cmp -s out by_option
env -i "$program" --help >out 2>err
is "help without any environment" 0 $?
finish
