# SPDX-License-Identifier: GPL-3.0-or-later
"""Every number in the sentences of a report, computed again from the results file with numpy alone."""
import re
import subprocess
import warnings

import h5py
import numpy as np

from sectors import PAIRED, SECTORED, check_pairs, check_sectors
from shown import Wrong, element, near, number, plain, text_of

warnings.simplefilter("ignore", RuntimeWarning)  # means of nothing are missing values here
LASTING, YEAR3, BURDEN = "structural_share", "symptom_year3", "symptom_burden"
WORDS = {LASTING: "structural share", YEAR3: "symptom in year 3", BURDEN: "symptom burden"}


class File:
    def __init__(self, path):
        with h5py.File(path) as file:
            names = file["regime"][()]
            self.regimes = [name.decode() if isinstance(name, bytes) else name for name in names]
            self.outcomes = {name: file[name][()] for name in WORDS}
            self.factors = {name: file[name][()] for name in file if isinstance(file[name], h5py.Dataset)
                            and file[name].shape == file["point"].shape and name != "point"}
            self.by_sector = {name: file[name][()] for name in SECTORED if name in file}  # [point][regime][replicate][sector]
            self.sectors = [name.decode() if isinstance(name, bytes) else name for name in file["sector"][()]]
            self.by_pair = {name: file[name][()] for name in PAIRED}  # [point][regime][replicate][pair]
            self.sector_pairs = [name.decode() if isinstance(name, bytes) else name for name in file["sector_pair"][()]]
            self.person_months = file["person_months"][()]
            self.cost = file["cost_euro"][()] if "cost_euro" in file else None
            self.months = file["month"][()] + 1 if "month" in file else None  # as they are shown, from 1
            self.series = {}
            for series in ("structural_share", "symptom"):
                data = file.get(f"month_{series}")
                if data is not None:
                    data = data[()].astype(float)  # [point][regime][statistic or replicate][month]
                    self.series[series] = data[:, :, 0, :] if "statistic" in file else np.nanmean(data, axis=2)
        self.n_points = self.outcomes[LASTING].shape[0]

    def means(self, outcome):
        return np.nanmean(np.nanmean(self.outcomes[outcome], axis=2), axis=0)

    def order(self, outcome, better):
        means = self.means(outcome)
        known = [r for r in range(len(means)) if not np.isnan(means[r])]
        return sorted(known, key=lambda r: (-better * means[r], r))

    def pairs(self, outcome, a, b):
        """Pairs of runs of two regimes, [point][replicate]; missing where one is."""
        return self.outcomes[outcome][:, a, :], self.outcomes[outcome][:, b, :]

    def pair_means(self, outcome, a, b):
        x, y = self.pairs(outcome, a, b)
        both = ~np.isnan(x) & ~np.isnan(y)
        points = [p for p in range(self.n_points) if both[p].any()]
        return tuple(np.mean([v[p][both[p]].mean() for p in points]) if points else np.nan for v in (x, y))


def check_between(file, page, count):
    """The sentences of one regime against another."""
    pattern = r'<p data-outcome="(\w+)" data-regime="(\d+)" data-against="(\d+)">(.*?)</p>'
    for outcome, regime, against, sentence in re.findall(pattern, page, re.DOTALL):
        sentence = text_of(sentence)
        a, b = int(regime), int(against)
        mean, base = file.pair_means(outcome, a, b)
        found = re.search(r": (-?[\d.]+) against (-?[\d.]+), a difference of ([-+]?[\d.]+) \(95% interval "
                          r"([-+]?[\d.]+) to ([-+]?[\d.]+)\)", sentence)
        if found is None:
            alone = re.search(r"gave the same result in every run \(([\d.]+)\)|too few replicates \((\d+)\)", sentence)
            if alone is None:
                raise Wrong(f"not understood: {sentence}")
            if alone.group(1):
                near(alone.group(1), mean, sentence)
                x, y = file.pairs(outcome, a, b)
                if not np.array_equal(x, y, equal_nan=True):
                    raise Wrong(sentence)
            count[0] += 1
            continue
        near(found.group(1), mean, sentence)
        near(found.group(2), base, sentence)
        near(found.group(3), mean - base, sentence)
        low, high = number(found.group(4)), number(found.group(5))
        if not low <= number(found.group(3)) <= high:
            raise Wrong(sentence)
        better = 1 if outcome == LASTING else -1
        if " does better than " in sentence and not better * (low + high) > 0:
            raise Wrong(sentence)
        if " does worse than " in sentence and not better * (low + high) < 0:
            raise Wrong(sentence)
        if "no clear difference" in sentence and not low <= 0 <= high and file.outcomes[outcome].shape[2] > 2:
            raise Wrong(sentence)
        count[0] += 5


