/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sets.h"

uint64_t sets_count(size_t n, size_t size)
{
    if (n < size)
        return 0;
    /* as many as of those that are left out; on the way to the lesser of both sizes no
     * count is above the result */
    size_t lesser = size < n - size ? size : n - size;
    uint64_t count = 1;
    for (size_t k = 0; k < lesser; k++)
        count = count * (n - k) / (k + 1);
    return count;
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
