#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds all races and writes docs/bench/races.md and races.json; `make bench` calls it.

  run.py            every race
  run.py --quick    every race once on tiny sizes: answers are checked, no time counts, nothing is written
  run.py --only assembly|solve|outside
"""

import argparse
import sys

import assembly_race
import contest
import outside_race
import report
import solve_race
from places import SCRATCH, install


def hold(asked: argparse.Namespace) -> list[contest.Race]:
    plan = contest.Plan(most_pairs=1, is_timed=False) if asked.quick else contest.Plan(seconds=asked.seconds, peer_limit=asked.peer_limit)
    races = []
    if asked.only in (None, "assembly"):
        races += assembly_race.hold(plan, ["tiny"] if asked.quick else ["small", "large"])
    if asked.only in (None, "solve"):
        models = solve_race.own_models(asked.quick)
        if not asked.quick:
            models.update(outside_race.models())
        races += solve_race.hold(plan, models)
    if asked.only in (None, "outside") and not asked.quick:
        races += outside_race.hold(plan)
    return races


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=["assembly", "solve", "outside"])
    parser.add_argument("--seconds", type=float, default=90, help="after so many a race begins no further pair")
    parser.add_argument("--peer-limit", type=float, default=600, help="a peer is stopped after so many seconds of one run")
    asked = parser.parse_args()
    SCRATCH.mkdir(parents=True, exist_ok=True)
    install()
    try:
        races = hold(asked)
    except contest.Disagreement as problem:
        print(f"bench: the answers differ, so no time counts: {problem}", file=sys.stderr)
        return 1
    if asked.quick:
        print(f"bench: {len(races)} races on tiny sizes, all answers agree")
    elif asked.only:
        print(report.render(races))
    else:
        report.write(races)
    return 0


if __name__ == "__main__":
    sys.exit(main())
