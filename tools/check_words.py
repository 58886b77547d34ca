#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks every tracked text file for what should not be committed.

That is: open-end notes without an issue number, paths of one machine, hosts of package registries, control characters
and invisible letters, unresolved merges, and text that is not UTF-8.
"""

import re
import sys
from pathlib import Path

import repository

# Assembled, so that this file passes its own check.
NOTES = "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"))
MACHINE_FOLDERS = "|".join(("work", "home", "root", "Users", "mnt", "workspace", "builds"))
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("repo", "maven", "apache", "org"),
        ("repo1", "maven", "org"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
]

RULES = [
    (re.compile(rf"\b(?:{NOTES})\b(?!\(#\d+\)|\s*#\d+)"), "a note of this kind needs an issue number"),
    (re.compile(rf"(?<![\w.~%}})*-])/(?:{MACHINE_FOLDERS})/[\w.]"), "a path of one machine"),
    (re.compile(r"\b[A-Z]:\\\\?[A-Za-z]+\\"), "a path of one machine"),
    (re.compile("|".join(rf"(?<![\w-]){re.escape(host)}\b" for host in REGISTRIES)), "a package registry's host"),
    (re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]"), "a control character"),
    (re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"), "an invisible letter"),
    (re.compile(r"^(?:<{7}|>{7}) ", re.M), "an unresolved merge"),
]

# What tests feed the readers may be anything; pictures and archives are not text.
NOT_TEXT = (".png", ".jpg", ".ico", ".gz", ".zip", ".xz", ".woff2", ".pdf", ".sqlite", ".npz", ".parquet")
FED_TO_READERS = ("tests/fuzz/corpus/", "tests/diagnostics/")


def check_text(relative: str, text: str) -> list[str]:
    problems = []
    for pattern, why in RULES:
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            problems.append(f"{relative}:{line}: {ascii(match.group(0).strip())}: {why}")
    return problems


def check_file(relative: str, data: bytes) -> list[str]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"{relative}: byte {error.start} is not UTF-8"]
    return check_text(relative, text)


def check(root: Path) -> tuple[list[str], str]:
    problems = []
    count = 0
    for path in repository.tracked_files(root):
        relative = path.relative_to(root).as_posix()
        if path.suffix in NOT_TEXT or relative.startswith(FED_TO_READERS):
            continue
        count += 1
        problems += check_file(relative, path.read_bytes())
    return problems, f"{count} files"


def main() -> int:
    arguments = repository.parser(__doc__).parse_args()
    return repository.report("check_words", *check(arguments.root.resolve()))


if __name__ == "__main__":
    sys.exit(main())
