#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# pigment formulate: a standard matched with stock pigments.
# shellcheck disable=SC2016 # what begins with a dollar in single quotes is of jq
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/ladder.sh
. "$source/tests/cli/ladder.sh"
covers_options "pigment formulate" "$source/tests/cli/test_formulate.sh"
export COLUMNS=80
cp "$source/profiles/skin/client-a.cgats" a.cgats
ladder card.csv 0.0025 0.005 0.01 0.02 0.04

# formulate ARGUMENT...: for the skin of client A, which is a standard as good as any
formulate() {
    run pigment formulate --target a.cgats "$@"
}

# -- what is printed -----------------------------------------------------------------------
formulate
is "a formula: exit code" 0 "$code"
has "what it is for" out "For a.cgats, as a film that hides;"
has "its conditions" out "D65/10, specular excluded."
has "how far it is" out "ΔE00"
has "how it looks elsewhere" out "Metamerism index:"
has "whose bottles" out "generic profile: calibrate your own bottle"
within "columns of one screen" "$(wc -L <out)" 40 80
within "lines of one screen" "$(wc -l <out)" 10 26
is "the certificate" 1 "$(grep -cE \
    '^optimal on this grid \([0-9]+ recipes, [0-9]+ examined, bound [0-9]+\.[0-9]{4}\)$' out)"
grep '^optimal' out >certificate
sed -n 's/^ΔE00 \([0-9.]*\), .*/\1/p' out >shown
sed -n '/^  pour/,/^$/p' out | sed '1d;/^$/d' | cut -c 3- >poured
formulate --json
proves "a document" '.kind == "formulation" and .conditions.specular == "sce" and
    .conditions.illuminants == ["D65", "A"] and .data.film.hides and .data.target.spectral' out
is "the same certificate" "$(cat certificate)" "$(jq -r .data.certificate.text out)"
proves "in numbers" '.data.certificate | .optimal and .within == 0 and .examined > 0 and
    .text == "optimal on this grid (\(.recipes) recipes, \(.examined) examined, bound " +
        (.text | capture("bound (?<b>[0-9.]+)").b) + ")"' out
proves "the bound is the best" '.data | .certificate.bound == .recipes[0].de00' out
is "the same difference" "$(cat shown)" "$(jq -r '.data.recipes[0].de00 * 100 | round / 100 |
    tostring | if test("[.]") then . else . + "." end + "00" | capture("(?<n>[0-9]+[.]..)").n' out)"
jq -r '.data.recipes[0].mix[] | [.pigment, .lot, .parts, .share * 100, .ml, .g, .scale_g] |
    @tsv' out >documented
# differing FILE: what its pours do not share with the document, to half of the last digit
differing() {
    paste "$1" documented | awk 'BEGIN { FS = "[ \t]+" } { for (i = 1; i <= 7; i++) {
        off = $i - $(i + 7)
        if (i > 3 ? off > 0.0051 || off < -0.0051 : $i != $(i + 7)) print } }'
}
is "the same pours" "" "$(differing poured)"
cp out whole.json
formulate --plain
is "plain lines are the pours" "" "$(differing out)"
is "of seven cells" 7 "$(awk -F'\t' '{ print NF }' out | sort -u)"

# -- its arithmetic ------------------------------------------------------------------------
proves "parts within the grid" '.data as $d | [$d.recipes[] | (.mix | map(.parts) | add) <= 20 and
    (.mix | length) == .pigments] | all' whole.json
proves "shares are parts" '[.data.recipes[].mix | (map(.parts) | add) as $sum | .[] |
    .share - .parts / $sum | fabs < 1e-6] | all' whole.json
proves "100 ml without a word" '[.data.recipes[].mix | map(.ml) | add - 100 | fabs < 0.001] | all' \
    whole.json
proves "the scale adds up" '[.data.recipes[].mix | (map(.g) | add) - .[-1].scale_g |
    fabs < 0.001] | all' whole.json
