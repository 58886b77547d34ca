#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What docs/guide shows is what the program prints, and the queries it gives run.

A block that begins with "$ pinchpoint" is a session: each command is run, and the lines below it have to come in that order.
A line "..." stands for any lines; ids of runs and gaps stand for any.
"""

import re

import harness

GUIDES = harness.SOURCE / "docs/guide"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
MASKS = ((re.compile(r"runs/(?:[0-9a-f]{12}(?:-\d+)?|\.\.\.)"), "runs/ID"), (re.compile(r"gap [0-9.e+-]+"), "gap G"))


def masked(text: str) -> list[str]:
    for pattern, word in MASKS:
        text = pattern.sub(word, text)
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def blocks(guide: str, language: str) -> list[str]:
    text = (GUIDES / guide).read_text(encoding="utf-8")
    return [match.group(2) for match in BLOCK.finditer(text) if match.group(1) == language]


class GuideTest(harness.EndToEndTest):
    def replay(self, guide: str):
        for block in blocks(guide, ""):
            if not block.startswith("$ pinchpoint"):
                continue
            for part in block.split("$ pinchpoint ")[1:]:
                command, _, shown = part.partition("\n")
                run = self.pinchpoint(*command.split(), expect=None)
                printed = iter(masked(run.out))
                for line in masked(shown):
                    if line != "...":
                        self.assertTrue(line in printed, f"{guide}: not printed, or not in this order: {line}\n{run}")

    def test_first_plan(self):
        self.replay("first-plan.md")

    def test_infeasible(self):
        self.replay("infeasible.md")

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
