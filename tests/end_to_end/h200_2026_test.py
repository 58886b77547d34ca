#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The study h200-2026 gives the answers of its expected/headline.csv, a plan for each vintage of the rules."""

import harness
import study_headline


class H2002026Test(study_headline.StudyTest):
    STUDY = "h200-2026"
    STEP = "quarter"


if __name__ == "__main__":
    harness.main()
