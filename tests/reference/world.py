# SPDX-License-Identifier: GPL-3.0-or-later
"""What exists, and how it starts: organisations, and collaborations with persons, ties and a problem."""

import math
from dataclasses import dataclass

import draws
from draws import Luck, to_beta
from parameters import PUBLIC, SECTORS

START = 0  # the month in the addresses of everything drawn at the start


def phi(rate):
    """The fraction of a month that a rate per month becomes."""
    return rate / (1 + rate)


def clamp(value, low, high):
    return min(max(value, low), high)


def mean(values):
    """The mean; 0 of nothing."""
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def squared_distance(frame, other):
    return sum((a - b) ** 2 for a, b in zip(frame, other))


@dataclass
class Organisation:
    sector: int
    position: list
    standing: float
    appreciation: float


@dataclass
class Person:
    seat: int
    sector: int
    organisation: Organisation
    inside: bool
    frame: list
    momentum: float


@dataclass
class Tie:
    number: int
    i: Person
    j: Person
    trust: float
    latent: float
    open: float = 0.0

    @property
    def inside(self):
        return self.i.inside and self.j.inside


@dataclass
class Cause:
    owners: list  # by layer: the sector that owns it
    diagnosed: int
    addressed: int = 0


@dataclass
class Means:
    trust: float
    open: float
    latent: float
    momentum: float
    insiders: int
    coverage: float


@dataclass
class Collaboration:
    number: int
    persons: list
    ties: list
    causes: list
    skill: float
    symptom: float
    pressure: float = 0.0
    budget: float = 1.0
    visibility: float = 1.0
    wins: int = 0  # last month's
    quick_since_review: int = 0
    structural_since_review: int = 0
    formation: bool = True
    alive: bool = True

    def insiders(self):
        return [person for person in self.persons if person.inside]

    def inside_ties(self):
        return [tie for tie in self.ties if tie.inside]

    def means(self):
        ties, insiders = self.inside_ties(), self.insiders()
        return Means(trust=mean(tie.trust for tie in ties), open=mean(tie.open for tie in ties),
                     latent=mean(tie.latent for tie in ties), momentum=mean(person.momentum for person in insiders),
                     insiders=len(insiders), coverage=len(insiders) / len(self.persons))

    def layers_addressed(self):
        return sum(cause.addressed for cause in self.causes)


class World:
    """A programme: the collaborations and the organisations that they share."""

    def __init__(self, parameters, phases, seed, replicate):
        self.p = p = parameters
        self.phases = phases
        self.luck = Luck(seed, replicate)
        dual = p.dual_role if p.funds and p.convenes else 0
        self.room = p.room * (1 - dual)
        self.skill_factor = 1 - dual
        self.seat_sectors = [sector for sector in range(4) for _ in range(p.inside[sector])]
        self.starts_inside = [p.sits or sector != PUBLIC for sector in self.seat_sectors]
        outside = [sector for sector in range(4) for _ in range(p.outside[sector])]
        self.seat_sectors += outside
        self.starts_inside += [False] * len(outside)
        if not any(self.starts_inside):
            raise ValueError("nobody sits at the table")
        self.organisations = self.found_organisations()
        self.collaborations = [self.found_collaboration(number) for number in range(p.collaborations)]

    def steering(self, month):
        """The steering in force: the last phase that has begun."""
        return [row for start, row in self.phases if start <= month][-1]

    # --- organisations

    def organisations_of_sector(self):
        """How many organisations each sector has in a programme."""
        return [self.p.organisations[sector] or self.seat_sectors.count(sector) for sector in range(4)]

    def found_organisations(self):
        if self.p.collaborations == 1:
            sectors = self.seat_sectors  # one organisation per seat, in the order of the seats
        else:
            sectors = [sector for sector, many in enumerate(self.organisations_of_sector()) for _ in range(many)]
        return [self.found_organisation(number, sector) for number, sector in enumerate(sectors)]

    def found_organisation(self, number, sector):
        noise = self.luck.normals(draws.ORGANISATION, number, START, 0)
        position = [self.p.divergence * (profile + 0.4 * z) for profile, z in zip(self.p.profile[sector], noise)]
        return Organisation(sector, position, standing=self.p.trust_start, appreciation=self.p.recognition)

    def organisations_of_seats(self, collaboration):
        """The organisation of each seat. In a programme, the seats of a sector draw from a window of its organisations
        that moves with the collaboration, each organisation at most once."""
        if self.p.collaborations == 1:
            return self.organisations
        chosen = [None] * len(self.seat_sectors)
        first = 0
        for sector, many in enumerate(self.organisations_of_sector()):
            seats = [seat for seat, its_sector in enumerate(self.seat_sectors) if its_sector == sector]
            if len(seats) > many:
                raise ValueError(f"too few {SECTORS[sector]} organisations")
            start = collaboration * many // self.p.collaborations
            pool = [first + (start + step) % many for step in range(min(many, 4 * len(seats)))]
            for place, seat in enumerate(seats):
                other = place + self.luck.choice(len(pool) - place, draws.SEATING, collaboration, START, seat)
                pool[place], pool[other] = pool[other], pool[place]
                chosen[seat] = self.organisations[pool[place]]
            first += many
        return chosen

    # --- collaborations

    def found_collaboration(self, number):
        persons = [self.seat_person(number, seat, organisation)
                   for seat, organisation in enumerate(self.organisations_of_seats(number))]
        ties = [self.start_tie(number, persons[i], persons[j]) for j in range(len(persons)) for i in range(j)]
        causes = [self.start_cause(number, cause) for cause in range(self.p.causes)]
        skill = to_beta(self.luck.word(draws.CONVENER, number, START, 0), self.p.skill, self.p.skill_concentration)
        return Collaboration(number, persons, ties, causes, skill * self.skill_factor, symptom=self.p.urgency)

    def seat_person(self, collaboration, seat, organisation):
        momentum = to_beta(self.luck.word(draws.START_MOMENTUM, collaboration, START, seat), self.p.rest, 20)
        noise = self.luck.normals(draws.START_FRAME, collaboration, START, seat)
        frame = [x + 0.1 * z for x, z in zip(organisation.position, noise)]
        return Person(seat, self.seat_sectors[seat], organisation, self.starts_inside[seat], frame,
                      clamp(momentum, 0.01, 1))

    def start_tie(self, collaboration, i, j):
        number = j.seat * (j.seat - 1) // 2 + i.seat
        trust = to_beta(self.luck.word(draws.START_TRUST, collaboration, START, number), self.p.trust_start, 20)
        return Tie(number, i, j, trust, latent=0.5 * phi(squared_distance(i.frame, j.frame)))

    def start_cause(self, collaboration, cause):
        owners = [self.luck.choice(4, draws.OWNER, collaboration, START, cause * self.p.layers + layer)
                  for layer in range(self.p.layers)]
        known = self.luck.chance(self.p.known, draws.KNOWN, collaboration, START, cause)
        return Cause(owners, diagnosed=1 if known else 0)


def joint_activity(tie):
    return math.sqrt(tie.i.momentum * tie.j.momentum)
