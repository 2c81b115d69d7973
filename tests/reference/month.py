# SPDX-License-Identifier: GPL-3.0-or-later
"""One month of a programme. Every rule reads the state as it was when the month began; what the rules decide is
written down at the end. Only the problem changes step by step within the month."""

from dataclasses import dataclass, field

import draws
from events import let_happen
from persons import organisations, person_change, person_report, who_is_invited, who_withdraws, write_persons
from problem import go_stale, regenerate, unsupported_relapse, work_on_problem
from steer import convener_next_month, funder, reached, steer
from ties import learning_by_sectors, tie_flow
from world import mean


@dataclass
class Happened:
    """What happened in one collaboration in one month."""
    process_share: float = 0.0
    quick: int = 0
    paper: int = 0
    structural: int = 0
    found: dict = field(default_factory=lambda: {"conflict": 0, "analysis": 0, "doing": 0})
    escalations_per_tie: float = 0.0
    left: list = field(default_factory=list)  # the sector of each who left a seat, or made place at the start
    withdrew: list = field(default_factory=list)  # the sector of each who withdrew from the table
    person_months: int = 0
    learning: dict = field(default_factory=dict)  # pair of sectors -> sum of the learning of their ties

    @property
    def wins(self):
        return self.quick + self.structural


def live_month(world, month, acts=()):
    """What the world does, all collaborations, then the organisations that they share. Returns what happened, by
    collaboration."""
    happened, reports = [], []
    replaced = let_happen(world, month, acts)
    for collaboration, made_place in zip(world.collaborations, replaced):
        if collaboration.alive:
            happened.append(living(world, collaboration, month, reports))
            happened[-1].left += made_place
        else:
            happened.append(Happened())
            ended(world, collaboration, month)
    organisations(world, reports)
    return happened


def living(world, collaboration, month, reports):
    """A month of a living collaboration. Adds what its persons bring home to `reports`, for their organisations."""
    p = world.p
    means = collaboration.means()
    steering = world.steering(month)
    relevance = collaboration.relevance
    share, depth = steer(world, collaboration, steering, month, means)

    reaching = reached(world, collaboration, month, share)
    flows = [tie_flow(world, collaboration, tie, month, share, reaching) for tie in collaboration.inside_ties()]
    collaboration.fatigue += (share - collaboration.fatigue) / 3
    happened = Happened(process_share=share, person_months=means.insiders, learning=learning_by_sectors(flows),
                        escalations_per_tie=mean(flow.escalated for flow in flows))
    work_on_problem(world, collaboration, steering, month, means, share, depth,
                    mean(flow.learning for flow in flows), mean(flow.escalation for flow in flows), happened)

    changes = [person_change(world, collaboration, person, month, share, flows, happened, relevance)
               for person in collaboration.insiders()]
    withdrawing = who_withdraws(world, collaboration, month, relevance)
    joining = who_is_invited(world, collaboration, month, share, means.open)
    reports += [person_report(person, flows, happened) for person in collaboration.insiders()]
    skill = convener_next_month(world, collaboration, month, mean(flow.worked_through for flow in flows))
    pressure, budget = funder(world, collaboration, steering, month, happened)
    ends = means.momentum < p.collapse_below and world.luck.happens(
        1 - means.momentum / p.collapse_below, draws.EFFORT, collaboration.number, month, 0, 3)

    for flow in flows:
        flow.write()
    happened.left = [person.sector for person in write_persons(world, collaboration, month, changes)]
    happened.withdrew = [person.sector for person in withdrawing]
    for person in withdrawing:
        person.inside = False
    for person in joining:
        person.inside = True
    collaboration.skill, collaboration.pressure, collaboration.budget = skill, pressure, budget
    collaboration.wins = happened.wins
    collaboration.alive = collaboration.going = not ends
    return happened


def ended(world, collaboration, month):
    """A month of a collaboration that has ended: only relapse, staleness and symptoms go on."""
    unsupported_relapse(world, collaboration, month, eta=1)
    for which, cause in enumerate(collaboration.causes):
        go_stale(world, collaboration, month, which, cause)
    regenerate(world, collaboration)


def aftercare_month(world, collaboration, month):
    """A month after support has stopped. Nobody is moved any more, so that all means are those of the end."""
    if collaboration.going:
        means = collaboration.means()
        rate = world.p.lapse * (1 - means.momentum * means.trust)
        collaboration.going = not world.luck.happens(rate, draws.LAPSE, collaboration.number, month, 0)
    unsupported_relapse(world, collaboration, month, eta=0.5 if collaboration.going else 1)
    regenerate(world, collaboration)
