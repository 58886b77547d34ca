# SPDX-License-Identifier: Apache-2.0
"""The tables that `assembly_bench --tables` writes of a problem: every coefficient is there, ready and in order."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd


@dataclass
class CoefficientData:
    columns: pd.DataFrame  # family, cost, lower, upper
    rows: pd.DataFrame  # family, lower, upper
    row: np.ndarray
    column: np.ndarray
    value: np.ndarray
    offset: float


def read(folder: Path) -> CoefficientData:
    entries = pd.read_csv(folder / "entries.csv")
    return CoefficientData(
        columns=pd.read_csv(folder / "columns.csv"),
        rows=pd.read_csv(folder / "rows.csv"),
        row=entries["row"].to_numpy(),
        column=entries["column"].to_numpy(),
        value=entries["value"].to_numpy(),
        offset=float(pd.read_csv(folder / "offset.csv")["offset"].iloc[0]),
    )


def senses(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """("<=", ">=" or "==") and the side of each row."""
    lower, upper = rows["lower"].to_numpy(), rows["upper"].to_numpy()
    is_range = np.isfinite(lower) & np.isfinite(upper) & (lower != upper)
    if is_range.any():
        raise ValueError("a row has two different sides; the peers would write it twice")
    sense = np.where(lower == upper, "==", np.where(np.isfinite(lower), ">=", "<="))
    return sense, np.where(np.isfinite(lower), lower, upper)
