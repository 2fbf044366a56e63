/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/model.h"

#include <stddef.h>

const struct instrument_model *const models[] = {&model_cm700d, NULL};
