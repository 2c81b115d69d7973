# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs commands with one failing call of the C library (tests/fault/inject), and checks what every failure must leave."""
import errno
import os
import shutil
import signal
import subprocess
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
BUILD = Path(os.environ.get("DREDGE_BUILD", SOURCE / "build/dev"))
DREDGE = os.environ.get("DREDGE", str(BUILD / "dredge"))
LIBRARY = BUILD / "tests/libdredge_inject.so"
PRELOAD = {"LD_PRELOAD": LIBRARY.name, "LD_LIBRARY_PATH": str(LIBRARY.parent)}  # a path there ends at a space

STUDY = """title: tiny
months: 12
aftercare_months: 6
replicates: 20
regimes: [linear_kpi, iterative]
design: {method: grid, factors: {funder.target: [0.5, 1, 2]}}
output: {trajectories: summary, every: 6}
"""
RUN = ["run", "s.yaml", "--quiet", "--threads", "1"]

# A programme whose worlds are saved while they run.
WORLD = """title: world
months: 12
aftercare_months: 6
replicates: 1
regimes: [linear_kpi, iterative]
programme: {collaborations: 20}
output: {trajectories: summary, every: 6}
"""
SAVED = ["run", "w.yaml", "--quiet", "--threads", "1", "--checkpoint-every", "5"]

# The errors that each class of calls is given.
ERRORS = {"alloc": [errno.ENOMEM], "read": [errno.EIO], "write": [errno.ENOSPC], "sync": [errno.EIO],
          "name": [errno.EACCES], "open": [errno.EMFILE], "size": [errno.EIO], "close": [errno.EIO],
          "list": [errno.EIO], "lock": [errno.EIO]}


def dredge(folder, *words, **environment):
    """Runs the command in the folder; what subprocess.run gives. Nothing may take longer than two minutes."""
    return subprocess.run([DREDGE, *words], cwd=folder, env={**os.environ, **environment}, capture_output=True,
                          text=True, errors="replace", check=False, timeout=120)


def expect(folder, *words):
    """Runs a command that must succeed; its standard output."""
    process = dredge(folder, *words)
    assert process.returncode == 0, f"dredge {' '.join(words)}: {process.returncode}\n{process.stderr}"
    return process.stdout


def digest(folder, file):
    """The digest of a results file, computed from its content."""
    return expect(folder, "digest", file).strip()


class Fault:
    """The `number`-th call of a class fails."""

    def __init__(self, kind, number, error, lasting=False, short=False):
        self.kind, self.number, self.error, self.lasting, self.short = kind, number, error, lasting, short

    def __str__(self):
        how = " and all later ones" if self.lasting else " does half" if self.short else ""
        return f"{self.kind} call {self.number}{how}, {errno.errorcode[self.error]}"

    def inject(self, folder, words):
        """The finished process, and whether the fault came about."""
        log = folder / "inject.log"
        log.unlink(missing_ok=True)
        process = dredge(folder, *words, **PRELOAD, INJECT=self.kind, INJECT_AT=str(self.number),
                         INJECT_ERROR=str(self.error), INJECT_LASTING=str(int(self.lasting)),
                         INJECT_SHORT=str(int(self.short)), INJECT_LOG=str(log))
        fired = log.exists() and "fired" in log.read_text()
        log.unlink(missing_ok=True)
        return process, fired

    @property
    def is_harmless(self):
        """Must the command succeed all the same?"""
        return self.short or self.error == errno.EINTR


def count_calls(folder, kind, words):
    """How many calls of a class the command makes when all goes well."""
    log = folder / "inject.log"
    process = dredge(folder, *words, **PRELOAD, INJECT=kind, INJECT_LOG=str(log))
    assert process.returncode == 0, process.stderr
    return int(log.read_text().split()[0])


def snapshot(folder):
    """The finished segments in the folder, by name."""
    return {path.name: path.read_bytes() for path in folder.glob("*.parts/segment-*")
            if not path.name.endswith((".tmp", ".aside"))}


def check_end(process, fault):
    """Never a crash; a failure has a status and a sentence."""
    status = process.returncode
    assert status >= 0, f"ended by {signal.Signals(-status).name}\n{process.stderr}"
    assert status in (0, 1, 4), f"status {status}\n{process.stderr}"
    lines = process.stderr.strip().splitlines()
    assert status == 0 or (lines and lines[-1].startswith(("dredge ", "dredge: ", "libgomp: "))), f"no sentence\n{process.stderr}"
    assert status == 0 or not fault.is_harmless, f"should have gone on\n{process.stderr}"


