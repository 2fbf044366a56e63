#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# batch certificate: one page, the numbers of the document, and the document itself.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/lots.sh
. "$source/tests/cli/lots.sh"

# check LOT STRENGTH [OPTION...]: LOT.json
check() {
    name=$1
    lot "$2" 0 5 "$(printf '%s' "$1" | cksum | cut -c 1-4)" >lot.csv
    shift 2
    "$program" batch check "$name" lot.csv --standard ash.json -q -o "$name.json" \
        --as-of 2026-11-20T09:00:00Z "$@"
}
lot 1 0 5 1 >std.csv
lot 0 0 1 1 >white.csv
"$program" standard add ash-03 std.csv --white white.csv --lot 26-1002 -q -o ash.json
check good 1.002
for i in 1 2 3 4; do
    check "lot-$i" "1.00$i"
done
now="--as-of 2026-11-21T10:00:00Z"
covers_options "batch certificate" "$source/tests/cli/test_certificate.sh"

# -- text -----------------------------------------------------------------------------
# shellcheck disable=SC2086 # $now is two words
run batch certificate good.json $now
is "text exits" 0 "$code"
has "the lot" out "lot          good"
has "the verdict" out "verdict      PASS"
has "when it was checked" out "2026-11-20T09:00:00Z"
has "what it is not" out "Color only. No statement on composition, sterility or regulatory"
printf 'Nickel: <5 mg/kg & tested</script>\r\n\nSterile until opened\n' >eu.txt
# shellcheck disable=SC2086
run batch certificate good.json lot-?.json --declare eu.txt --format text $now
has "the lots so far" out "Lots so far: mean strength 100."
has "what is declared" out "  Sterile until opened"

# -- document -------------------------------------------------------------------------
# shellcheck disable=SC2086
run batch certificate good.json lot-?.json --declare eu.txt --json $now
cp out json
proves "the document" '.kind == "certificate" and .data.lot == "good" and
    .data.verdict == "PASS" and .data.product == "ash-03" and (.data.demo | not) and
    (.data.check.readings.color | length) == 5 and
    (.data.strength_over_lots.lots | length) == 5 and
    .data.declarations == ["Nickel: <5 mg/kg & tested</script>", "Sterile until opened"]
    and (.data.statement | startswith("Color only"))' json
is "nothing in it ends a script" 0 "$(grep -c '<' json)"
for format in html svg json; do
    # shellcheck disable=SC2086
    run batch certificate good.json lot-?.json --declare eu.txt -o "c.$format" $now
    is "to .$format" 0 "$code"
done
holds "the file is the same document" cmp -s json c.json
sed -n '/<script type="application\/json"/,/<\/script>/p' c.html |
    sed 's/.*id="certificate">//; s/<\/script>.*//' | sed '$d' >embedded
holds "the page holds it unchanged" cmp -s json embedded
is "and nothing from elsewhere" "http://www.w3.org/2000/svg" \
    "$(grep -o 'http[^"]*' c.html | sort -u)"
sed -n '/<svg/,/<\/svg>/p' c.html >within.svg
holds "and the page as .svg has it" cmp -s within.svg c.svg

# -- the page -------------------------------------------------------------------------
strength=$(jq '.data.check.criteria[] | select(.criterion == "strength") |
    "\(.value * 10 | round / 10) ±\(.u95 * 10 | round / 10) %"' -r json)
has "its numbers are the document's" c.svg ">$strength<"
de00=$(jq '.data.check.criteria[] | select(.criterion == "de00").value' json)
has "all of them" c.svg ">$(printf '%.2f' "$de00") ±"
has "text is escaped" c.svg "&lt;5 mg/kg &amp; tested&lt;/script&gt;"
is "two charts have curves of both, one has points" "10 5" \
    "$(grep -c '<polyline fill="none" stroke-width' c.svg) $(grep -c '<circle' c.svg)"
# text FILE: what does not lie on the page; digits of a common bold are 0.7 wide
text() {
    awk -F'"' '/<text/ {
    x = $2; y = $4; text = $0
    gsub(/<[^>]*>/, "", text); gsub(/&[a-z]*;/, "x", text)
    size = match($0, /font-size="[0-9.]*/) ? substr($0, RSTART + 11, RLENGTH - 11) : 3.2
    width = length(text) * size * (text ~ /0000/ ? 0.64 : 0.55)
    left = $0 ~ /"end"/ ? x - width : $0 ~ /"middle"/ ? x - width / 2 : x
    if (left < 5 || left + width > 205 || y < 8 || y > 292) print
}' "$1"
}
is "all text begins and ends on the page" "" "$(text c.svg)"
if command -v rsvg-convert >/dev/null; then
    rsvg-convert -d 96 -p 96 c.svg -o c.png
    is "a page of A4 at 96 dots an inch" "794 1123" \
        "$(dd if=c.png bs=1 skip=16 count=8 status=none | od -An -tu1 |
            awk '{ print $3 * 256 + $4, $7 * 256 + $8 }')"
else
    skip "a page of A4 at 96 dots an inch" "there is no rsvg-convert"
fi

# -- the fullest page -----------------------------------------------------------------
long=$(printf '%040d' 7)
check "$long" 1.042 --override pass --reason "$(printf 'agreed %090d' 7)" --operator QA7
for i in 1 2 3 4 5 6 7 8; do printf 'line %s %090d\n' $i 7; done >eight.txt
run batch certificate "$long.json" lot-?.json --declare eight.txt -o full.svg
is "a full page" 0 "$code"
has "an override stays visible" full.svg "OVERRIDDEN"
has "with what was measured" full.svg "FAIL: too strong by 4."
is "all lines stand above the foot" "" "$(awk -F'"' '/<text/ && $4 > 281 && $4 < 286' full.svg)"
is "and end on the page" "" "$(text full.svg)"
printf 'x\n' >>eight.txt
fails "nine lines" 65 file.malformed batch certificate good.json --declare eight.txt
printf '%0100d\n' 7 >wide.txt
fails "a line too long" 65 file.malformed batch certificate good.json --declare wide.txt

# -- simulated ------------------------------------------------------------------------
jq '.data.readings.measured.simulated = true' good.json >simulated.json
fails "simulated readings" 65 conditions.simulated batch certificate simulated.json
run batch certificate simulated.json --demo
has "but for a demonstration" out "DEMO: simulated readings"
run batch certificate simulated.json --demo --format svg
has "marked on the page" out "DEMO: simulated readings"
run batch certificate simulated.json --demo --json
proves "and in the document" '.data.demo and .conditions.simulated' out
fails "two lots make no trend" 64 usage.argument batch certificate good.json lot-1.json
fails "no such format" 64 usage.value batch certificate good.json --format pdf
run batch certificate good.json --json --format svg
is "two formats at once" 64 "$code"

finish
