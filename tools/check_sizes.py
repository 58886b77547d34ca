#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks sizes: functions, files, headers, folders, parameters, nesting; and names that say nothing.

Exceptions are in tools/size_exceptions.toml, each with a reason and a date; they are printed on every run.
"""

import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import repository
from cpp_functions import Function, find_functions

LIMITS = {
    "function_lines": 80,
    "source_lines": 500,
    "header_lines": 300,
    "parameters": 6,
    "nesting": 4,
    "folder_files": 25,
}
LONG_FUNCTION = 60
LONG_SHARE = 0.10
EMPTY_NAMES = ("utils", "util", "helpers", "helper", "common", "misc", "manager")


@dataclass
class Excess:
    rule: str
    where: str  # "path", or "path:function"
    line: int
    value: int

    def __str__(self) -> str:
        path, _, function = self.where.partition(":")
        place = f"{path}:{self.line}" if self.line else path
        subject = f" of {function}()" if function else ""
        return f"{place}: {self.rule}{subject} is {self.value}, at most {LIMITS[self.rule]}"


@dataclass
class Totals:
    files: int = 0
    functions: int = 0
    function_lines: int = 0
    long_lines: int = 0
    short_functions: int = 0  # at most 30 lines

    @property
    def long_share(self) -> float:
        return self.long_lines / self.function_lines if self.function_lines else 0.0


def measure_function(relative: str, function: Function) -> list[Excess]:
    where = f"{relative}:{function.name}"
    values = {"function_lines": function.lines, "parameters": function.parameters, "nesting": function.nesting}
    return [
        Excess(rule, where, function.first_line, value) for rule, value in values.items() if value > LIMITS[rule]
    ]


def measure_file(relative: str, text: str, totals: Totals) -> list[Excess]:
    rule = "header_lines" if relative.endswith(".hpp") else "source_lines"
    lines = text.count("\n")
    found = [Excess(rule, relative, 0, lines)] if lines > LIMITS[rule] else []
    totals.files += 1
    for function in find_functions(text):
        totals.functions += 1
        totals.function_lines += function.lines
        totals.long_lines += function.lines if function.lines > LONG_FUNCTION else 0
        totals.short_functions += 1 if function.lines <= 30 else 0
        found += measure_function(relative, function)
    return found


def measure_folders(relatives: list[str]) -> list[Excess]:
    """Files of each folder; a test beside its source counts with it."""
    own = [relative for relative in relatives if not (relative.startswith("src/") and relative.endswith("_test.cpp"))]
    counts = Counter(relative.rpartition("/")[0] for relative in own)
    return [
        Excess("folder_files", folder, 0, count)
        for folder, count in sorted(counts.items())
        if count > LIMITS["folder_files"]
    ]


def read_exceptions(root: Path) -> tuple[list[dict], list[str]]:
    """The exceptions and what is wrong with their list."""
    path = root / "tools/size_exceptions.toml"
    if not path.exists():
        return [], []
    with open(path, "rb") as file:
        entries = tomllib.load(file).get("exception", [])
    problems = []
    for entry in entries:
        if missing := {"where", "rule", "most", "reason", "date"} - set(entry):
            problems.append(f"tools/size_exceptions.toml: {entry.get('where', '?')} lacks {', '.join(sorted(missing))}")
        elif entry["rule"] not in LIMITS:
            problems.append(f"tools/size_exceptions.toml: {entry['where']}: no rule '{entry['rule']}'")
    return ([] if problems else entries), problems


def apply_exceptions(found: list[Excess], entries: list[dict]) -> tuple[list[str], list[str]]:
    """(problems, notes): what no exception covers, exceptions that nothing needs, exceptions in force."""
    problems, notes = [], []
    used = set()
    for excess in found:
        match = next((e for e in entries if e["where"] == excess.where and e["rule"] == excess.rule), None)
        if match is None:
            problems.append(str(excess))
            continue
        used.add(id(match))
        if excess.value > match["most"]:
            problems.append(f"{excess}; its exception allows {match['most']}")
        else:
            notes.append(f"exception: {excess} ({match['date']}: {match['reason']})")
    problems += [
        f"tools/size_exceptions.toml: {entry['where']} ({entry['rule']}) needs no exception any more"
        for entry in entries
        if id(entry) not in used
    ]
    return problems, notes


def check(root: Path) -> tuple[list[str], list[str], str]:
    totals = Totals()
    found: list[Excess] = []
    problems: list[str] = []
    files = repository.cpp_files(root)
    relatives = [path.relative_to(root).as_posix() for path in files]
    for path, relative in zip(files, relatives):
        found += measure_file(relative, path.read_text(encoding="utf-8", errors="replace"), totals)
        if path.stem.removesuffix("_test") in EMPTY_NAMES:
            problems.append(f"{relative}: a name that says nothing; name the file after what it does")
    found += measure_folders(relatives)
    entries, wrong = read_exceptions(root)
    more, notes = apply_exceptions(found, entries)
    problems += wrong + more
    if totals.long_share > LONG_SHARE:
        problems.append(
            f"{totals.long_share:.1%} of code is in functions over {LONG_FUNCTION} lines, at most {LONG_SHARE:.0%}"
        )
    summary = (
        f"{totals.files} files, {totals.functions} functions, "
        f"{totals.short_functions / max(1, totals.functions):.0%} of at most 30 lines, "
        f"{totals.long_share:.1%} of code in functions over {LONG_FUNCTION}"
    )
    return problems, notes, summary


def print_longest(root: Path, count: int) -> None:
    rows = []
    for path in repository.cpp_files(root):
        for function in find_functions(path.read_text(encoding="utf-8", errors="replace")):
            rows.append((function.lines, f"{path.relative_to(root)}:{function.first_line}", function.name))
    for lines, place, name in sorted(rows, reverse=True)[:count]:
        print(f"{lines:5} {place} {name}")


def main() -> int:
    parser = repository.parser(__doc__)
    parser.add_argument("--longest", type=int, default=0, metavar="N", help="list the N longest functions and stop")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    if arguments.longest:
        print_longest(root, arguments.longest)
        return 0
    problems, notes, summary = check(root)
    for note in notes:
        print(note)
    return repository.report("check_sizes", problems, summary)


if __name__ == "__main__":
    sys.exit(main())
