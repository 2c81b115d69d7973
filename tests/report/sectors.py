# SPDX-License-Identifier: GPL-3.0-or-later
"""Every number of a report by sector and by pair of sectors, computed again from the results file with numpy alone."""
import re

import numpy as np
from shown import Wrong, near, number, text_of

SECTORED = {"momentum_end_by_sector": ("momentum at the end", 1), "withdrawals_by_sector": ("withdrawals", -1)}
SECTOR_WORDS = {"public": "government", "private": "business", "nonprofit": "civil society", "knowledge": "knowledge institutions"}
PAIRED = {"trust_end_by_pair": "trust at the end", "learning_by_pair": "learning"}


def paired_means(values, headline):
    """Means of the baseline and of the headline regime over the pairs of runs that both have, by point."""
    x, y = values[:, headline, :], values[:, 0, :]
    both = ~np.isnan(x) & ~np.isnan(y)
    points = [p for p in range(len(x)) if both[p].any()]
    return [np.mean([v[p][both[p]].mean() for p in points]) for v in (y, x)]


def check_sectors(file, page, headline, count):
    """Differences by sector, and the sentences that name who gains and who loses."""
    found = {outcome: {"better": [], "worse": []} for outcome in SECTORED}
    pattern = r'<tr data-sector="(\w+)" data-outcome="(\w+)">(.*?)</tr>'
    for sector, outcome, row in re.findall(pattern, page, re.DOTALL):
        cells = [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        base, mean = paired_means(file.by_sector[outcome][..., file.sectors.index(sector)], headline)
        for shown, value in zip(cells[2:5], (base, mean, mean - base)):
            near(shown, value, f"{outcome} of {sector}")
        low, high = (number(end) for end in re.findall(r"[-+]?\d+\.\d+", cells[5])) if "." in cells[5] else (-np.inf, np.inf)
        better = SECTORED[outcome][1]
        verdict = cells[6]
        if verdict in ("better", "worse"):
            if not (better if verdict == "better" else -better) * (low if low > 0 else high) >= 0:
                raise Wrong(f"{outcome} of {sector}: {cells}")
            found[outcome][verdict].append(SECTOR_WORDS[sector])
        count[0] += 5
    for outcome, words in re.findall(r'<li data-sectors="([^"]*)">(.*?)</li>', page, re.DOTALL):
        own = next(found[name] for name in SECTORED if SECTORED[name][0] == outcome)
        said = {side: ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else "nobody"
                for side, names in own.items()}
        wanted = (f"{outcome}, {file.regimes[headline]} against {file.regimes[0]}: clearly better for {said['better']}; "
                  f"clearly worse for {said['worse']}.")
        if text_of(words) != wanted:
            raise Wrong(f"{text_of(words)} (computed: {wanted})")
        count[0] += 1


def pair_words(pair):
    one, other = (SECTOR_WORDS[sector] for sector in pair.split("-"))
    return f"within {one}" if one == other else f"{one} – {other}"


def check_pairs(file, page, headline, count):
    """Differences by pair of sectors: the table, the rows of the charts, and the sentences over them."""
    rows = re.findall(r'<tr data-pair="([\w-]+)" data-outcome="(\w+)">(.*?)</tr>', page, re.DOTALL)
    sentences = dict(re.findall(r'<p data-pairs="(\w+)">(.*?)</p>', page, re.DOTALL))
    if (len(file.regimes) > 1) != bool(rows) or {row[1] for row in rows} != set(sentences):
        raise Wrong(f"{len(rows)} rows by pair of sectors, {len(sentences)} sentences")
    for outcome, sentence in sentences.items():
        own = [(pair, row) for pair, name, row in rows if name == outcome]
        differences, verdicts = {}, []
        for pair, row in own:
            cells = [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
            base, mean = paired_means(file.by_pair[outcome][..., file.sector_pairs.index(pair)], headline)
            if cells[:2] != [PAIRED[outcome], pair_words(pair)]:
                raise Wrong(f"{cells[:2]}: {outcome} of {pair}")
            for shown, value in zip(cells[2:5], (base, mean, mean - base)):
                near(shown, value, f"{outcome} of {pair}")
            ends = [number(end) for end in re.findall(r"[-+]?\d+(?:\.\d+)?", cells[5])]
            if cells[6] in ("better", "worse") and not (1 if cells[6] == "better" else -1) * min(ends, key=abs) >= 0:
                raise Wrong(f"{outcome} of {pair}: {cells}")
            differences[pair] = mean - base
            verdicts.append(cells[6])
            count[0] += 4
        most = max(differences, key=lambda pair: abs(differences[pair]))
        head = (f"{PAIRED[outcome]}, {file.regimes[headline]} against {file.regimes[0]}: clearly better for {verdicts.count('better')} of "
                f"{len(own)} pairs of sectors, clearly worse for {verdicts.count('worse')}; most different: {pair_words(most)} (")
        if not text_of(sentence).startswith(head):
            raise Wrong(f"{text_of(sentence)} (computed: {head})")
        near(text_of(sentence)[len(head):-2], differences[most], sentence)
        chart = re.search(rf'<svg [^>]*id="pairs-{outcome.split("_")[0]}"[^>]*>.*?</svg>', page, re.DOTALL).group(0)
        if re.findall(r'<text class="name"[^>]*>(.*?)</text>', chart) != [pair_words(pair) for pair, _ in own]:
            raise Wrong(f"the rows of the chart of {outcome}")
        count[0] += 2
