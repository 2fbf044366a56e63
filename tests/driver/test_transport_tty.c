/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The serial transport on pseudo-terminals: the test holds the master, as the instrument.
 */
#include "driver/transport.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "driver/tty_holder.h"
#include "tests/runner.h"

/* The instrument's end, and the node's path. */
struct line {
    int master;
    char path[64];
};

static struct line make_line(void)
{
    struct line line = {.master = posix_openpt(O_RDWR | O_NOCTTY)};
    ck_assert_int_ge(line.master, 0);
    ck_assert_int_eq(grantpt(line.master), 0);
    ck_assert_int_eq(unlockpt(line.master), 0);
    snprintf(line.path, sizeof line.path, "%s", ptsname(line.master));
    return line;
}

static struct transport *open_line(const struct line *line)
{
    struct transport *transport = NULL;
    ck_assert_int_eq(transport_tty_open(line->path, NULL, NULL, &transport),
                     INSTRUMENT_OK);
    return transport;
}

static void answer(const struct line *line, const char *text)
{
    ck_assert_int_eq(write(line->master, text, strlen(text)), (ssize_t)strlen(text));
}

/* Reads until the text is complete, however it is cut. */
static void expect(struct transport *transport, const char *text)
{
    char got[256] = "";
    size_t length = 0;
    while (length < strlen(text)) {
        size_t size = 0;
        ck_assert_int_eq(transport->ops->receive(transport, (uint8_t *)got + length,
                                                 sizeof got - 1 - length, &size, 1000),
                         INSTRUMENT_OK);
        length += size;
    }
    ck_assert_str_eq(got, text);
}

START_TEST(a_command_goes_out_and_a_reply_comes_in_unchanged)
{
    struct line line = make_line();
    struct transport *transport = open_line(&line);
    ck_assert_int_eq(transport->ops->send(transport, (const uint8_t *)"IDR\r\n", 5, 1000),
                     INSTRUMENT_OK);
    char sent[16] = "";
    ck_assert_int_eq(read(line.master, sent, sizeof sent), 5);
    ck_assert_str_eq(sent, "IDR\r\n");
    answer(&line, "OK00,0100\r\n");
    expect(transport, "OK00,0100\r\n");
    transport->ops->close(transport);
    close(line.master);
}
END_TEST

/* Every byte a terminal would take for itself: interrupt, suspend, flow control, erase.
 */
START_TEST(no_byte_has_a_meaning_to_the_terminal)
{
    struct line line = make_line();
    struct transport *transport = open_line(&line);
    uint8_t all[256];
    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (uint8_t)i;
    ck_assert_int_eq(write(line.master, all, sizeof all), sizeof all);
    uint8_t got[256];
    size_t length = 0;
    while (length < sizeof got) {
        size_t size = 0;
        ck_assert_int_eq(transport->ops->receive(transport, got + length,
                                                 sizeof got - length, &size, 1000),
                         INSTRUMENT_OK);
        length += size;
    }
    ck_assert_mem_eq(got, all, sizeof all);
    ck_assert_int_eq(transport->ops->send(transport, all, sizeof all, 1000),
                     INSTRUMENT_OK);
    length = 0;
    while (length < sizeof got)
        length += (size_t)read(line.master, got + length, sizeof got - length);
    ck_assert_mem_eq(got, all, sizeof all);
    transport->ops->close(transport);
    close(line.master);
}
END_TEST

START_TEST(the_line_is_set_to_115200_8n1_without_flow_control)
{
    struct line line = make_line();
    struct transport *transport = open_line(&line);
    struct termios settings;
    ck_assert_int_eq(tcgetattr(line.master, &settings), 0);
    ck_assert_int_eq(cfgetospeed(&settings), B115200);
    ck_assert_int_eq(settings.c_cflag & CSIZE, CS8);
    ck_assert_int_eq(settings.c_cflag & (PARENB | CSTOPB), 0);
    ck_assert_int_eq(settings.c_iflag & (IXON | IXOFF | ICRNL | ISTRIP), 0);
    ck_assert_int_eq(settings.c_lflag & (ICANON | ECHO | ISIG), 0);
    transport->ops->close(transport);
    close(line.master);
}
END_TEST

