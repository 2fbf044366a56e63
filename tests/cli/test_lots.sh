#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# standard, tolerance and batch: lots held against what they should be.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/lots.sh
. "$source/tests/cli/lots.sh"
own=$source/tests/cli/test_lots.sh

lot 1 0 5 1 >std.csv
lot 0 0 1 1 >white.csv
lot 1.003 0 5 2 >good.csv
lot 1.042 0 5 3 >strong.csv
lot 1 0.06 5 4 >red.csv
lot 0.985 0 1 5 >once.csv
lot 1.003 0 5 2 45/0 >other.csv

# -- standard -------------------------------------------------------------------------
covers_options "standard add" "$own"
run standard add ash-03 std.csv --white white.csv --lot 26-1002 --concentration 0.01 \
    -o ash.json
is "a standard is kept" 0 "$code"
run standard show ash.json
has "with its name and lot" out "Standard ash-03, lot 26-1002"
has "and how it was measured" out "SCE d/8"
run standard show ash.json --json
proves "as a document" '.kind == "standard" and .data.method == "opaque" and
    (.data.readings.color | length) == 5 and .data.readings.measured.geometry == "d/8" and
    .conditions.specular == "sce"' out
is "the same as the file but for the time" "$(jq -cS .data ash.json)" "$(jq -cS .data out)"
run standard show ash.json --plain
has "or as lines" out "$(printf 'name\tash-03')"
run color diff ash.json std.csv#r1 --json
proves "it serves as a color" '.data.samples[0].de00 < 0.05' out
fails "a standard without spectrum" 65 spectrum.needed standard add x lab:50,0,0
fails "a backing that is no film" 64 usage.option standard add x std.csv --thickness 50
fails "films over half a card" 64 usage.option standard add x std.csv --backing white.csv \
    --dark std.csv
fails "a name too long" 64 usage.value standard add "$(printf '%070d' 1)" std.csv
fails "a lot without name" 64 usage.value standard add x std.csv --lot ''
fails "no concentration" 64 usage.value standard add x std.csv --concentration 0
fails "no such file" 66 file.missing standard show nothing.json
run standard add ash std.csv --specular sci --scale fraction
has "specular as told" out "SCI d/8"
jq 'del(.data.readings.color[1][30])' ash.json >short.json
fails "a short reading" 65 file.malformed standard show short.json
jq '.data.readings.measured.aperture_mm = -3' ash.json >negative.json
fails "a condition that is none" 65 file.malformed standard show negative.json
jq '.data.readings.measured.geometry = 7' ash.json >number.json
fails "a number where text is due" 65 file.malformed standard show number.json
jq '.data.readings.measured.aperture_mm = "8"' ash.json >words.json
fails "text where a number is due" 65 file.malformed standard show words.json
jq '.data.method = "magic"' ash.json >magic.json
fails "a method that is none" 65 file.malformed standard show magic.json

# -- tolerance ------------------------------------------------------------------------
covers_options "tolerance show" "$own"
run tolerance show pmu-default
has "limits are shown" out "97..103 %"
has "and the rule" out "guard band of 1 U"
run tolerance show pmu-default --json
proves "as a document" '.kind == "tolerance" and .data.limits.strength ==
    {"least": 97.0, "most": 103.0, "critical": true} and .data.guard == 1' out
fails "no such tolerance" 66 tolerance.unknown tolerance show pmu-none
printf '[tolerance mine]\nde00 = 0.8\n' >mine.ini
fails "a limit that is none" 65 file.malformed tolerance show mine --tolerances mine.ini
printf '[tolerance mine]\nde00 = <0.3\ndecision = simple\n' >mine.ini
run tolerance show mine --tolerances mine.ini
has "one's own" out "simple acceptance"

# -- batch check ----------------------------------------------------------------------
covers_options "batch check" "$own"
run batch check 26-1 good.csv --standard ash.json
is "a good lot passes" 0 "$code"
has "in words" out "PASS: within all limits"
has "the criterion of the strength is named" out "strength (K/S sum)"
has "conditions are told" out "conditions equal: D65/10, SCE d/8"
run batch check 26-2 strong.csv --standard ash.json
is "a strong lot fails" 1 "$code"
has "and says why" out "FAIL: too strong by 4."
has "with the shade" out "the shade is right"
run batch check 26-2 strong.csv --standard ash.json --strength-by y --plain
has "in plain lines, by another criterion" out "$(printf 'strength (tristimulus value Y)\t')"
run batch check 26-3 --sample red.csv --standard ash.json --json
is "a red lot fails" 1 "$code"
proves "by its shade" '.kind == "batch_check" and .data.verdict == "FAIL" and
    ([.data.criteria[] | select(.criterion == "de00_residual")][0] |
        .verdict == "FAIL" and .value > 0.5 and .u95 < 0.1) and
    .data.readings.color[0][0] > 0 and .conditions.illuminants == ["D65", "A"]' out
