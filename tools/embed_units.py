#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns the unit database of UDUNITS-2 (udunits2.xml and what it imports) into C++ tables, for core/units.

Reading the XML at every start takes longer than a small plan; the tables let a start define only the words that its
model uses. Names, plurals and encodings follow the reader of UDUNITS-2 (lib/xml.c of version 2.2); a test of core/units
compares every word with what that reader makes of it.
"""

import argparse
import json
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

from repository import cpp_string

HARD_SPACE = "\u00a0"


@dataclass
class Database:
    prefixes: list[tuple[str, str, bool]] = field(default_factory=list)  # text, value, is a symbol
    units: list[tuple[str, str]] = field(default_factory=list)  # definition, symbol of a base unit
    names: dict[str, int] = field(default_factory=dict)  # in lower case, to unit
    symbols: dict[str, int] = field(default_factory=dict)


def plural_of(singular: str) -> str:
    if len(singular) > 1 and singular[-1] == "y" and singular[-2] not in "aeiou":
        return singular[:-1] + "ies"
    if len(singular) > 1 and (singular[-1] in "sxz" or singular[-2:] in ("ch", "sh")):
        return singular + "es"
    return singular + "s"


def forms_of(word: str) -> set[str]:
    """The word as it may be written: with underscores or with hard spaces."""
    plain = word.replace(HARD_SPACE, "_")
    return {plain, plain.replace("_", HARD_SPACE)}


def add_words(words: dict[str, int], word: str, unit: int) -> None:
    """Words that end in a digit are left out: the parser takes the digits for an exponent and never finds them."""
    for form in forms_of(word):
        if form in words:
            raise SystemExit(f"embed_units: {form!r} is defined twice")
        if not form[-1].isdigit():
            words[form] = unit


def add_name(database: Database, name: ElementTree.Element, unit: int) -> None:
    """All of the database's <noplural/> stand in aliases, where version 2.2.28 makes a plural all the same."""
    singular = name.findtext("singular")
    for word in (singular, name.findtext("plural") or plural_of(singular)):
        add_words(database.names, "".join(c.lower() if c.isascii() else c for c in word), unit)


def definition_of(element: ElementTree.Element) -> str:
    marks = [mark for mark in ("base", "dimensionless") if element.find(mark) is not None]
    return marks[0] if marks else element.findtext("def")


def add_unit(database: Database, element: ElementTree.Element) -> None:
    unit = len(database.units)
    definition = definition_of(element)
    database.units.append((definition, element.findtext("symbol") if definition in ("base", "dimensionless") else ""))
    for place in (element, *element.iter("aliases")):
        for name in place.findall("name"):
            add_name(database, name, unit)
        for symbol in place.findall("symbol"):
            add_words(database.symbols, symbol.text, unit)


def add_prefix(database: Database, element: ElementTree.Element) -> None:
    value = element.findtext("value")
    float(value)
    for child in element:
        if child.tag in ("name", "symbol"):
            database.prefixes.append((child.text, value, child.tag == "symbol"))


def read(path: Path, database: Database) -> Database:
    for element in ElementTree.parse(path).getroot():
        if element.tag == "import":
            read(path.parent / element.text, database)
        elif element.tag == "prefix":
            add_prefix(database, element)
        elif element.tag == "unit":
            add_unit(database, element)
    return database


def rows(lines: list[str]) -> str:
    return "".join(f"    {line},\n" for line in lines)


def words_table(words: dict[str, int]) -> list[str]:
    return [f"{{{cpp_string(word)}, {unit}}}" for word, unit in sorted(words.items(), key=lambda item: item[0].encode())]


def render(database: Database) -> str:
    prefixes = [f"{{{cpp_string(text)}, {value}, {json.dumps(symbol)}}}" for text, value, symbol in database.prefixes]
    tables = {
        "DatabasePrefix prefix_table": prefixes,
        "DatabaseUnit unit_table": [f"{{{cpp_string(text)}, {cpp_string(symbol)}}}" for text, symbol in database.units],
        "DatabaseWord name_table": words_table(database.names),
        "DatabaseWord symbol_table": words_table(database.symbols),
    }
    text = "// Generated from the unit database of UDUNITS-2 by tools/embed_units.py.\n"
    text += '#include "core/units/unit_database.hpp"\n\nnamespace pinchpoint::units_internal {\n\nnamespace {\n\n'
    for name, lines in tables.items():
        text += f"constexpr {name}[] = {{\n{rows(lines)}}};\n\n"
    text += "}  // namespace\n\n"
    text += "constinit const std::span<const DatabasePrefix> database_prefixes = prefix_table;\n"
    text += "constinit const std::span<const DatabaseUnit> database_units = unit_table;\n"
    text += "constinit const std::span<const DatabaseWord> database_names = name_table;\n"
    text += "constinit const std::span<const DatabaseWord> database_symbols = symbol_table;\n"
    return text + "\n}  // namespace pinchpoint::units_internal\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("database", type=Path, help="udunits2.xml")
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(render(read(options.database, Database())), encoding="ascii")


if __name__ == "__main__":
    main()
