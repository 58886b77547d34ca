#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""comply package: the worked packages, what is refused, what is composed from the shipped catalogue."""

import csv
import io

import harness

PACKAGES = harness.SOURCE / "data/packages"
CATALOGUE = harness.SOURCE / "data/catalogues/gulf-campus"


class PackageTest(harness.EndToEndTest):
    def check(self, name, *words, **options):
        return self.pinchpoint("comply", "package", PACKAGES / f"{name}.toml", *words, **options)

    def findings(self, tree):
        return {it["id"]: it["finding"] for it in tree["predicates"]}

    def test_six_packages_have_their_verdicts(self):
        wanted = {
            "meridian": "compliant_pending_designation",
            "halcyon": "compliant_with_conditions",
            "northlight": "not_compliant",
            "cobalt": "not_compliant",
            "summit": "not_compliant",
            "andes": "not_compliant",
        }
        for name, verdict in wanted.items():
            self.assertEqual(self.check(name, "--quiet").out.strip(), verdict, name)

    def test_every_predicate_has_evidence_citation_and_the_day_of_the_base(self):
        tree = self.check("halcyon", "--json").json()
        self.assertEqual(len(tree["predicates"]), 35)
        self.assertTrue(all(it["citation"] and it["evidence"] and it["confidence"] for it in tree["predicates"]))
        self.assertEqual(tree["as_of"], "2026-09-22")
        self.assertEqual(tree["content"]["us_share"]["value_added"], "0.51")
        self.assertEqual([it["over"] for it in tree["grants"]], ["7000", "-16000"])
        self.assertEqual(set(tree["support"].values()), {"eligible_to_be_referred"})
        lines = {(it["line"], it["target"]): it["licence"]["posture"] for it in tree["hardware"]}
        self.assertEqual(lines["servers-abu-dhabi", "AE"], "case_by_case")
        self.assertEqual(lines["servers-dammam", "SA"], "presumption_of_approval")

    def test_both_columns_are_on_the_screen(self):
        text = self.check("meridian").out
        self.assertIn("no licence; printed: licence required", text)
        self.assertIn("[text_against_enforcement]", text)
        self.assertIn("Rule base as of 2026-09-22", text)

    def test_a_predicate_of_the_engine_can_be_left_out_and_is_named(self):
        self.assertEqual(self.check("northlight", "--without", "P12", "--quiet").out.strip(), "needs_human")
        tree = self.check("northlight", "--json").json()
        self.assertEqual(tree["unsure"], [{"predicate": "P12", "verdict_without": "needs_human"}])
        self.assertIn("Qwen", next(it["chain"] for it in tree["models"] if it["id"] == "northtune-32b"))

    def test_the_day_decides(self):
        found = {
            day: self.findings(self.check("andes", "--date", day, "--json").json())["P22"]
            for day in ("2025-09-15", "2025-10-15", "2026-11-09", "2026-11-10")
        }
        self.assertEqual(list(found.values()), ["pass", "fail", "conditional", "fail"])

    def test_rows_for_a_spreadsheet(self):
        rows = list(csv.DictReader(io.StringIO(self.check("summit", "--csv").out)))
        self.assertEqual(len({row["predicate"] for row in rows}), 35)
        carved = [row["subject"] for row in rows if row["subject_finding"] == "conditional" and row["predicate"] == "P16"]
        self.assertEqual(carved, ["EAC: CD", "EAC: SO", "EAC: SS"])

    def test_bad_files_are_refused_with_places(self):
        text = (PACKAGES / "cobalt.toml").read_text(encoding="utf-8")
        bad = self.folder / "bad.toml"
        bad.write_text(text.replace('seat = "SG"', 'seat = "SGP"').replace('owner = "longtop"', 'owner = "long"'))
        run = self.pinchpoint("comply", "package", bad, expect=2)
        self.assert_diagnostic(run, "RUL-004", str(bad))
        self.assert_diagnostic(run, "RUL-010", str(bad))
        self.assert_diagnostic(self.pinchpoint("comply", "package", self.folder / "none.toml", expect=2), "FIL-002")
        self.assert_diagnostic(self.check("andes", "--date", "2021-01-01", expect=2), "RUL-013")
        self.assert_diagnostic(self.check("andes", "--without", "P99", expect=2), "RUL-013")

    def test_a_predicate_is_corrected_in_one_row(self):
        rules = self.copy("data/rules")
        table = rules / "predicates.csv"
        table.write_text(table.read_text().replace("coc_share >= 0.50 or coc_control", "coc_share >= 0.30 or coc_control"))
        tree = self.check("northlight", "--rules", rules, "--json").json()
        self.assertEqual(self.findings(tree)["P09"], "fail")

    def test_predicates_and_facts_are_listed(self):
        listed = self.pinchpoint("rules", "list", "predicates", "--json").json()["predicates"]
        self.assertEqual(len({it["name"] for it in listed}), 35)
        self.assertGreater(len(self.pinchpoint("rules", "list", "package-facts", "--json").json()["package-facts"]), 60)