proves "the largest first" '[.data.recipes[].mix | map(-.parts) | . == sort] | all' whole.json
proves "no recipe of fewer pigments is better" '.data.recipes | map(.de00) | . == sort' whole.json
proves "one of each number of pigments" '.data.recipes | map(.pigments) == [3, 2, 1] and
    map(.rank) == [1, 2, 3]' whole.json
for id in carbon red-oxide yellow-oxide titanium-white; do
    "$program" pigment show $id --json
done | jq -s 'map({(.data.id): .data}) | add' >stock.json
proves "g is ml by density" '[.data.recipes[].mix[] | .g - .ml * $stock[0][.pigment].density_g_ml |
    fabs < 0.001] | all' whole.json --slurpfile stock stock.json
# R-infinity of the sums of K and S (Kubelka and Munk 1931) behind a surface (Saunderson 1942)
proves "the prediction is that of the parts" '.data as $d |
    [$d.recipes[] | . as $recipe | range(31) as $i |
        ([$recipe.mix[] | .share * $stock[0][.pigment].k.values[$i]] | add) as $K |
        ([$recipe.mix[] | .share * $stock[0][.pigment].s.values[$i]] | add) as $S |
        ($S / ($K + $S + ($K * ($K + 2 * $S) | sqrt))) as $r | $d.film.surface as $f |
        ((1 - $f.external) * (1 - $f.internal) * $r / (1 - $f.internal * $r)) -
        $recipe.predicted.reflectance.values[$i] | fabs < 1e-4] | all' whole.json \
    --slurpfile stock stock.json
jq -r '.data.recipes[0].predicted.lab | "lab:\(.[0]),\(.[1]),\(.[2])"' whole.json >predicted
run color diff "lab:$(jq -r '.data.target.lab | join(",")' whole.json)" "$(cat predicted)" --json
proves "the difference is CIEDE2000" '.data.samples[0].de00 - $whole[0].data.recipes[0].de00 |
    fabs < 0.001' out --slurpfile whole whole.json
formulate --illuminant D65,LED-B3,A,FL11 --json
proves "metamerism to each further light" '[.data.recipes[] | .metamerism | keys] | all(. ==
    ["A", "FL11", "LED-B3"])' out
formulate --illuminant A --observer 2 --json
proves "one light, no metamerism" '.data.recipes[0].metamerism == {} and
    .conditions.observer_deg == 2' out

# -- a recipe is found again ---------------------------------------------------------------
for rank in 1 2 3; do
    run pigment formulate --target "whole.json#$rank" --json
    proves "recipe $rank from its own prediction" '.data.recipes[0] as $r |
        ($whole[0].data.recipes[$rank - 1]) as $w | $r.de00 < 0.001 and
        ($r.mix | map([.pigment, .parts])) == ($w.mix | map([.pigment, .parts])) and
        $r.metamerism.A < 0.001' out --slurpfile whole whole.json --argjson rank $rank
done
run pigment formulate --target whole.json -q
has "several samples count as readings" out "whole.json (mean of 3 readings)"
has "which should be of one thing" out "of whole.json differ from their mean"

# -- amounts -------------------------------------------------------------------------------
formulate --size 5kg --json
proves "5 kg" '.data.recipes[] | .mix[-1].scale_g - 5000 | fabs < 0.001' out
jq '.data.recipes[0].mix' out >kilos
formulate --size 5000g --json
is "are 5000 g" "$(cat kilos)" "$(jq '.data.recipes[0].mix' out)"
formulate --size 2l --json
proves "2 l" '.data.recipes[0].mix | map(.ml) | add - 2000 | fabs < 0.001' out
formulate --size 250ml
has "250 ml" out "Makes 250.00 ml, "
for size in 5 kg 5drop -5kg 0g 1e9kg 999999999kg 5kgx '' '5 kg'; do
    fails "no such size: $size" 64 usage.value pigment formulate --target a.cgats --size="$size"
done

# -- the grid ------------------------------------------------------------------------------
# two pigments, at most 5 parts: 2 alone, and 9 pairs without a common factor
formulate --pigments titanium-white,red-oxide --parts-max 5 --json
proves "recipes of the same proportions are one" '.data.certificate.recipes == 11 and
    .data.grid == {"pigments": ["titanium-white", "red-oxide"], "pigments_max": 2,
        "parts_max": 5}' out
