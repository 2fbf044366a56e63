#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# match: recipes, their arithmetic, what is refused.
# shellcheck disable=SC2016 # what begins with a dollar in single quotes is of jq
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
covers_options match "$source/tests/cli/test_match.sh" \
    "$source/tests/cli/test_match_batch.sh"
for client in a b c; do
    cp "$source/profiles/skin/client-$client.cgats" $client.cgats
done
profiles=$source/profiles
export COLUMNS=80

# recipe FILTER ARGUMENT...: of the document for black hair on the light client
recipe() {
    filter=$1
    shift
    "$program" match --skin a.cgats --hair black --json -q --uncertainty 16 "$@" | jq -cr "$filter"
}

# plain FIELD ARGUMENT...: a field of the first recipe in plain output
plain() {
    field=$1
    shift
    "$program" match --skin a.cgats --hair black --plain -q "$@" | sed -n 1p | cut -f "$field"
}

# -- the recipe of the note, section 17.3 -----------------------------------------
run match --skin a.cgats --hair black --density 150 --pigments carbon --json
cp out carbon.json
is "a good scan needs no warning" "" "$(cat err)"
within "carbon alone, trade ratio" "$(jq .data.recipes[0].ratio_n out)" 17.5 20.5
within "carbon alone, healed" "$(jq .data.recipes[0].de00 out)" 2.3 2.5
is "six weeks are healed" "healed 6" "$(jq -r '.data | "\(.state) \(.week)"' out)"
for set in @generic @smp @greys; do
    within "$set does better" "$(recipe '.data.recipes[0].de00' --pigments $set)" 0 2.2
done
is "the set without an option" "$(recipe .data.recipes --pigments @smp)" \
    "$(recipe .data.recipes)"

# -- arithmetic --------------------------------------------------------------------
# density ID: g/ml, as the bottle's file says
density() {
    sed -n 's/^SMP_DENSITY_G_ML //p' "$profiles/pigments/$1.cgats"
}
densities=$(for file in "$profiles"/pigments/*.cgats; do
    id=$(basename "$file" .cgats)
    echo "\"$id\":$(density "$id")"
done | paste -sd,)
run match --skin a.cgats --hair brown --pigments @single-pigments --volume 4ml --json
cp out brown.json
# amounts are rounded to four decimals; drops are 0.04 ml, of water 0.05 ml
for document in carbon brown; do
    file=$document.json
    proves "$document: a drop has its size" \
        '[.data.recipes[].mix[] | .ml - .drops * 0.04 | fabs < 1e-9] | all' $file
    proves "$document: parts and water make the batch" '[.data.recipes[] |
        .volume_ml - .diluent.ml - ([.mix[].ml] | add) | fabs < 1e-4] | all' $file
    proves "$document: grams are volume by density" "{$densities} as \$density |
        [.data.recipes[].mix[] | .g - .ml * \$density[.pigment] | fabs < 1e-4] | all" $file
    proves "$document: the scale adds up" '[.data.recipes[] | [.diluent] + .mix |
        [foreach .[] as $step (0; . + $step.g; . - $step.scale_g)] |
        map(fabs < 5e-4)[]] | all' $file
    proves "$document: the trade ratio is water by pigment" '[.data.recipes[] |
        .ratio_n - .diluent.ml / ([.mix[].ml] | add) | fabs < 1e-3] | all' $file
    proves "$document: water comes in tenths" \
        '[.data.recipes[].diluent.ml * 10 | . - round | fabs < 1e-9] | all' $file
    proves "$document: the batch is what was asked for" \
        '[.data.recipes[].volume_ml | . >= 4 and . <= 6] | all' $file
    proves "$document: metamerism is to the other lights" \
        '[.data.recipes[].metamerism | keys_unsorted == ["LED-B3", "A"]] | all' $file
    proves "$document: all numbers are sensible" \
        'del(.data.certificate) | [.. | numbers | fabs < 1e4] | all' $file
    proves "$document: the forecast is told seven times" \
        '[.data.recipes[].forecast | length == 7] | all' $file
    proves "$document: it ends healed as the recipe says" \
        '[.data.recipes[] | .forecast[1].de00 - .de00 | fabs < 1e-3] | all' $file
    proves "$document: ranks count up" \
        '[.data.recipes[].rank] == [range(1; 1 + (.data.recipes | length))]' $file
    is "$document: the color is that of the batch poured" \
        "$(jq -r '.data.recipes[0].predicted.lab | map(. * 10 | round / 10)[]' $file | paste -sd' ')" \
        "$("$program" color info "$file#1" --json -q |
            jq -r '.data.samples[0].colors[0].lab | map(. * 10 | round / 10)[]' | paste -sd' ')"
done
proves "drops of different volumes are no parts" '[.data.recipes[] | has("parts")] | any | not' \
    carbon.json
sed 's/^SMP_DROP_ML .*/SMP_DROP_ML 0.05/' "$profiles/pigments/carbon.cgats" >carbon.cgats
run match --skin a.cgats --hair black --pigments ./carbon.cgats --json
proves "equal drops are parts in lowest terms, water last" '[.data.recipes[] | .parts as $p |
    ($p | length) == 2 and $p[0] * .diluent.drops == $p[1] * .mix[0].drops and
    ([range(2; $p[0] + 1) | select($p[0] % . == 0 and $p[1] % . == 0)] == [])] | all' out

