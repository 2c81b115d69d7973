#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What scripts/mutate and tests under the label long change in copies of the sources is there to be changed, and the recipes of
CONTRIBUTING.md list the files that are touched: seen without building anything."""
import configparser
import importlib.util
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))


def is_known_to_git():
    """Recipes are tried in a copy of the files that git knows."""
    return shutil.which("git") is not None and \
        subprocess.run(["git", "-C", SOURCE, "ls-files"], capture_output=True, check=False).returncode == 0


def load(name):
    spec = importlib.util.spec_from_file_location(name, SOURCE / f"tests/long/{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Made(Exception):
    """A recipe came to the point where its change would be built."""


class Changes(unittest.TestCase):
    def test_planted_errors(self):
        mutants = configparser.ConfigParser(interpolation=None)
        mutants.read(SOURCE / "tests/mutation/mutants.ini", encoding="utf-8")
        self.assertGreater(len(mutants.sections()), 50)
        for name in mutants.sections():
            with self.subTest(name):
                text = (SOURCE / mutants[name]["file"]).read_text(encoding="utf-8")
                self.assertEqual(text.count(mutants[name]["text"]), 1)

    def test_two_models(self):
        two_models = load("test_two_models")
        for name, changes in two_models.CHANGES.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                shutil.copytree(SOURCE / "src", Path(folder) / "src", ignore=shutil.ignore_patterns("python", "r", "lab"))
                two_models.change(Path(folder), changes)

    @unittest.skipUnless(is_known_to_git(), "the sources are no git repository")
    def test_recipes(self):
        recipes = load("test_recipes")
        suite = unittest.defaultTestLoader.loadTestsFromTestCase(recipes.Recipes)
        tried = [test._testMethodName for test in suite]
        self.assertGreater(len(tried), 8)
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(recipes, "COPY", Path(folder)), \
                mock.patch.object(recipes.Tree, "build", side_effect=Made):
            recipes.Recipes.setUpClass()
            for name in tried:
                with self.subTest(name):
                    recipe = recipes.Recipes(name)
                    recipe.setUp()
                    self.assertRaises(Made, getattr(recipe, name))


if __name__ == "__main__":
    unittest.main()
