# SPDX-License-Identifier: Apache-2.0
"""Figures of the events of studies/history: facts that were handed over, shared parameters, marked assumptions, and dates.

Only facts that were handed over (`shock/` rows of events.csv) can be read; anything else raises.
"""

import csv
import datetime
from dataclasses import dataclass, replace
from pathlib import Path

STUDY = Path(__file__).resolve().parents[1] / "studies/history"
WEEKS = 365.25 / 12 / 7  # in a month
PROVENANCE = ["unit", "low", "high", "as_of", "confidence", "source", "note"]


@dataclass(frozen=True)
class Figure:
    """A number with its band and where it comes from."""

    value: float
    unit: str
    low: float
    high: float
    confidence: str
    sources: tuple[str, ...]
    note: str
    as_of: str = ""

    def times(self, other: "Figure | float", unit: str, note: str = "") -> "Figure":
        """The product, in `unit`; the weaker confidence and both sources."""
        if not isinstance(other, Figure):
            return replace(
                self, value=self.value * other, low=self.low * other, high=self.high * other, unit=unit, note=note or self.note
            )
        weaker = max(self.confidence, other.confidence, key=("measured", "reported", "estimated", "assumed").index)
        return Figure(
            self.value * other.value,
            unit,
            self.low * other.low,
            self.high * other.high,
            weaker,
            tuple(dict.fromkeys(self.sources + other.sources)),
            note or f"{self.note}; {other.note}",
            self.as_of or other.as_of,
        )

    def less_than_one(self, note: str) -> "Figure":
        """1 less the share."""
        return replace(self, value=1 - self.value, low=1 - self.high, high=1 - self.low, note=note)

    def cells(self) -> dict[str, str]:
        return {
            "unit": self.unit,
            "low": number(self.low),
            "high": number(self.high),
            "as_of": self.as_of,
            "confidence": self.confidence,
            "source": ";".join(self.sources),
            "note": self.note,
        }


def number(value: float) -> str:
    return f"{value:.6g}"


def read(name: str) -> list[dict[str, str]]:
    with (STUDY / name).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


FACTS = read("events.csv")
CHOICE = {"of assumptions": lambda value, low, high: value}
PARAMETERS = {row["id"]: row for row in read("parameters.csv")}


def fact_id(event: str, row: int) -> str:
    return f"h-{event}-{row}"


def fact_row(event: str, subject: str, attribute: str, which: int) -> tuple[int, dict[str, str]]:
    """The fact's row, and its number among the event's rows in events.csv."""
    rows = [row for row in FACTS if row["event_id"] == event]
    found = [(at, row) for at, row in enumerate(rows, 1) if row["subject"] == subject and row["attribute"] == f"shock/{attribute}"]
    if len(found) <= which:
        raise LookupError(f"{event}: no fact shock/{attribute} of {subject}")
    return found[which]


def month_of(text: str) -> str:
    """A date of events.csv as a month, quarter or year that our tables take."""
    return text[:7] if text[:4].isdigit() else ""


def first_month(text: str) -> str:
    """'2020-Q4' as '2020-10'."""
    return f"{text[:5]}{3 * int(text[6]) - 2:02d}" if text[5:6] == "Q" else text


def parameter(name: str, unit: str | None = None, scale: float = 1.0) -> Figure:
    """A shared parameter; in another unit by `scale`."""
    row = PARAMETERS[name]
    return Figure(
        float(row["value"]) * scale,
        unit or row["unit"],
        float(row["low"]) * scale,
        float(row["high"]) * scale,
        "estimated" if row["basis"] == "definition" else "assumed",
        (f"p-{name.replace('_', '-')}",),
        row["reason"],
        "2026",
    )


def months(name: str) -> Figure:
    """A shared time, in months."""
    row = PARAMETERS[name]
    return parameter(name, "months", 1 / WEEKS if row["unit"] == "weeks" else 1.0)


def assumed(value: float, low: float, high: float, note: str, unit: str = "1") -> Figure:
    """An assumption of one event; history_sensitivity takes other figures of its band."""
    return Figure(CHOICE["of assumptions"](value, low, high), unit, low, high, "assumed", (), note, "2026")


def day(text: str) -> datetime.date:
    parts = [int(part) for part in text.split("-")]
    return datetime.date(*(parts + [1, 1])[:3])


def later(date: datetime.date, amount: Figure) -> datetime.date:
    """The day that a time of months or weeks later is."""
    return date + datetime.timedelta(days=round(amount.value * (7 if amount.unit == "weeks" else 7 * WEEKS)))


@dataclass
class LossPath:
    """A share over time: straight lines between knots; two knots on one day are a step."""

    knots: list[tuple[datetime.date, float]]
    figures: tuple[Figure, ...] = ()

    def on(self, date: datetime.date) -> float:
        passed = [knot for knot in self.knots if knot[0] <= date]
        coming = [knot for knot in self.knots if knot[0] > date]
        if not passed:
            return self.knots[0][1]
        if not coming:
            return passed[-1][1]
        (first, low), (last, high) = passed[-1], coming[0]
        return low + (high - low) * ((date - first).days / (last - first).days)

    def mean(self, month: str) -> float:
        days = list(days_of(month))
        return sum(self.on(date) for date in days) / len(days)


def days_of(month: str):
    date = day(month)
    while f"{date:%Y-%m}" == month:
        yield date
        date += datetime.timedelta(days=1)


def months_between(first: str, last: str) -> list[str]:
    start, end = (int(text[:4]) * 12 + int(text[5:7]) - 1 for text in (first, last))
    return [f"{at // 12}-{at % 12 + 1:02d}" for at in range(start, end + 1)]
