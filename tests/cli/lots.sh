# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Lots of a brown that were never made, tinted in white; sourced by the tests of batches.

# lot STRENGTH TILT READINGS SEED [GEOMETRY]: a CSV of readings, SCE; the tilt makes it
# redder, readings scatter by 0.1 %
lot() {
    awk -v strength="$1" -v tilt="$2" -v count="$3" -v seed="$4" -v geometry="${5:-d/8}" '
    BEGIN {
        printf "id,name,kind,specular,geometry"
        for (nm = 400; nm <= 700; nm += 10) printf ",%d", nm
        printf "\n"
        srand(seed)
        for (k = 1; k <= count; k++) {
            level = count > 1 ? 1 + 0.001 * (2 * rand() - 1) : 1
            printf "r%d,reading,reflectance,sce,%s", k, geometry
            for (nm = 400; nm <= 700; nm += 10) {
                across = (nm - 550) / 150
                ks = 0.0005 + strength * (1 - tilt * across) * \
                    (0.55 / (1 + exp((nm - 585) / 22)) + 0.05)
                R = 1 + ks - sqrt(ks * ks + 2 * ks)
                printf ",%.6f", level * 0.96 * 0.4 * R / (1 - 0.6 * R)
            }
            printf "\n"
        }
    }'
}

# film STRENGTH BACKING READINGS SEED: films of 50 um, 5 % of a carbon black, without the
# reflection at the surface
film() {
    awk -v strength="$1" -v backing="$2" -v count="$3" -v seed="$4" '
    BEGIN {
        printf "id,name,kind,specular,geometry"
        for (nm = 400; nm <= 700; nm += 10) printf ",%d", nm
        printf "\n"
        srand(seed)
        for (k = 1; k <= count; k++) {
            level = count > 1 ? 1 + 0.001 * (2 * rand() - 1) : 1
            printf "r%d,reading,reflectance,sce,d/8", k
            for (nm = 400; nm <= 700; nm += 10) {
                G = backing / (0.96 * 0.4 + 0.6 * backing)
                R = G * exp(-2 * strength * 0.05 * 0.05 * 100 * 550 / nm)
                printf ",%.6f", level * 0.96 * 0.4 * R / (1 - 0.6 * R)
            }
            printf "\n"
        }
    }'
}
