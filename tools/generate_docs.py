#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes docs/tables, docs/diagnostics and docs/cli from the schemas, the table of codes and the program's own help.

With --check nothing is written: differences are named and fail. docs/cli is left alone where the program is not built.
"""

import ast
import csv
import difflib
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import repository

MADE = "<!-- Made by tools/generate_docs.py; do not edit. -->\n"
EXAMPLE_ROWS = 2

# What a dimension of data/schema means, with a unit that has it.
DIMENSIONS = {
    "amount": ("an amount of the row's commodity, in a unit that converts into the commodity's own", "wafer, t, GB"),
    "amount/time": ("an amount of the row's commodity per time", "wafer/month, t/year, MW"),
    "budget": ("money per time, or money in all, spread evenly from `from` to `until`", "USD/year, USD"),
    "capacity": ("capacity of the row's technology, in a unit that converts into its `capacity_unit`", "wafer/month, MW"),
    "capacity/time": ("capacity of the row's technology that is added per time", "wafer/month/year, MW/year"),
    "limit": ("whatever the limit is about; its first value's unit is the limit's unit", "MW, t/year, USD"),
    "limit_term": ("the limit's unit per unit of what the term measures", "1, t/MWh, USD/MW"),
    "measure": (
        "by kind: quota amount per time; licence_share and content a share; tariff and subsidy a share, or money "
        "per amount",
        "unit/year, 1, %, USD/unit",
    ),
    "money/amount": ("money per amount of the commodity; a year in the unit is a price year", "USD/wafer, USD2024/t"),
    "money/amount/time": ("money per amount of the commodity and time", "USD/t/year"),
    "money/capacity": ("money per unit of the technology's capacity", "USD/MW, USD/(wafer/month)"),
    "money/capacity/time": ("money per unit of the technology's capacity and time", "USD/(MW.year)"),
    "recipe": (
        "by role: input and output amount per unit of the primary output; build and retire amount per unit of capacity",
        "stack/accelerator, rack/MW",
    ),
    "share": ("a plain number", "1, %"),
    "share/time": ("a plain number per time", "1/year, %/year"),
    "time": ("a length of time", "years, months"),
}


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def number(value: float) -> str:
    return f"{value:g}"


def range_text(entry: dict) -> str:
    parts = []
    if "minimum" in entry:
        parts.append(f"≥ {number(entry['minimum'])}")
    if "minimum_exclusive" in entry:
        parts.append(f"> {number(entry['minimum_exclusive'])}")
    if "maximum" in entry:
        parts.append(f"≤ {number(entry['maximum'])}")
    return ", ".join(parts)


def dimension_link(entry: dict) -> str:
    name = entry.get("dimension", "")
    return f"[{name}](dimensions.md#{anchor(name)})" if name else ""


def anchor(heading: str) -> str:
    """The anchor that a heading gets on the usual hosts."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def type_text(column: dict) -> str:
    kind = column["type"]
    if kind == "choice":
        return " · ".join(f"`{choice}`" for choice in column["choices"])
    if "refers_to" in column:
        tables = " or ".join(f"[{table}]({table}.md)" for table in column["refers_to"].split("|"))
        return f"{kind} of {tables}"
    return kind


