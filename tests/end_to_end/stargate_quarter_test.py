#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Stargate study as published, by quarters (labelled slow)."""

import harness
import stargate_year_test


class StargateQuarterTest(stargate_year_test.StargateYearTest):
    STEP = "quarter"


del stargate_year_test  # else its own class would run here, too

if __name__ == "__main__":
    harness.main()
