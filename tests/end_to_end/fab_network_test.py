#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The study fab-network: its runs must give the figures of expected/headline.csv."""

import harness
import study_headline


class FabNetworkTest(study_headline.StudyTest):
    STUDY = "fab-network"


if __name__ == "__main__":
    harness.main()
