#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Installs what the build needs on Debian 12: packages of scripts/packages.txt, Python packages of
# scripts/requirements.txt if there is one, and HiGHS. Does nothing if nothing of that has changed since the last time.
#   scripts/bootstrap.sh [build] [check]        sets of packages.txt; default: build
set -euo pipefail
cd "$(dirname "$0")/.."

sets=("${@:-build}")
cache=.cache
mkdir -p "$cache"

step() {  # step "what" command...: runs it and prints what it was and how long it took
  local what=$1 started=$SECONDS
  shift
  "$@"
  printf 'bootstrap: %-44s %4d s\n' "$what" $((SECONDS - started))
}

packages_of() {  # the packages of one set
  awk -v wanted="[$1]" '/^\[/ {inside = ($1 == wanted)} inside && /^[a-z0-9]/ {print $1}' scripts/packages.txt
}

missing_packages() {  # those of the packages given that are not installed
  local installed
  # dpkg-query fails where it does not know a package: that is an answer too.
  installed=$({ dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2> /dev/null || true; } |
    awk '$2 == "installed" {print $1}')
  printf '%s\n' "$@" | grep -vxF -f <(printf '%s\n' "$installed") || true
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@" < /dev/null
  elif [ -t 0 ] && [ -z "${CI:-}" ]; then
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo -n env DEBIAN_FRONTEND=noninteractive "$@" < /dev/null
  fi
}

try_thrice() {  # a mirror or the network may fail once
  local attempt log=$cache/bootstrap.log
  for attempt in 1 2 3; do
    if "$@" > "$log" 2>&1; then return 0; fi
    echo "bootstrap: attempt $attempt failed: $*" >&2
    tail -n 5 "$log" >&2
    sleep $((attempt * 5))
  done
  return 1
}

install_packages() {
  local wait_for_lock=(-o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  try_thrice as_root apt-get "${wait_for_lock[@]}" update -q
  try_thrice as_root apt-get "${wait_for_lock[@]}" install -q -y --no-install-recommends "$@"
}

install_set() {
  local wanted missing
  mapfile -t wanted < <(packages_of "$1")
  if [ ${#wanted[@]} -eq 0 ]; then
    echo "bootstrap: scripts/packages.txt has no set [$1]" >&2
    exit 2
  fi
  if ! command -v apt-get > /dev/null; then
    echo "bootstrap: not a Debian system; make sure that it has: ${wanted[*]}" >&2
    return
  fi
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  if [ ${#missing[@]} -eq 0 ]; then return; fi
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo > /dev/null; then
    echo "bootstrap: neither root nor sudo; have someone install: ${missing[*]}" >&2
    exit 1
  fi
  echo "bootstrap: installing ${missing[*]}"
  install_packages "${missing[@]}"
}

install_requirements() {
  [ -x .venv/bin/python ] || python3 -m venv .venv
  try_thrice .venv/bin/python -m pip install --quiet --disable-pip-version-check -r scripts/requirements.txt
}

fingerprint() {  # of everything that decides what bootstrap does
  { for name in "${sets[@]}"; do echo "$name"; packages_of "$name"; done
    cat scripts/bootstrap.sh scripts/requirements.txt scripts/get_highs.sh 2> /dev/null || true
    cat /etc/machine-id 2> /dev/null || true
  } | sha256sum | cut -d' ' -f1
}

is_in_place() {  # the stamp may have come from elsewhere with a copied folder
  local tool
  for tool in g++ cmake ninja python3; do command -v $tool > /dev/null || return 1; done
  [ ! -f scripts/get_highs.sh ] || compgen -G '.cache/highs-*/lib/libhighs.so*' > /dev/null
}

stamp=$cache/bootstrap-$(IFS=-; echo "${sets[*]}").stamp
now=$(fingerprint)
if [ "$(cat "$stamp" 2> /dev/null || true)" = "$now" ] && is_in_place; then
  exit 0
fi
for name in "${sets[@]}"; do step "Debian packages [$name]" install_set "$name"; done
if [ -f scripts/requirements.txt ]; then step "Python packages (.venv)" install_requirements; fi
if [ -f scripts/get_highs.sh ]; then step "HiGHS" try_thrice sh scripts/get_highs.sh; fi
echo "$now" > "$stamp"
