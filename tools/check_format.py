#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that C++ files are laid out as clang-format 14 does with .clang-format; --fix lays them out."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import repository

PROGRAM = "clang-format-14"


def is_formatted(path: Path) -> bool:
    command = [PROGRAM, "--dry-run", "-Werror", "--style=file", str(path)]
    return subprocess.run(command, capture_output=True).returncode == 0


def main() -> int:
    parser = repository.parser(__doc__)
    parser.add_argument("--fix", action="store_true", help="format in place")
    parser.add_argument("paths", nargs="*", type=Path, help="files (default: all C++ files of the repository)")
    arguments = parser.parse_args()
    if not shutil.which(PROGRAM):
        repository.fail_usage(f"check_format: no {PROGRAM}; run scripts/bootstrap.sh check")
    root = arguments.root.resolve()
    files = arguments.paths or repository.cpp_files(root)
    if arguments.fix and files:
        subprocess.run([PROGRAM, "-i", "--style=file", *map(str, files)], check=True)
        print(f"check_format: formatted {len(files)} files")
        return 0
    with ThreadPoolExecutor(2) as pool:
        good = list(pool.map(is_formatted, files))
    problems = [f"{path.resolve().relative_to(root)}: not formatted (make format)" for path, is_good in zip(files, good) if not is_good]
    return repository.report("check_format", problems, f"{len(files)} files")


if __name__ == "__main__":
    sys.exit(main())
