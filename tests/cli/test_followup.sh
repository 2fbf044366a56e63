#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# followup: what re-scans tell, what is kept of them, and what is refused.
# shellcheck disable=SC2016 # what begins with a dollar in single quotes is of jq
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
covers_options followup "$source/tests/cli/test_followup.sh"

# -- a client -------------------------------------------------------------------------
"$program" simulate bare --seed 6 -q -o bare.json
"$program" simulate target --seed 6 -q -o target.json
"$program" match --skin bare.json --target target.json --pigments carbon,warm-brown \
    --json -q >recipe.json

# begin FOLDER: a course of three sessions, the first of which is proposed
begin() {
    mkdir "$1"
    cp recipe.json "$1/case.json"
    jq '{schema, kind: "course", created, program, conditions: {simulated: true}, data: {
        planned_sessions: 3, scans: [], prior: .data.client_state,
        sessions: [{number: 1, years: 0, density_per_cm2: 60,
            mix: [{pigment: "carbon", drops: 5, ml: 0.2}],
            water_ml: 4.4, volume_ml: 4.6, placed: false}]}}' recipe.json >"$1/course.json"
}

# rescan FOLDER AGE FILE
rescan() {
    "$program" simulate treated --client "$1" --age "$2" --seed 6 -q -o "$3"
}

begin anna
rescan anna 14d one.json

# -- a look ---------------------------------------------------------------------------
before=$(cat anna/course.json)
run followup one.json --client anna --age 14d
is "a look exits" 0 "$code"
has "what to do comes first" out "Next, session 2 of 3: "
has "how old the scan is" out "14 days after session 1, still healing"
has "the forecast with its range" out "P10-P90"
has "a state in words" out "pigment held by a dot (of its volume)"
has "what cannot be told" out "the loss rate needs two scans"
has "that nothing was kept" out "--apply keeps"
has "that the bottles are models" out "generic profile: calibrate your own bottle"
has "that the client is made up" out "anna is simulated"
has "the disclaimer" out "forecast not clinically validated"
is "nothing was kept" "$before" "$(cat anna/course.json)"
is "no file was added" "case.json course.json" "$(cd anna && echo *)"
run followup one.json --client anna --age 14d --json --as-of 2026-11-21T12:00:00Z
proves "the document" '.kind == "followup" and .conditions.simulated and
    .data.measured.use == "half" and .data.measured.session == 1 and
    .data.measured.placements == 5 and (.data.forecast.sd | all(. > 0)) and
    (.data.figures | length) == 10 and .data.next.verdict == "session" and
    .data.applied == false and .data.notes[-1] == "forecast not clinically validated" and
    (.data.notes[0] | test("generic profile"))' out
proves "the range is about the forecast" '.data.forecast |
    [.p10, .lab, .p90] | transpose | all(.[0] < .[1] and .[1] < .[2])' out
proves "the side is that of the numbers" '.data | .forecast.side == (
    if .measured.lab[0] > .forecast.p90[0] then "lighter"
    elif .measured.lab[0] < .forecast.p10[0] then "darker" else "as_expected" end)' out
proves "the fill was learned, the loss was not" '.data.figures |
    (map(select(.name == "fill"))[0].learned > 0.1) and
    (map(select(.name == "loss"))[0].learned | fabs) < 0.01' out
proves "what shows is known better than any part" '.data.figures |
    .[0].name == "shown" and (.[0].learned as $shown | .[1:] | all(.learned < $shown))' out
proves "a state to go on with" '.data.state | (.mean | length) == 21 and
    (.covariance | length) == 21' out
cp out look.json
run followup one.json --client anna --age 14d --json --as-of 2026-11-21T12:00:00Z
holds "the same again" cmp -s out look.json
run followup one.json --client anna --age 14d --plain
holds "plain is a line for each member" grep -q "^applied	false" out

