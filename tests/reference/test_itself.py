#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the reference implementation by itself: cases with a formula, and what must hold in every month of any run.

The seeds are fixed, so that a passing test passes always; the statistical tests say how often a correct program would
fail with another seed.
"""

import math
import os
import random
import re
import unittest

import draws
import month as rules
import parameters
import problem
import steer
import studies
from outcomes import BY_PAIR, BY_SECTOR, SERIES, run
from study import ABOUT_THE_RUN, flatten, read_regimes
from ties import tie_flow
from world import World, mean, phi

STILL = {"model.turnover": 0, "model.burnout": 0, "model.escalate": 0, "model.invite": 0, "model.exit": 0,
         "model.collapse_below": 0}


def constant(**changes):
    return [(0, parameters.steering(changes))]


class Nulls(unittest.TestCase):
    """Cases whose answer is a formula: docs/model.md, section 8."""

    def test_no_tension_without_difference(self):
        world = World(parameters.parameters(STILL), constant(), 1, 0)
        for collaboration in world.collaborations:
            for person in collaboration.persons:
                person.frame, person.organisation.position = [0, 0, 0], [0, 0, 0]
            for tie in collaboration.ties:
                tie.latent = 0.0
        for month in range(60):
            rules.live_month(world, month)
        for tie in world.collaborations[0].ties:
            self.assertEqual((tie.latent, tie.open), (0, 0))

    def test_trust_relaxes(self):
        """t_n - trust_start = (1 - trust_drift)^n (t_0 - trust_start) without tension and wins."""
        p = parameters.parameters({**STILL, "model.attempts": 0, "model.gen_base": 0, "model.gen_work": 0})
        world = World(p, constant(), 1, 0)
        ties = world.collaborations[0].inside_ties()
        for tie in ties:
            tie.latent = 0.0
        start = [tie.trust for tie in ties]
        for month in range(50):
            rules.live_month(world, month)
        for tie, trust in zip(ties, start):
            self.assertAlmostEqual(tie.trust, 0.4 + 0.99**50 * (trust - 0.4), places=12)

    def test_only_process_work_gives_no_results(self):
        """With a process share of 1 there is no effort. Steering stops at 0.95, so the rule is asked itself."""
        world = World(parameters.parameters(), constant(), 1, 0)
        collaboration = world.collaborations[0]
        row = world.steering(0)
        for month in range(200):
            happened = rules.Happened()
            problem.work_on_problem(world, collaboration, row, month, collaboration.means(), 1.0, 0.5, 0.1, 0.0,
                                    happened)
            self.assertEqual(happened.wins, 0)

    def test_no_process_work_surfaces_nothing(self):
        result = run(parameters.parameters({"model.escalate": 0}), constant(base=0), 1, 0)
        self.assertEqual(set(result.series["open"]), {0})
        self.assertGreater(result.series["latent"][-1], 0)

    def test_fixed_point_of_tension(self):
        """At constant rates the mean of l and q settles where A = B + R and G = R. With generation phi(c xi), xi
        uniform on 0..2, E phi(c xi) = 1 - ln(1 + 2c)/(2c). Mean over 45 ties and 500 months after 100; the tolerance
        is 5 standard errors over ties, false alarm 1e-6."""
        p = parameters.parameters({
            **STILL, "model.safety_floor": 1, "model.gen_base": 0.5, "model.gen_work": 0, "model.frame_shift": 0,
            "model.constituency": 0, "model.org_shift": 0, "convener.skill_concentration": 0, "model.experience": 0,
            "model.succession": 0, "months": 600})
        world = World(p, constant(base=0.3, kpi_weight=0), 1, 0)
        collaboration = world.collaborations[0]
        for person in collaboration.persons:  # everyone at a distance of 1 from half of the others
            person.frame = [float(person.seat % 2), 0, 0]
        ties = [tie for tie in collaboration.inside_ties() if (tie.i.seat + tie.j.seat) % 2 == 1]
        sums = {tie.number: [0.0, 0.0] for tie in ties}
        for month in range(600):
            rules.live_month(world, month)
            for tie in ties if month >= 100 else []:
                sums[tie.number][0] += tie.latent / 500
                sums[tie.number][1] += tie.open / 500

        c = 0.5 * phi(1.0)
        generation = 1 - math.log(1 + 2 * c) / (2 * c)
        surfacing, through, burying = phi(0.7 * 0.3), phi(1.6 * 0.5 * 0.3), phi(0.2 * 0.7)
        latent_per_open = (through + burying * (1 - through)) / surfacing
        open_ = generation / (through + generation * (1 + latent_per_open))
        for which, expected in ((0, latent_per_open * open_), (1, open_)):
            values = [pair[which] for pair in sums.values()]
            error = math.sqrt(mean((value - mean(values)) ** 2 for value in values) / len(values))
            self.assertLess(abs(mean(values) - expected), 5 * error)
            self.assertLess(error, 0.005)

    STEADY = {**STILL, "model.recover": 0, "model.win_energy": 0, "model.drain_open": 0, "model.drain_process": 0,
              "model.drain_pressure": 0, "model.drain_unseen": 0, "model.drain_escalation": 0,
              "model.momentum_noise": 0, "model.coord_floor": 1, "model.surface": 0, "model.focus": 0}

    def test_quick_results_are_poisson(self):
        """Constant effort, every attempt quick and successful: counts are Poisson of mean attempts M (1 - s); mean
        and variance within 5 standard errors, false alarm 1e-6 each."""
        world = World(parameters.parameters({**self.STEADY, "months": 4000}), constant(depth=0, kpi_weight=0), 1, 0)
        expected = 2.2 * world.collaborations[0].means().momentum * 0.7
        counts = [rules.live_month(world, month)[0].quick for month in range(4000)]
        self.assertLess(abs(mean(counts) - expected), 5 * math.sqrt(expected / 4000))
        spread = math.sqrt((expected + 2 * expected**2) / 4000)
        self.assertLess(abs(mean((count - expected) ** 2 for count in counts) - expected), 5 * spread)

    def test_first_result_is_geometric(self):
        """With attempts of mean e per month the first result comes after (1-x)/x months on average, x = 1 - exp(-e),
        with variance (1-x)/x^2. 200 replicates, momentum fixed; 5 standard errors, false alarm 1e-6."""
        p = parameters.parameters({**self.STEADY, "model.attempts": 0.2, "months": 200, "aftercare_months": 0,
                                   "seats.inside.public": 1, "seats.inside.private": 1, "seats.inside.nonprofit": 0,
                                   "seats.inside.knowledge": 0, "problem.causes": 1})
        first = []
        for replicate in range(200):
            world = World(p, constant(depth=0, kpi_weight=0), 1, replicate)
            for person in world.collaborations[0].persons:
                person.momentum = 0.75
            first.append(next(month for month in range(5000) if rules.live_month(world, month)[0].wins > 0))
        x = 1 - math.exp(-0.2 * 0.75 * 0.7)
        self.assertLess(abs(mean(first) - (1 - x) / x), 5 * math.sqrt((1 - x) / x**2 / 200))

    def test_symptom_returns_without_effort(self):
        """P_n = 1 + (1 - regenerate)^n (P_0 - 1), nothing being solved."""
        result = run(parameters.parameters({"model.attempts": 0}), constant(), 1, 0)
        for month in (0, 11, 119, 155):
            self.assertAlmostEqual(result.series["symptom"][month], 1 - 0.955 ** (month + 1) * 0.3, places=12)

    def test_tenure_is_geometric(self):
        """Without burnout every insider leaves with the same probability each month; 5 standard errors, 1e-6."""
        result = run(parameters.parameters({**STILL, "model.turnover": 0.1, "months": 1000}), constant(), 1, 0)
        expected, n = phi(0.1), 10 * 1000
        self.assertLess(abs(result.outcomes["turnover_count"] - n * expected),
                        5 * math.sqrt(n * expected * (1 - expected)))

    def test_what_is_understood_is_used_up(self):
        """e falls by 1/(1 + explore R), then a share phi(renew) of what is understood comes back."""
        world = World(parameters.parameters({"model.explore": 3}), constant(), 1, 0)
        collaboration = world.collaborations[0]
        for tie in collaboration.inside_ties():
            tie.open, tie.latent, tie.unexplored = 0.2, 0.1, 0.7
            flow = tie_flow(world, collaboration, tie, 0, 0.3, 0.3)
            self.assertGreater(flow.worked_through, 0)
            left = 0.7 / (1 + 3 * flow.worked_through)
            self.assertAlmostEqual(flow.unexplored, left + 0.005 / 1.005 * (1 - left), places=12)

    def test_too_alike_and_too_far_apart_teach_nothing(self):
        """A tie teaches R e 4 d (1 - d), which is R e at d = 1/2, that is at a distance of 1."""
        world = World(parameters.parameters({"sectors.knowledge.insight": 1}), constant(), 1, 0)
        collaboration = world.collaborations[0]
        tie = collaboration.ties[0]
        tie.open = 0.2
        for apart, expected in ((0.0, 0.0), (1.0, 1.0), (3.0, 4 * 0.9 * 0.1)):
            tie.i.frame, tie.j.frame = [0, 0, 0], [0, apart, 0]
            flow = tie_flow(world, collaboration, tie, 0, 0.3, 0.3)
            self.assertAlmostEqual(flow.learning, flow.worked_through * expected, places=12)

    def test_reach(self):
        """Layer g shows with probability reach^g to those who look; 20000 looks, 5 standard errors, 1e-6."""
        p = parameters.parameters({"problem.causes": 1, "problem.coupling": 0, "problem.known": 0})
        world = World(p, constant(), 1, 0)
        collaboration = world.collaborations[0]
        cause, n = collaboration.causes[0], 20000
        for depth in (0, 1, 2):
            shown = 0
            for look in range(n):
                cause.diagnosed = cause.addressed = depth
                shown += problem.diagnose(world, collaboration, depth, draws.DOING, look, {0, 1, 2, 3}, 0.6)
            expected = 0.6 ** depth
            self.assertLessEqual(abs(shown - n * expected), 5 * math.sqrt(n * expected * (1 - expected)))

    def test_lapse_without_energy_and_trust(self):
        """With M T = 0 a collaboration lapses with phi(lapse) each month: geometric; 5 standard errors, 1e-6."""
        lasted, n = 0, 400
        for replicate in range(n):
            world = World(parameters.parameters({"model.lapse": 0.05}), constant(), 1, replicate)
            collaboration = world.collaborations[0]
            for tie in collaboration.ties:
                tie.trust = 0.0
            for month in range(20):
                rules.aftercare_month(world, collaboration, month)
            lasted += collaboration.going
        expected = (1 / 1.05) ** 20
        self.assertLess(abs(lasted - n * expected), 5 * math.sqrt(n * expected * (1 - expected)))

    def test_frames_stay_in_their_hull(self):
        """Reframing keeps every frame between the smallest and the largest of the frames, axis by axis; with the own
        organisation's pull, between those of frames and positions."""
        for constituency in (0, 1):
            p = parameters.parameters({"model.frame_shift": 1, "model.constituency": constituency, "model.reframe": 10,
                                       "model.surface": 10, "divergence": 5, "convener.skill": 1, "model.turnover": 0,
                                       "model.burnout": 0, "model.org_shift": 0, "model.collapse_below": 0})
            world = World(p, constant(base=0.6), 1, 0)
            insiders = world.collaborations[0].insiders()
            for month in range(40):
                points = [person.frame for person in insiders]
                if constituency:
                    points += [person.organisation.position for person in insiders]
                hull = [(min(values) - 1e-9, max(values) + 1e-9) for values in zip(*points)]
                rules.live_month(world, month)
                for person in world.collaborations[0].insiders():
                    if person in insiders:
                        for y, (low, high) in zip(person.frame, hull):
                            self.assertTrue(low <= y <= high)
                insiders = world.collaborations[0].insiders()

    def test_two_stay_at_the_table(self):
        """However much they have had enough, two insiders remain."""
        p = parameters.parameters({"model.exit": 10, "model.attempts": 0, "model.visibility_months": 1,
                                   "model.invite": 0, "model.collapse_below": 0})
        result = run(p, constant(), 1, 0)
        self.assertEqual(result.outcomes["withdrawals"], 8)
        self.assertAlmostEqual(result.outcomes["inclusion"], 2 / 14)

    def test_results_on_paper(self):
        """Of the successes that are not structural a share gaming p is on paper only; 5 standard errors, 1e-6."""
        world = World(parameters.parameters({"model.gaming": 0.5, "model.ease": 0}), constant(), 1, 0)
        collaboration, happened = world.collaborations[0], rules.Happened()
        collaboration.pressure = 0.6
        for month in range(3000):
            problem.work_on_problem(world, collaboration, world.steering(0), month, collaboration.means(), 0.2, 0.5,
                                    0.0, 0.0, happened)
        n = happened.quick + happened.paper
        self.assertLess(abs(happened.paper - 0.3 * n), 5 * math.sqrt(n * 0.3 * 0.7))

    def test_experience(self):
        """Without succession c_n = 1 - (1 - c_0) (1 - phi(experience R))^n while R stays the same."""
        world = World(parameters.parameters({"model.succession": 0}), constant(), 1, 0)
        collaboration = world.collaborations[0]
        start = collaboration.skill
        for month in range(60):
            collaboration.skill = steer.convener_next_month(world, collaboration, month, 0.08)
        self.assertAlmostEqual(collaboration.skill, 1 - (1 - start) * (1 - phi(0.25 * 0.08)) ** 60, places=12)

    def test_conditions_of_analysis(self):
        """Analysis finds nothing after formation, and nothing without a knowledge insider."""
        p = parameters.parameters({"model.analysis": 5, "model.diagnose": 0, "model.doing": 0})
        formation = [(0, parameters.steering({"front": 0.6, "formation_months": 12}))]
        self.assertGreater(run(p, formation, 1, 0).outcomes["found_by_analysis"], 0)
        self.assertEqual(run(p, constant(base=0.6), 1, 0).outcomes["found_by_analysis"], 0)
        p = parameters.parameters({"model.analysis": 5, "seats.inside.knowledge": 0, "seats.outside.knowledge": 0})
        self.assertEqual(run(p, formation, 1, 0).outcomes["found_by_analysis"], 0)

    def test_equal_regimes_give_identical_runs(self):
        regimes = read_regimes(["iterative", {"name": "same", "like": "iterative"},
                                {"name": "phased", "phases": [{"from": 0, "like": "iterative"},
                                                              {"from": 24, "like": "iterative"}]},
                                {"name": "mixed", "mix": {"iterative": 0.5, "iterative_kpi": 0.5}, "kpi_weight": 0.2}])
        runs = [run(parameters.parameters(), phases, 1, 0) for phases in regimes.values()]
        for other in runs[1:]:
            self.assertEqual(other.series, runs[0].series)
            self.assertEqual(other.outcomes, runs[0].outcomes)


