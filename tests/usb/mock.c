/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/usb/mock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/usbdevice_fs.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <umockdev.h>

enum { INTERFACES = 2, DEVICES_MAX = 8, PATH_SIZE = 256, SETUP_SIZE = 8 };

/* A request of the host: its struct usbdevfs_urb and buffer, in our memory and in its. */
struct mock_urb {
    struct vurb vurb;
    UMockdevIoctlData *kernel; /* struct usbdevfs_urb */
    UMockdevIoctlData *buffer; /* NULL where it is empty */
    UMockdevIoctlClient *client;
    struct mock_urb *next;
};

struct terminal {
    int master;
    int slave;
    char path[64];
};

struct mock_device {
    struct mock_bus *bus;
    unsigned port;
    int has_tty;
    char device_path[PATH_SIZE];
    struct terminal node; /* its flow control says whether there is something to reap */
    struct terminal tty;
    UMockdevIoctlBase *handler;

    GMutex lock; /* over all that follows */
    struct vdev *vdev;
    UMockdevIoctlClient *claimed[INTERFACES];
    int bound[INTERFACES]; /* to cdc_acm */
    unsigned setting[INTERFACES];
    struct mock_urb *flying;
    struct mock_urb *finished; /* in the order of completion */
    GMainContext *context;     /* umockdev's worker */
    GSource *timer;
    int gone;
    unsigned clients; /* files open on the node */
    int is_quiet;     /* the worker has nothing more to do with the device */
    GCond changed;    /* the last two */
};

struct mock_bus {
    UMockdevTestbed *testbed;
    char *root;
    struct mock_device *devices[DEVICES_MAX];
    size_t count;
    unsigned unexpected;
};

uint64_t mock_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Tests cannot go on without it. */
static void must(int done, const char *what)
{
    if (!done) {
        fprintf(stderr, "mock: %s: %s\n", what, strerror(errno));
        abort();
    }
}

/* -- requests --------------------------------------------------------------- */

static void free_urb(struct mock_urb *urb)
{
    g_object_unref(urb->kernel);
    if (urb->buffer)
        g_object_unref(urb->buffer);
    free(urb);
}

static void unlink_urb(struct mock_urb **list, const struct mock_urb *urb)
{
    while (*list != urb)
        list = &(*list)->next;
    *list = urb->next;
}

/* POLLOUT on the node means that a finished request waits. */
static void show_finished(struct mock_device *device)
{
    if (!device->gone)
        tcflow(device->node.slave, device->finished ? TCOON : TCOOFF);
}

static void finish(struct vurb *vurb, void *user)
{
    struct mock_device *device = user;
    struct mock_urb *urb = vurb->owner;
    unlink_urb(&device->flying, urb);
    struct mock_urb **last = &device->finished;
    while (*last)
        last = &(*last)->next;
    urb->next = NULL;
    *last = urb;
    show_finished(device);
}

static gboolean on_timer(gpointer user);

/* Wakes the worker when the device next has something to do. */
static void schedule(struct mock_device *device)
{
    if (device->timer) {
        g_source_destroy(device->timer);
        g_source_unref(device->timer);
        device->timer = NULL;
    }
    uint64_t now = mock_now_ms();
    uint64_t next = vdev_next_event(device->vdev, now);
    if (next == UINT64_MAX || !device->context)
        return;
    device->timer = g_timeout_source_new(next > now ? (guint)(next - now) : 0);
    g_source_set_callback(device->timer, on_timer, device, NULL);
    g_source_attach(device->timer, device->context);
}

static gboolean on_timer(gpointer user)
{
    struct mock_device *device = user;
    g_mutex_lock(&device->lock);
    vdev_pump(device->vdev, mock_now_ms());
    schedule(device);
    g_mutex_unlock(&device->lock);
    return G_SOURCE_REMOVE;
}

/* -- ioctls: each returns what the kernel does, negative for an errno --------- */

static int claim(struct mock_device *device, UMockdevIoctlClient *client, unsigned number)
{
    if (number >= INTERFACES)
        return -ENOENT;
    if (device->bound[number] ||
        (device->claimed[number] && device->claimed[number] != client))
        return -EBUSY;
    device->claimed[number] = client;
    return 0;
}

/* cdc_acm holds both interfaces and lets go of both. */
static int disconnect(struct mock_device *device, unsigned number)
{
    if (number >= INTERFACES || !device->bound[number])
        return -ENODATA;
    device->bound[0] = 0;
    device->bound[1] = 0;
    return 0;
}