# -- three sessions -------------------------------------------------------------------
run followup one.json --client anna --age 14d --apply
is "kept exits" 0 "$code"
has "says so" out "Kept in anna as scan-1.json, with the next session as proposed"
holds "the scan as it came" cmp -s one.json anna/scan-1.json
is "mode of the files" "600 600" "$(stat -c %a anna/course.json anna/scan-1.json | paste -sd' ')"
proves "the first session was placed, the second is proposed" '.conditions.simulated and
    (.data.sessions | length == 2 and .[0].placed and (.[1].placed | not) and
    .[1].years > 0.038 and .[1].years < 0.039 and
    (.[1] | .water_ml + (.mix | map(.ml) | add) - .volume_ml | fabs) < 1e-6)' anna/course.json
proves "the scan is entered" '.data.scans == [.data.scans[0]] and (.data.scans[0] |
    .file == "scan-1.json" and .session == 1 and .use == "half" and .age_days == 14 and
    (.state.mean | length) == 21)' anna/course.json
is "what is known is what was looked at" "$(jq -c .data.state look.json)" \
    "$(jq -c .data.state anna/course.json)"
is "what was known before stays" "$(jq -c .data.client_state recipe.json)" \
    "$(jq -c .data.prior anna/course.json)"
before=$(cat anna/course.json)
fails "the same scan once more" 65 scan.known followup one.json --client anna --age 14d --apply
fails "nor with another age" 65 scan.known followup one.json --client anna --age 6w
"$program" convert one.json one.cgats -q
fails "nor in another format" 65 scan.known followup one.cgats --client anna --age 14d --apply
is "changes nothing" "$before" "$(cat anna/course.json)"
is "and adds no file" "case.json course.json scan-1.json" "$(cd anna && echo *)"
for session in 2 3; do
    rescan anna 14d "after-$session.json"
    run followup "after-$session.json" --client anna --age 14d --apply --json
    is "session $session exits" 0 "$code"
    proves "of session $session" ".data.measured.session == $session and
        .data.measured.file == \"scan-$session.json\"" out
done
proves "then nothing more is planned" '.data.next | .verdict == "complete" and
    .scan_to_target_de00 > 0 and .scan_lighter_than_target < 1.5 and
    .touch_up_years.p10 <= .touch_up_years.p50 and (.touch_up_due | not)' out
rescan anna 6w healed.json
run followup healed.json --client anna --age 6w --apply
has "how it came out" out "All that was planned is placed; the scan is"
lacks "as meant" out "needs more"
has "when to touch up" out "after the last session."
has "a healed scan counts" out "42 days after session 3, counted in full"
spread=$(jq '.data.state.covariance[0][0]' anna/course.json)
within "the fill is known better than at first" "$spread" 0 0.2
"$program" simulate treated --client anna --age 2y --seed 6 -q -o late.json
run followup late.json --client anna --age 2y --json
proves "a year later the loss is told" '.data.combination.text | test("tell the loss rate")' out
proves "and narrower" '.data.figures | map(select(.name == "loss"))[0].learned > 0.03' out

# -- otherwise than proposed ----------------------------------------------------------
begin berta
rescan berta 5d fresh.json
run followup fresh.json --client berta --age 5d --apply
has "fresh skin tells nothing" out "Too fresh to tell anything"
lacks "no figure of it is told" out "pigment that shows"
proves "but is kept" '(.data.scans[0].use == "stored") and .data.sessions == [.data.sessions[0]]' \
    berta/course.json
is "and changes nothing known" "$(jq -c .data.prior berta/course.json)" \
    "$(jq -c .data.state berta/course.json)"
fails "kept once" 65 scan.known followup fresh.json --client berta --age 5d --apply
run followup fresh.json --client berta --age 14d
is "but counted where its age was wrong" 0 "$code"
rescan berta 14d two.json
rescan berta 28d later.json
run followup two.json --client berta --age 14d --apply
rescan berta 14d three.json
run followup three.json --client berta --age 14d --placed carbon=9drop,water=2ml --density 70 --json
proves "what was really placed" '.data.measured.session == 2' out
run followup later.json --client berta --age 28d --skipped --apply --json
proves "a session that was skipped is not counted" '.data.measured.session == 1 and
    .data.next.session.number == 2' out
