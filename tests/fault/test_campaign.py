#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/slurm/submit and `dredge status` where a campaign cannot be: folders in the place of outputs, folders that one may not
write into or see. Everything is told before a task is submitted (here with --dry-run, so that no Slurm is needed)."""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

DREDGE = os.environ["DREDGE"]
SUBMIT = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2])) / "scripts/slurm/submit"
STUDY = "months: 12\nreplicates: 8\nregimes: [linear_kpi, iterative]\n"
AN_ORDINARY_USER = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []


class Campaign(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.folder.chmod(0o777)
        (self.folder / "s.yaml").write_text(STUDY, encoding="utf-8")

    def run_words(self, words, status):
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, check=False, env={**os.environ, "DREDGE": DREDGE})
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stderr

    def submit(self, *words, status=4, before=()):
        return self.run_words([*before, SUBMIT, "s.yaml", "--tasks", "2", "--dry-run", *words], status)

    def as_ordinary_user(self):
        before = AN_ORDINARY_USER
        if before and (shutil.which("setpriv") is None or
                       subprocess.run([*before, "sh", "-c", '"$1" --version && cat "$2"', "sh", DREDGE, SUBMIT], check=False,
                                      capture_output=True).returncode != 0):
            self.skipTest("no ordinary user can run the command here")
        return before

    def test_what_is_no_name_of_a_file(self):
        for output in ("", "new/", "/"):
            self.assertIn("-o needs the name of a file", self.submit("-o", output, status=2))
        self.assertIn("--output needs the name of a file", self.submit("--output=", status=2))
        (self.folder / "there").mkdir()
        self.assertIn("there: is a folder", self.submit("-o", "there"))
        self.assertIn("s.yaml: is there and no folder", self.submit("-o", "s.yaml/o.h5"))
        (self.folder / "o.h5.shards").write_text("no folder")
        self.assertIn("o.h5.shards: is there and no folder", self.submit("-o", "o.h5"))
        self.assertIn("--comment=" + os.path.realpath(self.folder / "p.h5"), self.submit("-o=p.h5", status=0))

    def test_folders_that_one_may_not_write_into(self):
        before = self.as_ordinary_user()
        shards = self.folder / "o.h5.shards"
        shards.mkdir()
        (shards / "study.yaml").write_text(STUDY, encoding="utf-8")
        (shards / "tasks-2").touch()
        for rights in (0o555, 0o000, 0o333, 0o666):
            shards.chmod(rights)
            self.assertIn("o.h5.shards: you may not write into this folder", self.submit("-o", "o.h5", before=before))
        shards.chmod(0o777)
        self.submit("-o", "o.h5", before=before, status=0)
        self.folder.chmod(0o555)
        self.assertIn(f"{self.folder.resolve()}: you may not write into this folder", self.submit("-o", "o.h5", before=before))
        self.folder.chmod(0o777)

    def test_status_of_what_one_may_not_see(self):
        before = self.as_ordinary_user()
        shards = self.folder / "o.h5.shards"
        shards.mkdir(mode=0o700)
        (shards / "tasks-2").touch()
        (shards / "study.yaml").write_text(STUDY, encoding="utf-8")
        shards.chmod(0o000)
        said = self.run_words([*before, DREDGE, "status", "o.h5.shards"], 4)
        self.assertIn("o.h5.shards: cannot read this folder: Permission denied", said)
        shards.chmod(0o700)

    def test_status_of_the_output_to_come(self):
        self.assertTrue(self.run_words([DREDGE, "status", "o 1.h5"], 4).endswith("nothing has been run into this output yet\n"))
        (self.folder / "o 1.h5.shards").mkdir()
        self.assertIn("its tasks: dredge status 'o 1.h5.shards'", self.run_words([DREDGE, "status", "o 1.h5"], 4))


if __name__ == "__main__":
    unittest.main()
