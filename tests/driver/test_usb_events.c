/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/usb_events.h"

#include "tests/runner.h"

static void put_number(struct usb_events *events, uint8_t number)
{
    usb_events_put(events, &number, 1);
}

static uint8_t take_number(struct usb_events *events)
{
    uint8_t number = 0;
    ck_assert_uint_eq(usb_events_take(events, &number, 1), 1);
    return number;
}

START_TEST(events_are_taken_in_the_order_they_came)
{
    struct usb_events events = {.count = 0};
    for (uint8_t round = 0; round < 40; round++) { /* often enough to go round */
        put_number(&events, round);
        put_number(&events, (uint8_t)(round + 100));
        ck_assert_uint_eq(take_number(&events), round);
        ck_assert_uint_eq(take_number(&events), round + 100);
        ck_assert_int_eq(events.count, 0);
    }
}
END_TEST

START_TEST(the_oldest_events_make_room_for_new_ones)
{
    struct usb_events events = {.count = 0};
    for (uint8_t number = 0; number < USB_EVENTS_MAX + 3; number++)
        put_number(&events, number);
    ck_assert_int_eq(events.count, USB_EVENTS_MAX);
    for (uint8_t number = 3; number < USB_EVENTS_MAX + 3; number++)
        ck_assert_uint_eq(take_number(&events), number);
}
END_TEST

START_TEST(an_event_is_cut_to_the_room_there_is)
{
    struct usb_events events = {.count = 0};
    usb_events_put(&events, (const uint8_t *)"serial state", 12);
    char text[7] = "";
    ck_assert_uint_eq(usb_events_take(&events, (uint8_t *)text, 6), 6);
    ck_assert_str_eq(text, "serial");
    ck_assert_int_eq(events.count, 0);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("usb_events");
    TCase *queue = tcase_create("queue");
    tcase_add_test(queue, events_are_taken_in_the_order_they_came);
    tcase_add_test(queue, the_oldest_events_make_room_for_new_ones);
    tcase_add_test(queue, an_event_is_cut_to_the_room_there_is);
    suite_add_tcase(suite, queue);
    return suite;
}