# -- options -------------------------------------------------------------------------
is "--top" 1 "$(recipe '[.data.recipes[] | select(.relaxed | not)] | length' --top 1)"
is "--max-pigments" 1 "$(recipe '[.data.recipes[].mix | length] | max' --max-pigments 1)"
within "--drops-max" "$(recipe '[.data.recipes[].mix | map(.drops) | add] | max' \
    --drops-max 10)" 1 10
run match --skin a.cgats --hair black --volume 30ml --drops-max 10
has "a limit that is reached is told" err "all of the 10 drops that are allowed"
for volume in 3ml:3 60drop:3 2.5g:2.5 .8ml:0.8; do
    within "--volume ${volume%:*}" \
        "$(recipe .data.recipes[0].volume_ml --volume "${volume%:*}")" "${volume#*:}" \
        "1.5 * ${volume#*:}"
done
for volume in 3 ml 3l -3ml 0ml 1e1ml 101ml '3 ml' nanml 3.3.3ml 0x3ml ''; do
    exits "--volume '$volume'" 64 match --skin a.cgats --hair black "--volume=$volume"
done
for months in 12:1 24:2 36:3 60:5; do
    is "--months ${months%:*}" "${months#*:}" \
        "$(recipe .data.horizon_years --months "${months%:*}")"
done
for months in 0 11 18 48 61 1000 12.5 ''; do
    exits "--months '$months'" 64 match --skin a.cgats --hair black "--months=$months"
done
run match --skin a.cgats --hair black --months 18
has "the horizons are named" err "12, 24, 36 or 60"
for number in "density 0" "density 2001" "density x" "top 0" "top 11" "drops-max 0" \
    "drops-max 1.5" "max-pigments 0" "max-pigments 5" "max-de -1" "max-de nan" "grey 2"; do
    fails "--$number" 64 usage.value match --skin a.cgats --hair black "--${number% *}" \
        "${number#* }"
done

exits "a --max-de that is kept" 0 match --skin a.cgats --hair black --max-de 3
cp out kept
exits "one that is not" 1 match --skin a.cgats --hair black --max-de 0.5
grep -v 'warning: the best recipe differs' out >rest
holds "prints the best all the same" cmp -s rest kept
exits "and its document" 1 match --skin a.cgats --hair black --max-de 0.5 --json
proves "is a result" '.kind == "match" and (has("error") | not)' out

# section 8.4; the skin is the fit to a scan, not the model's own: 0.15
for grey in 0:56.0 0.25:58.0 0.5:60.1 0.75:62.2; do
    within "hair that is ${grey%:*} grey is lighter" \
        "$(recipe '.data.target.lab[0]' --grey ${grey%:*})" "${grey#*:} - 0.15" \
        "${grey#*:} + 0.15"
done
is "the share with the class" "$(recipe .data.target.lab --grey 0.4)" \
    "$("$program" match --skin a.cgats --hair grey:0.4+black --json -q | jq -c .data.target.lab)"
has_grey() {
    run match --skin a.cgats "$@"
    has "a share is told: $*" out "40 % grey"
}
has_grey --hair black --grey 0.4
has_grey --hair grey:0.4+black
fails "hair that is all grey" 65 target.lighter match --skin a.cgats --hair black --grey 1
has "the way out is less grey" out "less --grey"
fails "a grey share of a scan" 64 usage.option match --skin b.cgats --target a.cgats --grey .1

is "--technique" "0.1 0.25" "$(recipe '.data.technique | "\(.radius_mm) \(.height_mm)"' \
    --technique fine)"
is "its density" 150 "$(recipe .data.technique.density_per_cm2 --technique bold)"
is "--density goes before it" 120 "$(recipe .data.technique.density_per_cm2 \
    --technique bold --density 120)"
run match --skin a.cgats --hair black --density 300 --technique bold
has "dots that may merge" err "may merge to a helmet"
fails "dots that merge" 65 technique.coverage match --skin a.cgats --hair black --density 600

lacks "--exclude leaves out" carbon.json "titanium"
run match --skin a.cgats --hair brown --pigments @generic --exclude 77266 --json
proves "a Colour Index number" '[.data.recipes[].mix[].pigment] |
    length > 0 and (index("carbon") or index("neutral") | not)' out
