# SPDX-License-Identifier: GPL-3.0-or-later
"""The parameters of the model, the built-in regimes and the theories, with their defaults.

Typed from the description of the model, so that a wrong default in the tables of the program is found; a test compares
the two. Names are the keys of studies; a rule reads a parameter by the last part of its key.
"""

from types import SimpleNamespace

SECTORS = ("public", "private", "nonprofit", "knowledge")
PUBLIC, KNOWLEDGE = 0, 3
SECTOR_PAIRS = [(a, b) for a in range(4) for b in range(a, 4)]  # within included

DEFAULTS = {
    "months": 120,
    "aftercare_months": 36,
    "programme.collaborations": 1,
    "divergence": 1.0,
    "recognition": 0.5,
    "problem.causes": 4,
    "problem.layers": 3,
    "problem.coupling": 2,
    "problem.foreseeable": 0.2,
    "problem.known": 0.25,
    "problem.urgency": 0.7,
    "government.funds": 1,
    "government.sits": 1,
    "government.convenes": 0,
    "funder.room": 0.5,
    "funder.review_months": 12,
    "funder.target": 0.75,
    "convener.skill": 0.5,
    "convener.skill_concentration": 20,
    "convener.sensing": 0.5,
    # tension
    "model.gen_base": 0.01,
    "model.gen_work": 0.10,
    "model.surface": 0.7,
    "model.safety_floor": 0.3,
    "model.bury": 0.2,
    "model.escalate": 0.06,
    "model.escalate_share": 0.6,
    "model.reframe": 1.6,
    "model.frame_shift": 0.9,
    "model.constituency": 0.02,
    "model.latent_start": 0.5,
    # what is understood
    "model.explore": 1,
    "model.renew": 0.005,
    # trust
    "model.trust_start": 0.4,
    "model.trust_concentration": 20,
    "model.trust_through": 0.8,
    "model.trust_win": 0.03,
    "model.trust_open": 0.15,
    "model.trust_escalate": 0.5,
    "model.trust_drift": 0.01,
    # persons
    "model.rest": 0.75,
    "model.rest_concentration": 17,
    "model.momentum_concentration": 20,
    "model.position_spread": 0.4,
    "model.frame_spread": 0.1,
    "model.newcomer": 0.8,
    "model.recover": 0.15,
    "model.win_energy": 0.09,
    "model.drain_open": 0.28,
    "model.drain_process": 0.10,
    "model.drain_pressure": 0.10,
    "model.drain_unseen": 0.075,
    "model.drain_escalation": 0.3,
    "model.momentum_noise": 0.02,
    "model.visibility_months": 9,
    "model.turnover": 0.004,
    "model.burnout": 0.06,
    "model.exit": 0.025,
    "model.memory": 0.4,
    "model.standing_weight": 0.5,
    "model.invite": 0.5,
    "model.mandate": 0.5,
    # problem
    "model.attempts": 2.2,
    "model.ease": 0.6,
    "model.quick_floor": 0.3,
    "model.coord_floor": 0.25,
    "model.kpi_drive": 0.4,
    "model.focus": 0.4,
    "model.focus_full": 0.75,
    "model.gaming": 0.5,
    "model.diagnose": 12,
    "model.analysis": 0.5,
    "model.doing": 0.1,
    "model.reach": 0.6,
    "model.stale": 0.005,
    "model.relapse": 0.002,
    "model.fragile": 0.4,
    "model.block": 0.03,
    "model.regenerate": 0.045,
    "model.relief": 0.065,
    "model.unsupported": 0.03,
    "model.absent": 0.01,
    "model.lapse": 0.01,
    # organisations, convener and funder
    "model.org_learning": 0.02,
    "model.org_shift": 0.01,
    "model.experience": 0.25,
    "model.succession": 0.01,
    "model.structural_visible": 0.5,
    "model.cut": 0.15,
    "model.pressure_speed": 0.7,
    "model.budget_recovery": 0.1,
    "model.budget_floor": 0.1,
    "model.other_funder": 0.5,
    "model.collapse_below": 0.5,
    "model.dual_role": 0.3,
    "model.formation_least": 3,
    "model.contact": 1,
    # rival mechanisms
    "model.imprint": 0,
    "model.saturation": 0,
    "model.settle": 0,
    "model.backfire": 0,
    "model.synergy": 0,
    "model.inertia": 0,
    "model.freeride": 0,
}

