/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search against plain enumeration through formula_predict(). */
#include "colorlib/formula.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/colorlib/random_colorants.h"
#include "tests/runner.h"

/* Sanitizers slow a test down by ten times. */
#if defined(__SANITIZE_ADDRESS__)
enum { BATCHES = 20, INSTANCES = 10 };
#else
enum { BATCHES = 20, INSTANCES = 100 };
#endif

/* -- small problems ------------------------------------------------------------- */

enum { LIQUIDS = 5, TARGETS = 7 };

/* A problem and what it points at. */
struct instance {
    struct formula_problem problem;
    struct colorant colorant[LIQUIDS];
    struct colorant diluent;
    struct weights weights;
    cmsCIELab target;
};

static struct weights random_weights(uint64_t *state)
{
    static const char *const name[] = {"D65", "A", "LED-B3"};
    static const enum observer observer[] = {OBSERVER_CIE_1931_2DEG,
                                             OBSERVER_CIE_1964_10DEG};
    struct illuminant illuminant;
    struct weights weights;
    ck_assert_int_eq(illuminant_find(name[random_index(state, 3)], &illuminant),
                     STATUS_OK);
    ck_assert_int_eq(weights_make(&bands_grid, &illuminant,
                                  observer[random_index(state, 2)], &weights),
                     STATUS_OK);
    return weights;
}

/* Clear, a liquid that scatters and absorbs a little, or none. */
static void choose_diluent(uint64_t *state, struct instance *out)
{
    double share = random_share(state);
    out->diluent = (struct colorant){.K = {{0}}};
    if (share > 0.3)
        out->diluent = random_colorant_of(state, RANDOM_WEAK);
    if (share < 0.6)
        out->problem.diluent = &out->diluent;
}

/* Whole parts from a few to as many as enumeration bears. */
static unsigned choose_parts(uint64_t *state, size_t size_max, unsigned share)
{
    static const unsigned most[FORMULA_SIZE_MAX] = {50, 30, 14, 10};
    unsigned parts = 1 + (unsigned)random_index(state, most[size_max - 1]);
    return share == 0 ? most[size_max - 1] : parts;
}

static void make_problem(uint64_t *state, struct instance *out)
{
    *out = (struct instance){.weights = random_weights(state)};
    struct formula_problem *p = &out->problem;
    p->colorants = out->colorant;
    p->colorant_count = 1 + random_index(state, LIQUIDS);
    for (size_t i = 0; i < p->colorant_count; i++)
        out->colorant[i] = random_colorant(state);
    choose_diluent(state, out);
    p->drawdown = random_drawdown(state);
    p->view = random_view(state);
    p->weights = &out->weights;
    p->size_max = 1 + random_index(state, FORMULA_SIZE_MAX);
    p->parts_max = choose_parts(state, p->size_max, random_index(state, 3) > 0);
    p->threads = 1;
}

static struct formula_solver *open_solver(const struct formula_problem *problem)
{
    struct formula_solver *solver;
    ck_assert_int_eq(formula_solver_open(problem, &solver), STATUS_OK);
    return solver;
}

/* The color of a recipe of up to so many parts of each component. */
static cmsCIELab random_mixture(uint64_t *state, const struct formula_solver *solver,
                                const struct formula_problem *p, unsigned parts_max)
{
    struct formula_part part[FORMULA_SIZE_MAX];
    size_t size = p->size_max < p->colorant_count ? p->size_max : p->colorant_count;
    size_t count = 1 + random_index(state, size), first = 0;
    for (size_t k = 0; k < count; k++) {
        size_t room = p->colorant_count - (count - k - 1) - first;
        part[k].colorant = first + random_index(state, room);
        part[k].parts = 1 + (unsigned)random_index(state, parts_max);
        first = part[k].colorant + 1;
    }
    unsigned diluent = p->diluent ? (unsigned)random_index(state, parts_max + 1) : 0;
    struct formula formula;
    const cmsCIELab any = {50, 0, 0};
    ck_assert_int_eq(formula_predict(solver, &any, part, count, diluent, &formula),
                     STATUS_OK);
    return formula.lab;
}

