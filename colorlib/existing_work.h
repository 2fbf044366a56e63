/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Work that is found in a skin: how strong it is and how deep it lies, from a scan of it
 * and one of bare skin beside it.
 */
#ifndef COLORLIB_EXISTING_WORK_H
#define COLORLIB_EXISTING_WORK_H

#include "colorlib/treatment.h"

/* Work stronger than its record by more than this leaves no room for more pigment. */
#define EXISTING_WORK_LIMIT 1.1

/* Whether it is known what was placed. */
enum existing_record { EXISTING_RECORDED, EXISTING_UNKNOWN };

/* What is known; all pointers are the caller's. */
struct existing_sight {
    const struct skin_fit *skin; /* of the scan of bare skin */
    /* As it was placed, with usual deviations. Where nothing is known of it: the usual
     * technique and any likely mixture, such as carbon 1:19. */
    const struct treatment *usual;
    const struct mixture *mixture;
    double years; /* since then; a guess where unknown */
    enum existing_record record;
    cmsCIELab lab; /* as measured, under the weights */
    const struct weights *weights;
    size_t placements;  /* that the reading is the median of; 0: 1 */
    double aperture_mm; /* 0: 8 mm */
};

struct existing_work {
    /* e: absorption over what the record would show by now. 1 is as recorded. */
    double scale;
    double scale_sd;
    double depth_mm; /* of the top of the dots when they were placed */
    double depth_sd_mm;
    double lightness_residual; /* measured minus explained L*, in sd of the scan */
    /* What a new session is laid upon: no new dots yet (density 0), the work among its
     * earlier deposits with e times the record's fill, at the work's depth. Its skin is
     * that of the fit. */
    struct treatment upon;
};

/*
 * The scale e >= 0 and the depth that are most likely: ln e has sd 0.6 about 0 for
 * recorded work and 1.5 for unknown; the depth has 30 % of the technique's, 0.10 mm for
 * unknown (assumptions: delivery, healing and loss of one client; of any work seen). The
 * skin varies within its posterior, and dots are sampled, as followup_update has it.
 *
 * OUT_OF_RANGE for work younger than 10 days, which is still fresh, or for more deposits
 * than a treatment can hold; BAD_DATA for a color not finite; NOT_CONVERGED; NO_MEMORY.
 */
enum status existing_work_find(const struct existing_sight *sight,
                               struct existing_work *out);

/* Whether more pigment may be added: not where the scale exceeds EXISTING_WORK_LIMIT of a
 * record. */
enum existing_advice { EXISTING_MAY_ADD, EXISTING_TOO_STRONG };
enum existing_advice existing_work_advice(const struct existing_sight *sight,
                                          const struct existing_work *work);

#endif
