# scalptone: build, test, install. `make help` lists the targets.
# SPDX-License-Identifier: GPL-3.0-or-later

NAME    := scalptone
VERSION := 0.1.0

# -- settings ---------------------------------------------------------------
VARIANT ?= release
B       ?= build/$(VARIANT)

prefix       ?= /usr/local
bindir       ?= $(prefix)/bin
pkgdatadir   ?= $(prefix)/share/$(NAME)
udevrulesdir ?= /lib/udev/rules.d

# What is needed and the Debian package that has it: commands or files, libraries by
# their names in pkg-config. GNU parallel alone has parcat; there is another "parallel".
COMPILER  := $(firstword $(CC))
TOOLS     := $(COMPILER):$(if $(findstring clang,$(COMPILER)),clang,gcc) \
             /usr/include/stdio.h:libc6-dev pkg-config:pkg-config jq:jq \
             umockdev-wrapper:umockdev parcat:parallel
LIBRARIES := lcms2:liblcms2-dev gsl:libgsl-dev jansson:libjansson-dev \
             smartcols:libsmartcols-dev inih:libinih-dev \
             libusb-1.0:libusb-1.0-0-dev umockdev-1.0:libumockdev-dev check:check
GUEST     := qemu-system-x86_64:qemu-system-x86 busybox:busybox-static udevadm:udev \
             cpio:cpio xz:xz-utils
LINTERS   := clang-format:clang-format shellcheck:shellcheck cppcheck:cppcheck clang:clang

# Measured spectra that tests read where they are present.
TEST_DATA ?= ../shared/data

# The recipe problem that other programs were given, solved again by `make bench`.
PEERS ?= ../shared/peers

COLORLIB_PKGS := lcms2 gsl jansson inih
CLI_PKGS      := jansson smartcols lcms2 inih
DRIVER_PKGS   := libusb-1.0
USB_TEST_PKGS := umockdev-1.0

# Ask pkg-config only where something is built; before `make deps` it may be missing.
pkg_cflags := $(shell pkg-config --cflags $(COLORLIB_PKGS) $(DRIVER_PKGS) $(CLI_PKGS) \
                  check 2>/dev/null)
# GSL from its archive, where there is one: mapping its libraries is a tenth of each start.
gsl_archive   = $(wildcard $(shell pkg-config --variable=libdir gsl)/libgsl.a)
colorlib_libs = $(patsubst -lgsl%,$(if $(gsl_archive),-l:libgsl%.a,-lgsl%), \
                    $(shell pkg-config --libs $(COLORLIB_PKGS)))
cli_libs      = $(shell pkg-config --libs $(CLI_PKGS))
driver_libs   = $(shell pkg-config --libs $(DRIVER_PKGS))
usb_test_libs = $(shell pkg-config --libs $(USB_TEST_PKGS))
usb_test_cflags = $(shell pkg-config --cflags $(USB_TEST_PKGS))
check_libs    = $(shell pkg-config --libs check)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla -Wstrict-prototypes \
            -Wmissing-prototypes -Wswitch-enum

# gcc brings OpenMP along, clang needs libomp-dev; without it the program has one thread.
OPENMP ?= $(shell echo 'int main(void) { return 0; }' | \
              $(CC) -fopenmp -x c -o /dev/null - 2>/dev/null && echo yes)
openmp := $(if $(OPENMP),-fopenmp,-fopenmp-simd -Wno-unknown-pragmas)

# Without errno and traps, which change no result, loops over lanes become vector code.
# Variants that do not optimise leave them as they are, which clang would remark.
lanes_flags := -fno-math-errno -fno-trapping-math -Wno-pass-failed

flags_release  := -O2 -g
flags_asan     := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
                  -fno-omit-frame-pointer
flags_coverage := -O0 -g --coverage
flags_fuzz     := -O1 -g -fsanitize=address,undefined,fuzzer-no-link \
                  -fno-sanitize-recover=all -fno-omit-frame-pointer

