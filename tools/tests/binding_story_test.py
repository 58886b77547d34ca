#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import sqlite3
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import binding_story


class BindingStoryTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.run_folder = Path(holder.name)
        connection = sqlite3.connect(self.run_folder / "results.sqlite")
        connection.execute("CREATE TABLE technologies (id, output)")
        connection.execute("CREATE TABLE commodities (id, layer)")
        connection.execute("CREATE TABLE periods (begins)")
        connection.execute("CREATE TABLE pinch (family, thing, period, price, worth)")
        connection.executemany("INSERT INTO technologies VALUES (?, ?)", [("hbm-tsv", "hbm-wafer"), ("copper-mining", "ore")])
        connection.executemany("INSERT INTO commodities VALUES (?, ?)", [("hbm-wafer", "memory"), ("ore", "minerals")])
        connection.executemany("INSERT INTO periods VALUES (?)", [("2024-01",), ("2024-04",), ("2025-01",)])
        connection.executemany(
            "INSERT INTO pinch VALUES (?, ?, ?, ?, ?)",
            [
                ("capacity", "hbm-tsv", "2024Q1", 40000.0, 2e9),
                ("capacity", "hbm-tsv", "2024Q2", 50000.0, 3e9),
                ("capacity", "copper-mining", "2025Q1", 900.0, 25e9),
                ("budget", "some-firm", "2025Q1", 0.1, 1e9),
            ],
        )
        connection.commit()
        connection.close()

    def test_worth_adds_up_by_link_and_year_and_prices_are_the_highest(self):
        years, worth, prices = binding_story.read(self.run_folder)
        self.assertEqual(years, ["2024", "2025"])
        self.assertEqual(worth["HBM"], {"2024": 5e9})
        self.assertEqual(worth["minerals and materials"], {"2025": 25e9})
        self.assertEqual(worth["money"], {"2025": 1e9})
        self.assertEqual(prices["hbm-tsv"], {"2024": 50000.0})

    def test_the_greatest_of_a_year_stand_out(self):
        text = binding_story.tables(*binding_story.read(self.run_folder))
        self.assertIn("| HBM | **5.0** |  |", text)
        self.assertIn("| minerals and materials |  | **25** |", text)
        self.assertIn("| HBM wafer | USD | 50,000 |  |", text)


if __name__ == "__main__":
    unittest.main()
