#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The recipes of CONTRIBUTING.md are true: each change is made in a copy of the tree, touching the files that its recipe
lists and no others; the command is built; the new thing works; and files that were kept still open.

    tests/long/test_recipes.py [Recipes.test_outcome ...]
"""
import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
BUILD = Path(os.environ.get("DREDGE_BUILD", SOURCE / "build/dev"))
DREDGE = os.environ.get("DREDGE", str(BUILD / "dredge"))
COPY = BUILD / "recipes"
MAKERS = ("scripts/make-parameters", "scripts/make-study")
STUDY = "title: Recipe\nmonths: 40\naftercare_months: 6\nreplicates: 6\nregimes: [linear_kpi, iterative]\n"


def run(*words, status=0, **environment):
    """Runs a program with these environment variables; what it printed."""
    done = subprocess.run([*map(str, words)], env={**os.environ, **environment}, capture_output=True, text=True,
                          check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == status, f"{' '.join(map(str, words))}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def recipe(title):
    """The files that a recipe lists: those to change, and those that a script then makes again."""
    text = (SOURCE / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = re.split(r"\n##+ ", text.split(f"\n### {title}\n", 1)[1], maxsplit=1)[0]
    return (set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)),
            dict(re.findall(r"`(scripts/make-\w+)` writes `([^`]+)`", section)))


class Tree:
    """A copy of the tree in which recipes are tried, and the command that is built from it."""

    def __init__(self):
        self.files = run("git", "-C", SOURCE, "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
        self.files = [name for name in self.files if not name.startswith(("results/", "tests/data/"))
                      and (SOURCE / name).is_file()]
        self.dredge = COPY / "build/dredge"
        self.configured = False

    def restore(self):
        """As in the source; a file that is the same already keeps its time, so that little is built again."""
        for path in COPY.rglob("*"):
            name = path.relative_to(COPY).as_posix()
            if path.is_file() and not name.startswith("build/") and name not in self.files:
                path.unlink()
        for name in self.files:
            copy = COPY / name
            if not copy.is_file() or copy.read_bytes() != (SOURCE / name).read_bytes():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(SOURCE / name, copy)
                shutil.copymode(SOURCE / name, copy)

    def build(self):
        if not self.configured:
            cache = (BUILD / "CMakeCache.txt").read_text(encoding="utf-8")
            generator = re.search(r"^CMAKE_GENERATOR:INTERNAL=(.*)$", cache, re.MULTILINE)[1]
            run("cmake", "-S", COPY, "-B", COPY / "build", "-G", generator, "-DBUILD_TESTING=OFF", "-DDREDGE_MPI=OFF",
                "-DDREDGE_WERROR=OFF", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_C_FLAGS_DEBUG=-O1")
            self.configured = True
        run("cmake", "--build", COPY / "build", "--target", "dredge", "-j2")


class Recipes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        COPY.mkdir(parents=True, exist_ok=True)
        cls.tree = Tree()

    def setUp(self):
        self.tree.restore()
        self.changed = set()

    # ---- making a change

    def edit(self, name, old, new, listed=None):
        """Replaces the first match of the pattern `old` in a file of the copy."""
        path = COPY / name
        text = path.read_text(encoding="utf-8")
        match = re.search(old, text, re.MULTILINE)
        self.assertIsNotNone(match, f"{name} has nothing like {old}")
        path.write_text(text[:match.start()] + match.expand(new) + text[match.end():], encoding="utf-8")
        self.changed.add(listed or name)

    def add(self, name, text, listed):
        (COPY / name).write_text(text, encoding="utf-8")
        self.changed.add(listed)

    def copy_row(self, name, row, changes):
        """Writes the line that begins like `row` once more below itself, with changes."""
        line = re.search(rf"^.*{row}.*$", (COPY / name).read_text(encoding="utf-8"), re.MULTILINE)
        self.assertIsNotNone(line, f"{name} has no line like {row}")
        added = line[0]
        for old, new in changes:
            self.assertRegex(added, old)
            added = re.sub(old, new, added)
        self.edit(name, re.escape(line[0]), lambda_safe(line[0] + "\n" + added))

    def make(self, title):
        """Builds what was changed, makes the documents again that are made, and compares with what the recipe lists."""
        listed, made = recipe(title)
        self.assertEqual(self.changed, listed)
        self.tree.build()
        for script, document in made.items():
            before = (COPY / document).read_text(encoding="utf-8")
            run(COPY / script, DREDGE=str(self.tree.dredge))
            self.assertNotEqual((COPY / document).read_text(encoding="utf-8"), before)
        for script in MAKERS:  # no document is forgotten
            run(COPY / script, "--check", DREDGE=str(self.tree.dredge))

    # ---- seeing that it works

    def dredge(self, *words, status=0):
        return run(self.tree.dredge, *words, status=status)

    def shown(self, what):
        return json.loads(self.dredge("show", what, "--json"))

    def study(self, text=STUDY):
        path = COPY / "build/recipe.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def results(self, *words, by=None, text=STUDY):
        """Means of every outcome and regime, and the digest, of a run by the copy's command (or another)."""
        program = by or self.tree.dredge
        output = COPY / "build/recipe.h5"
        run(program, "run", self.study(text), "-o", output, "--force", "--quiet", *words)
        outcomes = json.loads(run(program, "compare", output, "--json"))["outcomes"]
        means = {name: {regime: cell["mean"] for regime, cell in cells.items()} for name, cells in outcomes.items()}
        return means, run(program, "digest", output).split()[0]

    def assert_old_files_open(self):
        """The kept files of every format, and one that the program without the change has written."""
        run(SOURCE / "tests/golden/test_old_files.py", DREDGE=str(self.tree.dredge))
        _, digest = self.results(by=DREDGE)
        before = COPY / "build/recipe.h5"
        self.assertIn(digest, self.dredge("digest", before))
        self.dredge("compare", before)
        self.dredge("report", before, "-o", COPY / "build/recipe.html", "--force")

    # ---- the recipes

    def test_rate(self):
        """A share of the drift of trust that is held up, 0 by default: nothing changes until it is set."""
        self.copy_row("src/model/parameters.def", r'"model\.trust_drift"',
                      [("trust_drift", "trust_hold"), (r"trust_hold, [\d.]+,", "trust_hold, 0,"),
                       ('drift of trust[^"]*', "drift of trust that is held up")])
        self.edit("src/model/tie.h", r"r->trust_drift \*", "(1.0F - r->trust_hold) * r->trust_drift *")
        self.copy_row("src/report/language/nl.def", r'"model\.trust_drift"', [("trust_drift", "trust_hold")])
        self.edit("docs/model.md", r"trust_drift·\(", "(1 − trust_hold)·trust_drift·(")
        self.make("A rate")
        self.assertIn("trust_hold", json.dumps(self.shown("parameters")))
        self.assertEqual(self.results()[0], self.results(by=DREDGE)[0])
        self.assertNotEqual(self.results("--set", "model.trust_hold=1")[0]["trust_end"], self.results()[0]["trust_end"])
        self.assert_old_files_open()

    def test_outcome(self):
        """The months of seats at the table, by a sum of their own: as many as person-months."""
        self.copy_row("src/model/outcomes.def", r"^OUTCOME\(person_months,", [("person_months", "seat_months")])
        self.copy_row("src/engine/block.h", r"^ *lane_real person_months;", [("person_months", "seat_months")])
        self.copy_row("src/engine/kernel/close.h", r"^ *totals->person_months\[lane\] \+=", [("person_months", "seat_months")])
        self.edit("src/engine/outcomes.c", r"^( *)outcomes\[OUTCOME_person_months\] = .*$",
                  r"\g<0>\n\1outcomes[OUTCOME_seat_months] = (double)totals->seat_months[lane];")
        self.copy_row("src/report/language/nl.def", r"^OUTCOME_TEXT\(person_months,", [("person_months", "seat_months")])
        self.copy_row("docs/model.md", r"^\| `person_months` \|", [("person_months", "seat_months")])
        self.make("An outcome")
        means, _ = self.results()
        others, _ = self.results(by=DREDGE)
        self.assertGreater(means["person_months"]["iterative"], 0)
        self.assertEqual(means.pop("seat_months"), means["person_months"])
        self.assertEqual(means, others)
        self.assertIn("seat_months", self.dredge("run", self.study(), "-o", COPY / "build/other.h5", "--force",
                                                 "--replicates", "2", "--json"))
        self.assert_old_files_open()

    def test_series(self):
        self.copy_row("src/model/outcomes.def", r"^SERIES\(inclusion,", [("inclusion", "exclusion")])
        self.edit("src/engine/kernel/observe.h", r"^( *)series\[SERIES_inclusion\]\[lane\] = .*$",
                  r"\g<0>\n\1series[SERIES_exclusion][lane] = 1.0F - series[SERIES_inclusion][lane];")
        self.copy_row("src/report/language/nl.def", r"^SERIES_TEXT\(inclusion,", [("inclusion", "exclusion")])
        self.edit("docs/model.md", r"^Trajectories hold .*$", r"\g<0> `exclusion` is 1 − c.")
        self.make("A series")
        self.assertIn("exclusion", json.dumps(self.shown("outcomes")["series"]))
        output = COPY / "build/recipe.h5"
        self.dredge("run", self.study(), "-o", output, "--force", "--quiet", "--set", "output.trajectories=runs")
        import h5py
        with h5py.File(output) as file:
            error = abs(file["month_exclusion"][...] + file["month_inclusion"][...] - 1).max()
        self.assertLess(error, 1e-6)
        self.assert_old_files_open()

    def test_mechanism(self):
        """Mishaps: with a chance of model.mishap a month the symptom grows by a tenth of what is left."""
        self.copy_row("src/model/parameters.def", r'"model\.relapse"',
                      [("relapse", "mishap"), (r"mishap, [\d.]+,", "mishap, 0,")])
        self.edit("src/model/purpose.h", r"^( *)PURPOSE_AFTERCARE\b.*$", r"\g<0>\n\1PURPOSE_MISHAP = 99,")
        self.edit("src/model/problem.h", r"\n#endif\n\Z", """
/* The symptom after a month in which a mishap happened, or not. */
static inline float problem_mishap(float symptom, int happened)
{
    return happened ? symptom + 0.1F * (1.0F - symptom) : symptom;
}
\\g<0>""")
        self.edit("src/engine/kernel/close.h", r"^( *)add_totals\(block, work, month\);$", r"""\1_Alignas(LANE_ALIGNMENT) lane_real uniform[4];
\1draw_uniforms(block, scenario->seed, PURPOSE_MISHAP, month, 0, uniform);
#pragma omp simd
\1for (int lane = 0; lane < LANES; lane++) {
\1    block->symptom[lane] = problem_mishap(block->symptom[lane], happens(uniform[0][lane], scenario->rates.mishap));
\1}
\g<0>""")
        self.copy_row("src/report/language/nl.def", r'"model\.relapse"', [("relapse", "mishap")])
        self.edit("docs/model.md", r"^### 4.4 Persons$", r"**Mishaps.** With probability φ(mishap): P ← P + 0.1·(1 − P).\n\n\g<0>")
        self.make("A mechanism")
        self.assertEqual(self.results()[0], self.results(by=DREDGE)[0])
        calm, _ = self.results()
        worse, _ = self.results("--set", "model.mishap=10")
        self.assertGreater(worse["symptom_burden"]["iterative"], calm["symptom_burden"]["iterative"])
        self.assert_old_files_open()

    def test_theory(self):
        self.copy_row("src/model/theory.def", r"^THEORY\(mixed,",
                      [("mixed", "forgetful"), (r"\{NULL, 0\}", r'{"model.trust_drift", 0.5}')])
        self.copy_row("src/report/language/nl.def", r"^THEORY_TEXT\(mixed,", [("mixed", "forgetful")])
        self.edit("src/lab/page/voyage.js", r'theories = \["mixed",', r'\g<0> "forgetful",')
        for code in ("en", "nl"):
            self.edit(f"src/lab/page/text/{code}.js", r"^ *theory_mixed: ", r'theory_forgetful: "Xyzzy",\n\g<0>')
        self.copy_row("docs/model.md", r"^\| `mixed` \(default\) \|", [("mixed` \\(default\\)", "forgetful`")])
        self.make("A theory")
        self.assertIn("forgetful", self.dredge("show", "theories"))
        means, _ = self.results("--set", "theory=forgetful")
        by_hand, _ = self.results("--set", "model.trust_drift=0.5")
        self.assertEqual(means, by_hand)
        self.assert_old_files_open()

    def test_study_key(self):
        """Decimals, which the page says in its head."""
        self.edit("src/study/keys.def", r'^KEY\(\w+, "output\.every".*$', r"""\g<0>
KEY(whole, "output.decimals", "3", 1, 9, "digits", NULL, decimals, read_whole, "digits behind the point")""")
        self.edit("src/study/study.h", r"^( *)int every;.*$", r"\g<0>\n\1int decimals; /* behind the point, on pages */")
        self.edit("src/report/page.c", r'(?=^    html_text\(html, page_title\(page\)\);)',
                  '    html_format(html, "(%d) ", page->gathered->study.decimals);\n')
        self.make("A key of a study")
        self.assertIn("output.decimals", self.dredge("show", "study"))
        said = self.dredge("check", self.study(STUDY + "output: {decimals: 12}\n"), status=3)
        self.assertIn("output.decimals = 12", said)
        for words, expected in (((), "(3) Recipe"), (("--set", "output.decimals=5"), "(5) Recipe")):
            self.results(*words)
            self.dredge("report", COPY / "build/recipe.h5", "-o", COPY / "build/recipe.html", "--force")
            page = (COPY / "build/recipe.html").read_text(encoding="utf-8")
            self.assertEqual(re.search("<title>(.*)</title>", page)[1], expected)
        self.assert_old_files_open()

    def test_regime(self):
        self.copy_row("src/model/regime.def", r"^REGIME\(process_only,", [("process_only", "talk_only")])
        self.copy_row("src/report/language/nl.def", r"^REGIME_TEXT\(process_only,", [("process_only", "talk_only")])
        self.make("A built-in regime")
        self.assertIn("talk_only", self.dredge("show", "regimes"))
        means, _ = self.results(text=STUDY.replace("linear_kpi", "process_only").replace("iterative", "talk_only"))
        for cells in means.values():
            self.assertEqual(cells["process_only"], cells["talk_only"])
        self.assert_old_files_open()

    def test_command(self):
        self.edit("src/cli/commands.def", r"^COMMAND\(lab,", r'COMMAND(count, "say how many runs a study asks for")\n\g<0>')
        self.add("src/cli/cmd_count.c", """/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/query.h"
#include "run/runner.h"

static const char help[] = "dredge count STUDY.yaml\\n";

int cmd_count(int argc, char **argv)
{
    const char *file = NULL;
    int done = 0;
    struct study study = {0};
    dredge_status status = query_parse(argc, argv, 0, NULL, 1, &file, help, &done);
    if (status == DREDGE_OK && !done) {
        status = study_read(file, 0, NULL, &study);
    }
    if (status == DREDGE_OK && !done) {
        out_print("%lld runs\\n", runner_runs(&study));
    }
    study_free(&study);
    return arguments_exit("count", status);
}
""", "src/cli/cmd_NAME.c")
        self.edit("docs/guide.md", r"\Z", "\n`dredge count STUDY.yaml` says how many runs a study asks for.\n")
        self.make("A command")
        self.assertIn("dredge count", self.dredge("--help"))
        self.assertEqual(self.dredge("count", self.study()), "12 runs\n")
        self.assertIn("count: ", self.dredge("count", "nowhere.yaml", status=4))
        self.assert_old_files_open()

    def test_language(self):
        text = (COPY / "src/report/language/nl.def").read_text(encoding="utf-8")
        self.add("src/report/language/xx.def", re.sub(r'TEXT\(answer_title, "[^"]*"', 'TEXT(answer_title, "Xyzzy"', text),
                 "src/report/language/CODE.def")
        self.edit("src/report/language/languages.def", r"\n#undef LANGUAGE$", r"""
LANGUAGE(XX, "xx")
#ifdef LANGUAGE_WORDS
#include "report/language/xx.def"
#endif
LANGUAGE_END()
\g<0>""")
        self.make("A language")
        self.results()
        self.dredge("report", COPY / "build/recipe.h5", "-o", COPY / "build/recipe.html", "--force", "--language", "xx")
        page = (COPY / "build/recipe.html").read_text(encoding="utf-8")
        self.assertIn('<html lang="xx">', page)
        self.assertIn("Xyzzy", page)
        self.assert_old_files_open()


def lambda_safe(text):
    """The text for match.expand, in which a backslash is none."""
    return text.replace("\\", r"\\")


class Contributing(unittest.TestCase):
    def test_every_recipe_is_tried(self):
        text = (SOURCE / "CONTRIBUTING.md").read_text(encoding="utf-8")
        recipes = text.split("\n## Recipes\n", 1)[1].split("\n## ", 1)[0]
        titles = re.findall(r"^### (.*)$", recipes, re.MULTILINE)
        tried = re.findall(r'self\.make\("(.*)"\)', Path(__file__).read_text(encoding="utf-8"))
        self.assertEqual(sorted(titles), sorted(tried))


if __name__ == "__main__":
    if not (BUILD / "CMakeCache.txt").exists():
        sys.exit(77)
    unittest.main()
