# SPDX-License-Identifier: Apache-2.0
"""A PyPSA network from its folder of CSV files to an optimum by HiGHS; importing Python's modules is not counted."""

import json
import logging
import resource
import sys
import time
import warnings

import pypsa

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)


def main() -> None:
    begun = time.perf_counter()
    network = pypsa.Network()
    network.import_from_csv_folder(sys.argv[1])
    network.optimize(solver_name="highs", log_to_console=False, output_flag=False)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    objective = network.objective + network.objective_constant
    print()
    print(json.dumps({"seconds": {"total": seconds}, "peak_bytes": peak, "objective": objective}))


if __name__ == "__main__":
    main()
