/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/simplex.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* A move takes the worst corner to so many times its distance from the centre of the
 * others: to the other side, further there, and half way back. */
#define REFLECTED (-1.0)
#define EXPANDED  (-2.0)
#define HALVED    0.5

struct corner {
    double x[SIMPLEX_NUMBERS_MAX];
    double value;
};

struct simplex {
    const struct simplex_aim *aim;
    struct corner corner[SIMPLEX_NUMBERS_MAX + 1];
};

static void evaluate(const struct simplex_aim *aim, struct corner *corner)
{
    corner->value = aim->value(corner->x, aim->context);
}

static void begin(struct simplex *simplex, const double *x, double step)
{
    const size_t count = simplex->aim->count;
    for (size_t c = 0; c <= count; c++) {
        memcpy(simplex->corner[c].x, x, count * sizeof *x);
        if (c > 0)
            simplex->corner[c].x[c - 1] += step;
        evaluate(simplex->aim, &simplex->corner[c]);
    }
}

struct order {
    size_t best;
    size_t worst;
    size_t second; /* worst but one */
};

/* The first of corners that are equally good or bad. */
static struct order order_of(const struct simplex *simplex)
{
    const struct corner *corner = simplex->corner;
    struct order order = {0, 0, 0};
    for (size_t c = 1; c <= simplex->aim->count; c++) {
        if (corner[c].value < corner[order.best].value)
            order.best = c;
        if (corner[c].value > corner[order.worst].value)
            order.worst = c;
    }
    order.second = order.worst == 0 ? 1 : 0;
    for (size_t c = 0; c <= simplex->aim->count; c++)
        if (c != order.worst && corner[c].value > corner[order.second].value)
            order.second = c;
    return order;
}

static double centre(const struct simplex *simplex, size_t axis, size_t without)
{
    double sum = 0, corners = 0;
    for (size_t c = 0; c <= simplex->aim->count; c++)
        if (c != without) {
            sum += simplex->corner[c].x[axis];
            corners++;
        }
    return sum / corners;
}

static struct corner moved(const struct simplex *simplex, size_t which, double distance)
{
    struct corner corner;
    for (size_t i = 0; i < simplex->aim->count; i++) {
        double middle = centre(simplex, i, which);
        corner.x[i] = middle + distance * (simplex->corner[which].x[i] - middle);
    }
    evaluate(simplex->aim, &corner);
    return corner;
}

static void shrink(struct simplex *simplex, size_t best)
{
    for (size_t c = 0; c <= simplex->aim->count; c++) {
        if (c == best)
            continue;
        struct corner *corner = &simplex->corner[c];
        for (size_t i = 0; i < simplex->aim->count; i++)
            corner->x[i] = HALVED * (corner->x[i] + simplex->corner[best].x[i]);
        evaluate(simplex->aim, corner);
    }
}

static void move(struct simplex *simplex)
{
    const struct order order = order_of(simplex);
    struct corner *worst = &simplex->corner[order.worst];
    const struct corner reflected = moved(simplex, order.worst, REFLECTED);
    if (reflected.value < simplex->corner[order.best].value) {
        const struct corner further = moved(simplex, order.worst, EXPANDED);
        *worst = further.value < simplex->corner[order.best].value ? further : reflected;
        return;
    }
    if (reflected.value <= simplex->corner[order.second].value) {
        *worst = reflected;
        return;
    }
    if (reflected.value <= worst->value)
        *worst = reflected;
    const struct corner nearer = moved(simplex, order.worst, HALVED);
    if (nearer.value <= worst->value)
        *worst = nearer;
    else
        shrink(simplex, order.best);
}

/* An estimate of what is to come: a move gains about what the corners differ by. */
static double hoped_for(const struct simplex *simplex, const struct order *order)
{
    const double moves = 12;
    double best = simplex->corner[order->best].value;
    return best - moves * (simplex->corner[order->worst].value - best);
}

static double size_of(const struct simplex *simplex)
{
    const size_t count = simplex->aim->count;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double middle = centre(simplex, i, count + 1);
        for (size_t c = 0; c <= count; c++) {
            double distance = simplex->corner[c].x[i] - middle;
            sum += distance * distance;
        }
    }
    return sqrt(sum / (double)(count + 1));
}

enum status simplex_search(const struct simplex_aim *aim, double step, double size,
                           size_t moves_max, double *x, double *value)
{
    assert(aim->count >= 1 && aim->count <= SIMPLEX_NUMBERS_MAX);
    struct simplex simplex = {.aim = aim};
    const struct corner *best = simplex.corner;
    double hope = -HUGE_VAL;
    enum status status = STATUS_NOT_CONVERGED;
    begin(&simplex, x, step);
    for (size_t m = 0; m < moves_max && status == STATUS_NOT_CONVERGED; m++) {
        move(&simplex);
        const struct order order = order_of(&simplex);
        best = &simplex.corner[order.best];
        hope = hoped_for(&simplex, &order);
        if (size_of(&simplex) < size ||
            (aim->is_enough && aim->is_enough(best->x, aim->context)))
            status = STATUS_OK;
        else if (hope > aim->hopeless)
            status = STATUS_REJECTED;
    }
    memcpy(x, best->x, aim->count * sizeof *x);
    *value = status == STATUS_REJECTED ? hope : best->value;
    return status;
}