def check_first(file, page, early, count):
    for outcome, better in ((LASTING, 1), (early, -1)):
        order = file.order(outcome, better)
        sentences = element(page, rf'<p data-first="{outcome}">(.*?)</p>')
        if len(sentences) != (1 if order and len(file.regimes) > 1 else 0):
            raise Wrong(f"{len(sentences)} sentences about {outcome}")
        for sentence in sentences:
            best = file.regimes[order[0]]
            if best not in sentence:
                raise Wrong(f"{best} is the best on {outcome}: {sentence}")
            shown = re.findall(r"\((?:[a-z0-9 ]+ )?([\d.]+)\)", sentence)
            near(shown[-1], file.means(outcome)[order[0]], sentence)
            count[0] += 1


def check_ranking(file, page, early, count):
    for outcome, regime, cell in re.findall(r'<td class="n" data-cell="mean" data-outcome="(\w+)" data-regime="(\d+)"[^>]*>'
                                            r'(.*?)</td>', page, re.DOTALL):
        value = file.means(outcome)[int(regime)]
        shown = text_of(cell).split(" ")[0]
        if np.isnan(value):
            if shown != "–":
                raise Wrong(f"{outcome} of {regime}: {shown}")
            continue
        near(shown, value, f"{outcome} of {file.regimes[int(regime)]}")
        count[0] += 1
    rows = element(page, r'<table class="ranking">.*?<tbody>(.*?)</tbody>')
    if len(rows) != 1 or (early is None and "symptom" in rows[0]):
        raise Wrong("the table of places is missing")


def turning(difference, months):
    """The month from which a difference keeps its last sign, and that sign."""
    sign = np.sign(difference[-1])
    if sign == 0:
        return None, 0
    at = len(difference)
    while at > 0 and np.sign(difference[at - 1]) == sign:
        at -= 1
    return int(months[at]), sign


def check_leads(file, page, count):
    pattern = r'<li data-lead="(\w+)" data-regime="(\d+)" data-against="(\d+)">(.*?)</li>'
    for series, regime, against, sentence in re.findall(pattern, page, re.DOTALL):
        sentence = text_of(sentence)
        difference = np.nanmean(file.series[series][:, int(regime), :] - file.series[series][:, int(against), :], axis=0)
        month, sign = turning(difference, file.months)
        better = 1 if series == "structural_share" else -1
        found = re.search(r"The means turn in month (\d+): from then on (.+) is ahead to the end", sentence)
        never = re.search(r"The means never turn: (.+) is ahead from the first month on", sentence)
        ahead = file.regimes[int(regime) if sign * better > 0 else int(against)]
        if found and (int(found.group(1)) != month or found.group(2) != ahead):
            raise Wrong(f"{sentence} (computed month {month}, {ahead})")
        if never and (month != file.months[0] or never.group(1) != ahead):
            raise Wrong(f"{sentence} (computed month {month}, {ahead})")
        for leader, stretches in re.findall(r"(\S+) clearly leads(?: \S+)? in months ([\d–, …]+)", sentence):
            side = better * (1 if leader == file.regimes[int(regime)] else -1)
            for first, last in re.findall(r"(\d+)(?:–(\d+))?", stretches):
                inside = (file.months >= int(first)) & (file.months <= int(last or first))
                if first == last or not (side * difference[inside] > 0).all():
                    raise Wrong(f"{sentence}: the mean is not ahead in months {first} to {last or first}")
                count[0] += 2
        count[0] += 1


def check_price(file, page, best, against, count):
    for series, month, value in re.findall(r'data-price="(\w+)" data-month="(\d+)" data-value="[^"]*">([-+\d.]+)', page):
        at = int(np.flatnonzero(file.months == int(month))[0])
        difference = np.nanmean(file.series[series][:, best, at] - file.series[series][:, against, at])
        near(value, difference, f"{series} after {month} months")
        count[0] += 1


