#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows how the texts of tests/diagnostics have changed, and rewrites expected.txt for those you approve.

    tools/approve.py [BUILD_DIR] [--yes] [--only CODE]

Read every difference: what is approved is what users will see. --yes takes all of them without asking.
"""

import argparse
import difflib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "diagnostics"


def actual_texts(program: Path, folder: Path) -> list[Path]:
    """Runs the test program so that it writes what it found; returns the files it wrote."""
    environment = os.environ | {"PINCHPOINT_APPROVE_DIR": str(folder)}
    subprocess.run([program, "--gtest_brief=1"], env=environment, stdout=subprocess.DEVNULL, check=False)
    return sorted(folder.rglob("expected.txt"))


def difference(before: str, after: str, name: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(lines)


def is_approved(all_of_them: bool) -> bool:
    return all_of_them or input("approve? [y/N] ").strip().lower() == "y"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build_dir", nargs="?", default=ROOT / "build", type=Path)
    parser.add_argument("--yes", action="store_true", help="approve every difference")
    parser.add_argument("--only", default="", metavar="CODE", help="only cases of this code, e.g. TAB-010")
    arguments = parser.parse_args()
    program = arguments.build_dir.resolve() / "bin" / "diagnostics_test"
    if not program.exists():
        print(f"approve: {program} is not built", file=sys.stderr)
        return 1
    changed = approved = 0
    with tempfile.TemporaryDirectory() as folder:
        for actual in actual_texts(program, Path(folder)):
            name = actual.relative_to(folder)
            if not str(name).startswith(arguments.only):
                continue
            expected = CASES / name
            before = expected.read_text(encoding="utf-8") if expected.exists() else ""
            after = actual.read_text(encoding="utf-8", errors="replace")
            if before == after:
                continue
            changed += 1
            print(difference(before, after, str(name)))
            if is_approved(arguments.yes):
                expected.write_text(after, encoding="utf-8")
                approved += 1
    print(f"approve: {changed} changed, {approved} approved")
    return 0


if __name__ == "__main__":
    sys.exit(main())
