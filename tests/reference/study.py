# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a study: one YAML file with parameters and regimes. Designs are not followed: there is one design point."""

from dataclasses import dataclass, field

import yaml

from events import read_events
from members import read_roster
from parameters import REGIMES, SECTORS, STEERING_DEFAULTS, all_defaults, built_in, parameters, steering, theory_and_scale

ABOUT_THE_RUN = ("title", "question", "scale", "theory", "seed", "replicates", "regimes", "events", "design",
                 "output", "members", "ties")
DEFAULT_REGIMES = ["linear_kpi", "iterative"]
DEFAULT_SEED = 1


@dataclass
class Study:
    parameters: object
    seed: int
    regimes: dict = field(default_factory=dict)  # name -> [(from month, steering), ..]
    roster: object = None  # who sits, where members are named
    acts: list = field(default_factory=list)  # what the events do, in their order


def flatten(tree, prefix=""):
    """{"seats": {"inside": {"public": 3}}} as {"seats.inside.public": 3}."""
    flat = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat.update(flatten(value, f"{prefix}{key}."))
        else:
            flat[prefix + key] = value
    return flat


def read_parameters(tree):
    defaults = all_defaults()
    flat = flatten({key: value for key, value in tree.items() if key not in ABOUT_THE_RUN})
    unknown = set(flat) - set(defaults)
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")
    return parameters({**theory_and_scale(tree.get("theory", "mixed"), tree.get("scale")),
                       **{key: number(value) for key, value in flat.items()}})


def number(value):
    """Counts stay whole, flags become 0 or 1."""
    return int(float(value)) if float(value).is_integer() else float(value)


def read_regimes(entries):
    regimes = {}
    for entry in entries:
        if isinstance(entry, str):
            regimes[entry] = built_in(entry)
        else:
            regimes[entry["name"]] = read_regime(entry, regimes)
    return regimes


def find(name, regimes):
    """The phases of a regime of this study or of a built-in one."""
    if name in regimes:
        return regimes[name]
    if name in REGIMES:
        return built_in(name)
    raise ValueError(f"there is no regime {name}")


def read_regime(entry, regimes):
    """The phases of {name: .., like: .., base: .., phases: [..]} or {name: .., mix: {.. : weight}}."""
    phases = start_phases(entry, regimes)
    own = {key: float(value) for key, value in entry.items() if key in STEERING_DEFAULTS}
    known = {"name", "like", "mix", "phases", "from", *STEERING_DEFAULTS}
    if set(entry) - known:
        raise ValueError(f"unknown keys of a regime: {', '.join(sorted(set(entry) - known))}")
    phases = [(start, steering({**vars(row), **own})) for start, row in phases]
    for phase in entry.get("phases", []):
        start = int(phase["from"])
        row = read_regime(phase, regimes)[0][1]
        phases = [earlier for earlier in phases if earlier[0] < start] + [(start, row)]
    return phases


def start_phases(entry, regimes):
    if "mix" in entry:
        parts = [(float(weight), find(name, regimes)[0][1]) for name, weight in entry["mix"].items()]
        mixed = {key: sum(weight * getattr(part, key) for weight, part in parts) for key in STEERING_DEFAULTS}
        return [(0, steering(mixed))]
    if "like" in entry:
        return find(entry["like"], regimes)
    return [(0, steering())]


def read_study(path):
    with open(path, encoding="utf-8") as file:
        tree = yaml.safe_load(file) or {}
    roster = read_roster(tree.get("members"), tree.get("ties"))
    if roster is not None:
        tree["seats"] = {place: {sector: sum(member.sector == which and member.inside == inside
                                             for member in roster.members)
                                 for which, sector in enumerate(SECTORS)}
                         for place, inside in (("inside", True), ("outside", False))}
    return Study(read_parameters(tree), int(tree.get("seed", DEFAULT_SEED)),
                 read_regimes(tree.get("regimes", DEFAULT_REGIMES)), roster, read_events(tree.get("events", [])))
