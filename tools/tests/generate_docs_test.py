#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import unittest

from tree import TreeTest

import generate_docs

SCHEMA = """
about = "Who ships | what."
figure = "limit"
key = ["id"]
[[column]]
name = "id"
type = "id"
required = true
about = "slug"
[[column]]
name = "limit"
type = "number"
minimum = 0
dimension = "share"
about = "most"
"""
PROVENANCE = '[[column]]\nname = "unit"\ntype = "unit"\nabout = "unit of the figure"\n'
CODES = """// PINCHPOINT_CODE(enumerator, "code", severity, "what it means", "usual fix")
// Files and folders
PINCHPOINT_CODE(folder_not_found, "FIL-001", error, "no folder", "write `new \\"x\\"`, then look")
// Tables
PINCHPOINT_CODE(unknown_column, "TAB-001", warning, "a column too many", "remove it")
"""
PROGRAM = """#!/bin/sh
case "$*" in
  --help) printf 'Plans.\\nUsage: pinchpoint [VERB]\\n\\nSubcommands:\\n  plan    plan a model\\n  check   check a model\\n' ;;
  *) printf 'help of %s   \\n' "$1" ;;
esac
"""


class GenerateDocsTest(TreeTest):
    def setUp(self):
        super().setUp()
        self.write(
            {
                "data/schema/lanes.toml": SCHEMA,
                "data/schema/provenance.toml": PROVENANCE,
                "data/world/lanes/asia.csv": 'id,limit\na,1\n"b,c",2\nd,3\n',
                "src/core/base/diagnostic_codes.def": CODES,
            }
        )

    def test_a_table_page_shows_columns_provenance_and_the_first_rows(self):
        page = generate_docs.table_pages(self.root)["docs/tables/lanes.md"]
        self.assertIn("| `id` | id | yes, key |", page)
        self.assertIn("≥ 0 | [share](dimensions.md#share)", page)
        self.assertIn("Provenance of `limit`", page)
        self.assertIn('id,limit\na,1\n"b,c",2\n```', page)

    def test_codes_are_read_with_their_families_and_quotes(self):
        families = generate_docs.read_codes(CODES)
        self.assertEqual([(title, [c.code for c in codes]) for title, codes in families],
                         [("Files and folders", ["FIL-001"]), ("Tables", ["TAB-001"])])
        self.assertEqual(families[0][1][0].fix, 'write `new "x"`, then look')

    def test_a_line_of_codes_that_cannot_be_read_stops_the_tool(self):
        with self.assertRaises(SystemExit):
            generate_docs.read_codes('PINCHPOINT_CODE(one, "A-1", error, "x")\n')

    def test_help_pages_are_made_for_each_verb(self):
        program = self.root / "build/bin/pinchpoint"
        self.write({"build/bin/pinchpoint": PROGRAM})
        program.chmod(0o755)
        pages = generate_docs.cli_pages(self.root, program)
        self.assertEqual(sorted(pages), ["docs/cli/README.md", "docs/cli/check.md", "docs/cli/plan.md"])
        self.assertIn("- [plan](plan.md): plan a model", pages["docs/cli/README.md"])
        self.assertIn("help of plan\n", pages["docs/cli/plan.md"])

    def test_differences_and_pages_that_nothing_makes_are_found(self):
        pages = generate_docs.table_pages(self.root) | generate_docs.diagnostic_pages(self.root)
        self.assertEqual(generate_docs.write(self.root, pages), len(pages))
        self.assert_only(generate_docs.differences(self.root, pages))
        left_over = generate_docs.MADE + "# old\n"
        self.write({"docs/tables/lanes.md": "edited\n", "docs/tables/old.md": left_over, "docs/tables/own.md": "# own\n"})
        self.assert_only(generate_docs.differences(self.root, pages), "lanes.md: differs", "old.md: nothing makes it")
        generate_docs.write(self.root, pages)
        self.assertFalse((self.root / "docs/tables/old.md").exists())
        self.assertTrue((self.root / "docs/tables/own.md").exists())


if __name__ == "__main__":
    unittest.main()
