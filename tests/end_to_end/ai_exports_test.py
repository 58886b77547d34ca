#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The study ai-exports: its runs must give the figures of expected/headline.csv."""

import harness
import study_headline


class AiExportsTest(study_headline.StudyTest):
    STUDY = "ai-exports"


if __name__ == "__main__":
    harness.main()
