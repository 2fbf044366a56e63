/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program itself, in a process of its own, with virtual devices on its USB. */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/runner.h"
#include "tests/usb/mock.h"
#include "tests/usb/virtual_line.h"

/* sysexits.h, as the program's documentation gives them */
enum {
    USAGE = 64,
    UNAVAILABLE = 69,
    CANNOT_CREATE = 73,
    TRANSFER = 74,
    TRY_AGAIN = 75,
    NO_PERMISSION = 77,
    INTERRUPTED = 130
};

static struct mock_bus *bus;
static struct mock_device *device;
static struct virtual_line line;
static char output[8192];                    /* of the last run, both streams */
static enum { KEPT, HOMELESS } calibrations; /* whether there is a folder for them */

static const struct mock_identity identity = {
    .port = 1, .vendor = 0x132B, .product = 0x210D, .serial = "A0E810203040"};

static void copy_file(const char *from, const char *to)
{
    char bytes[32768];
    FILE *in = fopen(from, "r"), *out = fopen(to, "w");
    ck_assert_ptr_nonnull(in);
    ck_assert_ptr_nonnull(out);
    size_t size = fread(bytes, 1, sizeof bytes, in);
    ck_assert_uint_lt(size, sizeof bytes);
    ck_assert_uint_eq(fwrite(bytes, 1, size, out), size);
    fclose(in);
    ck_assert_int_eq(fclose(out), 0);
}

/* A bottle that somebody may read, wherever the sources lie; goes with the bus. */
static void lend_profiles(void)
{
    char path[512];
    snprintf(path, sizeof path, "%s/profiles", mock_root(bus));
    ck_assert_int_eq(mkdir(path, 0755), 0);
    snprintf(path, sizeof path, "%s/profiles/pigments", mock_root(bus));
    ck_assert_int_eq(mkdir(path, 0755), 0);
    snprintf(path, sizeof path, "%s/profiles/pigments/carbon.cgats", mock_root(bus));
    copy_file("profiles/pigments/carbon.cgats", path);
}

static void make_bus(void)
{
    device = NULL;
    calibrations = KEPT;
    line = (struct virtual_line){.emulator = emulator_make(&emulator_settings_default, 0),
                                 .start_ms = mock_now_ms()};
    ck_assert_ptr_nonnull(line.emulator);
    bus = mock_bus_make();
    lend_profiles();
}

static void free_bus(void)
{
    ck_assert_uint_eq(mock_unexpected(bus), 0);
    mock_bus_free(bus);
    emulator_free(line.emulator);
}

static void plug_as(const struct mock_identity *identity_now)
{
    struct vdev_line usb_line = virtual_line(&line);
    device = mock_plug(bus, identity_now, &usb_line);
}

static void plug(void)
{
    plug_as(&identity);
}

enum who { MYSELF, SOMEBODY };

enum { WORDS_MAX = 16 };

/* What a process is to become. */
struct image {
    int program;
    char path[32];          /* of the program, which may lie where somebody finds none */
    char *words[WORDS_MAX]; /* the program's, or setpriv's with the program's behind */
};

/* Root needs no permission, so somebody is by way of setpriv a user who has none; anyone
 * but root is somebody already. */
static bool changes_user(enum who who)
{
    return who == SOMEBODY && getuid() == 0;
}

static void make_image(char *const arguments[], enum who who, struct image *out)
{
    static char *const privileges[] = {"setpriv", "--reuid",        "65534", "--regid",
                                       "65534",   "--clear-groups", "--",    NULL};
    const char *program = getenv("SCALPTONE"); /* "make check" sets it */
    size_t count = 0;
    *out = (struct image){
        .program = open(program ? program : "build/release/scalptone", O_RDONLY)};
    ck_assert_int_ge(out->program, 0);
    snprintf(out->path, sizeof out->path, "/proc/self/fd/%d", out->program);
    for (size_t i = 0; changes_user(who) && privileges[i]; i++)
        out->words[count++] = privileges[i];
    out->words[count++] = changes_user(who) ? out->path : arguments[0];
    for (size_t i = 1; arguments[i]; i++) {
        ck_assert_uint_lt(count + 1, WORDS_MAX);
        out->words[count++] = arguments[i];
    }
}

