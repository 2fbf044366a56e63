/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/usb/mock_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

uint64_t mock_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void mock_must(int done, const char *what)
{
    if (!done) {
        fprintf(stderr, "mock: %s: %s\n", what, strerror(errno));
        abort();
    }
}

/* -- plugging --------------------------------------------------------------- */

static struct terminal make_terminal(void)
{
    struct terminal terminal = {.master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)};
    mock_must(terminal.master >= 0, "posix_openpt");
    mock_must(grantpt(terminal.master) == 0 && unlockpt(terminal.master) == 0, "grantpt");
    snprintf(terminal.path, sizeof terminal.path, "%s", ptsname(terminal.master));
    terminal.slave = open(terminal.path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    mock_must(terminal.slave >= 0, "open a terminal");
    struct termios raw;
    tcgetattr(terminal.slave, &raw);
    raw.c_lflag = 0;
    tcsetattr(terminal.slave, TCSANOW, &raw);
    return terminal;
}

/* umockdev looks up a node's number in a link of this form. */
static void number_node(const struct mock_bus *bus, const char *name,
                        const struct terminal *terminal)
{
    struct stat file;
    mock_must(stat(terminal->path, &file) == 0, terminal->path);
    char *folder = g_strconcat(bus->root, "/dev/.node", NULL);
    char *flat = g_strdelimit(g_strdup(name), "/", '_');
    char *path = g_strconcat(folder, "/", flat, NULL);
    char *number = g_strdup_printf("%u:%u", major(file.st_rdev), minor(file.st_rdev));
    g_mkdir_with_parents(folder, 0755);
    unlink(path);
    mock_must(symlink(number, path) == 0, path);
    g_free(number);
    g_free(path);
    g_free(flat);
    g_free(folder);
}

static void link_node(const struct mock_bus *bus, const char *name,
                      const struct terminal *terminal)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/dev/%s", bus->root, name);
    char *folder = g_path_get_dirname(path);
    g_mkdir_with_parents(folder, 0755);
    g_free(folder);
    unlink(path);
    mock_must(symlink(terminal->path, path) == 0, path);
    number_node(bus, name, terminal);
}

static void add(struct mock_bus *bus, const char *description)
{
    mock_must(umockdev_testbed_add_from_string(bus->testbed, description, NULL),
              "add_from_string");
}

static void add_usb_device(struct mock_device *device,
                           const struct mock_identity *identity)
{
    const uint8_t *descriptors =
        identity->descriptors ? identity->descriptors : vdev_descriptors;
    size_t size =
        identity->descriptors ? identity->descriptors_size : VDEV_DESCRIPTORS_SIZE;
    GString *text = g_string_new(NULL);
    g_string_printf(text,
                    "P: %s\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: DRIVER=usb\n"
                    "E: BUSNUM=001\nE: DEVNUM=%03u\nE: DEVNAME=/dev/bus/usb/001/%03u\n"
                    "A: busnum=1\\n\nA: devnum=%u\\n\nA: bConfigurationValue=1\\n\n"
                    "A: speed=12\\n\nA: idVendor=%04x\\n\nA: idProduct=%04x\\n\n",
                    device->device_path, device->port + 1, device->port + 1,
                    device->port + 1, identity->vendor, identity->product);
    if (identity->serial)
        g_string_append_printf(text, "A: serial=%s\\n\n", identity->serial);
    g_string_append(text, "H: descriptors=");
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = descriptors[i];
        if (i >= 8 && i < 12) { /* the ids of this device */
            unsigned ids = identity->vendor | identity->product << 16;
            byte = (uint8_t)(ids >> 8 * (i - 8));
        }
        g_string_append_printf(text, "%02X", byte);
    }
    g_string_append(text, "\n");
    add(device->bus, text->str);
    g_string_free(text, TRUE);
}