# By sector: public, private, nonprofit, knowledge. The key is prefix.SECTOR, or prefix.SECTOR.name in "sectors".
SECTOR_DEFAULTS = {
    "programme.organisations": (0, 0, 0, 0),  # 0: one per seat of one collaboration
    "seats.inside": (3, 3, 2, 2),
    "seats.outside": (1, 1, 1, 1),
    "sectors.collective": (0.8, -0.8, 0.3, 0),
    "sectors.action": (-0.3, 0.5, 0.8, -0.4),
    "sectors.evidence": (0.2, -0.2, 0.3, 0.9),
    "sectors.patience": (1, 1.3, 1, 0.7),
    "sectors.sensitivity": (1.2, 1, 0.8, 0.8),
    "sectors.insight": (1, 1, 1, 1.3),
}

STEERING_DEFAULTS = {
    "front": 0,
    "formation_months": 0,
    "formation_gate": 0,
    "base": 0.30,
    "tension_gain": 0,
    "tension_setpoint": 0.2,
    "momentum_gain": 0,
    "momentum_setpoint": 0.6,
    "backlog_gain": 0,
    "backlog_setpoint": 0.5,
    "depth": 0.5,
    "depth_gain": 0,
    "depth_setpoint": 0.5,
    "kpi_weight": 0.2,
    "swing": 0,
    "swing_months": 0,
}

LINEAR = {"front": 0.6, "formation_months": 12, "formation_gate": 0.05, "base": 0.08}
ITERATIVE = {"tension_gain": 1.0, "momentum_gain": 2.0, "backlog_gain": 0.3}

REGIMES = {
    "linear_kpi": {**LINEAR, "kpi_weight": 0.8},
    "linear_sustained": {**LINEAR, "kpi_weight": 0.8, "base": 0.2},
    "iterative": ITERATIVE,
    "linear": LINEAR,
    "iterative_kpi": {**ITERATIVE, "kpi_weight": 0.8},
    "iterative_deep": {**ITERATIVE, "depth_gain": 0.8},
    "constant": {},
    "alternating": {"swing": 0.3, "swing_months": 24},
    "results_only": {"base": 0},
    "process_only": {"base": 0.95},
}

THEORIES = {
    "mixed": {},
    "dredging": {"analysis": 0, "doing": 0},
    "analysis_first": {"analysis": 1.5, "reach": 1},
    "experimentalism": {"doing": 0.3, "reach": 1},
    "goal_setting": {"focus": 1},
    "storming_first": {"imprint": 0.9},
    "inertia": {"inertia": 3},
    "collective_action": {"freeride": 0.6},
    "old_wounds": {"backfire": 5},
    "time_heals": {"settle": 0.1},
    "hand_in_hand": {"synergy": 0.5},
    "fatigue": {"saturation": 1},
}

# People who meet less dredge less per hour spent: the default of `contact`.
CONTACT_OF_SCALE = {"local": 1, "regional": 1, "national": 0.9, "international": 0.75}


def sector_key(name, sector):
    """The study key of a sector's parameter: seats.inside.public, sectors.public.patience."""
    prefix, last = name.split(".")
    return f"sectors.{sector}.{last}" if prefix == "sectors" else f"{name}.{sector}"


def all_defaults():
    """Every study key with its default."""
    values = dict(DEFAULTS)
    for name, defaults in SECTOR_DEFAULTS.items():
        values.update({sector_key(name, sector): value for sector, value in zip(SECTORS, defaults)})
    return values


def theory_and_scale(theory, scale):
    """What a theory and a scale set, by study key; the study's own settings come after."""
    values = {f"model.{name}": value for name, value in THEORIES[theory].items()}
    if scale is not None:
        values["model.contact"] = CONTACT_OF_SCALE[scale]
    return values


def parameters(changes=None):
    """The parameters as one object: p.gen_work is a number, p.patience a list by sector."""
    values = all_defaults()
    for key, value in (changes or {}).items():
        if key not in values:
            raise ValueError(f"there is no parameter {key}")
        values[key] = value
    p = SimpleNamespace(**{key.split(".")[-1]: values[key] for key in DEFAULTS})
    for name in SECTOR_DEFAULTS:
        setattr(p, name.split(".")[-1], [values[sector_key(name, sector)] for sector in SECTORS])
    p.profile = [list(axes) for axes in zip(p.collective, p.action, p.evidence)]
    return p


def steering(changes=None):
    """A row of steering parameters as one object: s.base, s.depth, .."""
    for key in changes or {}:
        if key not in STEERING_DEFAULTS:
            raise ValueError(f"there is no steering parameter {key}")
    return SimpleNamespace(**{**STEERING_DEFAULTS, **(changes or {})})


def built_in(name):
    """A built-in regime: its one phase, from month 0 on."""
    return [(0, steering(REGIMES[name]))]
