#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# batch correct and batch trend: lots that are off, and lots in their order.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/lots.sh
. "$source/tests/cli/lots.sh"
own=$source/tests/cli/test_lots_series.sh

# check LOT STRENGTH TILT [DATE]: LOT.json
check() {
    lot "$2" "$3" 5 "$(printf '%s' "$1" | cksum | cut -c 1-4)" >"$1.csv"
    "$program" batch check "$1" "$1.csv" --standard ash.json -q -o "$1.json" \
        --as-of "${4:-2026-01-01}"
}
lot 1 0 5 1 >std.csv
lot 0 0 1 1 >white.csv
"$program" standard add ash-03 std.csv --white white.csv -q -o ash.json
check good 1.002 0
check strong 1.042 0
check far 1.12 0
check red 1 0.08

# -- batch correct --------------------------------------------------------------------
covers_options "batch correct" "$own"
run batch correct strong.json --size 5kg
is "a strong lot can be saved" 0 "$code"
has "by vehicle" out "  vehicle  0.2"
run batch correct strong.json --size 5kg --json
proves "as a document" '.kind == "batch_correct" and .data.verdict == "saves" and
    (.data.additions | length) == 1 and
    (.data.expected.strength - 100 | fabs) < 0.3 and .data.expected_u95.strength > 0' out
proves "the scale runs on" '.data.additions[-1].scale == .data.size_after and
    (.data.size + .data.additions[0].amount - .data.size_after | fabs) < 0.0002' out
within "4.2 % too strong takes 4.2 % of vehicle" "$(jq .data.added_share out)" 0.041 0.045
run batch correct strong.json --size 5000g --density 1.25 --vehicle-density 1 --plain
has "by mass as the densities are" out "$(printf 'vehicle\t17')"
run batch correct good.json --size 5kg
is "a good lot needs nothing" 0 "$code"
has "and says so" out "no addition is needed"
run batch correct far.json --size 5kg
is "a lot too far off" 1 "$code"
has "says what it takes" out "--max-add allows 5.0 %"
run batch correct far.json --size 5kg --max-add 15%
is "which may be allowed" 0 "$code"
run batch correct red.json --size 5kg
is "vehicle mends no shade" 1 "$code"
has "which is said" out "adding cannot save it: rework"
has "with what blocks" out "dE00 after strength would stay at"
run batch correct red.json --size 5kg --pigment warm-brown \
    --with carbon,cool-grey,neutral,yellow-oxide --max-add 60% --json
holds "tinters do or do not" [ "$code" -le 1 ]
proves "nearer than without" '.data.expected.de00 < .data.before.de00 and
    .data.added_share <= 0.600001' out
fails "tinters need a scale" 64 usage.option batch correct red.json --size 5kg --with carbon
fails "no size" 64 usage.option batch correct red.json
for size in 5 kg 5l -5kg 0kg 1e9kg; do
    fails "no such size: $size" 64 usage.value batch correct red.json --size=$size
done
for share in 5 % 0% 101% x%; do
    fails "no such share: $share" 64 usage.value batch correct red.json --size 5kg --max-add $share
done
fails "no such tinter" 66 pigment.unknown batch correct red.json --size 5kg --pigment \
    warm-brown --with nothing
fails "no check" 65 file.malformed batch correct ash.json --size 5kg
jq '.data.readings.color[0][0] = 7' strong.json >wrong.json
fails "a reading that is none" 65 file.malformed batch correct wrong.json --size 5kg
jq '.conditions.illuminants = ["/etc/passwd"]' strong.json >light.json
fails "a light that is a file" 65 file.malformed batch correct light.json --size 5kg
jq '.data.standard.concentration = 2' strong.json >much.json
fails "a concentration that is none" 65 file.malformed batch correct much.json --size 5kg
jq '.data.criteria[0].value = 0 | .data.verdict = "PASS"' strong.json >lied.json
is "numbers in a record are not taken on trust" \
    "$("$program" batch correct strong.json --size 5kg)" \
    "$("$program" batch correct lied.json --size 5kg)"

# -- batch trend ----------------------------------------------------------------------
covers_options "batch trend" "$own"
for i in 1 2 3 4 5 6 7 8; do
    check "lot-$i" "1.00$i" 0 "2026-0$i-01"
done
run batch trend lot-8.json lot-[1-7].json
is "a trend is told" 0 "$code"
has "with its drift" out "Strength DRIFTS by +0.1"
has "and the lots left" out "beyond its limit in 2"
for i in 1 2 3 4 5 6 7 8; do
    check "far-$i" "1.0$i" 0 "2026-0$i-01"
done
"$program" batch trend far-[1-8].json >far.txt
has "a drift that has left its limit" far.txt "beyond its limit already"
has "and the rules" out "rule 3: six in a row rising or falling"
run batch trend lot-8.json lot-[1-7].json --json
proves "in the order of time" '.kind == "batch_trend" and
    ([.data.lots[].lot] == [range(1; 9) | "lot-\(.)"]) and .data.strength.drifts and
    (.data.strength.slope_per_lot - 0.1 | fabs) < 0.03' out
run batch trend lot-?.json --last 3 --plain
is "the last three" 3 "$(wc -l <out)"
run batch trend lot-?.json --baseline 4 --json
proves "limits of the first four" '.data.strength.mean < 100.4' out
fails "two lots" 64 usage.argument batch trend lot-1.json lot-2.json
fails "too long a baseline" 64 usage.argument batch trend lot-[123].json --baseline 4
fails "a baseline of one" 64 usage.value batch trend lot-?.json --baseline 1
lot 0.98 0 5 9 >stirred.csv
run batch check lot-9 lot-8.csv --standard ash.json --stirred stirred.csv -q -o lot-9.json
run batch trend lot-[789].json
has "a lot that flocculates is an alarm" out "FLOCCULATION: lot lot-9"
run standard add other std.csv --white white.csv -o other.json
run batch check lot-0 lot-8.csv --standard other.json -q -o lot-0.json
run batch trend lot-[0789].json --json
proves "another standard is said" '.warnings[0].code == "trend.mixed"' out

finish