def check_grounds(file, page, best, against, count):
    luck = re.search(r"(\d+) paired replicates; (.+?) is ahead of (.+?) on structural share in (\d+)% of the pairs", text_of(page))
    if luck:
        x, y = file.pairs(LASTING, best, against)
        both = ~np.isnan(x) & ~np.isnan(y)
        near(luck.group(4), 100 * np.mean(x[both] > y[both]), luck.group(0))
        if int(luck.group(1)) != int(both.any(axis=0).sum()):
            raise Wrong(f"{luck.group(0)}: {both.any(axis=0).sum()}")
        count[0] += 2
    for outcome, sentence in re.findall(r'<li data-ground="(\w+)">(.*?)</li>', page, re.DOTALL):
        sentence = text_of(sentence)
        points = re.search(r"(\d+) design points.*?(\d+)% of them|(\d+)% of the (\d+) design points", sentence)
        n, share = points.group(1, 2) if points.group(1) else points.group(4, 3)
        means = np.nanmean(file.outcomes[outcome], axis=2)
        means = means[~np.isnan(means).any(axis=1)]
        better = 1 if outcome == LASTING else -1
        if int(n) != file.n_points:
            raise Wrong(sentence)
        if len(means):
            near(share, 100 * np.mean(better * means[:, best] >= (better * means).max(axis=1) - 1e-12), sentence)
        count[0] += 2


def check_break_even(file, page, best, early_best, early, count):
    found = re.search(r"data-break-even>(.*?)</span>", page, re.DOTALL)
    if not found:
        return
    sentence = text_of(found.group(1))
    shown = re.search(r"counts for at least (\d+)%", sentence)
    if shown:
        # replicates that are there at every point, as the page averages them
        gain = np.mean(file.outcomes[LASTING][:, best, :] - file.outcomes[LASTING][:, early_best, :], axis=0)
        price = np.mean(file.outcomes[early][:, best, :] - file.outcomes[early][:, early_best, :], axis=0)
        both = ~np.isnan(gain) & ~np.isnan(price)
        gain, price = gain[both].mean(), price[both].mean()
        near(shown.group(1), 100 * price / (gain + price), sentence)
        count[0] += 1
    elif ("best mean on both" in sentence) != (best == early_best):
        raise Wrong(sentence)


def level_of(values, starts):
    """The last level that begins at or below a value."""
    return np.searchsorted(np.array(starts), values, side="right") - 1


def cell_interval(values):
    """Mean of a cell [point][replicate] and the half width of Student's t interval from its means by replicate."""
    mean = np.nanmean(np.nanmean(values, axis=1))
    units = np.nanmean(values, axis=0) if values.shape[1] > 1 else np.nanmean(values, axis=1)
    if len(units) < 6 or np.isnan(values).any():
        return mean, None
    z, v = 1.959963985, len(units) - 1  # Student's t from the normal (Abramowitz & Stegun 26.7.5)
    t = z + (z**3 + z) / (4 * v) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2) + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    return mean, t * units.std(ddof=1) / np.sqrt(len(units))


def check_cell(shown, low, high, values, what):
    mean, half = cell_interval(values)
    near(shown, mean, what)
    if half is not None and low is not None:
        slack = 1e-6 + 0.02 * half
        if not (low <= mean - half + slack and high >= mean + half - slack and high - low <= 4.1 * half + 0.011 + slack
                or half < 1e-9 or np.unique(np.round(values, 9)).size < 12):  # discrete outcomes are more careful
            raise Wrong(f"{what}: [{low}; {high}] for {mean} and a half width of {half}")


def check_map(file, page, count):
    found = re.search(r'<table data-across="([^"]*)" data-up="([^"]*)" data-regime="(\d+)">(.*?)</table>', page, re.DOTALL)
    if found is None:
        return
    across, up, regime, table = found.groups()
    values = file.outcomes[LASTING][:, int(regime), :]
    if len(file.regimes) > 1:
        values = values - file.outcomes[LASTING][:, 0, :]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    starts_x = [float(start) for start in re.findall(r'data-from="([^"]*)"', rows[-1])]
    starts_y = [float(start) for row in rows[:-1] for start in re.findall(r'<th[^>]*data-from="([^"]*)"', row)][::-1]
    x = level_of(file.factors[across.replace(".", "_")], starts_x)
    y = level_of(file.factors[up.replace(".", "_")], starts_y) if up else np.zeros(len(x), int)
    for i, row in enumerate(reversed(rows[:-1])):
        for k, (attributes, shown) in enumerate(re.findall(r"<td([^>]*)>(.*?)</td>", row)):
            own = values[(x == k) & (y == i)]
            if "empty" in attributes:
                if own.size:
                    raise Wrong(f"the cell {k}, {i} of the map is not empty")
                continue
            ends = [float(end) for end in re.findall(r'data-(?:low|high)="([^"]*)"', attributes)] or [None, None]
            check_cell(shown, *ends, own, f"map, {across} {k}, {up} {i}")
            if ends[0] is not None and ("unclear" in attributes) != (ends[0] <= 0 <= ends[1]):
                raise Wrong(f"map, {across} {k}, {up} {i}: {attributes}")
            count[0] += 3


