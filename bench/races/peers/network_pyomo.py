# SPDX-License-Identifier: Apache-2.0
"""The process network in Pyomo: indexed variables, rules that add up terms found beforehand, and Pyomo's own compiler
to a matrix, which is faster than its LP file and than its persistent HiGHS interface."""

from collections import defaultdict
from pathlib import Path

import highspy
import measure
import network_data
import numpy as np
import pyomo.environ as pyo
from network_data import QUARTER, NetworkData
from pyomo.core.expr import LinearExpression
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler


def add_columns(model: pyo.ConcreteModel, data: NetworkData) -> None:
    plants, routes, stocks = range(len(data.plant_node)), range(len(data.route_lane)), range(len(data.stock_node))
    programmes = range(len(data.programme_node))
    model.quarter = pyo.RangeSet(0, data.quarters - 1)
    capacity, asked = data.plant_capacity.tolist(), data.programme_asked.tolist()
    model.activity = pyo.Var(plants, model.quarter, bounds=(0, None))
    model.available = pyo.Var(plants, model.quarter, bounds=lambda _, plant, quarter: (0, capacity[plant]))
    model.ship = pyo.Var(routes, model.quarter, bounds=(0, None))
    model.stock = pyo.Var(stocks, model.quarter, bounds=(0, None))
    model.met = pyo.Var(programmes, model.quarter, bounds=lambda _, programme, quarter: (0, asked[programme]))
    model.unmet = pyo.Var(programmes, model.quarter, bounds=lambda _, programme, quarter: (0, asked[programme]))


def things_by(groups: np.ndarray) -> dict[int, list[int]]:
    members = defaultdict(list)
    for thing, group in enumerate(groups.tolist()):
        members[group].append(thing)
    return members


def add_balance(model: pyo.ConcreteModel, data: NetworkData) -> None:
    makers, keepers = things_by(data.plant_node), things_by(data.stock_node)
    senders, receivers = things_by(data.route_origin), things_by(data.route_destination)
    askers, users = things_by(data.programme_node), things_by(data.use_node)
    use_plant, use_amount = data.use_plant.tolist(), data.use_amount.tolist()

    def balance(model, node, quarter):
        made = [(1, model.activity[plant, quarter]) for plant in makers[node]]
        made += [(-use_amount[use], model.activity[use_plant[use], quarter]) for use in users[node]]
        made += [(-1, model.ship[route, quarter]) for route in senders[node]]
        made += [(-1, model.stock[kept, quarter]) for kept in keepers[node]]
        made += [(-1, model.met[programme, quarter]) for programme in askers[node]]
        if quarter > 0:
            made += [(1, model.ship[route, quarter - 1]) for route in receivers[node]]
            made += [(1, model.stock[kept, quarter - 1]) for kept in keepers[node]]
        terms = LinearExpression(
            linear_coefs=[amount for amount, _ in made], linear_vars=[column for _, column in made]
        )
        return terms >= 0

    model.balance = pyo.Constraint(range(data.nodes), model.quarter, rule=balance)


def add_limits(model: pyo.ConcreteModel, data: NetworkData) -> None:
    carried = things_by(data.route_lane)
    most, asked = (data.lane_capacity * QUARTER).tolist(), data.programme_asked.tolist()
    model.capacity = pyo.Constraint(
        range(len(data.plant_node)),
        model.quarter,
        rule=lambda model, plant, quarter: (
            LinearExpression(
                linear_coefs=[1, -QUARTER], linear_vars=[model.activity[plant, quarter], model.available[plant, quarter]]
            )
            <= 0
        ),
    )
    model.lane_capacity = pyo.Constraint(
        range(len(most)),
        model.quarter,
        rule=lambda model, lane, quarter: (
            LinearExpression(
                linear_coefs=[1] * len(carried[lane]), linear_vars=[model.ship[route, quarter] for route in carried[lane]]
            )
            <= most[lane]
        ),
    )
    model.demand = pyo.Constraint(
        range(len(asked)),
        model.quarter,
        rule=lambda model, programme, quarter: (
            LinearExpression(
                linear_coefs=[1, 1], linear_vars=[model.met[programme, quarter], model.unmet[programme, quarter]]
            )
            >= asked[programme]
        ),
    )


def add_cost(model: pyo.ConcreteModel, data: NetworkData) -> None:
    coefficients, columns = [], []
    for variable, cost in (
        (model.activity, data.plant_cost),
        (model.ship, data.route_cost),
        (model.stock, data.stock_cost),
        (model.unmet, data.programme_value),
    ):
        coefficients += np.outer(cost, data.discount).ravel().tolist()
        columns += variable.values()
    model.cost = pyo.Objective(expr=LinearExpression(linear_coefs=coefficients, linear_vars=columns))


def to_highs(model: pyo.ConcreteModel) -> highspy.Highs:
    form = LinearStandardFormCompiler().write(model, mixed_form=True)
    lower = np.fromiter((-np.inf if column.lb is None else column.lb for column in form.columns), float)
    upper = np.fromiter((np.inf if column.ub is None else column.ub for column in form.columns), float)
    sense = np.fromiter((row.bound_type for row in form.rows), int)
    side = np.asarray(form.rhs, dtype=float)
    row_lower = np.where(sense == 1, -np.inf, side)
    row_upper = np.where(sense == -1, np.inf, side)
    cost = np.asarray(form.c.todense()).ravel()
    offset = float(form.c_offset[0])
    return measure.pass_arrays(form.A.tocsc(), cost, (lower, upper), (row_lower, row_upper), offset)


def build(folder: Path) -> highspy.Highs:
    data = network_data.read(folder)
    model = pyo.ConcreteModel()
    add_columns(model, data)
    add_balance(model, data)
    add_limits(model, data)
    add_cost(model, data)
    return to_highs(model)


if __name__ == "__main__":
    measure.run(build)
