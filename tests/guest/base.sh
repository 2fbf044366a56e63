#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes what does not change of the guest: the kernel of the Debian release that runs this,
# the modules for USB/IP and CDC-ACM, busybox and udev.
# usage: base.sh FOLDER     makes FOLDER/vmlinux and FOLDER/base.cpio
set -eu
export LC_ALL=C
# shellcheck source=tests/guest/files.sh
. "$(dirname "$0")/files.sh"
folder=$(realpath -m "$1")
root=$folder/base
modules='common/usb-common core/usbcore usbip/usbip-core usbip/vhci-hcd class/cdc-acm'

# The package that linux-image-amd64 stands for; the cloud's kernel has no USB.
find_package() {
    apt-cache depends linux-image-amd64 2>/dev/null |
        sed -n 's/^ *Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1
}

# Into download/; prints nothing.
download() {
    package=$(find_package)
    [ -n "$package" ] && cd download && rm -f -- *.deb &&
        apt-get -qq download "$package" >/dev/null 2>&1
}

mkdir -p "$folder"
cd "$folder"
rm -rf base kernel download
mkdir -p base/modules kernel download
# The list of packages may be missing or old.
(download) || { apt-get -qq update >/dev/null 2>&1 && (download); } || {
    echo "apt cannot download the kernel that linux-image-amd64 stands for"
    exit 1
}

# Unpacking the whole package would take half a gigabyte.
package=$(find_package)
version=${package#linux-image-}
drivers=./lib/modules/$version/kernel/drivers/usb
set --
for module in $modules; do
    set -- "$@" "$drivers/$module.ko*"
done
dpkg-deb --fsys-tarfile download/*.deb |
    tar -x -C kernel --wildcards "./boot/vmlinuz-$version" "$@"

# QEMU boots the kernel inside as it is; unpacking it in the guest takes two seconds.
magic=$(printf '\3757zXZ')
start=$(grep -abom 1 -- "$magic" "kernel/boot/vmlinuz-$version" | head -n 1 | cut -d : -f 1)
tail -c +$((start + 1)) "kernel/boot/vmlinuz-$version" | xz -dc --single-stream >vmlinux.new

number=0
for module in $modules; do
    number=$((number + 1)) # the order in which they are loaded
    file=kernel/$drivers/$module.ko
    [ ! -e "$file.xz" ] || xz -d "$file.xz"
    cp "$file" "base/modules/$number-${module##*/}.ko"
done

mkdir -p base/bin base/lib/udev/rules.d
for program in busybox udevadm; do
    cp "$(command -v $program)" base/bin/
    add_libraries "base/bin/$program"
done
ln -s udevadm base/bin/systemd-udevd
for rules in /lib/udev/rules.d /usr/lib/udev/rules.d; do
    [ ! -e $rules/50-udev-default.rules ] ||
        cp $rules/50-udev-default.rules base/lib/udev/rules.d/
done
pack "$root" base.cpio.new
rm -rf base kernel download
mv vmlinux.new vmlinux
mv base.cpio.new base.cpio
