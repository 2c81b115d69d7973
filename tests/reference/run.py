#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one replicate of a study under one regime with the reference implementation."""

import argparse
import json
import math

from outcomes import run
from study import read_study


def plain(value):
    """The value without NaN, which JSON does not know."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", required=True, metavar="FILE.yaml")
    parser.add_argument("--regime", required=True, metavar="NAME")
    parser.add_argument("--replicate", type=int, default=0, metavar="K")
    parser.add_argument("--point", type=int, default=0, choices=[0], help="designs are not followed")
    parser.add_argument("--states", action="store_true", help="add the whole state after each month")
    parser.add_argument("--json", action="store_true", help="outcomes and trajectories as one JSON document")
    options = parser.parse_args()

    study = read_study(options.study)
    if options.regime not in study.regimes:
        parser.error(f"the study has no regime {options.regime}: {', '.join(study.regimes)}")
    result = run(study.parameters, study.regimes[options.regime], study.seed, options.replicate, options.states,
                 study.acts, study.roster)
    if options.json:
        document = {"regime": options.regime, "replicate": options.replicate, "seed": study.seed,
                    "outcomes": result.outcomes, "series": result.series, "closest": result.closest}
        if options.states:
            document["states"] = result.states
        print(json.dumps(plain(document)))
    else:
        for name, value in result.outcomes.items():
            numbers = value if isinstance(value, list) else [value]
            print(f"{name:24}", *(f"{number:.6g}" for number in numbers))


if __name__ == "__main__":
    main()
