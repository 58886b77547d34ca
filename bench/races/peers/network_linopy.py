# SPDX-License-Identifier: Apache-2.0
"""The process network in linopy, the way its documentation recommends for many short rows: grouped sums of a sparse
model, handed over through arrays and without names."""

from pathlib import Path

import highspy
import linopy
import measure
import network_data
import numpy as np
import pandas as pd
import xarray as xr
from network_data import QUARTER, NetworkData


class NetworkModel:
    def __init__(self, data: NetworkData):
        self.data = data
        self.model = linopy.Model(sparse=True)
        self.quarter = pd.RangeIndex(data.quarters, name="quarter")
        self.node = pd.RangeIndex(data.nodes, name="node")
        self.discount = xr.DataArray(data.discount, coords=[self.quarter])

    def things(self, dimension: str, values: np.ndarray) -> xr.DataArray:
        return xr.DataArray(values, coords=[pd.RangeIndex(len(values), name=dimension)])

    def columns(self, name: str, dimension: str, count: int, upper: np.ndarray | None = None) -> linopy.Variable:
        coords = [pd.RangeIndex(count, name=dimension), self.quarter]
        most = np.inf if upper is None else xr.DataArray(np.repeat(upper[:, None], len(self.quarter), 1), coords=coords)
        return self.model.add_variables(lower=0, upper=most, coords=coords, name=name)

    def uses(self, activity: linopy.Variable) -> list:
        """What plants use: their first inputs, their second inputs and so on."""
        uses = pd.DataFrame({"plant": self.data.use_plant, "node": self.data.use_node, "amount": -self.data.use_amount})
        terms = []
        for _, part in uses.groupby(uses.groupby("plant").cumcount()):
            plant = pd.Index(part["plant"], name="plant")
            amount = xr.DataArray(part["amount"].to_numpy(), coords=[plant])
            used = activity.isel(plant=part["plant"].to_numpy()) * amount
            terms.append(self.at_nodes(used, "plant", part["node"].to_numpy(), plant))
        return terms

    def at_nodes(self, terms, dimension: str, node: np.ndarray, index: pd.Index | None = None):
        """Sums terms over their things by node; nodes without any have no terms."""
        index = pd.RangeIndex(len(node), name=dimension) if index is None else index
        group = pd.Series(node, index=index, name="node")
        return terms.groupby(group).sum().reindex(node=self.node, quarter=self.quarter).fillna(0)

    def delayed(self, columns: linopy.Variable) -> linopy.Variable:
        """Columns of a quarter, for the rows of the next one."""
        return columns.isel(quarter=slice(None, -1)).assign_coords(quarter=self.quarter[1:])


def build(folder: Path) -> highspy.Highs:
    data = network_data.read(folder)
    made = NetworkModel(data)
    model = made.model
    plants, routes = len(data.plant_node), len(data.route_lane)
    activity = made.columns("activity", "plant", plants)
    available = made.columns("available", "plant", plants, data.plant_capacity)
    ship = made.columns("shipment", "route", routes)
    stock = made.columns("stock", "kept", len(data.stock_node))
    met = made.columns("met", "programme", len(data.programme_node), data.programme_asked)
    unmet = made.columns("unmet", "programme", len(data.programme_node), data.programme_asked)

    terms = [
        made.at_nodes(1 * activity, "plant", data.plant_node),
        *made.uses(activity),
        made.at_nodes(-1 * ship, "route", data.route_origin),
        made.at_nodes(1 * made.delayed(ship), "route", data.route_destination),
        made.at_nodes(-1 * stock, "kept", data.stock_node),
        made.at_nodes(1 * made.delayed(stock), "kept", data.stock_node),
        made.at_nodes(-1 * met, "programme", data.programme_node),
    ]
    model.add_constraints(linopy.merge(terms, dim="_term") >= 0, name="balance")
    model.add_constraints(activity - QUARTER * available <= 0, name="capacity")
    lane = pd.Series(data.route_lane, index=pd.RangeIndex(routes, name="route"), name="lane")
    carried = (1 * ship).groupby(lane).sum()
    model.add_constraints(carried <= made.things("lane", data.lane_capacity * QUARTER), name="lane_capacity")
    model.add_constraints(met + unmet >= made.things("programme", data.programme_asked), name="demand")
    model.add_objective(
        (activity * (made.things("plant", data.plant_cost) * made.discount)).sum()
        + (ship * (made.things("route", data.route_cost) * made.discount)).sum()
        + (stock * (made.things("kept", data.stock_cost) * made.discount)).sum()
        + (unmet * (made.things("programme", data.programme_value) * made.discount)).sum()
    )
    return model.to_highspy()


if __name__ == "__main__":
    linopy.options["semantics"] = "v1"
    measure.run(build)
