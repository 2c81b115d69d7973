#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A study with a stopping rule on a design, from the outside: finished when each point is decided, and what the rule came
to is told by the table, the page and the JSON document."""
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import h5py

DREDGE = os.environ["DREDGE"]
STUDY = """
months: 40
aftercare_months: 0
replicates: {min: 16, max: 200, until: {outcome: structural_share, half_width: %g}}
output: {trajectories: none}
design: {factors: {funder.target: [0.5, 4], convener.skill: [0.2, 0.8]}}
"""


def dredge(*words, status=0):
    run = subprocess.run([DREDGE, *map(str, words)], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
                         check=False)
    assert run.returncode == status, f"{words}: {run.returncode}: {run.stderr}"
    return run.stdout if status == 0 else run.stderr


class Stopping(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def run_study(self, half_width):
        path = Path(self.folder.name) / "s.yaml"
        path.write_text(STUDY % half_width, encoding="utf-8")
        results = path.with_suffix(".h5")
        dredge("run", path, "-o", results, "--quiet", "--force")
        return results

    def test_finished(self):
        results = self.run_study(0.045)
        with h5py.File(results) as file:
            done = [int(n) for n in file["replicates_done"][:]]
        self.assertLess(min(done), max(done))  # the points needed different numbers
        self.assertLess(max(done), 200)
        table = dredge("compare", results)
        self.assertNotIn("Unfinished", table)
        self.assertIn(f"{min(done)} to {max(done)} replicates a point were run to know structural_share to ±0.045", table)
        self.assertNotIn("not enough", table)
        answer = json.loads(dredge("compare", results, "--json"))
        self.assertEqual(answer["runs"], {"done": 2 * sum(done), "failed": 0, "not_run": 0})
        self.assertEqual(answer["until"]["replicates_by_point"], done)
        self.assertEqual(answer["until"]["undecided_points"], 0)
        self.assertEqual(answer["until"]["points_at_max_without_precision"], 0)
        self.assertTrue(dredge("compare", results, "--csv").splitlines()[1].endswith(",0,0"))
        left_out = done.index(min(done))
        for replicate in (min(done), 199):  # inside and beyond what the file has room for
            self.assertIn("was not run", dredge("replay", results, "--point", left_out, "--regime", "iterative",
                                                "--replicate", replicate, status=2))

    def test_not_reached(self):
        results = self.run_study(0.0001)
        sentence = "200 replicates, the most that the study allows, were not enough for that"
        self.assertIn(f"At 4 points {sentence}", dredge("compare", results))
        self.assertEqual(json.loads(dredge("compare", results, "--json"))["until"]["points_at_max_without_precision"], 4)
        page = results.with_suffix(".html")
        dredge("report", results, "-o", page)
        self.assertIn(sentence, page.read_text(encoding="utf-8"))

    def test_part(self):
        """Of two shards only the points of one are there: unfinished."""
        path = Path(self.folder.name) / "s.yaml"
        path.write_text(STUDY % 0.045, encoding="utf-8")
        results = path.with_suffix(".h5")
        dredge("run", path, "-o", results, "--quiet", "--shard", "1/2")
        self.assertIn("Unfinished", dredge("compare", results))
        self.assertEqual(json.loads(dredge("compare", results, "--json"))["until"]["undecided_points"], 2)


if __name__ == "__main__":
    unittest.main()