static cmsCIELab moved(uint64_t *state, cmsCIELab lab, double distance)
{
    lab.L += distance * random_between(state, -1, 1);
    lab.a += distance * random_between(state, -1, 1);
    lab.b += distance * random_between(state, -1, 1);
    lab.L = fmin(fmax(lab.L, 0), 100);
    return lab;
}

static cmsCIELab of_hue(double L, double chroma, double degrees)
{
    double hue = degrees * acos(-1) / 180;
    return (cmsCIELab){L, chroma * cos(hue), chroma * sin(hue)};
}

/* What the mixtures reach, to the last bit, nearly and not; blue ones, where the
 * formula's rotation term is, and greys, where hue means nothing. */
static void choose_target(uint64_t *state, const struct formula_solver *solver,
                          struct instance *out)
{
    const struct formula_problem *p = &out->problem;
    unsigned parts = p->parts_max < 4 ? 1 : p->parts_max / 4;
    double L = random_between(state, 0, 100);
    switch (random_index(state, TARGETS)) {
    case 0: out->target = random_mixture(state, solver, p, parts); break;
    case 1: out->target = random_mixture(state, solver, p, FORMULA_PARTS_MAX); break;
    case 2:
        out->target = moved(state, random_mixture(state, solver, p, parts),
                            random_scale(state, 0.01, 30));
        break;
    case 3:
        out->target =
            of_hue(L, random_between(state, 0, 90), random_between(state, 255, 295));
        break;
    case 4: out->target = of_hue(L, random_scale(state, 1e-3, 10), 360 * L); break;
    case 5: out->target = of_hue(L, random_between(state, 0, 90), 3600 * L); break;
    default: out->target = of_hue(L, random_between(state, 90, 200), 3600 * L); break;
    }
    out->target.L = fmin(fmax(out->target.L, 0), 100);
}

static struct formula_solver *make_instance(uint64_t number, struct instance *out)
{
    uint64_t state = random_seed(number);
    make_problem(&state, out);
    struct formula_solver *solver = open_solver(&out->problem);
    choose_target(&state, solver, out);
    return solver;
}

/* -- enumeration ---------------------------------------------------------------- */

struct enumeration {
    const struct formula_solver *solver;
    const cmsCIELab *target;
    size_t colorant_count;
    size_t size_max;
    unsigned parts_max;
    unsigned diluent_max;
    struct formula_part part[FORMULA_SIZE_MAX];
    struct formula best[FORMULA_SIZE_MAX]; /* of exactly so many colorants, less 1 */
    uint64_t recipes;
    uint64_t undiluted;
};

static unsigned divisor_of(unsigned a, unsigned b)
{
    return b == 0 ? a : divisor_of(b, a % b);
}

static unsigned parts_of(const struct formula *formula)
{
    unsigned sum = formula->diluent;
    for (size_t k = 0; k < formula->count; k++)
        sum += formula->part[k].parts;
    return sum;
}

/* As formula_search() promises: to 1e-9, then fewer colorants, fewer parts, and the
 * colorants that come first. */
static int compare(const struct formula *a, const struct formula *b)
{
    double x = round(a->ciede2000 * 1e9), y = round(b->ciede2000 * 1e9);
    if (x != y)
        return x < y ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    if (parts_of(a) != parts_of(b))
        return parts_of(a) < parts_of(b) ? -1 : 1;
    for (size_t k = 0; k < a->count; k++)
        if (a->part[k].colorant != b->part[k].colorant)
            return a->part[k].colorant < b->part[k].colorant ? -1 : 1;
    return 0;
}

static void enumerate_recipe(struct enumeration *e, size_t count, unsigned diluent)
{
    struct formula formula;
    ck_assert_int_eq(
        formula_predict(e->solver, e->target, e->part, count, diluent, &formula),
        STATUS_OK);
    struct formula *best = &e->best[count - 1];
    if (best->count == 0 || compare(&formula, best) < 0)
        *best = formula;
    e->recipes++;
    e->undiluted += diluent == 0;
}

