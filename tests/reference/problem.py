# SPDX-License-Identifier: GPL-3.0-or-later
"""The problem in a month: diagnoses, attempts, relapse, relevance and symptom, one after the other."""

import draws
from parameters import KNOWLEDGE
from world import mean, phi


def effort(world, collaboration, steering, means, share):
    """Attempts per month."""
    p, force = world.p, world.force(steering)
    wanted = 1 + p.kpi_drive * collaboration.pressure + p.focus * force * min(1, p.target / p.focus_full)
    free = 1 - share * (1 - p.synergy * world.effective_skill(collaboration))
    slowed = 1 + p.inertia * share * (means.insiders - 1) / 9
    carried = 1 - p.freeride * (1 - 1 / means.insiders) * (1 - force)
    return p.attempts * means.momentum * collaboration.budget * wanted * free / slowed * carried


def work_on_problem(world, collaboration, steering, month, means, share, depth, learning, escalation, happened):
    """Writes down what is found, done and lost; counts it in `happened`."""
    p, luck, number = world.p, world.luck, collaboration.number
    coordination = (p.coord_floor + (1 - p.coord_floor) * means.trust) * (1 - means.open)
    attempts = effort(world, collaboration, steering, means, share)
    symptom = collaboration.symptom

    find(world, collaboration, month, p.diagnose * learning, share, attempts, happened)

    turned = 0
    for attempt in range(luck.poisson(attempts * depth, number, month, draws.STRUCTURAL_COUNT)):
        which = luck.choice(p.causes, draws.STRUCTURAL, number, month, attempt, 0)
        cause = collaboration.causes[which]
        if cause.addressed == cause.diagnosed:
            turned += 1
            continue
        chance = p.ease * coordination * (1 + depended_on(collaboration, which, p.coupling)) / (1 + p.coupling)
        if luck.chance(chance, draws.STRUCTURAL, number, month, attempt, 1):
            cause.addressed += 1
            happened.structural += 1

    planned = luck.poisson(attempts * (1 - depth), number, month, draws.QUICK_COUNT)
    for attempt in range(planned + turned):
        if luck.chance(p.quick_floor + (1 - p.quick_floor) * coordination, draws.QUICK, number, month, attempt):
            if luck.chance(p.gaming * collaboration.pressure, draws.PAPER, number, month, attempt):
                happened.paper += 1
            else:
                happened.quick += 1

    for which, cause in enumerate(collaboration.causes):
        relapse(world, collaboration, month, which, cause, escalation, means.coverage)
    collaboration.relevance *= 1 - phi((1 - symptom) / p.visibility_months)
    if happened.wins > 0:
        collaboration.relevance += (1 - collaboration.relevance) * phi(happened.wins)
    regenerate(world, collaboration)
    collaboration.symptom *= (1 - p.relief) ** happened.quick


# --- what is found

def find(world, collaboration, month, by_conflict, share, attempts, happened):
    """Diagnoses from the three sources in turn; each number is a Poisson count of the given mean."""
    p = world.p
    present = {person.sector for person in collaboration.insiders()}
    analysed = collaboration.formation and KNOWLEDGE in present
    sources = (("conflict", by_conflict, draws.CONFLICT_COUNT, draws.DIAGNOSIS, 1),
               ("analysis", p.analysis * share * analysed, draws.ANALYSIS_COUNT, draws.ANALYSIS, p.reach),
               ("doing", p.doing * attempts, draws.DOING_COUNT, draws.DOING, p.reach))
    for source, expected, count, purpose, reach in sources:
        for diagnosis in range(world.luck.poisson(expected, collaboration.number, month, count)):
            happened.found[source] += diagnose(world, collaboration, month, purpose, diagnosis, present, reach)


def diagnose(world, collaboration, month, purpose, diagnosis, present, reach):
    """One look at a cause; is a layer found?"""
    p, luck, number = world.p, world.luck, collaboration.number
    cause = collaboration.causes[luck.choice(p.causes, purpose, number, month, diagnosis, 0)]
    if cause.diagnosed == p.layers or cause.owners[cause.diagnosed] not in present:
        return False
    if cause.diagnosed > cause.addressed and not luck.chance(p.foreseeable, purpose, number, month, diagnosis, 1):
        return False
    if reach < 1 and not luck.chance(reach ** cause.diagnosed, purpose, number, month, diagnosis, 2):
        return False
    cause.diagnosed += 1
    return True


def depended_on(collaboration, which, coupling):
    """How many of the next `coupling` causes are diagnosed at least as deep as this one."""
    causes = collaboration.causes
    return sum(causes[(which + step) % len(causes)].diagnosed >= causes[which].diagnosed
               for step in range(1, coupling + 1))


# --- what is lost

def relapse(world, collaboration, month, which, cause, escalation, coverage):
    p, luck, number = world.p, world.luck, collaboration.number
    if cause.addressed > 0:
        if cause.addressed < p.layers:
            rate = p.relapse * cause.addressed + p.fragile * escalation + p.block * (1 - coverage)
        else:
            rate = p.fragile * escalation / 2
        if luck.happens(rate, draws.RELAPSE, number, month, which, 0):
            cause.addressed -= 1
    go_stale(world, collaboration, month, which, cause)


def go_stale(world, collaboration, month, which, cause):
    if cause.diagnosed > cause.addressed and world.luck.happens(world.p.stale, draws.RELAPSE, collaboration.number,
                                                                month, which, 1):
        cause.diagnosed -= 1


def unsupported_relapse(world, collaboration, month, eta):
    """A month in which nobody works on the problem, or nobody is paid for it: addressed layers relapse with the
    tension that was left and with the absence of those who could block."""
    p, means = world.p, collaboration.means()
    rate = eta * (p.unsupported * means.latent + p.absent * (1 - means.coverage))
    for which, cause in enumerate(collaboration.causes):
        layers = range(which * p.layers, which * p.layers + cause.addressed)
        cause.addressed -= sum(world.luck.happens(rate, draws.AFTERCARE, collaboration.number, month, layer)
                               for layer in layers)


def regenerate(world, collaboration):
    solved = collaboration.layers_addressed() / (world.p.causes * world.p.layers)
    collaboration.symptom += world.p.regenerate * ((1 - solved) - collaboration.symptom)


def solved_share(collaboration, p):
    return mean(cause.addressed == p.layers for cause in collaboration.causes)
