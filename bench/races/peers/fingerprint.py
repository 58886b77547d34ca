# SPDX-License-Identifier: Apache-2.0
"""What two builders of one problem must agree on; the formulas stand in bench/assembly/fingerprint.hpp."""

import highspy
import numpy as np


def _squashed(numbers: np.ndarray) -> np.ndarray:
    finite = np.where(np.isfinite(numbers), numbers, 0.0)
    return np.where(np.isfinite(numbers), finite / (1 + np.abs(finite)), 2 * np.sign(numbers))


def _signature(sums: np.ndarray, squares: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    return _squashed(sums) + _squashed(squares) / 2 + _squashed(lower) / 4 + _squashed(upper) / 8


def _by_column(highs: highspy.Highs) -> tuple[highspy.HighsLp, np.ndarray, np.ndarray, np.ndarray]:
    """The problem that HiGHS holds, and (row, column, value) of its entries."""
    lp = highs.getLp()
    start = np.asarray(lp.a_matrix_.start_)
    index = np.asarray(lp.a_matrix_.index_, dtype=np.int64)
    value = np.asarray(lp.a_matrix_.value_)
    outer = np.repeat(np.arange(len(start) - 1), np.diff(start))
    if lp.a_matrix_.format_ == highspy.MatrixFormat.kColwise:
        return lp, index, outer, value
    return lp, outer, index, value


def fingerprint(highs: highspy.Highs) -> dict:
    lp, row, column, value = _by_column(highs)
    kept = value != 0
    row, column, value = row[kept], column[kept], value[kept]
    count = (lp.num_row_, lp.num_col_)
    cost = np.asarray(lp.col_cost_)
    has_entries = np.bincount(row, minlength=count[0]) > 0
    is_used = (np.bincount(column, minlength=count[1]) > 0) | (cost != 0)
    row_sign = _signature(
        np.bincount(row, value, count[0]),
        np.bincount(row, value * value, count[0]),
        np.asarray(lp.row_lower_),
        np.asarray(lp.row_upper_),
    )
    column_sign = _signature(
        np.bincount(column, value, count[1]),
        np.bincount(column, value * value, count[1]),
        np.asarray(lp.col_lower_),
        np.asarray(lp.col_upper_),
    )
    column_sign += _squashed(cost) / 3
    placed = _squashed(value) * (1 + row_sign[row]) * (1 + 2 * column_sign[column])
    sums = [value.sum(), (value * value).sum(), placed.sum(), (row_sign[has_entries] ** 2).sum(), (column_sign[is_used] ** 2).sum(), cost.sum()]
    return {
        "offset": lp.offset_,
        "rows": int(has_entries.sum()),
        "columns": int(is_used.sum()),
        "nonzeros": len(value),
        "sums": [float(number) for number in sums],
    }
