#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# color info and color diff on streams: --batch, --threads.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# spectra COUNT: a CSV of smooth spectra with four decimals
spectra() {
    awk -v count="$1" 'BEGIN {
        printf "id,name"
        for (nm = 400; nm <= 700; nm += 10) printf ",%d", nm
        print ""
        srand(1)
        for (n = 1; n <= count; n++) {
            a = 0.4 * rand(); b = 0.3 * rand(); c = 6 * rand()
            printf "S%d,%s", n, n % 3 ? "" : "name " n
            for (i = 0; i <= 30; i++) printf ",%.4f", a + b * (1 + sin(c + i / 6))
            print ""
        }
    }'
}
# ndjson FILE.csv: the same as NDJSON
ndjson() {
    awk -F, 'NR > 1 {
        printf "{\"id\": \"%s\", \"name\": \"%s\", \"reflectance\": {\"start_nm\": 400, ", $1, $2
        printf "\"step_nm\": 10, \"values\": [%s", $3
        for (i = 4; i <= NF; i++) printf ", %s", $i
        print "]}}"
    }' "$1"
}
batch() {
    "$program" color info --batch "$@"
}

# -- the same colors as without --batch ---------------------------------------------------
spectra 3000 >many.csv
ndjson many.csv >many.ndjson
batch many.csv >out
is "a line for each spectrum" 3000 "$(wc -l <out)"
is "in their order, by their place in the file" "2,S1 3001,S3000" \
    "$(jq -r '"\(.line),\(.id)"' out | sed -n '1p;$p' | tr '\n' ' ' | sed 's/ $//')"
"$program" color info many.csv --json -q --illuminant D65,A,FL11 |
    jq -c '.data.samples[] | [.id, .name, [.colors[] | [.illuminant, .observer_deg, .lab]]]' >whole
batch many.csv --illuminant D65,A,FL11 |
    jq -c '[.id, .name, [.colors[] | [.illuminant, .observer_deg, .lab]]]' >lines
holds "each digit is that of color info" cmp whole lines
batch --illuminant D65,A,FL11 <many.ndjson |
    jq -c '[.id, .name, [.colors[] | [.illuminant, .observer_deg, .lab]]] | if .[1] == "" then .[1] = null else . end' >lines
holds "from NDJSON too" cmp whole lines
"$program" color diff lab:60,5,10 many.csv --json -q |
    jq -c '.data.samples[] | [.id, .lab, .de00, .de76]' >whole
"$program" color diff lab:60,5,10 --batch many.csv |
    jq -c '[.id, .colors[0].lab, .colors[0].de00, .colors[0].de76]' >lines
holds "each digit is that of color diff" cmp whole lines
sed -n 1,2p many.csv >standard.csv
"$program" color diff standard.csv --batch many.csv >out
is "a spectral standard is compared in every light" "D65 LED-B3 A" \
    "$(head -n 1 out | jq -r '[.colors[].illuminant] | join(" ")')"
is "with itself it is equal" "0 0 0" \
    "$(head -n 1 out | jq -r '[.colors[].de00 | tostring] | join(" ")')"

# -- threads and the way in change nothing ------------------------------------------------
spectra 20000 >long.csv
batch long.csv --threads 1 >one
for threads in 2 3 7; do
    batch long.csv --threads $threads | cmp -s - one
    is "$threads threads print the same" 0 $?
done
is "through a pipe as well" 0 "$(dd if=long.csv bs=777 status=none | batch - --threads 2 |
    cmp - one >/dev/null 2>&1; echo $?)"
sed 's/$/\r/' long.csv >crlf.csv
is "with CRLF" 0 "$(batch crlf.csv | cmp - one >/dev/null 2>&1; echo $?)"
for form in csv ndjson; do
    batch many.$form >bare
    {
        printf '\357\273\277'
        cat many.$form
    } | batch >out 2>err
    holds "with a byte order mark: $form" cmp out bare
done
is "the last line needs no line feed" 20000 \
    "$(head -c -1 long.csv | batch | grep -c '"colors"')"
if parallel --version 2>/dev/null </dev/null | grep -q '^GNU parallel'; then
    jq -c 'del(.line)' one >bare
    parallel -k --pipe --header : --block 200k "'$program' color info --batch --threads 1" \
        <long.csv 2>/dev/null | jq -c 'del(.line)' >piped
    holds "under parallel --pipe" cmp piped bare