has "and it is said" err "carbon is left out"
run match --skin a.cgats --hair brown --pigments @generic --exclude 77266 --quiet
is "--quiet says nothing" "" "$(cat err)"
run match --skin a.cgats --hair brown --pigments @generic --exclude 77266,nickle --json
has "a substance that no bottle names" err 'names "nickle"'
lacks "one that was found is none" err 'names "77266"'
proves "other programs hear of it" '[.warnings[].code] | index("pigment.exclude")' out
fails "nothing left" 64 pigment.none match --skin a.cgats --hair black --exclude 77266 \
    --pigments carbon
fails "a bottle named twice" 64 usage.value match --skin a.cgats --hair black \
    --pigments carbon,neutral,carbon

# unknown NAME CODE SUGGESTION ARGUMENT...
unknown() {
    name=$1 dotted=$2 suggestion=$3
    shift 3
    fails "$name" 66 "$dotted" match --skin a.cgats "$@"
    run match --skin a.cgats "$@"
    has "$name: what there is" err "$suggestion"
}
unknown "a pigment" pigment.unknown carbon --hair black --pigments carbn
unknown "a set" pigment.unknown @smp --hair black --pigments @all
unknown "hair" hair.unknown dark-brown --hair ginger
unknown "a technique" technique.unknown standard --hair black --technique strong
unknown "a file" file.missing none.cgats --target none.cgats

# one's own presets
cp -r "$profiles" own
printf '[ginger]\nce = 0.8\ngrey = 0.3\n' >>own/hair/hair.ini
printf '[mine]\nradius_mm = 0.12\n' >>own/techniques.ini
printf '[shelf]\npigments = carbon red-oxide\n' >>own/pigment-sets.ini
own() {
    "$program" match --profiles own --skin a.cgats --hair ginger --technique mine \
        --pigments @shelf --json -q "$@" | jq -r \
        '.data | "\(.target.grey_fraction) \(.technique.radius_mm) \(.recipes[0].mix[0].lot)"'
}
is "one's own hair, technique and set" "0.3 0.12 generic" "$(own)"
is "an explicit share goes before the class's" "0 0.12 generic" "$(own --grey 0)"

# -- what is asked for ---------------------------------------------------------------
for wrong in "--hair black" "--skin a.cgats" "--skin a.cgats --hair black --scar a.cgats" \
    "--skin a.cgats --hair black --target b.cgats" \
    "--skin a.cgats --hair black --donor-skin a.cgats"; do
    # shellcheck disable=SC2086 # split into arguments
    fails "$wrong" 64 usage.option match $wrong
done
fails "an argument" 64 usage.argument match --skin a.cgats --hair black c.cgats
fails "a target lighter than the skin" 65 target.lighter match --skin c.cgats --target a.cgats
for color in lab:50,3,8 '#706050' xyz:20,20,20; do
    fails "a target without a spectrum: $color" 65 spectrum.needed match --skin a.cgats \
        --target "$color"
done

# -- scars: the skin around is the target ----------------------------------------------
run match --skin b.cgats --scar a.cgats --json
has "a test patch is asked for" err "test patch"
is "the scar is treated, to look like the skin around" "645 560" \
    "$(jq -r '.data | "\(.skin.lab[0] * 10 | round) \(.target.lab[0] * 10 | round)"' out)"
is "kind" surroundings "$(jq -r .data.target.kind out)"
has "what pigment cannot reach is said" out target.unreachable
run match --skin b.cgats --scar a.cgats
has "a scar is called so" out "  scar  "
has "a relaxed recipe is called so" out "Relaxed recipe"
run match --skin a.cgats --scar b.cgats
has "a scar darker than its skin" err "--scar is the lighter scar"

# -- skin as a color alone -----------------------------------------------------------
run match --skin lab:58,9,18 --hair dark-brown --json
is "a color is not spectral" "false skin.color-only" \
    "$(jq -r '"\(.data.skin.spectral) \(.warnings[0].code)"' out)"
proves "and has no indices" '.data.skin | has("melanin_index") | not' out
proves "a scan is spectral" '.data.skin.spectral' carbon.json
run match --skin lab:58,9,18 --hair dark-brown
has "the text says so" out "estimated from a color without a spectrum"
exits "a hex color" 0 match --skin '#b38f78' --hair black
exits "coordinates with their light" 0 match --skin lch:60,20,60/D50/2 --hair black

# -- the forms of a scan ----------------------------------------------------------------
# The answer is the same from every file; from the formats that are silent on specular
# with --specular.
"$program" match --skin a.cgats --hair black --plain >expected
for format in sp csv json; do
    "$program" convert a.cgats a.$format -q
    "$program" match --skin a.$format --specular sce --hair black --plain -q >out
    holds "skin from .$format" cmp -s out expected
