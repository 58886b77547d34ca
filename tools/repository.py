# SPDX-License-Identifier: Apache-2.0
"""What the tools share: where files are, and C++ text without its comments and strings."""

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def parser(description: str) -> argparse.ArgumentParser:
    """An argument parser with --root, which tests point at a small tree of their own."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--root", type=Path, default=ROOT, help="root of the repository (default: this one)")
    return made


def tracked_files(root: Path) -> list[Path]:
    """Files that git tracks or would track; all files where there is no repository (tests)."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (root / ".git").exists():
        names = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
        return sorted({root / name for name in names if name and (root / name).is_file()})
    return sorted(path for path in root.rglob("*") if path.is_file())


def cpp_files(root: Path, folders=("src", "tests", "bench", "python/bindings")) -> list[Path]:
    """C++ sources and headers below `folders`."""
    starts = tuple(folder + "/" for folder in folders)
    return [
        path
        for path in tracked_files(root)
        if path.suffix in (".cpp", ".hpp") and path.relative_to(root).as_posix().startswith(starts)
    ]


def report(tool: str, problems: list[str], summary: str) -> int:
    """Prints problems, one a line, and a closing line; returns the exit status."""
    for problem in problems:
        print(problem)
    outcome = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}" if problems else "ok"
    print(f"{tool}: {outcome} ({summary})", flush=True)
    return 1 if problems else 0


_TOKEN = re.compile(
    r"""
    (?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)
  | (?P<raw>(?:u8|[uUL])?R"(?P<fence>[^()\\\s]{0,16})\(.*?\)(?P=fence)")
  | (?P<string>"(?:\\.|[^"\\\n])*")
  | (?P<number>\b[0-9](?:'?[0-9a-zA-Z_.])*)
  | (?P<char>'(?:\\.|[^'\\\n])+')
    """,
    re.VERBOSE | re.DOTALL,
)


def blank(text: str, strings: bool = True) -> str:
    """`text` with comments (and the insides of strings) made spaces: same length, same lines."""

    def erased(match: re.Match) -> str:
        found = match.group(0)
        if match.lastgroup == "number" or match.group("number") is not None:
            return found
        if match.group("comment") is not None:
            return re.sub(r"[^\n]", " ", found)
        if not strings:
            return found
        quote = found[-1]
        return quote + re.sub(r"[^\n]", " ", found[1:-1]) + quote

    return _TOKEN.sub(erased, text)


def without_directives(text: str) -> str:
    """`text` with preprocessor lines (and their continuations) made spaces."""
    return re.sub(r"^[ \t]*#(?:\\\n|[^\n])*", lambda match: re.sub(r"[^\n]", " ", match.group(0)), text, flags=re.M)


def cpp_string(text: str) -> str:
    """A C++ string literal: octal escapes, which end after three digits, for all that is not plain."""
    plain = (chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\?' else f"\\{byte:03o}" for byte in text.encode())
    return '"' + "".join(plain) + '"'


def fail_usage(message: str) -> None:
    print(message, file=sys.stderr)
    sys.exit(2)
