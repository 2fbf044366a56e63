# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Ladders of a made-up pigment for tests; sourced.

# ladder FILE SHARE[=POURED]...: films of 50 um over white and black, as the two-flux model
# has them (Kubelka 1948), under glass (k1 0.04, k2 0.597), specular included. K is 900 per
# mm at 400 nm to 300 at 700, S 60. What a level is POURED of may differ from its SHARE.
ladder() {
    file=$1
    shift
    awk -v levels="$*" '
    function coth(x) { return (exp(2 * x) + 1) / (exp(2 * x) - 1) }
    function seen(inner) { return 0.04 + 0.96 * (1 - 0.597) * inner / (1 - 0.597 * inner) }
    function film(share, ground, nm,    K, S, a, b, c) {
        K = share * (900 - 2 * (nm - 400))
        S = share * 60
        a = 1 + K / S
        b = sqrt(a * a - 1)
        c = b * coth(b * S * 0.05)
        return (1 - ground * (a - c)) / (a - ground + c)
    }
    function row(id, share, poured, backing, um,    nm, ground) {
        ground = backing == "white" ? 0.9 : 0.03
        printf "%s,,reflectance,sci,%s,%s,%s", id, share, backing, um
        for (nm = 400; nm <= 700; nm += 10)
            printf ",%.6f", seen(um ? film(poured, ground, nm) : ground)
        print ""
    }
    BEGIN {
        printf "id,name,kind,specular,SMP_CONC,SMP_BACKING,SMP_THICK_UM"
        for (nm = 400; nm <= 700; nm += 10) printf ",%d", nm
        print ""
        row("white", 0, 0, "white", 0)
        row("black", 0, 0, "black", 0)
        count = split(levels, level, " ")
        for (i = 1; i <= count; i++) {
            parts = split(level[i], part, "=")
            poured = parts == 2 ? part[2] : part[1]
            row("w" i, part[1], poured, "white", 50)
            row("b" i, part[1], poured, "black", 50)
        }
    }' >"$file"
}
