#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy on the C++ sources that changed since the last 20 commits, or on all of them.

It stops when its time is up: what was not reached is said, and is no failure. Files that were clean are remembered in
.cache/tidy.json and not looked at again until they, or headers they include, change.
"""

import json
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import repository
from fingerprints import Fingerprints, KnownGood

PROGRAM = "clang-tidy-16"
COMMITS = 20


def changed_files(root: Path) -> set[str] | None:
    """Paths changed since COMMITS commits ago, committed or not; nothing where history is shorter."""
    git = ["git", "-C", str(root)]
    base = subprocess.run([*git, "rev-parse", "--verify", "-q", f"HEAD~{COMMITS}"], capture_output=True, text=True)
    if base.returncode != 0:
        return None
    merge = subprocess.run([*git, "merge-base", "HEAD", base.stdout.strip()], capture_output=True, text=True, check=True)
    names = subprocess.run(
        [*git, "diff", "--name-only", merge.stdout.strip()], capture_output=True, text=True, check=True
    )
    return set(names.stdout.split("\n"))


def compiled_sources(root: Path, build: str) -> list[Path]:
    path = root / build / "compile_commands.json"
    if not path.exists():
        repository.fail_usage(f"check_tidy: no {path.relative_to(root)}; run make build first")
    files = {Path(entry["file"]) for entry in json.loads(path.read_text())}
    return sorted(file for file in files if file.is_relative_to(root) and not file.is_relative_to(root / build))


def with_changed_headers(sources: list[Path], changed: set[str], root: Path) -> list[Path]:
    """Sources that changed, and for each changed header the source of its name, if there is one."""
    chosen = []
    for source in sources:
        relative = source.relative_to(root).as_posix()
        header = relative.removesuffix(".cpp") + ".hpp"
        if relative in changed or header in changed:
            chosen.append(source)
    return chosen


def run_one(source: Path, build: Path, deadline: float) -> str | None:
    """clang-tidy's words ('' = clean), or nothing if there was no time."""
    left = deadline - time.monotonic()
    if left < 1:
        return None
    command = [PROGRAM, "-p", str(build), "--quiet", "--extra-arg=-Wno-unknown-warning-option", str(source)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=left)
    except subprocess.TimeoutExpired:
        return None
    return "" if done.returncode == 0 else (done.stdout + done.stderr).strip()


def check(root: Path, build: str, sources: list[Path], seconds: float, jobs: int) -> list[str | None]:
    """One answer a source, as of run_one; sources known to be clean are not run."""
    deadline = time.monotonic() + seconds
    fingerprints = Fingerprints([root / "src", root / "tests"], (root / ".clang-tidy").read_text())
    marks = {source: fingerprints.of(source) for source in sources}
    known = KnownGood(root / ".cache/tidy.json")

    def answer(source: Path) -> str | None:
        return "" if marks[source] in known else run_one(source, root / build, deadline)

    with ThreadPoolExecutor(jobs) as pool:
        answers = list(pool.map(answer, sources))
    clean = {marks[source] for source, said in zip(sources, answers) if said == ""}
    known.keep(clean | (known.marks if len(sources) < len(compiled_sources(root, build)) else set()))
    return answers


def main() -> int:
    parser = repository.parser(__doc__)
    parser.add_argument("--build", default="build", help="build folder with compile_commands.json (default: build)")
    parser.add_argument("--all", action="store_true", help="all sources, not only changed ones")
    parser.add_argument("--seconds", type=float, default=300, help="time box (default: 300)")
    parser.add_argument("--jobs", type=int, default=2, help="files at a time (default: 2)")
    parser.add_argument("paths", nargs="*", type=Path, help="these sources only")
    arguments = parser.parse_args()
    if not shutil.which(PROGRAM):
        repository.fail_usage(f"check_tidy: no {PROGRAM}; run scripts/bootstrap.sh check")
    root = arguments.root.resolve()
    sources = [path.resolve() for path in arguments.paths] or compiled_sources(root, arguments.build)
    changed = None if arguments.all or arguments.paths else changed_files(root)
    if changed is not None:
        sources = with_changed_headers(sources, changed, root)
    answers = check(root, arguments.build, sources, arguments.seconds, arguments.jobs)
    problems = [answer for answer in answers if answer]
    late = answers.count(None)
    summary = f"{len(sources)} files" + (f", {late} not reached in {arguments.seconds:.0f} s" if late else "")
    return repository.report("check_tidy", problems, summary)


if __name__ == "__main__":
    sys.exit(main())
