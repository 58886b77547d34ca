#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import contextlib
import io
import unittest

from tree import TreeTest

import bench_instructions
from bench_instructions import PHASES

LISTING = "\n".join(
    f"   {1000 + at},000 ( 1.00%)  ???:{function}std::string const&) [/some/where/assembly_bench]"
    for at, function in enumerate(PHASES.values())
)


class BenchInstructionsTest(TreeTest):
    def compare(self, change: float, compiler: str = "") -> tuple[int, str]:
        counts = bench_instructions.phases_of(LISTING)
        known = {"tools": bench_instructions.tools(), "instructions": dict(counts)}
        if compiler:
            known["tools"]["compiler"] = compiler
        counts["certify"] = round(counts["certify"] * (1 + change))
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            status = bench_instructions.compare(known, counts)
        return status, said.getvalue()

    def test_reads_every_phase_from_the_listing(self):
        counts = bench_instructions.phases_of(LISTING)
        self.assertEqual(list(counts), list(PHASES))
        self.assertEqual(counts["load"], 1_001_000)

    def test_a_phase_that_is_never_called_is_an_error(self):
        with self.assertRaises(SystemExit):
            bench_instructions.phases_of(LISTING.replace("load_world", "load_nothing"))

    def test_growth_beyond_the_tolerance_fails_and_names_the_phase(self):
        status, said = self.compare(0.03)
        self.assertEqual(status, 1)
        self.assertIn("above the baseline: certify", said)

    def test_growth_within_the_tolerance_passes(self):
        self.assertEqual(self.compare(0.01)[0], 0)

    def test_fewer_instructions_pass_and_ask_to_be_kept(self):
        status, said = self.compare(-0.5)
        self.assertEqual(status, 0)
        self.assertIn("fewer in certify", said)

    def test_another_compiler_widens_the_tolerance_and_says_so(self):
        status, said = self.compare(0.03, compiler="g++ 1.0")
        self.assertEqual(status, 0)
        self.assertIn("tolerance 15%", said)


if __name__ == "__main__":
    unittest.main()
