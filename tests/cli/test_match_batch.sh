#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# match on streams: --batch, --threads, --resume.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cp "$source/profiles/skin/client-a.cgats" a.cgats
cp "$source/profiles/skin/client-b.cgats" b.cgats

# targets COUNT [FIRST]: darker looks of about the first client's skin
targets() {
    awk -v count="$1" -v first="${2:-1}" 'BEGIN {
        for (n = first; n < first + count; n++) {
            printf "{\"id\": \"T%d\", \"reflectance\": {\"start_nm\": 400, \"step_nm\": 10,", n
            printf " \"values\": ["
            for (i = 0; i <= 30; i++) {
                skin = 0.18 + 0.34 * (i / 30) ^ 1.5 - 0.05 * exp(-((i - 15) / 3) ^ 2)
                printf "%s%.4f", i ? ", " : "", skin * (0.55 + n % 97 / 400)
            }
            print "]}}"
        }
    }'
}
batch() {
    "$program" match --batch --as-of 2026-11-20 --specular sce --skin a.cgats "$@"
}
# one bottle makes a line cheap
cheap="--batch --as-of 2026-11-20 --specular sce --skin a.cgats --nominal --pigments carbon \
    --max-pigments 1"
quick() {
    # shellcheck disable=SC2086 # words they are
    "$program" match $cheap "$@"
}
# lines FILE: their numbers, e where there is an error
lines() {
    jq -r '"\(.line)\(if .error then "e" else "" end)"' "$1" | paste -sd' '
}

# -- the same recipes as without --batch --------------------------------------------------
# alone LINE [OPTION...]: what match finds for a target of many.ndjson
alone() {
    number=$1
    shift
    sed -n "${number}p" many.ndjson |
        jq '{schema: "scalptone/1", kind: "spectra", conditions: {},
            data: {samples: [. + {name: .id}]}}' >alone.json
    "$program" match --as-of 2026-11-20 --specular sce --skin a.cgats --target alone.json \
        --json -q "$@" | jq -c 'del(.data.certificate)'
}
targets 6 >many.ndjson
batch --nominal many.ndjson >nominal
is "a document for each line" 6 "$(jq -c 'select(.kind == "match")' nominal | wc -l)"
proves "without a certificate" '.data | has("certificate") | not' nominal
is "in their order, with their ids" "1,T1 2,T2 3,T3 4,T4 5,T5 6,T6" \
    "$(jq -r '"\(.line),\(.id)"' nominal | paste -sd' ')"
for line in 2 5; do
    alone $line --nominal --uncertainty 0 >one
    sed -n ${line}p nominal | jq -c 'del(.line, .check, .id)' >of_batch
    holds "line $line is the document of match --nominal" cmp one of_batch
done
targets 1 | batch --uncertainty 16 >robust
alone 1 --uncertainty 16 >one
jq -c 'del(.line, .check, .id)' robust >of_batch
holds "and that of the robust search" cmp one of_batch
proves "which tells intervals" '.data.recipes[0] | has("u95") and (.forecast[0] |
    has("interval"))' robust
proves "as nominal batches do not" '.data.recipes[0] | has("u95") or (.forecast[0] |
    has("interval")) | not' nominal
targets 1 | batch --nominal --uncertainty 16 >both
proves "unless they are asked to" '.data.search == "nominal" and
    (.data.recipes[0] | has("u95"))' both
sed -n 1p nominal >plan.json
holds "and can be planned with" "$program" plan plan.json -q -o planned

