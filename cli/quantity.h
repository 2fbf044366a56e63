/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts on the command line, and the words that amounts are printed in. */
#ifndef CLI_QUANTITY_H
#define CLI_QUANTITY_H

#include "cli/command.h"

/* Volume of a drop of water, ml. */
#define QUANTITY_WATER_DROP_ML 0.05

/* A batch that may be asked for, ml. */
#define QUANTITY_VOLUME_MIN_ML 0.1
#define QUANTITY_VOLUME_MAX_ML 100.0

/* An option such as "3ml", "60drop" or "2.5g" (of water) as ml, 0.1 to 100 because the
 * time of a search grows with it; the default where it was not given. */
enum exit_code quantity_volume_ml(struct context *context, const char *name,
                                  double fallback, double *ml);

/* An option such as "14d", "6w", "18mo" or "2y" as years, 0 to 20; the default where it
 * was not given. */
enum exit_code quantity_age_years(struct context *context, const char *name,
                                  double fallback, double *years);

enum { RATIO_TEXT_MAX = 24, AGE_TEXT_MAX = 24 };

/* "1:19": n whole from 10 on, else with one decimal. */
void quantity_ratio_text(double n, char *text);

/* "fresh", "6 weeks", "1 year", "3 years". */
void quantity_age_text(double years, char *text);

#endif
