#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Results leave whole or not at all, the same everywhere.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
color=lab:62.4,11.8,17.9
skin=$source/profiles/skin/client-a.cgats

run version
cp out expected
exits "--output" 0 version -o result.txt
holds "the file has the result" cmp -s result.txt expected
holds "stdout has nothing" [ ! -s out ]
is "permissions follow the umask" 644 "$(umask 022; "$program" version -o mode.txt;
    stat -c %a mode.txt)"
echo precious >kept.txt
fails "an existing file" 73 output.exists version -o kept.txt
is "an existing file is kept" precious "$(cat kept.txt)"
exits "--force" 0 version -o kept.txt --force
holds "--force replaces" cmp -s kept.txt expected
echo precious >target.txt
ln -s target.txt link.txt
fails "a link to an existing file" 73 output.exists version -o link.txt
exits "--force through a link" 0 version -o link.txt --force
holds "the link stays" [ -L link.txt ]
holds "what it leads to is replaced" cmp -s target.txt expected
exits "- is stdout" 0 version -o -
holds "- has the result" cmp -s out expected
fails "a folder that is not there" 73 output.create version -o none/result.txt
fails "a folder in place of a file" 73 output.create version -o .
run color info no-such-file.sp -o failed.txt
holds "a failure leaves no file" [ ! -e failed.txt ]
echo precious >kept.txt
run color info no-such-file.sp -o kept.txt --force
is "a failure leaves the file there was" precious "$(cat kept.txt)"
is "no temporary file stays" "" "$(find . -name '*.tmp')"
exits "a device is written in place" 0 version -o /dev/null
holds "the device is still one" [ -c /dev/null ]

"$program" version >/dev/full 2>err
is "a full disk behind stdout" 74 $?
has "a full disk is named" err "[74 output.write]"
"$program" version -o /dev/full 2>err
is "a full disk behind --output" 74 $?

# a stream that is closed is no one else's
"$program" version >&- 2>err
is "a closed stdout" 74 $?
has "a closed stdout is named" err "stdout: Bad file descriptor   [74 output.write]"
"$program" demo >&- 2>err
is "a closed stdout of commands in a row" 74 $?
"$program" demo >/dev/full 2>err
is "a full disk behind commands in a row" 74 $?
"$program" version -o closed.txt <&- >&- 2>&-
is "a result into a file needs no stream" 0 $?
holds "and is whole" cmp -s closed.txt expected
"$program" color info - <&- >out 2>err
is "a closed stdin" 74 $?
has "a closed stdin is told" err "Bad file descriptor"
for stream in 0 1 2; do
    mkfifo reading.$stream
    "$program" color info reading.$stream <&- >&- 2>&- &
    reader=$!
    exec 4>reading.$stream # waits until it is opened for reading
    is "a file that is read does not become stream $stream" /dev/null \
        "$(readlink /proc/$reader/fd/$stream)"
    exec 4>&-
    wait $reader
done

# the reader is gone before the writer begins; with and without SIGPIPE ignored
broken_pipe() {
    mkfifo "$1.pipe"
    (exec 3<"$1.pipe"; exec 3<&-; : >"$1.gone") &
    (exec 4>"$1.pipe"
        while [ ! -e "$1.gone" ]; do :; done
        [ "$1" = ignored ] && trap '' PIPE
        "$program" help errors >&4 2>"$1.err")
    wait
    is "a broken pipe, SIGPIPE $1, is quiet" "" "$(cat "$1.err")"
}
broken_pipe default
broken_pipe ignored

# no escape codes unless there is a terminal that has colors, or they are asked for
escape=$(printf '\033')
run color info $color
lacks "piped output has no escape codes" out "$escape"
run color info $color --color=always
has "--color=always" out "$escape"
run color info $color --color=always --plain
lacks "--plain has no escape codes" out "$escape"
CLICOLOR_FORCE=1 "$program" color info $color >out
has "CLICOLOR_FORCE" out "$escape"
CLICOLOR_FORCE=1 NO_COLOR=1 "$program" color info $color >out
lacks "NO_COLOR goes before CLICOLOR_FORCE" out "$escape"
COLORTERM=truecolor "$program" color info $color --color=always >out
has "COLORTERM=truecolor gives 24 bits" out "${escape}[38;2;182;143;120m"
run color info lab:50,120,-90
has "a color outside sRGB is marked" out "~#"

# on_terminal SETTING...: out holds what the program prints to a terminal
on_terminal() {
    env "$@" script -qec "'$program' color info $color" /dev/null >out </dev/null
}
if command -v script >/dev/null; then
    on_terminal TERM=xterm-256color
    has "a terminal with 256 colors" out "${escape}[38;5;"
    on_terminal TERM=xterm COLORTERM=truecolor
    has "a terminal with all colors" out "${escape}[38;2;"
    on_terminal TERM=xterm-256color NO_COLOR=1
    lacks "NO_COLOR on a terminal" out "$escape"
    on_terminal TERM=dumb COLORTERM=truecolor
    lacks "a dumb terminal" out "$escape"
else
    skip "colors on a terminal" "there is no script(1)"
fi

# documents are the same bytes under every locale; text in every locale of a charset
run skin fit "$skin" --json --as-of 2026-11-20
cp out expected
if command -v localedef >/dev/null &&
    localedef -i de_DE -f UTF-8 "$work/de_DE.UTF-8" 2>/dev/null; then
    locales="C C.UTF-8 de_DE.UTF-8"
else
    skip "a decimal comma in the locale" "localedef cannot make one"
    locales="C C.UTF-8"
fi
run skin fit "$skin" --json --as-of 2026-11-20
holds "a second run gives the same bytes" cmp -s out expected
for locale in $locales; do
    LOCPATH=$work LC_ALL=$locale "$program" skin fit "$skin" --json --as-of 2026-11-20 >out
    holds "a document under $locale" cmp -s out expected
    LOCPATH=$work LC_ALL=$locale "$program" color info "$skin" --plain >out
    holds "a number under $locale" grep -q '64\.46' out
done
LC_ALL=C "$program" skin fit "$skin" >out
has "another charset gets ASCII signs" out "+-0.0"
LC_ALL=C grep -q '[^ -~]' out
is "another charset gets ASCII alone" 1 $?

cp "$skin" a.cgats
widest() {
    "$program" "$@" | wc -L
}
for columns in 40 60 80 100; do
    export COLUMNS=$columns
    holds "a table in $columns columns" [ "$(widest color info a.cgats)" -le $columns ]
    holds "a chart in $columns columns" [ "$(widest color plot a.cgats)" -le $columns ]
done

# -- results of one object -----
for command in version "doctor -i sim:cm700d" "instrument info -i sim:cm700d" "calibrate -i sim:cm700d"; do
    # shellcheck disable=SC2086 # split into words
    exits "$command --plain" 0 $command --plain -q
    is "$command --plain: a tab in each line" "$(grep -c . out)" "$(grep -c '	' out)"
done
run version --json
is "version --json" version "$(jq -r .kind out)"
finish
