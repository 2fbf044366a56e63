/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

/* The one place where a signal handler can leave word. */
static volatile sig_atomic_t seen;

static void handle(int signal_number)
{
    seen = signal_number;
}

void interrupt_watch(void)
{
    struct sigaction action = {.sa_handler = handle}; /* no SA_RESTART: reads end */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    sigaction(SIGPIPE, &action, NULL);
}

bool interrupt_seen(void)
{
    return seen != 0;
}

void interrupt_finish(void)
{
    int signal_number = seen;
    if (signal_number != SIGHUP && signal_number != SIGPIPE)
        return;
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}
