#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the calibration tables from a run whose model has facts: by quantity, and every miss.

  calibration_table.py RUN                                      prints both tables
  calibration_table.py RUN --into docs/guide/calibration.md     puts them between the marks of that page
  calibration_table.py RUN --csv                                prints rows of studies/backcast/expected/score.csv

RUN is a run folder or its results.sqlite. A value counts as within if the plan misses it by no more than the fact's
tolerance; values that were not compared (their dates cut a period, or lie outside the horizon) are left out.
"""

import argparse
import csv
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path

import marked_page

QUERY = (
    'SELECT fact, name, "from", "until", planned, stated, unit, ratio, is_within, is_given FROM compared_facts'
    ' WHERE ratio IS NOT NULL ORDER BY fact, "from"'
)


@dataclass
class Value:
    """One value of a fact beside the plan's."""

    fact: str
    name: str
    begin: str
    end: str
    planned: float
    stated: float
    unit: str
    ratio: float
    is_within: int
    is_given: int

    def period(self) -> str:
        return period(self.begin, self.end)


def period(begin: str, end: str) -> str:
    """'2024', '2024-Q2' or '2024-Q3 to 2025-Q1' of the first day and the first day after."""

    def month(date: str) -> int:
        return int(date[:4]) * 12 + int(date[5:7]) - 1

    first, after = month(begin), month(end)
    if after - first == 12 and first % 12 == 0:
        return str(first // 12)

    def quarter(of: int) -> str:
        return f"{of // 12}-Q{of % 12 // 3 + 1}"

    return quarter(first) if after - first <= 3 else f"{quarter(first)} to {quarter(after - 1)}"


def read(run: Path) -> list[Value]:
    """All compared values of a run."""
    database = run / "results.sqlite" if run.is_dir() else run
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return [Value(*row) for row in connection.execute(QUERY)]
    finally:
        connection.close()


def by_fact(values: list[Value]) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for value in values:
        found.setdefault(value.fact, []).append(value)
    return found


def number(amount: float) -> str:
    """Three or four figures, with commas: 1,210,000 or 0.73."""
    if amount == 0:
        return "0"
    if abs(amount) < 100:
        return f"{amount:.3g}"
    digits = max(0, len(str(int(abs(amount)))) - 4)
    return f"{round(amount, -digits):,.0f}"


def score_line(name: str, values: list[Value]) -> str:
    within = sum(value.is_within for value in values)
    share = f"{within / len(values):.0%}" if values else ""
    return f"| **{name}** | **{len(values)}** | **{within}** | **{share}** | | | |"


def tables(values: list[Value]) -> str:
    lines = [
        "| quantity | compared | within | share | ratio, lowest to highest | furthest off | given |",
        "| --- | ---: | ---: | ---: | --- | --- | --- |",
    ]
    free = [value for value in values if not value.is_given]
    given = [value for value in values if value.is_given]
    for group, title in ((free, "not given"), (given, "given")):
        for found in by_fact(group).values():
            within = sum(value.is_within for value in found)
            worst = max(found, key=lambda value: abs(value.ratio - 1))
            ratios = [value.ratio for value in found]
            span = f"{min(ratios):.2f} to {max(ratios):.2f}" if len(found) > 1 else f"{ratios[0]:.2f}"
            lines.append(
                f"| {found[0].name} | {len(found)} | {within} | {within / len(found):.0%} | {span} | {worst.period()}"
                f" | {'yes' if found[0].is_given else 'no'} |"
            )
        if group:
            lines.append(score_line(f"all {title}", group))
    lines.append(score_line("all", values))
    missed = [value for value in free + given if not value.is_within]
    lines += ["", "Every miss:", "", "| quantity | when | plan | fact | unit | ratio |", "| --- | --- | ---: | ---: | --- | ---: |"]
    for value in missed:
        lines.append(
            f"| {value.name} | {value.period()} | {number(value.planned)} | {number(value.stated)} | {value.unit}"
            f" | {value.ratio:.2f} |"
        )
    return "\n".join(lines) + "\n"


def write_scores(values: list[Value]):
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["fact", "compared", "within", "is_given"])
    for fact, found in by_fact(values).items():
        writer.writerow([fact, len(found), sum(value.is_within for value in found), "yes" if found[0].is_given else "no"])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("run", type=Path, help="run folder or results.sqlite")
    options.add_argument("--into", type=Path, help="page whose marked part is written anew")
    options.add_argument("--csv", action="store_true", help="print rows of expected/score.csv")
    asked = options.parse_args()
    values = read(asked.run)
    if not values:
        sys.exit(f"calibration_table: no fact was compared in {asked.run}")
    if asked.csv:
        write_scores(values)
    elif asked.into:
        marked_page.put(asked.into, "calibration", tables(values))
    else:
        sys.stdout.write(tables(values))
    return 0


if __name__ == "__main__":
    sys.exit(main())
