/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/shelf.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/process.h"

const char shelf_bottles[] =
    "carbon,cool-grey,neutral,warm-brown,dark-brown,red-oxide,yellow-oxide,"
    "titanium-white,carbon-2,cool-grey-2,neutral-2,warm-brown-2,dark-brown-2,"
    "red-oxide-2,yellow-oxide-2,titanium-white-2";

void shelf_make(struct shelf *out)
{
    char command[3 * SHELF_PATH_SIZE];
    *out = (struct shelf){.folder = "/tmp/bench.XXXXXX"};
    process_must(mkdtemp(out->folder) != NULL, "a temporary folder");
    snprintf(out->profiles, sizeof out->profiles, "%s/profiles", out->folder);
    snprintf(
        command, sizeof command,
        "mkdir -p %s/pigments && cd profiles/pigments && for f in *; do "
        "sed 's/^SMP_ID \"[^\"]*/&-2/' $f >%s/pigments/${f%%.*}-2.cgats || exit; done",
        out->profiles, out->profiles);
    process_must(system(command) == 0, "a second lot of every bottle");
}

void shelf_clear(const struct shelf *shelf)
{
    char command[SHELF_PATH_SIZE];
    snprintf(command, sizeof command, "rm -r %s", shelf->folder);
    process_must(system(command) == 0, command);
}
