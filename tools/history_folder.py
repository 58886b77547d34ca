# SPDX-License-Identifier: Apache-2.0
"""Writes the small model folders of studies/history from facts, shared parameters and marked assumptions.

An event is two folders: `before`, the world that goes on undisturbed, and `after`, which extends it by what was cut.
Their figures come from history_facts.py.
"""

import csv
import datetime
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

from history_facts import (
    FACTS,
    PARAMETERS,
    PROVENANCE,
    STUDY,
    WEEKS,
    Figure,
    LossPath,
    assumed,
    day,
    fact_id,
    fact_row,
    first_month,
    later,
    month_of,
    months,
    months_between,
    number,
    parameter,
)

COLUMNS = {
    "regions": ["id", "name", "kind", "note"],
    "organisations": ["id", "name", "kind", "note"],
    "commodities": ["id", "name", "layer", "unit", "storable", "trade", "note"],
    "technologies": ["id", "name", "output", "capacity_unit", "note"],
    "technology_parameters": ["technology", "parameter", "from", "value", *PROVENANCE],
    "facilities": ["id", "name", "technology", "region", "owner", "status", "capacity", *PROVENANCE],
    "recipes": ["technology", "commodity", "role", "group", "amount", *PROVENANCE],
    "stocks": ["commodity", "region", "parameter", "from", "amount", *PROVENANCE],
    "lanes": ["id", "name", "origin", "destination", "commodity", "note"],
    "lane_parameters": ["lane", "parameter", "from", "value", *PROVENANCE],
    "programmes": ["id", "name", "commodity", "region", "payer", "note"],
    "programme_parameters": ["programme", "parameter", "from", "path", "value", *PROVENANCE],
}


