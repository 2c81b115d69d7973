#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words and surroundings of a command: a study on standard input, the version, a vector level that does not exist."""
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

DREDGE = os.environ["DREDGE"]
STUDY = b"title: From a pipe\nmonths: 12\nreplicates: 8\nregimes: [linear_kpi, iterative]\n"


class Words(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "s.yaml").write_bytes(STUDY)

    def dredge(self, *words, status=0, text=b"", **environment):
        done = subprocess.run([DREDGE, *words], cwd=self.folder, input=text, capture_output=True, check=False,
                              env={**os.environ, **environment})
        self.assertEqual(done.returncode, status, done.stderr)
        return (done.stdout if status == 0 else done.stderr).decode()

    def test_a_study_on_standard_input(self):
        self.dredge("run", "s.yaml", "-o", "file.h5")
        self.dredge("run", "-", "-o", "pipe.h5", text=STUDY)
        self.assertEqual(self.dredge("digest", "file.h5"), self.dredge("digest", "pipe.h5"))
        self.assertIn("8 replicates", self.dredge("run", "-", "--replicates=8", text=STUDY).replace("\n", " "))
        self.assertTrue((self.folder / "results/study.h5").exists())
        self.dredge("run", "-", "-o", "pipe.h5", "--resume", text=STUDY)
        self.assertIn("From a pipe", self.dredge("check", "-", text=STUDY))
        self.assertIn("From a pipe", self.dredge("tune", "-", "--candidates=16", "--generations=1", "--validate=16",
                                                 text=STUDY))

    def test_mistakes_on_standard_input(self):
        self.assertIn("standard input:2: replicats", self.dredge("check", "-", text=b"title: x\nreplicats: 1\n", status=3))
        self.assertIn("standard input", self.dredge("check", "-", text=b"\0\xff", status=3))
        self.dredge("check", "-", text=b"# " + b"x" * (1 << 20), status=3)
        self.dredge("run", "-", text=b"", status=3)
        self.assertFalse((self.folder / "results").exists())

    def test_a_closed_standard_input(self):
        done = subprocess.run(["sh", "-c", '"$0" check - <&-', DREDGE], capture_output=True, check=False)
        self.assertEqual(done.returncode, 3, done.stderr) # nothing is in it
        done = subprocess.run(["sh", "-c", '"$0" check - </', DREDGE], capture_output=True, check=False)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn(b"cannot read the study from standard input", done.stderr)

    def test_the_version_names_the_build(self):
        lines = self.dredge("--version").splitlines()
        self.assertRegex(lines[0], r"^dredge \d+\.\d+\.\d+$")
        self.assertRegex(lines[1], r"^commit ([0-9a-f]{40}(\+changes)?|unknown)$")
        self.assertRegex(lines[2], r"^model [0-9a-f]{32}$")

    def test_a_run_without_a_file(self):
        (self.folder / "d.yaml").write_bytes(STUDY + b"design: {method: grid, factors: {funder.target: [0.5, 1, 2]}}\n")
        for study in ("s.yaml", "d.yaml"):
            without = self.dredge("run", study, "--no-file", "--json")
            self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["d.yaml", "s.yaml"])
            self.assertEqual(without, self.dredge("run", study, "--json", "-o", "o.h5"))
            (self.folder / "o.h5").unlink()
        self.assertIn("structural_share", self.dredge("run", "-", "--no-file", text=STUDY))
        self.assertEqual(self.dredge("run", "s.yaml", "--no-file", "--quiet"), "")
        for words in (["-o", "o.h5"], ["--resume"], ["--force"], ["--shard", "1/2"], ["--checkpoint-every", "12"]):
            self.assertIn("--no-file keeps nothing", self.dredge("run", "s.yaml", "--no-file", *words, status=2))
        with open("/dev/full", "wb") as full:
            done = subprocess.run([DREDGE, "run", "s.yaml", "--no-file"], cwd=self.folder, stdout=full,
                                  stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 4)

    def test_submit_knows_every_option_of_run(self):
        """Each is passed on, or refused with the reason."""
        submit = Path(__file__).resolve().parents[2] / "scripts/slurm/submit"
        told = subprocess.run([submit, "--help"], capture_output=True, text=True, check=True).stdout
        options = sorted(set(re.findall(r"--[a-z-]+", self.dredge("run", "--help"))) - {"--help"})
        self.assertGreater(len(options), 10)
        for option in options:
            self.assertIn(option, told)
            done = subprocess.run([submit, "s.yaml", option], cwd=self.folder, capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 2)
            self.assertRegex(done.stderr, "needs a value|that a campaign does not take")

    def test_a_vector_level_that_does_not_exist(self):
        for level in ("v9", "V2", "2", "v2 ", "\x1b[31m"):
            for words in (["run", "s.yaml"], ["check", "s.yaml"], ["tune", "s.yaml"]):
                sentence = self.dredge(*words, status=2, DREDGE_LEVEL=level)
                self.assertIn("there is no such vector level; it can be ", sentence)
                self.assertIsNone(re.search("[\x00-\x09\x0b-\x1f]", sentence))
        self.assertFalse((self.folder / "results").exists())
        self.dredge("check", "s.yaml", DREDGE_LEVEL="")


if __name__ == "__main__":
    unittest.main()