else
    skip "under parallel --pipe" "there is no GNU parallel"
fi

# -- bad lines ----------------------------------------------------------------------------
{
    printf '# by hand\n\n'
    sed -n 1,3p many.csv
    printf 'short,,0.1,0.2\n\n'
    sed -n 4p many.csv | sed 's/,0\./,x./3'
    sed -n 5p many.csv | sed 's/,0\./,9./3'
    printf '"never closed\n'
    printf 'control\001,\n'
    sed -n 6p many.csv
} >bad.csv
run color info --batch bad.csv
is "bad lines are told by the exit code" 65 "$code"
is "and the run goes on" "4 5 6e 8e 9e 10e 11e 12" \
    "$(jq -r '"\(.line)\(if .error then "e" else "" end)"' out | tr '\n' ' ' | sed 's/ $//')"
is "with the code of the failure" file.malformed "$(sed -n 3p out | jq -r .error.code)"
is "what is wrong" '"x.'  "$(sed -n 4p out | jq -r .error.message | cut -c 1-3)"
is "and where" 25 "$(sed -n 4p out | jq .error.column)"
has "a note counts them" err "5 of 8 lines gave an error"
batch bad.csv --threads 4 2>/dev/null >again
holds "whatever the threads" cmp out again
printf '{"id":"a","lab":[1,2,3]}\nno json\n{"id":"q\\"\\\\","reflectance":{"start_nm":400,"step_nm":60,"values":[1,1,1,1,1,1]}}\n' |
    batch >out 2>err
is "NDJSON: each line its own error" "spectrum.needed file.malformed spectrum.range" \
    "$(jq -r .error.code out | tr '\n' ' ' | sed 's/ $//')"
nul='\u0000 stands for the character NUL, at which programs cut a text off; take it out'
printf '{"id":"a\\u0000b"}\n{"\\u0000":1}\n' | batch >out 2>/dev/null
is "a NUL in a string or key is told in words of ours" "$nul at 9 $nul at 3" \
    "$(jq -r '"\(.error.message) at \(.error.column)"' out | paste -sd' ')"
printf '{"id":\t\tn\303\266pe}\n{"id":"\200"}\n' | batch >out 2>/dev/null
is "a message is JSON whatever it quotes" "1 2" "$(jq .line out | tr '\n' ' ' | sed 's/ $//')"
{
    sed -n 1,2p many.csv
    head -c 3000000 /dev/zero | tr '\0' '1'
    printf '\n'
    sed -n 3p many.csv
} | batch --threads 1 >out 2>err
is "a line of 3 MB is one bad line" "2 3 4" "$(jq -r .line out | tr '\n' ' ' | sed 's/ $//')"
is "which is told" "null true null" \
    "$(jq -r 'if .error then (.error.message | contains("longer")) else null end' out |
        tr '\n' ' ' | sed 's/ $//')"
printf 'id,420,440,460,480,500,520,540,560,580,600,620,640,660,680\n"a ""b"" \\",%s\n' \
    .1,.1,.1,.1,.1,.1,.1,.1,.1,.1,.1,.1,.1,.1 >quotes.csv
# shellcheck disable=SC1003 # no quote is meant
is "quotes in an id come back" 'a "b" \' "$(batch quotes.csv | jq -r .id)"
printf 'id,420,440,460,480,500,520,540,560,580,600,620,640,660,680\na,%s\n' \
    10,10,10,10,10,10,10,10,10,10,10,10,10,10 >percent.csv
is "percent are not guessed" file.malformed \
    "$(batch percent.csv 2>/dev/null | jq -r .error.code)"
is "but read where they are asked for" "37.8" \
    "$(batch percent.csv --scale percent | jq '.colors[0].lab[0] * 10 | round / 10')"
printf 'id,name,kind,simulated,420,440,460,480,500,520,540,560,580,600,620,640,660,680\n' >sim.csv
printf 'a,,reflectance,yes,%s\n' .1,.1,.1,.1,.1,.1,.1,.1,.1,.1,.1,.1,.1,.1 >>sim.csv
is "what is simulated stays so" true "$(batch sim.csv | jq .simulated)"

