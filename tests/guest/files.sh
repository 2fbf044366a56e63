# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# What goes into a guest's file system; sourced.

# add_libraries FILE: the program's libraries, where its linker looks for them
add_libraries() {
    ldd "$1" 2>/dev/null | grep -o '/[^ ]*' | while read -r library; do
        mkdir -p "${root:?}$(dirname "$library")"
        cp -L "$library" "$root$library"
    done
}

# pack FOLDER FILE: as an initramfs, everything owned by root
pack() {
    (cd "$1" && find . | cpio --quiet -o -H newc -R 0:0) >"$2"
}
