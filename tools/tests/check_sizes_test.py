#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import unittest

from tree import TreeTest

import check_sizes


def function_of(lines: int, name: str = "long_one") -> str:
    return f"void {name}() {{\n" + "  step();\n" * (lines - 2) + "}\n"


EXCEPTION = """
[[exception]]
where = "src/core/base/a.cpp:long_one"
rule = "function_lines"
most = 90
date = "2025-01-31"
reason = "a table"
"""


class CheckSizesTest(TreeTest):
    def problems(self, files: dict[str, str]) -> list[str]:
        return check_sizes.check(self.write(files))[0]

    def filler(self) -> dict[str, str]:
        """Enough short functions that one long one is no large share."""
        return {"src/core/base/filler.cpp": "".join(function_of(30, f"short_{at}") for at in range(15)) + "\n"}

    def test_long_functions_are_named(self):
        files = self.filler() | {"src/core/base/filler_two.cpp": self.filler()["src/core/base/filler.cpp"]}
        problems = self.problems(files | {"src/core/base/a.cpp": function_of(81)})
        self.assert_only(problems, "src/core/base/a.cpp:1: function_lines of long_one() is 81, at most 80")

    def test_an_exception_covers_up_to_its_limit_and_is_shown(self):
        files = self.filler() | {"src/core/base/filler_two.cpp": self.filler()["src/core/base/filler.cpp"]}
        files |= {"tools/size_exceptions.toml": EXCEPTION, "src/core/base/a.cpp": function_of(85)}
        problems, notes, _ = check_sizes.check(self.write(files))
        self.assert_only(problems)
        self.assert_only(notes, "2025-01-31: a table")
        self.assert_only(self.problems({"src/core/base/a.cpp": function_of(95)}), "its exception allows 90")

    def test_an_exception_that_nothing_needs_fails(self):
        problems = self.problems({"tools/size_exceptions.toml": EXCEPTION, "src/core/base/a.cpp": function_of(10)})
        self.assert_only(problems, "needs no exception")

    def test_an_exception_needs_a_reason(self):
        problems = self.problems({"tools/size_exceptions.toml": EXCEPTION.replace('reason = "a table"', "")})
        self.assert_only(problems, "lacks reason")

    def test_the_share_of_code_in_long_functions_is_limited(self):
        problems = self.problems({"src/core/base/a.cpp": function_of(70) + function_of(30, "short_one")})
        self.assert_only(problems, "70.0% of code")

    def test_files_headers_parameters_and_nesting_are_limited(self):
        deep = "".join("for (;;) {\n" for _ in range(5)) + "}\n" * 5
        problems = self.problems(
            {
                "src/core/base/a.cpp": "\n" * 501,
                "src/core/base/a.hpp": "\n" * 301,
                "src/core/base/b.cpp": "int f(int a, int b, int c, int d, int e, int f, int g) { return a; }\n",
                "src/core/base/c.cpp": "void f() {\n" + deep + "}\n",
            }
        )
        self.assert_only(
            problems, "source_lines is 501", "header_lines is 301", "parameters of f() is 7", "nesting of f() is 5"
        )

    def test_folders_and_names_are_checked(self):
        files = {f"src/core/base/file_{at}.cpp": "" for at in range(25)}
        self.assert_only(self.problems(files | {"src/core/base/file_1_test.cpp": ""}))
        self.assert_only(
            self.problems(files | {"src/core/base/utils.hpp": ""}), "folder_files is 26", "a name that says nothing"
        )


if __name__ == "__main__":
    unittest.main()