class ComposeTest(harness.EndToEndTest):
    def compose(self, *words, **options):
        return self.pinchpoint("comply", "package", CATALOGUE, "--compose", *words, "--json", **options).json()

    def test_cheapest_fullest_and_soonest_for_saudi_arabia(self):
        by_cost, by_content, by_date = (
            self.compose("--target", "SA", "--for", aim, "--quiet")["package"] for aim in ("cost", "content", "date")
        )
        for package in (by_cost, by_content, by_date):
            self.assertEqual(package["verdict"], "compliant_with_conditions")
            self.assertEqual(package["open"], ["P20 conditional"])
            self.assertTrue(all(float(share.rstrip("…")) >= 0.51 for share in package["content"].values()))
        self.assertLessEqual(float(by_cost["cost_musd"]), float(by_date["cost_musd"]))
        self.assertLessEqual(by_date["ready"], by_cost["ready"])
        self.assertGreaterEqual(by_content["content"]["value_added"], by_cost["content"]["value_added"])
        self.assertLessEqual(by_cost["proof"]["bound"], float(by_cost["cost_musd"]) + 1e-9)

    def test_members_who_may_not_be_are_named(self):
        barred = {it["offer"]: it["predicates"] for it in self.compose("--quiet")["barred"]}
        self.assertEqual(barred["racks-sg"], ["P09 fail"])
        self.assertEqual(barred["model-fi"], ["P12 fail"])
        self.assertIn("P08 fail", barred["labelling-hk"])

    def test_going_without_a_member_costs_something(self):
        tree = self.compose("--points", "2")
        members = {it["party"]: it for it in tree["allies"]["members"]}
        everyone = float(tree["allies"]["all"]["cost_musd"])
        for name, row in members.items():
            self.assertGreaterEqual(float(row["without"]["cost_musd"]), everyone, name)
        self.assertGreater(float(tree["allies"]["none"]["cost_musd"]), everyone)
        front = [(float(it["cost_musd"]), it["content"]["value_added"], it["ready"]) for it in tree["front"]]
        self.assertEqual(len(front), len(set(front)))

    def test_the_study_says_what_the_program_says(self):
        study = (harness.SOURCE / "studies/ai-exports/README.md").read_text(encoding="utf-8")
        for words in ((), ("--content", "any")):
            tree = self.compose("--target", "SA", "--points", "1", *words)
            self.assertIn(f"| {tree['package']['cost_musd']} |", study)
            corners = [tree["allies"]["all"], tree["allies"]["none"]]
            for row in tree["allies"]["members"]:
                corners.append(row["without"])
                corners += [row["only"]] if row["seat"] != "FR" and row["party"] != "kr-apps" else []
            for corner in corners:
                self.assertIn(f"| {corner['cost_musd']} |", study)
        for aim in ("date", "content"):
            package = self.compose("--target", "SA", "--for", aim, "--quiet")["package"]
            self.assertIn(f"| {package['cost_musd']} |", study)
            self.assertIn(package["ready"], study)

    def test_every_price_has_a_source_of_the_world_or_is_assumed_with_its_band(self):
        known = set()
        for path in (harness.SOURCE / "data/world/sources").glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                known |= {row["id"] for row in csv.DictReader(file)}
        with (CATALOGUE / "offers.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                named = [source for source in row["source"].split(";") if source]
                self.assertTrue(set(named) <= known, row["offer"])
                self.assertTrue(named or row["confidence"] == "assumed", row["offer"])
                self.assertLessEqual(float(row["low"]), float(row["price"]), row["offer"])
                self.assertLessEqual(float(row["price"]), float(row["high"]), row["offer"])

    def test_no_package_is_an_answer(self):
        run = self.pinchpoint("comply", "package", CATALOGUE, "--compose", "--quiet", "--leave-out", "us-chips", "--json", expect=1)
        self.assertEqual(run.json()["status"], "none")
        self.assertIn("accelerators: 0 of 461", run.json()["why"])

    def test_bad_catalogues_are_refused_with_places(self):
        folder = self.copy("data/catalogues/gulf-campus")
        offers = folder / "offers.csv"
        offers.write_text(offers.read_text().replace("hbm-kr,hbm,kr-memory", "hbm-kr,hbmm,kr-memory").replace("2.770", "2.77o"))
        run = self.pinchpoint("comply", "package", folder, "--compose", expect=2)
        self.assert_diagnostic(run, "RUL-006", "offers.csv")
        offers.write_text(offers.read_text().replace("2.77o", "2.770"))
        run = self.pinchpoint("comply", "package", folder, "--compose", expect=2)
        self.assert_diagnostic(run, "TAB-010", "offers.csv")
        run = self.pinchpoint("comply", "package", CATALOGUE, "--compose", "--target", "PH", expect=2)
        self.assert_diagnostic(run, "RUL-013")


if __name__ == "__main__":
    harness.main()
