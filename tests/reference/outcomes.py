# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a world through its months and aftercare, and measures it."""

import math
from dataclasses import dataclass, field

import month as rules
from parameters import SECTOR_PAIRS
from problem import solved_share
from world import World, mean

SERIES = ("structural_share", "solved_share", "quick_results", "symptom", "trust", "momentum", "latent", "open",
          "escalations", "turnover", "inclusion", "process_share", "pressure", "budget", "survival", "relevance",
          "skill", "unexplored", "withdrawals", "paper_results")
BY_SECTOR = ("momentum_by_sector", "turnover_by_sector", "withdrawals_by_sector", "inclusion_by_sector")
BY_PAIR = ("trust_by_pair", "open_by_pair", "latent_by_pair", "learning_by_pair")
ALL_SERIES = (*SERIES, *BY_SECTOR, *BY_PAIR)


@dataclass
class Record:
    """What is remembered of one collaboration. A series by sector has a list of four a month, one by pair of ten."""
    series: dict = field(default_factory=lambda: {name: [] for name in ALL_SERIES})
    first_win: int = None  # months count from 1
    first_layer: int = None
    first_cause: int = None
    person_months: int = 0
    found: dict = field(default_factory=lambda: {"conflict": 0, "analysis": 0, "doing": 0})
    learning: dict = field(default_factory=lambda: {pair: 0.0 for pair in SECTOR_PAIRS})


@dataclass
class Run:
    outcomes: dict
    series: dict  # name -> values by month, aftercare included
    closest: list  # by month: the closest call of a random decision, see draws.Luck
    states: list  # by month, if asked for: everything


def run(parameters, phases, seed, replicate, keep_states=False, acts=(), roster=None):
    world = World(parameters, phases, seed, replicate, roster)
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
        happened = rules.live_month(world, month, [act for act in acts if act.month == month + 1])
        for collaboration, record, what in zip(world.collaborations, records, happened):
            remember(collaboration, record, what, month + 1, parameters)
        end_of_month(happened)

    at_end = [end_outcomes(collaboration, record, parameters)
              for collaboration, record in zip(world.collaborations, records)]
    for month in range(parameters.months, parameters.months + parameters.aftercare_months):
        for collaboration in world.collaborations:
            rules.aftercare_month(world, collaboration, month)
        end_of_month([rules.Happened() for _ in world.collaborations])
    for collaboration, outcomes in zip(world.collaborations, at_end):
        after_outcomes(collaboration, outcomes, parameters)

    outcomes = {name: over_collaborations([values[name] for values in at_end], mean_of_defined) for name in at_end[0]}
    series = {name: [over_collaborations(values, mean) for values in zip(*(record.series[name] for record in records))]
              for name in ALL_SERIES}
    return Run(outcomes, series, closest, states)


def remember(collaboration, record, happened, month, p):
    """What the supported months add up to."""
    if happened.wins > 0 and record.first_win is None:
        record.first_win = month
    if collaboration.layers_addressed() > 0 and record.first_layer is None:
        record.first_layer = month
    if solved_share(collaboration, p) > 0 and record.first_cause is None:
        record.first_cause = month
    record.person_months += happened.person_months
    for source, layers in happened.found.items():
        record.found[source] += layers
    for pair, value in happened.learning.items():
        record.learning[pair] += value


def observe(collaboration, record, happened, p):
    """Appends the series after a month."""
    means = collaboration.means()
    values = {
        "structural_share": structural_share(collaboration, p),
        "solved_share": solved_share(collaboration, p),
        "quick_results": happened.quick,
        "symptom": collaboration.symptom,
        "trust": means.trust,
        "momentum": means.momentum,
        "latent": means.latent,
        "open": means.open,
        "escalations": happened.escalations_per_tie,
        "turnover": len(happened.left),
        "inclusion": means.coverage,
        "process_share": happened.process_share,
        "pressure": collaboration.pressure,
        "budget": collaboration.budget,
        "survival": int(collaboration.going),
        "relevance": collaboration.relevance,
        "skill": collaboration.skill,
        "unexplored": mean(tie.unexplored for tie in collaboration.inside_ties()),
        "withdrawals": len(happened.withdrew),
        "paper_results": happened.paper,
        "momentum_by_sector": [mean(momenta) for momenta in momentum_of_sectors(collaboration)],
        "turnover_by_sector": [happened.left.count(sector) for sector in range(4)],
        "withdrawals_by_sector": [happened.withdrew.count(sector) for sector in range(4)],
        "inclusion_by_sector": [mean(seats) for seats in presence_of_sectors(collaboration)],
        "learning_by_pair": [happened.learning.get(pair, 0.0) for pair in SECTOR_PAIRS],
    }
    for name in ("trust", "open", "latent"):
        values[name + "_by_pair"] = [mean(getattr(tie, name) for tie in ties) for ties in ties_of_pairs(collaboration)]
    for name, value in values.items():
        record.series[name].append(value)


