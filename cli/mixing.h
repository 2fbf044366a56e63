/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commands that mix share: from arguments or a case to a solver that is ready. */
#ifndef CLI_MIXING_H
#define CLI_MIXING_H

#include "cli/bottles.h"
#include "cli/mixing_shelf.h"
#include "cli/subject.h"
#include "colorlib/draws.h"
#include "colorlib/forecast.h"
#include "colorlib/outlook.h"
#include "colorlib/recipe.h"
#include "colorlib/stubble.h"

/* What the treated skin is to look like. */
enum goal { GOAL_SCAN, GOAL_HAIR, GOAL_SURROUNDINGS };

/* "scan", "hair", "surroundings" and back; NOT_FOUND for another word. */
const char *mixing_goal_name(enum goal goal);
enum status mixing_goal_find(const char *name, enum goal *out);

/* Colors that were read before they were wanted; each NULL where its argument is to be
 * read. */
struct mixing_given {
    const struct color *skin;
    const struct color *look;
    const struct color *donor_skin;
};

/* What a command wants mixed; texts are its arguments. */
struct mixing_request {
    struct mixing_given given;
    struct mixing_shelf *shelf; /* of what earlier requests have read, or NULL */
    enum exit_code (*read_subject)(struct context *context, const char *argument,
                                   struct subject *out);
    const char *skin; /* to be treated, or around the scar to be treated */
    enum goal goal;
    const char *look;       /* the scan, the class of hair or the scar */
    const char *donor_skin; /* hairless skin beside the scan, or NULL */
    double grey_fraction;   /* below 0: as the class of hair has it */
    bool greying;           /* of GOAL_HAIR: it goes on */
    const char *technique;
    double density_per_cm2; /* 0: the technique's */
    const char *pigments;
    const char *exclude;   /* or NULL */
    const char *modifiers; /* words of fade.h between commas, or NULL */
    double ultraviolet_dose;
    const char *practitioner; /* file of what a hand's clients taught, or NULL */
    const char *existing;     /* scan of work that the skin holds, or NULL */
    const char *record;       /* document of match that it was mixed by, or NULL */
    double existing_years;    /* since it was placed */
    unsigned months;
    double volume_ml;
    unsigned drops_max;
    size_t pigments_max;
    size_t draws; /* 0 where nothing is told of chances */
    uint64_t seed;
};

/* Work that was found in the skin. */
struct existing {
    bool there;
    bool recorded;
    double scale; /* over its record or a guess; the rest as existing_work.h has it */
    double scale_sd;
    double depth_mm;
    double depth_sd_mm;
    struct bottles bottles; /* that its deposits are of */
};

enum { MIXING_MODIFIERS_MAX = 8, MIXING_MODIFIER_TEXT_MAX = 24 };

/*
 * All of it prepared. The problem, solver and recipes point into it: it is never copied.
 * Every number that a document of match holds is one that it gives back unchanged
 * (json_kept), so that what is computed from the document is what was computed here.
 */
struct mixing {
    struct subject subject; /* the skin that is treated */
    char look[SUBJECT_LABEL_MAX];
    enum goal goal;
    struct hair hair;       /* of GOAL_HAIR */
    bool greys;             /* the hair goes on greying */
    struct greying greying; /* then: of this subject's skin and that hair */
    struct bands target_by_time[RECIPE_TIMES_MAX]; /* then */
    struct bottles bottles;
    struct weights weights[VIEWING_MAX];
    struct weights daylight; /* D65 and the observer in use: rule, touch-up, ITA */

    /* As technique, pigments and conditions say, and how clients deviate from that; the
     * problem's treatment is the one of the state's mean. */
    struct treatment usual;
    char modifier[MIXING_MODIFIERS_MAX][MIXING_MODIFIER_TEXT_MAX]; /* of the conditions */
    size_t modifier_count;
    struct client_state state;
    size_t practitioner_clients; /* that the state was learned from */
    struct existing found;       /* work that the skin held; usual lies upon it */
    struct draw *draw;           /* draws of them, from the seed; NULL where draws is 0 */
    size_t draws;
    uint64_t seed;

    unsigned months;
    struct recipe_problem problem;
    struct recipe_solver *solver;
};

/* Draws that a forecast may be made from. */
enum { MIXING_DRAWS_MIN = 16, MIXING_DRAWS_MAX = 4096, MIXING_DRAWS = 256 };
/* The seed of the draws; the largest is what every reader of JSON can keep. */
#define MIXING_SEED     1
#define MIXING_SEED_MAX 9007199254740991

/* Reads and prepares everything. Close with mixing_close. */
enum exit_code mixing_open(struct context *context, const struct mixing_request *request,
                           struct mixing **out);

/* Whether all that a request names can be read, its skin and what it is to look like left
 * out. */
enum exit_code mixing_check(struct context *context,
                            const struct mixing_request *request);

/*
 * The last step of preparing: from a mixing whose subject, target, hair, bottles, usual
 * treatment (but its skin), state, draws, seed and months are set, and whose problem has
 * its target and numbers of drops and pigments, to one that is ready. The shelf may be
 * NULL.
 */
enum exit_code mixing_prepare(struct context *context, double volume_ml,
                              struct mixing_shelf *shelf, struct mixing *mixing);

/* NULL is fine. */
void mixing_close(struct mixing *mixing);

/* What to watch of a recipe over time, under the first illuminant. */
struct forecast mixing_forecast(const struct mixing *mixing, const struct recipe *recipe);

/*
 * The outlook of a recipe at some ages, from the mixing's draws: colors and differences
 * under the first illuminant, dates and chances in daylight.
 */
enum exit_code mixing_outlook(struct context *context, const struct mixing *mixing,
                              const struct recipe *recipe, const double *years,
                              size_t count, struct outlook *out);

/* Says what a user should know of the target; flags as recipe_report has them. */
void mixing_warn_target(struct context *context, const struct mixing *mixing,
                        unsigned flags);

/* The same of a recipe and its forecast. */
void mixing_warn_recipe(struct context *context, const struct mixing *mixing,
                        const struct recipe *recipe);

/* Years until the touch-up, judged in daylight; HUGE_VAL where none is due. */
double mixing_touch_up_years(const struct mixing *mixing, const struct recipe *recipe);

/* "touch-up after about 4.7 years"; text holds TOUCH_UP_TEXT_MAX bytes. */
enum { TOUCH_UP_TEXT_MAX = 64 };
void mixing_touch_up_text(const struct mixing *mixing, const struct recipe *recipe,
                          char *text);

/* The lines that end every recipe. */
extern const char mixing_generic_text[];
extern const char mixing_disclaimer_text[];

/* Whether one of the recipe's bottles is a generic profile. */
bool mixing_is_generic(const struct recipe *recipe);

#endif
