#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# color info, diff and plot.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
skins=$source/profiles/skin

# -- the forms of a COLOR ------------------------------------------------------
lab_of() {
    "$program" color info "$@" --json | jq -c '.data.samples[0].colors[0].lab'
}
is "lab:" "[62.4,11.8,17.9]" "$(lab_of lab:62.4,11.8,17.9)"
is "lch: at a right angle" "[50,0,20]" "$(lab_of lch:50,20,90)"
# the white of colour-science section 3.1, printed with three decimals
is "xyz: of the white" "[100,0,0]" \
    "$("$program" color info xyz:94.811,100,107.304 --json |
        jq -c '.data.samples[0].colors[0].lab | map(. * 100 | round / 100 | fabs)')"
is "#ffffff is white" "[100,0,0]" "$(lab_of '#ffffff')"
ita_of() {
    "$program" color info "$skins/client-a.cgats" "$@" --json -q |
        jq '.data.samples[0].ita_deg'
}
# what the preview gives for the color that it was made from
for hex in '#b38f78' '#000000' '#0a141e'; do
    is "$hex comes back" "$hex" "$("$program" color info "$hex" --json |
        jq -r '.data.samples[0].colors[0].srgb')"
done
is "a light of its own" "D50 2" "$("$program" color info lab:62,1,2/D50/2 --json |
    jq -r '.data.samples[0].colors[0] | "\(.illuminant) \(.observer_deg)"')"
is "coordinates are not spectral" false "$("$program" color info lab:62,1,2 --json |
    jq '.data.samples[0].spectral')"

# the typology angle is of daylight, whatever light is shown first
for light in A LED-B3,D65; do
    is "the angle does not change with --illuminant $light" "$(ita_of)" \
        "$(ita_of --illuminant $light)"
done
run color info "$skins/client-a.cgats" --illuminant A
has "nor in text" out " 46.3  light"
run color info lab:62.4,11.8,17.9/A lab:62.4,11.8,17.9/D65/2 --json
is "that of a color in another light is not known" "false true" \
    "$(jq -r '[.data.samples[] | has("ita_deg")] | join(" ")' out)"
run color info lab:62.4,11.8,17.9/A
is "so its class is not told" 0 "$(grep -c intermediate out)"

fails "a form that is not there" 64 color.unknown color info std:white
fails "two numbers" 64 usage.value color info lab:62.4,11.8
fails "a decimal comma" 64 usage.value color info lab:62,4,11,8,17,9
fails "a lightness above 100" 64 usage.value color info lab:101,0,0
fails "no number" 64 usage.value color info lab:nan,0,0
fails "five digits" 64 usage.value color info '#12345'
fails "no digits" 64 usage.value color info '#12345g'
fails "an unknown light" 64 usage.value color info lab:1,2,3/D66
fails "a missing file" 66 file.missing color info none.sp

# -- files ---------------------------------------------------------------------
"$program" convert "$skins/client-a.cgats" a.cgats
for format in sp csv json; do
    "$program" convert a.cgats a.$format
done
run color info a.sp a.cgats a.csv a.json
is "four files of one spectrum" 4 "$(grep -c '^  D65/10' out)"
is "give four identical lines" 1 "$(grep '^  D65/10' out | sort -u | wc -l)"
is "the line has the color of the note, section 6.5" "64.46  6.93  13.80" \
    "$(sed -n 's/^  D65\/10  \(64.46  6.93  13.80\).*/\1/p' out | head -n 1)"
run color info a.sp a.cgats a.csv a.json --plain --illuminant D65,A
is "in plain output, too" 2 "$(cut -f 3- out | sort -u | wc -l)"
is "where each line says what it is of" "a.cgats a.csv a.json a.sp" \
    "$(cut -f 1 out | sort | uniq | tr '\n' ' ' | sed 's/ $//')"
is "in every light" 8 "$(grep -c '^a\.[a-z]*' out)"
run color info a.sp lab:62.4,11.8,17.9 --plain
is "coordinates, too" "lab:62.4,11.8,17.9" "$(sed -n 2p out | cut -f 1)"
is "and in documents" 1 "$("$program" color info a.sp a.cgats a.csv a.json --json |
    jq -c '.data.samples[].colors' | sort -u | wc -l)"
