#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The C interface is what tests/package/interface.txt lists: every type, value and prototype, and what the shared library
exports. Whoever changes it on purpose says so: test_interface.py --update."""
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
BUILD = Path(os.environ.get("DREDGE_BUILD", SOURCE / "build/dev"))
HEADER = SOURCE / "include/dredge/dredge.h"
LISTED = Path(__file__).with_name("interface.txt")


def declarations():
    """One line for each declaration of the public header, as the preprocessor leaves it."""
    with tempfile.TemporaryDirectory() as empty:
        Path(empty, "stddef.h").touch()
        text = subprocess.run([os.environ.get("CC", "cc"), "-E", "-P", "-nostdinc", "-I", empty, "-I", SOURCE / "include",
                               "-D__attribute__(x)=", HEADER], check=True, capture_output=True, text=True).stdout
    lines, line, depth = [], "", 0
    for part in re.split(r"([;{}])", re.sub(r"\s+", " ", text)):
        depth += (part == "{") - (part == "}")
        line += part
        if part == ";" and depth == 0:
            lines.append(line.strip())
            line = ""
    return sorted(lines)


def functions(lines):
    return {match[1] for line in lines if (match := re.search(r"\b(dredge_\w+)\([^;]*\);$", line))}


class Interface(unittest.TestCase):
    def test_declarations_are_those_that_are_listed(self):
        self.assertEqual(declarations(), LISTED.read_text(encoding="utf-8").splitlines(),
                         "the interface has changed: if that is meant, test_interface.py --update")

    def test_the_library_exports_them_and_nothing_else(self):
        library = BUILD / "libdredge.so"
        if not library.exists():
            self.skipTest("there is no shared library in this build")
        table = subprocess.run(["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout
        exported = {line.split()[-1] for line in table.splitlines() if ".gomp" not in line}
        self.assertEqual(exported, functions(declarations()))

    def test_closing_the_library_leaves_openmp_to_its_resting_threads(self):
        library = BUILD / "libdredge.so"
        if not library.exists() or not Path("/proc/self/maps").exists():
            self.skipTest("there is no shared library in this build, or no /proc")
        code = f"""
import _ctypes, ctypes, pathlib
library = ctypes.CDLL({str(library)!r})
before = pathlib.Path("/proc/self/maps").read_text()
_ctypes.dlclose(library._handle)
after = pathlib.Path("/proc/self/maps").read_text()
print(*[any(name in line for line in text.splitlines()) for text in (before, after) for name in ("libdredge", "omp.so")])
"""
        told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
        self.assertEqual(told.split(), ["True"] * 4)

    def test_every_function_is_documented(self):
        text = HEADER.read_text(encoding="utf-8")
        blocks = re.findall(r"\*/\n((?:DREDGE_API [^;]*;\n)+)", text)
        documented = functions([re.sub(r"\s+", " ", line) + ";" for block in blocks for line in block.split(";")])
        self.assertEqual(functions(declarations()) - documented, set())


if __name__ == "__main__":
    if "--update" in sys.argv:
        LISTED.write_text("\n".join(declarations()) + "\n", encoding="utf-8")
    else:
        unittest.main()
