#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# pigment: from drawdowns to a bottle that recipes use.
# shellcheck disable=SC2016 # what begins with a dollar in single quotes is of jq
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/ladder.sh
. "$source/tests/cli/ladder.sh"
covers_options "pigment plan" "$source/tests/cli/test_pigment.sh"
covers_options "pigment calibrate" "$source/tests/cli/test_pigment.sh"
covers_options "pigment validate" "$source/tests/cli/test_pigment.sh"
export COLUMNS=80
cp "$source/profiles/skin/client-a.cgats" a.cgats
ladder good.csv 0.0025 0.005 0.01 0.02 0.04
ladder bad.csv 0.0025 0.005 0.01=0.02 0.02 0.04

# -- which dilutions to pour ---------------------------------------------------------------
# Colour note, 5.2: of carbon stock 1:75 to 1:1400 tell something at 0.05 mm; the plan goes
# to where any wavelength does.
exits "a plan" 0 pigment plan carbon
has "a plan: says what to do" out "over white and over black"
within "a plan: lines of one screen" "$(wc -l <out)" 8 20
run pigment plan carbon --json
proves "its levels lie within what tells anything" '.kind == "ladder_plan" and
    (.data as $d | [$d.levels[].concentration | . <= $d.strongest and . >= $d.weakest] | all)' out
proves "the strongest first" '[.data.levels[].ratio_n] | . == sort' out
proves "shares and ratios agree" '[.data.levels[] |
    .concentration * (1 + .ratio_n) - 1 | fabs < 1e-6] | all' out
proves "carbon at 1:75 to 1:1400" '.data.levels | .[0].ratio_n >= 58 and .[0].ratio_n <= 120
    and .[-1].ratio_n >= 1000 and .[-1].ratio_n <= 1933' out
proves "every band is told of twice" '.data.bands_twice == 31' out
jq '.data.levels[0].ratio_n' out >strong
run pigment plan carbon --strength 0.5 --json
holds "half as strong, half as much water" awk -v a="$(cat strong)" \
    -v b="$(jq '.data.levels[0].ratio_n' out)" 'BEGIN { exit !(b < 0.7 * a) }'
run pigment plan carbon --thickness 100 --json
holds "twice as thick, twice as much water" awk -v a="$(cat strong)" \
    -v b="$(jq '.data.levels[0].ratio_n' out)" 'BEGIN { exit !(b > 1.4 * a) }'
run pigment plan carbon --levels 3 --plain
is "--levels" 3 "$(wc -l <out)"
fails "a plan for nothing known" 66 pigment.unknown pigment plan none
fails "one level" 64 usage.value pigment plan carbon --levels 1
fails "no thickness" 64 usage.value pigment plan carbon --thickness 0
fails "a film that is always clear" 65 ladder.unusable pigment plan carbon \
    --strength 0.001 --thickness 1

# -- a ladder that holds -------------------------------------------------------------------
run pigment calibrate ash-03 --ladder good.csv --name 'Ash 3' --lot 26-1002 \
    --class iron_oxide --density 1.15 --drop 0.045 --cost 2.5 --ci '77499 77266' \
    --allergens nickel -o ash-03.cgats
is "a ladder that holds: exit code" 0 "$code"
has "it is said where the profile is" out "PASS: the levels predict each other; saved in ash-03.cgats"
has "what it is of" out "ash-03, lot 26-1002: 5 levels, 10 readings"
has "what may be poured" out "proved dilution 1:24 to 1:399"
within "columns of one screen" "$(wc -L <out)" 40 80
for line in 'SMP_ORIGIN "ladder"' 'SMP_NAME "Ash 3"' 'SMP_LOT "26-1002"' \
    'SMP_CLASS "iron_oxide"' 'SMP_DENSITY_G_ML 1.15' 'SMP_DROP_ML 0.045' \
    'SMP_COST_PER_ML 2.5' 'SMP_CI "77499 77266"' 'SMP_ALLERGENS "nickel"' \
    'SMP_DILUTION_MAX 399'; do
    has "the profile says $line" ash-03.cgats "$line"
