#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Races ensembles against loops and against the linopy way, and writes docs/bench/ensemble.md; `make bench-ensemble`.

  ensemble_race.py            network LP, world, removals: 100 to 10,000 scenarios
  ensemble_race.py --long     100,000 scenarios of the network and the world, too
  ensemble_race.py --quick    small, answers checked, nothing written
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import report
from places import BUILD, PYTHON, RACES, ROOT, SCRATCH

PAGE = ROOT / "docs" / "bench" / "ensemble.md"
TARGETS = {"warm": 20, "cold": 300, "rebuild": 1000}
RANK_TARGET = 10
THREADS = 2
NAMES = {"network": "network LP M", "world": "world, futures", "rank": "world, removals"}


def contests(asked: argparse.Namespace) -> list[tuple[str, int, int, int]]:
    """Case, scenarios, and how many of them the warm and the cold loop take."""
    if asked.quick:
        return [("network", 100, 10, 1), ("world", 50, 10, 1)]
    sizes = [100, 1_000, 10_000] + ([100_000] if asked.long else [])
    races = [("network", size, 100, 2) for size in sizes]
    # Cold solves of the world differ: means of 5 ranged from 190 to 290 ms, of 60 from 215 to 218.
    return races + [("world", size, 100, 60) for size in sizes] + [("rank", 0, 100, 20)]


def ensemble(case: str, size: int, warm: int, cold: int, tables: Path) -> dict:
    command = [BUILD / "ensemble_bench", case, size, warm, cold, THREADS, 1, tables]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{case}, {size}: {done.stdout}{done.stderr}: the answers differ, so no time counts")
    return json.loads(done.stdout.strip().splitlines()[-1])


def rebuild(tables: Path, base: float) -> dict | str:
    command = [PYTHON, RACES / "peers" / "rebuild_linopy.py", tables, "--count", "2"]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode:
        return done.stderr.strip().splitlines()[-1]
    peer = json.loads(done.stdout.strip().splitlines()[-1])
    if abs(peer["objective"] - base) > 1e-6 * abs(base):
        raise SystemExit(f"{tables.name}: linopy says {peer['objective']}, ours {base}: no time counts")
    return peer


def shown(ratio: float) -> str:
    return ("{:,.1f}" if ratio < 100 else "{:,.0f}").format(ratio)


def row(held: dict, peer: dict | str) -> str:
    each = held["ms_each"]
    cells = [NAMES[held["case"]], f"{held['scenarios']:,}", f"{held['seconds']:.1f} s", f"{each:.2f}"]
    cells += [f"{100 * held['certified_share']:.2f} %", f"{held['max_gap']:.0e}"]
    cells += [", ".join(str(held[way]) for way in ("base_plan", "bound_pool", "warm_solve", "cold_solve"))]
    for loop in ("warm", "cold"):
        time = held[f"{loop}_loop_ms"]
        cells += [f"{time:,.0f} ({held[f'{loop}_sample']})", f"{shown(time / each)}"]
        if loop == "warm":
            cells += [f"{held['as_it_comes_ms']:,.0f}", f"{shown(held['as_it_comes_ms'] / each)}"]
    if isinstance(peer, str):
        return "| " + " | ".join([*cells, "-", peer]) + " |"
    cells += [f"{peer['ms_each']:,.0f} ({peer['count']})", f"{shown(peer['ms_each'] / each)}"]
    return "| " + " | ".join(cells) + " |"


HEAD = """# Ensembles

Made by `make bench-ensemble`; not edited. {facts}.

Ours runs on {threads} threads at the default tolerance (1e-4 relative). The loops solve the same scenarios one by one on one thread with
the HiGHS library: *warm* from the base's basis, with Devex weights (the best honest peer; as it comes, HiGHS computes steepest edge weights of
the basis in every call, which is the larger part of it: *as it comes*), *cold* from nothing. *linopy*: the problem is built anew from
ready coefficients and solved from nothing; PyPSA builds its problems with linopy, too. Loops take a sample (in brackets), spread evenly
over the scenarios, and the ratio is that of the means: extrapolated, for what was not run. Every optimum of the loops must lie within our bounds, or no time counts.
Scenarios for which HiGHS in a loop has no answer: {unanswered}. The loops' bases are solved off the clock. Ours counts: network, all rounds; world, operating problems, base solves, rounds, proofs and metrics.

Network LP M: `bench/networks`, 15,600 rows, 64,880 columns, 139,030 entries; each shock takes 0 to 100 % of the capacity of one to four of
1,000 facilities for a part of the horizon; its settings were chosen so that a shock takes about 12 pivots, as in earlier measurements of such
networks. World, futures: `studies/stargate` by years, futures in which accidents or nature strike (`data/shocks`). World, removals:
`pinchpoint rank` of the same study from 2027 on, all kinds but single facilities, orders allowed.

| case | scenarios | ours | ms each | certified | largest gap | base plan, pool, warm, cold | warm loop, ms | ratio | as it comes, ms | ratio | cold loop, ms | ratio | linopy, ms | ratio |
| --- | --: | --: | --: | --: | --: | --- | --: | --: | --: | --: | --: | --: | --: | --: |
"""

TAIL = """
Targets: {warm} times the warm loop, {cold} times the cold one, {rebuild:,} times linopy at 10,000 scenarios; removals {rank} times the warm loop.
{verdicts}
"""


def verdicts(rows: list[tuple[dict, dict | str]]) -> str:
    lines = []
    for held, peer in rows:
        if held["case"] != "rank" and held["scenarios"] != 10_000:
            continue
        ratios = {loop: held[f"{loop}_loop_ms"] / held["ms_each"] for loop in ("warm", "cold")}
        if isinstance(peer, dict):
            ratios["rebuild"] = peer["ms_each"] / held["ms_each"]
        targets = {"warm": RANK_TARGET} if held["case"] == "rank" else TARGETS
        said = [f"{way} {'met' if ratios[way] >= least else '**missed**'}" for way, least in targets.items() if way in ratios]
        lines.append(f"{NAMES[held['case']]}: " + ", ".join(said) + ".")
    return " ".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--long", action="store_true")
    asked = parser.parse_args()
    rows, rebuilt = [], {}
    for case, size, warm, cold in contests(asked):
        tables = SCRATCH / "ensemble" / case
        tables.mkdir(parents=True, exist_ok=True)
        held = ensemble(case, size, warm, cold, tables)
        if case not in rebuilt:
            rebuilt[case] = rebuild(tables, held["base_objective"])
        rows.append((held, rebuilt[case]))
        print(row(*rows[-1]), flush=True)
    if asked.quick:
        return 0
    known = " · ".join(f"{name} {value}" for name, value in report.facts().items())
    text = HEAD.format(facts=known, threads=THREADS, unanswered=sum(held["unanswered"] for held, _ in rows)) + "\n".join(row(*one) for one in rows) + "\n"
    PAGE.write_text(text + TAIL.format(**TARGETS, rank=RANK_TARGET, verdicts=verdicts(rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
