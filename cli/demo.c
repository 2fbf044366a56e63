/* SPDX-License-Identifier: GPL-3.0-or-later */
/* demo: a story on the virtual instrument, each command before its output. */
#include "cli/commands.h"

#include "cli/demo_story.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const struct argument_spec arguments[] = {
    {"STORY", "practitioner (default): from calibration to healed work; supplier: from a "
              "ladder to a lot that is checked"},
    {0},
};

static const struct option_spec demo_options[] = {
    {"keep", 0, "DIR", "leave what is made in this folder; default a temporary one"},
    {0},
};

/* The command line of a step: the user's --profiles goes to all, --force to what writes.
 */
struct line {
    char *words[DEMO_WORDS_MAX + 5]; /* with the program's name, those options and NULL */
};

static void make_line(const struct context *context, const struct demo_step *step,
                      const char *profiles, struct line *out)
{
    size_t count = 0;
    *out = (struct line){{NULL}};
    /* the casts are for posix_spawn, which changes no word */
    out->words[count++] = (char *)SCALPTONE_NAME;
    for (size_t i = 0; step->words[i]; i++)
        out->words[count++] = (char *)step->words[i];
    if (option(context, "force") && step->writes[0])
        out->words[count++] = (char *)"--force";
    if (profiles[0]) {
        out->words[count++] = (char *)"--profiles";
        out->words[count++] = (char *)profiles;
    }
}

/* How the story ended: with an exit code, or as by a signal (not 0). */
struct ending {
    enum exit_code code;
    int signal;
};

/* As a shell would want it typed. */
static void print_word(const char *word)
{
    int plain = strspn(word, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "abcdefghijklmnopqrstuvwxyz-_.:,/") == strlen(word);
    fputs(plain ? " " : " '", stdout);
    print_safely(stdout, word);
    fputs(plain ? "" : "'", stdout);
}

static struct ending print_step(struct context *context, const char *story,
                                const struct line *line)
{
    printf("\n# %s\n$", story);
    for (size_t i = 0; line->words[i]; i++)
        print_word(line->words[i]);
    puts("");
    if (fflush(stdout) == 0 && !ferror(stdout))
        return (struct ending){EXIT_DONE, 0};
    if (errno == EPIPE)
        return (struct ending){EXIT_IO, SIGPIPE};
    return (struct ending){failure_set(&context->failure, FAILURE_OUTPUT_WRITE,
                                       "stdout: %s", strerror(errno)),
                           0};
}

/* What the demonstration waits for, blocked otherwise: none comes unseen. */
static sigset_t awaited_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

/* Starts a child that knows nothing of what this program does with signals. */
static int start(const struct line *line, pid_t *child)
{
    sigset_t none, changed = awaited_signals();
    posix_spawnattr_t attributes;
    int error = posix_spawnattr_init(&attributes);
    if (error)
        return error;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &changed);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    error = posix_spawn(child, "/proc/self/exe", NULL, &attributes, line->words, environ);
    posix_spawnattr_destroy(&attributes);
    return error;
}

/* Waits for a child, which gets what is to stop this program; that signal, or 0. */
static int wait_for(pid_t child, int *status)
{
    sigset_t awaited = awaited_signals();
    int stop = 0;
    while (waitpid(child, status, WNOHANG) == 0) {
        int received = 0;
        sigwait(&awaited, &received);
        if (received == SIGCHLD)
            continue;
        stop = received;
        kill(child, stop);
    }
    return stop;
}

/* Runs this very program with the words of a step, which tells its failures itself. */
static struct ending run_line(struct context *context, const struct line *line)
{
    pid_t child;
    int status = 0;
    int error = start(line, &child);
    if (error)
        return (struct ending){failure_set(&context->failure, FAILURE_DEMO, "%s %s: %s",
                                           line->words[0], line->words[1],
                                           strerror(error)),
                               0};
    int stop = wait_for(child, &status);
    if (WIFSIGNALED(status))
        return (struct ending){EXIT_INTERRUPTED, WTERMSIG(status)};
    if (WEXITSTATUS(status) == EXIT_DONE && stop)
        return (struct ending){EXIT_INTERRUPTED, stop};
    return (struct ending){(enum exit_code)WEXITSTATUS(status), 0};
}

/* Before the first step, so that nothing is done in vain: what a user has there stays. */
static enum exit_code spare_files(struct context *context, const struct demo_story *story,
                                  const char *folder)
{
    struct stat status;
    for (size_t i = 0; i < story->count; i++) {
        for (size_t k = 0; k < DEMO_WRITES_MAX && story->step[i].writes[k]; k++) {
            const char *file = story->step[i].writes[k];
            if (option(context, "force") || lstat(file, &status) != 0)
                continue;
            enum exit_code code = failure_set(&context->failure, FAILURE_OUTPUT_EXISTS,
                                              "%s/%s is there already", folder, file);
            failure_hint(&context->failure,
                         "another folder, or --force, which replaces it");
            return code;
        }
    }
    return EXIT_DONE;
}

