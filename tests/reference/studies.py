# SPDX-License-Identifier: GPL-3.0-or-later
"""The studies on which the program is compared with the reference: small, many, and each of them somewhere else."""

import random

from parameters import CONTACT_OF_SCALE, DEFAULTS, REGIMES, SECTORS, STEERING_DEFAULTS, THEORIES

BOTH = ["linear_kpi", "iterative"]
ALL = list(REGIMES)

# Rates at the edge of what makes sense; the key is the last part of model.KEY.
EXTREME = {
    "gen_base": (0, 2), "gen_work": (0, 5), "surface": (0, 10), "safety_floor": (0, 1), "bury": (0, 5),
    "escalate": (0, 3), "escalate_share": (0, 1), "reframe": (0, 10), "frame_shift": (0, 1), "constituency": (0, 1),
    "latent_start": (0, 1), "explore": (0, 10), "renew": (0, 10), "trust_start": (0, 1),
    "trust_concentration": (0, 100000), "trust_through": (0, 10), "trust_win": (0, 1), "trust_open": (0, 5),
    "trust_escalate": (0, 1), "trust_drift": (0, 0.8), "rest": (0.01, 0.99), "rest_concentration": (0, 1000),
    "momentum_concentration": (0, 1000), "position_spread": (0, 2), "frame_spread": (0, 1), "newcomer": (0, 1),
    "recover": (0, 5), "win_energy": (0, 3), "drain_open": (0, 5), "drain_process": (0, 3), "drain_pressure": (0, 5),
    "drain_unseen": (0, 3), "drain_escalation": (0, 8), "momentum_noise": (0, 0.3), "visibility_months": (1, 500),
    "turnover": (0, 0.5), "burnout": (0, 5), "exit": (0, 10), "memory": (0, 1), "standing_weight": (0, 1),
    "invite": (0, 10), "attempts": (0, 60), "ease": (0, 1), "quick_floor": (0, 1), "coord_floor": (0, 1),
    "kpi_drive": (0, 8), "focus": (0, 10), "gaming": (0, 1), "diagnose": (0, 900), "analysis": (0, 10),
    "doing": (0, 10), "reach": (0, 1), "stale": (0, 0.5), "relapse": (0, 0.2), "fragile": (0, 10), "block": (0, 1), "regenerate": (0, 1),
    "relief": (0, 1), "unsupported": (0, 3), "absent": (0, 10), "lapse": (0, 10), "org_learning": (0, 1),
    "org_shift": (0, 1), "experience": (0, 10), "succession": (0, 1), "structural_visible": (0, 10), "cut": (0, 1),
    "pressure_speed": (0, 1), "budget_recovery": (0, 1), "budget_floor": (0, 1), "collapse_below": (0, 1),
    "formation_least": (1, 12), "contact": (0, 1), "imprint": (0.5, 1), "saturation": (1, 10), "settle": (0.1, 10),
    "backfire": (1, 10), "synergy": (0.5, 1), "inertia": (1, 10), "freeride": (0.5, 1),
}


def seats(inside, outside):
    return {"inside": dict(zip(SECTORS, inside)), "outside": dict(zip(SECTORS, outside))}


