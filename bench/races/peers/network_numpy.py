# SPDX-License-Identifier: Apache-2.0
"""The process network by hand: index arithmetic in numpy, scipy's sparse matrix, highspy."""

from pathlib import Path

import highspy
import measure
import network_data
import numpy as np
import scipy.sparse
from network_data import QUARTER


class Entries:
    """Row, column and value of what is in the matrix, in blocks of things by quarters."""

    def __init__(self, quarters: int):
        self.quarters = quarters
        self.rows, self.columns, self.values = [], [], []

    def add(self, first_row: int, row: np.ndarray, first_column: int, column: np.ndarray, value, lag: int = 0) -> None:
        """`value` at (row, quarter + lag), (column, quarter), for each pair of things and each quarter that has both."""
        quarter = np.arange(self.quarters - lag)
        self.rows.append((first_row + row[:, None] * self.quarters + quarter + lag).ravel())
        self.columns.append((first_column + column[:, None] * self.quarters + quarter).ravel())
        self.values.append(np.repeat(np.broadcast_to(np.asarray(value, dtype=float), row.shape), len(quarter)))

    def matrix(self, rows: int, columns: int) -> scipy.sparse.csc_matrix:
        at = (np.concatenate(self.rows), np.concatenate(self.columns))
        return scipy.sparse.coo_matrix((np.concatenate(self.values), at), shape=(rows, columns)).tocsc()


def build(folder: Path) -> highspy.Highs:
    data = network_data.read(folder)
    quarters = data.quarters
    plants, routes, lanes = len(data.plant_node), len(data.route_lane), len(data.lane_capacity)
    stocks, programmes = len(data.stock_node), len(data.programme_node)
    blocks = np.cumsum([0, plants, plants, routes, stocks, programmes, programmes]) * quarters
    activity, available, ship, stock, met, unmet, columns = (int(at) for at in blocks)
    balance, capacity, lane, demand, rows = (int(at) for at in np.cumsum([0, data.nodes, plants, lanes, programmes]) * quarters)

    entries = Entries(quarters)
    plant, route, kept, programme = np.arange(plants), np.arange(routes), np.arange(stocks), np.arange(programmes)
    entries.add(balance, data.plant_node, activity, plant, 1)
    entries.add(balance, data.use_node, activity, data.use_plant, -data.use_amount)
    entries.add(balance, data.route_origin, ship, route, -1)
    entries.add(balance, data.route_destination, ship, route, 1, lag=1)
    entries.add(balance, data.stock_node, stock, kept, -1)
    entries.add(balance, data.stock_node, stock, kept, 1, lag=1)
    entries.add(balance, data.programme_node, met, programme, -1)
    entries.add(capacity, plant, activity, plant, 1)
    entries.add(capacity, plant, available, plant, -QUARTER)
    entries.add(lane, data.route_lane, ship, route, 1)
    entries.add(demand, programme, met, programme, 1)
    entries.add(demand, programme, unmet, programme, 1)

    def by_quarter(value: np.ndarray) -> np.ndarray:
        return np.repeat(value, quarters)

    def discounted(value: np.ndarray) -> np.ndarray:
        return np.outer(value, data.discount).ravel()

    cost = np.zeros(columns)
    cost[activity:available] = discounted(data.plant_cost)
    cost[ship:stock] = discounted(data.route_cost)
    cost[stock:met] = discounted(data.stock_cost)
    cost[unmet:] = discounted(data.programme_value)
    upper = np.full(columns, np.inf)
    upper[available:ship] = by_quarter(data.plant_capacity)
    upper[met:unmet] = upper[unmet:] = by_quarter(data.programme_asked)
    row_lower = np.zeros(rows)
    row_lower[capacity:demand] = -np.inf
    row_lower[demand:] = by_quarter(data.programme_asked)
    row_upper = np.full(rows, np.inf)
    row_upper[capacity:lane] = 0
    row_upper[lane:demand] = by_quarter(data.lane_capacity * QUARTER)
    return measure.pass_arrays(entries.matrix(rows, columns), cost, (np.zeros(columns), upper), (row_lower, row_upper))


if __name__ == "__main__":
    measure.run(build)
