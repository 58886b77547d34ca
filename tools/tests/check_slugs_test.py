#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import unittest

from tree import TreeTest

import check_slugs

BLOCKS = "src/analysis/plan/blocks"


class CheckSlugsTest(TreeTest):
    def test_no_families_yet_is_no_problem(self):
        self.assert_only(check_slugs.check(self.root)[0])

    def test_a_family_needs_block_test_and_page(self):
        self.write({check_slugs.FAMILIES: 'PINCHPOINT_ROW_FAMILY(balance, balance, amount, "worth", node)\n'})
        problems = check_slugs.check(self.root)[0]
        self.assert_only(problems, "blocks/balance.cpp", "blocks/balance_test.cpp", "docs/formulation/balance.md")

    def test_a_complete_family_passes(self):
        self.write(
            {
                check_slugs.FAMILIES: "PINCHPOINT_ROW_FAMILY(balance, balance)\nPINCHPOINT_ROW_FAMILY(carry, balance)\n",
                f"{BLOCKS}/balance.cpp": "",
                f"{BLOCKS}/balance_test.cpp": "",
                "docs/formulation/balance.md": "# balance and carry\n",
            }
        )
        self.assert_only(check_slugs.check(self.root)[0])

    def test_a_page_names_its_family_and_a_block_without_rows_needs_test_and_page(self):
        self.write(
            {
                check_slugs.FAMILIES: "PINCHPOINT_ROW_FAMILY(balance, balance)\n",
                f"{BLOCKS}/balance.cpp": "",
                f"{BLOCKS}/balance_test.cpp": "",
                f"{BLOCKS}/left_over.cpp": "",
                "docs/formulation/balance.md": "# something else\n",
            }
        )
        self.assert_only(
            check_slugs.check(self.root)[0],
            "never names balance",
            "left_over has no src/analysis/plan/blocks/left_over_test.cpp",
            "left_over has no docs/formulation/left_over.md",
        )

    def test_every_code_has_a_case_and_every_case_a_code(self):
        self.write(
            {
                check_slugs.CODES: 'PINCHPOINT_CODE(a, "TAB-001", error, "", "")\nPINCHPOINT_CODE(b, "TAB-002", error, "", "")\n',
                "tests/diagnostics/TAB-001/short/expected.txt": "",
                "tests/diagnostics/TAB-009/short/expected.txt": "",
            }
        )
        self.assert_only(check_slugs.check(self.root)[0], "TAB-002 has no case", "TAB-009: no such code")


if __name__ == "__main__":
    unittest.main()
