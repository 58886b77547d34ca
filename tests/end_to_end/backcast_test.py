#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The backcast from 2024-Q1, by quarters: what it gets right must not become less (studies/backcast/expected/score.csv)."""

import csv
import io
import subprocess
import sys

import harness

FOLDER = harness.SOURCE / "studies/backcast"
LEAST_SHARE = 0.8  # of compared values within 15 %


def scores(text: str) -> dict[str, tuple[int, int]]:
    """{fact: (values compared, values within)} of rows of score.csv."""
    return {row["fact"]: (int(row["compared"]), int(row["within"])) for row in csv.DictReader(io.StringIO(text))}


class BackcastTest(harness.EndToEndTest):
    def test_the_plan_agrees_with_the_facts_as_well_as_before(self):
        run = self.pinchpoint("plan", FOLDER, "--out", self.folder / "runs", "--json", seconds=1700)
        answer = run.json()
        self.assert_json(answer, "status", "optimal")
        self.assert_json(answer, "cost_reconciled", True)
        self.assertLess(harness.at(answer, "certificate.gap"), 1e-7)
        table = harness.SOURCE / "tools/calibration_table.py"
        made = subprocess.run(
            [sys.executable, "-B", table, self.folder / harness.at(answer, "run"), "--csv"],
            capture_output=True,
            check=True,
            encoding="utf-8",
            timeout=harness.SECONDS,
        )
        found = scores(made.stdout)
        wanted = scores((FOLDER / "expected/score.csv").read_text(encoding="utf-8"))
        self.assertEqual({fact: row[0] for fact, row in found.items()}, {fact: row[0] for fact, row in wanted.items()})
        worse = [f"{fact}: {found[fact][1]} of {row[1]}" for fact, row in wanted.items() if found[fact][1] < row[1]]
        self.assertEqual(worse, [])
        share = sum(row[1] for row in found.values()) / sum(row[0] for row in found.values())
        self.assertGreaterEqual(share, LEAST_SHARE)

    def test_every_fact_has_a_source(self):
        answer = self.pinchpoint("check", FOLDER, "--provenance", "--json").json()
        self.assertEqual(harness.at(answer, "problems"), [])
        for name in ("fact_values.csv", "fact_terms.csv"):
            with (FOLDER / name).open(encoding="utf-8", newline="") as text:
                bare = [row["fact"] for row in csv.DictReader(text) if not row["source"]]
            self.assertEqual(bare, [], name)


if __name__ == "__main__":
    harness.main()