def named():
    """Studies of one theme each."""
    steered = [
        {"name": "wiser", "like": "iterative", "base": 0.25, "kpi_weight": 0.5},
        {"name": "switch_24", "phases": [{"from": 0, "like": "linear_kpi"}, {"from": 24, "like": "iterative"}]},
        {"name": "there_and_back", "phases": [{"from": 0, "like": "iterative"}, {"from": 5, "like": "results_only"},
                                              {"from": 36, "like": "alternating"}, {"from": 37, "like": "linear"}]},
        {"name": "half_way", "mix": {"linear_kpi": 0.5, "iterative": 0.5}},
        {"name": "mostly", "mix": {"linear_kpi": 0.25, "iterative": 0.5, "alternating": 0.25}},
        {"name": "swinging", "base": 0.5, "swing": 0.5, "swing_months": 7},
        {"name": "long_formation", "like": "linear_kpi", "formation_months": 40, "formation_gate": 0.15},
        {"name": "no_gate", "like": "linear_kpi", "formation_months": 20, "formation_gate": 0},
        {"name": "all_depth", "like": "iterative", "depth": 1, "depth_gain": 3, "depth_setpoint": 0.7},
        {"name": "by_backlog", "like": "constant", "backlog_gain": 1, "backlog_setpoint": 0.25},
        {"name": "front_for_no_time", "like": "constant", "front": 0.6},
        {"name": "time_for_no_front", "like": "constant", "formation_months": 12},
        {"name": "against", "like": "iterative", "tension_gain": -2, "momentum_gain": -1},
    ]
    studies = {
        "default": {"regimes": ALL},
        "steered": {"regimes": steered},
        "no_aftercare": {"aftercare_months": 0, "regimes": BOTH},
        "long_aftercare": {"months": 24, "aftercare_months": 120, "regimes": BOTH},
        "one_month": {"months": 1, "regimes": ["iterative", "constant", "process_only"]},
        "thirty_five_months": {"months": 35, "regimes": BOTH},
        "thirty_six_months": {"months": 36, "regimes": BOTH},
        "two_seats": {"seats": seats((1, 1, 0, 0), (0, 0, 0, 0)), "regimes": ALL},
        "two_knowing_seats": {"seats": seats((0, 0, 0, 2), (1, 1, 0, 0)), "regimes": BOTH},
        "one_sector": {"seats": seats((0, 5, 0, 0), (0, 2, 0, 0)), "regimes": BOTH},
        "many_seats": {"seats": seats((5, 6, 5, 4), (2, 3, 1, 2)), "months": 48, "regimes": BOTH},
        "mostly_outside": {"seats": seats((1, 1, 0, 0), (2, 2, 4, 4)), "regimes": BOTH},
        "coupling_0": {"problem": {"coupling": 0}, "regimes": BOTH},
        "one_layer": {"problem": {"layers": 1}, "regimes": BOTH},
        "one_cause": {"problem": {"causes": 1, "coupling": 0}, "regimes": BOTH},
        "one_cause_one_layer": {"problem": {"causes": 1, "layers": 1, "coupling": 0}, "regimes": BOTH},
        "many_causes": {"problem": {"causes": 30, "layers": 6, "coupling": 10}, "regimes": BOTH},
        "recognised": {"recognition": 0.9, "regimes": BOTH},
        "deep": {"problem": {"causes": 3, "layers": 20, "foreseeable": 1, "known": 1}, "regimes": BOTH},
        "fragile_solutions": {"problem": {"layers": 1, "known": 1, "coupling": 0}, "divergence": 2,
                              "model": {"fragile": 10, "escalate": 3, "coord_floor": 1}, "regimes": ALL},
        "simple": {"problem": {"layers": 1, "coupling": 0, "known": 1}, "divergence": 0.25, "regimes": BOTH},
        "no_divergence": {"divergence": 0, "regimes": BOTH},
        "high_conflict": {"divergence": 3, "model": {"gen_work": 1, "escalate": 0.4}, "regimes": ALL},
        "high_turnover": {"model": {"turnover": 0.15, "burnout": 0.5}, "regimes": ALL},
        "collapsing": {"model": {"rest": 0.5, "collapse_below": 0.6, "drain_unseen": 0.3}, "regimes": ALL},
        "lapsing": {"months": 36, "aftercare_months": 120, "model": {"lapse": 0.05, "collapse_below": 0},
                    "regimes": ALL},
        "withdrawing": {"model": {"exit": 0.5, "visibility_months": 1, "collapse_below": 0, "invite": 3},
                        "regimes": ALL},
        "withdrawing_from_three": {"seats": seats((1, 1, 1, 0), (0, 0, 0, 1)), "model": {"exit": 10,
                                   "visibility_months": 1, "attempts": 0.2}, "regimes": BOTH},
        "gamed": {"funder": {"room": 0, "target": 3}, "model": {"gaming": 1}, "regimes": ALL},
        "easy_target": {"funder": {"target": 0.2}, "model": {"focus": 2, "focus_full": 1.5}, "regimes": BOTH},
        "succeeding": {"model": {"succession": 0.3}, "convener": {"skill_concentration": 2}, "regimes": BOTH},
        "rivals": {"model": {"imprint": 0.3, "saturation": 0.5, "settle": 0.02, "backfire": 1, "synergy": 0.2,
                             "inertia": 0.5, "freeride": 0.3}, "regimes": ALL},
        "collapse_at_once": {"model": {"rest": 0.05, "collapse_below": 1}, "regimes": BOTH},
        "pressed": {"funder": {"room": 0, "target": 4, "review_months": 3}, "regimes": ALL},
        "reviewed_monthly": {"funder": {"review_months": 1}, "regimes": BOTH},
        "fixed_skill": {"convener": {"skill": 0.8, "skill_concentration": 0}, "regimes": BOTH},
        "no_skill": {"convener": {"skill": 0, "sensing": 0}, "regimes": BOTH},
        "little_skill": {"convener": {"skill": 0.003}, "regimes": BOTH},
        "alike_skill": {"convener": {"skill_concentration": 20000}, "regimes": BOTH},
        "extreme_skill": {"convener": {"skill_concentration": 0.1}, "regimes": BOTH},
        "full_skill": {"convener": {"skill": 1, "sensing": 1}, "regimes": BOTH},
        "other_profiles": {"sectors": {"private": {"patience": 2, "collective": -1.5, "insight": 0},
                                       "public": {"sensitivity": 3, "evidence": 1}}, "regimes": BOTH},
        "big_seed": {"seed": 2**63 + 12345678901, "regimes": BOTH},
        "open_at_the_gate": {"model": {"escalate": 0}, "months": 36,
                             "convener": {"sensing": 0},
                             "regimes": [{"name": "at_gate", "base": 0.3, "front": 0.01, "formation_months": 24,
                                          "formation_gate": 0}]},
    }
    studies.update(events())
    studies.update(members())
    for theory in THEORIES:
        studies[f"theory_{theory}"] = {"theory": theory, "regimes": ALL}
    for scale in CONTACT_OF_SCALE:
        studies[f"scale_{scale}"] = {"scale": scale, "regimes": BOTH}
    studies["theory_and_more"] = {"theory": "inertia", "scale": "international",
                                  "model": {"inertia": 1, "contact": 0.5}, "regimes": BOTH}
    for funds in (False, True):
        for sits in (False, True):
            for convenes in (False, True):
                studies[f"government_{funds:d}{sits:d}{convenes:d}"] = {
                    "government": {"funds": funds, "sits": sits, "convenes": convenes}, "regimes": BOTH}
    for funds in (False, True):
        for weight in (0, 1):
            studies[f"roles_{funds:d}_{weight}"] = {
                "government": {"funds": funds, "convenes": True}, "regimes": BOTH,
                "model": {"other_funder": weight, "mandate": 3 * weight, "dual_role": weight}}
    programme = {"public": 9, "private": 8, "nonprofit": 5, "knowledge": 4}
    studies["programme_2"] = {"programme": {"collaborations": 2}, "months": 60, "regimes": BOTH}
    studies["programme_12"] = {"programme": {"collaborations": 12, "organisations": programme}, "months": 60,
                               "regimes": BOTH}
    studies["programme_12_collapsing"] = {"programme": {"collaborations": 12, "organisations": programme},
                                          "months": 60, "model": {"rest": 0.5, "collapse_below": 0.6},
                                          "government": {"sits": False}, "regimes": BOTH}
    studies["programme_40_wide"] = {
        "programme": {"collaborations": 40, "organisations": dict(zip(SECTORS, (80, 70, 60, 50)))}, "months": 12,
        "aftercare_months": 3, "model": {"org_learning": 0.5, "org_shift": 0.3}, "regimes": ["iterative"]}
    return studies