START_TEST(closing_puts_the_settings_back)
{
    struct line line = make_line();
    struct termios before;
    struct termios after;
    ck_assert_int_eq(tcgetattr(line.master, &before), 0);
    struct transport *transport = open_line(&line);
    transport->ops->close(transport);
    ck_assert_int_eq(tcgetattr(line.master, &after), 0);
    ck_assert_int_eq(after.c_lflag, before.c_lflag);
    ck_assert_int_eq(after.c_iflag, before.c_iflag);
    close(line.master);
}
END_TEST

START_TEST(silence_is_no_answer)
{
    struct line line = make_line();
    struct transport *transport = open_line(&line);
    uint8_t data[TRANSPORT_PACKET];
    size_t size = 77;
    ck_assert_int_eq(transport->ops->receive(transport, data, sizeof data, &size, 5),
                     INSTRUMENT_NO_ANSWER);
    ck_assert_uint_eq(size, 77); /* outputs are written on success only */
    transport->ops->close(transport);
    close(line.master);
}
END_TEST

START_TEST(a_hang_up_is_unplugged_both_ways)
{
    struct line line = make_line();
    struct transport *transport = open_line(&line);
    close(line.master);
    uint8_t data[TRANSPORT_PACKET];
    size_t size = 0;
    ck_assert_int_eq(transport->ops->receive(transport, data, sizeof data, &size, 1000),
                     INSTRUMENT_UNPLUGGED);
    ck_assert_int_eq(transport->ops->send(transport, data, 1, 1000),
                     INSTRUMENT_UNPLUGGED);
    transport->ops->close(transport);
}
END_TEST

START_TEST(an_instrument_that_takes_nothing_does_not_hold_the_sender)
{
    struct line line = make_line();
    struct transport *transport = open_line(&line);
    static const uint8_t flood[65536]; /* more than a terminal buffers */
    ck_assert_int_eq(transport->ops->send(transport, flood, sizeof flood, 20),
                     INSTRUMENT_NO_ANSWER);
    transport->ops->close(transport);
    close(line.master);
}
END_TEST

START_TEST(what_lay_in_the_buffer_is_forgotten_by_recover)
{
    struct line line = make_line();
    struct transport *transport = open_line(&line);
    answer(&line, "junk\r\n");
    /* the terminal hands bytes on by a worker of the kernel: wait until they are there */
    int fd = open(line.path, O_RDWR | O_NOCTTY);
    if (fd >= 0) { /* the privileged may, in spite of TIOCEXCL */
        struct pollfd node = {.fd = fd, .events = POLLIN};
        ck_assert_int_eq(poll(&node, 1, 1000), 1);
        close(fd);
    }
    ck_assert_int_eq(transport->ops->recover(transport), INSTRUMENT_OK);
    answer(&line, "OK00\r\n");
    expect(transport, "OK00\r\n");
    transport->ops->close(transport);
    close(line.master);
}
END_TEST

START_TEST(the_clock_moves_by_what_was_waited_for)
{
    struct line line = make_line();
    struct transport *transport = open_line(&line);
    uint64_t before = transport->ops->now_ms(transport);
    ck_assert_int_eq(transport->ops->wait(transport, 3), INSTRUMENT_OK);
    ck_assert_uint_ge(transport->ops->now_ms(transport), before + 3);
    transport->ops->close(transport);
    close(line.master);
}
END_TEST

/* Says stop at the nth question. */
static enum instrument_answer stop_at_last(void *user)
{
    int *left = user;
    return --*left > 0 ? INSTRUMENT_GO_ON : INSTRUMENT_STOP;
}

START_TEST(every_wait_ends_within_a_slice_of_being_cancelled)
{
    struct line line = make_line();
    int left = 2;
    struct transport_context context = {.user = &left, .cancelled = stop_at_last};
    struct transport *transport = NULL;
    ck_assert_int_eq(transport_tty_open(line.path, &context, NULL, &transport),
                     INSTRUMENT_OK);
    uint8_t data[TRANSPORT_PACKET];
    size_t size = 0;
    uint64_t before = transport->ops->now_ms(transport);
    ck_assert_int_eq(transport->ops->receive(transport, data, sizeof data, &size, 60000),
                     INSTRUMENT_CANCELLED);
    left = 1;
    ck_assert_int_eq(transport->ops->wait(transport, 60000), INSTRUMENT_CANCELLED);
    left = 1;
    ck_assert_int_eq(transport->ops->send(transport, data, sizeof data, 60000),
                     INSTRUMENT_CANCELLED);
    /* one slice was waited in full; a loaded machine may take several times as long */
    ck_assert_uint_lt(transport->ops->now_ms(transport), before + 2000);
    transport->ops->close(transport);
    close(line.master);
}
END_TEST

