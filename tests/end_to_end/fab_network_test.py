#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The study fab-network by years must give the answer of its expected/headline.csv."""

import harness
import study_fabs


class FabNetworkTest(harness.EndToEndTest):
    def test_the_answer_is_the_one_expected(self):
        study_fabs.check(self, "fab-network")

    def test_figures_have_sources(self):
        study_fabs.check_sources(self, "fab-network")


if __name__ == "__main__":
    harness.main()
