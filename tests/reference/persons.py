# SPDX-License-Identifier: GPL-3.0-or-later
"""Persons and their organisations in a month: energy, frames, who leaves, who withdraws, who is invited."""

from dataclasses import dataclass

import draws
from ties import of_person, shifted_frame
from world import clamp, mean, phi


@dataclass
class Change:
    person: object
    leaves: bool
    momentum: float
    frame: list


def person_change(world, collaboration, person, month, share, flows, happened, relevance):
    """What an insider becomes, and whether he leaves the seat. `relevance` is that of the start of the month."""
    p, luck, own = world.p, world.luck, of_person(flows, person)
    gain = p.recover * collaboration.commitment + p.win_energy * 2 * phi(happened.wins)
    loss = (p.recover * (1 - collaboration.commitment)
            + p.drain_open * mean(flow.tie.open for flow in own)
            + p.drain_process * share * (1 - person.organisation.appreciation)
            + p.patience[person.sector] * p.drain_unseen * (1 - relevance)
            + p.sensitivity[person.sector] * p.drain_pressure * collaboration.pressure
            + p.drain_escalation * mean(flow.escalation for flow in own))
    momentum = person.momentum
    if gain + loss > 0:
        momentum += (gain / (gain + loss) - momentum) * phi(gain + loss)
    noise = draws.to_normal(luck.word(draws.PERSON, collaboration.number, month, person.seat, 0))
    momentum = clamp(momentum + noise * p.momentum_noise, 0.01, 1)

    frame = [y + p.constituency * (x - y)
             for y, x in zip(shifted_frame(world, person, own), person.organisation.position)]
    leaves = luck.happens(p.turnover + p.burnout * (1 - person.momentum) ** 3, draws.PERSON, collaboration.number,
                          month, person.seat, 1)
    return Change(person, leaves, momentum, frame)


def who_withdraws(world, collaboration, month, relevance):
    """Insiders who have had enough, in the order of seats, while more than two remain."""
    staying, withdrawing = len(collaboration.insiders()), []
    for person in collaboration.insiders():
        rate = world.p.exit * (1 - person.momentum) * (1 - relevance)
        if staying > 2 and world.luck.happens(rate, draws.WITHDRAWAL, collaboration.number, month, person.seat):
            withdrawing.append(person)
            staying -= 1
    return withdrawing


def who_is_invited(world, collaboration, month, share, open_conflict):
    rate = world.p.invite * world.call * share * open_conflict
    return [person for person in collaboration.persons if not person.inside
            and world.luck.happens(rate, draws.PERSON, collaboration.number, month, person.seat, 1)]


def write_persons(world, collaboration, month, changes):
    """Gives the seats their new momentum and frames, and newcomers where persons left. Returns the seats left."""
    for change in changes:
        change.person.momentum, change.person.frame = change.momentum, change.frame
        if change.leaves:
            newcomer(world, collaboration, month, change.person)
    return [change.person for change in changes if change.leaves]


def newcomer(world, collaboration, month, person):
    take_seat(world, collaboration, person,
              world.luck.normals(draws.NEWCOMER, collaboration.number, month, person.seat))


def take_seat(world, collaboration, person, noise):
    """A new person takes the seat: part of the trust and of the understanding goes, and open conflict goes back under
    the table."""
    p = world.p
    person.momentum = clamp(p.newcomer * collaboration.commitment, 0.01, 1)
    person.frame = [x + p.frame_spread * z for x, z in zip(person.organisation.position, noise)]
    for tie in collaboration.ties:
        if tie.i is person or tie.j is person:
            standing = (tie.i.organisation.standing + tie.j.organisation.standing) / 2
            tie.trust = (p.trust_start + p.memory * (tie.trust - p.trust_start)
                         + (1 - p.memory) * p.standing_weight * (standing - p.trust_start))
            tie.latent += tie.open
            tie.open = 0.0
            tie.unexplored = 1 - p.memory * (1 - tie.unexplored)


# --- organisations

@dataclass
class Report:
    """What an insider's month was like, seen from his organisation."""
    organisation: object
    trust: float
    frame: list
    structural: int
    escalation: float


def person_report(person, flows, happened):
    own = of_person(flows, person)
    return Report(person.organisation, mean(flow.tie.trust for flow in own), list(person.frame), happened.structural,
                  mean(flow.escalation for flow in own))


def organisations(world, reports):
    p = world.p
    for organisation in world.organisations:
        own = [report for report in reports if report.organisation is organisation]
        if not own:
            continue
        organisation.standing += p.org_learning * (mean(report.trust for report in own) - organisation.standing)
        appreciation = organisation.appreciation
        appreciation += p.org_learning * ((1 - appreciation) * mean(report.structural for report in own)
                                          - appreciation * mean(report.escalation for report in own))
        organisation.appreciation = clamp(appreciation, 0, 1)
        organisation.position = [x + p.org_shift * (mean(report.frame[axis] for report in own) - x)
                                 for axis, x in enumerate(organisation.position)]
