# SPDX-License-Identifier: Apache-2.0
"""Models that are large or hard on purpose, as {file: text} for EndToEndTest.model()."""

import random

MODEL = """name = "large"
title = "Large"
[horizon]
start = "{start}"
end = "{end}"
step = "quarter"
[money]
currency = "USD"
price_year = 2025
discount_rate = 0.05
"""
PROVENANCE = "unit,low,high,as_of,confidence,source,note"


def table(header: str, rows: list[str], figures: bool = True) -> str:
    return "\n".join([header + ("," + PROVENANCE if figures else ""), *rows]) + "\n"


def figure(value, unit: str) -> str:
    return f"{value},{unit},,,,,,"


def chains(regions: int, commodities: int, years: int, blocks: bool = False) -> dict[str, str]:
    """Every region can make every commodity from two others; the last one is asked for everywhere."""
    chance = random.Random(7)
    places = [f"R{number}" for number in range(regions)]
    goods = [f"good-{number}" for number in range(commodities)]
    parameters, recipes, facilities, options, programmes, demand = [], [], [], [], [], []
    for number, good in enumerate(goods):
        parameters.append(f"make-{number},variable_cost,,,," + figure(chance.randint(1, 20), "USD/t"))
        parameters.append(f"make-{number},capex,,,," + figure(chance.randint(20, 200), "USD/(t/year)"))
        parameters.append(f"make-{number},build_time,,,," + figure(3 * chance.randint(1, 4), "months"))
        if blocks:
            parameters.append(f"make-{number},block,,,," + figure(chance.choice([7, 11, 13, 17]), "t/year"))
        for source in chance.sample(range(number), min(2, number)):
            amount = round(chance.uniform(0.2, 1.2), 3)
            recipes.append(f"make-{number},good-{source},input,,,," + figure(amount, "t/t"))
        for place in places:
            capacity = round(chance.uniform(1, 30), 2)
            facilities.append(f"f-{number}-{place},,make-{number},{place},firm,existing,,," + figure(capacity, "t/year"))
            options.append(f"o-{number}-{place},,make-{number},{place},firm,,," + figure(200, "t/year"))
    for place in places:
        programmes.append(f"use-{place},,{goods[-1]},{place},firm,")
        demand.append(f"use-{place},demand,,linear," + figure(round(chance.uniform(5, 20), 2), "t/year"))
        demand.append(f"use-{place},demand,{2026 + years},linear," + figure(round(chance.uniform(20, 60), 2), "t/year"))
        demand.append(f"use-{place},value,,step," + figure(chance.randint(500, 5000), "USD/t"))
    costs = [f"{good},transport_cost,{place},," + figure(round(chance.uniform(0.1, 3), 2), "USD/t")
             for good in goods for place in places]
    return {
        "model.toml": MODEL.format(start="2026-Q1", end=f"{2025 + years}-Q4"),
        "layers.csv": "id,name,position\ngoods,Goods,1\n",
        "regions.csv": table("id,name,kind,parent,latitude,longitude,source,note",
                             [f"{place},,country,,,,," for place in places], False),
        "organisations.csv": table("id,name,kind,seat,parent,owner_share", ["firm,,firm,,,,,,,,,,"]),
        "commodities.csv": table("id,name,layer,unit,storable,trade", [f"{good},,goods,t,yes,market" for good in goods], False),
        "commodity_parameters.csv": table("commodity,parameter,region,from,value", costs),
        "technologies.csv": table("id,name,output,capacity_unit", [f"make-{n},,{good},t/year" for n, good in enumerate(goods)], False),
        "technology_parameters.csv": table("technology,parameter,region,owner,from,value", parameters),
        "recipes.csv": table("technology,commodity,role,group,lead_months,from,amount", recipes),
        "facilities.csv": table("id,name,technology,region,owner,status,from,until,capacity", facilities),
        "options.csv": table("id,name,technology,region,owner,from,until,limit", options),
        "programmes.csv": table("id,name,commodity,region,payer,note", programmes, False),
        "programme_parameters.csv": table("programme,parameter,from,path,value", demand),
    }
