#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several files in `compare` and `report`: every number is that of the files, every sentence counts what they say; and
the charts and tables of a page as files of their own."""
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from sentences import BURDEN, LASTING, WORDS, YEAR3, File, near, text_of  # noqa: E402

DREDGE = os.environ["DREDGE"]
STUDIES = {
    "rough": "months: 60\nreplicates: 30\nregimes: [linear_kpi, linear_sustained, iterative]\n",
    "smooth": "months: 60\nreplicates: 30\nproblem: {causes: 2, layers: 1, coupling: 0}\ndivergence: 0.1\nseed: 7\n"
              "regimes: [linear_kpi, iterative, linear_sustained, constant]\n"
              "design: {factors: {convener.skill: [0.2, 0.8]}}\n",
    "short": "months: 24\nreplicates: 12\nregimes: [linear_kpi, {name: iterative, base: 0.6}, linear_sustained]\n"
             "outcomes: [{name: trust_12, value_of: {series: trust, month: 12}}]\n",
}
SHARED = ["linear_kpi", "linear_sustained", "iterative"]


def call(*words, status=0):
    done = subprocess.run([DREDGE, *map(str, words)], capture_output=True, text=True)
    assert done.returncode == status, (words, done.returncode, done.stderr)
    return done.stdout if status == 0 else done.stderr


def check_sentences(text, own, regimes, words):
    """Counts and names of each sentence about a yardstick, from the verdicts of each file alone."""
    checked = 0
    early = BURDEN  # a file is shorter than three years
    for outcome in (LASTING, early):
        for regime in regimes:
            leads = {verdict: [name for name, one in own.items() if one["outcomes"][outcome][regime]["verdict"] == verdict]
                     for verdict in ("better", "worse")}
            n = len(own)
            better, worse = leads["better"], leads["worse"]
            start = f"{words[outcome]}: {regime} is "
            if better and worse:
                wanted = (f"{start}clearly better than linear_kpi in {len(better)} of {n} scenarios ({', '.join(better)}) and "
                          f"clearly worse in {len(worse)} ({', '.join(worse)}).")
            elif better:
                wanted = f"{start}clearly better than linear_kpi in {len(better)} of {n} scenarios ({', '.join(better)}) and clearly worse in none."
            elif worse:
                wanted = f"{start}clearly better than linear_kpi in none of {n} scenarios and clearly worse in {len(worse)} ({', '.join(worse)})."
            else:
                wanted = f"{start}neither clearly better nor clearly worse than linear_kpi in any of {n} scenarios."
            assert wanted in text, (wanted, text)
            checked += 1
    return checked


def check_compare(files, own):
    both = json.loads(call("compare", *files, "--json"))
    assert both["baseline"] == "linear_kpi" and both["regimes"] == SHARED, both["regimes"]
    assert both["scenarios"] == own
    for outcome, by_regime in both["leads"].items():
        for regime, leads in by_regime.items():
            for verdict, names in leads.items():
                assert names == [name for name, one in own.items() if outcome in one["outcomes"]
                                 and one["outcomes"][outcome][regime]["verdict"] == verdict], (outcome, regime)
    assert set(both["leads"]["trust_12"]) == {"linear_sustained", "iterative"}
    rows = list(csv.DictReader(io.StringIO(call("compare", *files, "--csv"))))
    for row in rows:
        mean = own[row["scenario"]]["outcomes"][row["outcome"]][row["regime"]]["mean"]
        assert (row["mean"] == "") == (mean is None) and (mean is None or abs(float(row["mean"]) - mean) <= 1e-9 * max(1, abs(mean))), row
    assert {row["scenario"] for row in rows} == set(own)

    text = re.sub(r"\s+", " ", call("compare", *files))
    check_sentences(text, own, SHARED[1:], {name: name.replace("_", " ") for name in WORDS} | WORDS)
    assert "iterative is steered differently in these files" in text
    assert "regimes that only some of the files have are left out" in text
    line = next(line for line in call("compare", *files).splitlines() if line.startswith("structural_share"))
    shown = re.findall(r"[+-]?\d\.\d+", line)
    for value, name in zip(shown, own):
        near(value, own[name]["outcomes"][LASTING]["linear_sustained"]["difference"], line)
    leads = sum(one["outcomes"][LASTING]["linear_sustained"]["verdict"] == "better" for one in own.values())
    assert line.rstrip().endswith(f"{leads}/3"), line
    dutch = call("compare", *files, "--language", "nl")
    assert "3 scenario's naast elkaar" in dutch and not re.search(r"\d\.\d", re.sub(r"care\.|\d\. ", "", dutch)), dutch
    other = json.loads(call("compare", *files, "--baseline", "iterative", "--json"))
    assert other["regimes"][0] == other["baseline"] == "iterative"


def check_origins(folder, files):
    """What was made by two models, or is there twice, is told."""
    golden = [Path(__file__).parents[1] / f"golden/format_{k}.h5" for k in (1, 2)]
    (folder / "twin.h5").write_bytes(files[0].read_bytes())
    own, second = (json.loads(call("compare", file, "--json"))["model_stamp"] for file in (files[0], golden[1]))
    assert len(own) == len(second) == 32 and json.loads(call("compare", golden[0], "--json"))["model_stamp"] == ""
    call("report", files[0], folder / "twin.h5", *golden, "-o", folder / "origins.html")
    page = text_of((folder / "origins.html").read_text(encoding="utf-8"))
    for text in (page, re.sub(r"\s+", " ", call("compare", files[0], folder / "twin.h5", *golden))):
        assert "rough and twin hold the same results, which are counted twice" in text, text
        assert f"different models (rough: {own}, format_1: none named)" in text, text
    text = re.sub(r"\s+", " ", call("compare", *reversed(golden), "--language", "nl"))
    assert f"verschillende modellen gemaakt (format_2: {second}, format_1: niet genoemd)" in text, text
    text = call("compare", *files)
    assert "models" not in text and "twice" not in text, text


def check_page(folder, files, own):
    call("report", *files, "-o", folder / "all.html")
    page = (folder / "all.html").read_text(encoding="utf-8")
    n = check_sentences(text_of(page), own, SHARED[1:], WORDS)
    pattern = r'<tr data-outcome="(\w+)" data-scenario="(\d)" data-regime="(\d)">(.*?)</tr>'
    results = {name: File(path) for name, path in zip(own, files)}
    for outcome, scenario, regime, row in re.findall(pattern, page, re.DOTALL):
        name, steering = list(own)[int(scenario)], SHARED[int(regime)]
        cells = [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        file = results[name]
        mean, base = file.pair_means(outcome, file.regimes.index(steering), file.regimes.index("linear_kpi"))
        assert cells[:2] == [name, steering], cells
        for shown, value in zip(cells[2:5], (base, mean, mean - base)):
            near(shown, value, f"{name} {outcome} {steering}")
        low, high = re.findall(r"[-+]?\d+\.\d+", cells[5])
        near(low, own[name]["outcomes"][outcome][steering]["low"], row)
        near(high, own[name]["outcomes"][outcome][steering]["high"], row)
        n += 5
    assert n >= 2 * 3 * 2 * 5, n
    assert f'<svg xmlns="http://www.w3.org/2000/svg" class="forest" id="forest-0"' in page and "<script" not in page
    assert YEAR3 not in re.findall(r'data-outcome="(\w+)"', page), "a file has no third year"
    print(f"{n} numbers and sentences of the page")


def check_parts(folder, file, name):
    charts = folder / "charts"
    call("report", file, "--format", "svg", "-o", charts)
    assert "exists" in call("report", file, "--format", "svg", "-o", charts, status=4)
    call("report", file, "--format", "svg", "-o", charts, "--force")
    names = sorted(path.name for path in charts.iterdir())
    assert {"chart-0-0.svg", "difference-0-0.svg", "pairs-trust.svg", "pairs-learning.svg", "trade-off.svg"} <= set(names), names
    for path in charts.iterdir():
        root = xml.parse(path).getroot()  # well formed, and alone
        assert root.tag == "{http://www.w3.org/2000/svg}svg" and root.get("viewBox"), path
        assert root.find("{http://www.w3.org/2000/svg}title").text, path
    for language, separator, sign in (("en", ",", "."), ("nl", ";", ",")):
        tables = folder / f"tables_{language}"
        call("report", file, "--format", "csv", "-o", tables, "--language", language)
        rows = list(csv.reader(io.StringIO((tables / "answer-1.csv").read_text(encoding="utf-8-sig")), delimiter=separator))
        assert len({len(row) for row in rows}) == 1 and len(rows) == 4, rows
        means = {row[0].split(" (")[0]: row[1].split(" ")[0] for row in rows[1:]}
        wanted = json.loads(call("compare", file, "--json"))["outcomes"][LASTING]
        for regime, shown in means.items():
            if language == "en":
                near(shown, wanted[regime]["mean"], regime)
            assert re.fullmatch(rf"\d{re.escape(sign)}\d+", shown), shown
        rows = list(csv.reader(io.StringIO((tables / "pairs-1.csv").read_text(encoding="utf-8-sig")), delimiter=separator))
        assert len(rows) == 1 + 2 * 10 and {len(row) for row in rows} == {7}, rows
    call("report", file, "--format", "print", "-o", folder / "print.html")
    page = (folder / "print.html").read_text(encoding="utf-8")
    assert "<script" not in page and page.count("<details") == page.count(" open>") > 3
    assert call("report", file, "--format", "word", status=2).count("html, print, svg, csv") == 1
    assert "is about one file" in call("report", file, folder / f"{name}.h5", "--summary", status=2)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = []
        for title, study in STUDIES.items():
            (folder / f"{title}.yaml").write_text(f"title: The {title} one\n{study}", encoding="utf-8")
            files.append(folder / f"{title}.h5")
            call("run", folder / f"{title}.yaml", "-o", files[-1], "--quiet")
        own = {title: json.loads(call("compare", path, "--json")) for title, path in zip(STUDIES, files)}
        check_compare(files, own)
        check_origins(folder, files)
        check_page(folder, files, own)
        check_parts(folder, files[0], "smooth")

        assert "is named twice" in call("compare", files[0], files[0], status=2)
        assert "that all files have; they share linear_kpi" in call("compare", *files, "--baseline", "constant", status=2)
        (folder / "alone.yaml").write_text("months: 12\nreplicates: 2\nregimes: [alternating]\n", encoding="utf-8")
        call("run", folder / "alone.yaml", "-o", folder / "alone.h5", "--quiet")
        told = call("report", files[0], folder / "alone.h5", status=2)
        assert "no two regimes in common: rough has linear_kpi" in told and "alone has alternating" in told, told
        (folder / "other").mkdir()
        (folder / "other/rough.h5").write_bytes(files[0].read_bytes())  # two of one name: told apart by their paths
        both = json.loads(call("compare", files[0], folder / "other/rough.h5", "--json"))
        assert list(both["scenarios"]) == [str(files[0]), str(folder / "other/rough.h5")]


if __name__ == "__main__":
    main()
