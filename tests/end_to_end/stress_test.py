#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""stress, rank, attack: the mini chain under shocks, with bounds, tables, and a run that is killed and goes on."""

import os
import signal
import subprocess
import time

import harness

SAMPLE = ("--n", "400", "--conditional", "--seed", "7", "--checks", "4")


class StressTest(harness.EndToEndTest):
    def test_each_shock_by_itself_has_bounds_that_meet(self):
        demo = self.copy("data/examples/mini-chain")
        tree = self.pinchpoint("stress", demo, "--json").json()
        self.assertEqual(tree["scenarios"], 5, "two memory lines burn one by one, and three more shocks")
        self.assertEqual(tree["certified_share"], 1)
        self.assertLessEqual(tree["max_gap"], 1e-4)
        for key in ("mean", "p50", "p95", "p99", "cvar90"):
            self.assertLessEqual(tree["loss"][key]["lower"], tree["loss"][key]["upper"])
        self.assertTrue(all(check["agrees"] for check in tree["checks"]))
        worst = tree["worst"][0]
        self.assertEqual(worst["hits"][0]["shock"], "more-wanted")
        self.assertGreater(worst["programmes_lost"]["prairie-programme"], 0)

    def test_tables_hold_what_the_answer_says(self):
        demo = self.copy("data/examples/mini-chain")
        tree = self.pinchpoint("stress", demo, *SAMPLE, "--json", "--csv").json()
        database = self.folder / tree["run"] / "results.sqlite"
        count, lowest, highest = self.rows(
            database, "SELECT count(*), avg(loss_lower), avg(loss_upper) FROM stress_scenarios"
        )[0]
        self.assertEqual(count, 400)
        self.assert_json(tree, "loss.mean.lower", lowest, relative=1e-9)
        self.assert_json(tree, "loss.mean.upper", highest, relative=1e-9)
        self.assertEqual(self.rows(database, "SELECT count(*) FROM stress_scenarios WHERE loss_lower > loss_upper")[0][0], 0)
        per_month = self.rows(database, "SELECT months, max(lost) FROM stress_curves GROUP BY months ORDER BY months")
        self.assertEqual([row[0] for row in per_month], [1, 3, 6, 12, 24])
        self.assertEqual([row[1] for row in per_month], sorted(row[1] for row in per_month))
        self.assertTrue((self.folder / tree["run"] / "tables" / "stress_worst.csv").is_file())

    def test_a_run_that_is_killed_goes_on_and_ends_with_the_same_bytes(self):
        self.kill_and_go_on("--n", "20000", "--conditional", "--checks", "2")

    def test_surprises_that_are_killed_go_on_and_end_with_the_same_bytes(self):
        self.kill_and_go_on("--n", "6000", "--conditional", "--checks", "2", "--surprises", "each")

    def kill_and_go_on(self, *options):
        demo = self.copy("data/examples/mini-chain")
        words = ("stress", demo, *options, "--json")
        whole = self.pinchpoint(*words, "--out", "whole").json()
        command = [str(harness.PROGRAM), *map(str, words), "--out", "cut"]
        process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + harness.SECONDS
        while time.monotonic() < end and process.poll() is None:
            kept = list((self.folder / "cut").glob(".stress-*.journal"))
            if kept and kept[0].stat().st_size > 100_000:
                process.send_signal(signal.SIGKILL)
                break
        process.wait()
        again = self.pinchpoint(*words, "--out", "cut").json()
        self.assertEqual(process.returncode, -signal.SIGKILL, "it was killed, not done")
        self.assertGreater(again["resumed"], 0)
        self.assertLess(again["resumed"], whole["scenarios"])
        self.assertFalse(list((self.folder / "cut").glob(".stress-*.journal")), "the journal goes when the run is whole")
        left, right = (self.folder / tree["run"] / "results.sqlite" for tree in (whole, again))
        self.assertEqual(left.read_bytes(), right.read_bytes())

    def test_one_thread_and_two_end_with_the_same_bytes(self):
        demo = self.copy("data/examples/mini-chain")
        for surprises in ("first", "each"):
            words = ("stress", demo, *SAMPLE, "--surprises", surprises, "--json")
            runs = [
                self.pinchpoint(*words, "--threads", threads, "--out", f"runs-{threads}").json() for threads in (1, 2)
            ]
            left, right = (self.folder / tree["run"] / "results.sqlite" for tree in runs)
            self.assertEqual(left.read_bytes(), right.read_bytes())

    def test_surprises_one_by_one_cost_more_than_one_for_all(self):
        demo = self.copy("data/examples/mini-chain")
        first, each = (
            self.pinchpoint("stress", demo, *SAMPLE, "--surprises", surprises, "--json").json()
            for surprises in ("first", "each")
        )
        self.assertEqual((first["surprises"], each["surprises"]), ("first", "each"))
        self.assertNotEqual(first["run"], each["run"])
        self.assertEqual(each["certified_share"], 1)
        self.assertTrue(each["checks"] and all(check["agrees"] for check in each["checks"]))
        self.assertGreater(each["loss"]["mean"]["lower"], first["loss"]["mean"]["upper"])
        for other in ("--foreseen", "--rebuild"):
            refused = self.pinchpoint("stress", demo, "--surprises", "each", other, "--json", expect=2)
            self.assertIn(f"--surprises each with {other}", refused.out + refused.err)

    def test_what_cannot_be_played_is_refused_by_name(self):
        demo = self.copy("data/examples/mini-chain")
        self.assertIn("korea-quake", self.pinchpoint("stress", demo, "--shocks", "korea-quak", expect=2).err)
        (demo / "shocks.csv").unlink()
        self.assertIn("has no shocks", self.pinchpoint("stress", demo, expect=2).err)
        self.assertFalse((self.folder / "runs").exists() and os.listdir(self.folder / "runs"), "nothing is left behind")


    def test_shards_played_anywhere_are_joined_to_the_bytes_of_one_run(self):
        demo = self.copy("data/examples/mini-chain")
        words = ("stress", demo, *SAMPLE, "--surprises", "each", "--shards", "3", "--json")
        whole = self.pinchpoint(*words, "--out", "whole").json()
        files = set()
        for shard in (3, 1, 2):
            made = self.pinchpoint(*words, "--shard", shard, "--out", f"job-{shard}").json()
            self.assertEqual(made["certified_share"], 1)
            file = self.folder / made["file"]
            files.add(file.name)
            (self.folder / "joined").mkdir(exist_ok=True)
            file.rename(self.folder / "joined" / file.name)
        self.assertEqual(len(files), 3)
        joined = self.pinchpoint(*words, "--out", "joined").json()
        self.assertEqual(joined["scenarios"], 400)
        self.assertEqual(joined["loss"], whole["loss"])
        self.assertEqual(
            (self.folder / joined["run"] / "results.sqlite").read_bytes(),
            (self.folder / whole["run"] / "results.sqlite").read_bytes(),
        )

    def test_a_shard_that_is_damaged_is_played_again(self):
        demo = self.copy("data/examples/mini-chain")
        words = ("stress", demo, *SAMPLE, "--shards", "2", "--json")
        whole = self.pinchpoint(*words).json()
        file = next((self.folder / "runs").glob("stress-*-shard-1-of-2"))
        file.write_bytes(file.read_bytes()[:-1000])
        again = self.pinchpoint(*words).json()
        self.assertEqual(again["loss"], whole["loss"])
        self.assertIn("there is none", self.pinchpoint(*words, "--shard", "3", expect=2).out)


