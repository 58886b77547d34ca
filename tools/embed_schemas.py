#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks data/schema/*.toml and turns them into C++ tables, for core/tables.

Parsing thirty files at every start takes longer than a small plan. A mistake in a schema ends the build, with its file.
"""

import argparse
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from repository import cpp_string

TYPES = ("id", "ids", "text", "number", "integer", "boolean", "date", "choice", "unit")
RANGE_KEYS = ("minimum", "maximum", "minimum_exclusive")
PROVENANCE = "provenance"

# Keys of a file, of a [[column]] and of a [[parameter]], each with the type of its value.
TEXT, FLAG, NUMBER, LIST = str, bool, (int, float), list
RANGE = dict.fromkeys(RANGE_KEYS, NUMBER)
FILE_KEYS = {"about": TEXT, "figure": TEXT, "key": LIST, "column": LIST, "parameter": LIST}
PARAMETER_KEYS = {"name": TEXT, "dimension": TEXT, "about": TEXT, "default": TEXT, **RANGE}
COLUMN_KEYS = {**PARAMETER_KEYS, "type": TEXT, "required": FLAG, "choices": LIST, "refers_to": TEXT}


class SchemaError(Exception):
    pass


def ensure(condition: bool, table: str, what: str) -> None:
    if not condition:
        raise SchemaError(f"data/schema/{table}.toml: {what}")


def check_keys(table: str, entry: dict, known: dict) -> None:
    for key, value in entry.items():
        ensure(key in known, table, f"unknown key '{key}'")
        is_flag = isinstance(value, bool)
        ensure(isinstance(value, known[key]) and is_flag == (known[key] is FLAG), table, f"{key} = {value!r}")


@dataclass
class Schema:
    name: str
    file: dict
    columns: list[dict]
    parameters: list[dict] = field(default_factory=list)

    @property
    def figure(self) -> str:
        return self.file.get("figure", "")

    def column(self, name: str) -> dict | None:
        return next((column for column in self.columns if column["name"] == name), None)


def check_column(table: str, column: dict) -> None:
    check_keys(table, column, COLUMN_KEYS)
    ensure(column.get("type") in TYPES, table, f"column type '{column.get('type')}'")
    ensure(column.get("name") and column.get("about"), table, "a column needs name and about")
    ensure((column["type"] == "choice") == bool(column.get("choices")), table, f"{column['name']}: choices")


def check_parameter(table: str, parameter: dict) -> None:
    check_keys(table, parameter, PARAMETER_KEYS)
    ensure(parameter.get("name") and parameter.get("dimension"), table, "a parameter needs name and dimension")


def check_unit_free(table: str, entry: dict) -> None:
    """A bound other than 0 of a figure depends on its unit; only shares are converted before they are compared."""
    is_zero = entry.get("minimum", 0) == 0 and entry.get("minimum_exclusive", 0) == 0 and "maximum" not in entry
    is_free = entry.get("dimension") == "share" or is_zero
    ensure(is_free, table, f"{entry['name']}: a bound that depends on the unit")


def check_schema(schema: Schema) -> None:
    for name in schema.file.get("key", []):
        ensure(schema.column(name) is not None, schema.name, f"key '{name}' is no column")
    ensure(not schema.parameters or schema.column("parameter") is not None, schema.name, "no column 'parameter'")
    for parameter in schema.parameters:
        check_unit_free(schema.name, parameter)
    if not schema.figure:
        return
    figure = schema.column(schema.figure)
    ensure(figure is not None, schema.name, f"figure '{schema.figure}' is no column")
    ensure(figure["type"] == "number", schema.name, "the figure is a number")
    check_unit_free(schema.name, figure)


def read_file(path: Path) -> dict:
    try:
        file = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SchemaError(f"data/schema/{path.name}: {error}") from error
    check_keys(path.stem, file, FILE_KEYS)
    for column in file.get("column", []):
        check_column(path.stem, column)
    for parameter in file.get("parameter", []):
        check_parameter(path.stem, parameter)
    return file


def read_schemas(paths: list[Path]) -> list[Schema]:
    files = {path.stem: read_file(path) for path in sorted(paths)}
    provenance = files.pop(PROVENANCE)["column"]
    schemas = []
    for name, file in files.items():
        columns = file.get("column", []) + (provenance if file.get("figure") else [])
        schemas.append(Schema(name, file, columns, file.get("parameter", [])))
        check_schema(schemas[-1])
    return in_reading_order(schemas)


def tables_of(column: dict) -> list[str]:
    return column["refers_to"].split("|") if "refers_to" in column else []


def in_reading_order(schemas: list[Schema]) -> list[Schema]:
    """A table after those it refers to; tables that refer to each other stand as they came."""
    left = {schema.name: schema for schema in schemas}
    ordered: dict[str, Schema] = {}
    placed = set()

    def place(schema: Schema) -> None:
        if schema.name in placed:
            return
        placed.add(schema.name)
        for column in schema.columns:
            for table in tables_of(column):
                ensure(table in left, schema.name, f"refers to '{table}'")
                place(left[table])
        ordered[schema.name] = schema

    for schema in schemas:
        place(schema)
    return list(ordered.values())


class Source:
    """Arrays of a C++ source; equal arrays are one."""

    def __init__(self) -> None:
        self.text = ""
        self.names: dict[tuple[str, ...], str] = {}

    def array(self, of: str, items: list[str]) -> str:
        """Name of a constexpr array of `of`, or {} if it has no items."""
        if not items:
            return "{}"
        key = (of, *items)
        if key not in self.names:
            self.names[key] = f"array_{len(self.names)}"
            self.text += f"constexpr {of} {self.names[key]}[] = {{\n" + "".join(f"    {item},\n" for item in items)
            self.text += "};\n"
        return self.names[key]

    def texts(self, words: list[str]) -> str:
        return self.array("std::string_view", [cpp_string(word) for word in words])


def range_of(entry: dict) -> str:
    return "{" + ", ".join(repr(float(entry[key])) if key in entry else "std::nullopt" for key in RANGE_KEYS) + "}"


def text_of(entry: dict, key: str) -> str:
    return cpp_string(entry.get(key, ""))


def column_row(source: Source, column: dict) -> str:
    parts = [text_of(column, "name"), f"ColumnType::{column['type']}", str(column.get("required", False)).lower()]
    parts += [text_of(column, "about"), source.texts(column.get("choices", [])), source.texts(tables_of(column))]
    return "{" + ", ".join([*parts, range_of(column), text_of(column, "default"), text_of(column, "dimension")]) + "}"


def parameter_row(parameter: dict) -> str:
    parts = [text_of(parameter, key) for key in ("name", "dimension", "about")]
    return "{" + ", ".join([*parts, range_of(parameter), text_of(parameter, "default")]) + "}"


def schema_row(source: Source, schema: Schema) -> str:
    parts = [cpp_string(schema.name), text_of(schema.file, "about"), cpp_string(schema.figure)]
    parts.append(source.texts(schema.file.get("key", [])))
    parts.append(source.array("ColumnSchema", [column_row(source, column) for column in schema.columns]))
    parts.append(source.array("ParameterSchema", [parameter_row(parameter) for parameter in schema.parameters]))
    return "{" + ", ".join(parts) + "}"


def render(schemas: list[Schema], paths: list[Path]) -> str:
    source = Source()
    rows = source.array("TableSchema", [schema_row(source, schema) for schema in schemas])
    files = [f'{{{cpp_string(path.stem)}, R"schema({path.read_text(encoding="utf-8")})schema"}}' for path in sorted(paths)]
    texts = source.array("EmbeddedFile", files)
    return (
        "// Generated from data/schema by tools/embed_schemas.py.\n"
        '#include "core/tables/internal/embedded_schemas.hpp"\n\n'
        "namespace pinchpoint::tables::internal {\n\nnamespace {\n\n" + source.text + "\n}  // namespace\n\n"
        f"constinit const std::span<const TableSchema> embedded_schemas = {rows};\n"
        f"constinit const std::span<const EmbeddedFile> embedded_files = {texts};\n\n"
        "}  // namespace pinchpoint::tables::internal\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("schemas", type=Path, nargs="+", help="data/schema/*.toml")
    options = parser.parse_args()
    try:
        text = render(read_schemas(options.schemas), options.schemas)
    except SchemaError as error:
        print(error, file=sys.stderr)
        return 1
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
