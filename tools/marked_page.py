# SPDX-License-Identifier: Apache-2.0
"""Pages with a part that a tool writes, between <!-- NAME begins --> and <!-- NAME ends -->."""

import sys
from pathlib import Path


def replaced(text: str, name: str, part: str) -> str:
    """`text` with `part` between the marks of `name`."""
    begins, ends = f"<!-- {name} begins -->", f"<!-- {name} ends -->"
    if text.count(begins) != 1 or text.count(ends) != 1 or text.index(begins) > text.index(ends):
        raise ValueError(f"no part between '{begins}' and '{ends}'")
    before, rest = text.split(begins)
    return f"{before}{begins}\n\n{part.strip()}\n\n{ends}{rest.split(ends)[1]}"


def put(page: Path, name: str, part: str):
    """Writes `part` between the marks of a page."""
    try:
        page.write_text(replaced(page.read_text(encoding="utf-8"), name, part), encoding="utf-8")
    except ValueError as problem:
        sys.exit(f"{page}: {problem}")