static struct ending tell(struct context *context, const struct demo_story *story,
                          const char *profiles)
{
    struct ending ending = {EXIT_DONE, 0};
    /* the steps print for themselves, so this command does not gather its output */
    for (size_t i = 0; i < story->count && ending.code == EXIT_DONE; i++) {
        const struct demo_step *step = &story->step[i];
        struct line line;
        make_line(context, step, profiles, &line);
        ending = print_step(context, step->story, &line);
        if (ending.code == EXIT_DONE)
            ending = run_line(context, &line);
        if (ending.signal == 0 && ending.code == step->ends)
            ending.code = EXIT_DONE; /* the verdict that was to be shown */
    }
    return ending;
}

static enum exit_code cannot_make(struct context *context, const char *folder)
{
    return failure_set(&context->failure, FAILURE_OUTPUT_CREATE, "%s: %s", folder,
                       strerror(errno));
}

/* Makes the folder that the scans go to; its absolute path has room for PATH_MAX. */
static enum exit_code make_folder(struct context *context, char *path)
{
    const char *keep = option(context, "keep");
    const char *temporary = getenv("TMPDIR");
    if (!temporary || !temporary[0])
        temporary = "/tmp";
    char name[PATH_MAX];
    errno = ENAMETOOLONG;
    int length =
        keep ? snprintf(name, sizeof name, "%s", keep)
             : snprintf(name, sizeof name, "%s/" SCALPTONE_NAME ".XXXXXX", temporary);
    if (length >= PATH_MAX)
        return cannot_make(context, keep ? keep : temporary);
    if (keep ? mkdir(name, 0755) != 0 && errno != EEXIST : !mkdtemp(name))
        return cannot_make(context, name);
    return realpath(name, path) ? EXIT_DONE : cannot_make(context, name);
}

/* The steps run in another folder than the user's, from where these may be named. */
static enum exit_code keep_profiles(struct context *context, char *path)
{
    const char *variable = getenv("SCALPTONE_PROFILES");
    if (variable && variable[0] && realpath(variable, path))
        setenv("SCALPTONE_PROFILES", path, 1);
    const char *named = option(context, "profiles");
    path[0] = '\0';
    if (!named || realpath(named, path))
        return EXIT_DONE;
    return failure_set(&context->failure, FAILURE_FILE_MISSING, "--profiles \"%s\": %s",
                       named, strerror(errno));
}

static int remove_entry(const char *path, const struct stat *status, int kind,
                        struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    remove(path);
    return 0;
}

/* The temporary folder with all that is in it, finished or not. */
static void remove_folder(const char *path)
{
    enum { OPEN_FOLDERS = 4 };
    nftw(path, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

static struct ending tell_in(struct context *context, const struct demo_story *story,
                             const char *folder)
{
    char profiles[PATH_MAX];
    enum exit_code code = keep_profiles(context, profiles);
    if (code == EXIT_DONE)
        code = chdir(folder) == 0 ? spare_files(context, story, folder)
                                  : cannot_make(context, folder);
    return code == EXIT_DONE ? tell(context, story, profiles) : (struct ending){code, 0};
}

/* Ends as by a signal, for whoever started the program to see. */
static void end_by(int number)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    signal(number, SIG_DFL);
    raise(number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static enum exit_code find_story(struct context *context, const struct demo_story **out)
{
    static const struct demo_story *const stories[] = {&demo_practitioner,
                                                       &demo_supplier};
    const char *name = context->invocation.argument_count > 0
                           ? context->invocation.arguments[0]
                           : stories[0]->name;
    for (size_t i = 0; i < sizeof stories / sizeof stories[0]; i++)
        if (strcmp(stories[i]->name, name) == 0) {
            *out = stories[i];
            return EXIT_DONE;
        }
    enum exit_code code = failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                                      "no story of a \"%s\"", name);
    failure_hint(&context->failure, "practitioner or supplier");
    return code;
}

static enum exit_code run(struct context *context)
{
    char folder[PATH_MAX];
    const struct demo_story *story = NULL;
    enum exit_code code = find_story(context, &story);
    if (code != EXIT_DONE)
        return code;
    /* whatever ends the story, the temporary folder goes first */
    sigset_t before, awaited = awaited_signals();
    sigprocmask(SIG_BLOCK, &awaited, &before);
    signal(SIGCHLD, SIG_DFL); /* ignored, it would take the steps' exit codes along */
    signal(SIGPIPE, SIG_IGN);
    struct ending ending = {make_folder(context, folder), 0};
    if (ending.code == EXIT_DONE) {
        ending = tell_in(context, story, folder);
        if (!option(context, "keep"))
            remove_folder(folder);
    }
    signal(SIGPIPE, SIG_DFL);
    if (ending.signal)
        end_by(ending.signal);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ending.code;
}

const struct command demo_command = {
    .name = "demo",
    .summary = "A story on the virtual instrument: a client's, or a pigment supplier's.",
    .usage = "[STORY]",
    .arguments = arguments,
    .arguments_max = 1,
    .options = {{demo_options}},
    .examples = {"demo --keep first-client", "demo supplier"},
    .run = run,
};
