# SPDX-License-Identifier: Apache-2.0
"""A small repository of its own for a test of a tool."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


class TreeTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="pinchpoint-tools-")
        self.addCleanup(holder.cleanup)
        self.root = Path(holder.name).resolve()

    def write(self, files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return self.root

    def assert_only(self, problems: list[str], *expected: str):
        """As many problems as patterns, and each pattern is found in one of them."""
        self.assertEqual(len(problems), len(expected), "\n".join(problems))
        for pattern in expected:
            self.assertTrue(any(pattern in problem for problem in problems), f"{pattern} not in {problems}")