/* Collects what the wire carried. */
static void note(void *user, enum instrument_direction direction, const uint8_t *bytes,
                 size_t size)
{
    char *notes = user;
    size_t length = strlen(notes);
    snprintf(notes + length, 256 - length, "%c%.*s",
             direction == INSTRUMENT_SENT ? '>' : '<', (int)size, (const char *)bytes);
}

START_TEST(the_trace_shows_both_directions)
{
    struct line line = make_line();
    char notes[256] = "";
    struct transport_context context = {.user = notes, .trace = note};
    struct transport *transport = NULL;
    ck_assert_int_eq(transport_tty_open(line.path, &context, NULL, &transport),
                     INSTRUMENT_OK);
    ck_assert_int_eq(transport->ops->send(transport, (const uint8_t *)"STR", 3, 1000),
                     INSTRUMENT_OK);
    answer(&line, "OK00");
    expect(transport, "OK00");
    ck_assert_str_eq(notes, ">STR<OK00");
    transport->ops->close(transport);
    close(line.master);
}
END_TEST

START_TEST(a_node_that_is_not_there_is_absent)
{
    struct transport *transport = NULL;
    ck_assert_int_eq(transport_tty_open("/dev/ttyACM-none", NULL, NULL, &transport),
                     INSTRUMENT_ABSENT);
    ck_assert_int_eq(transport_tty_open("/dev/full", NULL, NULL, &transport),
                     INSTRUMENT_ABSENT); /* a node, but no serial one */
    ck_assert_ptr_null(transport);
}
END_TEST

START_TEST(a_node_without_permission_says_so)
{
    struct line line = make_line();
    ck_assert_int_eq(chmod(line.path, 0), 0);
    pid_t child = fork(); /* root may open anything: become somebody else */
    if (child == 0) {
        if (getuid() == 0 && setuid(65534) != 0)
            _exit(99);
        struct transport *transport = NULL;
        _exit((int)transport_tty_open(line.path, NULL, NULL, &transport));
    }
    int code = 0;
    ck_assert_int_eq(waitpid(child, &code, 0), child);
    ck_assert_int_eq(WEXITSTATUS(code), INSTRUMENT_NO_PERMISSION);
    close(line.master);
}
END_TEST

enum { FOREIGN_GROUP = 1 }; /* a system group that root is not in either */

/* Whether the group is told to somebody who may not open the node. */
static int is_told(mode_t mode, const char *expected)
{
    struct line line = make_line();
    ck_assert_int_eq(chown(line.path, 0, FOREIGN_GROUP), 0);
    ck_assert_int_eq(chmod(line.path, mode), 0);
    pid_t child = fork();
    if (child == 0) {
        char holder[INSTRUMENT_TEXT_MAX] = "";
        struct transport *transport = NULL;
        if (setgid(65534) != 0 || setuid(65534) != 0 ||
            transport_tty_open(line.path, NULL, holder, &transport) !=
                INSTRUMENT_NO_PERMISSION)
            _exit(99);
        _exit(strcmp(holder, expected) == 0);
    }
    int code = 0;
    ck_assert_int_eq(waitpid(child, &code, 0), child);
    close(line.master);
    return WIFEXITED(code) && WEXITSTATUS(code) == 1;
}

START_TEST(of_a_node_without_permission_the_group_is_told_that_has_it)
{
    const struct group *group = getgrgid(FOREIGN_GROUP);
    ck_assert_ptr_nonnull(group);
    ck_assert(is_told(0660, group->gr_name));
    ck_assert(is_told(0600, ""));
    ck_assert(is_told(0640, "")); /* who may only read cannot send a command */
}
END_TEST

/* Another process that has the node open; it ends when the pipe closes. */
struct other {
    pid_t child;
    int alive;
};