run color info a.sp --verbose
has "--verbose tells what was read" err "a.sp: 1 samples, 31 bands from 400 nm by 10 nm"
run color info a.sp
is "and nothing is told without it" "" "$(cat err)"
"$program" color info - <a.csv >out
has "standard input" out "64.46"

cat >two.csv <<'CSV'
id,name,400,420,440,460,480,500,520,540,560,580,600,620,640,660,680,700
one,light,0.31,0.32,0.33,0.34,0.35,0.36,0.37,0.38,0.39,0.40,0.41,0.42,0.43,0.44,0.45,0.46
two,dark,0.11,0.12,0.13,0.14,0.15,0.16,0.17,0.18,0.19,0.20,0.21,0.22,0.23,0.24,0.25,0.26
CSV
run color info two.csv
has "all samples of a file, one" out "  one "
has "all samples of a file, two" out "  two "
has "the scale that was told by the values is said" err "fraction"
exits "a sample by id" 0 color info two.csv#two
exits "a sample by name" 0 color info two.csv#light --quiet
is "--quiet is quiet" "" "$(cat err)"
fails "an unknown sample" 66 sample.missing color info two.csv#three
has "the samples there are" out "one of one, two"
fails "several samples for one color" 64 color.several color diff two.csv a.sp
cp two.csv 'two#1.csv'
exits "a file with # in its name" 0 color info 'two#1.csv'

printf 'CGATS.17\nNUMBER_OF_FIELDS x\n' >bad.cgats
run color info bad.cgats
is "a malformed file" 65 $code
holds "file, line and column" grep -q '^scalptone: color info: bad.cgats:[0-9]*:[0-9]*: ' err
fails "the same as a failure" 65 file.malformed color info bad.cgats
printf '{\n "schema": "scalp\\u0000tone/1"}' >nul.json
for command in "color info" plan; do
    # shellcheck disable=SC2086 # a command may be two words
    fails "$command: a NUL in a document" 65 file.malformed $command nul.json
    # shellcheck disable=SC2086
    run $command nul.json
    has "$command: is told with its place in words of ours" err \
        'nul.json:2:18: \u0000 stands for the character NUL, at which programs cut a text off; take it out'
done
cat >colors.cgats <<'CGATS'
CGATS.17
NUMBER_OF_FIELDS 4
BEGIN_DATA_FORMAT
SAMPLE_ID LAB_L LAB_A LAB_B
END_DATA_FORMAT
NUMBER_OF_SETS 1
BEGIN_DATA
1 50 1 2
END_DATA
CGATS
fails "a file of colors only" 65 spectrum.needed color info colors.cgats
printf 'id,500,510,520,530,540,550\n1,.1,.1,.1,.1,.1,.1\n' >short.csv
fails "too short for a color" 65 spectrum.range color info short.csv
printf 'CGATS.17\n\033]0;owned\007\n' >terminal.cgats
run color info terminal.cgats
lacks "a file does not command the terminal" err "$(printf '\033')"
run color info "$(printf 'a\302\233b.sp')"
has "nor does a name, by one character" err "a?b.sp"

# a light from a file, on a grey
printf 'id,400,420,440,460,480,500,520,540,560,580,600,620,640,660,680,700\n' >flat.csv
printf '1,.5,.5,.5,.5,.5,.5,.5,.5,.5,.5,.5,.5,.5,.5,.5,.5\n' >>flat.csv
{
    printf 'SPECT\nKEYWORD "MEAS_TYPE"\nMEAS_TYPE "EMISSION"\nKEYWORD "SPECTRAL_NORM"\n'
    printf 'SPECTRAL_NORM "1.0"\nNUMBER_OF_FIELDS 21\nBEGIN_DATA_FORMAT\n'
    seq -f 'SPEC_%.0f' 380 20 780
    printf 'END_DATA_FORMAT\nNUMBER_OF_SETS 1\nBEGIN_DATA\n'
    yes 1 | head -n 21 | tr '\n' ' '
    printf '\n'
    printf 'END_DATA\n'
} >flat.sp
is "its color, and its name" "flat.sp 50" "$("$program" color info flat.csv \
    --illuminant flat.sp --json |
    jq -r '.data.samples[0].colors[0] | "\(.illuminant) \(.xyz[1] * 100)"')"
