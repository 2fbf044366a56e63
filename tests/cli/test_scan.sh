#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The instrument commands on the virtual CM-700d, through the real program.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

export XDG_STATE_HOME="$work/state"
unset SCALPTONE_INSTRUMENT

# -- what is connected ----------------------------------------------------------

run instrument list --all
is "list --all exits" 0 "$code"
has "list --all" out sim:cm700d
run instrument list --all --json
is "list document" "list sim:cm700d" \
    "$(jq -r '"\(.kind) \(.data.instruments[-1].id)"' out)"

run instrument info -i sim:cm700d
is "info exits" 0 "$code"
for text in "CM-700d, serial 10203040, firmware 1.00.0004, simulated" "d/8, SCI and SCE" \
    "8 mm" "400 to 700 nm by 10 nm" 12345678 "calibration  none"; do
    has "info" out "$text"
done

fails "unknown simulator" 64 usage.value instrument info -i sim:nothing
fails "unknown setting" 64 usage.value instrument info -i sim:cm700d:color=blue
fails "foreign device" 69 instrument.unsupported instrument info -i sim:cm700d:fault=foreign
fails "sibling device" 69 instrument.unsupported instrument info -i sim:cm700d:fault=sibling
fails "missing node" 69 instrument.absent instrument info -i tty:/dev/no-such-node

# -- calibrate --------------------------------------------------------------------

run calibrate -i sim:cm700d --as-of 2026-11-20T09:42:10Z
is "calibrate exits" 0 "$code"
has "calibrate" out "CM-700d 10203040 calibrated, SCI and SCE, 8 mm, valid until 2026-11-20T17:42:10Z."
has "calibrate prompts" err "zero box"
has "calibrate prompts" err "white plate"
holds "a simulated calibration is not kept" [ ! -e "$work/state/scalptone" ]
fails "empty batteries" 75 instrument.operator calibrate -i sim:cm700d:battery=2

run instrument test -i sim:cm700d --repeat 30
is "test exits" 0 "$code"
has "an instrument as its data sheet is excellent" out "EXCELLENT: 30 readings"
has "its own color agrees" out "E*ab 0.00 from ours."
run instrument test -i sim:cm700d:noise=0 --json
is "to what is told of it" true "$(jq '.data | .own_de76 < 0.02 and (.own_y - .y | fabs) < 0.0001' out)"
run instrument test -i sim:cm700d:fault=COR/ER00 --json
is "one that does not tell its color is tested all the same" "0 null" "$code $(jq .data.own_lab out)"
fails "a fault while its color is asked for" 74 instrument.hardware instrument test -i sim:cm700d:fault=COR/ER13
run instrument test -i sim:cm700d:noise=20 --json
is "a noisy one is out" "1 OUT" "$code $(jq -r .data.status out)"

# -- scan --------------------------------------------------------------------------

run scan scalp -i sim:cm700d --site crown --sites 3 --as-of 2026-11-20T18:42:19Z
is "scan exits" 0 "$code"
for text in "scalp crown, bare" "SCE d/8 8 mm, D65/10, CM-700d 10203040, simulated" "ITA " \
    "over 3 placements (good)"; do
    has "scan" out "$text"
done
has "scan shows each placement" err "read 3"
has "scan says that it is simulated" err "simulated: a virtual instrument was scanned"
lacks "no escape codes in a pipe" out "$(printf '\033')"

run scan scalp -i sim:cm700d --sites 3 --json
is "scan document" "scan true sce sim 3 31 31 true" "$(jq -r '[.kind, .conditions.simulated,
    .conditions.specular, "sim", (.data.reads | length),
    (.data.reflectance.values | length), (.data.reflectance_sci.values | length),
    .data.accepted] | join(" ")' out)"
is "SCI lies above SCE" true "$(jq '[.data.reflectance_sci.values, .data.reflectance.values]
    | transpose | all(.[0] > .[1])' out)"

run scan scalp -i sim:cm700d --site crown --sites 3 --plain
is "a plain scan exits" 0 "$code"
is "it is keys and values, a tab between" "" "$(grep -vP '^[a-z_0-9]+\t[^\t]+$' out)"
"$program" scan scalp -i sim:cm700d --site crown --sites 3 --json 2>err |
    jq -r '.data + .conditions | keys_unsorted | sort[]' >keys
