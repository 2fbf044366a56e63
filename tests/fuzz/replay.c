/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds the corpus of a fuzzing target to it, so that make check replays what fuzzing
 * once found: the files of tests/fuzz/corpus/NAME, where NAME is the program's. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { INPUT_MAX = 1 << 20, PATH_TEXT_MAX = 4096 };

/* 0 when the file could be read and the target came back. */
static int replay(const char *path, uint8_t *bytes)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return 1;
    size_t size = fread(bytes, 1, INPUT_MAX, file);
    int failed = ferror(file);
    fclose(file);
    LLVMFuzzerTestOneInput(bytes, size);
    return failed != 0;
}

static int replay_all(const char *folder, uint8_t *bytes, int *count)
{
    int failed = 0;
    DIR *directory = opendir(folder);
    for (struct dirent *entry = directory ? readdir(directory) : NULL; entry;
         entry = readdir(directory)) {
        char path[PATH_TEXT_MAX + 260];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        failed += replay(path, bytes);
        (*count)++;
    }
    if (directory)
        closedir(directory);
    return failed;
}

int main(int argc, char **argv)
{
    char folder[PATH_TEXT_MAX];
    const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    snprintf(folder, sizeof folder, "tests/fuzz/corpus/%s", slash ? slash + 1 : argv[0]);
    uint8_t *bytes = malloc(INPUT_MAX);
    int count = 0;
    int failed = bytes ? replay_all(folder, bytes, &count) : 1;
    free(bytes);
    if (count == 0)
        failed++;
    printf("%d passed, %d failed, 0 skipped\n", count - (count > 0 ? failed : 0), failed);
    return failed > 0;
}
