#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plans the events of studies/history and scores them against predictions.csv.

  history_table.py                                   plans all events, prints the table of scores
  history_table.py --into docs/guide/back-test.md    puts the tables between the marks of that page
  history_table.py --csv                             prints rows of studies/history/expected/score.csv
  history_table.py EVENT ...                         only these

Each metric is a formula of metrics.csv over two runs, before and after; a metric without formula is not claimed and counts as a
miss. The same formulas over the undisturbed run alone are the answer "no change", which is the reference to beat.
PINCHPOINT_PROGRAM names the program (default: build/bin/pinchpoint).
"""

import argparse
import csv
import math
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import marked_page
from history_facts import FACTS, PARAMETERS, STUDY, fact_id, read
from history_runs import Evaluation, plan_event


@dataclass
class Score:
    """One metric: what was observed, what the model says, and what no change would say."""

    event: str
    metric: str
    kind: str
    unit: str
    observed: float
    low: float
    high: float
    found: float | None
    unchanged: float | None
    is_claimed: bool
    reason: str

    def is_hit(self, value: float | None) -> bool:
        return value is not None and self.low - 1e-9 <= value <= self.high + 1e-9

    def distance(self) -> float | None:
        """How far outside the band, in widths of the band; 0 inside."""
        if self.found is None:
            return None
        outside = max(self.low - self.found, self.found - self.high, 0.0)
        return outside / (self.high - self.low) if self.high > self.low else math.copysign(1.0, outside) if outside else 0.0


def score(events: list[str], runs: Path, study: Path = STUDY) -> list[Score]:
    metrics = {(row["event_id"], row["metric"]): row for row in read("metrics.csv")}
    found = []
    evaluations: dict[str, tuple[Evaluation, Evaluation]] = {}
    for row in read("predictions.csv"):
        event = row["event_id"]
        if events and event not in events:
            continue
        metric = metrics[event, row["metric"]]
        if event not in evaluations:
            evaluations[event] = evaluated(event, runs, study)
        hit, same = evaluations[event]
        formula = metric["expression"]
        found.append(
            Score(
                event,
                row["metric"],
                metric["class"],
                row["unit"],
                *(float(row[name]) for name in ("observed", "low", "high")),
                hit.value(formula) if formula else None,
                same.value(formula) if formula else no_change(row),
                bool(formula),
                metric["reason"],
            )
        )
    return found


def no_change(row: dict[str, str]) -> float | None:
    """What "no change" says of a metric that is not claimed: a ratio of 1, a change of 0, no event."""
    if row["unit"] in ("bool", "sign"):
        return 0.0
    if row["unit"] != "1":
        return None
    return 1.0 if "_over_" in row["metric"] or "multiple" in row["metric"] else 0.0


def evaluated(event: str, runs: Path, study: Path) -> tuple[Evaluation, Evaluation]:
    before, after = plan_event(event, runs, study)
    return Evaluation(event, before, after), Evaluation(event, before, before)


def shown(value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value:.3g}" if abs(value) >= 1e-9 else "0"


def summary(scores: list[Score]) -> list[str]:
    lines = ["| class | metrics | claimed | hits | share of all | no change hits |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    groups = [
        ("quantities, timing, who", ("physical",)),
        ("nothing happened", ("null",)),
        ("**physical together**", ("physical", "null")),
        ("prices", ("price",)),
        ("all", ("physical", "null", "price")),
    ]
    for name, kinds in groups:
        part = [one for one in scores if one.kind in kinds]
        if not part:
            continue
        hits = sum(one.is_hit(one.found) for one in part)
        lines.append(
            f"| {name} | {len(part)} | {sum(one.is_claimed for one in part)} | {hits} | {hits / len(part):.0%} | {sum(one.is_hit(one.unchanged) for one in part)} |"
        )
    return lines


def tables(scores: list[Score]) -> str:
    lines = [*summary(scores), "", "| event | hits of physical | of prices |", "| --- | ---: | ---: |"]
    for event in dict.fromkeys(one.event for one in scores):
        parts = [[one for one in scores if one.event == event and (one.kind == "price") == is_price] for is_price in (False, True)]
        lines.append(
            f"| {event} | "
            + " | ".join(f"{sum(one.is_hit(one.found) for one in part)} of {len(part)}" if part else "" for part in parts)
            + " |"
        )
    head = "| event | metric | observed | band | model | no change | off by widths | note |"
    rule = "| --- | --- | ---: | --- | ---: | ---: | ---: | --- |"
    claimed = [one for one in scores if one.is_claimed]
    for title, part in (
        ("Hits", [one for one in claimed if one.is_hit(one.found)]),
        ("Misses of what is claimed", [one for one in claimed if not one.is_hit(one.found)]),
    ):
        lines += ["", f"### {title}", "", head, rule]
        for one in part:
            off = one.distance()
            lines.append(
                f"| {one.event} | {one.metric} | {shown(one.observed)} | {shown(one.low)} to {shown(one.high)} | {shown(one.found)} | {shown(one.unchanged)}"
                f" | {'' if off is None else shown(off)} | {one.reason} |"
            )
    lines += [
        "",
        "### Not claimed, counted as misses",
        "",
        "| event | metric | class | observed | why not |",
        "| --- | --- | --- | ---: | --- |",
    ]
    lines += [
        f"| {one.event} | {one.metric} | {one.kind} | {shown(one.observed)} | {one.reason} |"
        for one in scores
        if not one.is_claimed
    ]
    lines += parameters_table() + facts_table()
    return "\n".join(lines) + "\n"


def users(parameter: str) -> list[str]:
    """Events whose tables or formulas name a parameter."""
    source = f"p-{parameter.replace('_', '-')}"
    asks = [f"param('{parameter}')", *(["recovered("] if parameter == "whole" else [])]
    told = {row["event_id"] for row in read("metrics.csv") if any(ask in row["expression"] for ask in asks)}
    for path in STUDY.rglob("*.csv"):
        if path.parent.name in ("before", "after") and source in path.read_text(encoding="utf-8").replace(",", ";").replace(
            "\n", ";"
        ).split(";"):
            told.add(path.parent.parent.name)
    return sorted(told)


def parameters_table() -> list[str]:
    """Which events share which parameter."""
    lines = [
        "",
        "### Shared parameters",
        "",
        "| parameter | value | band | where it comes from | events |",
        "| --- | ---: | --- | --- | --- |",
    ]
    for name, row in PARAMETERS.items():
        found = users(name)
        shared = ", ".join(found) if len(found) < 12 else f"{len(found)} events"
        lines.append(f"| `{name}` | {row['value']} {row['unit']} | {row['low']} to {row['high']} | {row['basis']} | {shared} |")
    return lines


def unused_facts() -> list[str]:
    """Facts handed over that neither a table nor a formula uses."""
    cited = set()
    for path in STUDY.glob("*/*/*.csv"):
        with path.open(encoding="utf-8", newline="") as text:
            cited |= {source for row in csv.DictReader(text) for source in (row.get("source") or "").split(";")}
    asked = " ".join(row["expression"] for row in read("metrics.csv"))
    counts: dict[str, int] = {}
    found = []
    for row in FACTS:
        event, name = row["event_id"], row["attribute"].removeprefix("shock/")
        counts[event] = at = counts.get(event, 0) + 1
        is_used = fact_id(event, at) in cited or f"fact('{row['subject']}', '{name}')" in asked
        if row["attribute"].startswith("shock/") and not is_used:
            found.append(f"| {event} | {row['subject']} | {name.replace('_', ' ')} = {row['value']} |")
    return found


def facts_table() -> list[str]:
    unused = unused_facts()
    handed = sum(row["attribute"].startswith("shock/") for row in FACTS)
    head = f"Of {handed} facts handed over, {handed - len(unused)} are in the tables or formulas. Not used:"
    return ["", "### Facts", "", head, "", "| event | subject | fact |", "| --- | --- | --- |", *unused]


def write_scores(scores: list[Score]):
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["event_id", "metric", "class", "value", "is_hit"])
    for one in scores:
        writer.writerow(
            [
                one.event,
                one.metric,
                one.kind,
                "" if one.found is None else f"{one.found:.4g}",
                "yes" if one.is_hit(one.found) else "no",
            ]
        )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("events", nargs="*", help="events; none = all")
    options.add_argument("--into", type=Path, help="page whose marked part is written anew")
    options.add_argument("--csv", action="store_true", help="print rows of expected/score.csv")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="pinchpoint-history-") as runs:
        scores = score(asked.events, Path(runs))
    if asked.csv:
        write_scores(scores)
    elif asked.into:
        marked_page.put(asked.into, "back-test", tables(scores))
    else:
        sys.stdout.write(tables(scores))
    return 0


if __name__ == "__main__":
    sys.exit(main())