class Scenario:
    """A command, how its folder looks before, and what it makes."""

    def __init__(self, name, words, base, output, expected, resume=None):
        self.name, self.words, self.base, self.output = name, words, base, output
        self.expected, self.resume = expected, resume

    def trial(self, folder, fault):
        """One run with a fault. Returns whether it fired; complains by AssertionError."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.base, folder)
        before = snapshot(folder)
        process, fired = fault.inject(folder, self.words)
        check_end(process, fault)
        made = folder / self.output if self.output else None
        if process.returncode == 0:
            assert self.result(folder, process) == self.expected, f"another result\n{process.stderr}"
        elif made is not None and made.exists() and not (self.base / self.output).exists():
            assert self.result(folder, process) == self.expected, "half a file"
        if process.returncode != 0 and self.resume is not None:
            self.go_on(folder, before, fault)
        return fired

    def go_on(self, folder, before, fault):
        """Nothing that was finished is lost, and the same command goes on to the right result."""
        lost = [name for name, content in before.items() if snapshot(folder).get(name) != content]
        complete = (folder / self.output).exists() and not (self.base / self.output).exists()
        assert not lost or complete, f"lost {lost}"
        process = dredge(folder, *self.resume)
        assert process.returncode == 0, f"cannot go on: {process.stderr}"
        assert process.stderr == "", f"went on with a complaint: {process.stderr}"
        assert self.result(folder, process) == self.expected, "another result after going on"
        left = sorted(path.name for path in folder.iterdir() if path.name.startswith(self.output + "."))
        # Where not even removing works, a temporary file stays; later commands cannot know whose it is.
        assert not left or (fault.kind == "name" and fault.lasting), f"left behind: {left}"

    def result(self, folder, process):
        """What is compared: the digest of an output, the content of a page, what is printed."""
        if self.output is None:
            return process.stdout
        if self.output.endswith(".h5"):
            return digest(folder, self.output)
        return (folder / self.output).read_bytes()


def make_scenarios(root):
    """The scenarios, their folders prepared under `root`."""
    bases = {name: root / f"base-{name}" for name in ("new", "segments", "shard", "parts", "done", "saved")}
    for folder in bases.values():
        folder.mkdir()
        (folder / "s.yaml").write_text(STUDY)
        (folder / "w.yaml").write_text(WORLD)
    whole = bases["done"]
    expect(whole, *RUN, "-o", "o.h5")
    expected = digest(whole, "o.h5")
    page = expect(whole, "report", "o.h5") and (whole / "o.html").read_bytes()
    (whole / "o.html").unlink()
    # Finished segments of a run that could not put its output in place.
    for number in range(1, 20):
        process, _ = Fault("name", number, errno.EACCES, lasting=True).inject(bases["segments"], [*RUN, "-o", "o.h5"])
        if process.returncode != 0 and snapshot(bases["segments"]):
            break
    assert snapshot(bases["segments"])
    # A world that could not be saved a second time.
    saved = bases["saved"]
    for number in range(1, 20):
        process, _ = Fault("name", number, errno.EACCES, lasting=True).inject(saved, [*SAVED, "-o", "o.h5", "--force"])
        if process.returncode != 0 and list(saved.glob("*.parts/checkpoint-*[0-9]")):
            break
    assert list(saved.glob("*.parts/checkpoint-*[0-9]"))
    expect(whole, *SAVED, "-o", "w.h5")
    world = digest(whole, "w.h5")
    world_resumed = [*SAVED, "-o", "o.h5", "--resume"]
    expect(bases["shard"], *RUN, "-o", "o.h5", "--shard", "1/2")
    for part in "12":
        expect(bases["parts"], *RUN, "-o", f"part{part}.h5", "--shard", f"{part}/2")
    merge = ["merge", "o.h5", "part1.h5", "part2.h5"]
    resumed = [*RUN, "-o", "o.h5", "--resume"]
    continued = [*RUN, "-o", "o.h5", "--shard", "2/2", "--resume"]
    return [Scenario("run", [*RUN, "-o", "o.h5"], bases["new"], "o.h5", expected, resumed),
            Scenario("resume", resumed, bases["segments"], "o.h5", expected, resumed),
            Scenario("save", [*SAVED, "-o", "o.h5"], bases["new"], "o.h5", world, world_resumed),
            Scenario("restart", world_resumed, saved, "o.h5", world, world_resumed),
            Scenario("shard", continued, bases["shard"], "o.h5", expected, continued),
            Scenario("merge", merge, bases["parts"], "o.h5", expected, [*merge, "--force"]),
            Scenario("report", ["report", "o.h5"], whole, "o.html", page, ["report", "o.h5", "--force"]),
            Scenario("compare", ["compare", "o.h5", "--json"], whole, None,
                     expect(whole, "compare", "o.h5", "--json")),
            Scenario("digest", ["digest", "o.h5"], whole, None, expect(whole, "digest", "o.h5"))]
