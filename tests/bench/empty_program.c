/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What starting a process costs before it does anything. */
int main(void)
{
    return 0;
}
