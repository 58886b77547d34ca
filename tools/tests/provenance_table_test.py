#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import provenance_table

ANSWER = """{"figures": 1300, "sourced": 1274, "assumed": 26, "unsourced": 0, "sources": 7, "tables": [
{"table": "recipes", "figures": 1300, "sourced": 1274, "assumed": 26, "unsourced": 0}]}"""


class ProvenanceTableTest(unittest.TestCase):
    def program(self, script: str) -> Path:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        path = Path(holder.name) / "program"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def test_the_programs_counts_become_rows_with_their_share(self):
        answer = provenance_table.counted(self.program(f"cat <<'END'\n{ANSWER}\nEND"), Path("world"))
        lines = provenance_table.table(answer).splitlines()
        self.assertEqual(lines[2], "| `recipes` | 1,300 | 1,274 | 26 | 0 | 98.0% |")
        self.assertEqual(lines[3], "| **all** | 1,300 | 1,274 | 26 | 0 | 98.0% |")
        self.assertEqual(lines[-1], "7 distinct sources are named.")

    def test_a_table_without_figures_is_wholly_sourced(self):
        none = {"figures": 0, "sourced": 0, "assumed": 0, "unsourced": 0}
        self.assertEqual(provenance_table.line("empty", none), "| empty | 0 | 0 | 0 | 0 | 100.0% |")

    def test_a_folder_that_is_not_sound_ends_the_tool(self):
        with self.assertRaisesRegex(SystemExit, "ended with 2\\nbad row"):
            provenance_table.counted(self.program("echo bad row >&2; exit 2"), Path("world"))


if __name__ == "__main__":
    unittest.main()
