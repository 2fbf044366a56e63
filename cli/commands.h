/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The subcommands; each is defined in the file of its name and listed in main.c. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/command.h"

extern const struct command color_diff_command;
extern const struct command color_info_command;
extern const struct command color_plot_command;
extern const struct command convert_command;
extern const struct command followup_command;
extern const struct command help_command;
extern const struct command skin_fit_command;
extern const struct command calibrate_command;
extern const struct command demo_command;
extern const struct command doctor_command;
extern const struct command instrument_info_command;
extern const struct command instrument_list_command;
extern const struct command instrument_test_command;
extern const struct command match_command;
extern const struct command pigment_calibrate_command;
extern const struct command pigment_export_command;
extern const struct command pigment_formulate_command;
extern const struct command pigment_import_command;
extern const struct command pigment_list_command;
extern const struct command pigment_plan_command;
extern const struct command pigment_show_command;
extern const struct command pigment_validate_command;
extern const struct command plan_command;
extern const struct command ratio_command;
extern const struct command scan_command;
extern const struct command simulate_command;
extern const struct command standard_add_command;
extern const struct command standard_show_command;
extern const struct command tolerance_show_command;
extern const struct command batch_certificate_command;
extern const struct command batch_check_command;
extern const struct command batch_correct_command;
extern const struct command batch_trend_command;
extern const struct command version_command;

/* What --version prints. */
void version_print(FILE *stream);

#endif
