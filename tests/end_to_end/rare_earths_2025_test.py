#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The study rare-earths-2025 gives the answers of its expected/headline.csv, a plan for each vintage of the rules."""

import harness
import study_headline


class RareEarths2025Test(study_headline.StudyTest):
    STUDY = "rare-earths-2025"
    STEP = "quarter"


if __name__ == "__main__":
    harness.main()
