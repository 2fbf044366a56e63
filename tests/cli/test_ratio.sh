#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# ratio: one dilution, looked up.
# shellcheck disable=SC2016 # what begins with a dollar in single quotes is of jq
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
covers_options ratio "$source/tests/cli/test_ratio.sh"
for client in a b c; do
    cp "$source/profiles/skin/client-$client.cgats" $client.cgats
done
export COLUMNS=80

# of FILTER ARGUMENT...
of() {
    filter=$1
    shift
    "$program" ratio --json -q "$@" | jq -cr "$filter"
}

# -- the skins and hairs of the note ---------------------------------------------------
# Section 10.5 forecasts these clients at these ratios; what is best over three years lies
# within a sixth of them.
for case in "light black 150 19" "tan black 150 19" "dark black 180 25" "light brown 120 35"; do
    # shellcheck disable=SC2086 # split into words
    set -- $case
    within "$1 skin, $2 hair at $3" "$(of .data.ratio_n "$1" "$2" --density "$3")" \
        "$4 * 5 / 6" "$4 * 7 / 6"
done
is "the default is 150 dots of the standard technique" "$(of .data light black)" \
    "$(of .data light black --density 150 --technique standard --pigment carbon)"
holds "fewer dots take a stronger mix" [ "$(of '.data.ratio_n | floor' light black --density 100)" \
    -lt "$(of '.data.ratio_n | floor' light black)" ]
holds "so do finer ones" [ "$(of '.data.ratio_n | floor' light black --technique fine)" \
    -lt "$(of '.data.ratio_n | floor' light black)" ]
holds "a weaker bottle takes less water" [ "$(of '.data.ratio_n | floor' light black \
    --pigment neutral)" -lt "$(of '.data.ratio_n | floor' light black)" ]

# -- arithmetic -------------------------------------------------------------------------
for case in "light brown" "ita:35 grey:0.4+black" "dark black" "tan blond" "a.cgats black"; do
    # shellcheck disable=SC2086 # split into words
    run ratio $case --json
    proves "$case: the range is a factor of 1.5 of the whole" '.data | .ratio_n as $n |
        .ratio_n_range | (.[0] - ($n + 1) / 1.5 + 1 | fabs) < 1e-3 and
        (.[1] - ($n + 1) * 1.5 + 1 | fabs) < 1e-3' out
    proves "$case: batches of 1, 3 and 5 ml, as far as a drop allows" \
        '[.data.batches[].for_ml] | . == [1, 3, 5] or . == [3, 5] or . == [5]' out
    proves "$case: each is as large as asked for" \
        '[.data.batches[] | .volume_ml >= .for_ml - 1e-9] | all' out
    proves "$case: whole drops of 0.04 ml and water make it" '[.data.batches[] |
        .drops >= 1 and (.volume_ml - .water_ml - 0.04 * .drops | fabs < 1e-4)] | all' out
    proves "$case: never darker than the ratio, less than a step of water lighter" \
        '.data.ratio_n as $n | [.data.batches[] | .water_ml - $n * 0.04 * .drops |
            . > -1e-3 and . < 0.1] | all' out
    proves "$case: no batch takes a drop more than it must" '.data.ratio_n as $n |
        [.data.batches[] | .drops == 1 or
            (.drops - 1) * 0.04 * (1 + $n) < .for_ml + 0.1] | all' out
    proves "$case: reference only" '.data.notes | index("reference only") != null' out
    proves "$case: all numbers are sensible" '[.. | numbers | fabs < 1e4] | all' out
done
is "all three for a mix of usual strength" "[1,3,5]" \
    "$(of '.data.batches | map(.for_ml) | tostring' light brown)"
run ratio light blond
has "a mix so weak is warned of" err "weaker than what is usually mixed"
is "no touch-up is absent" null "$(of .data.touch_up_years light blond)"
has "and told" out "no touch-up due within 15 years"

# -- the forms of skin and hair ----------------------------------------------------------
is "light is of this typology angle" "$(of '.data.ratio_n | round' light brown)" \
    "$(of '.data.ratio_n | round' ita:46.3 brown)"