@dataclass
class Event:
    """The tables of one event, before and after; every method adds rows.

    Where the horizon starts before the month in which the event `strikes`, nobody may know: until then stocks stay whole and spare
    capacity idle.
    """

    id: str
    title: str
    start: str
    end: str
    strikes: str = ""
    before: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    after: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def __post_init__(self):
        self.strikes = self.strikes or self.start
        self.normal = parameter("normal")
        self.row(
            "organisations", {"id": "all", "name": "All firms", "kind": "aggregate", "note": "firms are told apart by technology"}
        )

    def row(self, table: str, cells: dict[str, str], figure: Figure | None = None, is_after: bool = False):
        tables = self.after if is_after else self.before
        tables.setdefault(table, []).append({**cells, **(figure.cells() if figure else {})})

    def fact(self, subject: str, attribute: str, which: int = 0, unit: str | None = None) -> Figure:
        at, row = fact_row(self.id, subject, attribute, which)
        value = float(row["value"])
        return Figure(
            value,
            unit or row["unit"],
            float(row["low"] or value),
            float(row["high"] or value),
            row["confidence"],
            (fact_id(self.id, at),),
            f"{subject} {attribute.replace('_', ' ')} = {row['value']} {row['unit']}",
            month_of(row["as_of"]),
        )

    def date(self, subject: str, attribute: str, which: int = 0, default_day: int | None = None) -> datetime.date:
        """The day of a fact; of a fact by month the day given."""
        text = first_month(fact_row(self.id, subject, attribute, which)[1]["value"])
        found = day(text)
        return found.replace(day=default_day) if len(text) == 7 and default_day else found

    def dated(self, subject: str, attribute: str, which: int = 0) -> Figure:
        """A date as the source of a path."""
        at, row = fact_row(self.id, subject, attribute, which)
        return Figure(
            0,
            "",
            0,
            0,
            row["confidence"],
            (fact_id(self.id, at),),
            f"{subject} {attribute.replace('_', ' ')} {row['value']}",
            month_of(row["as_of"]),
        )

    def region(self, *names: str):
        for name in names:
            self.row("regions", {"id": name.lower(), "name": name, "kind": "site"})

    def good(self, name: str, title: str, storable: bool = True):
        self.row(
            "commodities",
            {
                "id": name,
                "name": title,
                "layer": "chain",
                "unit": "piece",
                "storable": "yes" if storable else "no",
                "trade": "lanes",
            },
        )

    def amount(self, share: Figure | float, note: str = "") -> Figure:
        """A share of the normal flow as a rate."""
        if isinstance(share, Figure):
            return self.normal.times(share, "piece/month", note or share.note)
        return self.normal.times(share, "piece/month", note)

    def maker(
        self, name: str, title: str, good: str, region: str, share: Figure, inputs=(), cost: str = "cost", has_spare: bool = False
    ):
        """Who makes a good, up to a share of the normal flow. Inputs: (good, Figure), or good for one a unit.

        With `has_spare` the shared spare capacity stands beside it as a maker of its own, NAME-more.
        """
        if has_spare:
            self.maker(
                f"{name}-more", f"{title}, spare capacity", good, region, share.times(parameter("spare"), "1"), inputs, "overtime"
            )
            self.idle(f"{name}-more")
        self.row("technologies", {"id": name, "name": title, "output": good, "capacity_unit": "piece/month"})
        self.row(
            "facilities",
            {
                "id": name,
                "name": title,
                "technology": name,
                "region": region,
                "owner": "all",
                "status": "existing",
                "capacity": number(self.amount(share).value),
            },
            self.amount(share),
        )
        figure = parameter(cost)
        self.row("technology_parameters", {"technology": name, "parameter": "variable_cost", "value": number(figure.value)}, figure)
        one = Figure(1, "1", 1, 1, "estimated", ("p-normal",), "one a unit, by definition of the units", "2026")
        for entry in inputs:
            of, each = entry if isinstance(entry, tuple) else (entry, one)
            self.row(
                "recipes",
                {"technology": name, "commodity": of, "role": "input", "amount": number(each.value)},
                replace(each, unit="piece/piece"),
            )

    def cut(self, maker: str, path: LossPath, is_after: bool = True):
        """Availability of a maker, and of its spare capacity, by month: 1 less the path's loss."""
        if any(row["id"] == f"{maker}-more" for row in self.before["technologies"]):
            self.cut(f"{maker}-more", path, is_after)
        self.months_of("technology_parameters", {"technology": maker, "parameter": "availability"}, path, ("1", 1.0), is_after)

    def idle(self, maker: str):
        """Spare capacity that stands still until the event."""
        if self.strikes == self.start:
            return
        for month, value in ((self.start, 0.0), (self.strikes, 1.0)):
            figure = replace(
                parameter("spare"), value=value, low=0, high=1, note="not used before the event, which nobody foresees"
            )
            cells = {"technology": maker, "parameter": "availability", "from": month, "value": number(value)}
            self.row("technology_parameters", cells, replace(figure, unit="1"), True)

    def absent(self, maker: str, why: Figure):
        """A maker that does not stand before the event."""
        self.row(
            "technology_parameters",
            {"technology": maker, "parameter": "availability", "value": "0"},
            replace(why, value=0, unit="1", low=0, high=1, note=f"not there before the event; {why.note}"),
        )

    def grows(self, maker: str, began: datetime.date, time: Figure, ramp: Figure | None = None, why: tuple[Figure, ...] = ()):
        """A source that needs a time before its first output, and grows in a straight line to its size; at once without a ramp."""
        first = later(began, time)
        self.absent(maker, time)
        whole = later(first, ramp) if ramp else first
        figures = (*why, time, *((ramp,) if ramp else ()))
        self.cut(maker, LossPath([(began, 1.0), (first, 1.0), (whole, 0.0)], figures))

    def months_of(self, table: str, cells: dict[str, str], path: LossPath, scale: tuple[str, float], is_after: bool):
        """A row for each month in which what is left by the path changes."""
        unit, one = scale
        told = None
        for month in months_between(self.start, self.end):
            left = 1 - path.mean(month)
            if told is not None and abs(left - told) < 1e-9 or told is None and left > 1 - 1e-9:
                continue
            told = left
            self.row(
                table, {**cells, "from": month, "value": number(left * one)}, self.blend(path, left * one, one, unit), is_after
            )

    def blend(self, path: LossPath, value: float, one: float, unit: str) -> Figure:
        """The provenance of a figure made from several; assumed if one of them is, with the widest band."""
        order = ("measured", "reported", "estimated", "assumed")
        weakest = max((figure.confidence for figure in path.figures), key=order.index, default="estimated")
        weakest = "estimated" if weakest in order[:2] else weakest
        sources = tuple(dict.fromkeys(source for figure in path.figures for source in figure.sources))
        return Figure(
            value,
            unit,
            0.0 if weakest == "assumed" else value,
            max(one, value) if weakest == "assumed" else value,
            weakest,
            sources,
            "mean of the month; " + "; ".join(figure.note for figure in path.figures),
            "2026",
        )

    def lane(self, name: str, good: str, origin: str, to: str, transit: Figure | None = None, afloat: Figure | None = None):
        """A way for a good; `afloat` is the rate at which goods already on the way at the start arrive."""
        self.row(
            "lanes", {"id": name, "name": f"{good} from {origin} to {to}", "origin": origin, "destination": to, "commodity": good}
        )
        if not transit:
            return
        self.row("lane_parameters", {"lane": name, "parameter": "transit_time", "value": number(transit.value)}, transit)
        if afloat:
            title = f"On the way at the start: {name}"
            rate = replace(afloat, note=f"goods on the way at the start; {afloat.note}")
            self.maker(f"afloat-{name}", title, good, to, rate)
            self.lands(f"afloat-{name}", transit)

    def lands(self, maker: str, transit: Figure):
        """Availability of what is on the way at the start: it arrives evenly over the transit time."""
        for at, month in enumerate(months_between(self.start, self.end)):
            left = min(1.0, max(0.0, transit.value - at))
            cells = {"technology": maker, "parameter": "availability", "from": month, "value": number(left)}
            self.row("technology_parameters", cells, self.blend(LossPath([], (transit,)), left, 1.0, "1"))
            if left == 0:
                break

    def cap(self, lane: str, share: Figure):
        """Most that a lane carries before the event."""
        rate = self.amount(share)
        self.row("lane_parameters", {"lane": lane, "parameter": "capacity", "value": number(rate.value)}, rate)

    def toll(self, lane: str, name: str = "cost"):
        """A cost that makes a way the second choice."""
        figure = parameter(name)
        self.row("lane_parameters", {"lane": lane, "parameter": "cost", "value": number(figure.value)}, figure)

    def close(self, lane: str, path: LossPath, normal: Figure):
        """What a lane may carry by month while the path holds something back; without a loss the shared surge."""
        surge = parameter("surge")
        rate = self.amount(normal)
        told = None
        for month in months_between(self.start, self.end):
            lost = path.mean(month)
            most = rate.value * ((1 - lost) if lost > 1e-9 else surge.value)
            if told is not None and abs(most - told) < 1e-9:
                continue
            told = most
            figures = path.figures if lost > 1e-9 else (surge,)
            figure = self.blend(LossPath([], figures), most, rate.value, "piece/month")
            self.row("lane_parameters", {"lane": lane, "parameter": "capacity", "from": month, "value": number(most)}, figure, True)

    def stock(self, good: str, region: str, cover: Figure, share: Figure | float = 1.0, refill: str = ""):
        """Stock of so much time of use, kept before, free to be used after, and whole again at the end of `refill`."""
        scale = 1 / WEEKS if cover.unit == "weeks" else 1.0
        time = cover.times(scale, "months")
        rate = self.amount(share, "use")
        amount = time.times(rate, "piece", f"{cover.note}; times use of {number(rate.value)} a month")
        store = f"{region}-store"
        if store not in [row["id"] for row in self.before["regions"]]:
            self.row("regions", {"id": store, "name": f"Stock of {region}", "kind": "site"})
        self.lane(f"{good}-{region}-draw", good, store, region)
        self.lane(f"{good}-{region}-fill", good, region, store)
        self.toll(f"{good}-{region}-draw", "draw")
        for name in ("opening", "floor"):
            self.row("stocks", {"commodity": good, "region": store, "parameter": name, "amount": number(amount.value)}, amount)
        nothing = replace(amount, value=0, low=0, confidence="assumed", note="may be used once the event has begun")
        self.row(
            "stocks", {"commodity": good, "region": store, "parameter": "floor", "from": self.strikes, "amount": "0"}, nothing, True
        )
        if refill:
            again = replace(amount, note=f"buyers lay in again what they had; {amount.note}")
            self.row(
                "stocks",
                {"commodity": good, "region": store, "parameter": "floor", "from": refill, "amount": number(amount.value)},
                again,
                True,
            )

    def want(self, name: str, title: str, good: str, region: str, share: Figure | float = 1.0, worth: float = 1.0):
        """Demand at a share of the normal flow; `worth` ranks who is served first."""
        self.row("programmes", {"id": name, "name": title, "commodity": good, "region": region, "payer": "all"})
        rate = self.amount(share, "the normal flow is asked for")
        self.row(
            "programme_parameters", {"programme": name, "parameter": "demand", "path": "step", "value": number(rate.value)}, rate
        )
        value = parameter("worth").times(worth, "USD/piece")
        self.row(
            "programme_parameters", {"programme": name, "parameter": "value", "path": "step", "value": number(value.value)}, value
        )

    def queue(self, programme: str, good: str, region: str):
        """Whatever can be made beyond what is asked for, so that a queue of orders can be worked off."""
        self.want(f"{programme}-queue", "Orders that waited", good, region, assumed(1.0, 0.5, 2.0, "as much as can be made"), 0.5)

    def write(self, study: Path = STUDY):
        for name, tables, base in (("before", self.before, "../../base"), ("after", self.after, "../before")):
            folder = study / self.id / name
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            (folder / "model.toml").write_text(self.toml(name, base), encoding="utf-8")
            for table, rows in tables.items():
                write_rows(folder / f"{table}.csv", COLUMNS[table], rows)

    def toml(self, name: str, base: str) -> str:
        head = f'name = "{self.id}-{name}"\ntitle = "{self.title}, {name} the event"\nextends = "{base}"\n'
        if name == "after":
            return head
        return f'{head}\n[horizon]\nstart = "{self.start}"\nend = "{self.end}"\nstep = "month"\n'


