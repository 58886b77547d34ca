# SPDX-License-Identifier: Apache-2.0
"""Where things are."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RACES = ROOT / "bench" / "races"
BUILD = ROOT / "build" / "bin"
PINCHPOINT = BUILD / "pinchpoint"
PYTHON = Path(sys.executable)
SCRATCH = ROOT / ".cache" / "bench"
# Cases of others stay outside the tree: their licences and their size.
CASES = Path(os.environ.get("PINCHPOINT_CASES", ROOT.parent / "shared" / "cases"))


def highs_program() -> list[str]:
    """Words that run the HiGHS program of the release that ours is linked with."""
    program = sorted((ROOT / ".cache").glob("highs-*/bin/highs"))[-1]
    program.chmod(0o755)  # unpacking a wheel forgets it
    return ["env", f"LD_LIBRARY_PATH={program.parents[1] / 'lib'}", str(program)]
