# SPDX-License-Identifier: Apache-2.0
"""Runs ours and a peer in turn, checks that their answers agree, and keeps the ratios of the pairs."""

import json
import resource
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path


class Disagreement(Exception):
    """The two sides do not have the same answer: no time counts."""


@dataclass
class Outcome:
    """One run of one side."""

    seconds: float  # what the race is about
    cpu_seconds: float  # of the whole process
    peak_bytes: int
    answer: dict = field(default_factory=dict)
    cut_short: str = ""  # why there is no answer ("stopped after 600 s"): seconds are a lower bound

    @property
    def is_cut_short(self) -> bool:
        return bool(self.cut_short)


@dataclass
class Race:
    """Pairs of one case and one peer."""

    name: str
    case: str
    peer: str
    target: float  # peer / ours, at least
    pairs: list = field(default_factory=list)  # (ours, peer)
    checked: str = ""
    note: str = ""
    skipped: str = ""

    def ratios(self, of: Callable[[Outcome], float] = lambda outcome: outcome.seconds) -> tuple[float, float, float]:
        """Median, smallest and largest of peer / ours."""
        found = [of(peer) / max(of(ours), 1e-9) for ours, peer in self.pairs]
        return statistics.median(found), min(found), max(found)

    def is_met(self) -> bool:
        return bool(self.pairs) and self.ratios()[0] >= self.target

    def is_cut_short(self) -> bool:
        return any(peer.is_cut_short for _, peer in self.pairs)

    def to_json(self) -> dict:
        made = {"race": self.name, "case": self.case, "peer": self.peer, "target": self.target, "checked": self.checked}
        if self.skipped:
            return {**made, "skipped": self.skipped}
        median, least, most = self.ratios()
        made["ratio"] = {"median": median, "min": least, "max": most, "is_lower_bound": self.is_cut_short()}
        made["cpu_ratio_median"] = self.ratios(lambda outcome: outcome.cpu_seconds)[0]
        made["is_met"] = self.is_met()
        made["note"] = self.note
        made["seconds"] = " ".join(f"{ours.seconds:.6g}/{peer.seconds:.6g}" for ours, peer in self.pairs)  # ours/peer by pair
        made["last_pair"] = dict(zip(("ours", "peer"), map(shown, self.pairs[-1]), strict=True))
        return made


def shown(outcome: Outcome) -> dict:
    made = asdict(outcome)
    made["answer"] = {key: made["answer"][key] for key in ("objective", "seconds") if key in made["answer"]}
    return made


@dataclass
class Plan:
    """How much a race may take."""

    most_pairs: int = 5
    brief: float = 2  # races that have taken less than this many seconds go on, up to most_brief_pairs
    most_brief_pairs: int = 51
    seconds: float = 120  # no further pair is begun after so many seconds of one race
    peer_limit: float = 600  # a peer's run is stopped after so many seconds
    is_timed: bool = True


def hold(race: Race, plan: Plan, ours: Callable[[], Outcome], peer: Callable[[], Outcome], check) -> Race:
    """Runs pairs. `check(ours, peer)` returns what was compared, or raises Disagreement."""
    begun = time.monotonic()

    def goes_on() -> bool:
        is_brief = plan.is_timed and time.monotonic() - begun < plan.brief
        return len(race.pairs) < (plan.most_brief_pairs if is_brief else plan.most_pairs)

    while goes_on():
        pair = (ours(), peer())
        race.checked = check(*pair)
        race.pairs.append(pair)
        if time.monotonic() - begun > plan.seconds:
            break
    if len(race.pairs) > 1 and len(race.pairs) % 2 == 0:
        race.pairs.pop()  # an odd number has a median that was measured
    median, least, most = race.ratios()
    ratio = f"{median:.1f} ({least:.1f} to {most:.1f})" if plan.is_timed else race.checked
    print(f"{race.name}: {race.case} against {race.peer}: {ratio}", flush=True)
    return race


def run(
    command: list,
    limit: float = 3600,
    folder: Path | None = None,
    statuses: tuple[int, ...] = (0,),
    variables: dict[str, str] | None = None,
) -> tuple[Outcome, str]:
    """Runs a command and measures its whole process; stdout comes back, stderr is shown only if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        cwd=folder,
        env=variables,
    )
    cut_short = ""
    try:
        out, problems = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        process.kill()
        out, problems = process.communicate()
        cut_short = f"stopped after {limit:.0f} s"
    seconds = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.returncode not in statuses and not cut_short:
        raise RuntimeError(f"{' '.join(map(str, command))}: exit status {process.returncode}\n{out[-2000:]}{problems[-2000:]}")
    return Outcome(seconds, cpu, 0, cut_short=cut_short), out


def run_for_json(command: list, limit: float = 3600) -> Outcome:
    """As run(), for programs whose last line says in JSON what they did; the clock is theirs."""
    outcome, out = run(command, limit)
    if outcome.is_cut_short:
        return outcome
    outcome.answer = json.loads(out.strip().splitlines()[-1])
    outcome.seconds = outcome.answer["seconds"]["total"]
    outcome.peak_bytes = outcome.answer["peak_bytes"]
    outcome.cpu_seconds = outcome.answer.get("cpu_seconds", outcome.cpu_seconds)
    return outcome


def relative(left: float, right: float) -> float:
    return abs(left - right) / max(1.0, abs(left), abs(right))


def check_objectives(tolerance: float, reference: float | None = None) -> Callable[[Outcome, Outcome], str]:
    def check(ours: Outcome, peer: Outcome) -> str:
        if peer.is_cut_short:
            return f"no answer of the peer: {peer.cut_short}"
        difference = relative(ours.answer["objective"], peer.answer["objective"])
        if difference > tolerance:
            raise Disagreement(f"objectives {ours.answer['objective']} and {peer.answer['objective']}")
        if reference is not None and relative(ours.answer["objective"], reference) > tolerance:
            raise Disagreement(f"objective {ours.answer['objective']}, reference {reference}")
        known = "" if reference is None else " and with the reference"
        return f"objectives agree to {difference:.0e}{known}"

    return check
