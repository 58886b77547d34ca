#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns schemas (*.toml) and tables (*.csv) into C++: the rule base for domain/rules, the form of a package for domain/packages.

They are part of the program, so that a question can be asked from anywhere.
"""

import argparse
import sys
import tomllib
from pathlib import Path

from repository import cpp_string

TYPES = ("id", "ids", "text", "decimal", "day", "flag", "choice")
COLUMN_KEYS = {"name", "type", "required", "choices", "about"}
PIECE = 4000  # compilers limit the length of one literal


def column_text(table: str, column: dict) -> str:
    known = set(column) <= COLUMN_KEYS and column.get("type") in TYPES and column.get("about")
    if not known or (column["type"] == "choice") != bool(column.get("choices")):
        raise SystemExit(f"data/schema/rules/{table}.toml: column {column.get('name')}: unknown key or type")
    choices = ", ".join(cpp_string(choice) for choice in column.get("choices", []))
    required = "true" if column.get("required") else "false"
    return f"{{{cpp_string(column['name'])}, ColumnType::{column['type']}, {required}, {{{choices}}}}}"


def schema_text(path: Path) -> str:
    schema = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = ",\n       ".join(column_text(path.stem, column) for column in schema["column"])
    key = ", ".join(cpp_string(name) for name in schema["key"])
    return f"      {{{cpp_string(path.stem)}, {{{key}}},\n      {{{columns}}}}}"


def file_text(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    pieces = " ".join(cpp_string(text[at : at + PIECE]) for at in range(0, len(text), PIECE))
    return f"      {{{cpp_string(path.name)}, {pieces}}}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--module", default="rules")
    parser.add_argument("--header", default="domain/rules/internal/loaders.hpp")
    parser.add_argument("files", type=Path, nargs="+")
    arguments = parser.parse_args()
    schemas = [schema_text(path) for path in sorted(arguments.files) if path.suffix == ".toml"]
    files = [file_text(path) for path in sorted(arguments.files) if path.suffix == ".csv"]
    schema_list, file_list = ",\n".join(schemas), ",\n".join(files)
    text = f"""// Made by tools/embed_rules.py.
#include "{arguments.header}"

namespace pinchpoint::{arguments.module}::internal {{

using rules::ColumnType;
using rules::TableForm;

const std::vector<TableForm>& table_forms() {{
  static const std::vector<TableForm> forms = {{
{schema_list}}};
  return forms;
}}

const std::map<std::string, std::string>& embedded_files() {{
  static const std::map<std::string, std::string> files = {{
{file_list}}};
  return files;
}}

}}  // namespace pinchpoint::{arguments.module}::internal
"""
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