static void enumerate_from(struct enumeration *e, size_t count, unsigned left,
                           unsigned divisor)
{
    for (unsigned d = 0; count > 0 && d <= left && d <= e->diluent_max; d++)
        if (divisor_of(divisor, d) == 1)
            enumerate_recipe(e, count, d);
    if (count == e->size_max)
        return;
    size_t first = count > 0 ? e->part[count - 1].colorant + 1 : 0;
    for (size_t c = first; c < e->colorant_count; c++)
        for (unsigned parts = 1; parts <= left; parts++) {
            e->part[count] = (struct formula_part){c, parts};
            enumerate_from(e, count + 1, left - parts, divisor_of(parts, divisor));
        }
}

static struct enumeration enumerate(const struct formula_solver *solver,
                                    const struct formula_problem *p,
                                    const cmsCIELab *target)
{
    struct enumeration e = {.solver = solver,
                            .target = target,
                            .colorant_count = p->colorant_count,
                            .size_max = p->size_max,
                            .parts_max = p->parts_max,
                            .diluent_max = p->diluent ? p->parts_max : 0};
    enumerate_from(&e, 0, p->parts_max, 0);
    for (size_t s = 1; s < p->size_max; s++) /* at most so many colorants */
        if (e.best[s].count == 0 || compare(&e.best[s], &e.best[s - 1]) > 0)
            e.best[s] = e.best[s - 1];
    return e;
}

/* -- the proof ------------------------------------------------------------------ */

static void assert_same_recipe(const struct formula *a, const struct formula *b,
                               uint64_t number)
{
    ck_assert_msg(a->ciede2000 == b->ciede2000 && compare(a, b) == 0,
                  "instance %llu: %.12g of %zu colorants, %u parts, not %.12g of %zu, %u",
                  (unsigned long long)number, a->ciede2000, a->count, parts_of(a),
                  b->ciede2000, b->count, parts_of(b));
}

static bool has_clear_diluent(const struct formula_problem *p)
{
    return p->diluent && p->diluent->S.value[0] == 0;
}

/* What hides its backing looks the same with a clear diluent and without it. */
static uint64_t different_recipes(const struct formula_problem *p,
                                  const struct enumeration *e)
{
    return isinf(p->drawdown.thickness_mm) && has_clear_diluent(p) ? e->undiluted
                                                                   : e->recipes;
}

static void compare_with_enumeration(uint64_t number)
{
    struct instance instance;
    struct formula_solver *solver = make_instance(number, &instance);
    const struct formula_problem *p = &instance.problem;
    struct formula found[FORMULA_SIZE_MAX];
    struct formula_certificate certificate;
    struct enumeration all = enumerate(solver, p, &instance.target);
    ck_assert_int_eq(formula_search(solver, &instance.target, found, &certificate),
                     STATUS_OK);
    for (size_t s = 0; s < p->size_max; s++)
        assert_same_recipe(&found[s], &all.best[s], number);
    ck_assert_double_eq(certificate.bound, found[p->size_max - 1].ciede2000);
    ck_assert_uint_eq(certificate.recipes, different_recipes(p, &all));
    formula_solver_close(solver);
}

START_TEST(a_search_finds_what_enumeration_finds)
{
    for (uint64_t i = 0; i < INSTANCES; i++)
        compare_with_enumeration((uint64_t)_i * INSTANCES + i);
}
END_TEST

/* -- budgets, threads and ties -------------------------------------------------- */