/* It binds from its control interface when both are free. */
static int connect_driver(struct mock_device *device, unsigned number)
{
    if (number >= INTERFACES || device->bound[number])
        return -EBUSY;
    if (number != 0 || device->claimed[0] || device->claimed[1])
        return 0;
    device->bound[0] = 1;
    device->bound[1] = 1;
    return 1;
}

static int release(struct mock_device *device, UMockdevIoctlClient *client,
                   unsigned number)
{
    if (number >= INTERFACES || device->claimed[number] != client)
        return -EINVAL;
    device->claimed[number] = NULL;
    return 0;
}

static int get_driver(const struct mock_device *device, struct usbdevfs_getdriver *get)
{
    if (get->interface >= INTERFACES ||
        (!device->bound[get->interface] && !device->claimed[get->interface]))
        return -ENODATA;
    snprintf(get->driver, sizeof get->driver, "%s",
             device->bound[get->interface] ? "cdc_acm" : "usbfs");
    return 0;
}

static int driver_ioctl(struct mock_device *device, const struct usbdevfs_ioctl *request)
{
    unsigned number = (unsigned)request->ifno;
    switch ((unsigned)request->ioctl_code) {
    case USBDEVFS_DISCONNECT: return disconnect(device, number);
    case USBDEVFS_CONNECT: return connect_driver(device, number);
    default: return -ENOTTY;
    }
}

static int disconnect_claim(struct mock_device *device, UMockdevIoctlClient *client,
                            const struct usbdevfs_disconnect_claim *request)
{
    disconnect(device, request->interface);
    return claim(device, client, request->interface);
}

static int submit(struct mock_device *device, UMockdevIoctlClient *client,
                  UMockdevIoctlData *argument)
{
    struct mock_urb *urb = calloc(1, sizeof *urb);
    must(urb != NULL, "memory");
    urb->client = client;
    urb->kernel =
        umockdev_ioctl_data_resolve(argument, 0, sizeof(struct usbdevfs_urb), NULL);
    const struct usbdevfs_urb *kernel = (const void *)urb->kernel->data;
    if (kernel->buffer_length > 0)
        urb->buffer = umockdev_ioctl_data_resolve(urb->kernel,
                                                  offsetof(struct usbdevfs_urb, buffer),
                                                  (gsize)kernel->buffer_length, NULL);
    urb->vurb.owner = urb;
    urb->vurb.endpoint = kernel->endpoint;
    urb->vurb.buffer = urb->buffer ? urb->buffer->data : NULL;
    urb->vurb.length = (size_t)kernel->buffer_length;
    if (kernel->type == USBDEVFS_URB_TYPE_CONTROL) {
        memcpy(urb->vurb.setup, urb->vurb.buffer, SETUP_SIZE);
        urb->vurb.buffer += SETUP_SIZE;
        urb->vurb.length -= SETUP_SIZE;
    }
    if (device->gone) {
        free_urb(urb);
        return -ENODEV;
    }
    urb->next = device->flying;
    device->flying = urb;
    vdev_submit(device->vdev, &urb->vurb, mock_now_ms());
    return 0;
}

static int reap(struct mock_device *device, const UMockdevIoctlClient *client,
                UMockdevIoctlData *argument)
{
    struct mock_urb *urb = device->finished;
    while (urb && urb->client != client)
        urb = urb->next;
    if (!urb)
        return device->gone ? -ENODEV : -EAGAIN;
    unlink_urb(&device->finished, urb);
    struct usbdevfs_urb *kernel = (void *)urb->kernel->data;
    kernel->status = urb->vurb.status;
    kernel->actual_length = (int)urb->vurb.actual;
    UMockdevIoctlData *pointer =
        umockdev_ioctl_data_resolve(argument, 0, sizeof(void *), NULL);
    umockdev_ioctl_data_set_ptr(pointer, 0, urb->kernel);
    g_object_unref(pointer);
    free_urb(urb);
    show_finished(device);
    return 0;
}

static int discard(struct mock_device *device, const UMockdevIoctlData *argument)
{
    gulong address;
    memcpy(&address, argument->data, sizeof address);
    struct mock_urb *urb = device->flying;
    while (urb && urb->kernel->client_addr != address)
        urb = urb->next;
    if (!urb)
        return -EINVAL;
    vdev_cancel(device->vdev, &urb->vurb);
    return 0;
}

