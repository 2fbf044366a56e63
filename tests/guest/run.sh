#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the program on a real kernel, in an emulated machine: real usbfs, cdc_acm and udev,
# and the virtual CM-700d over USB/IP.
# usage: run.sh FOLDER     keeps the kernel there; in FOLDER/tests is what is to be tested
# environment: REQUIRE_GUEST=1 makes a failure of what would be skipped.
set -u
export LC_ALL=C.UTF-8
here=$(dirname "$0")
# shellcheck source=tests/guest/files.sh
. "$here/files.sh"
cache=$(realpath "$1")
root=$cache/tests
limit=180 # seconds of the machine's life; it needs a quarter of that

# skip WHY
skip() {
    echo "skipped: guest: $1"
    if [ "${REQUIRE_GUEST:-}" = 1 ]; then
        echo "FAILED guest: REQUIRE_GUEST=1 is set"
        echo '0 passed, 1 failed, 0 skipped'
        exit 1
    fi
    echo '0 passed, 0 failed, 1 skipped'
    exit 0
}

[ "$(uname -m)" = x86_64 ] || skip "the guest is an amd64 machine, this is $(uname -m)"
for tool in qemu-system-x86_64 busybox udevadm cpio xz dpkg-deb apt-cache ldd; do
    command -v $tool >/dev/null || skip "there is no $tool"
done
if [ -z "$(find "$cache/base.cpio" -newer "$here/base.sh" 2>/dev/null)" ]; then
    why=$("$here/base.sh" "$cache") || skip "${why:-the guest cannot be made}"
fi

# What changes: the program as it is installed, the instrument, the tests.
for program in "$root"/usr/bin/*; do
    add_libraries "$program"
done
cp "$here/init.sh" "$root/init"
pack "$root" "$cache/tests.cpio"
cat "$cache/base.cpio" "$cache/tests.cpio" >"$cache/initrd"

# Emulated throughout, for the machine's own virtualisation may be none; q35, for a microvm
# has no clock to measure the processor's with and hangs now and then.
timeout -k 5 $limit qemu-system-x86_64 -M q35 -accel tcg -cpu max -m 384 -smp 1 -nodefaults \
    -no-user-config -no-reboot -display none -serial "file:$cache/console.log" \
    -chardev "file,id=results,path=$cache/results.log" \
    -device isa-serial,chardev=results \
    -device isa-debug-exit,iobase=0x501,iosize=1 \
    -kernel "$cache/vmlinux" -initrd "$cache/initrd" \
    -append 'console=ttyS0 quiet panic=-1 nokaslr mitigations=off random.trust_cpu=on no_timer_check' \
    </dev/null >"$cache/qemu.log" 2>&1
code=$?
cat "$cache/results.log"
# the guest ends with 0 or 1, which the machine's exit port makes 1 or 3
case $code in
1 | 3)
    tail -n 1 "$cache/results.log" | grep -qE '^[0-9]+ passed, [0-9]+ failed, 0 skipped$' &&
        exit $((code / 2))
    ;;
esac
tail -n 5 "$cache/qemu.log" "$cache/console.log"
echo "FAILED guest: the machine ended with code $code (124: after $limit s)"
echo '0 passed, 1 failed, 0 skipped'
exit 1
