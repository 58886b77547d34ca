#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says which link of the chain binds when: what one unit more of it would be worth, by year, from a run's shadow prices.

  binding_story.py RUN                                                  prints two tables
  binding_story.py RUN --into docs/guide/binding-story.md --part base   puts them between the marks of that page

RUN is a run folder or its results.sqlite. The first table adds up, by link and year, worth = shadow price times the amount
that a binding row holds (the rent of what is scarce, money of the year, not discounted); the second has the highest price of
one unit more for links that one technology stands for. A price is what the plan would pay, and where others go short it is
the value that the model puts on their shortage.
"""

import argparse
import sqlite3
import sys
from pathlib import Path

import marked_page

# link, beginnings of technologies (or of commodities whose stock is tied up), in the order of the chain
LINKS = [
    ("HBM", ("hbm",)),
    ("HBM of China", ("cxmt-hbm",)),
    ("DRAM wafers", ("dram-fab", "cxmt-dram", "server-dram")),
    ("NAND wafers and drives", ("nand-fab", "ssd-")),
    ("advanced packaging", ("cowos", "soic", "abf-substrate")),
    ("N5 wafers", ("n5-logic",)),
    ("N3 wafers", ("n3-logic",)),
    ("N2 wafers", ("n2-logic",)),
    ("other logic wafers", ("n7-", "n28-", "sf2-", "sf4-", "smic-", "intel-18a", "rapidus", "photomask")),
    ("EUV scanners", ("euv-",)),
    ("racks, servers, optics", ("rack-", "transceiver", "cpo-", "compute-tray", "nic-", "dpu-", "power-s", "cold-plate")),
    ("campus buildings", ("campus-shell",)),
    ("grid connections", ("grid-supply", "grid-planning")),
    ("power made at campuses", ("onsite-", "solar-", "wind-", "battery-", "ccgt", "nuclear", "coal-")),
    ("turbines, engines, fuel cells", ("engine-f", "aero-t", "frame-t", "fuel-cell-f", "turbine-order", "genset", "boom")),
    ("halls that stand from the start", ("ai-hall-legacy", "ai-hall-h20")),
]
LAYERS = {
    "minerals": "minerals and materials",
    "materials": "minerals and materials",
    "wafers": "minerals and materials",
    "equipment": "other chip-making tools",
    "accelerators": "lines of accelerators",
    "systems": "racks, servers, optics",
    "grid": "transformers, switchgear",
}
FAMILIES = {"budget": "money"} | dict.fromkeys(("quota", "limit", "licence_share"), "trade rules and other limits")
# what stands in the second table: name, technology, factor, unit
PRICES = [
    ("HBM wafer", "hbm-tsv", 1, "USD"),
    ("CoWoS-S wafer", "cowos", 1, "USD"),
    ("CoWoS-L wafer", "cowos-l", 1, "USD"),
    ("N5 wafer", "n5-logic", 1, "USD"),
    ("N3 wafer", "n3-logic", 1, "USD"),
    ("DRAM wafer", "dram-fab", 1, "USD"),
    ("EUV scanner", "euv-scanner-making", 1e6, "USD M"),
    ("NVL72-class rack put together", "rack-integration-line", 1e3, "USD 1,000"),
    ("campus, MW for a month", "campus-shell", 1e3, "USD 1,000"),
    ("grid power at a campus, MWh", "grid-supply", 1, "USD"),
    ("grid connection planned, MW", "grid-planning", 1e6, "USD M"),
    ("aeroderivative turbine, MW", "aero-turbine-factory", 1e6, "USD M"),
]
LEAST = 0.05e9  # USD a year: below this a link is not shown as binding


def link_of(family: str, thing: str, layers: dict[str, str]) -> str:
    """The link that a binding row belongs to."""
    if family in FAMILIES:
        return FAMILIES[family]
    for link, starts in LINKS:
        if thing.startswith(starts):
            return link
    return LAYERS.get(layers.get(thing, ""), "other")


def read(run: Path):
    """(years, {link: {year: worth}}, {technology: {year: price}}) of a run."""
    database = run / "results.sqlite" if run.is_dir() else run
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        layers = dict(connection.execute("SELECT t.id, c.layer FROM technologies t JOIN commodities c ON c.id = t.output"))
        layers.update(connection.execute("SELECT id, layer FROM commodities"))
        years = sorted({begins[:4] for (begins,) in connection.execute("SELECT begins FROM periods")})
        worth: dict[str, dict[str, float]] = {}
        prices: dict[str, dict[str, float]] = {}
        for family, thing, period, price, amount in connection.execute("SELECT family, thing, period, price, worth FROM pinch"):
            year = period[:4]
            of_link = worth.setdefault(link_of(family, thing, layers), {})
            of_link[year] = of_link.get(year, 0.0) + abs(amount)
            if family == "capacity":
                of_thing = prices.setdefault(thing, {})
                of_thing[year] = max(of_thing.get(year, 0.0), abs(price))
        return years, worth, prices
    finally:
        connection.close()


def worth_text(amount: float) -> str:
    return f"{amount / 1e9:.1f}" if amount < 1e10 else f"{amount / 1e9:,.0f}"


def price_text(price: float) -> str:
    return f"{price:,.0f}" if price >= 100 else f"{price:.2g}"


def table(heads: list[str], years: list[str], rows: list[tuple[list[str], list[str]]]) -> list[str]:
    """Lines of a table: a row has its names, and a cell a year."""
    lines = [f"| {' | '.join(heads + years)} |", f"|{' --- |' * len(heads)}{' ---: |' * len(years)}"]
    return lines + [f"| {' | '.join(names + cells)} |" for names, cells in rows]


def worth_rows(years: list[str], worth) -> list[tuple[list[str], list[str]]]:
    """Links in the order of the chain; the three of most worth in a year stand out."""
    names = [name for name, _ in LINKS]
    names += sorted({*LAYERS.values(), *FAMILIES.values(), "other"} - set(names))
    ranking = [name for name in names if name in worth and name != "lines of accelerators"]
    ranked = {year: sorted(ranking, key=lambda name: -worth[name].get(year, 0.0))[:3] for year in years}
    rows = []
    for name in names:
        if name not in worth or max(worth[name].values()) < LEAST:
            continue
        cells = []
        for year in years:
            amount = worth[name].get(year, 0.0)
            shown = "" if amount < LEAST else worth_text(amount)
            cells.append(f"**{shown}**" if shown and name in ranked[year] else shown)
        rows.append(([name], cells))
    return rows


def price_rows(years: list[str], prices) -> list[tuple[list[str], list[str]]]:
    rows = []
    for name, technology, factor, unit in PRICES:
        found = [prices.get(technology, {}).get(year, 0.0) / factor for year in years]
        if any(price >= 1e-9 for price in found):
            rows.append(([name, unit], ["" if price < 1e-9 else price_text(price) for price in found]))
    return rows


def tables(years: list[str], worth, prices) -> str:
    lines = table(["worth of what is scarce, USD bn"], years, worth_rows(years, worth))
    lines += ["", *table(["one more, highest price of the year", "unit"], years, price_rows(years, prices))]
    return "\n".join(lines) + "\n"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("run", type=Path, help="run folder or results.sqlite")
    options.add_argument("--into", type=Path, help="page whose marked part is written anew")
    options.add_argument("--part", default="base", help="name of that part (base)")
    asked = options.parse_args()
    text = tables(*read(asked.run))
    if asked.into:
        marked_page.put(asked.into, asked.part, text)
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
