#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""new → check → plan → export, what they print, and how they end."""

import csv
import tomllib

import harness


class NewTest(harness.EndToEndTest):
    def test_writes_an_example_that_passes_its_own_check_and_can_be_planned(self):
        run = self.pinchpoint("new", "demo")
        self.assertIn("pinchpoint plan demo", run.out)
        check = self.pinchpoint("check", "demo", "--json").json()
        self.assertEqual((check["errors"], check["warnings"]), (0, 0))
        self.assertEqual(self.pinchpoint("plan", "demo", "--json").json()["status"], "optimal")

    def test_never_touches_a_folder_that_is_there(self):
        self.pinchpoint("new", "demo")
        before = (self.folder / "demo/recipes.csv").read_bytes()
        run = self.pinchpoint("new", "demo", expect=2)
        self.assertIn("nothing is ever overwritten", run.err)
        self.assertEqual((self.folder / "demo/recipes.csv").read_bytes(), before)
        (self.folder / "empty").mkdir()
        self.pinchpoint("new", "empty")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["demo", "empty"])

    def test_every_example_passes_check(self):
        for example in self.pinchpoint("new", "--list", "--json").json()["examples"]:
            self.pinchpoint("new", example["example"], "--example", example["example"])
            check = self.pinchpoint("check", example["example"], "--provenance", "--json").json()
            self.assertEqual((check["errors"], check["warnings"], check["unsourced"]), (0, 0, 0), example)

    def test_a_misspelt_example_gets_its_nearest_name(self):
        self.assertIn("did you mean 'mini-chain'?", self.pinchpoint("new", "x", "--example", "mini-chian", expect=2).err)
        self.assertFalse((self.folder / "x").exists())


class CheckTest(harness.EndToEndTest):
    def test_reports_every_problem_with_its_place(self):
        demo = self.copy("data/examples/mini-chain")
        regions = demo / "regions.csv"
        regions.write_text(regions.read_text().replace("prairie,Prairie campus,site,US", "prairie,Prairie campus,sight,USA"))
        run = self.pinchpoint("check", demo, expect=2)
        self.assert_diagnostic(run, "TAB-009", "regions.csv:4:24")
        self.assert_diagnostic(run, "TAB-010", "regions.csv:4:30")
        tree = self.pinchpoint("check", demo, "--json", expect=2).json()
        self.assertEqual(tree["status"], "bad_input")
        problem = next(item for item in tree["problems"] if item["code"] == "TAB-010")
        self.assertEqual((problem["file"], problem["line"], problem["column"]), ("regions.csv", 4, 30))
        self.assertEqual((problem["severity"], problem["found"]), ("error", "USA"))
        self.assertIn("US", problem["fix"])

    def test_counts_figures_and_lists_what_is_assumed(self):
        tree = self.pinchpoint("check", self.copy("data/examples/mini-chain"), "--provenance", "--json").json()
        self.assertEqual(tree["figures"], tree["sourced"] + tree["assumed"] + tree["unsourced"])
        self.assertEqual(tree["figures"], sum(table["figures"] for table in tree["tables"]))
        self.assertEqual(len(tree["assumed_list"]), tree["assumed"])
        self.assertEqual(tree["sources"], 6)
        first = tree["assumed_list"][0]
        self.assertTrue(first["note"] and first["low"] <= first["value"] <= first["high"], first)

    def test_warnings_alone_do_not_fail(self):
        demo = self.copy("data/examples/mini-chain")
        with open(demo / "commodities.csv", "a", encoding="utf-8") as file:
            file.write("moon-dust,moon dust,wafers,t,no,market,no,free,\n")
        run = self.pinchpoint("check", demo)
        self.assert_diagnostic(run, "STR-005")
        self.assertEqual(self.pinchpoint("check", demo, "--json").json()["warnings"], 1)

    def test_shocks_beside_a_model_are_checked_against_its_names(self):
        demo = self.copy("data/examples/mini-chain")
        library = demo.parent / "library"
        (library / "shocks").mkdir(parents=True)
        (library / "sources.csv").write_text("id,publisher,title\npaper,A paper,What happened\n")
        header = "id,kind,region,from,depth,low,high,confidence,source,note\n"
        shocks = library / "shocks" / "own.csv"
        shocks.write_text(header + "quake,earthquake,KR,2026-06,0.5,0.4,0.6,reported,paper,a test\n")
        tree = self.pinchpoint("check", demo, "--shocks", library, "--provenance", "--json").json()
        self.assertEqual((tree["errors"], tree["warnings"], tree["shocks"]), (0, 0, 5))
        self.assertIn("shocks", [table["table"] for table in tree["tables"]])
        shocks.write_text(header + "quake,earthquake,KRR,2026-06,0.5,0.4,0.6,reported,paper,a test\n")
        run = self.pinchpoint("check", demo, "--shocks", shocks, expect=2)
        self.assert_diagnostic(run, "TAB-010")
        self.assertIn("did you mean 'KR'?", run.err + run.out)

    def test_a_folder_that_is_not_there_is_bad_input(self):
        run = self.pinchpoint("check", "nowhere", expect=2)
        self.assert_diagnostic(run, "FIL-001")

    def test_something_out_of_nothing_is_an_error(self):
        demo = self.copy("data/examples/mini-chain")
        with open(demo / "recipes.csv", "a", encoding="utf-8") as file:
            file.write("server-assembly,package,output,,,,2,package/accelerator,1,3,2026,assumed,,more packages than it took\n")
        run = self.pinchpoint("check", demo, expect=2)
        self.assert_diagnostic(run, "STR-004")
        self.pinchpoint("plan", demo, expect=2)


