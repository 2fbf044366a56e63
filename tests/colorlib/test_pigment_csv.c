/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "colorlib/pigment_csv.h"
#include "tests/colorlib/scratch.h"
#include "tests/runner.h"

static struct pigment full_pigment(void)
{
    struct pigment pigment = {
        .id = "ash-03",
        .name = "Ash \"3\", warm",
        .lot = "26-1002",
        .origin = PIGMENT_LADDER,
        .class = PIGMENT_TIO2,
        .fade = {0.5, 0.2, 0.015},
        .drop_ml = 0.045,
        .density_g_per_ml = 1.15,
        .strength = 1.042,
        .dilution_max = 15,
        .ci = "77891",
        .simulated = true,
        .level_out_de00 = 0.71,
    };
    for (size_t i = 0; i < BAND_COUNT; i++) {
        pigment.K.value[i] = 1200.5 / (double)(i + 1);
        pigment.S.value[i] = 10 + (double)i;
    }
    return pigment;
}

static enum status read_text(const char *text, struct pigment *out, struct fault *fault)
{
    struct scratch scratch = scratch_make("pigment.csv");
    scratch_fill(&scratch, text, strlen(text));
    enum status status = pigment_csv_read(scratch.path, out, fault);
    scratch_remove(&scratch);
    return status;
}

static char *written(const struct pigment *pigment)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_eq(pigment_csv_write(stream, pigment), STATUS_OK);
    fclose(stream);
    return text;
}

START_TEST(a_table_comes_back_as_it_was_written)
{
    struct pigment pigment = full_pigment(), back;
    struct fault fault = {0};
    char *text = written(&pigment);
    enum status status = read_text(text, &back, &fault);
    free(text);
    ck_assert_msg(status == STATUS_OK, "%zu:%zu: %s", fault.line, fault.column,
                  fault.text);
    ck_assert_str_eq(back.name, pigment.name);
    ck_assert_str_eq(back.lot, pigment.lot);
    ck_assert_str_eq(back.ci, pigment.ci);
    ck_assert_int_eq(back.origin, PIGMENT_LADDER);
    ck_assert_int_eq(back.class, PIGMENT_TIO2);
    ck_assert(back.simulated);
    ck_assert_double_eq(back.fade.ultraviolet_per_year, 0.015);
    ck_assert_double_eq(back.strength, 1.042);
    ck_assert_double_eq(back.level_out_de00, 0.71);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        /* seven digits; strength is already in them */
        ck_assert_double_eq_tol(back.K.value[i] / pigment.K.value[i], 1, 1e-6);
        ck_assert_double_eq_tol(back.S.value[i] / pigment.S.value[i], 1, 1e-6);
    }
}
END_TEST

/* The least that somebody else's table has, with one thing changed. */
static void make_table(const char *heading, const char *first, const char *second,
                       char *text, size_t size)
{
    size_t used = (size_t)snprintf(text, size, "%s", heading);
    for (int nm = 400; nm <= 700; nm += 10)
        used += (size_t)snprintf(text + used, size - used, ",%d", nm);
    const char *const rows[] = {first, second};
    for (size_t row = 0; row < 2; row++) {
        used += (size_t)snprintf(text + used, size - used, "\n%s", rows[row]);
        for (int i = 1; i <= BAND_COUNT; i++)
            used += (size_t)snprintf(text + used, size - used, ",%d", i);
    }
    snprintf(text + used, size - used, "\n");
}

START_TEST(what_a_table_leaves_out_is_as_usual)
{
    char text[2048];
    struct pigment pigment;
    struct fault fault = {0};
    make_table("id,name,class,quantity", "a,A,carbon,S", "a,A,carbon,K", text,
               sizeof text);
    ck_assert_int_eq(read_text(text, &pigment, &fault), STATUS_OK);
    ck_assert_int_eq(pigment.origin, PIGMENT_MODEL); /* nobody says it was measured */
    ck_assert_double_eq(pigment.drop_ml, 0.04);
    ck_assert_double_eq(pigment.strength, 1);
    ck_assert_double_eq(pigment.fade.healed_fraction,
                        fade_class_rates(PIGMENT_CARBON).healed_fraction);
    ck_assert_double_eq(pigment.K.value[2], 3);
    ck_assert(!pigment.simulated);
}
END_TEST

static const struct {
    const char *heading, *first, *second, *fault;
} bad[] = {
    {"id,name,quantity", "a,A,K", "a,A,S", "class is missing"},
    {"id,name,class", "a,A,carbon", "a,A,carbon", "quantity is missing"},
    {"name,class,quantity", "A,carbon,K", "A,carbon,S", "id is missing"},
    {"id,name,class,quantity", "a,A,soot,K", "a,A,soot,S", "iron_oxide"},
    {"id,name,class,quantity", "a,A,carbon,K", "a,A,carbon,K", "a row S are due"},
    {"id,name,class,quantity", "a,A,carbon,K", "a,B,carbon,S", "differs"},
    {"id,name,class,quantity,drop_ml", "a,A,carbon,K,4", "a,A,carbon,S,4", "0.5"},
    {"id,name,class,quantity,drop_ml", "a,A,carbon,K,x", "a,A,carbon,S,x", "drop_ml"},
    {"id,name,class,quantity,origin", "a,A,carbon,K,guess", "a,A,carbon,S,guess",
     "model or ladder"},
    {"id,name,class,quantity,400", "a,A,carbon,K,-1", "a,A,carbon,S,-1", "0 or more"},
};
enum { BAD = sizeof bad / sizeof bad[0] };

START_TEST(a_wrong_table_is_refused_with_the_reason)
{
    char text[2048];
    struct pigment pigment;
    struct fault fault = {0};
    make_table(bad[_i].heading, bad[_i].first, bad[_i].second, text, sizeof text);
    ck_assert_int_eq(read_text(text, &pigment, &fault), STATUS_BAD_DATA);
    ck_assert_msg(strstr(fault.text, bad[_i].fault) != NULL, "%s", fault.text);
    ck_assert_uint_ge(fault.line, 1);
}
END_TEST

START_TEST(rows_and_wavelengths_must_all_be_there)
{
    struct pigment pigment;
    struct fault fault = {0};
    ck_assert_int_eq(read_text("quantity,id,name,class,400\nK,a,A,carbon,1\n"
                               "S,a,A,carbon,1\n",
                               &pigment, &fault),
                     STATUS_BAD_DATA);
    ck_assert_ptr_nonnull(strstr(fault.text, "410 is missing"));
    ck_assert_int_eq(read_text("quantity,id,name,class\n", &pigment, &fault),
                     STATUS_BAD_DATA);
    ck_assert_int_eq(
        read_text("quantity,id,name,class\nK,a,A,carbon\n", &pigment, &fault),
        STATUS_BAD_DATA);
    ck_assert_int_eq(pigment_csv_read("/nowhere/a.csv", &pigment, &fault),
                     STATUS_NOT_FOUND);
}
END_TEST

Suite *suite(void)
{
    TCase *tables = tcase_create("tables");
    tcase_add_test(tables, a_table_comes_back_as_it_was_written);
    tcase_add_test(tables, what_a_table_leaves_out_is_as_usual);
    tcase_add_loop_test(tables, a_wrong_table_is_refused_with_the_reason, 0, BAD);
    tcase_add_test(tables, rows_and_wavelengths_must_all_be_there);
    Suite *s = suite_create("pigment_csv");
    suite_add_tcase(s, tables);
    return s;
}