def write_rows(path: Path, columns: list[str], rows: list[dict[str, str]]):
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


def write_base(study: Path = STUDY):
    """What all events share: money, one layer, and the sources of facts and parameters."""
    folder = study / "base"
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        {
            "id": f"p-{name.replace('_', '-')}",
            "publisher": "Pinchpoint",
            "title": f"studies/history/parameters.csv: {name}",
            "date": "2026",
        }
        for name in PARAMETERS
    ]
    counts: dict[str, int] = {}
    for row in FACTS:
        counts[row["event_id"]] = at = counts.get(row["event_id"], 0) + 1
        if row["attribute"].startswith("shock/"):
            rows.append(
                {
                    "id": fact_id(row["event_id"], at),
                    "publisher": row["source"],
                    "title": f"{row['subject']} {row['attribute']}",
                    "date": month_of(row["as_of"]),
                    "url": row["url"] if row["url"].startswith("http") else "",
                }
            )
    write_rows(folder / "sources.csv", ["id", "publisher", "title", "date", "url", "licence"], rows)
    write_rows(folder / "layers.csv", ["id", "name", "position"], [{"id": "chain", "name": "Chain", "position": "1"}])
    (folder / "model.toml").write_text(
        'name = "history-base"\ntitle = "What all events share"\n\n[money]\ncurrency = "USD"\nprice_year = 2025\n'
        'discount_rate = 0.08\ncapital = "annuity"\n',
        encoding="utf-8",
    )
