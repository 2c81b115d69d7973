#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The chapter about one's own case, from an empty folder to its figures: its files are those of the scenario, its commands print
what it shows, and a results file needs the tables no more."""
import contextlib
import io
import os
import re
import shlex
import subprocess
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parent.parent.parent))
DREDGE = os.environ.get("DREDGE", str(SOURCE / "build/release/dredge"))
CASE = SOURCE / "scenarios/own_case"
TEXT = (SOURCE / "docs/own_case.md").read_text(encoding="utf-8")
WRONG = "# scale 1 5\nfrom,to,trust\nAnna Bakker,Bram de Witt,4\nEva Smit,Hans Prins,6\n"


def fenced(language):
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def holds(printed, shown):
    """Are the lines that are shown there, in their order? Dots stand for any."""
    lines = iter(printed.split("\n"))
    return [line for line in shown.split("\n") if line not in ("", "...") and line not in lines]


class OwnCase(unittest.TestCase):
    def test_the_files_are_those_of_the_scenario(self):
        members, ties = fenced("csv")
        self.assertEqual(members, (CASE / "members.csv").read_text(encoding="utf-8"))
        self.assertTrue((CASE / "ties.csv").read_text(encoding="utf-8").startswith(ties.removesuffix("...\n")))
        self.assertEqual(fenced("yaml")[0], (CASE / "partnership.yaml").read_text(encoding="utf-8"))

    def test_from_an_empty_folder_to_figures(self):
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            for name in ("members.csv", "ties.csv", "partnership.yaml"):
                (place / name).write_bytes((CASE / name).read_bytes())
            (place / "wrong.csv").write_text(WRONG, encoding="utf-8")
            n_commands = 0
            for block in (block for block in fenced("text") if block.startswith("$ dredge ")):
                command, _, shown = block.partition("\n")
                if " replay " in command:  # by now the results file stands alone
                    (place / "members.csv").unlink()
                    (place / "ties.csv").unlink()
                done = subprocess.run([DREDGE, *shlex.split(command)[2:]], cwd=folder, capture_output=True, text=True,
                                      check=False, env=environment)
                self.assertEqual(done.returncode, 3 if "wrong.csv" in command else 0, done.stderr)
                self.assertEqual(holds(done.stdout + done.stderr, shown), [], command)
                n_commands += 1
            self.assertEqual(n_commands, 6)
            for code, table, shown in zip(fenced("python"), ("persons.csv", "all_36.csv"), (fenced("text")[-3], fenced("text")[-1])):
                with contextlib.redirect_stdout(io.StringIO()) as printed:
                    exec(code.replace(repr(table).replace("'", '"'), repr(str(place / table))), {})  # pylint: disable=exec-used
                self.assertEqual(printed.getvalue(), shown)
            self.assertIn("<graphml", (place / "month_36.graphml").read_text(encoding="utf-8"))

    def test_when_it_would_hurt_least(self):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            for name in ("members.csv", "ties.csv"):
                (place / name).write_bytes((CASE / name).read_bytes())
            (place / "sweep.yaml").write_text(fenced("yaml")[0] + fenced("yaml")[1], encoding="utf-8")
            done = subprocess.run([DREDGE, "check", "sweep.yaml"], cwd=folder, capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("design points  8", done.stdout)


if __name__ == "__main__":
    unittest.main()
