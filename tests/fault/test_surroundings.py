#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trouble around a run: no room on the disk, a folder that may not be written to or is removed meanwhile, little memory,
signals at random moments. Each time a sentence and the right status, and the same command with --resume goes on to the
results of a run without trouble. SIGNALS (default 16) signals are sent."""
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from injection import DREDGE, LIBRARY, RUN, STUDY, Fault, check_end, digest, dredge, expect

# Long enough to be hit by a signal.
SWEEP = STUDY.replace("replicates: 20", "replicates: 3000").replace("months: 12", "months: 60")
RESUME = [*RUN, "-o", "o.h5", "--resume"]


class Trouble(Fault):
    """Something that a command need not survive."""

    def __init__(self):
        super().__init__("none", 0, 5)


def limited(folder, limit, n_bytes, *words):
    """Runs the command under a limit of the system."""
    return subprocess.run([DREDGE, *words], cwd=folder, capture_output=True, text=True, errors="replace", timeout=120,
                          check=False, preexec_fn=lambda: resource.setrlimit(limit, (n_bytes, n_bytes)))


def new_folder(root, text=STUDY):
    """An empty folder with a study."""
    folder = Path(tempfile.mkdtemp(dir=root))
    (folder / "s.yaml").write_text(text)
    return folder


def check_resumed(folder, expected):
    """Goes on without trouble."""
    expect(folder, *RESUME)
    assert digest(folder, "o.h5") == expected
    assert sorted(path.name for path in folder.iterdir()) == ["o.h5", "s.yaml"]


def test_file_size(root, expected):
    """RLIMIT_FSIZE: files that end too early."""
    n_failed = 0
    for n_bytes in (0, 1, 100, 1000, 5000, 20000, 100000, 150000, 180000, 10000000):
        folder = new_folder(root)
        process = limited(folder, resource.RLIMIT_FSIZE, n_bytes, *RUN, "-o", "o.h5")
        check_end(process, Trouble())
        assert process.returncode in (0, 4), process.stderr
        assert process.returncode == 0 or "File too large" in process.stderr, process.stderr
        n_failed += process.returncode == 4
        check_resumed(folder, expected)
    assert n_failed >= 8
    return f"{n_failed} of 10 limits hit"


def test_disk_full(root, expected):
    """A file system of a few kilobytes."""
    place = Path(tempfile.mkdtemp(dir=root))
    n_failed = 0
    for size in ("8k", "64k", "128k", "256k", "2m"):
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place)], check=False,
                          capture_output=True).returncode != 0:
            return "skipped: no right to mount"
        try:
            (place / "s.yaml").write_text(STUDY)
            process = dredge(place, *RUN, "-o", "o.h5")
            check_end(process, Trouble())
            assert process.returncode in (0, 4), process.stderr
            n_failed += process.returncode == 4
            if process.returncode == 4:
                assert "No space left on device" in process.stderr and "make room" in process.stderr, process.stderr
                assert not (place / "o.h5").exists()
                subprocess.run(["mount", "-o", "remount,size=4m", str(place)], check=True)
            check_resumed(place, expected)
        finally:
            subprocess.run(["umount", str(place)], check=True)
    assert 2 <= n_failed <= 4
    return f"{n_failed} of 5 disks full"


def test_read_only(root, expected):
    """A folder that may not be written to: nothing is run, and the sentence says what to do."""
    folder = new_folder(root)
    expect(folder, *RUN, "-o", "o.h5")
    words = [[*RUN, "-o", "other.h5"], RESUME, [*RUN, "-o", "o.h5", "--force"], ["report", "o.h5"],
             ["merge", "m.h5", "o.h5"]]
    before = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    if before and (shutil.which("setpriv") is None or subprocess.run([*before, DREDGE, "--version"], check=False,
                                                                     capture_output=True).returncode != 0):
        return "skipped: as root, and the program is not open to others"
    for path in [*folder.parents[:folder.parents.index(Path("/tmp")) if Path("/tmp") in folder.parents else 1]]:
        path.chmod(0o755)
    folder.chmod(0o555)
    for command in words:
        process = subprocess.run([*before, DREDGE, *command], cwd=folder, capture_output=True, text=True, check=False)
        assert process.returncode == 4, f"{command} {process.returncode} {process.stderr}"
        assert "ermission denied" in process.stderr, process.stderr
    folder.chmod(0o755)
    assert sorted(path.name for path in folder.iterdir()) == ["o.h5", "s.yaml"]
    assert digest(folder, "o.h5") == expected
    return f"{len(words)} commands refused"


def start(folder, *words):
    """A run in the background."""
    return subprocess.Popen([DREDGE, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def await_segment(folder, process):
    """Waits until something is finished."""
    for _ in range(1000):
        if list(folder.glob("o.h5.parts/segment-*[0-9]")) or process.poll() is not None:
            return
        time.sleep(0.005)


def test_removed(root, expected):
    """The folder of finished runs, or all, is removed while the run is under way: never a file that misses them."""
    n_told = 0
    for what in ("parts", "segments", "everything"):
        folder = new_folder(root, SWEEP)
        process = start(folder, *RUN, "-o", "o.h5")
        await_segment(folder, process)
        if what == "everything":
            shutil.rmtree(folder, ignore_errors=True)
        elif what == "parts":
            shutil.rmtree(folder / "o.h5.parts", ignore_errors=True)
        else:
            for path in folder.glob("o.h5.parts/segment-*[0-9]"):
                path.unlink(missing_ok=True)
        _, complaint = process.communicate(timeout=120)
        assert process.returncode in (0, 4), complaint
        if process.returncode == 4:
            n_told += 1
            assert complaint.startswith("dredge run: "), complaint
            assert not (folder / "o.h5").exists()
        else:
            assert digest(folder, "o.h5") == expected
    assert n_told >= 2
    return f"{n_told} of 3 told"


def test_memory(root, expected):
    """RLIMIT_AS from nothing to enough."""
    if not LIBRARY.exists():
        return "skipped: a sanitizer needs more"
    statuses = []
    for n_megabytes in (16, *range(20, 50), 56, 64, 96, 128, 256, 1024, 4096):
        folder = new_folder(root)
        process = limited(folder, resource.RLIMIT_AS, n_megabytes << 20, *RUN, "-o", "o.h5")
        if "error while loading shared libraries" in process.stderr:
            continue  # not enough for the program itself
        check_end(process, Trouble())
        # Some versions of HDF5 do not say that it was memory that they lacked.
        told = any(words in process.stderr for words in ("HDF5 could not", "memory ran out"))
        assert process.returncode in (0, 1) or told, process.stderr
        statuses.append(process.returncode)
        check_resumed(folder, expected)
    assert statuses[-1] == 0 and 1 in statuses, statuses
    return f"{len(statuses) - statuses.count(0)} of {len(statuses)} limits too small"


def test_signals(root, expected):
    """Signals at random moments: 130, 0 when it was too late, and what was finished is not run again."""
    luck = random.Random(20220101)
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE)
    folder = new_folder(root, SWEEP)
    begun = time.monotonic()
    expect(folder, *RUN, "-o", "o.h5")
    taken = time.monotonic() - begun
    (folder / "o.h5").unlink()
    n_signals, statuses = int(os.environ.get("SIGNALS", "16")), {}
    for k in range(n_signals):
        number = numbers[k % 4]
        process = start(folder, *RESUME)
        time.sleep(luck.uniform(0.03, 1.1 * taken))
        process.send_signal(number)
        _, complaint = process.communicate(timeout=120)
        status = process.returncode
        early = status == -number and not list(folder.glob("o.h5.parts/*.tmp"))  # before the program took signals over
        assert status in (0, 130) or early, f"{number.name}: {status} {complaint}"
        assert status != 130 or "--resume goes on" in complaint, complaint
        assert number != signal.SIGPIPE or status == 0 or early, f"SIGPIPE: {status}"
        statuses[status] = statuses.get(status, 0) + 1
        if status == 0:
            assert digest(folder, "o.h5") == expected
            (folder / "o.h5").unlink()
    check_resumed(folder, expected)
    assert statuses.get(130, 0) > n_signals // 8, statuses
    return f"{n_signals} signals, statuses {statuses}"


def test_output_gone(root, expected):
    """What is printed finds no reader, or no room."""
    folder = new_folder(root)
    with open("/dev/full", "wb") as full:
        process = subprocess.run([DREDGE, "run", "s.yaml", "-o", "o.h5"], cwd=folder, stdout=full,
                                 stderr=subprocess.PIPE, text=True, check=False)
    assert process.returncode == 4 and "could not be written" in process.stderr, process.stderr
    assert digest(folder, "o.h5") == expected
    for words in (["compare", "o.h5"], ["show", "parameters"], ["digest", "o.h5"]):
        reader, writer = os.pipe()
        os.close(reader)
        process = subprocess.run([DREDGE, *words], cwd=folder, stdout=writer, stderr=subprocess.PIPE, text=True,
                                 check=False)
        os.close(writer)
        assert (process.returncode, process.stderr) == (0, ""), f"{words}: {process.returncode} {process.stderr}"
    return "no room is told, no reader is none of our business"


def main():
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as name:
        root, failed = Path(name), 0
        expected = {}
        for study in (STUDY, SWEEP):
            folder = new_folder(root, study)
            expect(folder, *RUN, "-o", "o.h5")
            expected[study] = digest(folder, "o.h5")
        for test, study in ((test_file_size, STUDY), (test_disk_full, STUDY), (test_read_only, STUDY),
                            (test_output_gone, STUDY), (test_memory, STUDY), (test_removed, SWEEP),
                            (test_signals, SWEEP)):
            try:
                print(f"{test.__name__}: {test(root, expected[study])}", flush=True)
            except AssertionError as complaint:
                failed += 1
                print(f"{test.__name__}: FAILED: {complaint}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
