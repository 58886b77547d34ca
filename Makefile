# The commands of this project; `make help` lists them. Each installs what it needs (Debian 12) and can be repeated.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules

JOBS ?= $(shell nproc 2>/dev/null || echo 2)
FUZZ_SECONDS ?= 20
PYTHON ?= python3
# Without the clone's own path in it, the compiler cache serves every clone on the machine.
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1
# A leak that a library makes once is listed with its reason.
export ASAN_OPTIONS := detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1
export LSAN_OPTIONS := suppressions=$(CURDIR)/scripts/lsan.supp:print_suppressions=0
export UBSAN_OPTIONS := print_stacktrace=1

CTEST := ctest --output-on-failure --no-tests=error --timeout 300 -j $(JOBS)

.PHONY: help bootstrap configure build demo test test-all gates tidy asan tsan fuzz docs format clean
.PHONY: bench bench-attack bench-ensemble bench-rules bench-stochastic bench-smoke bench-bootstrap bench-tools bench-instructions
.PHONY: bench-baseline

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-19s %s\n", $$1, $$2}' Makefile

bootstrap:  ## install packages and HiGHS (instant when nothing changed)
	@scripts/bootstrap.sh build

configure: bootstrap
	@cmake --preset release --log-level=WARNING > /dev/null

build: configure  ## build/bin/pinchpoint (Release)
	@cmake --build build -j $(JOBS) --target pinchpoint

demo: build  ## build, then plan the Stargate study
	build/bin/pinchpoint plan studies/stargate

build-tests: configure
	@cmake --build build -j $(JOBS)

test: build-tests  ## build and run all tests but those labelled slow
	@$(CTEST) --test-dir build --label-exclude slow

test-all: build-tests  ## build and run all tests
	@$(CTEST) --test-dir build

gates: bootstrap-check  ## format, layers, sizes, slugs, words, generated pages, headers
	@$(PYTHON) tools/check_format.py
	@$(PYTHON) tools/check_layers.py
	@$(PYTHON) tools/check_sizes.py
	@$(PYTHON) tools/check_slugs.py
	@$(PYTHON) tools/check_words.py
	@$(PYTHON) tools/generate_docs.py --check --program none
	@cmake --preset release --log-level=WARNING > /dev/null
	@$(PYTHON) tools/check_headers.py --jobs $(JOBS)

bootstrap-check:
	@scripts/bootstrap.sh build check

tidy: bootstrap-check build-tests  ## clang-tidy on what changed lately (ALL=1: on everything)
	@$(PYTHON) tools/check_tidy.py --jobs $(JOBS) $(if $(ALL),--all)

asan: bootstrap  ## all tests but the slow and the studies under address and undefined-behaviour sanitizers
	@cmake --preset asan --log-level=WARNING > /dev/null
	@cmake --build build-asan -j $(JOBS)
	@$(CTEST) --test-dir build-asan --timeout 900 --label-exclude "slow|tools|study"

tsan: bootstrap  ## all tests but the slow and the studies under the thread sanitizer
	@cmake --preset tsan --log-level=WARNING > /dev/null
	@cmake --build build-tsan -j $(JOBS)
	@$(CTEST) --test-dir build-tsan --timeout 900 --label-exclude "slow|tools|study"

fuzz: bootstrap-check  ## every fuzz target for FUZZ_SECONDS (20)
	@cmake --preset fuzz --log-level=WARNING > /dev/null
	@cmake --build build-fuzz -j $(JOBS)
	@scripts/run_fuzz.sh build-fuzz $(FUZZ_SECONDS)

BENCH_PYTHON := .cache/bench-venv/bin/python

# The stamp is newer than the list of peers once all of them are there.
.cache/bench-venv/stamp: bench/requirements.txt
	@$(PYTHON) -m venv .cache/bench-venv
	@$(BENCH_PYTHON) -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	@touch $@

bench-bootstrap:
	@scripts/bootstrap.sh build bench

bench-tools: bench-bootstrap build .cache/bench-venv/stamp
	@cmake --build build -j $(JOBS) --target assembly_bench

bench: bench-tools  ## races against linopy, Pyomo, HiGHS, glpsol, PyPSA: docs/bench/races.md
	@$(BENCH_PYTHON) bench/races/run.py
	@$(MAKE) bench-ensemble

bench-smoke: bench-tools  ## every race once on tiny sizes: answers checked, no time counts
	@$(BENCH_PYTHON) bench/races/run.py --quick

bench-ensemble: bench-tools  ## ensembles against HiGHS in loops and linopy: docs/bench/ensemble.md
	@cmake --build build -j $(JOBS) --target ensemble_bench
	@$(BENCH_PYTHON) bench/races/ensemble_race.py

bench-rules: configure  ## a million verdicts of the shipped rule base: docs/bench/rules.md
	@cmake --build build -j $(JOBS) --target rules_bench
	@build/bin/rules_bench 1000000 $(JOBS)

bench-stochastic: bench-bootstrap build  ## stochastic programs against their references: docs/bench/stochastic.md
	@cmake --build build -j $(JOBS) --target stochastic_bench
	@build/bin/stochastic_bench $(CURDIR) > build/stochastic.md && mv build/stochastic.md docs/bench/stochastic.md

bench-attack: bench-bootstrap build  ## the worst cuts of a study, proven, against one MIP: docs/bench/attack.md
	@cmake --build build -j $(JOBS) --target attack_bench
	@build/bin/attack_bench 300 $(JOBS) > build/attack.md && mv build/attack.md docs/bench/attack.md

bench-instructions: bench-bootstrap build  ## instructions counted against bench/baselines
	@cmake --build build -j $(JOBS) --target assembly_bench
	@$(PYTHON) tools/bench_instructions.py

bench-baseline: bench-bootstrap build  ## keep the instructions counted now as the baseline
	@cmake --build build -j $(JOBS) --target assembly_bench
	@$(PYTHON) tools/bench_instructions.py --update

docs: build  ## make docs/tables, docs/diagnostics, docs/cli and the world's provenance anew
	@$(PYTHON) tools/generate_docs.py
	@$(PYTHON) tools/provenance_table.py data/world --into docs/guide/provenance.md

format: bootstrap-check  ## format C++ in place
	@$(PYTHON) tools/check_format.py --fix

clean:  ## remove what was built; keeps downloads
	@rm -rf build build-*
