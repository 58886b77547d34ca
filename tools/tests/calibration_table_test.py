#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import sqlite3
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import calibration_table
import marked_page

ROWS = [
    ("scanners", "EUV scanners", "2024-01", "2025-01", 44.0, 44.0, "scanner", 1.0, 1, 1),
    ("power", "Campus power", "2024-01", "2024-04", 500.0, 1000.0, "MW", 0.5, 0, 0),
    ("power", "Campus power", "2024-04", "2024-07", 1000.0, 1000.0, "MW", 1.0, 1, 0),
    ("power", "Campus power", "2030-01", "2030-04", None, 1000.0, "MW", None, None, 0),
]


class CalibrationTableTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.run_folder = Path(holder.name)
        connection = sqlite3.connect(self.run_folder / "results.sqlite")
        connection.execute(
            'CREATE TABLE compared_facts (fact, name, "from", "until", planned, stated, unit, ratio, is_within, is_given)'
        )
        connection.executemany(f"INSERT INTO compared_facts VALUES ({','.join('?' * 10)})", ROWS)
        connection.commit()
        connection.close()

    def test_values_that_were_not_compared_do_not_count(self):
        self.assertEqual(len(calibration_table.read(self.run_folder)), 3)

    def test_given_and_free_facts_are_counted_apart(self):
        text = calibration_table.tables(calibration_table.read(self.run_folder))
        self.assertIn("| Campus power | 2 | 1 | 50% | 0.50 to 1.00 | 2024-Q1 | no |", text)
        self.assertIn("| **all not given** | **2** | **1** | **50%** |", text)
        self.assertIn("| **all given** | **1** | **1** | **100%** |", text)
        self.assertIn("| **all** | **3** | **2** | **67%** |", text)

    def test_every_miss_is_listed(self):
        text = calibration_table.tables(calibration_table.read(self.run_folder))
        self.assertIn("| Campus power | 2024-Q1 | 500 | 1,000 | MW | 0.50 |", text)

    def test_periods_have_names(self):
        self.assertEqual(calibration_table.period("2024-01", "2025-01"), "2024")
        self.assertEqual(calibration_table.period("2024-10", "2025-01"), "2024-Q4")
        self.assertEqual(calibration_table.period("2024-10", "2025-07"), "2024-Q4 to 2025-Q2")

    def test_numbers_have_four_figures(self):
        self.assertEqual(calibration_table.number(1210327), "1,210,000")
        self.assertEqual(calibration_table.number(0.7349), "0.735")
        self.assertEqual(calibration_table.number(0), "0")

    def test_a_part_of_a_page_is_replaced(self):
        page = "# T\n\n<!-- a begins -->\nold\n<!-- a ends -->\n\nrest\n"
        self.assertEqual(marked_page.replaced(page, "a", "new\n"), "# T\n\n<!-- a begins -->\n\nnew\n\n<!-- a ends -->\n\nrest\n")
        with self.assertRaises(ValueError):
            marked_page.replaced(page, "b", "new")


if __name__ == "__main__":
    unittest.main()
