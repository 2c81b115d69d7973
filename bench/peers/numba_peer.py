#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model in Numba: plain loops over arrays, compiled; one replicate of the default scenario per call, one thread.

Compilation is not timed: a first replicate is run before.
"""

import math
from collections import namedtuple

import numpy as np
from numba import njit

from common import INSIDE, P, SEAT_SECTORS, SEATS, SEED, STEERING_DEFAULTS, arguments, built_in, measure

Parameters = namedtuple("Parameters", [name for name in vars(P) if not isinstance(getattr(P, name), list)])
Steering = namedtuple("Steering", list(STEERING_DEFAULTS))
RATES = Parameters(**{name: getattr(P, name) for name in Parameters._fields})
SECTOR = np.array(SEAT_SECTORS)
PROFILE = np.array(P.profile)
PATIENCE, SENSITIVITY, INSIGHT = (np.array(values, float) for values in (P.patience, P.sensitivity, P.insight))

# Columns of a collaboration's row of numbers.
SKILL, SYMPTOM, PRESSURE, BUDGET, VISIBILITY, WINS, QUICK_SINCE, STRUCTURAL_SINCE, FORMATION, ALIVE = range(10)

World = namedtuple("World", "position standing appreciation inside momentum frame trust latent open owner diagnosed "
                            "addressed row")
Flows = namedtuple("Flows", "trust latent open seat_trust seat_open seat_escalation pull")
Means = namedtuple("Means", "trust latent open momentum coverage insiders ties")
compiled = njit(error_model="numpy")  # divides without asking whether the divisor is 0


@compiled
def phi(rate):
    return rate / (1 + rate)


@compiled
def happens(rate):
    return np.random.random() < phi(rate)


@compiled
def clamp(value, low, high):
    return min(max(value, low), high)


@compiled
def squared_distance(frame, i, j):
    return (frame[i, 0] - frame[j, 0])**2 + (frame[i, 1] - frame[j, 1])**2 + (frame[i, 2] - frame[j, 2])**2


@compiled
def start(p):
    w = World(np.zeros((SEATS, 3)), np.full(SEATS, float(p.trust_start)), np.full(SEATS, float(p.recognition)),
              np.arange(SEATS) < INSIDE, np.zeros(SEATS), np.zeros((SEATS, 3)), np.zeros((SEATS, SEATS)),
              np.zeros((SEATS, SEATS)), np.zeros((SEATS, SEATS)), np.random.randint(0, 4, (p.causes, p.layers)),
              np.zeros(p.causes, np.int64), np.zeros(p.causes, np.int64), np.zeros(10))
    for i in range(SEATS):
        for axis in range(3):
            w.position[i, axis] = p.divergence * (PROFILE[SECTOR[i], axis] + np.random.normal(0, 0.4))
            w.frame[i, axis] = w.position[i, axis] + np.random.normal(0, 0.1)
        w.momentum[i] = np.random.beta(20 * p.rest, 20 * (1 - p.rest))
        for j in range(i):
            w.trust[j, i] = np.random.beta(20 * p.trust_start, 20 * (1 - p.trust_start))
            w.latent[j, i] = 0.5 * phi(squared_distance(w.frame, i, j))
    for cause in range(p.causes):
        w.diagnosed[cause] = np.random.random() < p.known
    w.row[SKILL] = np.random.beta(20 * p.skill, 20 * (1 - p.skill))
    w.row[SYMPTOM] = p.urgency
    w.row[BUDGET] = w.row[VISIBILITY] = w.row[FORMATION] = w.row[ALIVE] = 1
    return w


@compiled
def means_of(w):
    trust = latent = open_ = momentum = 0.0
    insiders = ties = 0
    for j in range(SEATS):
        if w.inside[j]:
            insiders += 1
            momentum += w.momentum[j]
            for i in range(j):
                if w.inside[i]:
                    ties += 1
                    trust += w.trust[i, j]
                    latent += w.latent[i, j]
                    open_ += w.open[i, j]
    return Means(trust / ties, latent / ties, open_ / ties, momentum / insiders, insiders / SEATS, insiders, ties)


@compiled
def steer(p, w, steering, month, m):
    if not (month < steering.formation_months and not (month >= 3 and m.open < steering.formation_gate)):
        w.row[FORMATION] = 0
    planned = float(steering.front)
    if w.row[FORMATION] == 0:
        planned = (steering.base + steering.tension_gain * (m.open + p.sensing * m.latent - steering.tension_setpoint)
                   - steering.momentum_gain * max(0.0, steering.momentum_setpoint - m.momentum))
        if steering.swing_months > 0:
            first = month % steering.swing_months < steering.swing_months / 2
            planned += steering.swing if first else -steering.swing
    depth = steering.depth + steering.depth_gain * (m.momentum - steering.momentum_setpoint)
    return clamp(planned, 0, 0.95) * (1 - w.row[PRESSURE]), clamp(depth, 0.0, 1.0) * (1 - w.row[PRESSURE])


@compiled
def ties_month(p, w, m, s, f):
    """Fills the flows; returns the means of insight and escalation over ties."""
    insight = all_escalation = 0.0
    budget, pressure, wins = w.row[BUDGET], w.row[PRESSURE], w.row[WINS]
    for j in range(SEATS):
        for i in range(j):
            if not (w.inside[i] and w.inside[j]):
                continue
            trust, latent, open_ = w.trust[i, j], w.latent[i, j], w.open[i, j]
            distance = phi(squared_distance(w.frame, i, j))
            safety = p.safety_floor + (1 - p.safety_floor) * trust
            work = p.gen_base + p.gen_work * math.sqrt(w.momentum[i] * w.momentum[j]) * budget * (1 - s)
            generated = phi(work * distance * 2 * np.random.random()) * (1 - latent - open_)
            surfaced = phi(p.surface * s * safety) * latent
            through = phi(p.reframe * w.row[SKILL] * s * safety) * open_
            buried = phi(p.bury * (1 - s)) * (open_ - through)
            escalation = 0.0
            if happens(2 * p.escalate * (1 - trust) * (latent + open_ * (1 - s)) * (1 + pressure)):
                escalation = p.escalate_share * (latent - surfaced)

            t = trust + (1 - trust) * phi(p.trust_through * through + p.trust_win * wins * (1 - open_))
            t *= (1 - phi(p.trust_open * open_ * (1 - s))) * (1 - p.trust_escalate * escalation)
            f.trust[i, j] = t + p.trust_drift * (p.trust_start - t)
            f.latent[i, j] = latent + generated - surfaced + buried - escalation
            f.open[i, j] = open_ + surfaced + escalation - through - buried

            insight += through * distance * (INSIGHT[SECTOR[i]] + INSIGHT[SECTOR[j]]) / 2
            all_escalation += escalation
            for seat in (i, j):
                f.seat_trust[seat] += trust
                f.seat_open[seat] += open_
                f.seat_escalation[seat] += escalation
            for axis in range(3):
                pull = through * (w.frame[j, axis] - w.frame[i, axis])
                f.pull[i, axis] += pull
                f.pull[j, axis] -= pull
    for sums in (f.seat_trust, f.seat_open, f.seat_escalation):
        sums /= m.insiders - 1
    return insight / m.ties, all_escalation / m.ties


@compiled
def diagnose(p, w, expected):
    present = np.zeros(4, np.bool_)
    for i in range(SEATS):
        present[SECTOR[i]] |= w.inside[i]
    for _ in range(np.random.poisson(expected)):
        c = np.random.randint(0, p.causes)
        g = w.diagnosed[c]
        if g < p.layers and present[w.owner[c, g]] and (g == w.addressed[c] or np.random.random() < p.foreseeable):
            w.diagnosed[c] += 1


@compiled
def attempt(p, w, effort, depth, coordination):
    """Returns the numbers of structural and of quick wins."""
    structural = quick = turned = 0
    for _ in range(np.random.poisson(effort * depth)):
        c = np.random.randint(0, p.causes)
        if w.addressed[c] == w.diagnosed[c]:
            turned += 1
            continue
        ready = 0
        for step in range(1, p.coupling + 1):
            ready += w.diagnosed[(c + step) % p.causes] >= w.diagnosed[c]
        if np.random.random() < coordination * (1 + ready) / (1 + p.coupling):
            w.addressed[c] += 1
            structural += 1
    for _ in range(np.random.poisson(effort * (1 - depth)) + turned):
        quick += np.random.random() < 0.3 + 0.7 * coordination
    return structural, quick


@compiled
def relapse(p, w, escalation, coverage):
    for c in range(p.causes):
        a = w.addressed[c]
        if a > 0:
            if a < p.layers:
                rate = p.relapse * a + p.fragile * escalation + p.block * (1 - coverage)
            else:
                rate = p.fragile * escalation / 2
            w.addressed[c] -= happens(rate)
        if w.diagnosed[c] > w.addressed[c]:
            w.diagnosed[c] -= happens(p.stale)


@compiled
def regenerate(p, w, quick):
    solved = w.addressed.sum() / (p.causes * p.layers)
    w.row[SYMPTOM] += p.regenerate * (1 - solved - w.row[SYMPTOM])
    w.row[SYMPTOM] *= (1 - p.relief)**quick


@compiled
def newcomer(p, w, i):
    w.momentum[i] = 0.8 * p.rest
    for axis in range(3):
        w.frame[i, axis] = w.position[i, axis] + np.random.normal(0, 0.1)
    for j in range(SEATS):
        if j != i:
            a, b = min(i, j), max(i, j)
            standing = (w.standing[a] + w.standing[b]) / 2
            w.trust[a, b] = (p.trust_start + p.memory * (w.trust[a, b] - p.trust_start)
                             + (1 - p.memory) * p.standing_weight * (standing - p.trust_start))
            w.latent[a, b] += w.open[a, b]
            w.open[a, b] = 0


@compiled
def seats_month(p, w, m, s, structural, wins, f):
    was_inside, frame, leaves = w.inside.copy(), w.frame.copy(), np.zeros(SEATS, np.bool_)
    for j in range(SEATS):
        for i in range(j):
            if was_inside[i] and was_inside[j]:
                w.trust[i, j], w.latent[i, j], w.open[i, j] = f.trust[i, j], f.latent[i, j], f.open[i, j]
    for i in range(SEATS):
        if not was_inside[i]:
            w.inside[i] = happens(p.invite * s * m.open)
            continue
        sector, before = SECTOR[i], w.momentum[i]
        gain = p.recover * p.rest + p.win_energy * 2 * phi(wins)
        loss = (p.recover * (1 - p.rest) + p.drain_open * f.seat_open[i]
                + p.drain_process * s * (1 - w.appreciation[i])
                + PATIENCE[sector] * p.drain_unseen * (1 - w.row[VISIBILITY])
                + SENSITIVITY[sector] * p.drain_pressure * w.row[PRESSURE] + p.drain_escalation * f.seat_escalation[i])
        after = before + (gain / (gain + loss) - before) * phi(gain + loss)
        w.momentum[i] = clamp(after + np.random.normal(0, p.momentum_noise), 0.01, 1.0)
        for axis in range(3):
            w.frame[i, axis] += (p.frame_shift * f.pull[i, axis]
                                 + p.constituency * (w.position[i, axis] - frame[i, axis]))
        leaves[i] = happens(p.turnover + p.burnout * (1 - before)**3)
    for i in range(SEATS):
        if leaves[i]:
            newcomer(p, w, i)
    for i in range(SEATS):
        if was_inside[i]:
            a = w.appreciation[i]
            w.standing[i] += p.org_learning * (f.seat_trust[i] - w.standing[i])
            w.appreciation[i] = clamp(a + p.org_learning * ((1 - a) * structural - a * f.seat_escalation[i]), 0.0, 1.0)
            for axis in range(3):
                w.position[i, axis] += p.org_shift * (frame[i, axis] - w.position[i, axis])


@compiled
def funder(p, w, steering, month, quick, structural):
    w.row[QUICK_SINCE] += quick
    w.row[STRUCTURAL_SINCE] += structural
    if (month + 1) % p.review_months != 0:
        return
    if w.row[FORMATION] == 0:
        output = (w.row[QUICK_SINCE] + p.structural_visible * w.row[STRUCTURAL_SINCE]) / (p.target * p.review_months)
        gap, force, b = max(0.0, 1 - output), steering.kpi_weight * (1 - p.room), w.row[BUDGET]
        w.row[PRESSURE] += 0.7 * (force * gap - w.row[PRESSURE])
        w.row[BUDGET] = clamp(b * (1 - p.cut * force * gap) + 0.1 * (1 - gap) * (1 - b), 0.1, 1.0)
    w.row[QUICK_SINCE] = w.row[STRUCTURAL_SINCE] = 0


@compiled
def living_month(p, w, steering, month):
    m = means_of(w)
    s, depth = steer(p, w, steering, month, m)
    f = Flows(np.empty((SEATS, SEATS)), np.empty((SEATS, SEATS)), np.empty((SEATS, SEATS)), np.zeros(SEATS),
              np.zeros(SEATS), np.zeros(SEATS), np.zeros((SEATS, 3)))
    insight, escalation = ties_month(p, w, m, s, f)
    coordination = (p.coord_floor + (1 - p.coord_floor) * m.trust) * (1 - m.open)
    effort = p.attempts * m.momentum * w.row[BUDGET] * (1 + p.kpi_drive * w.row[PRESSURE]) * (1 - s)
    diagnose(p, w, p.diagnose * insight)
    structural, quick = attempt(p, w, effort, depth, coordination)
    relapse(p, w, escalation, m.coverage)
    regenerate(p, w, quick)
    wins = quick + structural
    seats_month(p, w, m, s, structural, wins, f)
    w.row[VISIBILITY] = 1 if wins > 0 else w.row[VISIBILITY] * (1 - phi(1 / p.visibility_months))
    funder(p, w, steering, month, quick, structural)
    w.row[WINS] = wins
    if m.momentum < p.collapse_below and happens(1 - m.momentum / p.collapse_below):
        w.row[ALIVE] = 0
    return m.ties


@compiled
def replicate(p, steering):
    """A whole run: the structural share at the end and the number of tie-months."""
    w, tie_months = start(p), 0
    for month in range(p.months):
        if w.row[ALIVE] == 1:
            tie_months += living_month(p, w, steering, month)
        else:
            relapse(p, w, 0.0, means_of(w).coverage)
            regenerate(p, w, 0)
    share, latent = w.addressed.sum() / (p.causes * p.layers), means_of(w).latent
    for _ in range(p.aftercare_months):
        for c in range(p.causes):
            w.addressed[c] -= np.random.binomial(w.addressed[c], phi(p.unsupported * latent))
        regenerate(p, w, 0)
    return share, tie_months


@compiled
def seed(number):
    np.random.seed(number)


def simulate(steering, replicates):
    steering = as_tuple(steering)
    seed(SEED)
    runs = [replicate(RATES, steering) for _ in range(replicates)]
    return [share for share, _ in runs], sum(tie_months for _, tie_months in runs)


def as_tuple(steering):
    """Steering parameters as floats, so that one compiled program serves all regimes."""
    return Steering(**{name: float(value) for name, value in vars(steering).items()})

if __name__ == "__main__":
    options = arguments(__doc__)
    simulate(built_in(options.regime)[0][1], 1)
    measure("numba", options, simulate)
