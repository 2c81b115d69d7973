# SPDX-License-Identifier: GPL-3.0-or-later
"""What a tie goes through in a month. Flows hold what ties become; nothing is written here."""

from dataclasses import dataclass

import draws
from world import joint_activity, mean, phi, squared_distance


@dataclass
class Flow:
    """What a tie goes through in a month, and where it ends."""
    tie: object
    worked_through: float  # R
    learning: float
    escalated: bool
    escalation: float  # Z
    trust: float
    latent: float
    open: float
    unexplored: float

    def write(self):
        self.tie.trust, self.tie.latent, self.tie.open = self.trust, self.latent, self.open
        self.tie.unexplored = self.unexplored


def tie_flow(world, collaboration, tie, month, share, reaching):
    """`share` is the process share, `reaching` the process work that reaches the ties."""
    p = world.p
    trust, latent, open_ = tie.trust, tie.latent, tie.open
    skill = world.effective_skill(collaboration)
    unhosted = 1 - share
    distance = phi(squared_distance(tie.i.frame, tie.j.frame))
    safety = p.safety_floor + (1 - p.safety_floor) * trust
    noise, u = draws.to_noise_and_event(world.luck.word(draws.TIE, collaboration.number, month, tie.number))

    work = p.gen_base + p.gen_work * joint_activity(tie) * collaboration.budget * unhosted
    generated = phi(work * distance * 2 * noise) * (1 - latent - open_)
    surfaced = phi(p.surface * reaching * safety) * latent
    worked_through = phi(p.reframe * skill * reaching * safety) * open_
    buried = phi(p.bury * unhosted) * (open_ - worked_through)
    settled = phi(p.settle) * (open_ - worked_through - buried)
    escalated = world.luck.falls_below(u, (
        2 * p.escalate * (1 - trust) * (latent + open_ * unhosted) * (1 + collaboration.pressure)
        + p.backfire * reaching * (1 - trust) * (1 - skill) * latent))
    escalation = p.escalate_share * (latent - surfaced) if escalated else 0.0

    next_trust = trust + (1 - trust) * phi(
        p.trust_through * worked_through + p.trust_win * collaboration.relevance * collaboration.wins * (1 - open_))
    next_trust *= (1 - phi(p.trust_open * open_ * unhosted)) * (1 - p.trust_escalate * escalation)
    next_trust += p.trust_drift * (p.trust_start - next_trust)

    insight = (p.insight[tie.i.sector] + p.insight[tie.j.sector]) / 2
    unexplored = tie.unexplored / (1 + p.explore * worked_through)
    return Flow(tie, worked_through, worked_through * tie.unexplored * 4 * distance * (1 - distance) * insight,
                escalated, escalation, next_trust,
                latent=latent + generated - surfaced + buried - escalation,
                open=open_ + surfaced + escalation - worked_through - buried - settled,
                unexplored=unexplored + phi(p.renew) * (1 - unexplored))


def learning_by_sectors(flows):
    """By pair of sectors, within a sector included: the sum of the learning of their ties."""
    learning = {}
    for flow in flows:
        learning[flow.tie.sectors] = learning.get(flow.tie.sectors, 0.0) + flow.learning
    return learning


def of_person(flows, person):
    return [flow for flow in flows if flow.tie.i is person or flow.tie.j is person]


def shifted_frame(world, person, own_flows):
    """The frame of a person after this month's working through with the others at the table."""
    others = [(flow.worked_through, flow.tie.j if flow.tie.i is person else flow.tie.i) for flow in own_flows]
    return [y + world.p.frame_shift * mean(through * (other.frame[axis] - y) for through, other in others)
            for axis, y in enumerate(person.frame)]