def structural_share(collaboration, p):
    return collaboration.layers_addressed() / (p.causes * p.layers)


def momentum_of_sectors(collaboration):
    return [[person.momentum for person in collaboration.insiders() if person.sector == sector] for sector in range(4)]


def presence_of_sectors(collaboration):
    """By sector: for each of its seats, whether it is at the table."""
    return [[int(person.inside) for person in collaboration.persons if person.sector == sector] for sector in range(4)]


def ties_of_pairs(collaboration):
    return [[tie for tie in collaboration.inside_ties() if tie.sectors == pair] for pair in SECTOR_PAIRS]


def missing_where_empty(means, groups):
    """The means of groups, missing where a group is empty."""
    return [value if group else math.nan for value, group in zip(means, groups)]


def end_outcomes(collaboration, record, p):
    """The outcomes after the last supported month; those of aftercare follow in after_outcomes."""
    series = record.series
    addressed = collaboration.layers_addressed()
    never = p.months + 1
    pairs = ties_of_pairs(collaboration)
    return {
        "structural_share": series["structural_share"][-1],
        "solved_share": series["solved_share"][-1],
        "quick_results": sum(series["quick_results"]),
        "first_result_month": record.first_win or never,
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
        "survival": int(collaboration.alive),
        "process_share": mean(series["process_share"]),
        "pressure_mean": mean(series["pressure"]),
        "budget_end": series["budget"][-1],
        "person_months": record.person_months,
        "person_months_per_layer": record.person_months / addressed if addressed > 0 else math.nan,
        "first_layer_month": record.first_layer or never,
        "first_cause_month": record.first_cause or never,
        "withdrawals": sum(series["withdrawals"]),
        "sustained": math.nan,
        "found_by_conflict": record.found["conflict"],
        "found_by_analysis": record.found["analysis"],
        "found_by_doing": record.found["doing"],
        "skill_end": series["skill"][-1],
        "relevance_mean": mean(series["relevance"]),
        "unexplored_end": series["unexplored"][-1],
        "paper_results": sum(series["paper_results"]),
        "momentum_end_by_sector": missing_where_empty(series["momentum_by_sector"][-1],
                                                      momentum_of_sectors(collaboration)),
        "turnover_count_by_sector": sum_by_place(series["turnover_by_sector"]),
        "withdrawals_by_sector": sum_by_place(series["withdrawals_by_sector"]),
        "inclusion_by_sector": missing_where_empty(series["inclusion_by_sector"][-1],
                                                   presence_of_sectors(collaboration)),
        "trust_end_by_pair": missing_where_empty(series["trust_by_pair"][-1], pairs),
        "open_end_by_pair": missing_where_empty(series["open_by_pair"][-1], pairs),
        "latent_end_by_pair": missing_where_empty(series["latent_by_pair"][-1], pairs),
        "learning_by_pair": list(record.learning.values()),
    }


def sum_by_place(rows):
    return [sum(column) for column in zip(*rows)]


def after_outcomes(collaboration, outcomes, p):
    outcomes["symptom_after"] = collaboration.symptom
    outcomes["sustained"] = int(collaboration.going)
    if outcomes["structural_share"] > 0:
        outcomes["durability"] = structural_share(collaboration, p) / outcomes["structural_share"]


def holism(learning):
    """Shannon entropy over the six pairs of different sectors, divided by ln 6."""
    between = [value for (sector, other), value in learning.items() if sector != other]
    total = sum(between)
    if total == 0:
        return 0.0
    shares = [value / total for value in between if value > 0]
    return -sum(share * math.log(share) for share in shares) / math.log(6)


def over_collaborations(values, average):
    """The average over the collaborations of a programme; place by place where there are several numbers."""
    if isinstance(values[0], list):
        return [average(column) for column in zip(*values)]
    return average(values)


def mean_of_defined(values):
    defined = [value for value in values if not math.isnan(value)]
    return sum(defined) / len(defined) if defined else math.nan


def state(world):
    """Everything, as plain lists and numbers."""
    return {
        "organisations": [{"position": organisation.position, "standing": organisation.standing,
                           "appreciation": organisation.appreciation} for organisation in world.organisations],
        "collaborations": [{
            "alive": collaboration.alive, "going": collaboration.going, "formation": collaboration.formation,
            "commitment": collaboration.commitment, "skill": collaboration.skill, "symptom": collaboration.symptom,
            "pressure": collaboration.pressure, "budget": collaboration.budget, "relevance": collaboration.relevance,
            "fatigue": collaboration.fatigue, "wins": collaboration.wins,
            "persons": [{"inside": bool(person.inside), "momentum": person.momentum, "frame": person.frame}
                        for person in collaboration.persons],
            "ties": [{"trust": tie.trust, "latent": tie.latent, "open": tie.open, "unexplored": tie.unexplored}
                     for tie in collaboration.ties],
            "causes": [{"diagnosed": cause.diagnosed, "addressed": cause.addressed}
                       for cause in collaboration.causes],
        } for collaboration in world.collaborations],
    }
