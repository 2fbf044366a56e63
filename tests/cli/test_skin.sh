#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# skin fit.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
skins=$source/profiles/skin

# value KEY ARGUMENT...: a number of the first sample
value() {
    key=$1
    shift
    "$program" skin fit "$@" --json 2>/dev/null | jq ".data.samples[0].$key"
}

# the clients of the note, section 6.5; the limits are the fit's own two standard deviations
for client in a:0.010 b:0.035 c:0.140; do
    file=$skins/client-${client%%:*}.cgats
    melanin=${client##*:}
    fitted=$(value parameters.melanosome_fraction "$file")
    sd=$(value sd.melanosome_fraction "$file")
    within "melanosomes of client ${client%%:*}" "$fitted" "$melanin - 2 * $sd" \
        "$melanin + 2 * $sd"
done
within "the light client's typology angle" "$(value ita_deg "$skins/client-a.cgats")" 46.2 46.5

run skin fit "$skins/client-a.cgats"
is "a good reading needs no warning" "" "$(cat err)"
for text in melanosomes blood "oxygen saturation" scattering haze yellow "melanin index" \
    "erythema index" "ITA 46.3 (light)" "±" rms D65/10; do
    has "the text has $text" out "$text"
done
run skin fit "$skins/client-a.cgats" --json
is "a document" "scalptone/1 skin sce" \
    "$(jq -r '"\(.schema) \(.kind) \(.conditions.specular)"' out)"

run skin fit "$skins/client-a.cgats" --illuminant A
has "the typology angle is of daylight, whatever the light" out "ITA 46.3 (light)"
is "of a color in another light it is the fitted skin's, as match has it" \
    "$("$program" match --skin lab:62.4,11.8,17.9/A --hair black --json -q | jq .data.skin.ita_deg)" \
    "$(value ita_deg lab:62.4,11.8,17.9/A)"

# specular
run skin fit "$skins/client-a.cgats" --specular sci
has "included is converted" out "SCI, converted to SCE"
has "and said" err "converted"
# reflectance ARGUMENT...: at 500 nm, in millionths
reflectance() {
    "$program" skin fit "$skins/client-a.cgats" --json "$@" 2>/dev/null |
        jq '.data.samples[0].reflectance.values[10] * 1e6 | round'
}
# k1 = 0.0278 of section 17.1
is "by the surface's reflection" 27800 \
    $(($(reflectance --specular sce) - $(reflectance --specular sci)))
"$program" match --skin "$skins/client-a.cgats" --specular sci --hair black --json -q >match.json
for key in lab ita_deg ita_class; do
    is "$key is that without the reflection, as match has it" \
        "$(jq -c ".data.skin.$key" match.json)" \
        "$(value "$key" "$skins/client-a.cgats" --specular sci | jq -c .)"
done
grep -v SPECULAR "$skins/client-a.cgats" >unknown.cgats
run skin fit unknown.cgats --json
is "unknown is a warning in the document" specular.assumed "$(jq -r '.warnings[0].code' out)"
has "and on stderr" err "taken as excluded"
for mode in both unknown; do
    fails "a mode that is none" 64 usage.value skin fit unknown.cgats --specular $mode
done

# from a color alone
run skin fit lab:62.4,11.8,17.9
has "a color is marked" out "from color only, no spectrum"
lacks "it has no melanin index" out "melanin index"
is "its warning" skin.color-only "$("$program" skin fit '#b38f78' --json 2>/dev/null |
    jq -r '.warnings[0].code')"

# what is no skin
{
    printf 'id,400,420,440,460,480,500,520,540,560,580,600,620,640,660,680,700\n1'
    yes ,.02 | head -n 16 | tr -d '\n'
    printf '\n'
} >dark.csv
run skin fit dark.csv --specular sci
has "an index without a value is a dash" out "melanin index –   erythema index –"
run skin fit dark.csv --specular sci --json
is "and absent from the document" null "$(jq '.data.samples[0].melanin_index' out)"
has "with a warning" out "skin.index"
holds "the document is JSON" jq -e .schema out
printf 'id,400,420,440,460,480,500,520,540,560,580,600,620,640,660,680,700\n' >odd.csv
printf 'x,.9,.8,.9,.1,.9,.1,.9,.1,.9,.1,.9,.1,.9,.1,.9,.1\n' >>odd.csv
fails "a spectrum that is no skin" 65 skin.fit skin fit odd.csv
printf 'id,500,510,520,530,540,550,560,570\n1,.1,.1,.1,.1,.1,.1,.1,.1\n' >short.csv
fails "a spectrum that is too short" 65 spectrum.range skin fit short.csv

# measured skin, where the data are there
nist=$test_data/skin/nist/nist_skin_reflectance.csv
if [ -r "$nist" ]; then
    exits "measured skins all fit" 0 skin fit "$nist" --specular sci --plain -q
    is "a line each" "$(sed 1d "$nist" | wc -l)" "$(wc -l <out)"
else
    skip "measured skins" "no data"
fi
finish