def events():
    """What the world does, alone and together; names are left out where nothing needs them."""
    cuts = {"month": 12, "set": {"funder.target": 2, "funder.room": 0.1}}
    scandal = {"month": 20, "shock": {"trust": -0.25, "momentum": -0.2, "latent": 0.2, "open": 0.1, "pressure": 0.3,
                                      "budget": -0.9, "relevance": -0.3, "symptom": 0.2}}
    election = {"month": 24, "replace": {"sector": "public", "share": 0.5}}
    newcomers = {"month": 30, "join": {"sector": "private", "seats": 2}}
    retires = {"month": 36, "convener": {"skill": 0.1}}
    every = [cuts, scandal, election, newcomers, retires]
    crowded = [{"month": 6, "set": {"sectors.public.sensitivity": 3, "sectors.private.insight": 2,
                                    "convener.skill": 0.9, "model.succession": 0.1, "model.budget_floor": 0.3},
                "shock": {"budget": -0.9, "open": 0.9}, "replace": {"sector": "private", "share": 1},
                "join": {"sector": "public", "seats": 1}},
               {"month": 6, "replace": {"sector": "private", "share": 0.5}, "join": {"sector": "public", "seats": 1},
                "shock": {"latent": 1}},
               {"month": 6, "set": {"government.convenes": True, "convener.skill": 0.2}},
               {"month": 1, "shock": {"trust": 0.5, "symptom": -0.7}, "convener": {"skill": 1}},
               {"month": 48, "set": {"model.lapse": 1, "model.regenerate": 0.5}}]
    studies = {f"event_{kind}": {"months": 48, "regimes": BOTH, "events": [event]} for kind, event in
               zip(("set", "shock", "replace", "join", "convener"), every)}
    studies["events"] = {"months": 48, "regimes": ALL, "events": every[::-1]}
    studies["events_crowded"] = {"months": 48, "regimes": BOTH, "events": crowded,
                                 "seats": seats((2, 3, 1, 1), (3, 1, 1, 1))}
    studies["events_of_what_ended"] = {"months": 48, "regimes": BOTH, "events": every,
                                       "model": {"rest": 0.3, "collapse_below": 0.6}}
    studies["events_in_a_programme"] = {"months": 48, "regimes": BOTH, "events": every + crowded,
                                        "programme": {"collaborations": 5}}
    return studies


