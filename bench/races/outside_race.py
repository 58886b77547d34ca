# SPDX-License-Identifier: Apache-2.0
"""Race (c): open cases of others, from their files to an optimum: OSeMOSYS against glpsol, PyPSA against PyPSA.

Ours is `pinchpoint import` and `pinchpoint plan`, one after the other. The cases lie outside the tree (places.CASES);
OSeMOSYS' own formulation, which glpsol needs, is read from osemosys.txt among the cases or named by OSEMOSYS_MODEL.
Where it is missing, glpsol gets the case's reference problem, if there is one: it then has nothing to translate.
"""

import csv
import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import contest
from contest import Outcome, Race
from places import CASES, PINCHPOINT, PYTHON, RACES, SCRATCH

OSEMOSYS_TARGET = 20.0
PYPSA_TARGET = 5.0
TOLERANCE = 1e-6


@dataclass
class Case:
    name: str
    kind: str  # of `pinchpoint import`
    source: Path
    reference: float


def can_import() -> bool:
    """A program without the verb answers with its general help, and status 0."""
    done = subprocess.run([str(PINCHPOINT), "import", "--help"], capture_output=True, text=True, check=False)
    return done.returncode == 0 and "pinchpoint import" in done.stdout


def source_of(folder: Path) -> Path | None:
    """What of a case's folder an importer takes: a data file of OSeMOSYS, its CSV tables, or the folder itself."""
    texts = sorted(folder.glob("*.txt"))
    if texts:
        return texts[0]
    return folder / "csv" if (folder / "csv").is_dir() else folder


def find_cases(families: tuple[str, ...] = ("osemosys", "pypsa", "temoa")) -> list[Case]:
    """Cases of the list whose data are there and whose optimum is known."""
    found = []
    if not (CASES / "cases.csv").is_file():
        return found
    with open(CASES / "cases.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            family = row["id"].partition("_")[0]
            data = CASES / row["data"]
            if family not in families or row["kind"] != "LP min" or not data.exists():
                continue
            source = source_of(data) if data.is_dir() else data
            found.append(Case(row["id"], family, source, float(row["reference_value"])))
    return found


def import_case(case: Case) -> Path:
    folder = SCRATCH / "imported" / case.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    contest.run([PINCHPOINT, "import", case.kind, case.source, "--out", folder])
    return folder


def ours(case: Case) -> Outcome:
    folder = SCRATCH / "imported" / case.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    first, _ = contest.run([PINCHPOINT, "import", case.kind, case.source, "--out", folder])
    then, out = contest.run([PINCHPOINT, "plan", folder, "--no-run", "--json"])
    return Outcome(first.seconds + then.seconds, first.cpu_seconds + then.cpu_seconds, 0, json.loads(out))


def formulation() -> Path | None:
    """OSeMOSYS in GNU MathProg."""
    places = [os.environ.get("OSEMOSYS_MODEL", ""), CASES / "osemosys.txt", SCRATCH.parent / "osemosys.txt"]
    return next((Path(place) for place in places if place and Path(place).is_file()), None)


def glpsol_words(case: Case) -> tuple[list, str] | None:
    """The command that solves the case, and what the peer is called."""
    model = formulation()
    if model and case.source.suffix == ".txt":
        return ["glpsol", "-m", model, "-d", case.source], "glpsol, translation included"
    problem = next(iter(sorted(case.source.parent.glob("*.mps.gz"))), None)
    return (["glpsol", "--freemps", problem], "glpsol on the translated problem") if problem else None


def glpsol_once(words: list, limit: float) -> Outcome:
    folder = SCRATCH / "glpsol"
    (folder / "results").mkdir(parents=True, exist_ok=True)  # OSeMOSYS writes a table there
    answer = folder / "answer.txt"
    outcome, _ = contest.run([*words, "-o", answer], limit, folder)
    if not outcome.is_cut_short:
        found = re.search(r"^Objective:.*=\s*([-+0-9.eE]+)", answer.read_text(encoding="utf-8"), re.MULTILINE)
        outcome.answer = {"objective": float(found.group(1))}
    return outcome


def pypsa_once(case: Case, limit: float) -> Outcome:
    return contest.run_for_json([PYTHON, RACES / "peers" / "pypsa_plan.py", case.source], limit)


def race(plan: contest.Plan, case: Case) -> Race:
    check = contest.check_objectives(TOLERANCE, case.reference)
    if case.kind == "pypsa":
        held = Race("open case", case.name, "PyPSA, imports not counted", PYPSA_TARGET)
        return contest.hold(held, plan, lambda: ours(case), lambda: pypsa_once(case, plan.peer_limit), check)
    found = glpsol_words(case)
    if found is None:
        return skipped(case, "skipped: OSeMOSYS' own formulation is not there: name it by OSEMOSYS_MODEL")
    held = Race("open case", case.name, found[1], OSEMOSYS_TARGET)
    return contest.hold(held, plan, lambda: ours(case), lambda: glpsol_once(found[0], plan.peer_limit), check)


def skipped(case: Case, why: str) -> Race:
    peer, target = ("PyPSA", PYPSA_TARGET) if case.kind == "pypsa" else ("glpsol", OSEMOSYS_TARGET)
    return Race("open case", case.name, peer, target, skipped=why)


def hold(plan: contest.Plan) -> list[Race]:
    cases = find_cases(("osemosys", "pypsa"))
    if not cases:
        return [Race("open case", "OSeMOSYS and PyPSA", "glpsol, PyPSA", OSEMOSYS_TARGET, skipped=f"skipped: no cases at {CASES.name}/")]
    if not can_import():
        return [skipped(case, "skipped: this program has no import verb") for case in cases]
    races = []
    for case in cases:
        try:
            races.append(race(plan, case))
        except RuntimeError as problem:
            races.append(skipped(case, f"**failed**: {str(problem).strip().splitlines()[-1]}"))
    return races


def models() -> dict[str, Path]:
    """Imported cases as model folders, for the race against HiGHS."""
    if not can_import():
        return {}
    found = {}
    for case in find_cases():
        try:
            found[case.name] = import_case(case)
        except RuntimeError as problem:
            print(f"{case.name} cannot be imported: {str(problem).strip().splitlines()[-1]}", flush=True)
    return found
