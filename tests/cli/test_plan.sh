#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# plan: the sessions, what remains after each, the forecast and its picture.
# shellcheck disable=SC2016 # what begins with a dollar in single quotes is of jq
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
covers_options plan "$source/tests/cli/test_plan.sh"
export COLUMNS=80
cp "$source/profiles/skin/client-a.cgats" a.cgats
"$program" match --skin a.cgats --hair black --density 150 --pigments carbon --json -q \
    -o recipe.json

# -- the sessions of the note, section 12 -------------------------------------------
run plan recipe.json --sessions 3 --json
cp out three.json
is "a plan can be made" 0 "$code"
proves "is a plan" '.kind == "plan" and .data.density_per_cm2 == 150' three.json
is "dots of three sessions" "[60,50,40]" \
    "$(jq -c '[.data.sessions[].density_per_cm2]' three.json)"
within "first mix" "$(jq '.data.sessions[0].ratio_n' three.json)" 22.5 25.5
within "second mix" "$(jq '.data.sessions[1].ratio_n' three.json)" 17.5 20.5
within "third mix" "$(jq '.data.sessions[2].ratio_n' three.json)" 14 17
within "strength of the first" "$(jq '.data.sessions[0].strength' three.json)" 0.77 0.83
within "strength of the last" "$(jq '.data.sessions[2].strength' three.json)" 1.1 1.3
# nominal, within what whole drops and a deepening of 0.02 mm allow
within "healed at the end" "$(jq '.data.sessions[2].healed.lab[0]' three.json)" 55.9 56.3
is "dots of two sessions" "[90,60]" "$("$program" plan recipe.json --sessions 2 --json -q |
    jq -c '[.data.sessions[].density_per_cm2]')"
# black hair on light skin, and nothing known of the client yet
is "four where little is known of a far target" 4 \
    "$("$program" plan recipe.json --json -q | jq '.data.sessions | length')"
proves "the work gets darker from session to session" \
    '[.data.sessions[].healed.lightness.p50] | . == (sort | reverse)' three.json
proves "and lighter while it heals" \
    'all(.data.sessions[]; .fresh.lab[0] < .fortnight.lab[0]
         and .fortnight.lab[0] < .healed.lab[0])' three.json

# -- what is poured -------------------------------------------------------------------
proves "drops are whole" \
    'all(.data.sessions[].mix[]; .drops >= 1 and .drops == (.drops | floor))' three.json
proves "volumes add up" \
    'all(.data.sessions[]; (.diluent.ml + ([.mix[].ml] | add) - .volume_ml | fabs) < 1e-3)' \
    three.json
proves "the scale runs on" \
    'all(.data.sessions[]; (.diluent.g + ([.mix[].g] | add) - .mix[-1].scale_g | fabs)
         < 1e-3)' three.json
proves "batches are of the volume asked for" \
    'all(.data.sessions[]; .volume_ml >= 4 and .volume_ml <= 6)' three.json

# -- the forecast ---------------------------------------------------------------------
proves "months ascend to the last" \
    '[.data.forecast[].months] | . == sort and .[0] == 0 and .[-1] == 60' three.json
proves "intervals are in order" \
    'all(.data.forecast[] | .lightness, .de00, .contrast, .a, .b;
         .p10 < .p50 and .p50 < .p90)' three.json
proves "so is that of the touch-up" \
    '.data.touch_up_months | .p10 < .p50 and .p50 < .p90' three.json
within "touch-up, median month" "$(jq .data.touch_up_months.p50 three.json)" 36 84
proves "chances are between 0 and 1" 'all(.data.chances[]; . >= 0 and . <= 1)' three.json
proves "seed and draws are told" '.data.seed == 1 and .data.draws == 256' three.json
proves "not validated" '.data.notes[-1] == "forecast not clinically validated"' three.json
proves "the chance to end too dark is told" \
    'any(.warnings[]; .code == "plan.dark")' three.json
for months in 12 36 144 180; do
    is "$months months ahead" $months "$("$program" plan recipe.json --months $months --json \
        -q | jq '.data.forecast[-1].months')"
done
run plan recipe.json --sessions 3 --json --as-of 2026-11-21T00:00:00Z
cp out one.json
run plan recipe.json --sessions 3 --json --as-of 2026-11-21T00:00:00Z
holds "the same case gives the same plan" cmp -s out one.json

# -- text --------------------------------------------------------------------------------
run plan recipe.json --sessions 3 -q
cp out text
has "what to pour now comes first" text "Session 1: 5 drops carbon in 4.7 ml water"
has "what remains" text "What remains if the client stops"
has "the last session's pour" text "Session 3, 14 days later: 40 dots"
has "the touch-up in words" text "touch-up due in month"
has "its place in the chart" text "◆"
is "the last line" "forecast not clinically validated" "$(tail -n 1 text)"
grep -v '^warning' text >tables
holds "tables and chart fit 80 columns" [ "$(wc -L <tables)" -le 80 ]
COLUMNS=60 "$program" plan recipe.json -q | grep '^   ' >narrow
holds "they fit 60 columns" [ "$(wc -L <narrow)" -le 60 ]
LC_ALL=C "$program" plan recipe.json -q >ascii
is "plain letters in an ASCII locale" "" "$(tr -d '\n -~' <ascii)"
has "the chart too" ascii "::::"
run plan recipe.json --sessions 3 --plain -q
is "sessions in plain output" 3 "$(grep -c '^session' out)"
is "their cells" 11 "$(head -n 1 out | awk -F '\t' '{ print NF }')"
is "months of the touch-up" 4 "$(grep '^touch_up' out | awk -F '\t' '{ print NF }')"