is "the keys are the document's" "$(cat keys)" "$(cut -f 1 out | sort)"
is "and so are the values" "scalp crown sce 8.0" \
    "$(grep -P '^(kind|site|specular|aperture_mm)\t' out | cut -f 2 | paste -sd ' ')"
run scan tile -i sim:cm700d --sites 1 --plain -o tile.csv
has "plain or not, a file is as its ending says" tile.csv '"tile-sci"'

cp out first
run scan scalp -i sim:cm700d --sites 3 --json --as-of 2026-11-20T18:42:19Z
cp out second
run scan scalp -i sim:cm700d --sites 3 --json --as-of 2026-11-20T18:42:19Z
holds "the same seed gives the same bytes" cmp -s out second
run scan scalp -i sim:cm700d:seed=2 --sites 3 --json --as-of 2026-11-20T18:42:19Z
holds "another seed gives another scan" sh -c '! cmp -s out second'

run scan scalp -i sim:cm700d:client=c --sites 3 --json
is "client c is darker than client a" true \
    "$(jq --slurpfile a second '.data.lab[0] < $a[0].data.lab[0] - 15' out)"

ita=$(jq .data.ita_deg second)
run scan scalp -i sim:cm700d --sites 3 --json --illuminant A --as-of 2026-11-20T18:42:19Z
is "the typology angle is of daylight, whatever the light" "$ita" "$(jq .data.ita_deg out)"
cp second good.json
run scan scalp -i sim:cm700d --sites 3 --as-of 2026-11-20T18:42:19Z
has "the spread is the one that is judged" out \
    "spread $(printf %.1f "$(jq .data.spread_de00 good.json)") ΔE00 over 3 placements (good)"
has "the indices are those of the text" out "$(jq -r '.data |
    "melanin \(.melanin_index * 10 | round / 10)  erythema \(.erythema_index * 10 | round / 10)"' \
    good.json)"
proves "what is accepted needs no reason" '.data | .limit_de00 == 1 and (has("reason") | not)' \
    good.json
run scan scalp -i sim:cm700d:placement=20 --sites 3 --json
proves "what is refused has one" '.data | .accepted == false and .reason == "spread" and
    .spread_de00 > .limit_de00' out
run scan scalp -i sim:cm700d --sites 3 --mode sci --json -o sci.json
is "the indices are without the surface's reflection, as those of skin fit" \
    "$("$program" skin fit sci.json --json -q | jq '.data.samples[0].melanin_index * 100 | round')" \
    "$(jq '.data.melanin_index * 100 | round' sci.json)"
run scan scalp -i sim:cm700d --sites 3 --expect lab:60,7,14 --json
is "how far the scan is from what was expected" \
    "$("$program" color diff lab:60,7,14 "lab:$(jq -r '.data.lab | join(",")' out)" --json -q |
        jq '.data.samples[0].de00 * 100 | round')" "$(jq '.data.expected.de00 * 100 | round' out)"
proves "in words as well" '.data.expected | .source == "lab:60,7,14" and (.verdict | length > 0)' out
run scan scalp -i sim:cm700d --sites 3 --json
proves "nothing is, without --expect" '.data | has("expected") | not' out
run scan scalp -i sim:cm700d --sites 1
has "one placement has no spread" out "one placement: no spread known"
run scan scalp -i sim:cm700d --sites 1 --json
proves "nor is it accepted or refused" \
    '.data | has("accepted") or has("spread_de76") or has("spread_de00") | not' out
run scan tile -i sim:cm700d --mode sci --sites 1 --json
is "SCI alone" "sci null" "$(jq -r '"\(.conditions.specular) \(.data.reflectance_sci)"' out)"

for format in cgats csv sp json; do
    run scan donor -i sim:cm700d --site donor -o "donor.$format"
    is "scan to .$format exits" 0 "$code"
    run color info "donor.$format" --plain
    is "color of .$format" 0 "$code"
    cut -f 4-6 out >>colors
