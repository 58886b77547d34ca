#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Imports and plans the open cases of other models and writes docs/guide/imported-cases.md: case, reference, ours.

    tools/imported_cases.py [--program build/bin/pinchpoint] [--cases ../shared/cases]

The cases are not part of the tree; without them nothing is written. References: the exact optimum of the written linear
program where it is small enough for a rational solver, otherwise what the other program reports.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "guide" / "imported-cases.md"

# case, format, path below data/, reference, how it was had, options of plan
CASES = [
    ("OSeMOSYS UTOPIA", "osemosys", "osemosys_utopia/utopia.txt", 29446.8626881499631, "exact", []),
    ("OSeMOSYS UTOPIA, 2017 form", "osemosys", "osemosys_utopia/utopia_training_2017format.txt", 29446.8626881499631, "exact", []),
    ("OSeMOSYS SUPER_SIMPLE", "osemosys", "osemosys_super_simple/super_simple_model.txt", 46.4312331679851, "glpsol --exact", []),
    ("the same, otoole CSV", "osemosys", "osemosys_super_simple/csv", 46.4312331679851, "glpsol --exact", []),
    ("Temoa utopia", "temoa", "temoa/utopia_data.sql", 34853.6834945490268848, "exact", []),
    ("Temoa mediumville", "temoa", "temoa/mediumville.sql", 7035.72749217767458719, "exact", []),
    ("Temoa seasonal_storage", "temoa", "temoa/seasonal_storage.sql", 76661.0230985704900521, "exact", []),
    ("Temoa emissions", "temoa", "temoa/emissions.sql", 12.7156638914506828, "exact", []),
    ("Temoa simple_linked_tech", "temoa", "temoa/simple_linked_tech.sql", 2017.353620177279, "exact", []),
    ("PyPSA ac-dc-meshed", "pypsa", "pypsa/ac-dc-meshed", 18441021.4777004874, "exact", []),
    ("PyPSA model-energy", "pypsa", "pypsa/model-energy", 8078135675.45531, "PyPSA 0.30", ["--method", "ipm"]),
]


def planned(program: str, kind: str, path: Path, options: list[str], scratch: Path) -> dict:
    folder = scratch / "model"
    subprocess.run([program, "import", kind, str(path), "--out", str(folder), "--force", "--quiet"], check=True)
    answer = subprocess.run([program, "plan", str(folder), "--no-run", "--json", *options], capture_output=True, text=True)
    return json.loads(answer.stdout)


def row(case: tuple, program: str, cases: Path, scratch: Path) -> str:
    name, kind, path, reference, how, options = case
    answer = planned(program, kind, cases / "data" / path, options, scratch)
    ours = answer["objective"]
    proof = answer["certificate"]
    point = "feasible exactly" if proof["upper_is_proved"] else "feasible to rounding"
    standing = f"{point}, gap {proof['gap']:.1e}" if answer["status"] == "optimal" else f"**{answer['status']}**, gap {proof['gap']:.1e}"
    print(name, ours, (ours - reference) / reference, flush=True)
    return f"| {name} | {reference:.15g} ({how}) | {ours:.15g} | {(ours - reference) / reference:.1e} | {standing} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build" / "bin" / "pinchpoint"))
    parser.add_argument("--cases", type=Path, default=Path(os.environ.get("PINCHPOINT_CASES", ROOT.parent / "shared" / "cases")))
    arguments = parser.parse_args()
    if not (arguments.cases / "data").is_dir():
        print(f"no cases below {arguments.cases}: nothing written", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        rows = [row(case, arguments.program, arguments.cases, Path(scratch)) for case in CASES]
    PAGE.write_text(
        "<!-- Made by tools/imported_cases.py; do not edit. -->\n# Imported cases: reference and ours\n\n"
        "Each is read by `pinchpoint import`, planned by `pinchpoint plan` and compared with the other model's optimum.\n\n"
        "| case | reference | ours | relative difference | our certificate |\n| --- | --- | --- | --- | --- |\n"
        + "\n".join(rows) + "\n\nThe cases are others' and not part of the tree: their origin, and what is mapped how, in the guides "
        "[import-osemosys](import-osemosys.md), [import-temoa](import-temoa.md), [import-pypsa](import-pypsa.md).\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