formulate --pigments titanium-white,red-oxide --pigments-max 1 --json
proves "--pigments-max" '.data.certificate.recipes == 2 and (.data.recipes | length) == 1' out
formulate --parts-max 1 --json
proves "one part is one pigment" '.data.recipes | length == 1 and .[0].mix[0].parts == 1' out
formulate --pigments @generic --parts-max 12 --pigments-max 4 --json
proves "a finer grid is no worse" '.data.recipes[0].de00 <= $de' out \
    --argjson de "$(formulate --pigments @generic --parts-max 6 --pigments-max 3 --json
        jq '.data.recipes[0].de00' out)"
formulate --exclude 77891 --json
proves "--exclude" '.data.grid.pigments | index("titanium-white") == null' out
has "is told" err "titanium-white is left out"
for option in pigments-max=0 pigments-max=5 parts-max=0 parts-max=101 parts-max=x budget=-1 \
    threads=0 threads=65 film=0 index=2 max-de=-1 vehicle-density=9; do
    fails "--$option" 64 usage.value pigment formulate --target a.cgats --backing card.csv#white \
        --film 50 --specular sce "--$option"
done
fails "more recipes than can be held" 64 usage.value pigment formulate --target a.cgats \
    --pigments-max 4 --parts-max 100
has "says what to do" out "fewer --parts-max or --pigments-max"

# -- how good it is known to be ------------------------------------------------------------
formulate --pigments @generic --pigments-max 4 --parts-max 30 --json
cp out proved.json
proves "few of two million recipes are computed" '.data.certificate |
    .optimal and .recipes == 2009526 and .examined < 0.05 * .recipes' proved.json
formulate --pigments @generic --pigments-max 4 --parts-max 30 --budget 1 --json
cp out cut.json
proves "a budget ends it with a true bound" '.data as $d | $proved[0].data.recipes[0].de00 as $best |
    $d.certificate | (.optimal | not) and .bound <= $best + 1e-4 and .within > 0 and
    $d.recipes[0].de00 - .within <= .bound + 2e-4 and $d.recipes[0].de00 >= $best' cut.json \
    --slurpfile proved proved.json
formulate --pigments @generic --pigments-max 4 --parts-max 30 --budget 1
is "and says so" 1 "$(grep -cE '^best found, within [0-9]+\.[0-9]{4} of optimal \([0-9]+ recipes, '"\
[0-9]+ examined, bound [0-9]+\.[0-9]{4}\)\$" out)"
for threads in 1 2 7; do
    formulate --pigments @generic --threads $threads --as-of 2026-01-01 --json
    cp out threads-$threads
done
holds "threads change nothing" cmp -s threads-1 threads-2
holds "however many" cmp -s threads-1 threads-7
formulate --max-de 100
is "--max-de above: exit code" 0 "$code"
formulate --max-de 0.001
is "--max-de below: exit code" 1 "$code"
has "the best is shown all the same" out "optimal on this grid"
has "with what is wrong" out "more than --max-de 0.001"

# -- a film over a backing -------------------------------------------------------------------
formulate --film 20 --backing 'card.csv#white' --specular sce --json
is "a film: exit code" 0 "$code"
proves "it is a film" '.data.film | (.hides | not) and .thickness_um == 20 and
    (.backing.values[0] > 0.5)' out
is "clear vehicle dilutes it" vehicle "$(jq -r .data.grid.diluent out)"
formulate --film 20 --backing 'card.csv#white' --specular sce --vehicle-density 0.8 --size 1kg \
    --pigments red-oxide --json
proves "by its density" '.data.recipes[0].mix | map(select(.pigment == "vehicle"))[0] |
    .g - 0.8 * .ml | fabs < 0.001' out
# one pigment, at most 5 parts with vehicle: alone, and 9 dilutions without a common factor
formulate --film 20 --backing 'card.csv#white' --specular sce --pigments red-oxide --parts-max 5 \
    --json