def check_curves(file, page, headline, count):
    pattern = r'<tr data-driven="0" data-factor="([^"]*)" data-from="([^"]*)" data-to="[^"]*">(.*?)</tr>'
    rows = re.findall(pattern, page, re.DOTALL)
    values = file.outcomes[LASTING][:, headline, :]
    if len(file.regimes) > 1:
        values = values - file.outcomes[LASTING][:, 0, :]
    for factor in {row[0] for row in rows}:
        own = [row for row in rows if row[0] == factor]
        level = level_of(file.factors[factor.replace(".", "_")], [float(row[1]) for row in own])
        for i, row in enumerate(own):
            cells = [text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row[2])]
            if not (level == i).any():
                continue
            ends = [number(end) for end in re.findall(r"[-+]?\d+\.\d+", cells[2])] or [None, None]
            check_cell(cells[1], *ends, values[level == i], f"curve, {factor} {cells[0]}")
            count[0] += 3


def check_cost(file, page, count):
    """Person-months, and costs from the study's own outcome of that name, where it has prices."""
    rows = re.findall(r'<tr data-regime="(\d+)" data-lasting="([^"]*)"[^>]*>(.*?)</tr>', page, re.DOTALL)
    base = None
    for regime, lasting, row in rows:
        regime = int(regime)
        hours, cost, difference, each = [text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        near(hours, np.nanmean(file.person_months[:, regime, :]), f"person-months of {file.regimes[regime]}")
        shown = float(re.search(r'data-cost="all" data-value="([^"]*)"', row).group(1))
        base = shown if base is None else base
        near(cost, shown, row)
        near(difference, shown - base, row)
        if float(lasting) > 0:
            near(each, shown / (100 * float(lasting)), row)
        if abs(float(lasting) - file.means(LASTING)[regime]) > 1e-6:
            raise Wrong(f"{file.regimes[regime]}: {lasting}")
        if file.cost is not None and abs(shown * 1000 / np.nanmean(file.cost[:, regime, :]) - 1) > 0.01:
            raise Wrong(f"cost of {file.regimes[regime]}: {1000 * shown}, of the runs {np.nanmean(file.cost[:, regime, :])}")
        count[0] += 4


def check_facts(file, page, count):
    facts = element(page, r'<p class="facts">(.*?)</p>')[0]
    if not facts.startswith(f"{len(file.regimes)} regimes"):
        raise Wrong(facts)
    if file.n_points > 1 and f", {file.n_points} design points," not in facts:
        raise Wrong(facts)
    runs = int(re.search(r": (\d+) runs", facts).group(1))
    done = int((~np.isnan(file.outcomes[BURDEN])).sum())
    if runs != done:
        raise Wrong(f"{facts}: {done}")
    count[0] += 2


def check_study(dredge, folder, name, study):
    """Runs the study, writes its page and its summary, and checks both. Returns how many numbers were checked."""
    paths = {kind: folder / f"{name}.{kind}" for kind in ("yaml", "h5", "html", "summary.html")}
    paths["yaml"].write_text(study, encoding="utf-8")

    def call(*arguments):
        subprocess.run([dredge, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)

    call("run", paths["yaml"], "-o", paths["h5"], "--quiet", "--force")
    call("report", paths["h5"], "-o", paths["html"])
    call("report", paths["h5"], "--summary", "-o", paths["summary.html"])
    file = File(paths["h5"])
    early = YEAR3 if not np.isnan(file.outcomes[YEAR3]).all() else BURDEN
    lasting_order, early_order = file.order(LASTING, 1), file.order(early, -1)
    best = lasting_order[0]
    against = (lasting_order[1] if len(lasting_order) > 1 else None) if best == 0 else 0
    count = [0]
    for kind in ("html", "summary.html"):
        page = plain(paths[kind].read_text(encoding="utf-8"))
        answer = page[page.index("<main"):]
        answer = answer[:answer.index('<section id="time"')] if kind == "html" else answer
        if kind == "html":
            check_facts(file, page, count)
            check_ranking(file, answer, early, count)
            headline = best if best != 0 or len(lasting_order) < 2 else lasting_order[1]
            check_map(file, page, count)
            check_sectors(file, page, headline, count)
            check_pairs(file, page, headline, count)
            check_cost(file, page, count)
            check_curves(file, page, headline, count)
        if len(file.regimes) > 1:
            check_first(file, answer, early, count)
            check_between(file, answer, count)
            check_grounds(file, answer, best, against, count)
            check_break_even(file, answer, best, early_order[0], early, count)
            if file.series:
                check_leads(file, answer, count)
                check_price(file, answer, best, against, count)
    for path in paths.values():
        path.unlink()
    return count[0]
