# SPDX-License-Identifier: Apache-2.0
"""The tables of a process network as arrays; all peers start from these.

Nodes are products in regions, numbered product by product; plants, routes and programmes are numbered as they come.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

QUARTER = 0.25  # of a year


@dataclass
class NetworkData:
    quarters: int
    nodes: int
    discount: np.ndarray  # by quarter; money is paid in its middle
    plant_node: np.ndarray
    plant_capacity: np.ndarray  # a year
    plant_cost: np.ndarray
    use_plant: np.ndarray  # plants by inputs
    use_node: np.ndarray
    use_amount: np.ndarray
    route_lane: np.ndarray  # lanes by products
    route_origin: np.ndarray
    route_destination: np.ndarray
    route_cost: np.ndarray
    lane_capacity: np.ndarray  # a year
    stock_node: np.ndarray
    stock_cost: np.ndarray  # a quarter
    programme_node: np.ndarray
    programme_asked: np.ndarray  # a quarter
    programme_value: np.ndarray


def read(folder: Path) -> NetworkData:
    table = {
        name: pd.read_csv(folder / f"{name}.csv")
        for name in ("settings", "products", "recipes", "plants", "lanes", "programmes")
    }
    settings = table["settings"].iloc[0]
    quarters, regions = int(settings["quarters"]), int(settings["regions"])
    products, plants, lanes = table["products"], table["plants"], table["lanes"]
    programmes = table["programmes"]

    uses = plants.reset_index(names="plant").merge(table["recipes"], on="product").sort_values(["plant", "input"])
    goods = products.reset_index(names="product")[["product", "tier"]]
    routes = lanes.reset_index(names="lane").merge(goods, on="tier").sort_values(["lane", "product"])
    kept = products.index[products["storable"] == 1].to_numpy()
    return NetworkData(
        quarters=quarters,
        nodes=len(products) * regions,
        discount=(1 + settings["discount_rate"]) ** (-(np.arange(quarters) + 0.5) * QUARTER),
        plant_node=(plants["product"] * regions + plants["region"]).to_numpy(),
        plant_capacity=plants["capacity"].to_numpy(dtype=float),
        plant_cost=products["variable_cost"].to_numpy()[plants["product"]],
        use_plant=uses["plant"].to_numpy(),
        use_node=(uses["input"] * regions + uses["region"]).to_numpy(),
        use_amount=uses["amount"].to_numpy(),
        route_lane=routes["lane"].to_numpy(),
        route_origin=(routes["product"] * regions + routes["origin"]).to_numpy(),
        route_destination=(routes["product"] * regions + routes["destination"]).to_numpy(),
        route_cost=routes["cost"].to_numpy(),
        lane_capacity=lanes["capacity"].to_numpy(dtype=float),
        stock_node=(kept[:, None] * regions + np.arange(regions)).ravel(),
        stock_cost=np.repeat(products["holding_cost"].to_numpy()[kept] * QUARTER, regions),
        programme_node=(programmes["product"] * regions + programmes["region"]).to_numpy(),
        programme_asked=programmes["demand"].to_numpy() * QUARTER,
        programme_value=programmes["value"].to_numpy(dtype=float),
    )
