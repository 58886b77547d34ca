#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What decides the score of studies/history: each shared parameter, and all assumptions of one event, at both ends of their band.

history_sensitivity.py                                   prints the table, some minutes
history_sensitivity.py --into docs/guide/back-test.md    puts it between the marks of that page
"""

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random

import history_events
import history_facts
import history_folder
import marked_page
from history_table import Score, score, users

MAKE = {make().id: make for make in history_events.MAKERS}
STATED = history_facts.CHOICE["of assumptions"]


def scored(events: list[str]) -> list[Score] | None:
    """The events written anew with the figures as they are now, and scored; none if one of them cannot be planned."""
    with tempfile.TemporaryDirectory(prefix="pinchpoint-history-") as name:
        folder = Path(name)
        try:
            history_folder.write_base(folder)
            for event in events:
                MAKE[event]().write(folder)
            return score(events, folder / "runs", folder)
        except (RuntimeError, ValueError):
            return None


def changes(base: list[Score], scores: list[Score] | None) -> str:
    """ "-2: event metric, ..." of the metrics that are no longer hit, and those that are hit now."""
    if scores is None:
        return "cannot be planned"
    was = {(one.event, one.metric): one.is_hit(one.found) for one in base if one.kind != "price"}
    now = {(one.event, one.metric): one.is_hit(one.found) for one in scores if one.kind != "price"}
    lost = [" ".join(key) for key in now if was[key] and not now[key]]
    won = [" ".join(key) for key in now if now[key] and not was[key]]
    return f"{len(won) - len(lost):+d}" + "".join(
        f"; {sign} {name}" for sign, names in (("lost", lost), ("won", won)) for name in names
    )


def drawn(events: list[str], draws: int) -> str:
    """All shared parameters and all assumptions drawn at once, each between the ends of its band with its value as the likeliest."""
    random = Random(1)

    def draw(value: float, low: float, high: float) -> float:
        return random.triangular(low, high, min(max(value, low), high)) if high > low else value

    stated = {name: row["value"] for name, row in history_facts.PARAMETERS.items()}
    counts: list[int] = []
    hits: dict[tuple[str, str], int] = {}
    history_facts.CHOICE["of assumptions"] = draw
    for _ in range(draws):
        for name, row in history_facts.PARAMETERS.items():
            row["value"] = str(draw(float(stated[name]), float(row["low"]), float(row["high"])))
        # An event that cannot be planned with a draw has no hits in it.
        scores = [one for event in events for one in scored([event]) or [] if one.kind != "price"]
        counts.append(sum(one.is_hit(one.found) for one in scores))
        for one in scores:
            hits[one.event, one.metric] = hits.get((one.event, one.metric), 0) + one.is_hit(one.found)
    history_facts.CHOICE["of assumptions"] = STATED
    for name, row in history_facts.PARAMETERS.items():
        row["value"] = stated[name]
    counts.sort()
    tenth, middle, ninth = (counts[round(part * (draws - 1))] for part in (0.1, 0.5, 0.9))
    lines = [
        f"With all figures drawn at once ({draws} draws) between {tenth} and {ninth} physical metrics are hit in four of five draws, {middle} in the middle one.",
        "Hits and claimed misses that hold in fewer than nine of ten draws:",
        "",
        "| event | metric | hit in draws |",
        "| --- | --- | ---: |",
    ]
    shaky = sorted((count / draws, key) for key, count in hits.items() if 0.1 < count / draws < 0.9)
    return "\n".join(lines + [f"| {event} | {metric} | {share:.0%} |" for share, (event, metric) in reversed(shaky)]) + "\n"


def without_idle(rows: list[str]) -> list[str]:
    """The rows in which something changes; what changes nothing is named in one line below."""
    idle = [row for row in rows if row.endswith("| +0 | +0 |")]
    names = ", ".join(row.split(" | ")[0].removeprefix("| ").removeprefix("all assumptions of ").split(", ")[0] for row in idle)
    return [row for row in rows if row not in idle] + (["", f"No hit depends on one of these alone: {names}."] if idle else [])


def table(events: list[str]) -> str:
    base = scored(events)
    lines: list[str] = []
    for name, row in history_facts.PARAMETERS.items():
        found, value = users(name), row["value"]
        if row["basis"] == "definition" or not found:
            continue
        ends = []
        for end in ("low", "high"):
            row["value"] = row[end]
            ends.append(changes(base, scored(found)))
        row["value"] = value
        lines.append(f"| `{name}`, {row['low']} to {row['high']} {row['unit']} | {value} | {ends[0]} | {ends[1]} |")
    for event in events:
        ends = []
        for end in (lambda value, low, high: low, lambda value, low, high: high):
            history_facts.CHOICE["of assumptions"] = end
            ends.append(changes(base, scored([event])))
        history_facts.CHOICE["of assumptions"] = STATED
        lines.append(f"| all assumptions of {event} | | {ends[0]} | {ends[1]} |")
    head = ["| what | value | low: hits | high: hits |", "| --- | ---: | --- | --- |"]
    return "\n".join(head + without_idle(lines)) + "\n"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--into", type=Path, help="page whose marked part is written anew")
    options.add_argument("--draws", type=int, default=40, help="draws of all figures at once (40)")
    asked = options.parse_args()
    events = sorted({row["event_id"] for row in history_facts.read("predictions.csv")})
    text = f"{drawn(events, asked.draws)}\nOne at a time:\n\n{table(events)}"
    if asked.into:
        marked_page.put(asked.into, "sensitivity", text)
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
