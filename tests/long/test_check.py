#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `dredge check` says of random studies, against what they take: time within a factor of 2 for nine of ten, memory
within 1.5 for nine of ten, the bound of the file's size for all.

    tests/long/test_check.py [STUDIES [SEED [FILE]]]     200 studies; a quarter of an hour on two quiet cores

FILE keeps a line for each study that was measured, and the same command goes on from there. On a machine that is busy with
other things wall time says nothing: then it is the processor time that is compared.
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
MOST_SECONDS = 8 # longer studies are drawn again


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


def try_study(folder, index, seed, names, is_quiet):
    """What was said and what was measured of the study with this number; studies that are refused or long are drawn again."""
    luck = random.Random(f"{seed} {index}")
    while True:
        text, threads = random_study(luck, names), luck.choice([1, 2] if is_quiet else [1]) # idle threads wait busily
        (folder / "s.yaml").write_text(text, encoding="utf-8")
        told = subprocess.run([DREDGE, "check", "s.yaml", "--threads", str(threads), "--json"], cwd=folder,
                              capture_output=True, text=True, check=False)
        if told.returncode != 0:
            continue
        check = json.loads(told.stdout)
        found = measured(folder, threads) if check["seconds"] <= MOST_SECONDS else None
        if found is None:
            continue
        wall, processor, memory, size = found
        said, took = (check["seconds"], wall) if is_quiet else (check["processor_seconds"], processor)
        return {"index": index, "clock": "wall" if is_quiet else "processor", "said": said, "time": said / took,
                "memory": check["memory_bytes"] / memory, "size": size / check["file_bytes"], "study": text}


def is_off(entry):
    return not 0.5 <= entry["time"] <= 2 or not 1 / 1.5 <= entry["memory"] <= 1.5 or entry["size"] > 1


def tell(entry):
    print(f"{entry['index']}: {entry['clock']} time {entry['said']:.2f} s said, {entry['time']:.2f} of what it took; memory "
          f"{entry['memory']:.2f} of it; size {entry['size']:.2f} of the bound{' <--' if is_off(entry) else ''}", flush=True)
    if is_off(entry):
        print("   ", entry["study"].replace("\n", "; "))


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20220101
    log = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    is_quiet = os.getloadavg()[0] < 0.3
    lines = log.read_text(encoding="utf-8").splitlines() if log is not None and log.exists() else []
    entries = {entry["index"]: entry for entry in map(json.loads, lines)}
    names = regimes()
    with tempfile.TemporaryDirectory() as name:
        for index in range(n):
            if index not in entries:
                entries[index] = try_study(Path(name), index, seed, names, is_quiet)
                tell(entries[index])
                if log is not None:
                    with log.open("a", encoding="utf-8") as file:
                        print(json.dumps(entries[index]), file=file)
    entries = [entries[index] for index in range(n)]
    in_time = sum(0.5 <= entry["time"] <= 2 for entry in entries) / n
    in_memory = sum(1 / 1.5 <= entry["memory"] <= 1.5 for entry in entries) / n
    largest = max(entry["size"] for entry in entries)
    print(f"{n} studies: time within a factor of 2 for {in_time:.0%}, memory within 1.5 for {in_memory:.0%}, "
          f"largest file {largest:.2f} of its bound")
    return 0 if in_time >= 0.9 and in_memory >= 0.9 and largest <= 1 else 1


if __name__ == "__main__":
    sys.exit(main())
