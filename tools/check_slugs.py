#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that what a row family is called is called so everywhere: block, test, formulation page.

Families are the lines PINCHPOINT_ROW_FAMILY(family, slug, ...) of src/analysis/plan/families.def. The slug names the source
that adds the rows, its test and its page; several families may share one, and its page then names them all. A block that adds no
rows of its own (a tariff is a cost) needs a test and a page all the same. Every diagnostic code has a case in
tests/diagnostics/<CODE>/.
"""

import re
import sys
from pathlib import Path

import repository

FAMILIES = "src/analysis/plan/families.def"
BLOCKS = "src/analysis/plan/blocks"
PAGES = "docs/formulation"
FAMILY = re.compile(r"^[ \t]*PINCHPOINT_ROW_FAMILY\(\s*(\w+)\s*,\s*(\w+)\s*[,)]", re.M)
CODES = "src/core/base/diagnostic_codes.def"
CASES = "tests/diagnostics"
CODE = re.compile(r'^PINCHPOINT_CODE\(\w+, "([A-Z]+-\d+)"', re.M)
SLUG = re.compile(r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$")


def read_families(text: str) -> dict[str, str]:
    """Family → slug."""
    return {match.group(1): match.group(2) for match in FAMILY.finditer(text)}


def check_page(root: Path, slug: str, families: list[str]) -> list[str]:
    page = f"{PAGES}/{slug}.md"
    if not (root / page).is_file():
        return [f"{slug} has no {page}"]
    text = (root / page).read_text(encoding="utf-8")
    return [f"{page}: never names {family}" for family in families if not re.search(rf"\b{family}\b", text)]


def check_codes(root: Path) -> list[str]:
    if not (root / CODES).is_file() or not (root / CASES).is_dir():
        return []
    codes = CODE.findall((root / CODES).read_text(encoding="utf-8"))
    problems = [f"{CODES}: {code} stands twice" for code in sorted({code for code in codes if codes.count(code) > 1})]
    folders = {path.name for path in (root / CASES).iterdir() if path.is_dir()}
    shown = {path.relative_to(root / CASES).parts[0] for path in (root / CASES).glob("*/**/expected*.txt")}
    problems += [f"{code} has no case in {CASES}/{code}/" for code in codes if code not in shown]
    return problems + [f"{CASES}/{name}: no such code in {CODES}" for name in sorted(folders - set(codes))]


def check_families(root: Path) -> tuple[list[str], str]:
    path = root / FAMILIES
    if not path.exists():
        return [], f"no {FAMILIES} yet"
    families = read_families(path.read_text(encoding="utf-8"))
    problems = [] if families else [f"{FAMILIES}: no PINCHPOINT_ROW_FAMILY line"]
    problems += [f"{FAMILIES}: '{name}' is not snake_case" for name in families if not SLUG.match(name)]
    slugs = {slug: [name for name in families if families[name] == slug] for slug in families.values()}
    for source in sorted((root / BLOCKS).glob("*.cpp")):
        slugs.setdefault(source.stem.removesuffix("_test"), [])
    for slug, names in slugs.items():
        wanted = (f"{BLOCKS}/{slug}.cpp", f"{BLOCKS}/{slug}_test.cpp")
        problems += [f"{slug} has no {name}" for name in wanted if not (root / name).is_file()]
        problems += check_page(root, slug, names)
    return problems, f"{len(families)} row families, {len(slugs)} slugs"


def check(root: Path) -> tuple[list[str], str]:
    problems, summary = check_families(root)
    return problems + check_codes(root), summary


def main() -> int:
    arguments = repository.parser(__doc__).parse_args()
    return repository.report("check_slugs", *check(arguments.root.resolve()))


if __name__ == "__main__":
    sys.exit(main())
