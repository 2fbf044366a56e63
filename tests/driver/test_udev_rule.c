/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The udev rule grants access to the devices that the models list, and to no others. */
#include "driver/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/runner.h"

enum { TEXT_MAX = 8192, LINE_MAX_SIZE = 512 };

/* The rules without comments; the tests are run from the top of the tree. */
static const char *rules(void)
{
    static char text[TEXT_MAX];
    FILE *file = fopen("udev/60-scalptone.rules", "r");
    ck_assert_ptr_nonnull(file);
    size_t length = 0;
    char line[LINE_MAX_SIZE];
    while (fgets(line, sizeof line, file)) {
        ck_assert_ptr_nonnull(strchr(line, '\n'));
        if (line[0] != '#')
            length += (size_t)snprintf(text + length, sizeof text - length, "%s", line);
        ck_assert_uint_lt(length, sizeof text);
    }
    fclose(file);
    return text;
}

/* Whether one rule has all that the words say. */
static int has_rule(const char *subsystem, const char *vendor, const char *class)
{
    for (const char *line = rules(); *line; line = strchr(line, '\n') + 1) {
        char rule[LINE_MAX_SIZE];
        snprintf(rule, sizeof rule, "%.*s", (int)strcspn(line, "\n"), line);
        if (strstr(rule, subsystem) && strstr(rule, vendor) && strstr(rule, class) &&
            strstr(rule, "MODE=\"0660\"") && strstr(rule, "GROUP=\"plugdev\"") &&
            strstr(rule, "TAG+=\"uaccess\"") &&
            strstr(rule, "ENV{ID_MM_DEVICE_IGNORE}=\"1\""))
            return 1;
    }
    return 0;
}

/* Class and subclass of the control interface, as udev lists interfaces. */
static const char *class_of(const struct transport_usb_id *id)
{
    switch (id->class) {
    case TRANSPORT_CDC_ACM: return "ENV{ID_USB_INTERFACES}==\"*:0202*\"";
    case TRANSPORT_VENDOR: return "ENV{ID_USB_INTERFACES}==\"*:ff*\"";
    }
    return "an unknown class";
}

START_TEST(every_listed_device_has_its_rules)
{
    for (size_t i = 0; models[i]; i++) {
        const struct transport_usb_id *id = models[i]->usb;
        ck_assert_uint_ne(id->vendor, 0);
        for (; id < models[i]->usb + MODEL_USB_IDS_MAX && id->vendor; id++) {
            char vendor[32];
            snprintf(vendor, sizeof vendor, "ATTR{idVendor}==\"%04x\"", id->vendor);
            ck_assert(has_rule("SUBSYSTEM==\"usb\"", vendor, class_of(id)));
            snprintf(vendor, sizeof vendor, "ATTRS{idVendor}==\"%04x\"", id->vendor);
            /* whoever may take the device must be able to see who holds its port */
            if (id->class == TRANSPORT_CDC_ACM)
                ck_assert(has_rule("SUBSYSTEM==\"tty\"", vendor, "KERNEL==\"ttyACM*\""));
        }
    }
}
END_TEST

static int is_listed(unsigned long vendor)
{
    for (size_t i = 0; models[i]; i++) {
        for (size_t k = 0; k < MODEL_USB_IDS_MAX; k++) {
            if (models[i]->usb[k].vendor == vendor)
                return 1;
        }
    }
    return 0;
}

START_TEST(every_vendor_in_the_rules_is_listed)
{
    static const char key[] = "{idVendor}==\"";
    size_t found = 0;
    for (const char *at = strstr(rules(), key); at; at = strstr(at, key)) {
        at += strlen(key);
        ck_assert(is_listed(strtoul(at, NULL, 16)));
        found++;
    }
    ck_assert_uint_gt(found, 0);
}
END_TEST

/* udev jumps to a label only forward, and reads a rule to the end of its line. */
START_TEST(the_rules_end_at_the_label_they_jump_to)
{
    const char *text = rules();
    ck_assert_ptr_eq(strstr(text, "ACTION==\"remove\", GOTO=\"scalptone_end\"\n"), text);
    const char *label = strstr(text, "\nLABEL=\"scalptone_end\"\n");
    ck_assert_ptr_nonnull(label);
    ck_assert_str_eq(label, "\nLABEL=\"scalptone_end\"\n");
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("udev_rule");
    TCase *rule = tcase_create("rule");
    tcase_add_test(rule, every_listed_device_has_its_rules);
    tcase_add_test(rule, every_vendor_in_the_rules_is_listed);
    tcase_add_test(rule, the_rules_end_at_the_label_they_jump_to);
    suite_add_tcase(suite, rule);
    return suite;
}
