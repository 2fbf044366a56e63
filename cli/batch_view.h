/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of a lot for a person. */
#ifndef CLI_BATCH_VIEW_H
#define CLI_BATCH_VIEW_H

#include "cli/batch_record.h"

/* The table of criteria; in plain mode alone, else with what was compared and the
 * verdict. */
enum exit_code batch_record_print(struct context *context,
                                  const struct batch_record *record);

enum { RESULT_TEXT_MAX = 48 };

/* "104.2 +-0.6 %"; "not measured". */
void batch_value_text(const struct batch_result *result, enum tolerance_criterion c,
                      const char *plus_minus, char text[static RESULT_TEXT_MAX]);

/* The criterion's name, that of the strength with what it is by. */
void batch_criterion_text(const struct batch_record *record, enum tolerance_criterion c,
                          char text[static RESULT_TEXT_MAX]);

/* "pass", "FAIL (not critical)", "told" without a limit. */
void batch_result_text(const struct batch_record *record, enum tolerance_criterion c,
                       char text[static RESULT_TEXT_MAX]);

/* Whether a criterion has anything to show. */
bool batch_shows(const struct batch_record *record, enum tolerance_criterion c);

#endif