# -- members of a line ---------------------------------------------------------------------
skin=$("$program" convert b.cgats - --to json -q | jq -c '.data.samples[0]')
scan=$("$program" scan donor -i sim:cm700d --sites 1 --json -q --as-of 2026-11-20 | jq -c .)
cat >members.ndjson <<END
{"hair": "black"}
{"id": 7, "hair": "black", "density": 130, "grey": 0.4, "months": 12, "top": 1}
{"hair": "brown", "pigments": "carbon,warm-brown", "max_pigments": 2, "volume": "3ml"}
{"hair": "black", "skin": "lab:60,10,15", "greying": true}
{"hair": "black", "skin": $skin, "technique": "fine", "uv": 2, "modifiers": "oily"}
{"scar": "lab:66,8,14", "skin": $skin}
$scan
{"id": "scan", "target": $scan, "drops_max": 30, "max_de": 0, "pigments": "@single-pigments", "exclude": "77266"}
{"hair": null, "target": $(sed -n 1p many.ndjson), "donor_skin": $skin}
END
quick --pigments carbon,neutral --hair black --grey 0.1 members.ndjson >out 2>err
is "hair, skin, scar, scans" "1 2 3 4 5 6 7 8 9" "$(lines out)"
# as LINE ARGUMENT...: the same of the command line
as() {
    line=$1
    shift
    "$program" match --as-of 2026-11-20 --specular sce --nominal --uncertainty 0 --json -q \
        --max-pigments 1 --pigments carbon,neutral "$@" |
        jq -c '.data | del(.certificate)' >one
    sed -n "${line}p" out | jq -c .data >of_batch
    holds "line $line is as its options" cmp one of_batch
}
as 1 --skin a.cgats --hair black --grey 0.1
as 2 --skin a.cgats --hair black --density 130 --grey 0.4 --months 12 --top 1
as 3 --skin a.cgats --hair brown --grey 0.1 --pigments carbon,warm-brown --max-pigments 2 \
    --volume 3ml
is "ids come back as they were" "number string" \
    "$(jq -r 'select(.line == 2 or .line == 8) | .id | type' out | paste -sd' ')"
is "that of a scan where the line has none" scan-donor \
    "$(sed -n 7p out | jq -r '"scan-" + .id')"
is "a scan is simulated" true "$(sed -n 7p out | jq .conditions.simulated)"
is "and the line behind a simulated one is not" null \
    "$(sed -n 9p out | jq .conditions.simulated)"
is "each tells its own warnings" "skin.color-only" \
    "$(sed -n 4p out | jq -r '.warnings[0].code')"
cheaply="--as-of 2026-11-20 --specular sce --skin a.cgats --nominal --uncertainty 0 -q"
# shellcheck disable=SC2086 # words they are
"$program" match $cheaply --hair black --density 70 --json >weak.json
upon="--existing weak.json#1 --record weak.json --existing-age 6w"
# shellcheck disable=SC2086 # words they are
"$program" match $cheaply --hair black --density 60 $upon --json |
    jq -c '.data | del(.certificate)' >one
# shellcheck disable=SC2086 # words they are
echo '{"hair": "black", "density": 60}' | "$program" match --batch $cheaply $upon |
    jq -c .data >of_batch
holds "work in the skin is of all lines" cmp one of_batch
printf '{"hair":"black","skin":"#b38f78"}\n{"hair":"brown","skin":"#b38f78"}\n' | quick >out
is "what lines share is warned of in each" "skin.color-only skin.color-only" \
    "$(jq -r '[.warnings[].code] | map(select(. == "skin.color-only"))[]' out | paste -sd' ')"
printf '{"hair":"black"}\n{"hair":"black","max_de":0}\n' >far.ndjson
quick far.ndjson >out 2>err
is "--max-de is a verdict" 1 $?
has "that is told" err "1 of 2 recipes differ by more than --max-de"

# -- threads and the way in change nothing -------------------------------------------------
targets 60 >long.ndjson
quick --threads 1 long.ndjson >one
is "60 lines" 60 "$(wc -l <one)"
for threads in 2 3 7; do
    quick --threads $threads long.ndjson | cmp -s - one
    is "$threads threads print the same" 0 $?
done
quick - <long.ndjson | cmp -s - one
is "so does a pipe" 0 $?
sed 's/$/\r/' long.ndjson | quick | jq -c 'del(.check)' >crlf
jq -c 'del(.check)' one >bare
holds "CRLF" cmp crlf bare
head -c -1 long.ndjson | quick | cmp -s - one
is "and a last line without line feed" 0 $?
LC_ALL=de_DE.UTF-8 quick long.ndjson | cmp -s - one
is "and any locale" 0 $?
if parallel --version 2>/dev/null </dev/null | grep -q '^GNU parallel'; then
    jq -c 'del(.line)' one >bare
    parallel -k --pipe --block 4k "cd '$work' && '$program' match --batch --threads 1 \
        --as-of 2026-11-20 --specular sce --skin a.cgats --nominal --pigments carbon \
        --max-pigments 1" <long.ndjson 2>err | jq -c 'del(.line)' >piped
    holds "and GNU parallel --pipe" cmp piped bare