done
has "the figure of the check is kept" ash-03.cgats SMP_LOO_DE00
run pigment calibrate ash-03 --ladder good.csv --json
# the made-up pigment: K 900 per mm at 400 nm to 300 at 700, S 60; no noise, a light smoothing
proves "K is found" '[.data.k.values | to_entries[] |
    .value / (900 - 20 * .key) - 1 | fabs < 0.005] | all' out
proves "S is found" '[.data.s.values[] / 60 - 1 | fabs < 0.005] | all' out
proves "per mm" '.data.unit == "1/mm"' out
proves "levels by concentration, proved" '.data.levels | length == 5 and
    (map(.concentration) | . == sort) and all(.proved)' out
proves "the verdict" '.data.verdict == "PASS" and .data.dilution_max == 399' out
proves "conditions" '.conditions.specular == "sci" and .conditions.observer_deg == 10' out
is "nothing is saved without a file" null "$(jq .data.saved out)"
run pigment calibrate ash-03 --ladder good.csv --plain
is "a plain line for each level" 5 "$(wc -l <out)"
is "of five cells" 5 "$(awk -F'\t' '{ print NF }' out | sort -u)"

# -- it is used as any bottle --------------------------------------------------------------
run match --skin a.cgats --hair black --pigments ash-03.cgats --json
is "match takes the profile" 0 "$code"
proves "match: with its lot" '.data.recipes[0].mix[] | select(.pigment == "ash-03") |
    .lot == "26-1002" and .origin == "ladder"' out
run match --skin a.cgats --hair black --pigments ash-03.cgats
lacks "it is no generic profile" out "generic profile"
run pigment calibrate ash-03 --ladder ash-03.cgats --json
proves "the profile is a ladder itself" '.data.verdict == "PASS"' out
for format in cgats json; do
    "$program" convert good.csv good.$format -q
    run pigment calibrate ash-03 --ladder good.$format --json
    proves "a ladder in $format" '.data.levels | length == 5' out
done

# -- held against a mixture that was poured -------------------------------------------------
ladder poured.csv 0.0125
# validate ARGUMENT...: 1:79 of it over white
validate() {
    run pigment validate ash-03.cgats --measured 'poured.csv#w1' --backing 'poured.csv#white' "$@"
}
validate --mix ash-03=1,water=79
is "the mixture: exit code" 0 "$code"
has "it is as predicted" out "PASS: ΔE00 0.0"
validate --mix ash-03=1,water=99 --json
is "another is not" 1 "$code"
proves "it says so" '.data.verdict == "FAIL" and .data.de00 > 1 and .data.saved == false' out
validate --mix ash-03=1,water=99 --max-de 10 --plain
is "--max-de" "0 PASS" "$code $(sed -n 's/^verdict\t//p' out)"
validate --mix ash-03=1,water=99 --thickness 62.5 --json
proves "a thinner mix in a thicker film looks alike" '.data.de00 < 0.1' out
validate --mix ash-03=1,water=79 --index 1.33 --json
proves "--index" '.data.de00 > 0.1' out
sed 's/,sci,/,,/' poured.csv >unsaid.csv
run pigment validate ash-03.cgats --mix ash-03=1,water=79 --measured 'unsaid.csv#w1' \
    --backing 'unsaid.csv#white' --specular sci --scale fraction --json
proves "--specular, --scale" '.data.de00 < 0.1 and .warnings == []' out
validate carbon --mix ash-03=1,carbon=0.01,water=79 --json
proves "other bottles count" '.data.predicted_lab[0] < .data.measured_lab[0]' out
validate --mix ash-03=1,water=79 --save
validate --mix ash-03=1,water=81 --save
has "the score is kept" ash-03.cgats "SMP_VALIDATIONS 2"
has "with its mean" ash-03.cgats "SMP_VALIDATION_DE00 0."
run pigment calibrate ash-03 --ladder ash-03.cgats --json
proves "and so is the ladder" '.data.verdict == "PASS"' out
fails "no score for a bottle that is not measured" 64 usage.option pigment validate carbon \
    --mix carbon=1,water=79 --measured 'poured.csv#w1' --backing 'poured.csv#white' --save
fails "no mix" 64 usage.option pigment validate carbon --measured a.cgats --backing a.cgats
fails "a bottle that is not there" 64 usage.value pigment validate carbon \
    --mix ash-03=1 --measured a.cgats --backing a.cgats
