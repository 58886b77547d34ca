# SPDX-License-Identifier: Apache-2.0
"""Tables of the races: docs/bench/races.md for people, races.json for programs."""

import datetime
import importlib.metadata
import json
import os
import platform
import re
import subprocess
from pathlib import Path

import assembly_race
import solve_race
from contest import Race
from places import PINCHPOINT, ROOT, highs_program, highs_variables

MEBIBYTE = 1 << 20
MOST_MEMORY = 1.5  # times what HiGHS must hold


def first_line(command: list, variables: dict[str, str] | None = None) -> str:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, check=True, env=variables).stdout.splitlines()[0]


def processor() -> str:
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    found = re.search(r"model name\s*:\s*(.+)", text)
    return found.group(1).strip() if found else platform.machine()


def facts() -> dict:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    versions = {name: importlib.metadata.version(name) for name in ("highspy", "linopy", "numpy", "pyomo", "pypsa")}
    return {
        "date": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d"),
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / (1 << 30)),
        "system": platform.system(),
        "load_at_end": round(os.getloadavg()[2], 1),
        "pinchpoint": first_line([PINCHPOINT, "--version"]),
        "highs": first_line([highs_program(), "--version"], highs_variables()),
        "glpsol": first_line(["glpsol", "--version"]),
        "python": platform.python_version(),
        **versions,
    }


def number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def ratio_row(held: Race) -> str:
    if held.skipped:
        return f"| {held.case} | {held.peer} | | | | ≥ {number(held.target)} | {held.skipped} |"
    median, least, most = held.ratios()
    sign = "≥ " if held.is_cut_short() else ""
    cpu = held.ratios(lambda outcome: outcome.cpu_seconds)[0]
    ours = sorted(pair[0].seconds for pair in held.pairs)[len(held.pairs) // 2]
    verdict = "met" if held.is_met() else "**missed**"
    words = "; ".join(part for part in (verdict, held.checked, held.note) if part)
    return (
        f"| {held.case} | {held.peer} | {number(ours)} s | {sign}{number(median)} ({number(least)} to {number(most)}), "
        f"{len(held.pairs)} pairs | {number(cpu)} | ≥ {number(held.target)} | {words} |"
    )


def ratio_table(races: list[Race]) -> str:
    head = "| case | peer | ours | peer / ours, median (min to max) | of CPU time | target | |\n|---|---|--:|--:|--:|--:|---|\n"
    return head + "\n".join(ratio_row(held) for held in races) + "\n"


def memory_table(races: list[Race]) -> str:
    lines = assembly_race.memory_lines(races)
    peers = list(assembly_race.SHOWN.values())
    text = "| case | HiGHS must hold | ours, peak | ratio | " + " | ".join(peers) + f" | target ≤ {MOST_MEMORY} |\n"
    text += "|---|--:|--:|--:|" + "--:|" * len(peers) + "---|\n"
    for line in lines:
        ratio = line["ours"] / line["matrix_bytes"]
        cells = [f"{line.get(peer, 0) / MEBIBYTE:.0f} MiB" for peer in peers]
        verdict = "met" if ratio <= MOST_MEMORY else "**missed**"
        text += f"| {line['case']} | {line['matrix_bytes'] / MEBIBYTE:.1f} MiB | {line['ours'] / MEBIBYTE:.0f} MiB | {ratio:.1f} | "
        text += " | ".join(cells) + f" | {verdict} |\n"
    return text


def render(races: list[Race]) -> str:
    by_name = {name: [held for held in races if held.name == name] for name in ("assembly", "plan end to end", "open case")}
    text = f"""# Races

Made by `make bench`; not edited. {" · ".join(f"{key} {value}" for key, value in facts().items())}.

Ours and the peer run in turn, and a ratio is that of one pair: the peer's seconds over ours, so more is better. No time
counts unless the answers agree. On a busy machine trust the ratio of CPU time more than that of wall time.

## From tables to a problem that HiGHS holds

Ours reads the model folder, checks it as `pinchpoint plan` does, assembles, and hands the problem over. The peers read
plain numbers without units, sources and names, and check nothing; starting Python, imports and a warm-up are not counted.
Same problem: equal rows, columns and nonzeros, and checksums that change when an entry moves
(`bench/assembly/fingerprint.hpp`). Pyomo is taken by its own matrix compiler, its fastest way out; linopy by its sparse
model.

{ratio_table(by_name["assembly"])}
Peak memory of the whole process, the text of the tables and the loaded programs included; Python's interpreter and
libraries are in the peers' figures. What HiGHS must hold is the matrix by columns, costs, bounds and sides.

{memory_table(races)}
## From folder to certified plan, against HiGHS as it comes

Whole processes. Ours reads, checks, assembles, solves, certifies and writes the run folder; HiGHS reads the MPS file of
the same problem and solves it with default options.

{ratio_table(by_name["plan end to end"])}"""
    mean = solve_race.geometric_mean(races)
    if mean is not None:
        verdict = "met" if mean >= solve_race.GEOMETRIC_MEAN else "**missed**"
        text += f"\nGeometric mean {mean:.2f} (target ≥ {solve_race.GEOMETRIC_MEAN:.0f}): {verdict}.\n"
    text += f"""
## Open cases of others

Ours is `pinchpoint import` and then `pinchpoint plan`; the peer goes from the same files to its optimum. The optimum is
compared with the reference of the case, too.

{ratio_table(by_name["open case"])}"""
    return text


def write(races: list[Race]) -> None:
    folder = ROOT / "docs" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "races.md").write_text(render(races), encoding="utf-8")
    all_facts = {"facts": facts(), "geometric_mean": solve_race.geometric_mean(races)}
    made = {**all_facts, "memory": assembly_race.memory_lines(races), "races": [held.to_json() for held in races]}
    (folder / "races.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"bench: {len(races)} races, in docs/bench/races.md")
