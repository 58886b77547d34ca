#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import unittest

from tree import TreeTest

import check_layers

LAYERS = """
[core.base]
uses = []
[optim.model]
uses = ["core.base"]
[domain.world]
uses = ["core.base"]
"""


class CheckLayersTest(TreeTest):
    def problems(self, files: dict[str, str]) -> list[str]:
        return check_layers.check(self.write({"src/layers.toml": LAYERS} | files))[0]

    def test_an_edge_that_is_listed_passes(self):
        self.assert_only(self.problems({"src/optim/model/a.cpp": '#include "core/base/id.hpp"\n#include <vector>\n'}))

    def test_an_edge_that_is_not_listed_is_named_with_its_line(self):
        problems = self.problems({"src/optim/model/a.cpp": '\n#include "domain/world/world.hpp"\n'})
        self.assert_only(problems, "src/optim/model/a.cpp:2: optim.model may not use domain.world")

    def test_commented_includes_do_not_count(self):
        self.assert_only(self.problems({"src/core/base/a.cpp": '// #include "domain/world/world.hpp"\n'}))

    def test_a_module_that_is_not_listed_is_named(self):
        problems = self.problems({"src/domain/site/a.cpp": '#include "core/base/id.hpp"\n'})
        self.assert_only(problems, "module domain.site is not listed")

    def test_internal_headers_stay_inside_their_module(self):
        text = '#include "core/base/internal/secret.hpp"\n'
        problems = self.problems({"src/domain/world/a.cpp": text, "src/core/base/a.cpp": text})
        self.assert_only(problems, "src/domain/world/a.cpp:1: core/base/internal/secret.hpp is internal")

    def test_solver_headers_stay_in_the_backends(self):
        text = "#include <interfaces/highs_c_api.h>\n"
        problems = self.problems({"src/optim/model/a.cpp": text, "src/optim/solve/backends/highs/a.cpp": text})
        self.assert_only(problems, "src/optim/model/a.cpp:1: interfaces/highs_c_api.h is a solver's header")

    def test_optim_has_no_word_of_the_domain_but_in_comments(self):
        text = '// a region\nint region_count = 0;\nclass FacilityRow;\nconst char* text = "lane";\nint subregional = 0;\n'
        problems = self.problems({"src/optim/model/a.cpp": text})
        self.assert_only(problems, ":2: 'region_count'", ":3: 'FacilityRow'", ":4: 'lane'")

    def test_labels_in_tests_of_optim_may_be_any_word(self):
        self.assert_only(self.problems({"src/optim/model/a_test.cpp": 'const char* label = "region";\n'}))

    def test_circles_are_found(self):
        layers = '[core.a]\nuses = ["core.b"]\n[core.b]\nuses = ["core.a"]\n'
        problems = check_layers.check(self.write({"src/layers.toml": layers}))[0]
        self.assert_only(problems, "core.a, core.b")

    def test_cmake_says_the_same(self):
        problems = self.problems(
            {
                "src/optim/model/CMakeLists.txt": "add_module(model LAYER optim USES base world LIBS fmt::fmt)\n",
                "src/core/base/CMakeLists.txt": "add_module(base LAYER core LIBS fmt::fmt)\n",
            }
        )
        self.assert_only(problems, "USES world")


if __name__ == "__main__":
    unittest.main()