def column_rows(columns: list[dict], key: list[str]) -> list[str]:
    rows = ["| column | type | needed | default | range | dimension | meaning |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for column in columns:
        needed = "yes" if column.get("required") else ""
        if column["name"] in key:
            needed = (needed + ", key").removeprefix(", ")
        default = f"`{column['default']}`" if "default" in column else ""
        rows.append(
            f"| `{column['name']}` | {type_text(column)} | {needed} | {default} | {range_text(column)} "
            f"| {dimension_link(column)} | {cell(column['about'])} |"
        )
    return rows


def parameter_rows(parameters: list[dict]) -> list[str]:
    rows = ["| parameter | dimension | default | range | meaning |", "| --- | --- | --- | --- | --- |"]
    for entry in parameters:
        default = f"`{entry['default']}`" if "default" in entry else ""
        rows.append(
            f"| `{entry['name']}` | {dimension_link(entry)} | {default} | {range_text(entry)} | {cell(entry['about'])} |"
        )
    return rows


def example_of(root: Path, table: str) -> str:
    """Header and first rows of the table in the shipped world: a file, or the first file of its folder."""
    world = root / "data/world"
    files = [world / f"{table}.csv"] + sorted((world / table).glob("**/*.csv"))
    for path in files:
        if path.is_file():
            with open(path, newline="", encoding="utf-8") as file:
                lines = [line for _, line in zip(range(EXAMPLE_ROWS + 1), csv.reader(file))]
            if len(lines) > 1:
                quoted = [",".join(f'"{field}"' if re.search(r'[",]', field) else field for field in line) for line in lines]
                return f"From `{path.relative_to(root).as_posix()}`:\n\n```csv\n" + "\n".join(quoted) + "\n```\n"
    return ""


def table_page(root: Path, name: str, schema: dict, provenance: list[dict]) -> str:
    key = schema.get("key", [])
    page = [MADE + f"# {name}", "", schema["about"], "", f"Key: {', '.join(f'`{part}`' for part in key)}.", ""]
    page += column_rows(schema["column"], key)
    if schema.get("parameter"):
        page += ["", "## Parameters", ""] + parameter_rows(schema["parameter"])
    if schema.get("figure"):
        page += ["", f"## Provenance of `{schema['figure']}`", ""] + column_rows(provenance, [])
    if example := example_of(root, name):
        page += ["", "## Example", "", example.rstrip("\n")]
    return "\n".join(page) + "\n"


def dimensions_page(schemas: dict[str, dict]) -> str:
    uses: dict[str, list[str]] = {}
    for table, schema in schemas.items():
        for entry in schema["column"] + schema.get("parameter", []):
            if dimension := entry.get("dimension"):
                uses.setdefault(dimension, []).append(f"[{table}]({table}.md) `{entry['name']}`")
    page = [MADE + "# Dimensions", "", "What the unit of a figure must measure. `pinchpoint schema units` lists units.", ""]
    for dimension in sorted(uses):
        if dimension not in DIMENSIONS:
            repository.fail_usage(f"generate_docs: no meaning for dimension '{dimension}': add it to DIMENSIONS")
        meaning, units = DIMENSIONS[dimension]
        page += [f"## {dimension}", "", f"{meaning[0].upper()}{meaning[1:]}. Units such as {units}.", ""]
        page += [f"Used by {', '.join(uses[dimension])}.", ""]
    return "\n".join(page)


def table_pages(root: Path) -> dict[str, str]:
    schemas = {}
    for path in sorted((root / "data/schema").glob("*.toml")):
        schemas[path.stem] = tomllib.loads(path.read_text(encoding="utf-8"))
    provenance = schemas.pop("provenance", {"column": []})["column"]
    pages = {f"docs/tables/{name}.md": table_page(root, name, schema, provenance) for name, schema in schemas.items()}
    index = [MADE + "# Tables of a model folder", "", "One CSV file a table, or a folder of CSV files of its name.", ""]
    index += ["| table | one row is | key |", "| --- | --- | --- |"]
    for name, schema in schemas.items():
        index.append(f"| [{name}]({name}.md) | {cell(schema['about'])} | {', '.join(schema.get('key', []))} |")
    index += ["", "What the units of figures must measure: [dimensions](dimensions.md). Other input: [rule bases](forms/rules.md),"]
    index += ["[package files](forms/package.md), [catalogues](forms/catalogue.md)."]
    pages["docs/tables/README.md"] = "\n".join(index) + "\n"
    pages["docs/tables/dimensions.md"] = dimensions_page(schemas)
    return pages


def form_rows(schema: dict) -> list[str]:
    rows = ["| key | type | needed | meaning |", "| --- | --- | --- | --- |"]
    for column in schema["column"]:
        needed = "yes" if column.get("required") else ""
        if column["name"] in schema["key"]:
            needed = (needed + ", key").removeprefix(", ")
        rows.append(f"| `{column['name']}` | {type_text(column)} | {needed} | {cell(column['about'])} |")
    return rows


FORMS = {
    "rules": ("Tables of a rule base", "One CSV file a table, in `data/rules`."),
    "package": ("A package file", "TOML: one table `[package]`, and any number of the others as `[[name]]`; `data/packages` has six."),
    "catalogue": ("Tables of a catalogue", "One CSV file a table, as in `data/catalogues`."),
}


def form_pages(root: Path) -> dict[str, str]:
    """One page for each kind of input that is no model folder."""
    pages = {}
    for folder, (title, about) in FORMS.items():
        page = [MADE + f"# {title}", "", about, ""]
        for path in sorted((root / "data/schema" / folder).glob("*.toml")):
            schema = tomllib.loads(path.read_text(encoding="utf-8"))
            page += [f"## {path.stem}", "", schema["about"], ""] + form_rows(schema) + [""]
        pages[f"docs/tables/forms/{folder}.md"] = "\n".join(page)
    return pages


@dataclass
class DiagnosticCode:
    name: str
    code: str
    severity: str
    about: str
    fix: str


def read_codes(text: str) -> list[tuple[str, list[DiagnosticCode]]]:
    """(title of the family, its codes) in the order of diagnostic_codes.def; comment lines are titles."""
    families: list[tuple[str, list[DiagnosticCode]]] = []
    pattern = re.compile(r'^PINCHPOINT_CODE\((\w+),\s*("[^"]*"),\s*(\w+),\s*("(?:\\.|[^"\\])*"),\s*("(?:\\.|[^"\\])*")\)')
    for line in text.splitlines():
        if match := pattern.match(line):
            name, code, severity, about, fix = match.groups()
            entry = DiagnosticCode(name, *(ast.literal_eval(t) if t[0] == '"' else t for t in (code, severity, about, fix)))
            prefix = entry.code.split("-")[0]
            if not families or (families[-1][1] and families[-1][1][0].code.split("-")[0] != prefix):
                families.append((prefix, []))
            families[-1][1].append(entry)
        elif line.startswith("// ") and not line.startswith("// PINCHPOINT_CODE"):
            families.append((line[3:].strip(), []))
        elif line.startswith("PINCHPOINT_CODE"):
            repository.fail_usage(f"generate_docs: cannot read: {line}")
    return [(title, codes) for title, codes in families if codes]


def shown_example(root: Path, code: str) -> list[str]:
    """The message that tests/diagnostics/<CODE> expects, if that folder exists."""
    for path in sorted((root / "tests/diagnostics" / code).glob("**/expected*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
        return ["```", *text.split("\n")[:12], "```", ""]
    return []


def diagnostic_pages(root: Path) -> dict[str, str]:
    families = read_codes((root / "src/core/base/diagnostic_codes.def").read_text(encoding="utf-8"))
    index = [MADE + "# Diagnostics", "", "Every complaint about input has a code. Codes never change meaning.", ""]
    index += ["| code | severity | what it means |", "| --- | --- | --- |"]
    pages = {}
    for title, codes in families:
        family = codes[0].code.split("-")[0]
        page = [MADE + f"# {family}: {title[0].lower()}{title[1:]}", ""]
        for entry in codes:
            page += [f"## {entry.code}", "", f"`{entry.name}` ({entry.severity}): {entry.about}.", ""]
            page += [f"Fix: {entry.fix}.", ""] + shown_example(root, entry.code)
            link = f"[{entry.code}]({family}.md#{anchor(entry.code)})"
            index.append(f"| {link} | {entry.severity} | {cell(entry.about)} |")
        pages[f"docs/diagnostics/{family}.md"] = "\n".join(page)
    pages["docs/diagnostics/README.md"] = "\n".join(index) + "\n"
    return pages


def help_of(program: Path, *words: str) -> str:
    """The program's help, under the name users know it by."""
    done = subprocess.run(
        ["pinchpoint", *words, "--help"],
        executable=program,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
    )
    if done.returncode != 0:
        repository.fail_usage(f"generate_docs: {' '.join(words)} --help exits with {done.returncode}: {done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").split("\n"))


def verbs_of(text: str) -> list[tuple[str, str]]:
    """(verb, its line) from the list of subcommands in a help text."""
    found = re.search(r"^(?:subcommands|commands|verbs):[ ]*\n((?:[ ]+.*\n?|\n)*)", text, re.M | re.I)
    rows = re.findall(r"^ {1,4}([a-z][a-z0-9-]*)(?:,\s*\S+)?(?: {2,}(.*))?$", found.group(1), re.M) if found else []
    return [(verb, about.strip()) for verb, about in rows]


def cli_pages(root: Path, program: Path) -> dict[str, str]:
    if not program.is_file():
        return {}
    top = help_of(program)
    index = [MADE + "# Command line", "", "```", top, "```", ""]
    pages = {}
    for verb, about in verbs_of(top):
        text = help_of(program, verb)
        page = [MADE + f"# pinchpoint {verb}", "", "```", text, "```", ""]
        for inner, _ in verbs_of(text):
            page += [f"## pinchpoint {verb} {inner}", "", "```", help_of(program, verb, inner), "```", ""]
        pages[f"docs/cli/{verb}.md"] = "\n".join(page)
        index.append(f"- [{verb}]({verb}.md): {about}" if about else f"- [{verb}]({verb}.md)")
    pages["docs/cli/README.md"] = "\n".join(index) + "\n"
    return pages


def stale_pages(root: Path, pages: dict[str, str]) -> list[Path]:
    """Generated pages on disk that nothing makes any more."""
    folders = sorted({name.rpartition("/")[0] for name in pages})
    found = []
    for folder in folders:
        for path in sorted((root / folder).glob("*.md")):
            is_ours = path.read_text(encoding="utf-8").startswith(MADE)
            if is_ours and path.relative_to(root).as_posix() not in pages:
                found.append(path)
    return found


def differences(root: Path, pages: dict[str, str]) -> list[str]:
    problems = []
    for name, text in pages.items():
        path = root / name
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        if old != text:
            diff = list(difflib.unified_diff(old.splitlines(), text.splitlines(), name, "made anew", lineterm="", n=0))
            problems.append("\n".join([f"{name}: differs from what is made (make docs)", *diff[2:10]]))
    problems += [f"{path.relative_to(root)}: nothing makes it any more" for path in stale_pages(root, pages)]
    return problems


def write(root: Path, pages: dict[str, str]) -> int:
    changed = 0
    for name, text in pages.items():
        path = root / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed += 1
    for path in stale_pages(root, pages):
        path.unlink()
        changed += 1
    return changed


def main() -> int:
    parser = repository.parser(__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page differs")
    parser.add_argument("--program", default="build/bin/pinchpoint", help="the built program (default: %(default)s)")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    pages = table_pages(root) | form_pages(root) | diagnostic_pages(root) | cli_pages(root, root / arguments.program)
    if arguments.check:
        return repository.report("generate_docs", differences(root, pages), f"{len(pages)} pages")
    print(f"generate_docs: {write(root, pages)} of {len(pages)} pages changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
