#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was found is not lost, and what cannot be kept is refused before it is run: states of calibrations, names that would
meet in one file, inputs that never end, signals that were ignored when the program began."""
import json
import os
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

DREDGE = os.environ["DREDGE"]
STUDY = "title: Kept\nmonths: 12\nreplicates: 8\nregimes: [linear_kpi, iterative]\n"
EVIDENCE = ("months: 12\nregimes: [linear_kpi]\ncalibration: {priors: {model.rest: {low: 0.6, high: 0.8}}, targets: "
            "[{name: trust, outcome: trust_end, value: 0.5, error: 0.000001}]}\n")  # so exact that it takes long
SMALL = ["--draws", "32", "--particles", "16", "--replicates", "4", "--quiet"]
LONG = ["--draws", "100000000", "--replicates", "96", "--threads", "1", "--quiet"]


class Kept(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "s.yaml").write_text(STUDY)
        (self.folder / "c.yaml").write_text(EVIDENCE)

    def dredge(self, *words, status=0):
        done = subprocess.run([DREDGE, *words], cwd=self.folder, capture_output=True, text=True, check=False, timeout=120)
        self.assertEqual(done.returncode, status, f"{words}: {done.stdout} {done.stderr}")
        return done.stdout if status == 0 else done.stderr

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())


class Calibrations(Kept):
    def interrupt(self, number):
        """A calibration that is stopped when it has kept something."""
        process = subprocess.Popen([DREDGE, "calibrate", "c.yaml", "-o", "p.h5", *LONG], cwd=self.folder,
                                   stderr=subprocess.PIPE)
        state = self.folder / "p.h5.particles"
        while not state.exists() and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(number)
        _, told = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, told)
        self.assertIn(b"is kept in p.h5.particles. The same command with --resume goes on", told)
        return state.read_bytes()

    def test_the_state_stays_until_it_is_let_go(self):
        for number in (signal.SIGINT, signal.SIGHUP):
            kept = self.interrupt(number)
            self.assertIn("go on with --resume, or begin again with --force",
                          self.dredge("calibrate", "c.yaml", "-o", "p.h5", *SMALL, status=4))
            self.assertEqual((self.folder / "p.h5.particles").read_bytes(), kept)
            self.dredge("calibrate", "c.yaml", "-o", "p.h5", *SMALL, "--force")
            self.assertEqual(self.names(), ["c.yaml", "p.h5", "s.yaml"])
            (self.folder / "p.h5").unlink()

    def test_a_bit_that_changed_in_the_state_is_seen(self):
        kept = self.interrupt(signal.SIGTERM)
        for place in (20, 60, 100, 128, 136, 150, 300, len(kept) - 3):
            spoilt = bytearray(kept)
            spoilt[place] ^= 4
            (self.folder / "p.h5.particles").write_bytes(spoilt)
            self.assertIn("not the state of this calibration",
                          self.dredge("calibrate", "c.yaml", "-o", "p.h5", *LONG, "--resume", status=4))

    def test_a_state_goes_on_with_its_own_options_only(self):
        """Figures of few collaborations and of many are not alike; a state is told by its content, whatever its size."""
        kept = self.interrupt(signal.SIGTERM)
        for more in (["--replicates", "95"], ["--particles", "512"], ["--particles", "2048"], ["--seed", "7"]):
            self.assertIn("not the state of this calibration",
                          self.dredge("calibrate", "c.yaml", "-o", "p.h5", *LONG, "--resume", *more, status=4))
        self.assertEqual((self.folder / "p.h5.particles").read_bytes(), kept)

    def test_what_only_is_called_like_a_state_stays(self):
        state = self.folder / "p.h5.particles"
        state.write_text("a list of particles")
        for more in ([], ["--force"], ["--resume"]):
            self.dredge("calibrate", "c.yaml", "-o", "p.h5", *SMALL, *more, status=4)
            self.assertEqual(state.read_text(), "a list of particles")
        state.unlink()
        os.mkfifo(state)
        for more in ([], ["--force"], ["--resume"]):
            self.assertIn("p.h5.particles", self.dredge("calibrate", "c.yaml", "-o", "p.h5", *SMALL, *more, status=4))
        self.assertNotIn("p.h5", self.names())


    def test_a_finished_one_has_nothing_left_to_do(self):
        """As a run that has ended: status 0, and the file as it was; but it is of this study with these options."""
        self.dredge("calibrate", "c.yaml", "-o", "p.h5", *SMALL)
        kept = (self.folder / "p.h5").read_bytes()
        self.assertEqual(self.dredge("calibrate", "c.yaml", "-o", "p.h5", *SMALL, "--resume", "--threads", "1"),
                         "Nothing is left to do.\nPosterior: p.h5\n")
        self.assertEqual(json.loads(self.dredge("calibrate", "c.yaml", "-o", "p.h5", *SMALL, "--resume", "--json")),
                         {"posterior": "p.h5"})
        for more, says in ((["--seed", "2"], "seed was 1, is 2"), (["--draws", "64"], "with other options"),
                           (["--set", "funder.target=2"], "funder.target was"), (["--particles", "17", "--draws", "34"], "options"),
                           (["--replicates", "5"], "with other options")):
            told = self.dredge("calibrate", "c.yaml", "-o", "p.h5", *SMALL, *more, "--resume", status=4)
            self.assertIn("p.h5: is the posterior of another calibration: ", told)
            self.assertIn(says, told)
        (self.folder / "c.yaml").write_text(EVIDENCE.replace("value: 0.5", "value: 0.6"))
        self.assertIn("of another text of the study",
                      self.dredge("calibrate", "c.yaml", "-o", "p.h5", *SMALL, "--resume", status=4))
        self.assertEqual((self.folder / "p.h5").read_bytes(), kept)
        self.dredge("run", "s.yaml", "-o", "r.h5", "--quiet")
        self.assertIn("is not a posterior", self.dredge("calibrate", "c.yaml", "-o", "r.h5", *SMALL, "--resume", status=4))
        self.assertEqual(self.names(), ["c.yaml", "p.h5", "r.h5", "s.yaml"])

    def test_what_was_to_be_replaced_is_when_it_goes_on(self):
        """With --force a calibration begins again; stopped in the middle, it goes on as it would beside nothing."""
        self.dredge("calibrate", "c.yaml", "-o", "p.h5", *SMALL, "--seed", "7")
        process = subprocess.Popen([DREDGE, "calibrate", "c.yaml", "-o", "p.h5", *LONG, "--particles", "64", "--force"],
                                   cwd=self.folder)
        while not (self.folder / "p.h5.particles").exists() and process.poll() is None:
            time.sleep(0.01)
        process.kill()
        process.communicate(timeout=120)
        old = (self.folder / "p.h5").read_bytes()
        least = ["--draws", "128", "--particles", "64", "--replicates", "96", "--quiet"]  # used up by now
        self.dredge("calibrate", "c.yaml", "-o", "p.h5", *least, "--resume")
        self.assertNotEqual((self.folder / "p.h5").read_bytes(), old)
        self.assertEqual(self.names(), ["c.yaml", "p.h5", "s.yaml"])

    def test_a_self_test_keeps_nothing(self):
        for more in (["-o", "p.h5"], ["--resume"], ["--force"], ["--output=p.h5", "--force"]):
            self.assertIn("--self-test keeps no posterior: -o, --resume and --force do not go with it",
                          self.dredge("calibrate", "c.yaml", *SMALL, "--self-test", "8", *more, status=2))
        self.assertEqual(self.names(), ["c.yaml", "s.yaml"])

    def test_one_output_has_one_writer(self):
        """A second calibration, or a run, would write over what the first has found."""
        process = subprocess.Popen([DREDGE, "calibrate", "c.yaml", "-o", "p.h5", *LONG], cwd=self.folder,
                                   stderr=subprocess.PIPE)
        while not (self.folder / "p.h5.particles").exists() and process.poll() is None:
            time.sleep(0.01)
        for words in (["calibrate", "c.yaml", *SMALL], ["calibrate", "c.yaml", *SMALL, "--force"],
                      ["calibrate", "c.yaml", *LONG, "--resume"], ["run", "s.yaml", "--force"]):
            self.assertIn(f"another process is writing this output (process {process.pid} on ",
                          self.dredge(*words, "-o", "p.h5", status=4))
        process.kill()
        process.communicate(timeout=120)
        self.dredge("calibrate", "c.yaml", *SMALL, "--force", "-o", "p.h5")
        self.assertEqual(self.names(), ["c.yaml", "p.h5", "s.yaml"])


class Names(Kept):
    def test_outcomes_and_factors_of_one_name(self):
        """Both are variables of the results: told by check and run, not when all has been run."""
        for name, factor in (("funder_target", "funder.target"), ("theory", "theory"), ("regimes_a_b_base", "regimes.a-b.base"),
                             ("regimes_a_b_base_2", "regimes.a.b.base")):
            (self.folder / "d.yaml").write_text(
                "months: 12\nreplicates: 4\nregimes: [linear_kpi, {name: a-b, like: iterative}, {name: a.b, like: iterative}]\n"
                f"outcomes: [{{name: {name}, value_of: {{series: trust, month: 3}}}}]\n"
                "design: {factors: {funder.target: [0.5, 1], theory: [mixed, inertia], regimes.a-b.base: [0.1, 0.2], "
                "regimes.a.b.base: [0.1, 0.2]}}\n")
            for command in ("check", "run"):
                self.assertIn(f"the name is taken by the factor {factor}", self.dredge(command, "d.yaml", status=3))
        self.assertEqual(self.names(), ["c.yaml", "d.yaml", "s.yaml"])

    def test_a_name_that_only_looks_so(self):
        (self.folder / "d.yaml").write_text(
            "months: 12\nreplicates: 4\noutcomes: [{name: funder_target_2, value_of: {series: trust, month: 3}}, "
            "{name: x, value_of: {series: trust, month: 3}}, {name: nan, weights: {x: 1}}, {name: _, weights: {x: 2}}]\n"
            "design: {factors: {funder.target: [0.5, 1]}}\n")
        self.dredge("run", "d.yaml", "-o", "d.h5", "--quiet")
        self.assertIn(" nan", self.dredge("compare", "d.h5").replace("\n", " "))


class Outputs(Kept):
    def test_two_outputs_in_one_file(self):
        """By any way to it: the second would replace the first."""
        (self.folder / "sub").mkdir()
        (self.folder / "link").symlink_to(".")
        self.dredge("run", "s.yaml", "-o", "r.h5", "--quiet")
        for other in ("a.csv", "./a.csv", "sub/../a.csv", "link/a.csv", str(self.folder / "a.csv")):
            told = self.dredge("replay", "r.h5", "--persons", "a.csv", "--ties", other, status=2)
            self.assertIn(f"a.csv and {other} are one file", told)
        self.assertNotIn("a.csv", self.names())
        self.dredge("replay", "r.h5", "--persons", "a.csv", "--ties", "sub/a.csv", "--network", "b.csv")
        heads = [(self.folder / name).read_text().split("\n")[0] for name in ("a.csv", "sub/a.csv", "b.csv")]
        self.assertEqual(len(set(heads)), 3)


class Endless(Kept):
    def test_a_pipe_that_nobody_writes_to(self):
        os.mkfifo(self.folder / "pipe")
        for text in ("members: pipe", "design: {method: list, file: pipe}"):
            (self.folder / "p.yaml").write_text(f"months: 12\n{text}\n")
            self.assertIn("pipe: is not a regular file", self.dredge("check", "p.yaml", status=3))
        (self.folder / "o.h5.parts").mkdir()
        os.mkfifo(self.folder / "o.h5.parts" / "study")
        self.assertIn("is not a regular file", self.dredge("status", "o.h5", status=4))
        os.mkfifo(self.folder / "o.h5.parts" / "segment-0000-000000")
        self.dredge("run", "s.yaml", "-o", "o.h5", "--resume", status=4)
        (self.folder / "c.shards").mkdir()
        (self.folder / "c.shards" / "tasks-2").touch()
        os.mkfifo(self.folder / "c.shards" / "study.yaml")
        self.assertIn("is not a regular file", self.dredge("status", "c.shards", status=4))


class Signals(Kept):
    def test_what_was_ignored_stays_ignored(self):
        """Under nohup a run outlives its terminal; in the background of a script it does not end with the other commands."""
        whole = self.folder / "whole.h5"
        text = STUDY.replace("replicates: 8", "replicates: 20000")
        (self.folder / "s.yaml").write_text(text)
        self.dredge("run", "s.yaml", "-o", whole, "--quiet")
        for number in (signal.SIGHUP, signal.SIGINT):
            process = subprocess.Popen([DREDGE, "run", "s.yaml", "-o", "o.h5", "--quiet", "--force"], cwd=self.folder,
                                       preexec_fn=lambda number=number: signal.signal(number, signal.SIG_IGN))
            while not (self.folder / "o.h5.parts").exists() and process.poll() is None:
                time.sleep(0.002)
            process.send_signal(number)
            self.assertEqual(process.wait(timeout=120), 0)
            self.assertEqual(self.dredge("digest", "o.h5"), self.dredge("digest", whole))


if __name__ == "__main__":
    unittest.main()