proves "dilutions count" '.data.certificate.recipes == 10' out
formulate --film 20 --backing 'card.csv#white' --specular sce --no-diluent --json
proves "--no-diluent" '.data.grid.diluent == null' out
formulate --film 5000 --backing 'card.csv#white' --specular sce --no-diluent --json
proves "a film of 5 mm hides" '[.data.recipes[].mix | map([.pigment, .parts])] ==
    [$whole[0].data.recipes[].mix | map([.pigment, .parts])]' out --slurpfile whole whole.json
formulate --film 20 --backing 'card.csv#white' --specular sce
has "it is said over what" out "as a film of 20 um over card.csv#white;"
formulate --film 20 --backing 'card.csv#white' --specular sce --index 1.33 --json
proves "--index" '.data.film.surface.external < 0.03' out
run pigment formulate --target card.csv#w3 --film 50 --backing 'card.csv#white' --scale fraction \
    --json
proves "specular as the readings are" '.conditions.specular == "sci"' out
run pigment formulate --target card.csv#w3 --film 50 --backing 'card.csv#white' --specular sce --json
proves "or as --specular says" '.conditions.specular == "sce"' out
fails "a film without backing" 64 usage.option pigment formulate --target a.cgats --film 50
fails "a backing without film" 64 usage.option pigment formulate --target a.cgats \
    --backing card.csv#white
has "what is due" out "--film UM and --backing COLOR go together"
fails "target and backing in two modes" 64 usage.value pigment formulate --target a.cgats \
    --film 50 --backing card.csv#white
fails "a backing without spectrum" 65 spectrum.needed pigment formulate --target a.cgats \
    --film 50 --backing lab:90,0,0

# -- a diluent that is a bottle ------------------------------------------------------------
formulate --diluent titanium-white --pigments carbon,red-oxide,yellow-oxide --json
proves "a white that dilutes" '.data.grid.diluent == "titanium-white" and
    (.data.recipes[0].mix | map(.pigment) | index("titanium-white") != null)' out
is "is the best formula, too, where it is the better one" "$(jq '.data.recipes[0].de00' whole.json)" \
    "$(jq '[.data.recipes[] | select(.pigments == 2)][0].de00' out)"
formulate --diluent titanium-white --json
proves "and no pigment as well" '.data.grid.pigments == ["carbon", "red-oxide", "yellow-oxide"]' out
fails "nothing but the diluent" 64 pigment.none pigment formulate --target a.cgats \
    --diluent carbon --pigments carbon
fails "a diluent that is left out" 64 pigment.none pigment formulate --target a.cgats \
    --diluent titanium-white --exclude 77891
fails "no such diluent" 66 pigment.unknown pigment formulate --target a.cgats --diluent none
fails "a diluent and none" 64 usage.option pigment formulate --target a.cgats --no-diluent \
    --diluent titanium-white
fails "a vehicle where there is none" 64 usage.option pigment formulate --target a.cgats \
    --vehicle-density 1

# -- what cannot hide ------------------------------------------------------------------------
fails "what does not scatter is black" 65 pigment.unfit pigment formulate --target a.cgats \
    --pigments carbon
formulate --film 20 --backing 'card.csv#white' --specular sce --pigments carbon
is "but makes a film" 0 "$code"
"$program" pigment export titanium-white --json |
    jq '.data.k.values[3] = 0 | .data.s.values[3] = 0 | .data.id = "clear"' >clear.json
"$program" pigment import clear.json -o clear.cgats -q >out
fails "what is clear does not hide" 65 pigment.unfit pigment formulate --target a.cgats \
    --pigments titanium-white,clear.cgats
has "where is said" out "clear neither absorbs nor scatters at 430 nm"
fails "nor makes a film" 65 pigment.unfit pigment formulate --target a.cgats --film 20 \
    --backing card.csv#white --specular sce --pigments titanium-white,clear.cgats