done
is "one color in every format" 1 "$(sort -u colors | wc -l)"
holds "a file says that it is simulated" grep -q SMP_SIMULATED donor.cgats
fails "an existing file is kept" 73 output.exists scan donor -i sim:cm700d -o donor.cgats

fails "unknown kind" 64 usage.argument scan face -i sim:cm700d
fails "unknown site" 64 usage.value scan scalp --site knee -i sim:cm700d
fails "too many placements" 64 usage.value scan scalp --sites 65 -i sim:cm700d
fails "converter fault" 74 instrument.hardware scan scalp -i sim:cm700d:fault=MES/ER13
fails "a reply that makes no sense" 76 instrument.protocol scan scalp -i sim:cm700d:fault=MES/ER00
fails "silence in mid-measurement" 74 instrument.silent scan scalp -i sim:cm700d:fault=silent
run scan scalp -i sim:cm700d:battery=1 --sites 1
is "a low battery does not change the exit code" 0 "$code"
has "a low battery is told" err "batteries are low"

run scan tile -i sim:cm700d --watch --sites 4
is "watch exits" 0 "$code"
is "watch shows each reading" 4 "$(grep -c 'from the first' out)"
run scan tile -i sim:cm700d --watch --sites 3 --ndjson
is "watch as documents" "3 scan" "$(jq -s -r '"\(length) \(.[0].kind)"' out)"
is "the first differs by nothing" 0 "$(jq -s '.[0].data.de00_to_first' out)"
is "each is flagged as simulated" true "$(jq -s 'all(.conditions.simulated)' out)"
is "each tells how it was taken" true "$(jq -s 'all(.conditions | .specular == "sce" and
    .aperture_mm == 8 and .serial == "10203040" and has("calibrated") and
    (has("placements") or has("triggers") | not))' out)"
fails "ndjson without watch" 64 usage.option scan tile -i sim:cm700d --ndjson
run scan tile -i sim:cm700d --watch -o file
is "watch into a file" 64 "$code"
printf '\n\nq\n' | "$program" scan tile -i sim:cm700d --watch --trigger key --plain >out 2>err
is "q ends watching, without an error" 0 $?
is "until then readings came" 2 "$(wc -l <out)"
printf '\n' | "$program" scan tile -i sim:cm700d --trigger key >out 2>err
is "the end of input fails a scan" 64 $?
has "the end of input is told" err "[64 usage.answer]"
has "what waits for no key is named" err "--trigger now"
is "of a scan that failed nothing is left" "" "$(cat out)"
"$program" scan tile -i sim:cm700d --watch --trigger key <&- >out 2>err
is "so does an input that was never there" 64 $?
printf '\nq\n' | "$program" scan tile -i sim:cm700d --trigger key >out 2>err
is "q stops a scan" 130 $?
is "of a scan that was stopped nothing is left" "" "$(cat out)"
printf '\n\nno, q' | "$program" scan tile -i sim:cm700d --trigger key >out 2>err
is "q without Enter, too" 130 $?
printf '\n\n' | "$program" scan tile -i sim:cm700d --trigger key --reads 3 --sites 2 >out 2>err
is "a prompt for each placement, none between its triggers" 2 "$(grep -c 'Place the port' err)"
fails "over range" 65 instrument.reading scan scalp -i sim:cm700d:fault=MDR/OK09 --sites 1
"$program" scan tile -i sim:cm700d --watch 2>err | head -n 1 >out
is "a broken pipe ends watching without a word" 0 "$(grep -c 'stopped\|could not' err)"
fails "waiting for a serial device" 64 usage.option scan tile -i tty:/dev/null --wait
run scan tile -i sim:cm700d --wait --sites 1
is "a virtual instrument is not waited for" 0 "$code"
# --foreground: else SIGCONT follows, which may wake a process that its leak checker stops
# by SIGSTOP, and then waits for.
timeout --foreground --preserve-status -s INT 1 "$program" scan tile --wait --sites 1 \
    >out 2>err </dev/null
is "Ctrl-C while waiting" 130 $?
has "Ctrl-C while waiting" err "[130 interrupted]"

# -- the screen ---------------------------------------------------------------------
TERM=xterm-256color script -qec "'$program' scan tile -i sim:cm700d 2>'$work/err'" /dev/null \
    >out </dev/null