/* The true optimum is that of a search without a budget, which is proved above. */
START_TEST(a_budget_leaves_a_true_bound)
{
    size_t ended = 0;
    for (uint64_t i = 0; i < INSTANCES; i++) {
        struct instance instance;
        struct formula_solver *solver =
            make_instance((uint64_t)_i * INSTANCES + i, &instance);
        struct formula best[FORMULA_SIZE_MAX], found[FORMULA_SIZE_MAX];
        struct formula_certificate full, cut;
        const size_t last = instance.problem.size_max - 1;
        ck_assert_int_eq(formula_search(solver, &instance.target, best, &full),
                         STATUS_OK);
        formula_solver_close(solver);
        instance.problem.budget = 1 + i % 50;
        solver = open_solver(&instance.problem);
        ck_assert_int_eq(formula_search(solver, &instance.target, found, &cut),
                         STATUS_OK);
        ck_assert_double_le(cut.bound, found[last].ciede2000);
        ck_assert_double_le(cut.bound, best[last].ciede2000);
        ck_assert_double_ge(cut.bound, 0);
        ck_assert_double_ge(found[last].ciede2000, best[last].ciede2000 - 1e-9);
        ended += cut.bound < found[last].ciede2000;
        formula_solver_close(solver);
    }
    ck_assert_uint_gt(ended, 0);
}
END_TEST

/* How many sets of at most size_max of the colorants there are. */
static uint64_t count_sets(const struct formula_problem *p)
{
    uint64_t sets = 0, of_size = 1;
    for (size_t size = 1; size <= p->size_max; size++) {
        of_size = of_size * (p->colorant_count - size + 1) / size;
        sets += of_size;
    }
    return sets;
}

/* It is not overdrawn, and what the sets that are done with leave of it goes to the
 * others: one that is large enough proves the optimum. */
START_TEST(a_budget_is_spent_where_it_is_needed)
{
    for (uint64_t i = 0; i < INSTANCES; i++) {
        struct instance instance;
        struct formula_solver *solver =
            make_instance((uint64_t)_i * INSTANCES + i, &instance);
        struct formula best[FORMULA_SIZE_MAX], found[FORMULA_SIZE_MAX];
        struct formula_certificate full, cut;
        ck_assert_int_eq(formula_search(solver, &instance.target, best, &full),
                         STATUS_OK);
        formula_solver_close(solver);
        uint64_t sets = count_sets(&instance.problem);
        instance.problem.budget = (i % 2 == 1 ? 4 : 1) * (full.regions + sets);
        solver = open_solver(&instance.problem);
        ck_assert_int_eq(formula_search(solver, &instance.target, found, &cut),
                         STATUS_OK);
        ck_assert_uint_le(cut.regions, instance.problem.budget + sets);
        if (i % 2 == 1)
            ck_assert_double_eq(cut.bound, full.bound);
        formula_solver_close(solver);
    }
}
END_TEST

enum { MANY_COLORANTS = 24 };

/* Many recipes, of a few colorants or in many sets. */
static void make_large(uint64_t *state, size_t count, unsigned parts_max,
                       struct colorant colorant[MANY_COLORANTS], struct instance *out)
{
    *out = (struct instance){.weights = random_weights(state)};
    for (size_t i = 0; i < count; i++)
        colorant[i] = random_colorant(state);
    out->diluent = random_colorant_of(state, RANDOM_WEAK);
    out->problem = (struct formula_problem){.colorants = colorant,
                                            .colorant_count = count,
                                            .diluent = &out->diluent,
                                            .drawdown = random_drawdown(state),
                                            .view = random_view(state),
                                            .weights = &out->weights,
                                            .size_max = 3,
                                            .parts_max = parts_max,
                                            .threads = 1};
    struct formula_solver *solver = open_solver(&out->problem);
    choose_target(state, solver, out);
    formula_solver_close(solver);
}

static void assert_same_search(const struct instance *one, const struct instance *two)
{
    struct formula found[2][FORMULA_SIZE_MAX];
    struct formula_certificate certificate[2];
    const struct instance *const instance[] = {one, two};
    for (size_t i = 0; i < 2; i++) {
        struct formula_solver *solver = open_solver(&instance[i]->problem);
        ck_assert_int_eq(
            formula_search(solver, &instance[i]->target, found[i], &certificate[i]),
            STATUS_OK);
        formula_solver_close(solver);
    }
    for (size_t s = 0; s < one->problem.size_max; s++) {
        ck_assert_double_eq(found[0][s].ciede2000, found[1][s].ciede2000);
        ck_assert_int_eq(compare(&found[0][s], &found[1][s]), 0);
    }
    ck_assert_mem_eq(&certificate[0], &certificate[1], sizeof certificate[0]);
}

