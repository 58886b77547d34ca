#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import shutil
import unittest

from tree import TreeTest

import check_headers


@unittest.skipUnless(shutil.which("g++"), "needs g++")
class CheckHeadersTest(TreeTest):
    def run_once(self) -> tuple[list[str], str]:
        return check_headers.check(self.root, "build", "g++", 2)

    def test_a_header_must_include_what_it_uses(self):
        self.write(
            {
                "src/core/base/good.hpp": "#pragma once\n#include <string>\ninline std::string a;\n",
                "src/core/base/bad.hpp": "#pragma once\ninline std::string b;\n",
            }
        )
        self.assert_only(self.run_once()[0], "src/core/base/bad.hpp: does not compile alone")

    def test_only_what_changed_is_compiled_again(self):
        self.write(
            {
                "src/core/base/a.hpp": "#pragma once\nusing A = int;\n",
                "src/core/base/b.hpp": '#pragma once\n#include "core/base/a.hpp"\nusing B = A;\n',
                "src/core/base/c.hpp": "#pragma once\n",
            }
        )
        self.assertIn("3 compiled", self.run_once()[1])
        self.assertIn("0 compiled", self.run_once()[1])
        self.write({"src/core/base/a.hpp": "#pragma once\nusing Another = int;\n"})
        problems, summary = self.run_once()
        self.assertIn("2 compiled", summary)
        self.assert_only(problems, "src/core/base/b.hpp")


if __name__ == "__main__":
    unittest.main()
