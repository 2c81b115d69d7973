# SPDX-License-Identifier: GPL-3.0-or-later
"""Random studies that grow: each is run, extended, and run from scratch; both files must have the same content."""
import copy
import json
import os
import random
import signal
import subprocess
import sys
import time

DREDGE = os.environ["DREDGE"]
os.environ.setdefault("OMP_WAIT_POLICY", "passive") # many short runs, also beside other tests
REGIMES = ["linear_kpi", "iterative", "constant", {"name": "wiser", "like": "iterative", "base": 0.3},
           {"name": "switch", "phases": [{"from": 0, "like": "linear_kpi"}, {"from": 14, "like": "iterative"}]},
           {"name": "half", "mix": {"linear_kpi": 0.5, "iterative": 0.5}}]


def check(truth, what):
    if not truth:
        sys.exit(f"FAILED: {what}")


def dredge(*words, status=0):
    run = subprocess.run([DREDGE, *words], capture_output=True, text=True, check=False)
    check(run.returncode == status, f"dredge {' '.join(map(str, words))}: exit {run.returncode}, not {status}: {run.stderr}")
    return run.stdout if status == 0 else run.stderr


def write(folder, name, study):
    path = folder / f"{name}.yaml"
    path.write_text(json.dumps(study)) # JSON is YAML
    return path


def random_design(dice):
    spans = {"funder.target": {"low": 0.3, "high": 2}, "convener.skill": {"beta": [2, 2]},
             "model.diagnose": {"low": 6, "high": 24, "scale": "log"}, "theory": ["mixed", "dredging"]}
    factors = {key: spans[key] for key in dice.sample(sorted(spans), dice.randint(1, 3))}
    method = dice.choice(["none", "grid", "list", "latin_hypercube", "sobol", "morris", "saltelli"])
    if method == "none":
        return None
    if method in ("grid", "list"):
        values = {"funder.target": [0.5, 1.5], "convener.skill": [0.2, 0.6], "theory": ["mixed", "dredging"],
                  "model.diagnose": [8, 20]}
        return {"method": method, "factors": {key: values[key] for key in factors}}
    if method in ("morris", "saltelli") and "theory" in factors:
        del factors["theory"]
        factors["convener.skill"] = spans["convener.skill"]
    size = {"latin_hypercube": {"points": dice.choice([2, 3, 4])}, "sobol": {"points": dice.choice([2, 4, 5])},
            "morris": {"trajectories": 2}, "saltelli": {"bases": 2}}[method]
    return {"method": method, "seed": dice.randint(1, 99), "factors": factors, **size}


def grow_design(dice, design):
    grown = copy.deepcopy(design)
    method = design["method"]
    if method == "latin_hypercube":
        grown["points"] *= dice.choice([2, 4])
    elif method == "sobol":
        grown["points"] += dice.randint(1, 6)
    elif method == "morris":
        grown["trajectories"] += dice.randint(1, 2)
    elif method == "saltelli":
        grown["bases"] *= 2
    elif method == "posterior":
        grown["points"] += dice.randint(1, 6)
    else:
        more = {"funder.target": 0.9, "convener.skill": 0.4, "theory": "inertia", "model.diagnose": 12,
                "events.cuts.month": 9}
        for key in grown["factors"] if method == "list" else [dice.choice(sorted(grown["factors"]))]:
            grown["factors"][key].insert(2 if method == "list" else dice.randint(0, 2), more[key])
    return grown


def random_study(dice):
    study = {"title": "Grows", "months": dice.choice([18, 30]), "aftercare_months": dice.choice([0, 6]),
             "seed": dice.randint(1, 10**6), "replicates": dice.choice([2, 5, 17, 33]),
             "model": {"formation_months": 3} if dice.random() < 0.3 else {},
             "regimes": ["linear_kpi"] + dice.sample(REGIMES[1:], dice.randint(1, 2)),
             "output": {"trajectories": dice.choice(["summary", "runs", "none"]), "every": dice.choice([1, 5]),
                        "by_sector": dice.random() < 0.3}}
    if dice.random() < 0.2:
        study["programme"] = {"collaborations": 3, "organisations": {"public": 4, "private": 5, "nonprofit": 4, "knowledge": 3}}
    if dice.random() < 0.3:
        study["replicates"] = {"min": 10, "max": 60, "until": {"outcome": "trust_end", "half_width": 0.03}}
    del study["model"]
    if dice.random() < 0.3:
        study["events"] = [{"month": 10, "name": "cuts", "set": {"funder.target": 1.5}}]
    design = random_design(dice)
    if design is not None:
        study["design"] = design
    return study


MEMBERS = """name,organisation,sector,inside,momentum
Ann,Town,public,true,0.7
Bob,Town,public,true,
Cas,Firm,private,true,0.8
Dee,,private,false,0.5
Eve,,nonprofit,true,0.6
Fay,,knowledge,true,
"""
TIES = """# scale 1 5
from,to,trust,latent
Ann,Bob,5,1
Bob,Ann,4,2
Cas,Ann,2,4
Eve,Fay,4,
"""
EVENTS = [{"month": 10, "name": "cuts", "set": {"funder.target": 1.5}}, {"month": 3, "name": "vote", "replace": {"sector": "public", "share": 0.5}},
          {"month": 16, "name": "row", "shock": {"trust": -0.2, "budget": -0.3}, "convener": {"skill": 0.3}},
          {"month": 12, "name": "more", "join": {"sector": "private", "seats": 1}}]