MEMBERS = """name,organisation,sector,inside,momentum,collective,action,evidence
An,Town,public,true,0.7,0.9,-0.4,0.1
Zorg,,private,false,0.5,,,
Bo,Town,public,true,0.6,0.1,,
Cas,Care,private,,0.005,-0.4,0.6,-0.1
Dee,Care,private,true,,,,
Eva,Union,nonprofit,true,0.8,0.6,0.8,-0.2
Fay,,nonprofit,true,,,,
Gus,School,knowledge,true,1,,,0.9
Hal,Town,public,false,,,,
"""
TIES = """# scale 1 5
from,to,trust,latent
An,Bo,4.5,1
Bo,An,4,1
An,Cas,2,4
Cas,An,3,
Eva,Fay,5,1
Zorg,Hal,1,3
Gus,Dee,3,
"""


def members():
    """Named members with and without answers; answers on two scales, some of them too few to say how they spread."""
    base = {"months": 36, "regimes": BOTH, "members": MEMBERS}
    few = "from,to,trust\nAn,Bo,0.8\nBo,Cas,0.8\nAn,Gus,0.8\n"
    return {"members": base, "members_asked": {**base, "ties": TIES, "divergence": 0.7},
            "members_asked_little": {**base, "ties": few, "model": {"trust_concentration": 3, "org_learning": 0.3}},
            "members_and_events": {**base, "ties": TIES, "model": {"org_learning": 0.5, "org_shift": 0.3,
                                                                   "turnover": 0.1},
                                   "events": [{"month": 8, "replace": {"sector": "public", "share": 0.7},
                                               "set": {"sectors.public.patience": 2}},
                                              {"month": 9, "join": {"sector": "private", "seats": 1}}]}}


