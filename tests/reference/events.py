# SPDX-License-Identifier: GPL-3.0-or-later
"""What the world does to collaborations at the start of a month: events, each of one act or several."""

from copy import copy
from dataclasses import dataclass

import draws
from draws import to_normal
from parameters import DEFAULTS, SECTOR_DEFAULTS, SECTORS
from persons import take_seat
from world import clamp

SHOCKS = ("trust", "momentum", "latent", "open", "pressure", "budget", "relevance", "symptom")
SEATS = 512  # room for the seats of one act among the draws of a month


@dataclass
class Act:
    month: int  # counted from 1
    kind: str
    what: object
    value: float


def read_events(entries):
    """The acts of all events in the order of the study: set, shock, replace, join, convener within one event."""
    acts = []
    for entry in entries:
        month, shock = entry["month"], entry.get("shock", {})
        acts += [Act(month, "set", key, value) for key, value in entry.get("set", {}).items()]
        acts += [Act(month, "shock", state, shock[state]) for state in SHOCKS if state in shock]
        if "replace" in entry:
            acts.append(Act(month, "replace", SECTORS.index(entry["replace"]["sector"]), entry["replace"]["share"]))
        if "join" in entry:
            acts.append(Act(month, "join", SECTORS.index(entry["join"]["sector"]), entry["join"]["seats"]))
        if "convener" in entry:
            acts.append(Act(month, "convener", None, entry["convener"]["skill"]))
    return acts


def changed(p, key, value):
    """The parameters with one of them set."""
    p = copy(p)
    if key in DEFAULTS:
        setattr(p, key.split(".")[-1], int(value) if isinstance(value, bool) else value)
        return p
    section, sector, name = key.split(".")
    assert f"{section}.{name}" in SECTOR_DEFAULTS
    own = list(getattr(p, name))
    own[SECTORS.index(sector)] = value
    setattr(p, name, own)
    return p


def let_happen(world, month, acts):
    """All acts of the month, in their order. Returns the sectors of those who made place, by collaboration."""
    for act in acts:
        if act.kind == "set":
            world.let_hold(changed(world.p, act.what, act.value))
    replaced = [[] for _ in world.collaborations]
    for collaboration, made_place in zip(world.collaborations, replaced):
        before = {"replace": 0, "join": 0}
        for act in acts:
            if act.kind == "shock":
                shock(world, collaboration, act.what, act.value)
            elif act.kind == "replace" and collaboration.alive:
                made_place += replace(world, collaboration, month, before["replace"], act)
            elif act.kind == "join" and collaboration.alive:
                join(world, collaboration, month, before["join"], act)
            elif act.kind == "convener" and collaboration.alive:
                collaboration.skill = act.value
            if act.kind in before:
                before[act.kind] += 1
    return replaced


def shock(world, collaboration, what, change):
    """What has ended stays as it is, but for the symptom."""
    if what == "symptom":
        collaboration.symptom = clamp(collaboration.symptom + change, 0, 1)
    elif not collaboration.alive:
        return
    elif what == "momentum":
        for person in collaboration.insiders():
            person.momentum = clamp(person.momentum + change, 0.01, 1)
    elif what in ("trust", "latent", "open"):
        for tie in collaboration.inside_ties():
            room = {"trust": 1, "latent": 1 - tie.open, "open": 1 - tie.latent}[what]
            setattr(tie, what, clamp(getattr(tie, what) + change, 0, room))
    else:
        low = world.p.budget_floor if what == "budget" else 0
        setattr(collaboration, what, clamp(getattr(collaboration, what) + change, low, 1))


def replace(world, collaboration, month, order, act):
    """Each insider of the sector makes place with this probability."""
    gone = []
    for person in collaboration.insiders():
        item = order * SEATS + person.seat
        if person.sector == act.what and world.luck.chance(act.value, draws.REPLACEMENT, collaboration.number, month,
                                                           item, 3):
            noise = [to_normal(world.luck.word(draws.REPLACEMENT, collaboration.number, month, item, axis))
                     for axis in range(3)]
            take_seat(world, collaboration, person, noise)
            gone.append(person.sector)
    return gone


def join(world, collaboration, month, order, act):
    """Those outsiders of the sector come whose numbers are lowest."""
    outside = [person for person in collaboration.persons if not person.inside and person.sector == act.what]
    outside.sort(key=lambda person: world.luck.word(draws.JOINING, collaboration.number, month,
                                                    order * SEATS + person.seat, 0))
    for person in outside[:act.value]:
        person.inside = True
