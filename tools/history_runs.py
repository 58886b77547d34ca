# SPDX-License-Identifier: Apache-2.0
"""Runs of the events of studies/history, and the formulas by which metrics are read from them.

A formula of metrics.csv sees two worlds, `before` (undisturbed) and `after`, and the functions of Evaluation. A series is named
`made:MAKER`, `shipped:LANE`, `arrived:LANE` or `met:PROGRAMME`, several of one kind joined by +; amounts are shares of the
normal flow in per cent of a month. Only facts that were handed over can be asked for.
"""

import csv
import datetime
import json
import os
import sqlite3
import subprocess
from pathlib import Path

from history_facts import FACTS, PARAMETERS, STUDY

PROGRAM = Path(os.environ.get("PINCHPOINT_PROGRAM", Path(__file__).resolve().parents[1] / "build/bin/pinchpoint"))
WEEKS_A_YEAR = 365.25 / 7
WEEKS_A_MONTH = WEEKS_A_YEAR / 12


def months(first: str, last: str) -> list[str]:
    start, end = (int(text[:4]) * 12 + int(text[5:7]) - 1 for text in (first, last))
    return [f"{at // 12}-{at % 12 + 1:02d}" for at in range(start, end + 1)]


def months_in(period: str) -> list[str]:
    """The months of '2011-04', '2011-Q2', '2011' or '2011-04..2011-09'."""
    if ".." in period:
        return months(*period.split(".."))
    if len(period) == 4:
        return months(f"{period}-01", f"{period}-12")
    if "Q" in period:
        first = 3 * int(period[-1]) - 2
        return months(f"{period[:4]}-{first:02d}", f"{period[:4]}-{first + 2:02d}")
    return [period]


class World:
    """What one run says, by month."""

    def __init__(self, database: Path, transits: dict[str, float]):
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            ask = connection.execute
            self.periods = [row[0] for row in ask("SELECT id FROM periods ORDER BY id")]
            self.made = gathered(ask("SELECT technology, period, value FROM value_activity"))
            self.shipped = gathered(ask("SELECT lane, period, value FROM value_shipment"))
            self.met = gathered(ask("SELECT programme, period, met FROM programme_results"))
            self.asked = gathered(ask("SELECT programme, period, asked FROM programme_results"))
            self.prices = {(row[0], row[1], row[2]): row[3] for row in ask("SELECT commodity, region, period, price FROM prices")}
        finally:
            connection.close()
        self.transits = transits

    def __call__(self, series: str, period: str) -> float:
        values = self.series(series)
        return sum(values[month] for month in months_in(period) if month in values)

    def series(self, name: str) -> dict[str, float]:
        """A named series by month; zero where the run has nothing."""
        kind, _, things = name.partition(":")
        total = dict.fromkeys(self.periods, 0.0)
        for thing in things.split("+"):
            values = self.arrivals(thing) if kind == "arrived" else getattr(self, kind).get(thing, {})
            for month, value in values.items():
                total[month] = total.get(month, 0.0) + value
        return total

    def arrivals(self, lane: str) -> dict[str, float]:
        """What arrives by a lane: shipments after their transit, and what was on the way at the start."""
        found = dict(self.made.get(f"afloat-{lane}", {}))
        transit = self.transits.get(lane, 0.0)
        whole = int(transit)
        for month, value in self.shipped.get(lane, {}).items():
            at = self.periods.index(month) + whole
            for place, share in ((at, 1 - (transit - whole)), (at + 1, transit - whole)):
                if place < len(self.periods):
                    found[self.periods[place]] = found.get(self.periods[place], 0.0) + value * share
        return found

    def unmet(self, programme: str, period: str) -> float:
        """Share of what is asked for that is not met."""
        asked = sum(self.asked[programme].get(month, 0.0) for month in months_in(period))
        return 1 - self(f"met:{programme}", period) / asked

    def price(self, commodity: str, region: str, period: str) -> float:
        """Shadow price of one unit more."""
        return self.prices.get((commodity, region, period), 0.0)


