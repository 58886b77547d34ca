#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import unittest

from tree import TreeTest

import check_words

NOTE = "TO" + "DO"
FOLDER = "/" + "home"


class CheckWordsTest(TreeTest):
    def test_a_note_needs_an_issue_number(self):
        self.assert_only(check_words.check_text("a.cpp", f"// {NOTE}: later\n"), "a.cpp:1: ")
        self.assert_only(check_words.check_text("a.cpp", f"// {NOTE}(#12): later\n"))

    def test_paths_of_one_machine_are_found_but_not_parts_of_addresses(self):
        self.assert_only(check_words.check_text("a.md", f"see {FOLDER}/ann/model\n"), "a path of one machine")
        self.assert_only(check_words.check_text("a.md", f"https://example.org{FOLDER}/page and $X{FOLDER}/page\n"))

    def test_registries_are_found(self):
        host = "files." + "pythonhosted" + ".org"
        self.assert_only(check_words.check_text("a.sh", f"curl https://{host}/x\n"), "registry")

    def test_control_and_invisible_characters_are_found(self):
        self.assert_only(check_words.check_text("a.md", "bell \x07 and \u202e\n"), "control", "invisible")
        self.assert_only(check_words.check_text("a.md", "tab\tand … and 漢字\n"))

    def test_files_must_be_utf_8(self):
        self.assert_only(check_words.check_file("a.csv", b"caf\xe9"), "byte 3 is not UTF-8")

    def test_what_tests_feed_the_readers_may_be_anything(self):
        self.write({"tests/fuzz/corpus/csv/one.csv": "\x07", "data/a.csv": "\x07"})
        self.assert_only(check_words.check(self.root)[0], "data/a.csv")


if __name__ == "__main__":
    unittest.main()