done
"$program" match --skin - --hair black --plain <a.cgats >out
holds "skin from standard input" cmp -s out expected
"$program" match --skin a.cgats#A1 --hair black --plain >out
holds "a sample by name" cmp -s out expected
fails "a sample that is not there" 66 sample.missing match --skin a.cgats#A9 --hair black
sed 's/"A1"/"A2"/;/^CGATS/,/^BEGIN_DATA$/d' a.cgats | sed '$d' >row
sed -e '/^BEGIN_DATA$/r row' -e 's/^NUMBER_OF_SETS.*/NUMBER_OF_SETS 2/' a.cgats >two.cgats
fails "two samples and no choice" 64 color.several match --skin two.cgats --hair black
exits "a choice of two" 0 match --skin two.cgats#A2 --hair black
{ head -n 1 a.csv; sed -n 2p a.csv | awk -F, -v OFS=, \
    '{ for (i = 1; i <= NF; i++) if ($i ~ /^0\.[0-9]+$/) $i *= 100; print }'; } >percent.csv
"$program" match --skin percent.csv --scale percent --specular sce --hair black --plain -q >out
holds "--scale" cmp -s out expected
run match --skin a.cgats --hair black --specular sci --json
has "specular included is converted" err "converted to excluded"
# k1 = 0.0278 of section 17.1 makes the skin darker
within "by the surface's reflection" "$(jq '.data.skin.lab[0]' out)" 61 63.5

# -- a document as the next target -----------------------------------------------------
exits "a result into a file" 0 match --skin a.cgats --hair dark-brown --json -o m.json
run match --skin a.cgats --target m.json#1 --json
within "a recipe's own color can be met" "$(jq .data.recipes[0].de00 out)" 0 0.3
is "it is called after the document's sample" scan "$(jq -r .data.target.kind out)"
fails "a document of several" 64 color.several match --skin a.cgats --target m.json
fails "a file that is there" 73 output.exists match --skin a.cgats --hair black -o m.json

# target_lab SKIN ARGUMENT...
target_lab() {
    on=$1
    shift
    "$program" match --skin "$on" --json -q "$@" | jq -c .data.target.lab
}
is "beside a target the skin is as on the scalp" \
    "$(target_lab a.cgats --target m.json#1)" \
    "$(target_lab a.cgats --target m.json#1 --donor-skin a.cgats)"
# the color as hair would have it on that skin, and no lighter than skin any more
run color diff "lab:$(target_lab b.cgats --hair dark-brown | tr -d '[]')" \
    "lab:$(target_lab b.cgats --target m.json#1 --donor-skin a.cgats | tr -d '[]')" --json -q
within "--donor-skin moves a target to other skin" "$(jq '.data.samples[0].de00' out)" 0 2
fails "where it would be lighter than the skin" 65 target.lighter match --skin b.cgats \
    --target m.json#1
fails "a donor skin without a spectrum" 65 spectrum.needed match --skin a.cgats \
    --target m.json#1 --donor-skin lab:60,7,15

# -- light ----------------------------------------------------------------------------
run match --skin a.cgats --hair black --illuminant A,LED-B3 --observer 2 --json
is "the reference is the first" '["A","LED-B3"] 2' \
    "$(jq -rc '.conditions | "\(.illuminants) \(.observer_deg)"' out)"
is "metamerism to the second" '["LED-B3"]' "$(jq -c '.data.recipes[0].metamerism | keys' out)"
run match --skin a.cgats --hair black --illuminant A,LED-B3 --observer 2
has "the conditions are told" out "A/2, specular excluded"
has "in the heading as well" out "ΔE00 A"
run match --skin a.cgats --hair black --illuminant D50 --json
is "one light has no metamerism" '{}' "$(jq -c '.data.recipes[0].metamerism' out)"

# -- text -----------------------------------------------------------------------------
run match --skin a.cgats --hair black --pigments carbon
is "first what to pour" "7 drops carbon, 5.2 ml water, makes 5.48 ml (1:19);" "$(sed -n 1p out)"
holds "then what to expect, with intervals" grep -qxE \
    'healed ΔE00 [0-9.]+ \([0-9.]+-[0-9.]+\); touch-up [0-9.]+ yr \([0-9.]+-[0-9.]+\)' out
for text in "pour" "scale shows g" "Pour in order" "Makes 5.48 ml" "1:19" "more of carbon" \
    "less of carbon" "fresh" "6 weeks" "5 years" "contrast" "touch-up" "relaxed" \
    "P10-P90" "darker" "bluer" "Chances: helmet look within 3 yr" \
    "generic profile: calibrate your own bottle" "forecast not clinically validated"; do
    has "the text has $text" out "$text"
done
lacks "without --explain no search" out "Searched"
is "without it one recipe in full" 1 "$(grep -c 'Pour in order' out)"
run match --skin a.cgats --hair black --pigments carbon --explain
for text in "Searched: 1 pigments" "D65 50, LED-B3 35, A 15." \
    "6 weeks 35, 1 year 25, 2 years 20, 3 years 20;" "256 draws, Sobol sequence with seed 1" \
    "worst fifth"; do
    has "--explain has $text" out "$text"