class Ranges(unittest.TestCase):
    def test_every_month_of_random_scenarios(self):
        chooser = random.Random(20220101)
        for number in range(25):
            self.check(self.random_parameters(chooser), self.random_steering(chooser), number)

    @staticmethod
    def random_parameters(chooser):
        shares = ("divergence", "recognition", "problem.foreseeable", "problem.known", "problem.urgency", "funder.room",
                  "convener.skill", "convener.sensing")
        changes = {key: chooser.random() for key in shares}
        for key, default in parameters.DEFAULTS.items():
            if key.startswith("model."):
                drawn = (default or 0.3) * 4 ** chooser.uniform(-1, 1)
                changes[key] = min(max(drawn, 0.01), 0.99 if default <= 1 else 64)
        changes["model.formation_least"] = chooser.randint(1, 6)
        changes.update({"months": 40, "aftercare_months": 10, "problem.causes": chooser.randint(1, 8),
                        "problem.layers": chooser.randint(1, 5), "problem.coupling": chooser.randint(0, 5),
                        "government.sits": chooser.randint(0, 1), "government.convenes": chooser.randint(0, 1),
                        "funder.review_months": chooser.randint(1, 15), "funder.target": chooser.uniform(0.01, 4),
                        "programme.collaborations": chooser.choice([1, 3])})
        for sector in parameters.SECTORS:
            changes[f"seats.inside.{sector}"] = chooser.randint(1, 3)
            changes[f"seats.outside.{sector}"] = chooser.randint(0, 2)
        return parameters.parameters(changes)

    @staticmethod
    def random_steering(chooser):
        return constant(front=chooser.random(), formation_months=chooser.randint(0, 20),
                        formation_gate=chooser.random() / 5, base=chooser.random(), depth=chooser.random(),
                        tension_gain=chooser.uniform(-3, 3), momentum_gain=chooser.uniform(-3, 3),
                        depth_gain=chooser.uniform(-3, 3), kpi_weight=chooser.random(),
                        swing=chooser.random() / 2, swing_months=chooser.randint(0, 12))

    def check(self, p, phases, seed):
        for state in run(p, phases, seed, 0, keep_states=True).states:
            for organisation in state["organisations"]:
                self.within(0, organisation["standing"], 1)
                self.within(0, organisation["appreciation"], 1)
            for collaboration in state["collaborations"]:
                self.check_collaboration(collaboration, p)

    def check_collaboration(self, collaboration, p):
        for key in ("symptom", "pressure", "relevance", "fatigue", "skill", "commitment"):
            self.within(0, collaboration[key], 1)
        self.within(p.budget_floor, collaboration["budget"], 1)
        for person in collaboration["persons"]:
            self.within(0.01, person["momentum"], 1)
        for tie in collaboration["ties"]:
            for key in ("trust", "latent", "open", "unexplored"):
                self.within(0, tie[key], 1)
            self.assertLessEqual(tie["latent"] + tie["open"], 1 + 1e-12)
        for cause in collaboration["causes"]:
            self.assertTrue(0 <= cause["addressed"] <= cause["diagnosed"] <= p.layers)

    def within(self, low, value, high):
        self.assertTrue(low - 1e-12 <= value <= high + 1e-12, value)


if __name__ == "__main__":
    unittest.main()
