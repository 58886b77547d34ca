#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What docs/guide shows is what the program prints, and the queries it gives run.

A block that begins with "$ pinchpoint" is a session: each command is run, and the lines below it have to come in that order.
A line "..." stands for any lines; ids of runs and gaps stand for any. In a command, "runs/..." is the run made last; two of
them are the last two. A block below a line "`path`:" is a file, which is written.
"""

import re
import shlex
import subprocess
import sys

import harness

GUIDES = harness.SOURCE / "docs/guide"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
STEP = re.compile(r"(?:^`([^`\n]+)`:\n\n)?^```(\w*)\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^\$ ((?:pinchpoint|sqlite3) .*)\n", re.M)
RUN = re.compile(r"runs/[0-9a-f]{12}(?:-\d+)?")
MASKS = ((re.compile(r"runs/(?:[0-9a-f]{12}(?:-\d+)?|\.\.\.)"), "runs/ID"), (re.compile(r"gap [0-9.e+-]+"), "gap G"))

# What of the world moves whenever somebody adds to it.
WORLD_MASKS = (
    (re.compile(r"\d+ (regions|commodities|technologies|facilities|options|programmes)\b"), r"N \1"),
    (re.compile(r"USD [0-9.]+ (?:bn|trn)"), "USD N"),
    (re.compile(r"sha256 \S+"), "sha256 S"),
)


def masked(text: str, more=()) -> list[str]:
    for pattern, word in (*MASKS, *more):
        text = pattern.sub(word, text)
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def blocks(guide: str, language: str) -> list[str]:
    text = (GUIDES / guide).read_text(encoding="utf-8")
    return [match.group(2) for match in BLOCK.finditer(text) if match.group(1) == language]


class GuideTest(harness.EndToEndTest):
    def replay(self, guide: str, masks=()):
        runs: list[str] = []
        commands = 0
        for path, _, block in STEP.findall((GUIDES / guide).read_text(encoding="utf-8")):
            if path:
                self.model({path: block}, ".")
            elif block.startswith("$ pinchpoint"):
                parts = COMMAND.split(block)[1:]
                for command, shown in zip(parts[::2], parts[1::2], strict=True):
                    self.follow(guide, command, shown, (runs, masks))
                    commands += 1
        self.assertGreater(commands, 0, guide)

    def follow(self, guide: str, command: str, shown: str, state):
        """Runs one command and finds what the guide shows in what it prints."""
        runs, masks = state
        count = command.count("runs/...")
        self.assertLessEqual(count, len(runs), command)
        for run in runs[len(runs) - count :]:
            command = command.replace("runs/...", run, 1)
        program, *words = shlex.split(command)
        if program == "sqlite3":
            rows = self.rows(self.folder / words[0], words[1])
            self.assertEqual(["|".join(map(str, row)) for row in rows], shown.splitlines(), f"{guide}: {command}")
            return
        run = self.pinchpoint(*words, expect=None)
        runs += RUN.findall(run.out) if words[0] == "plan" else []
        printed = iter(masked(run.out, masks))
        for line in masked(shown, masks):
            if line != "...":
                self.assertTrue(line in printed, f"{guide}: not printed, or not in this order: {line}\n{run}")

    def test_first_plan(self):
        self.replay("first-plan.md")

    def test_infeasible(self):
        self.replay("infeasible.md")

    def test_change_the_world(self):
        (self.folder / "data").mkdir()
        (self.folder / "data/world").symlink_to(harness.SOURCE / "data/world")
        self.replay("change-the-world.md", WORLD_MASKS)

    def test_the_table_of_provenance_is_what_the_program_counts(self):
        tool = harness.SOURCE / "tools/provenance_table.py"
        made = subprocess.run(
            [sys.executable, "-B", tool, harness.SOURCE / "data/world", "--program", harness.PROGRAM],
            capture_output=True,
            check=True,
            encoding="utf-8",
            timeout=harness.SECONDS,
        )
        page = (GUIDES / "provenance.md").read_text(encoding="utf-8")
        self.assertIn(f"begins -->\n\n{made.stdout.strip()}\n\n<!--", page, "write it anew: make docs")

    def test_queries_of_results(self):
        self.pinchpoint("new", "demo")
        tree = self.pinchpoint("plan", "demo", "--json").json()
        queries = blocks("results.md", "sql")
        self.assertEqual(len(queries), 3)
        for query in queries:
            self.assertTrue(self.rows(self.folder / tree["run"] / "results.sqlite", query), query)

    def test_every_table_named_in_results_is_there(self):
        self.pinchpoint("new", "demo")
        tree = self.pinchpoint("plan", "demo", "--json").json()
        there = {name for (name,) in self.rows(self.folder / tree["run"] / "results.sqlite", "SELECT name FROM sqlite_master")}
        text = (GUIDES / "results.md").read_text(encoding="utf-8")
        section = text.split("## Tables and views that answer questions")[1].split("## Tables by family")[0]
        named = re.findall(r"`(\w+)`", "\n".join(line.split("|")[1] for line in section.splitlines() if line.startswith("| `")))
        self.assertGreater(len(named), 15)
        self.assertEqual(set(named) - there, set())


if __name__ == "__main__":
    harness.main()