lacks "messages in a file have no escape codes, whatever stdout is" err "$(printf '\033')"
has "the result on a terminal has" out "$(printf '\033[38;5;')"

# -- the chain ---------------------------------------------------------------------

run scan scalp -i sim:cm700d --site crown --sites 3 -o scalp.cgats
"$program" scan scalp -i sim:cm700d --sites 3 --json 2>err | "$program" match --skin - \
    --target donor.cgats --json >out 2>err2
is "a scan through a pipe into match" match "$(jq -r .kind out)"
has "the pipe is named in words" err2 "standard input is simulated"
run match --skin scalp.cgats --target donor.cgats --json
is "match from scanned files" true "$(jq '.data.recipes | length > 0' out)"

# -- what is computed from a simulated scan says so -----------------------------------

for command in "color info" "skin fit"; do
    # shellcheck disable=SC2086 # two words are two arguments
    run $command scalp.cgats donor.cgats
    has "$command tells in its heading" out ", simulated"
    is "$command warns once" 1 "$(grep -c 'warning: .* is simulated' err)"
done
for command in "color info" "color plot" "skin fit" "match --hair black --skin"; do
    # shellcheck disable=SC2086 # words are arguments
    run $command scalp.cgats --json
    proves "$command: conditions" .conditions.simulated out
    proves "$command: warning" '[.warnings[].code] | index("conditions.simulated")' out
    proves "$command: sample" '.data | (.skin // .samples[0]).simulated' out
done
run match --skin "$source/profiles/skin/client-a.cgats" --target donor.cgats --json
proves "a simulated target alone is flagged" .conditions.simulated out
proves "and its skin is not" '.data.skin | has("simulated") | not' out
run match --skin scalp.cgats --target donor.cgats
is "match warns once" 1 "$(grep -c 'warning: .* is simulated' err)"
run color info "$source/profiles/skin/client-a.cgats" --json
proves "what is not simulated is not flagged" \
    '[.conditions, .data.samples[0]] | any(has("simulated")) | not' out
run color info scalp.cgats --json -o again.json
run convert again.json again.cgats
holds "the flag comes back from a document" grep -q '^SMP_SIMULATED "yes"' again.cgats

# -- both modes in a file ---------------------------------------------------------------

lab() {
    "$program" color info "$@" --plain -q | cut -f 4-6
}
run scan scalp -i sim:cm700d --site crown --sites 3 --reads 2 --json -o both.json
for format in cgats csv sp; do
    run scan scalp -i sim:cm700d --site crown --sites 3 --reads 2 -o "both.$format"
    is "both modes to .$format" 0 "$code"
done
for format in cgats csv sp json; do
    is "SCE of .$format is what counts" "$(lab both.json)" "$(lab "both.$format")"
    run color info "both.$format"
    has "it is one color" out ", SCE, d/8, CM-700d 10203040, simulated"
    is "SCE by its name" "$(lab both.json)" "$(lab "both.$format#scalp")"
    is "SCI by its name" "$(lab both.json --specular sci)" "$(lab "both.$format#scalp-sci")"
    is "SCI by the name of both, and --specular" "$(lab "both.$format#scalp-sci")" \
        "$(lab "both.$format#scalp crown" --specular sci)"
    is "SCI by --specular" "$(lab "both.$format#scalp-sci")" "$(lab "both.$format" --specular sci)"
    run skin fit "both.$format"
    is "skin fit of .$format" "0 SCE" "$code $(grep -o 'SC[EI]' out | head -n 1)"
    run skin fit "both.$format" --specular sci
    has "the other half is converted" out "SCI, converted to SCE"
    run match --skin "both.$format" --hair black --top 1
    is "match for .$format" 0 "$code"
done
holds "SCI is lighter" [ "$(lab both.cgats | cut -c 1-5)" != "$(lab both.cgats --specular sci | cut -c 1-5)" ]
is "SCI is the document's" \
    "$(jq '.data.reflectance_sci.values[0] * 1e6 | round' both.json)" \
    "$("$program" color info 'both.csv#scalp-sci' --json -q |
        jq '.data.samples[0].reflectance.values[0] * 1e6 | round')"