run batch check 26-3 red.csv --standard ash.json --tolerance pmu-wide
holds "wide limits are not exceeded" [ "$code" -ne 1 ]
run batch check 26-3 red.csv --standard ash.json --tolerances mine.ini --tolerance mine
is "one's own limits are" 1 "$code"
run standard add once once.csv --white white.csv -o once.json
run batch check 26-4 once.csv --standard once.json
is "what was read once decides nothing" 3 "$code"
has "and says what it takes" out "3 readings would decide"

fails "other geometry" 65 conditions.differ batch check 26-5 other.csv --standard ash.json
run batch check 26-5 other.csv --standard ash.json --allow-conditions -o other.json
is "may be allowed" 0 "$code"
has "with a warning" err "measured 45/0"
proves "which stays in the record" '.data.conditions_differ == 1 and
    .warnings[0].code == "conditions.differ"' other.json

run batch check 26-2 strong.csv --standard ash.json --override pass --reason 'agreed' \
    --operator QA7 -o overridden.json
is "an override decides" 0 "$code"
proves "and stays visible" '.data.verdict == "PASS" and .data.computed_verdict == "FAIL"
    and .data.override == {"to": "pass", "reason": "agreed", "operator": "QA7"}' \
    overridden.json
fails "an override without reason" 64 usage.value batch check x good.csv --standard \
    ash.json --override pass
fails "a reason without override" 64 usage.option batch check x good.csv --standard \
    ash.json --reason why
fails "no standard" 64 usage.option batch check x good.csv
fails "no readings" 64 usage.argument batch check x --standard ash.json
fails "no criterion" 64 usage.value batch check x good.csv --standard ash.json \
    --strength-by eye
fails "a lot too long" 64 usage.value batch check "$(printf '%041d' 1)" good.csv \
    --standard ash.json
fails "three lights" 64 usage.value batch check x good.csv --standard ash.json \
    --illuminant D65,A,D50

# stirring
lot 0.97 0 5 6 >weaker.csv
run batch check 26-1 good.csv --standard ash.json --stirred weaker.csv --scale fraction
has "a lot that flocculates" out "weaker: it flocculates"

# films over a card, and tints beside drawdowns
film 1 0.8 5 1 >light.csv
film 1 0.05 5 2 >dark.csv
film 1.06 0.8 5 3 >strong-light.csv
film 0 0.8 1 1 >card-light.csv
film 0 0.05 1 1 >card-dark.csv
run standard add black light.csv --backing card-light.csv --thickness 50 -o film.json
run batch check 26-6 strong-light.csv --standard film.json --specular sce --json
is "a film that is too strong fails" 1 "$code"
within "by 6 %" "$(jq '.data.criteria[] | select(.criterion == "strength").value' out)" \
    105.7 106.3
run standard add black light.csv --dark dark.csv --backing card-light.csv \
    --backing-dark card-dark.csv -o pair.json
fails "dark readings are due" 64 usage.option batch check 26-7 light.csv --standard pair.json
run batch check 26-7 light.csv --dark dark.csv --standard pair.json
is "over both backings" 0 "$code"
has "there is a contrast ratio" out "contrast ratio"
run standard add ash good.csv --tint std.csv --white white.csv -o tinted.json
run batch check 26-8 good.csv --tint strong.csv --standard tinted.json
has "a tint tells the strength" out "too strong"

# straight from an instrument: eight places, of a virtual bottle and of a stronger one
drawn='sim:cm700d:swatch=white 1:399 50um'
bare='sim:cm700d:swatch=white bare'
"$program" scan swatch -i "$bare" -q -o bare.cgats >/dev/null
run standard add black --scan --trigger now -i "$drawn" --backing bare.cgats --concentration 0.0025 \
    -o scanned.json
is "standard add --scan" "0 8" "$code $(jq '.data.readings.color | length' scanned.json)"
run batch check 26-9 --scan --trigger now --sites 5 -i "sim:cm700d:seed=2,strength=1.2,${drawn#sim:cm700d:}" \
    --standard scanned.json --json
is "batch check --scan" "1 5" "$code $(jq '.data.readings.color | length' out)"
within "a lot that is a fifth too strong" \
    "$(jq '.data.criteria[] | select(.criterion == "strength").value' out)" 115 125
is "and simulated" true "$(jq .conditions.simulated out)"
fails "a lot without readings" 64 usage.argument batch check 26-9 --standard scanned.json
fails "a standard without readings" 64 usage.argument standard add black
fails "no instrument to scan with" 69 instrument.absent batch check 26-9 --scan \
    --standard scanned.json

finish