formulate --film 20 --backing 'card.csv#white' --specular sce --diluent clear.cgats
is "but dilutes one" 0 "$code"
sed 's/^"K" "K" [0-9.]*/"K" "K" 1e7/' clear.cgats >strong.cgats
fails "what is too strong to be true" 65 pigment.unfit pigment formulate --target a.cgats \
    --diluent strong.cgats
fails "nor a diluent that is clear" 65 pigment.unfit pigment formulate --target a.cgats \
    --diluent clear.cgats
# films over one backing bear K alone
grep -v '^b' card.csv >white.csv
"$program" pigment calibrate one --ladder white.csv --max-loo 3 --class iron_oxide -o one.cgats \
    -q >out
run pigment formulate --target '#806050' --observer 2 --pigments titanium-white,one.cgats
has "a profile of one constant is told" out "one was calibrated without its scattering"
formulate --film 50 --backing 'card.csv#white' --specular sce --pigments one.cgats --parts-max 100 \
    --json
is "in a film it may be diluted" 0 "$code"
sed 's/^SMP_DILUTION_MAX .*/SMP_DILUTION_MAX 2/' one.cgats >weak.cgats
formulate --film 50 --backing 'card.csv#white' --specular sce --pigments weak.cgats
has "though not beyond what is proved" out "one is proved down to 1:2 only"

# -- targets ---------------------------------------------------------------------------------
run pigment formulate --target lab:60,10,20 --specular sce --json
is "a color alone: exit code" 0 "$code"
proves "without metamerism, which is told" '[.warnings[].code] == ["target.color-only"] and
    (.data.target.spectral | not) and .data.recipes[0].metamerism == null' out
run pigment formulate --target '#806050' --json
proves "a hex color brings its light" '.conditions.observer_deg == 2 and
    ([.warnings[].code] | index("specular.assumed") != null)' out
fails "which may not be another" 65 color.white pigment formulate --target '#806050' --observer 10
fails "no color that is" 64 usage.value pigment formulate --target lab:120,0,0
fails "no color" 64 color.unknown pigment formulate --target nothing
fails "no target" 64 usage.option pigment formulate
fails "two targets" 64 usage.option pigment formulate --target a.cgats --scan
fails "no file" 66 file.missing pigment formulate --target none.csv
fails "no pigment" 66 pigment.unknown pigment formulate --target a.cgats --pigments none
fails "a pigment twice" 64 usage.value pigment formulate --target a.cgats --pigments carbon,carbon
fails "an argument" 64 usage.argument pigment formulate a.cgats
sed 's/0\.[0-9]*/nan/3' card.csv >nan.csv
fails "a file that is broken" 65 file.malformed pigment formulate --target nan.csv
printf 'id,400,410\nA,0.1,0.2\n' >short.csv
run pigment formulate --target short.csv
is "a spectrum that is short" 65 "$code"
jq '.data.recipes[0].predicted.reflectance.values[0] = "x"' whole.json >wrong.json
fails "a document that is wrong" 65 file.malformed pigment formulate --target wrong.json
head -c 3000 /dev/urandom >noise
run pigment formulate --target ./noise
is "noise for a target" 65 "$code"
run pigment formulate --target a.cgats --pigments ./noise
is "noise for a pigment" 65 "$code"
awk '{ sub("^a.cgats", "\033[2J"); print }' a.cgats >"$(printf 'esc\033[2J.cgats')"
run pigment formulate --target "$(printf 'esc\033[2J.cgats')"
holds "a name commands no terminal" [ "$(grep -c "$(printf '\033')" out)" -eq 0 ]

# -- line by line ------------------------------------------------------------------------------
"$program" convert card.csv lines.csv -q
run pigment formulate --batch lines.csv --specular sci -q
is "a batch: exit code" 0 "$code"
is "a line for each" "$(($(wc -l <lines.csv) - 1))" "$(wc -l <out)"
cp out lines.ndjson
for id in w2 b3; do
    run pigment formulate --target "lines.csv#$id" --json
    jq -S '.data.recipes[0] | del(.predicted.reflectance)' out >one
    is "$id alone gives the same" "$(cat one)" "$(jq -S "select(.id == \"$id\") | .recipe" lines.ndjson)"
    is "$id alone is known as well" "$(jq -S '.data.certificate | del(.text, .examined)' out)" \
        "$(jq -S "select(.id == \"$id\") | .certificate" lines.ndjson)"
