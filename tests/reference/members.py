# SPDX-License-Identifier: GPL-3.0-or-later
"""Who really sits, and what they answered: tables whose lines stand in the study itself, comma between the cells."""

import csv
from dataclasses import dataclass
from statistics import fmean, variance

from parameters import SECTORS

AXES = ("collective", "action", "evidence")


@dataclass
class Member:
    name: str
    organisation: str
    sector: int
    inside: bool
    momentum: float  # None where it was not given, like the axes
    position: list


@dataclass
class Answers:
    """What is known of ties: by pair of names, with the Beta distribution that fits."""
    ties: dict
    mean: float
    concentration: float  # None: too few to say


@dataclass
class Roster:
    members: list
    trust: Answers = None
    latent: Answers = None


def read_roster(members, ties):
    if members is None:
        return None
    rows = list(csv.DictReader(members.splitlines()))
    own = [Member(row["name"], row.get("organisation") or row["name"], SECTORS.index(row["sector"]),
                  row.get("inside", "true") in ("", "true"), number(row.get("momentum")),
                  [number(row.get(axis)) for axis in AXES]) for row in rows]
    own.sort(key=lambda member: (not member.inside, member.sector))
    roster = Roster(own)
    if ties is not None:
        lines = ties.splitlines()
        low, high = (float(end) for end in lines[0].split()[2:]) if lines[0].startswith("#") else (0, 1)
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
        roster.trust = answers(rows, "trust", low, high)
        roster.latent = answers(rows, "latent", low, high)
    return roster


def number(text):
    return float(text) if text else None


def answers(rows, column, low, high):
    given = {}
    for row in rows:
        if row.get(column):
            given.setdefault(frozenset((row["from"], row["to"])), []).append((float(row[column]) - low) / (high - low))
    if not given:
        return None
    ties = {pair: fmean(values) for pair, values in given.items()}
    mean, concentration = fmean(ties.values()), None
    if len(ties) >= 3 and variance(ties.values()) > 1e-12:
        concentration = min(max(mean * (1 - mean) / variance(ties.values()) - 1, 0.1), 100000)
    return Answers(ties, mean, concentration)