/* Becomes the program; only calls that are safe after a fork among threads. */
static void become(const struct image *image, char *const environment[], int out,
                   enum who who)
{
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    if (changes_user(who))
        execve("/usr/bin/setpriv", image->words, environment);
    else
        fexecve(image->program, image->words, environment);
    _exit(127);
}

static pid_t start(char *const arguments[], int out, enum who who)
{
    /* the sanitizer would refuse to come second after the library that mocks */
    char folder[512];
    char state[512]; /* goes with the bus */
    char profiles[512];
    snprintf(folder, sizeof folder, "UMOCKDEV_DIR=%s", mock_root(bus));
    snprintf(state, sizeof state, "XDG_STATE_HOME=%s/state", mock_root(bus));
    snprintf(profiles, sizeof profiles, "SCALPTONE_PROFILES=%s/profiles", mock_root(bus));
    char *const environment[] = {"LD_PRELOAD=libumockdev-preload.so.0",
                                 "ASAN_OPTIONS=verify_asan_link_order=0",
                                 "LC_ALL=C.UTF-8",
                                 folder,
                                 profiles,
                                 calibrations == KEPT ? state : NULL,
                                 NULL};
    struct image image;
    make_image(arguments, who, &image);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        become(&image, environment, out, who);
    close(image.program);
    return child;
}

/* Runs the program with one or two words; its exit code, or -1. */
static int run(char *command, char *what, enum who who)
{
    char *const arguments[] = {"scalptone", command, what, NULL};
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    pid_t child = start(arguments, fileno(file), who);
    int code = 0;
    ck_assert_int_eq(waitpid(child, &code, 0), child);
    rewind(file);
    output[fread(output, 1, sizeof output - 1, file)] = '\0';
    fclose(file);
    return WIFEXITED(code) ? WEXITSTATUS(code) : -1;
}

static int run_instrument(char *what, enum who who)
{
    return run("instrument", what, who);
}

static void output_has(const char *text)
{
    ck_assert_msg(strstr(output, text) != NULL, "no \"%s\" in: %s", text, output);
}

START_TEST(without_a_device_it_says_that_none_is_connected)
{
    ck_assert_int_eq(run_instrument("list", MYSELF), UNAVAILABLE);
    ck_assert_int_eq(run_instrument("info", MYSELF), UNAVAILABLE);
    output_has("no instrument is connected");
}
END_TEST

START_TEST(a_connected_instrument_is_listed_and_asked_what_it_is)
{
    plug();
    ck_assert_int_eq(run_instrument("list", MYSELF), 0);
    output_has("A0E810203040");
    ck_assert_int_eq(run_instrument("info", MYSELF), 0);
    output_has("CM-700d");
    output_has("10203040");
    ck_assert_int_eq(mock_driver_of(device, 0), MOCK_CDC_ACM);
}
END_TEST

START_TEST(without_permission_it_says_so)
{
    plug();
    ck_assert_int_eq(chmod(mock_node(device), 0), 0);
    ck_assert_int_eq(run_instrument("info", SOMEBODY), NO_PERMISSION);
    output_has("permission");
    ck_assert_int_eq(run("doctor", NULL, SOMEBODY), NO_PERMISSION);
    output_has("make install-udev");
}
END_TEST

START_TEST(a_terminal_that_holds_the_port_is_named_and_left_alone)
{
    plug();
    int tty = open(mock_tty(device), O_RDWR | O_NOCTTY); /* this process is the holder */
    ck_assert_int_ge(tty, 0);
    ck_assert_int_eq(run_instrument("info", MYSELF), TRY_AGAIN);
    char holder[64];
    snprintf(holder, sizeof holder, "%d", (int)getpid());
    output_has(holder);
    ck_assert_int_eq(run("doctor", NULL, MYSELF), TRY_AGAIN);
    output_has(holder);
    ck_assert_int_eq(mock_driver_of(device, 0), MOCK_CDC_ACM);
    close(tty);
    ck_assert_int_eq(run_instrument("info", MYSELF), 0);
}
END_TEST