is "a reference client's scan is nearly its name" "$(of '.data.ratio_n | round' light brown)" \
    "$(of '.data.ratio_n | round' a.cgats brown)"
is "a scan is somebody's spectrum, a name is nobody's" "true false" \
    "$(of .data.spectral a.cgats brown) $(of .data.spectral light brown)"
for color in '#b38f78' lab:62.4,11.8,17.9; do
    run ratio "$color" brown --json
    is "$color is flagged" "false skin.color-only" \
        "$(jq -r '"\(.data.spectral) \(.warnings[0].code)"' out)"
done
"$program" ratio - brown --json <b.cgats >out
is "skin from standard input" "client B, tan scalp" "$(jq -r .data.skin out)"
is "grey hair is as fewer hairs" "black hair, 40 % grey" "$(of .data.hair light grey:0.4+black)"
holds "and takes more water" [ "$(of '.data.ratio_n | floor' light grey:0.4+black)" \
    -gt "$(of '.data.ratio_n | floor' light black)" ]
"$program" match --skin a.cgats --hair black --pigments carbon --json -o healed.json
# 1:18.6; the rule lets it be darker by L* 0.25, which is half of what a drop in seven does
within "a scan of the healed recipe in place of hair" \
    "$(of .data.ratio_n a.cgats healed.json#1)" 17.2 18.7
"$program" convert a.cgats a.csv -q
is "--specular" "$(of .data.lab a.cgats black)" "$(of .data.lab a.csv black --specular sce)"
is "--scale" "$(of .data.lab a.csv black)" "$(of .data.lab a.csv black --scale fraction)"
is "the reference light" A "$(of '.conditions.illuminants[0]' light brown --illuminant A)"
holds "changes what is seen" [ "$(of .data.lab light brown --illuminant A --observer 2)" != \
    "$(of .data.lab light brown)" ]

# -- refusals -----------------------------------------------------------------------------
for skin in ita:99 ita:-99 ita: ita:x ita:nan; do
    fails "$skin" 64 usage.value ratio $skin black
done
for hair in grey:2+black grey:-1+black grey:x+black grey:0.4 grey:; do
    fails "$hair" 64 usage.value ratio light $hair
done
fails "a skin that has no name" 64 color.unknown ratio lite black
run ratio lite black
has "the names there are" err "light, tan, dark, ita:35"
fails "hair that has no name" 66 hair.unknown ratio light ginger
fails "grey hair that has no name" 66 hair.unknown ratio light grey:0.4+ginger
fails "a missing scan of hair" 66 file.missing ratio light none.csv
fails "hair as a color" 65 spectrum.needed ratio light '#302020'
fails "hair lighter than skin" 65 target.lighter ratio dark blond
fails "dots that merge" 65 technique.coverage ratio light black --density 600
fails "no dots" 64 usage.value ratio light black --density 0
fails "a technique without a name" 66 technique.unknown ratio light black --technique strong
fails "a pigment without a name" 66 pigment.unknown ratio light black --pigment carbn
for pigments in @smp carbon,neutral; do
    fails "more than one pigment: $pigments" 64 usage.value ratio light black \
        --pigment $pigments
done
fails "a white that cannot darken" 1 recipe.none ratio light black --pigment titanium-white
fails "one argument" 64 usage.argument ratio light
fails "three arguments" 64 usage.argument ratio light black carbon

# -- one's own profiles, and what is wrong with them ---------------------------------------
# own FOLDER FILE: a folder that holds this file of the stock, and nothing else
own() {
    mkdir -p "$(dirname "$1/$2")"
    cp "$source/profiles/$2" "$1/$2"
}
own mine pigments/neutral.cgats
run ratio light brown --profiles mine
is "what one's own folder lacks is of the stock" 0 "$code"
touch file
for folder in none file ''; do
    fails "--profiles '$folder'" 66 file.missing ratio light brown --profiles "$folder"
    has "--profiles '$folder': is named" out "--profiles \\\"$folder\\\""
