# SPDX-License-Identifier: Apache-2.0
"""What end-to-end tests share: the real program in folders of its own, with time limits, and assertions on its JSON.

    class PlanTest(harness.EndToEndTest):
        def test_a_small_model_is_planned(self):
            folder = self.model({"model.toml": "...", "regions.csv": "..."})
            run = self.pinchpoint("plan", folder, "--json")
            self.assert_json(run.json(), "objective.value", 42.0, relative=1e-6)

PINCHPOINT_PROGRAM names the program (default: build/bin/pinchpoint).
"""

import json
import math
import os
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(os.environ.get("PINCHPOINT_SOURCE_DIR", Path(__file__).resolve().parents[2]))
PROGRAM = Path(os.environ.get("PINCHPOINT_PROGRAM", SOURCE / "build/bin/pinchpoint"))

SECONDS = 120  # a sanitized build on a busy machine is ten times slower than a release


@dataclass
class Run:
    """What one call of the program left behind."""

    command: list[str]
    status: int
    out: str
    err: str

    def json(self):
        """Standard output read as JSON; strict, so that NaN and Infinity fail."""

        def refuse(name: str):
            raise ValueError(f"{name} is no JSON number")

        return json.loads(self.out, parse_constant=refuse)

    def __str__(self) -> str:
        return f"$ {' '.join(self.command)}\nstatus {self.status}\n--- out\n{self.out[-4000:]}\n--- err\n{self.err[-4000:]}"


def at(tree, path: str):
    """The value at 'periods.0.cost' of nested objects and lists."""
    for part in path.split(".") if path else []:
        try:
            tree = tree[int(part)] if isinstance(tree, list) else tree[part]
        except (KeyError, IndexError, TypeError, ValueError):
            held = sorted(tree) if isinstance(tree, dict) else f"a {type(tree).__name__}"
            raise AssertionError(f"no '{part}' of '{path}' in {held}") from None
    return tree


class EndToEndTest(unittest.TestCase):
    """A temporary folder for each test, and the program run inside it."""

    maxDiff = None

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="pinchpoint-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def model(self, files: dict[str, str], name: str = "model") -> Path:
        """Writes a model folder from {relative path: text}."""
        folder = self.folder / name
        for relative, text in files.items():
            path = folder / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    def copy(self, relative: str, name: str | None = None) -> Path:
        """A copy of a folder of the repository, which the test may change."""
        target = self.folder / (name or Path(relative).name)
        shutil.copytree(SOURCE / relative, target)
        return target

    def pinchpoint(self, *words, expect: int | None = 0, seconds: float = SECONDS, stdin: str = "") -> Run:
        """Runs the program in the test's folder. `expect` is the status wanted; None = any but a crash."""
        command = [str(PROGRAM), *map(str, words)]
        environment = {**os.environ, "HOME": str(self.folder), "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
        try:
            done = subprocess.run(
                command,
                input=stdin,
                capture_output=True,
                cwd=self.folder,
                env=environment,
                timeout=seconds,
                encoding="utf-8",
            )
        except subprocess.TimeoutExpired as late:
            shown = (late.stderr or b"").decode("utf-8", "replace")[-2000:]
            self.fail(f"not done in {seconds} s: {' '.join(command)}\n{shown}")
        run = Run(command, done.returncode, done.stdout, done.stderr)
        if expect is None:
            self.assertGreaterEqual(run.status, 0, f"ended by a signal\n{run}")
        else:
            self.assertEqual(run.status, expect, f"status {expect} wanted\n{run}")
        return run

    def assert_json(self, tree, path: str, wanted, relative: float = 0.0, absolute: float = 0.0):
        """The value at `path` is `wanted`; numbers within the tolerance stated."""
        found = at(tree, path)
        if isinstance(wanted, float) or relative or absolute:
            self.assertIsInstance(found, (int, float), f"{path} is no number")
            near = math.isclose(found, wanted, rel_tol=relative, abs_tol=absolute)
            self.assertTrue(near, f"{path} is {found}, wanted {wanted} (relative {relative:g}, absolute {absolute:g})")
        else:
            self.assertEqual(found, wanted, path)

    def assert_diagnostic(self, run: Run, code: str, place: str = ""):
        """The run complained with `code`, at `place` ('regions.csv:3:1') if given."""
        lines = [line for line in (run.err + run.out).splitlines() if f"[{code}]" in line]
        self.assertTrue(lines, f"no {code}\n{run}")
        if place:
            self.assertTrue(any(line.startswith(place) for line in lines), f"{code} not at {place}\n{run}")

    def rows(self, database: Path, query: str, *values) -> list[tuple]:
        """Rows of a results.sqlite."""
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()


def main():
    unittest.main(verbosity=2)