def gathered(rows) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for thing, period, value in rows:
        values = found.setdefault(thing, {})
        values[period] = values.get(period, 0.0) + value
    return found


class Evaluation:
    """Formulas over the two worlds of one event."""

    def __init__(self, event: str, before: World, after: World):
        self.event, self.before, self.after = event, before, after

    def value(self, formula: str) -> float | None:
        """The formula's number; none if it has no answer (what never happens has no date)."""
        names = {name: getattr(self, name) for name in dir(self) if not name.startswith("_") and name not in ("value", "event")}
        names |= {"max": max, "min": min, "sum": sum, "months": months, "weeks_a_year": WEEKS_A_YEAR, "__builtins__": {}}
        try:
            found = eval(compile(formula, "metrics.csv", "eval"), names)
        except (ZeroDivisionError, TypeError):
            return None
        return None if found is None else float(found)

    def normal(self, series: str) -> float:
        """A month of the undisturbed flow: its largest, since the first months of a long way are empty."""
        return max(self.before.series(series).values())

    def ratio(self, series: str) -> dict[str, float]:
        normal = self.normal(series)
        return {month: value / normal for month, value in self.after.series(series).items()}

    def lost(self, series: str, period: str) -> float:
        return self.before(series, period) - self.after(series, period)

    def lost_share(self, series: str, period: str) -> float:
        """Loss within a period, as a share of the undisturbed flow."""
        return self.lost(series, period) / self.before(series, period)

    def lost_weeks(self, series: str) -> float:
        """Loss over the whole horizon, in weeks of the normal flow."""
        total = sum(self.before.series(series).values()) - sum(self.after.series(series).values())
        return total / self.normal(series) * WEEKS_A_MONTH

    def recovered(self, series: str, since: str, level: float | None = None) -> float | None:
        """Weeks from a day until a flow that fell is whole again (or at `level`), in a straight line between mid-months."""
        level = self.param("whole") if level is None else level
        values = [pair for pair in self.ratio(series).items() if pair[0] >= since[:7]]
        fell = next((at for at, (_, value) in enumerate(values) if value < level), None)
        if fell is None:
            return 0.0
        back = next((at for at in range(fell, len(values)) if values[at][1] >= level), None)
        return None if back is None else self.crossing(values, back - 1, level, since)

    def reached(self, series: str, level: float, since: str) -> float | None:
        """Weeks from a day until a flow first comes up to `level`."""
        values = [pair for pair in self.ratio(series).items() if pair[0] >= since[:7]]
        for at in range(len(values) - 1):
            if values[at][1] < level <= values[at + 1][1]:
                return self.crossing(values, at, level, since)
        return None

    def crossing(self, values: list[tuple[str, float]], at: int, level: float, since: str) -> float:
        (first, low), (_, high) = values[at], values[at + 1]
        return weeks_between(since, f"{first}-15") + (level - low) / (high - low) * WEEKS_A_MONTH

    def dry(self, series: str, since: str) -> float | None:
        """Weeks from a day until a flow first falls short; within its first month by the depth that the next one shows."""
        losses = [(month, 1 - value) for month, value in self.ratio(series).items()]
        for at, (month, loss) in enumerate(losses):
            if month >= since[:7] and loss > 1e-6:
                deepest = max(loss, losses[at + 1][1]) if at + 1 < len(losses) else loss
                return weeks_between(since, f"{month}-01") + (1 - loss / deepest) * WEEKS_A_MONTH
        return None

    def months_until(self, series: str, level: float, since: str) -> int | None:
        """Number of the month, counted from `since` as the first, in which a flow is at `level` again."""
        later = [pair for pair in self.ratio(series).items() if pair[0] >= since]
        if not later or later[0][1] >= level:
            return 0
        return next((at for at, (_, value) in enumerate(later, 1) if value >= level), None)

    def quarters_until(self, series: str, level: float, since: str) -> int | None:
        """Number of the quarter, counted from `since` as the first, in which a flow is at `level` again."""
        return next((at for at, value in self.quarters(series, since) if value >= level), None)

    def quarters_below(self, series: str, level: float, since: str) -> int | None:
        """Number of the quarter, counted from `since` as the first, in which a flow is below `level`."""
        return next((at for at, value in self.quarters(series, since) if value < level), None)

    def quarters(self, series: str, since: str):
        values = [value for month, value in self.ratio(series).items() if month >= months_in(since)[0]]
        return [(at // 3 + 1, sum(values[at : at + 3]) / 3) for at in range(0, len(values) - 2, 3)]

    def quarters_short(self, programme: str, level: float, since: str) -> int | None:
        """Number of the quarter, counted from `since` as the first, in which `level` of what is asked for is met again."""
        asked = [month for month in self.after.periods if month >= months_in(since)[0]]
        shares = [1 - self.after.unmet(programme, f"{asked[at]}..{asked[at + 2]}") for at in range(0, len(asked) - 2, 3)]
        return next((at for at, share in enumerate(shares, 1) if share >= level), None)

    def queue_weeks(self, programme: str) -> list[float]:
        """Orders not met so far and still waiting, in weeks of what is made, at the end of each month.

        In the plan what is not met is lost; here it waits, and the programme NAME-queue, which takes whatever can be made beyond
        what is asked for, works it off.
        """
        queue, found = 0.0, []
        able = self.after.series(f"met:{programme}+{programme}-queue")
        for month in self.after.periods:
            asked = self.after.asked[programme].get(month, 0.0)
            queue = max(0.0, queue + asked - able[month])
            found.append(queue / able[month] * WEEKS_A_MONTH)
        return found

    def peak_month(self, values: list[float], since: str) -> int:
        """Months from the first of `since` to the end of the month with the largest value."""
        at = values.index(max(values))
        return len(months(since, self.after.periods[at]))

    def halved(self, queue: list[float], least: float) -> int | None:
        """Months until the lead time, `least` and the queue, is down to half of its peak."""
        times = [least + value for value in queue]
        peak = times.index(max(times))
        return next((at + 1 for at in range(peak, len(times)) if times[at] <= times[peak] / 2), None)

    def months_of(self, weeks: float) -> float:
        return weeks / WEEKS_A_MONTH

    def sign(self, value: float) -> int:
        return 0 if abs(value) < 1e-6 else 1 if value > 0 else -1

    def fact(self, subject: str, attribute: str) -> float:
        """A fact that was handed over."""
        for row in FACTS:
            if row["event_id"] == self.event and row["subject"] == subject and row["attribute"] == f"shock/{attribute}":
                return float(row["value"])
        raise LookupError(f"{self.event}: no fact shock/{attribute} of {subject}")

    def param(self, name: str) -> float:
        """A shared parameter."""
        return float(PARAMETERS[name]["value"])


def weeks_between(first: str, last: str) -> float:
    days = datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)
    return days.days / 7


def plan_event(event: str, runs: Path, study: Path = STUDY) -> tuple[World, World]:
    """Both worlds of an event, planned by the program; both must be optimal and certified."""
    return tuple(plan(study / event / name, runs / event / name) for name in ("before", "after"))


def plan(folder: Path, out: Path) -> World:
    out.mkdir(parents=True, exist_ok=True)
    command = [str(PROGRAM), "plan", str(folder), "--out", str(out), "--json", "--threads", "1"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=out)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    answer = json.loads(done.stdout)
    if answer["status"] != "optimal" or answer["certificate"]["gap"] > 1e-7:
        raise RuntimeError(f"{folder}: not certified optimal")
    run = Path(answer["run"])
    return World((run if run.is_absolute() else out / run) / "results.sqlite", transits(folder))


def transits(folder: Path) -> dict[str, float]:
    """Transit times of lanes in months."""
    found = {}
    for part in {folder, folder.parent / "before"}:
        path = part / "lane_parameters.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as text:
                found |= {row["lane"]: float(row["value"]) for row in csv.DictReader(text) if row["parameter"] == "transit_time"}
    return found
