#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The world of data/world: what it covers, how well it is sourced, and its plan of eight years."""

import csv

import harness

WORLD = harness.SOURCE / "data/world"
LEAST = {
    "organisations": 120,
    "commodities": 150,
    "technologies": 180,
    "facilities": 500,
}


def rows_of(table: str) -> list[dict[str, str]]:
    """Rows of all parts of one of the world's tables."""
    rows = []
    for part in sorted((WORLD / table).glob("*.csv")):
        with part.open(encoding="utf-8", newline="") as text:
            rows += csv.DictReader(text)
    return rows


class WorldTest(harness.EndToEndTest):
    def test_it_covers_the_stack(self):
        for table, least in LEAST.items():
            self.assertGreaterEqual(len(rows_of(table)), least, table)
        kinds = [row["kind"] for row in rows_of("regions")]
        self.assertGreaterEqual(kinds.count("country"), 30)
        self.assertGreaterEqual(len({row["owner"] for row in rows_of("budgets")}), 12)
        self.assertGreaterEqual(len({row["payer"] for row in rows_of("programmes")}), 12)
        self.assertGreaterEqual(len(rows_of("measures")), 50)

    def test_no_organisation_is_without_a_seat(self):
        self.assertEqual([row["id"] for row in rows_of("organisations") if not row["seat"]], [])

    def test_at_least_fifteen_accelerators_have_memory_and_a_package(self):
        made = {row["id"]: row["output"] for row in rows_of("technologies")}
        accelerators = {row["id"] for row in rows_of("commodities") if row["layer"] == "accelerators"}
        inputs = {}
        for row in rows_of("recipes"):
            if row["role"] == "input" and made.get(row["technology"]) in accelerators:
                inputs.setdefault(made[row["technology"]], set()).add(row["commodity"])
        with_memory = [chip for chip, goods in inputs.items() if any("hbm" in good for good in goods)]
        self.assertGreaterEqual(len(with_memory), 15, sorted(inputs))

    def test_every_figure_has_a_source_or_a_band_and_a_reason(self):
        answer = self.pinchpoint("check", WORLD, "--provenance", "--json").json()
        self.assertEqual(harness.at(answer, "problems"), [])
        self.assertEqual(harness.at(answer, "unsourced"), 0)
        self.assertGreaterEqual(harness.at(answer, "sourced"), 1500)
        self.assertLess(harness.at(answer, "assumed"), 0.1 * harness.at(answer, "figures"))

    def test_eight_years_are_planned_and_proved(self):
        run = self.pinchpoint("plan", WORLD, "--step", "year", "--out", self.folder / "runs", "--json", seconds=1700)
        answer = run.json()
        self.assert_json(answer, "status", "optimal")
        self.assert_json(answer, "cost_reconciled", True)
        self.assertLess(harness.at(answer, "certificate.gap"), 1e-7)
        self.assertLess(harness.at(answer, "conditioning.spread"), 1e6)


if __name__ == "__main__":
    harness.main()
