#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the machine can do to a run: full disks, kills, Ctrl-C, files that cannot be read, files that are huge."""

import json
import os
import pathlib
import signal
import subprocess
import time
import tomllib

import harness
import large_models


class FailuresTest(harness.EndToEndTest):
    def start(self, *words) -> subprocess.Popen:
        run = subprocess.Popen(
            [str(harness.PROGRAM), *map(str, words)],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.addCleanup(run.communicate)
        self.addCleanup(run.kill)
        return run

    def names_in(self, folder: str) -> list[str]:
        path = self.folder / folder
        return sorted(item.name for item in path.iterdir()) if path.exists() else []

    def wait_for(self, what, seconds: float = 60.0):
        end = time.monotonic() + seconds
        while not what():
            self.assertLess(time.monotonic(), end, "it did not come to that")
            time.sleep(0.01)


class WriteTest(FailuresTest):
    def test_a_place_that_cannot_be_written_to_is_refused_before_the_solve(self):
        demo = self.copy("data/examples/mini-chain")
        (self.folder / "file").write_text("")
        run = self.pinchpoint("plan", demo, "--out", "file/runs", expect=2)
        self.assertIn("cannot write to file/runs", run.err)
        self.assertEqual(run.out, "")

    def test_a_disk_that_fills_up_leaves_nothing_behind_and_the_answer_is_shown(self):
        demo = self.copy("data/examples/mini-chain")
        for limit in (1, 30, 90):  # kB a file may have: results.sqlite does not fit
            command = f"ulimit -f {limit}; exec {harness.PROGRAM} plan {demo} --json --csv"
            done = subprocess.run(["bash", "-c", command], cwd=self.folder, capture_output=True, encoding="utf-8")
            self.assertEqual(done.returncode, 2, done.stderr)
            tree = json.loads(done.stdout)
            self.assertEqual((tree["status"], tree["run"]), ("optimal", None))
            self.assertIn("cannot write", tree["run_problem"])
            self.assertEqual(self.names_in("runs"), [])

    def test_answers_that_do_not_arrive_are_an_error(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([harness.PROGRAM, "schema"], stdout=full, stderr=subprocess.PIPE, encoding="utf-8")
        self.assertEqual(done.returncode, 2)
        self.assertIn("standard output", done.stderr)

    def test_a_run_killed_at_any_moment_leaves_a_whole_folder_or_none(self):
        demo = self.copy("data/examples/mini-chain")
        for moment in range(12):
            run = self.start("plan", demo, "--csv")
            time.sleep(0.02 * moment)
            run.kill()
            run.communicate()
            for name in self.names_in("runs"):
                if name.startswith(".unfinished"):
                    continue
                tomllib.loads((self.folder / "runs" / name / "run.toml").read_text())
                self.assertTrue(self.rows(self.folder / "runs" / name / "results.sqlite", "SELECT * FROM pinch"))
        self.pinchpoint("plan", demo)
        self.assertEqual([name for name in self.names_in("runs") if name.startswith(".")], [])


def heeds_interrupts(pid: int) -> bool:
    """Whether a process sees to SIGINT itself, by the masks that Linux keeps of it: blocked to be waited for, or caught."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(("SigBlk:", "SigCgt:")) and int(line.split()[1], 16) & 1 << (signal.SIGINT - 1):
            return True
    return False


class InterruptTest(FailuresTest):
    def interrupt(self, run: subprocess.Popen, seconds: float) -> str:
        begin = time.monotonic()
        run.send_signal(signal.SIGINT)
        out, _ = run.communicate(timeout=60)
        self.assertLess(time.monotonic() - begin, seconds)
        self.assertEqual(run.returncode, 130)
        return out

    def test_before_there_is_a_plan_it_stops_within_a_second_and_leaves_nothing(self):
        model = self.model(large_models.chains(regions=40, commodities=40, years=4))
        run = self.start("plan", model)
        self.wait_for(lambda: self.names_in("runs"))
        time.sleep(1)
        self.interrupt(run, seconds=1.5)  # half a second for a busy machine
        self.assertEqual(self.names_in("runs"), [])

    def test_while_a_folder_is_read_it_stops_at_once(self):
        model = self.model(large_models.chains(regions=10, commodities=10, years=2))
        rows = (f"group-{number},R1,,,,{'x' * 100}\n" for number in range(400_000))
        with open(model / "groups.csv", "w", encoding="utf-8") as file:
            file.write("group,member,from,until,source,note\n")
            file.writelines(rows)
        run = self.start("plan", model)
        self.wait_for(lambda: heeds_interrupts(run.pid))
        time.sleep(0.3)
        self.interrupt(run, seconds=1.0)
        self.assertEqual(self.names_in("runs"), [])

    def test_the_best_plan_known_is_kept_and_marked(self):
        model = self.model(large_models.chains(regions=6, commodities=10, years=3, blocks=True))
        run = self.start("plan", model, "--gap", "0", "--json")
        self.wait_for(lambda: self.names_in("runs"))
        time.sleep(6)
        out = self.interrupt(run, seconds=20)
        if not out:  # a slow machine: no plan had been found yet
            self.assertEqual(self.names_in("runs"), [])
            return
        tree = json.loads(out)
        self.assertEqual(tree["status"], "limit_reached")
        record = tomllib.loads((self.folder / tree["run"] / "run.toml").read_text())
        self.assertEqual(record["result"]["status"], "limit_reached")
        self.assertTrue(tree["certificate"]["upper_is_proved"])
        self.assertTrue(tree["cost_reconciled"])


class ReadTest(FailuresTest):
    def test_a_file_that_cannot_be_read_is_named(self):
        demo = self.copy("data/examples/mini-chain")
        (demo / "stocks.csv").unlink()
        (demo / "stocks.csv").symlink_to("nowhere.csv")
        run = self.pinchpoint("check", demo, expect=2)
        self.assert_diagnostic(run, "FIL-002", "stocks.csv")
        if os.geteuid() != 0:
            (demo / "recipes.csv").chmod(0)
            self.assert_diagnostic(self.pinchpoint("check", demo, expect=2), "FIL-002", "recipes.csv")

    def test_a_table_of_a_million_rows_is_read(self):
        demo = self.copy("data/examples/mini-chain")
        with open(demo / "groups.csv", "w", encoding="utf-8") as file:
            file.write("group,member,from,until,source,note\n")
            file.writelines(f"group-{number},KR,,,,{'a note of some length ' * 8}\n" for number in range(1_000_000))
        self.assertGreater((demo / "groups.csv").stat().st_size, 180e6)
        self.pinchpoint("check", demo, seconds=300)

    def test_a_million_mistakes_are_counted_and_the_first_ones_shown(self):
        demo = self.copy("data/examples/mini-chain")
        with open(demo / "groups.csv", "w", encoding="utf-8") as file:
            file.write("group,member,from,until,source,note\n")
            file.writelines(f"group-{number},nowhere,,,,\n" for number in range(1_000_000))
        tree = self.pinchpoint("check", demo, "--json", expect=2, seconds=300).json()
        self.assertEqual(tree["errors"], 1_000_000)
        self.assertEqual(len(tree["problems"]) + tree["left_out"], 1_000_000)
        self.assertLess(len(tree["problems"]), 2000)

    def test_a_large_file_without_any_line_end_is_refused_in_time(self):
        demo = self.copy("data/examples/mini-chain")
        with open(demo / "groups.csv", "wb") as file:
            for _ in range(200):
                file.write(b"\0" * 1_000_000)
        run = self.pinchpoint("check", demo, expect=2, seconds=120)
        self.assertIn("groups.csv:1", run.out)


if __name__ == "__main__":
    harness.main()