done
is "the search is told once" 1 "$(grep -c Objective out)"
is "all recipes in full" 2 "$(grep -c 'Pour in order' out)"
run match --skin a.cgats --hair black --volume 1ml --pigments carbon
has "a small batch is warned of" err "a larger batch is more forgiving"
for arguments in "--hair black" "--hair brown --pigments @generic --explain" \
    "--hair black --pigments @single-pigments --max-pigments 4 --top 10" \
    "--hair grey:0.45+dark-brown --illuminant D65"; do
    # shellcheck disable=SC2086 # split into arguments
    run match --skin a.cgats $arguments
    within "columns of: $arguments" "$(wc -L <out)" 40 80
done

# -- plain ----------------------------------------------------------------------------
run match --skin a.cgats --hair brown --plain --pigments @generic --top 10
is "a line has its number of fields, whatever the recipe" 18 \
    "$(awk -F'\t' '{ print NF }' out | sort -u)"
is "drops and pigments go together" "" "$(awk -F'\t' 'gsub(/\+/, "", $2) != gsub(/\+/, "", $3)' out)"
holds "water is a number" [ "$(plain 4 --pigments carbon)" = 5.2 ]
is "ratio and healed difference" "1:19 2.4" \
    "$(plain 6 --pigments carbon) $(plain 10 --pigments carbon)"

# -- what is uncertain ----------------------------------------------------------------
run match --skin a.cgats --hair black --json --pigments carbon
proves "the document tells draws and seed" '.data.draws == 256 and .data.seed == 1' out
for member in .touch_up_interval .de00_interval ".forecast[].interval[]"; do
    proves "in order: $member" \
        "[.data.recipes[] | $member | .p10 <= .p50 and .p50 <= (.p90 // 15)] | all" out
done
proves "each age has its interval" \
    '[.data.recipes[].forecast[].interval | .de00.p90 > 0 and .L.p10 > 40] | all' out
proves "U of the difference is above 0" '[.data.recipes[].u95 > 0] | all' out
proves "chances are shares" '[.data.recipes[] | .chances[],
    (.forecast[] | .chance_darker, .chance_bluer) | . >= 0 and . <= 1] | all' out
proves "each recipe has its warnings" '[.data.recipes[].warnings | type] | unique == ["array"]' out
proves "a relaxed one says so itself" '[.data.recipes[] | select(.relaxed).warnings[].code] |
    index("target.unreachable") != null' out
run match --skin a.cgats --hair black --json --pigments carbon --volume 1ml
proves "those of the first are the document's as well" '.data.recipes[0].warnings as $own |
    ($own | length) > 0 and $own - .warnings == []' out

# likely FILTER ARGUMENT...: of the recipe of carbon in brown hair
likely() {
    filter=$1
    shift
    "$program" match --skin a.cgats --hair brown --pigments carbon --json -q "$@" |
        jq -cr ".data.recipes[0] | $filter"
}
median=$(likely .de00_interval.p50)
is "the same seed gives the same answer" "$(likely . --seed 5)" "$(likely . --seed 5)"
on_threads() {
    OMP_NUM_THREADS=$1 "$program" match --skin a.cgats --hair brown --pigments @generic \
        --explain -q
}
is "so do any number of threads" "$(on_threads 1)" "$(on_threads 5)"
holds "another seed another" [ "$median" != "$(likely .de00_interval.p50 --seed 5)" ]
within "but hardly so" "$(likely .de00_interval.p50 --seed 5)" "$median - 0.3" "$median + 0.3"
within "few draws tell about the same" "$(likely .de00_interval.p50 --uncertainty 32)" \
    "0.7 * $median" "1.3 * $median"
is "--uncertainty" 32 "$("$program" match --skin a.cgats --hair black --uncertainty 32 --json -q |
    jq .data.draws)"
for number in "uncertainty 15" "uncertainty 4097" "uncertainty 0" "seed -1" "seed 1.5" "uv -1" \
    "uv 11" "uv x"; do
    fails "--$number" 64 usage.value match --skin a.cgats --hair black "--${number% *}" \
        "${number#* }"
done

run match --skin a.cgats --hair brown --pigments carbon --json
is "robust and nominal are both told where they differ" "robust 1 nominal" \
    "$(jq -r '.data.search + " " + ([.data.recipes[].label] | join(" "))' out)"
proves "the robust one is better over all" \
    '.data.recipes | .[0].robust_objective < .[1].robust_objective - 0.3' out
proves "the nominal one if all is as stated" \
    '.data.recipes | .[0].objective > .[1].objective' out
is "robust is the default, and can be said" "$(jq -c .data.recipes[0].mix out)" \
    "$(likely .mix --robust)"
