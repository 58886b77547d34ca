#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Pax Silica study by years gives the answer of its expected/headline.csv."""

import harness
import study_headline


class PaxSilicaTest(study_headline.StudyTest):
    STUDY = "pax-silica"


if __name__ == "__main__":
    harness.main()
