# SPDX-License-Identifier: GPL-3.0-or-later
"""One month of a programme, rule by rule. Every rule reads the state as it was when the month began; what the rules
decide is written down at the end. Only the causes change step by step within the month."""

from dataclasses import dataclass, field

import draws
from world import clamp, joint_activity, mean, phi, squared_distance


@dataclass
class Happened:
    """What happened in one collaboration in one month."""
    process_share: float = 0.0
    quick: int = 0
    structural: int = 0
    escalations_per_tie: float = 0.0
    left: int = 0
    person_months: int = 0
    learning: dict = field(default_factory=dict)  # pair of different sectors -> sum of R d over their ties

    @property
    def wins(self):
        return self.quick + self.structural


@dataclass
class Flow:
    """What a tie goes through in a month, and where it ends."""
    tie: object
    distance: float
    worked_through: float  # R
    escalated: bool
    escalation: float  # Z
    trust: float
    latent: float
    open: float


def live_month(world, month):
    """All collaborations, then the organisations that they share. Returns what happened, by collaboration."""
    happened, reports = [], []
    for collaboration in world.collaborations:
        if collaboration.alive:
            happened.append(living(world, collaboration, month, reports))
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
    share, depth = steer(world, collaboration, steering, month, means)

    flows = [tie_flow(world, collaboration, tie, month, share) for tie in collaboration.inside_ties()]
    happened = Happened(process_share=share, person_months=means.insiders, learning=learning_by_sectors(flows),
                        escalations_per_tie=mean(flow.escalated for flow in flows))
    escalation = mean(flow.escalation for flow in flows)
    insight = mean(flow.worked_through * flow.distance
                   * (p.insight[flow.tie.i.sector] + p.insight[flow.tie.j.sector]) / 2 for flow in flows)
    work_on_problem(world, collaboration, month, means, share, depth, insight, escalation, happened)

    changes = [person_change(world, collaboration, person, month, share, flows, happened)
               for person in collaboration.insiders()]
    joining = [person for person in collaboration.persons if not person.inside
               and world.luck.happens(p.invite * share * means.open, draws.PERSON, collaboration.number, month,
                                      person.seat, 1)]
    reports += [person_report(person, flows, happened) for person in collaboration.insiders()]
    pressure, budget = funder(world, collaboration, steering, month, happened)
    ends = means.momentum < p.collapse_below and world.luck.happens(
        1 - means.momentum / p.collapse_below, draws.EFFORT, collaboration.number, month, 0, 3)

    for flow in flows:
        flow.tie.trust, flow.tie.latent, flow.tie.open = flow.trust, flow.latent, flow.open
    happened.left = write_persons(world, collaboration, month, changes)
    for person in joining:
        person.inside = True
    collaboration.pressure, collaboration.budget = pressure, budget
    if happened.wins > 0:
        collaboration.visibility = 1.0
    else:
        collaboration.visibility *= 1 - phi(1 / p.visibility_months)
    collaboration.wins = happened.wins
    collaboration.alive = not ends
    return happened


# --- steering

def steer(world, collaboration, steering, month, means):
    """The shares of effort that go to process work, and of delivery effort that goes to causes."""
    formation_time = collaboration.formation and month < steering.formation_months
    if formation_time and month >= 3:
        if means.open > 0:  # nothing at all is exact in both programs
            world.luck.near(means.open - steering.formation_gate)
        formation_time = means.open >= steering.formation_gate
    collaboration.formation = formation_time
    if collaboration.formation:
        planned = steering.front
    else:
        tension = means.open + world.p.sensing * means.latent
        planned = (steering.base + steering.tension_gain * (tension - steering.tension_setpoint)
                   - steering.momentum_gain * max(0, steering.momentum_setpoint - means.momentum)
                   + steering.swing * swing_sign(month, steering.swing_months))
    depth = steering.depth + steering.depth_gain * (means.momentum - steering.momentum_setpoint)
    left = 1 - collaboration.pressure
    return clamp(planned, 0, 0.95) * left, clamp(depth, 0, 1) * left


def swing_sign(month, swing_months):
    if swing_months == 0:
        return 0
    return 1 if month % swing_months < swing_months / 2 else -1


# --- ties

