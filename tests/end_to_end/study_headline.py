# SPDX-License-Identifier: Apache-2.0
"""Checks a study's runs against its expected/headline.csv: columns scenario (optional; empty = base), query, expected, tolerance, unit, note,
and vintage (optional: the rules that the run is planned under; empty = those of model.toml).

A query is SQL with one row and one column, asked of the run's results.sqlite. A tolerance is relative; with expected 0 it is absolute.

    python3 tests/end_to_end/study_headline.py HEADLINE.csv SCENARIO=RUN ...      prints the file with what the runs say in `expected`;
                                                                                  of a vintage: SCENARIO@VINTAGE=RUN
"""

import csv
import sqlite3
import sys
from pathlib import Path

import harness

COLUMNS = ("scenario", "query", "expected", "tolerance", "unit", "note")
VINTAGE = "vintage"


def rows_of(headline: Path) -> list[dict[str, str]]:
    with headline.open(encoding="utf-8", newline="") as text:
        return [{name: row.get(name) or "" for name in (*COLUMNS, VINTAGE)} for row in csv.DictReader(text)]


def ask(database: Path, query: str) -> float:
    """What the query says; no row and NULL are 0."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        row = connection.execute(query).fetchone()
        return float(row[0]) if row and row[0] is not None else 0.0
    finally:
        connection.close()


def problems_of(database: Path, rows: list[dict[str, str]]) -> list[str]:
    """What differs, in words; empty if the run is the one expected."""
    problems = []
    for row in rows:
        found, wanted, tolerance = ask(database, row["query"]), float(row["expected"]), float(row["tolerance"])
        if abs(found - wanted) > tolerance * (abs(wanted) or 1):
            problems.append(f"{row['scenario'] or 'base'}: {row['note']}: {found:g} {row['unit']}, wanted {wanted:g}")
    return problems


def changes_of(databases: dict[str, Path], changes: Path) -> list[str]:
    """What a run has more than another, where it is not what is expected."""
    problems = []
    with changes.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            found = ask(databases[row["second"]], row["query"]) - ask(databases[row["first"]], row["query"])
            wanted, tolerance = float(row["expected"]), float(row["tolerance"])
            if abs(found - wanted) > tolerance * (abs(wanted) or 1):
                problems.append(f"{row['first']} to {row['second']}: {row['note']}: {found:g} {row['unit']}, wanted {wanted:g}")
    return problems


class StudyTest(harness.EndToEndTest):
    """A study's test is a class with its folder's name in STUDY. Where expected/changes.csv is, it says what a run has more than another:
    columns first and second (SCENARIO@VINTAGE; base = no scenario), query, expected, tolerance, unit, note."""

    STUDY = ""
    STEP = "year"

    def test_the_answer_is_the_one_expected(self):
        if not self.STUDY:
            self.skipTest("no study")
        folder = harness.SOURCE / "studies" / self.STUDY
        rows = rows_of(folder / "expected/headline.csv")
        self.assertTrue(rows)
        databases = {}
        for scenario, vintage in dict.fromkeys((row["scenario"], row[VINTAGE]) for row in rows):
            with self.subTest(scenario=scenario or "base", vintage=vintage):
                chosen = ("--scenario", scenario) if scenario else ()
                chosen += ("--rules-as-of", vintage) if vintage else ()
                out = self.folder / "runs"
                run = self.pinchpoint("plan", folder, *chosen, "--step", self.STEP, "--out", out, "--json", seconds=850)
                answer = run.json()
                self.assert_json(answer, "status", "optimal")
                self.assert_json(answer, "cost_reconciled", True)
                self.assertLess(harness.at(answer, "certificate.gap"), 1e-6)
                database = self.folder / harness.at(answer, "run") / "results.sqlite"
                databases[f"{scenario or 'base'}@{vintage}"] = database
                mine = [row for row in rows if (row["scenario"], row[VINTAGE]) == (scenario, vintage)]
                self.assertEqual(problems_of(database, mine), [])

        if (folder / "expected/changes.csv").is_file():
            self.assertEqual(changes_of(databases, folder / "expected/changes.csv"), [])

    def test_every_figure_has_a_source(self):
        if not self.STUDY:
            self.skipTest("no study")
        answer = self.pinchpoint("check", harness.SOURCE / "studies" / self.STUDY, "--provenance", "--json").json()
        self.assertEqual(harness.at(answer, "problems"), [])
        self.assertLess(harness.at(answer, "assumed"), 0.1 * harness.at(answer, "figures"))


def main():
    headline, runs = Path(sys.argv[1]), dict(part.split("=", 1) for part in sys.argv[2:])
    rows = rows_of(headline)
    columns = (*COLUMNS, VINTAGE) if any(row[VINTAGE] for row in rows) else COLUMNS
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        run = runs.get((row["scenario"] or "base") + (f"@{row[VINTAGE]}" if row[VINTAGE] else ""))
        if run:
            found = ask(Path(run) / "results.sqlite", row["query"])
            row["expected"] = f"{found if abs(found) > 1e-9 else 0:.6g}"
        writer.writerow(row)


if __name__ == "__main__":
    main()
