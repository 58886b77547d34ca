#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs every fuzz target of a build for so many seconds, from the corpus in tests/fuzz/corpus/<target>.
#   scripts/run_fuzz.sh BUILD_DIR [SECONDS]
# New inputs go to .cache/fuzz/<target>; a crashing one to .cache/fuzz/crashes, with the command that repeats it.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
seconds=${2:-20}

export ASAN_SYMBOLIZER_PATH=/usr/lib/llvm-16/bin/llvm-symbolizer

shopt -s nullglob
targets=("$build"/bin/fuzz_* "$build"/bin/*_fuzz)
if [ ${#targets[@]} -eq 0 ]; then
  echo "fuzz: no targets in $build/bin" >&2
  exit 1
fi
mkdir -p .cache/fuzz/crashes
failed=0
for target in "${targets[@]}"; do
  name=$(basename "$target")
  grown=.cache/fuzz/$name
  log=.cache/fuzz/$name.log
  mkdir -p "$grown"
  corpus=("$grown")
  for kept in "tests/fuzz/corpus/$name" "tests/fuzz/corpus/${name#fuzz_}" "tests/fuzz/corpus/${name%_fuzz}"; do
    if [ -d "$kept" ]; then corpus+=("$kept"); fi
  done
  if "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
      -artifact_prefix=.cache/fuzz/crashes/"$name"- "${corpus[@]}" > "$log" 2>&1 < /dev/null; then
    runs=$(awk '/stat::number_of_executed_units/ {print $2}' "$log")
    printf 'fuzz: %-32s %10s runs in %s s, no failure\n' "$name" "${runs:-?}" "$seconds"
  else
    failed=1
    echo "fuzz: $name failed; log:" >&2
    tail -n 60 "$log" >&2
    echo "fuzz: repeat with: $target <the file under .cache/fuzz/crashes/>" >&2
  fi
done
exit $failed