static struct other hold(const struct line *line)
{
    int ready[2];
    int alive[2];
    ck_assert_int_eq(pipe(ready), 0);
    ck_assert_int_eq(pipe(alive), 0);
    struct other other = {.child = fork(), .alive = alive[1]};
    ck_assert_int_ge(other.child, 0);
    if (other.child == 0) {
        close(alive[1]);
        close(line->master);
        int fd = open(line->path, O_RDWR | O_NOCTTY);
        char byte = 0;
        int held = fd >= 0 && write(ready[1], &byte, 1) == 1;
        _exit(held && read(alive[0], &byte, 1) == 0 ? 0 : 1);
    }
    close(alive[0]);
    char byte;
    ck_assert_int_eq(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return other;
}

static void let_go(struct other other)
{
    close(other.alive);
    int code = 1;
    ck_assert_int_eq(waitpid(other.child, &code, 0), other.child);
    ck_assert_int_eq(code, 0);
}

START_TEST(a_node_that_another_process_holds_is_busy_and_names_it)
{
    struct line line = make_line();
    struct other other = hold(&line);
    char holder[INSTRUMENT_TEXT_MAX] = "";
    struct transport *transport = NULL;
    ck_assert_int_eq(transport_tty_open(line.path, NULL, holder, &transport),
                     INSTRUMENT_BUSY);
    char expected[INSTRUMENT_TEXT_MAX];
    snprintf(expected, sizeof expected, "test_transport_ (%d)", (int)other.child);
    ck_assert_str_eq(holder, expected); /* the kernel keeps 15 letters of a name */
    let_go(other);
    transport = open_line(&line);
    transport->ops->close(transport);
    close(line.master);
}
END_TEST

START_TEST(an_exclusive_node_is_busy_for_everybody)
{
    struct line line = make_line();
    struct transport *transport = open_line(&line);
    struct transport *second = NULL;
    char holder[INSTRUMENT_TEXT_MAX] = "";
    ck_assert_int_eq(transport_tty_open(line.path, NULL, holder, &second),
                     INSTRUMENT_BUSY);
    ck_assert_str_eq(holder, "another program");
    transport->ops->close(transport);
    close(line.master);
}
END_TEST

/* What somebody else than root is told, whom /proc does not show root's files. */
static enum node_use use_for_somebody(const struct line *line)
{
    pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && setuid(65534) != 0)
            _exit(99);
        close(line->master);
        _exit((int)tty_holder(line->path, NULL));
    }
    int code = 0;
    ck_assert_int_eq(waitpid(child, &code, 0), child);
    ck_assert(WIFEXITED(code));
    return (enum node_use)WEXITSTATUS(code);
}

START_TEST(whether_a_node_that_one_may_not_open_is_held_cannot_be_told)
{
    struct line line = make_line();
    ck_assert_int_eq(chmod(line.path, 0), 0);
    ck_assert_int_eq(use_for_somebody(&line), NODE_HIDDEN);
    close(line.master);
}
END_TEST

/* With the group of the udev rule, or the access it grants at the seat. */
START_TEST(another_users_exclusive_node_is_held_for_those_who_may_open_it)
{
    struct line line = make_line();
    struct transport *transport = open_line(&line);
    ck_assert_int_eq(chmod(line.path, 0666), 0);
    ck_assert_int_eq(use_for_somebody(&line), NODE_HELD);
    transport->ops->close(transport);
    ck_assert_int_eq(use_for_somebody(&line), NODE_FREE);
    close(line.master);
}
END_TEST

/* The lock file of a node, as other programs leave it. */
static void lock_path(const struct line *line, char path[96])
{
    snprintf(path, 96, "/run/lock/LCK..pts_%s", strrchr(line->path, '/') + 1);
}

static void lock_line(const struct line *line, const char *content)
{
    char path[96];
    lock_path(line, path);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(content, file);
    ck_assert_int_eq(fclose(file), 0);
}

static void unlock_line(const struct line *line)
{
    char path[96];
    lock_path(line, path);
    ck_assert_int_eq(unlink(path), 0);
}

START_TEST(a_lock_file_of_a_living_process_holds_the_node)
{
    struct line line = make_line();
    char content[32];
    snprintf(content, sizeof content, "%10d\n", (int)getppid());
    lock_line(&line, content);
    char holder[INSTRUMENT_TEXT_MAX] = "";
    struct transport *transport = NULL;
    enum instrument_status status =
        transport_tty_open(line.path, NULL, holder, &transport);
    unlock_line(&line);
    ck_assert_int_eq(status, INSTRUMENT_BUSY);
    snprintf(content, sizeof content, " (%d)", (int)getppid());
    ck_assert_ptr_nonnull(strstr(holder, content));
    close(line.master);
}
END_TEST

