#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model in Numba: plain loops over arrays, compiled; one replicate of the default scenario per call, one thread.

Compilation is not timed: a first replicate is run before.
"""

import math
from collections import namedtuple

import numpy as np
from numba import njit

from common import INSIDE, KNOWLEDGE, P, SEAT_SECTORS, SEATS, SEED, STEERING_DEFAULTS, arguments, built_in, measure

Parameters = namedtuple("Parameters", [name for name in vars(P) if not isinstance(getattr(P, name), list)])
Steering = namedtuple("Steering", list(STEERING_DEFAULTS))
RATES = Parameters(**{name: getattr(P, name) for name in Parameters._fields})
SECTOR = np.array(SEAT_SECTORS)
PROFILE = np.array(P.profile)
PATIENCE, SENSITIVITY, INSIGHT = (np.array(values, float) for values in (P.patience, P.sensitivity, P.insight))

# Columns of a collaboration's row of numbers.
(COMMITMENT, SKILL, SYMPTOM, PRESSURE, BUDGET, RELEVANCE, WINS, COUNTED_SINCE, STRUCTURAL_SINCE, FORMATION,
 ALIVE) = range(11)

World = namedtuple("World", "position standing appreciation inside momentum frame trust latent open unexplored owner "
                            "diagnosed addressed row")
Flows = namedtuple("Flows", "trust latent open unexplored seat_trust seat_open seat_escalation pull")
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
def beta(mean, concentration):
    return np.random.beta(concentration * mean, concentration * (1 - mean))


@compiled
def start(p, steering):
    w = World(np.zeros((SEATS, 3)), np.full(SEATS, float(p.trust_start)), np.full(SEATS, float(p.recognition)),
              np.arange(SEATS) < INSIDE, np.zeros(SEATS), np.zeros((SEATS, 3)), np.zeros((SEATS, SEATS)),
              np.zeros((SEATS, SEATS)), np.zeros((SEATS, SEATS)), np.ones((SEATS, SEATS)),
              np.random.randint(0, 4, (p.causes, p.layers)), np.zeros(p.causes, np.int64), np.zeros(p.causes, np.int64),
              np.zeros(11))
    w.row[COMMITMENT] = beta(p.rest, p.rest_concentration)
    for i in range(SEATS):
        for axis in range(3):
            w.position[i, axis] = p.divergence * (PROFILE[SECTOR[i], axis] + np.random.normal(0, p.position_spread))
            w.frame[i, axis] = w.position[i, axis] + np.random.normal(0, p.frame_spread)
        w.momentum[i] = clamp(w.row[COMMITMENT] + beta(p.rest, p.momentum_concentration) - p.rest, 0.01, 1.0)
        for j in range(i):
            w.trust[j, i] = beta(p.trust_start, p.trust_concentration)
            w.latent[j, i] = p.latent_start * phi(squared_distance(w.frame, i, j))
    for cause in range(p.causes):
        w.diagnosed[cause] = np.random.random() < p.known
    w.row[SKILL] = beta(p.skill, p.skill_concentration)
    w.row[SYMPTOM] = p.urgency
    w.row[BUDGET] = w.row[RELEVANCE] = w.row[ALIVE] = 1
    w.row[FORMATION] = steering.front > 0 and steering.formation_months > 0
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
    tension = m.open + p.sensing * m.latent
    if month >= steering.formation_months or (month >= p.formation_least and tension < steering.formation_gate):
        w.row[FORMATION] = 0
    planned = float(steering.front)
    if w.row[FORMATION] == 0:
        backlog = (w.diagnosed.sum() - w.addressed.sum()) / p.causes
        planned = (steering.base + steering.tension_gain * (tension - steering.tension_setpoint)
                   - steering.momentum_gain * max(0.0, steering.momentum_setpoint - m.momentum)
                   - steering.backlog_gain * (backlog - steering.backlog_setpoint))
        if steering.swing_months > 0:
            first = month % steering.swing_months < steering.swing_months / 2
            planned += steering.swing if first else -steering.swing
    depth = steering.depth + steering.depth_gain * (m.momentum - steering.depth_setpoint)
    return clamp(planned, 0, 0.95) * (1 - w.row[PRESSURE]), clamp(depth, 0.0, 1.0) * (1 - w.row[PRESSURE])


@compiled
def ties_month(p, w, m, s, f):
    """Fills the flows; returns the means over ties of learning, escalation and working through."""
    learning = all_escalation = all_through = 0.0
    budget, pressure, renown = w.row[BUDGET], w.row[PRESSURE], w.row[RELEVANCE] * w.row[WINS]
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

            t = trust + (1 - trust) * phi(p.trust_through * through + p.trust_win * renown * (1 - open_))
            t *= (1 - phi(p.trust_open * open_ * (1 - s))) * (1 - p.trust_escalate * escalation)
            f.trust[i, j] = t + p.trust_drift * (p.trust_start - t)
            f.latent[i, j] = latent + generated - surfaced + buried - escalation
            f.open[i, j] = open_ + surfaced + escalation - through - buried

            left = w.unexplored[i, j] / (1 + p.explore * through)
            f.unexplored[i, j] = left + phi(p.renew) * (1 - left)

            learning += (through * w.unexplored[i, j] * 4 * distance * (1 - distance)
                         * (INSIGHT[SECTOR[i]] + INSIGHT[SECTOR[j]]) / 2)
            all_escalation += escalation
            all_through += through
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
    f.pull[:] /= m.insiders - 1
    return learning / m.ties, all_escalation / m.ties, all_through / m.ties


@compiled
def sectors_present(w):
    present = np.zeros(4, np.bool_)
    for i in range(SEATS):
        present[SECTOR[i]] |= w.inside[i]
    return present


@compiled
def diagnose(p, w, expected, reach, present):
    for _ in range(np.random.poisson(expected)):
        c = np.random.randint(0, p.causes)
        g = w.diagnosed[c]
        if (g < p.layers and present[w.owner[c, g]] and (g == w.addressed[c] or np.random.random() < p.foreseeable)
                and np.random.random() < reach**g):
            w.diagnosed[c] += 1


@compiled
def attempt(p, w, effort, depth, coordination):
    """Returns the numbers of structural wins, quick ones, and those on paper only."""
    structural = quick = paper = turned = 0
    for _ in range(np.random.poisson(effort * depth)):
        c = np.random.randint(0, p.causes)
        if w.addressed[c] == w.diagnosed[c]:
            turned += 1
            continue
        ready = 0
        for step in range(1, p.coupling + 1):
            ready += w.diagnosed[(c + step) % p.causes] >= w.diagnosed[c]
        if np.random.random() < p.ease * coordination * (1 + ready) / (1 + p.coupling):
            w.addressed[c] += 1
            structural += 1
    for _ in range(np.random.poisson(effort * (1 - depth)) + turned):
        if np.random.random() < p.quick_floor + (1 - p.quick_floor) * coordination:
            if np.random.random() < p.gaming * w.row[PRESSURE]:
                paper += 1
            else:
                quick += 1
    return structural, quick, paper


@compiled
def go_stale(p, w, c):
    if w.diagnosed[c] > w.addressed[c]:
        w.diagnosed[c] -= happens(p.stale)


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
        go_stale(p, w, c)


@compiled
def unsupported(p, w, m, goes_on):
    """Layers that fall back without support: half as fast while the collaboration goes on by itself."""
    rate = (0.5 if goes_on else 1.0) * (p.unsupported * m.latent + p.absent * (1 - m.coverage))
    for c in range(p.causes):
        w.addressed[c] -= np.random.binomial(w.addressed[c], phi(rate))


@compiled
def regenerate(p, w, quick):
    solved = w.addressed.sum() / (p.causes * p.layers)
    w.row[SYMPTOM] += p.regenerate * (1 - solved - w.row[SYMPTOM])
    w.row[SYMPTOM] *= (1 - p.relief)**quick


@compiled
def newcomer(p, w, i):
    w.momentum[i] = clamp(p.newcomer * w.row[COMMITMENT], 0.01, 1.0)
    for axis in range(3):
        w.frame[i, axis] = w.position[i, axis] + np.random.normal(0, p.frame_spread)
    for j in range(SEATS):
        if j != i:
            a, b = min(i, j), max(i, j)
            standing = (w.standing[a] + w.standing[b]) / 2
            w.trust[a, b] = (p.trust_start + p.memory * (w.trust[a, b] - p.trust_start)
                             + (1 - p.memory) * p.standing_weight * (standing - p.trust_start))
            w.latent[a, b] += w.open[a, b]
            w.open[a, b] = 0
            w.unexplored[a, b] = 1 - p.memory * (1 - w.unexplored[a, b])


@compiled
def seats_month(p, w, m, s, relevance, structural, wins, f):
    remaining = m.insiders
    was_inside, frame, leaves = w.inside.copy(), w.frame.copy(), np.zeros(SEATS, np.bool_)
    for j in range(SEATS):
        for i in range(j):
            if was_inside[i] and was_inside[j]:
                w.trust[i, j], w.latent[i, j] = f.trust[i, j], f.latent[i, j]
                w.open[i, j], w.unexplored[i, j] = f.open[i, j], f.unexplored[i, j]
    for i in range(SEATS):
        if not was_inside[i]:
            w.inside[i] = happens(p.invite * s * m.open)
            continue
        sector, before = SECTOR[i], w.momentum[i]
        if remaining > 2 and happens(p.exit * (1 - before) * (1 - relevance)):
            w.inside[i] = False
            remaining -= 1
        gain = p.recover * w.row[COMMITMENT] + p.win_energy * 2 * phi(wins)
        loss = (p.recover * (1 - w.row[COMMITMENT]) + p.drain_open * f.seat_open[i]
                + p.drain_process * s * (1 - w.appreciation[i])
                + PATIENCE[sector] * p.drain_unseen * (1 - relevance)
                + SENSITIVITY[sector] * p.drain_pressure * w.row[PRESSURE] + p.drain_escalation * f.seat_escalation[i])
        after = before + (gain / (gain + loss) - before) * phi(gain + loss)
        w.momentum[i] = clamp(after + np.random.normal(0, p.momentum_noise), 0.01, 1.0)
        for axis in range(3):
            w.frame[i, axis] += p.frame_shift * f.pull[i, axis]
            w.frame[i, axis] += p.constituency * (w.position[i, axis] - w.frame[i, axis])
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
def force_of(p, steering):
    return steering.kpi_weight * (1 - p.room)


@compiled
def funder(p, w, steering, month, counted, structural):
    w.row[COUNTED_SINCE] += counted
    w.row[STRUCTURAL_SINCE] += structural
    if (month + 1) % p.review_months != 0:
        return
    if w.row[FORMATION] == 0:
        output = (w.row[COUNTED_SINCE] + p.structural_visible * w.row[STRUCTURAL_SINCE]) / (p.target * p.review_months)
        gap, force, b = max(0.0, 1 - output), force_of(p, steering), w.row[BUDGET]
        w.row[PRESSURE] += p.pressure_speed * (force * gap - w.row[PRESSURE])
        w.row[BUDGET] = clamp(b * (1 - p.cut * force * gap) + p.budget_recovery * (1 - gap) * (1 - b), p.budget_floor,
                              1.0)
    w.row[COUNTED_SINCE] = w.row[STRUCTURAL_SINCE] = 0


@compiled
def convener(p, w, through):
    w.row[SKILL] += (1 - w.row[SKILL]) * phi(p.experience * through)
    if happens(p.succession):
        w.row[SKILL] = beta(p.skill, p.skill_concentration)


@compiled
def living_month(p, w, steering, month):
    m = means_of(w)
    s, depth = steer(p, w, steering, month, m)
    f = Flows(np.empty((SEATS, SEATS)), np.empty((SEATS, SEATS)), np.empty((SEATS, SEATS)), np.empty((SEATS, SEATS)),
              np.zeros(SEATS), np.zeros(SEATS), np.zeros(SEATS), np.zeros((SEATS, 3)))
    learning, escalation, through = ties_month(p, w, m, s, f)
    coordination = (p.coord_floor + (1 - p.coord_floor) * m.trust) * (1 - m.open)
    asked = 1 + p.kpi_drive * w.row[PRESSURE] + p.focus * force_of(p, steering) * min(1.0, p.target / p.focus_full)
    effort = p.attempts * m.momentum * w.row[BUDGET] * asked * (1 - s)
    present = sectors_present(w)
    diagnose(p, w, p.diagnose * learning, 1.0, present)
    if w.row[FORMATION] == 1 and present[KNOWLEDGE]:
        diagnose(p, w, p.analysis * s, p.reach, present)
    diagnose(p, w, p.doing * effort, p.reach, present)
    structural, quick, paper = attempt(p, w, effort, depth, coordination)
    relapse(p, w, escalation, m.coverage)
    wins, relevance = quick + structural, w.row[RELEVANCE]
    w.row[RELEVANCE] *= 1 - phi((1 - w.row[SYMPTOM]) / p.visibility_months)
    if wins > 0:
        w.row[RELEVANCE] += (1 - w.row[RELEVANCE]) * phi(wins)
    regenerate(p, w, quick)
    seats_month(p, w, m, s, relevance, structural, wins, f)
    convener(p, w, through)
    funder(p, w, steering, month, quick + paper, structural)
    w.row[WINS] = wins
    if m.momentum < p.collapse_below and happens(1 - m.momentum / p.collapse_below):
        w.row[ALIVE] = 0
    return m.ties


@compiled
def replicate(p, steering):
    """A whole run: the structural share at the end and the number of tie-months."""
    w, tie_months = start(p, steering), 0
    for month in range(p.months):
        if w.row[ALIVE] == 1:
            tie_months += living_month(p, w, steering, month)
        else:
            unsupported(p, w, means_of(w), False)
            for c in range(p.causes):
                go_stale(p, w, c)
            regenerate(p, w, 0)
    share, m, goes_on = w.addressed.sum() / (p.causes * p.layers), means_of(w), w.row[ALIVE] == 1
    for _ in range(p.aftercare_months):
        goes_on = goes_on and not happens(p.lapse * (1 - m.momentum * m.trust))
        unsupported(p, w, m, goes_on)
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
