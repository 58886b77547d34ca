#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The study brute-force: its runs must give the figures of expected/headline.csv."""

import harness
import study_headline


class BruteForceTest(study_headline.StudyTest):
    STUDY = "brute-force"


if __name__ == "__main__":
    harness.main()
