# SPDX-License-Identifier: Apache-2.0
"""A problem from its coefficients in linopy: a variable and a constraint for each family, grouped sums, sparse."""

from pathlib import Path

import coefficient_data
import highspy
import linopy
import measure
import numpy as np
import pandas as pd
import xarray as xr
from coefficient_data import CoefficientData


def places(family: pd.Series) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The place of each row or column in its family, and the members of each family."""
    members = {name: np.asarray(at) for name, at in family.groupby(family, sort=False).indices.items()}
    place = np.empty(len(family), dtype=np.int64)
    for at in members.values():
        place[at] = np.arange(len(at))
    return place, members


def add_columns(model: linopy.Model, data: CoefficientData, members: dict[str, np.ndarray]) -> dict:
    columns, cost = {}, []
    for family, at in members.items():
        index = pd.RangeIndex(len(at), name=family)
        part = data.columns.iloc[at]
        lower = xr.DataArray(part["lower"].to_numpy(), coords=[index])
        upper = xr.DataArray(part["upper"].to_numpy(), coords=[index])
        columns[family] = model.add_variables(lower=lower, upper=upper, coords=[index], name=family)
        if part["cost"].any():
            cost.append((columns[family] * xr.DataArray(part["cost"].to_numpy(), coords=[index])).sum())
    model.add_objective(sum(cost[1:], cost[0]))
    return columns


def grouped(column: linopy.Variable, family: str, entries: pd.DataFrame, index: pd.Index):
    """Sum by row of value · column, for the entries between a family of rows and one of columns."""
    entry = pd.RangeIndex(len(entries), name=family)
    picked = column.isel({family: entries["column"].to_numpy()}).assign_coords({family: entry})
    terms = picked * xr.DataArray(entries["value"].to_numpy(), coords=[entry])
    group = pd.Series(entries["row"].to_numpy(), index=entry, name=index.name)
    return terms.groupby(group).sum().reindex({index.name: index}).fillna(0)


def build(folder: Path) -> highspy.Highs:
    data = coefficient_data.read(folder)
    model = linopy.Model(sparse=True)
    sense, side = coefficient_data.senses(data.rows)
    # Rows of one family and one sense: linopy's sparse constraints have one sign.
    row_family = data.rows["family"] + " " + pd.Series(sense)
    row_place, row_members = places(row_family)
    column_place, column_members = places(data.columns["family"])
    columns = add_columns(model, data, column_members)
    entries = pd.DataFrame(
        {
            "of_rows": row_family.to_numpy()[data.row],
            "of_columns": data.columns["family"].to_numpy()[data.column],
            "row": row_place[data.row],
            "column": column_place[data.column],
            "value": data.value,
        }
    )
    for family, part in entries.groupby("of_rows", sort=False):
        at = row_members[family]
        index = pd.RangeIndex(len(at), name="row")
        terms = [grouped(columns[name], name, some, index) for name, some in part.groupby("of_columns", sort=False)]
        left = linopy.merge(terms, dim="_term") if len(terms) > 1 else terms[0]
        model.add_constraints(left, sense[at[0]], xr.DataArray(side[at], coords=[index]), name=family)
    highs = model.to_highspy()
    highs.changeObjectiveOffset(data.offset)
    return highs


if __name__ == "__main__":
    linopy.options["semantics"] = "v1"
    measure.run(build)
