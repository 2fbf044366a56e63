/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/tty_holder.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver/instrument.h"

enum { PATH_SIZE = 512 };

enum tty_found tty_of_interface(const char *interface, char *path, size_t size)
{
    char folder[PATH_SIZE];
    snprintf(folder, sizeof folder, "/sys/bus/usb/devices/%s/tty", interface);
    DIR *entries = opendir(folder);
    if (!entries)
        return TTY_NONE;
    enum tty_found found = TTY_NONE;
    const struct dirent *entry;
    while (found == TTY_NONE && (entry = readdir(entries))) {
        if (strncmp(entry->d_name, "tty", 3) == 0) {
            int length = snprintf(path, size, "/dev/%s", entry->d_name);
            found = length > 0 && (size_t)length < size ? TTY_FOUND : TTY_NONE;
        }
    }
    closedir(entries);
    return found;
}

/* The node may be reached by another name, so its number decides. Asking for that of a
 * file elsewhere could hang with the network it lies on. */
static int is_node(int folder, const char *link, dev_t node)
{
    static const char devices[] = "/dev/";
    char target[sizeof devices];
    struct stat file;
    return readlinkat(folder, link, target, sizeof target) == (ssize_t)sizeof target &&
           memcmp(target, devices, sizeof devices - 1) == 0 &&
           fstatat(folder, link, &file, 0) == 0 && S_ISCHR(file.st_mode) &&
           file.st_rdev == node;
}

static int has_open(const char *process, dev_t node)
{
    char folder[PATH_SIZE];
    snprintf(folder, sizeof folder, "/proc/%.20s/fd", process);
    DIR *entries = opendir(folder);
    if (!entries)
        return 0; /* another user's, or gone by now */
    int open = 0;
    const struct dirent *entry;
    while (!open && (entry = readdir(entries)))
        open = is_node(dirfd(entries), entry->d_name, node);
    closedir(entries);
    return open;
}

static void name_holder(const char *process, char *holder)
{
    if (!holder)
        return;
    char path[PATH_SIZE];
    char name[32] = "";
    snprintf(path, sizeof path, "/proc/%.20s/comm", process);
    FILE *file = fopen(path, "r");
    if (file) {
        if (!fgets(name, sizeof name, file))
            name[0] = '\0';
        fclose(file);
    }
    name[strcspn(name, "\n")] = '\0';
    snprintf(holder, INSTRUMENT_TEXT_MAX, "%s (%.20s)", name[0] ? name : "process",
             process);
}

enum node_use node_holder(const char *path, char *holder)
{
    struct stat node;
    if (stat(path, &node) != 0 || !S_ISCHR(node.st_mode))
        return NODE_FREE;
    DIR *processes = opendir("/proc");
    if (!processes)
        return NODE_FREE;
    enum node_use use = NODE_FREE;
    const struct dirent *entry;
    while (use == NODE_FREE && (entry = readdir(processes))) {
        if (isdigit((unsigned char)entry->d_name[0]) &&
            strtol(entry->d_name, NULL, 10) != getpid() &&
            has_open(entry->d_name, node.st_rdev)) {
            name_holder(entry->d_name, holder);
            use = NODE_HELD;
        }
    }
    closedir(processes);
    return use;
}

/* The lock file of "/dev/ttyACM0" is LCK..ttyACM0, that of "/dev/pts/3" LCK..pts_3. */
static int open_lock(const char *path)
{
    static const char devices[] = "/dev/";
    if (strncmp(path, devices, sizeof devices - 1) != 0)
        return -1;
    char name[PATH_SIZE];
    int length =
        snprintf(name, sizeof name, "/run/lock/LCK..%s", path + sizeof devices - 1);
    if (length < 0 || (size_t)length >= sizeof name)
        return -1;
    for (char *c = name + sizeof "/run/lock/" - 1; *c; c++) {
        if (*c == '/')
            *c = '_';
    }
    /* anybody may put something there, also a pipe that nobody writes to */
    return open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
}

/* The lock file has a process number in ASCII; one of a process that died means nothing.
 */
static enum node_use lock_holder(const char *path, char *holder)
{
    int fd = open_lock(path);
    if (fd < 0)
        return NODE_FREE;
    char text[32];
    ssize_t size = read(fd, text, sizeof text - 1);
    close(fd);
    text[size > 0 ? size : 0] = '\0';
    long process = strtol(text, NULL, 10);
    if (process <= 0 || process > INT_MAX || process == getpid() ||
        (kill((pid_t)process, 0) != 0 && errno != EPERM))
        return NODE_FREE;
    char number[24];
    snprintf(number, sizeof number, "%ld", process);
    name_holder(number, holder);
    return NODE_HELD;
}

/* The privileged may open an exclusive tty, so the flag is asked for as well. */
static enum node_use probe(const char *path, char *holder)
{
    int exclusive = 0;
    int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == EACCES)
        return NODE_HIDDEN;
    if (fd < 0)
        exclusive = errno == EBUSY;
    else if (ioctl(fd, TIOCGEXCL, &exclusive) != 0)
        exclusive = 0;
    if (fd >= 0)
        close(fd);
    if (exclusive && holder)
        snprintf(holder, INSTRUMENT_TEXT_MAX, "another program");
    return exclusive ? NODE_HELD : NODE_FREE;
}

enum node_use tty_holder(const char *path, char *holder)
{
    if (node_holder(path, holder) == NODE_HELD || lock_holder(path, holder) == NODE_HELD)
        return NODE_HELD;
    return probe(path, holder);
}