# The program finds its data from where it lies, so that it may be installed anywhere.
datadir_from_bin := $(shell realpath -ms --relative-to=$(bindir) $(pkgdatadir))

cppflags = -I. -I$(B) -D_XOPEN_SOURCE=700 -DSCALPTONE_NAME='"$(NAME)"' \
           -DSCALPTONE_VERSION='"$(VERSION)"' -DSCALPTONE_DATADIR='"$(datadir_from_bin)"' \
           $(pkg_cflags) $(CPPFLAGS)
# Contraction would make results depend on the compiler.
cflags   = -std=c17 $(WARNINGS) -ffp-contract=off $(openmp) $(WERROR) $(flags_$(VARIANT)) \
           $(CFLAGS)
ldflags  = $(openmp) $(flags_$(VARIANT)) $(LDFLAGS)

# -- what there is ----------------------------------------------------------
COLORLIB_C := $(wildcard colorlib/*.c)
CLI_C      := $(wildcard cli/*.c)
DRIVER_C   := $(wildcard driver/*.c)
TABLES     := $(patsubst %.csv,$(B)/%.inc,$(wildcard colorlib/data/*.csv \
                  driver/data/*.csv profiles/mie/*.csv))
PROFILES_C := $(wildcard profiles/mie/*.c)

COLORLIB_TESTS := $(patsubst %.c,$(B)/%,$(wildcard tests/colorlib/test_*.c))
DRIVER_TESTS   := $(patsubst %.c,$(B)/%,$(wildcard tests/driver/test_*.c))
USB_TESTS      := $(patsubst %.c,$(B)/%,$(wildcard tests/usb/test_*.c))
PROFILES_TESTS := $(patsubst %.c,$(B)/%,$(wildcard tests/profiles/test_*.c))
STUDY_TESTS    := $(patsubst %.c,$(B)/%,$(wildcard tests/study/test_*.c))
BENCH_TESTS    := $(patsubst %.c,$(B)/%,$(wildcard tests/bench/test_*.c))
FUZZ_PROGRAMS  := $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/fuzz_*.c))
CLI_TESTS      := $(wildcard tests/cli/test_*.sh)
CLI_C_TESTS    := $(patsubst %.c,$(B)/%,$(wildcard tests/cli/test_*.c))
TEST_PROGRAMS  := $(CLI_C_TESTS) $(COLORLIB_TESTS) $(DRIVER_TESTS) $(USB_TESTS) \
                  $(PROFILES_TESTS) $(STUDY_TESTS) $(BENCH_TESTS) $(FUZZ_PROGRAMS)
GUEST_PROGRAM  := $(B)/tests/guest/virtual_cm700d
GROWTH_C       := $(wildcard tests/bench/growth*.c)
BENCH_C        := $(filter-out tests/bench/test_% %/empty_program.c $(GROWTH_C),\
                  $(wildcard tests/bench/*.c))
PEER_C         := $(wildcard tests/bench/peer_*.c)
STUDY_C        := $(filter-out tests/study/test_% tests/study/main.c,\
                  $(wildcard tests/study/*.c))

# Installs the Debian packages of missing commands or files (1) and libraries (2), with
# options of apt-get (3); says so in one line, says nothing when all are there.
define install_missing
@missing=; \
for p in $(1); do case $$p in \
    /*) [ -e "$${p%%:*}" ] ;; \
    *) command -v "$${p%%:*}" >/dev/null ;; esac || missing="$$missing $${p##*:}"; done; \
for p in $(2); do \
    pkg-config --exists "$${p%%:*}" 2>/dev/null || missing="$$missing $${p##*:}"; done; \
[ -n "$$missing" ] || exit 0; \
sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
for c in apt-get $$sudo; do command -v $$c >/dev/null || { \
    echo "Please install:$$missing (there is no $$c to do it here)" >&2; exit 1; }; done; \
echo "Installing through apt:$$missing"; \
$$sudo apt-get -qq update; \
$$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install $(3) $$missing >/dev/null
endef

# -- targets ----------------------------------------------------------------
.PHONY: all deps demo check check-guest tests profiles lint coverage bench bench-growth \
        study fuzz install install-udev uninstall clean help

all: $(B)/$(NAME) ## build the program

deps: ## install what is missing through apt
	$(call install_missing,$(TOOLS),$(LIBRARIES))

# A second make, so that pkg-config is asked after the packages are there.
demo: deps ## build, then run the main job on the virtual instrument
	@$(MAKE) --no-print-directory run-demo

check: deps ## build and run every test
	@$(MAKE) --no-print-directory run-check

# Where they cannot be installed it says what is missing, and skips.
check-guest: deps ## run the program on a real kernel in an emulated machine
	-$(call install_missing,$(GUEST),,--no-install-recommends)
	@$(MAKE) --no-print-directory run-check-guest

.PHONY: run-demo run-check run-check-guest run-bench run-bench-growth run-study
run-demo: all
	@$(B)/$(NAME) demo

tests: all $(TEST_PROGRAMS) $(GUEST_PROGRAM) ## build the tests without running them

run-bench: all $(B)/tests/bench/bench $(B)/tests/bench/empty_program
	@SCALPTONE_PEERS="$$(realpath -m $(PEERS))" \
	    $(B)/tests/bench/bench $(BENCH_OPTIONS) $(B)/$(NAME) $(B)/tests/bench/empty_program

run-bench-growth: $(B)/tests/bench/growth
	@$< $(PEERS) $(PICTURE)

run-check: tests
	@SCALPTONE="$$(realpath $(B)/$(NAME))" \
	SCALPTONE_TEST_DATA="$$(realpath -m $(TEST_DATA))" \
	    tests/run.sh $(B)/tests $(TEST_PROGRAMS) $(CLI_TESTS)

run-check-guest: all $(GUEST_PROGRAM)
	@rm -rf build/guest/tests
	@$(MAKE) --no-print-directory -s DESTDIR=build/guest/tests prefix=/usr \
	    udevrulesdir=/lib/udev/rules.d install install-udev
	@cp $(GUEST_PROGRAM) build/guest/tests/usr/bin/
	@tests/guest/run.sh build/guest

fuzz: ## fuzz what reads foreign bytes, FUZZ_SECONDS (60) each, two at a time
	$(call install_missing,clang:clang /usr/share/doc/libclang-rt-14-dev:libclang-rt-14-dev,)
	@$(MAKE) --no-print-directory VARIANT=fuzz CC=clang run-fuzz

FUZZ_SECONDS ?= 60
.PHONY: run-fuzz
run-fuzz: $(FUZZ_PROGRAMS)
	@tests/fuzz/run.sh $(FUZZ_SECONDS) $(FUZZ_PROGRAMS)

profiles: $(B)/profiles/mie/make_profiles ## recompute the generic pigments and skins
	@for p in $$($<); do $< $$p >$(B)/profile && mv $(B)/profile profiles/$$p.cgats || exit; done

lint: ## check formatting, include directions, scripts and common mistakes
	$(call install_missing,$(LINTERS),)
	clang-format --dry-run -Werror $$(git ls-files '*.c' '*.h')
	tests/include_directions.sh
	shellcheck $$(git ls-files '*.sh') .ci/run
	cppcheck --quiet --error-exitcode=1 --std=c11 --inline-suppr \
	    --enable=warning,performance,portability -I. $$(git ls-files '*.c')

bench: deps ## time the program and its inner loops (BENCH_OPTIONS=--json)
	@$(MAKE) --no-print-directory run-bench

PICTURE ?= $(B)/growth.svg

bench-growth: deps ## how times grow with pigments and drops: a table and a PICTURE
	@$(MAKE) --no-print-directory run-bench-growth

CLIENTS ?= 500
SEED    ?= 1
BOTTLES ?= smp

study: deps ## how well forecasts and sessions do on CLIENTS (500) simulated clients
	@$(MAKE) --no-print-directory run-study

run-study: $(B)/tests/study/study
	@$< $(CLIENTS) $(SEED) $(BOTTLES)

coverage: ## line coverage of the libraries from their tests
	$(call install_missing,gcovr:gcovr,)
	@rm -rf build/coverage
	@$(MAKE) --no-print-directory VARIANT=coverage check
	gcovr --root . --filter colorlib/ --filter driver/ build/coverage

install: all ## install under prefix (DESTDIR honoured)
	install -d "$(DESTDIR)$(bindir)" "$(DESTDIR)$(pkgdatadir)"
	install -m 755 $(B)/$(NAME) "$(DESTDIR)$(bindir)/$(NAME)"
	find profiles -type f \( -name '*.cgats' -o -name '*.ini' \) \
	    -exec install -D -m 644 {} "$(DESTDIR)$(pkgdatadir)/{}" \;

install-udev: ## install the rule that grants access to the instrument
	install -D -m 644 udev/60-scalptone.rules \
	    "$(DESTDIR)$(udevrulesdir)/60-scalptone.rules"

uninstall: ## remove what install and install-udev put there
	rm -f "$(DESTDIR)$(bindir)/$(NAME)" "$(DESTDIR)$(udevrulesdir)/60-scalptone.rules"
	rm -rf "$(DESTDIR)$(pkgdatadir)"

clean: ## remove everything built
	rm -rf build

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile
	@echo "Settings: VARIANT=release|asan|coverage, CC=gcc|clang, prefix=, DESTDIR="

# -- rules ------------------------------------------------------------------
# Holds how things are compiled; newer than what was compiled otherwise.
$(B)/flags: export FLAGS = $(CC) $(cppflags) $(cflags) $(lanes_flags) $(ldflags)
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' "$$FLAGS" | cmp -s - $@ || printf '%s\n' "$$FLAGS" >$@

.PHONY: FORCE
FORCE:

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(cppflags) $(if $(filter tests/usb/%,$<),$(usb_test_cflags)) $(cflags) \
	    -MMD -MP -c -o $@ $<

$(B)/colorlib/lanes_%.o $(B)/colorlib/appearance_%.o $(B)/colorlib/recipe_bound.o \
$(B)/tests/bench/limit.o $(B)/tests/bench/peer_enumeration.o: private cflags += $(lanes_flags)

# Published tables stay CSV; comment lines carry the source.
$(B)/%.inc: %.csv
	@mkdir -p $(@D)
	awk '!/^#/ { print "{ " $$0 " }," }' $< > $@

$(COLORLIB_C:%.c=$(B)/%.o) $(DRIVER_C:%.c=$(B)/%.o) $(PROFILES_C:%.c=$(B)/%.o): | $(TABLES)

$(B)/libcolorlib.a: $(COLORLIB_C:%.c=$(B)/%.o)
	rm -f $@
	$(AR) rcs $@ $^

$(B)/libdriver.a: $(DRIVER_C:%.c=$(B)/%.o)
	rm -f $@
	$(AR) rcs $@ $^

$(B)/$(NAME): $(CLI_C:%.c=$(B)/%.o) $(B)/libcolorlib.a $(B)/libdriver.a
	$(CC) $(ldflags) -o $@ $^ $(cli_libs) $(colorlib_libs) $(driver_libs) -lm

# A room's tests link that room alone, so a stray dependency does not link.
$(COLORLIB_TESTS): $(B)/%: $(B)/%.o $(B)/tests/runner.o $(B)/libcolorlib.a
	$(CC) $(ldflags) -o $@ $^ $(colorlib_libs) $(check_libs) -lm

$(DRIVER_TESTS): $(B)/%: $(B)/%.o $(B)/tests/runner.o $(B)/libdriver.a
	$(CC) $(ldflags) -o $@ $^ $(driver_libs) $(check_libs) -lm

$(CLI_C_TESTS): $(B)/%: $(B)/%.o $(B)/tests/runner.o \
    $(patsubst %.c,$(B)/%.o,$(filter-out cli/main.c,$(CLI_C))) $(B)/libcolorlib.a \
    $(B)/libdriver.a
	$(CC) $(ldflags) -o $@ $^ $(cli_libs) $(colorlib_libs) $(driver_libs) $(check_libs) -lm

# libusb on virtual devices: the preload library comes first, so that it stands between
# libusb and the C library, also under the sanitizers.
$(USB_TESTS): $(B)/%: $(B)/%.o $(B)/tests/runner.o \
    $(patsubst %.c,$(B)/%.o,$(filter-out tests/usb/test_%,$(wildcard tests/usb/*.c))) \
    $(B)/libdriver.a
	$(CC) $(ldflags) -o $@ -Wl,--no-as-needed -lumockdev-preload $^ $(driver_libs) \
	    $(usb_test_libs) $(check_libs) -lm

# With libFuzzer's main where fuzzing, else with one that replays the corpus.
fuzz_main := $(if $(filter fuzz,$(VARIANT)),-fsanitize=fuzzer,$(B)/tests/fuzz/replay.o)
$(FUZZ_PROGRAMS): $(B)/%: $(B)/%.o $(B)/tests/fuzz/replay.o $(B)/libcolorlib.a \
    $(B)/libdriver.a
	$(CC) $(ldflags) -o $@ $< $(fuzz_main) $(B)/libcolorlib.a $(B)/libdriver.a \
	    $(colorlib_libs) $(driver_libs) -lm

$(GUEST_PROGRAM): $(B)/%: $(B)/%.o $(B)/tests/guest/usbip.o $(B)/tests/usb/vdev.o \
    $(B)/libdriver.a
	$(CC) $(ldflags) -o $@ $^ -lm

study_objects := $(STUDY_C:%.c=$(B)/%.o) $(B)/libcolorlib.a
$(STUDY_TESTS): $(B)/%: $(B)/%.o $(B)/tests/runner.o $(study_objects)
	$(CC) $(ldflags) -o $@ $^ $(colorlib_libs) $(check_libs) -lm

$(B)/tests/study/study: $(B)/tests/study/main.o $(study_objects)
	$(CC) $(ldflags) -o $@ $^ $(colorlib_libs) -lm

$(BENCH_TESTS): $(B)/%: $(B)/%.o $(B)/tests/runner.o $(PEER_C:%.c=$(B)/%.o) \
    $(B)/libcolorlib.a
	$(CC) $(ldflags) -o $@ $^ $(colorlib_libs) $(check_libs) -lm

$(B)/profiles/mie/make_profiles: $(PROFILES_C:%.c=$(B)/%.o) $(B)/libcolorlib.a
	$(CC) $(ldflags) -o $@ $^ $(colorlib_libs) -lm

$(B)/tests/bench/empty_program: $(B)/tests/bench/empty_program.o
	$(CC) $(flags_$(VARIANT)) -o $@ $^

$(B)/tests/bench/growth: $(GROWTH_C:%.c=$(B)/%.o) $(PEER_C:%.c=$(B)/%.o) \
    $(B)/tests/bench/process.o $(B)/tests/bench/timing.o $(B)/libcolorlib.a
	$(CC) $(ldflags) -o $@ $^ $(colorlib_libs) -lm

$(B)/tests/bench/bench: $(BENCH_C:%.c=$(B)/%.o) $(B)/libcolorlib.a $(B)/libdriver.a
	$(CC) $(ldflags) -o $@ $^ $(colorlib_libs) $(driver_libs) -lm

# What the profiles were made with, and the profiles as the program reads them.
$(PROFILES_TESTS): $(B)/%: $(B)/%.o $(B)/tests/runner.o \
    $(filter-out %/make_profiles.o,$(PROFILES_C:%.c=$(B)/%.o)) $(B)/libcolorlib.a
	$(CC) $(ldflags) -o $@ $^ $(colorlib_libs) $(check_libs) -lm

-include $(shell find $(B) -name '*.d' 2>/dev/null)
