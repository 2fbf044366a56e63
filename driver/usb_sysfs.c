/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/usb_sysfs.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PATH_SIZE = 128,
    DESCRIPTORS_MAX = 4096 /* more than any device with a serial port has */
};

static size_t read_attribute(const struct usb_candidate *candidate, const char *attribute,
                             void *bytes, size_t capacity)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "/sys/bus/usb/devices/%s/%s", candidate->name, attribute);
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    size_t size = fread(bytes, 1, capacity, file);
    fclose(file);
    return size;
}

/* The text comes from the device: only what is printable is taken. */
static void read_serial(struct usb_candidate *candidate)
{
    char text[INSTRUMENT_TEXT_MAX];
    size_t size = read_attribute(candidate, "serial", text, sizeof text - 1);
    size_t length = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] > ' ' && text[i] <= '~')
            candidate->serial[length++] = text[i];
    }
    candidate->serial[length] = '\0';
}

static unsigned long read_number(const struct usb_candidate *candidate,
                                 const char *attribute, int base)
{
    char text[16];
    size_t length = read_attribute(candidate, attribute, text, sizeof text - 1);
    text[length] = '\0';
    return strtoul(text, NULL, base);
}

static void find_port(struct usb_candidate *candidate)
{
    uint8_t descriptors[DESCRIPTORS_MAX];
    size_t size =
        read_attribute(candidate, "descriptors", descriptors, sizeof descriptors);
    uint8_t active = (uint8_t)read_number(candidate, "bConfigurationValue", 10);
    candidate->port = cdc_find_pair(descriptors, size, active, &candidate->pair);
}

/* Devices are named by bus and port, "1-1.4"; root hubs "usb1", interfaces "1-1.4:1.0".
 */
static int is_device(const char *name)
{
    return isdigit((unsigned char)name[0]) && !strchr(name, ':') &&
           strlen(name) < USB_NAME_SIZE;
}

static struct usb_candidate describe(const char *name)
{
    struct usb_candidate candidate = {.port = CDC_NONE};
    snprintf(candidate.name, sizeof candidate.name, "%.*s", USB_NAME_SIZE - 1, name);
    candidate.bus = (uint8_t)read_number(&candidate, "busnum", 10);
    candidate.address = (uint8_t)read_number(&candidate, "devnum", 10);
    candidate.vendor = (uint16_t)read_number(&candidate, "idVendor", 16);
    candidate.product = (uint16_t)read_number(&candidate, "idProduct", 16);
    read_serial(&candidate);
    find_port(&candidate);
    return candidate;
}

size_t usb_sysfs_find(const struct transport_usb_id *usb_ids, size_t count,
                      const char *wanted, struct usb_candidate *candidates,
                      size_t capacity)
{
    DIR *devices = opendir("/sys/bus/usb/devices");
    if (!devices)
        return 0; /* a kernel without USB */
    size_t found = 0;
    const struct dirent *entry;
    while ((entry = readdir(devices))) {
        if (!is_device(entry->d_name))
            continue;
        struct usb_candidate candidate = describe(entry->d_name);
        if (usb_match(usb_ids, count, wanted, &candidate) != USB_MATCHES)
            continue;
        if (found < capacity)
            candidates[found] = candidate;
        found++;
    }
    closedir(devices);
    return found;
}

static void node_path(const struct usb_candidate *candidate, char node[PATH_SIZE])
{
    snprintf(node, PATH_SIZE, "/dev/bus/usb/%03u/%03u", candidate->bus,
             candidate->address);
}

/* "1-1.4:1.0", as sysfs names the control interface. */
static void interface_name(const struct usb_candidate *candidate, char name[PATH_SIZE])
{
    snprintf(name, PATH_SIZE, "%s:%u.%u", candidate->name, candidate->pair.configuration,
             candidate->pair.control_interface);
}

/* The kernel shows a program that claimed the interface as the driver "usbfs". */
static int is_claimed(const struct usb_candidate *candidate)
{
    char name[PATH_SIZE];
    interface_name(candidate, name);
    char path[PATH_SIZE + 32];
    snprintf(path, sizeof path, "/sys/bus/usb/devices/%s/driver", name);
    char target[PATH_SIZE];
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 0)
        return 0;
    target[length] = '\0';
    const char *driver = strrchr(target, '/');
    return driver && strcmp(driver, "/usbfs") == 0;
}

static enum tty_found find_tty(const struct usb_candidate *candidate, char tty[PATH_SIZE])
{
    char name[PATH_SIZE];
    interface_name(candidate, name);
    return candidate->port == CDC_FOUND ? tty_of_interface(name, tty, PATH_SIZE)
                                        : TTY_NONE;
}

enum instrument_status usb_sysfs_state(const struct usb_candidate *candidate)
{
    char node[PATH_SIZE];
    node_path(candidate, node);
    if (access(node, R_OK | W_OK) != 0)
        return INSTRUMENT_NO_PERMISSION;
    char tty[PATH_SIZE];
    int held =
        find_tty(candidate, tty) == TTY_FOUND && node_holder(tty, NULL) == NODE_HELD;
    return held || is_claimed(candidate) ? INSTRUMENT_BUSY : INSTRUMENT_OK;
}

enum node_use usb_sysfs_port_use(const struct usb_candidate *candidate, char *holder)
{
    char tty[PATH_SIZE];
    return find_tty(candidate, tty) == TTY_FOUND ? tty_holder(tty, holder) : NODE_FREE;
}

void usb_sysfs_name_holder(const struct usb_candidate *candidate, char *holder)
{
    char node[PATH_SIZE];
    node_path(candidate, node);
    if (holder && node_holder(node, holder) == NODE_FREE)
        snprintf(holder, INSTRUMENT_TEXT_MAX, "another program");
}

enum usb_presence usb_sysfs_presence(const struct usb_candidate *candidate)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "/sys/bus/usb/devices/%s", candidate->name);
    return access(path, F_OK) == 0 ? USB_PRESENT : USB_GONE;
}

enum instrument_status usb_sysfs_choose(const struct transport_usb_id *usb_ids,
                                        size_t count, const char *wanted,
                                        struct usb_candidate *out)
{
    struct usb_candidate candidates[USB_CANDIDATES_MAX];
    size_t found = usb_sysfs_find(usb_ids, count, wanted, candidates, USB_CANDIDATES_MAX);
    size_t known = found < USB_CANDIDATES_MAX ? found : USB_CANDIDATES_MAX;
    size_t chosen;
    enum instrument_status status = usb_choose(candidates, known, wanted, &chosen);
    if (status != INSTRUMENT_OK)
        return status;
    if (candidates[chosen].port != CDC_FOUND)
        return INSTRUMENT_UNSUPPORTED;
    *out = candidates[chosen];
    return INSTRUMENT_OK;
}
