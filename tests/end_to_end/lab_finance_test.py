#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The study lab-finance: its runs must give the figures of expected/headline.csv."""

import harness
import study_headline


class LabFinanceTest(study_headline.StudyTest):
    STUDY = "lab-finance"


if __name__ == "__main__":
    harness.main()