START_TEST(an_interrupt_ends_it_at_once_and_gives_the_device_back)
{
    plug();
    char *const arguments[] = {"scalptone", "instrument", "info", NULL};
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    pid_t child = start(arguments, fileno(file), MYSELF);
    while (mock_driver_of(device, 1) != MOCK_CLAIMED) /* the test's time limit ends it */
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    uint64_t before = mock_now_ms();
    ck_assert_int_eq(kill(child, SIGINT), 0);
    int code = 0;
    ck_assert_int_eq(waitpid(child, &code, 0), child);
    /* it promises 300 ms; a loaded machine may take several times as long */
    ck_assert_uint_lt(mock_now_ms() - before, 1500);
    ck_assert(WIFEXITED(code));
    ck_assert_int_eq(WEXITSTATUS(code), INTERRUPTED);
    ck_assert_int_eq(mock_driver_of(device, 0), MOCK_CDC_ACM);
    fclose(file);
}
END_TEST

/* -- an operator ------------------------------------------------------------- */

/* The program with the test at its keyboard and before its screen. */
struct session {
    pid_t child;
    FILE *keyboard;
    FILE *screen;
};

static struct session sit_down(char *const arguments[])
{
    int keys[2];
    int shown[2];
    ck_assert_int_eq(pipe(keys), 0);
    ck_assert_int_eq(pipe(shown), 0);
    fcntl(keys[1], F_SETFD, FD_CLOEXEC); /* the keyboard ends with the test */
    int before = dup(STDIN_FILENO);
    dup2(keys[0], STDIN_FILENO); /* the child's */
    struct session session = {.child = start(arguments, shown[1], MYSELF),
                              .keyboard = fdopen(keys[1], "w"),
                              .screen = fdopen(shown[0], "r")};
    dup2(before, STDIN_FILENO);
    close(before);
    close(keys[0]);
    close(shown[1]);
    return session;
}

/* Reads the screen until a text stands there; the output has all since the start. */
static void read_until(struct session *session, const char *text)
{
    size_t length = strlen(output);
    const char *from = output + length;
    while (!strstr(from, text)) {
        int byte = fgetc(session->screen);
        ck_assert_msg(byte != EOF, "no \"%s\" in: %s", text, output);
        ck_assert_uint_lt(length + 1, sizeof output);
        output[length++] = (char)byte;
        output[length] = '\0';
    }
}

static void press_enter(struct session *session)
{
    fputc('\n', session->keyboard);
    fflush(session->keyboard);
}

/* The exit code; what was still shown joins the output. */
static int get_up(struct session *session)
{
    fclose(session->keyboard);
    size_t length = strlen(output);
    length += fread(output + length, 1, sizeof output - 1 - length, session->screen);
    output[length] = '\0';
    fclose(session->screen);
    int code = 0;
    ck_assert_int_eq(waitpid(session->child, &code, 0), session->child);
    return WIFEXITED(code) ? WEXITSTATUS(code) : -1;
}

static void place(struct vdev *dev, void *user)
{
    (void)dev;
    emulator_place(line.emulator, user, "");
}

static void calibrate(void)
{
    char *const arguments[] = {"scalptone", "calibrate", NULL};
    output[0] = '\0';
    struct session session = sit_down(arguments);
    read_until(&session, "zero box");
    mock_with(device, place, "zero");
    press_enter(&session);
    read_until(&session, "white plate");
    mock_with(device, place, "white");
    press_enter(&session);
    ck_assert_int_eq(get_up(&session), 0);
}

