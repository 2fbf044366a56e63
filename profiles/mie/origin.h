/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the numbers of each generic bottle come from, as comment lines of its profile. */
#ifndef PROFILES_MIE_ORIGIN_H
#define PROFILES_MIE_ORIGIN_H

extern const char origin_carbon[];
extern const char origin_red_oxide[];
extern const char origin_yellow_oxide[];
extern const char origin_titanium_white[];
extern const char origin_cool_grey[];
extern const char origin_neutral[];
extern const char origin_warm_brown[];
extern const char origin_dark_brown[];

#endif