def extremes():
    """Each rate of the model, one at a time, at both edges."""
    return {f"{key}_{value}": {"months": 48, "aftercare_months": 12, "model": {key: value}, "regimes": BOTH}
            for key, edges in EXTREME.items() for value in edges}


def profile(chooser):
    """A sector with a character of its own."""
    return {**{axis: round(chooser.uniform(-1, 1), 3) for axis in ("collective", "action", "evidence")},
            **{weight: round(2 * chooser.random(), 3) for weight in ("patience", "sensitivity", "insight")}}


def mixed(number):
    """A study with most things changed at once."""
    chooser = random.Random(number)
    share = lambda: round(chooser.random(), 3)
    rates = {key.split(".")[1]: round(default * 3 ** chooser.uniform(-1, 1), 5)
             for key, default in DEFAULTS.items() if key.startswith("model.") and chooser.random() < 0.7}
    for key in ("rest", "trust_start", "memory", "escalate_share", "standing_weight", "trust_escalate", "frame_shift",
                "latent_start", "newcomer", "ease", "quick_floor", "gaming", "reach", "pressure_speed", "other_funder",
                "contact"):
        rates[key] = min(rates.get(key, 0.5), 0.95)
    rates["collapse_below"] = round(chooser.uniform(0.1, 0.5), 3)
    rates["formation_least"] = chooser.randint(1, 6)
    for key, most in (("imprint", 1), ("saturation", 3), ("settle", 0.2), ("backfire", 5), ("synergy", 1),
                      ("inertia", 3), ("freeride", 1)):
        if chooser.random() < 0.4:
            rates[key] = round(most * chooser.random(), 3)
    steering = {key: share() for key in ("front", "base", "depth", "kpi_weight", "momentum_setpoint",
                                         "tension_setpoint", "backlog_setpoint", "depth_setpoint", "swing")}
    steering.update({"formation_months": chooser.randint(0, 20), "formation_gate": round(chooser.random() / 5, 3),
                     "tension_gain": round(chooser.uniform(-2, 2), 3), "depth_gain": round(chooser.uniform(-2, 2), 3),
                     "momentum_gain": round(chooser.uniform(-2, 2), 3),
                     "backlog_gain": round(chooser.uniform(-1, 1), 3), "swing_months": chooser.randint(0, 15)})
    assert set(steering) <= set(STEERING_DEFAULTS)
    late = {"name": "late", "phases": [{"from": 0, "like": "drawn"}, {"from": chooser.randint(1, 40),
                                                                     "like": chooser.choice(ALL)}]}
    return {
        "seed": chooser.getrandbits(60), "months": 60, "aftercare_months": 12,
        "theory": chooser.choice(list(THEORIES)), "scale": chooser.choice(list(CONTACT_OF_SCALE)), "divergence": 2 * share(),
        "recognition": share(), "model": rates,
        "sectors": {sector: profile(chooser) for sector in SECTORS},
        "seats": seats([chooser.randint(1, 4) for _ in SECTORS], [chooser.randint(0, 2) for _ in SECTORS]),
        "problem": {"causes": chooser.randint(4, 9), "layers": chooser.randint(1, 5),
                    "coupling": chooser.randint(0, 3), "foreseeable": share(), "known": share(), "urgency": share()},
        "government": {key: chooser.random() < 0.5 for key in ("funds", "sits", "convenes")},
        "funder": {"room": share(), "review_months": chooser.randint(1, 18), "target": 0.05 + share()},
        "convener": {"skill": share(), "skill_concentration": chooser.choice([0, 2, 20, 500]), "sensing": share()},
        "programme": {"collaborations": chooser.choice([1, 1, 1, 3])},
        "regimes": [{"name": "drawn", **steering}, late],
    }


def all_studies():
    studies = {**named(), **extremes(), **{f"mixed_{number}": mixed(number) for number in range(40)}}
    return {name: {"title": name, "seed": 20220101, **study} for name, study in studies.items()}