run match --skin a.cgats --hair brown --pigments carbon --nominal --json
is "--nominal turns them round" "nominal 1 robust" \
    "$(jq -r '.data.search + " " + ([.data.recipes[].label] | join(" "))' out)"
fails "one of them" 64 usage.option match --skin a.cgats --hair black --robust --nominal

# what fades faster needs a touch-up earlier
usual=$(likely .touch_up_years --nominal)
for modifier in oily smoker swimmer fast-fader resorbable oily,smoker; do
    within "--modifiers $modifier" "$(likely .touch_up_years --modifiers $modifier --nominal)" \
        0.1 "$usual - 0.1"
done
within "dark skin keeps it for longer" \
    "$(likely .touch_up_years --modifiers phototype-v-vi --nominal)" "$usual + 0.1" 15
within "so does a life in the shade" "$(likely .touch_up_years --uv 0 --nominal)" "$usual + 0.1" 15
is "the document tells them" '["oily","smoker"] 2' "$("$program" match --skin a.cgats --hair black \
    --modifiers oily,smoker --uv 2 --json -q |
    jq -cr '.data.conditions | "\(.modifiers) \(.ultraviolet_dose)"')"
for word in scar tired oily,oily; do
    fails "--modifiers $word" 64 usage.value match --skin a.cgats --hair black --modifiers $word
done

# hair that goes on greying becomes lighter as the work does
fails "--greying is of hair" 64 usage.option match --skin a.cgats --target b.cgats --greying
run match --skin a.cgats --hair brown --grey 0.2 --greying --json --pigments carbon --nominal
proves "the document tells of greying" '.data.target.greying_per_year == 0.014' out
is "and so does the target's name" "brown hair, 20 % grey, greying on" "$(jq -r .data.target.name out)"
is "the look today is the same" "$("$program" match --skin a.cgats --hair brown --grey 0.2 --json -q |
    jq -c .data.target.lab)" "$(jq -c .data.target.lab out)"
within "the touch-up comes later" "$(jq '.data.recipes[0].touch_up_years // 15' out)" \
    "$(likely .touch_up_years --grey 0.2 --nominal) + 0.3" 15

run match --skin a.cgats --hair blond --pigments dark-brown --max-pigments 1 --technique bold \
    --density 196 --volume 2ml --nominal
has "a touch-up later than is looked at" out "touch-up over 15 yr (2"
lacks "is not after that" out "after over"

# a scar takes more or less than healthy scalp, nobody knows
fill_variance='.data.client_state.covariance[0][0]'
run match --skin b.cgats --hair black --json
within "what a scalp takes" "$(jq "$fill_variance" out)" 0.249 0.251
run match --skin b.cgats --scar a.cgats --json
within "what a scar takes" "$(jq "$fill_variance" out)" 0.499 0.501

# -- a hand that is known ---------------------------------------------------------------
# hand VALUE...: what clients taught, ln of fill x healed; ln(0.15 x 0.65) = -2.33 is usual
hand() {
    for value; do
        jq -n --arg client "c$value" --argjson value "$value" \
            '{client: $client, ln_fill_healed: $value, sd: 0.2}'
    done | jq -s '{schema: "scalptone/1", kind: "practitioner", data: {observations: .}}'
}
hand -2.33 -2.30 -2.36 -2.28 -2.38 >usual-hand.json
hand -1.90 -1.95 -1.85 -1.88 -1.92 >heavy-hand.json
width=$(likely '.de00_interval | .p90 - .p10' --nominal)
within "a hand that is known makes forecasts narrower" \
    "$(likely '.de00_interval | .p90 - .p10' --nominal --practitioner usual-hand.json)" \
    0.1 "0.8 * $width"
within "a heavy hand needs a weaker mix" \
    "$(likely .ratio_n --nominal --practitioner heavy-hand.json)" \
    "1.2 * $(likely .ratio_n --nominal --practitioner usual-hand.json)" 120
run match --skin a.cgats --hair black --practitioner usual-hand.json
has "the text tells of it" out "The hand is known from 5 clients."
lacks "clients were seen" err "made-up clients"
jq '.conditions.simulated = true' usual-hand.json >made-up-hand.json
run match --skin a.cgats --hair black --practitioner made-up-hand.json
has "that clients were made up" out "made-up-hand.json is simulated"
fails "a hand that is no file" 66 file.missing match --skin a.cgats --hair black --practitioner no.json
fails "a hand that is no hand" 65 file.malformed match --skin a.cgats --hair black \
    --practitioner carbon.json

