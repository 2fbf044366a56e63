/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/surface.h"

#include <assert.h>

struct surface surface_of_index(double index)
{
    assert(index >= 1);
    double fresnel = (index - 1) / (index + 1);
    return (struct surface){
        .external = fresnel * fresnel,
        .internal = -1.440 / (index * index) + 0.710 / index + 0.668 + 0.0636 * index,
    };
}

static double specular_part(const struct surface *surface, enum surface_specular specular)
{
    return specular == SURFACE_SPECULAR_INCLUDED ? surface->external : 0;
}

double surface_reflectance(const struct surface *surface, enum surface_specular specular,
                           double internal)
{
    double through = (1 - surface->external) * (1 - surface->internal);
    return specular_part(surface, specular) +
           through * internal / (1 - surface->internal * internal);
}

double surface_internal(const struct surface *surface, enum surface_specular specular,
                        double reflectance)
{
    double through = (1 - surface->external) * (1 - surface->internal);
    double body = reflectance - specular_part(surface, specular);
    return body / (through + surface->internal * body);
}

double surface_add_haze(double reflectance, double haze)
{
    return haze + (1 - haze) * reflectance;
}

double surface_remove_haze(double reflectance, double haze)
{
    return (reflectance - haze) / (1 - haze);
}
