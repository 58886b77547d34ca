#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import datetime

from history_facts import LossPath, assumed, fact_row
from history_folder import Event
from history_runs import WEEKS_A_MONTH, Evaluation, World, months
from history_sensitivity import changes, without_idle
from history_table import Score, summary


def world(met: list[float], asked: float = 100.0) -> World:
    """A run of one programme `p` from January 2020."""
    made = World.__new__(World)
    made.periods = months("2020-01", f"2020-{len(met):02d}")
    made.met = {"p": dict(zip(made.periods, met))}
    made.asked = {"p": dict.fromkeys(made.periods, asked)}
    made.made, made.shipped, made.prices, made.transits = {}, {"lane": dict(zip(made.periods, met))}, {}, {"lane": 1.25}
    return made


def compared(met: list[float]) -> Evaluation:
    return Evaluation("yokkaichi-2019", world([100.0] * len(met)), world(met))


class FormulasTest(unittest.TestCase):
    def test_a_loss_begins_where_the_depth_of_the_next_month_puts_it(self):
        found = compared([100, 75, 50, 50]).dry("met:p", "2020-01-01")
        self.assertAlmostEqual(found, 31 / 7 + WEEKS_A_MONTH / 2)

    def test_recovery_is_read_between_the_middles_of_months(self):
        found = compared([100, 0, 90, 100]).recovered("met:p", "2020-02-01", 0.45)
        self.assertAlmostEqual(found, 2 + WEEKS_A_MONTH / 2)
        self.assertIsNone(compared([100, 0, 10]).recovered("met:p", "2020-02-01", 0.45))
        self.assertEqual(compared([100, 100]).recovered("met:p", "2020-01-01", 0.9), 0)

    def test_losses_in_shares_and_weeks(self):
        case = compared([100, 0, 50, 100])
        self.assertAlmostEqual(case.lost_share("met:p", "2020-01..2020-03"), 0.5)
        self.assertAlmostEqual(case.lost_weeks("met:p"), 1.5 * WEEKS_A_MONTH)

    def test_quarters_are_counted_from_the_first(self):
        case = compared([100, 0, 50, 100, 100, 100])
        self.assertEqual(case.quarters_until("met:p", 0.95, "2020-Q1"), 2)
        self.assertEqual(case.quarters_below("met:p", 0.95, "2020-Q1"), 1)

    def test_a_queue_grows_by_what_is_not_made_and_is_worked_off(self):
        case = compared([50, 100, 100])
        case.after.met["p-queue"] = {"2020-02": 0.0, "2020-03": 25.0}
        self.assertEqual([round(weeks / WEEKS_A_MONTH, 3) for weeks in case.queue_weeks("p")], [1.0, 0.5, 0.2])

    def test_what_takes_a_month_and_a_quarter_arrives_in_two_months(self):
        arrived = world([100, 0, 0]).series("arrived:lane")
        self.assertEqual(arrived, {"2020-01": 0.0, "2020-02": 75.0, "2020-03": 25.0})

    def test_a_formula_without_an_answer_has_no_value(self):
        self.assertIsNone(compared([100, 100]).value("dry('met:p', '2020-01-01')"))
        self.assertEqual(compared([100, 50]).value("after('met:p', '2020-02') / normal('met:p')"), 0.5)

    def test_responses_cannot_be_asked_for(self):
        with self.assertRaises(LookupError):
            compared([100]).fact("nand/western-digital", "output_lost")
        with self.assertRaises(LookupError):
            fact_row("yokkaichi-2019", "nand/western-digital", "output_lost", 0)


class FoldersTest(unittest.TestCase):
    def test_a_path_has_steps_and_straight_lines(self):
        begin, end = datetime.date(2020, 4, 1), datetime.date(2020, 5, 1)
        path = LossPath([(begin, 0.0), (begin, 1.0), (end, 0.0)])
        self.assertEqual(path.mean("2020-03"), 0)
        self.assertAlmostEqual(path.mean("2020-04"), 0.5, delta=0.02)
        self.assertEqual(path.mean("2020-06"), 0)

    def test_a_cut_says_each_month_that_differs_and_the_return(self):
        event = Event("epoxy-1993", "a title", "1993-07", "1993-12")
        event.maker("m", "Maker", "g", "r", assumed(1, 1, 1, "one"))
        day = datetime.date(1993, 8, 1)
        event.cut("m", LossPath([(day, 0.0), (day, 1.0), (datetime.date(1993, 10, 1), 1.0), (datetime.date(1993, 10, 1), 0.0)]))
        self.assertEqual(
            [(row["from"], row["value"]) for row in event.after["technology_parameters"]], [("1993-08", "0"), ("1993-10", "1")]
        )


class ScoresTest(unittest.TestCase):
    def test_what_is_not_claimed_is_a_miss(self):
        one = Score("e", "m", "physical", "1", 0.5, 0.4, 0.6, 0.45, 1.0, True, "")
        two = Score("e", "n", "physical", "1", 1.0, 0.9, 1.1, None, 1.0, False, "why")
        self.assertIn("| quantities, timing, who | 2 | 1 | 1 | 50% | 1 |", summary([one, two]))
        three = Score("e", "m", "physical", "1", 0.5, 0.4, 0.6, 0.8, 1.0, True, "")
        self.assertAlmostEqual(three.distance(), 1.0)

    def test_what_an_end_of_a_band_changes(self):
        was = [
            Score("e", "m", "physical", "1", 0.5, 0.4, 0.6, 0.5, 1.0, True, ""),
            Score("e", "n", "null", "1", 0, 0, 0.1, 0.5, 0.0, True, ""),
        ]
        now = [
            Score("e", "m", "physical", "1", 0.5, 0.4, 0.6, 0.7, 1.0, True, ""),
            Score("e", "n", "null", "1", 0, 0, 0.1, 0.0, 0.0, True, ""),
        ]
        self.assertEqual(changes(was, now), "+0; lost e m; won e n")
        self.assertEqual(changes(was, was), "+0")
        self.assertEqual(changes(was, None), "cannot be planned")
        rows = ["| `spare`, 0 to 1 | 0.1 | +0 | +0 |", "| all assumptions of e | | -1; lost e m | +0 |"]
        self.assertEqual(without_idle(rows), [rows[1], "", "No hit depends on one of these alone: `spare`."])


if __name__ == "__main__":
    unittest.main()
