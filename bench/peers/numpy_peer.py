#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model in NumPy: all replicates of the default scenario side by side, one array operation at a time."""

import numpy as np

from common import INSIDE, KNOWLEDGE, P, SEAT_SECTORS, SEATS, SEED, arguments, measure

BATCH = 200  # so many that Python's overhead does not count, so few that the arrays stay in the cache
SECTOR = np.array(SEAT_SECTORS)
TIE_J, TIE_I = np.tril_indices(SEATS, -1)
TIES = len(TIE_I)
OF_SEAT = np.zeros((TIES, SEATS))  # which seats a tie belongs to
OF_SEAT[np.arange(TIES), TIE_I] = OF_SEAT[np.arange(TIES), TIE_J] = 1
PATIENCE, SENSITIVITY, INSIGHT = (np.array(values)[SECTOR] for values in (P.patience, P.sensitivity, P.insight))
TIE_INSIGHT = (INSIGHT[TIE_I] + INSIGHT[TIE_J]) / 2
PROFILE = np.array(P.profile)[SECTOR]


def phi(rate):
    return rate / (1 + rate)


def beta(rng, mean, concentration, shape):
    return rng.beta(concentration * mean, concentration * (1 - mean), shape)


class Batch:
    """n collaborations: arrays [n], [n, seat], [n, tie], [n, cause] and [n, seat, axis]."""

    def __init__(self, steering, n, rng):
        self.n, self.rng, self.every = n, rng, np.arange(n)
        self.position = P.divergence * (PROFILE + P.position_spread * rng.standard_normal((n, SEATS, 3)))
        self.frame = self.position + P.frame_spread * rng.standard_normal((n, SEATS, 3))
        self.standing = np.full((n, SEATS), P.trust_start)
        self.appreciation = np.full((n, SEATS), P.recognition)
        self.inside = np.tile(np.arange(SEATS) < INSIDE, (n, 1))
        self.commitment = beta(rng, P.rest, P.rest_concentration, n)
        own = beta(rng, P.rest, P.momentum_concentration, (n, SEATS))
        self.momentum = np.clip(self.commitment[:, None] + own - P.rest, 0.01, 1)
        self.trust = beta(rng, P.trust_start, P.trust_concentration, (n, TIES))
        self.latent = P.latent_start * self.distance()
        self.open, self.unexplored = np.zeros((n, TIES)), np.ones((n, TIES))
        self.owner = rng.integers(4, size=(n, P.causes, P.layers))
        self.diagnosed = (rng.random((n, P.causes)) < P.known).astype(int)
        self.addressed = np.zeros((n, P.causes), int)
        self.skill = beta(rng, P.skill, P.skill_concentration, n)
        self.symptom = np.full(n, P.urgency)
        self.pressure, self.budget, self.relevance = np.zeros(n), np.ones(n), np.ones(n)
        self.wins, self.counted_since, self.structural_since = (np.zeros(n, int) for _ in range(3))
        self.formation = np.full(n, steering.front > 0 and steering.formation_months > 0)
        self.alive = np.ones(n, bool)
        self.tie_months = 0

    def distance(self):
        return phi(((self.frame[:, TIE_I] - self.frame[:, TIE_J]) ** 2).sum(axis=2))

    def happens(self, rate):
        return self.rng.random(np.shape(rate)) < phi(rate)

    def month(self, steering, month):
        alive, inside = self.alive, self.inside & self.alive[:, None]
        ties = inside[:, TIE_I] & inside[:, TIE_J]
        n_ties, insiders = np.maximum(ties.sum(1), 1), np.maximum(inside.sum(1), 1)
        self.tie_months += ties.sum()
        trust, latent, open_ = ((values * ties).sum(1) / n_ties for values in (self.trust, self.latent, self.open))
        momentum = (self.momentum * inside).sum(1) / insiders
        share, depth = self.steer(steering, month, open_, latent, momentum)
        flows = self.ties(share, ties, n_ties)

        coordination = (P.coord_floor + (1 - P.coord_floor) * trust) * (1 - open_)
        force = steering.kpi_weight * (1 - P.room)
        asked = 1 + P.kpi_drive * self.pressure + P.focus * force * min(1, P.target / P.focus_full)
        effort = P.attempts * momentum * self.budget * asked * (1 - share) * alive
        present = np.stack([inside[:, SECTOR == sector].any(1) for sector in range(4)], axis=1)
        self.diagnose(P.diagnose * flows["learning"] * alive, 1, present)
        self.diagnose(P.analysis * share * (self.formation & present[:, KNOWLEDGE] & alive), P.reach, present)
        self.diagnose(P.doing * effort, P.reach, present)
        structural, turned = self.attempt(effort * depth, coordination)
        tries = self.rng.poisson(effort * (1 - depth)) + turned
        succeed = self.rng.binomial(tries, P.quick_floor + (1 - P.quick_floor) * coordination)
        paper = self.rng.binomial(succeed, P.gaming * self.pressure)
        quick = succeed - paper
        self.relapse(flows["escalation"], self.inside.mean(1))
        wins, relevance = quick + structural, self.relevance
        faded = relevance * (1 - phi((1 - self.symptom) / P.visibility_months))
        self.relevance = np.where(alive, faded + (1 - faded) * phi(wins), relevance)
        self.regenerate(quick)

        self.seats(share, open_, relevance, structural, wins, flows, inside, insiders)
        learned = self.skill + (1 - self.skill) * phi(P.experience * flows["through"])
        follows = self.happens(np.full(self.n, P.succession))
        successor = beta(self.rng, P.skill, P.skill_concentration, self.n)
        self.skill = np.where(alive, np.where(follows, successor, learned), self.skill)
        self.funder(steering, month, quick + paper, structural)
        self.wins = wins
        self.alive = alive & ~((momentum < P.collapse_below)
                               & self.happens(np.maximum(0, 1 - momentum / P.collapse_below)))

    def steer(self, steering, month, open_, latent, momentum):
        tension = open_ + P.sensing * latent
        self.formation &= ((month < steering.formation_months)
                           & ~((month >= P.formation_least) & (tension < steering.formation_gate)))
        swing = 0
        if steering.swing_months:
            swing = steering.swing if month % steering.swing_months < steering.swing_months / 2 else -steering.swing
        backlog = (self.diagnosed - self.addressed).sum(1) / P.causes
        later = (steering.base + steering.tension_gain * (tension - steering.tension_setpoint)
                 - steering.momentum_gain * np.maximum(0, steering.momentum_setpoint - momentum)
                 - steering.backlog_gain * (backlog - steering.backlog_setpoint) + swing)
        planned = np.where(self.formation, steering.front, later)
        depth = steering.depth + steering.depth_gain * (momentum - steering.depth_setpoint)
        return np.clip(planned, 0, 0.95) * (1 - self.pressure), np.clip(depth, 0, 1) * (1 - self.pressure)

    def ties(self, share, ties, n_ties):
        """Moves trust and tension; returns the sums that the other rules need."""
        trust, latent, open_ = self.trust, self.latent, self.open
        s, b, skill, pressure, renown = (values[:, None] for values in (share, self.budget, self.skill, self.pressure,
                                                                        self.relevance * self.wins))
        distance = self.distance()
        safety = P.safety_floor + (1 - P.safety_floor) * trust
        work = P.gen_base + P.gen_work * np.sqrt(self.momentum[:, TIE_I] * self.momentum[:, TIE_J]) * b * (1 - s)
        generated = phi(work * distance * 2 * self.rng.random(trust.shape)) * (1 - latent - open_)
        surfaced = phi(P.surface * s * safety) * latent
        through = phi(P.reframe * skill * s * safety) * open_
        buried = phi(P.bury * (1 - s)) * (open_ - through)
        escalates = self.happens(2 * P.escalate * (1 - trust) * (latent + open_ * (1 - s)) * (1 + pressure))
        escalation = np.where(escalates, P.escalate_share * (latent - surfaced), 0)

        next_trust = trust + (1 - trust) * phi(P.trust_through * through + P.trust_win * renown * (1 - open_))
        next_trust *= (1 - phi(P.trust_open * open_ * (1 - s))) * (1 - P.trust_escalate * escalation)
        next_trust += P.trust_drift * (P.trust_start - next_trust)
        through, escalation = through * ties, escalation * ties
        pull = through[:, :, None] * (self.frame[:, TIE_J] - self.frame[:, TIE_I])
        others = np.maximum(ties @ OF_SEAT, 1)
        sign = OF_SEAT * np.where(np.arange(SEATS) == TIE_I[:, None], 1, -1)
        flows = {
            "learning": (through * self.unexplored * 4 * distance * (1 - distance) * TIE_INSIGHT).sum(1) / n_ties,
            "escalation": escalation.sum(1) / n_ties,
            "through": through.sum(1) / n_ties,
            "seat_open": (open_ * ties) @ OF_SEAT / others,
            "seat_trust": (trust * ties) @ OF_SEAT / others,
            "seat_escalation": escalation @ OF_SEAT / others,
            "pull": np.einsum("nta,ts->nsa", pull, sign, optimize=True) / others[:, :, None],
        }
        left = self.unexplored / (1 + P.explore * through)
        self.unexplored = np.where(ties, left + phi(P.renew) * (1 - left), self.unexplored)
        self.trust = np.where(ties, next_trust, trust)
        self.latent = np.where(ties, latent + generated - surfaced + buried - escalation, latent)
        self.open = np.where(ties, open_ + surfaced + escalation - through - buried, open_)
        return flows

    def diagnose(self, expected, reach, present):
        counts = self.rng.poisson(expected)
        for number in range(counts.max()):
            which = self.rng.integers(P.causes, size=self.n)
            diagnosed, addressed = self.diagnosed[self.every, which], self.addressed[self.every, which]
            owner = self.owner[self.every, which, np.minimum(diagnosed, P.layers - 1)]
            can = (number < counts) & (diagnosed < P.layers) & present[self.every, owner]
            can &= (diagnosed == addressed) | (self.rng.random(self.n) < P.foreseeable)
            can &= self.rng.random(self.n) < reach ** diagnosed
            self.diagnosed[self.every, which] += can

    def attempt(self, expected, coordination):
        """Structural attempts; returns how many succeed and how many turn into quick attempts."""
        wins, turned = np.zeros(self.n, int), np.zeros(self.n, int)
        counts = self.rng.poisson(expected)
        for number in range(counts.max()):
            which = self.rng.integers(P.causes, size=self.n)
            diagnosed = self.diagnosed[self.every, which]
            ready = sum(self.diagnosed[self.every, (which + step) % P.causes] >= diagnosed
                        for step in range(1, P.coupling + 1))
            aims = self.addressed[self.every, which] < diagnosed
            succeeds = self.rng.random(self.n) < P.ease * coordination * (1 + ready) / (1 + P.coupling)
            won = (number < counts) & aims & succeeds
            self.addressed[self.every, which] += won
            wins += won
            turned += (number < counts) & ~aims
        return wins, turned

    def relapse(self, escalation, coverage):
        """A living collaboration loses causes by its own hand, one that has ended layer by layer."""
        a = self.addressed
        partly = P.relapse * a + (P.fragile * escalation + P.block * (1 - coverage))[:, None]
        rate = np.where(a < P.layers, partly, (P.fragile * escalation / 2)[:, None]) * (a > 0)
        lost = self.happens(rate)
        if not self.alive.all():
            ended = self.rng.binomial(a, phi(self.unsupported_rate(coverage))[:, None])
            lost = np.where(self.alive[:, None], lost, ended)
        self.addressed = a - lost
        self.diagnosed -= self.happens(np.full(a.shape, P.stale)) & (self.diagnosed > self.addressed)

    def unsupported_rate(self, coverage):
        ties = self.inside[:, TIE_I] & self.inside[:, TIE_J]
        return P.unsupported * (self.latent * ties).sum(1) / ties.sum(1) + P.absent * (1 - coverage)

    def regenerate(self, quick):
        solved = self.structural_share()
        self.symptom += P.regenerate * (1 - solved - self.symptom)
        self.symptom *= (1 - P.relief) ** quick

    def structural_share(self):
        return self.addressed.sum(1) / (P.causes * P.layers)

    def seats(self, share, open_, relevance, structural, wins, flows, inside, insiders):
        commitment = self.commitment[:, None]
        gain = P.recover * commitment + P.win_energy * 2 * phi(wins)[:, None]
        loss = (P.recover * (1 - commitment) + P.drain_open * flows["seat_open"]
                + P.drain_process * share[:, None] * (1 - self.appreciation)
                + PATIENCE * P.drain_unseen * (1 - relevance)[:, None]
                + SENSITIVITY * P.drain_pressure * self.pressure[:, None]
                + P.drain_escalation * flows["seat_escalation"])
        before, frame = self.momentum, self.frame
        after = before + (gain / (gain + loss) - before) * phi(gain + loss)
        after = np.clip(after + P.momentum_noise * self.rng.standard_normal(after.shape), 0.01, 1)
        leaves = inside & self.happens(P.turnover + P.burnout * (1 - before) ** 3)
        withdraws = inside & self.happens(P.exit * (1 - before) * (1 - relevance)[:, None])
        withdraws &= np.cumsum(withdraws, axis=1) <= (insiders - 2)[:, None]
        moved = frame + P.frame_shift * flows["pull"]
        moved = moved + P.constituency * (self.position - moved)
        self.momentum = np.where(inside, after, before)
        self.frame = np.where(inside[:, :, None], moved, frame)
        for run, seat in zip(*np.nonzero(leaves)):
            self.newcomer(run, seat)
        invited = self.happens(np.repeat((P.invite * share * open_)[:, None], SEATS, axis=1))
        joins = ~self.inside & self.alive[:, None] & invited
        self.inside = (self.inside | joins) & ~withdraws

        a = self.appreciation
        self.standing = np.where(inside, self.standing + P.org_learning * (flows["seat_trust"] - self.standing),
                                 self.standing)
        recognised = a + P.org_learning * ((1 - a) * structural[:, None] - a * flows["seat_escalation"])
        self.appreciation = np.where(inside, np.clip(recognised, 0, 1), a)
        self.position = np.where(inside[:, :, None], self.position + P.org_shift * (frame - self.position),
                                 self.position)

    def newcomer(self, run, seat):
        self.momentum[run, seat] = np.clip(P.newcomer * self.commitment[run], 0.01, 1)
        self.frame[run, seat] = self.position[run, seat] + P.frame_spread * self.rng.standard_normal(3)
        ties = np.nonzero(OF_SEAT[:, seat])[0]
        standing = (self.standing[run, TIE_I[ties]] + self.standing[run, TIE_J[ties]]) / 2
        self.trust[run, ties] = (P.trust_start + P.memory * (self.trust[run, ties] - P.trust_start)
                                 + (1 - P.memory) * P.standing_weight * (standing - P.trust_start))
        self.latent[run, ties] += self.open[run, ties]
        self.open[run, ties] = 0
        self.unexplored[run, ties] = 1 - P.memory * (1 - self.unexplored[run, ties])

    def funder(self, steering, month, counted, structural):
        self.counted_since += counted
        self.structural_since += structural
        if (month + 1) % P.review_months != 0:
            return
        output = (self.counted_since + P.structural_visible * self.structural_since) / (P.target * P.review_months)
        gap = np.maximum(0, 1 - output)
        force = steering.kpi_weight * (1 - P.room)
        recovered = P.budget_recovery * (1 - gap) * (1 - self.budget)
        budget = np.clip(self.budget * (1 - P.cut * force * gap) + recovered, P.budget_floor, 1)
        reviewed = self.alive & ~self.formation
        pressure = self.pressure + P.pressure_speed * (force * gap - self.pressure)
        self.pressure = np.where(reviewed, pressure, self.pressure)
        self.budget = np.where(reviewed, budget, self.budget)
        self.counted_since[:] = 0
        self.structural_since[:] = 0

    def aftercare(self):
        ties = self.inside[:, TIE_I] & self.inside[:, TIE_J]
        trust = (self.trust * ties).sum(1) / ties.sum(1)
        momentum = (self.momentum * self.inside).sum(1) / self.inside.sum(1)
        rate, goes_on = self.unsupported_rate(self.inside.mean(1)), self.alive
        for _ in range(P.aftercare_months):
            goes_on = goes_on & ~self.happens(P.lapse * (1 - momentum * trust))
            lost = self.rng.binomial(self.addressed, phi(np.where(goes_on, 0.5, 1) * rate)[:, None])
            self.addressed = self.addressed - lost
            self.regenerate(0)


def simulate(steering, replicates):
    rng, shares, tie_months = np.random.default_rng(SEED), [], 0
    for done in range(0, replicates, BATCH):
        batch = Batch(steering, min(BATCH, replicates - done), rng)
        for month in range(P.months):
            batch.month(steering, month)
        shares += batch.structural_share().tolist()
        tie_months += batch.tie_months
        batch.aftercare()
    return shares, tie_months


if __name__ == "__main__":
    measure("numpy", arguments(__doc__), simulate)