# -- the picture ---------------------------------------------------------------------------
run plan recipe.json --svg fade.svg -q
is "a picture beside the text" "0 1" "$code $(grep -c '^Session 1: .* drops' out)"
is "it is an SVG" "<svg  </svg>" "$(head -c 5 fade.svg) $(tail -n 1 fade.svg)"
for what in "lightness L\\*" "months since" "1 yr" "target 56" "skin 64" "touch-up due" \
    "P10 to P90" "not clinically validated"; do
    holds "the picture has $what" grep -q "$what" fade.svg
done
fails "a picture that is there" 73 output.exists plan recipe.json --svg fade.svg
exits "is replaced where that is asked for" 0 plan recipe.json --svg fade.svg --force -q
run plan recipe.json --svg - -q
is "the picture alone" "<svg " "$(head -c 5 out)"
for other in --json --plain --output=alone.svg; do
    exits "not with $other" 64 plan recipe.json --svg - "$other"
done
cp a.cgats 'evil.cgats'
sed -i 's/^"[^"]*" "[^"]*"/"x" "<b>\&x"/' evil.cgats
"$program" match --skin evil.cgats --hair black --pigments carbon --json -q >evil.json
run plan evil.json --svg - -q
lacks "names are escaped in the picture" out "<b>"
jq '.data.skin.name = "x" + ("\u00fc" * 40)' recipe.json >long.json
run plan long.json --svg - -q
holds "a long name is not cut within a character" iconv -f UTF-8 -t UTF-8 -o copy out

# -- the client's folder --------------------------------------------------------------------
run plan recipe.json --sessions 3 --client folder -q
is "a client's folder is begun" 0 "$code"
holds "with the case as it was" cmp -s recipe.json folder/case.json
is "and session 1 proposed" "course 3 60 carbon 5 4.7 false" "$(jq -r '.data as $d |
    $d.sessions[0] as $s | "\(.kind) \($d.planned_sessions) \($s.density_per_cm2)" +
    " \($s.mix[0].pigment) \($s.mix[0].drops) \($s.water_ml) \($s.placed)"' \
    folder/course.json)"
exits "never over another case" 73 plan recipe.json --client folder
exits "the case has to be a file" 64 plan - --client other
holds "nothing is begun then" [ ! -e other ]
exits "nor over a picture" 73 plan recipe.json --client other --svg fade.svg
holds "the folder waits for the picture" [ ! -e other ]
exits "nor a picture where a case is" 73 plan recipe.json --client folder --svg new.svg
holds "the picture waits for the folder" [ ! -e new.svg ]

# -- a course that is under way ---------------------------------------------------------------
"$program" simulate bare --seed 3 -o bare.cgats -q
"$program" simulate target --seed 3 -o hair.cgats -q
"$program" match --skin bare.cgats --target hair.cgats --json -q -o made-up.json
"$program" plan made-up.json --sessions 3 --client head -q >begun
run plan head -q
is "a folder is looked at" 0 "$code"
has "a made-up client is told of" out "head is simulated"
has "as it stands" out "Session 1 of 3 as proposed, and what 0 re-scans told"
lacks "without a plan of its own" out "Pour"
run plan head --json
cp out before.json
proves "its document says so" \
    '.data.course == {"session": 1, "planned": 3, "scans": 0, "placed": false}
     and .data.sessions == []' before.json
"$program" simulate treated --client head --age 14d --seed 3 -o rescan.json -q
"$program" followup --client head rescan.json --age 14d --apply -q >followed
run plan head --json -q
is "a re-scan is counted" 1 "$(jq .data.course.scans out)"
width='.data.forecast[-1].lightness | .p90 - .p10'
within "what it told narrows the forecast" "$(jq "$width" out)" 0 \
    "$(jq "$width * 0.9" before.json)"
run plan head --svg course.svg -q
has "the picture tells of a made-up client" course.svg "; simulated<"
has "its picture" course.svg "after 2 sessions"
fails "no course begins where one is" 64 usage.option plan head --client other
fails "nor with other sessions" 64 usage.option plan head --sessions 3
mkdir empty
fails "a folder without a course" 66 file.missing plan empty

# -- a case that is read back ----------------------------------------------------------------
"$program" plan - --sessions 3 --plain -q <recipe.json >piped
"$program" plan recipe.json --sessions 3 --plain -q >named
holds "standard input is a case too" cmp -s piped named
fails "no case" 66 file.missing plan nothing.json
echo '{"kind": "scan"}' >scan.json
fails "another document" 65 file.malformed plan scan.json
fails "no document" 65 file.malformed plan a.cgats
fails "too many sessions" 64 usage.value plan recipe.json --sessions 5
fails "too few" 64 usage.value plan recipe.json --sessions 1
fails "months too near" 64 usage.value plan recipe.json --months 6
exits "a recipe is due" 64 plan

# -- scars -----------------------------------------------------------------------------------
"$program" match --skin a.cgats --scar 'lab:72,5,13/D65/10' --json -q >scar.json
is "a scar takes four sessions" 4 \
    "$("$program" plan scar.json --json -q | jq '.data.sessions | length')"
finish
