#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fetches the HiGHS binary distribution named in docs/decisions/0002-highs.md into .cache/ (idempotent).
set -eu
version=1.15.1
wheel=highsbox-$version-py3-none-manylinux2014_x86_64.whl
sha256=17f30d23ef37488467732b45f141146f7c287826a576b4514ae39a8cc4068b28

root=$(cd "$(dirname "$0")/.." && pwd)
target=$root/.cache/highs-$version
if [ -f "$target/lib/libhighs.so" ] && [ "$(cat "$target/.sha256" 2>/dev/null)" = "$sha256" ]; then
  exit 0
fi

work=$root/.cache/highs-$version.$$
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
python3 -m pip download --quiet --no-deps --only-binary :all: --platform manylinux2014_x86_64 \
  --dest "$work" "highsbox==$version"
echo "$sha256  $work/$wheel" | sha256sum --check --quiet -
python3 -m zipfile -e "$work/$wheel" "$work/wheel"
tree=$work/wheel/highsbox-$version.data/purelib/highsbox/highs_dist
echo "$sha256" > "$tree/.sha256"
rm -rf "$target"
mv "$tree" "$target"
echo "HiGHS $version is in $target"