START_TEST(a_confirmed_aperture_outlives_a_calibration_that_was_stopped)
{
    plug();
    ck_assert_int_eq(run_instrument("info", MYSELF), 0);
    output_has("unconfirmed");
    char *const arguments[] = {"scalptone", "calibrate", "--aperture", NULL};
    output[0] = '\0';
    struct session session = sit_down(arguments);
    read_until(&session, "slider to MAV");
    press_enter(&session);
    read_until(&session, "zero box");
    fputc('q', session.keyboard);
    press_enter(&session);
    ck_assert_int_eq(get_up(&session), INTERRUPTED);
    ck_assert_int_eq(run_instrument("info", MYSELF), 0);
    ck_assert_ptr_null(strstr(output, "unconfirmed"));
    output_has("calibration  none");
}
END_TEST

START_TEST(a_calibration_that_nobody_answers_is_no_wish_to_stop)
{
    char *const arguments[] = {"scalptone", "calibrate", NULL};
    plug();
    output[0] = '\0';
    struct session session = sit_down(arguments);
    read_until(&session, "zero box");
    ck_assert_int_eq(get_up(&session), USAGE);
    output_has("the input ended");
}
END_TEST

START_TEST(without_a_folder_to_keep_it_in_no_calibration_is_begun)
{
    char *const arguments[] = {"scalptone", "calibrate", NULL};
    plug();
    calibrations = HOMELESS;
    output[0] = '\0';
    struct session session = sit_down(arguments);
    ck_assert_int_eq(get_up(&session), CANNOT_CREATE);
    output_has("set HOME or XDG_STATE_HOME");
    ck_assert_ptr_null(strstr(output, "zero box"));
}
END_TEST

static struct session scan_until_second_reading(void)
{
    static char *const arguments[] = {"scalptone", "scan",      "tile", "--sites",
                                      "2",         "--trigger", "key",  NULL};
    mock_with(device, place, "scalp");
    output[0] = '\0';
    struct session session = sit_down(arguments);
    read_until(&session, "placement 1 of 2, then press Enter");
    press_enter(&session);
    read_until(&session, "placement 2 of 2, then press Enter");
    return session;
}

START_TEST(a_scan_goes_on_after_a_sleep)
{
    plug();
    calibrate();
    struct session session = scan_until_second_reading();
    mock_unplug(device); /* as a computer that wakes finds it: under a new number */
    struct mock_identity woken = identity;
    woken.port = 2;
    plug_as(&woken);
    press_enter(&session);
    ck_assert_int_eq(get_up(&session), 0);
    output_has("read 2");
    ck_assert_int_eq(mock_driver_of(device, 0), MOCK_CDC_ACM);
}
END_TEST

START_TEST(a_scan_ends_when_the_instrument_is_gone)
{
    plug();
    calibrate();
    struct session session = scan_until_second_reading();
    mock_unplug(device);
    press_enter(&session);
    ck_assert_int_eq(get_up(&session), TRANSFER);
    output_has("unplugged");
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("program_usb");
    TCase *program = tcase_create("program");
    tcase_set_timeout(program, 60); /* some seconds of conversation, on a slow machine */
    tcase_add_checked_fixture(program, make_bus, free_bus);
    tcase_add_test(program, without_a_device_it_says_that_none_is_connected);
    tcase_add_test(program, a_connected_instrument_is_listed_and_asked_what_it_is);
    tcase_add_test(program, without_permission_it_says_so);
    tcase_add_test(program, a_terminal_that_holds_the_port_is_named_and_left_alone);
    tcase_add_test(program, an_interrupt_ends_it_at_once_and_gives_the_device_back);
    tcase_add_test(program, a_confirmed_aperture_outlives_a_calibration_that_was_stopped);
    tcase_add_test(program, a_calibration_that_nobody_answers_is_no_wish_to_stop);
    tcase_add_test(program, without_a_folder_to_keep_it_in_no_calibration_is_begun);
    tcase_add_test(program, a_scan_goes_on_after_a_sleep);
    tcase_add_test(program, a_scan_ends_when_the_instrument_is_gone);
    suite_add_tcase(suite, program);
    return suite;
}
