#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# simulate: scans of clients that there are not.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
covers_options simulate "$source/tests/cli/test_simulate.sh"

# -- what is wrong ------------------------------------------------------------------
fails "no such kind" 64 usage.argument simulate hair
fails "no such skin" 64 usage.value simulate bare --skin blue
fails "no such hair" 66 hair.unknown simulate target --hair blue
fails "a seed below 0" 64 usage.value simulate bare --seed -1
fails "treated skin of nobody" 64 usage.option simulate treated
fails "hair on a bare scalp" 64 usage.option simulate bare --hair black
fails "an age of bare skin" 64 usage.option simulate bare --age 14d
fails "a client's target" 64 usage.option simulate target --client anna
fails "a client's skin and another" 64 usage.option simulate bare --client anna --skin tan
fails "a folder that is not there" 66 file.missing simulate treated --client anna
for age in 14 2weeks d 21y -1d; do
    fails "no such age: $age" 64 usage.value simulate treated --client anna --age $age
done

# -- bare skin and target ------------------------------------------------------------
run simulate bare --seed 7 --json
is "bare exits" 0 "$code"
has "says that it is simulated" err simulated
proves "a scan like any other, flagged" '.kind == "scan" and .conditions.simulated and
    .conditions.specular == "sce" and .conditions.geometry == "d/8" and
    .conditions.aperture_mm == 8 and .data.kind == "scalp" and
    (.data.reads | length) == 5 and (.data.reflectance.values | length) == 31' out
lacks "nothing is given away" out truth
cp out bare.json
run simulate bare --seed 7 --json --truth
proves "unless it is asked for" '.data.truth | .seed == 7 and .melanosome_fraction > 0 and
    (.deviation | keys | length) == 9 and (.deviation.fill | fabs) > 0' out
is "the truth changes no reading" "$(jq -c .data.reflectance bare.json)" \
    "$(jq -c .data.reflectance out)"
truth=$(jq -c .data.truth out)
run simulate target --seed 7 --hair brown --json --truth
is "the same seed is the same client" "$truth" "$(jq -c .data.truth out)"
run simulate bare --seed 8 --json --truth
holds "another seed is another" [ "$truth" != "$(jq -c .data.truth out)" ]
run simulate bare --seed 7 --truth
has "the truth in text" out \
    "ln fill $(printf '%+.2f' "$(printf '%s' "$truth" | jq .deviation.fill)")"
run simulate bare --seed 7 --expect lab:60,7,14 --json
proves "how far it is from what was expected" '.data.expected.de00 > 0' out
run simulate bare --seed 7 -o expected.csv --force
run simulate bare --seed 7 --expect expected.csv --scale fraction --json
proves "also from what a file holds" '.data.expected.de00 < 0.01' out

previous=100
for skin in light tan dark; do
    lightness=$("$program" simulate bare --skin $skin -q --json | jq .data.lab[0])
    within "$skin skin is darker than the one before" "$lightness" 10 "$previous"
    previous=$lightness
done
for hair in black dark-brown brown; do
    drop=$("$program" simulate target --seed 7 --hair $hair -q --json |
        jq --slurpfile bare bare.json '$bare[0].data.lab[0] - .data.lab[0]')
    within "$hair hair darkens light skin" "$drop" 2 12
done

# -- files ----------------------------------------------------------------------------
for format in cgats csv json; do
    run simulate bare --seed 7 -o "scalp.$format"
    is "to .$format exits" 0 "$code"
    is "color of .$format" "$(jq -c '.data.lab | map(. * 10 | round)' bare.json)" \
        "$("$program" color info "scalp.$format" --json -q |
            jq -c '.data.samples[0].colors[0].lab | map(. * 10 | round)')"
    run match --skin "scalp.$format" --hair black
    has "a match of .$format tells that it is simulated" err simulated
done
run simulate bare --seed 7 -o scalp.cgats --truth
is "an existing file stays" 73 "$code"
run simulate bare --seed 7 -o other.cgats --truth
has "beside a file the truth goes to stderr" err "ln fill"
lacks "and not into it" other.cgats fill

# -- a client with a folder --------------------------------------------------------------
"$program" simulate target --seed 7 -o donor.cgats -q
"$program" match --skin scalp.csv --target donor.cgats --pigments carbon --json -q -o recipe.json
run plan recipe.json --client anna --sessions 3
is "plan begins a folder" 0 "$code"
cp -r anna before
run simulate treated --client anna --age 14d --seed 7 --json --truth
is "treated exits" 0 "$code"
proves "treated skin is a scan of healing skin, flagged" '.kind == "scan" and
    .conditions.simulated and .data.kind == "healed" and .data.state == "healing"' out
is "delivery and fade are the seed's" "$(printf '%s' "$truth" | jq -c .deviation)" \
    "$(jq -c .data.truth.deviation out)"
within "it is darker than the bare scalp" "$(jq .data.lab[0] out)" 40 \
    "$(jq .data.lab[0] bare.json) - 1"
cp out first.json
run simulate treated --client anna --age 14d --seed 7 --json
is "another time the same" "$(jq -c .data.reads first.json)" "$(jq -c .data.reads out)"
run simulate treated --client anna --seed 7 --json
is "14 days is the default" "$(jq -c .data.reads first.json)" "$(jq -c .data.reads out)"
run simulate treated --client anna --age 6w --seed 7 --json
proves "after six weeks it is healed" '.data.state == "healed"' out
holds "and has other errors" [ "$(jq -c .data.reads first.json)" != "$(jq -c .data.reads out)" ]
run simulate bare --client anna --seed 7 --json
within "its bare skin is the one that was scanned" \
    "$(jq --slurpfile scan bare.json '.data.lab[0] - $scan[0].data.lab[0]' out)" -2 2
holds "looking changes nothing" diff -r anna before

# Three sessions, each scanned after a fortnight.
for session in 1 2 3; do
    run simulate treated --client anna --age 14d --seed 7 -o "rescan-$session.json"
    is "re-scan $session exits" 0 "$code"
    run followup "rescan-$session.json" --client anna --age 14d --apply
    is "followup takes re-scan $session" 0 "$code"
done
is "all of them are kept" 3 "$(jq '.data.scans | length' anna/course.json)"

finish
