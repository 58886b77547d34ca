# SPDX-License-Identifier: Apache-2.0
"""Runs one peer: builds a problem until HiGHS holds it, and says how long that took and what came of it.

The clock starts with the first table and stops when HiGHS holds the problem. Starting Python, importing libraries and
what libraries do on their first use (a warm-up on a small problem) are not counted: that favours the peers.
"""

import argparse
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path

import highspy
import numpy as np
from fingerprint import fingerprint

KIBIBYTE = 1024


def run(build: Callable[[Path], highspy.Highs]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("tables", type=Path)
    parser.add_argument("--warm-up", type=Path, help="tables to build first, off the clock")
    parser.add_argument("--solve", action="store_true")
    asked = parser.parse_args()
    if asked.warm_up:
        build(asked.warm_up)
    at_start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE
    begun, cpu_begun = time.perf_counter(), time.process_time()
    highs = build(asked.tables)
    seconds, cpu_seconds = time.perf_counter() - begun, time.process_time() - cpu_begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE
    answer = {"seconds": {"total": seconds}, "cpu_seconds": cpu_seconds, "peak_bytes": peak, "peak_bytes_at_start": at_start}
    answer.update(fingerprint(highs))
    if asked.solve:
        highs.setOptionValue("output_flag", False)
        highs.run()
        answer["objective"] = highs.getInfo().objective_function_value
    print(json.dumps(answer))


def empty_highs() -> highspy.Highs:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    return highs


def pass_arrays(matrix, cost, bounds, sides, offset: float = 0.0) -> highspy.Highs:
    """Hands over a matrix by columns with (lower, upper) of columns and of rows, as arrays: the fast way."""
    highs = empty_highs()
    rows, columns = matrix.shape
    highs.passModel(
        columns,
        rows,
        matrix.nnz,
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        offset,
        cost,
        *bounds,
        *sides,
        matrix.indptr,
        matrix.indices,
        matrix.data,
        np.zeros(columns, dtype=np.int32),
    )
    return highs