fails "a color without spectrum" 65 spectrum.needed pigment validate carbon \
    --mix carbon=1 --measured '#102030' --backing a.cgats
fails "two modes" 64 usage.value pigment validate carbon --mix carbon=1 \
    --measured 'poured.csv#w1' --backing a.cgats

# -- what there is ---------------------------------------------------------------------------
run pigment list
is "the stock" 0 "$code"
has "the stock: carbon" out carbon
within "columns of one screen" "$(wc -L <out)" 40 80
mkdir mine empty
cp ash-03.cgats mine
run pigment list mine --plain
is "a folder" "ash-03 26-1002 ladder 1:399" "$(cut -f 1-4 out | tr '\t' ' ')"
run pigment list mine --json
proves "as a document" '.data.pigments | length == 1 and .[0].id == "ash-03"' out
exits "an empty folder" 0 pigment list empty
fails "no folder" 66 file.missing pigment list none
fails "a folder with other spectra" 65 file.malformed pigment list .
run pigment show ash-03.cgats
for text in "lot         26-1002" "C.I.        77499 77266" "allergens   nickel" \
    "proved to   1:399" "mixtures poured: 2" "1.15 g/ml"; do
    has "show says $text" out "$text"
done
run pigment show carbon
has "a model says that it is one" out "computed, not measured"
run pigment show ash-03.cgats --json
proves "the document has all" '.kind == "pigment" and (.data.k.values[0] / 900 - 1 | fabs < 0.01)
    and .data.lot == "26-1002" and .data.simulated == false and .data.validations == 2' out
run pigment show carbon --plain
is "a plain line for each band" 31 "$(wc -l <out)"
fails "an unknown pigment" 66 pigment.unknown pigment show none

# -- to other programs and back --------------------------------------------------------------
for format in csv json; do
    exits "export to $format" 0 pigment export ash-03.cgats -o bottle.$format
    has "what it leaves is said" err "the ladder stays behind: convert ash-03.cgats"
    exits "import from $format" 0 pigment import bottle.$format -o back.cgats --force
    for profile in ash-03 back; do
        run pigment show $profile.cgats --json
        jq -S '[.data | .. | numbers * 1e5 | round / 1e5], [.data | .. | strings]' out >$profile.seen
    done
    holds "$format and back is the same bottle" cmp -s ash-03.seen back.seen
done
run pigment export ash-03.cgats --json
is "--json on stdout" pigment "$(jq -r .kind out)"
run pigment export carbon
is "a table of two rows" "quantity K S" "$(cut -d, -f1 out | tr '\n' ' ' | sed 's/ $//')"
run match --skin a.cgats --hair black --pigments back.cgats --json
is "match takes what was imported" 0 "$code"
sed 's/iron_oxide/soot/' bottle.csv >soot.csv
fails "a class there is not" 65 file.malformed pigment import soot.csv
has "with its place" out "soot.csv:2:"
jq 'del(.data.k)' bottle.json >less.json
fails "a document without K" 65 file.malformed pigment import less.json
jq '.data.s.values[3] = -1' bottle.json >less.json
fails "a negative S" 65 file.malformed pigment import less.json
fails "a document of another kind" 65 file.malformed pigment import poured.csv
fails "nothing to import" 66 file.missing pigment import none.csv
fails "nothing to export" 66 pigment.unknown pigment export none

# -- a ladder that does not ---------------------------------------------------------------
run pigment calibrate ash-03 --ladder bad.csv --class iron_oxide -o bad.cgats
is "a mislabelled level: exit code" 1 "$code"
has "it is named with what it is" out \
    "FAIL: level 1:99 (w3, b3) is mislabelled: by the others it is about 1:49"
holds "and nothing is saved" [ ! -e bad.cgats ]
run pigment calibrate ash-03 --ladder bad.csv --json
proves "so it is in the document" '.data | .verdict == "FAIL" and .ladder == "mislabelled" and
    .mislabelled.samples == ["w3", "b3"] and .mislabelled.stated == 0.01 and
    (.mislabelled.likely - 0.02 | fabs < 1e-4)' out
