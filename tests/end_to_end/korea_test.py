#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Korea study by years gives the answer of its expected/headline.csv."""

import harness
import study_headline


class KoreaTest(study_headline.StudyTest):
    STUDY = "korea"


if __name__ == "__main__":
    harness.main()
