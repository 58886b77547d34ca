#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The study h20-2025 gives the answers of its expected results, a plan for each vintage of the rules; and the letter as a surprise."""

import harness
import study_headline

FORESEEN = 36.45e9  # what the letter costs a plan that knows of it


class H202025Test(study_headline.StudyTest):
    STUDY = "h20-2025"
    STEP = "quarter"

    def test_a_letter_that_nobody_expected_costs_more(self):
        study = harness.SOURCE / "studies" / self.STUDY
        words = ("stress", study, "--rules-as-of", "2025-04-08", "--shocks", "letter", "--no-run", "--json")
        tree = self.pinchpoint(*words, seconds=850).json()
        self.assertEqual(tree["certified_share"], 1)
        self.assert_json(tree, "loss.mean.upper", 49.4e9, relative=0.05)
        self.assertGreater(tree["loss"]["mean"]["lower"], FORESEEN)


if __name__ == "__main__":
    harness.main()