def tie_flow(world, collaboration, tie, month, share):
    p = world.p
    trust, latent, open_ = tie.trust, tie.latent, tie.open
    unhosted = 1 - share
    distance = phi(squared_distance(tie.i.frame, tie.j.frame))
    safety = p.safety_floor + (1 - p.safety_floor) * trust
    xi = 2 * draws.to_uniform(world.luck.word(draws.TIE, collaboration.number, month, tie.number, 0))

    work = p.gen_base + p.gen_work * joint_activity(tie) * collaboration.budget * unhosted
    generated = phi(work * distance * xi) * (1 - latent - open_)
    surfaced = phi(p.surface * share * safety) * latent
    worked_through = phi(p.reframe * collaboration.skill * share * safety) * open_
    buried = phi(p.bury * unhosted) * (open_ - worked_through)
    escalated = world.luck.happens(
        2 * p.escalate * (1 - trust) * (latent + open_ * unhosted) * (1 + collaboration.pressure),
        draws.TIE, collaboration.number, month, tie.number, 1)
    escalation = p.escalate_share * (latent - surfaced) if escalated else 0.0

    next_trust = trust + (1 - trust) * phi(p.trust_through * worked_through
                                           + p.trust_win * collaboration.wins * (1 - open_))
    next_trust *= (1 - phi(p.trust_open * open_ * unhosted)) * (1 - p.trust_escalate * escalation)
    next_trust += p.trust_drift * (p.trust_start - next_trust)
    return Flow(tie, distance, worked_through, escalated, escalation, next_trust,
                latent=latent + generated - surfaced + buried - escalation,
                open=open_ + surfaced + escalation - worked_through - buried)


def learning_by_sectors(flows):
    learning = {}
    for flow in flows:
        pair = tuple(sorted((flow.tie.i.sector, flow.tie.j.sector)))
        if pair[0] != pair[1]:
            learning[pair] = learning.get(pair, 0.0) + flow.worked_through * flow.distance
    return learning


def of_person(flows, person):
    return [flow for flow in flows if flow.tie.i is person or flow.tie.j is person]


# --- problem

def work_on_problem(world, collaboration, month, means, share, depth, insight, escalation, happened):
    """Diagnoses, attempts, relapse and symptom; counts the quick and structural wins in `happened`."""
    p, luck, number = world.p, world.luck, collaboration.number
    coordination = (p.coord_floor + (1 - p.coord_floor) * means.trust) * (1 - means.open)
    effort = (p.attempts * means.momentum * collaboration.budget * (1 + p.kpi_drive * collaboration.pressure)
              * (1 - share))

    present = {person.sector for person in collaboration.insiders()}
    for diagnosis in range(luck.poisson(p.diagnose * insight, number, month, 0)):
        diagnose(world, collaboration, month, diagnosis, present)

    turned = 0
    for attempt in range(luck.poisson(effort * depth, number, month, 1)):
        which = luck.choice(p.causes, draws.STRUCTURAL, number, month, attempt, 0)
        cause = collaboration.causes[which]
        if cause.addressed == cause.diagnosed:
            turned += 1
            continue
        chance = coordination * (1 + depended_on(collaboration, which, p.coupling)) / (1 + p.coupling)
        if luck.chance(chance, draws.STRUCTURAL, number, month, attempt, 1):
            cause.addressed += 1
            happened.structural += 1

    planned = luck.poisson(effort * (1 - depth), number, month, 2)
    happened.quick = sum(luck.chance(0.3 + 0.7 * coordination, draws.QUICK, number, month, attempt)
                         for attempt in range(planned + turned))

    for which, cause in enumerate(collaboration.causes):
        relapse(world, collaboration, month, which, cause, escalation, means.coverage)
    regenerate(world, collaboration)
    collaboration.symptom *= (1 - p.relief) ** happened.quick


def diagnose(world, collaboration, month, diagnosis, present):
    p, luck, number = world.p, world.luck, collaboration.number
    cause = collaboration.causes[luck.choice(p.causes, draws.DIAGNOSIS, number, month, diagnosis, 0)]
    if cause.diagnosed == p.layers or cause.owners[cause.diagnosed] not in present:
        return
    if cause.diagnosed == cause.addressed or luck.chance(p.foreseeable, draws.DIAGNOSIS, number, month, diagnosis, 1):
        cause.diagnosed += 1


def depended_on(collaboration, which, coupling):
    """How many of the next `coupling` causes are diagnosed at least as deep as this one."""
    causes = collaboration.causes
    return sum(causes[(which + step) % len(causes)].diagnosed >= causes[which].diagnosed
               for step in range(1, coupling + 1))


def relapse(world, collaboration, month, which, cause, escalation, coverage):
    p, luck, number = world.p, world.luck, collaboration.number
    if cause.addressed > 0:
        if cause.addressed < p.layers:
            rate = p.relapse * cause.addressed + p.fragile * escalation + p.block * (1 - coverage)
        else:
            rate = p.fragile * escalation / 2
        if luck.happens(rate, draws.RELAPSE, number, month, which, 0):
            cause.addressed -= 1
    if cause.diagnosed > cause.addressed and luck.happens(p.stale, draws.RELAPSE, number, month, which, 1):
        cause.diagnosed -= 1