static int set_interface(struct mock_device *device,
                         const struct usbdevfs_setinterface *set)
{
    if (set->interface >= INTERFACES)
        return -EINVAL;
    device->setting[set->interface] = set->altsetting;
    return 0;
}

static int clear_halt(struct mock_device *device, unsigned endpoint)
{
    vdev_clear_halt(device->vdev, (uint8_t)endpoint, mock_now_ms());
    return 0;
}

enum {
    CAPABILITIES = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
                   USBDEVFS_CAP_BULK_SCATTER_GATHER | USBDEVFS_CAP_REAP_AFTER_DISCONNECT |
                   USBDEVFS_CAP_DROP_PRIVILEGES
};

static int fixed_argument(struct mock_device *device, UMockdevIoctlClient *client,
                          gulong request, void *data)
{
    unsigned number;
    memcpy(&number, data, sizeof number);
    switch (request) {
    case USBDEVFS_GET_CAPABILITIES:
        number = CAPABILITIES;
        memcpy(data, &number, sizeof number);
        return 0;
    case USBDEVFS_GETDRIVER: return get_driver(device, data);
    case USBDEVFS_IOCTL: return driver_ioctl(device, data);
    case USBDEVFS_DISCONNECT_CLAIM: return disconnect_claim(device, client, data);
    case USBDEVFS_CLAIMINTERFACE: return claim(device, client, number);
    case USBDEVFS_RELEASEINTERFACE: return release(device, client, number);
    case USBDEVFS_SETINTERFACE: return set_interface(device, data);
    case USBDEVFS_CLEAR_HALT: return clear_halt(device, number);
    default: return -ENOTTY;
    }
}

/* USB resets are among what nobody expects. */
static int unexpected(struct mock_device *device, gulong request)
{
    fprintf(stderr, "unexpected ioctl %#lx\n", request);
    device->bus->unexpected++;
    return -ENOTTY;
}

static int dispatch(struct mock_device *device, UMockdevIoctlClient *client)
{
    UMockdevIoctlData *argument = umockdev_ioctl_client_get_arg(client);
    gulong request = umockdev_ioctl_client_get_request(client);
    if (request == USBDEVFS_REAPURBNDELAY)
        return reap(device, client, argument);
    if (request == USBDEVFS_DISCARDURB)
        return discard(device, argument);
    if (request == USBDEVFS_SUBMITURB)
        return submit(device, client, argument);
    if (device->gone && request != USBDEVFS_RELEASEINTERFACE)
        return -ENODEV;
    UMockdevIoctlData *fixed =
        umockdev_ioctl_data_resolve(argument, 0, _IOC_SIZE(request), NULL);
    int result = fixed ? fixed_argument(device, client, request, fixed->data) : -ENOTTY;
    if (fixed)
        g_object_unref(fixed);
    return result == -ENOTTY ? unexpected(device, request) : result;
}

static gboolean on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client,
                         gpointer user)
{
    (void)base;
    struct mock_device *device = user;
    g_mutex_lock(&device->lock);
    if (!device->context)
        device->context = g_main_context_ref_thread_default();
    int result = dispatch(device, client);
    schedule(device);
    g_mutex_unlock(&device->lock);
    umockdev_ioctl_client_complete(client, result < 0 ? -1 : result,
                                   result < 0 ? -result : 0);
    return TRUE;
}

/* -- clients that go -------------------------------------------------------- */

static void drop_urbs(struct mock_device *device, const void *client)
{
    struct mock_urb *next;
    for (struct mock_urb *urb = device->flying; urb; urb = next) {
        next = urb->next;
        if (urb->client == client)
            vdev_cancel(device->vdev, &urb->vurb);
    }
    for (struct mock_urb *urb = device->finished; urb; urb = next) {
        next = urb->next;
        if (urb->client == client) {
            unlink_urb(&device->finished, urb);
            free_urb(urb);
        }
    }
    show_finished(device);
}

/* The file is closed, or the process was killed. */
static void on_client_gone(gpointer user, GObject *client)
{
    struct mock_device *device = user;
    g_mutex_lock(&device->lock);
    for (size_t i = 0; i < INTERFACES; i++) {
        if ((void *)device->claimed[i] == (void *)client)
            device->claimed[i] = NULL;
    }
    drop_urbs(device, client);
    device->clients--;
    g_cond_signal(&device->changed);
    g_mutex_unlock(&device->lock);
}

