#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts the instructions of reading, loading, checking, assembling and certifying a fixed model, by callgrind.

  bench_instructions.py            compares with bench/baselines/instructions.json; fails if a phase has grown
  bench_instructions.py --update   writes the baseline anew, after a change that is worth it

Counts do not depend on how busy the machine is. Valgrind shows the program a processor without AVX-512 whatever the
machine has, and GLIBC_TUNABLES takes from glibc the choice between variants of memcpy and its kind, so that counts agree
between machines to a few thousandths. Another compiler or C library makes another program: against a baseline of other
versions the tolerance is wide, and a line says so.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BASELINE = ROOT / "bench" / "baselines" / "instructions.json"
PROGRAM = ROOT / "build" / "bin" / "assembly_bench"
TOLERANCE = 0.02
OTHER_TOOLS_TOLERANCE = 0.15
PHASES = {
    "read": "pinchpoint::tables::read_model_folder(",
    "load": "pinchpoint::load_world(",
    "check_structure": "pinchpoint::check_structure(",
    "check_free_loops": "pinchpoint::plan::check_free_loops(",
    "assemble": "pinchpoint::plan::assemble_plan(",
    "scale": "pinchpoint::optim::scale(",
    "certify": "pinchpoint::optim::certify(",
}
PLAIN_PROCESSOR = "glibc.cpu.hwcaps=-AVX2,-AVX,-FMA,-FMA4,-BMI2,-ERMS,-FSRM,-AVX512F,-AVX512VL,-AVX512BW"


def tools() -> dict[str, str]:
    compiler = subprocess.run(["g++", "-dumpfullversion"], capture_output=True, text=True, check=True).stdout.strip()
    return {"compiler": f"g++ {compiler}", "c_library": " ".join(platform.libc_ver()), "machine": platform.machine()}


def count(folder: Path) -> dict[str, int]:
    profile = folder / "callgrind.out"
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", str(PROGRAM), str(folder / "model")]
    environment = {**os.environ, "GLIBC_TUNABLES": PLAIN_PROCESSOR, "LC_ALL": "C"}
    done = subprocess.run([*command, "--certify"], capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0:
        sys.exit(f"bench_instructions: {' '.join(command)} failed\n{done.stderr[-2000:]}")
    if not json.loads(done.stdout.strip().splitlines()[-1])["is_proved"]:
        sys.exit("bench_instructions: the optimum of the fixed model is not proved")
    listed = subprocess.run(
        ["callgrind_annotate", "--inclusive=yes", "--threshold=100", str(profile)], capture_output=True, text=True, check=True
    )
    return phases_of(listed.stdout)


def phases_of(listing: str) -> dict[str, int]:
    """Inclusive counts of the phases' functions, from what callgrind_annotate prints."""
    found = {}
    for line in listing.splitlines():
        matched = re.match(r"\s*([\d,]+) \(\s*[\d.]+%\)\s+\S*?:(.*)", line)
        if not matched:
            continue
        for phase, function in PHASES.items():
            if matched.group(2).startswith(function):
                found[phase] = max(found.get(phase, 0), int(matched.group(1).replace(",", "")))
    missing = [phase for phase in PHASES if phase not in found]
    if missing:
        sys.exit(f"bench_instructions: callgrind saw no call of {', '.join(PHASES[phase] + ')' for phase in missing)}")
    return {phase: found[phase] for phase in PHASES}


def compare(known: dict, counts: dict[str, int]) -> int:
    is_same_tools = known["tools"] == tools()
    tolerance = TOLERANCE if is_same_tools else OTHER_TOOLS_TOLERANCE
    if not is_same_tools:
        print(f"bench_instructions: baseline by {known['tools']}, here {tools()}: tolerance {tolerance:.0%}")
    grown, shrunk = [], []
    for phase, now in counts.items():
        before = known["instructions"].get(phase)
        change = now / before - 1 if before else 0.0
        print(f"{phase:<18} {now:>12,}  {change:+.2%}")
        if before is None or change > tolerance:
            grown.append(phase)
        if change < -TOLERANCE:
            shrunk.append(phase)
    if shrunk:
        print(f"bench_instructions: fewer in {', '.join(shrunk)}: keep it by `make bench-baseline`")
    if grown:
        print(f"bench_instructions: more than {tolerance:.0%} above the baseline: {', '.join(grown)}")
        print("bench_instructions: if the work is worth it, say so in the commit and run `make bench-baseline`")
    return 1 if grown else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        # A path of fixed length: names of files are hashed and copied, too.
        folder = Path(scratch)
        generator = ROOT / "bench" / "races" / "generate_network.py"
        subprocess.run([sys.executable, str(generator), "counted", str(folder)], check=True)
        counts = count(folder)
    if asked.update:
        BASELINE.parent.mkdir(parents=True, exist_ok=True)
        BASELINE.write_text(json.dumps({"tools": tools(), "instructions": counts}, indent=2) + "\n", encoding="utf-8")
        print(f"bench_instructions: {BASELINE.relative_to(ROOT)} holds {sum(counts.values()):,} instructions")
        return 0
    return compare(json.loads(BASELINE.read_text(encoding="utf-8")), counts)


if __name__ == "__main__":
    sys.exit(main())