static pid_t dead_process(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    return child;
}

START_TEST(a_lock_file_that_names_no_living_process_holds_nothing)
{
    struct line line = make_line();
    char dead[32];
    snprintf(dead, sizeof dead, "%10d\n", (int)dead_process());
    char own[32];
    snprintf(own, sizeof own, "%d\n", (int)getpid());
    const char *const contents[] = {dead,  own,           "", "minicom\n", "-1\n",
                                    "0\n", "4294967297\n"};
    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        lock_line(&line, contents[i]);
        enum node_use use = tty_holder(line.path, NULL);
        unlock_line(&line);
        ck_assert_msg(use == NODE_FREE, "%s", contents[i]);
    }
    close(line.master);
}
END_TEST

/* Everybody may write to the folder: a pipe that nobody writes to must not block us. */
START_TEST(a_pipe_in_place_of_a_lock_file_holds_nothing)
{
    struct line line = make_line();
    char path[96];
    lock_path(&line, path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    enum node_use use = tty_holder(line.path, NULL);
    unlock_line(&line);
    ck_assert_int_eq(use, NODE_FREE);
    close(line.master);
}
END_TEST

START_TEST(a_node_that_nobody_holds_is_free)
{
    ck_assert_int_eq(node_holder("/dev/ttyACM-none", NULL), NODE_FREE);
    ck_assert_int_eq(node_holder("/", NULL), NODE_FREE);
    char path[64];
    ck_assert_int_eq(tty_of_interface("no-such-interface", path, sizeof path), TTY_NONE);
}
END_TEST

static TCase *locks(void)
{
    TCase *locks = tcase_create("locks");
    tcase_add_test(locks, a_lock_file_of_a_living_process_holds_the_node);
    tcase_add_test(locks, a_lock_file_that_names_no_living_process_holds_nothing);
    tcase_add_test(locks, a_pipe_in_place_of_a_lock_file_holds_nothing);
    return locks;
}

Suite *suite(void)
{
    signal(SIGHUP, SIG_IGN); /* a hang-up ends a session's leader */
    Suite *suite = suite_create("transport_tty");
    TCase *wire = tcase_create("wire");
    tcase_add_test(wire, a_command_goes_out_and_a_reply_comes_in_unchanged);
    tcase_add_test(wire, no_byte_has_a_meaning_to_the_terminal);
    tcase_add_test(wire, the_line_is_set_to_115200_8n1_without_flow_control);
    tcase_add_test(wire, closing_puts_the_settings_back);
    tcase_add_test(wire, silence_is_no_answer);
    tcase_add_test(wire, a_hang_up_is_unplugged_both_ways);
    tcase_add_test(wire, an_instrument_that_takes_nothing_does_not_hold_the_sender);
    tcase_add_test(wire, what_lay_in_the_buffer_is_forgotten_by_recover);
    tcase_add_test(wire, the_clock_moves_by_what_was_waited_for);
    tcase_add_test(wire, every_wait_ends_within_a_slice_of_being_cancelled);
    tcase_add_test(wire, the_trace_shows_both_directions);
    suite_add_tcase(suite, wire);
    TCase *node = tcase_create("node");
    tcase_add_test(node, a_node_that_is_not_there_is_absent);
    tcase_add_test(node, a_node_without_permission_says_so);
    if (getuid() == 0)
        tcase_add_test(node, of_a_node_without_permission_the_group_is_told_that_has_it);
    else
        runner_skip("of_a_node_without_permission_the_group_is_told_that_has_it",
                    "only root may give a node away");
    tcase_add_test(node, a_node_that_another_process_holds_is_busy_and_names_it);
    tcase_add_test(node, an_exclusive_node_is_busy_for_everybody);
    tcase_add_test(node, whether_a_node_that_one_may_not_open_is_held_cannot_be_told);
    tcase_add_test(node, another_users_exclusive_node_is_held_for_those_who_may_open_it);
    tcase_add_test(node, a_node_that_nobody_holds_is_free);
    suite_add_tcase(suite, node);
    if (access("/run/lock", W_OK) == 0)
        suite_add_tcase(suite, locks());
    else
        runner_skip("a_lock_file_of_a_living_process_holds_the_node",
                    "/run/lock cannot be written to");
    return suite;
}
