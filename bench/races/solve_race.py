# SPDX-License-Identifier: Apache-2.0
"""Race (b): `pinchpoint plan` from folder to run folder, against the HiGHS program with default options on the MPS file
of the same problem. Both are timed as whole processes; ours also checks, certifies and writes its results."""

import json
import math
import re
import shutil
from pathlib import Path

import contest
import generate_network
from contest import Outcome, Race
from places import PINCHPOINT, ROOT, SCRATCH, highs_program, highs_variables

NEVER_SLOWER = 1 / 1.05
GEOMETRIC_MEAN = 2.0
TOLERANCE = 1e-6  # HiGHS by default stops at violations of 1e-7 of unscaled rows


def plan_once(model: Path) -> Outcome:
    runs = SCRATCH / "runs"
    shutil.rmtree(runs, ignore_errors=True)
    # Status 1: a plan that is not certified is still an answer, and checked against the peer's like any other.
    outcome, out = contest.run([PINCHPOINT, "plan", model, "--out", runs, "--json"], statuses=(0, 1))
    outcome.answer = json.loads(out)
    return outcome


GAVE_UP = 255  # exit status of the HiGHS program when a solve fails


def highs_once(problem: Path, limit: float) -> Outcome:
    words = [highs_program(), "--model_file", problem]
    outcome, out = contest.run(words, limit, SCRATCH, (0, GAVE_UP), highs_variables())
    found = re.search(r"(?:Objective value|Primal bound)\s*:?\s+([-+0-9.eE]+)", out)
    is_optimal = re.search(r"(?:Model status|Status)\s*:?\s+Optimal", out)
    if is_optimal:
        outcome.answer = {"objective": float(found.group(1))}
    elif not outcome.is_cut_short:
        outcome.cut_short = f"it gave up after {outcome.seconds:.0f} s without an optimum"
    return outcome


def race(plan: contest.Plan, case: str, model: Path) -> Race:
    problem = SCRATCH / "problem.mps"
    contest.run([PINCHPOINT, "export", model, "--mps", problem])
    held = Race("plan end to end", case, "HiGHS, default options", NEVER_SLOWER)
    return contest.hold(
        held,
        plan,
        lambda: plan_once(model),
        lambda: highs_once(problem, plan.peer_limit),
        contest.check_objectives(TOLERANCE),
    )


def hold(plan: contest.Plan, models: dict[str, Path]) -> list[Race]:
    return [race(plan, case, model) for case, model in models.items()]


def own_models(is_quick: bool) -> dict[str, Path]:
    """Cases that are in the tree or made here."""
    models = {"mini-chain": ROOT / "data" / "examples" / "mini-chain"}
    sizes = ["tiny"] if is_quick else ["tiny", "medium"]
    for size in sizes:
        generate_network.generate(size, SCRATCH / size)
        models[f"process network, {size}"] = SCRATCH / size / "model"
    if not is_quick:
        models["world (studies/stargate)"] = ROOT / "studies" / "stargate"
    return models


def geometric_mean(races: list[Race]) -> float | None:
    ratios = [held.ratios()[0] for held in races if held.name == "plan end to end" and held.pairs]
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else None
