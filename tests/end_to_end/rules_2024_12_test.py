#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The study rules-2024-12 gives the answers of its expected/headline.csv, a plan for each vintage of the rules."""

import harness
import study_headline


class Rules202412Test(study_headline.StudyTest):
    STUDY = "rules-2024-12"
    STEP = "year"


if __name__ == "__main__":
    harness.main()
