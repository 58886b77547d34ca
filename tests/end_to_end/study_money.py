# SPDX-License-Identifier: Apache-2.0
"""Plans a study by years and reads the figures of its expected/headline.csv by the SQL that stands in each row."""

import csv
import sqlite3

import harness


class MoneyStudyTest(harness.EndToEndTest):
    """Columns of headline.csv: scenario, query, expected, tolerance (absolute), unit, note."""

    def check_study(self, name: str):
        folder = harness.SOURCE / "studies" / name
        with (folder / "expected/headline.csv").open(encoding="utf-8", newline="") as text:
            rows = list(csv.DictReader(text))
        problems = []
        for scenario in sorted({row["scenario"] for row in rows}):
            choice = ["--scenario", scenario] if scenario else []
            out = self.folder / (scenario or "base")
            run = self.pinchpoint("plan", folder, *choice, "--step", "year", "--out", out, "--json", seconds=280)
            answer = run.json()
            self.assert_json(answer, "status", "optimal")
            self.assert_json(answer, "cost_reconciled", True)
            self.assertLess(harness.at(answer, "certificate.gap"), 1e-6)
            database = self.folder / harness.at(answer, "run") / "results.sqlite"
            connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
            try:
                for row in (row for row in rows if row["scenario"] == scenario):
                    found = connection.execute(row["query"]).fetchone()[0]
                    if found is None or abs(found - float(row["expected"])) > float(row["tolerance"]):
                        problems.append(f"{scenario or 'base'}, {row['note']}: {found}, wanted {row['expected']}")
            finally:
                connection.close()
        self.assertEqual(problems, [])

    def check_sources(self, name: str):
        answer = self.pinchpoint("check", harness.SOURCE / "studies" / name, "--provenance", "--json").json()
        self.assertEqual(harness.at(answer, "problems"), [])
        self.assertLess(harness.at(answer, "assumed"), 0.1 * harness.at(answer, "figures"))
