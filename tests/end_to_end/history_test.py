#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The events of history: planned before and after, scored against what was observed (studies/history/expected/score.csv)."""

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import harness

STUDY = harness.SOURCE / "studies/history"
TOOLS = harness.SOURCE / "tools"
LEAST_SHARE = 0.7  # of physical metrics inside their bands


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def events() -> list[str]:
    return sorted({row["event_id"] for row in rows(STUDY / "predictions.csv")})


def tables(event: str) -> list[Path]:
    return sorted((STUDY / event).rglob("*.csv"))


class HistoryTest(harness.EndToEndTest):
    def test_every_metric_keeps_its_value(self):
        made = subprocess.run(
            [sys.executable, "-B", TOOLS / "history_table.py", "--csv"],
            capture_output=True,
            encoding="utf-8",
            timeout=540,
            env={**os.environ, "PINCHPOINT_PROGRAM": str(harness.PROGRAM)},
        )
        self.assertEqual(made.returncode, 0, made.stderr)
        found = {(row["event_id"], row["metric"]): row for row in csv.DictReader(made.stdout.splitlines())}
        wanted = {(row["event_id"], row["metric"]): row for row in rows(STUDY / "expected/score.csv")}
        self.assertEqual(list(found), list(wanted))
        moved = []
        for key, row in wanted.items():
            value, kept = found[key]["value"], row["value"]
            same = value == kept if not value or not kept else abs(float(value) - float(kept)) <= 0.005 + 0.005 * abs(float(kept))
            if not same or found[key]["is_hit"] != row["is_hit"]:
                moved.append(f"{' '.join(key)}: {value or 'none'}, wanted {kept or 'none'}")
        self.assertEqual(moved, [])
        physical = [row for row in found.values() if row["class"] != "price"]
        hits = sum(row["is_hit"] == "yes" for row in physical)
        self.assertGreaterEqual(hits / len(physical), LEAST_SHARE)

    def test_every_prediction_has_its_metric_and_every_event_its_folders(self):
        keys = [[(row["event_id"], row["metric"]) for row in rows(STUDY / name)] for name in ("predictions.csv", "metrics.csv")]
        self.assertEqual(*keys)
        for event in events():
            for name in ("before", "after"):
                self.assertTrue((STUDY / event / name / "model.toml").is_file(), f"{event}/{name}")

    def test_only_facts_that_were_handed_over_are_sources(self):
        counts: dict[str, int] = {}
        allowed = {f"p-{row['id'].replace('_', '-')}": None for row in rows(STUDY / "parameters.csv")}
        for row in rows(STUDY / "events.csv"):
            counts[row["event_id"]] = at = counts.get(row["event_id"], 0) + 1
            if row["attribute"].startswith("shock/"):
                allowed[f"h-{row['event_id']}-{at}"] = row["event_id"]
        self.assertEqual(sorted(row["id"] for row in rows(STUDY / "base/sources.csv")), sorted(allowed))
        for event in events():
            for path in tables(event):
                for at, row in enumerate(rows(path), 2):
                    for source in filter(None, (row.get("source") or "").split(";")):
                        self.assertIn(source, allowed, f"{path}:{at}")
                        self.assertIn(allowed[source], (None, event), f"{path}:{at}: a fact of another event")

    def test_what_has_no_source_is_assumed_with_band_and_reason(self):
        for event in events():
            for path in tables(event):
                for at, row in enumerate(rows(path), 2):
                    if "confidence" not in row:
                        continue
                    self.assertTrue(row["source"] or row["confidence"] == "assumed", f"{path}:{at}")
                    if row["confidence"] == "assumed":
                        self.assertTrue(row["low"] and row["high"] and row["note"], f"{path}:{at}")

    def test_no_formula_holds_its_own_answer(self):
        wanted = {(row["event_id"], row["metric"]): float(row["observed"]) for row in rows(STUDY / "predictions.csv")}
        for row in rows(STUDY / "metrics.csv"):
            observed = f"{wanted[row['event_id'], row['metric']]:g}"
            if len(observed.replace(".", "").replace("-", "")) > 1:
                words = row["expression"].replace("(", " ").replace(")", " ").replace(",", " ").split()
                self.assertNotIn(observed, words, row["metric"])

    def test_folders_are_what_the_events_say(self):
        with tempfile.TemporaryDirectory() as folder:
            made = subprocess.run(
                [sys.executable, "-B", TOOLS / "history_events.py", "--into", folder],
                capture_output=True,
                encoding="utf-8",
                timeout=120,
            )
            self.assertEqual(made.returncode, 0, made.stderr)
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file():
                    kept = STUDY / path.relative_to(folder)
                    self.assertEqual(kept.read_text(encoding="utf-8"), path.read_text(encoding="utf-8"), str(kept))


if __name__ == "__main__":
    harness.main()
