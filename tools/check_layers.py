#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks which module includes which against src/layers.toml.

Also: CMake's USES says the same as layers.toml, headers under internal/ stay inside their module, solver headers stay
inside src/optim/solve/backends/, and src/optim has no word of the domain in its code.
"""

import re
import sys
import tomllib
from pathlib import Path

import repository

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
SOLVER_HEADER = re.compile(
    r"^(highs/|interfaces/highs|Highs\w*\.h$|lp_data/H|coin/|Clp\w*\.hpp$|Cbc\w*\.hpp$|Coin\w*\.hpp$|glpk\.h$|scip/|"
    r"gurobi|ilcplex/|qsopt)"
)
SOLVER_HOME = "src/optim/solve/backends/"
# The conformance suite reads back with the solver itself what we wrote; fuzz targets drive the readers one by one.
SOLVER_GUESTS = ("tests/solver_conformance/",)
INTERNAL_GUESTS = ("tests/fuzz/",)

# Words of the domain: none may appear in the code of src/optim, which knows rows and columns only.
DOMAIN_WORDS = (
    "accelerator alliance budget chip chokepoint commodity commodities country countries datacentre embargo export "
    "facility facilities fab fabs hbm import lane lanes licence memory_stack mineral organisation organisations "
    "programme programmes quota recipe recipes region regions shock shocks stockpile subsidy tariff technology "
    "technologies wafer wafers world"
).split()


def module_of(relative: str) -> str | None:
    """'src/core/base/id.hpp' → 'core.base'; nothing for files above the modules."""
    parts = relative.split("/")
    return ".".join(parts[1:3]) if len(parts) >= 4 and parts[0] == "src" else None


def read_layers(root: Path) -> dict[str, set[str]]:
    """Allowed edges: module → modules it may use."""
    with open(root / "src/layers.toml", "rb") as file:
        tree = tomllib.load(file)
    return {
        f"{layer}.{module}": set(entry["uses"]) for layer, modules in tree.items() for module, entry in modules.items()
    }


def check_layers_file(layers: dict[str, set[str]]) -> list[str]:
    """Every module named exists, none uses itself through others."""
    problems = []
    for module, uses in layers.items():
        problems += [f"src/layers.toml: {module} uses {used}, which is not listed" for used in uses - set(layers)]
    done: set[str] = set()
    while ready := [module for module in layers if module not in done and layers[module] & set(layers) <= done]:
        done.update(ready)
    if stuck := sorted(set(layers) - done):
        problems.append("src/layers.toml: these modules use one another in a circle: " + ", ".join(stuck))
    return problems


def check_includes(relative: str, text: str, layers: dict[str, set[str]], modules: set[str]) -> list[str]:
    """Problems of the #include lines of one file."""
    problems = []
    own = module_of(relative)
    # Strings must stay: they are the names of what is included.
    for match in INCLUDE.finditer(repository.blank(text, strings=False)):
        name = match.group(2)
        place = f"{relative}:{text.count(chr(10), 0, match.start()) + 1}"
        if SOLVER_HEADER.search(name) and not relative.startswith((SOLVER_HOME, *SOLVER_GUESTS)):
            problems.append(f"{place}: {name} is a solver's header: only below {SOLVER_HOME}")
        target = module_of("src/" + name)
        if target is None or target not in modules or target == own:
            continue
        if "/internal/" in name and not relative.startswith(INTERNAL_GUESTS):
            problems.append(f"{place}: {name} is internal to {target}")
        if own is None:
            continue
        if own not in layers:
            problems.append(f"{place}: module {own} is not listed in src/layers.toml")
        elif target not in layers[own]:
            problems.append(f"{place}: {own} may not use {target} (src/layers.toml)")
    return problems


def check_words(relative: str, text: str) -> list[str]:
    """Domain words in code of src/optim; comments, and labels in tests, may give examples."""
    problems = []
    code = repository.without_directives(repository.blank(text, strings=relative.endswith("_test.cpp")))
    for match in re.finditer(r"[A-Za-z]+(?:_[A-Za-z]+)*", code):
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", match.group(0)).lower().split("_")
        found = [word for word in words if word in DOMAIN_WORDS]
        if found:
            line = code.count("\n", 0, match.start()) + 1
            problems.append(f"{relative}:{line}: '{match.group(0)}': src/optim knows no '{found[0]}'")
    return problems


def check_cmake(root: Path, layers: dict[str, set[str]]) -> list[str]:
    """add_module(... LAYER x USES a b) must agree with layers.toml."""
    problems = []
    layer_of = {module.split(".")[1]: module for module in layers}
    for path in sorted((root / "src").glob("*/*/CMakeLists.txt")):
        relative = path.relative_to(root).as_posix()
        own = module_of(relative)
        call = re.search(r"add_module\(\s*(\w+)\s+LAYER\s+(\w+)([^)]*)\)", path.read_text())
        if not call:
            problems.append(f"{relative}: no add_module(name LAYER layer ...)")
            continue
        if f"{call.group(2)}.{call.group(1)}" != own:
            problems.append(f"{relative}: module {call.group(2)}.{call.group(1)} lies in the folder of {own}")
        uses = re.search(r"\bUSES\b(.*?)(?:\bLIBS\b|$)", call.group(3), re.S)
        named = set(uses.group(1).split()) if uses else set()
        for name in sorted(named):
            if layer_of.get(name) not in layers.get(own, set()):
                problems.append(f"{relative}: USES {name}, which src/layers.toml does not allow {own}")
    return problems


def check(root: Path) -> tuple[list[str], str]:
    layers = read_layers(root)
    problems = check_layers_file(layers) + check_cmake(root, layers)
    files = repository.cpp_files(root)
    relatives = {path: path.relative_to(root).as_posix() for path in files}
    modules = {module for relative in relatives.values() if (module := module_of(relative))} | set(layers)
    for path, relative in relatives.items():
        text = path.read_text(encoding="utf-8", errors="replace")
        problems += check_includes(relative, text, layers, modules)
        if relative.startswith("src/optim/"):
            problems += check_words(relative, text)
    return problems, f"{len(files)} files, {len(layers)} modules"


def main() -> int:
    arguments = repository.parser(__doc__).parse_args()
    return repository.report("check_layers", *check(arguments.root.resolve()))


if __name__ == "__main__":
    sys.exit(main())
