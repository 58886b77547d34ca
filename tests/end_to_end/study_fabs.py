# SPDX-License-Identifier: Apache-2.0
"""The figures of a study's scenarios, each one SQL query on results.sqlite: rows of expected/headline.csv."""

import csv
import sqlite3

import harness


def check(test: harness.EndToEndTest, name: str):
    """Plans every scenario named in studies/`name`/expected/headline.csv by years; each figure must be as expected."""
    folder = harness.SOURCE / "studies" / name
    with (folder / "expected/headline.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    for scenario in dict.fromkeys(row["scenario"] for row in rows):
        chosen = [] if scenario == "base" else ["--scenario", scenario]
        run = test.pinchpoint(
            "plan", folder, *chosen, "--step", "year", "--out", test.folder / "runs", "--json", seconds=280
        )
        answer = run.json()
        test.assert_json(answer, "status", "optimal")
        test.assert_json(answer, "cost_reconciled", True)
        test.assertLess(harness.at(answer, "certificate.gap"), 1e-6)
        database = test.folder / harness.at(answer, "run") / "results.sqlite"
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            for row in (row for row in rows if row["scenario"] == scenario):
                found = float(connection.execute(row["query"]).fetchone()[0] or 0.0)
                wanted = float(row["expected"])
                with test.subTest(scenario=scenario, figure=row["note"]):
                    test.assertLessEqual(abs(found - wanted), max(float(row["tolerance"]) * abs(wanted), 1e-6), f"{found:g}")
        connection.close()


def check_sources(test: harness.EndToEndTest, name: str):
    """No problem and less than a tenth of the figures assumed."""
    answer = test.pinchpoint("check", harness.SOURCE / "studies" / name, "--provenance", "--json").json()
    test.assertEqual(harness.at(answer, "problems"), [])
    test.assertLess(harness.at(answer, "assumed"), 0.1 * harness.at(answer, "figures"))
