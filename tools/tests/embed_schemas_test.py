#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import unittest

from tree import TreeTest

import embed_schemas

COLUMN = '[[column]]\nname = "id"\ntype = "id"\nabout = "slug"\n'
PROVENANCE = '[[column]]\nname = "source"\ntype = "ids"\nrefers_to = "sources"\nabout = "where from"\n'
FIGURE = 'figure = "size"\n' + COLUMN + '[[column]]\nname = "size"\ntype = "number"\nabout = "how large"\n'


class EmbedSchemasTest(TreeTest):
    def read(self, **files: str):
        self.write({f"{name}.toml": text for name, text in {"provenance": PROVENANCE, "sources": COLUMN, **files}.items()})
        return embed_schemas.read_schemas(list(self.root.glob("*.toml")))

    def assert_refused(self, pattern: str, **files: str):
        with self.assertRaisesRegex(embed_schemas.SchemaError, pattern):
            self.read(**files)

    def test_a_table_comes_after_those_it_refers_to(self):
        names = [schema.name for schema in self.read(assets=COLUMN + 'refers_to = "sources|places"\n', places=COLUMN)]
        self.assertEqual(names, ["sources", "places", "assets"])

    def test_tables_that_refer_to_each_other_stand_as_they_came(self):
        names = [
            schema.name
            for schema in self.read(a=COLUMN + 'refers_to = "b"\n', b=COLUMN + 'refers_to = "a"\n')
        ]
        self.assertEqual(names, ["b", "a", "sources"])

    def test_a_figure_brings_the_columns_of_provenance(self):
        schemas = {schema.name: schema for schema in self.read(assets=FIGURE, places=COLUMN)}
        self.assertIsNotNone(schemas["assets"].column("source"))
        self.assertIsNone(schemas["places"].column("source"))

    def test_what_a_schema_may_not_say_is_named(self):
        self.assert_refused(r"a\.toml: unknown key 'colour'", a='colour = "red"\n')
        self.assert_refused(r"a\.toml: unknown key 'colour'", a=COLUMN + 'colour = "red"\n')
        self.assert_refused(r"a\.toml: about = 3", a=COLUMN.replace('"slug"', "3"))
        self.assert_refused(r"a\.toml: required = 1", a=COLUMN + "required = 1\n")
        self.assert_refused(r"a\.toml: minimum = True", a=COLUMN + "minimum = true\n")
        self.assert_refused(r"a\.toml: column type 'word'", a=COLUMN.replace('type = "id"', 'type = "word"'))
        self.assert_refused(r"a\.toml: a column needs name and about", a='[[column]]\nname = "id"\ntype = "id"\n')
        self.assert_refused(r"a\.toml: id: choices", a=COLUMN + 'choices = ["one"]\n')
        self.assert_refused(r"a\.toml: key 'no' is no column", a='key = ["no"]\n' + COLUMN)
        self.assert_refused(r"a\.toml: refers to 'nothing'", a=COLUMN + 'refers_to = "nothing"\n')
        self.assert_refused(r"a\.toml: .*line 1", a="about =\n")

    def test_what_a_figure_and_a_parameter_need_is_named(self):
        parameter = '[[parameter]]\nname = "life"\ndimension = "time"\nabout = "years"\n'
        self.assert_refused("no column 'parameter'", a=COLUMN + parameter)
        self.assert_refused("a parameter needs name and dimension", a=COLUMN + '[[parameter]]\nname = "life"\n')
        self.assert_refused("figure 'size' is no column", a='figure = "size"\n' + COLUMN)
        self.assert_refused("the figure is a number", a='figure = "id"\n' + COLUMN)
        self.assert_refused("size: a bound that depends on the unit", a=FIGURE + "maximum = 5\n")
        self.assertTrue(self.read(a=FIGURE + 'maximum = 5\ndimension = "share"\n'))

    def test_the_source_says_what_the_file_says(self):
        schemas = self.read(a=COLUMN + 'required = true\nminimum = -90\nmaximum = 90\ndefault = "a \\"b\\""\n')
        text = embed_schemas.render(schemas, list(self.root.glob("*.toml")))
        row = '{"id", ColumnType::id, true, "slug", {}, {}, {-90.0, 90.0, std::nullopt}, "a \\042b\\042", ""}'
        self.assertIn(row, text)
        self.assertIn(f'{{"a", R"schema({(self.root / "a.toml").read_text()})schema"}}', text)


if __name__ == "__main__":
    unittest.main()
