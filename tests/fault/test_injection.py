#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the n-th call of one kind fail, for every n until all goes well: allocations, reads, writes, syncs, renames and
so on, in `run`, `run --resume`, both with checkpoints too, `merge`, `report`, `compare` and `digest`. Never a crash, a
hang or half a file; a status and a sentence; nothing finished is lost, and the same command goes on to the same digest.

Of a kind with more than TRIES calls (default 4; tests/long has 600) the first half of TRIES and as many
spread over the rest are tried: there are thousands of allocations. Words on the command line choose a scenario and a
kind: test_injection.py merge alloc."""
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import injection
from injection import ERRORS, Fault, count_calls, make_scenarios

TRIES = int(os.environ.get("TRIES", "4"))


def numbers(n_calls):
    """Which calls are made to fail."""
    if n_calls <= TRIES:
        return list(range(1, n_calls + 1))
    first = TRIES // 2
    return list(range(1, first)) + list(range(first, n_calls + 1, max(1, (n_calls - first) // (TRIES - first))))


def faults(kind, n_calls):
    """All faults of a kind: one failing call; all from one on; and those that a program must bear."""
    chosen = numbers(n_calls)
    for error in ERRORS[kind]:
        yield from (Fault(kind, n, error) for n in chosen)
        yield from (Fault(kind, n, error, lasting=True) for n in chosen[::7])
    if kind in ("read", "write"):
        yield from (Fault(kind, n, errno.EIO, short=True) for n in chosen[::5])
    if kind in ("read", "write", "sync"):
        yield from (Fault(kind, n, errno.EINTR) for n in chosen[::5])


def try_scenario(scenario, kind, folder):
    """How many faults came about, and the complaints."""
    n_fired, complaints = 0, []
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(scenario.base, folder)
    n_calls = count_calls(folder, kind, scenario.words)
    for fault in faults(kind, n_calls):
        try:
            n_fired += scenario.trial(folder, fault)
        except (AssertionError, subprocess.TimeoutExpired) as complaint:
            complaints.append(f"{scenario.name}: {fault}: {complaint}")
    return n_calls, n_fired, complaints


def main(words):
    if not injection.LIBRARY.exists():
        print("the library that injects faults is not built (glibc only, no sanitizers)")
        return 77
    with tempfile.TemporaryDirectory() as name:
        root, complaints = Path(name), []
        for scenario in make_scenarios(root):
            for kind in ERRORS:
                if words and (not {scenario.name, kind} <= set(words)):
                    continue
                n_calls, n_fired, found = try_scenario(scenario, kind, root / "trial")
                complaints += found
                print(f"{scenario.name} {kind}: {n_calls} calls, {n_fired} failures injected, {len(found)} complaints",
                      *found, sep="\n", flush=True)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