done
for threads in 1 3; do
    run pigment formulate --batch lines.csv --specular sci --threads $threads -q
    holds "by $threads threads the same" cmp -s out lines.ndjson
done
# Every line darker and lighter, in more blocks than one; then as one by one they come.
awk 'NR == 1 { print; next }
    { n = split($0, field, ",")
      for (k = 1; k <= 400; k++) {
          line = field[1]
          for (i = 2; i <= n; i++)
              line = line "," (field[i] ~ /^0[.][0-9]+$/ ? field[i] * (0.5 + k / 1000) : field[i])
          print line } }' lines.csv >dim.csv
run pigment formulate --batch dim.csv --specular sci -q --parts-max 8
is "many lines: exit code" 0 "$code"
is "many lines: all of them" "$(($(wc -l <dim.csv) - 1))" "$(wc -l <out)"
cp out dim.ndjson
run pigment formulate --batch dim.csv --specular sci -q --parts-max 8 --threads 3
holds "many lines by three threads" cmp -s out dim.ndjson
head -n 7 dim.csv | while read -r line; do
    echo "$line"
    sleep 0.05
done | "$program" pigment formulate --batch --specular sci -q --parts-max 8 >out
head -n 6 dim.ndjson >first
holds "lines that trickle in give the same" cmp -s out first
run pigment formulate --batch lines.csv --film 50 --backing 'card.csv#white' -q --max-de 0.001
is "--max-de: exit code" 1 "$code"
{
    jq -c '{id: "ok", reflectance: .data.recipes[0].predicted.reflectance}' whole.json
    echo broken
    jq -c '.data.recipes[0].predicted | .reflectance.values |= map(1.2)' whole.json
    echo
    head -c 1100000 /dev/zero | tr '\0' '['
    echo
    jq -c '{id: "end", reflectance: .data.recipes[1].predicted.reflectance}' whole.json
} >bad.ndjson
"$program" pigment formulate --batch --specular sce -q <bad.ndjson >out 2>err
is "bad lines: exit code" 65 "$?"
is "each gives an error, in its place" \
    "1 ok 2 file.malformed 3 file.malformed 5 file.malformed 6 end" \
    "$(jq -r '"\(.line) \(.id // .error.code)"' out | tr '\n' ' ' | sed 's/ $//')"
is "what was predicted is found" "0 0" "$(jq -r 'select(.id) | .recipe.de00 * 1000 | floor' out |
    tr '\n' ' ' | sed 's/ $//')"
fails "a file without --batch" 64 usage.argument pigment formulate lines.csv
fails "a batch of one target" 64 usage.option pigment formulate --batch --target a.cgats
fails "a batch that does not say how it was read" 64 usage.option pigment formulate --batch lines.csv
fails "a batch whose backing reads the input" 64 usage.option pigment formulate --batch --film 50 \
    --backing -
fails "a batch in a file" 64 usage.option pigment formulate --batch lines.csv --specular sci -o x.json
run pigment formulate --batch lines.csv --specular sci --plain
is "a batch is no table" 64 "$code"
fails "no such batch" 66 file.missing pigment formulate --batch none.csv --specular sci

# -- straight from the instrument --------------------------------------------------------------
run pigment formulate --scan --sites 3 --trigger now -i 'sim:cm700d:swatch=white 1:250 50um' \
    --backing card.csv#white --film 50 --specular sci --pigments carbon --parts-max 100 --json -q
is "a scan: exit code" 0 "$code"
proves "it is simulated" '.conditions.simulated and .data.target.readings == 3 and
    .conditions.specular == "sci" and .data.target.source == null' out
fails "no instrument" 69 instrument.absent pigment formulate --scan -i usb:ffff:ffff
formulate -o f.json --json
is "a document in a file" formulation "$(jq -r .kind f.json)"
fails "a file that is there" 73 output.exists pigment formulate --target a.cgats -o f.json
finish
