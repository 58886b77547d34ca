# SPDX-License-Identifier: Apache-2.0
"""Remembers which C++ files passed a slow check, by their contents and those of all project headers they include."""

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.M)


class Fingerprints:
    """A file's contents and those of all project headers it reaches."""

    def __init__(self, folders: list[Path], salt: str):
        self.folders = folders
        self.salt = salt

    @lru_cache(maxsize=None)
    def reached(self, path: Path) -> tuple[Path, ...]:
        """Direct includes that are found below the include folders or beside the header."""
        found = []
        for name in INCLUDE.findall(path.read_text(encoding="utf-8", errors="replace")):
            candidates = [path.parent / name] + [folder / name for folder in self.folders]
            found += [candidate for candidate in candidates if candidate.is_file()][:1]
        return tuple(found)

    def of(self, path: Path) -> str:
        seen: dict[Path, None] = {}
        waiting = [path]
        while waiting:
            at = waiting.pop().resolve()
            if at not in seen:
                seen[at] = None
                waiting += self.reached(at)
        total = hashlib.sha256(self.salt.encode())
        for at in sorted(seen):
            total.update(at.name.encode() + b"\0" + at.read_bytes())
        return total.hexdigest()


class KnownGood:
    """Fingerprints that passed, kept in a JSON file under .cache."""

    def __init__(self, path: Path):
        self.path = path
        try:
            self.marks = set(json.loads(path.read_text()))
        except (OSError, ValueError):
            self.marks = set()

    def __contains__(self, mark: str) -> bool:
        return mark in self.marks

    def keep(self, marks: set[str]) -> None:
        """Remembers these and nothing else, so that the file does not grow."""
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(json.dumps(sorted(marks)))
