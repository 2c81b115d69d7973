#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of the reference implementation are those of the program, and the studies by which both are compared vary all of them."""

import os
import re
import unittest

import parameters
import studies
from outcomes import BY_PAIR, BY_SECTOR, SERIES, run
from study import ABOUT_THE_RUN, flatten, read_regimes

MODEL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "model")


def table(name, macro):
    """The arguments of every line MACRO(..) of a table of the program, as strings."""
    with open(os.path.join(MODEL, name), encoding="utf-8") as file:
        lines = re.findall(rf"^{macro}\((.*)\)$", file.read(), re.MULTILINE)
    return [[part.strip().strip('"') for part in re.split(r',\s*(?=(?:[^"]*"[^"]*")*[^"]*$)', line)]
            for line in lines]


class Tables(unittest.TestCase):
    def test_parameters(self):
        theirs = {key: float(default) for _, key, _, default, *_ in table("parameters.def", "PARAMETER")}
        for _, prefix, suffix, _, *rest in table("parameters.def", "SECTOR_PARAMETER"):
            for sector, default in zip(parameters.SECTORS, rest):
                theirs[".".join(filter(None, (prefix, sector, suffix)))] = float(default)
        self.assertEqual(theirs, parameters.all_defaults())
        self.assertGreater(len(theirs), 80)

    def test_every_parameter_is_compared(self):
        """Some compared study gives each parameter, and each steering parameter, another value than its default."""
        varied, steered = set(), set()
        for study in studies.all_studies().values():
            flat = flatten({key: value for key, value in study.items() if key not in ABOUT_THE_RUN})
            varied |= {key for key, value in flat.items() if value != parameters.all_defaults()[key]}
            for phases in read_regimes(study["regimes"]).values():
                steered |= {key for _, row in phases for key, value in vars(row).items()
                            if value != parameters.STEERING_DEFAULTS[key]}
        self.assertEqual(set(parameters.all_defaults()) - varied, set())
        self.assertEqual(set(parameters.STEERING_DEFAULTS) - steered, set())

    def test_every_regime_and_theory_is_compared(self):
        compared = studies.all_studies().values()
        self.assertEqual({name for study in compared for name in study["regimes"] if isinstance(name, str)},
                         set(parameters.REGIMES))
        self.assertEqual({study["theory"] for study in compared if "theory" in study}, set(parameters.THEORIES))
        self.assertEqual({study["scale"] for study in compared if "scale" in study}, set(parameters.CONTACT_OF_SCALE))

    def test_regimes(self):
        fields = {row[0]: float(row[1]) for row in table("regime.def", "STEERING")}
        self.assertEqual(fields, parameters.STEERING_DEFAULTS)
        with open(os.path.join(MODEL, "regime.def"), encoding="utf-8") as file:
            common = dict(re.findall(r"^#define (\w+) (\..*)$", file.read(), re.MULTILINE))
        theirs = {}
        for name, _, *values in table("regime.def", "REGIME"):
            written = " ".join(common.get(value, value) for value in values)
            own = {field: float(value) for field, value in re.findall(r"\.(\w+) = ([-\d.]+)", written)}
            theirs[name] = {**dict.fromkeys(fields, 0.0), **own}
        self.assertEqual(theirs, {name: vars(parameters.built_in(name)[0][1]) for name in parameters.REGIMES})

    def test_theories_and_scales(self):
        for kind, ours in (("THEORY", parameters.THEORIES), ("SCALE", parameters.CONTACT_OF_SCALE)):
            theirs = {}
            for name, *rest in table("theory.def", kind):
                pairs = re.findall(r'\{"model\.(\w+) ([\d.]+)\}', " ".join(rest))
                theirs[name] = {key: float(value) for key, value in pairs}
            self.assertEqual(theirs, {name: value if isinstance(value, dict) else {"contact": value}
                                      for name, value in ours.items()})

    def test_outcomes(self):
        result = run(parameters.parameters({"months": 2, "aftercare_months": 1}), [(0, parameters.steering({}))], 1, 0)
        kinds = ("OUTCOME", "SECTOR_OUTCOME", "PAIR_OUTCOME")
        theirs = [row[0] for kind in kinds for row in table("outcomes.def", kind)]
        self.assertEqual(list(result.outcomes), theirs)
        for names, kind, places in ((SERIES, "SERIES", None), (BY_SECTOR, "SECTOR_SERIES", 4),
                                    (BY_PAIR, "PAIR_SERIES", 10)):
            self.assertEqual(list(names), [row[0] for row in table("outcomes.def", kind)])
            for name in names:
                self.assertEqual(len(result.series[name]), 3)
                if places is not None:
                    self.assertEqual({len(values) for values in result.series[name]}, {places})


if __name__ == "__main__":
    unittest.main()
