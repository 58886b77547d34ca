# SPDX-License-Identifier: Apache-2.0
"""Where things are."""

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RACES = ROOT / "bench" / "races"
BUILD = ROOT / "build" / "bin"
PYTHON = Path(sys.executable)
SCRATCH = ROOT / ".cache" / "bench"
PINCHPOINT = SCRATCH / "bin" / "pinchpoint"
# Cases of others stay outside the tree: their licences and their size.
CASES = Path(os.environ.get("PINCHPOINT_CASES", ROOT.parent / "shared" / "cases"))


def install() -> None:
    """Copies our program as an installation does, and as the peers were: a file that the linker has just written lies
    scattered in memory."""
    PINCHPOINT.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(BUILD / "pinchpoint", PINCHPOINT)
    PINCHPOINT.chmod(0o755)


def highs_program() -> Path:
    """The HiGHS program of the release that ours is linked with; it needs highs_variables()."""
    program = sorted((ROOT / ".cache").glob("highs-*/bin/highs"))[-1]
    program.chmod(0o755)  # unpacking a wheel forgets it
    return program


def highs_variables() -> dict[str, str]:
    """Environment in which it finds its library. Not by env(1), which costs it a millisecond."""
    return {**os.environ, "LD_LIBRARY_PATH": str(highs_program().parents[1] / "lib")}