# a few percent of error in every level: no label is wrong, and none is predicted that well
ladder coarse.csv 0.0025=0.00275 0.005=0.0046 0.01=0.0109 0.02=0.0185 0.04=0.043
run pigment calibrate ash-03 --ladder coarse.csv --json
largest=$(jq .data.left_out_de00.level_largest out)
run pigment calibrate ash-03 --ladder coarse.csv --max-loo 0.1 --class carbon -o coarse.cgats
is "--max-loo: above it is refused" 1 "$code"
holds "and nothing is saved" [ ! -e coarse.cgats ]
within "errors of pouring show" "$largest" 0.1 10
ladder two.csv 0.005 0.01
fails "two levels" 65 ladder.unusable pigment calibrate ash-03 --ladder two.csv
grep -v ^black good.csv >unread.csv
fails "a backing that nobody read" 65 ladder.unusable pigment calibrate a --ladder unread.csv
has "is named" out "bare black backing"
sed 's/^w3,.*/broken/' good.csv >broken.csv
fails "a broken file" 65 file.malformed pigment calibrate a --ladder broken.csv
fails "spectra of no ladder" 65 ladder.unusable pigment calibrate a --ladder a.cgats
fails "no file" 66 file.missing pigment calibrate a --ladder none.csv
fails "a color" 64 usage.value pigment calibrate a --ladder '#102030'
fails "no ladder" 64 usage.option pigment calibrate a
fails "an id that is no name" 64 usage.value pigment calibrate ../a --ladder good.csv
fails "a profile without a class" 64 usage.option pigment calibrate a --ladder good.csv -o a-1.cgats
fails "a class there is not" 64 usage.value pigment calibrate a --ladder good.csv --class soot
fails "a density of lead" 64 usage.value pigment calibrate a --ladder good.csv --density 11
fails "a file that is there" 73 output.exists pigment calibrate a --ladder good.csv \
    --class carbon -o ash-03.cgats

# -- what the readings bear ----------------------------------------------------------------
grep -v '^b' good.csv >white.csv
run pigment calibrate ash-03 --ladder white.csv --json
proves "films over one backing bear one constant" '[.data.s.values[] == 0] | all' out
grep -v '^w[h]' white.csv >guessed.csv
run pigment calibrate ash-03 --ladder guessed.csv --json
proves "a backing may be guessed, with a warning" \
    '[.warnings[].code] | index("ladder.backing") != null' out
run pigment calibrate ash-03 --ladder white.csv --constants two --json
proves "two may be asked for; without noise they are found" \
    '[.data.s.values[] / 60 - 1 | fabs < 0.05] | all' out
run pigment calibrate ash-03 --ladder good.csv --index 1.33 --json
proves "--index" '.data.k.values[0] / 900 - 1 | fabs > 0.005' out
sed 's/,sci,/,,/' good.csv >unsaid.csv
run pigment calibrate ash-03 --ladder unsaid.csv --json
proves "specular unsaid is warned of" '[.warnings[].code] | index("specular.assumed") != null' out
run pigment calibrate ash-03 --ladder unsaid.csv --specular sci --scale fraction --json
proves "--specular says it" '.warnings == [] and .data.fit_rms < 0.001' out
# an opaque white with K/S 0.01, and tints of it: R of K/S is 1 + K/S - sqrt(K/S^2 + 2 K/S)
awk 'function seen(r) { return 0.04 + 0.96 * 0.403 * r / (1 - 0.597 * r) }
    BEGIN {
        printf "id,name,kind,specular,SMP_CONC,SMP_BACKING,SMP_THICK_UM"
        for (nm = 400; nm <= 700; nm += 10) printf ",%d", nm
        print ""
        split("0 0.01 0.02 0.04", c, " ")
        for (i = 1; i <= 4; i++) {
            q = 0.01 * (1 - c[i]) + 5 * c[i]
            printf "t%d,,reflectance,sci,%s,opaque,0", i, c[i]
            for (nm = 400; nm <= 700; nm += 10) printf ",%.6f", seen(1 + q - sqrt(q * q + 2 * q))
            print ""
        }
    }' >tints.csv
run pigment calibrate tinter --ladder tints.csv --json
proves "tints are counted in their white" '.data.unit == "white" and .data.verdict == "PASS"' out
fails "and make no bottle for recipes" 65 ladder.unusable pigment calibrate tinter \
    --ladder tints.csv --class carbon -o tinter.cgats

