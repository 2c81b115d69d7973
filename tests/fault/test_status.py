#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run that is looked at while it is under way, after it was interrupted, and when it is done; the lines in its log; and
what an interrupted sweep is worth."""
import json
import os
import re
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import h5py
import numpy as np

DREDGE = os.environ["DREDGE"]
STUDY = """title: Looked at
months: 60
replicates: 40000
regimes: [linear_kpi, iterative]
design: {method: grid, factors: {funder.target: [0.5, 1, 1.5, 2], convener.skill: [0.2, 0.8]}}
output: {trajectories: none}
"""


class Status(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "s.yaml").write_text(STUDY, encoding="utf-8")

    def dredge(self, *words, status=0):
        done = subprocess.run([DREDGE, *words], cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout if status == 0 else done.stderr

    def status(self, path, *words):
        return json.loads(self.dredge("status", path, *words, "--json"))

    def start(self, *words, **environment):
        return subprocess.Popen([DREDGE, "run", "s.yaml", "-o", "o.h5", "--threads", "1", *words], cwd=self.folder,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                env={**os.environ, **environment})

    def await_segments(self, n):
        for _ in range(6000):
            if len(list(self.folder.glob("o.h5.parts/segment-*[0-9]"))) >= n:
                return
            time.sleep(0.01)
        self.fail("nothing was saved within a minute")

    def test_a_run_from_its_start_to_its_end(self):
        self.assertIn("nothing has been run", self.dredge("status", "o.h5", status=4))
        process = self.start(DREDGE_PROGRESS_SECONDS="0.5")
        self.await_segments(2)
        running = self.status("o.h5")
        self.assertEqual((running["state"], running["runs"], running["failed"]), ("running", 640000, 0))
        self.assertGreater(running["done"], 0)
        self.assertGreater(running["runs_per_second"], 0)
        self.assertAlmostEqual(running["seconds_left"], (640000 - running["done"]) / running["runs_per_second"], places=3)
        text = self.dredge("status", "o.h5")
        self.assertIn(f"running (process {process.pid} on ", text)
        self.assertRegex(text, r"time left      about [0-9.]+ (s|minutes|hours)")
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertRegex(told, r"(?m)^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +\d+%  [\d,]+ of 640,000 runs, [0-9.e+]+/s, about .* left$")
        self.assertIn("dredge merge SOME.h5 o.h5.parts", told)
        stopped = self.status("o.h5")
        self.assertEqual(stopped["state"], "interrupted")
        self.assertIn(f"({stopped['done']:,} of 640,000 runs)", told)
        self.assertGreaterEqual(stopped["done"], running["done"])
        self.assertEqual(self.status("o.h5.parts"), stopped)
        self.check_even_sample(stopped["done"])
        (self.folder / "s.yaml").write_text(STUDY.replace("40000", "16"), encoding="utf-8")
        self.dredge("run", "s.yaml", "-o", "o.h5", "--force", "--quiet")
        done = self.status("o.h5")
        self.assertEqual((done["state"], done["done"], done["runs"], done["seconds_left"]), ("finished", 256, 256, 0))

    def test_a_rule_that_was_met_early_leaves_no_share_undone(self):
        (self.folder / "s.yaml").write_text(
            "months: 12\nregimes: [linear_kpi, iterative]\n"
            "replicates: {min: 16, max: 5000, until: {outcome: trust_end, half_width: 0.2}}\n", encoding="utf-8")
        self.dredge("run", "s.yaml", "-o", "o.h5", "--quiet")
        done = self.status("o.h5")
        self.assertEqual(done["state"], "finished")
        self.assertIn(f"runs           {done['done']:,} done of the 10,000 that the stopping rule allows, 0 failed",
                      self.dredge("status", "o.h5"))

    def check_even_sample(self, n_done):
        """No point has more than one chunk of replicates more than another, and the first ones."""
        self.assertIn("not complete", self.dredge_tells("merge", "some.h5", "o.h5.parts"))
        self.assertEqual(self.status("some.h5")["state"], "part of the study")
        compared = self.dredge("compare", "some.h5")
        self.assertIn("8 design points", compared)
        share = f"{100 * n_done / 640000:.0f}%"
        self.assertIn(f"Unfinished: {n_done:,} of 640,000 runs done ({share}), 0 failed.", compared)
        self.assertIn("is a piece of a run that has not ended, not its results: give the folder, o.h5.parts",
                      self.dredge("merge", "more.h5", *self.pieces(), status=4))
        with h5py.File(self.folder / "some.h5") as file:
            statuses = file["status"][:]
        self.assertEqual((statuses == 1).sum(), n_done)
        finished = (statuses[:, 0, :] == 1).sum(axis=1)
        self.assertLessEqual(finished.max() - finished.min(), 1024)
        self.assertTrue(all(np.all(row[:n] == 1) for row, n in zip(statuses[:, 0, :], finished)))

    def test_what_is_to_be_replaced_does_not_count(self):
        """Beside a run with --force stands the output that it will replace: all that was run then is nothing now."""
        (self.folder / "few.yaml").write_text(STUDY.replace("40000", "16"), encoding="utf-8")
        self.dredge("run", "few.yaml", "-o", "o.h5", "--quiet")
        process = self.start("--force")
        self.await_segments(1)
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=60)
        stopped = self.status("o.h5")
        self.assertEqual((stopped["state"], stopped["done"]), ("interrupted", self.status("o.h5.parts")["done"]))
        self.assertIn(f"({stopped['done']:,} of 640,000 runs)", told)

    def pieces(self):
        return [f"o.h5.parts/{path.name}" for path in (self.folder / "o.h5.parts").iterdir()]

    def test_a_part_under_a_stopping_rule(self):
        """What is there of a run whose rule is not met is no finished run, though each point has as many replicates."""
        (self.folder / "s.yaml").write_text(
            STUDY.replace("40000", "{min: 2000, max: 40000, until: {outcome: survival, half_width: 0.0001}}"), encoding="utf-8")
        process = self.start()
        self.await_segments(1)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.dredge_tells("merge", "some.h5", "o.h5.parts")
        self.assertEqual(self.status("some.h5")["state"], "part of the study")
        self.assertIn("at 8 of 8 points the stopping rule asks for more", self.dredge("compare", "some.h5"))
        self.dredge("report", "some.h5", "-o", "some.html")
        self.assertIn("at 8 of 8 points the stopping rule asks for more", (self.folder / "some.html").read_text("utf-8"))

    def dredge_tells(self, *words):
        done = subprocess.run([DREDGE, *words], cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def test_a_short_or_quiet_run_leaves_no_lines(self):
        (self.folder / "s.yaml").write_text(STUDY.replace("40000", "16"), encoding="utf-8")
        for words, environment in ((["--force"], {}), (["--force", "--quiet"], {"DREDGE_PROGRESS_SECONDS": "0.000001"})):
            _, told = self.start(*words, **environment).communicate(timeout=60)
            self.assertEqual(told, "")

    def test_damaged_segments_are_counted(self):
        """Their runs are not done, and that is no silence: not by status, and the run that goes on makes them again."""
        process = self.start()
        self.await_segments(3)
        process.kill()
        process.communicate(timeout=60)
        before = self.status("o.h5")
        self.assertEqual(before["damaged"], 0)
        self.assertNotIn("damaged", self.dredge("status", "o.h5"))
        first, second = sorted(self.folder.glob("o.h5.parts/segment-*[0-9]"))[:2]
        first.write_bytes(first.read_bytes()[:-9])
        content = bytearray(second.read_bytes())
        content[len(content) // 2] ^= 16
        second.write_bytes(content)
        for path in ("o.h5", "o.h5.parts", "./o.h5.parts/", "o.h5.parts//"):
            found = self.status(path)
            self.assertEqual((found["damaged"], found["state"]), (2, "interrupted"))
            self.assertLess(found["done"], before["done"])
            self.assertNotIn("can be read: dredge merge", self.dredge("status", path))
            self.assertIn("segment is cut off; the run that left it makes its runs again with --resume",
                          self.dredge("merge", "some.h5", "o.h5.parts", status=4))
            self.assertIn("damaged        2 of the files with finished runs cannot be read: their runs count as not done "
                          "and are made again with --resume\n", self.dredge("status", path))
        shards = self.folder / "c.shards"
        shards.mkdir()
        (shards / "tasks-2").touch()
        (self.folder / "o.h5.parts").rename(shards / "1-of-2.h5.parts")
        self.assertEqual(self.status("c.shards")["damaged"], 2)
        self.assertIn("damaged        2 of", self.dredge("status", "c.shards"))

    def test_an_interval_that_is_none(self):
        for wish in ("abc", "0", "-1", "1,5", "inf"):
            process = self.start(DREDGE_PROGRESS_SECONDS=wish)
            _, told = process.communicate(timeout=60)
            self.assertEqual((process.returncode, told),
                             (2, f"dredge run: DREDGE_PROGRESS_SECONDS={wish}: must be a number of seconds above 0\n"))

    def test_another_study_is_named(self):
        (self.folder / "s.yaml").write_text(STUDY.replace("40000", "16"), encoding="utf-8")
        self.dredge("run", "s.yaml", "-o", "o.h5", "--quiet")
        self.status("o.h5", "--study", "s.yaml")
        self.assertIn("seed was", self.dredge("status", "o.h5", "--study", "s.yaml", "--seed", "7", status=4))
        self.assertIn("replicates was 16, is 17", self.dredge("status", "o.h5", "--study", "s.yaml", "--replicates=17",
                                                              status=4))
        self.dredge("status", "o.h5", "--seed", "7", status=2)

    def test_what_is_no_output(self):
        (self.folder / "text").write_text("no results")
        (self.folder / "empty").mkdir()
        (self.folder / "o.h5.parts").mkdir()
        for path in ("text", "empty", "s.yaml", "o.h5", "o.h5.parts", "nowhere", "/dev/null"):
            with self.subTest(path):
                self.assertTrue(self.dredge("status", path, status=4).startswith("dredge status: "))

    def test_a_campaign(self):
        """Tasks that are finished, interrupted, failed and not begun, as scripts/slurm/submit leaves them."""
        shards = self.folder / "o.h5.shards"
        shards.mkdir()
        (self.folder / "s.yaml").write_text(STUDY.replace("40000", "64"), encoding="utf-8")
        (shards / "study.yaml").write_text(STUDY.replace("40000", "1"), encoding="utf-8")
        (shards / "study.sets").write_text("replicates=64\n")
        (shards / "tasks-4").touch()
        self.assertEqual(self.status("o.h5.shards")["tasks"]["not_begun"], 4)
        self.dredge("run", "s.yaml", "--shard", "1/4", "-o", "o.h5.shards/1-of-4.h5", "--quiet")
        process = subprocess.Popen([DREDGE, "run", "s.yaml", "--shard", "2/4", "-o", "o.h5.shards/2-of-4.h5", "--quiet"],
                                   cwd=self.folder)
        process.kill()
        process.wait()
        (shards / "3.failed").write_text("status 4\n")
        (shards / "1.failed").write_text("status 4, but later it went well\n")
        found = self.status("o.h5.shards")
        self.assertEqual(found["tasks"]["all"], 4)
        self.assertEqual(found["tasks"]["finished"], 1)
        self.assertEqual(found["tasks"]["failed"], 1)
        self.assertEqual(found["tasks"]["running"], 0)
        self.assertEqual((found["done"], found["runs"]), (256, 1024))
        self.assertIn("task 3: see o.h5.shards/3.log", self.dredge("status", "o.h5.shards"))
        self.status("o.h5.shards", "--study", "s.yaml")
        self.dredge("status", "o.h5.shards", "--study", "s.yaml", "--seed", "2", status=4)


if __name__ == "__main__":
    unittest.main()