# -- work that is there already ------------------------------------------------------------
"$program" match --skin a.cgats --hair brown --density 80 --json -q -o weak.json
"$program" match --skin a.cgats --hair black --density 80 --json -q -o strong.json
upon="match --skin a.cgats --hair black --density 70 --existing"
# shellcheck disable=SC2086 # split into arguments
{
    run $upon weak.json#1 --record weak.json --existing-age 6w --json
    cp out upon.json
    within "work that heals as recorded" "$(jq .data.existing.scale upon.json)" 0.999 1.001
    within "lies where it was placed" "$(jq .data.existing.depth_mm upon.json)" 0.095 0.105
    run $upon weak.json#1 --json
    within "unknown work has a strength" "$(jq .data.existing.scale out)" 0.5 2
    proves "less surely" ".data.existing.scale_sd > $(jq .data.existing.scale_sd upon.json)" out
    fails "work stronger than its record" 65 existing.strong \
        $upon strong.json#1 --record weak.json --existing-age 6w
    run $upon weak.json#1 --record weak.json --existing-age 6w
    has "the text tells of it" out "Upon work in the skin that shows 1.00"
    fails "an age is due with a record" 64 usage.option $upon weak.json#1 --record weak.json
    fails "fresh work" 65 existing.unknown $upon weak.json#1 --existing-age 5d
    fails "a record that is none" 65 file.malformed $upon weak.json#1 --existing-age 1y \
        --record usual-hand.json
    fails "no record at all" 66 file.missing $upon weak.json#1 --existing-age 1y --record none.json
}
fails "a record of nothing" 64 usage.option match --skin a.cgats --hair black --record weak.json
fails "work as dark as the target" 65 target.lighter match --skin a.cgats --hair brown \
    --density 70 --existing strong.json#1
has "what to do then" err "only darkens"
exits "and a course may follow" 0 plan upon.json

# -- the same bytes everywhere --------------------------------------------------------
document() {
    "$program" match --skin a.cgats --hair brown --grey 0.3 --json --as-of 2026-11-20
}
document >expected
document >out
holds "a second run gives the same bytes" cmp -s out expected
locales=C
if command -v localedef >/dev/null &&
    localedef -i de_DE -f UTF-8 "$work/de_DE.UTF-8" 2>/dev/null; then
    locales="C de_DE.UTF-8"
else
    skip "a decimal comma in the locale" "localedef cannot make one"
fi
for locale in $locales; do
    export LOCPATH="$work" LC_ALL="$locale"
    document >out
    holds "a document under $locale" cmp -s out expected
    unset LOCPATH
    export LC_ALL=C.UTF-8
done
"$program" match --skin a.cgats --hair black --explain >expected
LC_ALL=C "$program" match --skin a.cgats --hair black --explain >out
LC_ALL=C grep -q '[^ -~]' out
is "another charset gets ASCII alone" 1 $?
sed 's/Δ/d/g; s/°/ deg/g; s/²/2/g' expected | tr -s ' ' >expected.ascii
tr -s ' ' <out >out.ascii
holds "with the signs spelled, nothing else changed" cmp -s out.ascii expected.ascii
lacks "piped text has no escape codes" expected "$(printf '\033')"

# -- bad files -----
printf 'id,480,490,500,510,520,530\n1,.2,.2,.2,.2,.2,.2\n' >short.csv
fails "a target that is too short" 65 spectrum.range match --skin a.cgats --target short.csv
printf 'CGATS.17\nNUMBER_OF_FIELDS 2\n' >broken.cgats
fails "a skin that is broken" 65 file.malformed match --skin broken.cgats --hair black
fails "a pigment that is broken" 65 file.malformed match --skin a.cgats --hair black \
    --pigments ./broken.cgats

# -- verdicts in words -----
run match --skin lab:58,9,18 --hair blond --pigments carbon -q
has "a relaxed recipe says so before anything else" out "Nothing keeps the rule"
exits "a match that is too far" 1 match --skin a.cgats --hair black --pigments carbon \
    --density 150 --max-de 1
has "the reason" err "more than --max-de 1"
run match --skin a.cgats --hair black --pigments carbon --density 150 --max-de 1 --json
is "the reason in the document" difference.limit "$(jq -r '.warnings[-1].code' "$work/out")"

# -- kept as a document -----
"$program" match --skin a.cgats --hair black --as-of 2026-11-20T00:00:00Z --json >expected
run match --skin a.cgats --hair black --as-of 2026-11-20T00:00:00Z --save kept.json
is "match --save exits" 0 "$code"
has "it shows the result all the same" out "Pour in order"
holds "it keeps what --json prints" cmp -s kept.json expected
fails "a document that is there" 73 output.exists match --skin a.cgats --hair black \
    --save kept.json
exits "match --save --force" 0 match --skin a.cgats --hair black --save kept.json --force
fails "match --save to stdout" 64 usage.option match --skin a.cgats --hair black --save -

