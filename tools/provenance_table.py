#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes how well each table of a model folder is sourced, as `pinchpoint check FOLDER --provenance` counts it.

  provenance_table.py data/world                                     prints the table
  provenance_table.py data/world --into docs/guide/provenance.md     puts it between the marks of that page
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import marked_page


def counted(program: Path, folder: Path) -> dict:
    """The program's answer; a folder that is not sound ends this tool."""
    command = [program, "check", folder, "--provenance", "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    if done.returncode != 0:
        sys.exit(f"provenance_table: {' '.join(map(str, command))} ended with {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


def line(name: str, counts: dict) -> str:
    share = counts["sourced"] / counts["figures"] if counts["figures"] else 1
    cells = [f"{counts[key]:,}" for key in ("figures", "sourced", "assumed", "unsourced")]
    return f"| {' | '.join([name, *cells, f'{share:.1%}'])} |"


def table(answer: dict) -> str:
    """Markdown: a row a table, all of them, and how many sources are named."""
    lines = ["| table | figures | sourced | assumed | unsourced | share sourced |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    lines += [line(f"`{counts['table']}`", counts) for counts in answer["tables"]]
    lines.append(line("**all**", answer))
    lines += ["", f"{answer['sources']:,} distinct sources are named."]
    return "\n".join(lines) + "\n"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, help="model folder")
    options.add_argument("--into", type=Path, help="page whose marked part is written anew")
    options.add_argument("--program", type=Path, default=Path("build/bin/pinchpoint"), help="the built program (default: %(default)s)")
    asked = options.parse_args()
    text = table(counted(asked.program, asked.folder))
    if asked.into:
        marked_page.put(asked.into, "provenance", text)
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
