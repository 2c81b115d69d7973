# SPDX-License-Identifier: GPL-3.0-or-later
"""Those who steer: the convener's division of effort, the convener's own learning, and the funder."""

import draws
from world import clamp, phi


def steer(world, collaboration, steering, month, means):
    """The shares of effort that go to process work, and of delivery effort that goes to causes."""
    tension = means.open + world.p.sensing * means.latent
    if collaboration.formation:
        collaboration.formation = month < steering.formation_months and not (
            month >= world.p.formation_least and below_gate(world, tension, steering.formation_gate))
    if collaboration.formation:
        planned = steering.front
    else:
        backlog = sum(cause.diagnosed - cause.addressed for cause in collaboration.causes) / world.p.causes
        planned = (steering.base + steering.tension_gain * (tension - steering.tension_setpoint)
                   - steering.momentum_gain * max(0, steering.momentum_setpoint - means.momentum)
                   - steering.backlog_gain * (backlog - steering.backlog_setpoint)
                   + steering.swing * swing_sign(month, steering.swing_months))
    depth = steering.depth + steering.depth_gain * (means.momentum - steering.depth_setpoint)
    left = 1 - collaboration.pressure
    return clamp(planned, 0, 0.95) * left, clamp(depth, 0, 1) * left


def below_gate(world, tension, gate):
    if tension > 0:  # nothing at all is exact in both programs
        world.luck.near(tension - gate)
    return tension < gate


def swing_sign(month, swing_months):
    if swing_months == 0:
        return 0
    return 1 if month % swing_months < swing_months / 2 else -1


def reached(world, collaboration, month, share):
    """The process work that reaches the ties, of the share that is spent on it."""
    p = world.p
    imprinted = p.imprint * phi(max(0, month - 12) / 12)
    return share * p.contact * (1 - imprinted) / (1 + p.saturation * collaboration.fatigue)


def convener_next_month(world, collaboration, month, worked_through):
    """The convener's skill after this month: experience, and sometimes a successor."""
    p = world.p
    if world.luck.happens(p.succession, draws.SUCCESSION, collaboration.number, month, 0, 0):
        return world.draw_convener(world.luck.word(draws.SUCCESSION, collaboration.number, month, 0, 1))
    return collaboration.skill + (1 - collaboration.skill) * phi(p.experience * worked_through)


def funder(world, collaboration, steering, month, happened):
    """Pressure and budget after this month. Wins are counted from zero after each review date."""
    p = world.p
    pressure, budget = collaboration.pressure, collaboration.budget
    collaboration.quick_since_review += happened.quick + happened.paper
    collaboration.structural_since_review += happened.structural
    if (month + 1) % p.review_months != 0:
        return pressure, budget
    output = ((collaboration.quick_since_review + p.structural_visible * collaboration.structural_since_review)
              / (p.target * p.review_months))
    collaboration.quick_since_review = collaboration.structural_since_review = 0
    if collaboration.formation:
        return pressure, budget
    gap = max(0, 1 - output)
    force = world.force(steering)
    return (pressure + p.pressure_speed * (force * gap - pressure),
            clamp(budget * (1 - p.cut * force * gap) + p.budget_recovery * (1 - gap) * (1 - budget),
                  p.budget_floor, 1))