# -- one rule for the ids of lines, whatever the command ----------------------------------
spectrum='"reflectance": {"start_nm": 400, "step_nm": 20, "values": [0.1, 0.11, 0.12, 0.13,
    0.14, 0.15, 0.16, 0.17, 0.18, 0.19, 0.2, 0.21, 0.22, 0.23, 0.24, 0.25]}'
long=$(printf '%0255d' 7)
for id in '"A1"' '"7"' '""' '"n\u00f6 \"q\""' "\"$long\"" 7 0 -12 9007199254740993 null; do
    printf '{"id": %s, %s}\n' "$id" "$spectrum" | tr -d '\n'
    echo
done >ids.ndjson
for id in 7.5 7e1 true '[7]' "\"0$long\"" '"a\tb"' 123456789012345678901; do
    printf '{"id": %s, %s}\n' "$id" "$spectrum" | tr -d '\n'
    echo
done >no_ids.ndjson
# as text, for which 9007199254740993 does not become a double
sed 's/{"id": \(.*\), "reflectance.*/\1/;s/null//;s/\\u00f6/\o303\o266/' ids.ndjson >due
ids() {
    sed 's/^{"line":[0-9]*,\("check":"[0-9a-f]*",\)*"id":\("\([^"\\]\|\\.\)*"\|-*[0-9]*\).*/\2/
        t
        s/.*//'
}
# agrees COMMAND...: it gives ids back as they came, and refuses what is none
agrees() {
    "$program" "$@" <ids.ndjson 2>err >out
    is "$1 $2: ids are taken" 0 $?
    ids <out >given
    holds "$1 $2: and come back as they came" cmp due given
    "$program" "$@" <no_ids.ndjson 2>err >out
    is "$1 $2: other ids are refused" "65 7" "$? $(jq -r .error.code out | grep -c '^file.malformed$')"
    is "$1 $2: with what is due" 6 "$(grep -c 'at most or a whole number is due' out)"
}
agrees color info --batch
agrees color diff lab:60,5,10 --batch
agrees pigment formulate --batch --specular sci --parts-max 4
agrees match --batch --skin lab:70,8,15 --hair black --specular sci --nominal --uncertainty 0

# -- memory does not grow -----------------------------------------------------------------
if ! ldd "$program" | grep -q libasan; then
    {
        cat long.csv
        for _ in 1 2 3 4; do sed 1d long.csv; done
    } | prlimit --data=67108864 "$program" color info --batch --threads 2 >out
    is "in 64 MiB, 100 000 lines" 100000 "$(wc -l <out)"
else
    skip "in 64 MiB, 100 000 lines" "sanitizers take more"
fi

# -- usage --------------------------------------------------------------------------------
fails "no such file" 66 file.missing color info --batch none.csv
fails "two files" 64 usage.argument color info --batch a.csv b.csv
fails "two samples" 64 usage.argument color diff lab:1,2,3 --batch a.csv b.csv
fails "no standard" 64 usage.argument color diff --batch
fails "neither a color nor --batch" 64 usage.argument color info
fails "no sample" 64 usage.argument color diff lab:1,2,3
fails "no threads" 64 usage.value color info --batch --threads 0 many.csv
fails "a file to write" 64 usage.option color info --batch many.csv -o x.json
fails "a table" 64 usage.option color info --batch many.csv --plain
run color info --batch many.csv
is "no progress where there is no terminal" "" "$(cat err)"
printf 'id,400\000,410\n' >nul.csv
fails "a heading with a NUL" 65 file.malformed color info --batch nul.csv
{
    head -c 1048577 /dev/zero | tr '\0' a
    printf '\n'
} >wide.csv
fails "a heading that is too long" 65 file.malformed color info --batch wide.csv
has "is told as such" err "longer than 1 MB"
printf '\357\273\277' >mark.csv
fails "a byte order mark alone" 65 file.malformed color info --batch mark.csv
fails "nothing to read" 65 file.malformed color info --batch
printf 'nm,a\n400,1\n' >columns.csv
fails "two readers of stdin" 64 usage.argument color diff - --batch
fails "and by name" 64 usage.argument color diff - --batch -
fails "a spectrum a column" 65 file.malformed color info --batch columns.csv
finish