# -- one drop -----
run match --skin a.cgats --hair black --pigments carbon --density 150 --json
proves "one drop either way" '.data.recipes[0].one_drop | map(.drops) == [1, -1]' out
proves "one more is darker, one less lighter" '.data.recipes[0] | .predicted.lab[0] as $L |
    .one_drop[0].lab[0] < $L and $L < .one_drop[1].lab[0]' out

# -- sets of one's own -----
mkdir -p mine
set_is() { printf '%s\n' "$@" >mine/pigment-sets.ini; }
pigments() {
    run match --profiles mine --skin a.cgats --hair black --pigments @two --explain -q
    sed -n 's/^Searched: \([0-9]*\) pigments.*/\1/p' out
}
set_is '[two]' 'pigments = carbon, neutral'
is "commas part pigments as blanks do" 2 "$(pigments)"
set_is '[two]' "pigments = carbon neutral"
is "blanks do" 2 "$(pigments)"
set_is '[two]' 'pigments = carbon' 'pigments = neutral'
fails "pigments given twice" 65 file.malformed match --profiles mine --skin a.cgats \
    --hair black --pigments @two
set_is '[two]' 'pigments = carbon' '[two]' 'pigments = neutral'
fails "a set given twice" 65 file.malformed match --profiles mine --skin a.cgats \
    --hair black --pigments @two
set_is '[two]' "$(printf 'pigments = carbon%220sneutral' '')"
fails "a line that is too long" 65 file.malformed match --profiles mine --skin a.cgats \
    --hair black --pigments @two

# -- every batch -----
small() {
    run match --skin a.cgats --hair black --pigments carbon,warm-brown --volume 2ml \
        --drops-max 12 --uncertainty 16 -q "$@"
}
small --nominal --exact --json
is "match --exact exits" 0 "$code"
proves "its certificate" '.data.certificate | .optimal and .search == "nominal" and
    .within == 0 and .bound == .score and .regions > 0 and
    .recipes > .examined and .examined > 0' out
proves "no recipe scores below the bound" '.data.certificate as $c |
    $c.score_of_first >= $c.bound and $c.score_of_first <= $c.bound + 0.1' out
cp out exact.json
small --nominal --exact --json --threads 3
proves "threads change nothing" '.data.certificate == $one[0].data.certificate' out \
    --slurpfile one exact.json
small --nominal --exact
has "the certificate in words" out \
    "optimal on this grid ($(jq '.data.certificate.recipes' exact.json) recipes, $(jq \
        '.data.certificate.examined' exact.json) examined, bound "
small --exact
has "what is not proved" out "which is not proved"
small --nominal --json
proves "a small grid needs no --exact" '.data.certificate == $one[0].data.certificate' out \
    --slurpfile one exact.json
run match --skin a.cgats --hair brown --pigments @generic --max-pigments 4 --drops-max 60 \
    --nominal --json -q
proves "a larger one is not proved in passing" '.data.certificate | (.optimal | not) and
    .within > 0 and .bound < .score and ((.score - .bound - .within) | fabs) < 0.00011' out
cp out passing.json
run match --skin a.cgats --hair brown --pigments @generic --max-pigments 4 --drops-max 60 \
    --nominal --exact --json -q
proves "but within what is said" '.data.certificate as $best |
    $best.optimal and ($one[0].data.certificate | .bound <= $best.score and
    .score <= $best.score + .within)' out --slurpfile one passing.json
run match --skin a.cgats --hair brown --pigments @generic --max-pigments 4 --drops-max 60 -q
holds "as it says in words" grep -qx 'best found, within [0-9.]* of optimal' out
mkdir -p second/pigments
for file in "$profiles"/pigments/*; do
    sed 's/^SMP_ID "[^"]*/&-2/' "$file" >"second/pigments/$(basename "${file%.cgats}")-2.cgats"
done
all=carbon,cool-grey,neutral,warm-brown,dark-brown,red-oxide,yellow-oxide,titanium-white
run match --skin a.cgats --hair black --profiles second -q --pigments \
    $all,carbon-2,neutral-2,cool-grey-2
holds "many pigments are not proved in passing" \
    grep -qx 'best found, within [0-9.]* of optimal' out
has "but left to --exact" out "--exact proves"
run match --skin a.cgats --hair black --exact --volume 100ml --drops-max 300 -q
has "a grid too large to be looked at one by one" out \
    "optimal on this grid (22509680800 recipes, "
none() {
    run match --skin a.cgats --hair blond --density 196 --pigments dark-brown --technique bold \
        --max-pigments 1 --volume 2ml --months 60 --nominal -q "$@"
}
none --exact
has "nothing keeps the rule, proved" out "No batch of this grid keeps the rule"
none --exact --json
proves "as a member" '.data.certificate | (.keeps_rule | not) and .recipes > 0 and
    (has("bound") | not)' out
none
has "nothing keeps the rule, as found" out "--exact proves"
fails "match --threads alone" 64 usage.option match --skin a.cgats --hair black --threads 2
finish
