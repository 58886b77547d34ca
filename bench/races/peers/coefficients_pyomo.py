# SPDX-License-Identifier: Apache-2.0
"""A problem from its coefficients in Pyomo: one variable and one constraint a family, rows as linear expressions."""

from pathlib import Path

import coefficient_data
import highspy
import measure
import numpy as np
import pyomo.environ as pyo
from coefficient_data import CoefficientData
from network_pyomo import to_highs
from pyomo.core.expr import LinearExpression


def add_columns(model: pyo.ConcreteModel, data: CoefficientData) -> list:
    """The columns in the order of the table."""
    columns = [None] * len(data.columns)
    lower, upper = data.columns["lower"].tolist(), data.columns["upper"].tolist()
    for family, at in data.columns.groupby("family", sort=False).indices.items():
        members = at.tolist()
        variable = pyo.Var(members, bounds=lambda _, place: (lower[place], upper[place]))
        model.add_component(f"column_{family}", variable)
        for place, column in variable.items():
            columns[place] = column
    return columns


def add_rows(model: pyo.ConcreteModel, data: CoefficientData, columns: list) -> None:
    order = np.argsort(data.row, kind="stable")
    start = np.searchsorted(data.row[order], np.arange(len(data.rows) + 1)).tolist()
    column, value = data.column[order].tolist(), data.value[order].tolist()
    sense, side = coefficient_data.senses(data.rows)
    senses, sides = sense.tolist(), side.tolist()

    def rule(_, row):
        entries = slice(start[row], start[row + 1])
        left = LinearExpression(linear_coefs=value[entries], linear_vars=[columns[at] for at in column[entries]])
        if senses[row] == "==":
            return left == sides[row]
        return left >= sides[row] if senses[row] == ">=" else left <= sides[row]

    for family, at in data.rows.groupby("family", sort=False).indices.items():
        model.add_component(f"row_{family}", pyo.Constraint(at.tolist(), rule=rule))


def build(folder: Path) -> highspy.Highs:
    data = coefficient_data.read(folder)
    model = pyo.ConcreteModel()
    columns = add_columns(model, data)
    add_rows(model, data, columns)
    cost = data.columns["cost"].tolist()
    model.cost = pyo.Objective(expr=LinearExpression(constant=data.offset, linear_coefs=cost, linear_vars=columns))
    return to_highs(model)


if __name__ == "__main__":
    measure.run(build)
