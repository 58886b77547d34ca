#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles every header alone: it must include what it uses.

Results are kept in .cache/headers.json by the contents of the header and of all project headers it includes, so that a
second run compiles only what changed.
"""

import json
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import repository
from fingerprints import Fingerprints, KnownGood


def include_flags(root: Path, build: str) -> list[str]:
    """-I flags: src, tests, and what the build's compile commands name."""
    flags = {f"-I{root / 'src'}": None, f"-I{root / 'tests'}": None, f"-I{root / build / 'generated'}": None}
    commands = root / build / "compile_commands.json"
    for entry in json.loads(commands.read_text()) if commands.exists() else []:
        words = shlex.split(entry["command"])
        for at, word in enumerate(words):
            if word.startswith("-I"):
                flags[word] = None
            elif word == "-isystem":
                flags[f"-isystem{words[at + 1]}"] = None
    return list(flags)


def compile_alone(command: list[str], header: Path, root: Path) -> str:
    """Empty if the header compiles, else the compiler's words."""
    relative = header.relative_to(root).as_posix()
    name = relative.removeprefix("src/") if relative.startswith("src/") else str(header)
    source = f'#include "{name}"\n#include "{name}"\n'
    done = subprocess.run(command, input=source, capture_output=True, text=True, cwd=root)
    return "" if done.returncode == 0 else f"{relative}: does not compile alone\n{done.stderr[:2000]}"


def check(root: Path, build: str, compiler: str, jobs: int) -> tuple[list[str], str]:
    flags = include_flags(root, build)
    command = [compiler, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", *flags, "-x", "c++", "-"]
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
    own = [Path(flag[2:]) for flag in flags if flag.startswith("-I")]
    # The place of the clone does not matter, the rest of the command does.
    fingerprints = Fingerprints(own, version + " ".join(command).replace(str(root), ""))
    headers = [path for path in repository.cpp_files(root, ("src", "tests", "bench")) if path.suffix == ".hpp"]
    marks = {path: fingerprints.of(path) for path in headers}
    known = KnownGood(root / ".cache/headers.json")
    new = [path for path in headers if marks[path] not in known]
    with ThreadPoolExecutor(jobs) as pool:
        answers = list(pool.map(lambda path: compile_alone(command, path, root), new))
    known.keep({marks[path] for path in headers} - {marks[path] for path, answer in zip(new, answers) if answer})
    return [answer for answer in answers if answer], f"{len(headers)} headers, {len(new)} compiled"


def main() -> int:
    parser = repository.parser(__doc__)
    parser.add_argument("--build", default="build", help="build folder with compile_commands.json (default: build)")
    parser.add_argument("--compiler", default="g++", help="compiler (default: g++)")
    parser.add_argument("--jobs", type=int, default=2, help="compilers at a time (default: 2)")
    arguments = parser.parse_args()
    outcome = check(arguments.root.resolve(), arguments.build, arguments.compiler, arguments.jobs)
    return repository.report("check_headers", *outcome)


if __name__ == "__main__":
    sys.exit(main())