proves "but stays in the record" '.data.sessions | length == 3 and .[1].skipped and
    (.[1].placed | not)' berta/course.json
begin clara
rescan clara 6w weaker.json
run followup weaker.json --client clara --age 6w --placed carbon=1,water=5 --density 80 --apply --json
proves "parts are parts" '.data.sessions[0] | .density_per_cm2 == 80 and .volume_ml == 6 and
    .mix == [{pigment: "carbon", drops: 0, ml: 1}]' clara/course.json
lacks "diluted as it was" err "undiluted"
begin nora
run followup weaker.json --client nora --age 6w --placed carbon=7drop --practitioner own.json
has "water that was forgotten" err "--placed names no water"
has "what else --apply would keep" out "and what they teach in own.json"
fails "and are told of once" 64 usage.option followup weaker.json --client anna --age 6w \
    --density 80
begin lotte
for mix in carbon carbon=0drop carbon=1litre umber=1 carbon=1,carbon=2 water=3ml \
    carbon=1drop,water=19; do
    run followup weaker.json --client lotte --age 6w --placed "$mix"
    is "--placed $mix" 64 "$code"
done
rescan lotte 6w lotte.csv
run followup lotte.csv --client lotte --age 6w --scale fraction --apply
is "a scan of another format" 0 "$code"
is "is kept as a document" "scalptone/1" "$(jq -r .schema lotte/scan-1.json)"
run color info lotte/scan-1.json
is "that can be read again" 0 "$code"

begin olga
run followup bare.json --client olga --age 6w --placed carbon=9drop,water=2ml --density 150
is "bare skin where work should be" 0 "$code"
has "is looked at twice" err "standard deviations from what was expected"
has "as the result says" out "standard deviations from what was expected"
begin petra
rescan petra 6w petra.json
run followup petra.json --client petra --age 6w
lacks "a likely scan is not" err "standard deviations"

lacks "nor is the bottle another" out "not poured with"
run followup petra.json --client petra --age 6w --placed warm-brown=5drop,water=5ml
has "a change of bottle is told" out "takes carbon, which the last one was not poured with"

# -- a tan ----------------------------------------------------------------------------
begin dora
rescan dora 6w six.json
run followup six.json --client dora --age 6w --skin bare.json --apply --json
is "with bare skin exits" 0 "$code"
proves "the bare scan is kept beside" '.data.scans[0].skin == "skin-1.json"' dora/course.json
holds "as it came" cmp -s bare.json dora/skin-1.json
fails "a color is no scan" 65 spectrum.needed followup lab:60,7,14 --client dora --age 6w
rescan dora 7w seven.json
fails "nor bare skin" 65 spectrum.needed followup seven.json --client dora --age 7w \
    --skin lab:60,7,14

# -- a practitioner -------------------------------------------------------------------
run followup bare.json --client anna --age 9w
has "a place that came out too light" out "It needs more (see: match --existing)"
rescan anna 7w healed-7.json
before=$(cat anna/course.json)
fails "a result that has nowhere to go" 73 output.create followup healed-7.json --client anna \
    --age 7w --apply -o nowhere/result.txt
is "is refused before anything is kept" "$before" "$(cat anna/course.json)"
rescan anna 8w healed-8.json
rescan anna 9w healed-9.json
run followup healed-7.json --client anna --age 7w --practitioner me.json --apply
has "what was learned of the hand" out "me.json: 1 client; pigment that shows"
proves "one client, by the folder's name" '.kind == "practitioner" and .conditions.simulated and
    (.data.observations | length) == 1 and .data.observations[0].client == "anna"' me.json
is "only for this user" 600 "$(stat -c %a me.json)"
jq '.data.hand = "own note"' me.json >noted.json && mv noted.json me.json
run followup healed-8.json --client anna/. --age 8w --practitioner me.json --apply --json
proves "a client counts once" '.data.practitioner | .taught and .clients == 1' out
proves "a note of the user's stays" '.data.hand == "own note"' me.json
run followup seven.json --client dora --age 7w --practitioner me.json --apply --json
proves "the next client adds" '.data.practitioner.clients == 2' out
begin emma
rescan emma 5d early.json
run followup early.json --client emma --age 5d --practitioner me.json --apply --json
proves "who was not seen healing teaches nothing" '.data.practitioner.taught | not' out
jq 'del(.conditions.simulated)' me.json >measured.json
fails "simulated clients are no experience" 65 conditions.simulated followup healed-9.json \
    --client anna --age 9w --practitioner measured.json --apply
