#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""explain: of a run folder and of a model folder, in words, as JSON and as tables."""

import hashlib

import harness


class ExplainTest(harness.EndToEndTest):
    def planned(self):
        """A run of the mini chain: (model folder, run folder)."""
        demo = self.copy("data/examples/mini-chain")
        return demo, self.folder / self.pinchpoint("plan", demo, "--json").json()["run"]

    def test_a_run_is_explained_and_its_tables_are_added(self):
        _, run = self.planned()
        before = set(self.rows(run / "results.sqlite", "SELECT name FROM sqlite_master"))
        tree = self.pinchpoint("explain", run, "--json").json()
        self.assertEqual(tree["status"], "explained")
        programme = tree["programmes"][0]
        self.assertEqual(programme["programme"], "prairie-programme")
        # Turbines hold 2027-Q4 back: the works' 420 MW a year, drawn half a year before a plant runs.
        self.assertEqual(programme["amount_chain"]["binds"]["thing"]["id"], "turbine-works")
        self.assertLess(programme["met"], programme["asked"])
        after = set(self.rows(run / "results.sqlite", "SELECT name FROM sqlite_master"))
        self.assertTrue(before < after)
        self.assertIn(("explain_top_figures",), after - before)
        tried = self.rows(run / "results.sqlite", "SELECT sentence FROM explain_relief WHERE is_tried = 1 ORDER BY rank")
        self.assertIn("Gas turbine works in United States (Keystone Turbines)", tried[0][0])

    def test_explaining_twice_and_on_one_thread_gives_the_same_bytes(self):
        _, run = self.planned()
        sums = set()
        for threads in (2, 2, 1):
            self.pinchpoint("explain", run, "--threads", threads, "--quiet")
            sums.add(hashlib.sha256((run / "results.sqlite").read_bytes()).hexdigest())
        self.assertEqual(len(sums), 1)
        self.assertEqual(sorted(path.name for path in run.iterdir()), ["basis.txt", "log.txt", "results.sqlite", "run.toml"])

    def test_a_model_folder_is_planned_first(self):
        demo = self.copy("data/examples/mini-chain")
        tree = self.pinchpoint("explain", demo, "--scenario", "more-turbines", "--figures", "0", "--json").json()
        self.assertTrue((self.folder / tree["run"] / "run.toml").is_file())
        self.assertNotEqual(tree["programmes"][0]["amount_chain"]["binds"]["thing"]["id"], "turbine-works")

    def test_a_run_whose_model_has_changed_is_refused(self):
        demo, run = self.planned()
        facilities = demo / "facilities.csv"
        facilities.write_text(facilities.read_text().replace("420,MW/year", "430,MW/year"))
        refused = self.pinchpoint("explain", run, expect=2)
        self.assertIn("facilities.csv has changed", refused.err)
        self.assertIn("pinchpoint plan", refused.err)

    def test_figures_come_with_their_sources_and_exact_ones_are_planned_anew(self):
        _, run = self.planned()
        tree = self.pinchpoint("explain", run, "--exact", "2", "--json").json()
        first = tree["figures"][0]
        self.assertEqual(first["figure"], "prairie-programme demand 2028-01")
        self.assertIsNotNone(first["exact"])
        # The objective is convex in what is asked for: the tangent lies below.
        self.assertGreaterEqual(first["exact"]["at_high"], first["at_high"] * (1 - 1e-9))
        self.assertGreaterEqual(first["exact"]["at_low"], first["at_low"] * (1 + 1e-9))
        self.assertEqual(first["name"], "Prairie AI programme, demand, from 2028-01")
        self.assertIn("Campus shell, capex: 11.77 M USD/MW; at 9 M", self.pinchpoint("explain", run).out)
        self.assertIn("[Epoch AI: AI Data Centers dataset]", self.pinchpoint("explain", run).out)

    def test_a_misspelt_programme_gets_its_nearest_name(self):
        _, run = self.planned()
        refused = self.pinchpoint("explain", run, "--programme", "prairie-program", expect=2)
        self.assertIn("did you mean 'prairie-programme'?", refused.err)
        outside = self.pinchpoint("explain", run, "--at", "2031", expect=2)
        self.assertIn("2026Q1 to 2027Q4", outside.err)

    def test_what_cannot_be_planned_is_not_explained(self):
        folder = self.copy("data/examples/contradiction")
        tree = self.pinchpoint("explain", folder, "--json", expect=1).json()
        self.assertEqual(tree["status"], "infeasible")

    def test_a_folder_that_is_no_run_is_said_so(self):
        (self.folder / "broken").mkdir()
        (self.folder / "broken/run.toml").write_text("id = ")
        self.assertIn("error[RUN-004]", self.pinchpoint("explain", "broken", expect=2).err)

    def test_a_run_without_its_basis_is_planned_anew_and_explained_alike(self):
        _, run = self.planned()
        warm = self.pinchpoint("explain", run, "--no-run", "--json").json()
        (run / "basis.txt").unlink()
        cold = self.pinchpoint("explain", run, "--no-run", "--json").json()
        self.assertEqual(warm["notes"], [])
        self.assertEqual(cold["notes"], ["the run keeps no basis.txt: solved from nothing"])
        self.assertEqual([it["sentence"] for it in warm["reliefs"]], [it["sentence"] for it in cold["reliefs"]])
        self.assertEqual([it["figure"] for it in warm["figures"]], [it["figure"] for it in cold["figures"]])


if __name__ == "__main__":
    harness.main()