def regenerate(world, collaboration):
    solved = collaboration.layers_addressed() / (world.p.causes * world.p.layers)
    collaboration.symptom += world.p.regenerate * ((1 - solved) - collaboration.symptom)


# --- persons

@dataclass
class Change:
    person: object
    leaves: bool
    momentum: float
    frame: list


def person_change(world, collaboration, person, month, share, flows, happened):
    """What an insider becomes, and whether he leaves the seat."""
    p, luck, own = world.p, world.luck, of_person(flows, person)
    gain = p.recover * p.rest + p.win_energy * 2 * phi(happened.wins)
    loss = (p.recover * (1 - p.rest)
            + p.drain_open * mean(flow.tie.open for flow in own)
            + p.drain_process * share * (1 - person.organisation.appreciation)
            + p.patience[person.sector] * p.drain_unseen * (1 - collaboration.visibility)
            + p.sensitivity[person.sector] * p.drain_pressure * collaboration.pressure
            + p.drain_escalation * mean(flow.escalation for flow in own))
    momentum = person.momentum
    if gain + loss > 0:
        momentum += (gain / (gain + loss) - momentum) * phi(gain + loss)
    noise = draws.to_normal(luck.word(draws.PERSON, collaboration.number, month, person.seat, 0))
    momentum = clamp(momentum + noise * p.momentum_noise, 0.01, 1)

    frame = []
    for axis, (y, x) in enumerate(zip(person.frame, person.organisation.position)):
        others = [(flow, flow.tie.j if flow.tie.i is person else flow.tie.i) for flow in own]
        pull = sum(flow.worked_through * (other.frame[axis] - y) for flow, other in others)
        frame.append(y + p.frame_shift * pull + p.constituency * (x - y))

    leaves = luck.happens(p.turnover + p.burnout * (1 - person.momentum) ** 3, draws.PERSON, collaboration.number,
                          month, person.seat, 1)
    return Change(person, leaves, momentum, frame)


def write_persons(world, collaboration, month, changes):
    """Gives the seats their new momentum and frames, and newcomers where persons left. Returns how many left."""
    for change in changes:
        change.person.momentum, change.person.frame = change.momentum, change.frame
        if change.leaves:
            newcomer(world, collaboration, month, change.person)
    return sum(change.leaves for change in changes)


def newcomer(world, collaboration, month, person):
    """A new person takes the seat: part of the trust goes, and open conflict goes back under the table."""
    p = world.p
    noise = world.luck.normals(draws.NEWCOMER, collaboration.number, month, person.seat)
    person.momentum = clamp(0.8 * p.rest, 0.01, 1)
    person.frame = [x + 0.1 * z for x, z in zip(person.organisation.position, noise)]
    for tie in collaboration.ties:
        if tie.i is person or tie.j is person:
            standing = (tie.i.organisation.standing + tie.j.organisation.standing) / 2
            tie.trust = (p.trust_start + p.memory * (tie.trust - p.trust_start)
                         + (1 - p.memory) * p.standing_weight * (standing - p.trust_start))
            tie.latent += tie.open
            tie.open = 0.0


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


# --- funder

def funder(world, collaboration, steering, month, happened):
    """Pressure and budget after this month. Wins are counted from zero after each review date."""
    p = world.p
    pressure, budget = collaboration.pressure, collaboration.budget
    collaboration.quick_since_review += happened.quick
    collaboration.structural_since_review += happened.structural
    if (month + 1) % p.review_months != 0:
        return pressure, budget
    output = ((collaboration.quick_since_review + p.structural_visible * collaboration.structural_since_review)
              / (p.target * p.review_months))
    collaboration.quick_since_review = collaboration.structural_since_review = 0
    if collaboration.formation:
        return pressure, budget
    gap = max(0, 1 - output)
    force = steering.kpi_weight * (1 - world.room)
    return (pressure + 0.7 * (force * gap - pressure),
            clamp(budget * (1 - p.cut * force * gap) + 0.1 * (1 - gap) * (1 - budget), 0.1, 1))


# --- after the end

def ended(world, collaboration, month):
    """A month of a collaboration that has ended: only relapse, staleness and symptoms go on."""
    coverage = len(collaboration.insiders()) / len(collaboration.persons)
    for which, cause in enumerate(collaboration.causes):
        relapse(world, collaboration, month, which, cause, 0.0, coverage)
    regenerate(world, collaboration)


def aftercare_month(world, collaboration, month, latent_at_end):
    """A month after support has stopped: addressed layers relapse with the tension that was left."""
    for which, cause in enumerate(collaboration.causes):
        layers = range(which * world.p.layers, which * world.p.layers + cause.addressed)
        cause.addressed -= sum(world.luck.happens(world.p.unsupported * latent_at_end, draws.AFTERCARE,
                                                  collaboration.number, month, layer) for layer in layers)
    regenerate(world, collaboration)