else
    skip "under parallel --pipe" "there is no GNU parallel"
fi

# -- bad lines -----------------------------------------------------------------------------
{
    sed -n 1p long.ndjson
    printf '\n \t\r\n'
    printf 'no json\n[1]\n{"hair":"black","hair":"brown"}\n'
    printf '{"hair":"black","id":[1]}\n{"hair":"black","denstiy":130}\n'
    printf '{"hair":"black","density":"130"}\n{"hair":"black","density":1e9}\n'
    printf '{"hair":"black","months":18}\n{"hair":"pink"}\n{"hair":"black","greying":1}\n'
    printf '{"hair":"black","skin":"/etc/passwd"}\n{"hair":"black","skin":"a.cgats"}\n'
    printf '{"hair":"black","skin":"-"}\n{"hair":"black","skin":"lab:60,9,15/a.cgats/2"}\n'
    printf '{"hair":"black","skin":{"reflectance":{"start_nm":400,"step_nm":10}}}\n'
    printf '{"hair":"black","pigments":"./carbon.cgats"}\n{"hair":"black","pigments":"nil"}\n'
    printf '{"hair":"black","technique":"../fine"}\n{"target":"lab:40,2,3"}\n'
    printf '{"hair":"black","target":%s}\n' "$(sed -n 2p long.ndjson)"
    printf '{"schema":"scalptone/2"}\n{"hair":"bl\001ack"}\n{"hair":"bl\200ack"}\n'
    printf '{"hair":"black\\u0000"}\n{"hair":"bl\000ack"}\n{}\n{"hair":"black","skin":{}}\n'
    printf '{"id":"light","skin":"lab:20,2,3","hair":"blond"}\n'
    sed -n 2p long.ndjson
} >bad.ndjson
count=$(wc -l <bad.ndjson)
quick bad.ndjson >out 2>err
is "bad lines are told by the exit code" 65 $?
is "and the run goes on" "1 $(seq -s 'e ' 4 $((count - 1)))e $count" "$(lines out)"
has "a note counts them" err "$((count - 4)) of $((count - 2)) lines gave an error"
proves "each tells code, exit and message" '[inputs.error | values |
    (.code | test("^[a-z]+\\.[a-z]+$")) and .exit >= 64 and (.message | length > 5)] |
    length > 20 and all' out -n
is "with a hint where there is one" true "$(sed -n 10p out | jq '.error | has("hint")')"
is "and the id" light "$(sed -n $((count - 3))p out | jq -r .id)"
is "what is misspelled" "denstiy: no line has such a member (see: help batch)" \
    "$(jq -r 'select(.line == 8) | .error.message' out)"
is "a NUL in a string" \
    "column 15: \u0000 stands for the character NUL, at which programs cut a text off; take it out" \
    "$(jq -r 'select(.line == 27) | .error.message' out)"
lacks "no file is read" out root:
quick --threads 3 bad.ndjson 2>err | cmp -s - out
is "whatever the threads" 0 $?
{
    sed -n 1p long.ndjson
    head -c 3000000 /dev/zero | tr '\0' '1'
    printf '\n{"hair":"black","x":['
    yes '{},' | head -n 200000 | tr -d '\n'
    printf '0]}\n'
    yes '[' | head -n 200000 | tr -d '\n'
    printf '\n'
    sed -n 2p long.ndjson
} >large.ndjson
quick --threads 1 large.ndjson >out 2>err
is "lines of megabytes and of brackets are bad lines" "1 2e 3e 4e 5" "$(lines out)"
{
    printf '\357\273\277'
    sed -n 1,2p long.ndjson
} | quick | jq -c 'del(.check)' >out
head -n 2 one | jq -c 'del(.check)' >bare
holds "a byte order mark is none of the line" cmp out bare
quick long.ndjson 2>err | head -n 1 >out
is "a broken pipe ends quietly" "" "$(cat err)"