echo '{}' >empty.json
fails "not a practitioner's file" 65 file.malformed followup healed-9.json --client anna \
    --age 9w --practitioner empty.json --apply

# -- what is wrong --------------------------------------------------------------------
fails "no client" 64 usage.option followup one.json --age 14d
fails "no age" 64 usage.option followup one.json --client anna
fails "no folder" 66 file.missing followup one.json --client nobody --age 14d
fails "no scan" 66 file.missing followup none.json --client anna --age 14d
fails "no such age" 64 usage.value followup one.json --client anna --age 14
fails "nothing to skip" 64 usage.option followup one.json --client anna --age 14d --skipped
begin flora
fails "skipped and yet poured" 64 usage.option followup one.json --client flora --age 14d \
    --skipped --density 50
fails "nothing placed" 64 usage.option followup one.json --client flora --age 14d --skipped
jq '.conditions.aperture_mm = 3' one.json >small.json
fails "another aperture" 65 conditions.aperture followup small.json --client anna --age 14d
begin gisela
for file in case course; do
    jq 'del(.conditions.simulated, .data.skin.simulated, .data.target.simulated)' \
        "gisela/$file.json" >part && mv part "gisela/$file.json"
done
run followup one.json --client gisela --age 14d
is "a simulated scan may be looked at" 0 "$code"
fails "but not kept among measured ones" 65 conditions.simulated followup one.json \
    --client gisela --age 14d --apply
is "nothing of it is there" "case.json course.json" "$(cd gisela && echo *)"

# hostile NAME FILTER: a course that followup has to refuse
hostile() {
    begin hostile
    jq "$2" anna/course.json >hostile/course.json
    cp anna/scan-* hostile
    fails "$1" 65 file.malformed followup healed.json --client hostile --age 9w
    rm -r hostile
}
hostile "a file elsewhere" '.data.scans[0].file = "../../etc/passwd"'
hostile "a hidden file" '.data.scans[0].file = ".profile"'
hostile "no sessions" '.data.sessions = []'
hostile "a session of nothing" '.data.sessions[0].mix = []'
hostile "less volume than pigment" '.data.sessions[0].volume_ml = 0.1'
hostile "time that runs back" '.data.sessions[1].years = 0 | .data.sessions[0].years = 1'
hostile "placed and skipped" '.data.sessions[0].skipped = true'
hostile "one to come before the last" '.data.sessions[0].placed = false'
hostile "a scan of no session" '.data.scans[0].session = 9'
hostile "a use that there is not" '.data.scans[0].use = "whole"'
hostile "a negative age" '.data.scans[0].age_days = -1'
hostile "a state of eight" '.data.prior.mean = [0,0,0,0,0,0,0,0]'
hostile "a variance below 0" '.data.prior.covariance[0][0] = -1'
hostile "a density of text" '.data.sessions[0].density_per_cm2 = "many"'
hostile "a bottle too many" '.data.sessions[0].mix = [range(5) | {pigment: "carbon", drops: 1, ml: 0.04}]'
hostile "more sessions than skin holds" '.data.sessions[0] as $one | .data.scans = [] |
    .data.sessions = [range(12) as $year | $one | .years = $year]'
hostile "another kind" '.kind = "match"'
hostile "no plan" '.data.planned_sessions = 0'
begin henny
jq '.data.sessions[0].mix[0].pigment = "umber"' henny/course.json >part && mv part henny/course.json
fails "a bottle of nobody" 66 pigment.unknown followup one.json --client henny --age 14d
printf '{"schema":' >henny/course.json
fails "half a file" 65 file.malformed followup one.json --client henny --age 14d

finish