class RankTest(harness.EndToEndTest):
    def test_the_only_power_plant_and_its_country_come_first(self):
        demo = self.copy("data/examples/mini-chain")
        tree = self.pinchpoint("rank", demo, "--json").json()
        self.assertEqual(tree["certified_share"], 1)
        self.assertTrue(tree["checks"] and all(check["agrees"] for check in tree["checks"]))
        self.assertEqual((tree["targets"][0]["kind"], tree["targets"][0]["id"]), ("country", "US"))
        losses = [target["loss"]["upper"] for target in tree["targets"]]
        self.assertEqual(losses, sorted(losses, reverse=True))
        for target in tree["targets"]:
            curve = list(target["lost_by_month"].values())
            self.assertEqual(curve, sorted(curve), "what is lost only adds up")
        rows = self.rows(self.folder / tree["run"] / "results.sqlite", "SELECT count(*) FROM rank_targets")
        self.assertEqual(rows[0][0], tree["removals"])

    def test_building_anew_never_makes_a_loss_larger(self):
        demo = self.copy("data/examples/mini-chain")
        found = [
            {target["id"]: target["loss"] for target in self.pinchpoint("rank", demo, *more, "--json").json()["targets"]}
            for more in ((), ("--no-rebuild",))
        ]
        for name, loss in found[0].items():
            self.assertLessEqual(loss["lower"], found[1][name]["upper"] * (1 + 1e-9) + 1, name)


class AttackTest(harness.EndToEndTest):
    def test_the_worst_single_cut_is_that_of_the_ranking(self):
        demo = self.copy("data/examples/mini-chain")
        attack = self.pinchpoint("attack", demo, "--k", "1", "--gap", "0", "--by", "site", "--json").json()
        rank = self.pinchpoint("rank", demo, "--no-rebuild", "--by", "site", "--json").json()
        self.assertEqual(attack["status"], "optimal")
        self.assertTrue(attack["lower_is_proved"] and attack["upper_is_proved"])
        self.assert_json(attack, "loss.upper", rank["targets"][0]["loss"]["upper"], relative=1e-6)

    def test_more_cuts_never_hurt_less(self):
        demo = self.copy("data/examples/mini-chain")
        losses = [
            self.pinchpoint("attack", demo, "--k", k, "--gap", "0", "--by", "commodity", "--json").json()["loss"]["upper"]
            for k in (1, 2, 3)
        ]
        self.assertEqual(losses, sorted(losses))

    def test_a_limit_pays_for_targets_by_their_costs(self):
        demo = self.copy("data/examples/mini-chain")
        attack = ("attack", demo, "--by", "site,country", "--gap", "0", "--json")
        cheap = self.pinchpoint(*attack, "--k", "2").json()
        dear = self.pinchpoint(*attack, "--k", "2", "--cost", "country=2,site=2").json()
        one = self.pinchpoint(*attack, "--k", "1").json()
        self.assertEqual(len(dear["chosen"]), 1)
        self.assert_json(dear, "loss.upper", one["loss"]["upper"], relative=1e-6)
        self.assertLessEqual(dear["loss"]["lower"], cheap["loss"]["upper"] * (1 + 1e-6))

    def test_limits_and_costs_without_meaning_are_refused(self):
        demo = self.copy("data/examples/mini-chain")
        slips = {
            "pays for all": ("--k", "1000"),
            "pays for no target": ("--k", "0.5"),
            "'country=x' is no cost": ("--cost", "country=x"),
            "'atlantis' is neither a kind nor an id": ("--cost", "atlantis=3"),
        }
        for said, words in slips.items():
            refused = self.pinchpoint("attack", demo, *words, expect=2)
            self.assertIn(said, refused.err)


if __name__ == "__main__":
    harness.main()
