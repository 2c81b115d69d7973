#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model in Mesa (version 3): one agent per organisation, person and tie, activated in stages every month.

Says that it is skipped where Mesa cannot be imported.
"""

import json
import math
import sys

import numpy as np

from common import INSIDE, KNOWLEDGE, P, SEAT_SECTORS, SEED, arguments, measure

OPTIONS = arguments(__doc__)
try:
    import mesa
except ImportError:
    print(json.dumps({"peer": "mesa", "skipped": "Mesa cannot be imported"}))
    sys.exit(0)


def phi(rate):
    return rate / (1 + rate)


def clamp(value, low, high):
    return min(max(value, low), high)


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def beta(random, average, concentration):
    return random.betavariate(concentration * average, concentration * (1 - average))


def squared_distance(a, b):
    return (a[0] - b[0])**2 + (a[1] - b[1])**2 + (a[2] - b[2])**2


class Organisation(mesa.Agent):
    def __init__(self, model, sector):
        super().__init__(model)
        self.position = [P.divergence * (axis + model.random.gauss(0, P.position_spread)) for axis in P.profile[sector]]
        self.standing, self.appreciation = P.trust_start, P.recognition


class Person(mesa.Agent):
    def __init__(self, model, sector, inside):
        super().__init__(model)
        self.sector, self.inside = sector, inside
        self.organisation = Organisation(model, sector)
        self.frame = [x + model.random.gauss(0, P.frame_spread) for x in self.organisation.position]
        own = beta(model.random, P.rest, P.momentum_concentration)
        self.momentum = clamp(model.commitment + own - P.rest, 0.01, 1)
        self.ties = []

    def live(self):
        """Decides what this month makes of the person; insiders only."""
        model, own = self.model, [tie for tie in self.ties if tie.inside]
        self.was_inside, self.leaves, self.withdraws = self.inside, False, False
        if not self.inside:
            self.joins = model.happens(P.invite * model.share * model.means.open)
            return
        self.mean_trust = mean(tie.trust for tie in own)
        self.mean_escalation = mean(tie.escalation for tie in own)
        gain = P.recover * model.commitment + P.win_energy * 2 * phi(model.wins)
        loss = (P.recover * (1 - model.commitment) + P.drain_open * mean(tie.open for tie in own)
                + P.drain_process * model.share * (1 - self.organisation.appreciation)
                + P.patience[self.sector] * P.drain_unseen * (1 - model.last_relevance)
                + P.sensitivity[self.sector] * P.drain_pressure * model.pressure
                + P.drain_escalation * self.mean_escalation)
        after = self.momentum + (gain / (gain + loss) - self.momentum) * phi(gain + loss)
        self.next_momentum = clamp(after + model.random.gauss(0, P.momentum_noise), 0.01, 1)
        self.next_frame = []
        for axis, (y, x) in enumerate(zip(self.frame, self.organisation.position)):
            shifted = y + P.frame_shift * mean(tie.through * (tie.other(self).frame[axis] - y) for tie in own)
            self.next_frame.append(shifted + P.constituency * (x - shifted))
        self.leaves = model.happens(P.turnover + P.burnout * (1 - self.momentum)**3)
        if model.remaining > 2 and model.happens(P.exit * (1 - self.momentum) * (1 - model.last_relevance)):
            self.withdraws = True
            model.remaining -= 1

    def move_on(self):
        """Takes the new state; a newcomer takes the seat of a person who leaves."""
        if not self.was_inside:
            self.inside = self.joins
            return
        self.inside = not self.withdraws
        self.last_frame = self.frame
        self.momentum, self.frame = self.next_momentum, self.next_frame
        if self.leaves:
            self.momentum = clamp(P.newcomer * self.model.commitment, 0.01, 1)
            self.frame = [x + self.model.random.gauss(0, P.frame_spread) for x in self.organisation.position]
            for tie in self.ties:
                tie.meet_newcomer()

    def report(self):
        """What the organisation learns from its person."""
        if not self.was_inside:
            return
        own, a = self.organisation, self.organisation.appreciation
        own.standing += P.org_learning * (self.mean_trust - own.standing)
        own.appreciation = clamp(
            a + P.org_learning * ((1 - a) * self.model.structural - a * self.mean_escalation), 0, 1)
        own.position = [x + P.org_shift * (y - x) for x, y in zip(own.position, self.last_frame)]


class Tie(mesa.Agent):
    def __init__(self, model, i, j):
        super().__init__(model)
        self.i, self.j = i, j
        i.ties.append(self)
        j.ties.append(self)
        self.trust = beta(model.random, P.trust_start, P.trust_concentration)
        self.latent = P.latent_start * phi(squared_distance(i.frame, j.frame))
        self.open, self.unexplored = 0.0, 1.0

    @property
    def inside(self):
        return self.i.inside and self.j.inside

    def other(self, person):
        return self.j if person is self.i else self.i

    def go_through(self):
        """Decides this month's flows and the state after them."""
        model, trust, latent, open_ = self.model, self.trust, self.latent, self.open
        s, random = model.share, model.random
        distance = phi(squared_distance(self.i.frame, self.j.frame))
        safety = P.safety_floor + (1 - P.safety_floor) * trust
        work = P.gen_base + P.gen_work * math.sqrt(self.i.momentum * self.j.momentum) * model.budget * (1 - s)
        generated = phi(work * distance * 2 * random.random()) * (1 - latent - open_)
        surfaced = phi(P.surface * s * safety) * latent
        self.through = phi(P.reframe * model.skill * s * safety) * open_
        buried = phi(P.bury * (1 - s)) * (open_ - self.through)
        self.escalation = 0.0
        if model.happens(2 * P.escalate * (1 - trust) * (latent + open_ * (1 - s)) * (1 + model.pressure)):
            self.escalation = P.escalate_share * (latent - surfaced)
        renown = model.relevance * model.last_wins
        t = trust + (1 - trust) * phi(P.trust_through * self.through + P.trust_win * renown * (1 - open_))
        t *= (1 - phi(P.trust_open * open_ * (1 - s))) * (1 - P.trust_escalate * self.escalation)
        left = self.unexplored / (1 + P.explore * self.through)
        self.next = (t + P.trust_drift * (P.trust_start - t), latent + generated - surfaced + buried - self.escalation,
                     open_ + surfaced + self.escalation - self.through - buried, left + phi(P.renew) * (1 - left))
        self.learning = (self.through * self.unexplored * 4 * distance * (1 - distance)
                         * (P.insight[self.i.sector] + P.insight[self.j.sector]) / 2)

    def settle(self):
        self.trust, self.latent, self.open, self.unexplored = self.next

    def meet_newcomer(self):
        standing = (self.i.organisation.standing + self.j.organisation.standing) / 2
        self.trust = (P.trust_start + P.memory * (self.trust - P.trust_start)
                      + (1 - P.memory) * P.standing_weight * (standing - P.trust_start))
        self.latent += self.open
        self.open = 0.0
        self.unexplored = 1 - P.memory * (1 - self.unexplored)