# -- a run that was cut --------------------------------------------------------------------
sed '7s/.*/no target/;8s/.*/{"id":7,"hair":"pink"}/;9s/.*//' long.ndjson >cut.ndjson
quick cut.ndjson >whole 2>err
# resumed NAME [OPTION...]: goes on with the file "torn", which then is "whole"
resumed() {
    name=$1
    shift
    quick --resume torn "$@" cut.ndjson >out 2>err
    is "$name: exit code" 65 $?
    holds "$name: not a byte differs" cmp torn whole
    is "$name: nothing on stdout" "" "$(cat out)"
}
rm -f torn
resumed "a file that is not there is begun"
has "errors are counted" err "2 of 59 lines gave an error"
resumed "a complete run stays"
has "what was there is told" err "torn holds 59 results already"
has "errors of what was there are counted" err "2 of 59 lines gave an error"
size=$(wc -c <whole)
first=$(head -n 1 whole | wc -c)
for at in 0 1 $((first - 2)) $((first - 1)) "$first" $((first + 1)) $((size / 3)) \
    $((size / 2)) $((size - 2)) $((size - 1)); do
    head -c "$at" whole >torn
    resumed "cut after $at bytes" --threads 2
done
{
    head -n 4 whole
    head -c 3000 /dev/zero
} >torn
resumed "zeros that a loss of power left"
{
    head -n 4 whole
    sed -n 5p whole | head -c 30
    head -c 3000 /dev/zero
} >torn
resumed "zeros within a line"
head -n 6 whole >torn
resumed "cut before the bad line"
head -n 8 whole >torn
resumed "cut at the blank line" --threads 1
is "options in another order are the same" 0 "$("$program" match --resume torn cut.ndjson \
    --batch --max-pigments 1 --specular sce --nominal --skin a.cgats --pigments carbon \
    --as-of 2026-11-20 2>err; cmp -s torn whole; echo $?)"
mkfifo feed
# shellcheck disable=SC2086 # words they are
"$program" match $cheap --threads 2 --resume killed <feed 2>err &
pid=$!
exec 3>feed
head -n 30 cut.ndjson >&3
until [ -s killed ] && [ "$(wc -l <killed)" -ge 12 ]; do sleep 0.05; done
quick --resume killed cut.ndjson >out 2>err
is "a second run keeps off" 75 $?
has "and says so" err "[75 output.busy]"
kill -9 $pid
exec 3>&-
wait $pid 2>/dev/null
holds "what kill -9 leaves is the beginning" cmp -n "$(wc -c <killed)" killed whole
quick --resume killed cut.ndjson 2>err
holds "and goes on to the same end" cmp killed whole
rm -f torn
(
    trap '' XFSZ
    ulimit -f 100 # blocks of 512 bytes
    quick --resume torn cut.ndjson 2>err
)
is "a disk that is full ends a run" 74 $?
has "and is told" err "[74 output.write]"
resumed "where there is room again"
cp whole torn
"$program" match --batch --resume torn cut.ndjson --max-pigments 1 --specular sce --nominal \
    --skin a.cgats --pigments carbon 2>err
is "another clock is another run" 65 $?
head -n 20 whole >torn
sed 's/2026-11-20T/2026-11-19T/' torn >day
mv day torn
quick --resume torn --as-of 2026-11-19 cut.ndjson 2>err
is "as is another day" 65 $?

# foreign NAME FILE [OPTION...]: a file that is refused, and stays as it was
foreign() {
    name=$1
    file=$2
    shift 2
    cp "$file" before
    quick --resume "$file" "$@" >out 2>err
    is "$name: exit code" 65 $?
    has "$name: code" err "[65 output.foreign]"
    holds "$name: the file stays" cmp "$file" before
}
head -n 20 whole >torn
foreign "other options" torn --density 120 cut.ndjson
foreign "another skin" torn --skin b.cgats cut.ndjson
foreign "other lights" torn --illuminant A cut.ndjson
targets 60 2 >others.ndjson
foreign "another input" torn others.ndjson
head -n 10 cut.ndjson >short.ndjson
foreign "a shorter input" torn short.ndjson
cp a.cgats text
foreign "some other text" text cut.ndjson
printf 'notes without an end of line' >torn
foreign "a text without an end of line" torn cut.ndjson
{
    head -n 3 whole
    printf notes
} >torn
foreign "a text behind results" torn cut.ndjson
sed -n 2,5p whole >torn
foreign "lines that lack the first" torn cut.ndjson
sed 5d whole | head -n 20 >torn
foreign "lines that lack one" torn cut.ndjson
sed 5p whole | head -n 20 >torn
foreign "lines with one twice" torn cut.ndjson
head -n 20 whole | sed '20s/"de00":/"dE00":/' >torn
foreign "a last line that comes out otherwise" torn cut.ndjson
sed '21,$s/.*/no target/' cut.ndjson >tail.ndjson
cp a.cgats skin.cgats
quick --skin skin.cgats tail.ndjson 2>err | head -n 30 >torn
cp b.cgats skin.cgats
foreign "a skin that has changed, behind errors" torn --skin skin.cgats tail.ndjson
head -c 2000000 /dev/zero >torn
foreign "two megabytes of zeros" torn cut.ndjson
cp -r "$source/profiles" mine
quick --profiles mine cut.ndjson 2>err | head -n 20 >torn
sed -i 's/^SMP_DENSITY_G_ML .*/SMP_DENSITY_G_ML 1.5/' mine/pigments/carbon.cgats
foreign "a profile that has changed" torn --profiles mine cut.ndjson
fails "a pipe" 73 output.create match --batch --skin a.cgats --resume feed long.ndjson
fails "a folder" 73 output.create match --batch --skin a.cgats --resume mine long.ndjson
fails "no folder" 73 output.create match --batch --skin a.cgats --resume no/file long.ndjson
cp long.ndjson same.ndjson
fails "its own input" 73 output.create match --batch --skin a.cgats --resume same.ndjson \
    same.ndjson