static void add_tty(struct mock_device *device, const char *driver)
{
    GString *text = g_string_new(NULL);
    g_string_printf(text,
                    "P: %s/1-%u:1.0\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\n"
                    "E: DRIVER=cdc_acm\n"
                    "L: driver=../../../../../../bus/usb/drivers/%s\n\n"
                    "P: %s/1-%u:1.0/tty/ttyACM%u\nE: SUBSYSTEM=tty\n"
                    "E: DEVNAME=/dev/ttyACM%u\n",
                    device->device_path, device->port, driver ? driver : "cdc_acm",
                    device->device_path, device->port, device->port - 1,
                    device->port - 1);
    add(device->bus, text->str);
    g_string_free(text, TRUE);
}

/* A client may be another user's. */
static void open_to_all(const char *root, const char *below)
{
    char *path = g_strconcat(root, below, NULL);
    mock_must(chmod(path, 0777) == 0, path);
    g_free(path);
}

static void attach(struct mock_device *device, const char *node)
{
    device->handler = umockdev_ioctl_base_new();
    g_signal_connect(device->handler, "handle-ioctl", G_CALLBACK(mock_on_ioctl), device);
    g_signal_connect(device->handler, "client-connected", G_CALLBACK(mock_on_client),
                     device);
    mock_must(
        umockdev_testbed_attach_ioctl(device->bus->testbed, node, device->handler, NULL),
        "attach_ioctl");
    char *socket = g_strconcat("/ioctl", node, NULL);
    open_to_all(device->bus->root, socket);
    g_free(socket);
}

struct mock_device *mock_plug(struct mock_bus *bus, const struct mock_identity *identity,
                              const struct vdev_line *line)
{
    struct mock_device *device = calloc(1, sizeof *device);
    mock_must(device && bus->count < DEVICES_MAX, "room for a device");
    bus->devices[bus->count++] = device;
    device->bus = bus;
    device->port = identity->port;
    device->vdev = vdev_make(line, mock_finish, device);
    device->bound[0] = 1;
    device->bound[1] = 1;
    g_mutex_init(&device->lock);
    g_cond_init(&device->changed);
    snprintf(device->device_path, sizeof device->device_path,
             "/devices/pci0000:00/0000:00:14.0/usb1/1-%u", device->port);

    char node[32];
    snprintf(node, sizeof node, "/dev/bus/usb/001/%03u", device->port + 1);
    attach(device, node);
    device->node = make_terminal();
    device->tty = make_terminal();
    close(device->tty.slave);
    device->tty.slave = -1;
    mock_show_finished(device);
    link_node(bus, node + strlen("/dev/"), &device->node);
    char tty[16];
    snprintf(tty, sizeof tty, "ttyACM%u", device->port - 1);
    link_node(bus, tty, &device->tty);
    add_usb_device(device, identity);
    if (!identity->descriptors) {
        add_tty(device, identity->driver);
        device->has_tty = 1;
    }
    return device;
}

/* Removes the device, or what is below it in sysfs. */
static void remove_below(struct mock_device *device, const char *below)
{
    char *path = g_strconcat("/sys", device->device_path, below, NULL);
    umockdev_testbed_uevent(device->bus->testbed, path, "remove");
    umockdev_testbed_remove_device(device->bus->testbed, path);
    g_free(path);
}

static void remove_tty(struct mock_device *device)
{
    char *interface = g_strdup_printf("/1-%u:1.0", device->port);
    char *tty = g_strdup_printf("%s/tty/ttyACM%u", interface, device->port - 1);
    remove_below(device, tty);
    remove_below(device, interface);
    g_free(tty);
    g_free(interface);
}

/* The node hangs up, as usbfs does, and what is in flight comes back. */
static void hang_up(struct mock_device *device)
{
    g_mutex_lock(&device->lock);
    device->gone = 1;
    vdev_unplug(device->vdev);
    mock_schedule(device);
    close(device->node.master);
    close(device->node.slave);
    close(device->tty.master);
    g_mutex_unlock(&device->lock);
}

void mock_unplug(struct mock_device *device)
{
    if (device->gone)
        return;
    hang_up(device);
    if (device->has_tty)
        remove_tty(device);
    remove_below(device, "");
}

/* -- the bus ---------------------------------------------------------------- */

