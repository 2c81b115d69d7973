# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench/run measures: each function runs programs and returns figures.

A figure is a dictionary: name, value, unit, better ("less" or "more"), and where they exist reference (the name of
another figure of the same run), ratio (value over the reference's), target (a text for readers) and met.
"""
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench/peers"))
import run_peers  # noqa: E402

TINY = "title: Tiny\nreplicates: 4\nmonths: 12\naftercare_months: 0\noutput: {trajectories: none}\n"


class Figures:
    """The figures of one run, by name and in order."""

    def __init__(self):
        self.rows = []
        self.words = []  # what was skipped

    def value(self, name):
        return next((row["value"] for row in self.rows if row["name"] == name), None)

    def add(self, name, value, unit, better="less", reference=None, ratio=None, target=None):
        """`target` is (what, relation, limit): what is "value" or "ratio", relation "<=" or ">="."""
        row = {"name": name, "value": value, "unit": unit, "better": better}
        base = self.value(reference) if reference else None
        if base:
            row |= {"reference": reference, "ratio": ratio or value / base}
        if target and target[0] in row:
            reached = row[target[0]]
            row |= {"target": f"{target[1]} {target[2]:g}" + ("x" if target[0] == "ratio" else ""),
                    "met": reached <= target[2] if target[1] == "<=" else reached >= target[2]}
        self.rows.append(row)

    def skip(self, sentence):
        self.words.append(sentence)


def bench(builds, compiler, *words, level=None):
    """One part of dredge-bench, as built by `compiler`."""
    environment = {**os.environ, **({"DREDGE_LEVEL": level} if level else {})}
    done = subprocess.run([builds[compiler] / "dredge-bench", *map(str, words)], env=environment, check=True,
                          capture_output=True, text=True)
    return json.loads(done.stdout)


def ties(figures, builds, _sizes):
    """Draws, bare kernel and tie phase by compiler and level, every tie active."""
    levels = {compiler: bench(builds, compiler, "ties")["ties"] for compiler in builds}
    best = list(levels["gcc"])[-1]
    for compiler, by_level in levels.items():
        for level, value in reversed(by_level.items()):
            name = f"{compiler}.{level}"
            figures.add(f"draws.{name}", value["draws_ns"], "ns/tie-month")
            figures.add(f"kernel.{name}", value["kernel_ns"], "ns/tie-month",
                        target=("value", "<=", 1.5) if level == "v4" else None)
            figures.add(f"tie_phase.{name}", value["phase_ns"], "ns/tie-month", reference=f"kernel.{name}",
                        target=("ratio", "<=", 1.5) if level == best else None)


def runs(figures, builds, sizes):
    """Whole runs: without and with trajectories, by compiler and level."""
    best = bench(builds, "gcc", "ties")["level"]
    full = bench(builds, "gcc", "runs", sizes["replicates"], sizes["rounds"])
    for regimes, words in (("both", ""), ("iterative", ".one_regime")):
        part = full[regimes]
        figures.add(f"engine{words}", part["engine_ns"], "ns/tie-month",
                    target=("value", "<=", 4) if regimes == "both" else None)
        figures.add(f"run.none{words}", part["none_ns"], "ns/tie-month", reference=f"engine{words}",
                    ratio=part["none_over_engine"], target=("ratio", "<=", 1.02))
        figures.add(f"run.summary{words}", part["summary_ns"], "ns/tie-month", reference=f"run.none{words}",
                    ratio=part["summary_over_none"], target=("ratio", "<=", 1.06))
    turns = [(compiler, level) for compiler in builds for level in ("v4", "v3", "v2")
             if level <= best] if best.startswith("v") else [(compiler, best) for compiler in builds]
    values = {turn: [] for turn in turns}
    for _ in range(sizes["rounds"]):
        for compiler, level in turns:
            part = bench(builds, compiler, "runs", sizes["few_replicates"], 1, level=level)
            values[compiler, level].append(part["both"]["engine_ns"])
    for compiler, level in sorted(turns, key=lambda turn: (turn[0], turn[1] != best, turn[1])):
        reference = None
        if compiler == "gcc" and ("clang", level) in turns:
            reference = f"engine.clang.{level}"
        elif compiler == "clang" and level != best:
            reference = f"engine.clang.{best}"
        figures.add(f"engine.{compiler}.{level}", statistics.median(values[compiler, level]), "ns/tie-month",
                    reference=reference, target=("value", "<=", 7) if level == "v3" else None)


def our_means(builds, replicates, folder):
    """Mean and standard error of the structural share of the regime iterative, by dredge."""
    study = folder / "peer.yaml"
    study.write_text(f"title: Peer\nreplicates: {replicates}\nregimes: [iterative]\noutput: {{trajectories: none}}\n")
    done = subprocess.run([builds["gcc"] / "dredge", "run", study, "-o", folder / "peer.h5", "--force", "--json"],
                          check=True, capture_output=True, text=True)
    share = json.loads(done.stdout)["outcomes"]["structural_share"]["iterative"]
    return share["mean"], share["se"]


# So many times faster than each of these is a run of one regime without trajectories to be.
PEER_LIMIT = {"plain_c": 10, "numba": 3.5, "mesa": 500}


def peers(figures, builds, sizes):
    """The same model by others, one regime, one core each; each against a whole run of ours on the same regime."""
    with tempfile.TemporaryDirectory() as name:
        mean, error = our_means(builds, 20000, Path(name))
        for line in run_peers.run_all("iterative", sizes["peer_replicates"], "gcc", Path(name)):
            if "skipped" in line:
                figures.skip(f"{line['peer']}: {line['skipped']}")
                continue
            peer = line["peer"]
            figures.add(f"peer.{peer}", line["ns_per_tie_month"], "ns/tie-month", reference="run.none.one_regime",
                        target=("ratio", ">=", PEER_LIMIT[peer]) if peer in PEER_LIMIT else None)
            apart = abs(line["structural_share"] - mean) / math.hypot(line["se"], error)
            figures.add(f"peer.{peer}.apart", apart, "std errors", target=("value", "<=", 3))


def threads(figures, builds, sizes):
    n_threads = 2
    if len(os.sched_getaffinity(0)) < n_threads:
        figures.skip("threads: there is one core")
        return
    part = bench(builds, "gcc", "threads", sizes["few_replicates"], n_threads, sizes["rounds"])
    figures.add("speedup.ensemble.2", part["speedup"], "times", better="more", target=("value", ">=", 1.92))


def worlds(figures, builds, sizes):
    for persons in sizes["persons"]:
        part = bench(builds, "gcc", "world", persons, 2, 1 if persons > 10**6 else sizes["rounds"])
        name = f"world.{persons}"
        figures.add(f"{name}.person_month", part["ns_per_person_month"], "ns/person-month",
                    reference="world.10000.person_month", target=("ratio", "<=", 1.25))
        figures.add(f"{name}.speedup.2", part["speedup"], "times", better="more",
                    target=("value", ">=", 1.85) if persons >= 10**6 else None)
        figures.add(f"{name}.peak", part["peak_megabytes"], "MB",
                    target=("value", "<=", 2500) if persons == 10**7 else None)
        if persons == sizes["persons"][-1]:
            figures.add("world.per_tie", part["bytes_per_tie"], "bytes", target=("value", "<=", 16))
            figures.add("world.per_seat", part["bytes_per_seat"], "bytes", target=("value", "<=", 80))


def timed(*words):
    """Wall seconds, processor seconds and peak megabytes of a command."""
    start = time.monotonic()
    process = subprocess.Popen(list(map(str, words)), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, words)
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def commands(figures, builds, sizes):
    """The command from the outside: start-up, the main study, a large ensemble."""
    dredge = builds["gcc"] / "dredge"
    with tempfile.TemporaryDirectory() as name:
        tiny, output = Path(name) / "tiny.yaml", Path(name) / "out.h5"
        tiny.write_text(TINY)
        run = [dredge, "run", tiny, "-o", output, "--force", "--quiet"]
        seconds = statistics.median(timed(*run)[0] for _ in range(sizes["starts"]))
        bare = statistics.median(timed(dredge, "--version")[0] for _ in range(sizes["starts"]))
        figures.add("command.version", 1000 * bare, "ms")
        figures.add("command.start_up", 1000 * seconds, "ms", target=("value", "<=", 25))
        run[2] = ROOT / "scenarios/energy_transition.yaml"
        figures.add("command.energy_transition", statistics.median(timed(*run)[0] for _ in range(5)), "s")
        replicates = sizes["ensemble"] // 2
        ensemble = Path(name) / "ensemble.yaml"
        ensemble.write_text(f"title: Ensemble\nreplicates: {replicates}\nregimes: [linear_kpi, iterative]\n")
        run[2] = ensemble
        wall, processor, megabytes = timed(*run)
        million = sizes["ensemble"] == 10**6
        what = f"command.runs_{sizes['ensemble']}"
        figures.add(what, wall, "s", target=("value", "<=", 60) if million else None)
        figures.add(f"{what}.processor", processor, "s")
        figures.add(f"{what}.peak", megabytes, "MB", target=("value", "<=", 200))


PARTS = {"ties": ties, "runs": runs, "peers": peers, "threads": threads, "worlds": worlds, "commands": commands}