holds "which stays" cmp same.ndjson long.ndjson

# -- memory does not grow ------------------------------------------------------------------
# peak COUNT: kilobytes at the most after so many lines
peak() {
    rm -f fed
    # shellcheck disable=SC2086 # words they are
    "$program" match $cheap --threads 2 <feed >fed 2>err &
    pid=$!
    exec 3>feed
    i=0
    while [ $i -lt "$1" ]; do
        cat long.ndjson >&3
        i=$((i + 60))
    done
    until [ "$(wc -l <fed)" -ge "$1" ]; do sleep 0.05; done
    awk '/^VmHWM/ { print $2 }' /proc/$pid/status
    exec 3>&-
    wait $pid
}
if grep -q __asan_init "$program"; then
    skip "memory of a batch" "sanitizers take more"
else
    few=$(peak 60)
    many=$(peak 2400)
    within "40 times the lines take no more memory" "$many" 1000 "$few + 2048"
    within "and less than 64 MiB" "$many" 1000 65536
    prlimit --data=67108864 "$program" match --batch --threads 2 --skin a.cgats \
        members.ndjson --hair black >out 2>err
    is "so does the robust search" 9 "$(wc -l <out)"
fi

# -- usage ---------------------------------------------------------------------------------
fails "no such file" 66 file.missing match --batch --skin a.cgats none.ndjson
fails "no such skin" 66 file.missing match --batch --skin none.cgats long.ndjson
fails "no such pigment" 66 pigment.unknown match --batch --pigments nil long.ndjson
fails "no such technique" 66 technique.unknown match --batch --technique nil long.ndjson
fails "a wrong default" 64 usage.value match --batch --density x long.ndjson
fails "two files" 64 usage.argument match --batch long.ndjson cut.ndjson
fails "a file alone" 64 usage.argument match long.ndjson
fails "--threads alone" 64 usage.option match --threads 2
fails "--resume alone" 64 usage.option match --resume x
for reader in resume existing record practitioner; do
    fails "--$reader -" 64 usage.option match --batch "--$reader" - long.ndjson
done
fails "no threads" 64 usage.value match --batch --threads 0 long.ndjson
for form in "--output x" "--save x" --plain --explain; do
    # shellcheck disable=SC2086 # an option and its value
    fails "$form" 64 usage.option match --batch --skin a.cgats $form long.ndjson
done
fails "two readers of stdin" 64 usage.option match --batch --skin -
fails "tables without draws" 64 usage.option match --skin a.cgats --hair black --nominal \
    --uncertainty 0 --plain
fails "the robust search without draws" 64 usage.value match --skin a.cgats --hair black \
    --uncertainty 0
: >empty
fails "nothing to read" 65 file.malformed match --batch --skin a.cgats empty
printf '\n \n' >empty
fails "blank lines alone" 65 file.malformed match --batch --skin a.cgats --resume new empty
holds "and no file is begun for them" test ! -e new
run match --batch --skin a.cgats --nominal --pigments carbon --max-pigments 1 long.ndjson
is "no progress where there is no terminal" "" "$(cat err)"
finish