fails "a reflectance is no light" 65 file.malformed color info flat.csv --illuminant a.sp
fails "a light is no color" 65 file.malformed color info flat.sp

# documents serve as colors again
for command in "color info" "color plot" "skin fit"; do
    # shellcheck disable=SC2086 # two words are two arguments
    "$program" $command a.cgats --json >again.json
    run color info again.json --specular sce
    holds "what $command prints is a color" grep -q '^  D65/10  64.46 ' out
    has "$command keeps specular" out ", SCE"
done

# -- differences ---------------------------------------------------------------
run color diff a.sp a.csv
has "equal colors" out "equal"
has "equal colors are very close" out "very close"
# Sharma et al., Color Res. Appl. 30 (2005) 21, table 1, pair 1: 2.0425
is "a published pair" 2.0425 "$("$program" color diff lab:50,2.6772,-79.7751 \
    lab:50,0,-82.7485 --json | jq '.data.samples[0].de00')"
run color diff lab:50,0,10 lab:60,0,10
has "in words" out "lighter"
has "a verdict" out "mismatch"
run color diff "$skins/client-a.cgats" "$skins/client-b.cgats"
has "metamerism under the LED" out "LED-B3 0."
has "metamerism under A" out "  A 0."
sed 's/"SCE"/"SCI"/; s,"d/8","45/0",' a.cgats >other.cgats
run color diff a.cgats other.cgats --json
is "readings of different kinds" "conditions.specular conditions.geometry" \
    "$(jq -r '[.warnings[].code] | join(" ")' out)"
has "are warned of" err "other.cgats is SCI, the standard SCE"
is "a pair that is equal in every light" 0 "$("$program" color diff a.sp a.json --json |
    jq '.data.samples[0].metamerism."LED-B3"')"
run color diff "$skins/client-a.cgats" '#b38f78'
is "a spectrum and a hex color meet under D65/2" "D65/2" "$(head -n 1 out)"
has "it is said that metamerism is not known" err "no metamerism"
fails "whites that differ" 65 color.white color diff lab:50,1,1 '#b38f78'
fails "a light in which coordinates are not known" 65 color.white \
    color diff "$skins/client-a.cgats" lab:50,1,1/D50 --illuminant A
run color diff lab:50,0,0 lab:51,0,0 lab:49,0,0 --plain
is "a line for each sample" 2 "$(wc -l <out)"
is "the first fields" "lab:51,0,0 1.00" "$(head -n 1 out | awk '{ print $1, $2 }')"

# -- charts --------------------------------------------------------------------
run color plot "$skins/client-a.cgats" "$skins/client-b.cgats"
has "the unit of the abscissa" out " nm"
has "what the ordinate is" out "reflectance"
has "braille" out "⠤"
has "a legend" out "b  #"
LC_ALL=C "$program" color plot a.cgats >out
has "letters where there is no braille" out "aaaa"
exits "an SVG chart" 0 color plot a.cgats two.csv --svg chart.svg
is "leaves stdout alone" "" "$(cat out)"
has "its unit" chart.svg "wavelength (nm)"
has "its legend" chart.svg ">a.cgats</text>"
is "a curve each" 3 "$(grep -c '<polyline' chart.svg)"
if command -v xmllint >/dev/null; then
    holds "it is well-formed" xmllint --noout chart.svg
else
    skip "SVG is well-formed" "there is no xmllint"
fi
fails "an SVG chart that is there" 73 output.exists color plot a.cgats --svg chart.svg
fails "two places for a chart" 64 usage.option color plot a.cgats --svg - -o b.svg
cp a.cgats '<&>.cgats'
run color plot '<&>.cgats' --svg -
has "names are escaped" out "&lt;&amp;&gt;.cgats"
fails "a color without a curve" 65 spectrum.needed color plot lab:50,0,0
fails "too many curves" 64 usage.argument color plot two.csv two.csv two.csv two.csv \
    two.csv two.csv two.csv
run color plot a.cgats --plain
is "31 bands in plain output" 31 "$(wc -l <out)"
finish
