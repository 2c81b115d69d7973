# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a world through its months and aftercare, and measures it."""

import math
from dataclasses import dataclass, field

import month as rules
from world import World, mean

SERIES = ("structural_share", "solved_share", "quick_results", "symptom", "trust", "momentum", "latent", "open",
          "escalations", "turnover", "inclusion", "process_share", "pressure", "budget", "survival")


@dataclass
class Record:
    """What is remembered of one collaboration."""
    series: dict = field(default_factory=lambda: {name: [] for name in SERIES})
    first_win: int = None
    person_months: int = 0
    learning: dict = field(default_factory=dict)


@dataclass
class Run:
    outcomes: dict
    series: dict  # name -> values by month, aftercare included
    closest: list  # by month: the closest call of a random decision, see draws.Luck
    states: list  # by month, if asked for: everything


def run(parameters, phases, seed, replicate, keep_states=False):
    world = World(parameters, phases, seed, replicate)
    records = [Record() for _ in world.collaborations]
    closest, states = [], []

    def end_of_month(happened):
        for collaboration, record, what in zip(world.collaborations, records, happened):
            observe(collaboration, record, what, parameters)
        closest.append(world.luck.closest)
        world.luck.closest = 1.0
        if keep_states:
            states.append(state(world))

    for month in range(parameters.months):
        happened = rules.live_month(world, month)
        for record, what in zip(records, happened):
            remember(record, what, month)
        end_of_month(happened)

    at_end = [end_outcomes(collaboration, record, parameters)
              for collaboration, record in zip(world.collaborations, records)]
    latent_at_end = [collaboration.means().latent for collaboration in world.collaborations]
    for month in range(parameters.months, parameters.months + parameters.aftercare_months):
        for collaboration, latent in zip(world.collaborations, latent_at_end):
            rules.aftercare_month(world, collaboration, month, latent)
        end_of_month([rules.Happened() for _ in world.collaborations])
    for collaboration, outcomes in zip(world.collaborations, at_end):
        after_outcomes(collaboration, outcomes, parameters)

    return Run({name: mean_of_defined([outcomes[name] for outcomes in at_end]) for name in at_end[0]},
               {name: [mean(values) for values in zip(*(record.series[name] for record in records))]
                for name in SERIES},
               closest, states)


def remember(record, happened, month):
    """What the supported months add up to."""
    if happened.wins > 0 and record.first_win is None:
        record.first_win = month
    record.person_months += happened.person_months
    for pair, value in happened.learning.items():
        record.learning[pair] = record.learning.get(pair, 0.0) + value


def observe(collaboration, record, happened, p):
    """Appends the series after a month."""
    means = collaboration.means()
    values = {
        "structural_share": structural_share(collaboration, p),
        "solved_share": mean(cause.addressed == p.layers for cause in collaboration.causes),
        "quick_results": happened.quick,
        "symptom": collaboration.symptom,
        "trust": means.trust,
        "momentum": means.momentum,
        "latent": means.latent,
        "open": means.open,
        "escalations": happened.escalations_per_tie,
        "turnover": happened.left,
        "inclusion": means.coverage,
        "process_share": happened.process_share,
        "pressure": collaboration.pressure,
        "budget": collaboration.budget,
        "survival": int(collaboration.alive),
    }
    for name, value in values.items():
        record.series[name].append(value)


def structural_share(collaboration, p):
    return collaboration.layers_addressed() / (p.causes * p.layers)


def end_outcomes(collaboration, record, p):
    """The outcomes after the last supported month; those of aftercare follow in after_outcomes."""
    series = record.series
    addressed = collaboration.layers_addressed()
    return {
        "structural_share": series["structural_share"][-1],
        "solved_share": series["solved_share"][-1],
        "quick_results": sum(series["quick_results"]),
        "first_result_month": p.months if record.first_win is None else record.first_win,
        "symptom_burden": mean(series["symptom"]),
        "symptom_year3": series["symptom"][35] if p.months >= 36 else math.nan,
        "symptom_after": math.nan,
        "durability": math.nan,
        "trust_end": series["trust"][-1],
        "momentum_end": series["momentum"][-1],
        "latent_end": series["latent"][-1],
        "open_end": series["open"][-1],
        "escalations_per_tie": sum(series["escalations"]),
        "turnover_count": sum(series["turnover"]),
        "inclusion": series["inclusion"][-1],
        "holism": holism(record.learning),
        "survival": series["survival"][-1],
        "process_share": mean(series["process_share"]),
        "pressure_mean": mean(series["pressure"]),
        "budget_end": series["budget"][-1],
        "person_months": record.person_months,
        "person_months_per_layer": record.person_months / addressed if addressed > 0 else math.nan,
    }


def after_outcomes(collaboration, outcomes, p):
    outcomes["symptom_after"] = collaboration.symptom
    if outcomes["structural_share"] > 0:
        outcomes["durability"] = structural_share(collaboration, p) / outcomes["structural_share"]


def holism(learning):
    """Shannon entropy over the six pairs of different sectors, divided by ln 6."""
    total = sum(learning.values())
    if total == 0:
        return 0.0
    shares = [value / total for value in learning.values() if value > 0]
    return -sum(share * math.log(share) for share in shares) / math.log(6)


def mean_of_defined(values):
    defined = [value for value in values if not math.isnan(value)]
    return sum(defined) / len(defined) if defined else math.nan


def state(world):
    """Everything, as plain lists and numbers."""
    return {
        "organisations": [{"position": organisation.position, "standing": organisation.standing,
                           "appreciation": organisation.appreciation} for organisation in world.organisations],
        "collaborations": [{
            "alive": collaboration.alive, "formation": collaboration.formation, "skill": collaboration.skill,
            "symptom": collaboration.symptom, "pressure": collaboration.pressure, "budget": collaboration.budget,
            "visibility": collaboration.visibility, "wins": collaboration.wins,
            "persons": [{"inside": bool(person.inside), "momentum": person.momentum, "frame": person.frame}
                        for person in collaboration.persons],
            "ties": [{"trust": tie.trust, "latent": tie.latent, "open": tie.open} for tie in collaboration.ties],
            "causes": [{"diagnosed": cause.diagnosed, "addressed": cause.addressed}
                       for cause in collaboration.causes],
        } for collaboration in world.collaborations],
    }
