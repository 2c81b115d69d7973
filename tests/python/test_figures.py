#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures in docs/validation.md and results/README.md are those of results/, as scripts/validate and scripts/make-results
left them there."""
import json
import os
import re
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
RESULTS = SOURCE / "results"
VALIDATION = (SOURCE / "docs/validation.md").read_text(encoding="utf-8")
MINUS = "\u2212"


def part(name):
    """The lines of a part, without its command."""
    return (RESULTS / f"validation/{name}.txt").read_text(encoding="utf-8").splitlines()[1:]


def means(name):
    """{(label, outcome, regime): (mean, difference, half of its interval)}; the last two None for the baseline."""
    found = {}
    for line in part(name):
        match = re.match(r"(?:\[(.*)\] )?(\w+) +(\w+) +(\d+\.\d+)(?: +difference ([+-][\d.]+) \+- ([\d.]+))?$", line)
        if match:
            label, outcome, regime, mean, difference, half = match.groups()
            found[label or "", outcome, regime] = (float(mean), *(None if x is None else float(x) for x in (difference, half)))
    return found


def number(text):
    """The first number in a cell: its value and how many digits it shows after the point."""
    match = re.search(r"[+-]?\d+(?:\.(\d+))?", text.replace(MINUS, "-").replace("**", "").replace(",", ""))
    return float(match[0]), len(match[1] or "")


def tables(text):
    """The rows of each table, cells stripped, without the line below the head."""
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in block.strip().split("\n")]
        yield rows[:1] + rows[2:]


def table_with(*heads):
    return next(rows[1:] for rows in tables(VALIDATION) if all(head in rows[0] for head in heads))


class Figures(unittest.TestCase):
    def shows(self, cell, value, what):
        """The cell begins with `value`, rounded to the digits that it shows."""
        shown, digits = number(cell)
        self.assertLessEqual(abs(shown - value), 0.5001 * 10 ** -digits, f"{what}: {cell} where the results have {value}")

    def shows_difference(self, cell, difference, half, what):
        value, width = cell.split("\u00b1")
        self.shows(value, difference, what)
        self.shows(width, half, what)


class Validation(Figures):
    def compare_means(self, rows, regimes, name, columns):
        """Each row is of a regime; `columns` are outcomes, None for the difference of the first."""
        found = means(name)
        self.assertEqual(len(rows), len(regimes))
        for row, regime in zip(rows, regimes):
            for cell, outcome in zip(row[1:], columns):
                what = f"{name}, {regime}, {outcome}"
                if outcome is not None:
                    self.shows(cell, found["", outcome, regime][0], what)
                elif cell:
                    self.shows_difference(cell, *found["", columns[0], regime][1:], what)

    def test_parts(self):
        regimes = ("linear_kpi", "linear_sustained", "linear_kpi_floor", "no_formation", "linear", "results_only", "constant",
                   "alternating", "iterative", "iterative_low", "no_tension", "no_momentum", "no_backlog", "iterative_kpi",
                   "iterative_deep")
        self.compare_means(table_with("regime", "process share"), regimes, "parts",
                           ("structural_share", None, "symptom_year3", "symptom_burden", "survival", "process_share"))

    def test_placement(self):
        regimes = ("evenly", "first_year", "early", "late", "fading", "rising", "half_years", "years", "twenty_months")
        self.compare_means(table_with("placement"), regimes, "placement",
                           ("structural_share", None, "symptom_burden", "symptom_after", "survival"))

    def test_theories(self):
        found = {line.split()[0]: line for line in part("theories") if line.split()[1] == "structural_share"}
        rows = table_with("theory", "results_only")
        self.assertEqual([row[0] for row in rows], list(found))
        for name, *cells in rows:
            means_of, differences = found[name].split(" structural_share ")[1].split("   ", 1)
            values = re.findall(r"\d\.\d+", means_of) + re.findall(r"([+-]\d\.\d+) \+-", differences)
            self.assertEqual(len(cells), len(values))
            for cell, value in zip(cells, values):
                self.shows(cell, float(value), name)

    def test_rivals(self):
        turns = {(name.strip(), pair): at for name, pair, at in
                 re.findall(r"^(.{18}) (\w+ - linear_kpi) turns at (.*)$", "\n".join(part("rivals")), re.MULTILINE)}
        for row in table_with("iterative and linear_kpi meet at"):
            for rival in re.findall(r"`(\w+)`", row[0]):
                name = rival + (", reach 1" if "reach" in row[0] else "")
                for cell, pair in zip(row[1:], ("iterative - linear_kpi", "linear_sustained - linear_kpi")):
                    at = turns[name, pair]
                    if at.startswith("no strength"):
                        self.assertTrue(cell.startswith("not up to") and at.split()[-1] in cell, f"{name}: {cell}")
                    else:
                        self.shows(cell, float(at), name)

    def test_step(self):
        found = {tuple(line.split()[:2]): re.findall(r"months (\d+\.\d+)", line) for line in part("step_size")}
        for regime, *cells in table_with("S, half months"):
            for k, outcome in enumerate(("structural_share", "survival", "trust_end")):
                for cell, value in zip(cells[2 * k:], found[outcome, regime]):
                    self.shows(cell, float(value), f"{regime}, {outcome}")

    def test_shares_of_points(self):
        """The tables over all rates and over all conditions: shares, median and range."""
        outcomes = {"S": "structural_share", "year 3": "symptom_year3", "burden": "symptom_burden"}
        drawn = [rows[1:] for rows in tables(VALIDATION) if rows[0][:2] == ["difference", "points"]]
        self.assertEqual(len(drawn), 2)
        for name, rows in zip(("rates", "conditions"), drawn):
            text = "\n".join(part(name))
            what = ""
            for row in rows:
                what = row[0] or what
                outcome, regime, baseline = re.match(rf"([\w ]+), (\w+) {MINUS} (\w+)", what).groups()
                pattern = (rf"{outcomes[outcome]}: {regime} minus {baseline} is above zero in \d+ of {row[1].replace(',', '')} "
                           r"points \((\S+)\), below in \d+ \((\S+)\), undecided in (\d+); median (\S+), 5% to 95% (\S+) to (\S+)")
                above, below, undecided, median, low, high = re.search(pattern, text).groups()
                n = number(row[1])[0]
                values = [100 * float(above), 100 * float(below), 100 * int(undecided) / n, float(median)]
                for cell, value in zip(row[2:], values):
                    self.assertLessEqual(abs(number(cell)[0] - value), 0.51 * 10 ** -number(cell)[1] + 0.05 * (value > 1), row)
                for cell, value in zip(row[6].split(" to "), (low, high)):
                    self.shows(cell, float(value), what)

    def test_elementary_effects(self):
        found = {(outcome, name): (mu, sigma) for outcome, name, mu, sigma in
                 re.findall(r"^(\w+) +model_(\w+) +mu\* (\S+) .* sigma (\S+)$", "\n".join(part("rates_morris")), re.MULTILINE)}
        for row in table_with("difference in S", "difference in year 3"):
            for cells, outcome in ((row[:3], "structural_share"), (row[3:], "symptom_year3")):
                for cell, value in zip(cells[1:], found[outcome, cells[0].strip("`")]):
                    self.shows(cell, float(value), f"{outcome}, {cells[0]}")

    def test_one_rate_at_a_time(self):
        """In how many settings a difference is above zero, below it, and not clear."""
        def counts(column):
            pairs = [re.findall(r"([+-]\d\.\d+) \+- (\d\.\d+)", line)[column] for line in part("one_at_a_time")]
            pairs = [(float(mean), float(half)) for mean, half in pairs]
            above = sum(mean > half for mean, half in pairs)
            below = sum(mean < -half for mean, half in pairs)
            return above, below, len(pairs) - above - below

        above, below, unclear = counts(0)
        self.assertEqual(below, 1)
        self.assertIn(f"above zero in {above} settings, not clear in {unclear}, and reversed in one", VALIDATION)
        above, below, unclear = counts(1)
        self.assertEqual((below, unclear), (0, 2))
        self.assertIn(f"above zero in {above} and reversed in none", VALIDATION)
        above, below, unclear = counts(2)
        self.assertEqual((below, unclear), (2, 0))
        self.assertIn(f"worse in {above}, and better in two", VALIDATION)
        rates = {line.split()[0] for line in part("one_at_a_time")}
        self.assertIn(f"{len(rates)} rates, each at both ends where they are in its range ({len(part('one_at_a_time'))} settings)",
                      VALIDATION)

    def test_randomness(self):
        """How much of Crush and BigCrush has run over the whole stream, and that no statistic of it is suspect."""
        record = json.loads((RESULTS / "validation/randomness.json").read_text(encoding="utf-8"))
        crush = [values for test, values in record.items() if test.startswith("crush whole ")]
        statistics = [p for values in crush for _, p in values]
        self.assertTrue(all(0.001 <= p <= 0.999 for p in statistics))
        self.assertIn(f"of the 96 tests of Crush {len(crush)} have run over the stream as it is, and of their {len(statistics)} "
                      "statistics", " ".join(VALIDATION.split()))
        big = [values for test, values in record.items() if test.startswith("big whole ")]
        self.assertTrue(all(0.001 <= p <= 0.999 for values in big for _, p in values))
        self.assertIn(f"of the 106 tests of BigCrush the first {len(big)} have, with nothing suspect",
                      " ".join(VALIDATION.split()))

    def test_every_other_figure_stands_in_its_part(self):
        """A pattern, and a check held out: each figure of three digits is one of its part, rounded."""
        rows = [(row[-1], row[-2]) for row in table_with("#", "pattern", "measured") if row[-1].startswith("`")]
        rows += [("`held_out`", " ".join(row)) for row in table_with("check")]
        self.assertGreater(len(rows), 20)
        for names, text in rows:
            known = [abs(float(x)) for name in re.findall(r"`(\w+)`", names) for x in
                     re.findall(r"-?\d+\.\d+", "\n".join(part(name)))]
            for shown in re.findall(r"\d\.\d{3}", text):
                self.assertTrue(any(abs(float(shown) - value) <= 0.50001e-3 for value in known),
                                f"{shown} is not in {names}: {text}")


class Scenarios(Figures):
    def test_the_table_of_the_scenarios(self):
        columns = ("structural_share", "symptom_year3", "symptom_burden")
        study, seen = None, 0
        rows = next(tables((RESULTS / "README.md").read_text(encoding="utf-8")))
        for link, _, regime, *cells in rows[1:]:
            if link:
                scenario = re.match(r".(\w+)", link)[1]
                study = json.loads((RESULTS / f"{scenario}.json").read_text(encoding="utf-8"))
            for cell, outcome in zip(cells, columns):
                of = study["outcomes"][outcome]
                base, own = (of[name]["mean"] for name in (study["baseline"], regime.strip("`")))
                shown = re.match(r"(\S+) \((\S+) \u2192 (\S+)\)", cell).groups()
                for text, value in zip(shown, (own - base, base, own)):
                    self.shows(text, value, f"{study['title']}, {regime}, {outcome}")
                seen += 1
        self.assertGreater(seen, 100)


if __name__ == "__main__":
    unittest.main()
