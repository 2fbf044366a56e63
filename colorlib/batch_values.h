/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The criteria of a batch as functions of mean readings. Internal to colorlib. */
#ifndef COLORLIB_BATCH_VALUES_H
#define COLORLIB_BATCH_VALUES_H

#include "colorlib/batch.h"

struct batch_means {
    struct bands mean[BATCH_GROUPS]; /* of no meaning where nothing was read */
};

/* Which groups were read of batch and standard both. */
struct batch_groups {
    bool read[BATCH_GROUPS];
};

struct batch_values {
    double value[TOLERANCE_CRITERIA]; /* NAN where it is not measured */
    struct strength strength;
    struct colorant standard;
    struct colorant batch;
};

/* The group that the strength is told from. */
enum batch_group batch_strength_group(const struct batch_groups *groups);

/* Whether a criterion depends on a group of readings. */
bool batch_depends(const struct batch_setup *setup, const struct batch_groups *groups,
                   enum tolerance_criterion criterion, enum batch_group group);

/* The colorant behind means, at the setup's concentration; as film_invert. */
enum status batch_colorant_of(const struct batch_setup *setup,
                              const struct batch_groups *groups,
                              const struct batch_means *means, struct colorant *out);

/* All criteria of a batch; as batch_check. */
enum status batch_values_of(const struct batch_setup *setup,
                            const struct batch_groups *groups,
                            const struct batch_means *standard,
                            const struct batch_means *batch, struct batch_values *out);

#endif