/* There the search takes a closer look at what is within a CIEDE2000 of some units. */
START_TEST(a_large_grid_is_searched_as_enumerated)
{
    for (uint64_t i = 0; i < INSTANCES / 10; i += 2) {
        uint64_t number = 300000 + (uint64_t)_i * INSTANCES + i;
        uint64_t state = random_seed(number);
        struct colorant colorant[MANY_COLORANTS];
        struct instance instance;
        make_large(&state, 10, 12, colorant, &instance);
        struct formula_solver *solver = open_solver(&instance.problem);
        struct formula found[FORMULA_SIZE_MAX];
        struct formula_certificate certificate;
        struct enumeration all = enumerate(solver, &instance.problem, &instance.target);
        ck_assert_int_eq(formula_search(solver, &instance.target, found, &certificate),
                         STATUS_OK);
        for (size_t s = 0; s < instance.problem.size_max; s++)
            assert_same_recipe(&found[s], &all.best[s], number);
        ck_assert_uint_eq(certificate.recipes, all.recipes);
        formula_solver_close(solver);
    }
}
END_TEST

START_TEST(threads_change_no_result)
{
    static const size_t threads[] = {2, 3, 7};
    for (uint64_t i = 0; i < 4; i++) {
        uint64_t state = random_seed(100000 + i);
        struct colorant colorant[MANY_COLORANTS];
        struct instance one;
        make_large(&state, MANY_COLORANTS, 7, colorant, &one);
        one.problem.budget = i % 2 == 1 ? 2000 : 0;
        struct instance two = one;
        two.problem.threads = threads[_i];
        assert_same_search(&one, &two);
    }
}
END_TEST

/* The same colorant twice makes ties of all that contains it. */
START_TEST(of_equal_recipes_the_simplest_is_found)
{
    for (uint64_t i = 0; i < INSTANCES; i++) {
        struct instance instance;
        formula_solver_close(make_instance(200000 + i, &instance));
        struct formula_problem *p = &instance.problem;
        p->colorants = instance.colorant; /* the instance was not moved */
        p->colorant_count = 3;
        p->size_max = 3;
        p->parts_max = 8;
        instance.colorant[1] = instance.colorant[0];
        instance.colorant[2] = instance.colorant[i % 2];
        if (p->colorant_count > 2 && i % 3 == 0)
            instance.colorant[2] =
                random_colorant_of(&(uint64_t){random_seed(i)}, RANDOM_CHROMATIC);
        struct formula_solver *solver = open_solver(p);
        struct enumeration all = enumerate(solver, p, &instance.target);
        struct formula found[FORMULA_SIZE_MAX];
        struct formula_certificate certificate;
        ck_assert_int_eq(formula_search(solver, &instance.target, found, &certificate),
                         STATUS_OK);
        for (size_t s = 0; s < p->size_max; s++)
            assert_same_recipe(&found[s], &all.best[s], i);
        formula_solver_close(solver);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("formula");
    TCase *tests = tcase_create("formula");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, a_search_finds_what_enumeration_finds, 0, BATCHES);
    tcase_add_loop_test(tests, a_budget_leaves_a_true_bound, 0, BATCHES / 4);
    tcase_add_loop_test(tests, a_budget_is_spent_where_it_is_needed, 0, BATCHES / 4);
    tcase_add_loop_test(tests, a_large_grid_is_searched_as_enumerated, 0, 4);
    tcase_add_loop_test(tests, threads_change_no_result, 0, 3);
    tcase_add_test(tests, of_equal_recipes_the_simplest_is_found);
    suite_add_tcase(suite, tests);
    return suite;
}