fails "neither half has another name" 66 sample.missing color info 'both.cgats#other'
run scan tile -i sim:cm700d --mode sci --sites 1 -o sci.cgats
is "one mode is one sample" 1 "$(grep -c '^"tile' sci.cgats)"

# the tour, and what every stop tells of how the scan was taken
cp both.json stop.json
for format in cgats csv sp json; do
    run convert "$(ls stop.*)" "next.$format"
    is "convert to .$format" 0 "$code"
    rm stop.*
    mv "next.$format" "stop.$format"
    run color info "stop.$format" --json
    proves "conditions after .$format" '.conditions | .specular == "sce" and .geometry == "d/8" and
        .aperture_mm == 8 and .instrument == "CM-700d" and .serial == "10203040" and
        .firmware == "1.00.0004" and .plate == "12345678" and (.calibrated | endswith("Z")) and
        .site == "crown" and .state == "bare" and .placements == 3 and .triggers == 2 and
        .spread_de00 > 0 and .simulated' out
    is "both halves after .$format" "scalp sce scalp-sci sci" \
        "$("$program" convert "stop.$format" - --to json -q |
            jq -r '[.data.samples[] | .id, .specular] | join(" ")')"
done
is "the tour changes no value" \
    "$(jq -c '[.data.reflectance.values, .data.reflectance_sci.values]' both.json)" \
    "$(jq -c '[.data.samples[].reflectance.values]' stop.json)"
run color info both.cgats --json -o info.json
run color info info.json --json
proves "a color document keeps them" '.conditions.plate == "12345678" and .conditions.triggers == 2' out
run color info both.cgats "$source/profiles/skin/client-a.cgats" --json
proves "of several colors what they have in common" '.conditions | has("plate") | not' out
proves "and of each its own" '.data.samples | .[0].plate == "12345678" and (.[1] | has("plate") | not)' out
run scan scalp -i sim:cm700d:battery=1 --sites 1 -o warned.csv
run color info warned.csv --json
is "what the instrument warned of" battery "$(jq -r .conditions.device_warnings out)"
run scan scalp -i sim:cm700d --sites 1 --json
proves "it warned of nothing" '.conditions | has("device_warnings") or has("spread_de00") | not' out
sed 's/^SMP_CALIBRATED.*/SMP_CALIBRATED "2026-02-31T09:00:00Z"/' both.cgats >bad.cgats
fails "a calibration at no time" 65 file.malformed color info bad.cgats

sed 's/^SMP_APERTURE_MM.*/SMP_APERTURE_MM "3"/' donor.cgats >small.cgats
fails "apertures are not mixed" 65 conditions.aperture match --skin scalp.cgats \
    --target small.cgats

# -- every placement by itself --------------------------------------------------------
run scan swatch --each --sites 5 -i 'sim:cm700d:swatch=white 1:399 50um' -o each.cgats
is "scan --each" 0 "$code"
run color info each.cgats --json
proves "a sample for each placement" '.data.samples | length == 5 and .[4].id == "swatch-5"' out
proves "with specular excluded" '.conditions.specular == "sce" and .conditions.simulated' out
proves "placements differ" '[.data.samples[].reflectance.values[10]] | unique | length > 1' out
run scan swatch --each --sites 2 --mode sci -i sim:cm700d -o each.csv
run color info each.csv --json
proves "or included" '.conditions.specular == "sci" and (.data.samples | length == 2)' out
fails "--each on a terminal" 64 usage.option scan swatch --each -i sim:cm700d
fails "--each in a document" 64 usage.option scan swatch --each -i sim:cm700d -o each.json
fails "--each while watching" 64 usage.option scan swatch --each --watch -i sim:cm700d -o e.csv
fails "a swatch of nothing" 64 usage.value scan swatch -i sim:cm700d:swatch=grey

# -- doctor and demo ------------------------------------------------------------------

