#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The study lab-finance by years must give the figures of its expected/headline.csv."""

import harness
import study_money


class LabFinanceTest(study_money.MoneyStudyTest):
    def test_the_answer_is_the_one_expected(self):
        self.check_study("lab-finance")

    def test_every_figure_has_a_source(self):
        self.check_sources("lab-finance")


if __name__ == "__main__":
    harness.main()
