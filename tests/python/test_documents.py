#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents say what the program does: links lead somewhere, every study in them and in scenarios/ is valid, and
the tables and parameters that they show are those of this build."""
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
DREDGE = os.environ.get("DREDGE", str(SOURCE / "build/release/dredge"))
DOCUMENTS = [SOURCE / "README.md", SOURCE / "CONTRIBUTING.md", SOURCE / "results/README.md", *sorted((SOURCE / "docs").glob("*.md"))]


def dredge(*arguments, folder=None):
    return subprocess.run([DREDGE, *map(str, arguments)], capture_output=True, text=True, check=False, cwd=folder)


def anchors(path):
    """The anchors that headings get on the usual forges: lower case, no punctuation, dashes for spaces."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def fenced(path, language):
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


class Links(unittest.TestCase):
    def test_relative_links_exist(self):
        seen = 0
        for document in DOCUMENTS:
            for link in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
                if link.startswith(("http:", "https:")):
                    continue
                seen += 1
                name, _, anchor = link.partition("#")
                target = (document.parent / name).resolve() if name else document
                self.assertTrue(target.exists(), f"{document.name}: {link}")
                if anchor:
                    self.assertIn(anchor, anchors(target), f"{document.name}: {link}")
        self.assertGreater(seen, 50)


class Studies(unittest.TestCase):
    def test_every_scenario_is_valid(self):
        studies = sorted((SOURCE / "scenarios").rglob("*.yaml"))
        self.assertGreaterEqual(len(studies), 8)
        for study in studies:
            done = dredge("check", study)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_every_study_of_the_guide_is_valid_but_the_wrong_one(self):
        seen = 0
        for text in fenced(SOURCE / "docs/guide.md", "yaml"):
            if "title:" not in text:
                continue
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / "study.yaml").write_text(text, encoding="utf-8")
                done = dredge("check", "study.yaml", folder=folder)
                self.assertEqual(done.returncode, 3 if "mistakes" in text else 0, text + done.stderr)
                seen += 1
        self.assertGreaterEqual(seen, 5)

    def test_the_messages_of_the_wrong_study(self):
        guide = SOURCE / "docs/guide.md"
        text = next(text for text in fenced(guide, "yaml") if "mistakes" in text)
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "wrong.yaml").write_text(text, encoding="utf-8")
            done = dredge("run", "wrong.yaml", folder=folder)
            self.assertEqual(done.returncode, 3)
            self.assertIn(done.stderr, guide.read_text(encoding="utf-8"))


class Figures(unittest.TestCase):
    def table(self, study, *options):
        with tempfile.TemporaryDirectory() as folder:
            done = dredge("run", study, "-o", Path(folder) / "run.h5", *options)
            self.assertEqual(done.returncode, 0, done.stderr)
            return done.stdout.split("\n\n")[1]

    def test_the_readme_shows_what_the_demo_prints(self):
        """The README leaves out some outcomes, and says so by dots; the results have the whole table."""
        table = self.table(SOURCE / "scenarios/energy_transition.yaml")
        self.assertIn("structural_share", table)
        self.assertIn(table, (SOURCE / "results/energy_transition.txt").read_text(encoding="utf-8"))
        shown = next(text for text in fenced(SOURCE / "README.md", "text") if text.startswith("Regional energy transition"))
        rows = [row for row in shown.split("\n\n")[1].strip("\n").split("\n") if row != "..."]
        self.assertGreater(len(rows), 30)
        printed = iter(table.split("\n"))
        self.assertEqual([row for row in rows if row not in printed], [])

    def test_the_guide_shows_what_its_first_study_prints(self):
        guide = SOURCE / "docs/guide.md"
        with tempfile.TemporaryDirectory() as folder:
            study = Path(folder) / "mine.yaml"
            study.write_text(fenced(guide, "yaml")[0], encoding="utf-8")
            self.assertIn(self.table(study), guide.read_text(encoding="utf-8"))

    def test_what_is_generated_is_up_to_date(self):
        for script in ("make-parameters", "make-study", "make-reference"):
            done = subprocess.run([SOURCE / "scripts" / script, "--check"], capture_output=True, text=True,
                                  check=False, env={**os.environ, "DREDGE": DREDGE})
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_results_have_the_digests_they_name(self):
        for name in ("pothole", "care"):
            text = (SOURCE / f"results/{name}.txt").read_text(encoding="utf-8")
            with tempfile.TemporaryDirectory() as folder:
                output = Path(folder) / "run.h5"
                done = dredge("run", SOURCE / f"scenarios/{name}.yaml", "-o", output, "--quiet")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn(f"# digest: {dredge('digest', output).stdout.split()[0]}\n", text)


if __name__ == "__main__":
    unittest.main()
