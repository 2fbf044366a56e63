/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk over descriptors, on bytes written out by hand: USB 2.0 section 9.6, CDC 1.2
 * section 5.2, PSTN 1.2 section 5.3. */
#include "driver/cdc_descriptor.h"

#include <stdlib.h>
#include <string.h>

#include "tests/runner.h"

enum { DESCRIPTORS_MAX = 512 };

/* Descriptors that are put together piece by piece; the total length is kept. */
struct built {
    uint8_t bytes[DESCRIPTORS_MAX];
    size_t size;
    size_t configuration; /* where the last one begins */
};

static void put(struct built *built, const uint8_t *bytes, size_t size)
{
    ck_assert_uint_le(built->size + size, sizeof built->bytes);
    memcpy(built->bytes + built->size, bytes, size);
    built->size += size;
    if (built->size > 18) {
        size_t total = built->size - built->configuration;
        built->bytes[built->configuration + 2] = (uint8_t)total;
        built->bytes[built->configuration + 3] = (uint8_t)(total >> 8);
    }
}

#define PUT(built, ...)                                                                  \
    put(built, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static void put_configuration(struct built *built, uint8_t value)
{
    built->configuration = built->size;
    PUT(built, 0x09, 0x02, 0x09, 0x00, 0x02, value, 0x00, 0xC0, 0x32);
}

static struct built device(void)
{
    struct built built = {.size = 0};
    PUT(&built, 0x12, 0x01, 0x00, 0x02, 0x02, 0x00, 0x00, 0x40, 0x2B, 0x13, 0x0D, 0x21,
        0x00, 0x01, 0x01, 0x02, 0x03, 0x01);
    put_configuration(&built, 1);
    return built;
}

static void put_interface(struct built *built, uint8_t number, uint8_t setting,
                          uint8_t class, uint8_t subclass, uint8_t protocol)
{
    PUT(built, 0x09, 0x04, number, setting, 0x02, class, subclass, protocol, 0x00);
}

static void put_control(struct built *built, uint8_t number)
{
    put_interface(built, number, 0, 0x02, 0x02, 0x01);
    PUT(built, 0x05, 0x24, 0x00, 0x10, 0x01);
}

static void put_union(struct built *built, uint8_t control, uint8_t data)
{
    PUT(built, 0x05, 0x24, 0x06, control, data);
}

static void put_call_management(struct built *built, uint8_t data)
{
    PUT(built, 0x05, 0x24, 0x01, 0x00, data);
}

static void put_bulk(struct built *built, uint8_t out, uint8_t in)
{
    PUT(built, 0x07, 0x05, out, 0x02, 0x40, 0x00, 0x00);
    PUT(built, 0x07, 0x05, in, 0x02, 0x40, 0x00, 0x00);
}

static void put_data(struct built *built, uint8_t number, uint8_t out, uint8_t in)
{
    put_interface(built, number, 0, 0x0A, 0x00, 0x00);
    put_bulk(built, out, in);
}

static enum cdc_found find(const struct built *built, struct cdc_pair *pair)
{
    return cdc_find_pair(built->bytes, built->size, 1, pair);
}

START_TEST(the_pair_of_the_virtual_instrument_is_found_with_all_its_endpoints)
{
    struct built built = device();
    put_control(&built, 0);
    put_call_management(&built, 1);
    PUT(&built, 0x04, 0x24, 0x02, 0x02);
    put_union(&built, 0, 1);
    PUT(&built, 0x07, 0x05, 0x81, 0x03, 0x10, 0x00, 0x10);
    put_data(&built, 1, 0x02, 0x83);
    struct cdc_pair pair;
    ck_assert_int_eq(find(&built, &pair), CDC_FOUND);
    ck_assert_uint_eq(pair.configuration, 1);
    ck_assert_uint_eq(pair.control_interface, 0);
    ck_assert_uint_eq(pair.data_interface, 1);
    ck_assert_uint_eq(pair.alternate, 0);
    ck_assert_uint_eq(pair.interrupt_in, 0x81);
    ck_assert_uint_eq(pair.interrupt_packet, 16);
    ck_assert_uint_eq(pair.bulk_out, 0x02);
    ck_assert_uint_eq(pair.out_packet, 64);
    ck_assert_uint_eq(pair.bulk_in, 0x83);
    ck_assert_uint_eq(pair.in_packet, 64);
}
END_TEST

/* What the control interface says of its data interface; -1 for nothing. Data interfaces
 * are 1, 2 and 3. */
static const struct {
    int by_union;
    int by_call_management;
    uint8_t data;
} pairings[] = {
    {2, 3, 2},   /* Union goes first */
    {-1, 3, 3},  /* else Call Management */
    {-1, -1, 1}, /* else the first behind it */
    {9, 3, 3},   /* Union names what is not there */
    {0, 2, 2},   /* Union names what carries no data */
    {-1, 9, 1},
};

START_TEST(the_data_interface_is_the_one_that_is_named)
{
    struct built built = device();
    put_control(&built, 0);
    if (pairings[_i].by_call_management >= 0)
        put_call_management(&built, (uint8_t)pairings[_i].by_call_management);
    if (pairings[_i].by_union >= 0)
        put_union(&built, 0, (uint8_t)pairings[_i].by_union);
    for (uint8_t number = 1; number <= 3; number++)
        put_data(&built, number, number, 0x80 | number);
    struct cdc_pair pair;
    ck_assert_int_eq(find(&built, &pair), CDC_FOUND);
    ck_assert_uint_eq(pair.data_interface, pairings[_i].data);
    ck_assert_uint_eq(pair.bulk_in, 0x80 | pairings[_i].data);
    ck_assert_uint_eq(pair.interrupt_in, 0);
}
END_TEST

START_TEST(the_setting_that_has_both_bulk_endpoints_is_taken)
{
    struct built built = device();
    put_control(&built, 0);
    put_union(&built, 0, 1);
    put_interface(&built, 1, 0, 0x0A, 0x00, 0x00); /* bare */
    put_interface(&built, 1, 1, 0x0A, 0x00, 0x00); /* half */
    PUT(&built, 0x07, 0x05, 0x02, 0x02, 0x40, 0x00, 0x00);
    put_interface(&built, 1, 2, 0x0A, 0x00, 0x00);
    put_bulk(&built, 0x04, 0x85);
    struct cdc_pair pair;
    ck_assert_int_eq(find(&built, &pair), CDC_FOUND);
    ck_assert_uint_eq(pair.alternate, 2);
    ck_assert_uint_eq(pair.bulk_out, 0x04);
    ck_assert_uint_eq(pair.bulk_in, 0x85);
}
END_TEST

START_TEST(the_first_serial_port_that_is_whole_is_taken)
{
    struct built built = device();
    put_interface(&built, 0, 0, 0x08, 0x06, 0x50); /* a disk */
    put_bulk(&built, 0x01, 0x81);
    put_control(&built, 1);
    put_union(&built, 1, 9);
    put_control(&built, 4);
    put_union(&built, 4, 3); /* lies before it */
    built.bytes[built.configuration + 4] = 5;
    struct built whole = built;
    put_data(&whole, 3, 0x02, 0x82);
    struct cdc_pair pair;
    ck_assert_int_eq(find(&built, &pair), CDC_NONE);
    ck_assert_int_eq(find(&whole, &pair), CDC_FOUND);
    ck_assert_uint_eq(pair.control_interface, 1); /* by the first data interface behind */
}
END_TEST

START_TEST(a_union_of_another_control_interface_does_not_count)
{
    struct built built = device();
    put_control(&built, 0);
    put_union(&built, 7, 2);
    put_data(&built, 1, 0x01, 0x81);
    put_data(&built, 2, 0x02, 0x82);
    struct cdc_pair pair;
    ck_assert_int_eq(find(&built, &pair), CDC_FOUND);
    ck_assert_uint_eq(pair.data_interface, 1);
}
END_TEST

START_TEST(the_active_configuration_is_the_one_that_is_searched)
{
    struct built built = device();
    put_interface(&built, 0, 0, 0xFF, 0x00, 0x00);
    put_configuration(&built, 2);
    put_control(&built, 0);
    put_union(&built, 0, 1);
    put_data(&built, 1, 0x02, 0x83);
    struct cdc_pair pair;
    ck_assert_int_eq(cdc_find_pair(built.bytes, built.size, 1, &pair), CDC_NONE);
    ck_assert_int_eq(cdc_find_pair(built.bytes, built.size, 3, &pair), CDC_NONE);
    ck_assert_int_eq(cdc_find_pair(built.bytes, built.size, 2, &pair), CDC_FOUND);
    ck_assert_uint_eq(pair.configuration, 2);
}
END_TEST

/* An interface that is no ACM control, or a data interface of no use. */
static const struct {
    uint8_t control[3];
    uint8_t data_class;
    uint8_t attributes;
    uint8_t packet;
} useless[] = {
    {{0x02, 0x06, 0x00}, 0x0A, 0x02, 64}, /* Ethernet */
    {{0x02, 0x02, 0x02}, 0x0A, 0x02, 64}, /* ACM of a protocol other than AT, none */
    {{0xFF, 0x02, 0x01}, 0x0A, 0x02, 64}, /* a vendor's own */
    {{0x02, 0x02, 0x01}, 0xFF, 0x02, 64}, /* no data class */
    {{0x02, 0x02, 0x01}, 0x0A, 0x01, 64}, /* isochronous */
    {{0x02, 0x02, 0x01}, 0x0A, 0x02, 0},  /* packets of no bytes */
};

START_TEST(what_is_no_serial_port_is_not_taken_for_one)
{
    struct built built = device();
    put_interface(&built, 0, 0, useless[_i].control[0], useless[_i].control[1],
                  useless[_i].control[2]);
    put_union(&built, 0, 1);
    put_interface(&built, 1, 0, useless[_i].data_class, 0x00, 0x00);
    PUT(&built, 0x07, 0x05, 0x02, useless[_i].attributes, useless[_i].packet, 0x00, 0x00);
    PUT(&built, 0x07, 0x05, 0x83, useless[_i].attributes, useless[_i].packet, 0x00, 0x00);
    struct cdc_pair pair;
    ck_assert_int_eq(find(&built, &pair), CDC_NONE);
}
END_TEST

static struct built whole(void)
{
    struct built built = device();
    put_control(&built, 0);
    put_union(&built, 0, 1);
    PUT(&built, 0x07, 0x05, 0x81, 0x03, 0x10, 0x00, 0x10);
    put_data(&built, 1, 0x02, 0x83);
    return built;
}

/* The copies lie at the end of a block of their own, where the sanitizer sees a byte too
 * many. */
static enum cdc_found find_copy(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, size);
    struct cdc_pair pair;
    enum cdc_found found = cdc_find_pair(copy, size, 1, &pair);
    free(copy);
    return found;
}

