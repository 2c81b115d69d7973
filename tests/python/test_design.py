#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/design.md says what is there: rooms, floors, files, functions, words, libraries and commands."""
import importlib.machinery
import importlib.util
import os
import re
import subprocess
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
DREDGE = os.environ.get("DREDGE", str(SOURCE / "build/release/dredge"))
DESIGN = (SOURCE / "docs/design.md").read_text(encoding="utf-8")


def check_floors():
    """The check of the floors as a module: it has no ending by which Python would know it."""
    path = SOURCE / "scripts/check-floors"
    loader = importlib.machinery.SourceFileLoader("check_floors", str(path))
    spec = importlib.util.spec_from_loader("check_floors", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def rows(head):
    """The cells of the table whose first line is `head`."""
    lines = DESIGN.split(head + "\n", 1)[1].splitlines()[1:]
    table = []
    for line in lines:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table


def code():
    return "\n".join(path.read_text(encoding="utf-8") for folder in ("src", "include")
                     for path in sorted((SOURCE / folder).rglob("*")) if path.suffix in (".c", ".h", ".def"))


class House(unittest.TestCase):
    def test_floors_are_those_that_are_checked(self):
        floors, closed = {}, {}
        for floor, room, _, shut in rows("| floor | room | what it holds | closed to it |"):
            name = room.strip("`/")
            floors[name] = int(floor)
            if shut:
                closed[name] = set(shut.split(", "))
        check = check_floors()
        self.assertEqual(floors, check.FLOORS)
        self.assertEqual(closed, check.CLOSED)

    def test_every_folder_is_a_room(self):
        rooms = {path.name for path in (SOURCE / "src").iterdir() if path.is_dir() and any(path.rglob("*.[ch]"))}
        self.assertEqual(rooms, set(check_floors().FLOORS))

    def test_files_and_folders_exist(self):
        named = set(re.findall(r"`((?:src|include|tests|scripts|docs|bench|scenarios|results)/[^`\s]*)", DESIGN))
        self.assertGreater(len(named), 40)
        for name in sorted(named):
            with self.subTest(name):
                self.assertTrue("<" in name or any(SOURCE.glob(name.rstrip("/"))), name)

    def test_files_named_by_their_room_exist(self):
        for name in re.findall(r"`([a-z]+/[\w/]*(?:\.\w+)?)`", DESIGN):
            if name.split("/")[0] in check_floors().FLOORS:
                with self.subTest(name):
                    self.assertTrue((SOURCE / "src" / name).exists(), name)

    def test_names_of_the_code_are_in_the_code(self):
        text = code()
        names = {name for name in re.findall(r"`(\w+_\w+)`", DESIGN) if not name.isupper()}
        self.assertGreater(len(names), 3)
        for name in sorted(names):
            with self.subTest(name):
                self.assertRegex(text, rf"\b{name}\b")


class Words(unittest.TestCase):
    def test_every_word_stands_where_the_glossary_says(self):
        table = rows("| word | what it is | where |")
        self.assertGreater(len(table), 25)
        for word, _, where in table:
            with self.subTest(word):
                text = (SOURCE / where.strip("`")).read_text(encoding="utf-8")
                self.assertRegex(text, re.compile(rf"(?<![a-z]){word}", re.IGNORECASE))

    def test_no_word_twice(self):
        words = [word for word, _, _ in rows("| word | what it is | where |")]
        self.assertEqual(len(words), len(set(words)))


class Libraries(unittest.TestCase):
    """The libraries are those that the sources include, and those that the packages name."""
    HEADERS = {"GSL": "gsl/", "Random123": "Random123/", "HDF5": ("hdf5", "H5"), "libyaml": "yaml.h", "libdeflate": "libdeflate.h",
               "xxHash": "xxhash.h", "OpenMP": "omp.h", "MPI (optional)": "mpi.h", "Emscripten": "emscripten/",
               "cmocka": "cmocka.h", "uPlot": (), "qr": (), "R": ("R_ext/", "Rinternals.h")}
    WITH_R = {"graphics", "grDevices", "stats", "utils"}

    def test_table(self):
        named = {library for library, _, _ in rows("| library | for | why not our own |")}
        project = (SOURCE / "src/python/pyproject.toml").read_text(encoding="utf-8")
        needs = " ".join(re.findall(r"^(?:requires|dependencies) = \[(.*)\]$", project, re.MULTILINE))
        of_python = set(re.findall(r'"([a-z-]+)', needs))
        self.assertIn("cffi", of_python)
        package = (SOURCE / "src/r/DESCRIPTION").read_text(encoding="utf-8")
        of_r = set(re.search(r"^Imports: (.*)$", package, re.MULTILINE)[1].split(", ")) - self.WITH_R
        self.assertEqual(named, set(self.HEADERS) | of_python | of_r)

    def test_every_library_is_named(self):
        standard = re.compile(r"(assert|ctype|dirent|errno|fcntl|float|inttypes|limits|locale|math|signal|stdalign|"
                              r"stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|strings|time|unistd|"
                              r"sys/\w+|dlfcn|poll|langinfo|wchar|fenv|malloc|immintrin|pthread|sched|semaphore)\.h$")
        for header in sorted(set(re.findall(r"#\s*include <([^>]+)>", code()))):
            with self.subTest(header):
                self.assertTrue(standard.match(header) or any(map(header.startswith, self.HEADERS.values())), header)


class Commands(unittest.TestCase):
    def test_commands_are_there(self):
        listed = subprocess.run([DREDGE, "--help"], capture_output=True, text=True, check=True).stdout
        for command in set(re.findall(r"`dredge ([a-z]+)", DESIGN)):
            with self.subTest(command):
                self.assertRegex(listed, rf"dredge {command}\b")

    def test_every_command_has_its_file(self):
        listed = subprocess.run([DREDGE, "--help"], capture_output=True, text=True, check=True).stdout
        commands = set(re.findall(r"^  dredge ([a-z]+) ", listed, re.MULTILINE)) - {"run"}
        self.assertGreater(len(commands), 9)
        files = {path.stem.removeprefix("cmd_") for path in (SOURCE / "src/cli").glob("cmd_*.c")}
        self.assertEqual(commands | {"run"}, files)


if __name__ == "__main__":
    unittest.main()
