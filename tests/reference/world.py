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


@dataclass(eq=False)
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
    unexplored: float = 1.0

    @property
    def inside(self):
        return self.i.inside and self.j.inside

    @property
    def sectors(self):
        """The two sectors in their order: public, private, nonprofit, knowledge."""
        return tuple(sorted((self.i.sector, self.j.sector)))


@dataclass
class Cause:
    owners: list  # by layer: the sector that owns it
    diagnosed: int
    addressed: int = 0


@dataclass
class Means:
    """Over the insiders, at the start of a month."""
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
    commitment: float
    skill: float  # the convener's own
    symptom: float
    formation: bool
    pressure: float = 0.0
    budget: float = 1.0
    relevance: float = 1.0
    fatigue: float = 0.0
    wins: int = 0  # last month's
    quick_since_review: int = 0  # those on paper included
    structural_since_review: int = 0
    alive: bool = True  # until it collapses while it is supported
    going: bool = True  # until it collapses, or lapses after support has stopped

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

    def __init__(self, parameters, phases, seed, replicate, roster=None):
        self.roster = roster
        self.phases = phases
        self.luck = Luck(seed, replicate)
        self.let_hold(parameters)
        p = parameters
        self.seat_sectors = [sector for sector in range(4) for _ in range(p.inside[sector])]
        self.starts_inside = [p.sits or sector != PUBLIC for sector in self.seat_sectors]
        outside = [sector for sector in range(4) for _ in range(p.outside[sector])]
        self.seat_sectors += outside
        self.starts_inside += [False] * len(outside)
        if not any(self.starts_inside):
            raise ValueError("nobody sits at the table")
        self.organisations = self.found_organisations()
        self.collaborations = [self.found_collaboration(number) for number in range(p.collaborations)]

    def let_hold(self, parameters):
        """These parameters hold from now on, with what follows from the roles of government."""
        self.p = p = parameters
        pays_and_chairs = 1 - (p.dual_role if p.funds and p.convenes else 0)
        self.room = p.room * pays_and_chairs
        self.skill_factor = pays_and_chairs * (1 - (p.dual_role / 2 if p.sits and p.convenes else 0))
        self.push = 1 if p.funds else p.other_funder
        self.call = 1 + (p.mandate if p.convenes else 0)

    def steering(self, month):
        """The steering in force: the last phase that has begun."""
        return [row for start, row in self.phases if start <= month][-1]

    def force(self, steering):
        """How hard the funder reacts to a gap in output."""
        return self.push * steering.kpi_weight * (1 - self.room)

    def effective_skill(self, collaboration):
        """What the convener's skill comes to in the roles that government has taken."""
        return collaboration.skill * self.skill_factor

    # --- organisations

    def organisations_of_sector(self):
        """How many organisations each sector has in a programme."""
        return [self.p.organisations[sector] or self.seat_sectors.count(sector) for sector in range(4)]

    def found_organisations(self):
        if self.p.collaborations == 1:
            sectors = self.seat_sectors  # one organisation per seat, in the order of the seats
            if self.roster is not None:
                self.of_seats = self.named_organisations()
                return [own for seat, own in enumerate(self.of_seats) if own not in self.of_seats[:seat]]
        else:
            sectors = [sector for sector, many in enumerate(self.organisations_of_sector()) for _ in range(many)]
        return [self.found_organisation(number, sector) for number, sector in enumerate(sectors)]

    def found_organisation(self, number, sector):
        noise = self.luck.normals(draws.ORGANISATION, number, START, 0)
        position = [self.p.divergence * (profile + self.p.position_spread * z)
                    for profile, z in zip(self.p.profile[sector], noise)]
        return Organisation(sector, position, standing=self.p.trust_start, appreciation=self.p.recognition)

    def named_organisations(self):
        """The organisation of each seat: that of the first member who is of it, at the mean of what its members say."""
        members, found = self.roster.members, []
        for seat, member in enumerate(members):
            same = [other for other in members if other.organisation == member.organisation]
            first = members.index(same[0])
            if first < seat:
                found.append(found[first])
                continue
            organisation = self.found_organisation(seat, member.sector)
            for axis in range(3):
                given = [other.position[axis] for other in same if other.position[axis] is not None]
                if given:
                    organisation.position[axis] = self.p.divergence * mean(given)
            found.append(organisation)
        return found

    def organisations_of_seats(self, collaboration):
        """The organisation of each seat. In a programme, the seats of a sector draw from a window of its organisations
        that moves with the collaboration, each organisation at most once."""
        if self.roster is not None:
            return self.of_seats
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
        p = self.p
        commitment = to_beta(self.luck.word(draws.CONVENER, number, START, 0, 1), p.rest, p.rest_concentration)
        persons = [self.seat_person(number, seat, organisation, commitment)
                   for seat, organisation in enumerate(self.organisations_of_seats(number))]
        ties = [self.start_tie(number, persons[i], persons[j]) for j in range(len(persons)) for i in range(j)]
        causes = [self.start_cause(number, cause) for cause in range(p.causes)]
        skill = self.draw_convener(self.luck.word(draws.CONVENER, number, START, 0, 0))
        first = self.steering(0)
        return Collaboration(number, persons, ties, causes, commitment, skill, symptom=p.urgency,
                             formation=first.front > 0 and first.formation_months > 0)

    def draw_convener(self, word):
        """The skill of the first convener, or of a successor."""
        return to_beta(word, self.p.skill, self.p.skill_concentration)

    def seat_person(self, collaboration, seat, organisation, commitment):
        p = self.p
        own = to_beta(self.luck.word(draws.START_MOMENTUM, collaboration, START, seat), p.rest,
                      p.momentum_concentration)
        noise = self.luck.normals(draws.START_FRAME, collaboration, START, seat)
        frame = [x + p.frame_spread * z for x, z in zip(organisation.position, noise)]
        momentum = clamp(commitment + own - p.rest, 0.01, 1)
        if self.roster is not None:
            member = self.roster.members[seat]
            frame = [drawn if given is None else p.divergence * given for drawn, given in zip(frame, member.position)]
            momentum = momentum if member.momentum is None else clamp(member.momentum, 0.01, 1)
        return Person(seat, self.seat_sectors[seat], organisation, self.starts_inside[seat], frame, momentum)

    def start_tie(self, collaboration, i, j):
        p, number = self.p, j.seat * (j.seat - 1) // 2 + i.seat
        latent = p.latent_start * phi(squared_distance(i.frame, j.frame))
        asked = self.roster
        if asked is None or asked.trust is None:
            trust = to_beta(self.luck.word(draws.START_TRUST, collaboration, START, number), p.trust_start,
                            p.trust_concentration)
        else:
            trust = self.answer(asked.trust, draws.START_TRUST, collaboration, i, j, number)
        if asked is not None and asked.latent is not None:
            latent = self.answer(asked.latent, draws.START_LATENT, collaboration, i, j, number)
        return Tie(number, i, j, trust, latent)

    def answer(self, answers, purpose, collaboration, i, j, number):
        """What the two said of their tie, or a number from what others said of theirs."""
        pair = frozenset(self.roster.members[person.seat].name for person in (i, j))
        if pair in answers.ties:
            return answers.ties[pair]
        spread = self.p.trust_concentration if answers.concentration is None else answers.concentration
        return to_beta(self.luck.word(purpose, collaboration, START, number), answers.mean, spread)

    def start_cause(self, collaboration, cause):
        owners = [self.luck.choice(4, draws.OWNER, collaboration, START, cause * self.p.layers + layer)
                  for layer in range(self.p.layers)]
        known = self.luck.chance(self.p.known, draws.KNOWN, collaboration, START, cause)
        return Cause(owners, diagnosed=1 if known else 0)


def joint_activity(tie):
    return math.sqrt(tie.i.momentum * tie.j.momentum)