static void on_client(UMockdevIoctlBase *base, UMockdevIoctlClient *client, gpointer user)
{
    (void)base;
    struct mock_device *device = user;
    g_mutex_lock(&device->lock);
    device->clients++;
    g_mutex_unlock(&device->lock);
    g_object_weak_ref(G_OBJECT(client), on_client_gone, device);
}

/* -- plugging --------------------------------------------------------------- */

static struct terminal make_terminal(void)
{
    struct terminal terminal = {.master = posix_openpt(O_RDWR | O_NOCTTY)};
    must(terminal.master >= 0, "posix_openpt");
    must(grantpt(terminal.master) == 0 && unlockpt(terminal.master) == 0, "grantpt");
    snprintf(terminal.path, sizeof terminal.path, "%s", ptsname(terminal.master));
    terminal.slave = open(terminal.path, O_RDWR | O_NOCTTY);
    must(terminal.slave >= 0, "open a terminal");
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
    must(stat(terminal->path, &file) == 0, terminal->path);
    char *folder = g_strconcat(bus->root, "/dev/.node", NULL);
    char *flat = g_strdelimit(g_strdup(name), "/", '_');
    char *path = g_strconcat(folder, "/", flat, NULL);
    char *number = g_strdup_printf("%u:%u", major(file.st_rdev), minor(file.st_rdev));
    g_mkdir_with_parents(folder, 0755);
    unlink(path);
    must(symlink(number, path) == 0, path);
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
    must(symlink(terminal->path, path) == 0, path);
    number_node(bus, name, terminal);
}

static void add(struct mock_bus *bus, const char *description)
{
    must(umockdev_testbed_add_from_string(bus->testbed, description, NULL),
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

static void add_tty(struct mock_device *device)
{
    GString *text = g_string_new(NULL);
    g_string_printf(text,
                    "P: %s/1-%u:1.0\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\n"
                    "E: DRIVER=cdc_acm\n\n"
                    "P: %s/1-%u:1.0/tty/ttyACM%u\nE: SUBSYSTEM=tty\n"
                    "E: DEVNAME=/dev/ttyACM%u\n",
                    device->device_path, device->port, device->device_path, device->port,
                    device->port - 1, device->port - 1);
    add(device->bus, text->str);
    g_string_free(text, TRUE);
}

/* A client may be another user's. */
static void open_to_all(const char *root, const char *below)
{
    char *path = g_strconcat(root, below, NULL);
    must(chmod(path, 0777) == 0, path);
    g_free(path);
}

static void attach(struct mock_device *device, const char *node)
{
    device->handler = umockdev_ioctl_base_new();
    g_signal_connect(device->handler, "handle-ioctl", G_CALLBACK(on_ioctl), device);
    g_signal_connect(device->handler, "client-connected", G_CALLBACK(on_client), device);
    must(umockdev_testbed_attach_ioctl(device->bus->testbed, node, device->handler, NULL),
         "attach_ioctl");
    char *socket = g_strconcat("/ioctl", node, NULL);
    open_to_all(device->bus->root, socket);
    g_free(socket);
}

struct mock_device *mock_plug(struct mock_bus *bus, const struct mock_identity *identity,
                              const struct vdev_line *line)
{
    struct mock_device *device = calloc(1, sizeof *device);
    must(device && bus->count < DEVICES_MAX, "room for a device");
    bus->devices[bus->count++] = device;
    device->bus = bus;
    device->port = identity->port;
    device->vdev = vdev_make(line, finish, device);
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
    show_finished(device);
    link_node(bus, node + strlen("/dev/"), &device->node);
    char tty[16];
    snprintf(tty, sizeof tty, "ttyACM%u", device->port - 1);
    link_node(bus, tty, &device->tty);
    add_usb_device(device, identity);
    if (!identity->descriptors) {
        add_tty(device);
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
    schedule(device);
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
    must(bus != NULL, "memory");
    bus->testbed = umockdev_testbed_new();
    must(umockdev_in_mock_environment(), "no preload");
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
        must(g_cond_wait_until(&device->changed, &device->lock, deadline),
             "somebody still has the device open");
    g_mutex_unlock(&device->lock);
}

static void free_device(struct mock_device *device)
{
    wait_for_worker(device);
    g_mutex_lock(&device->lock);
    while (device->flying)
        vdev_cancel(device->vdev, &device->flying->vurb);
    while (device->finished) {
        struct mock_urb *urb = device->finished;
        unlink_urb(&device->finished, urb);
        free_urb(urb);
    }
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
    schedule(device);
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