START_TEST(descriptors_that_are_cut_anywhere_hold_no_port)
{
    struct built built = whole();
    for (size_t size = 0; size < built.size; size++)
        ck_assert_int_eq(find_copy(built.bytes, size), CDC_NONE);
    ck_assert_int_eq(find_copy(built.bytes, built.size), CDC_FOUND);
}
END_TEST

START_TEST(no_byte_of_any_value_leads_astray)
{
    struct built built = whole();
    size_t found = 0;
    for (size_t at = 0; at < built.size; at++) {
        uint8_t byte = built.bytes[at];
        for (int value = 0; value < 256; value++) {
            built.bytes[at] = (uint8_t)value;
            found += find_copy(built.bytes, built.size) == CDC_FOUND;
        }
        built.bytes[at] = byte;
    }
    /* most bytes do not matter, those of classes, lengths and types do */
    ck_assert_uint_gt(found, 128 * built.size / 4);
    ck_assert_uint_lt(found, 256 * built.size);
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

Suite *suite(void)
{
    Suite *suite = suite_create("cdc_descriptor");
    TCase *pairs = tcase_create("pairs");
    tcase_add_test(pairs,
                   the_pair_of_the_virtual_instrument_is_found_with_all_its_endpoints);
    tcase_add_loop_test(pairs, the_data_interface_is_the_one_that_is_named, 0,
                        ROWS(pairings));
    tcase_add_test(pairs, the_setting_that_has_both_bulk_endpoints_is_taken);
    tcase_add_test(pairs, the_first_serial_port_that_is_whole_is_taken);
    tcase_add_test(pairs, a_union_of_another_control_interface_does_not_count);
    tcase_add_test(pairs, the_active_configuration_is_the_one_that_is_searched);
    tcase_add_loop_test(pairs, what_is_no_serial_port_is_not_taken_for_one, 0,
                        ROWS(useless));
    suite_add_tcase(suite, pairs);
    TCase *hostile = tcase_create("hostile");
    tcase_add_test(hostile, descriptors_that_are_cut_anywhere_hold_no_port);
    tcase_add_test(hostile, no_byte_of_any_value_leads_astray);
    suite_add_tcase(suite, hostile);
    return suite;
}