run doctor -i sim:cm700d
is "doctor exits" 0 "$code"
has "doctor" out "instrument CM-700d serial 10203040, firmware 1.00.0004, simulated"
has "doctor asks for nothing that a virtual instrument does itself" out "it calibrates itself"
run doctor -i sim:cm700d:battery=1
has "doctor advises" out "try: fit new cells"
run doctor -i sim:cm700d --json
is "doctor document" "doctor ok" "$(jq -r '"\(.kind) \(.data.checks[0].level)"' out)"
run doctor -i tty:/dev/no-such-node
is "doctor exits with the first failure" 69 "$code"
has "doctor names the failure" out FAIL

run demo --keep kept
is "demo exits" 0 "$code"
# shellcheck disable=SC2016 # the dollar is the demo's prompt
for text in '$ scalptone doctor' '$ scalptone calibrate' '$ scalptone scan scalp' \
    '$ scalptone scan donor' '$ scalptone match' '$ scalptone plan recipe.json' \
    '$ scalptone simulate treated' '$ scalptone followup' '$ scalptone plan client' \
    '$ scalptone ratio' "touch-up" "Next, session 3 of 3" \
    "Session 3 of 3 as placed, and what 3 re-scans told"; do
    has "demo" out "$text"
done
holds "demo keeps its scans" [ -s kept/scalp.cgats ]
holds "its pictures and its client" [ -s kept/fade.svg ] && [ -s kept/client/scan-3.json ]
lacks "demo does not force by itself" out --force
for scan in scalp donor; do
    mkdir $scan
    echo precious >$scan/$scan.cgats
    fails "demo in a folder with a scan" 73 output.exists demo --keep $scan
    is "what was in the folder" precious "$(cat $scan/*)"
    is "demo adds nothing to it" 1 "$(find $scan -type f | wc -l)"
done
run demo --keep scalp --force
is "demo --force replaces" 0 "$code"
holds "what it replaced is a scan" grep -q SMP_SIMULATED scalp/scalp.cgats

# whatever ends the story, nothing of it stays
export TMPDIR="$work/temporary"
mkdir "$TMPDIR"
# ends_demo NAME CODE: how it ended, which was taken down in "ended"
ends_demo() {
    is "$1" "$2" "$(cat ended)"
    is "$1: nothing stays" "" "$(ls "$TMPDIR")"
}
{
    "$program" demo 2>err
    echo $? >ended
} | head -n 2 >out
ends_demo "a reader that has enough ends demo" 141
lacks "without a word of its own, however far it came" err "scalptone: demo"
TMPDIR="$work/none" "$program" demo >out 2>err
is "TMPDIR is where the temporary folder goes" 73 $?
has "TMPDIR is named" err "$work/none"
# a pigment that is never written stops the story where it is first needed
mkdir -p endless/pigments
mkfifo endless/pigments/carbon.cgats
# stop_demo SIGNAL CODE
stop_demo() {
    (
        SCALPTONE_PROFILES=endless "$program" demo >out 2>err &
        echo $! >pid
        wait $!
        echo $? >ended
    ) &
    until grep -q '^. scalptone match' out; do sleep 0.1; done
    holds "the folder is there meanwhile" [ -n "$(ls "$TMPDIR")" ]
    kill -s "$1" "$(cat pid)"
    wait
    ends_demo "SIG$1 ends demo" "$2"
    : >out
}
: >out
stop_demo INT 130
stop_demo TERM 143
mkdir -p mine/pigments
cp "$source/profiles/pigments/carbon.cgats" mine/pigments
SCALPTONE_PROFILES=mine "$program" demo >out 2>err
is "profiles may be named from where the user is" 0 $?
mkdir 'my own'
cp -r mine/pigments 'my own'
run demo --profiles 'my own' --force
is "or by the option" 0 "$code"
is "which each step then has" 14 "$(grep -c -- "^[$] .* --profiles '$work/my own'" out)"
has "and whose bottles it uses" out carbon
fails "profiles that are not there" 66 file.missing demo --profiles none
echo nonsense >mine/pigments/carbon.cgats
run demo --profiles mine
is "profiles by the option are the steps' own" 65 "$code"
SCALPTONE_PROFILES=mine "$program" demo >out 2>err
echo $? >ended
ends_demo "a step that fails gives its exit code" 65
lacks "and tells why itself" err demo.step
unset TMPDIR

finish
