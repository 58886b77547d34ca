#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pinchpoint import: models of other tools become folders that are checked and planned like any other."""

import harness

DATA = harness.SOURCE / "tests/published/osemosys/data"


class ImportOsemosysTest(harness.EndToEndTest):
    def test_what_is_imported_is_planned_to_the_other_tools_optimum(self):
        run = self.pinchpoint("import", "osemosys", DATA / "two_regions.txt", "--out", "made", "--currency", "EUR")
        self.assertIn("pinchpoint plan made", run.out)
        self.pinchpoint("check", "made")
        tree = self.pinchpoint("plan", "made", "--json").json()
        self.assert_json(tree, "objective", 1947.258867006357, relative=1e-8)
        self.assertEqual(tree["objective_unit"], "EUR")

    def test_json_counts_what_was_read_and_written(self):
        tree = self.pinchpoint("import", "osemosys", DATA / "storage_days.txt", "--out", "made", "--json").json()
        self.assertEqual(tree["status"], "done")
        self.assertEqual(tree["read"]["technologies"], 3)
        self.assertEqual(tree["rows"]["slices"], 8)

    def test_a_folder_that_is_there_is_replaced_only_by_force(self):
        words = ("import", "osemosys", DATA / "whole_units.txt", "--out", "made")
        self.pinchpoint(*words)
        refused = self.pinchpoint(*words, expect=2)
        self.assertIn("IMP-007", refused.err)
        self.pinchpoint(*words, "--force")

    def test_a_model_that_is_not_there_is_bad_input(self):
        tree = self.pinchpoint("import", "osemosys", "nowhere", "--out", "made", "--json", expect=2).json()
        self.assertEqual(tree["problems"][0]["code"], "IMP-001")
        self.assertFalse((self.folder / "made").exists())


if __name__ == "__main__":
    harness.main()
