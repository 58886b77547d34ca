#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""plan --risk: the mini chain hedged against its own shocks, with bounds, tables, and the limits that must hold."""

import harness

SAMPLE = ("--shocks", "SHOCKS", "--scenarios", "20", "--seed", "3")


class HedgeTest(harness.EndToEndTest):
    def hedged(self, demo, risk, *more):
        shocks = str(demo / "shocks.csv")
        words = [shocks if word == "SHOCKS" else word for word in SAMPLE]
        return self.pinchpoint("plan", demo, *words, "--risk", risk, "--json", *more).json()

    def test_a_hedge_has_bounds_that_meet_and_is_no_worse_than_the_plain_plan(self):
        demo = self.copy("data/examples/mini-chain")
        tree = self.hedged(demo, "expectation", "--csv")
        risk = tree["risk"]
        self.assertEqual(tree["status"], "optimal")
        self.assertEqual(risk["status"], "optimal")
        self.assertTrue(risk["lower_is_proved"])
        self.assertLessEqual(risk["lower"], risk["upper"] * (1 + 1e-9))
        self.assertLessEqual(risk["gap"], 2e-4)
        self.assertAlmostEqual(risk["certified_share"], 1, places=9)
        self.assertEqual(risk["scenarios"], 20)
        size = abs(risk["upper"])
        self.assertGreaterEqual(risk["vss"]["upper"], -1e-4 * size)
        self.assertGreaterEqual(risk["evpi"]["upper"], -1e-4 * size)
        database = self.folder / tree["run"] / "results.sqlite"
        mean = self.rows(database, "SELECT sum(probability * hedged_upper), sum(probability) FROM hedge_futures")[0]
        self.assertAlmostEqual(mean[0] / risk["upper"], 1, places=9)
        self.assertAlmostEqual(mean[1], 1, places=9)
        self.assertEqual(
            self.rows(database, "SELECT upper FROM hedge_summary WHERE figure = 'risk'")[0][0], risk["upper"]
        )
        self.assertTrue((self.folder / tree["run"] / "tables" / "hedge_builds.csv").is_file())

    def test_tail_risk_of_level_nought_is_the_mean_and_grows_with_the_level(self):
        demo = self.copy("data/examples/mini-chain")
        mean = self.hedged(demo, "expectation", "--no-run", "--foresight-seconds", "0")["risk"]
        nought = self.hedged(demo, "cvar:0", "--no-run", "--foresight-seconds", "0")["risk"]
        most = self.hedged(demo, "cvar:0.9", "--no-run", "--foresight-seconds", "0")["risk"]
        self.assertLessEqual(abs(mean["upper"] - nought["upper"]), 2e-4 * abs(mean["upper"]))
        self.assertGreaterEqual(most["upper"], mean["lower"])
        self.assertLessEqual(most["gap"], 2e-4)

    def test_a_study_by_years_is_hedged_the_same_way_twice(self):
        demo = self.copy("data/examples/mini-chain")
        first = self.hedged(demo, "cvar:0.5", "--step", "year", "--no-run", "--threads", "1")["risk"]
        second = self.hedged(demo, "cvar:0.5", "--step", "year", "--no-run")["risk"]
        self.assertEqual(first["status"], "optimal")
        self.assertLessEqual(first["gap"], 2e-4)
        for key in ("lower", "upper", "builds", "cuts", "vss"):
            self.assertEqual(first[key], second[key], key)

    def test_text_says_what_hedging_is_worth(self):
        demo = self.copy("data/examples/mini-chain")
        done = self.pinchpoint(
            "plan", demo, "--shocks", demo / "shocks.csv", "--risk", "cvar:0.8", "--scenarios", "10", "--no-run"
        )
        for words in ("Hedge: least cvar:0.8", "VSS", "EVPI", "What the hedge builds otherwise", "insurance"):
            self.assertIn(words, done.out)

    def test_bad_options_are_refused_in_words(self):
        demo = self.copy("data/examples/mini-chain")
        for risk in ("cvar:1", "cvar:-0.1", "cvar:", "cvar:0.9x", "worst"):
            refused = self.pinchpoint("plan", demo, "--shocks", demo / "shocks.csv", "--risk", risk, expect=2)
            self.assertIn(f"'{risk}' is no measure of risk", refused.err)
        refused = self.pinchpoint("plan", demo, "--risk", "expectation", expect=2)
        self.assertIn("--shocks", refused.err)
        refused = self.pinchpoint("plan", demo, "--shocks", demo / "shocks.csv", expect=2)
        self.assertIn("--risk", refused.err)


if __name__ == "__main__":
    harness.main()
