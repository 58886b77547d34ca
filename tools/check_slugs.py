#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that a row family wears one slug everywhere: block, test, formulation page.

Families are the lines PINCHPOINT_ROW_FAMILY(slug, ...) of src/analysis/plan/families.def. One block may add the rows of
several families: then families.def says so in a comment on the same line, `// block: other_slug`.
"""

import re
import sys
from pathlib import Path

import repository

FAMILIES = "src/analysis/plan/families.def"
BLOCKS = "src/analysis/plan/blocks"
PAGES = "docs/formulation"
FAMILY = re.compile(r"^[ \t]*PINCHPOINT_ROW_FAMILY\(\s*(\w+)\s*(?:,.*?)?\)[ \t;]*(?://[^\n]*?\bblock:\s*(\w+))?", re.M)
SLUG = re.compile(r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$")


def read_families(text: str) -> dict[str, str]:
    """Family → slug of the block that adds its rows."""
    return {match.group(1): match.group(2) or match.group(1) for match in FAMILY.finditer(text)}


def check(root: Path) -> tuple[list[str], str]:
    path = root / FAMILIES
    if not path.exists():
        return [], f"no {FAMILIES} yet"
    text = path.read_text(encoding="utf-8")
    families = read_families(text)
    problems = [] if families else [f"{FAMILIES}: no PINCHPOINT_ROW_FAMILY line"]
    for family, block in families.items():
        if not SLUG.match(family):
            problems.append(f"{FAMILIES}: '{family}' is not snake_case")
        wanted = (f"{BLOCKS}/{block}.cpp", f"{BLOCKS}/{block}_test.cpp", f"{PAGES}/{family}.md")
        problems += [f"{FAMILIES}: {family} has no {name}" for name in wanted if not (root / name).is_file()]
        page = root / PAGES / f"{family}.md"
        if page.is_file() and family not in page.read_text(encoding="utf-8"):
            problems.append(f"{PAGES}/{family}.md: never names {family}")
    blocks = set(families.values())
    for source in sorted((root / BLOCKS).glob("*.cpp")) if families else []:
        slug = source.stem.removesuffix("_test")
        if slug not in blocks:
            problems.append(f"{source.relative_to(root)}: no family of {FAMILIES} belongs to this block")
    return problems, f"{len(families)} row families"


def main() -> int:
    arguments = repository.parser(__doc__).parse_args()
    return repository.report("check_slugs", *check(arguments.root.resolve()))


if __name__ == "__main__":
    sys.exit(main())
