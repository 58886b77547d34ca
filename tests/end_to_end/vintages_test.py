#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""[rules] in a model: plans of two vintages, what compare, explain and stress say of them, and what is refused."""

import harness

MODEL = {
    "model.toml": 'name = "gallium"\n[horizon]\nstart = "2025-Q1"\nend = "2026-Q2"\nstep = "quarter"\n[rules]\nas_of = "path"\n',
    "regions.csv": "id,name,kind\nCN,China,country\nJP,Japan,country\nUS,United States,country\n",
    "layers.csv": "id,name,position\nminerals,Minerals,1\n",
    "organisations.csv": "id,name,kind\nmakers,Makers,firm\nbuyers,Buyers,firm\n",
    "sources.csv": "id,publisher,title\nanyone,Anyone,Anything\n",
    "commodities.csv": "id,name,layer,unit,trade\ngallium,Gallium,minerals,tonne,market\n",
    "technologies.csv": "id,name,output,capacity_unit\nrefining,Gallium refining,gallium,tonne/year\n",
    "technology_parameters.csv": "technology,parameter,region,value,unit,source\n"
    "refining,variable_cost,,200,USD/tonne,anyone\nrefining,variable_cost,JP,500,USD/tonne,anyone\n",
    "facilities.csv": "id,technology,region,owner,status,capacity,unit,source\n"
    "cn,refining,CN,makers,existing,100,tonne/year,anyone\njp,refining,JP,makers,existing,4,tonne/year,anyone\n",
    "programmes.csv": "id,name,commodity,region,payer\nchips,Chips of the US,gallium,US,buyers\n",
    "programme_parameters.csv": "programme,parameter,value,unit,source\nchips,demand,20,tonne/year,anyone\nchips,value,5000,USD/tonne,anyone\n",
    "rule_items.csv": "id,commodity,item,note\ngallium,gallium,gallium,the metal itself\n",
    "licence_outcomes.csv": "id,commodity,value,unit,source\nmetals,gallium,12,tonne/year,anyone\n",
    "shocks.csv": "id,kind,rules_as_of,from,depth,unit,source\n"
    "ban,rule-change,2024-12-03,2025-07,1,1,anyone\nlifted,rule-change,2025-11-10,2026-01,1,1,anyone\n",
}


class VintagesTest(harness.EndToEndTest):
    def setUp(self):
        super().setUp()
        for name, text in MODEL.items():
            path = self.folder / "metal" / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def plan(self, vintage: str) -> dict:
        return self.pinchpoint("plan", "metal", "--rules-as-of", vintage, "--json").json()

    def met(self, answer: dict) -> float:
        return self.rows(self.folder / answer["run"] / "results.sqlite", "SELECT sum(met) FROM programme_results")[0][0]

    def test_a_ban_takes_flows_away_and_results_say_why(self):
        before, after, path = self.plan("2024-12-02"), self.plan("2024-12-03"), self.plan("path")
        self.assertAlmostEqual(self.met(before), 1.5 * 16, places=6, msg="12 t a year licensed, 4 of Japan")
        self.assertAlmostEqual(self.met(after), 1.5 * 4, places=6)
        self.assertAlmostEqual(self.met(path), 3 * 1 + (2 + 1) + 2 * 4, places=6, msg="banned to October 2025, then licensed")
        database = self.folder / path["run"] / "results.sqlite"
        rows = self.rows(
            database,
            "SELECT period, verdict, limit_kind, limit_value, limit_unit, outcome, rules, measures FROM rule_verdicts_by_period"
            " WHERE origin = 'CN' ORDER BY period, verdict DESC",
        )
        self.assertEqual(rows[0][:6], ("2025Q1", "prohibited", "none", 0.0, "tonne/year", ""))
        self.assertIn("CN-46-2", rows[0][6])
        self.assertIn("rules-cn-gallium-us-2025-01", rows[0][7].split(";"))
        self.assertEqual(rows[-1][:6], ("2026Q2", "licence_required", "quantity", 12.0, "tonne/year", "metals"))
        cited = self.rows(database, "SELECT citations FROM rule_verdicts WHERE verdict = 'prohibited'")[0][0]
        self.assertIn("MOFCOM Announcement 46 of 2024", cited)

    def test_compare_and_explain_name_the_rules(self):
        before, after = self.plan("2024-12-02"), self.plan("2024-12-03")
        text = self.pinchpoint("compare", before["run"], after["run"]).out
        self.assertIn("2024-12-02", text)
        self.assertIn("gallium from CN to US", text)
        self.assertIn("prohibited by", text)
        explained = self.pinchpoint("explain", before["run"]).out
        self.assertIn("What the rules stop or limit", explained)
        self.assertIn("12 tonne/year (metals)", explained)
        self.assertIn("CN rules on Gallium", explained)

    def test_the_rules_of_another_day_come_as_a_surprise(self):
        ban = self.pinchpoint("stress", "metal", "--rules-as-of", "2024-12-02", "--shocks", "ban", "--json").json()
        self.assertEqual(ban["certified_share"], 1)
        self.assertAlmostEqual(ban["worst"][0]["programmes_lost"]["chips"], 12.0, places=6, msg="four quarters of 3 t")
        lifted = self.pinchpoint("stress", "metal", "--rules-as-of", "2024-12-03", "--shocks", "lifted", "--json").json()
        self.assertEqual(lifted["certified_share"], 1)
        self.assertAlmostEqual(lifted["loss"]["mean"]["upper"], -6 * (5000 - 200), delta=1, msg="6 t that were short")
        nothing = self.pinchpoint("stress", "metal", "--rules-as-of", "2024-12-03", "--shocks", "ban", expect=2)
        self.assertIn("changes no flow of the model", nothing.err)

    def test_a_hedge_plays_the_rules_of_another_day(self):
        words = ("--rules-as-of", "2024-12-03", "--shocks", "lifted", "--risk", "expectation", "--scenarios", "2", "--no-run", "--json")
        risk = self.pinchpoint("plan", "metal", *words).json()["risk"]
        plain = 1.5 * (16 * 5000 + 4 * 500)
        self.assertAlmostEqual(risk["upper"], plain - 6 * (5000 - 200), delta=1, msg="6 t that were short, in every future")

    def test_what_cannot_be_read_is_refused_with_its_place(self):
        wrong = self.pinchpoint("plan", "metal", "--rules-as-of", "2025-02-30", expect=None)
        self.assertNotEqual(wrong.status, 0)
        self.assertIn("2025-02-30", wrong.err)
        (self.folder / "metal/licence_outcomes.csv").unlink()
        refused = self.pinchpoint("plan", "metal", expect=2)
        self.assertIn("rule_items.csv:2:1: error[RUL-017]", refused.err)


if __name__ == "__main__":
    harness.main()
