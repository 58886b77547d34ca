#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""comply item and rules: one question and many, as text and as JSON; what is refused; what changed between two days."""

import harness


class ComplyTest(harness.EndToEndTest):
    def ask(self, *words, **options):
        return self.pinchpoint("comply", "item", *words, "--json", **options).json()

    def test_a_verdict_has_posture_rules_citations_and_the_day_of_the_base(self):
        tree = self.ask("--item", "h200-sxm", "--from", "US", "--to", "CN", "--date", "2026-11-22")
        self.assertEqual((tree["verdict"], tree["posture"]), ("licence_required", "case_by_case"))
        rules = {rule["id"]: rule for rule in tree["rules"]}
        self.assertEqual(rules["AC-H200"]["step"], "relief")
        self.assertTrue(all(rule["citation"] for rule in tree["rules"]))
        self.assertEqual(tree["missing"], [])
        self.assertEqual(tree["as_of"], "2026-09-22")
        self.assertEqual(tree["question"]["taken_as_given"]["cert_supply"], "yes")

    def test_printed_text_and_enforcement_stand_side_by_side(self):
        tree = self.ask("--item", "b200", "--from", "US", "--to", "MY", "--date", "2026-11-22")
        self.assertEqual(tree["verdict"], "no_licence")
        self.assertEqual(tree["regimes"][0]["text"]["verdict"], "licence_required")
        self.assertIn("text_against_enforcement", tree["flags"])
        parent = self.ask("--item", "b200", "--from", "US", "--to", "MY", "--parent-hq", "CN", "--date", "2026-11-22")
        self.assertEqual((parent["verdict"], parent["posture"]), ("licence_required", "presumption_of_denial"))

    def test_what_is_missing_is_said_exactly(self):
        words = ("--item", "tpu-v5e", "--from", "US", "--to", "CN", "--date", "2026-11-22")
        tree = self.ask(*words)
        self.assertEqual(tree["verdict"], "cannot_tell")
        self.assertEqual(tree["missing_facts"], ["pd"])
        self.assertIn("532.43", tree["missing"][0])
        self.assertEqual(self.ask(*words, "--fact", "area=325")["verdict"], "licence_required")
        self.assertEqual(self.ask(*words, "--fact", "area=1000")["exception"], "NAC")

    def test_a_listed_party_and_an_affiliate_are_found(self):
        words = ("--item", "l2", "--from", "US", "--to", "CN", "--date", "2026-11-22")
        self.assertIn("PARTY-EL", [rule["id"] for rule in self.ask(*words, "--end-user", "ymtc")["rules"]])
        owned = self.ask("--item", "l2", "--from", "US", "--to", "NL", "--end-user", "nexperia", "--date", "2026-11-22")
        self.assertEqual(owned["verdict"], "licence_required")
        self.assertIn("verify", owned["flags"])
        self.assertEqual(owned["regimes"][0]["unless_confirmed"]["verdict"], "no_licence")

    def test_a_batch_is_answered_in_order(self):
        batch = self.folder / "questions.csv"
        batch.write_text(
            "item,from,to,date,tpp,kind,datacenter,area,dram_bw,io_bw\n"
            "hbm3-stack,KR,CN,2026-11-22,,,,,,\n"
            ",US,VN,2026-11-22,4799.999,accelerator,yes,2000,100,10\n"
            ",US,VN,2026-11-22,4800,accelerator,yes,2000,100,10\n"
        )
        answers = self.ask("--batch", batch)["answers"]
        self.assertEqual([it["verdict"] for it in answers], ["licence_required", "exception", "licence_required"])
        self.assertEqual(len(self.pinchpoint("comply", "item", "--batch", batch).out.splitlines()), 3)

    def test_bad_questions_are_refused_all_at_once(self):
        batch = self.folder / "questions.csv"
        batch.write_text("item,from,to,date\nh2000,US,CN,2026-11-22\nh200-sxm,US,ZZ,2026-11-22\n")
        run = self.pinchpoint("comply", "item", "--batch", batch, expect=2)
        self.assert_diagnostic(run, "RUL-013")
        self.assert_diagnostic(run, "RUL-004")
        run = self.pinchpoint("comply", "item", "--item", "b200", "--from", "US", "--to", "CN", "--date", "tomorrow", expect=2)
        self.assert_diagnostic(run, "RUL-005")

    def test_days_before_the_base_are_refused(self):
        words = ("--item", "v100-sxm2", "--from", "US", "--to", "CN", "--date", "2021-01-01")
        self.assert_diagnostic(self.pinchpoint("comply", "item", *words, expect=2), "RUL-013")
        self.assert_diagnostic(self.pinchpoint("rules", "diff", "2021-01-01", "2026-01-01", expect=2), "RUL-013")

    def test_what_changed_between_two_days(self):
        tree = self.pinchpoint("rules", "diff", "2026-01-14", "2026-01-15", "--json").json()
        self.assertIn("AC-H200", [rule["id"] for rule in tree["rules"]])
        changed = {it["item"]: it["countries"] for it in tree["verdicts"]}
        self.assertEqual(changed["h200-sxm"], ["CN", "HK", "MO"])
        self.assertNotIn("b200", changed)

    def test_a_threshold_is_one_line_of_a_table(self):
        base = self.copy("data/rules")
        rules = base / "rules.csv"
        rules.write_text(rules.read_text().replace("and tpp >= 4800,,3A090.a", "and tpp >= 16000,,3A090.a"))
        words = ("--item", "h200-sxm", "--from", "US", "--to", "SA", "--date", "2023-12-01", "--fact", "area=4000")
        self.assertEqual(self.ask(*words)["classes"], ["3A090.a"])
        self.assertEqual(self.ask(*words, "--rules", base)["classes"], [])

    def test_a_party_that_vanishes_from_a_list_is_an_alarm(self):
        base = self.copy("data/rules")
        parties = base / "parties.csv"
        parties.write_text("".join(line for line in parties.read_text().splitlines(True) if not line.startswith("ymtc,")))
        run = self.pinchpoint("rules", "check", base, "--against", harness.SOURCE / "data/rules")
        self.assert_diagnostic(run, "RUL-012", "parties.csv")


if __name__ == "__main__":
    harness.main()
