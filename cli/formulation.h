/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A formula for a standard: what was asked for, and what was found. */
#ifndef CLI_FORMULATION_H
#define CLI_FORMULATION_H

#include "cli/bottles.h"
#include "cli/drawdowns.h"
#include "colorlib/formula_many.h"
#include "colorlib/parts.h"

/* What is to be matched. */
struct formulation_target {
    const char *source; /* as it was named; NULL for a scan */
    enum color_basis basis;
    struct drawdowns readings;     /* spectral only, as the next two */
    struct bands reflectance;      /* their mean */
    double spread;                 /* mean CIEDE2000 of the readings from it */
    enum sample_specular specular; /* unknown where nothing says it */
    cmsCIELab lab;                 /* under the reference light */
};

enum formulation_diluent {
    FORMULATION_UNDILUTED,
    FORMULATION_VEHICLE, /* clear: it neither absorbs nor scatters */
    FORMULATION_BOTTLE   /* one that has a profile, such as a white */
};

enum formulation_unit { FORMULATION_ML, FORMULATION_G };

/* How much to make. */
struct formulation_size {
    double amount;
    enum formulation_unit unit;
};

struct formulation {
    struct formulation_target target;
    const char *backing;    /* as it was named; NULL for a film that hides it */
    struct bottles bottles; /* those to choose from */
    enum formulation_diluent diluting;
    struct pigment diluent; /* where there is one */
    struct formulation_size size;
    double max_de;

    /* the search; it points into the rest */
    struct formula_problem problem;
    struct colorant colorant[PIGMENT_MAX];
    struct colorant diluent_colorant;
    struct weights weights[VIEWING_MAX];
    size_t light_count; /* of them */

    size_t count; /* formulas: the best one, then the best of fewer pigments */
    struct formula formula[FORMULA_SIZE_MAX];
    /* to each further light; of a spectral target */
    double metamerism[FORMULA_SIZE_MAX][VIEWING_MAX];
    struct formula_certificate certificate;
};

/* Whether the film hides what it lies on. */
static inline bool formulation_hides(const struct formulation *formulation)
{
    return !formulation->backing;
}

/* -- what was asked for -- */

/* Reads film and light, from which the drawdown of the problem, its view and all weights
 * are made, for targets that come later. */
enum exit_code formulation_read_film(struct context *context, struct formulation *out);

/* The same, and the target. */
enum exit_code formulation_read_target(struct context *context, struct formulation *out);

/* Whether a film can have that color, as formula_search takes it. */
bool formulation_is_color(const cmsCIELab *lab);

/* Reads pigments and diluent into the problem; after the target. A failure where they
 * cannot make the film. */
enum exit_code formulation_read_stock(struct context *context, struct formulation *out);

/* -- what was found -- */

/* Looks for the formulas of the target with a solver of the problem; statuses as
 * formula_search. */
enum status formulation_search(const struct formula_solver *solver,
                               struct formulation *formulation);

/* Takes what was found for the target. */
void formulation_take(const struct formula_found *found, struct formulation *formulation);

/* Whether a colorant scatters at any wavelength. */
bool formulation_scatters(const struct colorant *colorant);

enum { FORMULATION_POURS_MAX = FORMULA_SIZE_MAX + 1 };

struct formulation_pour {
    const struct pigment *pigment; /* or the diluent */
    unsigned parts;
    struct parts_pour amount;
};

/* The pours of a formula at the size asked for; returns how many there are. */
size_t formulation_pours(const struct formulation *formulation,
                         const struct formula *formula,
                         struct formulation_pour out[static FORMULATION_POURS_MAX]);

/* How far the best formula may be from the best of the grid; 0 where it is that. */
double formulation_gap(const struct formulation *formulation);

/* No formula of the grid is nearer, rounded as it is printed: never up where that would
 * claim too much. */
double formulation_bound(const struct formulation *formulation);

enum { FORMULATION_CERTIFICATE_MAX = 160 };

/* "optimal on this grid (N recipes, M examined, bound B)" */
void formulation_certificate_text(const struct formulation *formulation,
                                  char text[static FORMULATION_CERTIFICATE_MAX]);

enum exit_code formulation_print_text(struct context *context,
                                      const struct formulation *formulation);
enum exit_code formulation_print_json(struct context *context,
                                      const struct formulation *formulation);

/* Sets target, best formula and certificate as members of a line of --batch. */
void formulation_json_set(const struct formulation *formulation,
                          const struct viewing *viewing, json_t *line);

#endif
