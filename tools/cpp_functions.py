# SPDX-License-Identifier: Apache-2.0
"""Finds the functions of a C++ file: name, first and last line, number of parameters, depth of nesting.

It is no parser: it follows braces and looks at the text before each, which is enough for code that clang-format laid out.
"""

import re
from dataclasses import dataclass

import repository


@dataclass
class Function:
    name: str
    first_line: int
    last_line: int
    parameters: int
    nesting: int  # deepest control block inside: 1 = an `if` in the body

    @property
    def lines(self) -> int:
        return self.last_line - self.first_line + 1


def _skip_group(code: str, at: int, opening: str, closing: str) -> int:
    """Index after the bracket that closes the one at `at`."""
    depth = 0
    while at < len(code):
        if code[at] == opening:
            depth += 1
        elif code[at] == closing:
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return at


def _strip_prefixes(header: str) -> str:
    """Without template<...>, [[...]] and requires-clauses in front."""
    header = re.sub(r"\[\[.*?\]\]", " ", header, flags=re.S).strip()
    while header.startswith("template"):
        opening = header.find("<")
        if opening < 0:
            break
        header = header[_skip_group(header, opening, "<", ">"):].strip()
    return header


_CONTROL = {"if", "for", "while", "switch", "catch", "do", "else", "try"}
_TYPE = re.compile(r"^(?:typedef\s+)?(?:class|struct|union|enum)\b")
_NAME = re.compile(r"(operator\s*(?:\(\s*\)|\[\s*\]|[^\s\w(]+|\w[\w\s:<>*&]*)|~?[A-Za-z_]\w*(?:\s*::\s*~?[A-Za-z_]\w*)*)\s*$")


def _parameter_list(header: str) -> tuple[int, int] | None:
    """Where the parameter list of a function header begins and ends (with its brackets)."""
    at = 0
    angle = 0
    while at < len(header):
        letter = header[at]
        if letter == "<" and re.search(r"[\w>]\s*$", header[:at]) and not header[:at].rstrip().endswith("operator"):
            angle += 1
        elif letter == ">" and angle > 0 and header[at - 1] != "-":
            angle -= 1
        elif letter == "(":
            end = _skip_group(header, at, "(", ")")
            before = header[:at].rstrip()
            if before.endswith("operator"):  # operator()(...)
                at = end
                continue
            if angle == 0 and not re.search(r"\b(?:decltype|noexcept|alignas|requires|explicit)$", before):
                return at, end
            at = end
            continue
        at += 1
    return None


def _count_parameters(text: str) -> int:
    """Parameters in '(int a, std::map<int, int> b)'."""
    inside = text[1:-1].strip()
    if not inside or inside == "void":
        return 0
    depth = 0
    count = 1
    for letter in inside:
        if letter in "(<[{":
            depth += 1
        elif letter in ")>]}":
            depth -= 1
        elif letter == "," and depth == 0:
            count += 1
    return count


def _classify(header: str) -> tuple[str, str, int]:
    """What a brace after `header` opens: (kind, name, parameters); kind is scope, function or value."""
    plain = _strip_prefixes(header)
    if re.match(r"^(?:inline\s+)?namespace\b", plain) or re.match(r'^extern\s*"', plain) or plain == "":
        return "scope", "", 0
    if _TYPE.match(plain) and not re.search(r"\)\s*(?:const|noexcept|override|final|->.*)?\s*$", plain, re.S):
        return ("value" if plain.startswith("enum") else "scope"), "", 0
    lambda_match = re.search(r"(\w+)\s*=\s*\[[^\]]*\]\s*(\([^()]*(?:\([^()]*\)[^()]*)*\))?[^;]*$", plain, re.S)
    if lambda_match:
        return "function", lambda_match.group(1), _count_parameters(lambda_match.group(2) or "()")
    place = _parameter_list(plain)
    assignment = re.search(r"(?<![=!<>+\-*/%&|^])=(?!=)", plain)
    is_operator = re.search(r"\boperator\b", plain) is not None
    if place is None or (assignment and assignment.start() < place[0] and not is_operator):
        return "value", "", 0
    name = _NAME.search(plain[: place[0]])
    if not name:
        return "value", "", 0
    return "function", re.sub(r"\s+", "", name.group(1)), _count_parameters(plain[place[0] : place[1]])


def _ends_header(header: str) -> bool:
    """Whether a brace here opens a body, not a member initialiser: `: a_{1}, b_{2} {`."""
    plain = _strip_prefixes(header)
    place = _parameter_list(plain)
    if place is None:
        return True
    rest = plain[place[1] :]
    colon = re.search(r"(?<!:):(?!:)", rest)
    if not colon or "->" in rest[: colon.start()]:
        return True
    # In an initialiser list a member's name stands before its brace; a body follows `)` or `}`.
    return re.search(r"[)}]\s*$", rest) is not None


def _nesting(body: str) -> int:
    """Deepest control block in a body (its own braces are depth 0); a lambda's blocks count on top of what it is in."""
    deepest = 0
    stack: list[tuple[bool, int]] = []  # is it a control block, open brackets before it
    start = 0
    brackets = 0
    for at, letter in enumerate(body):
        if letter == "(":
            brackets += 1
        elif letter == ")":
            brackets -= 1
        elif letter == "{":
            words = re.findall(r"[A-Za-z_]+", body[start:at])
            stack.append((any(word in _CONTROL for word in words), brackets))
            deepest = max(deepest, sum(is_control for is_control, _ in stack))
            start, brackets = at + 1, 0
        elif letter == "}":
            brackets = stack.pop()[1] if stack else 0
            start = at + 1
        elif letter == ";" and brackets == 0:
            start = at + 1
    return deepest


def find_functions(text: str) -> list[Function]:
    """All function definitions of a file; lambdas inside a function belong to it."""
    code = repository.without_directives(repository.blank(text))
    found = []
    at = 0
    start = 0  # where the header of whatever comes next begins
    while at < len(code):
        letter = code[at]
        if letter == ";" or letter == "}":
            start = at + 1
        elif letter == "(":
            at = _skip_group(code, at, "(", ")")
            continue
        elif letter == "{":
            header = re.sub(r"^\s*(?:(?:public|private|protected)\s*:\s*)+", "", code[start:at])
            kind, name, parameters = _classify(header)
            if kind == "scope":
                start = at + 1
            else:
                end = _skip_group(code, at, "{", "}")
                if kind == "function" and _ends_header(header):
                    first = at - len(header.lstrip())
                    found.append(
                        Function(
                            name,
                            code.count("\n", 0, first) + 1,
                            code.count("\n", 0, end - 1) + 1,
                            parameters,
                            _nesting(code[at + 1 : end - 1]),
                        )
                    )
                    start = end
                at = end
                continue
        at += 1
    return found
