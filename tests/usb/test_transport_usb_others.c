/* SPDX-License-Identifier: GPL-3.0-or-later */
/* USB devices that another process holds, held, or has to itself. */
#include "driver/transport.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/runner.h"
#include "tests/usb/bench.h"

static struct bench bench;

static enum instrument_status list(struct instrument_listed *listed, size_t capacity,
                                   size_t *found)
{
    return transport_usb_list(bench_ids, BENCH_IDS, "CM-700d", listed, capacity, found);
}

static void talk(void)
{
    ck_assert_int_eq(bench_send(&bench, "IDR\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, "IDR\r\n");
}

/*
 * Another process. It is forked before there is a bus, because that has threads, whose
 * locks a later child would inherit as they happen to be.
 */
static struct {
    pid_t child;
    int orders;
    int reports;
} other;

/* What it is to do, in a program of this very text; its result is the exit code. */
struct order {
    int (*job)(const struct order *order, int reports, int orders);
    char root[256];
    char tty[64];
};

static void serve(int orders, int reports)
{
    struct order order;
    if (read(orders, &order, sizeof order) != (ssize_t)sizeof order)
        _exit(0); /* not needed */
    setenv("UMOCKDEV_DIR", order.root, 1);
    _exit(order.job(&order, reports, orders));
}

static void make_other_and_bench(void)
{
    int orders[2];
    int reports[2];
    ck_assert_int_eq(pipe(orders), 0);
    ck_assert_int_eq(pipe(reports), 0);
    other.child = fork();
    ck_assert_int_ge(other.child, 0);
    if (other.child == 0) {
        close(orders[1]);
        close(reports[0]);
        serve(orders[0], reports[1]);
    }
    close(orders[0]);
    close(reports[1]);
    other.orders = orders[1];
    other.reports = reports[0];
    bench_make(&bench);
    bench_plug(&bench);
}

static void let_other(int (*job)(const struct order *order, int reports, int orders))
{
    struct order order = {.job = job};
    snprintf(order.root, sizeof order.root, "%s", mock_root(bench.bus));
    snprintf(order.tty, sizeof order.tty, "%s", mock_tty(bench.device));
    ck_assert_int_eq(write(other.orders, &order, sizeof order), sizeof order);
}

static void wait_for_other(void)
{
    char byte;
    ck_assert_int_eq(read(other.reports, &byte, 1), 1);
}

/* The exit code once it has ended; it may end now. */
static int end_other(void)
{
    int code = 0;
    close(other.orders);
    ck_assert_int_eq(waitpid(other.child, &code, 0), other.child);
    close(other.reports);
    return WIFEXITED(code) ? WEXITSTATUS(code) : -1;
}

static int report_and_wait(int reports, int orders)
{
    char byte = 0;
    return write(reports, &byte, 1) == 1 && read(orders, &byte, 1) == 0 ? 0 : 1;
}

static int hold_tty(const struct order *order, int reports, int orders)
{
    return open(order->tty, O_RDWR | O_NOCTTY) >= 0 ? report_and_wait(reports, orders)
                                                    : 2;
}

START_TEST(a_tty_that_another_process_holds_is_busy_and_left_alone)
{
    let_other(hold_tty);
    wait_for_other();
    char holder[INSTRUMENT_TEXT_MAX] = "";
    ck_assert_int_eq(
        transport_usb_open(bench_ids, BENCH_IDS, "auto", NULL, holder, &bench.transport),
        INSTRUMENT_BUSY);
    char expected[INSTRUMENT_TEXT_MAX];
    snprintf(expected, sizeof expected, "test_transport_ (%d)", (int)other.child);
    ck_assert_str_eq(holder, expected);
    ck_assert_int_eq(mock_driver_of(bench.device, 0), MOCK_CDC_ACM);
    ck_assert_uint_eq(bench_record(&bench).lines_set, 0);
    struct instrument_listed listed;
    size_t found;
    ck_assert_int_eq(list(&listed, 1, &found), INSTRUMENT_OK);
    ck_assert_int_eq(listed.state, INSTRUMENT_BUSY);
    ck_assert_int_eq(end_other(), 0);
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_OK);
}
END_TEST

static int hold_device(const struct order *order, int reports, int orders)
{
    (void)order;
    return bench_open(&bench, "auto") == INSTRUMENT_OK &&
                   bench_send(&bench, "IDR\r\n") == INSTRUMENT_OK
               ? report_and_wait(reports, orders)
               : 2;
}

START_TEST(a_device_whose_program_was_killed_is_opened_again)
{
    let_other(hold_device);
    wait_for_other();
    struct transport *second = NULL;
    ck_assert_int_eq(
        transport_usb_open(bench_ids, BENCH_IDS, "auto", NULL, NULL, &second),
        INSTRUMENT_BUSY);
    kill(other.child, SIGKILL);
    ck_assert_int_eq(end_other(), -1);
    /* the bus learns of the death by the closing of a socket, in its own thread */
    for (int i = 0; i < 200 && mock_driver_of(bench.device, 0) == MOCK_CLAIMED; i++)
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    ck_assert_int_eq(mock_driver_of(bench.device, 0), MOCK_UNBOUND);
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_OK);
    talk();
}
END_TEST