struct mock_bus *mock_bus_make(void)
{
    signal(SIGHUP, SIG_IGN); /* closing a terminal ends a session's leader */
    struct mock_bus *bus = calloc(1, sizeof *bus);
    mock_must(bus != NULL, "memory");
    bus->testbed = umockdev_testbed_new();
    mock_must(umockdev_in_mock_environment(), "no preload");
    bus->root = umockdev_testbed_get_root_dir(bus->testbed);
    open_to_all(bus->root, "");
    open_to_all(bus->root, "/ioctl/_default");
    return bus;
}

static gboolean on_quiet(gpointer user)
{
    struct mock_device *device = user;
    g_mutex_lock(&device->lock);
    device->is_quiet = 1;
    g_cond_signal(&device->changed);
    g_mutex_unlock(&device->lock);
    return G_SOURCE_REMOVE;
}

/* The worker learns of a closed file by its socket, later than the one who closed it. */
static void wait_for_worker(struct mock_device *device)
{
    const gint64 deadline = g_get_monotonic_time() + 5 * G_TIME_SPAN_SECOND;
    if (device->context)
        g_main_context_invoke(device->context, on_quiet, device);
    g_mutex_lock(&device->lock);
    while (device->clients > 0 || (device->context && !device->is_quiet))
        mock_must(g_cond_wait_until(&device->changed, &device->lock, deadline),
                  "somebody still has the device open");
    g_mutex_unlock(&device->lock);
}

static void free_device(struct mock_device *device)
{
    wait_for_worker(device);
    g_mutex_lock(&device->lock);
    mock_drop_urbs(device);
    if (device->context)
        g_main_context_unref(device->context);
    g_mutex_unlock(&device->lock);
    g_mutex_clear(&device->lock);
    g_cond_clear(&device->changed);
    g_object_unref(device->handler);
    vdev_free(device->vdev);
    free(device);
}

void mock_bus_free(struct mock_bus *bus)
{
    for (size_t i = 0; i < bus->count; i++)
        mock_unplug(bus->devices[i]);
    for (size_t i = 0; i < bus->count; i++) {
        char node[32];
        snprintf(node, sizeof node, "/dev/bus/usb/001/%03u", bus->devices[i]->port + 1);
        umockdev_testbed_detach_ioctl(bus->testbed, node, NULL);
        free_device(bus->devices[i]);
    }
    g_object_unref(bus->testbed);
    g_free(bus->root);
    free(bus);
}

void mock_with(struct mock_device *device, void (*action)(struct vdev *dev, void *user),
               void *user)
{
    g_mutex_lock(&device->lock);
    action(device->vdev, user);
    mock_schedule(device);
    g_mutex_unlock(&device->lock);
}

void mock_keep_cancelled(struct mock_device *device)
{
    g_mutex_lock(&device->lock);
    device->keeps_cancelled = 1;
    g_mutex_unlock(&device->lock);
}

void mock_ignore_clearing(struct mock_device *device, unsigned ms)
{
    g_mutex_lock(&device->lock);
    device->clearing_ms = ms;
    g_mutex_unlock(&device->lock);
}

enum mock_driver mock_driver_of(struct mock_device *device, unsigned interface)
{
    g_mutex_lock(&device->lock);
    enum mock_driver driver = device->bound[interface]     ? MOCK_CDC_ACM
                              : device->claimed[interface] ? MOCK_CLAIMED
                                                           : MOCK_UNBOUND;
    g_mutex_unlock(&device->lock);
    return driver;
}

unsigned mock_setting_of(struct mock_device *device, unsigned interface)
{
    g_mutex_lock(&device->lock);
    unsigned setting = device->setting[interface];
    g_mutex_unlock(&device->lock);
    return setting;
}

unsigned mock_unexpected(const struct mock_bus *bus)
{
    return bus->unexpected;
}

const char *mock_node(const struct mock_device *device)
{
    return device->node.path;
}

const char *mock_tty(const struct mock_device *device)
{
    return device->tty.path;
}

const char *mock_root(const struct mock_bus *bus)
{
    return bus->root;
}