OUTCOMES = [{"name": "trust_15", "value_of": {"series": "trust", "month": 15}},
            {"name": "calm", "first_month": {"series": "symptom", "at_most": 0.4}},
            {"name": "burden", "area": {"series": "open", "from": 0, "to": 18}},
            {"name": "mix", "weights": {"trust_15": 0.7, "cost_euro": -1e-6}}]


def make_posterior(folder):
    """What is left of a few settings, for designs of the method `posterior`; made once."""
    path = folder / "posterior.h5"
    if not path.exists():
        study = {"months": 18, "replicates": 2, "regimes": ["linear_kpi", "iterative"], "calibration": {
            "priors": {"model.rest": {"low": 0.6, "high": 0.8}, "convener.skill": {"low": 0.2, "high": 0.8}},
            "theories": ["mixed", "dredging"],
            "targets": [{"name": "trust", "outcome": "trust_end", "value": 0.5, "error": 0.1, "source": "made up", "use": "fit"}]}}
        dredge("calibrate", write(folder, "calibrated", study), "-o", path, "--particles", "16", "--draws", "64", "--quiet")
    return path


def enrich(dice, study, folder):
    """With members, several events, derived outcomes, and what a calibration left."""
    if dice.random() < 0.3 and "programme" not in study:
        study |= {"members": MEMBERS, "ties": TIES}
    if dice.random() < 0.5:
        study["events"] = dice.sample(EVENTS, dice.randint(1, 4))
    if dice.random() < 0.5:
        study |= {"costs": {"discount_per_year": 0.03}, "outcomes": OUTCOMES}
        if isinstance(study["replicates"], dict):
            study["replicates"]["until"]["outcome"] = "trust_15"
    if "design" not in study and dice.random() < 0.6:
        study["design"] = {"method": "posterior", "file": make_posterior(folder).name, "points": dice.choice([2, 4])}
    names = [event["name"] for event in study.get("events", [])]
    if study.get("design", {}).get("method") in ("grid", "list") and "cuts" in names:
        study["design"]["factors"]["events.cuts.month"] = [6, 12]
    for regime in dice.sample([regime for regime in REGIMES if regime not in study["regimes"]], dice.randint(0, 2)):
        study["regimes"].append(regime)


def grow(dice, study):
    """The study that asks for more, in one or several ways, and which they are."""
    grown, ways = copy.deepcopy(study), []
    has_rule = isinstance(study["replicates"], dict)
    while not ways:
        if dice.random() < 0.5:
            ways.append("replicates")
            if has_rule:
                grown["replicates"]["until"]["half_width"] /= 2
                grown["replicates"]["max"] += dice.choice([0, 30])
            else:
                grown["replicates"] += dice.choice([1, 16, 40])
        if "design" in study and dice.random() < 0.6:
            ways.append("points")
            grown["design"] = grow_design(dice, study["design"])
        if not has_rule and dice.random() < 0.5:
            ways.append("regimes")
            known = [json.dumps(regime) for regime in study["regimes"]]
            others = [regime for regime in REGIMES if json.dumps(regime) not in known]
            for regime in dice.sample(others, min(len(others), dice.randint(1, 2))):
                grown["regimes"].insert(dice.randint(1, len(grown["regimes"])), regime)
    return grown, ways


def interrupt(words, output):
    """Starts the command, and stops it as soon as runs are saved; it may also have ended."""
    run = subprocess.Popen([DREDGE, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while run.poll() is None and not list(output.parent.glob(f"{output.name}.parts/segment-*")):
        time.sleep(0.001)
    run.send_signal(signal.SIGINT)
    return run.wait() in (0, 130)


def features(study):
    """What is special about a study, for the test to say that it was seen."""
    seen = [name for name in ("members", "events", "outcomes", "programme") if name in study]
    return [*seen, study.get("design", {}).get("method", "one point"), f"{len(study['regimes'])} regimes"]


def one(folder, number, is_rich=False):
    """A random study grows. In which ways, and what was special about it."""
    dice = random.Random(number)
    study = random_study(dice)
    if is_rich:
        enrich(random.Random(-number), study, folder)
    grown, ways = grow(dice, study)
    old, new, scratch = (folder / f"{name}{number}.h5" for name in ("old", "new", "scratch"))
    often = ["--checkpoint-every", "4"] if is_rich and number % 2 == 0 else []
    dredge("run", write(folder, "old", study), "-o", old, "--quiet", *often)
    path = write(folder, "new", grown)
    words = ["run", path, "--extend", old, "-o", new, "--quiet", *often]
    if number % 3 == 0:
        check(interrupt(words, new), f"study {number}: interrupted")
        words.append("--resume")
    dredge(*words)
    dredge("run", path, "-o", scratch, "--quiet")
    check(dredge("digest", new) == dredge("digest", scratch),
          f"study {number} ({', '.join(ways)}): {json.dumps(study)} grown to {json.dumps(grown)} differs from scratch")
    for file in (old, new, scratch):
        file.unlink()
    return ways + features(study) if is_rich else ways
