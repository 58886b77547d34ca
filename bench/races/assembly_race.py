# SPDX-License-Identifier: Apache-2.0
"""Race (a): from tables to a problem that HiGHS holds."""

import contest
import generate_network
from contest import Disagreement, Outcome, Race
from places import BUILD, PYTHON, RACES, ROOT, SCRATCH

PEERS = {"linopy": 10.0, "pyomo": 150.0, "numpy": 1.0}  # peer → target
SHOWN = {"linopy": "linopy", "pyomo": "Pyomo", "numpy": "numpy + highspy"}
TOLERANCE = 1e-9


def same_problem(ours: Outcome, peer: Outcome) -> str:
    if peer.is_cut_short:
        return f"no answer of the peer: {peer.cut_short}"
    for key in ("rows", "columns", "nonzeros"):
        if ours.answer[key] != peer.answer[key]:
            raise Disagreement(f"{key}: ours {ours.answer[key]}, theirs {peer.answer[key]}")
    pairs = zip(ours.answer["sums"] + [ours.answer["offset"]], peer.answer["sums"] + [peer.answer["offset"]], strict=True)
    worst = max(contest.relative(left, right) for left, right in pairs)
    if worst > TOLERANCE:
        raise Disagreement(f"checksums differ by {worst:.1e}")
    text = f"rows, columns and nonzeros are equal, checksums agree to {worst:.0e}"
    if "objective" in ours.answer and "objective" in peer.answer:
        text += "; " + contest.check_objectives(1e-7)(ours, peer)
    return text


def race(plan: contest.Plan, case: str, model, peer: str, script: str, tables, warm_up, is_solved: bool) -> Race:
    solve = ["--solve"] if is_solved else []
    held = Race("assembly", case, SHOWN[peer], PEERS[peer])
    return contest.hold(
        held,
        plan,
        lambda: contest.run_for_json([BUILD / "assembly_bench", model, *solve]),
        lambda: contest.run_for_json(
            [PYTHON, RACES / "peers" / script, tables, "--warm-up", warm_up, *solve], plan.peer_limit
        ),
        same_problem,
    )


def hold(plan: contest.Plan, sizes: list[str]) -> list[Race]:
    races = []
    for size in {"tiny", *sizes}:
        generate_network.generate(size, SCRATCH / size)
    tiny = SCRATCH / "tiny" / "tables"
    for size in sizes:
        model, tables = SCRATCH / size / "model", SCRATCH / size / "tables"
        for peer in PEERS:
            name = f"process network, {size}"
            races.append(race(plan, name, model, peer, f"network_{peer}.py", tables, tiny, size == "tiny"))
    races += hold_world(plan)
    return races


def hold_world(plan: contest.Plan) -> list[Race]:
    """The peers get every coefficient ready made; ours reads and checks the tables of the world."""
    small, world = SCRATCH / "tiny" / "coefficients", SCRATCH / "world" / "coefficients"
    model = ROOT / "studies" / "stargate"
    contest.run_for_json([BUILD / "assembly_bench", SCRATCH / "tiny" / "model", "--tables", small])
    contest.run_for_json([BUILD / "assembly_bench", model, "--tables", world])
    note = "the peer is given all coefficients ready made"
    races = []
    for peer in PEERS:
        races.append(race(plan, "world (studies/stargate)", model, peer, f"coefficients_{peer}.py", world, small, False))
        races[-1].note = note
    return races


def memory_lines(races: list[Race]) -> list[dict]:
    """Peak memory of ours against what HiGHS must hold, once a case."""
    lines = {}
    for held in races:
        if held.name == "assembly" and held.pairs:
            ours = held.pairs[0][0]
            lines.setdefault(
                held.case, {"case": held.case, "matrix_bytes": ours.answer["matrix_bytes"], "ours": ours.peak_bytes}
            )
            lines[held.case][held.peer] = held.pairs[0][1].peak_bytes
    return list(lines.values())