done
export SCALPTONE_PROFILES=none
fails "a variable that names no folder" 66 file.missing ratio light brown
has "a variable that names no folder: is named" out SCALPTONE_PROFILES
run ratio light brown --profiles mine --pigment neutral
is "what --profiles lacks is looked up there" 66 "$code"
SCALPTONE_PROFILES='' run ratio light brown
is "a variable that is empty is none" 0 "$code"
unset SCALPTONE_PROFILES
# a file that leads to itself is there for root too, and cannot be read
for file in pigments/carbon.cgats hair/hair.ini techniques.ini; do
    mkdir -p "loop/$(dirname $file)"
    ln -s "$(basename $file)" "loop/$file"
    fails "an unreadable $file" 74 file.read ratio light brown --profiles loop
    has "an unreadable $file: is named" out "loop/$file"
    rm "loop/$file"
done
if [ "$(id -u)" != 0 ]; then
    chmod 0 mine/pigments/neutral.cgats
    fails "a file without permission" 74 file.read ratio light brown --profiles mine \
        --pigment neutral
else
    skip "a file without permission" "root may read everything"
fi

# -- text and plain -------------------------------------------------------------------------
run ratio light brown --density 130
is "the answer is the first line" \
    "light skin, brown hair, 130 dots/cm²: 1:39 (1:26 to 1:59)" "$(head -n 1 out)"
for text in "1 part carbon to 39 parts water" "pigment drops" "water ml" "makes ml" healed \
    "D65/10" ΔE00 "touch-up after about 3" "reference only" \
    "generic profile: calibrate your own bottle" "forecast not clinically validated"; do
    has "the text has $text" out "$text"
done
is "it needs no warning" "" "$(cat err)"
within "lines of one screen" "$(wc -l <out)" 8 20
within "columns of one screen" "$(wc -L <out)" 40 80
run ratio ita:35 grey:0.4+dark-brown --technique fine --pigment warm-brown
within "of another" "$(wc -L <out)" 40 80
is "below ten the ratio has a decimal" 1:2.1 \
    "$("$program" ratio light black --pigment cool-grey | grep -o '1:[0-9.]*' | head -n 1)"

run ratio light brown --plain
is "a line for each batch" 3 "$(wc -l <out)"
is "of nine numbers" 9 "$(awk -F'\t' '{ print NF }' out | sort -u)"
is "and nothing else" "" "$(tr -d '0-9.\t\n-' <out)"
run ratio light blond --plain -q
is "a touch-up that is not due is a dash" - "$(head -n 1 out | cut -f 9)"
is "--quiet says nothing" "" "$(cat err)"

# -- the same bytes everywhere -----------------------------------------------------------
"$program" ratio ita:35 grey:0.4+black --json --as-of 2026-11-20 >expected
"$program" ratio ita:35 grey:0.4+black --json --as-of 2026-11-20 >out
holds "a second run gives the same bytes" cmp -s out expected
LC_ALL=C "$program" ratio ita:35 grey:0.4+black --json --as-of 2026-11-20 >out
holds "a document under another charset" cmp -s out expected
"$program" ratio '#b38f78' black 2>err >expected
LC_ALL=C "$program" ratio '#b38f78' black 2>err >out
LC_ALL=C grep -q '[^ -~]' out
is "another charset gets ASCII alone" 1 $?
sed 's/Δ/d/g; s/²/2/g' expected >spelled
holds "with the signs spelled, nothing else changed" cmp -s out spelled
lacks "piped text has no escape codes" expected "$(printf '\033')"
exits "a result into a file" 0 ratio light brown -o result.txt
has "holds it" result.txt "1 part carbon"

# -- what one drop allows -----
run ratio light blond --json
is "only a batch that is about what was asked for" "[[5,1]]" \
    "$(jq -c '[.data.batches[] | [.for_ml, .drops]]' "$work/out")"
run ratio light 'grey:0.9+blond' -q
is "else the least that one drop allows" 1 "$(grep -c '^ *least  *1 ' "$work/out")"
has "a warning stands in the result, quiet or not" out "weaker than what is usually mixed"
finish
