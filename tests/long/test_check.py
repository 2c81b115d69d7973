#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `dredge check` says of random studies, against what they take: time within a factor of 2 for nine of ten, memory
within 1.5 for nine of ten, the bound of the file's size for all.

    tests/long/test_check.py [STUDIES [SEED]]     200 studies; half an hour on two cores

On a machine that is busy with other things wall time says nothing: then it is the processor time that is compared.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DREDGE = os.environ.get("DREDGE", "dredge")
MOST_SECONDS = 20 # longer studies are drawn again


def regimes():
    told = subprocess.run([DREDGE, "show", "regimes", "--json"], capture_output=True, text=True, check=True).stdout
    return [regime["name"] for regime in json.loads(told)]


def log_uniform(luck, low, high):
    return round(low * (high / low) ** luck.random())


def factors(luck, months, is_programme):
    """Some factors that cost nothing and some that do."""
    chosen = {"funder.target": "{low: 0.25, high: 2}", "convener.skill": "{low: 0.2, high: 0.8}",
              "months": f"{{low: {months}, high: {months * luck.choice([2, 10, 40])}}}",
              "seats.inside.private": "{low: 1, high: 12}"}
    if is_programme:
        chosen["programme.collaborations"] = f"{{low: 1, high: {luck.choice([10, 100, 400])}}}"
    names = luck.sample(sorted(chosen), luck.randint(1, 3))
    return ", ".join(f"{name}: {chosen[name]}" for name in names)


def random_study(luck, names):
    months = log_uniform(luck, 6, 240)
    is_programme = luck.random() < 0.25
    lines = ["title: Random", f"months: {months}", f"aftercare_months: {luck.choice([0, 12, 36])}",
             f"replicates: {log_uniform(luck, 1, 20 if is_programme else 3000)}",
             f"regimes: [{', '.join(luck.sample(names, luck.randint(1, 4)))}]",
             f"seats: {{inside: {{public: {luck.randint(1, 8)}, private: {luck.randint(1, 8)}}}}}"]
    if is_programme:
        lines.append(f"programme: {{collaborations: {log_uniform(luck, 2, 300)}}}")
    if luck.random() < 0.7:
        lines.append(f"design: {{method: latin_hypercube, points: {2 ** luck.randint(1, 10)}, "
                     f"factors: {{{factors(luck, months, is_programme)}}}}}")
    lines.append(f"output: {{trajectories: {luck.choice(['summary', 'summary', 'none', 'runs'])}, "
                 f"every: {luck.choice([1, 1, 3, 12])}}}")
    return "\n".join(lines) + "\n"


def measured(folder, threads):
    """Wall time, processor time and memory of a run of s.yaml, and the size of its file."""
    output = folder / "r.h5"
    output.unlink(missing_ok=True)
    started = time.monotonic()
    process = subprocess.Popen([DREDGE, "run", "s.yaml", "-o", output, "--threads", str(threads), "--quiet"], cwd=folder)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        return None
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output.stat().st_size


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    luck = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20220101)
    is_quiet = os.getloadavg()[0] < 0.3
    print(f"comparing {'wall' if is_quiet else 'processor'} time")
    times, memories, sizes = [], [], []
    names = regimes()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        while len(times) < n:
            text, threads = random_study(luck, names), luck.choice([1, 2] if is_quiet else [1]) # idle threads wait busily
            (folder / "s.yaml").write_text(text, encoding="utf-8")
            told = subprocess.run([DREDGE, "check", "s.yaml", "--threads", str(threads), "--json"], cwd=folder,
                                  capture_output=True, text=True, check=False)
            if told.returncode != 0:
                continue
            check = json.loads(told.stdout)
            if check["seconds"] > MOST_SECONDS:
                continue
            found = measured(folder, threads)
            if found is None:
                continue
            wall, processor, memory, size = found
            said = check["seconds"] if is_quiet else check["processor_seconds"]
            times.append(said / (wall if is_quiet else processor))
            memories.append(check["memory_bytes"] / memory)
            sizes.append(size / check["file_bytes"])
            flag = " <--" if not 0.5 <= times[-1] <= 2 or not 1 / 1.5 <= memories[-1] <= 1.5 or sizes[-1] > 1 else ""
            print(f"time {said:.2f} s said, {times[-1]:.2f} of what it took; memory {check['memory_bytes'] / 1e6:.0f} MB "
                  f"said, {memories[-1]:.2f}; size {sizes[-1]:.2f} of the bound{flag}", flush=True)
            if flag:
                print("   ", text.replace("\n", "; "))
    in_time = sum(0.5 <= ratio <= 2 for ratio in times) / n
    in_memory = sum(1 / 1.5 <= ratio <= 1.5 for ratio in memories) / n
    print(f"{n} studies: time within a factor of 2 for {in_time:.0%}, memory within 1.5 for {in_memory:.0%}, "
          f"largest file {max(sizes):.2f} of its bound")
    return 0 if in_time >= 0.9 and in_memory >= 0.9 and max(sizes) <= 1 else 1


if __name__ == "__main__":
    sys.exit(main())