class PlanTest(harness.EndToEndTest):
    def test_prints_one_screen_and_leaves_a_run_folder(self):
        demo = self.copy("data/examples/mini-chain")
        run = self.pinchpoint("plan", demo)
        self.assertLess(run.out.count("\n"), 40)
        for words in ("optimal, certified", "What pinches", "Programmes", "Largest builds", "Money by owner", "HBM stacking"):
            self.assertIn(words, run.out)
        self.assertEqual(run.err, "", "no progress where nobody watches")
        folders = list((self.folder / "runs").iterdir())
        self.assertEqual(len(folders), 1)
        self.assertEqual(sorted(path.name for path in folders[0].iterdir()), ["basis.txt", "log.txt", "results.sqlite", "run.toml"])

    def test_json_has_what_is_promised(self):
        tree = self.pinchpoint("plan", self.copy("data/examples/mini-chain"), "--json").json()
        self.assertEqual(tree["status"], "optimal")
        self.assertTrue(tree["cost_reconciled"])
        proof = tree["certificate"]
        self.assertLessEqual(proof["lower"], proof["upper"])
        self.assertLess(proof["gap"], 1e-9)
        self.assertLess(max(proof["primal_violation"], proof["dual_violation"]), 1e-6)
        self.assertGreater(min(tree["size"][key] for key in ("rows", "columns", "nonzeros")), 0)
        self.assertEqual(
            set(tree["seconds"]), {"read", "validate", "assemble", "solve", "certify", "write", "total"}
        )
        self.assertTrue((self.folder / tree["run"] / "results.sqlite").is_file())
        self.assertEqual(tree["contradictions"], [])
        programme = tree["programmes"][0]
        self.assertAlmostEqual(programme["share"], programme["met"] / programme["asked"])

    def test_the_run_says_what_it_was_made_from(self):
        demo = self.copy("data/examples/mini-chain")
        tree = self.pinchpoint("plan", demo, "--scenario", "late-memory", "--threads", "1", "--json").json()
        record = tomllib.loads((self.folder / tree["run"] / "run.toml").read_text())
        self.assertEqual(record["id"], (self.folder / tree["run"]).name)
        self.assertEqual(record["model"]["scenarios"], ["late-memory"])
        self.assertEqual(record["options"]["threads"], 1)
        self.assertEqual(record["command"][1:], ["plan", str(demo), "--scenario", "late-memory", "--threads", "1", "--json"])
        paths = [item["path"] for item in record["input"]]
        self.assertIn("patches/late-memory.csv", paths)
        self.assertTrue(all(len(item["sha256"]) == 64 for item in record["input"]))
        self.assertGreater(record["machine"]["peak_memory_bytes"], 1e6)
        self.assertAlmostEqual(record["result"]["objective"], tree["objective"])

    def test_the_same_inputs_give_the_same_bytes_on_one_thread_and_two(self):
        demo = self.copy("data/examples/mini-chain")
        runs = [
            self.folder / self.pinchpoint("plan", demo, "--threads", threads, "--json").json()["run"]
            for threads in (1, 2, 2)
        ]
        self.assertEqual([run.name for run in runs[1:]], [f"{runs[0].name}-2", f"{runs[0].name}-3"])
        tables = {(run / "results.sqlite").read_bytes() for run in runs}
        self.assertEqual(len(tables), 1)

    def test_other_inputs_get_another_name(self):
        demo = self.copy("data/examples/mini-chain")
        first = self.pinchpoint("plan", demo, "--json").json()["run"]
        second = self.pinchpoint("plan", demo, "--seed", "3", "--json").json()["run"]
        third = self.pinchpoint("plan", demo, "--step", "year", "--json").json()["run"]
        (demo / "groups.csv").write_text("group,member,from,until,source,note\nallies,KR,,,,\n")
        fourth = self.pinchpoint("plan", demo, "--json").json()["run"]
        self.assertEqual(len({first, second, third, fourth}), 4)

    def test_csv_tables_hold_what_the_database_holds(self):
        tree = self.pinchpoint("plan", self.copy("data/examples/mini-chain"), "--csv", "--json").json()
        folder = self.folder / tree["run"]
        with open(folder / "tables/cost_lines.csv", encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        self.assertAlmostEqual(sum(float(line["discounted"]) for line in lines), tree["objective"], delta=1)
        stored = self.rows(folder / "results.sqlite", "SELECT payer, kind, period, money FROM cost_lines")
        self.assertEqual([(r["payer"], r["kind"], r["period"], float(r["money"])) for r in lines], stored)

    def test_views_answer_the_common_questions(self):
        tree = self.pinchpoint("plan", self.copy("data/examples/mini-chain"), "--json").json()
        database = self.folder / tree["run"] / "results.sqlite"
        for name in (
            "capacity_on_line builds flows stocks shortage money_by_owner cost_by_payer_and_kind prices pinch made_by_year"
        ).split():
            self.assertTrue(self.rows(database, f"SELECT * FROM {name} LIMIT 1"), name)
        worth = self.rows(database, "SELECT worth FROM pinch ORDER BY rank")
        self.assertEqual(worth, sorted(worth, reverse=True))

    def test_no_run_writes_nothing(self):
        demo = self.copy("data/examples/mini-chain")
        run = self.pinchpoint("plan", demo, "--no-run", "--quiet")
        self.assertEqual(run.out.count("\n"), 1)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["mini-chain"])

    def test_hard_rules_that_contradict_one_another_are_named(self):
        model = self.copy("data/examples/contradiction")
        run = self.pinchpoint("plan", model, expect=1)
        self.assertIn("infeasible", run.out)
        self.assertIn("the reserve of gallium in United States at the end of 2026Q3 is short by 15 t", run.out)
        self.assertIn("the budget of Desert Compute in 2027Q1 is short by", run.out)
        tree = self.pinchpoint("plan", model, "--json", expect=1).json()
        self.assertEqual((tree["status"], tree["objective"], tree["certificate"]), ("infeasible", None, None))
        rules = {item["rule"]: item["amount"] for item in tree["contradictions"]}
        self.assertAlmostEqual(rules["stock_floor[gallium,US,2026Q3]"], 15)
        self.assertAlmostEqual(rules["budget[desert-compute,2027Q1]"], 12.5e6, delta=1)
        stored = self.rows(self.folder / tree["run"] / "results.sqlite", "SELECT count(*) FROM contradictions")
        self.assertEqual(stored, [(len(tree["contradictions"]),)])
        self.pinchpoint("plan", model, "--scenario", "smaller-reserve", expect=1)
        self.pinchpoint("plan", model, "--scenario", "smaller-reserve", "--scenario", "more-money")

    def test_bad_input_is_refused_before_anything_is_solved(self):
        demo = self.copy("data/examples/mini-chain")
        (demo / "recipes.csv").write_text("technology\n")
        run = self.pinchpoint("plan", demo, expect=2)
        self.assertIn("nothing was solved", run.err)
        tree = self.pinchpoint("plan", demo, "--json", expect=2).json()
        self.assertEqual(tree["status"], "bad_input")
        self.assertTrue(tree["problems"])
        self.assertFalse((self.folder / "runs").exists())