static enum instrument_answer stop_at_once(void *user)
{
    (void)user;
    return INSTRUMENT_STOP;
}

/* Root may open anything, so it becomes somebody else. */
static int open_as_somebody(const struct order *order, int reports, int orders)
{
    (void)order;
    (void)reports;
    (void)orders;
    if (getuid() == 0 && setuid(65534) != 0)
        return 99;
    struct instrument_listed listed = {.state = INSTRUMENT_OK};
    size_t found;
    if (list(&listed, 1, &found) != INSTRUMENT_OK ||
        listed.state != INSTRUMENT_NO_PERMISSION)
        return 98;
    /* udev may be about to grant it, so waiting goes on for a while */
    const struct transport_context context = {.cancelled = stop_at_once};
    if (transport_usb_wait(bench_ids, BENCH_IDS, &context) != INSTRUMENT_CANCELLED)
        return 97;
    return (int)bench_open(&bench, "auto");
}

START_TEST(a_node_without_permission_says_so)
{
    ck_assert_int_eq(chmod(mock_node(bench.device), 0), 0);
    let_other(open_as_somebody);
    ck_assert_int_eq(end_other(), INSTRUMENT_NO_PERMISSION);
}
END_TEST

/* The device is theirs, its port is not. */
static int open_without_the_port(const struct order *order, int reports, int orders)
{
    (void)reports;
    (void)orders;
    if (getuid() == 0 && setuid(65534) != 0)
        return 99;
    if (access(order->tty, R_OK) == 0)
        return 98;
    if (bench_open(&bench, "auto") != INSTRUMENT_OK)
        return 97;
    return strstr(bench.remarks, "no permission to see") ? 0 : 96;
}

START_TEST(that_a_holder_may_be_hidden_is_remarked)
{
    ck_assert_int_eq(chmod(mock_node(bench.device), 0666), 0);
    ck_assert_int_eq(chmod(mock_tty(bench.device), 0), 0);
    let_other(open_without_the_port);
    ck_assert_int_eq(end_other(), 0);
}
END_TEST

static void free_bench(void)
{
    bench_free(&bench);
}

Suite *suite(void)
{
    Suite *suite = suite_create("transport_usb_others");
    TCase *others = tcase_create("others");
    tcase_add_checked_fixture(others, make_other_and_bench, free_bench);
    tcase_add_test(others, a_tty_that_another_process_holds_is_busy_and_left_alone);
    tcase_add_test(others, a_device_whose_program_was_killed_is_opened_again);
    tcase_add_test(others, a_node_without_permission_says_so);
    tcase_add_test(others, that_a_holder_may_be_hidden_is_remarked);
    suite_add_tcase(suite, others);
    return suite;
}