# -- straight from the instrument ----------------------------------------------------------
run pigment calibrate my-carbon --scan --guess carbon -i sim:cm700d --class carbon \
    -o my-carbon.cgats
is "a ladder that is scanned: exit code" 0 "$code"
has "what comes next is said" err "drawdown white 1:80 50um"
has "it is simulated" out "simulated: no bottle was measured"
has "and so is the profile" my-carbon.cgats 'SMP_SIMULATED "yes"'
run match --skin a.cgats --hair black --pigments my-carbon.cgats --json
proves "and what is mixed of it" '.conditions.simulated == true and
    ([.warnings[].code] | index("conditions.simulated") != null)' out
"$program" pigment show carbon --json >truth
run pigment show my-carbon.cgats --json
# a pour is exact here, placements vary by 0.6 %: a few percent of K at the most
proves "K is that of the virtual bottle" '[.data.k.values, $truth[0].data.k.values] |
    transpose | [.[] | .[0] / .[1] - 1 | fabs < 0.05] | all' out --slurpfile truth truth
run pigment calibrate my-brown --scan --levels 10,40,160 --thickness 60 --sites 1 \
    -i sim:cm700d:bottle=warm-brown --specular sci --trigger now --json
proves "levels of one's own" '.data.levels | map(.ratio_n) == [160, 40, 10]' out
proves "specular as asked" '.conditions.specular == "sci" and .conditions.simulated' out
proves "how it was read is told" '.conditions.instrument == "CM-700d"' out
run pigment calibrate warm-brown --scan -i sim:cm700d:bottle=warm-brown,strength=2 --json -q
proves "without a guess the pigment itself" '.data.verdict == "PASS"' out
"$program" pigment show warm-brown --json >truth
proves "a lot twice as strong" '.data.k.values[15] / (2 * $truth[0].data.k.values[15]) - 1 |
    fabs < 0.05' out --slurpfile truth truth
fails "no guess" 66 pigment.unknown pigment calibrate unheard --scan -i sim:cm700d
run pigment calibrate unheard --scan -i sim:cm700d
has "no guess: what to do" err "--guess PIGMENT, one like it, or --levels LIST"
for levels in 10,20 10,,20 10,20,-1 a,b,c '10,20,30,'; do
    fails "--levels $levels" 64 usage.value pigment calibrate a --scan --levels "$levels" \
        -i sim:cm700d
done
fails "a scan and a file" 64 usage.option pigment calibrate a --scan --ladder good.csv
fails "no instrument" 69 instrument.absent pigment calibrate a --scan --guess carbon \
    -i usb:ffff:ffff

# a scanned ladder, noise and all, with each of its labels wrong in turn
"$program" convert my-carbon.cgats scanned.csv -q
share=$(head -n 1 scanned.csv | tr , '\n' | grep -n '^concentration$' | cut -d: -f1)
for level in $(tail -n +2 scanned.csv | cut -d, -f"$share" | grep -vx 0 | sort -u); do
    awk -F, -v OFS=, -v level="$level" -v column="$share" \
        '$column == level { $column = 1.5 * level } { print }' scanned.csv >wrong.csv
    run pigment calibrate wrong --ladder wrong.csv --json
    is "the level $level, labelled half as strong again, is named" 1 \
        "$(jq --argjson level "$level" '.data.mislabelled |
            if (.stated / (1.5 * $level) - 1 | fabs) < 1e-6 and
                (.likely / $level - 1 | fabs) < 0.05 then 1 else . end' out)"
done

# -- the whole story -----------------------------------------------------------------------
run demo supplier --keep kept
is "the supplier's demo: exit code" 0 "$code"
for text in "pigment plan carbon" "saved in my-black.cgats" "kept in the profile" \
    "FAIL: too strong by" "5 kg: add, in this order" "DEMO" "simulated"; do
    has "the supplier's demo" out "$text"
done
lacks "no step fails" err "try:"
holds "it leaves what it made" [ -s kept/26-1114.html ]
is "the lot is mended" PASS "$(jq -r .data.verdict kept/26-1114.json)"
fails "a folder with a profile in it" 73 output.exists demo supplier --keep kept
fails "nobody's demo" 64 usage.argument demo buyer
finish
