#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Stargate study by years: quick enough for every test run, and it must give the answer of expected/headline.csv."""

import harness
import study


class StargateYearTest(harness.EndToEndTest):
    STEP = "year"

    def test_the_answer_is_the_one_expected(self):
        folder = harness.SOURCE / "studies/stargate"
        run = self.pinchpoint("plan", folder, "--step", self.STEP, "--out", self.folder / "runs", "--json", seconds=1700)
        answer = run.json()
        self.assert_json(answer, "status", "optimal")
        self.assert_json(answer, "cost_reconciled", True)
        self.assertLess(harness.at(answer, "certificate.gap"), 1e-6)
        problems = study.compare(
            self.folder / harness.at(answer, "run") / "results.sqlite", folder / "expected/headline.csv", self.STEP
        )
        self.assertEqual(problems, [])

    def test_the_explanation_is_the_one_expected(self):
        folder = harness.SOURCE / "studies/stargate"
        run = self.pinchpoint(
            "explain", folder, "--step", self.STEP, "--out", self.folder / "runs", "--json", seconds=1700
        )
        answer = run.json()
        self.assert_json(answer, "status", "explained")
        stargate = answer["programmes"][0]
        self.assertEqual(stargate["programme"], "stargate")
        self.assertEqual(stargate["amount_chain"]["binds"]["family"], "growth")
        self.assertEqual(stargate["amount_chain"]["binds"]["thing"]["id"], "campus-shell")
        problems = study.compare(
            self.folder / answer["run"] / "results.sqlite",
            folder / "expected/explain.csv",
            self.STEP,
            study.measure_explained,
        )
        self.assertEqual(problems, [])

    def test_less_than_10_percent_of_the_figures_is_assumed(self):
        answer = self.pinchpoint("check", harness.SOURCE / "studies/stargate", "--provenance", "--json").json()
        self.assertEqual(harness.at(answer, "problems"), [])
        self.assertLess(harness.at(answer, "assumed"), 0.1 * harness.at(answer, "figures"))


if __name__ == "__main__":
    harness.main()
