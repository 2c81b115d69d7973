#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Processors without the vector levels of today, imitated by qemu-user, run the same binary to the same bits."""
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from same_bits import DREDGE, digest_of, scenario

# x86-64 as it began, what virtual machines offer at the least, and the first with SSE 4.2.
PROCESSORS = ("core2duo", "kvm64", "Nehalem")


def main():
    emulator = next(filter(None, map(shutil.which, ("qemu-x86_64-static", "qemu-x86_64"))), None)
    if emulator is None or platform.machine() != "x86_64":
        print("skipped: this is no x86-64, or there is no qemu-user (scripts/setup test)")
        return 77
    if b"sanitize" in Path(DREDGE).read_bytes():
        print("skipped: a sanitizer needs more memory than qemu-user gives")
        return 77
    n_failed = 0
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "a.h5"
        expected = digest_of("pothole", output)
        for processor in PROCESSORS:
            process = subprocess.run([emulator, "-cpu", processor, DREDGE, "run", scenario("pothole"), "--replicates", "20",
                                      "-o", output, "--force", "--quiet", "--threads", "1"], capture_output=True,
                                     text=True, check=False)
            found = subprocess.run([DREDGE, "digest", output], capture_output=True, text=True, check=False).stdout.strip()
            same = process.returncode == 0 and found == expected
            n_failed += not same
            print(f"{processor}: {'the same bits' if same else f'{process.returncode} {found} {process.stderr}'}")
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
