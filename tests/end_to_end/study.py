# SPDX-License-Identifier: Apache-2.0
"""The figures by which a study's answer is known again, read from its results.sqlite.

    python3 tests/end_to_end/study.py RUN               prints them as rows of studies/stargate/expected/headline.csv
    python3 tests/end_to_end/study.py RUN explained     those of an explained run, as rows of expected/explain.csv
"""

import csv
import sqlite3
import sys
from pathlib import Path

MONTHS = {"quarter": 3, "year": 12}
SITES = ("abilene", "shackelford", "milam", "dona-ana", "lordstown", "saline", "port-washington", "effingham")
MADE = ("b300-accelerators", "cowos-wafers", "euv-scanners", "nvl72-racks")
GOODS = {
    "b300-accelerators": ("b300",),
    "cowos-wafers": ("cowos-wafer", "cowos-l-wafer"),
    "euv-scanners": ("euv-scanner",),
    "nvl72-racks": ("gb200-nvl72", "gb300-nvl72", "vr200-nvl72"),
}
TOLERANCE = {"objective": 0.005, "stargate": 0.02, "others": 0.02, "site": 0.15, "made": 0.05, "money": 0.05, "gain": 0.05, "worth": 0.1, "swing": 0.1}


def measure(database: Path) -> dict[tuple[str, str], tuple[float, str]]:
    """{(quantity, period): (value, unit)} of one run of the Stargate study."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        run = dict(connection.execute("SELECT key, value FROM run"))
        step = run["step"]
        found = {("objective", "all"): (float(run["objective"]), "USD")}
        halls = connection.execute(
            "SELECT region, period, sum(value) FROM value_activity WHERE technology LIKE 'ai-hall-%' GROUP BY region, period"
        )
        for region, period, amount in halls:
            if not "2025" <= period[:4] <= "2028" or (step == "quarter" and not period.endswith("Q4")):
                continue
            names = ["stargate", f"site {region}"] if region in SITES else ["others"]
            for name in names:
                before = found.get((name, period), (0.0, "MW"))[0]
                found[name, period] = (before + amount / MONTHS[step], "MW")
        for name in MADE:
            marks = ",".join("?" * len(GOODS[name]))
            query = f"SELECT year, sum(amount) FROM made_by_year WHERE commodity IN ({marks}) AND year < 2027 GROUP BY year"
            for year, amount in connection.execute(query, GOODS[name]):
                found[f"made {name}", str(year)] = (amount, "piece")
        spent = connection.execute(
            "SELECT sum(money) FROM outlays WHERE period < '2029' AND owner IN ('oracle', 'softbank', 'openai', 'mgx',"
            " 'crusoe-blue-owl', 'vantage', 'stack-borderplex', 'related-digital', 'stargate-lenders')"
        ).fetchone()[0]
        found["money of sponsors", "to 2028"] = (spent, "USD")
        return found
    finally:
        connection.close()


RELIEFS = (
    ("growth", "dona-ana", "stack-borderplex"),
    ("growth", "shackelford", "vantage"),
    ("build_limit", "lordstown", "softbank"),
    ("capacity", "KR", "samsung-electronics"),
)
FIGURES = ("frontier-training demand 2029-01", "copper-mining variable_cost", "dram-sk-hynix-kr", "ai-hall-vr200 capex")


def measure_explained(database: Path) -> dict[tuple[str, str], tuple[float, str]]:
    """The same of an explained run: what relief of some limits brings, and what some figures do."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        found = {}
        for family, region, owner in RELIEFS:
            query = (
                "SELECT g.gain_more, r.worth_more FROM explain_relief r JOIN explain_relief_goal g USING (rank)"
                " WHERE r.is_tried = 1 AND r.family = ? AND r.region = ? AND r.owner = ? ORDER BY r.rank LIMIT 1"
            )
            row = connection.execute(query, (family, region, owner)).fetchone()
            if row:
                found[f"gain {family} {region}", "all"] = (row[0], "MW per unit")
                found[f"worth {family} {region}", "all"] = (row[1], "USD per unit")
        for name in FIGURES:
            row = connection.execute("SELECT swing FROM explain_figure WHERE figure = ?", (name,)).fetchone()
            if row:
                found[f"swing {name}", "all"] = (row[0], "USD")
        return found
    finally:
        connection.close()


def expected(path: Path, step: str) -> dict[tuple[str, str], tuple[float, float]]:
    """{(quantity, period): (value, relative tolerance)} of the rows for `step`."""
    with path.open(encoding="utf-8", newline="") as text:
        return {
            (row["quantity"], row["period"]): (float(row["value"]), float(row["relative_tolerance"]))
            for row in csv.DictReader(text)
            if row["step"] == step
        }


def compare(database: Path, headline: Path, step: str, measured=measure) -> list[str]:
    """What differs, in words; empty if the answer is the one expected."""
    found = measured(database)
    wanted = expected(headline, step)
    problems = [f"no rows for step {step} in {headline}"] if not wanted else []
    for key, (value, relative) in wanted.items():
        name = " ".join(key)
        if key not in found:
            problems.append(f"{name}: nothing found, wanted {value:g}")
        elif abs(found[key][0] - value) > max(relative * abs(value), 1e-6):
            problems.append(f"{name}: {found[key][0]:g}, wanted {value:g} within {relative:.1%}")
    return problems


def main():
    database = Path(sys.argv[1]) / "results.sqlite"
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        step = connection.execute("SELECT value FROM run WHERE key = 'step'").fetchone()[0]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    is_explained = len(sys.argv) > 2 and sys.argv[2] == "explained"
    for (quantity, period), (value, unit) in sorted((measure_explained if is_explained else measure)(database).items()):
        if value or is_explained:
            writer.writerow([step, quantity, period, f"{value:.6g}", unit, TOLERANCE[quantity.split()[0]]])


if __name__ == "__main__":
    main()
