/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/usb_choice.h"

#include "tests/runner.h"

/* As the CM-700d's driver lists them. */
static const struct transport_usb_id ids[] = {
    {.vendor = 0x132B, .product = 0x210D, .class = TRANSPORT_CDC_ACM},
    {.vendor = 0x132B, .product = TRANSPORT_ANY_PRODUCT, .class = TRANSPORT_CDC_ACM},
    {.vendor = 0x0971, .product = 0x2007, .class = TRANSPORT_VENDOR}};

static const struct {
    const char *wanted;
    uint16_t vendor;
    uint16_t product;
    enum cdc_found port;
    enum usb_match match;
    size_t rank;
} matches[] = {
    {"auto", 0x132B, 0x210D, CDC_FOUND, USB_MATCHES, 0},
    {"auto", 0x132B, 0x210F, CDC_FOUND, USB_MATCHES, 1},
    {"auto", 0x132B, 0x210D, CDC_NONE, USB_FOREIGN, 0},  /* a printer of the brand */
    {"auto", 0x1234, 0x210D, CDC_FOUND, USB_FOREIGN, 0}, /* another vendor */
    {"auto", 0x0971, 0x2007, CDC_FOUND, USB_FOREIGN, 0}, /* not spoken to as a port */
    {"10203040", 0x132B, 0x210D, CDC_FOUND, USB_MATCHES, 0},
    {"usb:1234:abcd", 0x1234, 0xABCD, CDC_FOUND, USB_MATCHES, 0},
    {"usb:1234:ABCD", 0x1234, 0xABCD, CDC_NONE, USB_MATCHES, 0},
    {"USB:1234:ABCD", 0x1234, 0xABCD, CDC_FOUND, USB_MATCHES, 0},
    {"usb:1:2", 0x0001, 0x0002, CDC_FOUND, USB_MATCHES, 0},
    {"usb:1234:abcd", 0x132B, 0x210D, CDC_FOUND, USB_FOREIGN, 0},
    {"usb:1234", 0x1234, 0x0000, CDC_FOUND, USB_FOREIGN, 0},
    {"usb:1234:", 0x1234, 0x0000, CDC_FOUND, USB_FOREIGN, 0},
    {"usb:1234:0x12", 0x1234, 0x0012, CDC_FOUND, USB_FOREIGN, 0},
    {"usb:1234:abcd ", 0x1234, 0xABCD, CDC_FOUND, USB_FOREIGN, 0},
    {"usb:11234:abcd", 0x1234, 0xABCD, CDC_FOUND, USB_FOREIGN, 0},
    {"usb:", 0x0000, 0x0000, CDC_FOUND, USB_FOREIGN, 0},
};

START_TEST(a_device_matches_by_its_ids_or_when_they_are_named)
{
    struct usb_candidate candidate = {.vendor = matches[_i].vendor,
                                      .product = matches[_i].product,
                                      .port = matches[_i].port};
    ck_assert_int_eq(
        usb_match(ids, sizeof ids / sizeof ids[0], matches[_i].wanted, &candidate),
        matches[_i].match);
    if (matches[_i].match == USB_MATCHES)
        ck_assert_uint_eq(candidate.rank, matches[_i].rank);
}
END_TEST

static const struct usb_candidate candidates[] = {
    {.rank = 1, .serial = "A0E811111111"},
    {.rank = 0, .serial = "A0E810203040"},
    {.rank = 1, .serial = ""},
    {.rank = 0, .serial = "A0E820203040"},
};

static const struct {
    const char *wanted;
    size_t count; /* of the candidates, from the first */
    enum instrument_status status;
    size_t chosen;
} choices[] = {
    {"auto", 0, INSTRUMENT_ABSENT, 0},
    {"auto", 1, INSTRUMENT_OK, 0},
    {"auto", 3, INSTRUMENT_OK, 1}, /* the lowest rank */
    {"auto", 4, INSTRUMENT_SEVERAL, 0},
    {"10203040", 4, INSTRUMENT_OK, 1}, /* without the model code before it */
    {"A0E810203040", 4, INSTRUMENT_OK, 1},
    {"A0E811111111", 4, INSTRUMENT_OK, 0}, /* a name goes before a rank */
    {"0203040", 4, INSTRUMENT_SEVERAL, 0},
    {"1020304", 4, INSTRUMENT_ABSENT, 0}, /* not its end */
    {"xA0E811111111", 4, INSTRUMENT_ABSENT, 0},
    {"", 4, INSTRUMENT_ABSENT, 0},
    {"usb:132b:210d", 3, INSTRUMENT_OK, 1}, /* those that matched */
};

START_TEST(the_one_that_is_wanted_is_chosen)
{
    size_t chosen = 77;
    ck_assert_int_eq(
        usb_choose(candidates, choices[_i].count, choices[_i].wanted, &chosen),
        choices[_i].status);
    ck_assert_uint_eq(chosen,
                      choices[_i].status == INSTRUMENT_OK ? choices[_i].chosen : 77);
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

Suite *suite(void)
{
    Suite *suite = suite_create("usb_choice");
    TCase *choice = tcase_create("choice");
    tcase_add_loop_test(choice, a_device_matches_by_its_ids_or_when_they_are_named, 0,
                        ROWS(matches));
    tcase_add_loop_test(choice, the_one_that_is_wanted_is_chosen, 0, ROWS(choices));
    suite_add_tcase(suite, choice);
    return suite;
}