class OtherCommandsTest(harness.EndToEndTest):
    def test_export_writes_the_problem_for_other_solvers(self):
        demo = self.copy("data/examples/mini-chain")
        run = self.pinchpoint("export", demo, "--mps", "a.mps", "--lp", "a.lp", "--json").json()
        plan = self.pinchpoint("plan", demo, "--json").json()
        self.assertEqual(run["size"], plan["size"])
        mps = (self.folder / "a.mps").read_text()
        self.assertTrue("capacity[hbm-line,KR,donghae,2026Q1]" in mps)
        self.assertTrue(mps.rstrip().endswith("ENDATA"))
        self.assertTrue("capacity(hbm_line,KR,donghae,2026Q1)" in (self.folder / "a.lp").read_text())
        self.assertEqual(sorted(p.name for p in self.folder.glob("a.*")), ["a.lp", "a.mps"])

    def test_export_needs_to_know_where(self):
        demo = self.copy("data/examples/mini-chain")
        self.assertIn("--mps or --lp", self.pinchpoint("export", demo, expect=2).err)
        self.assertIn("nowhere/a.mps", self.pinchpoint("export", demo, "--mps", "nowhere/a.mps", expect=2).err)
        self.assertIn("No space left", self.pinchpoint("export", demo, "--mps", "/dev/full", expect=2).err)

    def test_schema_lists_tables_units_and_codes(self):
        self.assertIn("recipes", self.pinchpoint("schema").out)
        table = self.pinchpoint("schema", "recipes", "--json").json()
        self.assertEqual(table["key"], ["technology", "commodity", "role", "group", "mode", "region", "at", "from"])
        roles = next(column for column in table["columns"] if column["name"] == "role")
        self.assertEqual(roles["choices"], ["input", "output", "build", "retire"])
        published = (harness.SOURCE / "data/schema/recipes.toml").read_text()
        self.assertEqual(self.pinchpoint("schema", "recipes", "--toml").out, published)
        self.assertIn("h100e", {item["unit"] for item in self.pinchpoint("schema", "units", "--json").json()["units"]})
        self.assertIn("TAB-010", {item["code"] for item in self.pinchpoint("schema", "codes", "--json").json()["codes"]})
        self.assertIn("did you mean 'recipes'", self.pinchpoint("schema", "recipies", expect=2).err)

    def test_usage_errors_say_where_help_is(self):
        self.assertIn("pinchpoint --help", self.pinchpoint("plna", expect=2).err)
        self.assertIn("pinchpoint plan --help", self.pinchpoint("plan", "x", "--threads", "none", expect=2).err)
        tree = self.pinchpoint("plan", "--json", expect=2).json()
        self.assertEqual(tree["status"], "bad_input")

    def test_help_has_examples(self):
        for verb in ("new", "check", "plan", "export", "schema", "import"):
            self.assertIn(f"pinchpoint {verb}", self.pinchpoint(verb, "--help").out)
        self.assertIn("First steps", self.pinchpoint().out)
        self.assertEqual(self.pinchpoint("--version", "--json").json()["version"].count("."), 2)


if __name__ == "__main__":
    harness.main()
