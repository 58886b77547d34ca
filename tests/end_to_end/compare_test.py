#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""compare: two runs of the mini chain and of others, in words, as JSON and as CSV; and what it refuses."""

import csv
import shutil

import harness


class CompareTest(harness.EndToEndTest):
    def planned(self, folder, *words):
        """The run folder of a model folder planned with these options."""
        return self.folder / self.pinchpoint("plan", folder, *words, "--json").json()["run"]

    def scenarios(self):
        """Runs of the mini chain: as it is, and with the second memory line nine months late."""
        demo = self.copy("data/examples/mini-chain")
        return demo, self.planned(demo), self.planned(demo, "--scenario", "late-memory")

    def test_two_scenarios_differ_as_their_results_do(self):
        _, base, late = self.scenarios()
        tree = self.pinchpoint("compare", base, late, "--json").json()
        self.assertEqual(tree["status"], "different")
        self.assertEqual([it["what"] for it in tree["inputs"]], ["scenarios", "patches/late-memory.csv"])
        totals = [
            self.rows(run / "results.sqlite", "SELECT sum(asked), sum(met) FROM programme_results")[0]
            for run in (base, late)
        ]
        programme = tree["programmes"][0]
        self.assertEqual(programme["name"], "Prairie AI programme")
        for place, (asked, met) in enumerate(totals):
            self.assert_json(programme, f"asked.{place}", asked, relative=1e-9)
            self.assert_json(programme, f"met.{place}", met, relative=1e-9)
            self.assert_json(programme, f"unmet.{place}", asked - met, relative=1e-6)
        self.assertLess(programme["met"][1], programme["met"][0])
        query = "SELECT sum(discounted) FROM cost_lines WHERE kind = 'shortage'"
        shortage = [self.rows(run / "results.sqlite", query)[0][0] for run in (base, late)]
        line = next(it for it in tree["tables"]["costs"]["movers"] if it["kind"] == "shortage")
        self.assert_json(line, "difference", shortage[1] - shortage[0], relative=1e-9)
        self.assert_json(tree, "cost.difference", tree["runs"][1]["objective"] - tree["runs"][0]["objective"])

    def test_the_text_speaks_by_names_and_starts_with_the_paragraph(self):
        _, base, late = self.scenarios()
        text = self.pinchpoint("compare", base, late).out
        paragraph = " ".join(text.split("\n\n")[1].split())
        self.assertTrue(paragraph.startswith("Prairie AI programme gets "), paragraph)
        self.assertIn("The plan costs USD ", paragraph)
        self.assertIn("HBM stacking in South Korea (Donghae Memory): 98,380 stacks a month instead of 3808", paragraph)
        self.assertNotIn("hbm-line", text)
        self.assertEqual(self.pinchpoint("compare", base, late, "--quiet").out.strip(), paragraph)

    def test_a_limit_that_goes_is_named(self):
        demo, base, _ = self.scenarios()
        more = self.planned(demo, "--scenario", "more-turbines")
        tree = self.pinchpoint("compare", base, more, "--top", "0", "--json").json()
        gone = [it["thing"] for it in tree["bindings"] if it["change"] == "went"]
        self.assertIn("turbine-works", gone)
        self.assertIn("What no longer binds: ", tree["summary"])
        back = self.pinchpoint("compare", more, base, "--top", "0", "--json").json()
        self.assertIn("turbine-works", [it["thing"] for it in back["bindings"] if it["change"] == "came"])
        self.assert_json(back, "cost.difference", -tree["cost"]["difference"])

    def test_identical_runs_have_no_difference(self):
        demo, base, _ = self.scenarios()
        again = self.planned(demo, "--threads", "1")
        self.assertNotEqual(base, again)
        tree = self.pinchpoint("compare", base, again, "--json").json()
        self.assertEqual(tree["status"], "same")
        self.assertEqual(tree["inputs"], [])
        self.assertTrue(all(table["differ"] == 0 for table in tree["tables"].values()))
        self.assertIn("No difference", self.pinchpoint("compare", base, again).out)

    def test_a_late_plant_comes_so_many_quarters_later(self):
        demo, base, _ = self.scenarios()
        late = self.copy("data/examples/mini-chain", "slow")
        parameters = late / "technology_parameters.csv"
        with parameters.open(newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if row["technology"] == "cluster" and row["parameter"] == "build_time":
                row["value"], row["low"], row["high"] = "9", "", ""
        with parameters.open("w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        tree = self.pinchpoint("compare", base, self.planned(late), "--top", "0", "--json").json()
        build = next(it for it in tree["builds"] if it["technology"] == "cluster")
        self.assertEqual(build["on_line"], ["2026Q2", "2026Q4"])
        self.assertEqual(build["delay_months"], 6)
        self.assertIn("two quarters later", tree["summary"])
        self.assertEqual([it["what"] for it in tree["inputs"]], ["technology_parameters.csv"])

    def test_quarters_are_compared_with_years_and_horizons_where_they_overlap(self):
        demo, base, _ = self.scenarios()
        tree = self.pinchpoint("compare", base, self.planned(demo, "--step", "year"), "--json").json()
        self.assertEqual(tree["periods"], ["2026", "2027"])
        self.assert_json(tree, "programmes.0.asked.1", tree["programmes"][0]["asked"][0], relative=1e-9)
        later = self.planned(demo, "--start", "2027-Q1", "--end", "2028-Q2")
        tree = self.pinchpoint("compare", base, later, "--json").json()
        self.assertEqual(tree["periods"], ["2027Q1", "2027Q2", "2027Q3", "2027Q4"])
        self.assertEqual(tree["cost"]["what"], "payments")
        self.assertTrue(any("horizons differ" in note for note in tree["notes"]))
        apart = self.planned(demo, "--start", "2028-Q1", "--end", "2028-Q4")
        self.assertIn("2028Q1 to 2028Q4", self.pinchpoint("compare", base, apart, expect=2).err)

    def test_every_difference_is_written_as_csv_and_nothing_is_overwritten(self):
        _, base, late = self.scenarios()
        target = self.folder / "out" / "differences"
        self.pinchpoint("compare", base, late, "--csv", target)
        with (target / "programme_periods.csv").open(newline="") as file:
            periods = list(csv.DictReader(file))
        self.assertEqual(len(periods), 8)
        self.assertEqual(periods[0]["programme"], "prairie-programme")
        names = {path.name for path in target.iterdir()}
        self.assertTrue({"summary.csv", "inputs.csv", "builds.csv", "bindings.csv", "flows.csv"} <= names, names)
        self.assertEqual([path.name for path in target.parent.iterdir()], ["differences"])
        self.assertIn("is there already", self.pinchpoint("compare", base, late, "--csv", target, expect=2).err)

    def test_the_model_folders_are_not_needed(self):
        demo, base, late = self.scenarios()
        shutil.rmtree(demo)
        self.pinchpoint("compare", base, late)

    def test_folders_that_are_no_runs_are_named_all_at_once(self):
        demo, base, _ = self.scenarios()
        refused = self.pinchpoint("compare", demo, "nowhere", expect=2)
        self.assertIn("it is a model folder: `pinchpoint plan", refused.err)
        self.assertIn("nowhere: error[RUN-001]: there is no such folder", refused.err)
        tree = self.pinchpoint("compare", demo, "nowhere", "--json", expect=2).json()
        self.assertEqual([it["code"] for it in tree["problems"]], ["RUN-002", "RUN-001"])
        (base / "results.sqlite").write_bytes(b"nothing that SQLite would know, however long it may look at it" * 9)
        self.assertIn("results.sqlite: error[RUN-005]", self.pinchpoint("compare", base, base, expect=2).err)

    def test_a_run_without_a_plan_is_a_no(self):
        _, base, _ = self.scenarios()
        impossible = self.copy("data/examples/contradiction")
        run = self.folder / self.pinchpoint("plan", impossible, "--json", expect=1).json()["run"]
        tree = self.pinchpoint("compare", base, run, "--json", expect=1).json()
        self.assertEqual(tree["status"], "no_plan")
        self.assertIn("infeasible", tree["problems"][0])

    def test_runs_of_models_with_nothing_in_common_are_refused_by_name(self):
        _, base, _ = self.scenarios()
        other = self.model(
            {
                "model.toml": 'name = "bakery"\n[horizon]\nstart = "2026"\nend = "2027"\nstep = "year"\n'
                '[money]\ncurrency = "USD"\nprice_year = 2025\ndiscount_rate = 0\n',
                "layers.csv": "id,position\nfood,1\n",
                "regions.csv": "id,kind\nFR,country\n",
                "organisations.csv": "id,kind\nbaker,firm\n",
                "commodities.csv": "id,layer,unit\nbread,food,kg\n",
                "technologies.csv": "id,output,capacity_unit\noven,bread,kg/year\n",
                "facilities.csv": "id,technology,region,owner,status,capacity,unit\no1,oven,FR,baker,existing,5,kg/year\n",
                "programmes.csv": "id,commodity,region,payer\neat,bread,FR,baker\n",
                "programme_parameters.csv": "programme,parameter,value,unit\neat,demand,4,kg/year\neat,value,9,USD/kg\n",
            },
            "bakery",
        )
        run = self.planned(other)
        refused = self.pinchpoint("compare", base, run, expect=2)
        self.assertIn("'mini-chain'", refused.err)
        self.assertIn("'bakery'", refused.err)


class ConditioningTest(harness.EndToEndTest):
    def test_a_plan_tells_its_ranges(self):
        demo = self.copy("data/examples/mini-chain")
        tree = self.pinchpoint("plan", demo, "--json").json()
        conditioning = tree["conditioning"]
        self.assertFalse(conditioning["is_poor"])
        smallest, largest = conditioning["scaled"]["matrix"]
        self.assert_json(conditioning, "spread", largest / smallest, relative=1e-12)
        stored = self.rows(
            self.folder / tree["run"] / "results.sqlite",
            "SELECT smallest, largest FROM conditioning WHERE numbers = 'matrix' AND scaled = 'yes'",
        )
        self.assertEqual(stored, [(smallest, largest)])
        text = self.pinchpoint("plan", demo, "--no-run").out
        self.assertEqual(sum(line.startswith("conditioning ") for line in text.splitlines()), 1)
        self.assertNotIn("WARNING", text)

    def test_a_badly_scaled_model_is_warned_of_by_name(self):
        demo = self.copy("data/examples/mini-chain")
        # Two recipes that take the same two goods in amounts 24 decades apart: no scaling of rows and columns helps.
        with (demo / "recipes.csv").open("a") as file:
            for technology, good, amount, unit in (
                ("packaging-line", "power", "1e-12", "MWh/package"),
                ("cluster", "substrate", "1e-12", "piece/MWh"),
            ):
                file.write(f"{technology},{good},input,,,,{amount},{unit},,,,,,a very small amount\n")
        run = self.pinchpoint("plan", demo, "--json", expect=None).json()
        self.assertTrue(run["conditioning"]["is_poor"], run["conditioning"])
        self.assertGreaterEqual(run["conditioning"]["spread"], 1e6)
        text = self.pinchpoint("plan", demo, "--no-run", expect=None).out
        self.assertIn("WARNING: the scaled matrix spans a factor of", text)
        self.assertIn("output of ", text)
        self.assertIn("activity[", text)


if __name__ == "__main__":
    harness.main()
