# SPDX-License-Identifier: Apache-2.0
"""A problem from its coefficients: scipy's sparse matrix and highspy."""

from pathlib import Path

import coefficient_data
import highspy
import measure
import scipy.sparse


def build(folder: Path) -> highspy.Highs:
    data = coefficient_data.read(folder)
    shape = (len(data.rows), len(data.columns))
    matrix = scipy.sparse.coo_matrix((data.value, (data.row, data.column)), shape=shape).tocsc()
    bounds = (data.columns["lower"].to_numpy(), data.columns["upper"].to_numpy())
    sides = (data.rows["lower"].to_numpy(), data.rows["upper"].to_numpy())
    return measure.pass_arrays(matrix, data.columns["cost"].to_numpy(), bounds, sides, data.offset)


if __name__ == "__main__":
    measure.run(build)
