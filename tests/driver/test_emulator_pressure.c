/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pressing the virtual instrument's head on skin does to its readings. */
#include "tests/driver/host.h"

#include <math.h>

enum { BANDS = 31, CLIENT_SKINS = 4, SKINS = 6 };

static const char *const kinds[] = {"scalp",         "donor",        "scar",    "healed",
                                    "example-light", "example-dark", "pigment", "white",
                                    "zero",          "card",         ""};

static struct host host;

static void truth_of(char client, double pressure, const char *kind, double sci[BANDS],
                     double sce[BANDS])
{
    struct emulator_settings settings = emulator_settings_default;
    settings.client = client;
    settings.pressure = pressure;
    host_connect(&host, &settings);
    emulator_place(host.emulator, kind, "nape");
    emulator_truth(host.emulator, sci, sce);
    host_leave(&host);
}

/* By how much pressure lightens a band: 520 to 590 nm are drawn towards the line between
 * 500 and 610 nm, by 0.6 of the pressure (10). */
static double lightening(const double factor[BANDS], size_t band, double pressure)
{
    double line = factor[10] + (factor[21] - factor[10]) * ((double)band - 10) / 11;
    int is_in_trough = band >= 12 && band <= 19;
    return is_in_trough ? 0.6 * pressure * fmax(line - factor[band], 0) : 0;
}

static void check_blanching(char client, double pressure, size_t kind)
{
    double sci[BANDS], sce[BANDS], pressed_sci[BANDS], pressed_sce[BANDS];
    truth_of(client, 0, kinds[kind], sci, sce);
    truth_of(client, pressure, kinds[kind], pressed_sci, pressed_sce);
    for (size_t i = 0; i < BANDS; i++) {
        double lighter = kind < SKINS ? lightening(sce, i, pressure) : 0;
        ck_assert_double_eq_tol(pressed_sce[i] - sce[i], lighter, 1e-12);
        /* gloss is of the surface */
        ck_assert_double_eq_tol(pressed_sci[i] - sci[i], lighter, 1e-12);
    }
}

START_TEST(pressure_blanches_skin_and_nothing_else)
{
    for (char client = 'a'; client <= 'c'; client++)
        for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++)
            check_blanching(client, 0.25 * _i, kind);
}
END_TEST

/* Section 1.2: a* falls. */
START_TEST(pressure_makes_skin_less_red)
{
    struct emulator_settings settings = host_quiet(0);
    settings.client = "abc"[_i];
    for (size_t k = 0; k < CLIENT_SKINS; k++) {
        double before = INFINITY;
        for (settings.pressure = 0; settings.pressure <= 1; settings.pressure += 0.5) {
            host_connect(&host, &settings);
            host_play(&host, HOST_CALIBRATES);
            emulator_place(host.emulator, kinds[k], "");
            host_play(&host, "MES,1 OK00|~10000");
            double redness;
            host_numbers(host_ask(&host, "COR,1,2,04,07"), &redness, 1);
            ck_assert_double_lt(redness, before - 0.02); /* hundredths are told */
            before = redness;
            host_leave(&host);
        }
    }
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("emulator_pressure");
    TCase *tc = tcase_create("pressure");
    tcase_add_loop_test(tc, pressure_blanches_skin_and_nothing_else, 0, 5);
    tcase_add_loop_test(tc, pressure_makes_skin_less_red, 0, 3);
    suite_add_tcase(s, tc);
    return s;
}
