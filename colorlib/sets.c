/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sets.h"

uint64_t sets_count(size_t n, size_t size)
{
    uint64_t count = 1;
    for (size_t k = 0; k < size; k++)
        count = count * (n - k) / (k + 1);
    return n < size ? 0 : count;
}

void sets_first(size_t *member, size_t size)
{
    for (size_t k = 0; k < size; k++)
        member[k] = k;
}

enum status sets_next(size_t *member, size_t size, size_t n)
{
    size_t k = size;
    while (k > 0 && member[k - 1] == n - size + k - 1)
        k--;
    if (k == 0)
        return STATUS_NOT_FOUND;
    member[k - 1]++;
    for (; k < size; k++)
        member[k] = member[k - 1] + 1;
    return STATUS_OK;
}