class Cause:
    def __init__(self, random):
        self.owners = [random.randrange(4) for _ in range(P.layers)]
        self.diagnosed, self.addressed = int(random.random() < P.known), 0


class Means:
    def __init__(self, ties, persons):
        self.trust, self.latent, self.open = (mean(ties.get(name)) for name in ("trust", "latent", "open"))
        insiders = [person for person in persons if person.inside]
        self.momentum, self.insiders = mean(person.momentum for person in insiders), len(insiders)
        self.coverage = len(insiders) / len(persons)


class Collaboration(mesa.Model):
    def __init__(self, steering, seed):
        super().__init__(seed=seed)
        self.counts = np.random.default_rng(seed)  # for Poisson and binomial numbers
        self.steering, self.month, self.tie_months = steering, 0, 0
        self.commitment = beta(self.random, P.rest, P.rest_concentration)
        seats = [Person(self, sector, number < INSIDE) for number, sector in enumerate(SEAT_SECTORS)]
        for j, person in enumerate(seats):
            for other in seats[:j]:
                Tie(self, other, person)
        self.causes = [Cause(self.random) for _ in range(P.causes)]
        self.skill = self.draw_convener()
        self.symptom, self.pressure, self.budget, self.relevance = P.urgency, 0.0, 1.0, 1.0
        self.last_wins = self.counted_since = self.structural_since = 0
        self.formation = steering.front > 0 and steering.formation_months > 0
        self.force = steering.kpi_weight * (1 - P.room)
        self.alive = True

    def draw_convener(self):
        return beta(self.random, P.skill, P.skill_concentration)

    def happens(self, rate):
        return self.random.random() < phi(rate)

    def poisson(self, expected):
        return int(self.counts.poisson(expected))

    def step(self):
        persons = self.agents_by_type[Person]
        ties = self.agents_by_type[Tie].select(lambda tie: tie.inside)
        self.means = Means(ties, persons)
        if self.alive:
            self.live(persons, ties)
        else:
            self.unsupported(False)
            for cause in self.causes:
                self.go_stale(cause)
            self.regenerate(0)
        self.month += 1

    def live(self, persons, ties):
        self.tie_months += len(ties)
        self.share, depth = self.steer()
        ties.do("go_through")
        learning, escalation = mean(ties.get("learning")), mean(ties.get("escalation"))
        through = mean(ties.get("through"))
        asked = 1 + P.kpi_drive * self.pressure + P.focus * self.force * min(1, P.target / P.focus_full)
        effort = P.attempts * self.means.momentum * self.budget * asked * (1 - self.share)
        present = {person.sector for person in persons if person.inside}
        self.diagnose(P.diagnose * learning, 1, present)
        if self.formation and KNOWLEDGE in present:
            self.diagnose(P.analysis * self.share, P.reach, present)
        self.diagnose(P.doing * effort, P.reach, present)
        self.structural, quick, paper = self.attempt(effort, depth)
        self.relapse(escalation)
        self.wins = self.structural + quick
        relevance, self.last_relevance = self.relevance, self.relevance
        relevance *= 1 - phi((1 - self.symptom) / P.visibility_months)
        relevance += (1 - relevance) * phi(self.wins)
        self.regenerate(quick)
        self.remaining = self.means.insiders
        persons.do("live")
        ties.do("settle")
        persons.do("move_on")
        persons.do("report")
        self.relevance = relevance
        self.skill += (1 - self.skill) * phi(P.experience * through)
        if self.happens(P.succession):
            self.skill = self.draw_convener()
        self.review(quick + paper)
        self.last_wins = self.wins
        if self.means.momentum < P.collapse_below and self.happens(1 - self.means.momentum / P.collapse_below):
            self.alive = False

    def steer(self):
        row, means = self.steering, self.means
        tension = means.open + P.sensing * means.latent
        self.formation = (self.formation and self.month < row.formation_months
                          and not (self.month >= P.formation_least and tension < row.formation_gate))
        planned = row.front
        if not self.formation:
            backlog = sum(cause.diagnosed - cause.addressed for cause in self.causes) / P.causes
            planned = (row.base + row.tension_gain * (tension - row.tension_setpoint)
                       - row.momentum_gain * max(0, row.momentum_setpoint - means.momentum)
                       - row.backlog_gain * (backlog - row.backlog_setpoint))
            if row.swing_months:
                planned += row.swing if self.month % row.swing_months < row.swing_months / 2 else -row.swing
        depth = row.depth + row.depth_gain * (means.momentum - row.depth_setpoint)
        return clamp(planned, 0, 0.95) * (1 - self.pressure), clamp(depth, 0, 1) * (1 - self.pressure)

    def diagnose(self, expected, reach, present):
        for _ in range(self.poisson(expected)):
            cause = self.random.choice(self.causes)
            if (cause.diagnosed < P.layers and cause.owners[cause.diagnosed] in present
                    and (cause.diagnosed == cause.addressed or self.random.random() < P.foreseeable)
                    and self.random.random() < reach**cause.diagnosed):
                cause.diagnosed += 1

    def attempt(self, effort, depth):
        """Returns the numbers of structural wins, of quick ones, and of those on paper only."""
        coordination = (P.coord_floor + (1 - P.coord_floor) * self.means.trust) * (1 - self.means.open)
        structural = turned = 0
        for _ in range(self.poisson(effort * depth)):
            which = self.random.randrange(P.causes)
            cause = self.causes[which]
            if cause.addressed == cause.diagnosed:
                turned += 1
                continue
            ready = sum(self.causes[(which + step) % P.causes].diagnosed >= cause.diagnosed
                        for step in range(1, P.coupling + 1))
            if self.random.random() < P.ease * coordination * (1 + ready) / (1 + P.coupling):
                cause.addressed += 1
                structural += 1
        tries = self.poisson(effort * (1 - depth)) + turned
        succeed = sum(self.random.random() < P.quick_floor + (1 - P.quick_floor) * coordination for _ in range(tries))
        paper = sum(self.random.random() < P.gaming * self.pressure for _ in range(succeed))
        return structural, succeed - paper, paper

    def go_stale(self, cause):
        if cause.diagnosed > cause.addressed:
            cause.diagnosed -= self.happens(P.stale)

    def relapse(self, escalation):
        for cause in self.causes:
            if cause.addressed > 0:
                rate = P.fragile * escalation / 2
                if cause.addressed < P.layers:
                    rate = P.relapse * cause.addressed + P.fragile * escalation + P.block * (1 - self.means.coverage)
                cause.addressed -= self.happens(rate)
            self.go_stale(cause)

    def unsupported(self, goes_on):
        """Layers that fall back without support: half as fast while the collaboration goes on by itself."""
        rate = (0.5 if goes_on else 1) * (P.unsupported * self.means.latent + P.absent * (1 - self.means.coverage))
        for cause in self.causes:
            cause.addressed -= int(self.counts.binomial(cause.addressed, phi(rate)))

    def structural_share(self):
        return sum(cause.addressed for cause in self.causes) / (P.causes * P.layers)

    def regenerate(self, quick):
        self.symptom += P.regenerate * (1 - self.structural_share() - self.symptom)
        self.symptom *= (1 - P.relief)**quick

    def review(self, counted):
        self.counted_since += counted
        self.structural_since += self.structural
        if (self.month + 1) % P.review_months != 0:
            return
        if not self.formation:
            output = (self.counted_since + P.structural_visible * self.structural_since) / (P.target * P.review_months)
            gap, force, b = max(0, 1 - output), self.force, self.budget
            self.pressure += P.pressure_speed * (force * gap - self.pressure)
            recovered = P.budget_recovery * (1 - gap) * (1 - b)
            self.budget = clamp(b * (1 - P.cut * force * gap) + recovered, P.budget_floor, 1)
        self.counted_since = self.structural_since = 0

    def aftercare(self):
        self.means = Means(self.agents_by_type[Tie].select(lambda tie: tie.inside), self.agents_by_type[Person])
        goes_on = self.alive
        for _ in range(P.aftercare_months):
            goes_on = goes_on and not self.happens(P.lapse * (1 - self.means.momentum * self.means.trust))
            self.unsupported(goes_on)
            self.regenerate(0)


def simulate(steering, replicates):
    shares, tie_months = [], 0
    for replicate in range(replicates):
        collaboration = Collaboration(steering, SEED + replicate)
        for _ in range(P.months):
            collaboration.step()
        shares.append(collaboration.structural_share())
        tie_months += collaboration.tie_months
        collaboration.aftercare()
    return shares, tie_months


if __name__ == "__main__":
    measure("mesa", OPTIONS, simulate)
