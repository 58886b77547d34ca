#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a process network twice: as a model folder of ours, and as plain numeric tables for the peers.

  generate_network.py SIZE DIR        SIZE: tiny, counted, medium (30,000 columns), small (10^5 columns), large (10^6 columns)

DIR/model is the folder that `pinchpoint plan` takes. DIR/tables has the same data without units, sources and names, all
numbers in pieces, years and USD, so that a peer only has to read columns. Same size, same bytes.
"""

import argparse
import csv
import random
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Size:
    tiers: int
    products: int  # in each tier
    regions: int
    makers: int  # plants of each product
    neighbours: int  # regions that each region ships to
    quarters: int
    inputs: int = 3


SIZES = {
    "tiny": Size(tiers=3, products=4, regions=3, makers=3, neighbours=2, quarters=8),
    "counted": Size(tiers=4, products=8, regions=3, makers=4, neighbours=2, quarters=8),
    "medium": Size(tiers=5, products=10, regions=6, makers=8, neighbours=3, quarters=16),
    "small": Size(tiers=6, products=18, regions=8, makers=10, neighbours=3, quarters=20),
    "large": Size(tiers=8, products=50, regions=10, makers=15, neighbours=3, quarters=40),
}
STORABLE_TIERS = 4  # every so many tiers, goods can be kept
FIRST_YEAR = 2026
DISCOUNT_RATE = 0.07


class Folder:
    """CSV files of one folder."""

    def __init__(self, path: Path):
        path.mkdir(parents=True, exist_ok=True)
        self.path = path

    def write(self, table: str, header: str, rows: list[tuple]) -> None:
        with open(self.path / f"{table}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header.split(","))
            writer.writerows(rows)


class Network:
    """The data of a process network, drawn from a fixed seed."""

    def __init__(self, size: Size):
        self.size = size
        draw = random.Random(20260101)
        self.products = [(tier, number) for tier in range(size.tiers) for number in range(size.products)]
        self.variable_cost = [round(draw.uniform(2, 20), 2) for _ in self.products]
        self.holding_cost = [round(draw.uniform(0.5, 2), 2) for _ in self.products]
        self.inputs = [self._inputs(draw, tier) for tier, _ in self.products]
        self.plants = self._plants(draw)
        self.lanes = [
            (tier, origin, (origin + step) % size.regions, round(draw.uniform(0.5, 3), 2), draw.randrange(2000, 9000))
            for tier in range(size.tiers)
            for origin in range(size.regions)
            for step in range(1, size.neighbours + 1)
        ]
        last = (size.tiers - 1) * size.products
        self.programmes = [
            (last + number, region, draw.randrange(100, 900), draw.randrange(500, 1500))
            for number in range(size.products)
            for region in range(size.regions)
        ]

    def _inputs(self, draw: random.Random, tier: int) -> list[tuple[int, float]]:
        if tier == 0:
            return []
        chosen = draw.sample(range(self.size.products), self.size.inputs)
        return [((tier - 1) * self.size.products + number, round(draw.uniform(0.1, 1.2), 3)) for number in chosen]

    def _plants(self, draw: random.Random) -> list[tuple[int, int, int, int]]:
        """(product, region, owner, capacity a year); the owners of a region are numbered."""
        plants = []
        for product in range(len(self.products)):
            for maker in range(self.size.makers):
                region = (product + maker) % self.size.regions
                plants.append((product, region, maker // self.size.regions, draw.randrange(200, 2000)))
        return plants

    def is_storable(self, product: int) -> bool:
        return self.products[product][0] % STORABLE_TIERS == 1


def name(network: Network, product: int) -> str:
    tier, number = network.products[product]
    return f"good-{tier}-{number}"


def owner(region: int, number: int) -> str:
    return f"firm-{region}-{number}"


def provenance(low: float, high: float) -> tuple:
    return low, high, FIRST_YEAR, "assumed", "", "made up by bench/races/generate_network.py"


FIGURE = "low,high,as_of,confidence,source,note"


def write_settings(network: Network, folder: Folder) -> None:
    years, quarter = divmod(network.size.quarters - 1, 4)
    text = (
        'name = "process-network"\ntitle = "Process network for measurements"\n\n'
        f'[horizon]\nstart = "{FIRST_YEAR}-Q1"\nend = "{FIRST_YEAR + years}-Q{quarter + 1}"\nstep = "quarter"\n\n'
        f'[money]\ncurrency = "USD"\nprice_year = {FIRST_YEAR}\ndiscount_rate = {DISCOUNT_RATE}\n'
    )
    (folder.path / "model.toml").write_text(text, encoding="utf-8")


def write_things(network: Network, folder: Folder) -> None:
    size = network.size
    products = range(len(network.products))
    folder.write("layers", "id,name,position", [(f"tier-{at}", f"Tier {at}", at + 1) for at in range(size.tiers)])
    folder.write(
        "commodities",
        "id,name,layer,unit,storable,trade,by_slice,disposal,note",
        [
            (name(network, at), "", f"tier-{network.products[at][0]}", "piece")
            + ("yes" if network.is_storable(at) else "no", "lanes", "no", "free", "")
            for at in products
        ],
    )
    folder.write("regions", "id,name,kind,parent", [(f"region-{at}", "", "country", "") for at in range(size.regions)])
    owners = sorted({(region, number) for _, region, number, _ in network.plants})
    owners += [(region, "buyer") for region in range(size.regions)]
    folder.write(
        "organisations", "id,name,kind,seat", [(owner(region, who), "", "firm", f"region-{region}") for region, who in owners]
    )
    folder.write(
        "technologies",
        "id,name,output,capacity_unit,note",
        [(f"make-{name(network, at)}", "", name(network, at), "piece/year", "") for at in products],
    )


def write_figures(network: Network, folder: Folder) -> None:
    products = range(len(network.products))

    def row(key: tuple, value: float, unit: str) -> tuple:
        return (*key, value, unit, *provenance(round(value * 0.9, 4), round(value * 1.1, 4)))

    folder.write(
        "technology_parameters",
        f"technology,parameter,region,owner,from,value,unit,{FIGURE}",
        [
            row((f"make-{name(network, at)}", "variable_cost", "", "", ""), network.variable_cost[at], "USD/piece")
            for at in products
        ],
    )
    folder.write(
        "commodity_parameters",
        f"commodity,parameter,region,from,value,unit,{FIGURE}",
        [
            row((name(network, at), "holding_cost", "", ""), network.holding_cost[at], "USD/piece/year")
            for at in products
            if network.is_storable(at)
        ],
    )
    folder.write(
        "recipes",
        f"technology,commodity,role,group,lead_months,from,amount,unit,{FIGURE}",
        [
            row((f"make-{name(network, at)}", name(network, source), "input", "", "", ""), amount, "piece/piece")
            for at in products
            for source, amount in network.inputs[at]
        ],
    )
    folder.write(
        "facilities",
        f"id,name,technology,region,owner,status,from,until,capacity,unit,{FIGURE}",
        [
            row(
                (f"plant-{at}", "", f"make-{name(network, product)}", f"region-{region}", owner(region, who))
                + ("existing", "", ""),
                capacity,
                "piece/year",
            )
            for at, (product, region, who, capacity) in enumerate(network.plants)
        ],
    )


def write_trade(network: Network, folder: Folder) -> None:
    lanes = [(f"lane-{at}", *lane) for at, lane in enumerate(network.lanes)]
    folder.write(
        "lanes",
        "id,name,origin,destination,commodity,layer,from,until,note",
        [(lane, "", f"region-{a}", f"region-{b}", "", f"tier-{tier}", "", "", "") for lane, tier, a, b, _, _ in lanes],
    )
    figures = []
    for lane, _, _, _, cost, capacity in lanes:
        figures.append((lane, "cost", "", cost, "USD/piece", *provenance(cost, cost)))
        figures.append((lane, "capacity", "", capacity, "piece/year", *provenance(capacity, capacity)))
        figures.append((lane, "transit_time", "", 3, "months", *provenance(3, 3)))
    folder.write("lane_parameters", f"lane,parameter,from,value,unit,{FIGURE}", figures)
    wanted = [(f"demand-{at}", *programme) for at, programme in enumerate(network.programmes)]
    folder.write(
        "programmes",
        "id,name,commodity,region,payer,note",
        [(id, "", name(network, product), f"region-{r}", owner(r, "buyer"), "") for id, product, r, _, _ in wanted],
    )
    figures = []
    for id, _, _, demand, value in wanted:
        figures.append((id, "demand", "", "step", demand, "piece/year", *provenance(demand, demand)))
        figures.append((id, "value", "", "step", value, "USD/piece", *provenance(value, value)))
    folder.write("programme_parameters", f"programme,parameter,from,path,value,unit,{FIGURE}", figures)


def write_tables(network: Network, folder: Folder) -> None:
    """For the peers: whole numbers count from 0."""
    size = network.size
    folder.write("settings", "quarters,regions,discount_rate", [(size.quarters, size.regions, DISCOUNT_RATE)])
    folder.write(
        "products",
        "tier,storable,variable_cost,holding_cost",
        [
            (tier, int(network.is_storable(at)), network.variable_cost[at], network.holding_cost[at])
            for at, (tier, _) in enumerate(network.products)
        ],
    )
    folder.write(
        "recipes",
        "product,input,amount",
        [(at, source, amount) for at, inputs in enumerate(network.inputs) for source, amount in inputs],
    )
    folder.write("plants", "product,region,capacity", [(a, b, d) for a, b, _, d in network.plants])
    folder.write("lanes", "tier,origin,destination,cost,capacity", network.lanes)
    folder.write("programmes", "product,region,demand,value", network.programmes)


def generate(size: str, folder: Path) -> None:
    network = Network(SIZES[size])
    model = Folder(folder / "model")
    write_settings(network, model)
    write_things(network, model)
    write_figures(network, model)
    write_trade(network, model)
    write_tables(network, Folder(folder / "tables"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    generate(asked.size, asked.folder)


if __name__ == "__main__":
    main()
