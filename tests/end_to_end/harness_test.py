#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The harness itself, against a program that does what it is told."""

import unittest
from unittest import mock

import harness

PROGRAM = """#!/bin/sh
case $1 in
  json) echo '{"periods": [{"cost": 1.5}], "status": "optimal"}' ;;
  bad) echo "regions.csv:3:1: error[TAB-004]: a required cell is empty" >&2; exit 2 ;;
  here) pwd ;;
  nan) echo '{"cost": NaN}' ;;
  slow) exec sleep 20 ;;
  crash) kill -SEGV $$ ;;
esac
"""


class HarnessTest(harness.EndToEndTest):
    def setUp(self):
        super().setUp()
        program = self.folder / "program"
        program.write_text(PROGRAM)
        program.chmod(0o755)
        stand_in = mock.patch.object(harness, "PROGRAM", program)
        stand_in.start()
        self.addCleanup(stand_in.stop)

    def test_numbers_are_compared_with_the_tolerance_stated(self):
        tree = self.pinchpoint("json").json()
        self.assert_json(tree, "status", "optimal")
        self.assert_json(tree, "periods.0.cost", 1.5000001, relative=1e-6)
        with self.assertRaises(AssertionError):
            self.assert_json(tree, "periods.0.cost", 1.51, relative=1e-6)
        with self.assertRaisesRegex(AssertionError, "no 'price'"):
            self.assert_json(tree, "periods.0.price", 1.0)

    def test_a_status_that_was_not_wanted_fails(self):
        with self.assertRaisesRegex(AssertionError, "status 0 wanted"):
            self.pinchpoint("bad")
        run = self.pinchpoint("bad", expect=2)
        self.assert_diagnostic(run, "TAB-004", "regions.csv:3:1")
        with self.assertRaisesRegex(AssertionError, "no TAB-005"):
            self.assert_diagnostic(run, "TAB-005")

    def test_a_crash_is_never_accepted(self):
        with self.assertRaisesRegex(AssertionError, "signal"):
            self.pinchpoint("crash", expect=None)

    def test_a_program_that_hangs_is_stopped(self):
        with self.assertRaisesRegex(AssertionError, "not done in"):
            self.pinchpoint("slow", seconds=0.3)

    def test_not_a_number_is_no_json(self):
        with self.assertRaisesRegex(ValueError, "NaN"):
            self.pinchpoint("nan").json()

    def test_the_program_runs_in_the_folder_of_the_test(self):
        self.assertEqual(self.pinchpoint("here").out.strip(), str(self.folder.resolve()))
        model = self.model({"model.toml": "x = 1\n", "lanes/asia.csv": "id\n"})
        self.assertEqual((model / "lanes/asia.csv").read_text(), "id\n")


if __name__ == "__main__":
    unittest.main()
