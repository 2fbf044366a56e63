/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profiles/mie/origin.h"

const char origin_carbon[] =
    "# Carbon black (C.I. Pigment Black 7), 0.15 g/ml in water.\n"
    "# K = 2 mu, mu = 1125 mm^-1 x 550 nm / wavelength: 0.15 g/ml [published: a\n"
    "#   practitioner's jar of 15 % powder] times 7.5 +- 1.2 m^2/g at 550 nm\n"
    "#   [published: Bond and Bergstrom, Aerosol Sci. Technol. 40 (2006) 27].\n"
    "#   Micrometre lumps absorb less per gram: an upper estimate [inferred].\n"
    "# S = 0: the particles, some 20-50 nm, scatter little of what they absorb\n"
    "#   [assumption].\n"
    "# Powder 1.8 g/cm^3 (handbook).\n";

const char origin_red_oxide[] =
    "# Red iron oxide (hematite, C.I. Pigment Red 101), 0.15 g/ml in water.\n"
    "# K = 2 mu_a, S = 3/4 mu_s' of spheres by Lorenz-Mie theory [computed], two\n"
    "#   parts ordinary, one part extraordinary refractive index [published:\n"
    "#   Querry, CRDC-CR-85034 (1985)] in water [published: Hale and Querry, Appl.\n"
    "#   Opt. 12 (1973) 555].\n"
    "# Diameters log-normal by number, median 0.15 um, standard deviation of the\n"
    "#   logarithm 0.25, cut at two of them either side [assumption]. Coarser\n"
    "#   grades absorb less and turn bluish red.\n"
    "# Powder 5.2 g/cm^3 (handbook).\n";

const char origin_yellow_oxide[] =
    "# Yellow iron oxide (goethite, C.I. Pigment Yellow 42) in water.\n"
    "# K/S from the masstone of an acrylic paint [published: Kimera yellow oxide,\n"
    "#   github.com/miciwan/PaintMixing, MIT licence, Copyright (c) 2024 miciwan]:\n"
    "#   surface reflection removed after Saunderson with k1 = 0.025, k2 = 0.6\n"
    "#   [assumption], then K/S = (1 - R)^2 / 2R. 400-410 and 690-700 nm, where its\n"
    "#   instrument is unreliable, repeat the nearest good band.\n"
    "# S = 200 mm^-1 at every wavelength [assumption]. It sets the strength of the\n"
    "#   whole bottle. A tint of the same paint in white gives 0.12 to 0.26 of the\n"
    "#   white's S, on the scale of this set 40 to 80 mm^-1 [computed]: a bottle of\n"
    "#   0.15 g/ml may well be three to five times weaker. No optical constants of\n"
    "#   goethite were found for a computation like that of the red.\n"
    "# Powder 4.2 g/cm^3 (handbook), 0.15 g/ml for the density [assumption].\n";

const char origin_titanium_white[] =
    "# Titanium dioxide (rutile, C.I. Pigment White 6), 0.15 g/ml in water.\n"
    "# S = 3/4 mu_s' of spheres by Lorenz-Mie theory [computed], two parts ordinary,\n"
    "#   one part extraordinary refractive index [published: DeVore, J. Opt. Soc.\n"
    "#   Am. 41 (1951) 416] in water [published: Hale and Querry, Appl. Opt. 12\n"
    "#   (1973) 555].\n"
    "# Diameters log-normal by number, median 0.25 um, standard deviation of the\n"
    "#   logarithm 0.25, cut at two of them either side [assumption].\n"
    "# K = 0: the small absorption of rutile below 420 nm is left out [assumption].\n"
    "# Powder 4.2 g/cm^3 (handbook).\n";

const char origin_cool_grey[] =
    "# For black and dark-brown hair. The white takes away the redness that carbon\n"
    "#   alone leaves: light reference client, dark-brown stubble, 140 dots/cm^2,\n"
    "#   CIEDE2000 0.3 after 6 weeks at about 1:2.5, carbon 0.7 [computed].\n";

const char origin_neutral[] =
    "# Between the greys and the browns, for dark-brown hair and hair a little\n"
    "#   lighter: light reference client, stubble of ce 2.2 (see hair.ini), 130\n"
    "#   dots/cm^2, CIEDE2000 0.3 after 6 weeks at about 1:6 [computed].\n";

const char origin_warm_brown[] =
    "# For mid-brown and lighter hair: light reference client, brown stubble, 120\n"
    "#   dots/cm^2, CIEDE2000 0.1 after 6 weeks at about 1:5.5, carbon 0.9\n"
    "#   [computed].\n";

const char origin_dark_brown[] =
    "# For hair between dark and mid brown: light reference client, stubble of\n"
    "#   ce 2.2 (see hair.ini), 130 dots/cm^2, CIEDE2000 0.2 after 6 weeks at about\n"
    "#   1:5 [computed].\n";
